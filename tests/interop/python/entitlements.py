"""EntitlementsApi."""

import check
import server
import world
from sdk import FAMILY
from suite import Suite

suite = Suite(
    "entitlements",
    "EntitlementsApi",
    newer="update_entitlements_metadata_by_filter update_entitlements_metadata_by_ids update_entitlements_metadata_by_query",
)
PRIVILEGE = "/privilegeOverride/level" if FAMILY == "v1" else "/privileged"


def of(source_id: str) -> str:
    """The filter for the entitlements of a source."""
    return f'source.id eq "{source_id}"'


@suite.call("list_entitlements")
def list_entitlements(api):
    source = world.directory()
    page = api.this(filters=of(source.id), sorters="-name", limit=2, count=True)
    check.equal([one.name for one in page], ["Staff", "R+D Lab"])
    check.equal(api.headers["x-total-count"], "3", "X-Total-Count")
    rest = api.this(filters=of(source.id), sorters="-name", offset=2)
    check.equal([one.name for one in rest], ["Administrators"])
    odd = api.this(filters=f'{of(source.id)} and name eq "r+d lab"')
    check.equal([(one.value, one.source.id) for one in odd], [("lab", source.id)])
    if FAMILY == "v1":
        check.equal(odd[0].privilege_level.effective, "NONE", "privilegeLevel.effective")
    else:
        check.equal(odd[0].privileged, False, "privileged")
    api.refused(400, sorters="nonsense")


@suite.call("get_entitlement")
def get_entitlement(api):
    source = world.directory()
    one = api.this(source.admins)
    check.equal(
        (one.id, one.name, one.value, one.source_schema_object_type, one.description),
        (source.admins, "Administrators", "admins", "group", "May do everything"),
    )
    check.equal((one.cloud_governed, one.requestable, one.attributes["groups"]), (False, False, ["staff"]))
    check.equal(one.created.tzinfo is not None, True, "created has a time zone")


@suite.call("patch_entitlement")
def patch_entitlement(api):
    source = world.new_directory()
    changed = api.this(
        source.lab,
        body=[
            {"op": "replace", "path": "/requestable", "value": True},
            {"op": "add", "path": "/owner", "value": world.owner()},
            {"op": "replace", "path": PRIVILEGE, "value": "HIGH" if FAMILY == "v1" else True},
            {"op": "replace", "path": "/description", "value": "Changed"},
        ],
    )
    check.equal((changed.requestable, changed.owner.id, changed.description), (True, world.administrator(), "Changed"))
    check.that(changed.owner.name, "the owner has no name")
    check.equal(changed.to_dict()["manuallyUpdatedFields"]["DESCRIPTION"], True, "manuallyUpdatedFields")
    check.equal(changed.privilege_level.direct if FAMILY == "v1" else changed.privileged, "HIGH" if FAMILY == "v1" else True)
    # The SDK leaves out a value that is null: the owner is removed all the same.
    check.equal(api.this(source.lab, body=[{"op": "replace", "path": "/owner", "value": None}]).owner, None, "owner")
    # The SDK cannot send a list as a value.
    segment = server.sent("POST", "/v2025/segments", {"name": world.unique("Segment"), "description": "x", "active": False})
    prefix = "/entitlements/v1" if FAMILY == "v1" else f"/{FAMILY}/entitlements"
    server.sent("PATCH", f"{prefix}/{source.lab}", [{"op": "replace", "path": "/segments", "value": [segment["id"]]}])
    check.equal(api.get_entitlement(source.lab).segments, [segment["id"]], "segments")
    api.refused(400, source.lab, body=[{"op": "replace", "path": "/value", "value": "x"}])


@suite.call("list_entitlement_parents")
def list_entitlement_parents(api):
    source = world.directory()
    parents = api.this(source.admins, count=True)
    check.equal([one.value for one in parents], ["staff"])
    check.equal(api.headers["x-total-count"], "1", "X-Total-Count")
    check.equal(api.this(source.staff), [])


@suite.call("list_entitlement_children")
def list_entitlement_children(api):
    source = world.directory()
    children = api.this(source.staff, sorters="-value", filters='name sw "r" or name sw "a"', limit=1)
    check.equal([one.value for one in children], ["lab"])
    check.equal(api.this(source.lab), [])


@suite.call("list_entitlements_by_account")
def list_entitlements_by_account(api):
    account = world.account()
    found = api.this(account.id, sorters="value", count=True)
    check.equal([one.value for one in found], ["admins", "lab"])
    check.equal((api.headers["x-total-count"], api.headers["total-count"]), ("2", "2"), "both counts")


@suite.call("import_entitlements_by_source")
def import_entitlements_by_source(api):
    source_id = world.new_source()
    task = api.this(source_id, csv_file=("groups.csv", b"id,name\na,Alpha\n"))
    check.equal((task.type, task.unique_name), ("QUARTZ", "Cloud Group Aggregation"))
    check.equal(world.finished(task.id)["attributes"]["groupsCreated"], 1, "groupsCreated")
    api.refused(400, source_id)  # A delimited file is needed.


@suite.call("create_access_model_metadata_for_entitlement")
def create_access_model_metadata_for_entitlement(api):
    source = world.directory()
    changed = api.this(source.admins, "iscRisk", "high")
    check.equal(api.status, 201, "status")
    [attribute] = changed.access_model_metadata.attributes
    check.equal((attribute.key, [value.value for value in attribute.values]), ("iscRisk", ["high"]))
    api.delete_access_model_metadata_from_entitlement(source.admins, "iscRisk", "high")


@suite.call("delete_access_model_metadata_from_entitlement")
def delete_access_model_metadata_from_entitlement(api):
    source = world.directory()
    api.create_access_model_metadata_for_entitlement(source.lab, "iscPrivacy", "public")
    api.this(source.lab, "iscPrivacy", "public")
    check.equal(api.get_entitlement(source.lab).access_model_metadata.attributes, [])


@suite.call("update_entitlements_in_bulk")
def update_entitlements_in_bulk(api):
    source = world.new_directory()
    patch = [{"op": "replace", "path": "/requestable", "value": True}]
    api.this(body={"entitlementIds": [source.lab, source.staff], "jsonPatch": patch})
    check.equal([api.get_entitlement(one).requestable for one in (source.lab, source.staff, source.admins)], [True, True, False])
    api.refused(400, body={"entitlementIds": [source.lab], "jsonPatch": [{"op": "replace", "path": "/name", "value": "x"}]})


CONFIG = {
    "accessRequestConfig": {
        "approvalSchemes": [{"approverType": "ENTITLEMENT_OWNER"}, {"approverType": "SOURCE_OWNER"}],
        "requestCommentRequired": True,
        "denialCommentRequired": False,
        "maxPermittedAccessDuration": {"value": 6, "timeUnit": "MONTHS"},
    },
    "revocationRequestConfig": {"approvalSchemes": [{"approverType": "MANAGER"}]},
}


@suite.call("put_entitlement_request_config")
def put_entitlement_request_config(api):
    source = world.new_directory()
    config = api.this(source.lab, body=CONFIG)
    schemes = config.access_request_config.approval_schemes
    check.equal([scheme.approver_type for scheme in schemes], ["ENTITLEMENT_OWNER", "SOURCE_OWNER"])
    check.equal(config.access_request_config.request_comment_required, True, "requestCommentRequired")
    check.equal(config.access_request_config.max_permitted_access_duration.value, 6, "maxPermittedAccessDuration")
    read = api.get_entitlement_request_config(source.lab)
    check.equal(read.to_dict(), config.to_dict(), "the configuration read again")


@suite.call("get_entitlement_request_config")
def get_entitlement_request_config(api):
    config = api.this(world.directory().staff)
    check.equal(config.access_request_config.denial_comment_required, False, "denialCommentRequired")


@suite.call("reset_source_entitlements")
def reset_source_entitlements(api):
    source = world.new_directory()
    task = api.this(source.id)
    check.equal((task.type, task.name), ("TASK_RESULT", "Entitlement Source Reset"))
    world.finished(task.id)
    check.equal(api.list_entitlements(filters=of(source.id)), [])

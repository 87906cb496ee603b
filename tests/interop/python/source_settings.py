"""The methods of SourcesApi for the settings of a source: provisioning, native changes, synchronisation, schedules."""

import check
import world
from sources import suite

POLICY = {"name": "Account", "usageType": "CREATE", "fields": [{"name": "userName", "type": "string"}]}


def with_policy(api) -> str:
    """A new source with a provisioning policy for new accounts; its id."""
    source_id = world.new_source()
    api.create_provisioning_policy(source_id, body=POLICY)
    return source_id


@suite.call("create_provisioning_policy")
def create_provisioning_policy(api):
    made = api.this(world.new_source(), body=POLICY)
    check.equal((made.name, made.usage_type, made.fields[0].name), ("Account", "CREATE", "userName"))


@suite.call("list_provisioning_policies")
def list_provisioning_policies(api):
    check.equal([one.name for one in api.this(with_policy(api))], ["Account"])


@suite.call("get_provisioning_policy", exempt=(404,))
def get_provisioning_policy(api):
    check.equal(api.this(with_policy(api), "CREATE").name, "Account")
    api.refused(404, world.new_source(), "CREATE")


@suite.call("put_provisioning_policy", exempt=(404,))
def put_provisioning_policy(api):
    check.equal(api.this(with_policy(api), "CREATE", body=POLICY | {"name": "Other"}).name, "Other")


@suite.call("update_provisioning_policy", exempt=(404,))
def update_provisioning_policy(api):
    changed = api.this(with_policy(api), "CREATE", body=[{"op": "replace", "path": "/name", "value": "Changed"}])
    check.equal(changed.name, "Changed")


@suite.call("update_provisioning_policies_in_bulk")
def update_provisioning_policies_in_bulk(api):
    check.equal([one.name for one in api.this(with_policy(api), body=[POLICY | {"name": "Bulk"}])], ["Bulk"])


@suite.call("delete_provisioning_policy", exempt=(404,))
def delete_provisioning_policy(api):
    source_id = with_policy(api)
    api.this(source_id, "CREATE")
    check.equal(api.list_provisioning_policies(source_id), [])


DETECTION = {
    "enabled": True,
    "operations": ["ACCOUNT_CREATED"],
    "allEntitlements": True,
    "allNonEntitlementAttributes": False,
    "selectedEntitlements": [],
    "selectedNonEntitlementAttributes": [],
}


@suite.call("put_native_change_detection_config")
def put_native_change_detection_config(api):
    config = api.this(world.new_source(), body=DETECTION)
    check.equal((config.enabled, config.operations), (True, ["ACCOUNT_CREATED"]))


@suite.call("get_native_change_detection_config")
def get_native_change_detection_config(api):
    source_id = world.new_source()
    made = api.put_native_change_detection_config(source_id, body=DETECTION)
    check.equal(api.this(source_id).to_dict(), made.to_dict())


@suite.call("delete_native_change_detection_config")
def delete_native_change_detection_config(api):
    source_id = world.new_source()
    api.put_native_change_detection_config(source_id, body=DETECTION)
    api.this(source_id)
    check.equal(api.status, 204, "status")


@suite.call("get_source_attr_sync_config")
def get_source_attr_sync_config(api):
    source_id = world.new_source()
    check.equal(api.this(source_id).source.id, source_id)


@suite.call("put_source_attr_sync_config", exempt=(404,))
def put_source_attr_sync_config(api):
    source_id = world.new_source()
    config = api.get_source_attr_sync_config(source_id)
    check.equal(api.this(source_id, body=config.to_dict()).to_dict(), config.to_dict())


# A delimited file is not read at a time of its own.
SCHEDULE = {"type": "ACCOUNT_AGGREGATION", "cronExpression": "0 0 5 * * ?"}


@suite.call("create_source_schedule", always_refused=True)
def create_source_schedule(api):
    api.refused(400, world.new_source(), body=SCHEDULE)


@suite.call("get_source_schedules")
def get_source_schedules(api):
    check.equal(api.this(world.new_source()), [])


@suite.call("get_source_schedule", always_refused=True, exempt=(404,))
def get_source_schedule(api):
    api.refused(404, world.new_source(), "ACCOUNT_AGGREGATION")


@suite.call("update_source_schedule", always_refused=True, exempt=(404,))
def update_source_schedule(api):
    patch = [{"op": "replace", "path": "/cronExpression", "value": "0 0 6 * * ?"}]
    api.refused(400, world.new_source(), "ACCOUNT_AGGREGATION", body=patch)


@suite.call("delete_source_schedule", always_refused=True, exempt=(404,))
def delete_source_schedule(api):
    api.refused(404, world.new_source(), "ACCOUNT_AGGREGATION")

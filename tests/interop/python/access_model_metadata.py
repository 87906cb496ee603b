"""AccessModelMetadataApi."""

import check
import world
from suite import Suite

suite = Suite(
    "access_model_metadata",
    "AccessModelMetadataApi",
    newer="delete_access_model_metadata_attribute delete_access_model_metadata_attribute_value",
)


def make(api):
    """A new attribute with one value."""
    name = world.unique("Office").replace("-", " ")
    return api.create_access_model_metadata_attribute(
        body={"name": name, "multiselect": True, "description": "Where", "values": [{"name": "Head Office"}]}
    )


@suite.call("create_access_model_metadata_attribute")
def create_access_model_metadata_attribute(api):
    name = world.unique("Colour").replace("-", " ")
    made = api.this(body={"name": name, "multiselect": False, "description": "Which", "values": [{"name": "Dark Red"}]})
    check.equal((made.name, made.multiselect, made.status, made.type), (name, False, "active", "custom"))
    check.equal([(value.value, value.name) for value in made.values], [("darkRed", "Dark Red")])


@suite.call("list_access_model_metadata_attribute")
def list_access_model_metadata_attribute(api):
    [privacy] = api.this(filters='key eq "iscPrivacy"')
    check.equal((privacy.name, privacy.type), ("Privacy", "governance"))
    check.that(len(api.this()) > 1, "there are several attributes")


@suite.call("get_access_model_metadata_attribute")
def get_access_model_metadata_attribute(api):
    check.equal(api.this("iscPrivacy").name, "Privacy")


@suite.call("update_access_model_metadata_attribute")
def update_access_model_metadata_attribute(api):
    made = make(api)
    changed = api.this(made.key, body=[{"op": "replace", "path": "/description", "value": "Changed"}])
    check.equal((changed.key, changed.description), (made.key, "Changed"))


@suite.call("create_access_model_metadata_attribute_value")
def create_access_model_metadata_attribute_value(api):
    value = api.this(make(api).key, body={"name": "Big Warehouse"})
    check.equal((value.value, value.name, value.status), ("bigWarehouse", "Big Warehouse", "active"))


@suite.call("list_access_model_metadata_attribute_value")
def list_access_model_metadata_attribute_value(api):
    check.equal([value.value for value in api.this(make(api).key)], ["headOffice"])


@suite.call("get_access_model_metadata_attribute_value")
def get_access_model_metadata_attribute_value(api):
    check.equal(api.this("iscPrivacy", "public").name, "Public")


@suite.call("update_access_model_metadata_attribute_value")
def update_access_model_metadata_attribute_value(api):
    made = make(api)
    changed = api.this(made.key, "headOffice", body=[{"op": "replace", "path": "/name", "value": "Centre"}])
    check.equal((changed.value, changed.name), ("headOffice", "Centre"))


VALUES = [{"attribute": "iscRisk", "values": ["high"]}]


@suite.call("update_access_model_metadata_by_ids")
def update_access_model_metadata_by_ids(api):
    source = world.new_directory()
    task = api.this(body={"entitlements": [source.lab], "operation": "ADD", "values": VALUES})
    check.that(task.id and task.status, "the update has no id or status")


@suite.call("update_access_model_metadata_by_filter")
def update_access_model_metadata_by_filter(api):
    source = world.new_directory()
    task = api.this(
        body={"filters": f'source.id eq "{source.id}"', "operation": "REPLACE", "replaceScope": "ATTRIBUTE", "values": VALUES}
    )
    check.that(task.id and task.status, "the update has no id or status")


@suite.call("update_access_model_metadata_by_query", always_refused=True)
def update_access_model_metadata_by_query(api):
    query = {"indices": ["entitlements"], "query": {"query": "*"}}
    api.refused(501, body={"query": query, "operation": "ADD", "values": VALUES})

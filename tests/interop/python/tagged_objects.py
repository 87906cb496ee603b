"""TaggedObjectsApi."""

import check
import world
from suite import Suite

suite = Suite("tagged_objects", "TaggedObjectsApi")


def tagged(entitlement_id: str, *tags: str) -> dict:
    """The tags of an entitlement."""
    return {"objectRef": {"type": "ENTITLEMENT", "id": entitlement_id}, "tags": list(tags)}


def make(api, *tags: str) -> str:
    """A new entitlement with these tags; its id."""
    entitlement = world.new_directory().lab
    api.set_tag_to_object(body=tagged(entitlement, *tags))
    return entitlement


@suite.call("set_tag_to_object")
def set_tag_to_object(api):
    entitlement, tag = world.new_directory().lab, world.unique_tag()
    api.this(body=tagged(entitlement, tag))
    check.equal(api.status, 201, "status")
    check.equal(api.get_tagged_object("ENTITLEMENT", entitlement).tags, [tag])


@suite.call("list_tagged_objects")
def list_tagged_objects(api):
    tag = world.unique_tag()
    entitlement = make(api, tag)
    found = api.this(filters=f'objectRef.id eq "{entitlement}"', count=True)
    check.equal([one.object_ref.id for one in found], [entitlement])


@suite.call("list_tagged_objects_by_type")
def list_tagged_objects_by_type(api):
    entitlement = make(api, world.unique_tag())
    [found] = api.this("ENTITLEMENT", filters=f'objectRef.id eq "{entitlement}"')
    check.equal((found.object_ref.id, found.object_ref.type), (entitlement, "ENTITLEMENT"))


@suite.call("get_tagged_object")
def get_tagged_object(api):
    entitlement = make(api, world.unique_tag())
    found = api.this("ENTITLEMENT", entitlement)
    check.equal((found.object_ref.id, len(found.tags)), (entitlement, 1))


@suite.call("put_tagged_object")
def put_tagged_object(api):
    entitlement, tag = make(api, world.unique_tag()), world.unique_tag()
    changed = api.this("ENTITLEMENT", entitlement, body={"tags": [tag]})
    check.equal(changed.tags, [tag])


@suite.call("delete_tagged_object", exempt=(404,))
def delete_tagged_object(api):
    entitlement = make(api, world.unique_tag())
    api.this("ENTITLEMENT", entitlement)
    check.equal(api.status, 204, "status")
    check.equal(api.list_tagged_objects(filters=f'objectRef.id eq "{entitlement}"'), [])


def refs(*entitlement_ids: str) -> list[dict]:
    """References to entitlements."""
    return [{"type": "ENTITLEMENT", "id": entitlement_id} for entitlement_id in entitlement_ids]


@suite.call("set_tags_to_many_objects")
def set_tags_to_many_objects(api):
    source, tag = world.new_directory(), world.unique_tag()
    results = api.this(body={"objectRefs": refs(source.lab, source.staff), "tags": [tag], "operation": "MERGE"})
    done = results if isinstance(results, list) else [results]
    check.equal({ref.id for one in done for ref in one.object_refs}, {source.lab, source.staff}, "objects")


@suite.call("delete_tags_to_many_object")
def delete_tags_to_many_object(api):
    tag = world.unique_tag()
    entitlement = make(api, tag)
    api.this(body={"objectRefs": refs(entitlement), "tags": [tag]})
    check.equal(api.status, 204, "status")
    check.equal(api.list_tagged_objects(filters=f'objectRef.id eq "{entitlement}"'), [])

"""TagsApi."""

import check
import world
from suite import Suite

suite = Suite("tags", "TagsApi")




def body() -> dict:
    """A new tag. The SDK wants the members that the server sets, too."""
    time = "2026-01-01T00:00:00Z"
    return {"id": "0", "name": world.unique_tag(), "created": time, "modified": time, "tagCategoryRefs": []}


@suite.call("create_tag")
def create_tag(api):
    new = body()
    made = api.this(body=new)
    check.equal((api.status, made.name, made.tag_category_refs), (201, new["name"], []))
    check.that(made.id != "0", "the server gives the id")


@suite.call("list_tags")
def list_tags(api):
    made = api.create_tag(body=body())
    [found] = api.this(filters=f'id eq "{made.id}"', sorters="-name", count=True)
    check.equal((found.id, api.headers["x-total-count"]), (made.id, "1"))


@suite.call("get_tag_by_id")
def get_tag_by_id(api):
    made = api.create_tag(body=body())
    check.equal(api.this(made.id).name, made.name)


@suite.call("delete_tag_by_id")
def delete_tag_by_id(api):
    made = api.create_tag(body=body())
    api.this(made.id)
    check.equal(api.status, 204, "status")
    check.equal(api.list_tags(filters=f'id eq "{made.id}"'), [])

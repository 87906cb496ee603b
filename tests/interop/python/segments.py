"""SegmentsApi."""

import check
import world
from suite import Suite

suite = Suite("segments", "SegmentsApi")
CRITERIA = {"expression": {"operator": "EQUALS", "attribute": "location", "value": {"type": "STRING", "value": "Oslo"}}}


def make(api) -> str:
    """A new segment; its id."""
    return api.create_segment(body={"name": world.unique("Segment"), "description": "People of Oslo"}).id


@suite.call("create_segment")
def create_segment(api):
    name = world.unique("Segment")
    made = api.this(
        body={"name": name, "description": "Oslo", "owner": world.owner(), "visibilityCriteria": CRITERIA, "active": True}
    )
    check.equal((made.name, made.description, made.active, made.owner.id), (name, "Oslo", True, world.administrator()))
    expression = made.visibility_criteria.expression
    check.equal((expression.operator, expression.attribute, expression.value.value), ("EQUALS", "location", "Oslo"))
    check.that(made.created and made.modified, "times")


@suite.call("list_segments")
def list_segments(api):
    made = [make(api), make(api)]
    found, offset = [], 0
    while page := api.this(limit=250, offset=offset, count=True):
        found += [one.id for one in page]
        offset += len(page)
    check.equal(int(api.headers["x-total-count"]), len(found), "X-Total-Count")
    check.that(set(made) <= set(found), "a new segment is not listed")


@suite.call("get_segment")
def get_segment(api):
    made = make(api)
    check.equal((api.this(made).id, api.this(made).description), (made, "People of Oslo"))


@suite.call("patch_segment")
def patch_segment(api):
    made = make(api)
    changed = api.this(made, body=[{"op": "replace", "path": "/description", "value": "Changed"}])
    check.equal(changed.description, "Changed")
    check.equal(api.get_segment(made).description, "Changed")


@suite.call("delete_segment")
def delete_segment(api):
    made = make(api)
    api.this(made)
    check.equal(api.status, 204, "status")
    api.refused(404, made)

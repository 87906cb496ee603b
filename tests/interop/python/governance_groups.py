"""GovernanceGroupsApi."""

import check
import world
from suite import ABSENT, Suite

suite = Suite("governance_groups", "GovernanceGroupsApi")


def make(api) -> str:
    """A new group; its id."""
    return api.create_workgroup(
        body={"name": world.unique("Group"), "description": "A group", "owner": world.owner()}
    ).id


def member(person) -> dict:
    """A reference to a person."""
    return {"type": "IDENTITY", "id": person.id, "name": f"Ann {person.alias}"}


@suite.call("create_workgroup")
def create_workgroup(api):
    name = world.unique("Group")
    made = api.this(body={"name": name, "description": "Reviewers", "owner": world.owner()})
    check.equal((api.status, made.name, made.description, made.member_count), (200, name, "Reviewers", 0))
    check.equal(made.owner.id, world.administrator(), "owner")


@suite.call("list_workgroups")
def list_workgroups(api):
    made = make(api)
    [found] = api.this(filters=f'id eq "{made}"', sorters="-name", count=True)
    check.equal((found.id, api.headers["x-total-count"]), (made, "1"))


@suite.call("get_workgroup")
def get_workgroup(api):
    made = make(api)
    check.equal((api.this(made).id, api.this(made).connection_count), (made, 0))


@suite.call("patch_workgroup")
def patch_workgroup(api):
    made = make(api)
    changed = api.this(made, body=[{"op": "replace", "path": "/description", "value": "Changed"}])
    check.equal(changed.description, "Changed")


@suite.call("delete_workgroup")
def delete_workgroup(api):
    made = make(api)
    api.this(made)
    check.equal(api.status, 204, "status")
    check.equal(api.list_workgroups(filters=f'id eq "{made}"'), [])


@suite.call("delete_workgroups_in_bulk")
def delete_workgroups_in_bulk(api):
    made = make(api)
    results = api.this(body={"ids": [made, ABSENT]})
    check.equal([(one.id, one.status) for one in results], [(made, 204), (ABSENT, 404)])


@suite.call("update_workgroup_members")
def update_workgroup_members(api):
    made, person = make(api), world.account().person
    results = api.this(made, body=[member(person)])
    check.equal((api.status, [(one.id, one.status) for one in results]), (207, [(person.id, 201)]))
    check.equal(api.get_workgroup(made).member_count, 1, "memberCount")


@suite.call("list_workgroup_members")
def list_workgroup_members(api):
    made, person = make(api), world.account().person
    api.update_workgroup_members(made, body=[member(person)])
    found = api.this(made, limit=50, sorters="name", count=True)
    check.equal([(one.id, one.email) for one in found], [(person.id, person.email)])
    check.equal(api.headers["x-total-count"], "1", "X-Total-Count")


@suite.call("delete_workgroup_members")
def delete_workgroup_members(api):
    made, person = make(api), world.account().person
    api.update_workgroup_members(made, body=[member(person)])
    results = api.this(made, body=[member(person)])
    check.equal([(one.id, one.status) for one in results], [(person.id, 204)])
    check.equal(api.list_workgroup_members(made), [])


@suite.call("list_connections")
def list_connections(api):
    check.equal(api.this(make(api), limit=50), [])

"""IdentitiesApi."""

import check
import world
from suite import ABSENT, Suite

suite = Suite(
    "identities",
    "IdentitiesApi",
    not_served="""
    synchronize_attributes_for_identity start_identities_invite send_identity_verification_account_token
    """,
    newer="get_identity_v2 list_identities_v2",
)


@suite.call("list_identities")
def list_identities(api):
    person = world.account().person
    [found] = api.this(filters=f'alias eq "{person.alias}"', sorters="name", count=True)
    check.equal((found.id, found.email_address, api.headers["x-total-count"]), (person.id, person.email, "1"))


@suite.call("get_identity")
def get_identity(api):
    person = world.account().person
    found = api.this(person.id)
    check.equal((found.alias, found.attributes["firstname"], found.is_manager), (person.alias, "Ann", False))


@suite.call("delete_identity")
def delete_identity(api):
    person = world.new_person()
    api.this(person.id)
    check.equal(api.status, 204, "status")
    check.equal(api.list_identities(filters=f'alias eq "{person.alias}"'), [])


@suite.call("list_entitlements_by_identity")
def list_entitlements_by_identity(api):
    account = world.account()
    found = api.this(account.person.id, count=True)
    source = account.source
    check.equal(sorted(one.object_ref.id for one in found), sorted([source.admins, source.lab]), "references")


@suite.call("reset_identity")
def reset_identity(api):
    api.this(world.new_person().id)
    check.equal(api.status, 202, "status")


@suite.call("start_identity_processing")
def start_identity_processing(api):
    task = api.this(body={"identityIds": [world.account().person.id]})
    check.equal(task.type, "TASK_RESULT", "type")
    world.finished(task.id)


@suite.call("get_identity_ownership_details")
def get_identity_ownership_details(api):
    world.new_source()
    shown = api.this(world.administrator()).to_dict()["associationDetails"]
    check.that("SOURCE_OWNER" in [one["associationType"] for one in shown], "the administrator owns sources")


# There are no roles.
@suite.call("get_role_assignments")
def get_role_assignments(api):
    check.equal(api.this(world.account().person.id), [])


@suite.call("get_role_assignment", always_refused=True)
def get_role_assignment(api):
    api.refused(404, world.account().person.id, ABSENT)

"""AccountsApi."""

import check
import world
from suite import Suite

suite = Suite(
    "accounts",
    "AccountsApi",
)


@suite.call("list_accounts")
def list_accounts(api):
    account = world.account()
    [found] = api.this(filters=f'sourceId eq "{account.source.id}"', sorters="-name", count=True)
    check.equal((found.id, found.native_identity, api.headers["x-total-count"]), (account.id, account.native, "1"))
    check.equal(api.this(detail_level="SLIM", filters=f'id eq "{account.id}"')[0].id, account.id)


@suite.call("get_account")
def get_account(api):
    account = world.account()
    found = api.this(account.id)
    check.equal((found.id, found.source_id, found.identity_id), (account.id, account.source.id, account.person.id))
    check.equal((found.uncorrelated, found.has_entitlements, found.disabled, found.locked), (False, True, False, False))
    check.equal(sorted(found.attributes["groups"]), ["admins", "lab"], "attributes.groups")


@suite.call("get_account_entitlements")
def get_account_entitlements(api):
    found = api.this(world.account().id, count=True)
    check.equal(sorted(one.value for one in found), ["admins", "lab"])
    check.equal(api.headers["x-total-count"], "2", "X-Total-Count")


@suite.call("create_account")
def create_account(api):
    source = world.new_directory()
    made = api.this(body={"attributes": {"sourceId": source.id, "id": "bob", "name": "Bob"}})
    world.finished(made.id)
    [found] = api.list_accounts(filters=f'sourceId eq "{source.id}"')
    check.equal((found.native_identity, found.name), ("bob", "Bob"))


@suite.call("put_account")
def put_account(api):
    account = world.new_account()
    attributes = {"id": account.native, "name": "Renamed", "e-mail": account.person.email}
    world.finished(api.this(account.id, body={"attributes": attributes}).id)
    check.equal(api.get_account(account.id).name, "Renamed", "name")


@suite.call("update_account")
def update_account(api):
    account, person = world.new_account(), world.new_person()
    api.this(account.id, body=[{"op": "replace", "path": "/identityId", "value": person.id}])
    check.equal(api.status, 202, "status")
    world.eventually(lambda: api.get_account(account.id).identity_id == person.id, "the account has its new identity")


@suite.call("submit_reload_account")
def submit_reload_account(api):
    # A delimited file has no single account to read: the identity is determined again, with a warning.
    world.finished(api.this(world.account().id).id, "WARNING")


@suite.call("disable_account")
def disable_account(api):
    account = world.new_account()
    world.finished(api.this(account.id, body={}).id)
    check.equal(api.get_account(account.id).disabled, True, "disabled")


@suite.call("enable_account")
def enable_account(api):
    account = world.new_account()
    world.finished(api.disable_account(account.id, body={}).id)
    world.finished(api.this(account.id, body={"externalVerificationId": "1"}).id)
    check.equal(api.get_account(account.id).disabled, False, "disabled")


@suite.call("unlock_account")
def unlock_account(api):
    account = world.new_account()
    world.finished(api.this(account.id, body={"externalVerificationId": "1"}).id)
    check.equal(api.get_account(account.id).locked, False, "locked")


@suite.call("delete_account")
def delete_account(api):
    account = world.new_account()
    world.finished(api.this(account.id).id)
    check.equal(api.list_accounts(filters=f'id eq "{account.id}"'), [])


@suite.call("delete_account_async")
def delete_account_async(api):
    account = world.new_account()
    task = api.this(account.id)
    check.equal(task.type, "TASK_RESULT", "type")
    world.finished(task.id)
    check.equal(api.list_accounts(filters=f'id eq "{account.id}"'), [])


def disabled_after(api, account, tasks: list) -> bool:
    for task in tasks:
        world.finished(task)
    return api.get_account(account.id).disabled


@suite.call("disable_account_for_identity")
def disable_account_for_identity(api):
    account = world.new_account()
    check.equal(disabled_after(api, account, api.this(account.person.id)["taskIds"]), True, "disabled")


@suite.call("enable_account_for_identity")
def enable_account_for_identity(api):
    account = world.new_account()
    world.finished(api.disable_account(account.id, body={}).id)
    check.equal(disabled_after(api, account, api.this(account.person.id)["taskIds"]), False, "disabled")


@suite.call("disable_accounts_for_identities")
def disable_accounts_for_identities(api):
    account = world.new_account()
    [outcome] = api.this(body={"identityIds": [account.person.id]})
    check.equal((outcome.id, outcome.status_code), (account.person.id, 202))
    world.eventually(lambda: api.get_account(account.id).disabled, "the account is disabled")


@suite.call("enable_accounts_for_identities")
def enable_accounts_for_identities(api):
    account = world.new_account()
    world.finished(api.disable_account(account.id, body={}).id)
    [outcome] = api.this(body={"identityIds": [account.person.id]})
    check.equal((outcome.id, outcome.status_code), (account.person.id, 202))
    world.eventually(lambda: not api.get_account(account.id).disabled, "the account is enabled")

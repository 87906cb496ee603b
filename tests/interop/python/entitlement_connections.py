"""EntitlementConnectionsApi, which 2.x has."""

import check
import world
from suite import ABSENT, Suite

suite = Suite("entitlement_connections", "EntitlementConnectionsApi")


def of(account) -> str:
    """The filter for the connections of an account."""
    return f'account.id eq "{account.id}"'


def connection(api, account) -> str:
    """The id of one connection of an account."""
    return api.list_entitlement_connections(filters=f'{of(account)} and entitlement.value eq "lab"')[0].id


@suite.call("list_entitlement_connections")
def list_entitlement_connections(api):
    account = world.account()
    found = api.this(filters=of(account), sorters="entitlement.displayName", count=True)
    check.equal([one.to_dict()["entitlement"]["value"] for one in found], ["admins", "lab"])
    shown = [one.to_dict() for one in found]
    check.equal({(one["identity"]["id"], one["account"]["id"]) for one in shown}, {(account.person.id, account.id)})
    check.equal(api.headers["x-total-count"], "2", "X-Total-Count")


@suite.call("list_entitlement_connections_for_current_identity")
def list_entitlement_connections_for_current_identity(api):
    check.equal(api.this(limit=10), [])


@suite.call("patch_entitlement_connection_by_id")
def patch_entitlement_connection_by_id(api):
    account = world.new_account()
    changed = api.this(connection(api, account), body=[{"op": "replace", "path": "/type", "value": "STANDING"}])
    check.equal((changed.type, changed.account_id), ("STANDING", account.id))


@suite.call("patch_entitlement_connection_by_query")
def patch_entitlement_connection_by_query(api):
    account = world.new_account()
    changed = api.this(
        entitlement_id=account.source.lab,
        identity_id=account.person.id,
        account_id=account.id,
        body=[{"op": "replace", "path": "/type", "value": "STANDING"}],
    )
    check.equal((changed.type, changed.entitlement_id), ("STANDING", account.source.lab))


@suite.call("update_entitlement_connections_bulk")
def update_entitlement_connections_bulk(api):
    made = connection(api, world.new_account())
    results = api.this(body=[{"connectionId": made, "type": "STANDING"}, {"connectionId": ABSENT, "type": "STANDING"}])
    check.equal((api.status, [one.status for one in results]), (207, [201, 404]))

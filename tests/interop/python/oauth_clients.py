"""OAuthClientsApi."""

import check
import world
from sdk import configuration
from suite import Suite

suite = Suite("oauth_clients", "OAuthClientsApi", module="o_auth_clients_api")


def make(api):
    """A new client."""
    return api.create_oauth_client(
        body={
            "name": world.unique("Robot"),
            "description": "Reads",
            "accessTokenValiditySeconds": 600,
            "grantTypes": ["CLIENT_CREDENTIALS"],
            "accessType": "OFFLINE",
            "enabled": True,
            "scope": ["idn:entitlement:read"],
        }
    )


@suite.call("create_oauth_client")
def create_oauth_client(api):
    made = make(api)
    check.equal((made.description, made.scope, made.enabled), ("Reads", ["idn:entitlement:read"], True))
    check.that(configuration(made.id, made.secret).access_token, "a token for the new client")


@suite.call("list_oauth_clients")
def list_oauth_clients(api):
    made = make(api)
    check.equal([one.name for one in api.this() if one.id == made.id], [made.name])


@suite.call("get_oauth_client")
def get_oauth_client(api):
    made = make(api)
    check.equal((api.this(made.id).name, api.this(made.id).secret), (made.name, None))


@suite.call("patch_oauth_client")
def patch_oauth_client(api):
    changed = api.this(make(api).id, body=[{"op": "replace", "path": "/description", "value": "Reads all day"}])
    check.equal(changed.description, "Reads all day")


@suite.call("delete_oauth_client")
def delete_oauth_client(api):
    made = make(api)
    api.this(made.id)
    check.equal(api.status, 204, "status")
    check.equal([one.id for one in api.list_oauth_clients() if one.id == made.id], [])

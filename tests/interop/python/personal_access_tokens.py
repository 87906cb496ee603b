"""PersonalAccessTokensApi."""

from contextlib import contextmanager

import check
import server
import world
from sdk import configuration
from suite import Suite

suite = Suite(
    "personal_access_tokens",
    "PersonalAccessTokensApi",
    newer="update_bulk_personal_access_tokens",
)

# `from_dict` of the SDK makes null of a member that is not there, and a token without an end must be confirmed.
END = {"expirationDate": "2099-01-01T00:00:00Z"}


@contextmanager
def token(api):
    """A new token that may read entitlements. It is deleted afterwards: an identity can have ten."""
    body = {"name": world.unique("Token"), "scope": ["idn:entitlement:read"], **END}
    made = api.create_personal_access_token(body=body)
    yield made
    server.raw("DELETE", f"/v2025/personal-access-tokens/{made.id}")


@suite.call("create_personal_access_token")
def create_personal_access_token(api):
    with token(api) as made:
        check.equal((made.scope, made.owner.id), (["idn:entitlement:read"], world.administrator()))
        check.equal((len(made.id), len(made.secret)), (32, 64), "lengths of id and secret")
        # The SDK gets an access token with it, as a script would.
        check.that(configuration(made.id, made.secret).access_token, "an access token")


@suite.call("list_personal_access_tokens")
def list_personal_access_tokens(api):
    with token(api) as made:
        found = api.this(owner_id="me", filters="lastUsed isnull")
        check.equal([one.name for one in found if one.id == made.id], [made.name])


@suite.call("patch_personal_access_token")
def patch_personal_access_token(api):
    with token(api) as made:
        changed = api.this(made.id, body=[{"op": "replace", "path": "/name", "value": "Renamed"}])
        check.equal(changed.name, "Renamed")


@suite.call("delete_personal_access_token")
def delete_personal_access_token(api):
    with token(api) as made:
        api.this(made.id)
        check.equal(api.status, 204, "status")
        check.equal([one.id for one in api.list_personal_access_tokens() if one.id == made.id], [])

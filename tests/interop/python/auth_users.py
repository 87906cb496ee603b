"""AuthUsersApi."""

import check
import server
import world
from sdk import FAMILY
from suite import Suite

suite = Suite("auth_users", "AuthUsersApi", module="auth_users_api")


@suite.call("get_auth_user")
def get_auth_user(api):
    check.that("ORG_ADMIN" in api.this(world.administrator()).capabilities, "the administrator is one")


@suite.call("patch_auth_user")
def patch_auth_user(api):
    person = world.new_person()
    # The SDK cannot send a list as the value of a replacement.
    path = f"/auth-users/v1/{person.id}" if FAMILY == "v1" else f"/{FAMILY}/auth-users/{person.id}"
    server.sent("PATCH", path, [{"op": "replace", "path": "/capabilities", "value": ["HELPDESK"]}])
    changed = api.this(person.id, body=[{"op": "add", "path": "/capabilities/-", "value": "REPORT_ADMIN"}])
    check.equal(sorted(changed.capabilities), ["HELPDESK", "REPORT_ADMIN"], "capabilities")

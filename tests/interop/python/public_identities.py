"""PublicIdentitiesApi."""

import check
import world
from suite import Suite

suite = Suite(
    "public_identities",
    "PublicIdentitiesApi",
    newer="get_public_identities_visible_attributes_v2 search_public_identities_v2",
)


# Everybody may call it: no scope is needed.
@suite.call("get_public_identities", exempt=(403,))
def get_public_identities(api):
    person = world.account().person
    [found] = api.this(filters=f'alias eq "{person.alias}"', sorters="name", count=True)
    check.equal((found.id, found.email, api.headers["x-total-count"]), (person.id, person.email, "1"))

"""AccessRequestsApi: the configuration. Requests themselves are not served."""

import check
from suite import Suite

suite = Suite(
    "access_requests",
    "AccessRequestsApi",
    not_served="""
    create_access_request cancel_access_request close_access_request list_access_request_status
    list_administrators_access_request_status cancel_access_request_in_bulk load_account_selections
    approve_bulk_access_request
    """,
)


@suite.call("get_access_request_config", "get_access_request_config_v2")
def get_access_request_config(api):
    config = api.this()
    check.that(config.request_on_behalf_of_config is not None, "requestOnBehalfOfConfig is missing")


@suite.call("set_access_request_config", "set_access_request_config_v2")
def set_access_request_config(api):
    get = getattr(api, api.current.replace("set_", "get_"))
    before = get()
    changed = api.this(body=before.to_dict() | {"reauthorizationEnabled": True})
    check.equal(changed.reauthorization_enabled, True, "reauthorizationEnabled")
    check.equal(get().to_dict(), changed.to_dict(), "the configuration read again")
    api.this(body=before.to_dict())
    check.equal(get().to_dict(), before.to_dict(), "the configuration as it was")


@suite.call("get_entitlement_details_for_identity", exempt=(404,), always_refused=True)
def get_entitlement_details_for_identity(api):
    # The contract has parameters of the path that its path does not contain: the SDK does not send them.
    api.refused(400, "identity", "entitlement")

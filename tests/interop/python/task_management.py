"""TaskManagementApi."""

import check
import server
import world
from suite import Suite

suite = Suite("task_management", "TaskManagementApi")


def task() -> str:
    """A task that has ended; its id."""
    fields = {"file": ("groups.csv", "id,name\na,Alpha\n", "text/csv")}
    made = server.sent("POST", f"/v2025/sources/{world.new_source()}/load-entitlements", fields=fields)["id"]
    return world.finished(made)["id"]


@suite.call("get_task_status")
def get_task_status(api):
    found = api.this(task())
    check.equal((found.type, found.completion_status, found.percent_complete), ("QUARTZ", "SUCCESS", 100))
    check.equal((found.attributes["groupsCreated"], found.messages), (1, []))
    check.that(found.launched and found.completed and found.returns, "times and returns")


@suite.call("get_task_status_list")
def get_task_status_list(api):
    made = task()
    [found] = api.this(filters=f'id eq "{made}"', sorters="-created", count=True)
    check.equal((found.id, api.headers["x-total-count"]), (made, "1"))
    check.that(api.this(filters='type eq "CLOUD_GROUP_AGGREGATION"', limit=1), "tasks of a type")


@suite.call("update_task_status")
def update_task_status(api):
    # Files of this size are still being read when the request to cancel arrives.
    rows = "".join(f"id-{row},Name {row}\n" for row in range(20_000))
    fields = {"file": ("groups.csv", f"id,name\n{rows}", "text/csv")}
    made = server.sent("POST", f"/v2025/sources/{world.new_source()}/load-entitlements", fields=fields)["id"]
    changed = api.this(made, body=[{"op": "replace", "path": "/completionStatus", "value": "TERMINATED"}])
    check.equal(changed.id, made)
    world.eventually(lambda: api.get_task_status(made).completion_status == "TERMINATED", "the task is cancelled")


@suite.call("get_pending_tasks")
def get_pending_tasks(api):
    api.this(limit=10, count=True)
    check.that(int(api.headers["x-total-count"]) >= 0, "X-Total-Count")


# A response without a body has no text of an error either.
@suite.call("get_pending_task_headers", exempt=(400, 401, 403))
def get_pending_task_headers(api):
    api.this(count=True)
    check.that(int(api.headers["x-total-count"]) >= 0, "X-Total-Count")

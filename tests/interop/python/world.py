"""What the calls need on the server. Everything has a random name: the same server is used by several suites."""

import functools
import secrets
import time
from types import SimpleNamespace

import server

PEOPLE = "id,name,e-mail,givenName,familyName\n"
GROUPS = "id,name,description,groups\nstaff,Staff,Everybody,\nadmins,Administrators,May do everything,staff\nlab,R+D Lab,,staff\n"


def unique(prefix: str) -> str:
    """A name that nothing else has."""
    return f"{prefix}-{secrets.token_hex(5)}x"


@functools.cache
def administrator() -> str:
    """The id of the administrator's identity."""
    return server.sent("GET", "/v2025/personal-access-tokens?owner-id=me")[0]["owner"]["id"]


def owner() -> dict:
    """A reference to the administrator."""
    return {"type": "IDENTITY", "id": administrator()}


def source_body(**more) -> dict:
    """The body of a new delimited-file source."""
    return {"name": unique("Source"), "owner": owner(), "connector": "delimited-file-angularsc", **more}


def new_source(**more) -> str:
    """A new, empty delimited-file source; its id."""
    return server.sent("POST", "/v2025/sources", source_body(**more))["id"]


def unique_tag() -> str:
    """The name of a tag that nothing else has: capital letters and digits only, as the server stores it."""
    return unique("TAG").replace("-", "").upper()


def finished(task_id: str, outcome: str = "SUCCESS") -> dict:
    """Waits until a task has ended; its status. Fails if it ended otherwise or takes longer than a minute."""
    for _ in range(1200):
        task = server.sent("GET", f"/v2025/task-status/{task_id}")
        if task["completed"] is not None:
            if task["completionStatus"] != outcome:
                raise AssertionError(f"A task did not end with {outcome}: {task}")
            return task
        time.sleep(0.05)
    raise AssertionError(f"The task {task_id} has not ended.")


def load_entitlements(source_id: str, csv: str) -> None:
    """Loads entitlements into a source."""
    fields = {"file": ("groups.csv", csv, "text/csv")}
    finished(server.sent("POST", f"/v2025/sources/{source_id}/load-entitlements", fields=fields)["id"])


def load_accounts(source_id: str, csv: str) -> None:
    """Loads accounts into a source."""
    fields = {"file": ("accounts.csv", csv, "text/csv")}
    finished(server.sent("POST", f"/v2025/sources/{source_id}/load-accounts", fields=fields)["task"]["id"])


def new_directory(groups: str = GROUPS) -> SimpleNamespace:
    """A new source with entitlements in a hierarchy: `id`, and the ids of `staff`, `admins` and `lab`."""
    source_id = new_source()
    schemas = f"/v2025/sources/{source_id}/schemas"
    group = next(schema for schema in server.sent("GET", schemas) if schema["name"] == "group")
    attributes = [{"name": name, "type": "STRING"} for name in ("id", "name", "description")]
    hierarchy = {"name": "groups", "type": "STRING", "isMulti": True}
    body = group | {"hierarchyAttribute": "groups", "attributes": [*attributes, hierarchy]}
    server.sent("PUT", f"{schemas}/{group['id']}", body)
    load_entitlements(source_id, groups)
    found = server.sent("GET", f"/v2025/entitlements?filters=source.id+eq+%22{source_id}%22")
    return SimpleNamespace(id=source_id, **{one["value"]: one["id"] for one in found})


@functools.cache
def directory() -> SimpleNamespace:
    """One such source for everybody who only reads it, or undoes what they do."""
    return new_directory()


def new_person() -> SimpleNamespace:
    """A new identity: `id`, `alias`, `email`."""
    alias = unique("ann")
    source_id = new_source(authoritative=True)
    load_accounts(source_id, f"{PEOPLE}{alias},Ann {alias},{alias}@x.example,Ann,Example\n")
    [found] = server.sent("GET", f"/v2025/identities?filters=alias+eq+%22{alias}%22")
    return SimpleNamespace(id=found["id"], alias=alias, email=f"{alias}@x.example", source=source_id)


def new_account(source: SimpleNamespace | None = None, person: SimpleNamespace | None = None) -> SimpleNamespace:
    """A new account of an identity with two entitlements: `id`, `native`, `source` and `person`."""
    person = person or new_person()
    source = source or new_directory()
    correlation = {"attributeAssignments": [{"property": "email", "value": "e-mail", "operation": "EQ"}]}
    server.sent("PUT", f"/v2025/sources/{source.id}/correlation-config", correlation)
    native = unique("account")
    rows = "".join(f"{native},{native},{person.email},{group}\n" for group in ("admins", "lab"))
    load_accounts(source.id, f"id,name,e-mail,groups\n{rows}")
    [found] = server.sent("GET", f"/v2025/accounts?filters=nativeIdentity+eq+%22{native}%22")
    return SimpleNamespace(id=found["id"], native=native, source=source, person=person)


@functools.cache
def account() -> SimpleNamespace:
    """One such account for everybody who only reads it."""
    return new_account()


def eventually(holds, what: str) -> None:
    """Waits until something holds. Fails if that takes longer than half a minute."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError(f"Not even later: {what}")

"""The server under test by plain HTTP: what it serves, and what the SDK cannot do."""

import functools
import json
import os
import re

import urllib3
from sdk import BASE_URL, FAMILY, configuration

http = urllib3.PoolManager(retries=False)


@functools.cache
def _token() -> str:
    return configuration().access_token


@functools.cache
def limited_configuration():
    """The configuration of a client of the same identity whose only scope is `sp:scopes:default`."""
    return configuration(os.environ["INTEROP_LIMITED_ID"], os.environ["INTEROP_LIMITED_SECRET"])


@functools.cache
def _served() -> set[tuple[str, str]]:
    document = http.request("GET", f"{BASE_URL}/openapi/{FAMILY}.json").json()
    return {
        (method.upper(), _blank(path)) for path, methods in document["paths"].items() for method in methods
    }


def _blank(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def serves(method: str, path: str) -> bool:
    """Whether the server has an operation, by its own OpenAPI document. `path` is that of the SDK."""
    return (method, _blank(path)) in _served()


def raw(method: str, path: str, body=None, fields=None):
    """Sends a request with the administrator's token; returns the response. `path` has its prefix, such as `/v2025`."""
    headers = {"Authorization": f"Bearer {_token()}"}
    if fields is not None:
        return http.request(method, BASE_URL + path, fields=fields, headers=headers)
    if body is not None:
        headers["Content-Type"] = "application/json-patch+json" if method == "PATCH" else "application/json"
        body = json.dumps(body)
    return http.request(method, BASE_URL + path, body=body, headers=headers)


def sent(method: str, path: str, body=None, fields=None):
    """The same; returns the JSON of a successful response and fails with any other."""
    response = raw(method, path, body, fields)
    if not 200 <= response.status < 300:
        raise AssertionError(f"{method} {path}: {response.status} {response.data!r}")
    return response.json() if response.data else None


def status_of(method: str, path: str) -> int:
    """The status of a path of the SDK with ids in it that do not exist."""
    prefix = "" if FAMILY == "v1" else f"/{FAMILY}"
    return raw(method, prefix + re.sub(r"\{[^}]*\}", "0" * 32, path)).status

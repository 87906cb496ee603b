"""One face for the three generations of the Python SDK.

`INTEROP_FAMILY` says which one is installed and used: `v2025` and `beta` are packages of 1.4.x; `v1` are the packages
of 2.x, one per service, whose methods end in `_v1`.
"""

import importlib
import inspect
import os
import re
from types import NoneType
from typing import get_args, get_origin

from pydantic import BaseModel
from sailpoint.configuration import Configuration, ConfigurationParams

FAMILY = os.environ["INTEROP_FAMILY"]
BASE_URL = os.environ["SAIL_BASE_URL"]
SUFFIX = "_v1" if FAMILY == "v1" else ""


def package_of(service: str) -> str:
    """The package with the client, the models and the exceptions of a service."""
    return f"sailpoint.{service}" if FAMILY == "v1" else f"sailpoint.{FAMILY}"


def class_of(service: str, module: str, name: str):
    """The API class of a service; None if this SDK has none. `module` is its module in 1.4.x."""
    try:
        return getattr(importlib.import_module(f"{package_of(service)}.api.{module}"), name)
    except ModuleNotFoundError:
        return None


def configuration(client_id: str | None = None, client_secret: str | None = None, token: str | None = None):
    """The SDK's configuration, by default from SAIL_CLIENT_ID and SAIL_CLIENT_SECRET. It requests the token itself."""
    parameters = ConfigurationParams()
    parameters.base_url = BASE_URL
    parameters.client_id = client_id or os.environ["SAIL_CLIENT_ID"]
    parameters.client_secret = client_secret or os.environ["SAIL_CLIENT_SECRET"]
    parameters.access_token = token
    made = Configuration(parameters)
    made.experimental = True
    made.suppress_experimental_warnings = True
    return made


def client_of(service: str, config):
    """An API client of the SDK that remembers its last response, and can send a request otherwise than the SDK would."""
    base = importlib.import_module(f"{package_of(service)}.api_client").ApiClient

    class Client(base):
        """`change` may replace the URL and the body of a request."""

        last = None
        change = None

        def call_api(self, method, url, header_params=None, body=None, post_params=None, _request_timeout=None):
            if self.change is not None:
                url, body = self.change(url, body)
            self.last = super().call_api(method, url, header_params, body, post_params, _request_timeout or 60)
            return self.last

    return Client(config)


def full_name(cls, name: str) -> str:
    """The name of a method in this SDK: with its suffix, unless it has another version in its name."""
    return name + SUFFIX if hasattr(cls, name + SUFFIX) else name


def methods_of(cls) -> dict[str, tuple[str, str]]:
    """The operations of an API class: the method's name without its suffix, with its HTTP method and path."""
    found = {}
    for name, _ in inspect.getmembers(cls, inspect.isfunction):
        serialize = getattr(cls, f"_{name}_serialize", None)
        if serialize is not None:
            source = inspect.getsource(serialize)
            method = re.search(r"method='(\w+)'", source)
            path = re.search(r"resource_path='([^']+)'", source)
            found[name.removesuffix(SUFFIX)] = (method[1], path[1])
    return found


def response_types(cls, name: str) -> dict[str, str]:
    """The declared responses of a method by status, such as `{'200': 'List[Entitlement]'}`."""
    source = inspect.getsource(getattr(cls, full_name(cls, name)))
    return dict(re.findall(r"'(\dXX|\d{3})': (?:\"([^\"]*)\"|None)", source))


def shaped(value, annotation):
    """A value of JSON as the type that a parameter of the SDK has: models are made by their own `from_dict`."""
    if get_origin(annotation) is None and inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation.from_dict(value) if isinstance(value, (dict, list)) else value
    arguments = [part for part in get_args(annotation) if part is not NoneType]
    if get_origin(annotation) is list and isinstance(value, list):
        return [shaped(item, arguments[0]) for item in value]
    for part in arguments:
        made = shaped(value, part)
        if made is not value:
            return made
    return value

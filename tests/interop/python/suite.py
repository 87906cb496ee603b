"""The calls of one API class, and what must be true of each.

A suite has a function for each method of the class. It is run if the server serves the operation; then it must have
called the method successfully, and the same call must be refused properly: without a valid token, without the scope,
with ids that do not exist, with a body or a filter that makes no sense. An operation that is not served must return
501. A method without a function must be named in `not_served`; it fails as soon as the server serves it.
"""

import inspect
import json
import re
import traceback
import warnings

import check
import server
from sdk import class_of, client_of, configuration, full_name, methods_of, package_of, response_types, shaped

ABSENT = "0" * 31 + "9"


class Suite:
    """The functions of one API class.

    `module` is its module, if the name of the service does not say it. `newer` are methods that are not in the contract
    that the server implements: for the server they are unknown paths, or ids that do not exist.
    """

    def __init__(self, service: str, name: str, module: str | None = None, not_served: str = "", newer: str = ""):
        self.service, self.name = service, name
        self.module = module or f"{service}_api"
        self.not_served = set(not_served.split())
        self.newer = set(newer.split())
        self.functions = {}
        self.exempt = {}
        self.always_refused = set()

    def call(self, *names: str, exempt: tuple[int, ...] = (), always_refused: bool = False):
        """Declares the function that calls a method, of which `names` are the names in all generations of the SDK.

        `exempt` are refusals that the operation does not have. `always_refused`: the server has the operation and
        refuses every call; the function checks how.
        """

        def declare(function):
            for name in names:
                self.functions[name] = function
                self.exempt[name] = exempt
                if always_refused:
                    self.always_refused.add(name)
            return function

        return declare

    def run(self, config) -> list[tuple[str, str, str]]:
        """Runs it; returns (method, `passed`, `failed`, `not served` or `absent`, message)."""
        cls = class_of(self.service, self.module, self.name)
        if cls is None:
            return [(self.name, "absent", "this SDK does not have the class")]
        api = Api(self.service, cls, config)
        return [(name, *self._judge(api, name, *operation)) for name, operation in methods_of(cls).items()]

    def _judge(self, api: "Api", name: str, method: str, path: str) -> tuple[str, str]:
        try:
            if not server.serves(method, path):
                declared = name in self.functions or name in self.not_served | self.newer
                check.that(declared, f"{method} {path}: write a call, or name it in not_served")
                status = server.status_of(method, path)
                unknown = name in self.newer and 400 <= status < 500
                check.that(unknown or status == 501, f"{method} {path} returns {status} instead of 501")
                return "not served", ""
            check.that(name in self.functions, f"{method} {path} is served: write a call")
            if not set(re.findall(r"\{(\w+)\}", path)) <= Serialized(api.cls, name).path_names:
                return "absent", "this SDK leaves a parameter of the path as it is"
            api.current = name
            self.functions[name](api)
            refused = name in self.always_refused
            check.that(name in (api.refusals if refused else api.successes), "the function does not call the method")
            check.that(not refused or name not in api.successes, "it is no longer refused: check what it returns")
            Refusals(api, name, self.exempt[name]).check_all()
            return "passed", ""
        except Exception:  # Every failure is reported with its place.
            return "failed", traceback.format_exc(limit=-4, chain=False)


class Api:
    """The methods of an API class without their suffixes.

    Positional arguments are the ids of the path, in its order; `body` is the body; others have their own names. All are
    plain JSON. Results are what the SDK makes. `this` is the method that the function is for.
    """

    def __init__(self, service: str, cls, config):
        self.service, self.cls = service, cls
        self.client = client_of(service, config)
        self.successes = {}
        self.refusals = {}
        self.current = ""
        self.headers = {}
        self.status = 0

    def __getattr__(self, name: str):
        return lambda *ids, **arguments: self.invoke(name, ids, arguments)

    def this(self, *ids: str, **arguments):
        """Calls the method that the function is for."""
        return self.invoke(self.current, ids, arguments)

    def invoke(self, name: str, ids: tuple, arguments: dict):
        """Calls a method and checks the type of its result and that nothing was lost on the way."""
        arguments = self.prepared(name, self.named(name, ids, arguments))
        response = self.send(self.client, name, arguments)
        self.successes[name] = arguments
        self.status = response.status_code
        self.headers = {header.lower(): value for header, value in response.headers.items()}
        check.that(
            str(self.status) in response_types(self.cls, name), f"{name}: status {self.status} is not declared"
        )
        check.has_type(response.data, inspect.signature(getattr(self.cls, full_name(self.cls, name))).return_annotation, name)
        if response.raw_data and response.raw_data[:1] in b"[{":
            check.arrived(response.data, json.loads(response.raw_data), name)
        return response.data

    def named(self, name: str, ids: tuple, arguments: dict) -> dict:
        """The arguments with the names that they have in this SDK."""
        operation = Serialized(self.cls, name)
        named = dict(zip(operation.path_parameters, ids)) | arguments
        if "body" in named and operation.body is not None:
            named[operation.body] = named.pop("body")
        return named

    def prepared(self, name: str, arguments: dict) -> dict:
        """The arguments as the SDK wants them."""
        parameters = inspect.signature(getattr(self.cls, full_name(self.cls, name))).parameters
        unknown = [key for key in arguments if key not in parameters]
        check.that(not unknown, f"{name} of this SDK has no parameter {unknown}; it has {list(parameters)[1:]}")
        experimental = {"x_sail_point_experimental": "true"} if "x_sail_point_experimental" in parameters else {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Older models do not know every value that the server accepts.
            return experimental | {key: shaped(value, parameters[key].annotation) for key, value in arguments.items()}

    def send(self, client, name: str, arguments: dict):
        """Sends a request with a client. What the SDK warns of, such as an unknown member of an enum, is an error."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", DeprecationWarning)
            return getattr(self.cls(client), f"{full_name(self.cls, name)}_with_http_info")(**arguments)

    def refused(self, status: int, *ids: str, **arguments):
        """Calls the method that the function is for, which must be refused with a status; returns the exception."""
        arguments = self.prepared(self.current, self.named(self.current, ids, arguments))
        self.refusals[self.current] = arguments
        return self.refusal(status, self.current, arguments)

    def refusal(self, status: int, name: str, arguments: dict, client=None):
        """Calls a method that must be refused with a status, as the exception that the SDK has for it; returns that."""
        exceptions = __import__(f"{package_of(self.service)}.exceptions", fromlist=["ApiException"])
        wanted = {
            400: exceptions.BadRequestException,
            401: exceptions.UnauthorizedException,
            403: exceptions.ForbiddenException,
            404: exceptions.NotFoundException,
        }.get(status, exceptions.ServiceException if status >= 500 else exceptions.ApiException)
        try:
            response = self.send(client or self.client, name, arguments)
        except exceptions.ApiException as error:
            check.equal((error.status, type(error)), (status, wanted), f"{name}, to be refused: {error.body}")
            self._check_body(name, error)
            return error
        raise AssertionError(f"{name} returned {response.status_code} instead of {status}: {response.raw_data!r}")

    def _check_body(self, name: str, error) -> None:
        """The error in the model that the method declares for its status."""
        declared = response_types(self.cls, name).get(str(error.status))
        if error.status == 401 and error.data is None:
            # 1.4.x wants an object where the contract has a text, and leaves it to the caller to read the body.
            check.that(isinstance(json.loads(error.body)["error"], str), f"error 401 of {name}: {error.body}")
        elif declared:
            check.equal(type(error.data).__name__, declared, f"type of the error {error.status} of {name}")
            check.arrived(error.data, json.loads(error.body), f"error {error.status} of {name}")
        if error.status in (400, 403, 404) and error.data is not None:
            check.that(error.data.detail_code.startswith(str(error.status)), f"detailCode {error.data.detail_code}")
            check.that(error.data.tracking_id and error.data.messages[0].text, f"error {error.status} without a text")


class Serialized:
    """What the SDK's source says of a method: the names of its parameters in the path and of its body."""

    def __init__(self, cls, name: str):
        source = inspect.getsource(getattr(cls, f"_{full_name(cls, name)}_serialize"))
        self.path_parameters = re.findall(r"_path_params\['\w+'\] = (\w+)", source)
        self.path_names = set(re.findall(r"_path_params\['(\w+)'\]", source))
        body = re.search(r"_body_params = (\w+)", source)
        self.body = None if body is None else body[1]
        self.parameters = inspect.signature(getattr(cls, full_name(cls, name))).parameters


class Refusals:
    """What a call is refused with when something is wrong with it that was not before."""

    def __init__(self, api: Api, name: str, exempt: tuple[int, ...]):
        self.api, self.name, self.exempt = api, name, exempt
        self.arguments = api.successes.get(name) or api.refusals.get(name) or {}
        self.operation = Serialized(api.cls, name)

    def check_all(self) -> None:
        """Checks every refusal that applies to the method."""
        for status, refuse in ((401, self.token), (403, self.scope), (404, self.ids), (400, self.input)):
            if status not in self.exempt:
                refuse()

    def token(self) -> None:
        """A token that is none."""
        stranger = client_of(self.api.service, configuration(token="no.real.token"))
        error = self.api.refusal(401, self.name, self.arguments, stranger)
        if error.data is not None:
            check.that(error.data.error, "an error 401 without a text")

    def scope(self) -> None:
        """A client without the scope."""
        limited = client_of(self.api.service, server.limited_configuration())
        self.api.refusal(403, self.name, self.arguments, limited)

    def ids(self) -> None:
        """Each id in the path, if it does not exist."""
        for parameter in self.operation.path_parameters:
            if parameter not in ("type", "type_"):
                self.api.refusal(404, self.name, self.arguments | {parameter: ABSENT})

    def input(self) -> None:
        """A body of another type, a filter on a field that does not exist, or a page that is too long."""
        client = client_of(self.api.service, self.api.client.configuration)
        if self.operation.body is not None:
            client.change = lambda url, body: (url, "not what it should be")
        elif "filters" in self.operation.parameters:
            client.change = lambda url, body: (f"{url.split('?')[0]}?filters=nonsense+eq+1", body)
        elif "limit" in self.operation.parameters:
            client.change = lambda url, body: (f"{url.split('?')[0]}?limit=100000", body)
        else:
            return
        self.api.refusal(400, self.name, self.arguments, client)

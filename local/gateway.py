"""API Gateway: the REST APIs of the templates, from a request to the function's event and back.

Throttling, the web ACL and access logs are not simulated.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from local.functions import Functions
from local.identity import Issuer, RefusedTokenError, as_authorizer
from local.template import ACCOUNT, Resource, Templates

PREFIX = "sakimori-"
"""APIs are named `sakimori-<path>`; they are served under `/<path>/<stage>`."""
EXPIRED = "The incoming token has expired"
DEFAULTS = {
    "UNAUTHORIZED": (401, "UnauthorizedException", "Unauthorized"),
    "MISSING_AUTHENTICATION_TOKEN": (
        403,
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
    ),
    "DEFAULT_5XX": (502, "InternalServerErrorException", "Internal server error"),
}
"""What API Gateway answers by itself, where the template says nothing else."""


@dataclass(frozen=True, slots=True)
class Route:
    """A method on a resource."""

    resource: str
    """`/notifications/{id}` or `/{proxy+}`."""
    method: str
    function: str
    pools: tuple[str, ...] | None
    """The user pools whose tokens open it; `None` when it is public."""
    pattern: re.Pattern[str]

    @property
    def precision(self) -> tuple[int, int]:
        """Sorts literal paths before parameters, and those before a proxy."""
        return (self.resource.count("+"), self.resource.count("{"))


@dataclass(slots=True)
class Api:
    """One REST API with its stage."""

    path: str
    title: str
    stage: str
    routes: list[Route] = field(default_factory=list)
    responses: dict[str, dict[str, Any]] = field(default_factory=dict)

    def route(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route a request takes and its path parameters."""
        for route in self.routes:
            if route.method not in {method, "ANY"}:
                continue
            match = route.pattern.fullmatch(path)
            if match is not None:
                return route, {name.replace("__", "-"): value for name, value in match.groupdict().items()}
        return None


def apis(templates: Templates) -> dict[str, Api]:
    """Every API by the path it is served under."""
    found: dict[str, Api] = {}
    by_id: dict[str, Api] = {}
    stages = {s.properties["RestApiId"]: s.name for s in templates.of("AWS::ApiGateway::Stage")}
    for rest in templates.of("AWS::ApiGateway::RestApi"):
        given = rest.properties
        path = given["Name"].removeprefix(PREFIX)
        found[path] = by_id[rest.name] = Api(path, given.get("Description", path), stages[rest.name])
    parts = {r.name: r for r in templates.of("AWS::ApiGateway::Resource")}
    pools = {
        authoriser.name: tuple(authoriser.properties.get("ProviderARNs", ()))
        for authoriser in templates.of("AWS::ApiGateway::Authorizer")
    }
    for method in templates.of("AWS::ApiGateway::Method"):
        given = method.properties
        if given["Integration"]["Type"] == "MOCK":
            continue
        resource = _path(given["ResourceId"], parts)
        guard = pools[given["AuthorizerId"]] if given.get("AuthorizationType", "NONE") != "NONE" else None
        function = given["Integration"]["Uri"].rpartition(":function:")[2].partition("/")[0].partition(":")[0]
        route = Route(resource, given["HttpMethod"], function, guard, _pattern(resource))
        by_id[given["RestApiId"]].routes.append(route)
    for response in templates.of("AWS::ApiGateway::GatewayResponse"):
        given = response.properties
        by_id[given["RestApiId"]].responses[given["ResponseType"]] = given
    for api in found.values():
        api.routes.sort(key=lambda route: route.precision)
    return found


def _path(resource_id: str, parts: dict[str, Resource]) -> str:
    path = ""
    while resource_id in parts:
        given = parts[resource_id].properties
        path = f"/{given['PathPart']}{path}"
        resource_id = given["ParentId"]
    return path or "/"


def _pattern(resource: str) -> re.Pattern[str]:
    parts = []
    for part in resource.strip("/").split("/"):
        name = part.strip("{}").rstrip("+").replace("-", "__")
        if part.endswith("+}"):
            parts.append(f"(?P<{name}>.+)")
        elif part.startswith("{"):
            parts.append(f"(?P<{name}>[^/]+)")
        else:
            parts.append(re.escape(part))
    return re.compile("/" + "/".join(parts) + "/?")


class Gateway:
    """Answers requests to the APIs."""

    def __init__(
        self, templates: Templates, functions: Functions, issuer: Issuer, now: Callable[[], datetime]
    ) -> None:
        self.apis = apis(templates)
        self._functions = functions
        self._issuer = issuer
        self._now = now

    def answer(self, request: Request, api: Api, path: str) -> Response:
        """Answer a request to `path` of an API."""
        found = api.route(request.method, path)
        if found is None:
            return _own(api, "MISSING_AUTHENTICATION_TOKEN")
        route, parameters = found
        authorizer: dict[str, Any] = {}
        if route.pools is not None:
            token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
            try:
                authorizer = {"claims": as_authorizer(self._issuer.verify(token, self._now(), route.pools))}
            except RefusedTokenError as error:
                return _own(api, "UNAUTHORIZED", EXPIRED if error.expired else None)
        event = self._event(request, api, route, path, parameters, authorizer)
        result = self._functions.invoke(route.function, event)
        if result.failed or not isinstance(result.answer, dict) or "statusCode" not in result.answer:
            return _own(api, "DEFAULT_5XX")
        return _response(result.answer)

    def _event(
        self,
        request: Request,
        api: Api,
        route: Route,
        path: str,
        parameters: dict[str, str],
        authorizer: dict[str, Any],
    ) -> dict[str, Any]:
        """The proxy event (format 1.0) of a REST API."""
        now = self._now()
        raw = request.get_data()
        try:
            body, encoded = raw.decode("utf-8"), False
        except UnicodeDecodeError:
            body, encoded = base64.b64encode(raw).decode(), True
        headers: dict[str, list[str]] = {}
        for name, value in request.headers.items():
            headers.setdefault(name, []).append(value)
        query = {name: request.args.getlist(name) for name in request.args}
        return {
            "resource": route.resource,
            "path": path,
            "httpMethod": request.method,
            "headers": {name: values[-1] for name, values in headers.items()},
            "multiValueHeaders": headers,
            "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
            "multiValueQueryStringParameters": query or None,
            "pathParameters": parameters or None,
            "stageVariables": None,
            "requestContext": {
                "accountId": ACCOUNT,
                "apiId": api.path,
                "authorizer": authorizer,
                "domainName": request.host,
                "domainPrefix": api.path,
                "extendedRequestId": uuid.uuid4().hex[:12],
                "httpMethod": request.method,
                "identity": {
                    "sourceIp": request.remote_addr,
                    "userAgent": request.headers.get("User-Agent"),
                },
                "path": f"/{api.path}/{api.stage}{path}",
                "protocol": "HTTP/1.1",
                "requestId": str(uuid.uuid4()),
                "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
                "requestTimeEpoch": int(now.timestamp() * 1000),
                "resourceId": route.resource,
                "resourcePath": route.resource,
                "stage": api.stage,
            },
            "body": body or None,
            "isBase64Encoded": encoded,
        }


def _own(api: Api, kind: str, said: str | None = None) -> Response:
    """What API Gateway answers without asking a function, in the words of the template if it has some."""
    status, error, message = DEFAULTS[kind]
    message = said or message
    given = api.responses.get(kind) or api.responses.get(f"DEFAULT_{status // 100}XX") or {}
    request_id = str(uuid.uuid4())
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": error, "x-amzn-RequestId": request_id}
    for name, value in given.get("ResponseParameters", {}).items():
        headers[name.removeprefix("gatewayresponse.header.")] = value.strip("'")
    values = {
        "$context.error.messageString": json.dumps(message),
        "$context.error.message": message,
        "$context.requestId": request_id,
    }
    body = next(iter(given.get("ResponseTemplates", {}).values()), '{"message":$context.error.messageString}')
    for variable, value in values.items():
        body = body.replace(variable, value)
    return Response(body, int(given.get("StatusCode", status)), headers)


def _response(answer: dict[str, Any]) -> Response:
    body = answer.get("body") or ""
    content = base64.b64decode(body) if answer.get("isBase64Encoded") else str(body).encode()
    response = Response(content, int(answer["statusCode"]))
    del response.headers["Content-Type"]
    for name, value in (answer.get("headers") or {}).items():
        response.headers[name] = str(value)
    for name, values in (answer.get("multiValueHeaders") or {}).items():
        response.headers.remove(name)
        for value in values:
            response.headers.add(name, str(value))
    return response

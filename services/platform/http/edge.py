"""The HTTP edge: from a request to a power of the law and back.

A service declares what it exposes; paths, checks, `allowed_acts`, problems, ETags, idempotency and the API's
document follow from that. Every answer about a case passes the exit in `exposure`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, TypeVar

import msgspec
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from rfc8785 import CanonicalizationError

from services.platform.cases.store import Case, Cases
from services.platform.http import readings
from services.platform.http.answers import Answer, CaseRefusal, command_answer, problem_answer
from services.platform.http.bodies import command_from
from services.platform.http.exposure import Exposed, View, kebab
from services.platform.http.policy import Policy, policy_of
from services.platform.http.request import Request
from services.platform.law.acts import Act
from services.platform.law.parties import Role
from services.platform.law.procedure import Decide, Power, Procedure, Refusal
from services.platform.law.values import Value
from services.platform.runtime.observe import count, following, log, watched
from services.statute import Refused

S = TypeVar("S")
C = TypeVar("C")
Do = Callable[..., Answer]
"""What a route does: `(request, **path) -> Answer`."""
Door = Callable[..., Response[str]]
"""How the resolver calls a route: `(**path) -> Response`."""
OPEN_TO_ALL = frozenset({"/health", "/openapi.json", "/docs"})
"""What every API serves without a token."""
LARGEST_BODY = 256 * 1024
"""Bytes."""


class Route(Value):
    """One route as it was declared: what the resolver serves and what the API's document describes."""

    method: str
    path: str
    does: str
    """What it does, in one line."""
    kind: str
    """`power`, `opening`, `question`; `case`, `history`, `clock`, `calendar`, `list`, `queue`; `written`,
    `public`."""
    body: type | None = None
    """What a written route takes; a power's route takes the power's own command."""
    exposed: Exposed[Any] | None = None
    power: Power[Any] | None = None


class Edge:
    """The API of one service; `handler` is its Lambda entry point."""

    def __init__(
        self,
        service: str,
        *,
        title: str,
        roles: Sequence[Role] = (),
        policy: Policy | None = None,
        largest_body: int = LARGEST_BODY,
    ) -> None:
        self.service, self.title, self.roles = service, title, tuple(roles)
        self.routes: list[Route] = []
        self.exposed: dict[str, Exposed[Any]] = {}
        self._doors: dict[tuple[str, str], dict[str, Door]] = {}
        self._policy, self._largest_body = policy, largest_body
        self._resolver = APIGatewayRestResolver()
        self._resolver.not_found(self._nothing_here)
        self.handler = watched(self._resolver.resolve)
        self._public("/health", "Say that the service is up", self._health)
        self._public("/openapi.json", "Read this document", self._document)
        self._public("/docs", "Read this API's reference", self._reference)

    @property
    def public_paths(self) -> frozenset[str]:
        """The paths of the service's own that are open to all."""
        return frozenset(route.path for route in self.routes if route.kind == "public") - OPEN_TO_ALL

    @property
    def package(self) -> str:
        """The name of the service's package under `services`."""
        return self.service.replace("-", "_")

    def expose(
        self, procedure: Procedure[S], path: str, *, view: View[S], by_hand: Collection[Decide] = ()
    ) -> Exposed[S]:
        """Serve a procedure's cases under `path`, and each power in them but those written out `by_hand`."""
        policy = self._policy or policy_of(self.package)
        exposed = Exposed(procedure, path, view, policy, Cases(procedure), self.roles)
        if not self.exposed:
            self._route(Route("GET", "/queue", "List your ministry's open cases", "queue"), self._queue)
        self.exposed[procedure.name] = exposed
        one = path + "/<case_id>"
        for where, does, kind, read in (
            (path, "List the cases you may see", "list", readings.several),
            (one, "Read a case", "case", readings.one),
            (one + "/history", "Read what happened, act by act", "history", readings.history),
            (one + "/clock", "Read every deadline with its reason", "clock", readings.clock),
            (one + "/deadlines.ics", "Subscribe to the deadlines", "calendar", readings.calendar),
        ):
            self._route(Route("GET", where, does, kind, exposed=exposed), partial(read, exposed))
        for power in exposed.powers():
            if power.decide not in by_hand:
                does = _first_line(power.decide) or power.name
                where = f"{one}/{kebab(power.name)}"
                route = Route("POST", where, does, "power", None, exposed, power)
                self._route(route, partial(self._use, exposed, power))
        return exposed

    def post(
        self, path: str, *, body: type[C], opens: tuple[Procedure[Any], Decide] | None = None, does: str = ""
    ) -> Callable[[Do], Do]:
        """Serve a POST by `handler(command, request, **path)`; `opens` names the power it comes to."""

        def declare(handler: Do) -> Do:
            exposed = self.exposed[opens[0].name] if opens else None
            power = opens[0].power(opens[1]) if opens else None
            kind = "opening" if power and power.opens else "written"

            def do(request: Request, **where: str) -> Answer:
                _ = request.once  # refused before the body is looked at
                return handler(command_from(request.body, body), request, **where)

            self._route(Route("POST", path, does or _first_line(handler), kind, body, exposed, power), do)
            return handler

        return declare

    def upload(
        self, path: str, *, largest: int, opens: tuple[Procedure[Any], Decide], does: str = ""
    ) -> Callable[[Do], Do]:
        """Serve a POST of a file of up to `largest` bytes, which the handler reads itself."""

        def declare(handler: Do) -> Do:
            def do(request: Request, **where: str) -> Answer:
                request.allow(largest)
                _ = request.once
                return handler(request, **where)

            exposed, power = self.exposed[opens[0].name], opens[0].power(opens[1])
            said = does or _first_line(handler)
            self._route(Route("POST", path, said, "opening", None, exposed, power), do)
            return handler

        return declare

    def ask(self, path: str, *, body: type[C], does: str = "") -> Callable[[Do], Do]:
        """Serve a POST that only answers and changes nothing, so that it needs no Idempotency-Key."""

        def declare(handler: Do) -> Do:
            def do(request: Request, **where: str) -> Answer:
                return handler(command_from(request.body, body), request, **where)

            self._route(Route("POST", path, does or _first_line(handler), "question", body), do)
            return handler

        return declare

    def get(self, path: str, *, does: str = "", public: bool = False) -> Callable[[Do], Do]:
        """Serve a GET by `handler(request, **path)`; a `public` one needs no token, so has no `given`."""

        def declare(handler: Do) -> Do:
            kind = "public" if public else "written"
            self._route(Route("GET", path, does or _first_line(handler), kind), handler)
            return handler

        return declare

    def open(
        self, request: Request, procedure: Procedure[S], power: Decide, command: Any, **how: Any
    ) -> Answer:
        """Open a case by `power` and answer 201 with the case as the caller may see it.

        `how` says to `Cases.open` under which id, and what is written beside it.
        """
        exposed = self.exposed[procedure.name]
        render = self._render(exposed, request, 201)
        return command_answer(
            exposed.cases.open(power, command, request.given, once=request.once, render=render, **how)
        )

    def act(self, request: Request, case: Case[S], power: Decide, command: Any) -> Answer:
        """Use `power` in a case that was read, and answer 200 with the case after it."""
        exposed = self.exposed[case.procedure.name]
        try:
            return self._act(exposed, case, request, power, command)
        except Refusal as refusal:
            raise CaseRefusal(refusal, exposed, case) from refusal

    def case(self, request: Request, procedure: Procedure[S], case_id: str) -> Case[S]:
        """The case, if the caller stands anywhere in it. Raises the refusal `no_such_case` otherwise."""
        return readings.case_of(self.exposed[procedure.name], request, case_id)

    def _use(self, exposed: Exposed[S], power: Power[S], request: Request, case_id: str) -> Answer:
        _ = request.once
        case = readings.case_of(exposed, request, case_id)
        try:
            command = command_from(request.body, power.command)
            return self._act(exposed, case, request, power.decide, command)
        except Refusal as refusal:
            raise CaseRefusal(refusal, exposed, case) from refusal

    def _act(
        self, exposed: Exposed[S], case: Case[S], request: Request, power: Decide, command: Any
    ) -> Answer:
        done = exposed.cases.act_on(
            case,
            power,
            command,
            request.given,
            expected=request.expected,
            once=request.once,
            render=self._render(exposed, request, 200),
        )
        return command_answer(done)

    @staticmethod
    def _render(
        exposed: Exposed[S], request: Request, status: int
    ) -> Callable[[Case[S], Sequence[Act]], dict[str, Any]]:
        def render(case: Case[S], _acts: Sequence[Act]) -> dict[str, Any]:
            # Kept with the idempotency key, so nothing restricted may be in it.
            body = exposed.document(case, request, restricted=False)
            return {"status": status, "location": request.prefix + exposed.where(case.id), "body": body}

        return render

    def _queue(self, request: Request) -> Answer:
        return readings.queue(list(self.exposed.values()), request)

    def _health(self, _request: Request) -> Answer:
        return Answer(200, {"service": self.service, "status": "ok"})

    def _document(self, _request: Request) -> Answer:
        return Answer(200, self._beside("openapi.json"))

    def _reference(self, _request: Request) -> Answer:
        headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return Answer(200, self._beside("docs.html"), headers, "text/html; charset=utf-8")

    def _beside(self, name: str) -> str:
        path = os.path.join(os.path.dirname(__file__), "..", "..", self.package, name)
        with open(path, encoding="utf-8") as file:
            return file.read()

    def _public(self, path: str, does: str, serve: Do) -> None:
        self._route(Route("GET", path, does, "public"), serve)

    def _route(self, route: Route, do: Do) -> None:
        self.routes.append(route)

        def door(**path: str) -> Response[str]:
            request = self._request()
            with following(request.correlation_id, request.request_id):
                return _response(_answered(route, do, request, path), request)

        case, _, last = route.path.rpartition("/")
        if case.endswith(">") and not last.endswith(">"):
            self._below(case, route.method)[last] = door
        else:
            self._resolver.route(route.path, method=route.method)(door)

    def _below(self, case: str, method: str) -> dict[str, Door]:
        """The doors below a case by the last word of their path.

        One pattern finds them all: the resolver would compile and try one for each power of the law.
        """
        if (case, method) not in self._doors:
            doors: dict[str, Door] = {}
            self._doors[case, method] = doors

            def find(last: str, **path: str) -> Response[str]:
                door = doors.get(last)
                return door(**path) if door else self._nothing_here(None)

            self._resolver.route(case + "/<last>", method=method)(find)
        return self._doors[case, method]

    def _nothing_here(self, _error: Exception | None) -> Response[str]:
        request = self._request()
        return _response(problem_answer(Refusal("no_such_route"), request, None), request)

    def _request(self) -> Request:
        return Request(self._resolver.current_event.raw_event, self.package, self._largest_body)


def _answered(route: Route, do: Do, request: Request, path: dict[str, str]) -> Answer:
    try:
        return _done_or_refused(route, do, request, path)
    except Exception:  # a code that no problems.toml lists ends here too
        log.exception("a request failed", extra={"route": f"{route.method} {route.path}"})
        count("Faults")
        return problem_answer(Refusal("fault"), request, None)


def _done_or_refused(route: Route, do: Do, request: Request, path: dict[str, str]) -> Answer:
    article = route.power.article if route.power else None
    try:
        if route.kind != "public":
            _ = request.given  # who does not sign in gets no further
        return do(request, **path)
    except (Refusal, CaseRefusal, Refused) as refusal:
        count("Refusals")
        return problem_answer(refusal, request, article)
    except CanonicalizationError:
        return problem_answer(Refusal("number_not_exact"), request, article)


def _response(answer: Answer, request: Request) -> Response[str]:
    body = answer.body if isinstance(answer.body, str) else msgspec.json.encode(answer.body).decode()
    headers: dict[str, str | list[str]] = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Correlation-Id": request.correlation_id,
        **answer.headers,
    }
    return Response(answer.status, answer.content_type, body, headers)


def _first_line(function: Callable[..., Any]) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0]

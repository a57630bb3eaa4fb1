"""The HTTP edge: from a request to a power of the law and back.

A service declares what it exposes; paths, checks, `allowed_acts`, problems, ETags, idempotency and the API's
document follow from that. Every answer about a case passes the exit in `exposure`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from rfc8785 import CanonicalizationError

from services.platform.access import AGENT, AUDITOR, CABINET_OFFICE, OPERATOR, REVIEWING_OFFICIAL, standing
from services.platform.answers import (
    Answer,
    CaseRefusal,
    command_answer,
    page_answer,
    problem_answer,
    with_etag,
)
from services.platform.bodies import command_from
from services.platform.exposure import Exposed, View, kebab
from services.platform.legal_clock import calendar_of, clock_of
from services.platform.observe import count, following, log, watched
from services.platform.policy import Policy, policy_of
from services.platform.procedure import Act, Power, Procedure, Refusal, refuse_if
from services.platform.request import Request
from services.platform.store import Case, Cases
from services.statute import Refused

S = TypeVar("S")
C = TypeVar("C")
LARGEST_BODY = 256 * 1024
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Route:
    """One route as it was declared: what the resolver serves and what the API's document describes."""

    method: str
    path: str
    does: str
    """What it does, in one line."""
    kind: str
    """`power`, `opening`, `case`, `history`, `clock`, `calendar`, `list`, `queue`, `question`, `written`,
    `open to all`, `public`."""
    body: type | None = None
    exposed: Exposed[Any] | None = None
    power: Power[Any] | None = None


class Edge:
    """The API of one service; `handler` is its Lambda entry point."""

    def __init__(
        self,
        service: str,
        *,
        title: str,
        procedures: Sequence[Procedure[Any]] = (),
        policy: Policy | None = None,
        largest_body: int = LARGEST_BODY,
    ) -> None:
        self.service, self.title, self.procedures = service, title, tuple(procedures)
        self.routes: list[Route] = []
        self.exposed: dict[str, Exposed[Any]] = {}
        self._policy, self._largest_body = policy, largest_body
        self._resolver = APIGatewayRestResolver()
        self._resolver.not_found(self._nothing_here)
        self.handler = watched(self._resolver.resolve)
        self._public()

    def expose(
        self, procedure: Procedure[S], path: str, *, view: View[S], by_hand: Collection[str] = ()
    ) -> Exposed[S]:
        """Serve a procedure's cases under `path`, and each power in them but those written out `by_hand`."""
        policy = self._policy or policy_of(self.package)
        exposed = Exposed(procedure, path, view, policy, Cases(procedure))
        if not self.exposed:
            self._route(Route("GET", "/queue", "List your ministry's open cases", "queue"), self._queue)
        self.exposed[procedure.name] = exposed
        one = path + "/<case_id>"
        self._route(Route("GET", path, "List the cases you may see", "list", exposed=exposed), self._list)
        self._route(Route("GET", one, "Read a case", "case", exposed=exposed), self._read)
        self._route(
            Route("GET", one + "/history", "Read what happened, act by act", "history", exposed=exposed),
            self._history,
        )
        self._route(
            Route("GET", one + "/clock", "Read every deadline with its reason", "clock", exposed=exposed),
            self._clock,
        )
        self._route(
            Route("GET", one + "/deadlines.ics", "Subscribe to the deadlines", "calendar", exposed=exposed),
            self._calendar,
        )
        for power in exposed.powers():
            if power.name not in by_hand:
                does = (power.decide.__doc__ or power.name).strip().partition("\n")[0]
                route = Route(
                    "POST", f"{one}/{kebab(power.name)}", does, "power", power.command, exposed, power
                )
                self._route(route, self._use)
        return exposed

    def post(
        self, path: str, *, body: type[C], opens: tuple[Procedure[Any], str] | None = None, does: str = ""
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Serve a POST by `handler(command, request, **path)`; `opens` names the power it comes to."""

        def declare(handler: Callable[..., Answer]) -> Callable[..., Answer]:
            exposed = self.exposed[opens[0].name] if opens else None
            power = opens[0].powers[opens[1]] if opens else None
            said = does or (handler.__doc__ or "").strip().partition("\n")[0]
            kind = "opening" if power and power.opens else "written"

            def do(_route: Route, request: Request, **path: str) -> Answer:
                _ = request.once  # refused before the body is looked at
                return handler(command_from(request.body, body), request, **path)

            self._route(Route("POST", path, said, kind, body, exposed, power), do)
            return handler

        return declare

    def ask(
        self, path: str, *, body: type[C], does: str = ""
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Serve a POST that only answers and changes nothing, so that it needs no Idempotency-Key."""

        def declare(handler: Callable[..., Answer]) -> Callable[..., Answer]:
            said = does or (handler.__doc__ or "").strip().partition("\n")[0]

            def do(_route: Route, request: Request, **path: str) -> Answer:
                return handler(command_from(request.body, body), request, **path)

            self._route(Route("POST", path, said, "question", body), do)
            return handler

        return declare

    def get(
        self, path: str, *, does: str = "", public: bool = False
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Serve a GET by `handler(request, **path)`; a `public` one needs no token, so has no `given`."""

        def declare(handler: Callable[..., Answer]) -> Callable[..., Answer]:
            said = does or (handler.__doc__ or "").strip().partition("\n")[0]
            self._route(
                Route("GET", path, said, "public" if public else "written"),
                lambda _route, request, **path: handler(request, **path),
            )
            return handler

        return declare

    def open(self, request: Request, procedure: Procedure[S], power: str, command: Any) -> Answer:
        """Open a case by `power` and answer 201 with the case as the caller may see it."""
        exposed = self.exposed[procedure.name]
        done = exposed.cases.open(
            power, command, request.given, once=request.once, render=self._render(exposed, request, 201)
        )
        return command_answer(done)

    def act(
        self, request: Request, procedure: Procedure[S], case_id: str, power: str, command: Any
    ) -> Answer:
        """Use `power` in a case and answer 200 with the case after it."""
        exposed = self.exposed[procedure.name]
        return self._act(exposed, self.case(request, procedure, case_id), request, power, command)

    def case(self, request: Request, procedure: Procedure[S], case_id: str) -> Case[S]:
        """The case, if the caller stands anywhere in it. Raises the refusal `no_such_case` otherwise."""
        case: Case[S] = self.exposed[procedure.name].cases.load(case_id)
        refuse_if(not standing(request.given.by, case.parties), "no_such_case")
        return case

    def _act(self, exposed: Exposed[S], case: Case[S], request: Request, power: str, command: Any) -> Answer:
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

    def _use(self, route: Route, request: Request, case_id: str) -> Answer:
        assert route.exposed
        assert route.power
        assert route.body
        _ = request.once
        case = self.case(request, route.exposed.procedure, case_id)
        try:
            command = command_from(request.body, route.body)
            return self._act(route.exposed, case, request, route.power.name, command)
        except Refusal as refusal:
            raise CaseRefusal(refusal, route.exposed, case) from refusal

    def _read(self, route: Route, request: Request, case_id: str) -> Answer:
        assert route.exposed
        case = self.case(request, route.exposed.procedure, case_id)
        return with_etag(route.exposed.document(case, request, restricted=True), case.version)

    def _history(self, route: Route, request: Request, case_id: str) -> Answer:
        assert route.exposed
        case = self.case(request, route.exposed.procedure, case_id)
        acts = route.exposed.told(case, route.exposed.cases.history(case_id), request)
        return with_etag({"case_id": case_id, "version": case.version, "acts": acts}, case.version)

    def _clock(self, route: Route, request: Request, case_id: str) -> Answer:
        assert route.exposed
        case = self.case(request, route.exposed.procedure, case_id)
        route.exposed.record_reading(case_id, request, standing(request.given.by, case.parties), ())
        return with_etag(clock_of(case, request.given), case.version)

    def _calendar(self, route: Route, request: Request, case_id: str) -> Answer:
        assert route.exposed
        case = self.case(request, route.exposed.procedure, case_id)
        route.exposed.record_reading(case_id, request, standing(request.given.by, case.parties), ())
        feed = calendar_of(case, request.given).decode()
        return Answer(200, feed, {"ETag": f'"{case.version}"'}, "text/calendar; charset=utf-8")

    def _list(self, route: Route, request: Request) -> Answer:
        assert route.exposed
        exposed, reader = route.exposed, request.given.by
        limit, cursor = request.limit, request.query("cursor")
        if REVIEWING_OFFICIAL in reader.roles and reader.ministry:
            page = exposed.cases.queue(reader.ministry, limit=limit, cursor=cursor)
        elif OPERATOR in reader.roles and reader.organisation:
            page = exposed.cases.of(reader.organisation, limit=limit, cursor=cursor)
        elif AGENT in reader.roles:
            page = exposed.cases.of(_represented(request), limit=limit, cursor=cursor)
        elif reader.roles & {CABINET_OFFICE, AUDITOR}:
            page = exposed.cases.open_page(limit=limit, cursor=cursor)
            exposed.record_reading(exposed.path, request, reader.roles, ())
        else:
            raise Refusal("not_for_you")
        return page_answer(exposed.lines(page, request), page)

    def _queue(self, _route: Route, request: Request) -> Answer:
        reader = request.given.by
        refuse_if(REVIEWING_OFFICIAL not in reader.roles or not reader.ministry, "not_for_you")
        shown = list(self.exposed.values())
        limit, cursor = request.limit, request.query("cursor")
        page = shown[0].cases.queue(reader.ministry or "", limit=limit, cursor=cursor)
        lines = [
            exposed.line(summary, request)
            for summary in page.items
            for exposed in shown
            if exposed.readable(summary, request)
        ]
        return page_answer(lines, page)

    def _public(self) -> None:
        def health(_route: Route, _request: Request) -> Answer:
            return Answer(200, {"service": self.service, "status": "ok"}, {})

        def document(_route: Route, _request: Request) -> Answer:
            return Answer(200, self._beside("openapi.json"), {})

        def reference(_route: Route, _request: Request) -> Answer:
            policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
            return Answer(200, self._beside("docs.html"), policy, "text/html; charset=utf-8")

        for path, does, serve in (
            ("/health", "Say that the service is up", health),
            ("/openapi.json", "Read this document", document),
            ("/docs", "Read this API's reference", reference),
        ):
            self._route(Route("GET", path, does, "public"), serve)

    def _beside(self, name: str) -> str:
        with open(
            os.path.join(os.path.dirname(__file__), "..", self.package, name), encoding="utf-8"
        ) as file:
            return file.read()

    @property
    def package(self) -> str:
        """The name of the service's package under `services`."""
        return self.service.replace("-", "_")

    def _render(
        self, exposed: Exposed[S], request: Request, status: int
    ) -> Callable[[Case[S], Sequence[Act]], Any]:
        def render(case: Case[S], _acts: Sequence[Act]) -> dict[str, Any]:
            # Kept with the idempotency key, so nothing restricted may be in it.
            body = exposed.document(case, request, restricted=False)
            return {"status": status, "location": request.prefix + exposed.where(case.id), "body": body}

        return render

    def _route(self, route: Route, do: Callable[..., Answer]) -> None:
        self.routes.append(route)

        def door(**path: str) -> Response[str]:
            request = self._request()
            with following(request.correlation_id, request.request_id):
                return self._response(self._answered(route, do, request, path), request)

        self._resolver.route(route.path, method=route.method)(door)

    def _answered(
        self, route: Route, do: Callable[..., Answer], request: Request, path: dict[str, str]
    ) -> Answer:
        article = route.power.article if route.power else None
        try:
            return self._done_or_refused(route, do, request, path, article)
        except Exception:  # a code missing from problems.toml ends here too
            log.exception("a request failed", extra={"route": f"{route.method} {route.path}"})
            count("Faults")
            return problem_answer(Refusal("fault"), request, None)

    @staticmethod
    def _done_or_refused(
        route: Route,
        do: Callable[..., Answer],
        request: Request,
        path: dict[str, str],
        article: str | None,
    ) -> Answer:
        try:
            if route.kind != "public":
                _ = request.given
            return do(route, request, **path)
        except (Refusal, CaseRefusal, Refused) as refusal:
            count("Refusals")
            return problem_answer(refusal, request, article)
        except CanonicalizationError:
            return problem_answer(Refusal("number_not_exact"), request, article)

    def _nothing_here(self, _error: Exception) -> Response[str]:
        request = self._request()
        return self._response(problem_answer(Refusal("no_such_route"), request, None), request)

    def _request(self) -> Request:
        return Request(self._resolver.current_event.raw_event, self._largest_body)

    def _response(self, answer: Answer, request: Request) -> Response[str]:
        body = answer.body if isinstance(answer.body, str) else msgspec.json.encode(answer.body).decode()
        headers: dict[str, str | list[str]] = {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Correlation-Id": request.correlation_id,
            **answer.headers,
        }
        return Response(answer.status, answer.content_type, body, headers)


def _represented(request: Request) -> str:
    """The organisation whose cases an agent asks for: the one named, or the only mandate held."""
    mandates = request.given.by.mandates
    named = request.query("organisation") or (min(mandates) if len(mandates) == 1 else None)
    if named is None:
        raise Refusal("organisation_needed")
    refuse_if(named not in mandates, "not_for_you")
    return named

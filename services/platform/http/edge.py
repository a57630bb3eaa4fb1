"""The HTTP edge: from a request to a power of the law and back.

A service declares what it exposes; paths, checks, `allowed_acts`, problems, ETags, idempotency and the API's
document follow from that. Every answer about a case passes the exit in `exposure`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, Literal, TypeVar

import msgspec
from aws_lambda_powertools.event_handler.api_gateway import APIGatewayRestResolver, Response
from rfc8785 import CanonicalizationError

from services.platform.cases.case import Case
from services.platform.cases.store import Beside, Cases, answered
from services.platform.http import readings
from services.platform.http.answers import Answer, CaseRefusal, command_answer, problem_answer
from services.platform.http.bodies import command_from
from services.platform.http.exposure import Exposed, View, kebab, state_of
from services.platform.http.policy import Policy, policy_of
from services.platform.http.request import Request
from services.platform.http.shapes import CaseHead, Health, HistoryPaging, Items, Line, Listing, Paging
from services.platform.law.acts import Act
from services.platform.law.parties import Held, Role, standing
from services.platform.law.procedure import Decide, Power, Procedure, Refusal
from services.platform.law.values import Value
from services.platform.runtime.observe import count, following, log, watched
from services.platform.time.certificates import JOSE
from services.statute import Refused

S = TypeVar("S")
C = TypeVar("C")
Do = Callable[..., Any]
"""What a route does: `(body or query if there is one, request, **path)` in, an `Answer` or a value out."""
Door = Callable[..., Response[str]]
"""How the resolver calls a route: `(**path) -> Response`."""
OPEN_TO_ALL = frozenset({"/health", "/openapi.json", "/docs"})
"""What every API serves without a token."""
LARGEST_BODY = 256 * 1024
"""Bytes."""
HEAD = frozenset(CaseHead.__struct_fields__)
"""What is said of every case: the picture of a procedure's cases has no field of that name."""
JSON = "application/json"
HTML = "text/html; charset=utf-8"
CONTENT = {"calendar": (readings.CALENDAR,), "clock": (JSON, JOSE)}
"""What the readings of a case answer in, if not in JSON alone."""


Kind = Literal[
    "power", "opening", "written", "question",
    "case", "history", "clock", "calendar", "list", "queue",
    "public",
]  # fmt: skip
"""What is done at a route: a power is used, or a question answered; a procedure is read; or neither."""


class Route(Value):
    """One route as it was declared: what the resolver serves and what the API's document describes."""

    method: str
    path: str
    does: str
    """What it does, in one line."""
    kind: Kind
    handler: Do
    """Its return annotation is the type of the answer; of powers and cases the procedure's view is."""
    body: type | None = None
    """What a written route takes; a power's route takes the power's own command."""
    files: tuple[str, ...] = ()
    """The content types of files it takes."""
    asks: type[Value] | None = None
    """What can be asked in the query."""
    exposed: Exposed[Any] | None = None
    power: Power[Any] | None = None
    answers: Exposed[Any] | None = None
    """The procedure whose case it answers with, if that is another: a draft becomes what it is filed as."""
    becomes: Power[Any] | None = None
    """The power by which that case is opened."""
    known: bool = False
    """Whether what would open a case may be answered by one that has been there for the same."""
    content: tuple[str, ...] = (JSON,)
    """The content types it answers in."""
    public: bool = False
    """Whether it needs no token; then nobody stands behind a request, and nothing of it may be kept."""
    tells: tuple[Callable[..., Any], ...] = ()
    """Functions whose refusals are told in its answer, such as what became of the lines of a file."""


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
        self.get("/health", does="Say that the service is up", public=True)(self._health)
        self.get("/openapi.json", does="Read this document", public=True)(self._document)
        self.get("/docs", content=[HTML], does="Read this API's reference", public=True)(self._reference)

    @property
    def open_to_all(self) -> tuple[tuple[str, str], ...]:
        """Method and path of each route of the service's own that needs no token."""
        mine = ((route.method, route.path) for route in self.routes if route.public)
        return tuple(sorted(one for one in mine if one[1] not in OPEN_TO_ALL))

    @property
    def package(self) -> str:
        """The name of the service's package under `services`."""
        return self.service.replace("-", "_")

    def expose(
        self,
        procedure: Procedure[S],
        path: str,
        *,
        view: View[S] | None = None,
        opening: Decide | None = None,
        by_hand: Collection[Decide] = (),
    ) -> Exposed[S]:
        """Serve a procedure's cases under `path`, and each power in them but those written out `by_hand`.

        Without a `view` the picture of a case is its state. `opening` is the power that opens one, where
        nothing but its command is needed for that; a route that has to look something up is written out.
        """
        policy = self._policy or policy_of(self.package)
        exposed = Exposed(procedure, path, view or state_of, policy, Cases(procedure), self.roles)
        if twice := HEAD.intersection(exposed.shows.__struct_fields__):
            raise TypeError(f"the picture of {procedure.name} overwrites {', '.join(sorted(twice))}")
        if not self.exposed:
            does = "List your ministry's open cases"
            self._serve_get(Route("GET", "/queue", does, "queue", self._queue, asks=Paging), self._queue)
        self.exposed[procedure.name] = exposed
        one = path + "/<case_id>"
        reads: tuple[tuple[str, str, Kind, type[Value] | None, Do], ...] = (
            (path, "List the cases you may see", "list", Listing, readings.several),
            (one, "Read a case", "case", None, readings.one),
            (one + "/history", "Read what happened, act by act", "history", HistoryPaging, readings.history),
            (one + "/clock", "Read every deadline with its reason", "clock", None, readings.clock),
            (one + "/deadlines.ics", "Subscribe to the deadlines", "calendar", None, readings.calendar),
        )
        for where, does, kind, asks, read in reads:
            content = CONTENT.get(kind, (JSON,))
            route = Route("GET", where, does, kind, read, asks=asks, exposed=exposed, content=content)
            self._serve_get(route, partial(read, exposed))
        for power in exposed.powers():
            if power.decide not in by_hand:
                does = _first_line(power.decide) or power.name
                where = f"{one}/{kebab(power.name)}"
                use = partial(self._use, exposed, power)
                self._route(Route("POST", where, does, "power", use, exposed=exposed, power=power), use)
        if opening is not None:
            command = procedure.power(opening).command
            opens = self.post(path, body=command, uses=(procedure, opening), does=_first_line(opening))
            opens(lambda asked, request: self.open(request, procedure, opening, asked))
        return exposed

    def post(
        self,
        path: str,
        *,
        body: type[C],
        uses: tuple[Procedure[Any], Decide],
        becomes: tuple[Procedure[Any], Decide] | None = None,
        known: bool = False,
        does: str = "",
    ) -> Callable[[Do], Do]:
        """Serve a POST by `handler(command, request, **path)` that `uses` a power.

        It answers with the case it was used in, or with the one it `becomes`, by the power that opens that;
        or, where `known`, with one that has been there for the same.
        """

        def declare(handler: Do) -> Do:
            exposed, power = self.exposed[uses[0].name], uses[0].power(uses[1])
            other = becomes and self.exposed[becomes[0].name]
            opened = becomes and becomes[0].power(becomes[1])
            kind: Kind = "opening" if power.opens or opened else "written"

            def do(request: Request, **where: str) -> Any:
                _ = request.once  # refused before the body is looked at
                return handler(command_from(request.body, body), request, **where)

            said = does or _first_line(handler)
            route = Route(
                "POST",
                path,
                said,
                kind,
                handler,
                body,
                exposed=exposed,
                power=power,
                answers=other,
                becomes=opened,
                known=known,
            )
            self._route(route, do)
            return handler

        return declare

    def upload(
        self,
        path: str,
        *,
        largest: int,
        files: Sequence[str],
        uses: tuple[Procedure[Any], Decide],
        asks: type[Value] | None = None,
        does: str = "",
    ) -> Callable[[Do], Do]:
        """Serve a POST of a file of up to `largest` bytes, which the handler reads itself."""

        def declare(handler: Do) -> Do:
            def do(request: Request, **where: str) -> Any:
                request.allow(largest)
                _ = request.once
                return handler(*([request.asked(asks)] if asks else []), request, **where)

            exposed, power = self.exposed[uses[0].name], uses[0].power(uses[1])
            said, taken = does or _first_line(handler), tuple(files)
            route = Route(
                "POST", path, said, "opening", handler, None, taken, asks, exposed=exposed, power=power
            )
            self._route(route, do)
            return handler

        return declare

    def ask(
        self,
        path: str,
        *,
        body: type[C],
        asks: type[Value] | None = None,
        does: str = "",
        public: bool = False,
    ) -> Callable[[Do], Do]:
        """Serve a POST that only answers and changes nothing, so that it needs no Idempotency-Key.

        A `public` one needs no token, so has no `given`.
        """

        def declare(handler: Do) -> Do:
            def do(request: Request, **where: str) -> Any:
                command = command_from(request.body, body)
                return handler(command, *([request.asked(asks)] if asks else []), request, **where)

            said = does or _first_line(handler)
            route = Route("POST", path, said, "question", handler, body, asks=asks, public=public)
            self._route(route, do)
            return handler

        return declare

    def get(
        self,
        path: str,
        *,
        asks: type[Value] | None = None,
        content: Sequence[str] = (JSON,),
        does: str = "",
        public: bool = False,
        tells: Sequence[Callable[..., Any]] = (),
    ) -> Callable[[Do], Do]:
        """Serve a GET by `handler(query, request, **path)`, or without the query when it `asks` for nothing.

        A `public` one needs no token, so has no `given`. What it `tells` of are the refusals of these.
        """

        def declare(handler: Do) -> Do:
            kind: Kind = "public" if public else "written"
            said = does or _first_line(handler)
            route = Route(
                "GET",
                path,
                said,
                kind,
                handler,
                asks=asks,
                content=tuple(content),
                public=public,
                tells=tuple(tells),
            )
            self._serve_get(route, handler)
            return handler

        return declare

    def _serve_get(self, route: Route, handler: Do) -> None:
        asks = route.asks
        if asks is None:
            self._route(route, handler)
        else:
            self._route(route, lambda request, **where: handler(request.asked(asks), request, **where))

    def open(
        self, request: Request, procedure: Procedure[S], power: Decide, command: Any, **how: Any
    ) -> Answer[Any]:
        """Open a case by `power` and answer 201 with the case as the caller may see it.

        `how` says to `Cases.open` under which id, and what is written beside it.
        """
        exposed = self.exposed[procedure.name]
        render = self._render(exposed, request, 201)
        done = exposed.cases.open(power, command, request.given, once=request.once, render=render, **how)
        return command_answer(done)

    def act(
        self,
        request: Request,
        case: Case[S],
        held: Held,
        power: Decide,
        command: Any,
        beside: Sequence[Beside] = (),
    ) -> Answer[Any]:
        """Use `power` in a case that was read, and answer 200 with the case after it.

        What is written `beside` it, in other cases, happens with it or not at all.
        """
        exposed = self.exposed[case.procedure.name]
        try:
            done = exposed.cases.act_on(
                case,
                power,
                command,
                request.given,
                expected=exposed.expected(case, held, request),
                once=request.once,
                render=self._render(exposed, request, 200),
                held=held,
                beside=beside,
            )
        except Refusal as refusal:
            told = exposed.retold(refusal, case, held, request)
            raise CaseRefusal(told, exposed, case, held) from refusal
        return command_answer(done)

    def case(self, request: Request, procedure: Procedure[S], case_id: str) -> tuple[Case[S], Held]:
        """The case, and the caller's standing in it. Raises the refusal `no_such_case` when there is none."""
        return readings.case_of(self.exposed[procedure.name], request, case_id)

    def _use(self, exposed: Exposed[S], power: Power[S], request: Request, case_id: str) -> Answer[Any]:
        _ = request.once
        case, held = readings.case_of(exposed, request, case_id)
        try:
            command = command_from(request.body, power.command)
        except Refusal as refusal:
            raise CaseRefusal(refusal, exposed, case, held) from refusal
        return self.act(request, case, held, power.decide, command)

    @staticmethod
    def _render(
        exposed: Exposed[S], request: Request, status: int
    ) -> Callable[[Case[S], Sequence[Act]], dict[str, Any]]:
        def render(case: Case[S], acts: Sequence[Act]) -> dict[str, Any]:
            # Kept with the idempotency key, so nothing restricted may be in it.
            held = standing(request.given.by, case.parties)
            body = exposed.document(case, held, request, restricted=False, acts=acts)
            return {"status": status, "location": request.prefix + exposed.where(case.id), "body": body}

        return render

    def _queue(self, asked: Paging, request: Request) -> Items[Line]:
        return readings.queue(list(self.exposed.values()), asked, request)

    def _health(self, _request: Request) -> Health:
        return Health(self.service)

    def _document(self, _request: Request) -> Answer[str]:
        return Answer(200, self._beside("openapi.json"))

    def _reference(self, _request: Request) -> Answer[str]:
        headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return Answer(200, self._beside("docs.html"), headers, HTML)

    def _beside(self, name: str) -> str:
        path = os.path.join(os.path.dirname(__file__), "..", "..", self.package, name)
        with open(path, encoding="utf-8") as file:
            return file.read()

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


def _answered(route: Route, do: Do, request: Request, path: dict[str, str]) -> Answer[Any]:
    try:
        done = _done_or_refused(route, do, request, path)
        return done if isinstance(done, Answer) else Answer(200, done)
    except Exception:  # a code that no problems.toml lists ends here too
        log.exception("a request failed", extra={"route": f"{route.method} {route.path}"})
        count("Faults")
        return problem_answer(Refusal("fault"), request, None)


def _done_or_refused(route: Route, do: Do, request: Request, path: dict[str, str]) -> Any:
    article = route.power.article if route.power else None
    try:
        if not route.public:
            _ = request.given  # who does not sign in gets no further
        return _done_or_done_before(route, do, request, path)
    except (Refusal, CaseRefusal, Refused) as refusal:
        count("Refusals")
        return problem_answer(refusal, request, article)
    except CanonicalizationError:
        return problem_answer(Refusal("number_not_exact"), request, article)


def _done_or_done_before(route: Route, do: Do, request: Request, path: dict[str, str]) -> Any:
    try:
        return do(request, **path)
    except Refusal as refusal:
        # Whoever lost their standing through this very act, its answer lost on the way, asks for it again.
        gone = refusal.code == "no_such_case" and route.power is not None
        before = answered(request.once) if gone else None
        if before is None:
            raise
        return command_answer(before)


def _response(answer: Answer[Any], request: Request) -> Response[str]:
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

"""What a service whose procedures keep time serves besides: certificates, their key, feeds, amendments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from services.platform.cases.case import Case
from services.platform.cases.lists import Page, Summary
from services.platform.http import readings
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.exposure import Exposed
from services.platform.http.request import Request
from services.platform.http.shapes import Items, Paging
from services.platform.law.parties import standing
from services.platform.law.procedure import Refusal
from services.platform.law.values import Between, Len, Value
from services.platform.time import certificates, signing
from services.platform.time.timekeeping import timekept
from services.statute import Deadline

if TYPE_CHECKING:
    from services.statute.readings import OpenQuestion

JWK = "application/jwk+json"
PEM = "application/x-pem-file"
LARGEST_FEED = 500
"""Cases in one person's calendar; of more, a ministry sees those that end soonest."""


class Length(Value):
    """How long a period would be."""

    number: Annotated[int, Between(1, 1000)]
    unit: Literal["day", "week", "month", "year"]


class Amendment(Value):
    """A record of law as it would read: what is left out stays as it is.

    `transition` says whether new law governs only what is triggered from its day on, or pending cases too.
    """

    record: Annotated[str, Len(1, 100)]
    effective_from: date
    length: Length | None = None
    day_one: Literal["the day itself", "the next day"] | None = None
    moves: Literal["next open day", "earlier open day", "stays"] | None = None
    transition: Literal["triggers from its day", "pending cases too"] = "triggers from its day"


def add(app: Edge) -> None:
    """Serve all of it for the procedures that `app` exposes; call it after the last of them."""
    shown = tuple(app.exposed.values())
    for exposed in (each for each in shown if timekept(each.procedure)):
        one = f"{exposed.path}/<case_id>/certificates"
        app.get(one, does="List the certificates the case was given")(partial(_certificates, exposed))
        does = "Download a certificate as it was signed"
        app.get(f"{one}/<number>", content=[certificates.JOSE], does=does)(partial(_certificate, exposed))
    does = "Read the key that certificates are checked with"
    app.get("/clock-key", content=[PEM, JWK], does=does, public=True)(_key)
    does = "Read what the law leaves open and how it is read here, of all or of one `?article=`"
    app.get("/readings", asks=About, does=does, public=True)(_readings)
    does = "Subscribe to the deadlines of all your open cases"
    app.get("/deadlines.ics", content=[readings.CALENDAR], does=does)(partial(_feed, shown))
    does = "Ask what an amendment would change for your open cases"
    app.ask("/amendments", body=Amendment, asks=Paging, does=does)(partial(_amendments, shown))


class Wording(Value):
    """A text in both languages."""

    en: str
    ja: str


class LawReading(Value):
    """One way to read what the law leaves open, and whether it is the one taken now."""

    name: str
    says: Wording
    why: Wording
    since: date | None
    until: date | None
    taken: bool


class OpenPoint(Value):
    """What the text of an article does not settle, what hangs on it, and how it is read here."""

    id: str
    article: str
    question: Wording
    changes: Wording
    readings: tuple[LawReading, ...]


class About(Value):
    """Of which article, such as `52(6)`; of all when none is named."""

    article: Annotated[str, Len(1, 60)] | None = None


def _readings(asked: About, _request: Request) -> Items[OpenPoint]:
    from services.statute.readings import open_questions, readings_of

    points = open_questions() if asked.article is None else readings_of(asked.article)
    return Items(tuple(_open_point(one) for one in points))


def _open_point(one: OpenQuestion) -> OpenPoint:
    readings = tuple(
        LawReading(a.name, Wording(*a.says), Wording(*a.why), a.since, a.until, a.taken())
        for a in one.answers
    )
    return OpenPoint(one.id, one.article, Wording(*one.question), Wording(*one.changes), readings)


def _key(request: Request) -> Answer[Any]:
    # The key does not change: whoever checks certificates may keep it.
    headers = {"Cache-Control": "public, max-age=86400", "Vary": "Accept"}
    if request.accepts(JWK):
        return Answer(200, signing.as_jwk(), headers, JWK)
    return Answer(200, signing.as_pem(), headers, PEM)


def _certificates(exposed: Exposed[Any], request: Request, case_id: str) -> Items[certificates.Listed]:
    case, _ = readings.case_of(exposed, request, case_id)
    where = f"{request.prefix}{exposed.where(case_id)}/certificates"
    return Items(certificates.listed(case, exposed.cases.history(case_id), where))


def _certificate(exposed: Exposed[Any], request: Request, case_id: str, number: str) -> Answer[str]:
    case, _ = readings.case_of(exposed, request, case_id)
    document = certificates.numbered(case, exposed.cases.history(case_id), number)
    return readings.certificate_answer(document, f"{case.id}.{int(number)}")


def _feed(shown: tuple[Exposed[Any], ...], request: Request) -> Answer[str]:
    from services.statute.deadline_feed import CalendarEntry, deadlines_ics

    entries = [
        CalendarEntry(case.id, deadline, revision=case.version)
        for case in _mine(shown, request)
        for deadline in case.procedure.deadlines(case.state)
    ]
    feed = deadlines_ics("Sakimori", entries, request.at).decode()
    return Answer(200, feed, content_type=readings.CALENDAR)


def _mine(shown: tuple[Exposed[Any], ...], request: Request) -> Iterator[Case[Any]]:
    """The open cases in which the caller stands, as many as a feed has."""
    left = LARGEST_FEED
    for exposed, line in _lines(shown, request):
        case = exposed.cases.load(line.id)
        held = standing(request.given.by, case.parties)
        if not held or not exposed.sees_clock(held):
            continue
        case = exposed.seen(case, held, request)
        if case.wait.over:
            continue
        yield case
        left -= 1
        if not left:
            return


def _lines(shown: tuple[Exposed[Any], ...], request: Request) -> Iterator[tuple[Exposed[Any], Summary]]:
    reader, one = request.given.by, shown[0]
    if one.reads_by(reader, "ministry", "office"):
        named = {exposed.procedure.name: exposed for exposed in shown}
        queue = partial(one.cases.queue, readings.queue_for(one, request))
        yield from ((named[line.procedure], line) for line in _pages(queue) if line.procedure in named)
        return
    mine = {reader.organisation} if one.reads_by(reader, "organisation") and reader.organisation else set()
    mine |= {reader.subject} if one.reads_by(reader, "person") else set()
    theirs = reader.mandates if one.reads_by(reader, "mandate") else frozenset()
    if not mine | theirs:
        raise Refusal("not_for_you")
    for organisation in sorted(mine | theirs):
        for exposed in shown:
            yield from ((exposed, line) for line in _pages(partial(exposed.cases.of, organisation)))


def _pages(read: partial[Page]) -> Iterator[Summary]:
    cursor: str | None = None
    while True:
        page = read(limit=100, cursor=cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


class Days(Value):
    """The days of a deadline."""

    day_one: date
    last_day: date
    moved_from: date | None
    free_from: date


class Effect(Value):
    """What an amendment would change for one period of one case."""

    case_id: str
    period: str
    trigger_day: date
    before: Days
    after: Days
    days_later: int


class Effects(Value):
    """What it would change for a part of the queue."""

    items: tuple[Effect, ...]
    cases_looked_at: int
    next: str | None


def _amendments(
    shown: tuple[Exposed[Any], ...], proposed: Amendment, asked: Paging, request: Request
) -> Effects:
    from services.statute import period
    from services.statute.amendments import amendment_effects
    from services.statute.arithmetic import Length as LawLength

    changes = {"day_one": proposed.day_one, "moves": proposed.moves}
    if proposed.length:
        changes["length"] = LawLength(proposed.length.number, proposed.length.unit)  # type: ignore[assignment]
    said: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    amended = replace(period(proposed.record), effective_from=proposed.effective_from, **said)
    whose = readings.queue_for(shown[0], request)
    page = shown[0].cases.queue(whose, limit=asked.limit, cursor=asked.cursor)
    open_clocks = [clock for line in page.items for clock in _open_clocks(shown, line, amended.name, request)]
    items = tuple(
        Effect(
            effect.clock.case,
            effect.clock.name,
            effect.clock.trigger_day,
            _days(effect.before),
            _days(effect.after),
            effect.days_later,
        )
        for effect in amendment_effects(amended, open_clocks, transition=proposed.transition)
    )
    return Effects(items, len(page.items), page.next)


def _open_clocks(
    shown: tuple[Exposed[Any], ...], line: Summary, name: str, request: Request
) -> Iterator[Any]:
    from services.platform.time.evidence import traced_deadlines
    from services.statute import period
    from services.statute.amendments import OpenClock

    exposed = next((exposed for exposed in shown if exposed.procedure.name == line.procedure), None)
    if exposed is None:
        return
    case = exposed.cases.load(line.id)
    if not exposed.sees_all(standing(request.given.by, case.parties)):
        return
    # The history is read only of a case that has the period, perhaps under the record of its extension.
    names = {name, period(name).ceiling}
    if case.wait.over or not any(d.period in names for d in case.procedure.deadlines(case.state)):
        return
    for clock in traced_deadlines(case.procedure, exposed.cases.history(case.id)[: case.version]):
        if clock.claim.name == name:
            yield OpenClock(case.id, name, clock.claim.trigger_day, clock.claim.facts)


def _days(deadline: Deadline) -> Days:
    return Days(deadline.day_one, deadline.last_day, deadline.moved_from, deadline.free_from)

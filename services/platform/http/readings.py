"""What can be read of a procedure: a case, its history, its clock, and lists. All of it passes the exit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from services.platform.cases.case import Case
from services.platform.cases.lists import Page
from services.platform.http.answers import Answer, with_etag
from services.platform.http.exposure import Exposed
from services.platform.http.request import Request
from services.platform.http.shapes import History, HistoryPaging, Items, Line, Listing, Paging
from services.platform.law.parties import AUDITOR, Held, Principal
from services.platform.law.procedure import Refusal, refuse_if
from services.platform.time import certificates
from services.platform.time.legal_clock import CaseClock, calendar_of, clock_of
from services.platform.time.timekeeping import timekept

S = TypeVar("S")
CALENDAR = "text/calendar; charset=utf-8"


def case_of(exposed: Exposed[S], request: Request, case_id: str) -> tuple[Case[S], Held]:
    """The case, and the caller's standing in it. Raises the refusal `no_such_case` when there is none."""
    case = exposed.cases.load_for(case_id, request.given.by, exposed.roles)
    return case, exposed.held_in(case, request)


def one(exposed: Exposed[Any], request: Request, case_id: str) -> Answer[dict[str, Any]]:
    """The case as its reader may see it."""
    case, held = case_of(exposed, request, case_id)
    return with_etag(exposed.document(case, held, request, restricted=True), case.version)


def history(exposed: Exposed[Any], asked: HistoryPaging, request: Request, case_id: str) -> Answer[History]:
    """What happened, act by act, as its reader may know it."""
    case, held = case_of(exposed, request, case_id)
    acts = exposed.cases.history(case_id, after=asked.after, limit=asked.limit)
    told = exposed.told(case, held, acts, request)
    last = acts[-1].sequence if acts else case.version
    return with_etag(
        History(case_id, case.version, told, last if last < case.version else None), case.version
    )


def clock(exposed: Exposed[Any], request: Request, case_id: str) -> Answer[CaseClock] | Answer[str]:
    """Every deadline with its reason."""
    case, held = case_of(exposed, request, case_id)
    exposed.record_reading(case_id, request, held, ())
    if timekept(case.procedure) and request.accepts(certificates.JOSE):
        document = certificates.of_clock(case, exposed.cases.history(case_id), request.at)
        headers = {"ETag": f'"{case.version}"', "Vary": "Accept"}
        return certificate_answer(document, f"{case.id}.clock", **headers)
    return with_etag(clock_of(case, request.given), case.version)


def certificate_answer(document: str, name: str, **headers: str) -> Answer[str]:
    """A signed certificate, to be saved under that name."""
    saved = {"Content-Disposition": f'attachment; filename="{name}.jws.json"'}
    return Answer(200, document, {**headers, **saved}, certificates.JOSE)


def calendar(exposed: Exposed[Any], request: Request, case_id: str) -> Answer[str]:
    """The deadlines as a calendar feed."""
    case, held = case_of(exposed, request, case_id)
    exposed.record_reading(case_id, request, held, ())
    feed = calendar_of(case, request.given).decode()
    return Answer(200, feed, {"ETag": f'"{case.version}"'}, CALENDAR)


def several(exposed: Exposed[Any], asked: Listing, request: Request) -> Items[Line]:
    """The cases a reader comes for: a queue, one's own, one's clients', or all open ones."""
    page = _wanted(exposed, asked, request)(limit=asked.limit, cursor=asked.cursor)
    lines = [exposed.line(line, request) for line in page.items if exposed.readable(line, request)]
    return Items(tuple(lines), page.next)


def _wanted(exposed: Exposed[Any], asked: Listing, request: Request) -> Callable[..., Page]:
    reader, cases = request.given.by, exposed.cases
    if exposed.reads_by(reader, "ministry") and reader.ministry:
        return partial(cases.queue, reader.ministry)
    if exposed.reads_by(reader, "organisation") and reader.organisation:
        return partial(cases.of, reader.organisation)
    if exposed.reads_by(reader, "person"):
        return partial(cases.of, reader.subject)
    if exposed.reads_by(reader, "mandate"):
        return partial(cases.of, represented(reader, asked.organisation))
    if office := exposed.reads_by(reader, "office"):
        return partial(cases.queue, office.name)
    refuse_if(AUDITOR.name not in reader.roles, "not_for_you")
    exposed.record_reading(exposed.path, request, reader.roles, ())
    return cases.open_page


def queue(shown: Sequence[Exposed[Any]], asked: Paging, request: Request) -> Items[Line]:
    """The queue of the reader's ministry or office in every procedure `shown`, the soonest end first."""
    whose = queue_for(shown[0], request)
    page = shown[0].cases.queue(whose, limit=asked.limit, cursor=asked.cursor)
    lines = [
        exposed.line(summary, request)
        for summary in page.items
        for exposed in shown
        if exposed.readable(summary, request)
    ]
    return Items(tuple(lines), page.next)


def queue_for(exposed: Exposed[Any], request: Request) -> str:
    """Whose queue a reader comes for: the ministry's, or the office's. Raises the refusal `not_for_you`."""
    reader, office = request.given.by, exposed.reads_by(request.given.by, "office")
    if exposed.reads_by(reader, "ministry") and reader.ministry:
        return reader.ministry
    if office is None:
        raise Refusal("not_for_you")
    return office.name


def represented(agent: Principal, named: str | None) -> str:
    """The organisation an agent acts for: the one named, or the only mandate held.

    Raises the refusals `organisation_needed` and `not_for_you`.
    """
    mandates = agent.mandates
    whose = named or (min(mandates) if len(mandates) == 1 else None)
    if whose is None:
        raise Refusal("organisation_needed")
    refuse_if(whose not in mandates, "not_for_you")
    return whose

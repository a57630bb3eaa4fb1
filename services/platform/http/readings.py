"""What can be read of a procedure: a case, its history, its clock, and lists. All of it passes the exit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from services.platform.cases.store import Case
from services.platform.http.answers import Answer, page_answer, with_etag
from services.platform.http.exposure import Exposed
from services.platform.http.request import Request
from services.platform.law.parties import AUDITOR, standing
from services.platform.law.procedure import Refusal, refuse_if
from services.platform.time import certificates
from services.platform.time.legal_clock import calendar_of, clock_of
from services.platform.time.timekeeping import timekept

S = TypeVar("S")


def case_of(exposed: Exposed[S], request: Request, case_id: str) -> Case[S]:
    """The case, if the caller stands anywhere in it. Raises the refusal `no_such_case` otherwise."""
    case = exposed.cases.load(case_id)
    refuse_if(not standing(request.given.by, case.parties), "no_such_case")
    return case


def one(exposed: Exposed[Any], request: Request, case_id: str) -> Answer:
    """The case as its reader may see it."""
    case = case_of(exposed, request, case_id)
    return with_etag(exposed.document(case, request, restricted=True), case.version)


def history(exposed: Exposed[Any], request: Request, case_id: str) -> Answer:
    """What happened, act by act, as its reader may know it."""
    case = case_of(exposed, request, case_id)
    acts = exposed.told(case, exposed.cases.history(case_id), request)
    return with_etag({"case_id": case_id, "version": case.version, "acts": acts}, case.version)


def clock(exposed: Exposed[Any], request: Request, case_id: str) -> Answer:
    """Every deadline with its reason."""
    case = case_of(exposed, request, case_id)
    exposed.record_reading(case_id, request, standing(request.given.by, case.parties), ())
    if timekept(case.procedure) and request.accepts(certificates.JOSE):
        return certificates.of_clock(case, exposed.cases.history(case_id), request.at)
    return with_etag(clock_of(case, request.given), case.version)


def calendar(exposed: Exposed[Any], request: Request, case_id: str) -> Answer:
    """The deadlines as a calendar feed."""
    case = case_of(exposed, request, case_id)
    exposed.record_reading(case_id, request, standing(request.given.by, case.parties), ())
    feed = calendar_of(case, request.given).decode()
    return Answer(200, feed, {"ETag": f'"{case.version}"'}, "text/calendar; charset=utf-8")


def several(exposed: Exposed[Any], request: Request) -> Answer:
    """The cases a reader comes for: a queue, one's own, one's clients', or all open ones."""
    reader, limit, cursor = request.given.by, request.limit, request.query("cursor")
    office = exposed.reads_by(reader, "office")
    if exposed.reads_by(reader, "ministry") and reader.ministry:
        page = exposed.cases.queue(reader.ministry, limit=limit, cursor=cursor)
    elif exposed.reads_by(reader, "organisation") and reader.organisation:
        page = exposed.cases.of(reader.organisation, limit=limit, cursor=cursor)
    elif exposed.reads_by(reader, "person"):
        page = exposed.cases.of(reader.subject, limit=limit, cursor=cursor)
    elif exposed.reads_by(reader, "mandate"):
        page = exposed.cases.of(represented(request), limit=limit, cursor=cursor)
    elif office:
        page = exposed.cases.queue(office.name, limit=limit, cursor=cursor)
    elif AUDITOR.name in reader.roles:
        exposed.record_reading(exposed.path, request, reader.roles, ())
        page = exposed.cases.open_page(limit=limit, cursor=cursor)
    else:
        raise Refusal("not_for_you")
    lines = [exposed.line(line, request) for line in page.items if exposed.readable(line, request)]
    return page_answer(lines, page)


def queue(shown: Sequence[Exposed[Any]], request: Request) -> Answer:
    """The queue of the reader's ministry or office in every procedure `shown`, the soonest end first."""
    limit, cursor = request.limit, request.query("cursor")
    page = shown[0].cases.queue(queue_for(shown[0], request), limit=limit, cursor=cursor)
    lines = [
        exposed.line(summary, request)
        for summary in page.items
        for exposed in shown
        if exposed.readable(summary, request)
    ]
    return page_answer(lines, page)


def queue_for(exposed: Exposed[Any], request: Request) -> str:
    """Whose queue a reader comes for: the ministry's, or the office's. Raises the refusal `not_for_you`."""
    reader, office = request.given.by, exposed.reads_by(request.given.by, "office")
    if exposed.reads_by(reader, "ministry") and reader.ministry:
        return reader.ministry
    if office is None:
        raise Refusal("not_for_you")
    return office.name


def represented(request: Request) -> str:
    """The organisation whose cases an agent asks for: the one named, or the only mandate held."""
    mandates = request.given.by.mandates
    named = request.query("organisation") or (min(mandates) if len(mandates) == 1 else None)
    if named is None:
        raise Refusal("organisation_needed")
    refuse_if(named not in mandates, "not_for_you")
    return named

"""When the tables of technology fields change: what the first review says of what is pending (66(11))."""

from __future__ import annotations

from datetime import date

from services.patent.domain.first_review import first_review
from services.patent.first_review.amendments import Follows, differences
from services.patent.first_review.screening import Screening
from services.patent.technology_fields import versions
from services.platform.http import readings
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.http.shapes import Items, Paging
from services.platform.law.parties import standing
from services.platform.law.procedure import refuse_if
from services.platform.law.values import Value


class AsOf(Paging, kw_only=True):
    """Which change of the tables, by the day it took effect, and which part of the queue."""

    since: date


class Differs(Value):
    """A pending application of which the new tables say something else, and what may follow from it."""

    case_id: str
    follows: Follows
    article: str
    before: Screening
    after: Screening
    under_the_act: Screening


def add(app: Edge) -> None:
    """Serve `GET /table-changes`."""

    @app.get("/table-changes", asks=AsOf)
    def read(asked: AsOf, request: Request) -> Items[Differs]:
        """Read what a change of the tables changes for the pending applications; it does nothing (66(11))."""
        exposed = app.exposed[first_review.name]
        whose = readings.queue_for(exposed, request)
        known = versions()
        days = ", ".join(one.since.isoformat() for one in known[1:])
        refuse_if(asked.since not in {one.since for one in known[1:]}, "no_such_tables", "66(11)", days=days)
        place = next(n for n, one in enumerate(known) if one.since == asked.since)
        page = exposed.cases.queue(whose, limit=asked.limit, cursor=asked.cursor)
        found: list[Differs] = []
        for line in page.items:
            held = standing(request.given.by, line.parties)
            if line.procedure != first_review.name or not held or not exposed.sees_all(held):
                continue
            case = exposed.cases.load(line.id)
            application = case.state.application
            assert application is not None
            pending = [(application, case.state.sent is not None)]
            for one in differences(known[place - 1], known[place], pending):
                exposed.record_reading(case.id, request, held, ("screening",))
                found.append(
                    Differs(case.id, one.follows, one.article, one.before, one.after, one.under_the_act)
                )
        return Items(tuple(found), page.next)

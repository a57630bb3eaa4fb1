"""Statistics of notifications (Art. 52) by quarter and sector: what is counted, and what is published. Pure.

Each notification has one line, which holds the day of each of its steps. After a quarter's end its
publication is made, once and for good: how many plans had reached each step by then, as far as the lines
tell, less what was published before. A step of a past quarter that becomes known later is thereby part of
the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from services.infra_review.domain.measures.state import IntroductionStopped, OrderMade, RecommendationMade
from services.infra_review.domain.notification import notification
from services.infra_review.domain.review import (
    PlanAccepted,
    PlanFiled,
    PlanFreed,
    PlanReturned,
    PlanWithdrawn,
    StandstillExtended,
    StandstillShortened,
)
from services.infra_review.sectors import sectors
from services.platform.cases.history import Entry, act_of
from services.platform.law.acts import Act
from services.platform.law.values import Value
from services.platform.shared.quarters import Quarter, last_day
from services.platform.shared.statistics import FIVE, newly, so_far

FIRST: Quarter = "2024-Q2"
"""The quarter in which the first duty to notify began (17 May 2024)."""
ALL = "all"
"""Names the row of totals."""
STEPS: dict[type[Act], str] = {
    PlanFiled: "received",
    PlanReturned: "returned",
    PlanAccepted: "accepted",
    StandstillExtended: "extended",
    StandstillShortened: "shortened",
    RecommendationMade: "recommended",
    OrderMade: "ordered",
    PlanFreed: "ended",
    PlanWithdrawn: "ended",
    IntroductionStopped: "ended",
}
"""What an act counts as."""
WITHIN = {"accepted": (7, 14, 30), "ended": (30, 60, 120)}
"""Steps of which is also counted how many came within so many days of the plan's arrival."""
Cell = tuple[str, str]
"""A sector and a measure: a step, or a step within some days."""


class Line(Value):
    """One notification: its sector, and the first day of each of its steps."""

    sector: str
    steps: dict[str, date]

    def reached(self, by: date) -> Iterator[str]:
        """The measures in which it counts on the day `by`."""
        for step, day in self.steps.items():
            if day <= by:
                yield step
                after = (day - self.steps["received"]).days
                yield from (f"{step}_within_{days}_days" for days in WITHIN.get(step, ()) if after <= days)


class Row(Value):
    """What is published of one sector, or of all: how many plans reached each step."""

    sector: str
    received: int = 0
    returned: int = 0
    accepted: int = 0
    accepted_within_7_days: int = 0
    accepted_within_14_days: int = 0
    accepted_within_30_days: int = 0
    extended: int = 0
    shortened: int = 0
    recommended: int = 0
    ordered: int = 0
    ended: int = 0
    ended_within_30_days: int = 0
    ended_within_60_days: int = 0
    ended_within_120_days: int = 0


MEASURES = Row.__struct_fields__[1:]
Rows = tuple[Row, ...]
"""A row for each sector of the law, and one of their totals."""


class Quarterly(Value):
    """What was published for a quarter."""

    quarter: Quarter
    published_on: date
    rows: Rows


class Publication(Value):
    """What was published for a quarter, and what had been published by then since the beginning."""

    of: Quarterly
    so_far: Rows


class Statistics(Value):
    """Some quarters, the newest first; `next` is the cursor of those before them."""

    counted_in: int
    """What every number is a multiple of; less than that waits, of each cell, for a later quarter."""
    so_far: Rows
    """All that was published since the beginning, up to and with the first quarter of `items`."""
    items: tuple[Quarterly, ...]
    next: Quarter | None = None


def line_of(history: Sequence[Entry]) -> Line:
    """The line of a notification, from its acts."""
    steps: dict[str, date] = {}
    acts = [act_of(notification, entry) for entry in history]
    for entry, act in zip(history, acts, strict=True):
        step = STEPS.get(type(act))
        if step is not None:
            # A plan is free from a day that may be later or earlier than the act that says so.
            free_from: date | None = getattr(act, "free_from", None)
            steps.setdefault(step, free_from or date.fromisoformat(entry.legal_day))
    (filed,) = (act for act in acts if isinstance(act, PlanFiled))
    return Line(filed.sector, steps)


def published(
    quarter: Quarter, lines: Iterable[Line], before: Publication | None, today: date
) -> Publication:
    """The publication of a quarter, made `today` from all `lines` known, after the one `before` it."""
    end = last_day(quarter)
    counted = Counter((line.sector, measure) for line in lines for measure in line.reached(end))
    then = _cells(before.so_far) if before else {}
    now = so_far(counted, then)
    # Which rows there are follows from the law and from what is published, never from what was counted.
    names = [sector.id for sector in sectors(end)]
    names += sorted({sector for (sector, _), count in now.items() if count} - set(names))
    return Publication(Quarterly(quarter, today, _rows(newly(now, then), names)), _rows(now, names))


def statistics(publications: Sequence[Publication]) -> Statistics:
    """A page of publications, the newest first, as it is answered."""
    if not publications:
        return Statistics(FIVE, (), ())
    oldest = publications[-1].of.quarter
    quarters = tuple(publication.of for publication in publications)
    return Statistics(FIVE, publications[0].so_far, quarters, oldest if oldest > FIRST else None)


def _rows(cells: Mapping[Cell, int], names: Sequence[str]) -> Rows:
    rows = [Row(name, *(cells.get((name, measure), 0) for measure in MEASURES)) for name in names]
    return (*rows, Row(ALL, *(sum(getattr(row, measure) for row in rows) for measure in MEASURES)))


def _cells(rows: Rows) -> dict[Cell, int]:
    """Every cell of a table but its totals."""
    return {
        (row.sector, measure): getattr(row, measure)
        for row in rows
        for measure in MEASURES
        if row.sector != ALL
    }

"""Statistics of supply plans (Arts. 9-12) by quarter and material: what is counted and published. Pure.

Each plan has one line, which holds the day of each of its steps. After a quarter's end its publication is
made, once and for good, in complete fives of all that was ever counted (`shared/statistics`): no cell below
five, and nothing to be learnt from the difference of two publications. Amounts are counted by band.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from services.platform.cases.history import Entry, act_of
from services.platform.law.acts import Act
from services.platform.law.values import Value
from services.platform.shared.quarters import Quarter, last_day
from services.platform.shared.statistics import FIVE, newly, so_far
from services.statute.lists import materials
from services.supply.domain.supply_plan import supply_plan
from services.supply.domain.supply_plan.state import (
    ChangeCertified,
    PlanCancelled,
    PlanCertified,
    PlanCompleted,
    PlanEnded,
    PlanFiled,
    PlanRefused,
    PlanReturned,
    PlanWithdrawn,
    TroubleReported,
)
from services.supply.plans.model import Plan

FIRST: Quarter = "2022-Q4"
"""The quarter in which the first orders on supply plans took effect (28 December 2022)."""
ALL = "all"
STEPS: dict[type[Act], str] = {
    PlanFiled: "received",
    PlanReturned: "returned",
    PlanWithdrawn: "withdrawn",
    PlanCertified: "certified",
    PlanRefused: "refused",
    ChangeCertified: "changed",
    TroubleReported: "in_trouble",
    PlanCancelled: "cancelled",
    PlanEnded: "ended",
}
"""What an act counts as; the first of its kind in a case."""
DECIDED = ("certified", "refused")
WITHIN = (31, 62, 93)
"""Days from the filing to the decision of which it is counted how many plans came within them."""
BILLION = 10**9
BANDS = ((BILLION, "funds_below_1_billion"), (10 * BILLION, "funds_below_10_billion"))
LARGEST_BAND = "funds_from_10_billion"
Cell = tuple[str, str]


class Line(Value):
    """One plan: its material, in which band its funds were, and the days of its steps."""

    material: str
    band: str
    joint: bool
    steps: dict[str, date]

    def reached(self, by: date) -> Iterator[str]:
        """The measures in which it counts on the day `by`."""
        for step, day in self.steps.items():
            if day > by:
                continue
            yield step
            if step == "received" and self.joint:
                yield "joint"
            if step == "certified":
                yield self.band
            if step in DECIDED:
                after = (day - self.steps["received"]).days
                yield from (f"decided_within_{days}_days" for days in WITHIN if after <= days)


class Row(Value):
    """What is published of one material, or of all: how many plans reached each step."""

    material: str
    received: int = 0
    joint: int = 0
    returned: int = 0
    withdrawn: int = 0
    certified: int = 0
    refused: int = 0
    decided_within_31_days: int = 0
    decided_within_62_days: int = 0
    decided_within_93_days: int = 0
    funds_below_1_billion: int = 0
    funds_below_10_billion: int = 0
    funds_from_10_billion: int = 0
    changed: int = 0
    in_trouble: int = 0
    cancelled: int = 0
    ended: int = 0


MEASURES = Row.__struct_fields__[1:]
Rows = tuple[Row, ...]


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
    items: tuple[Quarterly, ...]
    next: Quarter | None = None


def line_of(history: Sequence[Entry]) -> Line:
    """The line of a plan, from its acts."""
    steps: dict[str, date] = {}
    plan: Plan | None = None
    for entry in history:
        act = act_of(supply_plan, entry)
        if isinstance(act, PlanFiled | PlanCompleted):
            plan = act.plan
        if step := STEPS.get(type(act)):
            steps.setdefault(step, date.fromisoformat(entry.legal_day))
    assert plan is not None
    funds = sum(use.yen for use in plan.uses)
    band = next((name for limit, name in BANDS if funds < limit), LARGEST_BAND)
    return Line(plan.material, band, len(plan.participants) > 1, steps)


def published(
    quarter: Quarter, lines: Iterable[Line], before: Publication | None, today: date
) -> Publication:
    """The publication of a quarter, made `today` from all `lines` known, after the one `before` it."""
    end = last_day(quarter)
    counted = Counter((line.material, measure) for line in lines for measure in line.reached(end))
    then = _cells(before.so_far) if before else {}
    now = so_far(counted, then)
    # Which rows there are follows from the law and from what is published, never from what was counted.
    names = list(dict.fromkeys(material.id for material in materials(end)))
    names += sorted({material for (material, _), count in now.items() if count} - set(names))
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
        (row.material, measure): getattr(row, measure)
        for row in rows
        for measure in MEASURES
        if row.material != ALL
    }

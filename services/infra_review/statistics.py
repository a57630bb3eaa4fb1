"""Statistics of notifications (Art. 52), by the quarter of their arrival and by sector, for anyone to read.

Each notification has one line, replaced whenever it has moved on, which holds the day of each of its steps; a
line of an older version never replaces a newer one, so events may come twice and in any order. What is read
is the state of things at the end of the last finished quarter: were it as of now, whoever reads it every day
could tell single filings apart, however small cells are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

import msgspec

from services.infra_review.sectors import sectors
from services.infra_review.suppression import ALL, Cell, published
from services.platform.cases.history import Entry
from services.platform.law.values import Value

FIRST = (2024, 2)
"""The quarter in which the first duty to notify began (17 May 2024)."""
STEPS = {
    "PlanFiled": "received",
    "PlanReturned": "returned",
    "PlanAccepted": "accepted",
    "StandstillExtended": "extended",
    "StandstillShortened": "shortened",
    "RecommendationMade": "recommended",
    "OrderMade": "ordered",
    "PlanFreed": "ended",
    "PlanWithdrawn": "ended",
    "IntroductionStopped": "ended",
}
"""What an act counts as."""
COUNTED = tuple(dict.fromkeys(STEPS.values()))
LASTING = {"days_to_acceptance": "accepted", "days_to_end": "ended"}
"""What is measured from the day of arrival, and up to which step."""


class Line(Value):
    """One notification: its sector, and the first day of each of its steps."""

    sector: str
    steps: dict[str, date]

    def days(self, step: str) -> int:
        """Days from arrival to that step."""
        return (self.steps[step] - self.steps["received"]).days


def line_of(history: Sequence[Entry]) -> Line:
    """The line of a notification, from its acts."""
    steps: dict[str, date] = {}
    for entry in history:
        step = STEPS.get(entry.act)
        if step is not None:
            # A plan is free from a day that may be later or earlier than the act that says so.
            steps.setdefault(step, date.fromisoformat(entry.data.get("free_from") or entry.legal_day))
    return Line(history[0].data["sector"], steps)


def keep(case_id: str, history: Sequence[Entry]) -> None:
    """Replace the line of a notification, unless a later one is there already."""
    from pynamodb.exceptions import PutError

    from services.infra_review.statistics_items import StatisticsItem

    line = line_of(history)
    item = StatisticsItem(
        f"STATISTICS#{quarter_of(line.steps['received'])}",
        case_id,
        version=len(history),
        line=msgspec.json.encode(line).decode(),
    )
    try:
        item.save(condition=StatisticsItem.version.does_not_exist() | (StatisticsItem.version < len(history)))
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def as_of(today: date) -> dict[str, Any]:
    """The statistics as they stood at the end of the last quarter finished by `today`."""
    from services.infra_review.statistics_items import StatisticsItem

    last = first_day(quarter_of(today)) - timedelta(days=1)
    quarters = list(_quarters(last))
    lines = {
        quarter: [
            msgspec.json.decode(item.line, type=Line)
            for item in StatisticsItem.query(f"STATISTICS#{quarter}")
        ]
        for quarter in quarters
    }
    named = {sector.id for sector in sectors(last)}
    named |= {line.sector for found in lines.values() for line in found}
    return table(lines, quarters, sorted(named), last)


def table(
    lines: dict[str, list[Line]], quarters: Sequence[str], named: Sequence[str], last: date
) -> dict[str, Any]:
    """What is published of these lines as of the day `last`: no number below five, nor one that tells it."""
    counts: dict[str, dict[Cell, int | None]] = {}
    for step in COUNTED:
        of = {
            (quarter, sector): len(_reached(lines[quarter], sector, step, last))
            for quarter in quarters
            for sector in named
        }
        counts[step] = published(of, quarters, named)
    rows = []
    for quarter in (*quarters, ALL):
        found = [line for one in (quarters if quarter == ALL else [quarter]) for line in lines[one]]
        for sector in (*named, ALL):
            row: dict[str, Any] = {"quarter": quarter, "sector": sector}
            row |= {step: counts[step][quarter, sector] for step in COUNTED}
            for name, step in LASTING.items():
                shown = row[step] is not None
                days = [line.days(step) for line in _reached(found, sector, step, last)] if shown else []
                row[name] = {"median": median(days), "max": max(days)} if days else None
            rows.append(row)
    return {"as_of": last, "hidden_below": 5, "rows": rows}


def _reached(lines: Iterable[Line], sector: str, step: str, last: date) -> list[Line]:
    return [
        line
        for line in lines
        if sector in (line.sector, ALL) and step in line.steps and line.steps[step] <= last
    ]


def quarter_of(day: date) -> str:
    """The calendar quarter of a day, such as `2026-Q2`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def first_day(quarter: str) -> date:
    """The first day of a quarter."""
    year, _, number = quarter.partition("-Q")
    return date(int(year), int(number) * 3 - 2, 1)


def _quarters(last: date) -> Iterable[str]:
    year, number = FIRST
    while first_day(f"{year}-Q{number}") <= last:
        yield f"{year}-Q{number}"
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)

"""Keeps the lines that the statistics are made of, and the publications made of them, as Chapter 3 does.

A line is replaced whenever its plan has moved on; one of an older version never replaces a newer one, so
events may come twice and in any order. A publication is made once and never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from services.platform.cases.history import Entry
from services.platform.shared import copies
from services.platform.shared.quarters import Quarter, following, quarter_of
from services.statute import legal_day
from services.supply import statistics
from services.supply.statistics import FIRST, Line, Publication, Statistics

PUBLISHED = "STATISTICS#PUBLISHED"
PAGE = 12
"""Publications in one answer: three years."""
AT_ONCE = 40
"""Publications made in one sweep, should so many be due; the next sweep makes the next."""


def keep(case_id: str, history: Sequence[Entry]) -> None:
    """Replace the line of a plan, unless a later one is there already."""
    line = statistics.line_of(history)
    copies.keep(_arrived_in(quarter_of(line.steps["received"])), case_id, line, len(history))


def publish(at: datetime) -> None:
    """Make the publications of the quarters that have ended by `at` and have none; one read when none is."""
    today, last = legal_day(at), newest()
    quarters = list(islice(statistics.due(last, today), AT_ONCE))
    if not quarters:
        return
    lines = tuple(_lines(quarters[-1]))
    for quarter in quarters:
        made = statistics.published(quarter, lines, last, today)
        last = copies.keep_first(PUBLISHED, made.of.quarter, made)


def newest() -> Publication | None:
    """The publication that was made last, if any; strongly consistent."""
    found = copies.newest(PUBLISHED, Publication, 1, consistent=True)
    return found[0] if found else None


def page(before: Quarter | None = None) -> Statistics:
    """The newest publications, or the newest before those of a quarter; one read."""
    return statistics.statistics(copies.newest(PUBLISHED, Publication, PAGE, before=before))


def _lines(through: Quarter) -> Iterator[Line]:
    """The line of every plan that arrived by the end of a quarter."""
    quarter = FIRST
    while quarter <= through:
        yield from copies.every(_arrived_in(quarter), Line, consistent=True)
        quarter = following(quarter)


def _arrived_in(quarter: Quarter) -> str:
    return f"STATISTICS#{quarter}"

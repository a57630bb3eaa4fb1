"""Keeps the lines that the statistics are made of, and the publications made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.platform.cases.history import Entry
from services.platform.shared.publications import Publications
from services.platform.shared.quarters import Quarter
from services.supply import statistics
from services.supply.statistics import FIRST, Line, Publication, Statistics

publications = Publications(Line, Publication, statistics.published, first=FIRST)


def keep(case_id: str, history: Sequence[Entry]) -> None:
    """Replace the line of a plan, unless a later one is there already."""
    line = statistics.line_of(history)
    publications.keep_line(line.steps["received"], case_id, line, len(history))


def publish(at: datetime) -> None:
    """Make the publications of the quarters that have ended by `at` and have none."""
    publications.publish(at)


def page(before: Quarter | None = None) -> Statistics:
    """The newest publications, or the newest before those of a quarter; one read."""
    return statistics.statistics(publications.page(before))

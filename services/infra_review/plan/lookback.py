"""The spans that look back from a filing: how old a paper may be, which business years are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from services.statute import period
from services.statute.arithmetic import end_of_month


@lru_cache(maxsize=32)  # asked of every paper of a plan
def earliest_paper(on: date) -> date:
    """The first day on which a paper may have been made for a filing `on` (METI Order Art. 9(2))."""
    return period("infra.attachment_age").starting(on).last_day


@lru_cache(maxsize=32)
def latest_year_end(on: date) -> date:
    """The last day on which a business year may have ended to count for a filing `on` (Art. 11(iv))."""
    return period("infra.latest_business_years").starting(on).last_day


def not_among_the_latest_three(ends: Iterable[date], on: date) -> Iterator[date]:
    """Which of a party's stated year ends are not among its latest three for a filing `on`.

    They are counted by years, not by months: one is out when the third year after it has ended too. A party
    that states ends on different days of the year has changed its closing day; then only ends that came too
    late are certain to be out.
    """
    stated, until = tuple(ends), latest_year_end(on)
    regular = len({_closing(end) for end in stated}) == 1
    for end in stated:
        if end > until or (regular and _third_after(end) <= until):
            yield end


def _closing(end: date) -> tuple[int, int]:
    """The day of the year on which a business year closes; the last of a month is one day, leap or not."""
    return end.month, 31 if end == end_of_month(end.year, end.month) else end.day


def _third_after(end: date) -> date:
    if end == end_of_month(end.year, end.month):
        return end_of_month(end.year + 3, end.month)
    return end.replace(year=end.year + 3)

"""The spans that look back from a filing: how old a paper may be, which business years are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from services.statute import period
from services.statute.arithmetic import end_of_month
from services.statute.business_years import latest_business_years


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

    A party that states ends on one day of the year has a business year ending each year on it, and the latest
    three of those are known (`latest_business_years`). One that states ends on different days has changed its
    closing day; then only ends that came too late are certain to be out.
    """
    stated, until = tuple(ends), latest_year_end(on)
    latest = _latest(stated, on)
    for end in stated:
        if end > until or (latest is not None and end not in latest):
            yield end


def _latest(stated: tuple[date, ...], on: date) -> frozenset[date] | None:
    """The latest three ends before the filing, of a party whose years close on one day; None of another."""
    closings = {_closing(end) for end in stated}
    if len(closings) != 1:
        return None
    (month, day), years = next(iter(closings)), range(on.year - 6, on.year + 1)
    every = (min(date(year, month, 1) + timedelta(day - 1), end_of_month(year, month)) for year in years)
    return frozenset(latest_business_years(on, every))


def _closing(end: date) -> tuple[int, int]:
    """The day of the year on which a business year closes; the last of a month is one day, leap or not."""
    return end.month, 31 if end == end_of_month(end.year, end.month) else end.day

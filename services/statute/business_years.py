"""Business years: where they end, and which three are the latest (METI Order 41 of 2023, Art. 11(iv))."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from services.statute.arithmetic import end_of_month
from services.statute.days import ONE_DAY
from services.statute.records import period
from services.statute.refusal import Refused


def year_ends_up_to(day: date, closing_month: int) -> Iterator[date]:
    """Yield the ends of business years closing with `closing_month`, latest first, from `day` back."""
    if not 1 <= closing_month <= 12:
        raise Refused("no_such_month", month=closing_month)
    year = day.year if end_of_month(day.year, closing_month) <= day else day.year - 1
    while year >= date.min.year:
        yield end_of_month(year, closing_month)
        year -= 1


def latest_business_years(notified_on: date, ends: Iterable[date] | int, count: int = 3) -> tuple[date, ...]:
    """Return the ends of the latest business years that ended on or before the day two months before.

    `ends` are the ends of the supplier's business years, which a change of its closing month makes irregular,
    or the month they all close in. The latest comes first. Fewer than `count` are returned as they are.
    """
    limit = period("infra.latest_business_years").starting(notified_on).last_day
    if isinstance(ends, int):
        return tuple(islice(year_ends_up_to(limit, ends), count))
    return tuple(sorted({end for end in ends if end <= limit}, reverse=True)[:count])


def first_day_after(business_year_end: date) -> date:
    """Return the first day of the next business year: day one of every report counted from a year's end."""
    return business_year_end + ONE_DAY

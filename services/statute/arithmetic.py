"""Counting days, weeks, months and years: Civil Code 138-143.

Pure calendar arithmetic. No holiday is known here: moving a last day is `office_calendar`'s.
"""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from services.statute.days import ONE_DAY

Unit = Literal["day", "week", "month", "year"]
_MONTH_ENDS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Length(NamedTuple):
    """How long a period is: `number` whole units."""

    number: int
    unit: Unit


def end_of_month(year: int, month: int) -> date:
    """Return the last day of the month."""
    leap = month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return date(year, month, 29 if leap else _MONTH_ENDS[month - 1])


def corresponding_day(day: date, months: int) -> date | None:
    """Return the day of the same number `months` calendar months away, or None when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, day.day) if day.day <= end_of_month(year, month).day else None


def last_day(day_one: date, length: Length) -> date:
    """Return the last day of a period whose first counted day is `day_one` (Civil Code 141, 143).

    Days and weeks are counted out. Months and years follow the calendar: the period ends on the day before
    the corresponding day, or at the end of the last month when that month has no such day (143(2)). Counted
    from the first of a month, the day before the corresponding day is that month's end, as 143(1) wants.
    """
    if length.unit == "day":
        return day_one + timedelta(days=length.number - 1)
    if length.unit == "week":
        return day_one + timedelta(weeks=length.number) - ONE_DAY
    months = length.number if length.unit == "month" else 12 * length.number
    same_day = corresponding_day(day_one, months)
    return same_day - ONE_DAY if same_day else _end_of_last_month(day_one, months)


def day_before(event: date, length: Length) -> date:
    """Return the day that lies `length` before `event`, counted back with the event's own day left out.

    Counting back mirrors counting forward: N days before the 17th is the 17th less N; a month before is the
    day of the same number, or the end of that month when it has no such day.
    """
    if length.unit == "day":
        return event - timedelta(days=length.number)
    if length.unit == "week":
        return event - timedelta(weeks=length.number)
    months = length.number if length.unit == "month" else 12 * length.number
    return corresponding_day(event, -months) or _end_of_last_month(event, -months)


def _end_of_last_month(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return end_of_month(year, month + 1)


def no_corresponding_day(day_one: date, length: Length) -> bool:
    """Tell whether the last month lacks the corresponding day (Civil Code 143(2), second sentence)."""
    months = {"month": length.number, "year": 12 * length.number}.get(length.unit)
    return months is not None and corresponding_day(day_one, months) is None

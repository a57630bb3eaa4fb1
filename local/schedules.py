"""When a scheduled rule fires: `rate(…)` and `cron(…)` as EventBridge reads them, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
SEARCHED = 366 * 5
"""Days looked ahead for the next time."""


class BadScheduleError(ValueError):
    """A schedule expression that is not understood here; the message holds it."""


def _values(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> frozenset[int]:
    """The numbers a cron field stands for."""

    def number(text: str) -> int:
        return names.index(text.upper()) + low if text.upper() in names else int(text)

    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        if span in {"*", "?"}:
            first, last = low, high
        elif "-" in span:
            first, last = (number(end) for end in span.split("-"))
        else:
            first = number(span)
            last = high if step else first
        found.update(range(first, last + 1, int(step or 1)))
    return frozenset(found)


def next_time(expression: str, after: datetime) -> datetime:
    """The first instant after `after` at which `expression` fires. Raises `BadScheduleError`."""
    if (rate := _RATE.fullmatch(expression)) is not None:
        return after + timedelta(**{f"{rate[2]}s": int(rate[1])})
    cron = _CRON.fullmatch(expression)
    if cron is None:
        raise BadScheduleError(f"Schedule not understood: {expression}")
    try:
        minutes, hours = _values(cron[1], 0, 59), _values(cron[2], 0, 23)
        days, months = _values(cron[3], 1, 31), _values(cron[4], 1, 12, _MONTHS)
        weekdays, years = _values(cron[5], 1, 7, _DAYS), _values(cron[6], 1970, 2199)
    except ValueError as error:
        raise BadScheduleError(f"Schedule not understood: {expression}") from error
    day = after.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(SEARCHED):
        # Sunday is 1, as EventBridge counts.
        weekday = day.isoweekday() % 7 + 1
        if day.year in years and day.month in months and day.day in days and weekday in weekdays:
            for hour in sorted(hours):
                for minute in sorted(minutes):
                    instant = day.replace(hour=hour, minute=minute)
                    if instant > after:
                        return instant
        day += timedelta(days=1)
    raise BadScheduleError(f"{expression} does not fire within five years of {after.isoformat()}.")

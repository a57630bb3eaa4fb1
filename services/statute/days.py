"""Legal days: the one place where an instant becomes a day in Japan (Civil Code 140-141).

Units: `datetime` values are aware instants; `date` values are whole days in Japan, from 00:00 to 24:00.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

from services.statute.refusal import Refused

# Japan has kept UTC+9 without daylight saving since 1952, so a fixed offset is exact for every day this Act
# can reach, and needs no time-zone database, which a minimal Lambda image may lack.
JST = timezone(timedelta(hours=9), "JST")
ONE_DAY = timedelta(days=1)


def legal_day(at: datetime) -> date:
    """Return the day in Japan on which the aware instant `at` falls."""
    return in_japan(at).date()


def in_japan(at: datetime) -> datetime:
    """Return the aware instant `at` on Japan's clock; one without a zone is refused."""
    if at.tzinfo is None:
        raise Refused("instant_without_zone", given=at.isoformat())
    return at.astimezone(JST)


def start_of(day: date) -> datetime:
    """Return 00:00 in Japan of `day`, as an aware instant in UTC."""
    return datetime.combine(day, time(), JST).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return 24:00 in Japan of `day` (Civil Code 141), which is 00:00 of the next day, in UTC."""
    return start_of(day + ONE_DAY)


def checked_day(value: object) -> date:
    """Return `value` when it is a plain day; a `datetime` is refused, since its day depends on a zone."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Refused("not_a_day", given=repr(value))
    return value

"""`deadlines.ics`: the deadlines of a case or a person as a calendar (RFC 5545), with alarms on open days.

Import this module only where the feed is served: its library takes a third of a second to load.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from services.statute.days import in_japan
from services.statute.periods import Deadline
from services.statute.reminders import reminders

ALARM_STEPS = (10, 3, 1)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A deadline in a calendar: its case, how often it changed (`revision`), whether it was called off."""

    case: str
    deadline: Deadline
    revision: int = 0
    cancelled: bool = False


def deadlines_ics(name: str, entries: Iterable[CalendarEntry], as_of: datetime) -> bytes:
    """Return the calendar `name` as of the aware instant `as_of`.

    Each deadline is an all-day event on its last day, with alarms at 09:00 in Japan ten, three and one open
    days before. An event keeps its UID while its deadline moves, so a calendar program updates it in place.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Sakimori//legal clock//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    for entry in entries:
        calendar.add_component(_event(entry, in_japan(as_of)))
    ics: bytes = calendar.to_ical()
    return ics


def _event(entry: CalendarEntry, as_of: datetime) -> Event:
    deadline, record = entry.deadline, entry.deadline.record
    event = Event()
    event.add("uid", _uid(entry))
    event.add("dtstamp", as_of.astimezone(UTC))
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("dtstart", deadline.last_day)
    event.add("dtend", deadline.last_day + timedelta(days=1))
    # A deadline takes nobody's day.
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{entry.case}: {record.title.en} / {record.title.ja} ({record.article})")
    event.add("description", "\n".join(f"{s.en}\n{s.ja}" for s in deadline.explanation))
    event.add("categories", [record.ref])
    if not entry.cancelled:
        for reminder in reminders(deadline, "party", entry.case, steps=ALARM_STEPS):
            event.add_component(_alarm(entry, reminder.open_days_left, reminder.at))
    return event


def _alarm(entry: CalendarEntry, open_days_left: int, at: datetime) -> Alarm:
    days = "day" if open_days_left == 1 else "days"
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", at)
    alarm.add("description", f"{entry.case}: {open_days_left} open {days} left / 残り{open_days_left}開庁日")
    return alarm


def _uid(entry: CalendarEntry) -> str:
    deadline = entry.deadline
    mark = f"{entry.case}/{deadline.period}/{deadline.trigger_day.isoformat()}"
    return f"{sha256(mark.encode()).hexdigest()[:32]}@sakimori"

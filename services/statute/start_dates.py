"""Where the patent periods start: the tables of Arts. 66(4) and 78(3), which differ on divisionals."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from services.statute.data_files import read_toml
from services.statute.days import checked_day
from services.statute.messages import Sentence, Words, sentence
from services.statute.office_calendar import HolidayTable, spoken
from services.statute.periods import Deadline
from services.statute.records import period
from services.statute.refusal import Refused


class Route(NamedTuple):
    """A way an application came to be, and the tables that start its periods on another day."""

    name: str
    tables: tuple[str, ...]
    patent_act: str
    day: Words
    outside: tuple[str, ...] = ()
    note: str = ""


class StartDay(NamedTuple):
    """The day a patent period starts from, the route that put it there, and why."""

    day: date
    route: str | None
    because: tuple[Sentence, ...]


@cache
def routes() -> dict[str, Route]:
    """Return every known route by name."""
    return {entry["name"]: _route(entry) for entry in read_toml("start_dates.toml")["route"]}


def _route(entry: dict[str, Any]) -> Route:
    fields: dict[str, Any] = {**entry, "day": Words(**entry["day"])}
    for several in ("tables", "outside"):
        fields[several] = tuple(entry.get(several, ()))
    return Route(**fields)


def start_day(table: str, filed_on: date, events: Mapping[str, date]) -> StartDay:
    """Return the start day under `table` ("66(4)" or "78(3)").

    `events` names the routes the application took and the day of each. A route outside the table leaves the
    filing date, which for a divisional or converted application is the retroactive one.
    """
    latest, chosen = checked_day(filed_on), None
    because: list[Sentence] = []
    for name, day in sorted(events.items(), key=lambda event: (event[1], event[0])):
        route = routes().get(name)
        if route is None:
            raise Refused("unknown_route", table, route=name, known=", ".join(routes()))
        if table in route.outside:
            raise Refused("outside_the_article", table, route=name, note=route.note)
        if checked_day(day) < filed_on:
            raise Refused("event_before_filing", table, route=name, day=day, filed=filed_on)
        if table not in route.tables:
            because.append(sentence("route_outside_table", route=route.day, table=table))
        elif day >= latest:
            latest, chosen = day, route
    if chosen is not None:
        because.append(
            sentence(
                "start_replaced", table=table, what=chosen.day, law=chosen.patent_act, day=spoken(latest)
            )
        )
    return StartDay(latest, chosen.name if chosen else None, tuple(because))


def from_filing(
    name: str,
    filed_on: date,
    events: Mapping[str, date],
    *,
    on: date | None = None,
    holidays: HolidayTable | None = None,
) -> Deadline:
    """Count the patent period `name` from the day its own table of start dates gives."""
    record = period(name, on)
    if record.start_dates is None:
        raise Refused("no_start_dates", record.article, name=record.name)
    start = start_day(record.start_dates, filed_on, events)
    deadline = record.starting(start.day, holidays=holidays)
    return replace(deadline, because=start.because)

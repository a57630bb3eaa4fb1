"""What an amendment changes: of a record of law, or of the holiday table, for the cases that are open.

Pure questions. A closed case is never touched; an open one is pinned to the law its transitional rule says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from services.statute.clock import Clock, Fact, clock
from services.statute.office_calendar import HolidayTable
from services.statute.periods import Deadline, Period
from services.statute.records import period

Transition = Literal["triggers from its day", "pending cases too"]
"""Which cases new law governs: those triggered on or after it took effect, or every open one."""


@dataclass(frozen=True, slots=True)
class OpenClock:
    """A period of a case, as far as an amendment cares; `law_on` pins it to the law of a day."""

    case: str
    name: str
    trigger_day: date
    facts: tuple[Fact, ...] = ()
    closed: bool = False
    law_on: date | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes for one open clock: the days before and after. A service records it as an act."""

    clock: OpenClock
    before: Deadline
    after: Deadline

    @property
    def days_later(self) -> int:
        """By how many days the last day moves; negative when it comes earlier."""
        return (self.after.last_day - self.before.last_day).days


def amendment_effects(
    amended: Period, clocks: Iterable[OpenClock], *, transition: Transition = "triggers from its day"
) -> list[Effect]:
    """Return what changes for the open `clocks` of a record if it becomes `amended`.

    `amended` is the record as it would read, with its own `effective_from`. Facts that the amended law would
    not allow are refused, as they would be then: an amendment must say what becomes of them.
    """
    return list(_amendment_effects(amended, clocks, transition))


def _amendment_effects(
    amended: Period, clocks: Iterable[OpenClock], transition: Transition
) -> Iterator[Effect]:
    pinned = replace(amended, versions=(), law_on=amended.effective_from)
    for open_clock in clocks:
        governed = transition == "pending cases too" or open_clock.trigger_day >= amended.effective_from
        if open_clock.closed or open_clock.name != amended.name or not governed:
            continue
        before = _now(open_clock, None)
        after = clock(pinned, open_clock.trigger_day, open_clock.facts)
        yield from _changed(open_clock, before, after)


def holiday_effects(before: HolidayTable, after: HolidayTable, clocks: Iterable[OpenClock]) -> list[Effect]:
    """Return what changes for the open `clocks` when the holiday table changes, even retroactively."""
    effects: list[Effect] = []
    for open_clock in clocks:
        if not open_clock.closed:
            effects.extend(_changed(open_clock, _now(open_clock, before), _now(open_clock, after)))
    return effects


def _now(open_clock: OpenClock, holidays: HolidayTable | None) -> Clock:
    record = period(open_clock.name, open_clock.law_on)
    return clock(record, open_clock.trigger_day, open_clock.facts, holidays=holidays)


def _changed(open_clock: OpenClock, before: Clock, after: Clock) -> Iterator[Effect]:
    old, new = before.deadline, after.deadline
    # A clock that was stopped or ended early has no last day to move.
    if old is None or new is None or before.ended_on is not None:
        return
    if (old.day_one, old.last_day, old.free_from) != (new.day_one, new.last_day, new.free_from):
        yield Effect(open_clock, old, new)

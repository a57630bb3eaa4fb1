"""The legal clock of one case: a period as set, extended, shortened, stopped, restarted or ended so far.

A clock is the fold of dated facts. It is computed from the facts each time, rounded by the holidays Act once,
at the end, and does not depend on the order the facts arrive in: they carry their own legal days. Where the
law does make the order matter, two facts of one day need a sequence, or the clock refuses to guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from services.statute.days import ONE_DAY, checked_day
from services.statute.messages import Sentence, sentence
from services.statute.office_calendar import HolidayTable, spoken
from services.statute.period_fields import May
from services.statute.periods import Deadline, Period, settled
from services.statute.records import period
from services.statute.refusal import Refused

Kind = Literal["set", "extend", "shorten", "stop", "restart", "end"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that bore on a running period, on a legal day.

    `until` is the day it leads to: of `set`, `extend` and `shorten` the new last day (an extension without
    one goes to its ceiling); of `stop` the first day that counts again, None while it still stands. A
    `restart` counts anew from `on`. `sequence` orders facts of one day.
    """

    kind: Kind
    on: date
    until: date | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a period stands after its facts.

    `deadline` is None while the clock is stopped, since nobody knows the last day then. `ended_on` is the day
    a fact ended it early. `ceiling` is the latest an extension made now could reach.
    """

    record: Period
    trigger_day: date
    facts: tuple[Fact, ...]
    deadline: Deadline | None
    ceiling: Deadline | None
    ended_on: date | None = None
    stopped_since: date | None = None

    def running(self, on: date) -> bool:
        """Tell whether the period still runs `on`."""
        if self.ended_on is not None and on > self.ended_on:
            return False
        if self.deadline is None:
            return on >= self.trigger_day
        return self.deadline.running(on)


def clock(
    record: Period, trigger_day: date, facts: Iterable[Fact] = (), *, holidays: HolidayTable | None = None
) -> Clock:
    """Fold `facts` over `record` as it starts on `trigger_day`."""
    # The same fact told twice is one fact.
    ordered = sorted(set(facts), key=lambda fact: (fact.on, fact.sequence, fact.kind, fact.until or date.max))
    fold = _Fold(record, checked_day(trigger_day), holidays)
    _refuse_unclear_order(record, ordered)
    for fact in ordered:
        fold.take(fact)
    return fold.result(tuple(ordered))


def _refuse_unclear_order(record: Period, ordered: list[Fact]) -> None:
    moving = [fact for fact in ordered if fact.kind != "stop"]
    for fact, following in pairwise(moving):
        if (fact.on, fact.sequence) == (following.on, following.sequence):
            raise Refused("order_of_one_day_unclear", record.article, name=record.name, on=fact.on)


@dataclass(slots=True)
class _Fold:
    """The running state of a fold: the last day as counted, before stops and before rounding."""

    record: Period
    trigger_day: date
    holidays: HolidayTable | None
    base: Deadline = field(init=False)
    counted: date = field(init=False)
    because: list[Sentence] = field(default_factory=list)
    stops: list[Fact] = field(default_factory=list)
    ended_on: date | None = None

    def __post_init__(self) -> None:
        self.base = self.record.starting(self.trigger_day, holidays=self.holidays)
        self.counted = self.base.counted_last_day

    def take(self, fact: Fact) -> None:
        if fact.kind != "restart" and fact.kind != "end":
            self._allowed(fact.kind)
        if fact.kind != "restart":
            self._while_running(fact)
        match fact.kind:
            case "set":
                self._set(fact)
            case "extend":
                self._extend(fact)
            case "shorten":
                self._shorten(fact)
            case "stop":
                self._stop(fact)
            case "restart":
                self._restart(fact)
            case "end":
                self.ended_on = fact.on
                self._tell("fact_end", fact)

    def result(self, facts: tuple[Fact, ...]) -> Clock:
        open_stop = next((stop.on for stop in self.stops if stop.until is None), None)
        deadline = self.base if not facts else None
        if facts and open_stop is None:
            deadline = settled(
                self.base.record,
                self.trigger_day,
                self.base.day_one,
                self._end(),
                self.holidays,
                tuple(self.because),
            )
        return Clock(
            self.base.record, self.trigger_day, facts, deadline, self._ceiling(), self.ended_on, open_stop
        )

    def _allowed(self, power: May) -> None:
        if power not in self.record.may:
            raise Refused("may_not", self.record.article, name=self.record.name, kind=power)

    def _while_running(self, fact: Fact) -> None:
        name, article = self.record.name, self.record.article
        if fact.on < min(self.trigger_day, self.base.day_one):
            raise Refused("before_it_began", article, name=name, day_one=self.base.day_one, on=fact.on)
        if any(stop.until is None for stop in self.stops):
            return
        last = self.ended_on or settled(
            self.base.record, self.trigger_day, self.base.day_one, self._end(), self.holidays
        ).last_day  # fmt: skip
        if fact.on > last or self.ended_on is not None:
            raise Refused("already_ended", article, name=name, last=last, on=fact.on)

    def _set(self, fact: Fact) -> None:
        until = self._until(fact)
        if not self.base.day_one <= until <= self.counted:
            self._refuse("beyond_ceiling", until, ceiling=self.counted)
        self.counted = until
        self._tell("fact_set", fact, until)

    def _extend(self, fact: Fact) -> None:
        ceiling = self._ceiling()
        until = fact.until or (ceiling.last_day if ceiling else None)
        if until is None:
            raise Refused("fact_without_day", self.record.article, name=self.record.name, kind=fact.kind)
        if ceiling is not None and until > ceiling.last_day:
            self._refuse("beyond_ceiling", until, ceiling=ceiling.last_day)
        if until <= self.counted:
            self._refuse("not_an_extension", until, last=self.counted)
        self.counted = until
        self._tell("fact_extend", fact, until, ceiling.last_day if ceiling else until)

    def _shorten(self, fact: Fact) -> None:
        until = self._until(fact)
        if not fact.on <= until < self.counted:
            self._refuse("not_a_shortening", until, last=self.counted)
        self.counted = until
        self._tell("fact_shorten", fact, until)

    def _stop(self, fact: Fact) -> None:
        if fact.until is not None and fact.until < fact.on:
            raise Refused("before_it_began", name=self.record.name, day_one=fact.on, on=fact.until)
        # A stop told first without its end and later with it is the same stop.
        self.stops = [stop for stop in self.stops if (stop.on, stop.until) != (fact.on, None)]
        if fact.until is not None or all(stop.on != fact.on for stop in self.stops):
            self.stops.append(fact)
        if fact.until is not None:
            days = str((fact.until - fact.on).days)
            self.because.append(
                sentence("fact_stop", on=spoken(fact.on), until=spoken(fact.until), days=days)
            )

    def _restart(self, fact: Fact) -> None:
        self.trigger_day = fact.on
        self.base = self.record.starting(fact.on, holidays=self.holidays)
        self.counted = self.base.counted_last_day
        self.stops, self.ended_on, self.because = [], None, []
        self._tell("fact_restart", fact)

    def _end(self) -> date:
        return self.counted + timedelta(days=days_stopped(self.stops))

    def _ceiling(self) -> Deadline | None:
        if self.record.ceiling is None:
            return None
        ceiling = period(self.record.ceiling, self.record.law_on)
        after_end = self.record.ceiling_from == "the day after the last day"
        return ceiling.starting(self.counted + ONE_DAY if after_end else self.trigger_day)

    def _until(self, fact: Fact) -> date:
        if fact.until is None:
            raise Refused("fact_without_day", self.record.article, name=self.record.name, kind=fact.kind)
        return checked_day(fact.until)

    def _refuse(self, code: str, until: date, **days: date) -> None:
        raise Refused(code, self.record.article, name=self.record.name, until=until, **days)

    def _tell(self, code: str, fact: Fact, until: date | None = None, ceiling: date | None = None) -> None:
        days = {"on": fact.on, "until": until, "ceiling": ceiling}
        self.because.append(sentence(code, **{name: spoken(day) for name, day in days.items() if day}))


def days_stopped(stops: Iterable[Fact]) -> int:
    """Return how many days the stops leave out; a day stopped twice is left out once."""
    total, covered = 0, date.min
    for stop in sorted(stops, key=lambda stop: stop.on):
        if stop.until is None:
            continue
        start = max(stop.on, covered)
        total += max((stop.until - start).days, 0)
        covered = max(covered, stop.until)
    return total

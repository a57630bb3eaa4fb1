"""Periods of the law and the deadlines they give: one record, one trigger day, one answer.

A `Period` is a dated record of the law (loaded by `records`); `Period.starting` counts it out by the Civil
Code (`arithmetic`) and rounds it at most once by the holidays Act (`office_calendar`).
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.statute.arithmetic import Length, Unit, day_before, last_day
from services.statute.days import ONE_DAY, checked_day, end_of
from services.statute.messages import Sentence, Words
from services.statute.office_calendar import HolidayTable, holiday_table
from services.statute.period_fields import CeilingFrom, DayOne, How, May, Moves, OrderArticle, Reading, Until
from services.statute.refusal import Refused

_HOLIDAYS_ACT = Words("Administrative Holidays Act, Art. 2", "行政機関の休日に関する法律2条")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the law as one dated record; days are legal days in Japan.

    `ref` is the row of the table of deadlines; `article` the Act's own numbering in the text it was read in.
    `day_one` says whether the trigger's day counts (起算して) or not (初日不算入); `moves` where a last day
    on a closed day goes; `until` whether the limit is its last day (経過する日) or the day after it has
    passed (経過した日). `orders` lists each ministry's own article. A record asked for without a day of law
    (`law_on`) resolves its version from the trigger day, among `versions`. `start_dates` names the table
    (Art. 66(4) or 78(3)) that may replace its trigger; `ceiling` the record an extension may not pass.
    """

    name: str
    ref: str
    chapter: str
    article: str
    article_ja: str
    title: Words
    who: str
    trigger: Words
    how: How
    on_lapse: Words
    effective_from: date
    text_read: str
    source: tuple[str, ...]
    confidence: str
    length: Length | None = None
    pace: str | None = None
    day_one: DayOne = "none"
    moves: Moves = "stays"
    moves_by: Words = _HOLIDAYS_ACT
    clear: bool = False
    until: Until = "the last day"
    by_day: tuple[int, int] | None = None
    within: str | None = None
    start_dates: str | None = None
    may: tuple[May, ...] = ()
    ceiling: str | None = None
    ceiling_from: CeilingFrom = "the trigger"
    maximum: str = ""
    effective_to: date | None = None
    triggers_from: date | None = None
    readings: tuple[Reading, ...] = ()
    orders: tuple[OrderArticle, ...] = ()
    note: str = ""
    enabled: bool = True
    law_on: date | None = None
    versions: tuple["Period", ...] = field(default=(), repr=False, compare=False)
    outer: "Period | None" = field(default=None, repr=False, compare=False)
    """The record of the period `within` which this one lies."""

    @property
    def unit(self) -> Unit | None:
        """The unit the period is set in, if it has a number."""
        return self.length.unit if self.length else None

    @property
    def number(self) -> int | None:
        """How many units long the period is, if it has a number."""
        return self.length.number if self.length else None

    @property
    def pinned(self) -> bool:
        """Whether the law in force on a given day was asked for."""
        return self.law_on is not None

    @property
    def computable(self) -> bool:
        """Whether a trigger day alone gives a deadline."""
        return self.enabled and self.how in _COUNTERS

    def version_for(self, trigger_day: date) -> "Period":
        """Return the version of the record that governs a trigger on `trigger_day`."""
        if self.pinned or not self.versions:
            return self
        for version in reversed(self.versions):
            if version.effective_from <= trigger_day:
                break
        else:
            version = self.versions[0]
        if version.effective_to is not None and trigger_day > version.effective_to:
            raise Refused("no_longer_in_force", version.article, name=self.name, day=trigger_day.isoformat())
        return version

    def starting(self, trigger_day: date, *, holidays: HolidayTable | None = None) -> "Deadline":
        """Count the period out from `trigger_day`; `holidays` defaults to the newest table.

        Refuses what no trigger day alone can answer: an obligation without a number, a day the authority
        sets, a record that is not enabled.
        """
        day = checked_day(trigger_day)
        record = self.version_for(day)
        if not record.enabled:
            raise Refused("not_enabled", record.article, name=record.name)
        counter = _COUNTERS.get(record.how)
        if counter is None:
            raise Refused(
                record.how.replace(" ", "_"), record.article, name=record.name, pace=record.pace or ""
            )
        try:
            return counter(record, day, holidays)
        except OverflowError as overflow:
            raise Refused("beyond_the_calendar", record.article, day=day.isoformat()) from overflow

    def of_order(self, ministry: str) -> "Period":
        """Return the record as the order of `ministry` has it: its article, its words, since its own day."""
        order = next((order for order in self.orders if order.ministry == ministry), None)
        if order is None:
            known = "; ".join(order.ministry for order in self.orders) or "-"
            raise Refused("unknown_order", self.article, name=self.name, ministry=ministry, known=known)
        return replace(
            self,
            article=order.article,
            article_ja=order.article_ja,
            trigger=order.trigger or self.trigger,
            effective_from=order.since,
            source=(order.source,),
            versions=(),
        )

    def under(self, reading: Reading) -> "Period":
        """Return the record as it stands under `reading`, with no readings left open."""
        return replace(self, **reading.changes, readings=(), versions=(), law_on=self.effective_from)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a period comes to for one trigger day; all days are legal days in Japan, last day included.

    `moved_from` is the counted last day when a closed day moved it. `free_from` is the first day after the
    period. Counted back, `last_day` lies before `trigger_day`; of a window that looks back it is the earliest
    day inside.
    """

    record: Period = field(repr=False)
    trigger_day: date
    day_one: date
    last_day: date
    moved_from: date | None
    free_from: date
    holidays: HolidayTable | None = field(default=None, repr=False, compare=False)
    because: tuple[Sentence, ...] = field(default=(), repr=False)

    @property
    def period(self) -> str:
        """The name of the record it was computed from."""
        return self.record.name

    @property
    def ref(self) -> str:
        """The row of the table of deadlines."""
        return self.record.ref

    @property
    def article(self) -> str:
        """The article that sets the period."""
        return self.record.article

    @property
    def free_at(self) -> datetime:
        """00:00 in Japan of `free_from`, as an aware instant in UTC: the first instant after the period."""
        return end_of(self.free_from - ONE_DAY)

    @property
    def ends_at(self) -> datetime:
        """24:00 in Japan of the period's latest day (Civil Code 141): the same instant as `free_at`."""
        return self.free_at

    @property
    def counted_last_day(self) -> date:
        """The last day as counted, before any closed day moved it."""
        return self.moved_from or self.last_day

    @property
    def advised_by(self) -> date | None:
        """Of a limit counted back, the open day that keeps the whole period clear: a margin for planning.

        It is nobody's limit, and an act after it and by `last_day` is in time.
        """
        if self.record.how != "counted back" or self.record.length is None:
            return None
        return (self.holidays or holiday_table()).previous_open(
            day_before(self.trigger_day, self.record.length) - ONE_DAY
        )

    @property
    def explanation(self) -> tuple[Sentence, ...]:
        """Why the days are what they are, sentence by sentence, in English and Japanese."""
        from services.statute.explanation import explain  # the sentences are read only when somebody asks

        return explain(self)

    @property
    def other_readings(self) -> tuple[tuple[Reading, "Deadline"], ...]:
        """What the readings not taken would give, where they change a day."""
        others = (
            (reading, self.record.under(reading).starting(self.trigger_day, holidays=self.holidays))
            for reading in self.record.readings
            if not reading.taken
        )
        return tuple((reading, other) for reading, other in others if other.last_day != self.last_day)

    def running(self, on: date) -> bool:
        """Tell whether `on` is one of the counted days."""
        first, last = sorted((self.day_one, self.last_day))
        return first <= on <= last


def _counted(record: Period, trigger_day: date, holidays: HolidayTable | None) -> Deadline:
    assert record.length is not None
    day_one = trigger_day if record.day_one == "the day itself" else trigger_day + ONE_DAY
    counted = last_day(day_one, record.length)
    counted += ONE_DAY if record.until == "the day after" else ONE_DAY * 0
    return settled(record, trigger_day, day_one, counted, holidays)


def settled(
    record: Period,
    trigger_day: date,
    day_one: date,
    counted: date,
    holidays: HolidayTable | None = None,
    because: tuple[Sentence, ...] = (),
) -> Deadline:
    """Round a counted last day once, as the record moves it, and return the deadline."""
    last = counted
    if record.moves != "stays":
        holidays = holidays or holiday_table()
        last = (
            holidays.next_open(counted)
            if record.moves == "next open day"
            else holidays.previous_open(counted)
        )
    moved_from = None if last == counted else counted
    return Deadline(record, trigger_day, day_one, last, moved_from, last + ONE_DAY, holidays, because)


def _counted_back(record: Period, trigger_day: date, holidays: HolidayTable | None) -> Deadline:
    assert record.length is not None
    counted = day_before(trigger_day, record.length)
    # A clear period lies whole between the act and the event.
    counted -= ONE_DAY if record.clear else ONE_DAY * 0
    return settled(record, trigger_day, trigger_day - ONE_DAY, counted, holidays)


def _look_back(record: Period, trigger_day: date, holidays: HolidayTable | None) -> Deadline:
    assert record.length is not None
    earliest = day_before(trigger_day, record.length)
    return Deadline(record, trigger_day, trigger_day - ONE_DAY, earliest, None, trigger_day, holidays)


def _by_a_day_of_the_year(record: Period, trigger_day: date, holidays: HolidayTable | None) -> Deadline:
    assert record.by_day is not None
    # A fiscal year runs from 1 April; the day is the one inside the fiscal year of the trigger.
    fiscal_year = trigger_day.year if trigger_day.month >= 4 else trigger_day.year - 1
    month, day = record.by_day
    last = date(fiscal_year if month >= 4 else fiscal_year + 1, month, day)
    return settled(record, trigger_day, date(fiscal_year, 4, 1), last, holidays)


def _within(record: Period, trigger_day: date, holidays: HolidayTable | None) -> Deadline:
    assert record.outer is not None
    return replace(record.outer.starting(trigger_day, holidays=holidays), record=record)


_COUNTERS = {
    "counted": _counted,
    "counted back": _counted_back,
    "look back": _look_back,
    "by a day of the year": _by_a_day_of_the_year,
    "within": _within,
}

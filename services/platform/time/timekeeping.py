"""What the clock itself records in a case: reminders, certificates, the holidays it counted with. Pure.

A procedure whose state has a field `timekeeping` is given these acts and powers by `keep_time`. Nobody holds
the powers but the clock, and the state remembers what was done, so that each is done
once however often it is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Procedure, refuse_if
from services.platform.law.values import Value
from services.statute import Deadline, HolidayTable, holiday_table
from services.statute.days import start_of
from services.statute.periods import settled
from services.statute.reminders import Addressee, Reminder, reminders

S = TypeVar("S")
END_OF_A_PERIOD = "Civil Code 141"
HOLIDAYS_ACT = "Administrative Holidays Act 2"


class Timekeeping(Value):
    """What the clock has recorded in a case so far."""

    reminded: tuple[ReminderSent, ...] = ()
    certificates: tuple[str, ...] = ()
    """Ids of the certificates issued; the first is number 1."""
    table: str | None = None
    """The version of the holiday table the deadlines were last computed with; None while none needs it."""
    table_sha256: str = ""

    def told(self, to: Addressee) -> tuple[ReminderSent, ...]:
        """The reminders sent to the officials, or to the party."""
        return tuple(reminder for reminder in self.reminded if reminder.to == to)


class Warned(Value):
    """A deadline of which somebody is to be reminded: the party, or the officials whose power it ends."""

    to: Addressee
    deadline: Deadline


# ---- Acts ----


@leaves("restricted", "to")
class ReminderSent(Act):
    """Somebody was reminded that a period ends: its last day, and how many open days were left."""

    key: str
    to: Addressee
    period: str
    last_day: date
    open_days_left: int
    on: date


@leaves("restricted", "certificate_id")
class CertificateIssued(Act):
    """A period ended by silence, and the party was given the signed certificate of it, with its true day."""

    certificate_id: str
    period: str
    last_day: date
    free_from: date
    ended_by: int
    """The sequence of the act that recorded the end."""
    document: str


@leaves("restricted", "table")
class HolidaysApplied(Act):
    """A deadline of the case was computed with a table of holidays for the first time."""

    table: str
    sha256: str


class Recomputed(Value):
    """A deadline's last day by the table before and by the table after."""

    period: str
    trigger_day: date
    before: date
    after: date


@leaves("restricted", "before", "after")
class DeadlineRecomputed(Act):
    """The holiday law changed, and the case's deadlines were computed again: both tables, and the days."""

    before: str
    before_sha256: str
    after: str
    after_sha256: str
    deadlines: tuple[Recomputed, ...]


NOTHING_KEPT = Timekeeping()
TIME_ACTS = (ReminderSent, CertificateIssued, HolidaysApplied, DeadlineRecomputed)


def evolve(kept: Timekeeping, act: Act) -> Timekeeping:
    """What is kept after `act`."""
    match act:
        case ReminderSent():
            return replace(kept, reminded=(*kept.reminded, act))
        case CertificateIssued():
            return replace(kept, certificates=(*kept.certificates, act.certificate_id))
        case HolidaysApplied():
            return replace(kept, table=act.table, table_sha256=act.sha256)
        case DeadlineRecomputed():
            return replace(kept, table=act.after, table_sha256=act.after_sha256)
    raise TypeError(f"{type(act).__name__} is no act of timekeeping")


# ---- The clock's commands ----


class Tick(Value):
    """The passing of time. It says nothing: what is due follows from the case and the day."""


class IssueCertificate(Value):
    """A certificate, made and signed."""

    certificate_id: str
    period: str
    last_day: date
    free_from: date
    ended_by: int
    document: str


def issue_certificate(state: Any, command: IssueCertificate, _: Given) -> Acts:
    """Give the party the certificate of a period that ended by silence, once."""
    refuse_if(command.certificate_id in _kept(state).certificates, "already_certified")
    yield CertificateIssued(
        command.certificate_id,
        command.period,
        command.last_day,
        command.free_from,
        command.ended_by,
        command.document,
    )


def keep_time(
    procedure: Procedure[S],
    *,
    warned: Callable[[S], Iterable[Warned]],
    silences: Mapping[type, Iterable[str]],
) -> None:
    """Let the clock remind, certify and recompute in `procedure`, after all its other powers are declared.

    `warned` says of which deadlines whom; `silences` by which acts of the clock which periods end in silence.
    """
    law = procedure.evolve

    def evolved(state: S, act: Act) -> S:
        if isinstance(act, TIME_ACTS):
            return replace(state, timekeeping=evolve(_kept(state), act))  # type: ignore[type-var]
        return law(state, act)

    def remind(state: S, _: Tick, given: Given) -> Acts:
        """Send the reminders that are due, each once."""
        due = list(_due(state, procedure.name, warned(state), given.today))
        refuse_if(not due or procedure.wait(state).over, "nothing_to_remind")
        yield from due

    def recompute(state: S, _: Tick, __: Given) -> Acts:
        """Compute the deadlines of an open case again when the table of holidays has changed."""
        kept, table = _kept(state), holiday_table()
        depending = [d for d in procedure.deadlines(state) if by_holidays(d)]
        over = procedure.wait(state).over
        refuse_if(over or not depending or kept.table == table.version, "table_unchanged")
        yield _recomputed(kept, depending, table)

    def notes(state: S) -> Iterator[Act]:
        if _kept(state).table is None and any(by_holidays(d) for d in procedure.deadlines(state)):
            table = holiday_table()
            yield HolidaysApplied(table.version, table.sha256)

    def next_reminder(state: S, today: date) -> datetime | None:
        planned = (_next(state, procedure.name, warning, today) for warning in warned(state))
        return min((at for at in planned if at is not None), default=None)

    procedure.evolve = evolved
    procedure.next_reminder = next_reminder
    procedure.acts = (*procedure.acts, *TIME_ACTS)
    procedure.notes = notes
    procedure.silences = {act: frozenset(names) for act, names in silences.items()}
    procedure.act(END_OF_A_PERIOD, by=[THE_CLOCK])(remind)
    procedure.act(HOLIDAYS_ACT, by=[THE_CLOCK])(recompute)
    procedure.act(END_OF_A_PERIOD, by=[THE_CLOCK])(issue_certificate)


def timekept(procedure: Procedure[Any]) -> bool:
    """Whether the clock records anything in the procedure's cases."""
    return hasattr(procedure.initial, "timekeeping")


def by_holidays(deadline: Deadline) -> bool:
    """Whether closed days can move the deadline."""
    return deadline.record.moves != "stays"


def table_of(procedure: Procedure[S], state: S) -> HolidayTable | None:
    """The table a case's deadlines stand by: of one that is over, that of its time; else None, the newest."""
    if not timekept(procedure) or not procedure.wait(state).over:
        return None
    version = _kept(state).table
    return holiday_table(version) if version else None


def by_table(deadlines: Sequence[Deadline], table: HolidayTable | None) -> tuple[Deadline, ...]:
    """The deadlines as they stand by `table`; None leaves them as they are."""
    if table is None:
        return tuple(deadlines)
    return tuple(_by(deadline, table) if by_holidays(deadline) else deadline for deadline in deadlines)


def _kept(state: Any) -> Timekeeping:
    kept: Timekeeping = state.timekeeping
    return kept


def _due(state: Any, procedure: str, warned: Iterable[Warned], today: date) -> Iterator[ReminderSent]:
    for warning in warned:
        planned = reminders(warning.deadline, warning.to, procedure)
        reached = [reminder for reminder in planned if reminder.day <= today <= reminder.last_day]
        # One that is late is overtaken by the next: who is three days from the end needs no word of ten.
        if reached and all(reached[-1].key != sent.key for sent in _kept(state).reminded):
            yield _sent(reached[-1], warning, today)


def _next(state: Any, procedure: str, warning: Warned, today: date) -> datetime | None:
    """When the next reminder of one deadline is due, if there is one to come or one was missed."""
    planned = reminders(warning.deadline, warning.to, procedure)
    sent = {one.key for one in _kept(state).reminded}
    after = max((place for place, one in enumerate(planned, start=1) if one.key in sent), default=0)
    return next((start_of(one.day) for one in planned[after:] if today <= one.last_day), None)


def _sent(reminder: Reminder, warning: Warned, today: date) -> ReminderSent:
    return ReminderSent(
        reminder.key, reminder.to, warning.deadline.period, reminder.last_day, reminder.open_days_left, today
    )


def _recomputed(kept: Timekeeping, depending: Sequence[Deadline], table: HolidayTable) -> Act:
    if kept.table is None:
        return HolidaysApplied(table.version, table.sha256)
    old = holiday_table(kept.table)
    days = tuple(
        Recomputed(d.period, d.trigger_day, _by(d, old).last_day, _by(d, table).last_day) for d in depending
    )
    return DeadlineRecomputed(kept.table, kept.table_sha256, table.version, table.sha256, days)


def _by(deadline: Deadline, table: HolidayTable) -> Deadline:
    return settled(
        deadline.record,
        deadline.trigger_day,
        deadline.day_one,
        deadline.counted_last_day,
        table,
        deadline.because,
    )

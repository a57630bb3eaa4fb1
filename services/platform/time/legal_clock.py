"""A case's clock for its reader: every deadline with its reason, as JSON and as a calendar feed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from services.platform.cases.lists import instant
from services.platform.law.values import Value
from services.platform.time.timekeeping import by_table, table_of
from services.statute import Deadline

if TYPE_CHECKING:
    from services.platform.cases.case import Case
    from services.platform.law.procedure import Given


Instant = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
"""An instant in UTC, as it is stored: `2026-06-30T15:00:00Z`."""
LegalDay = Annotated[str, Meta(extra_json_schema={"format": "date"})]
"""A legal day in Japan."""


class Because(Value):
    """A sentence of a deadline's explanation, in both languages."""

    code: str
    en: str
    ja: str


class Explained(Value):
    """A deadline with the sentences that justify it; days are legal days in Japan, last day included."""

    period: str
    title: str
    title_ja: str
    article: str
    trigger_day: LegalDay
    day_one: LegalDay
    last_day: LegalDay
    moved_from: LegalDay | None
    free_from: LegalDay
    ends_at: Instant
    running: bool
    days_left: int
    explanation: tuple[Because, ...]


class CaseClock(Value):
    """Where a case stands on a legal day: its stage, the end of it by law, and all its deadlines."""

    case_id: str
    version: int
    head: str
    as_of: Instant
    legal_day: LegalDay
    stage: str
    until: Instant | None
    deadlines: tuple[Explained, ...]


def explained(deadline: Deadline, today: date) -> Explained:
    """A deadline with its reasons, as of a legal day."""
    return Explained(
        deadline.period,
        deadline.record.title.en,
        deadline.record.title.ja,
        deadline.article,
        deadline.trigger_day.isoformat(),
        deadline.day_one.isoformat(),
        deadline.last_day.isoformat(),
        deadline.moved_from.isoformat() if deadline.moved_from else None,
        deadline.free_from.isoformat(),
        instant(deadline.ends_at),
        deadline.running(today),
        max(0, (deadline.last_day - today).days),
        tuple(Because(one.code, one.en, one.ja) for one in deadline.explanation),
    )


def all_explained(deadlines: Sequence[Deadline], today: date) -> tuple[Explained, ...]:
    """Deadlines with their reasons, in the order given."""
    return tuple(explained(deadline, today) for deadline in deadlines)


def deadlines_of(case: Case[Any]) -> tuple[Deadline, ...]:
    """A case's deadlines; of one that is over, by the holidays of its time."""
    table = table_of(case.procedure, case.state)
    return by_table(case.procedure.deadlines(case.state), table)


def clock_of(case: Case[Any], given: Given) -> CaseClock:
    """A case's clock on the day of `given`."""
    wait, today = case.wait, given.today
    return CaseClock(
        case.id,
        case.version,
        case.head,
        instant(given.at),
        today.isoformat(),
        wait.stage,
        instant(wait.until) if wait.until else None,
        all_explained(deadlines_of(case), today),
    )


def calendar_of(case: Case[Any], given: Given, *, shown: bool = True) -> bytes:
    """The deadlines of a case as a calendar feed (RFC 5545), with alarms on open days, if `shown`."""
    from services.statute.deadline_feed import CalendarEntry, deadlines_ics  # its library is slow to load

    deadlines = deadlines_of(case) if shown else ()
    entries = [CalendarEntry(case.id, deadline, revision=case.version) for deadline in deadlines]
    return deadlines_ics(case.id, entries, given.at)

"""A case's clock for its reader: every deadline with its reason, as JSON and as a calendar feed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from services.platform.cases.lists import instant
from services.platform.time.timekeeping import standing, table_of
from services.statute import Deadline

if TYPE_CHECKING:
    from services.platform.cases.store import Case
    from services.platform.law.procedure import Given


def explained(deadline: Deadline, today: date) -> dict[str, Any]:
    """A deadline with the sentences that justify it; days are legal days in Japan, last day included."""
    return {
        "period": deadline.period,
        "title": deadline.record.title.en,
        "title_ja": deadline.record.title.ja,
        "article": deadline.article,
        "trigger_day": deadline.trigger_day.isoformat(),
        "day_one": deadline.day_one.isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "moved_from": deadline.moved_from.isoformat() if deadline.moved_from else None,
        "free_from": deadline.free_from.isoformat(),
        "ends_at": instant(deadline.ends_at),
        "running": deadline.running(today),
        "days_left": max(0, (deadline.last_day - today).days),
        "explanation": [
            {"code": sentence.code, "en": sentence.en, "ja": sentence.ja} for sentence in deadline.explanation
        ],
    }


def all_explained(deadlines: Sequence[Deadline], today: date) -> list[dict[str, Any]]:
    """Deadlines with their reasons, in the order given."""
    return [explained(deadline, today) for deadline in deadlines]


def deadlines_of(case: Case[Any]) -> tuple[Deadline, ...]:
    """A case's deadlines; of one that is over, by the holidays of its time."""
    table = table_of(case.procedure, case.state)
    return standing(case.procedure.deadlines(case.state), table)


def clock_of(case: Case[Any], given: Given) -> dict[str, Any]:
    """Where a case stands on the day of `given`: its stage, the end of it by law, and all its deadlines."""
    wait = case.wait
    return {
        "case_id": case.id,
        "version": case.version,
        "head": case.head,
        "as_of": instant(given.at),
        "legal_day": given.today.isoformat(),
        "stage": wait.stage,
        "until": instant(wait.until) if wait.until else None,
        "deadlines": all_explained(deadlines_of(case), given.today),
    }


def calendar_of(case: Case[Any], given: Given) -> bytes:
    """The deadlines of a case as a calendar feed (RFC 5545), with alarms on open days."""
    from services.statute.deadline_feed import Entry, deadlines_ics  # its library is slow to load

    entries = [Entry(case.id, deadline, revision=case.version) for deadline in deadlines_of(case)]
    return deadlines_ics(case.id, entries, given.at)

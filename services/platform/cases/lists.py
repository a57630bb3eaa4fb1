"""Lines of a list and the index keys that put a case into one. Pure.

A list shows what the indexes carry: enough to choose a case by, nothing of what was filed.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from services.platform.cases.case import Case
from services.platform.cases.case_id import procedure_of
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Refusal, refuse_if
from services.platform.law.values import Value
from services.statute import legal_day

QUEUE_OF, PARTY_OF = "QUEUE#", "PARTY#"
"""How the partitions of queues and of parties' lists begin."""
NEVER = "9999"
"""Sorts after every instant: a case that waits for nothing the law sets a day for."""


def instant(at: datetime) -> str:
    """An instant as it is stored and sorted: UTC, whole seconds, `2026-06-30T15:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Summary(Value):
    """A case in a list."""

    id: str
    procedure: str
    version: int
    stage: str
    until: str | None
    opened_at: str
    parties: Parties = NOBODY
    """Whose case it is."""


class Page(Value):
    """A part of a list, and the cursor of the next part if there is one."""

    items: tuple[Summary, ...]
    next: str | None = None


def queue_of(ministry: str) -> str:
    """The partition of a ministry's queue, or of an office's, by its role."""
    return f"{QUEUE_OF}{ministry}"


def cases_of(party: str, procedure: str) -> str:
    """The partition of the cases of one procedure in which an organisation or a person stands."""
    return f"{PARTY_OF}{party}#{procedure}"


def open_of(procedure: str) -> str:
    """The partition of a procedure's open cases."""
    return f"OPEN#{procedure}"


def next_legal_instant(case: Case[Any], at: datetime) -> str:
    """The soonest end of a deadline after `at`, or else of the wait; `NEVER` when the law sets none."""
    ends = [deadline.ends_at for deadline in case.procedure.deadlines(case.state) if deadline.ends_at > at]
    end = min(ends, default=case.wait.until)
    return instant(end) if end else NEVER


def due_at(case: Case[Any], at: datetime) -> str:
    """The next instant at which time can do something in the case as of `at`; `NEVER` when it cannot.

    The end of the wait or of any deadline, or a reminder: what is past and has not been done is due now.
    """
    procedure, state = case.procedure, case.state
    ends = [deadline.ends_at for deadline in procedure.deadlines(state) if deadline.ends_at > at]
    instants = [*ends, case.wait.until, procedure.next_reminder(state, legal_day(at))]
    return min((instant(one) for one in instants if one is not None), default=NEVER)


def places(case: Case[Any], parties: Parties, at: datetime) -> list[dict[str, str | None]]:
    """Where a case stands in the indexes as of `at`: the keys of its snapshot, then of each further item.

    `parties` are those of the case as its items name them.

    An item can stand in one place of an index, so a case of several parties or ministries has an item for
    each further one. A key that is None takes the snapshot out of an index.
    """
    wait = case.wait
    offices = [name for name, (by, _) in parties.held.items() if by == "office"]
    queues = [] if wait.over else [queue_of(one) for one in (*sorted(parties.by("ministry")), *offices)]
    whose = [cases_of(one, case.procedure.name) for one in sorted(parties.by("organisation", "person"))]
    soonest = next_legal_instant(case, at) if queues else NEVER
    ends = [f"{soonest if _is_told(case, one) else NEVER}#{case.id}" for one in queues]
    first: dict[str, str | None] = {
        "queue_pk": queues[0] if queues else None,
        "queue_sk": ends[0] if queues else None,
        "party_pk": whose[0] if whose else None,
        "party_sk": case.id if whose else None,
        "open_pk": None if wait.over else open_of(case.procedure.name),
        "open_sk": None if wait.over else f"{due_at(case, at)}#{case.id}",
    }
    further: list[dict[str, str | None]] = [
        {"queue_pk": one, "queue_sk": end} for one, end in zip(queues[1:], ends[1:], strict=True)
    ]
    further += [{"party_pk": one, "party_sk": case.id} for one in whose[1:]]
    return [first, *further]


def standing_name(role: str, party: str) -> str:
    """A standing of somebody, as the items of a sealed case keep it."""
    return f"{role}={party}"


def standings_in(case: Case[Any], parties: Parties) -> frozenset[str]:
    """Every standing somebody has in a sealed case, as its items keep them to be looked for."""
    if not case.procedure.sealed or case.version == 0:
        return frozenset()
    held = parties.held.items()
    return frozenset(standing_name(name, one) for name, (_, ids) in held for one in ids)


def _is_told(case: Case[Any], queue: str) -> bool:
    """Whether the ministry or office of a queue is told when the case's periods end: its order would tell."""
    telling, held = case.procedure.telling, case.parties.held
    roles = {name for name, (_, ids) in held.items() if queue in {queue_of(one) for one in (*ids, name)}}
    return telling is None or telling.timed(frozenset(roles))


def cursor_at(item: str, place: str) -> str:
    """The cursor of a list read up to the sort key `place`, where the item with sort key `item` stands."""
    return base64.urlsafe_b64encode(f"{item} {place}".encode()).decode().rstrip("=")


def place_at(cursor: str) -> tuple[str, str]:
    """The item and the place in the list that a cursor names. Raises the refusal `cursor_not_valid`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        item, space, place = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(" ")
    except ValueError:
        raise Refusal("cursor_not_valid") from None
    refuse_if(not (item and space and procedure_of(place.rpartition("#")[2])), "cursor_not_valid")
    return item, place

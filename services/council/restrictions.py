"""The restrictions of a council as its members find them: a copy for reading, made from each case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from services.council.domain.restriction import Restriction, restriction
from services.platform.cases.case import Case
from services.platform.cases.store import Cases
from services.platform.law.procedure import Refusal
from services.platform.law.values import Value
from services.platform.shared import copies

restrictions = Cases(restriction)


class RestrictionLine(Value):
    """A restriction: of which result, why, in which scope, until when, and whether it is in force."""

    id: str
    item_id: str
    reference: str | None
    reasons: str
    scope: str
    why_no_less: str
    until: date
    renewals: int
    lifted_on: date | None
    in_force: bool


def keep(case: Case[Restriction]) -> None:
    """Put a restriction, as it stands, into its council's list."""
    begun, state = case.state.begun, case.state
    assert begun is not None
    assert state.last_day is not None
    line = RestrictionLine(
        case.id,
        begun.item_id,
        begun.reference,
        begun.reasons,
        begun.scope,
        begun.why_no_less,
        state.last_day,
        state.renewals,
        state.lifted_on,
        in_force=True,
    )
    copies.keep(_partition(begun.council), case.id, line, case.version)


def of(council_id: str, today: date) -> Iterator[RestrictionLine]:
    """Yield the restrictions of a council, in force or not as of a day."""
    for line in copies.every(_partition(council_id), RestrictionLine):
        in_force = line.lifted_on is None and today <= line.until
        yield replace(line, in_force=in_force)


def running(council_id: str, restriction_id: str, today: date) -> Restriction:
    """A restriction of a council that is in force. Raises `no_such_restriction` and `restriction_over`."""
    try:
        state = restrictions.load(restriction_id).state
    except Refusal:
        state = Restriction()
    if state.begun is None or state.begun.council != council_id:
        raise Refusal("no_such_restriction", "62(4)(iii)", restriction=restriction_id)
    if not state.in_force(today):
        raise Refusal("restriction_over", "62(4)(iii)", last_day=state.last_day)
    return state


def _partition(council_id: str) -> str:
    return f"RESTRICTIONS#{council_id}"

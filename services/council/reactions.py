"""What follows from what has happened: what all members agreed is carried out where it belongs.

Each reaction reads the act it follows and writes into another case, or into a list. All of it can be
repeated, and comes again when it arrives before its time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from services.council import ledger, projects
from services.council.domain.commission import FindingHandedOver, commission
from services.council.domain.council import council, deciding, establishment
from services.council.domain.council.acts import (
    LiftingAgreed,
    RenewalAgreed,
    RestrictionAgreed,
    SensitivityAgreed,
)
from services.council.domain.item import (
    ItemMarked,
    ItemRegistered,
    ItemWithdrawn,
    Mark,
    MarkingEnded,
    MembersNamed,
    NamingRevoked,
    mark,
)
from services.council.domain.restriction import (
    BeginRestriction,
    Lift,
    Renew,
    RestrictionBegun,
    RestrictionEnded,
    RestrictionLifted,
    RestrictionRenewed,
    begin_restriction,
    lift,
    renew,
    restriction,
)
from services.council.restrictions import keep as keep_in_list
from services.platform.cases.history import act_of
from services.platform.cases.store import Cases, LostRace
from services.platform.events.contracts import Event, Heard
from services.platform.events.inbox import Reactions, reactions_of
from services.platform.law.acts import Act
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Decide, Given, Procedure, Refusal

A = TypeVar("A", bound=Act)
councils, restrictions, commissions = Cases(council), Cases(restriction), Cases(commission)
HEARD = ("noted_before", "item_withdrawn", "no_such_case", "restriction_over", "no_council")
"""Refusals of what was told before, or is told of what is over."""


class GrantDecided(msgspec.Struct, frozen=True):
    """The designated fund granted money to a project; of whom else it speaks, it may say."""

    project_id: str
    title: str = ""
    ministry: str | None = None
    principal: str | None = None


def begin_council(event: Event) -> None:
    """Begin to organise the council of a project of the designated fund (63(4)): one for each project."""
    granted: GrantDecided = event.data
    at = event.metadata.occurred_at
    here = projects.of_the_fund(granted.project_id, councils.new_id(at, granted.project_id))
    begun = establishment.BeginFundCouncil(
        granted.project_id, event.case_id, granted.title, granted.ministry, granted.principal
    )
    _open(councils, here, establishment.begin_fund_council, begun, at)


def mark_items(event: Event) -> None:
    """Mark the items that all members agreed are sensitive."""
    agreed = _act(council, event, SensitivityAgreed)
    command = Mark(agreed.marking, agreed.scope, agreed.until, agreed.decision, agreed.at)
    for one in agreed.items:
        _tell(ledger.items, one, mark, command, event)


def restrict(event: Event) -> None:
    """Bring into force the restriction that all members agreed."""
    agreed, state = _act(council, event, RestrictionAgreed), councils.load(event.case_id).state
    begun = BeginRestriction(
        event.case_id,
        state.project_id,
        agreed.item_id,
        agreed.reference,
        state.ministry or "",
        state.principal or "",
        state.basis == "63(4)",
        agreed.decision,
        agreed.reasons,
        agreed.scope,
        agreed.why_no_less,
        agreed.until,
    )
    here = restrictions.new_id(agreed.at, f"{event.case_id}:{agreed.decision}")
    _open(restrictions, here, begin_restriction, begun, agreed.at)


def renew_restriction(event: Event) -> None:
    """Let the restriction go on that all members agreed to renew."""
    agreed = _act(council, event, RenewalAgreed)
    command = Renew(agreed.decision, agreed.reasons, agreed.why_no_less, agreed.until, agreed.at)
    _tell(restrictions, agreed.restriction, renew, command, event)


def lift_restriction(event: Event) -> None:
    """End the restriction that all members agreed to lift."""
    agreed = _act(council, event, LiftingAgreed)
    _tell(restrictions, agreed.restriction, lift, Lift(agreed.decision, agreed.reasons), event)


def list_item(event: Event) -> None:
    """Keep the lists of who may see an item."""
    ledger.keep(ledger.items.load(event.case_id))


def list_restriction(event: Event) -> None:
    """Keep the council's list of its restrictions."""
    keep_in_list(restrictions.load(event.case_id))


def note_finding(event: Event) -> None:
    """Tell the council of a finding that was handed to it."""
    handed = _act(commission, event, FindingHandedOver)
    if handed.council is not None:
        found = deciding.NoteFinding(event.case_id, handed.finding, handed.title)
        _tell(councils, handed.council, deciding.note_finding, found, event)


def _act(procedure: Procedure[Any], event: Event, kind: type[A]) -> A:
    """The act an event tells of, with all its fields."""
    sequence = event.metadata.sequence
    (entry,) = Cases(procedure).history(event.case_id, after=sequence - 1, limit=1)
    act = act_of(procedure, entry)
    assert isinstance(act, kind)
    return act


def _open(cases: Cases[Any], case_id: str, power: Decide, command: Any, at: datetime) -> None:
    try:
        cases.open(power, command, Given(at, CLOCK), case_id=case_id)
    except LostRace:
        return  # it is there already


def _tell(
    cases: Cases[Any],
    case_id: str,
    power: Decide,
    command: Any,
    event: Event,
    heard: Collection[str] = HEARD,
) -> None:
    try:
        cases.act(case_id, power, command, Given(event.metadata.occurred_at, CLOCK))
    except Refusal as refusal:
        if refusal.code not in heard:
            raise


LISTED = (ItemRegistered, ItemMarked, MarkingEnded, MembersNamed, NamingRevoked, ItemWithdrawn)
RESTRICTED = (RestrictionBegun, RestrictionRenewed, RestrictionLifted, RestrictionEnded)
REACTIONS: Reactions = reactions_of(
    (Heard("fund", "GrantDecided", GrantDecided), begin_council),
    (SensitivityAgreed, mark_items),
    (RestrictionAgreed, restrict),
    (RenewalAgreed, renew_restriction),
    (LiftingAgreed, lift_restriction),
    (FindingHandedOver, note_finding),
    *((act, list_item) for act in LISTED),
    *((act, list_restriction) for act in RESTRICTED),
)
DAILY = ()
"""What is done once a day besides the sweep, as of an instant: nothing yet."""

"""An item of a council's information ledger (情報台帳): whose it is, how it is marked, who needs to know it.

What it holds is sealed, and opened for one reading at a time; who could read it when, `access` says.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec.structs import replace

from services.council.domain.access import Access, Marked, Named
from services.council.domain.council.members import Number
from services.council.domain.vocabulary import (
    CaseId,
    Line,
    Name,
    Paper,
    Papers,
    PassDay,
    Reasons,
    refuse_past,
)
from services.council.roles import (
    AGENCY,
    ORGANISATION,
    PRIME_MINISTER,
    PRINCIPAL,
    RESEARCH_MINISTER,
    RESEARCHER,
    MemberKind,
    role_of,
    speaks,
)
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.runtime.sealed import Sealed
from services.statute import end_of

OWNERS = (RESEARCH_MINISTER, PRIME_MINISTER, PRINCIPAL, AGENCY, ORGANISATION, RESEARCHER)
Kind = Literal[
    "intended_use",
    "past_government_research",
    "sampling_data",
    "incident_or_vulnerability",
    "undisclosed_contract",
    "posture_of_agencies",
    "research_result",
    "other",
]
"""Recommendations of 2022-01-19, 2(2)①(a), and the results of the research itself."""


@leaves("restricted", "council")
class ItemRegistered(Act):
    """A member put an item into the ledger: nobody else sees it until all have agreed how it is marked."""

    council: str
    ministry: str
    organiser: str | None
    member: int
    owner_kind: MemberKind
    owner: str
    kind: Kind
    title: str
    reference: str | None
    storage: tuple[str, ...]
    papers: tuple[Paper, ...]
    sealed: Sealed
    at: datetime
    on: date


@leaves("restricted", "council")
class ItemMarked(Act):
    """All members agreed how the item is marked, in which scope and until when."""

    council: str
    marking: str
    scope: str
    until: date
    decision: int
    at: datetime


@leaves("restricted", "council")
class MarkingEnded(Act):
    """The period of the marking has ended, and nobody renewed it: the item is for the whole council."""

    council: str
    last_day: date


@leaves("restricted", "council")
class MembersNamed(Act):
    """The owner named members that need to know the item, from a day, perhaps until another."""

    council: str
    members: tuple[int, ...]
    reasons: str
    first_day: date
    last_day: date | None
    at: datetime


@leaves("restricted", "council")
class NamingRevoked(Act):
    """Members that had been named need to know the item no longer."""

    council: str
    members: tuple[int, ...]
    reasons: str
    at: datetime


@leaves("restricted", "council")
class StorageRulesChanged(Act):
    """The owner changed how the item is to be kept."""

    council: str
    storage: tuple[str, ...]
    on: date


@leaves("restricted", "council")
class ItemWithdrawn(Act):
    """The owner took the item out of the ledger."""

    council: str
    reasons: str
    at: datetime


class Item(Value):
    """An item and who may see it."""

    council: str = ""
    ministry: str = ""
    organiser: str | None = None
    owner_kind: MemberKind = "other_organisation"
    owner: str = ""
    kind: Kind = "other"
    title: str = ""
    reference: str | None = None
    storage: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    sealed: Sealed | None = None
    access: Access | None = None
    ended: int | None = None
    """The decision of the marking that was last recorded as ended."""

    @property
    def marked(self) -> Marked | None:
        """The marking agreed last."""
        return self.access.marked[-1] if self.access and self.access.marked else None

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken out of the ledger."""
        return self.access is not None and self.access.withdrawn is not None


def evolve(state: Item, act: Act) -> Item:
    """The item after `act`."""
    if isinstance(act, ItemRegistered):
        return Item(
            council=act.council,
            ministry=act.ministry,
            organiser=act.organiser,
            owner_kind=act.owner_kind,
            owner=act.owner,
            kind=act.kind,
            title=act.title,
            reference=act.reference,
            storage=act.storage,
            papers=act.papers,
            sealed=act.sealed,
            access=Access(act.member, act.at),
        )
    assert state.access is not None
    return _seen(state, state.access, act)


def _seen(state: Item, access: Access, act: Act) -> Item:
    match act:
        case ItemMarked():
            marked = Marked(act.marking, act.scope, act.decision, act.at, act.until)
            return replace(state, access=replace(access, marked=_in_order((*access.marked, marked))))
        case MarkingEnded():
            return replace(state, ended=access.marked[-1].decision)
        case MembersNamed():
            first = len(access.named) + 1
            named = tuple(
                Named(number, member, act.reasons, act.first_day, act.last_day, act.at)
                for number, member in enumerate(act.members, start=first)
            )
            return replace(state, access=replace(access, named=(*access.named, *named)))
        case NamingRevoked():
            revoked = tuple(
                replace(one, revoked=act.at) if one.member in act.members and one.revoked is None else one
                for one in access.named
            )
            return replace(state, access=replace(access, named=revoked))
        case StorageRulesChanged():
            return replace(state, storage=act.storage)
        case ItemWithdrawn():
            return replace(state, access=replace(access, withdrawn=act.at))
    raise TypeError(f"{type(act).__name__} is no act of an item")


def _in_order(marked: tuple[Marked, ...]) -> tuple[Marked, ...]:
    # What was agreed later may be heard of earlier.
    ordered = sorted(marked, key=lambda one: one.start)
    ends = [*(one.start for one in ordered[1:]), None]
    return tuple(replace(one, replaced=end) for one, end in zip(ordered, ends, strict=True))


def kept_by(ministry: str, organiser: str | None, kind: MemberKind, owner: str) -> Parties:
    """Whose case an item is: its owner's, and theirs who keep the council. Readers stand in none."""
    held = {RESEARCH_MINISTER: [ministry], PRIME_MINISTER: [organiser] if organiser else []}
    held.setdefault(role_of(kind), []).append(owner)
    return Parties.of(held)


STAGES: tuple[Stage[Item], ...] = (
    end("Withdrawn", "Taken out of the ledger", "取下げ", "62(5)", lambda s: s.withdrawn),
    Stage(
        "AwaitMarking",
        "All members have yet to agree how it is marked",
        "取扱いの合意待ち",
        "62(4)(iv)",
        lambda s: s.marked is None,
        then=("Marked", "Withdrawn"),
    ),
    Stage(
        "Unmarked",
        "The period of its marking has ended: for the whole council",
        "協議会限り",
        "62(4)(iv)",
        lambda s: s.marked is not None and s.ended == s.marked.decision,
        then=("Marked", "Withdrawn"),
    ),
    Stage(
        "Marked",
        "Marked as agreed, until the day agreed",
        "取扱いの合意済み",
        "62(4)(iv)",
        when=lambda _: True,
        until=lambda s: end_of(s.marked.until) if s.marked else None,
        then=("Unmarked", "Withdrawn"),
    ),
)
item: Procedure[Item] = Procedure(
    name="item",
    title="Item of the information ledger",
    title_ja="情報台帳の項目",
    initial=Item(),
    evolve=evolve,
    acts=(
        ItemRegistered,
        ItemMarked,
        MarkingEnded,
        MembersNamed,
        NamingRevoked,
        StorageRulesChanged,
        ItemWithdrawn,
    ),
    parties=lambda s: kept_by(s.ministry, s.organiser, s.owner_kind, s.owner) if s.council else NOBODY,
    stages=STAGES,
)

# ---- The rules ----


@rule("item_withdrawn", "62(5)")
def in_ledger(state: Item, _: Given) -> bool:
    """The item has not been taken out of the ledger."""
    return not state.withdrawn


@rule("not_the_owner", "62(5)")
def by_its_owner(state: Item, given: Given) -> bool:
    """Whose information it is says who needs to know it."""
    return speaks(state.owner_kind, state.owner, given.by)


@rule("marking_runs", "62(4)(iv)", explain=lambda s, _: {"until": s.marked.until if s.marked else None})
def marking_has_run_out(state: Item, given: Given) -> bool:
    """The last day of the marking has passed, and nobody has recorded that."""
    marked = state.marked
    return marked is not None and state.ended != marked.decision and given.today > marked.until


# ---- The powers ----


class RegisterItem(Value):
    """What is shared in which council: its kind, content and papers, and how it is to be kept."""

    council: CaseId
    kind: Kind
    title: Line
    content: Annotated[str, Len(1, 100_000)]
    storage: Annotated[tuple[Line, ...], Len(0, 20)] = ()
    papers: Papers = ()
    reference: Name | None = None
    """The result as the fund knows it, where it is one."""


class Registering(Value):
    """An item with its content sealed, and whose it is in the council."""

    item: RegisterItem
    sealed: Sealed
    ministry: str
    organiser: str | None
    member: int
    owner_kind: MemberKind
    owner: str

    @property
    def parties(self) -> Parties:
        """The owner, and those who keep the council."""
        return kept_by(self.ministry, self.organiser, self.owner_kind, self.owner)


@item.act("62(4)(i), 62(5)", by=OWNERS, opens=True)
def register_item(_: Item, command: Registering, given: Given) -> Acts:
    """Put information into the ledger, as a member whose it is."""
    put = command.item
    yield ItemRegistered(
        put.council,
        command.ministry,
        command.organiser,
        command.member,
        command.owner_kind,
        command.owner,
        put.kind,
        put.title,
        put.reference,
        put.storage,
        put.papers,
        command.sealed,
        given.at,
        given.today,
    )


class Mark(Value):
    """What all members agreed about the item."""

    marking: str
    scope: str
    until: date
    decision: int
    at: datetime


@item.act("62(4)(iv), 62(5)", by=[THE_CLOCK], when=[in_ledger])
def mark(state: Item, command: Mark, _: Given) -> Acts:
    """Mark the item as all members have agreed."""
    assert state.access is not None
    known = {one.decision for one in state.access.marked}
    refuse_if(command.decision in known, "noted_before")
    yield ItemMarked(
        state.council, command.marking, command.scope, command.until, command.decision, command.at
    )


@item.act("62(4)(iv)", by=[THE_CLOCK], when=[in_ledger, marking_has_run_out])
def end_marking(state: Item, _: PassDay, __: Given) -> Acts:
    """Record that the period of the marking has ended, by its last day however late that is noticed."""
    assert state.marked is not None
    yield MarkingEnded(state.council, state.marked.until)


class NameMembers(Value):
    """Which members need to know the item, why, and in which days."""

    members: Annotated[tuple[Number, ...], Len(1, 300)]
    reasons: Reasons
    first_day: date
    last_day: date | None = None


@item.act("62(5)", by=OWNERS, when=[in_ledger, by_its_owner])
def name_members(state: Item, command: NameMembers, given: Given) -> Acts:
    """Name members that need to know the item (need to know), as its owner."""
    refuse_past(command.first_day, given, "62(5)")
    backwards = command.last_day is not None and command.last_day < command.first_day
    refuse_if(backwards, "last_day_before_first", first=command.first_day, last=command.last_day)
    assert state.access is not None
    named = tuple(sorted(set(command.members)))
    open_ = {one.member for one in state.access.named if one.revoked is None and _may_run(one, given)}
    twice = [str(one) for one in named if one in open_]
    refuse_if(bool(twice), "already_named", members=", ".join(twice))
    yield MembersNamed(state.council, named, command.reasons, command.first_day, command.last_day, given.at)


class RevokeNaming(Value):
    """Which members need to know the item no longer, and why."""

    members: Annotated[tuple[Number, ...], Len(1, 300)]
    reasons: Reasons


@item.act("62(5)", by=OWNERS, when=[in_ledger, by_its_owner])
def revoke_naming(state: Item, command: RevokeNaming, given: Given) -> Acts:
    """Revoke the naming of members, as the owner."""
    assert state.access is not None
    open_ = {one.member for one in state.access.named if one.revoked is None}
    strangers = [str(one) for one in sorted(set(command.members)) if one not in open_]
    refuse_if(bool(strangers), "not_named", members=", ".join(strangers))
    yield NamingRevoked(state.council, tuple(sorted(set(command.members))), command.reasons, given.at)


class ChangeStorageRules(Value):
    """How the item is to be kept from now on."""

    storage: Annotated[tuple[Line, ...], Len(0, 20)]


@item.act("62(5)", by=OWNERS, when=[in_ledger, by_its_owner])
def change_storage_rules(state: Item, command: ChangeStorageRules, given: Given) -> Acts:
    """Change how the item is to be kept (保管), as its owner."""
    yield StorageRulesChanged(state.council, command.storage, given.today)


class WithdrawItem(Value):
    """Why the item is taken out."""

    reasons: Reasons


@item.act("62(5)", by=OWNERS, when=[in_ledger, by_its_owner])
def withdraw_item(state: Item, command: WithdrawItem, given: Given) -> Acts:
    """Take the item out of the ledger, as its owner: from then on nobody reads it there."""
    yield ItemWithdrawn(state.council, command.reasons, given.at)


def _may_run(named: Named, given: Given) -> bool:
    return named.last_day is None or given.today <= named.last_day

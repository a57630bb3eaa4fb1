"""The information ledger over the table: lists of what somebody may see, and readings of it.

What an item holds is sealed; a reading is let in by who needs to know, recorded, and only then opened. Lists
are copies for reading, one partition for each member, so that neither a check nor a page depends on how many
items a council has. A list may lag behind an act as any reaction does; a reading never does.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.council.domain.access import Access, could_see, may_see
from services.council.domain.council import council
from services.council.domain.council.persons import Council
from services.council.domain.item import Item, Kind, item
from services.council.roles import PARTICIPANT
from services.platform.cases.case import Case
from services.platform.cases.case_id import procedure_of
from services.platform.cases.lists import instant
from services.platform.cases.store import Cases
from services.platform.law.parties import Held, Parties, Principal, standing
from services.platform.law.procedure import Refusal
from services.platform.law.values import Value
from services.platform.runtime.sealed import Sealed
from services.platform.shared import copies
from services.statute import end_of, start_of

councils, items = Cases(council), Cases(item)
FOR_ALL = 0
"""The place of a member in the name of the partition that is for all of them."""


class Kept(Value):
    """What a list keeps of an item for the persons of one member."""

    item: str
    title: str
    kind: Kind
    reference: str | None
    access: Access


class ItemLine(Value):
    """An item that the reader may see."""

    id: str
    title: str
    kind: Kind
    marking: str
    reference: str | None
    href: str


class CouldSee(Value):
    """A person who could see an item on a day, for which member, and between which instants."""

    person: str
    member: int
    start: datetime
    end: datetime


class DidSee(Value):
    """A reading, as it was recorded before anything was shown."""

    person: str
    organisation: str
    at: datetime


class SeenOn(Value):
    """Who could see an item on a day, and who did."""

    item: str
    on: date
    could: tuple[CouldSee, ...]
    did: tuple[DidSee, ...]


def seal_content(item_id: str, content: str) -> Sealed:
    """What an item holds, sealed as that item's and no other's."""
    from services.platform.runtime.sealing import seal

    return seal(content.encode(), case=item_id)


def open_content(item_id: str, sealed: Sealed) -> str:
    """What an item holds. Whoever opens it has recorded the reading."""
    from services.platform.runtime.sealing import unseal

    return unseal(sealed, case=item_id).decode()


def access_of(state: Item) -> Access:
    """Who may see an item that was registered."""
    assert state.access is not None
    return state.access


def held_by(reader: Principal, case: Case[Item], state: Council, at: datetime) -> Held:
    """The reader's standing against an item at an instant: that of who may see it. Nobody else has any."""
    person = reader.subject
    readers = [person] if may_see(state, access_of(case.state), person, at) else []
    return standing(reader, Parties.of({PARTICIPANT: readers}))


def seen_on(case: Case[Item], state: Council, day: date) -> SeenOn:
    """Who could see an item on a day of Japan, from what happened; who did, from the record of readings."""
    from services.platform.cases import dynamo

    seers = could_see(state, access_of(case.state), day)
    could = [CouldSee(one.person, one.member, span.start, span.stop) for one in seers for span in one.spans]
    readings = dynamo.readings(case.id, instant(start_of(day)), instant(end_of(day)))
    did = [
        DidSee(one.subject, one.organisation, datetime.fromisoformat(one.at))
        for one in readings
        if "content" in one.fields.split()
    ]
    return SeenOn(case.id, day, tuple(could), tuple(did))


# ---- Lists ----


def partition(council_id: str, member: int) -> str:
    """Where the items are that the persons of a member may come to see."""
    return f"LEDGER#{council_id}#{member}"


def keep(case: Case[Item]) -> None:
    """Put an item, as it stands, into the lists of its owner, of whoever was named, and of all."""
    state, access = case.state, access_of(case.state)
    members = {access.owner, *(one.member for one in access.named)}
    if access.marked:
        members.add(FOR_ALL)
    for member in sorted(members):
        kept = Kept(case.id, state.title, state.kind, state.reference, access.narrowed(member))
        copies.keep(partition(state.council, member), case.id, kept, case.version)


def page(
    council_id: str, state: Council, person: str, at: datetime, limit: int, before: str | None
) -> tuple[list[Kept], str | None]:
    """The newest of the items a person may see, among `limit` looked at, and where the next page begins.

    Raises the refusal `cursor_not_valid`.
    """
    if before is not None and procedure_of(before) != item.name:
        raise Refusal("cursor_not_valid")
    works_for = {one.member for one in state.assignments if one.person == person}
    found: dict[str, list[Kept]] = {}
    more = False
    for member in sorted({FOR_ALL, *works_for}):
        lines = copies.newest(partition(council_id, member), Kept, limit, before=before)
        more = more or len(lines) == limit
        for line in lines:
            found.setdefault(line.item, []).append(line)
    looked_at = sorted(found, reverse=True)[:limit]
    seen = [
        lines[0]
        for one in looked_at
        if (lines := [line for line in found[one] if may_see(state, line.access, person, at)])
    ]
    rest = more or len(found) > limit
    return seen, looked_at[-1] if rest and looked_at else None


def of_council(council_id: str, item_id: str) -> Item:
    """An item of a council, in its ledger. Raises the refusals `no_such_item` and `item_withdrawn`."""
    try:
        state = items.load(item_id).state
    except Refusal:
        raise Refusal("no_such_item", "62(4)", item=item_id) from None
    if state.council != council_id:
        raise Refusal("no_such_item", "62(4)", item=item_id)
    if state.withdrawn:
        raise Refusal("item_withdrawn", "62(5)")
    return state


def line_of(kept: Kept, at: datetime, prefix: str) -> ItemLine:
    """A line of a list."""
    marking = kept.access.marking_at(at) or "owner"
    href = f"{prefix}/items/{kept.item}/content"
    return ItemLine(kept.item, kept.title, kept.kind, marking, kept.reference, href)


def picture(case: Case[Item], at: datetime) -> dict[str, Any]:
    """What a reading shows of an item besides its content."""
    state = case.state
    return {
        "title": state.title,
        "kind": state.kind,
        "reference": state.reference,
        "marking": access_of(state).marking_at(at) or "owner",
        "storage": state.storage,
        "papers": state.papers,
    }

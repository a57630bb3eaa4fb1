"""Who could see an item, and when: the answer equals what a naive replay of everything that happened says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from services.council import data_files
from services.council.domain.access import could_see, may_see
from services.council.domain.council import council
from services.council.domain.council.acts import (
    CouncilDissolved,
    CouncilEstablished,
    FundCouncilBegun,
    MemberInvited,
    MemberJoined,
    MemberLeft,
    OrganisersNamed,
    PersonAssigned,
    PersonAttested,
    PersonWithdrawn,
    SecrecyAcknowledged,
)
from services.council.domain.item import (
    ItemMarked,
    ItemRegistered,
    ItemWithdrawn,
    MembersNamed,
    NamingRevoked,
    item,
)
from services.council.domain.spans import Span, join, meet, span
from services.platform.law.acts import Act
from services.platform.runtime.sealed import Sealed
from services.statute import end_of, legal_day, start_of

NEWER_POLICY = date(2026, 6, 9)
"""From this day the policy of these tests asks less of persons for what is guarded."""
MARKINGS = {
    "attribute": {"vetting": {"values": ["passed", "not_passed"]}},
    "marking": [
        {"name": "council", "from": date(2022, 8, 1), "need_to_know": False},
        {"name": "named", "from": date(2022, 8, 1), "need_to_know": True},
        {
            "name": "guarded",
            "from": date(2022, 8, 1),
            "need_to_know": True,
            "needs": {"vetting": ["passed"], "foreign_access": ["none", "declared_and_managed"]},
        },
        {
            "name": "guarded",
            "from": NEWER_POLICY,
            "need_to_know": True,
            "needs": {"vetting": ["passed"]},
        },
    ],
    "after_a_marking": {"marking": "council"},
}
BEGIN = datetime(2026, 6, 1, 3, tzinfo=UTC)
OWNER, FIRST_ADDED = 1, 4
PERSONS = ("ann", "bo", "cy")
DAYS = 14


@pytest.fixture(autouse=True)
def policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy that changes on a day, so that the past keeps the rules it had."""
    from services.council.domain import access

    read = data_files.read
    monkeypatch.setattr(access, "read", lambda name: MARKINGS if name == "markings" else read(name))


@dataclass
class Naive:
    """What happened, told again from the beginning for one instant, with nothing but sets."""

    acts: list[tuple[datetime, Act]] = field(default_factory=list)

    def sees(self, person: str, at: datetime) -> bool:
        members: set[int] = set()
        works: set[tuple[str, int]] = set()
        bound: set[str] = set()
        attested: dict[tuple[str, str], tuple[str, date | None]] = {}
        named: dict[int, tuple[date, date | None]] = {}
        marking: tuple[str, date] | None = None
        there = in_ledger = False
        for when, act in self.acts:
            if when > at:
                break
            match act:
                case CouncilEstablished():
                    there, members = True, {1, 2, 3}
                    works.add(("lead", 2))
                case CouncilDissolved():
                    there = False
                case MemberJoined():
                    members.add(act.number)
                case MemberLeft():
                    members.discard(act.number)
                    works = {one for one in works if one[1] != act.number}
                case PersonAssigned():
                    works.add((act.person, act.member))
                case PersonWithdrawn():
                    works.discard((act.person, act.member))
                case SecrecyAcknowledged():
                    bound.add(act.person)
                case PersonAttested():
                    attested[act.person, act.attribute] = (act.value, act.last_day)
                case ItemRegistered():
                    in_ledger = True
                case ItemWithdrawn():
                    in_ledger = False
                case ItemMarked():
                    marking = (act.marking, act.until)
                case MembersNamed():
                    named |= dict.fromkeys(act.members, (act.first_day, act.last_day))
                case NamingRevoked():
                    for one in act.members:
                        named.pop(one, None)
        today = legal_day(at)
        mine = {member for one, member in works if one == person and member in members} if there else set()
        if not mine or not in_ledger:
            return False
        if OWNER in mine:
            return True
        if person not in bound or marking is None:
            return False
        name = marking[0] if today <= marking[1] else "council"
        row = [one for one in MARKINGS["marking"] if one["name"] == name and one["from"] <= today][-1]
        for attribute, enough in row.get("needs", {}).items():
            value, last = attested.get((person, attribute), ("", None))
            if value not in enough or (last is not None and today > last):
                return False
        if not row["need_to_know"]:
            return True
        return any(
            first <= today and (last is None or today <= last)
            for member, (first, last) in named.items()
            if member in mine
        )


@dataclass
class Both:
    """The same acts, folded as the service folds them and kept for the naive replay."""

    at: datetime = BEGIN
    council: Any = council.initial
    item: Any = item.initial
    naive: Naive = field(default_factory=Naive)

    @property
    def today(self) -> date:
        return legal_day(self.at)

    def happens(self, act: Act) -> None:
        if type(act) in council.acts:
            self.council = council.evolve(self.council, act)
        else:
            self.item = item.evolve(self.item, act)
        self.naive.acts.append((self.at, act))


def begun() -> Both:
    """A council of the fund with three added members, and an item of the minister's."""
    both = Both()
    both.happens(FundCouncilBegun("p", "g", "t", None, None, both.today))
    both.happens(OrganisersNamed("t", "q", "MEXT", "lead", "Lead", both.today))
    both.happens(CouncilEstablished("p", both.at, both.today))
    for number in range(FIRST_ADDED, FIRST_ADDED + 3):
        both.happens(MemberInvited(number, "company", str(number), str(number), "why", "MEXT", both.today))
        both.happens(MemberJoined(number, both.at, both.today))
    both.happens(
        ItemRegistered(
            council="c",
            ministry="MEXT",
            organiser="CAO",
            member=OWNER,
            owner_kind="research_minister",
            owner="MEXT",
            kind="other",
            title="t",
            reference=None,
            storage=(),
            papers=(),
            sealed=Sealed("", ""),
            at=both.at,
            on=both.today,
        )
    )
    return both


def possible(both: Both) -> list[Any]:
    """What can happen next: what the powers let happen, as strategies of acts."""
    members = [one.number for one in both.council.current]
    added = [one for one in members if one >= FIRST_ADDED]
    working = [(one.person, one.member) for one in both.council.assignments if one.end is None]
    free = [(p, m) for p in PERSONS for m in members if (p, m) not in working and m in (OWNER, *added)]
    bound = {one.person for one in both.council.acknowledgements}
    named = {one.member for one in both.item.access.named if one.revoked is None}
    day = st.integers(-1, 5).map(lambda days: both.today + timedelta(days=days))
    later = st.integers(0, 5).map(lambda days: both.today + timedelta(days=days))
    found: list[Any] = [
        st.builds(
            ItemMarked,
            council=st.just("c"),
            marking=st.sampled_from(("council", "named", "guarded")),
            scope=st.just("s"),
            until=later,
            decision=st.just(len(both.item.access.marked) + 1),
            at=st.just(both.at),
        ),
        st.builds(
            PersonAttested,
            person=st.sampled_from(PERSONS),
            attribute=st.sampled_from(("vetting", "foreign_access")),
            value=st.sampled_from(("passed", "none", "not_passed")),
            evidence=st.just("e"),
            last_day=later | st.none(),
            at=st.just(both.at),
            on=st.just(both.today),
        ),
    ]
    if free:
        found.append(
            st.sampled_from(free).map(lambda it: PersonAssigned(it[1], it[0], it[0], both.at, both.today))
        )
    if working:
        found.append(
            st.sampled_from(working).map(lambda it: PersonWithdrawn(it[1], it[0], both.at, both.today))
        )
    if added:
        found.append(st.sampled_from(added).map(lambda one: MemberLeft(one, "r", both.at, both.today)))
    if unbound := sorted({one for one, _ in working} - bound):
        found += [
            st.sampled_from(unbound).map(lambda one: SecrecyAcknowledged(one, "s", "w", both.at, both.today))
        ] * 3
    if nameable := [one for one in added if one not in named]:
        found += [
            st.builds(
                lambda one, first, length: MembersNamed(
                    "c",
                    (one,),
                    "r",
                    first,
                    None if length is None else first + timedelta(days=length),
                    both.at,
                ),
                st.sampled_from(nameable),
                day,
                st.integers(0, 4) | st.none(),
            )
        ] * 3
    if named:
        found.append(st.sampled_from(sorted(named)).map(lambda one: NamingRevoked("c", (one,), "r", both.at)))
    return found


@st.composite
def histories(draw: st.DrawFn) -> Both:
    """Any two weeks of a council and an item: joining, leaving, marking, naming, revoking, attesting."""
    both = begun()
    last = BEGIN + timedelta(days=DAYS)
    for _ in range(draw(st.integers(0, 25))):
        # Odd minutes, so that nothing happens exactly when a day begins.
        both.at += draw(st.sampled_from([timedelta(minutes=m) for m in (7, 301, 1511)]))
        if both.at >= last:
            break
        both.happens(draw(st.one_of(possible(both))))
    end = draw(st.sampled_from(("nothing", "withdrawn", "dissolved")))
    if end == "withdrawn":
        both.happens(ItemWithdrawn("c", "r", both.at))
    if end == "dissolved":
        both.happens(CouncilDissolved("p", 1, both.at, both.today))
    return both


def moments(both: Both, day: date) -> list[datetime]:
    """Instants at which anything can have changed on a day: its beginning, and each act of it."""
    begins, ends = start_of(day), end_of(day)
    return [begins, *(at for at, _ in both.naive.acts if begins <= at < ends)]


@drawn(histories())
@settings(deadline=None, max_examples=150)
def test_who_could_see_an_item_on_a_day_is_whom_a_replay_lets_see_it_at_some_instant(both: Both) -> None:
    day = legal_day(BEGIN)
    for _ in range(DAYS + 4):
        naive = {
            person
            for person in (*PERSONS, "lead")
            if any(both.naive.sees(person, at) for at in moments(both, day))
        }
        assert {one.person for one in could_see(both.council, both.item.access, day)} == naive, day
        day += timedelta(days=1)


@drawn(histories(), st.data())
@settings(deadline=None, max_examples=150)
def test_whether_a_person_may_see_it_now_is_what_a_replay_says(both: Both, data: st.DataObject) -> None:
    acts = st.sampled_from([at for at, _ in both.naive.acts])
    at = data.draw(acts) + timedelta(minutes=data.draw(st.sampled_from((-1, 0, 1, 600, 2880))))
    for person in (*PERSONS, "lead"):
        assert may_see(both.council, both.item.access, person, at) == both.naive.sees(person, at), person


@drawn(histories())
@settings(deadline=None, max_examples=60)
def test_a_list_that_knows_one_member_s_part_says_the_same(both: Both) -> None:
    """What a list keeps for each member, and for all, is together as much as the item itself."""
    access = both.item.access
    members = {0, access.owner, *(one.member for one in access.named)}
    for at, _ in both.naive.acts:
        for person in PERSONS:
            works_for = {one.member for one in both.council.assignments if one.person == person} | {0}
            parts = (access.narrowed(one) for one in members & works_for)
            assert any(may_see(both.council, part, person, at) for part in parts) == may_see(
                both.council, access, person, at
            )


instants = st.integers(0, 40).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
spans = st.builds(lambda start, end: span(start, end), instants, instants | st.none())
lists = st.lists(spans, max_size=5).map(lambda found: tuple(one for each in found for one in each))


@drawn(lists, lists, instants)
def test_spans_meet_and_join_as_sets_of_instants_do(some: Any, others: Any, at: datetime) -> None:
    holds = [any(one.holds(at) for one in each) for each in (some, others)]
    assert any(one.holds(at) for one in meet(some, others)) == all(holds)
    assert any(one.holds(at) for one in join((*some, *others))) == any(holds)
    joined = join((*some, *others))
    assert all(a.stop < b.start for a, b in pairwise(joined))


def test_a_span_that_ends_before_it_begins_is_none() -> None:
    assert span(BEGIN, BEGIN) == ()
    assert span(BEGIN, None, BEGIN + timedelta(1)) == (Span(BEGIN, BEGIN + timedelta(1)),)

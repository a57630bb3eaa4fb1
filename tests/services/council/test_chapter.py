"""The chapter as a whole: what leaves it, its machines, and what a walk of any commands cannot do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from infra.flow import definition
from services.council.chapter import PROCEDURES, ROLES
from services.council.domain.commission import PlanCommission, ResearchCommissioned
from services.council.domain.council.acts import DecisionMade, MemberJoined
from services.council.domain.council.establishment import BeginFundCouncil
from services.council.domain.item import Registering, RegisterItem
from services.council.domain.material import Asked, Requesting, RequestMaterial
from services.council.domain.meeting import Called, Calling, CallMeeting, Point
from services.council.domain.need import PostNeed
from services.council.domain.restriction import BeginRestriction
from services.infra_review.roles import ROLES as ROLES_OF_CHAPTER_3
from services.patent.roles import ROLES as ROLES_OF_CHAPTER_5
from services.platform.law.acts import leaving
from services.platform.law.parties import AUDITOR, CLOCK, standing
from services.platform.law.procedure import Procedure, Refusal
from services.platform.runtime.sealed import Sealed
from tests.services.council.people import (
    CAO,
    CLERK,
    COMPANY,
    EVERYONE,
    INSTITUTION,
    LEADER,
    MEXT,
    MLIT,
    STATEMENT,
    Story,
    given,
    noon,
)
from tests.values import values

each = pytest.mark.parametrize("procedure", PROCEDURES, ids=[one.name for one in PROCEDURES])
TO_OTHERS = {
    "HandlingDecided": {"project_id", "item_id", "reference", "handling", "until"},
    "StageGateViewGiven": {"project_id", "gate", "view"},
    "FindingHandedOver": {
        "to",
        "finding",
        "title",
        "deals_with",
        "technology",
        "marking",
        "council",
    },
}
"""What other services hear, by the names they hear it under."""


@each
def test_no_text_of_a_council_leaves_it(procedure: Procedure[Any]) -> None:
    for act in procedure.acts:
        left = leaving(act)
        assert left is not None, act.__name__
        if act.__name__ not in TO_OTHERS:
            assert not set(left.fields) & {"reasons", "scope", "words", "summary", "information", "sealed"}


def test_others_hear_what_they_work_with() -> None:
    known = {act.__name__: set(leaving(act).fields) for one in PROCEDURES for act in one.acts}
    assert {name: known[name] for name in TO_OTHERS} == TO_OTHERS


def test_where_many_can_stand_no_transaction_grows_with_them() -> None:
    assert {one.name for one in PROCEDURES if one.crowded} == {"council", "meeting", "commission", "need"}


@pytest.mark.parametrize("name", ["council", "item", "restriction", "material-request", "commission"])
def test_what_ends_by_a_day_has_a_machine_that_waits_for_it(name: str) -> None:
    (procedure,) = (one for one in PROCEDURES if one.name == name)
    assert procedure.timed
    states = definition(procedure)["States"]
    for stage in procedure.stages:
        assert states[stage.name]["Type"] == ("Succeed" if stage.over else "Task")


def test_who_acts_for_a_company_elsewhere_has_no_standing_in_a_council() -> None:
    others = {role.name for role in (*ROLES_OF_CHAPTER_3, *ROLES_OF_CHAPTER_5)} - {AUDITOR.name}
    assert not others & {role.name for role in ROLES}


START = "2026-06-01"
OPENINGS: dict[str, tuple[Any, str, Any]] = {
    "council": (CLOCK, "begin_fund_council", BeginFundCouncil("p", "g", "t", "MEXT", LEADER.subject)),
    "item": (
        MLIT,
        "register_item",
        Registering(
            RegisterItem("council-1", "other", "t", "c"), Sealed("", ""), "MEXT", "CAO", 4, "agency", "MLIT"
        ),
    ),
    "restriction": (
        CLOCK,
        "begin_restriction",
        BeginRestriction(
            "council-1",
            "p",
            "item-1",
            None,
            "MEXT",
            LEADER.subject,
            True,
            1,
            "r",
            "s",
            "w",
            date(2026, 7, 1),
        ),
    ),
    "meeting": (
        MEXT,
        "call_meeting",
        Calling(
            CallMeeting("council-1", date(2026, 6, 20), "x", (Point("62(4)(i)", "x"),)),
            (Called(1, "research_minister", "MEXT"), Called(2, "company", COMPANY)),
            0,
        ),
    ),
    "material-request": (
        MEXT,
        "request_material",
        Requesting(
            RequestMaterial("council-1", "other", "x", date(2026, 7, 1), member=5),
            Asked("company", COMPANY, "x", 5),
            "MEXT",
            fund=True,
        ),
    ),
    "commission": (CAO, "plan_commission", PlanCommission(INSTITUTION, "x", True, "whole", "x")),
    "need": (MLIT, "post_need", PostNeed("MEXT", "x", "x", "x", "public", agency="MLIT")),
}
POOLS: dict[str, tuple[Any, ...]] = {
    "member": (4, 5, 6),
    "members": ((4,), (5, 6)),
    "decision": (1, 2, 3),
    "person": (CLERK.subject, "fellow-1"),
    "statement": (STATEMENT, "64-4.2025"),
    "marking": ("council", "named"),
    "attribute": ("vetting",),
    "value": ("passed",),
    "kind": ("company", "agency", "researcher"),
    "id": (COMPANY, "MLIT", "fellow-1"),
    "ministry": ("MEXT",),
    "principal": (LEADER.subject,),
    "agency": ("JCG", "MLIT"),
    "request": (1, 2),
    "deliverable": (1, 2),
    "measure": (1, 2),
    "seed": (1,),
    "to": (("council",), ("fund",)),
    "restriction": ("restriction-1",),
    "item": ("item-1", "item-2"),
    "items": (("item-1",), ("item-2",)),
    "attended": ((1, 2),),
}
"""What random texts would never hit; every other field is any value that its type lets in."""
LEADS = (
    "name_organisers", "join_in_organising", "establish", "invite_member", "join_invitation",
    "consent_to_membership", "propose_sensitivity", "consent", "decide", "assess_ability",
    "entrust_research", "bind_staff", "assign_person",
)  # fmt: skip
"""What leads far into a case: tried often."""
ENDS = ("propose_dissolution", "leave", "drop_commission", "close_need", "withdraw_item", "cancel_meeting")
PAUSES = (timedelta(0), timedelta(hours=13), timedelta(days=3), timedelta(days=40))


@dataclass
class Step:
    """One attempt and what it came to: acts, or a refusal."""

    before: Any
    power: str
    who: Any
    now: datetime
    outcome: tuple[Any, ...] | Refusal
    after: Any


def command_of(draw: st.DrawFn, kind: type, today: date) -> Any:
    """Any command of that kind, its days near `today`."""
    made = draw(values(kind))
    changes: dict[str, Any] = {}
    for one in msgspec.structs.fields(kind):
        held = getattr(made, one.name)
        if one.name in POOLS and type(POOLS[one.name][0]) is type(held):
            changes[one.name] = draw(st.sampled_from(POOLS[one.name]))
        elif isinstance(held, datetime):
            changes[one.name] = noon(today)
        elif isinstance(held, date):
            changes[one.name] = today + timedelta(days=draw(st.integers(-2, 60)))
    return msgspec.structs.replace(made, **changes)


def usable(story: Story, now: datetime) -> list[tuple[str, Any]]:
    """Which powers somebody may use now, with who may."""
    found = []
    parties = story.procedure.parties(story.state)
    for name, power in story.procedure.powers.items():
        for who in EVERYONE:
            roles = standing(who, parties)
            if power.opens or not power.held_by(roles):
                continue
            try:
                power.check(story.state, roles, given(who, now))
            except Refusal:
                continue
            found += [(name, who)] * (4 if name in LEADS else name not in ENDS)
    return found


@st.composite
def walks(draw: st.DrawFn, procedure: Procedure[Any]) -> list[Step]:
    """A case walked by attempts, most of them by whoever may make them, the rest by anyone at any time."""
    story, now = Story(procedure), noon(START)
    story.does(*OPENINGS[procedure.name], now)
    steps: list[Step] = []
    names = [name for name, power in procedure.powers.items() if not power.opens]
    for _ in range(draw(st.integers(4, 25))):
        now += draw(st.sampled_from(PAUSES))
        likely = usable(story, now) if draw(st.integers(0, 9)) else []
        name, who = draw(
            st.sampled_from(likely)
            if likely
            else st.tuples(st.sampled_from(names), st.sampled_from(EVERYONE))
        )
        command = command_of(draw, procedure.powers[name].command, given(who, now).today)
        before = story.state
        try:
            outcome: tuple[Any, ...] | Refusal = story.does(who, name, command, now)
        except Refusal as refused:
            outcome = refused
        steps.append(Step(before, name, who, now, outcome, story.state))
    return steps


SWIFT = settings(deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate), max_examples=25)


@each
def test_a_case_goes_only_where_the_flow_chart_says_and_time_leaves_nothing_waiting(
    procedure: Procedure[Any],
) -> None:
    @drawn(walks(procedure))
    @SWIFT
    def check(steps: list[Step]) -> None:
        for step in steps:
            stage = procedure.stage(step.before)
            assert procedure.stage(step.after).name in (stage.name, *stage.then), step.power
            if step.who != CLOCK and isinstance(step.outcome, tuple):
                assert step.power in procedure.allowed(step.before, given(step.who, step.now))
        state = steps[0].before
        for step in steps:
            for act in step.outcome if isinstance(step.outcome, tuple) else ():
                state = procedure.evolve(
                    state, procedure.read(type(act).__name__, 1, msgspec.to_builtins(act))
                )
        kept = msgspec.json.decode(msgspec.json.encode(state), type=type(state))
        assert kept == steps[-1].after
        story = Story(procedure)
        story.state = steps[-1].after
        story.lapses(noon("2199-01-10"))
        wait = procedure.wait(story.state)
        assert wait.until is None or wait.over or wait.until > noon("2199-01-10")

    check()


@drawn(walks(PROCEDURES[0]))
@SWIFT
def test_nothing_is_decided_without_every_member_and_nobody_joins_unasked(steps: list[Step]) -> None:
    for step in steps:
        for act in step.outcome if isinstance(step.outcome, tuple) else ():
            if isinstance(act, DecisionMade):
                decision = step.before.decision(act.decision)
                said = {vote.member for vote in decision.votes if vote.consents}
                assert {one.number for one in step.before.current} <= said
            if isinstance(act, MemberJoined):
                invited = step.before.member(act.number)
                assert invited.invited
                assert len(set(invited.invited_by)) == 2


@drawn(walks(PROCEDURES[5]))
@SWIFT
def test_no_research_is_entrusted_while_a_criterion_is_not_met(steps: list[Step]) -> None:
    for step in steps:
        for act in step.outcome if isinstance(step.outcome, tuple) else ():
            if isinstance(act, ResearchCommissioned):
                assert step.before.not_met == ()

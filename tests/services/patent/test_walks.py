"""No sequence of commands, by anyone and on any days, leads a case of Chapter 5 to where the law does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.patent.chapter import PROCEDURES
from services.patent.compensation import Claim, Loss
from services.patent.domain.compensation.powers import Claiming, MakeClaim
from services.patent.domain.designation.powers import Begin as BeginDesignation
from services.patent.domain.designation.sharing_acts import measures
from services.patent.domain.designation.state import TermExtended
from services.patent.domain.first_review.powers import TakeIn
from services.patent.domain.hearing import over
from services.patent.domain.international_application.powers import NotifyInternationalApplication
from services.patent.domain.investigation.state import InventionDisclosed
from services.patent.domain.prior_confirmation.powers import AskConfirmation
from services.patent.domain.security_review.powers import Begin as BeginReview
from services.patent.domain.security_review.state import DesignationDecided
from services.patent.domain.vocabulary import Invention
from services.platform.law.parties import standing
from services.platform.law.procedure import Procedure, Refusal
from tests.services.patent.story import (
    ASSISTANT,
    CLOCK,
    EVERYONE,
    INVENTOR,
    JPO,
    JPO_EXAMINER,
    MAKER,
    REQUEST,
    SHARED,
    SHARER,
    STEERING,
    SWARM,
    Story,
    given,
    noon,
)
from tests.values import values

START = "2026-03-20"
LOSS = Claim(1, (Loss("x", "designation", 1, ("x",)),), "x")
BEGIN = BeginDesignation(
    "r", "f", SWARM.number, SWARM.filed_on, (MAKER,), True, STEERING, date(2027, 3, 19), (SHARED,)
)
OPENINGS: dict[str, tuple[Any, str, Any]] = {
    "first-review": (JPO_EXAMINER, "take_in", TakeIn(SWARM, (MAKER,))),
    "security-review": (CLOCK, "begin", BeginReview("f", SWARM, REQUEST, (MAKER,), True, ())),
    "designation": (CLOCK, "begin", BEGIN),
    "prior-confirmation": (
        INVENTOR,
        "ask_confirmation",
        AskConfirmation(MAKER, "x", "x", "x", "x", False, 25_000),
    ),
    "international-application": (
        JPO,
        "notify_international_application",
        NotifyInternationalApplication("PCT/JP2026/1", date(2026, 3, 1), (MAKER,), "x"),
    ),
    "compensation": (
        INVENTOR,
        "claim",
        Claiming(MakeClaim(MAKER, "d", LOSS, electronic_notices=False), date(2026, 3, 1), None),
    ),
}
SWIFT = settings(deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""A walk that fails is told as it was walked: to find a shorter one takes minutes."""
PEOPLE = (*EVERYONE, ASSISTANT)
POOLS: dict[str, tuple[Any, ...]] = {
    "number": (1, 2),
    "organisation": (SHARER, None),
    "agency": ("MOD", "METI"),
    "person": ("professor-1",),
    "assistants": ((), ("assistant-1",)),
    "applicants": ((MAKER,), (MAKER, SHARER)),
    "operator": (SHARED,),
    "item": tuple(one.item for one in measures())[:3],
    "items": (("10(i)イ",),),
    "yen": ((0,),),
    "symbols": (SWARM.symbols,),
    "invention": (STEERING, Invention("Landing a swarm.", "[0050]")),
    "notice": (1, None),
}
"""What random texts would never hit; every other field is any value that its type lets in."""
ENDS = (
    "issue_certificate", "note_end", "note_dismissal", "note_succession", "note_successors", "record_end",
    "record_succession", "decide_no_designation", "end_review", "release", "judge_not_to_continue", "dismiss",
    "judge_not_to_send", "drop_charge", "find_no_breach", "call_for_dismissal", "answer_not_of_the_kind",
)  # fmt: skip
"""What ends a case or leads in a circle: tried only by the attempts that are made at random."""
LEADS = (
    "notify_possible_designation", "file_paper", "ask_opinion", "designate", "extend", "ask_agency",
    "choose_expert", "explain_secrecy", "accept_secrecy", "disclose", "explain", "give_material",
    "answer_consultation",
)  # fmt: skip
"""What leads far into a case: tried often."""
PAUSES = (timedelta(0), timedelta(hours=13), timedelta(days=3), timedelta(days=20), timedelta(days=90))


@dataclass
class Step:
    """One attempt and what it came to: acts, or a refusal."""

    before: Any
    power: str
    who: Any
    now: datetime
    outcome: tuple[Any, ...] | Refusal
    after: Any


any_of = cache(values)


@cache
def command_kind(procedure: Procedure[Any], power: str) -> type:
    """What a power is used with."""
    return procedure.powers[power].command


def command_of(draw: st.DrawFn, kind: type, today: date) -> Any:
    """Any command of that kind, its days near `today`."""
    made = draw(any_of(kind))
    changes: dict[str, Any] = {}
    for one in msgspec.structs.fields(kind):
        if one.name in POOLS:
            choice = draw(st.sampled_from(POOLS[one.name]))
            changes[one.name] = choice if choice is not None or not one.required else POOLS[one.name][0]
        elif isinstance(getattr(made, one.name), date):
            changes[one.name] = today + timedelta(days=draw(st.integers(-2, 40) | st.just(364)))
    return msgspec.structs.replace(made, **changes)


def usable(story: Story, now: datetime) -> list[tuple[str, Any]]:
    """Which powers somebody may use now, with who may."""
    found = []
    parties = story.procedure.parties(story.state)
    standings = [(who, standing(who, parties)) for who in PEOPLE]
    for name, power in story.procedure.powers.items():
        for who, roles in standings:
            if power.opens or not power.held_by(roles):
                continue
            try:
                power.check(story.state, roles, given(who, now))
            except Refusal:
                break
            found += [(name, who)] * (5 if name in LEADS else name not in ENDS)
            break
    return found


@st.composite
def walks(draw: st.DrawFn, procedure: Procedure[Any]) -> list[Step]:
    """A case walked by attempts, most of them by whoever may make them, the rest by anyone at any time."""
    story, now = Story(procedure), noon(START)
    story.does(*OPENINGS[procedure.name], now)
    steps: list[Step] = []
    for _ in range(draw(st.integers(6, 30))):
        now += draw(st.sampled_from(PAUSES))
        likely = usable(story, now) if draw(st.integers(0, 9)) else []
        names = [name for name, power in procedure.powers.items() if not power.opens]
        name, who = draw(
            st.sampled_from(likely) if likely else st.tuples(st.sampled_from(names), st.sampled_from(PEOPLE))
        )
        command = command_of(draw, command_kind(procedure, name), given(who, now).today)
        before = story.state
        try:
            outcome: tuple[Any, ...] | Refusal = story.does(who, name, command, now)
        except Refusal as refused:
            outcome = refused
        steps.append(Step(before, name, who, now, outcome, story.state))
    return steps


def kept_and_read(procedure: Procedure[Any], steps: list[Step]) -> Any:
    """The state as the store would have it: acts written as JSON, read again and folded."""
    state = steps[0].before
    for step in steps:
        for act in step.outcome if isinstance(step.outcome, tuple) else ():
            state = procedure.evolve(state, procedure.read(type(act).__name__, 1, msgspec.to_builtins(act)))
    return msgspec.json.decode(msgspec.json.encode(state), type=type(state))


LAW = [one for one in PROCEDURES if one.name != "batch"]
"""What is of the chapter itself; files of filings are tested where they are shared."""


@pytest.mark.parametrize("procedure", LAW, ids=[one.name for one in LAW])
def test_a_case_goes_only_where_the_flow_chart_says_and_time_leaves_nothing_waiting(
    procedure: Procedure[Any],
) -> None:
    @drawn(walks(procedure))
    @settings(SWIFT, max_examples=50)
    def check(steps: list[Step]) -> None:
        for step in steps:
            stage = procedure.stage(step.before)
            assert procedure.stage(step.after).name in (stage.name, *stage.then), step.power
            if step.who != CLOCK and isinstance(step.outcome, tuple):
                assert step.power in procedure.allowed(step.before, given(step.who, step.now))
        assert kept_and_read(procedure, steps) == steps[-1].after
        story, far = Story(procedure), noon("2040-01-10")
        story.state = steps[-1].after
        story.lapses(far)
        wait = procedure.wait(story.state)
        assert wait.until is None or wait.over or wait.until > far

    check()


def _procedure(name: str) -> Procedure[Any]:
    return next(one for one in PROCEDURES if one.name == name)


@drawn(walks(_procedure("security-review")))
@settings(SWIFT, max_examples=60)
def test_nothing_is_designated_unnotified_unheard_or_for_more_than_a_year(steps: list[Step]) -> None:
    for step in steps:
        for act in step.outcome if isinstance(step.outcome, tuple) else ():
            if isinstance(act, DesignationDecided):
                assert step.before.paper_due is not None
                assert act.invention in {one.invention for one in step.before.notified}
                assert over(step.before, act.on)
                assert act.on <= act.until < act.on.replace(year=act.on.year + 1)


@drawn(walks(_procedure("security-review")) | walks(_procedure("designation")))
@settings(SWIFT, max_examples=50)
def test_nobody_is_shown_the_invention_without_consent(steps: list[Step]) -> None:
    for step in steps:
        for act in step.outcome if isinstance(step.outcome, tuple) else ():
            if isinstance(act, InventionDisclosed):
                assert step.before.investigation.experts[act.number - 1].bound


@drawn(walks(_procedure("designation")))
@settings(SWIFT, max_examples=50)
def test_a_term_is_extended_only_while_it_runs_and_after_hearing(steps: list[Step]) -> None:
    for step in steps:
        for act in step.outcome if isinstance(step.outcome, tuple) else ():
            if isinstance(act, TermExtended):
                assert act.on <= step.before.term.last_day
                assert over(step.before, act.on)
                assert act.until <= step.before.term.longest_renewal

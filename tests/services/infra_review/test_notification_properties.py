"""No sequence of commands, on any days, leads a notification to where the law does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from services.infra_review.domain.filing import Accept, Complete, ReturnForCompletion, Withdraw
from services.infra_review.domain.measures.powers import (
    Answer,
    AssessRefusal,
    FileChangedPlan,
    FindCompliance,
    GiveOrder,
    Recommend,
    RecordReceipt,
    Stop,
)
from services.infra_review.domain.measures.state import OrderMade, RecommendationMade
from services.infra_review.domain.notification import File, Filing, notification
from services.infra_review.domain.review import PlanFreed, Review
from services.infra_review.domain.standstill import Extend, RecordDelivery, Shorten
from services.platform.law.parties import Principal, standing
from services.platform.law.procedure import Refusal
from services.platform.shared.completion import Shortcoming
from services.platform.shared.consultation import CloseConsultation, Consult, GiveOpinion
from services.platform.shared.words import PRIME_MINISTER, PassDay
from tests.services.infra_review.conftest import (
    CAO,
    CLOCK,
    COMPANY,
    LAWYER,
    METI,
    MLIT,
    NECESSITY,
    a_plan,
    designated,
    given,
    recommended_change,
)

REOPENED = ("AwaitAnswer", "AwaitOrder", "AwaitChangedPlan", "AwaitCompliance", "ExtendedStandstill")
"""What a late answer, a receipt proved late or a power that outlives a shortening makes of a free plan."""
START = datetime(2026, 3, 27, 3, tzinfo=UTC)
OPERATOR = designated()
PLAN = a_plan(begins=date(2029, 4, 1), papers=date(2026, 3, 20))
EVERYONE = (METI, MLIT, COMPANY, LAWYER, CAO, CLOCK)


@dataclass(frozen=True)
class Step:
    """One attempt: who, which power, with what."""

    who: Principal
    power: str
    command: Any


days = st.integers(-2, 140).map(lambda n: date(2026, 3, 28) + timedelta(n))
commands: dict[str, st.SearchStrategy[Any]] = {
    "file": st.just(Filing(File("operator-1", PLAN, electronic_notices=True), OPERATOR)),
    "return_for_completion": st.just(ReturnForCompletion((Shortcoming("/", "x", "52(2)", "x"),))),
    "complete": st.just(Complete(PLAN)),
    "accept": st.just(Accept()),
    "withdraw": st.just(Withdraw()),
    "shorten": st.builds(
        Shorten, days, st.sampled_from(["review_not_needed", "not_highly_likely"]), st.just("x")
    ),
    "shorten_extension": st.builds(Shorten, days, st.just("not_highly_likely"), st.just("x")),
    "extend": st.builds(Extend, st.just("review"), st.just(NECESSITY), st.none() | days),
    "consult": st.builds(
        Consult, st.sampled_from(["recommendation", "order"]), st.just("x"), st.just(NECESSITY)
    ),
    "give_opinion": st.just(GiveOpinion(PRIME_MINISTER, "x")),
    "close_consultation": st.builds(CloseConsultation, st.sampled_from([None, "x"])),
    "recommend": st.builds(
        Recommend,
        st.sampled_from(["change_plan", "other_measures", "stop"]),
        st.just("x"),
        st.just("x"),
        st.just(NECESSITY),
        st.sampled_from(["electronic", "electronic", "in_writing"]),
    ),
    "record_delivery": st.builds(
        RecordDelivery, st.sampled_from(["extension", "shortening"]), days, st.just("x")
    ),
    "record_order_delivery": st.builds(RecordReceipt, days, st.just("x")),
    "find_compliance": st.builds(FindCompliance, st.booleans(), st.just("x")),
    "record_receipt": st.builds(RecordReceipt, days, st.just("x")),
    "answer": st.builds(Answer, st.booleans(), st.just("x")),
    "assess_refusal": st.builds(AssessRefusal, st.booleans(), st.just("x")),
    "order": st.just(GiveOrder("x", "x", NECESSITY)),
    "file_changed_plan": st.sampled_from([FileChangedPlan(PLAN), FileChangedPlan(recommended_change(PLAN))]),
    "stop": st.just(Stop()),
    "end_answer_period": st.just(PassDay()),
    "end_standstill": st.just(PassDay()),
}
pauses = st.sampled_from(
    [timedelta(0), timedelta(hours=13), timedelta(days=2), timedelta(days=9), timedelta(days=25)]
)
HOLDER = {"give_opinion": CAO, "end_answer_period": CLOCK, "end_standstill": CLOCK}
BY_OPERATOR = {"file", "complete", "withdraw", "answer", "file_changed_plan", "stop"}


WEIGHT = {"file": 0, "withdraw": 0, "shorten": 1, "shorten_extension": 1, "return_for_completion": 1}
"""How often a usable power is drawn: rarely, when it ends the case or leads it in a circle."""


def holder(power: str) -> Principal:
    """Who could use a power if its rules held."""
    return HOLDER.get(power, COMPANY if power in BY_OPERATOR else METI)


def open_now(state: Review, now: datetime) -> list[str]:
    """The powers somebody may use now, the clock included."""
    if state == notification.initial:
        return ["file"]
    usable = []
    for name, power in notification.powers.items():
        try:
            power.check(state, standing(holder(name), notification.parties(state)), given(holder(name), now))
        except Refusal:
            continue
        usable.append(name)
    return [name for name in usable for _ in range(WEIGHT.get(name, 6))]


@st.composite
def walks(draw: st.DrawFn) -> list[tuple[Review, Step, datetime, tuple[Any, ...] | Refusal, Review]]:
    """A case walked by attempts, most of them by whoever may make them, the rest by anyone at any time."""
    state, now = notification.initial, START
    walked = []
    for _ in range(draw(st.integers(8, 30))):
        now += draw(pauses)
        likely = open_now(state, now) if draw(st.integers(0, 5)) else []
        power = draw(st.sampled_from(likely or sorted(commands)))
        who = holder(power) if likely else draw(st.sampled_from([holder(power), *EVERYONE]))
        step = Step(who, power, draw(commands[power]))
        before = state
        try:
            outcome: tuple[Any, ...] | Refusal = notification.decide(
                state, notification.powers[power].decide, step.command, given(who, now)
            )
        except Refusal as refused:
            outcome = refused
        else:
            state = notification.fold(outcome, state)
        walked.append((before, step, now, outcome, state))
    return walked


@drawn(walks())
@settings(max_examples=250, deadline=None)
def test_no_recommendation_and_no_order_is_ever_made_after_the_days_of_the_power(walked):
    for before, _step, now, outcome, _after in walked:
        for act in outcome if isinstance(outcome, tuple) else ():
            if isinstance(act, OrderMade | RecommendationMade):
                assert before.accepted_on is not None
                assert before.accepted_on <= act.on <= before.window.last_day
                assert act.on == given(METI, now).today


@drawn(walks())
@settings(max_examples=60, deadline=None)
def test_no_order_stands_in_a_plan_that_was_set_free_without_compliance(walked):
    for _before, _step, _now, _outcome, after in walked:
        if notification.stage(after).name == "Freed":
            assert after.measures.order is None or after.measures.changed_plan_on is not None
            assert after.measures.binding is None


@drawn(walks())
@settings(max_examples=60, deadline=None)
def test_no_deadline_ends_before_its_first_day_and_none_runs_past_four_months(walked):
    for _before, _step, _now, _outcome, after in walked:
        for deadline in notification.deadlines(after) if after.organisation else ():
            assert deadline.day_one <= deadline.last_day < deadline.free_from
        if after.standstill is not None:
            assert after.standstill.last_day <= after.ceiling.last_day


@drawn(walks())
@settings(max_examples=60, deadline=None)
def test_the_state_is_the_fold_of_its_acts_whole_or_step_by_step(walked):
    acts = [act for *_, outcome, _after in walked if isinstance(outcome, tuple) for act in outcome]
    assert notification.fold(acts) == walked[-1][-1]
    halfway = notification.fold(acts[: len(acts) // 2])
    assert notification.fold(acts[len(acts) // 2 :], halfway) == walked[-1][-1]


@drawn(walks())
@settings(max_examples=60, deadline=None)
def test_what_is_allowed_is_what_the_rules_do_not_refuse(walked):
    """`allowed` foresees what a rule or a role refuses; only the command's own data can still refuse."""
    for before, step, now, outcome, _after in walked:
        held = notification.powers[step.power]
        if held.opens or step.who == CLOCK or before == notification.initial:
            continue
        allowed = step.power in notification.allowed(before, given(step.who, now))
        if isinstance(outcome, tuple):
            assert allowed
        elif outcome.code == "not_your_act" or outcome.code in {rule.code for rule in held.when}:
            if allowed:  # a code may be a rule's and the command's own; then the rules themselves hold
                held.check(before, standing(step.who, notification.parties(before)), given(step.who, now))
        else:
            assert allowed


@drawn(walks())
@settings(max_examples=60, deadline=None)
def test_freedom_is_never_given_before_its_day(walked):
    for before, _step, now, outcome, _after in walked:
        for act in outcome if isinstance(outcome, tuple) else ():
            if isinstance(act, PlanFreed):
                assert act.free_from <= given(METI, now).today
                if act.because == "standstill_over":
                    assert act.free_from == before.standstill.free_from


@drawn(walks())
@settings(max_examples=60, deadline=None)
def test_a_plan_goes_from_stage_to_stage_only_as_the_flow_chart_says(walked):
    for before, _step, _now, _outcome, after in walked:
        if before.organisation:
            stage = notification.stage(before)
            reopened = REOPENED if stage.name == "Freed" else ()
            assert notification.stage(after).name in (stage.name, *stage.then, *reopened)


@drawn(walks())
@settings(max_examples=60, deadline=None)
def test_when_all_time_has_passed_only_what_binds_still_waits(walked):
    """Nothing the clock can end is left once every power of time has been used on a far day."""
    state = walked[-1][-1]
    if state.accepted_on is None:
        return
    far = given(CLOCK, date(2029, 1, 10))
    for power in ("end_answer_period", "end_standstill", "end_standstill"):
        try:
            state = notification.fold(
                notification.decide(state, notification.powers[power].decide, PassDay(), far), state
            )
        except Refusal:
            continue
    stage = notification.stage(state)
    assert stage.over or stage.name in ("AwaitChangedPlan", "AwaitCompliance", "AwaitAnswer")
    if stage.name == "AwaitAnswer":  # a letter whose receipt nobody has proved yet
        assert state.answer_due is None

"""From the application to the decision (認定): Arts. 9, 10(1), (3), 29.

The same assessment serves a plan and a change of one (10(3)): each of the six criteria is recorded by itself,
with its evidence. All must be met before certification, and one must not be before refusal, since the law
says the minister "shall certify" what meets them (認定をするものとする).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, Powers, Refusal, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.completion import ReturnForCompletion, not_returned, returned
from services.platform.shared.consultation import consulted_about
from services.platform.shared.words import Line, Name, PassDay, Reasons
from services.supply.domain.consulting import consulting
from services.supply.domain.supply_plan.state import (
    ChangeCertified,
    ChangeRefused,
    Criterion,
    CriterionAssessed,
    FairTradeAsked,
    FairTradeOpinionGiven,
    PlanCertified,
    PlanCompleted,
    PlanFiled,
    PlanRefused,
    PlanReturned,
    PlanWithdrawn,
    SupplyPlan,
    TargetPassed,
)
from services.supply.orders import order_of
from services.supply.plans.changes import abs_within
from services.supply.plans.defects import refuse_defects
from services.supply.plans.model import Plan
from services.supply.roles import AGENT, FAIR_TRADE, OFFICIAL, OPERATOR, before

CRITERIA: tuple[Criterion, ...] = ("i", "ii", "iii", "iv", "v", "vi")


class Term(Value):
    """What the policy for a material sets for a kind of effort (8(2)(iii)): months, or a last day."""

    effort: str
    at_least_months: int | None = None
    by: date | None = None


# ---- The rules ----


@rule("plan_decided", "9(4)")
def pending(state: SupplyPlan, _: Given) -> bool:
    """The plan waits for the decision on its certification."""
    return state.pending


@rule("nothing_under_review", "9(4), 10(3)")
def under_review(state: SupplyPlan, _: Given) -> bool:
    """A plan, or a change of one, waits for its certification."""
    return state.under_review is not None


@rule("no_change_pending", "10(1)")
def change_pending(state: SupplyPlan, _: Given) -> bool:
    """A change waits for its certification."""
    return state.in_force and state.change is not None


@rule("not_a_joint_plan_of_one_line", "29(1)")
def joint_in_one_line(state: SupplyPlan, _: Given) -> bool:
    """Two or more in the same line of business have filed it."""
    reviewed = state.under_review or state.plan
    return reviewed is not None and reviewed.same_line


@rule("fair_trade_not_asked", "29(2)")
def fair_trade_asked(state: SupplyPlan, _: Given) -> bool:
    """The Commission was asked about the plan."""
    return state.fair_trade_asked is not None


@rule("target_runs", "9(4)")
def target_passed(state: SupplyPlan, given: Given) -> bool:
    """The month has passed without a decision, and nobody has recorded that."""
    target = state.target or state.change_target
    return target is not None and state.target_passed_on is None and given.today > target.last_day


def _unmet(state: SupplyPlan) -> tuple[Criterion, ...]:
    return tuple(one.criterion for one in state.assessments if not one.met)


def refuse_unless_all_met(state: SupplyPlan, terms: tuple[Term, ...], article: str) -> None:
    """Refuse a certification while a criterion is open or unmet, or an effort misses the policy's term."""
    reviewed = state.under_review
    assert reviewed is not None
    asked = [one for one in CRITERIA if one != "vi" or reviewed.same_line]
    open_ones = [one for one in asked if state.assessed(one) is None]
    refuse_if(bool(open_ones), "criteria_open", article, criteria=", ".join(open_ones))
    unmet = _unmet(state)
    refuse_if(bool(unmet), "criteria_unmet", article, criteria=", ".join(unmet))
    for effort in reviewed.efforts:
        for term in (one for one in terms if one.effort == effort.kind):
            short = term.at_least_months is not None and abs_within(
                effort.begins_on, effort.ends_on, term.at_least_months - 1
            )
            late = term.by is not None and effort.ends_on > term.by
            if short or late:
                raise Refusal(
                    "not_the_policy_s_term",
                    "9(4)(ii)",
                    effort=effort.key,
                    begins=effort.begins_on,
                    ends=effort.ends_on,
                    months=term.at_least_months or "-",
                    by=term.by or "-",
                )


# ---- The powers ----

application: Powers[SupplyPlan] = Powers()


class FilePlan(Value):
    """The plan, with its papers."""

    plan: Plan

    @property
    def parties(self) -> Parties:
        """Those who carry it out and their agents, and the ministries of the material."""
        mine = self.plan.organisations
        return before(order_of(self.plan.material).ministries, {OPERATOR: mine, AGENT: mine})


@application.act("9(1), (2)", by=[OPERATOR, AGENT], opens=True)
def file_plan(_: SupplyPlan, command: FilePlan, given: Given) -> Acts:
    """File a supply plan for certification (認定の申請), alone or jointly."""
    refuse_defects(command.plan, given.today, "9(3)")
    yield PlanFiled(command.plan, order_of(command.plan.material).ministries, given.today)


@application.act("9(1)", by=[OFFICIAL], when=[pending, not_returned])
def return_plan(_: SupplyPlan, command: ReturnForCompletion, given: Given) -> Acts:
    """Ask for papers and other help needed to confirm that the criteria are met."""
    yield PlanReturned(command.shortcomings, given.today)


class CompletePlan(Value):
    """The plan, put right and whole."""

    plan: Plan


@application.act("9(1)", by=[OPERATOR, AGENT], when=[pending, returned])
def complete_plan(state: SupplyPlan, command: CompletePlan, given: Given) -> Acts:
    """File the plan again, put right; the month runs from the first filing."""
    refuse_if(command.plan.material != state.filed.material, "another_material", "9(1)")
    refuse_if(command.plan.organisations != state.filed.organisations, "other_participants", "9(2)")
    refuse_defects(command.plan, given.today, "9(3)")
    yield PlanCompleted(command.plan, given.today)


class WithdrawPlan(Value):
    """The application is no longer wanted."""


@application.act("9(1)", by=[OPERATOR, AGENT], when=[pending])
def withdraw_plan(_: SupplyPlan, __: WithdrawPlan, given: Given) -> Acts:
    """Take the application back."""
    yield PlanWithdrawn(given.today)


class Assess(Value):
    """Which criterion, whether it is met, by which evidence, and why."""

    criterion: Criterion
    met: bool
    evidence: Line
    reasons: Reasons


@application.act("9(4), 10(3)", by=[OFFICIAL], when=[under_review])
def assess(state: SupplyPlan, command: Assess, given: Given) -> Acts:
    """Assess one of the criteria, of the plan or of its change; the last assessment counts."""
    reviewed = state.under_review
    assert reviewed is not None
    alone = command.criterion == "vi" and not reviewed.same_line
    refuse_if(alone, "not_a_joint_plan_of_one_line", "9(4)(vi)")
    yield CriterionAssessed(command.criterion, command.met, command.evidence, command.reasons, given.today)


class AskFairTrade(Value):
    """What the Commission is asked about the plan."""

    question: Reasons


@application.act("29(1)", by=[OFFICIAL], when=[under_review, joint_in_one_line])
def ask_fair_trade(_: SupplyPlan, command: AskFairTrade, given: Given) -> Acts:
    """Ask the Japan Fair Trade Commission for its opinion, where that is necessary (意見の求め)."""
    yield FairTradeAsked(command.question, given.today)


class GiveFairTradeOpinion(Value):
    """The Commission's opinion."""

    opinion: Reasons


@application.act("29(2)", by=[FAIR_TRADE], when=[fair_trade_asked])
def give_fair_trade_opinion(_: SupplyPlan, command: GiveFairTradeOpinion, given: Given) -> Acts:
    """Give the Commission's opinion on the plan it was asked about, before or after its certification."""
    yield FairTradeOpinionGiven(command.opinion, given.today)


class Certify(Value):
    """Under which number, and the outline that the support body is told (9(6))."""

    number: Name
    outline: Reasons


class Certifying(Value):
    """A certification beside what the policy in force sets for each effort."""

    decision: Certify
    terms: Annotated[tuple[Term, ...], Len(0, 200)] = ()


@application.act(
    "9(4), (5)", by=[OFFICIAL], when=[pending, not_returned, consulted_about("certification", "9(5)")]
)
def certify(state: SupplyPlan, command: Certifying, given: Given) -> Acts:
    """Certify the plan (認定), once all criteria are met and those concerned were consulted."""
    refuse_unless_all_met(state, command.terms, "9(4)")
    decided = command.decision
    yield PlanCertified(state.filed.material, decided.number, decided.outline, given.today)


class RefusePlan(Value):
    """The reasons, as the applicant is told them in writing."""

    reasons: Reasons


@application.act("9(4)", by=[OFFICIAL], when=[pending])
def refuse_plan(state: SupplyPlan, command: RefusePlan, given: Given) -> Acts:
    """Refuse the certification, with reasons; at least one criterion was found unmet."""
    unmet = _unmet(state)
    refuse_if(not unmet, "no_criterion_unmet", "9(4)")
    yield PlanRefused(unmet, command.reasons, given.today)


@application.act("10(1), (3)", by=[OFFICIAL], when=[change_pending, consulted_about("change", "10(3), 9(5)")])
def certify_change(state: SupplyPlan, command: Certifying, given: Given) -> Acts:
    """Certify the change (変更の認定); the changed plan stands from today."""
    refuse_unless_all_met(state, command.terms, "10(3), 9(4)")
    decided = command.decision
    yield ChangeCertified(state.filed.material, decided.number, decided.outline, given.today)


@application.act("10(3)", by=[OFFICIAL], when=[change_pending])
def refuse_change(state: SupplyPlan, command: RefusePlan, given: Given) -> Acts:
    """Refuse the change, with reasons; the plan stands as it was."""
    unmet = _unmet(state)
    refuse_if(not unmet, "no_criterion_unmet", "10(3), 9(4)")
    yield ChangeRefused(unmet, command.reasons, given.today)


@application.act("9(4)", by=[THE_CLOCK], when=[target_passed])
def pass_target(state: SupplyPlan, _: PassDay, given: Given) -> Acts:
    """Record that the month has passed without a decision; the application stays pending."""
    target = state.target or state.change_target
    assert target is not None
    yield TargetPassed(target.last_day, given.today)


application.apply(consulting("9(5)", when=[under_review]))

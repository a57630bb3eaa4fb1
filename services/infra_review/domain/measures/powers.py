"""The powers of the ladder: consult, recommend, answer, order, comply; and how a procedure is given them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from services.infra_review.domain.measures import rules
from services.infra_review.domain.measures.state import (
    AnswerNotGiven,
    IntroductionStopped,
    Kind,
    OrderMade,
    RecommendationAnswered,
    RecommendationMade,
    RecommendationReceived,
    RefusalAssessed,
    UnderReview,
)
from services.infra_review.plan.model import Plan
from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Powers, Rule, refuse_if
from services.platform.law.values import Len, Value
from services.platform.shared.consultation import Consult, consulting
from services.platform.shared.consultation import consult as begin_consulting
from services.platform.shared.words import Delivery, Line, Necessity, PassDay, Reasons

recommending: Powers[UnderReview] = Powers()
"""The recommendation: Art. 52(6)."""
answering: Powers[UnderReview] = Powers()
"""The answer, and the order after it: Art. 52(7)-(10)."""


def _when(article: str, *more: Rule[UnderReview]) -> tuple[Rule[UnderReview], ...]:
    return (rules.under_review, rules.window_open(article), *more)


class ConsultOnMeasure(Consult):
    """The recommendation or order that is intended, and which agencies are asked."""

    about: Literal["recommendation", "order"]


def consult(state: UnderReview, command: ConsultOnMeasure, given: Given) -> Acts:
    """Ask the Prime Minister and the heads of the agencies concerned about an intended measure (協議)."""
    standing = state.measures.recommendation is not None
    refuse_if(command.about == "order" and not standing, "not_recommended", "52(10)")
    refuse_if(command.about == "recommendation" and standing, "already_recommended", "52(6)")
    yield from begin_consulting(state, command, given)


consultation = consulting(
    "56(1)",
    by=[REVIEWING_OFFICIAL],
    begin=consult,
    begins_when=[rules.not_ordered, rules.not_accepted],
    when=_when("56(1)"),
)
"""Consulting before a recommendation or an order."""


class Recommend(Value):
    """What is recommended, why, and how it is sent."""

    kind: Kind
    measures: Reasons
    reasons: Reasons
    necessity: Necessity
    delivery: Delivery = "electronic"


@recommending.act(
    "52(6)",
    by=[REVIEWING_OFFICIAL],
    when=_when("52(6) proviso", rules.no_recommendation, rules.consulted_on_recommendation),
)
def recommend(state: UnderReview, command: Recommend, given: Given) -> Acts:
    """Recommend; what is recorded in the operator's file here is received at that moment."""
    electronic = command.delivery == "electronic"
    refuse_if(
        electronic and not state.electronic_notices,
        "no_electronic_notices",
        "52(6)",
        delivery=command.delivery,
    )
    yield RecommendationMade(
        command.kind, command.measures, command.reasons, command.necessity, command.delivery, given.today
    )
    if electronic:
        yield RecommendationReceived(given.today, "recorded in the operator's file")


class RecordReceipt(Value):
    """The day a recommendation on paper reached the operator, and what proves it."""

    received_on: date
    evidence: Line


@answering.act(
    "52(7)",
    by=[REVIEWING_OFFICIAL, OPERATOR, AGENT],
    when=_when("52(7)", rules.recommended, rules.not_received),
)
def record_receipt(state: UnderReview, command: RecordReceipt, given: Given) -> Acts:
    """Record when a recommendation on paper was received; the ten days count from that day."""
    made = state.measures.recommendation
    assert made is not None
    refuse_if(
        not made.made_on <= command.received_on <= given.today,
        "day_out_of_range",
        "52(7)",
        day=command.received_on,
        first=made.made_on,
        last=given.today,
    )
    yield RecommendationReceived(command.received_on, command.evidence)


class Answer(Value):
    """Whether the recommendation is accepted; a refusal gives its reasons (Order Form 6)."""

    accepts: bool
    reasons: Reasons | None = None


@answering.act(
    "52(7)",
    by=[OPERATOR, AGENT],
    when=_when(
        "52(7)",
        rules.recommended,
        rules.received,
        rules.not_answered,
        rules.not_ordered,
        rules.in_time_to_answer,
    ),
)
def answer(_: UnderReview, command: Answer, given: Given) -> Acts:
    """Notify whether the recommendation is accepted (応諾), and if not, why not."""
    refuse_if(not command.accepts and command.reasons is None, "refusal_needs_reasons", "52(7)")
    yield RecommendationAnswered(command.accepts, command.reasons, given.today)


class AssessRefusal(Value):
    """Whether the operator's reasons are justifiable (正当な理由), and why."""

    justified: bool
    reasons: Reasons


@answering.act(
    "52(10)", by=[REVIEWING_OFFICIAL], when=_when("52(10) proviso", rules.refused, rules.not_assessed)
)
def assess_refusal(_: UnderReview, command: AssessRefusal, given: Given) -> Acts:
    """Assess the reasons for a refusal; a justified one ends the recommendation."""
    yield RefusalAssessed(command.justified, command.reasons, given.today)


class GiveOrder(Value):
    """What is ordered, why, and why nothing less would do."""

    content: Reasons
    reasons: Reasons
    necessity: Necessity


@answering.act(
    "52(10)",
    by=[REVIEWING_OFFICIAL],
    when=_when(
        "52(10) proviso",
        rules.recommended,
        rules.not_ordered,
        rules.not_accepted,
        rules.answer_is_due_no_longer,
        rules.refusal_is_unjustified,
        rules.consulted_on_order,
    ),
)
def order(state: UnderReview, command: GiveOrder, given: Given) -> Acts:
    """Order what was recommended, in writing (Order Art. 22)."""
    made = state.measures.recommendation
    assert made is not None
    yield OrderMade(made.kind, command.content, command.reasons, command.necessity, given.today)


class FileChangedPlan(Value):
    """The plan with the change that was recommended or ordered, whole."""

    plan: Plan


class Stop(Value):
    """The operator's statement that it has stopped the introduction or outsourcing."""

    note: Annotated[str, Len(0, 4000)] = ""


@answering.act("52(8)", by=[OPERATOR, AGENT], when=[rules.bound])
def stop(_: UnderReview, command: Stop, given: Given) -> Acts:
    """Stop the introduction or outsourcing (中止): as recommended or ordered, or instead of changing it."""
    yield IntroductionStopped(given.today, command.note)


@answering.act(
    "52(7)", by=[THE_CLOCK], when=[rules.under_review, rules.not_answered, rules.silent_to_the_end]
)
def end_answer_period(state: UnderReview, _: PassDay, __: Given) -> Acts:
    """Record that the ten days passed in silence, by the last of them however late it is noticed."""
    due = state.answer_due
    assert due is not None
    yield AnswerNotGiven(due.last_day)

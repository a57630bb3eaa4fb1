"""The powers of the ladder: consult, recommend, answer, order, comply; and how a procedure is given them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from services.infra_review.domain.measures import rules
from services.infra_review.domain.measures.state import (
    AnswerNotGiven,
    ComplianceFound,
    IntroductionStopped,
    Kind,
    OrderDelivered,
    OrderMade,
    RecommendationAnswered,
    RecommendationMade,
    RecommendationReceived,
    RefusalAssessed,
    UnderReview,
)
from services.infra_review.plan.model import Plan, Token
from services.infra_review.plan.passport import Passport, compose, place_shown
from services.infra_review.plan.refiling import refiled
from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Powers, Rule, refuse_if
from services.platform.law.values import Len, Value, field
from services.platform.shared.consultation import Consult, consulting
from services.platform.shared.consultation import consult as begin_consulting
from services.platform.shared.words import Delivery, Line, Necessity, PassDay, Reasons

recommending: Powers[UnderReview] = Powers()
"""The recommendation: Art. 52(6)."""
answering: Powers[UnderReview] = Powers()
"""The answer, and the order after it: Art. 52(7)-(10)."""


def _when(article: str, *more: Rule[UnderReview]) -> tuple[Rule[UnderReview], ...]:
    # The window first: what comes too late is told the proviso that ended it.
    return (rules.window_open(article), rules.under_review, *more)


def _while_addressed(*more: Rule[UnderReview]) -> tuple[Rule[UnderReview], ...]:
    return (rules.addressed, *more)


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
    delivery: Delivery = "in_writing"


def refuse_without_consent(state: Any, delivery: Delivery) -> None:
    """Refuse an electronic notice to an operator that has not declared that it takes them (表示)."""
    electronic = delivery == "electronic" and not state.electronic_notices
    refuse_if(electronic, "no_electronic_notices", "Act 151 of 2002, Art. 7(1)", delivery=delivery)


@recommending.act(
    "52(6)",
    by=[REVIEWING_OFFICIAL],
    when=_when("52(6) proviso", rules.no_recommendation, rules.consulted_on_recommendation),
)
def recommend(state: UnderReview, command: Recommend, given: Given) -> Acts:
    """Recommend (勧告). It is received when it reaches the operator: on its own file, or on paper."""
    refuse_without_consent(state, command.delivery)
    yield RecommendationMade(
        command.kind, command.measures, command.reasons, command.necessity, command.delivery, given.today
    )


class RecordReceipt(Value):
    """The day a notice was recorded on the operator's own file or came on paper, and what proves it."""

    received_on: date
    evidence: Line


@answering.act(
    "52(7)",
    by=[REVIEWING_OFFICIAL, OPERATOR, AGENT],
    when=_while_addressed(rules.recommended, rules.not_received),
)
def record_receipt(state: UnderReview, command: RecordReceipt, given: Given) -> Acts:
    """Record when the recommendation was received; the ten days count from there, proved late or not."""
    made = state.measures.recommendation
    assert made is not None
    refuse_outside(command.received_on, made.made_on, given.today, "52(7)")
    window = state.window
    late = window is not None and given.today > window.last_day
    yield RecommendationReceived(command.received_on, command.evidence, late)


def refuse_outside(day: date, first: date, last: date, article: str) -> None:
    """Refuse a day of receipt before what was sent was made, or in the future."""
    refuse_if(not first <= day <= last, "day_out_of_range", article, day=day, first=first, last=last)


class Answer(Value):
    """Whether the recommendation is accepted; a refusal gives its reasons (Order Form 6)."""

    accepts: bool
    reasons: Reasons | None = None


@answering.act(
    "52(7)",
    by=[OPERATOR, AGENT],
    when=_while_addressed(rules.recommended, rules.received, rules.not_answered),
)
def answer(state: UnderReview, command: Answer, given: Given) -> Acts:
    """Notify whether the recommendation is accepted (応諾), and if not, why not; late is kept as late."""
    refuse_if(not command.accepts and command.reasons is None, "refusal_needs_reasons", "52(7)")
    due = state.answer_due
    assert due is not None
    yield RecommendationAnswered(command.accepts, command.reasons, given.today, given.today > due.last_day)


class AssessRefusal(Value):
    """Whether the operator's reasons are justifiable (正当な理由), and why."""

    justified: bool
    reasons: Reasons


@answering.act(
    "52(10)", by=[REVIEWING_OFFICIAL], when=_when("52(10) proviso", rules.refused, rules.not_assessed)
)
def assess_refusal(_: UnderReview, command: AssessRefusal, given: Given) -> Acts:
    """Assess why the operator refused or was silent; what is justified ends the recommendation."""
    yield RefusalAssessed(command.justified, command.reasons, given.today)


class GiveOrder(Value):
    """What is ordered, why, why nothing less would do, how it is handed over and by when it is to be done."""

    content: Reasons
    reasons: Reasons
    necessity: Necessity
    delivery: Delivery = "in_writing"
    comply_by: date | None = None


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
    """Order what was recommended, by a document that is handed over (Order Art. 22)."""
    made, by = state.measures.recommendation, command.comply_by
    assert made is not None
    refuse_without_consent(state, command.delivery)
    refuse_if(by is not None and by < given.today, "day_is_past", "52(10)", day=by, today=given.today)
    yield OrderMade(
        made.kind,
        command.content,
        command.reasons,
        command.necessity,
        given.today,
        command.delivery,
        by,
    )


@answering.act(
    "52(10)",
    by=[REVIEWING_OFFICIAL, OPERATOR, AGENT],
    when=_while_addressed(rules.ordered, rules.order_not_delivered),
)
def record_order_delivery(state: UnderReview, command: RecordReceipt, given: Given) -> Acts:
    """Record when the document of the order was handed over (交付, Order Art. 22)."""
    made = state.measures.order
    assert made is not None
    refuse_outside(command.received_on, made.made_on, given.today, "52(10)")
    yield OrderDelivered(command.received_on, command.evidence, given.today)


class FileChangedPlan(Value):
    """The plan with the change that was recommended or ordered, whole."""

    plan: Plan
    passports: Mapping[Token, Passport] = field(default_factory=dict)
    """The supplier passports it cites; the door opens them for the check."""
    filed_with: Mapping[Token, Passport] = field(default_factory=dict)
    """The same of the plan until now, as they were when it was filed."""
    before: Plan | None = None
    """The plan of equipment in use, which another case holds."""


def refuse_another_change(before: Plan | None, command: FileChangedPlan, on: date) -> tuple[str, ...]:
    """Where the plan was changed. Refuses one that cannot be the plan with the recommended change (52(8))."""
    if before is None:
        return ()
    old, new = compose(before, command.filed_with), compose(command.plan, command.passports)
    found = refiled(old, new, on=on)
    refuse_if(found.why_not is not None, "not_the_recommended_change", "52(8)", why=found.why_not)
    return tuple(dict.fromkeys(place_shown(command.plan, place) for place in found.changed))


class FindCompliance(Value):
    """Whether what was filed or stated is what was recommended or ordered, and why."""

    complies: bool
    reasons: Reasons


@answering.act("52(8)", by=[REVIEWING_OFFICIAL], when=[rules.something_to_find])
def find_compliance(_: UnderReview, command: FindCompliance, given: Given) -> Acts:
    """Find whether what was filed is the recommended change (当該勧告に係る変更); if not, it binds on."""
    yield ComplianceFound(command.complies, command.reasons, given.today)


class Stop(Value):
    """The operator's statement that it has stopped the introduction or outsourcing."""

    note: Annotated[str, Len(0, 4000)] = ""


@answering.act("52(8)", by=[OPERATOR, AGENT], when=[rules.addressed, rules.bound])
def stop(_: UnderReview, command: Stop, given: Given) -> Acts:
    """Stop the introduction or outsourcing (中止): as recommended or ordered, or instead of changing it."""
    yield IntroductionStopped(given.today, command.note)


@answering.act("52(7)", by=[THE_CLOCK], when=[rules.addressed, rules.not_answered, rules.silent_to_the_end])
def end_answer_period(state: UnderReview, _: PassDay, __: Given) -> Acts:
    """Record that the ten days passed in silence, by the last of them however late it is noticed."""
    due = state.answer_due
    assert due is not None
    yield AnswerNotGiven(due.last_day)

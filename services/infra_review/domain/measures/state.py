"""What has happened on the ladder of recommendation, answer and order, and the acts that record it."""

from __future__ import annotations

from datetime import date
from typing import Literal, Protocol

from msgspec.structs import replace

from services.infra_review.plan.model import Plan
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value
from services.platform.shared import consultation
from services.platform.shared.consultation import CONSULTATION_ACTS, Consultation, spent
from services.platform.shared.words import Delivery, Necessity
from services.statute import Deadline

Kind = Literal["change_plan", "other_measures", "stop"]
"""What is recommended or ordered: to change the plan, to take other measures first, or to stop (中止)."""

# ---- What has happened ----


class Reply(Value):
    """The operator's notice that it accepts the recommendation (応諾) or does not, with its reasons."""

    accepts: bool
    on: date
    reasons: str | None = None
    late: bool = False
    """Whether the ten days had passed (Art. 52(7))."""


class Recommendation(Value):
    """A recommendation (勧告) and what became of it."""

    kind: Kind
    measures: str
    reasons: str
    made_on: date
    received_on: date | None = None
    reply: Reply | None = None
    silent: bool = False
    """Whether the clock has recorded that the ten days passed without an answer."""
    unjustified: bool | None = None
    """Whether refusal or silence was found to lack justifiable reason (正当な理由); None: not assessed."""


class Order(Value):
    """An order (命令)."""

    kind: Kind
    content: str
    reasons: str
    made_on: date
    comply_by: date | None = None
    """The day by which it is to be done, where the ministry has set one."""
    delivered_on: date | None = None
    """The day its document was handed over (交付, METI Order Art. 22), once that is recorded."""


class Finding(Value):
    """What the competent minister found of what was filed: whether it is the recommended change."""

    complies: bool
    reasons: str
    on: date


class Measures(Value):
    """How far a case has climbed: consultations, the standing recommendation, the order, compliance."""

    consultations: tuple[Consultation, ...] = ()
    recommendation: Recommendation | None = None
    order: Order | None = None
    changed_plan_on: date | None = None
    """The day the plan changed as recommended or ordered was filed (Art. 52(8), (10))."""
    stopped_on: date | None = None
    taken_on: date | None = None
    """The day other measures, which need no changed plan, were stated to have been taken (Art. 55)."""
    changed: tuple[str, ...] = ()
    """Where the plan filed as changed differs from the one before, as JSON pointers."""
    finding: Finding | None = None
    """The ministry's finding on what was filed or stated last (Art. 52(8))."""

    @property
    def done(self) -> bool:
        """Whether what was recommended or ordered has been done."""
        return bool(self.changed_plan_on or self.stopped_on or self.taken_on)

    @property
    def binding(self) -> Recommendation | Order | None:
        """What binds the operator and has not been done: an order, or a recommendation it accepted."""
        if self.done:
            return None
        given = self.recommendation
        return self.order or (given if given and given.reply and given.reply.accepts else None)


class UnderReview(Protocol):
    """A case in which a recommendation and an order may be given."""

    @property
    def measures(self) -> Measures:
        """The ladder so far."""

    @property
    def consultations(self) -> tuple[Consultation, ...]:
        """The consultations about its steps."""

    @property
    def reviewable(self) -> bool:
        """Whether the review has begun, and neither a changed plan nor the operator has ended it."""

    @property
    def addressed(self) -> bool:
        """Whether there is an operator that a recommendation or an order can still speak to."""

    @property
    def window(self) -> Deadline | None:
        """Until when a recommendation or order may be given; None when the law sets no limit (Art. 55(3))."""

    @property
    def answer_due(self) -> Deadline | None:
        """The ten days for the answer (Art. 52(7)); None before the recommendation is received."""

    @property
    def electronic_notices(self) -> bool:
        """Whether the operator has agreed to receive notices here."""


# ---- Acts ----


@leaves("restricted")
class RecommendationMade(Act):
    """The competent minister recommended a change, other measures or a stop (Arts. 52(6), 55(1), (2))."""

    kind: Kind
    measures: str
    reasons: str
    necessity: Necessity
    delivery: Delivery
    on: date


@leaves("restricted")
class RecommendationReceived(Act):
    """The recommendation reached the operator: the first of the ten days (Art. 52(7))."""

    on: date
    evidence: str
    late: bool = False
    """Whether it was proved only after the power to recommend had ended."""


@leaves("restricted")
class RecommendationAnswered(Act):
    """The operator accepts the recommendation or does not (Art. 52(7))."""

    accepts: bool
    reasons: str | None
    on: date
    late: bool = False


@leaves("restricted")
class AnswerNotGiven(Act):
    """The ten days passed without an answer; `last_day` was the last of them (Art. 52(7), (10))."""

    last_day: date


@leaves("restricted")
class RefusalAssessed(Act):
    """The competent minister assessed why the operator does not accept, or has not answered (Art. 52(10))."""

    justified: bool
    reasons: str
    on: date


@leaves("restricted")
class OrderMade(Act):
    """The competent minister ordered what had been recommended (Art. 52(10))."""

    kind: Kind
    content: str
    reasons: str
    necessity: Necessity
    on: date
    delivery: Delivery = "in_writing"
    comply_by: date | None = None


@leaves("restricted")
class OrderDelivered(Act):
    """The document of the order was handed over (交付) on `received_on` (METI Order Art. 22)."""

    received_on: date
    evidence: str
    on: date


@leaves("restricted")
class ChangedPlanFiled(Act):
    """The plan, changed as recommended or ordered, was filed (Art. 52(8), (10)); `places` are its changes."""

    plan: Plan
    on: date
    places: tuple[str, ...] = ()


@leaves("restricted")
class ComplianceFound(Act):
    """The competent minister found whether what was filed or done is what was recommended (Art. 52(8))."""

    complies: bool
    reasons: str
    on: date


@leaves("restricted")
class IntroductionStopped(Act):
    """The operator stopped the introduction or outsourcing (中止, Art. 52(8), (10))."""

    on: date
    note: str


@leaves("restricted")
class MeasuresTaken(Act):
    """The operator did what was recommended or ordered: an inspection, a check (Art. 55)."""

    statement: str
    on: date


MEASURES_ACTS = (
    *CONSULTATION_ACTS,
    RecommendationMade,
    RecommendationReceived,
    RecommendationAnswered,
    AnswerNotGiven,
    RefusalAssessed,
    OrderMade,
    OrderDelivered,
    ChangedPlanFiled,
    ComplianceFound,
    IntroductionStopped,
)


def evolve(state: Measures, act: Act) -> Measures:
    """The ladder after `act`."""
    if isinstance(act, CONSULTATION_ACTS):
        return replace(state, consultations=consultation.evolve(state.consultations, act))
    standing = state.recommendation
    match act:
        case RecommendationMade():
            return replace(
                state,
                recommendation=Recommendation(act.kind, act.measures, act.reasons, act.on),
                consultations=spent(state.consultations),
            )
        case OrderMade():
            return replace(
                state,
                order=Order(act.kind, act.content, act.reasons, act.on, act.comply_by),
                consultations=spent(state.consultations),
            )
        case OrderDelivered():
            assert state.order is not None
            return replace(state, order=replace(state.order, delivered_on=act.received_on))
        case ChangedPlanFiled():
            return replace(state, changed_plan_on=act.on, changed=act.places, finding=None)
        case ComplianceFound():
            return _found(state, act)
        case IntroductionStopped():
            return replace(state, stopped_on=act.on)
        case MeasuresTaken():
            return replace(state, taken_on=act.on, finding=None)
    assert standing is not None, f"{type(act).__name__} without a recommendation"
    match act:
        case RecommendationReceived():
            return replace(state, recommendation=replace(standing, received_on=act.on))
        case RecommendationAnswered():
            reply = Reply(act.accepts, act.on, act.reasons, act.late)
            # What was found of silence says nothing of reasons that came after it.
            return replace(state, recommendation=replace(standing, reply=reply, unjustified=None))
        case AnswerNotGiven():
            return replace(state, recommendation=replace(standing, silent=True))
        case RefusalAssessed() if act.justified:
            # The recommendation is spent; another one needs a consultation of its own.
            return replace(state, recommendation=None, consultations=spent(state.consultations))
        case RefusalAssessed():
            return replace(state, recommendation=replace(standing, unjustified=True))
    raise TypeError(f"{type(act).__name__} is no act of this ladder")


def _found(state: Measures, act: ComplianceFound) -> Measures:
    found = replace(state, finding=Finding(act.complies, act.reasons, act.on))
    # What was not the recommended change leaves the operator bound as before.
    return found if act.complies else replace(found, changed_plan_on=None, taken_on=None)

"""What happens in the case of a supply plan, and how the case stands after it (Arts. 9-12, 29)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value
from services.platform.shared.completion import Shortcoming
from services.platform.shared.consultation import Consultations
from services.platform.time.timekeeping import Timekeeping
from services.statute import Deadline, period
from services.supply.domain.hearings import Hearing
from services.supply.orders import Order, order_of
from services.supply.plans.changes import Finding
from services.supply.plans.model import Paper, Plan, Use

Criterion = Literal["i", "ii", "iii", "iv", "v", "vi"]
"""The items of Art. 9(4)."""
Body = Literal["certified", "change_certified", "cancelled"]
"""What support bodies are told of (9(6), 10(3), 11(3))."""

# ---- Acts: the application ----


@leaves("restricted")
class PlanFiled(Act):
    """A supply plan was filed for certification (9(1), (2))."""

    plan: Plan
    ministries: tuple[str, ...]
    on: date


@leaves("restricted")
class PlanReturned(Act):
    """The ministry asked for papers or other help needed to confirm the criteria (the orders' Art. 2(3))."""

    shortcomings: tuple[Shortcoming, ...]
    on: date


@leaves("restricted")
class PlanCompleted(Act):
    """The plan was filed again, put right."""

    plan: Plan
    on: date


@leaves("restricted")
class PlanWithdrawn(Act):
    """The applicant took its application back."""

    on: date


@leaves("restricted")
class CriterionAssessed(Act):
    """One of the criteria of Art. 9(4) was assessed, with the evidence; of the plan or of its change."""

    criterion: Criterion
    met: bool
    evidence: str
    reasons: str
    on: date


@leaves("restricted")
class FairTradeAsked(Act):
    """The Japan Fair Trade Commission was asked for its opinion on a joint plan (29(1))."""

    question: str
    on: date


@leaves("restricted")
class FairTradeOpinionGiven(Act):
    """The Japan Fair Trade Commission gave its opinion (29(2))."""

    opinion: str
    on: date


@leaves("restricted")
class TargetPassed(Act):
    """The month in which plans are decided on in principle passed; nothing is deemed decided."""

    last_day: date
    on: date


@leaves("restricted", "material")
class PlanCertified(Act):
    """The plan was certified (9(4)), under a number, with an outline for the support body (9(6))."""

    material: str
    number: str
    outline: str
    on: date


@leaves("restricted")
class PlanRefused(Act):
    """The plan was not certified, with the reasons in writing (the orders' Art. 4(2) or 5(2))."""

    unmet: tuple[Criterion, ...]
    reasons: str
    on: date


@leaves("restricted", "body")
class BodyNotified(Act):
    """A support body or agency was told of the certification, a change or the cancellation (9(6))."""

    body: str
    """Its organisation."""
    case: str
    """Its own case."""
    what: Body
    on: date


# ---- Acts: the life of a certified plan ----


@leaves("restricted")
class ChangeFiled(Act):
    """The certification of a change was applied for (10(1))."""

    plan: Plan
    progress: str
    findings: tuple[Finding, ...]
    on: date


@leaves("restricted")
class ChangeWithdrawn(Act):
    """The application for the change was taken back; the plan stands as it was."""

    on: date


@leaves("restricted", "material")
class ChangeCertified(Act):
    """The change was certified (10(1), (3))."""

    material: str
    number: str
    outline: str
    on: date


@leaves("restricted")
class ChangeRefused(Act):
    """The change was not certified; the plan stands as it was."""

    unmet: tuple[Criterion, ...]
    reasons: str
    on: date


@leaves("restricted")
class MinorChangeNotified(Act):
    """A minor change was notified (10(2))."""

    plan: Plan
    findings: tuple[Finding, ...]
    why_no_substance: str | None
    changed_on: date
    on: date


@leaves("restricted")
class ProgressReported(Act):
    """How the plan went in a business year was reported (12)."""

    organisation: str
    year_ends_on: date
    progress: str
    spent: tuple[Use, ...]
    papers: tuple[Paper, ...]
    late: bool
    on: date


@leaves("restricted", "year_ends_on")
class ReportOverdue(Act):
    """The time for the report on a business year passed without one; it is asked for again."""

    organisation: str
    year_ends_on: date
    last_day: date


@leaves("restricted")
class TroubleReported(Act):
    """The efforts are or may be seriously hindered (著しい支障)."""

    what: str
    effect: str
    found_on: date
    on: date


@leaves("restricted")
class ChangeInstructed(Act):
    """The minister instructed that the plan be changed, since it no longer meets Art. 9(4) (11(2))."""

    criterion: Criterion
    content: str
    reasons: str
    on: date


@leaves("restricted", "material")
class PlanCancelled(Act):
    """The certification was cancelled, with the reasons in writing (11(1), (2))."""

    material: str
    ground: str
    reasons: str
    on: date


@leaves("restricted")
class PlanEnded(Act):
    """The plan's period is over and every report on it is in."""

    last_day: date


# ---- State ----


class Assessment(Value):
    """How one criterion was assessed last."""

    criterion: Criterion
    met: bool
    evidence: str
    reasons: str
    on: date


class PendingChange(Value):
    """A change that waits for its certification."""

    plan: Plan
    filed_on: date
    progress: str
    findings: tuple[Finding, ...]


class SupplyPlan(Value):
    """A supply plan as it stands."""

    plan: Plan | None = None
    ministries: tuple[str, ...] = ()
    filed_on: date | None = None
    returned: tuple[Shortcoming, ...] = ()
    withdrawn_on: date | None = None
    assessments: tuple[Assessment, ...] = ()
    consultations: Consultations = ()
    fair_trade_asked: FairTradeAsked | None = None
    fair_trade_opinions: tuple[FairTradeOpinionGiven, ...] = ()
    target_passed_on: date | None = None
    certified: PlanCertified | None = None
    refused: PlanRefused | None = None
    notified: tuple[BodyNotified, ...] = ()
    change: PendingChange | None = None
    change_refused: ChangeRefused | None = None
    changes: tuple[ChangeCertified, ...] = ()
    minor_changes: tuple[MinorChangeNotified, ...] = ()
    reports: tuple[ProgressReported, ...] = ()
    overdue: tuple[ReportOverdue, ...] = ()
    troubles: tuple[TroubleReported, ...] = ()
    instruction: ChangeInstructed | None = None
    hearing: Hearing | None = None
    cancelled: PlanCancelled | None = None
    ended_on: date | None = None
    timekeeping: Timekeeping = Timekeeping()

    @property
    def filed(self) -> Plan:
        """The plan, which there is once a case is open."""
        assert self.plan is not None
        return self.plan

    @property
    def order(self) -> Order:
        """The order under which it was filed."""
        return order_of(self.filed.material)

    @property
    def pending(self) -> bool:
        """Whether the plan waits for the decision on its certification."""
        over = self.withdrawn_on or self.refused or self.certified
        return self.filed_on is not None and over is None

    @property
    def in_force(self) -> bool:
        """Whether it is certified, neither cancelled nor at its end."""
        return self.certified is not None and self.cancelled is None and self.ended_on is None

    @property
    def under_review(self) -> Plan | None:
        """What the criteria are assessed of: the plan, or the change of it."""
        if self.pending:
            return self.plan
        return self.change.plan if self.change and self.in_force else None

    @property
    def number(self) -> str | None:
        """The number of its certification (供給確保計画認定番号), as it stands."""
        if self.changes:
            return self.changes[-1].number
        return self.certified.number if self.certified else None

    @property
    def target(self) -> Deadline | None:
        """By when it is to be decided on in principle."""
        return self.order.target(self.filed_on) if self.filed_on and self.pending else None

    @property
    def change_target(self) -> Deadline | None:
        """By when the change is to be decided on in principle."""
        if self.change is None or not self.in_force:
            return None
        record = period("supply.change_certification", self.change.filed_on)
        return record.of_order(_of_period(self.order)).starting(self.change.filed_on)

    def assessed(self, criterion: Criterion) -> Assessment | None:
        """How a criterion was assessed last."""
        return next((one for one in reversed(self.assessments) if one.criterion == criterion), None)

    @property
    def unreported(self) -> tuple[tuple[str, date], ...]:
        """Whose report on which business year has not come in, by the day the year ends."""
        if self.plan is None or not self.plan.efforts:
            return ()
        given = {(one.organisation, one.year_ends_on) for one in self.reports}
        years = [
            (one.organisation, year) for one in self.plan.participants for year in self.plan.years_of(one)
        ]
        return tuple(sorted((each for each in years if each not in given), key=lambda each: each[1]))

    @property
    def reports_due(self) -> tuple[tuple[str, Deadline], ...]:
        """The next report of each participant, and by when it is due (12)."""
        if not self.in_force:
            return ()
        told = {(one.organisation, one.year_ends_on) for one in self.overdue}
        record = period("supply.periodic_report").of_order(_of_period(self.order))
        found: dict[str, Deadline] = {}
        for organisation, year in self.unreported:
            if organisation not in found and (organisation, year) not in told:
                found[organisation] = record.starting(year)
        return tuple(found.items())


def _of_period(order: Order) -> str:
    # The fertilizer order has a record of its own for certification, and a line like the others elsewhere.
    return order.orders_period or "MAFF"


PLAN_ACTS: tuple[type[Act], ...] = (
    PlanFiled,
    PlanReturned,
    PlanCompleted,
    PlanWithdrawn,
    CriterionAssessed,
    FairTradeAsked,
    FairTradeOpinionGiven,
    TargetPassed,
    PlanCertified,
    PlanRefused,
    BodyNotified,
    ChangeFiled,
    ChangeWithdrawn,
    ChangeCertified,
    ChangeRefused,
    MinorChangeNotified,
    ProgressReported,
    ReportOverdue,
    TroubleReported,
    ChangeInstructed,
    PlanCancelled,
    PlanEnded,
)

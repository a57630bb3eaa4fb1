"""Emergency introduction and its notification afterwards (緊急導入等届出書): Art. 52(1) proviso, 52(11).

What could not wait is made without a notification and notified without delay; there is no standstill, and the
ministry's way from there is Art. 55(2). Whether the proviso applied is for the ministry to judge, so a report
is never refused for want of urgency: it records what the operator says of it (Order Art. 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec.structs import replace

from services.infra_review.domain.filing import refuse_defects, refuse_in_grace
from services.infra_review.domain.operator import Operator
from services.infra_review.domain.plan_changes import plan_changes, replacing
from services.infra_review.domain.review import (
    ChangeNoted,
    ChangeReported,
    PlanReplaced,
    UrgentChangeNotified,
)
from services.infra_review.plan.model import Plan
from services.infra_review.plan.passport import Passport
from services.infra_review.roles import AGENT, OPERATOR, filed_by
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, end, refuse_if
from services.platform.law.values import Value, field
from services.platform.shared.words import CaseId, Reasons


class Circumstances(Value):
    """Why it could not wait, as Order Art. 10 asks: the hindrance, the need, and no other way."""

    hindrance: Reasons
    needed_because: Reasons
    no_other_way_because: Reasons


@leaves("internal", "operator_id", "business", "sector", "ministries", "done_on")
class EmergencyReported(Act):
    """An introduction or outsourcing that could not wait was notified (Art. 52(11))."""

    organisation: str
    operator_id: str
    business: str
    sector: str
    ministries: tuple[str, ...]
    plan: Plan
    done_on: date
    circumstances: Circumstances
    electronic_notices: bool
    arrived_at: datetime


class Emergency(Value):
    """A notified emergency introduction or outsourcing, and its plan as changed since."""

    report: EmergencyReported | None = None
    plan: Plan | None = None
    amended_by: str | None = None
    """The latest case that would change, or has changed, this plan (Art. 54(5))."""
    replaced_in: tuple[str, ...] = ()
    """The reviews of equipment in use whose changed plan this case has taken over."""

    @property
    def stands(self) -> bool:
        """Whether there is a report."""
        return self.report is not None

    @property
    def bound(self) -> bool:
        """Nothing binds in the report itself: the ministry's way is a review of its own (55(2))."""
        return False

    @property
    def after_emergency(self) -> bool:
        """Art. 54 applies as 54(5) rewords it."""
        return True


def evolve(state: Emergency, act: Act) -> Emergency:
    """The emergency after `act`."""
    match act:
        case EmergencyReported():
            return Emergency(act, act.plan)
        case ChangeNoted():
            return replace(state, amended_by=act.change_id)
        case ChangeReported() | UrgentChangeNotified():
            return replace(state, plan=act.plan)
        case PlanReplaced():
            return replace(state, plan=act.plan, replaced_in=(*state.replaced_in, act.review_id))
    raise TypeError(f"{type(act).__name__} is no act of an emergency")


emergency: Procedure[Emergency] = Procedure(
    name="emergency",
    title="Notification of an emergency introduction or outsourcing",
    title_ja="緊急導入等の届出",
    initial=Emergency(),
    evolve=evolve,
    acts=(EmergencyReported, ChangeNoted, ChangeReported, UrgentChangeNotified, PlanReplaced),
    parties=lambda state: _parties(state.report),
    stages=(end("Reported", "Notified afterwards", "届出済み", "52(11)", lambda _: True),),
)


def _parties(report: EmergencyReported | None) -> Parties:
    if report is None:
        return NOBODY
    return filed_by(report.organisation, report.ministries)


class ReportEmergency(Value):
    """What was introduced or outsourced, the day it was done, and why it could not wait."""

    operator_id: CaseId
    plan: Plan
    done_on: date
    circumstances: Circumstances
    electronic_notices: bool = True


class EmergencyFiling(Value):
    """A report beside the designation it is made under."""

    filed: ReportEmergency
    operator: Operator
    passports: Mapping[str, Passport] = field(default_factory=dict)

    @property
    def parties(self) -> Parties:
        """The designated operator, and the ministries with jurisdiction over its business."""
        return filed_by(self.operator.organisation, self.operator.ministries)


@emergency.act("52(11)", by=[OPERATOR, AGENT], opens=True)
def report_emergency(_: Emergency, command: EmergencyFiling, given: Given) -> Acts:
    """Notify, without delay, an introduction or outsourcing that could not wait."""
    filed, operator = command.filed, command.operator
    day = filed.done_on
    refuse_if(day > given.today, "day_not_yet_come", "52(11)", day=day, today=given.today)
    refuse_if(not operator.in_force(day), "not_designated", "52(11)", operator=filed.operator_id)
    refuse_in_grace(filed.plan, operator, day)
    refuse_defects(filed.plan, given.today, "52(11)", form="emergency", passports=command.passports)
    refuse_if(
        filed.plan.business != operator.business,
        "another_business",
        "52(11)",
        plan=filed.plan.business,
        designated=operator.business,
    )
    yield EmergencyReported(
        organisation=operator.designation.organisation,
        operator_id=filed.operator_id,
        business=operator.business,
        sector=operator.sector,
        ministries=operator.ministries,
        plan=filed.plan,
        done_on=day,
        circumstances=filed.circumstances,
        electronic_notices=filed.electronic_notices,
        arrived_at=given.at,
    )


emergency.apply(plan_changes, via="54(5)")
emergency.apply(replacing)

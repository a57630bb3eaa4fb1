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
from services.infra_review.domain.releasing import ending
from services.infra_review.domain.review import (
    ChangeNoted,
    ChangeReported,
    EndedByRelease,
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
from services.platform.shared.completion import Shortcoming
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
    defects: tuple[Shortcoming, ...] = ()


class Emergency(Value):
    """A notified emergency introduction or outsourcing, and its plan as changed since."""

    report: EmergencyReported | None = None
    plan: Plan | None = None
    amended_by: str | None = None
    """The latest case that would change, or has changed, this plan (Art. 54(5))."""
    replaced_in: tuple[str, ...] = ()
    """The reviews of equipment in use whose changed plan this case has taken over."""
    released_on: date | None = None
    reports: int = 0
    """How many changes were reported or notified afterwards."""

    @property
    def stands(self) -> bool:
        """Whether there is a report of an operator that is still designated."""
        return self.report is not None and self.released_on is None

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
            return replace(state, plan=act.plan, reports=state.reports + 1)
        case EndedByRelease():
            return replace(state, released_on=act.on)
        case PlanReplaced():
            return replace(state, plan=act.plan, replaced_in=(*state.replaced_in, act.review_id))
    raise TypeError(f"{type(act).__name__} is no act of an emergency")


emergency: Procedure[Emergency] = Procedure(
    name="emergency",
    title="Notification of an emergency introduction or outsourcing",
    title_ja="緊急導入等の届出",
    initial=Emergency(),
    evolve=evolve,
    acts=(EmergencyReported, ChangeNoted, ChangeReported, UrgentChangeNotified, PlanReplaced, EndedByRelease),
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
    electronic_notices: bool = False
    """Its declaration (表示) that it receives notices electronically (Act 151 of 2002, Art. 7(1) proviso)."""
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it lacks something."""


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
    found = refuse_defects(
        filed.plan,
        given.today,
        "52(11)",
        form="emergency",
        passports=command.passports,
        as_it_is=filed.as_it_is,
    )
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
        defects=found,
    )


emergency.apply(plan_changes, via="54(5)")
emergency.apply(replacing)
emergency.apply(ending)

"""Prior notification of introduction or outsourcing (導入等計画書の届出): Arts. 52 and 53.

Filed, accepted, and then barred for thirty days, in which the ministry may shorten, extend, recommend and
order; free when the last day has passed, or at once when a changed plan follows an accepted recommendation.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.infra_review.domain.filing import MAY_WITHDRAW, refuse_defects, refuse_in_grace, withdraw
from services.infra_review.domain.measures.powers import consultation
from services.infra_review.domain.operator import Operator
from services.infra_review.domain.plan_changes import plan_changes, replacing
from services.infra_review.domain.releasing import ending
from services.infra_review.domain.review import PlanFiled, Review, reviewing
from services.infra_review.domain.reviewing import review_powers
from services.infra_review.domain.warnings import SILENT_ENDS, warned
from services.infra_review.plan.model import Plan
from services.infra_review.plan.passport import Passport
from services.infra_review.roles import AGENT, OPERATOR, filed_by
from services.platform.law.acts import Acts
from services.platform.law.parties import Parties
from services.platform.law.procedure import Given, refuse_if
from services.platform.law.values import Value, field
from services.platform.shared.words import CaseId
from services.platform.time.timekeeping import keep_time

notification = reviewing("notification", "Notification of introduction or outsourcing", "導入等計画書の届出")


class File(Value):
    """What an operator files: its plan, and under which designation."""

    operator_id: CaseId
    plan: Plan
    electronic_notices: bool = False
    """Its declaration (表示) that it receives notices electronically (Act 151 of 2002, Art. 7(1) proviso)."""
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it lacks something."""


class Filing(Value):
    """A filing beside the designation it is made under."""

    filed: File
    operator: Operator
    passports: Mapping[str, Passport] = field(default_factory=dict)
    """The supplier passports the plan cites, opened for the check and kept nowhere."""

    @property
    def parties(self) -> Parties:
        """The designated operator, and the ministries with jurisdiction over its business."""
        return filed_by(self.operator.organisation, self.operator.ministries)


@notification.act("52(1)", by=[OPERATOR, AGENT], opens=True)
def file(_: Review, command: Filing, given: Given) -> Acts:
    """File the plan before the introduction or outsourcing; it arrives now, and is accepted later."""
    filed, operator = command.filed, command.operator
    refuse_if(not operator.in_force(given.today), "not_designated", "52(1)", operator=filed.operator_id)
    found = refuse_defects(
        filed.plan, given.today, "52(2)", passports=command.passports, as_it_is=filed.as_it_is
    )
    refuse_if(
        filed.plan.business != operator.business,
        "another_business",
        "52(1)",
        plan=filed.plan.business,
        designated=operator.business,
    )
    refuse_in_grace(filed.plan, operator)
    yield PlanFiled(
        organisation=operator.designation.organisation,
        operator_id=filed.operator_id,
        business=operator.business,
        sector=operator.sector,
        ministries=operator.ministries,
        plan=filed.plan,
        electronic_notices=filed.electronic_notices,
        arrived_at=given.at,
        arrived_on=given.today,
        defects=found,
    )


notification.act("52(1)", by=[OPERATOR, AGENT], when=MAY_WITHDRAW)(withdraw)
notification.apply(review_powers)
notification.apply(consultation)
notification.apply(plan_changes)
notification.apply(replacing)
notification.apply(ending)
keep_time(notification, warned=warned, silences=SILENT_ENDS)

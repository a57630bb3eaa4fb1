"""Prior notification of introduction or outsourcing (導入等計画書の届出): Arts. 52 and 53.

Filed, accepted, and then barred for thirty days, in which the ministry may shorten, extend, recommend and
order; free when the last day has passed, or at once when a changed plan follows an accepted recommendation.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.infra_review.domain import filing, review, standstill
from services.infra_review.domain.filing import refuse_defects, refuse_in_grace
from services.infra_review.domain.measures import powers as ladder
from services.infra_review.domain.measures.powers import Articles, FileChangedPlan
from services.infra_review.domain.measures.rules import bound, not_bound_to_stop
from services.infra_review.domain.measures.state import ChangedPlanFiled
from services.infra_review.domain.operator import Operator
from services.infra_review.domain.review import REVIEW_ACTS, PlanFiled, PlanFreed, Review
from services.infra_review.domain.vocabulary import CaseId
from services.infra_review.domain.warnings import SILENT_ENDS, warned
from services.infra_review.plan.model import Plan
from services.infra_review.plan.passport import Passport
from services.platform.law.access import AGENT, OPERATOR, Parties
from services.platform.law.procedure import Acts, Given, Procedure, refuse_if
from services.platform.law.values import Value, field
from services.platform.time.timekeeping import keep_time


def reviewing(name: str) -> Procedure[Review]:
    """A procedure in which a plan is reviewed, without its powers."""
    return Procedure(
        name=name,
        initial=Review(),
        evolve=review.evolve,
        acts=REVIEW_ACTS,
        parties=review.parties,
        wait=review.wait,
        deadlines=review.deadlines,
    )


notification = reviewing("notification")


class File(Value):
    """What an operator files: its plan, under which designation, and whether it takes notices here."""

    operator_id: CaseId
    plan: Plan
    electronic_notices: bool = True


class Filing(Value):
    """A filing beside the designation it is made under."""

    filed: File
    operator: Operator
    passports: Mapping[str, Passport] = field(default_factory=dict)
    """The supplier passports the plan cites, opened for the check and kept nowhere."""

    @property
    def parties(self) -> Parties:
        """The designated operator, and the ministries with jurisdiction over its business."""
        return Parties(self.operator.organisation, frozenset(self.operator.ministries))


@notification.act("52(1)", by=[OPERATOR, AGENT], opens=True)
def file(_: Review, command: Filing, given: Given) -> Acts:
    """File the plan before the introduction or outsourcing; it arrives now, and is accepted later."""
    filed, operator = command.filed, command.operator
    refuse_if(not operator.in_force(given.today), "not_designated", "52(1)", operator=filed.operator_id)
    refuse_defects(filed.plan, given.today, "52(2)", passports=command.passports)
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
    )


def file_changed_plan(state: Review, command: FileChangedPlan, given: Given) -> Acts:
    """File the plan changed as recommended or ordered.

    Who accepted a recommendation is free at once (52(9)); who was ordered waits for the end of the
    standstill, since 52(9) speaks only of those who accepted.
    """
    refuse_defects(command.plan, given.today, "52(8)", form="changed_plan")
    yield ChangedPlanFiled(command.plan, given.today)
    ran_out = state.standstill is not None and given.today > state.standstill.last_day
    if state.measures.order is None or ran_out:
        yield PlanFreed(given.today, "changed_plan_filed")


def grant_review(procedure: Procedure[Review], article: str, via: str, by: Articles) -> None:
    """Give `procedure`, which files under `article`, every power of the review, as `via` applies them."""
    filing.grant(procedure, article, via)
    standstill.grant(procedure, via)
    ladder.grant(procedure, by)
    procedure.act(by.comply, by=[OPERATOR, AGENT], when=[bound, not_bound_to_stop])(file_changed_plan)
    standstill.grant_end(procedure, via)
    keep_time(procedure, warned=warned, silences=SILENT_ENDS)


grant_review(notification, article="52(1)", via="", by=Articles())

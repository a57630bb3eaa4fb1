"""The powers of a plan's review (Art. 52(2)-(10)): a notification's, and applied to a change by 54(2)."""

from __future__ import annotations

from services.infra_review.domain.filing import filing, refuse_defects
from services.infra_review.domain.measures.powers import (
    FileChangedPlan,
    answering,
    recommending,
    refuse_another_change,
)
from services.infra_review.domain.measures.rules import addressed, bound, not_bound_to_stop
from services.infra_review.domain.measures.state import ChangedPlanFiled
from services.infra_review.domain.review import Review
from services.infra_review.domain.standstill import standstill, standstill_end
from services.infra_review.plan.excuses import Filing as Form
from services.infra_review.plan.passport import compose
from services.infra_review.roles import AGENT, OPERATOR
from services.platform.law.acts import Acts
from services.platform.law.procedure import Given, Powers

review_powers: Powers[Review] = Powers()
review_powers.apply(filing)
review_powers.apply(standstill)
review_powers.apply(recommending)
review_powers.apply(answering)


@review_powers.act("52(8), (9)", by=[OPERATOR, AGENT], when=[addressed, bound, not_bound_to_stop])
def file_changed_plan(state: Review, command: FileChangedPlan, given: Given) -> Acts:
    """File the plan changed as recommended or ordered.

    Who accepted a recommendation is free at once (52(9)); who was ordered waits for the end of the
    standstill, since 52(9) speaks only of those who accepted.
    """
    form: Form = "changed_change" if state.amends else "changed_plan"
    before = compose(state.plan, command.filed_with) if state.amends and state.plan else None
    refuse_defects(command.plan, given.today, "52(8)", form=form, before=before, passports=command.passports)
    places = refuse_another_change(state.plan, command, given.today)
    yield ChangedPlanFiled(command.plan, given.today, places)
    ran_out = state.standstill is not None and given.today > state.standstill.last_day
    if state.measures.order is None or ran_out:
        yield state.freedom(given.today, "changed_plan_filed")


review_powers.apply(standstill_end)

"""What a review of equipment in use has changed becomes the plan that later changes start from (55(3))."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.infra_review.domain.measures.state import ChangedPlanFiled
from services.infra_review.domain.plan_changes import ReplacePlan, replace_plan
from services.infra_review.domain.post_review import post_review
from services.platform.cases.case import Case
from services.platform.cases.history import act_of
from services.platform.cases.store import Cases
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Given, Refusal

reviews = Cases(post_review)


def take_over(review_id: str, at: datetime, plans: Callable[[str], Case[Any]]) -> None:
    """Let the case that holds the plan take over the one filed in a review, once however often it is told.

    `plans` finds the case of a plan by its id.
    """
    opened = reviews.load(review_id).state.opened
    assert opened is not None
    acts = [act_of(post_review, entry) for entry in reviews.history(review_id)]
    filed = next(act for act in acts if isinstance(act, ChangedPlanFiled))
    case = holder(opened.of, plans)
    try:
        Cases(case.procedure).act(case.id, replace_plan, ReplacePlan(filed.plan, review_id), Given(at, CLOCK))
    except Refusal as refusal:
        # Told twice, or given up since: there is nothing left to take over.
        if refusal.code not in ("plan_already_replaced", "plan_does_not_stand"):
            raise


def holder(case_id: str, plans: Callable[[str], Case[Any]]) -> Case[Any]:
    """The case that holds the plan now: the one of that id, or the last change of it that became free."""
    case = plans(case_id)
    while case.state.amended_by is not None:
        later = plans(case.state.amended_by)
        if later.state.freed is None:
            break
        case = later
    return case

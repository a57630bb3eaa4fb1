"""How a plan filed again after a recommendation or an order differs from the one before (Art. 52(8)).

Whoever accepts files the plan with the change that was recommended (当該勧告に係る変更を加えた). What can be
computed is whether it is for the same business and the same equipment, whether anything changed at all, and
where. Whether it is the change that was recommended is for the ministry to find.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.infra_review.plan.changes import classify
from services.infra_review.plan.difference import Difference
from services.infra_review.plan.model import Plan
from services.platform.law.values import Value

WhyNot = Literal["unchanged", "another_business", "another_equipment"]


class Refiling(Value):
    """A plan filed again, beside the one it replaces."""

    why_not: WhyNot | None
    """Why it cannot be the plan with the recommended change; None when it may be."""
    differences: tuple[Difference, ...] = ()
    """Everything in which the two differ; papers are no matter of Art. 52(2) and do not count."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Where it was changed, as JSON pointers, each once: what the ministry's finding speaks of."""
        return tuple(dict.fromkeys(one.pointer for one in self.differences))


def refiled(before: Plan, after: Plan, *, on: date | None = None) -> Refiling:
    """Compare the plan as it was recommended upon with the one filed `on` that day, both composed.

    The equipment is the same when its kind is: another product, or another supplier, may be the very change.
    """
    differences = classify(before, after, on=on).differences
    why_not: WhyNot | None = None
    if before.business != after.business:
        why_not = "another_business"
    elif _kind(before) != _kind(after):
        why_not = "another_equipment"
    elif not differences:
        why_not = "unchanged"
    return Refiling(why_not, differences)


def _kind(plan: Plan) -> str | None:
    return plan.equipment.kind if plan.equipment else None

"""From arrival to acceptance (到達から受理まで): Art. 52(1), (2), and 54(1) for the draft of a change.

A plan is checked when it is filed and when it is completed, and everything that is missing is said at once;
who files it all the same has filed it, with its defects on record (Administrative Procedure Act, Art. 37).
What only a person can see, the ministry returns. Arrival and acceptance are two moments, and only the second
starts the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.infra_review.domain.operator import Operator
from services.infra_review.domain.review import (
    PlanAccepted,
    PlanCompleted,
    PlanReturned,
    PlanWithdrawn,
    Review,
)
from services.infra_review.plan.defects import defects
from services.infra_review.plan.excuses import Filing as Form
from services.infra_review.plan.grace import in_grace
from services.infra_review.plan.model import Plan, Token
from services.infra_review.plan.passport import Passport, compose, seen_by_operator
from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL
from services.platform.law.acts import Acts
from services.platform.law.procedure import Given, Powers, Refusal, refuse_if, rule
from services.platform.law.values import Value, field
from services.platform.shared.completion import ReturnForCompletion, Shortcoming, not_returned, returned


def refuse_defects(
    plan: Plan,
    on: date,
    article: str,
    *,
    form: Form = "notification",
    before: Plan | None = None,
    passports: Mapping[Token, Passport] | None = None,
    as_it_is: bool = False,
) -> tuple[Shortcoming, ...]:
    """Refuse a plan that lacks what Art. 52(2) and the orders ask for, naming every defect at once.

    Who files it `as_it_is` has been warned: then they are what is recorded of its arrival. What lies under a
    supplier's seal becomes one word about it: that its passport is not complete.
    """
    found = seen_by_operator(plan, defects(plan, on, filing=form, before=before, passports=passports))
    if as_it_is:
        return tuple(
            Shortcoming(f"/plan{one.field}", one.code, one.article, f"{one.message_ja} / {one.message}")
            for one in found
        )
    errors = [
        {
            "pointer": f"#/plan{defect.field}",
            "code": defect.code,
            "article": defect.article,
            "message": defect.message,
            "message_ja": defect.message_ja,
        }
        for defect in found
    ]
    refuse_if(bool(errors), "plan_incomplete", article, count=len(errors), errors=errors)
    return ()


def refuse_in_grace(plan: Plan, operator: Operator, done_on: date | None = None) -> None:
    """Refuse a plan of which a part begins, or was done on `done_on`, while Art. 53 frees it of the duty."""
    for begins, grace in in_grace(plan, operator.designation.on, done_on):
        facts = {"begins": begins, "last_day": grace.last_day}
        raise Refusal("no_duty_in_grace", grace.article, see=[grace], **facts)


# ---- The rules ----


@rule("already_accepted", "52(3)", explain=lambda state, _: {"on": state.accepted_on})
def not_accepted_yet(state: Review, _: Given) -> bool:
    """The notification has not been accepted."""
    return state.accepted_on is None


@rule("case_over", "52(1)")
def not_over(state: Review, _: Given) -> bool:
    """The case is neither free nor stopped nor withdrawn."""
    return not state.over


@rule(
    "standstill_over",
    "52(3)",
    explain=lambda state, _: {"last_day": state.standstill and state.standstill.last_day},
)
def not_free_yet(state: Review, given: Given) -> bool:
    """The plan has not been accepted, its standstill still runs, or it waits for its original's."""
    return state.standstill is None or given.today <= state.standstill.last_day or state.awaits is not None


@rule("bound_to_comply", "52(8)")
def not_bound(state: Any, _: Given) -> bool:
    """Nothing binds the operator: neither an order nor a recommendation it accepted."""
    return not state.bound


# ---- The powers ----

filing: Powers[Review] = Powers()
"""From arrival to acceptance: Art. 52(2) and (3)."""
PENDING = (not_over, not_accepted_yet)


@filing.act("52(2)", by=[REVIEWING_OFFICIAL], when=[*PENDING, not_returned])
def return_for_completion(_: Review, command: ReturnForCompletion, given: Given) -> Acts:
    """Return the plan for completion (補正の求め), with everything that must be put right."""
    yield PlanReturned(command.shortcomings, given.today)


class Complete(Value):
    """The plan, put right and whole."""

    plan: Plan
    passports: Mapping[Token, Passport] = field(default_factory=dict)
    """The supplier passports it cites; the door opens them for the check."""
    operator: Operator | None = None
    """The designation it is filed under (Art. 53)."""
    before: Plan | None = None
    """Of the draft of a change: the plan it would change, whose papers need not be filed again, ..."""
    filed_with: Mapping[Token, Passport] = field(default_factory=dict)
    """... and the passports that one cites, as they were when it was filed."""
    as_it_is: bool = False
    """Whether it is filed though it still lacks something."""


@filing.act("52(2)", by=[OPERATOR, AGENT], when=[*PENDING, returned])
def complete(state: Review, command: Complete, given: Given) -> Acts:
    """File the completed plan (補正)."""
    form: Form = "change" if state.amends else "notification"
    found = refuse_defects(
        command.plan,
        given.today,
        "52(2)",
        form=form,
        before=compose(command.before, command.filed_with) if command.before else None,
        passports=command.passports,
        as_it_is=command.as_it_is,
    )
    if command.operator is not None and not state.amends:
        refuse_in_grace(command.plan, command.operator)
    refuse_if(
        command.plan.business != state.business,
        "another_business",
        "52(1)",
        plan=command.plan.business,
        designated=state.business,
    )
    yield PlanCompleted(command.plan, given.today, found)


class Accept(Value):
    """Acceptance says nothing more than that it happened; its day is the day it was made."""


@filing.act("52(3)", by=[REVIEWING_OFFICIAL], when=[*PENDING, not_returned])
def accept(_: Review, __: Accept, given: Given) -> Acts:
    """Accept the notification (受理): the thirty days count from today."""
    yield PlanAccepted(given.at, given.today)


class Withdraw(Value):
    """The operator no longer intends what it notified."""


def withdraw(_: Review, __: Withdraw, given: Given) -> Acts:
    """Withdraw the plan (取下げ), as long as nothing binds the operator to more."""
    yield PlanWithdrawn(given.today)


MAY_WITHDRAW = (not_over, not_free_yet, not_bound)
"""When a plan can be taken back: its procedure gives the power by the article it is filed under."""

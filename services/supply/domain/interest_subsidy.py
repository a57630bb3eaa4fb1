"""Interest subsidies to lenders (利子補給金): Art. 31(3)(ii).

A financial institution lends to a certified operator and is given what lowers the interest. Its conditions
are those of the body's approved rules (33(2)(iv)); never is more given than the interest of the period.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import CaseId, Reasons
from services.supply.domain.support_body.state import MONEY
from services.supply.plans.model import Paper
from services.supply.roles import LENDER, SUPPORT_BODY, before


@leaves("restricted")
class InterestSubsidyApplied(Act):
    """A lender applied for an interest subsidy for its loan to a certified operator."""

    plan: str
    body: str
    body_organisation: str
    ministries: tuple[str, ...]
    lender: str
    operator: str
    principal_yen: int
    yen: int
    begins_on: date
    ends_on: date
    reasons: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class InterestSubsidyDecided(Act):
    """The body decided to give it, with conditions."""

    yen: int
    conditions: str
    on: date


@leaves("restricted")
class InterestSubsidyRefused(Act):
    """The body decided to give none."""

    reasons: str
    on: date


@leaves("restricted")
class InterestPaid(Act):
    """The subsidy for a period was paid."""

    begins_on: date
    ends_on: date
    interest_yen: int
    yen: int
    on: date


@leaves("restricted")
class InterestSubsidyStopped(Act):
    """The subsidy was stopped (支給の停止), or its time is over; what is left of it is free."""

    reasons: str
    on: date


class InterestSubsidy(Value):
    """An interest subsidy as it stands."""

    applied: InterestSubsidyApplied | None = None
    decided: InterestSubsidyDecided | None = None
    refused: InterestSubsidyRefused | None = None
    payments: tuple[InterestPaid, ...] = ()
    stopped: InterestSubsidyStopped | None = None

    @property
    def left_yen(self) -> int:
        """What of the promise has not been paid."""
        return (self.decided.yen if self.decided else 0) - sum(one.yen for one in self.payments)


def evolve(state: InterestSubsidy, act: Act) -> InterestSubsidy:
    """The interest subsidy after `act`."""
    match act:
        case InterestSubsidyApplied():
            return InterestSubsidy(applied=act)
        case InterestSubsidyDecided():
            return replace(state, decided=act)
        case InterestSubsidyRefused():
            return replace(state, refused=act)
        case InterestPaid():
            return replace(state, payments=(*state.payments, act))
        case InterestSubsidyStopped():
            return replace(state, stopped=act)
    raise TypeError(f"{type(act).__name__} is no act of an interest subsidy")


def _parties(lender: str, body: str, ministries: tuple[str, ...]) -> Parties:
    return before(ministries, {LENDER: lender, SUPPORT_BODY: body})


interest_subsidy: Procedure[InterestSubsidy] = Procedure(
    name="interest-subsidy",
    title="Interest subsidy to a lender",
    title_ja="利子補給金の支給",
    initial=InterestSubsidy(),
    evolve=evolve,
    acts=(
        InterestSubsidyApplied,
        InterestSubsidyDecided,
        InterestSubsidyRefused,
        InterestPaid,
        InterestSubsidyStopped,
    ),
    parties=lambda s: (
        _parties(s.applied.lender, s.applied.body_organisation, s.applied.ministries) if s.applied else NOBODY
    ),
    stages=(
        end("Refused", "None is given", "不支給", "31(3)(ii)", lambda s: s.refused is not None),
        end("Stopped", "Over", "支給の終了", "31(3)(ii)", lambda s: s.stopped is not None),
        Stage(
            "Granted",
            "Paid by period",
            "支給中",
            "31(3)(ii)",
            lambda s: s.decided is not None,
            then=("Stopped",),
        ),
        Stage(
            "AwaitDecision",
            "The body examines the application",
            "支給の審査",
            "31(3)(ii), 33(2)(iv)",
            lambda _: True,
            then=("Granted", "Refused"),
        ),
    ),
)


@rule("subsidy_decided", "31(3)(ii)")
def undecided(state: InterestSubsidy, _: Given) -> bool:
    """Nothing has been decided on the application."""
    return state.decided is None and state.refused is None


@rule("subsidy_not_decided", "31(3)(ii)")
def granted(state: InterestSubsidy, _: Given) -> bool:
    """It was decided on, and has not been stopped."""
    return state.decided is not None and state.stopped is None


class ApplyForInterestSubsidy(Value):
    """For which loan to whose certified plan, of which body, how much altogether, and for which time."""

    plan: CaseId
    body: CaseId
    lender: OrganisationId
    operator: OrganisationId
    principal_yen: MONEY
    yen: MONEY
    begins_on: date
    ends_on: date
    reasons: Reasons
    papers: Annotated[tuple[Paper, ...], Len(0, 50)] = ()


class Applying(Value):
    """An application beside what its plan and its body say."""

    asked: ApplyForInterestSubsidy
    in_force: bool
    participants: tuple[str, ...]
    same_material: bool
    body_organisation: str
    ministries: tuple[str, ...]

    @property
    def parties(self) -> Parties:
        """The lender, the body, and the ministers."""
        return _parties(self.asked.lender, self.body_organisation, self.ministries)


@interest_subsidy.act("31(3)(ii)", by=[LENDER], opens=True)
def apply_for_interest_subsidy(_: InterestSubsidy, command: Applying, given: Given) -> Acts:
    """Apply for an interest subsidy (支給の申請)."""
    asked = command.asked
    refuse_if(not command.in_force, "plan_not_in_force", "31(3)(ii)")
    refuse_if(asked.operator not in command.participants, "not_the_certified_operator", "31(3)(ii)")
    refuse_if(not command.same_material, "body_of_another_material", "31(1)")
    refuse_if(
        asked.ends_on < asked.begins_on,
        "days_reversed",
        "31(3)(ii)",
        begins=asked.begins_on,
        ends=asked.ends_on,
    )
    yield InterestSubsidyApplied(
        asked.plan,
        asked.body,
        command.body_organisation,
        command.ministries,
        asked.lender,
        asked.operator,
        asked.principal_yen,
        asked.yen,
        asked.begins_on,
        asked.ends_on,
        asked.reasons,
        asked.papers,
        given.today,
    )


class DecideInterest(Value):
    """How much is given altogether, and under which conditions."""

    yen: MONEY
    conditions: Reasons


@interest_subsidy.act("31(3)(ii), 33(2)(iv)", by=[SUPPORT_BODY], when=[undecided])
def decide_interest_subsidy(state: InterestSubsidy, command: DecideInterest, given: Given) -> Acts:
    """Decide to give it (支給の決定); the fund promises it in the same transaction."""
    assert state.applied is not None
    beyond = command.yen > state.applied.yen
    refuse_if(beyond, "more_than_asked", "31(3)(ii)", asked=state.applied.yen, given=command.yen)
    yield InterestSubsidyDecided(command.yen, command.conditions, given.today)


class RefuseInterest(Value):
    """Why none is given."""

    reasons: Reasons


@interest_subsidy.act("31(3)(ii)", by=[SUPPORT_BODY], when=[undecided])
def refuse_interest_subsidy(_: InterestSubsidy, command: RefuseInterest, given: Given) -> Acts:
    """Decide to give none."""
    yield InterestSubsidyRefused(command.reasons, given.today)


class PayInterest(Value):
    """For which period, what the operator owed in interest for it, and how much of that is paid."""

    begins_on: date
    ends_on: date
    interest_yen: MONEY
    yen: MONEY


@interest_subsidy.act("31(3)(ii)", by=[SUPPORT_BODY], when=[granted])
def pay_interest_subsidy(state: InterestSubsidy, command: PayInterest, given: Given) -> Acts:
    """Pay the subsidy for a period that is over; no day is paid for twice."""
    assert state.applied is not None
    first, last = command.begins_on, command.ends_on
    refuse_if(last < first, "days_reversed", begins=first, ends=last)
    outside = first < state.applied.begins_on or last > state.applied.ends_on or last > given.today
    refuse_if(outside, "period_outside", begins=state.applied.begins_on, ends=state.applied.ends_on)
    twice = any(first <= one.ends_on and one.begins_on <= last for one in state.payments)
    refuse_if(twice, "paid_for_already", begins=first, ends=last)
    beyond = command.yen > command.interest_yen
    refuse_if(beyond, "more_than_the_interest", interest=command.interest_yen, paid=command.yen)
    left = state.left_yen
    refuse_if(command.yen > left, "more_than_promised", left=left, paid=command.yen)
    yield InterestPaid(first, last, command.interest_yen, command.yen, given.today)


class StopInterest(Value):
    """Why it is stopped."""

    reasons: Reasons


@interest_subsidy.act("31(3)(ii), 33(2)(iv)", by=[SUPPORT_BODY], when=[granted])
def stop_interest_subsidy(_: InterestSubsidy, command: StopInterest, given: Given) -> Acts:
    """Stop the subsidy, or close it at the end of its time."""
    yield InterestSubsidyStopped(command.reasons, given.today)

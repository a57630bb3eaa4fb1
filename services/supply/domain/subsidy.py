"""Subsidies to certified operators (助成金): applied for, decided, paid, settled, returned. Art. 31(3)(i).

How a subsidy is decided, paid and taken back, the body's approved rules say (33(2)(iii)).
The money itself is in the body's own case: each act that moves some writes the entry there in the same
transaction.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import CaseId, PassDay, Reasons
from services.statute import end_of
from services.supply.domain.support_body.state import MONEY
from services.supply.plans.model import EffortKind, Key, Paper, Yen
from services.supply.roles import AGENT, OPERATOR, SUPPORT_BODY, before


@leaves("restricted")
class SubsidyApplied(Act):
    """A certified operator applied for a subsidy for one effort of its plan."""

    plan: str
    body: str
    """The case of the support body."""
    body_organisation: str
    ministries: tuple[str, ...]
    operator: str
    effort: str
    kind: EffortKind
    cost_yen: int
    yen: int
    other_aid_yen: int
    reasons: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class SubsidyDecided(Act):
    """The body decided to give the subsidy, with conditions (交付の決定)."""

    yen: int
    conditions: str
    on: date


@leaves("restricted")
class SubsidyRefused(Act):
    """The body decided to give none."""

    reasons: str
    on: date


@leaves("restricted")
class SubsidyRevoked(Act):
    """The decision was cancelled before anything was paid (交付の取消し)."""

    reasons: str
    on: date


@leaves("restricted")
class InstalmentPaid(Act):
    """Part of the subsidy was paid."""

    yen: int
    on: date


@leaves("restricted")
class ResultFiled(Act):
    """The operator filed what was done and spent (実績報告)."""

    spent_yen: int
    other_aid_yen: int
    report: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class AmountFixed(Act):
    """The amount was fixed by the result (額の確定)."""

    yen: int
    reasons: str
    on: date


@leaves("restricted")
class ReturnOrdered(Act):
    """The decision was cancelled or the amount fixed lower: the operator is to pay back by a day (返還)."""

    yen: int
    due: date
    reasons: str
    on: date


@leaves("restricted")
class ReturnOverdue(Act):
    """The day by which to pay back passed."""

    due: date


@leaves("restricted")
class Returned(Act):
    """The operator paid back."""

    yen: int
    on: date


class Subsidy(Value):
    """A subsidy as it stands."""

    applied: SubsidyApplied | None = None
    decided: SubsidyDecided | None = None
    refused: SubsidyRefused | None = None
    revoked: SubsidyRevoked | None = None
    paid_yen: int = 0
    result: ResultFiled | None = None
    fixed: AmountFixed | None = None
    ordered: ReturnOrdered | None = None
    ordered_yen: int = 0
    overdue: bool = False
    returned_yen: int = 0

    @property
    def promised_yen(self) -> int:
        """What may still be paid."""
        if self.decided is None or self.revoked is not None or self.ordered_whole:
            return 0
        return (self.fixed.yen if self.fixed else self.decided.yen) - self.paid_yen

    @property
    def ordered_whole(self) -> bool:
        """Whether all that was paid is to come back."""
        return self.ordered is not None and self.ordered_yen >= self.paid_yen

    @property
    def settled(self) -> bool:
        """Whether nothing is to be paid any more, one way or the other."""
        if self.ordered is not None:
            return self.returned_yen >= self.ordered_yen
        return self.fixed is not None and self.paid_yen == self.fixed.yen


def evolve(state: Subsidy, act: Act) -> Subsidy:
    """The subsidy after `act`."""
    match act:
        case SubsidyApplied():
            return Subsidy(applied=act)
        case SubsidyDecided():
            return replace(state, decided=act)
        case SubsidyRefused():
            return replace(state, refused=act)
        case SubsidyRevoked():
            return replace(state, revoked=act)
        case InstalmentPaid():
            return replace(state, paid_yen=state.paid_yen + act.yen)
        case ResultFiled():
            return replace(state, result=act)
        case AmountFixed():
            return replace(state, fixed=act)
        case ReturnOrdered():
            return replace(state, ordered=act, ordered_yen=state.ordered_yen + act.yen, overdue=False)
        case ReturnOverdue():
            return replace(state, overdue=True)
        case Returned():
            return replace(state, returned_yen=state.returned_yen + act.yen)
    raise TypeError(f"{type(act).__name__} is no act of a subsidy")


def _parties(operator: str, body: str, ministries: tuple[str, ...]) -> Parties:
    return before(ministries, {OPERATOR: operator, AGENT: operator, SUPPORT_BODY: body})


def parties(state: Subsidy) -> Parties:
    """The operator and its agent, the body, and the ministers."""
    one = state.applied
    return _parties(one.operator, one.body_organisation, one.ministries) if one else NOBODY


subsidy: Procedure[Subsidy] = Procedure(
    name="subsidy",
    title="Subsidy to a certified operator",
    title_ja="助成金の交付",
    initial=Subsidy(),
    evolve=evolve,
    acts=(
        SubsidyApplied,
        SubsidyDecided,
        SubsidyRefused,
        SubsidyRevoked,
        InstalmentPaid,
        ResultFiled,
        AmountFixed,
        ReturnOrdered,
        ReturnOverdue,
        Returned,
    ),
    parties=parties,
    stages=(
        end("Refused", "No subsidy is given", "不交付", "31(3)(i)", lambda s: s.refused is not None),
        end(
            "Revoked",
            "Cancelled before anything was paid",
            "交付の取消し",
            "33(2)(iii)",
            lambda s: s.revoked is not None,
        ),
        end("Settled", "Nothing is to be paid any more", "精算済み", "31(3)(i)", lambda s: s.settled),
        Stage(
            "AwaitReturn",
            "Money is to be paid back",
            "返還待ち",
            "33(2)(iii)",
            lambda s: s.ordered is not None,
            until=lambda s: None if s.overdue or s.ordered is None else end_of(s.ordered.due),
            then=("Settled",),
        ),
        Stage(
            "AwaitPayment",
            "The amount is fixed and not all of it is paid",
            "支払待ち",
            "31(3)(i)",
            lambda s: s.fixed is not None,
            then=("Settled", "AwaitReturn"),
        ),
        Stage(
            "Granted",
            "Decided; the result is awaited",
            "交付決定済み",
            "31(3)(i)",
            lambda s: s.decided is not None,
            then=("AwaitPayment", "AwaitReturn", "Settled", "Revoked"),
        ),
        Stage(
            "AwaitDecision",
            "The body examines the application",
            "交付の審査",
            "31(3)(i), 33(2)(iii)",
            lambda _: True,
            then=("Granted", "Refused"),
        ),
    ),
)


@rule("subsidy_decided", "31(3)(i)")
def undecided(state: Subsidy, _: Given) -> bool:
    """Nothing has been decided on the application."""
    return state.decided is None and state.refused is None


@rule("subsidy_not_decided", "31(3)(i)")
def granted(state: Subsidy, _: Given) -> bool:
    """The subsidy was decided on, and is not settled."""
    return state.decided is not None and state.revoked is None and not state.settled


@rule("paid_already", "33(2)(iii)")
def nothing_paid(state: Subsidy, _: Given) -> bool:
    """Nothing has been paid: what was paid is ordered back instead."""
    return state.paid_yen == 0


@rule("amount_fixed", "33(2)(iii)")
def not_fixed(state: Subsidy, _: Given) -> bool:
    """The amount has not been fixed."""
    return state.fixed is None


@rule("no_result_filed", "33(2)(iii)")
def result_filed(state: Subsidy, _: Given) -> bool:
    """The operator has filed the result."""
    return state.result is not None


@rule("no_return_ordered", "33(2)(iii)")
def return_ordered(state: Subsidy, _: Given) -> bool:
    """Money is to be paid back."""
    return state.ordered is not None and state.returned_yen < state.ordered_yen


@rule("return_not_overdue", "33(2)(iii)")
def return_overdue(state: Subsidy, given: Given) -> bool:
    """The day by which to pay back has passed, and nobody has recorded that."""
    if state.ordered is None or state.overdue:
        return False
    return state.returned_yen < state.ordered_yen and given.today > state.ordered.due


class ApplyForSubsidy(Value):
    """For which effort of which certified plan, of which body, how much, and which other aid there is."""

    plan: CaseId
    body: CaseId
    operator: OrganisationId
    effort: Key
    yen: MONEY
    reasons: Reasons
    other_aid_yen: Yen = 0
    papers: Annotated[tuple[Paper, ...], Len(0, 50)] = ()


class Applying(Value):
    """An application beside what its plan and its body say."""

    asked: ApplyForSubsidy
    in_force: bool
    participants: tuple[str, ...]
    kind: EffortKind | None
    """Of the effort; None where the plan has none of that name."""
    cost_yen: int
    material: str
    body_material: str
    body_organisation: str
    ministries: tuple[str, ...]

    @property
    def parties(self) -> Parties:
        """The operator, the body, and the ministers."""
        return _parties(self.asked.operator, self.body_organisation, self.ministries)


@subsidy.act("31(3)(i)", by=[OPERATOR, AGENT], opens=True)
def apply_for_subsidy(_: Subsidy, command: Applying, given: Given) -> Acts:
    """Apply for a subsidy for an effort of a certified plan (交付の申請)."""
    asked = command.asked
    refuse_if(not command.in_force, "plan_not_in_force", "31(3)(i)")
    refuse_if(asked.operator not in command.participants, "not_the_certified_operator", "31(3)(i)")
    refuse_if(command.material != command.body_material, "body_of_another_material", "31(1)")
    if command.kind is None:
        refuse_if(True, "no_such_effort", "31(3)(i)", efforts=asked.effort)
        return
    beyond = asked.yen + asked.other_aid_yen > command.cost_yen
    refuse_if(
        beyond, "beyond_the_cost", "31(3)(i)", cost=command.cost_yen, asked=asked.yen + asked.other_aid_yen
    )
    yield SubsidyApplied(
        asked.plan,
        asked.body,
        command.body_organisation,
        command.ministries,
        asked.operator,
        asked.effort,
        command.kind,
        command.cost_yen,
        asked.yen,
        asked.other_aid_yen,
        asked.reasons,
        asked.papers,
        given.today,
    )


class DecideSubsidy(Value):
    """How much is given, and under which conditions."""

    yen: MONEY
    conditions: Reasons


@subsidy.act("31(3)(i), 33(2)(iii)", by=[SUPPORT_BODY], when=[undecided])
def decide_subsidy(state: Subsidy, command: DecideSubsidy, given: Given) -> Acts:
    """Decide to give the subsidy (交付の決定); the fund promises it in the same transaction."""
    assert state.applied is not None
    beyond = command.yen > state.applied.yen
    refuse_if(beyond, "more_than_asked", "31(3)(i)", asked=state.applied.yen, given=command.yen)
    yield SubsidyDecided(command.yen, command.conditions, given.today)


class RefuseSubsidy(Value):
    """Why no subsidy is given."""

    reasons: Reasons


@subsidy.act("31(3)(i)", by=[SUPPORT_BODY], when=[undecided])
def refuse_subsidy(_: Subsidy, command: RefuseSubsidy, given: Given) -> Acts:
    """Decide to give none."""
    yield SubsidyRefused(command.reasons, given.today)


class RevokeSubsidy(Value):
    """Why nothing is to be paid after all."""

    reasons: Reasons


@subsidy.act("31(3)(i), 33(2)(iii)", by=[SUPPORT_BODY], when=[granted, nothing_paid])
def revoke_subsidy(_: Subsidy, command: RevokeSubsidy, given: Given) -> Acts:
    """Cancel the decision before anything was paid; the promise is free again."""
    yield SubsidyRevoked(command.reasons, given.today)


class PaySubsidy(Value):
    """How much is paid now."""

    yen: MONEY


@subsidy.act("31(3)(i)", by=[SUPPORT_BODY], when=[granted])
def pay_subsidy(state: Subsidy, command: PaySubsidy, given: Given) -> Acts:
    """Pay the subsidy, or part of it."""
    left = state.promised_yen
    refuse_if(command.yen > left, "more_than_promised", "31(3)(i)", left=left, paid=command.yen)
    yield InstalmentPaid(command.yen, given.today)


class FileResult(Value):
    """What was done and spent, and which other aid was had for it."""

    spent_yen: Yen
    report: Reasons
    other_aid_yen: Yen = 0
    papers: Annotated[tuple[Paper, ...], Len(0, 50)] = ()


@subsidy.act("31(3)(i), 33(2)(iii)", by=[OPERATOR, AGENT], when=[granted, not_fixed])
def file_result(_: Subsidy, command: FileResult, given: Given) -> Acts:
    """File what was done and spent."""
    yield ResultFiled(command.spent_yen, command.other_aid_yen, command.report, command.papers, given.today)


class FixAmount(Value):
    """To how much the result entitles, and why."""

    yen: Yen
    reasons: Reasons


@subsidy.act("31(3)(i), 33(2)(iii)", by=[SUPPORT_BODY], when=[granted, not_fixed, result_filed])
def fix_amount(state: Subsidy, command: FixAmount, given: Given) -> Acts:
    """Fix the amount by the result: no more than was decided, nor than the costs other aid leaves."""
    assert state.decided is not None
    assert state.result is not None
    left = max(0, state.result.spent_yen - state.result.other_aid_yen)
    most = min(state.decided.yen, left)
    refuse_if(command.yen > most, "more_than_spent", "31(3)(i)", most=most, fixed=command.yen)
    yield AmountFixed(command.yen, command.reasons, given.today)


class OrderReturn(Value):
    """How much is to be paid back, by which day, and why."""

    yen: MONEY
    due: date
    reasons: Reasons


@subsidy.act("31(3)(i), 33(2)(iii)", by=[SUPPORT_BODY], when=[granted])
def order_return(state: Subsidy, command: OrderReturn, given: Given) -> Acts:
    """Have money paid back: the decision is cancelled, or less was needed (交付の取消し及び返還)."""
    kept = state.paid_yen - state.ordered_yen
    refuse_if(command.yen > kept, "more_than_was_paid", "31(3)(i)", paid=kept, ordered=command.yen)
    refuse_if(command.due < given.today, "day_is_past", day=command.due, today=given.today)
    yield ReturnOrdered(command.yen, command.due, command.reasons, given.today)


class Return(Value):
    """How much the operator has paid back, as the body has received it."""

    yen: MONEY


@subsidy.act("31(3)(i), 33(2)(iii)", by=[SUPPORT_BODY], when=[return_ordered])
def receive_return(state: Subsidy, command: Return, given: Given) -> Acts:
    """Record what was paid back; it goes into the fund."""
    left = state.ordered_yen - state.returned_yen
    refuse_if(command.yen > left, "more_than_ordered", left=left, paid=command.yen)
    yield Returned(command.yen, given.today)


@subsidy.act("33(2)(iii)", by=[THE_CLOCK], when=[return_overdue])
def note_overdue_return(state: Subsidy, _: PassDay, __: Given) -> Acts:
    """Record that the day by which to pay back has passed."""
    assert state.ordered is not None
    yield ReturnOverdue(state.ordered.due)

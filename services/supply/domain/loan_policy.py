"""The Japan Finance Corporation's policy on two-step loans (供給確保促進円滑化業務実施方針): Art. 15."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import Line, Reasons
from services.supply.roles import CAO, CORPORATION, MOF, OFFICIAL, before

Items = Annotated[tuple[Reasons, ...], Len(4, 30)]
"""What it sets, by the items of CAO/MOF Order 3 of 2022, Art. 2: four at least."""


@leaves("restricted")
class LoanPolicyFiled(Act):
    """The Corporation applied for the approval of its policy, or of a change of it (15(2))."""

    items: tuple[str, ...]
    on: date


@leaves("restricted")
class LoanPolicyApproved(Act):
    """The ministers approved the policy."""

    on: date


@leaves("restricted")
class LoanPolicyNotApproved(Act):
    """The ministers did not approve it."""

    reasons: str
    on: date


@leaves("public", "where", "on")
class LoanPolicyPublished(Act):
    """The Corporation published its policy (15(3))."""

    where: str
    on: date


class LoanPolicy(Value):
    """The policy as approved, and what waits for approval."""

    filed: tuple[str, ...] = ()
    in_force: tuple[str, ...] = ()
    opened_on: date | None = None
    approved_on: date | None = None
    not_approved: LoanPolicyNotApproved | None = None
    published_on: date | None = None


def evolve(state: LoanPolicy, act: Act) -> LoanPolicy:
    """The policy after `act`."""
    match act:
        case LoanPolicyFiled():
            return replace(state, filed=act.items, opened_on=state.opened_on or act.on, not_approved=None)
        case LoanPolicyApproved():
            return replace(state, filed=(), in_force=state.filed, approved_on=act.on, published_on=None)
        case LoanPolicyNotApproved():
            return replace(state, filed=(), not_approved=act)
        case LoanPolicyPublished():
            return replace(state, published_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of the Corporation's policy")


def of_the_corporation() -> Parties:
    """The Corporation, the Prime Minister and the Minister of Finance (86(1)(i))."""
    return before((CAO, MOF), {CORPORATION: "JFC"})


loan_policy: Procedure[LoanPolicy] = Procedure(
    name="loan-policy",
    title="The Japan Finance Corporation's policy on two-step loans",
    title_ja="供給確保促進円滑化業務実施方針",
    initial=LoanPolicy(),
    evolve=evolve,
    acts=(LoanPolicyFiled, LoanPolicyApproved, LoanPolicyNotApproved, LoanPolicyPublished),
    parties=lambda state: of_the_corporation() if state.opened_on else NOBODY,
    stages=(
        Stage(
            "AwaitApproval",
            "The ministers examine it",
            "認可の審査",
            "15(2)",
            lambda s: bool(s.filed),
            then=("AwaitPublication", "InForce"),
        ),
        Stage(
            "AwaitPublication",
            "Approved, and to be published without delay",
            "公表待ち",
            "15(3)",
            lambda s: bool(s.in_force) and s.published_on is None,
            then=("InForce", "AwaitApproval"),
        ),
        Stage("InForce", "Nothing waits", "実施中", "15(4)", lambda _: True, then=("AwaitApproval",)),
    ),
)


@rule("nothing_to_approve", "15(2)")
def waits_for_approval(state: LoanPolicy, _: Given) -> bool:
    """A policy waits for approval."""
    return bool(state.filed)


@rule("nothing_awaits_publication", "15(3)")
def unpublished(state: LoanPolicy, _: Given) -> bool:
    """The policy was approved and has not been published."""
    return bool(state.in_force) and state.published_on is None


class FileLoanPolicy(Value):
    """What the policy sets, item by item."""

    items: Items

    @property
    def parties(self) -> Parties:
        """The Corporation and the ministers."""
        return of_the_corporation()


@loan_policy.act("15(1), (2)", by=[CORPORATION], opens=True)
def file_loan_policy(_: LoanPolicy, command: FileLoanPolicy, given: Given) -> Acts:
    """Apply for the approval of the policy."""
    yield LoanPolicyFiled(command.items, given.today)


class ChangeLoanPolicy(Value):
    """What it is to set from now on, whole."""

    items: Items


@loan_policy.act("15(2)", by=[CORPORATION])
def change_loan_policy(_: LoanPolicy, command: ChangeLoanPolicy, given: Given) -> Acts:
    """Apply for the approval of a change."""
    yield LoanPolicyFiled(command.items, given.today)


class ApproveLoanPolicy(Value):
    """Approval says nothing more than that it was given."""


@loan_policy.act("15(2)", by=[OFFICIAL], when=[waits_for_approval])
def approve_loan_policy(_: LoanPolicy, __: ApproveLoanPolicy, given: Given) -> Acts:
    """Approve the policy (認可)."""
    yield LoanPolicyApproved(given.today)


class NotApproveLoanPolicy(Value):
    """Why it is not approved."""

    reasons: Reasons


@loan_policy.act("15(2)", by=[OFFICIAL], when=[waits_for_approval])
def not_approve_loan_policy(_: LoanPolicy, command: NotApproveLoanPolicy, given: Given) -> Acts:
    """Do not approve it."""
    yield LoanPolicyNotApproved(command.reasons, given.today)


class PublishLoanPolicy(Value):
    """Where it was published."""

    where: Line


@loan_policy.act("15(3)", by=[CORPORATION], when=[unpublished])
def publish_loan_policy(_: LoanPolicy, command: PublishLoanPolicy, given: Given) -> Acts:
    """Publish the approved policy without delay."""
    yield LoanPolicyPublished(command.where, given.today)

"""Loans in two steps (ツーステップローン): the Corporation lends to a bank, which lends on. Arts. 13-20.

One case a loan, kept by double entry: nothing is lent on that the Corporation has not lent, and nothing
beyond what the certified plan says is to come from such loans. When the claim is gone, the books are kept for
five years.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import AtLeast, Value, field
from services.platform.shared.ledger import Chart, JournalEntry, post, total, transfer
from services.platform.shared.words import CaseId, Reasons
from services.statute import Deadline, period
from services.supply.domain.support_body.state import MONEY
from services.supply.roles import AGENT, CAO, CORPORATION, INSTITUTION, MOF, OPERATOR, before

CASH, CLAIM, OWED = "cash", "claim_on_operator", "owed_to_corporation"
CHART = Chart({CASH: "debit", CLAIM: "debit", OWED: "credit"})
Step = Literal["borrowed", "lent", "repaid", "repaid_to_corporation"]
SIDES: dict[Step, tuple[str, str]] = {
    "borrowed": (CASH, OWED),
    "lent": (CLAIM, CASH),
    "repaid": (CASH, CLAIM),
    "repaid_to_corporation": (OWED, CASH),
}
"""Which account each step debits and which it credits."""


@leaves("restricted")
class LoanRequested(Act):
    """An institution asked the Corporation for the money of a loan to a certified operator."""

    institution: str
    """The case of the institution."""
    organisation: str
    plan: str
    operator: str
    yen: int
    on: date


@leaves("restricted")
class LoanDeclined(Act):
    """The Corporation does not lend."""

    reasons: str
    on: date


@leaves("restricted")
class LoanMoved(Act):
    """Money was lent by the Corporation, lent on, paid back, or paid back to the Corporation."""

    step: Step
    entry: JournalEntry
    on: date


@leaves("restricted")
class LoanClosed(Act):
    """Both claims are extinguished; the books are kept for five years from today (20)."""

    on: date


class TwoStepLoan(Value):
    """A loan in two steps as it stands."""

    requested: LoanRequested | None = None
    declined: LoanDeclined | None = None
    balances: dict[str, Annotated[int, AtLeast(0)]] = field(default_factory=dict)
    borrowed_yen: int = 0
    lent_yen: int = 0
    closed_on: date | None = None

    @property
    def books(self) -> Deadline | None:
        """Until when the books are kept, once the claim is extinguished (C2-14)."""
        return period("supply.institution_books").starting(self.closed_on) if self.closed_on else None


def evolve(state: TwoStepLoan, act: Act) -> TwoStepLoan:
    """The loan after `act`."""
    match act:
        case LoanRequested():
            return TwoStepLoan(requested=act)
        case LoanDeclined():
            return replace(state, declined=act)
        case LoanMoved():
            yen = act.entry.postings[0].yen
            return replace(
                state,
                balances=post(CHART, state.balances, act.entry),
                borrowed_yen=state.borrowed_yen + (yen if act.step == "borrowed" else 0),
                lent_yen=state.lent_yen + (yen if act.step == "lent" else 0),
            )
        case LoanClosed():
            return replace(state, closed_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of a loan in two steps")


def _parties(organisation: str, operator: str) -> Parties:
    return before(
        (CAO, MOF),
        {INSTITUTION: organisation, CORPORATION: "JFC", OPERATOR: operator, AGENT: operator},
    )


two_step_loan: Procedure[TwoStepLoan] = Procedure(
    name="two-step-loan",
    title="Loan in two steps",
    title_ja="供給確保促進業務の貸付け",
    initial=TwoStepLoan(),
    evolve=evolve,
    acts=(LoanRequested, LoanDeclined, LoanMoved, LoanClosed),
    parties=lambda s: _parties(s.requested.organisation, s.requested.operator) if s.requested else NOBODY,
    stages=(
        end(
            "Declined",
            "The Corporation does not lend",
            "貸付けの謝絶",
            "19(1)",
            lambda s: s.declined is not None,
        ),
        end("Closed", "Paid back; the books are kept", "完済", "20", lambda s: s.closed_on is not None),
        Stage(
            "Running",
            "The loan runs",
            "貸付中",
            "13(1)(i), (ii)",
            lambda s: s.borrowed_yen > 0,
            then=("Closed",),
        ),
        Stage(
            "AwaitCorporation",
            "The Corporation examines the request",
            "公庫の審査",
            "19(1)",
            lambda _: True,
            then=("Running", "Declined"),
        ),
    ),
    deadlines=lambda s: (s.books,) if s.books else (),
)


@rule("loan_decided", "19(1)")
def undecided(state: TwoStepLoan, _: Given) -> bool:
    """The Corporation has neither lent nor declined."""
    return state.declined is None and state.borrowed_yen == 0


@rule("loan_not_running", "13(1)(i), (ii)")
def running(state: TwoStepLoan, _: Given) -> bool:
    """The Corporation has lent, and the claims are not extinguished."""
    return state.borrowed_yen > 0 and state.closed_on is None


class RequestLoan(Value):
    """By which institution, for whose certified plan, and how much."""

    institution: CaseId
    plan: CaseId
    operator: OrganisationId
    yen: MONEY


class Requesting(Value):
    """A request beside what its institution and its plan say."""

    asked: RequestLoan
    organisation: str
    designated: bool
    agreed: bool
    plan_in_force: bool
    participants: tuple[str, ...]
    planned_yen: int
    """What the plan says is to come from two-step loans."""

    @property
    def parties(self) -> Parties:
        """The institution, the Corporation, the operator, and the ministers."""
        return _parties(self.organisation, self.asked.operator)


@two_step_loan.act("13(1)(i), (ii), 19(1)", by=[INSTITUTION], opens=True)
def request_loan(_: TwoStepLoan, command: Requesting, given: Given) -> Acts:
    """Ask the Corporation for the money of a loan to a certified operator."""
    asked = command.asked
    refuse_if(not command.designated, "institution_not_designated", "16(1)")
    refuse_if(not command.agreed, "no_agreement", "19(1)")
    refuse_if(not command.plan_in_force, "plan_not_in_force", "13(1)(i)")
    refuse_if(asked.operator not in command.participants, "not_the_certified_operator", "13(1)(ii)")
    beyond = asked.yen > command.planned_yen
    refuse_if(beyond, "beyond_the_plan", "13(1)(i), 9(3)(v)", planned=command.planned_yen, asked=asked.yen)
    yield LoanRequested(
        asked.institution, command.organisation, asked.plan, asked.operator, asked.yen, given.today
    )


class DeclineLoan(Value):
    """Why the Corporation does not lend."""

    reasons: Reasons


@two_step_loan.act("14, 19(1)", by=[CORPORATION], when=[undecided])
def decline_loan(_: TwoStepLoan, command: DeclineLoan, given: Given) -> Acts:
    """Decline to lend."""
    yield LoanDeclined(command.reasons, given.today)


class LoanAmount(Value):
    """How much, in yen."""

    yen: MONEY


def _moved(state: TwoStepLoan, step: Step, yen: int, given: Given) -> LoanMoved:
    entry = transfer(*SIDES[step], yen, given.today)
    post(CHART, state.balances, entry)
    return LoanMoved(step, entry, given.today)


@two_step_loan.act("13(1)(i), 14, 15(4)", by=[CORPORATION])
def lend_to_institution(state: TwoStepLoan, command: LoanAmount, given: Given) -> Acts:
    """Lend to the institution (供給確保促進円滑化業務), at once or by parts."""
    refuse_if(state.declined is not None or state.closed_on is not None, "loan_not_running", "13(1)(i)")
    assert state.requested is not None
    most = state.requested.yen - state.borrowed_yen
    refuse_if(command.yen > most, "more_than_asked", "13(1)(i)", asked=most, given=command.yen)
    yield _moved(state, "borrowed", command.yen, given)


@two_step_loan.act("13(1)(ii), 20", by=[INSTITUTION], when=[running])
def lend_to_operator(state: TwoStepLoan, command: LoanAmount, given: Given) -> Acts:
    """Lend on to the certified operator (供給確保促進業務); the books take it up."""
    yield _moved(state, "lent", command.yen, given)


@two_step_loan.act("20", by=[INSTITUTION], when=[running])
def record_repayment(state: TwoStepLoan, command: LoanAmount, given: Given) -> Acts:
    """Record what the operator has paid back."""
    yield _moved(state, "repaid", command.yen, given)


@two_step_loan.act("19(1), 20", by=[INSTITUTION], when=[running])
def repay_corporation(state: TwoStepLoan, command: LoanAmount, given: Given) -> Acts:
    """Pay back to the Corporation; with the last of both claims the loan is closed."""
    moved = _moved(state, "repaid_to_corporation", command.yen, given)
    yield moved
    after = post(CHART, state.balances, moved.entry)
    if not total(after, OWED) and not total(after, CLAIM):
        yield LoanClosed(given.today)

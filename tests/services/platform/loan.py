"""A procedure small enough to see through: someone asks for a book, an official lends it, time takes it back.

Everything the platform promises is tried on it: two stages with an end by law, one without, an opening act, a
refusal, a power of the clock and a restricted fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves, upcasts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Decide, Given, Procedure, Rule, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.statute import Deadline, period
from tests.services.platform.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL

READERS = (OPERATOR, AGENT)


def parties(organisation: str | None, ministries: Iterable[str]) -> Parties:
    """The reader, who may have an agent, and the ministries whose libraries lend."""
    return Parties.of({OPERATOR: organisation, AGENT: organisation, REVIEWING_OFFICIAL: ministries})


class Borrower(Value):
    name: Annotated[str, Len(1, 40)]
    born_on: date | None = None


class Ask(Value):
    """Ask for a book."""

    organisation: str
    title: Annotated[str, Len(1, 100)]
    borrowers: Annotated[tuple[Borrower, ...], Len(1, 3)]
    ministry: str = "METI"

    @property
    def parties(self) -> Parties:
        return parties(self.organisation, self.ministry.split())


class Lend(Value):
    """Lend the book."""

    note: Annotated[str, Len(0, 200)] = ""


class Renew(Value):
    """Let it be kept from a later day."""

    from_day: date


class GiveBack(Value):
    """Give the book back."""


class HandOver(Value):
    """Leave the loan to the library of another ministry."""

    ministry: str


class Rate(Value):
    """Say how good the book is."""

    stars: int


class Lapse(Value):
    """Let time pass."""


@leaves("internal", "organisation")
class Asked(Act):
    organisation: str
    title: str
    borrowers: tuple[Borrower, ...]
    ministries: frozenset[str]


@upcasts(lambda data: {"note": "", **data})
@leaves("public", "on")
class Lent(Act):
    on: date
    note: str


class Renewed(Act):
    from_day: date


class HandedOver(Act):
    ministry: str


class GivenBack(Act):
    on: date


class Rated(Act):
    stars: int


class Overdue(Act):
    since: date


class Loan(Value):
    organisation: str | None = None
    title: str = ""
    borrowers: tuple[Borrower, ...] = ()
    ministries: frozenset[str] = frozenset()
    lent_on: date | None = None
    note: str = ""
    given_back_on: date | None = None
    overdue_since: date | None = None
    stars: int = 0

    @property
    def term(self) -> Deadline | None:
        """Thirty days, the first included, as a standstill has."""
        return period("infra.standstill").starting(self.lent_on) if self.lent_on else None


def evolve(loan: Loan, act: Act) -> Loan:
    match act:
        case Asked():
            return replace(
                loan,
                organisation=act.organisation,
                title=act.title,
                borrowers=act.borrowers,
                ministries=act.ministries,
            )
        case Lent():
            return replace(loan, lent_on=act.on, note=act.note)
        case Renewed():
            return replace(loan, lent_on=act.from_day, overdue_since=None)
        case HandedOver():
            return replace(loan, ministries=frozenset({act.ministry}))
        case GivenBack():
            return replace(loan, given_back_on=act.on)
        case Rated():
            return replace(loan, stars=act.stars)
        case Overdue():
            return replace(loan, overdue_since=act.since)
    raise TypeError(act)


def deadlines(loan: Loan) -> Sequence[Deadline]:
    return (loan.term,) if loan.term else ()


loans = Procedure(
    name="loan",
    initial=Loan(),
    evolve=evolve,
    acts=(Asked, Lent, Renewed, HandedOver, GivenBack, Rated, Overdue),
    title="Loan of a book",
    title_ja="図書の貸出し",
    parties=lambda loan: parties(loan.organisation, loan.ministries),
    stages=(
        end("Returned", "Given back", "返却済み", "3", lambda loan: loan.given_back_on is not None),
        Stage(
            "Overdue",
            "Overdue",
            "延滞",
            "4",
            lambda loan: loan.overdue_since is not None,
            then=("Lent", "Returned"),
        ),
        Stage(
            "Lent",
            "Lent",
            "貸出中",
            "2",
            lambda loan: loan.lent_on is not None,
            until=lambda loan: loan.term,
            then=("Overdue", "Returned"),
        ),
        Stage("Asked", "Asked for", "申込み", "1", lambda _: True, then=("Lent",)),
    ),
    deadlines=deadlines,
)


def _lent(loan: Loan, given: Given) -> bool:
    return loan.lent_on is not None and loan.given_back_on is None


is_lent: Rule[Loan] = rule("not_lent", "3")(_lent)


@loans.act("1", by=READERS, opens=True)
def ask(loan: Loan, command: Ask, given: Given) -> Acts:
    """Ask for a book."""
    refuse_if(command.title == "Unlendable", "not_lendable", "1", title=command.title)
    yield Asked(command.organisation, command.title, command.borrowers, command.parties.ministries)


@loans.act("2", by=[REVIEWING_OFFICIAL])
def lend(loan: Loan, command: Lend, given: Given) -> Acts:
    """Lend the book for thirty days."""
    refuse_if(loan.lent_on is not None, "already_lent", "2")
    yield Lent(given.today, command.note)


@loans.act("3", by=[REVIEWING_OFFICIAL], when=[is_lent])
def renew(loan: Loan, command: Renew, given: Given) -> Acts:
    """Count the thirty days from a later day."""
    yield Renewed(command.from_day)


@loans.act("2", by=[REVIEWING_OFFICIAL])
def hand_over(loan: Loan, command: HandOver, given: Given) -> Acts:
    """Leave the loan to another library."""
    yield HandedOver(command.ministry)


@loans.act("3", by=READERS, when=[is_lent])
def give_back(loan: Loan, command: GiveBack, given: Given) -> Acts:
    """Give the book back."""
    yield GivenBack(given.today)


@loans.act("5", by=[REVIEWING_OFFICIAL], when=[is_lent])
def rate(loan: Loan, command: Rate, given: Given) -> Acts:
    """Say how good the book is."""
    refuse_if(command.stars < 0, "a_code_that_nobody_listed", "5")
    yield Rated(command.stars)


@loans.act("4", by=[THE_CLOCK], when=[is_lent])
def fall_due(loan: Loan, command: Lapse, given: Given) -> Acts:
    """Let the term run out."""
    assert loan.term
    refuse_if(loan.overdue_since is not None or given.at < loan.term.ends_at, "still_running", "4")
    yield Overdue(loan.term.free_from)


def power(name: str) -> Decide:
    """The function that a power of the procedure is, by its name."""
    return loans.powers[name].decide

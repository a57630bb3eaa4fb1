"""A procedure small enough to see through: someone asks for a book, an official lends it, time takes it back.

Everything the platform promises is tried on it: two stages with an end by law, one without, an opening act, a
refusal, a power of the clock and a restricted fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.access import AGENT, OPERATOR, REVIEWING_OFFICIAL, THE_CLOCK, Parties
from services.platform.law.procedure import Act, Acts, Given, Procedure, Rule, Wait, refuse_if, rule
from services.platform.law.values import Len, Value
from services.statute import Deadline, period

READERS = (OPERATOR, AGENT)


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
        return Parties(self.organisation, frozenset(self.ministry.split()))


class Lend(Value):
    """Lend the book."""

    note: Annotated[str, Len(0, 200)] = ""


class Renew(Value):
    """Let it be kept from a later day."""

    from_day: date


class GiveBack(Value):
    """Give the book back."""


class Rate(Value):
    """Say how good the book is."""

    stars: int


class Lapse(Value):
    """Let time pass."""


class Asked(Value):
    organisation: str
    title: str
    borrowers: tuple[Borrower, ...]
    ministries: frozenset[str]


class Lent(Value):
    on: date
    note: str


class Renewed(Value):
    from_day: date


class GivenBack(Value):
    on: date


class Rated(Value):
    stars: int


class Overdue(Value):
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
        case GivenBack():
            return replace(loan, given_back_on=act.on)
        case Rated():
            return replace(loan, stars=act.stars)
        case Overdue():
            return replace(loan, overdue_since=act.since)
    raise TypeError(act)


def wait(loan: Loan) -> Wait:
    if loan.given_back_on:
        return Wait("Returned", over=True)
    if loan.overdue_since:
        return Wait("Overdue")
    if loan.term:
        return Wait("Lent", loan.term.ends_at)
    return Wait("Asked")


def deadlines(loan: Loan) -> Sequence[Deadline]:
    return (loan.term,) if loan.term else ()


loans = Procedure(
    name="loan",
    initial=Loan(),
    evolve=evolve,
    acts=(Asked, Lent, Renewed, GivenBack, Rated, Overdue),
    parties=lambda loan: Parties(loan.organisation, loan.ministries),
    wait=wait,
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

"""The powers of prior confirmation (Art. 79): asked, answered or referred, answered, passed on."""

from __future__ import annotations

from typing import Annotated

from services.patent.applications import SymbolText
from services.patent.data_files import read
from services.patent.domain.prior_confirmation.state import (
    AnsweredNotOfTheKind,
    AnswerPassedOn,
    Clear,
    ConfirmationAsked,
    PriorConfirmation,
    ReferralAnswered,
    Referred,
    Statement,
    asked_by,
    prior_confirmation,
)
from services.patent.domain.vocabulary import Line, Name, Papers, Restricted
from services.patent.ipc import NotASymbolError, canonical
from services.patent.roles import AGENT, COMMISSIONER, ENQUIRER, PRIME_MINISTER
from services.platform.law.acts import Acts
from services.platform.law.parties import OrganisationId, Parties
from services.platform.law.procedure import Given, Refusal, refuse_if, rule
from services.platform.law.values import Len, Value

# ---- The rules ----


@rule("confirmation_over", "79(2), (4)")
def not_over(state: PriorConfirmation, _: Given) -> bool:
    """The enquirer has no answer yet."""
    return not state.over


@rule("already_referred", "79(3)")
def not_referred(state: PriorConfirmation, _: Given) -> bool:
    """The Prime Minister was not asked: what is asked there is of the kind."""
    return state.referred_on is None


@rule("referral_answered", "79(3)")
def not_answered(state: PriorConfirmation, _: Given) -> bool:
    """The Prime Minister has not answered."""
    return state.answer is None


@rule("referral_not_answered", "79(4)")
def answered(state: PriorConfirmation, _: Given) -> bool:
    """The Prime Minister has answered."""
    return state.answer is not None


# ---- The powers ----


class AskConfirmation(Value):
    """The application for confirmation (Form 3) and its papers (Forms 4 and 5), which may be in English.

    `applied_in_japan` says whether a Japanese application shows the invention: then there is none (79(1)).
    `fee_yen` is what the revenue stamp on it is worth (79(5), (6)).
    """

    enquirer: OrganisationId
    name: Name
    address: Line
    title: Restricted
    description: Restricted
    applied_in_japan: bool
    fee_yen: int
    drawings: Restricted | None = None
    symbols: Annotated[tuple[SymbolText, ...], Len(0, 200)] = ()
    statements: Annotated[tuple[Statement, ...], Len(0, 2)] = ()
    papers: Papers = ()

    @property
    def parties(self) -> Parties:
        """The enquirer, and the Patent Office."""
        return asked_by(self.enquirer)


@prior_confirmation.act("79(1)", by=[ENQUIRER, AGENT], opens=True)
def ask_confirmation(_: PriorConfirmation, command: AskConfirmation, given: Given) -> Acts:
    """Ask the Commissioner whether a filing abroad is banned, before any Japanese application."""
    refuse_if(command.applied_in_japan, "applied_in_japan", "79(1)")
    fee = read("filing_abroad")["fee"]["yen"]
    refuse_if(command.fee_yen != fee, "fee_not_paid", "79(5), (6)", fee=fee, paid=command.fee_yen)
    for place, symbol in enumerate(command.symbols):
        try:
            canonical(symbol)
        except NotASymbolError:
            raise Refusal("no_such_symbol", "79(1)", place=place) from None
    yield ConfirmationAsked(
        command.enquirer,
        command.name,
        command.address,
        command.title,
        command.description,
        command.drawings,
        command.symbols,
        command.statements,
        command.papers,
        command.fee_yen,
        given.today,
    )


class AnswerNotOfTheKind(Value):
    """Why the invention is not one of 66(1)."""

    reasons: Restricted


@prior_confirmation.act("79(2)", by=[COMMISSIONER], when=[not_over, not_referred])
def answer_not_of_the_kind(_: PriorConfirmation, command: AnswerNotOfTheKind, given: Given) -> Acts:
    """Answer without delay that the invention is not one of 66(1)."""
    yield AnsweredNotOfTheKind(command.reasons, given.today)


class Refer(Value):
    """Why the invention is one of 66(1)."""

    finding: Restricted


@prior_confirmation.act("79(3)", by=[COMMISSIONER], when=[not_over, not_referred])
def refer(_: PriorConfirmation, command: Refer, given: Given) -> Acts:
    """Ask the Prime Minister without delay whether publication clearly does no harm."""
    yield Referred(command.finding, given.today)


class AnswerReferral(Value):
    """Whether publication clearly does not affect the safety of the State and its people, and why."""

    answer: Clear
    reasons: Restricted


@prior_confirmation.act("79(3)", by=[PRIME_MINISTER], when=[not_over, not_answered])
def answer_referral(_: PriorConfirmation, command: AnswerReferral, given: Given) -> Acts:
    """Answer the Commissioner without delay."""
    yield ReferralAnswered(command.answer, command.reasons, given.today)


class PassOn(Value):
    """The answer says nothing more than what the Prime Minister answered."""


@prior_confirmation.act("79(4)", by=[COMMISSIONER], when=[not_over, answered])
def pass_on(state: PriorConfirmation, _: PassOn, given: Given) -> Acts:
    """Answer without delay that the invention is one of 66(1), and what the Prime Minister answered."""
    assert state.answer is not None
    yield AnswerPassedOn(state.answer, given.today)

"""A request for prior confirmation: what was asked, and how far the answer has come (Art. 79).

Every step is due without delay (遅滞なく) and none on a day, so the procedure has no clock; nothing is deemed
answered.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from services.patent.domain.vocabulary import Paper
from services.patent.roles import (
    AGENT,
    CABINET_OFFICE,
    COMMISSIONER,
    ENQUIRER,
    EXAMINER,
    PATENT_OFFICE,
    PRIME_MINISTER,
)
from services.platform.law.acts import Act, leaves
from services.platform.law.parties import NOBODY, Held, Parties
from services.platform.law.procedure import Given, Procedure, Stage, Telling, end
from services.platform.law.values import Value

Clear = Literal["harmless", "not_clear"]
"""79(3): clearly of no effect on the safety of the State and its people if made public, or not clearly."""
Statement = Literal["state_left_the_right", "state_took_part_of_the_right"]
"""Order 5 of 2023, Art. 5(1)(ii), (iii)."""


@leaves("restricted")
class ConfirmationAsked(Act):
    """Somebody asked whether its filing abroad is banned (79(1); Order 5 of 2023, Form 3)."""

    enquirer: str
    name: str
    address: str
    title: str
    description: str
    drawings: str | None
    symbols: tuple[str, ...]
    statements: tuple[Statement, ...]
    papers: tuple[Paper, ...]
    fee_yen: int
    on: date


@leaves("restricted")
class AnsweredNotOfTheKind(Act):
    """The Commissioner answered that the invention is not one of 66(1) (79(2))."""

    reasons: str
    on: date


@leaves("restricted")
class Referred(Act):
    """The Commissioner found it one of 66(1) and asked the Prime Minister (79(3))."""

    finding: str
    on: date


@leaves("restricted")
class ReferralAnswered(Act):
    """The Prime Minister answered the Commissioner (79(3))."""

    answer: Clear
    reasons: str
    on: date


@leaves("restricted")
class AnswerPassedOn(Act):
    """The Commissioner answered: the invention is one of 66(1), and what the Prime Minister says (79(4))."""

    answer: Clear
    on: date


class PriorConfirmation(Value):
    """A request and what was answered."""

    asked: ConfirmationAsked | None = None
    not_of_the_kind_on: date | None = None
    referred_on: date | None = None
    answer: Clear | None = None
    answered_on: date | None = None
    passed_on: date | None = None

    @property
    def over(self) -> bool:
        """Whether the enquirer has its answer."""
        return self.not_of_the_kind_on is not None or self.passed_on is not None


def evolve(state: PriorConfirmation, act: Act) -> PriorConfirmation:
    """The request after `act`."""
    match act:
        case ConfirmationAsked():
            return replace(state, asked=act)
        case AnsweredNotOfTheKind():
            return replace(state, not_of_the_kind_on=act.on)
        case Referred():
            return replace(state, referred_on=act.on)
        case ReferralAnswered():
            return replace(state, answer=act.answer, answered_on=act.on)
        case AnswerPassedOn():
            return replace(state, passed_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of a prior confirmation")


def asked_by(enquirer: str, *, referred: bool = False) -> Parties:
    """The enquirer, the Patent Office, and the Prime Minister once asked."""
    return Parties.of(
        {
            ENQUIRER: enquirer,
            AGENT: enquirer,
            EXAMINER: PATENT_OFFICE,
            COMMISSIONER: PATENT_OFFICE,
            PRIME_MINISTER: CABINET_OFFICE if referred else None,
        }
    )


def parties(state: PriorConfirmation) -> Parties:
    """Whose case it is."""
    if state.asked is None:
        return NOBODY
    return asked_by(state.asked.enquirer, referred=state.referred_on is not None)


STAGES: tuple[Stage[PriorConfirmation], ...] = (
    end(
        "AnsweredNotOfTheKind",
        "Answered: not of the kind",
        "非該当の回答",
        "79(2)",
        lambda s: s.not_of_the_kind_on is not None,
    ),
    end("Answered", "Answered", "回答済み", "79(4)", lambda s: s.passed_on is not None),
    Stage(
        "AwaitPassingOn",
        "The Prime Minister has answered the Commissioner",
        "求めをした者への回答待ち",
        "79(4)",
        lambda s: s.answer is not None,
        then=("Answered",),
    ),
    Stage(
        "AwaitPrimeMinister",
        "The Prime Minister was asked",
        "内閣総理大臣の回答待ち",
        "79(3)",
        lambda s: s.referred_on is not None,
        then=("AwaitPassingOn",),
    ),
    Stage(
        "AwaitCommissioner",
        "The Commissioner examines whether it is of the kind",
        "特許庁長官の確認",
        "79(2), (3)",
        lambda _: True,
        then=("AnsweredNotOfTheKind", "AwaitPrimeMinister"),
    ),
)


def told(state: PriorConfirmation, held: Held, _: Given) -> PriorConfirmation:
    """The request as the enquirer knows it: what passes between the authorities it hears with the answer.

    The Prime Minister answers the Commissioner, and is told nothing of what becomes of it.
    """
    if PRIME_MINISTER.name in held:
        return replace(state, passed_on=None)
    between = state.passed_on is not None
    return replace(
        state,
        referred_on=state.referred_on if between else None,
        answer=state.answer if between else None,
        answered_on=state.answered_on if between else None,
    )


prior_confirmation: Procedure[PriorConfirmation] = Procedure(
    name="prior-confirmation",
    title="Prior confirmation of the ban on filing abroad",
    title_ja="外国出願の禁止に関する事前確認",
    sealed=True,
    initial=PriorConfirmation(),
    evolve=evolve,
    acts=(ConfirmationAsked, AnsweredNotOfTheKind, Referred, ReferralAnswered, AnswerPassedOn),
    parties=parties,
    stages=STAGES,
    telling=Telling((EXAMINER, COMMISSIONER), told),
)

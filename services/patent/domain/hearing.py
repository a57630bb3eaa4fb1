"""Hearing the applicant (意見の聴取): before a designation and before each extension.

Cabinet Office Order 78 of 2023, Arts. 3 and 8. The Order sets no day, so the Prime Minister sets a reasonable
one; who was reached by the question and says nothing by then has been heard.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from services.patent.domain.notices import issue, passed, received_on
from services.patent.domain.vocabulary import Restricted, refuse_past
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.procedure import Given, rule
from services.platform.law.values import Value


@leaves("restricted")
class OpinionAsked(Act):
    """The applicant was asked for its opinion, by a day."""

    about: str
    due: date
    on: date


@leaves("restricted")
class OpinionGiven(Act):
    """The applicant gave its opinion."""

    opinion: str
    on: date


HEARING_ACTS = (OpinionAsked, OpinionGiven)


class Hearing(Value):
    """When the applicant was asked, by which day, and when it answered."""

    asked_on: date
    due: date
    given_on: date | None = None


def evolve(hearing: Hearing | None, act: Act) -> Hearing:
    """The hearing after `act`."""
    match act:
        case OpinionAsked():
            return Hearing(act.on, act.due)
        case OpinionGiven():
            assert hearing is not None
            return replace(hearing, given_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of a hearing")


def over(state: Any, today: date) -> bool:
    """Whether the applicant was heard: it answered, or the day set passed after the question reached it."""
    asked = state.hearing
    if asked is None:
        return False
    return asked.given_on is not None or passed(received_on(state.notices, "opinion_asked"), asked.due, today)


@rule("applicant_not_heard", "Cabinet Office Order 78 of 2023, Arts. 3, 8")
def applicant_heard(state: Any, given: Given) -> bool:
    """The applicant was asked, and answered or let the day set pass."""
    return over(state, given.today)


@rule("opinion_not_asked", "Cabinet Office Order 78 of 2023, Arts. 3, 8")
def opinion_awaited(state: Any, _: Given) -> bool:
    """The applicant was asked and has not answered; a late answer is still one."""
    return state.hearing is not None and state.hearing.given_on is None


class AskOpinion(Value):
    """On what the applicant is asked, and by which day."""

    about: Restricted
    due: date


def ask_opinion(state: Any, command: AskOpinion, given: Given) -> Acts:
    """Ask the applicant for its opinion."""
    refuse_past(command.due, given, "Cabinet Office Order 78 of 2023, Arts. 3, 8")
    yield OpinionAsked(command.about, command.due, given.today)
    yield from issue("opinion_asked", state, given)


class GiveOpinion(Value):
    """The applicant's opinion: on the risk, the effect on industry and other circumstances."""

    opinion: Restricted


def give_opinion(_: Any, command: GiveOpinion, given: Given) -> Acts:
    """Give an opinion, as the applicant."""
    yield OpinionGiven(command.opinion, given.today)

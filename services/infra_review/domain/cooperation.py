"""Requests for cooperation (資料の提出等の要求): Art. 59.

To apply the chapter, a competent minister may ask the Prime Minister, heads of agencies and others concerned
for material or information, an explanation, an opinion or other help. The article sets no day for it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from services.infra_review.domain.vocabulary import PRIME_MINISTER, CaseId, Name, Reasons
from services.platform.law.access import CABINET_OFFICE, REVIEWING_OFFICIAL, Parties
from services.platform.law.procedure import Act, Acts, Given, Procedure, Wait, refuse_if, rule
from services.platform.law.values import Value

AWAIT_COOPERATION, COOPERATED = "AwaitCooperation", "Cooperated"
Kind = Literal["material", "information", "explanation", "opinion", "other"]


class CooperationRequested(Value):
    """A minister asked somebody concerned for help in applying the chapter."""

    ministry: str
    of: str
    kind: Kind
    asked: str
    about: str | None
    on: date


class CooperationGiven(Value):
    """What was handed over, explained or said, or why it was not."""

    given: str
    on: date


class Cooperation(Value):
    """What was asked of whom, and what came of it."""

    request: CooperationRequested | None = None
    answer: CooperationGiven | None = None


def evolve(state: Cooperation, act: Act) -> Cooperation:
    """The request after `act`."""
    match act:
        case CooperationRequested():
            return replace(state, request=act)
        case CooperationGiven():
            return replace(state, answer=act)
    raise TypeError(f"{type(act).__name__} is no act of a request for cooperation")


def _parties(state: Cooperation) -> Parties:
    asked = state.request
    if asked is None:
        return Parties(consulted=False)
    return Parties(None, frozenset([asked.ministry]), consulted=asked.of == PRIME_MINISTER)


cooperation: Procedure[Cooperation] = Procedure(
    name="cooperation",
    initial=Cooperation(),
    evolve=evolve,
    acts=(CooperationRequested, CooperationGiven),
    parties=_parties,
    wait=lambda state: Wait(COOPERATED, over=True) if state.answer else Wait(AWAIT_COOPERATION),
    deadlines=lambda _: (),
)


@rule("cooperation_given", "59")
def not_answered(state: Cooperation, _: Given) -> bool:
    """Nobody has answered the request."""
    return state.answer is None


class RequestCooperation(Value):
    """Of whom (内閣総理大臣 or anybody else), for what kind of help, what exactly, about which case."""

    of: Name
    kind: Kind
    asked: Reasons
    about: CaseId | None = None


class Requesting(Value):
    """A request beside the ministry whose minister makes it."""

    request: RequestCooperation
    ministry: str

    @property
    def parties(self) -> Parties:
        """The ministry that asks."""
        return Parties(None, frozenset([self.ministry]), consulted=False)


@cooperation.act("59", by=[REVIEWING_OFFICIAL], opens=True)
def request_cooperation(_: Cooperation, command: Requesting, given: Given) -> Acts:
    """Ask the Prime Minister, the head of an agency or another person concerned for cooperation."""
    asked = command.request
    yield CooperationRequested(command.ministry, asked.of, asked.kind, asked.asked, asked.about, given.today)


class GiveCooperation(Value):
    """The material, information, explanation or opinion, or why it cannot be given."""

    given: Reasons


@cooperation.act("59", by=[CABINET_OFFICE, REVIEWING_OFFICIAL], when=[not_answered])
def give_cooperation(state: Cooperation, command: GiveCooperation, given: Given) -> Acts:
    """Answer as the Prime Minister's side, or enter what another person concerned has answered."""
    assert state.request is not None
    asked = state.request.of
    refuse_if(
        (CABINET_OFFICE in given.by.roles) != (asked == PRIME_MINISTER),
        "not_your_opinion",
        "59",
        agency=asked,
    )
    yield CooperationGiven(command.given, given.today)

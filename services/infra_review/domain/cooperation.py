"""Requests for cooperation (資料の提出等の要求): Art. 59.

To apply the chapter, a competent minister may ask the Prime Minister, heads of agencies and others concerned
for material or information, an explanation, an opinion or other help. The article sets no day for it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from services.infra_review.domain.vocabulary import CaseId, Name, Reasons
from services.infra_review.roles import CABINET_OFFICE, PRIME_MINISTER, REVIEWING_OFFICIAL, filed_by
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Value

Kind = Literal["material", "information", "explanation", "opinion", "other"]


@leaves("restricted")
class CooperationRequested(Act):
    """A minister asked somebody concerned for help in applying the chapter."""

    ministry: str
    of: str
    kind: Kind
    asked: str
    about: str | None
    on: date


@leaves("restricted")
class CooperationGiven(Act):
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
        return NOBODY
    return filed_by(None, [asked.ministry], consulted=asked.of == PRIME_MINISTER)


cooperation: Procedure[Cooperation] = Procedure(
    name="cooperation",
    title="Request for cooperation",
    title_ja="資料の提出等の要求",
    initial=Cooperation(),
    evolve=evolve,
    acts=(CooperationRequested, CooperationGiven),
    parties=_parties,
    stages=(
        end("Cooperated", "Answered", "回答済み", "59", lambda s: s.answer is not None),
        Stage(
            "AwaitCooperation", "An answer is awaited", "回答待ち", "59", lambda _: True, then=("Cooperated",)
        ),
    ),
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
        return filed_by(None, [self.ministry])


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
        (CABINET_OFFICE.name in given.by.roles) != (asked == PRIME_MINISTER),
        "not_your_opinion",
        "59",
        agency=asked,
    )
    yield CooperationGiven(command.given, given.today)

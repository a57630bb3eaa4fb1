"""Requests for cooperation (資料の提出等の要求): material, an explanation, an opinion or other help. Pure.

To apply a chapter, a minister may ask the Prime Minister, heads of agencies and others concerned (in
Chapter 3 Art. 59). No article sets a day for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties, Role
from services.platform.law.procedure import Given, Procedure, Stage, end, rule
from services.platform.law.values import Value
from services.platform.shared.consultation import refuse_another_voice
from services.platform.shared.words import CABINET_OFFICE, CaseId, Name, Reasons

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


@rule("cooperation_given")
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
    """A request beside the ministry whose minister makes it, and whose case that makes it."""

    request: RequestCooperation
    ministry: str
    parties: Parties


def request_cooperation(_: Cooperation, command: Requesting, given: Given) -> Acts:
    """Ask the Prime Minister, the head of an agency or another person concerned for cooperation."""
    asked = command.request
    yield CooperationRequested(command.ministry, asked.of, asked.kind, asked.asked, asked.about, given.today)


class GiveCooperation(Value):
    """The material, information, explanation or opinion, or why it cannot be given."""

    given: Reasons


def give_cooperation(state: Cooperation, command: GiveCooperation, given: Given) -> Acts:
    """Answer as the Prime Minister's side, or enter what another person concerned has answered."""
    assert state.request is not None
    refuse_another_voice(state.request.of, given)
    yield CooperationGiven(command.given, given.today)


def cooperating(
    article: str,
    *,
    by: Iterable[Role],
    parties: Callable[[CooperationRequested], Parties],
    name: str = "cooperation",
    title: str = "Request for cooperation",
    title_ja: str = "資料の提出等の要求",
) -> Procedure[Cooperation]:
    """The procedure of such requests by `article`: made by `by`, answered by the Cabinet Office too."""
    answered = end("Cooperated", "Answered", "回答済み", article, lambda s: s.answer is not None)
    awaited: Stage[Cooperation] = Stage(
        "AwaitCooperation", "An answer is awaited", "回答待ち", article, lambda _: True, then=(answered.name,)
    )
    procedure: Procedure[Cooperation] = Procedure(
        name=name,
        title=title,
        title_ja=title_ja,
        initial=Cooperation(),
        evolve=evolve,
        acts=(CooperationRequested, CooperationGiven),
        parties=lambda state: parties(state.request) if state.request else NOBODY,
        stages=(answered, awaited),
    )
    by = tuple(by)
    procedure.act(article, by=by, opens=True)(request_cooperation)
    procedure.act(article, by=[CABINET_OFFICE, *by], when=[not_answered])(give_cooperation)
    return procedure

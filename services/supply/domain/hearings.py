"""Hearings (聴聞) before something granted is taken back: Administrative Procedure Act, Art. 13(1)(i). Pure.

The Act cancels certifications and designations; who is to lose one is told why, and heard. Which grounds
there are, each procedure says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.procedure import Given, Powers, Rule, refuse_if, rule
from services.platform.law.values import Value
from services.platform.shared.words import Name, Reasons
from services.supply.roles import OFFICIAL

HEARING = "Administrative Procedure Act, Art. 13(1)(i)"


@leaves("restricted")
class HearingNotified(Act):
    """Who is to lose a certification or designation was told why, and when it is heard."""

    ground: str
    facts: str
    day: date
    on: date


@leaves("restricted")
class HearingHeld(Act):
    """The hearing was held, or its party stayed away; the record of it is there."""

    attended: bool
    record: str
    on: date


@leaves("restricted")
class HearingDropped(Act):
    """Nothing is to be taken back any more."""

    reasons: str
    on: date


HEARING_ACTS = (HearingNotified, HearingHeld, HearingDropped)


class Hearing(Value):
    """A hearing: on which ground, about what, and whether it was held."""

    ground: str
    facts: str
    day: date
    held: bool = False
    record: str = ""


class Heard(Protocol):
    """A case in which there may be a hearing."""

    @property
    def hearing(self) -> Hearing | None:
        """The hearing that is open."""


def evolve(hearing: Hearing | None, act: Act) -> Hearing | None:
    """The hearing after `act`, which is one of `HEARING_ACTS`."""
    match act:
        case HearingNotified():
            return Hearing(act.ground, act.facts, act.day)
        case HearingHeld():
            assert hearing is not None
            return replace(hearing, held=True, record=act.record)
    return None


@rule("hearing_open", HEARING)
def no_hearing(state: Heard, _: Given) -> bool:
    """No hearing is open."""
    return state.hearing is None


@rule("no_hearing_open", HEARING)
def hearing_open(state: Heard, _: Given) -> bool:
    """A hearing was notified."""
    return state.hearing is not None


@rule("hearing_not_held", HEARING)
def heard(state: Heard, _: Given) -> bool:
    """The hearing was held, or its party stayed away from it."""
    return state.hearing is not None and state.hearing.held


@rule("hearing_held", HEARING)
def not_heard(state: Heard, _: Given) -> bool:
    """The hearing has not been held."""
    return state.hearing is not None and not state.hearing.held


class NotifyHearing(Value):
    """The ground by its article, the facts, and the day of the hearing."""

    ground: Name
    facts: Reasons
    day: date


class HoldHearing(Value):
    """Whether the party came, and the record of the hearing with the report on it."""

    attended: bool
    record: Reasons


class DropHearing(Value):
    """Why nothing is to be taken back."""

    reasons: Reasons


def hearing(grounds: Iterable[str], *, when: Iterable[Rule[Any]] = ()) -> Powers[Any]:
    """The powers of a hearing on one of these grounds, held by the competent ministers."""
    known, when = tuple(grounds), tuple(when)
    powers: Powers[Any] = Powers()

    @powers.act(HEARING, by=[OFFICIAL], when=[*when, no_hearing])
    def notify_hearing(_: Heard, command: NotifyHearing, given: Given) -> Acts:
        """Notify who is to lose a certification or designation of the hearing (聴聞) before that."""
        refuse_if(
            command.ground not in known, "no_such_ground", ground=command.ground, known="; ".join(known)
        )
        refuse_if(command.day < given.today, "day_is_past", day=command.day, today=given.today)
        yield HearingNotified(command.ground, command.facts, command.day, given.today)

    @powers.act(HEARING, by=[OFFICIAL], when=[*when, hearing_open, not_heard])
    def hold_hearing(state: Heard, command: HoldHearing, given: Given) -> Acts:
        """Record the hearing, on its day or later."""
        assert state.hearing is not None
        day = state.hearing.day
        refuse_if(given.today < day, "hearing_lies_ahead", day=day, today=given.today)
        yield HearingHeld(command.attended, command.record, given.today)

    @powers.act(HEARING, by=[OFFICIAL], when=[*when, hearing_open])
    def drop_hearing(_: Heard, command: DropHearing, given: Given) -> Acts:
        """Give up what was intended."""
        yield HearingDropped(command.reasons, given.today)

    return powers

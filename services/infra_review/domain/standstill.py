"""The standstill (禁止期間, Art. 52(3)-(5)): shortening, extension, and its end when its last day passes."""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.infra_review.domain.filing import not_bound
from services.infra_review.domain.measures.rules import not_ordered, under_review, window_open
from services.infra_review.domain.review import (
    Ground,
    PlanFreed,
    Review,
    StandstillExtended,
    StandstillShortened,
)
from services.infra_review.roles import REVIEWING_OFFICIAL
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Powers, refuse_if, rule
from services.platform.law.values import Value
from services.platform.shared.words import Necessity, PassDay, Reasons

# ---- The rules ----


@rule("already_extended", "52(5)")
def not_extended(state: Review, _: Given) -> bool:
    """The standstill has not been extended: an extended one is shortened under 52(5)."""
    return state.extended_until is None


@rule("not_extended", "52(5)")
def extended(state: Review, _: Given) -> bool:
    """The standstill has been extended."""
    return state.extended_until is not None


@rule("already_shortened", "52(4)", explain=lambda state, _: {"until": state.shortened_until})
def not_shortened(state: Review, _: Given) -> bool:
    """The standstill has not been shortened: that finding ends the review an extension would serve."""
    return state.shortened_until is None


@rule(
    "at_the_ceiling",
    "52(4)",
    explain=lambda state, _: {"see": (state.ceiling,), "until": state.ceiling.last_day},
)
def below_the_ceiling(state: Review, _: Given) -> bool:
    """The standstill does not already run for the four months."""
    return state.standstill is not None and state.standstill.last_day < state.ceiling.last_day


@rule("standstill_runs", "52(3)", explain=lambda state, _: {"last_day": state.standstill.last_day})
def standstill_has_passed(state: Review, given: Given) -> bool:
    """The last day of the standstill is past."""
    return state.standstill is not None and given.today > state.standstill.last_day


@rule("recommendation_stands", "52(3)")
def nothing_pending(state: Review, _: Given) -> bool:
    """No recommendation or order is waiting to be answered or done: that finding rules a shortening out."""
    return state.measures.recommendation is None or state.measures.done


# ---- The powers ----

standstill: Powers[Review] = Powers()
"""Shortening and extending it: Art. 52(3)-(5)."""
standstill_end: Powers[Review] = Powers()
"""Its end when the last day has passed."""


class Shorten(Value):
    """The new last day of the standstill, today at the earliest, and why it can end then."""

    until: date
    ground: Ground
    reasons: Reasons


@standstill.act(
    "52(3)", by=[REVIEWING_OFFICIAL], when=[under_review, window_open("52(3)"), not_extended, nothing_pending]
)
def shorten(state: Review, command: Shorten, given: Given) -> Acts:
    """Shorten the thirty days, in writing (Order Art. 18)."""
    yield _shortened(state, command, given, "52(3) proviso")


@standstill.act(
    "52(5)", by=[REVIEWING_OFFICIAL], when=[under_review, window_open("52(5)"), extended, nothing_pending]
)
def shorten_extension(state: Review, command: Shorten, given: Given) -> Acts:
    """Shorten the extended period, in writing, no high likelihood having been found (Order Art. 18)."""
    refuse_if(command.ground == "review_not_needed", "ground_not_open", "52(5)", ground=command.ground)
    yield _shortened(state, command, given, "52(5)")


def _shortened(state: Review, command: Shorten, given: Given, article: str) -> StandstillShortened:
    running = state.standstill
    assert running is not None
    refuse_if(command.until < given.today, "day_is_past", article, day=command.until, today=given.today)
    refuse_if(
        command.until >= running.last_day,
        "not_a_shortening",
        article,
        see=[running],
        asked=command.until,
        last_day=running.last_day,
    )
    return StandstillShortened(command.until, command.ground, command.reasons, given.today)


class Extend(Value):
    """What the longer standstill is for and why; without `until` it runs for the whole four months."""

    purpose: Literal["review", "recommendation", "order"]
    necessity: Necessity
    until: date | None = None


@standstill.act(
    "52(4)",
    by=[REVIEWING_OFFICIAL],
    when=[under_review, window_open("52(4)"), not_shortened, not_ordered, not_bound, below_the_ceiling],
)
def extend(state: Review, command: Extend, given: Given) -> Acts:
    """Extend the standstill (延長) to four months from acceptance at most, in writing (Order Art. 19)."""
    running, ceiling = state.standstill, state.ceiling
    assert running is not None
    until = command.until or ceiling.last_day
    refuse_if(
        until > ceiling.last_day,
        "beyond_four_months",
        "52(4)",
        see=[ceiling],
        accepted=state.accepted_on,
        latest=ceiling.last_day,
        asked=until,
    )
    refuse_if(
        until <= running.last_day,
        "not_an_extension",
        "52(4)",
        see=[running],
        asked=until,
        last_day=running.last_day,
    )
    yield StandstillExtended(until, command.purpose, command.necessity, given.today)


@standstill_end.act("52(3)", by=[THE_CLOCK], when=[under_review, not_bound, standstill_has_passed])
def end_standstill(state: Review, _: PassDay, __: Given) -> Acts:
    """Free the plan when the last day has passed, by the true day however late that is noticed."""
    running = state.standstill
    assert running is not None
    yield PlanFreed(running.free_from, "standstill_over")

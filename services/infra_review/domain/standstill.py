"""The standstill (禁止期間, Art. 52(3)-(5)): shortening, extension, and its end when its last day passes."""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.infra_review.domain.filing import not_bound, not_over
from services.infra_review.domain.measures.powers import refuse_outside, refuse_without_consent
from services.infra_review.domain.measures.rules import not_ordered, under_review
from services.infra_review.domain.review import (
    Ground,
    Notice,
    NoticeDelivered,
    Review,
    StandstillExtended,
    StandstillShortened,
)
from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Powers, refuse_if, rule
from services.platform.law.values import Value
from services.platform.shared.words import Delivery, Line, Necessity, PassDay, Reasons

# ---- The rules ----


@rule(
    "standstill_over",
    explain=lambda state, _: {"see": (state.standstill,), "last_day": state.standstill.last_day},
)
def bar_runs(state: Review, given: Given) -> bool:
    """The standstill runs: its last day counts whole, the day after not at all, whoever noticed it."""
    return state.standstill is None or given.today <= state.standstill.last_day


@rule("already_extended", "52(5)")
def not_extended(state: Review, _: Given) -> bool:
    """The standstill has not been extended: an extended one is shortened under 52(5)."""
    return state.moved("extend") is None


@rule("not_extended", "52(5)")
def extended(state: Review, _: Given) -> bool:
    """The standstill has been extended."""
    return state.moved("extend") is not None


@rule(
    "at_the_ceiling",
    "52(4)",
    explain=lambda state, _: {"see": (state.ceiling,), "until": state.ceiling.last_day},
)
def below_the_ceiling(state: Review, _: Given) -> bool:
    """The standstill does not already run for the four months."""
    running, ceiling = state.standstill, state.ceiling
    return bool(running and ceiling and running.last_day < ceiling.last_day)


@rule("standstill_runs", "52(3)", explain=lambda state, _: {"last_day": state.standstill.last_day})
def standstill_has_passed(state: Review, given: Given) -> bool:
    """The last day of the standstill is past, and what follows has not been recorded."""
    passed = state.standstill is not None and given.today > state.standstill.last_day
    return passed and state.awaits is None


@rule("recommendation_stands", "52(3)")
def nothing_pending(state: Review, _: Given) -> bool:
    """No recommendation or order is waiting to be answered or done: that finding rules a shortening out."""
    return state.measures.recommendation is None or state.measures.done


# ---- The powers ----

standstill: Powers[Review] = Powers()
"""Shortening and extending it: Art. 52(3)-(5)."""
standstill_end: Powers[Review] = Powers()
"""Its end when the last day has passed."""


@rule("already_delivered", "52(4)")
def notice_outstanding(state: Review, _: Given) -> bool:
    """A shortening or an extension has been decided, and its notice is not recorded as handed over."""
    return state.extension is not None or state.shortening_notice is not None


class Shorten(Value):
    """The new last day of the standstill, today at the earliest, why it can end then, and how it is sent."""

    until: date
    ground: Ground
    reasons: Reasons
    delivery: Delivery = "in_writing"


@standstill.act(
    "52(3)", by=[REVIEWING_OFFICIAL], when=[under_review, bar_runs, not_extended, nothing_pending]
)
def shorten(state: Review, command: Shorten, given: Given) -> Acts:
    """Shorten the thirty days, in writing (Order Art. 18)."""
    yield _shortened(state, command, given, "52(3) proviso")


@standstill.act("52(5)", by=[REVIEWING_OFFICIAL], when=[under_review, bar_runs, extended, nothing_pending])
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
    refuse_without_consent(state, command.delivery)
    return StandstillShortened(command.until, command.ground, command.reasons, given.today, command.delivery)


class Extend(Value):
    """What the longer standstill is for, why, and how it is sent; without `until` it runs for four months."""

    purpose: Literal["review", "recommendation", "order"]
    necessity: Necessity
    until: date | None = None
    delivery: Delivery = "in_writing"


@standstill.act(
    "52(4)",
    by=[REVIEWING_OFFICIAL],
    when=[under_review, bar_runs, not_ordered, not_bound, below_the_ceiling],
)
def extend(state: Review, command: Extend, given: Given) -> Acts:
    """Extend the standstill (延長) to four months from acceptance at most; it holds once handed over."""
    running, ceiling = state.standstill, state.ceiling
    assert running is not None
    assert ceiling is not None
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
    refuse_without_consent(state, command.delivery)
    yield StandstillExtended(until, command.purpose, command.necessity, given.today, command.delivery)


class RecordDelivery(Value):
    """Which notice was handed over, or recorded on the operator's own file, when, and what proves it."""

    of: Notice
    received_on: date
    evidence: Line


@standstill.act("52(3)-(5)", by=[REVIEWING_OFFICIAL, OPERATOR, AGENT], when=[notice_outstanding])
def record_delivery(state: Review, command: RecordDelivery, given: Given) -> Acts:
    """Record when the notice of a shortening or an extension was handed over (交付, Order Arts. 18, 19).

    An extension that reached nobody before the standstill ended does not hold.
    """
    extension = command.of == "extension"
    decided = state.extension.on if extension and state.extension else state.shortening_notice
    refuse_if(decided is None or (extension and state.extension is None), "already_delivered", "52(4)")
    running = state.standstill
    assert decided is not None
    assert running is not None
    refuse_outside(command.received_on, decided, given.today, "52(4)" if extension else "52(3)")
    holds = not extension or command.received_on <= running.last_day
    yield NoticeDelivered(command.of, command.received_on, command.evidence, holds, given.today)


@standstill_end.act("52(3)", by=[THE_CLOCK], when=[not_over, under_review, not_bound, standstill_has_passed])
def end_standstill(state: Review, _: PassDay, __: Given) -> Acts:
    """Free the plan when the last day has passed, by the true day however late that is noticed."""
    running = state.standstill
    assert running is not None
    yield state.freedom(running.free_from, "standstill_over")

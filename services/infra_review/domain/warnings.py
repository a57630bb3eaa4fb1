"""Who is reminded of which day, and which periods end in silence: Chapter 3's part in keeping time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.infra_review.domain.measures.state import AnswerNotGiven
from services.infra_review.domain.review import PlanFreed, Review
from services.platform.shared.consultation import consulted
from services.platform.time.timekeeping import Warned
from services.statute import Deadline, period
from services.statute.reminders import latest_recommendation

CONSULTATION_OPEN_DAYS = 5
"""Open days the ministry plans for a consultation (Art. 56(1)): a target of its own, the law sets none."""
SILENT_ENDS: dict[type, tuple[str, ...]] = {
    PlanFreed: ("infra.standstill", "infra.change_standstill"),
    AnswerNotGiven: ("infra.answer_to_recommendation",),
}
"""By which acts of the clock which periods of a review end in silence."""


def warned(state: Review) -> Iterator[Warned]:
    """Whom to remind of what in a review: the officials of their powers' ends, the party of its answer's.

    An order needs a refusal or silence before it, and those take ten days: a recommendation that leaves no
    room for them leaves no room for an order. So the officials are reminded of the day by which to recommend,
    or, before they have consulted, of the day by which to begin with that; and then of the end itself.
    """
    made, due, power = state.measures.recommendation, state.answer_due, state.window
    if state.stands and due is not None and made is not None and made.reply is None and not made.silent:
        yield Warned("party", due)
    bar, done = state.standstill, state.measures.binding is not None or state.measures.done
    if not state.reviewable or state.freed is not None or bar is None or power is None or done:
        return
    if made is None and (by := recommend_by(state, power)) is not None:
        yield Warned("official", by)
    # A shortening ends the standstill and not the power; where they end together one reminder is enough.
    yield Warned("official", bar if bar.last_day == power.last_day else power)


def recommend_by(state: Review, power: Deadline) -> Deadline | None:
    """The last useful day of the power to recommend (Art. 52(6)); None when no room for an order is left."""
    latest = latest_recommendation(power, consultation_open_days=CONSULTATION_OPEN_DAYS)
    if latest is None:
        return None
    ready = consulted(state.measures.consultations, "recommendation")
    last = latest.recommend_by if ready else latest.consult_by
    plain = period("infra.recommendation_power").starting(power.trigger_day)
    return replace(plain, last_day=last) if last >= plain.day_one else None

"""When the powers of the first review can be used (Art. 66)."""

from __future__ import annotations

from services.patent.domain.first_review.state import FirstReview, SendingGround
from services.patent.domain.notices import issued_on
from services.platform.law.procedure import Given, rule

SENDING_GROUNDS: dict[str, SendingGround] = {
    "item_met": "item_met",
    "own_request": "own_request",
    "notified_before": "notified_before",
}
"""What the tables find, as the ground of a sending; what they leave to an examiner was examined."""


@rule("outside_the_chapter", "66(5)")
def reached(state: FirstReview, _: Given) -> bool:
    """Art. 66(1) or (2) reaches the application."""
    return not state.outside


@rule("application_over", "66(8)")
def not_gone(state: FirstReview, _: Given) -> bool:
    """The application is still pending."""
    return not state.gone


@rule("first_review_over", "66(7)")
def not_decided(state: FirstReview, _: Given) -> bool:
    """The papers were neither sent nor judged not to be, and the three months are not recorded as passed."""
    return not state.decided


@rule(
    "sending_time_over",
    "66(1)",
    explain=lambda state, _: {"last_day": state.sending and state.sending.last_day},
)
def in_time_to_send(state: FirstReview, given: Given) -> bool:
    """The three months have not passed."""
    return state.sending is None or given.today <= state.sending.last_day


@rule(
    "three_months_run",
    "66(1)",
    explain=lambda state, _: {"last_day": state.sending and state.sending.last_day},
)
def three_months_passed(state: FirstReview, given: Given) -> bool:
    """The last day of the three months is past."""
    return state.sending is not None and given.today > state.sending.last_day


@rule("nothing_outstanding", "66(6)")
def an_explanation_is_awaited(state: FirstReview, _: Given) -> bool:
    """The applicant was asked for something it has not given."""
    return len(state.explanations_asked) > state.explanations_given


@rule("notice_already_asked", "66(10)")
def not_asked_yet(state: FirstReview, _: Given) -> bool:
    """The notice of not sending was not asked for before."""
    return state.not_sent_notice_asked_on is None


@rule(
    "too_late_to_ask",
    "66(10); Cabinet Office/METI Order 5 of 2023, Art. 3(2)",
    explain=lambda state, _: {"last_day": state.not_sent_request and state.not_sent_request.last_day},
)
def in_time_to_ask(state: FirstReview, given: Given) -> bool:
    """The time to ask for the notice of not sending has not passed."""
    return state.not_sent_request is None or given.today <= state.not_sent_request.last_day


@rule("not_judged", "66(10)")
def judged_not_to_send(state: FirstReview, _: Given) -> bool:
    """It was judged that the papers are not sent."""
    return state.not_sent is not None


@rule("notice_not_asked", "66(10)")
def asked_for_notice(state: FirstReview, _: Given) -> bool:
    """The applicant asked for the notice."""
    return state.not_sent_notice_asked_on is not None


@rule("already_told", "66(10)")
def not_told_yet(state: FirstReview, _: Given) -> bool:
    """The notice of not sending was not issued before."""
    return issued_on(state.notices, "not_sent") is None


@rule("not_sent", "66(8)")
def was_sent(state: FirstReview, _: Given) -> bool:
    """The papers were sent to the Prime Minister."""
    return state.sent is not None


@rule("prime_minister_has_decided", "66(9)")
def awaits_the_prime_minister(state: FirstReview, _: Given) -> bool:
    """The papers were sent, and no notice under 70(1) or 71 has come."""
    return state.awaits_the_prime_minister()


@rule("not_a_utility_model", "82(5)")
def is_utility_model(state: FirstReview, _: Given) -> bool:
    """It is an application for a utility model."""
    return state.application is not None and state.application.kind == "utility_model"


@rule("dismissal_waits", "73(8)")
def dismissal_need_not_wait(state: FirstReview, _: Given) -> bool:
    """No designation stands whose end the dismissal has to wait for."""
    return not state.dismissal_awaits_the_end


@rule("no_ground_for_dismissal", "69(4)")
def dismissal_is_due(state: FirstReview, _: Given) -> bool:
    """The Prime Minister notified what the application has to be dismissed for."""
    return state.dismissible_under is not None


@rule("nothing_to_serve", "85(1)")
def dismissed_not_served(state: FirstReview, _: Given) -> bool:
    """The application was dismissed, and that was not served."""
    return state.dismissed is not None and state.served_on is None


PENDING = (reached, not_gone, not_decided)
"""While the first review is going on."""
REACHED = (reached, not_gone)
"""While the application is pending: what 78(3) counts from, and an answer, may come after the decision."""

"""When the powers of the security review can be used (Arts. 67-71)."""

from __future__ import annotations

from services.patent.domain.security_review.state import SecurityReview
from services.platform.law.procedure import Given, rule


@rule("review_over", "67(1)")
def still_open(state: SecurityReview, _: Given) -> bool:
    """The review has led to nothing yet, and the application is pending."""
    return state.open


@rule("application_over", "66(8)")
def not_gone(state: SecurityReview, _: Given) -> bool:
    """The application is still pending."""
    return state.gone is None


@rule("already_notified", "67(9)")
def not_notified(state: SecurityReview, _: Given) -> bool:
    """The applicant has not been told of a possible designation."""
    return state.notified is None


@rule("not_notified", "67(9)")
def notified(state: SecurityReview, _: Given) -> bool:
    """The applicant has received the notice of a possible designation."""
    return state.paper_due is not None


@rule("paper_already_filed", "67(10)")
def no_paper_yet(state: SecurityReview, _: Given) -> bool:
    """The paper was not filed; one that is late is taken, since the review only may be ended."""
    return state.paper is None


@rule("no_paper", "67(11)")
def paper_filed(state: SecurityReview, _: Given) -> bool:
    """The paper was filed."""
    return state.paper is not None


@rule("correction_awaited", "67(11)")
def no_correction_awaited(state: SecurityReview, given: Given) -> bool:
    """No correction is awaited whose time still runs."""
    asked = state.correction
    return asked is None or asked.made_on is not None or given.today > asked.due


@rule("no_correction_asked", "67(11)")
def correction_asked(state: SecurityReview, _: Given) -> bool:
    """A correction was asked for and not made."""
    return state.correction is not None and state.correction.made_on is None


@rule(
    "paper_time_runs",
    "67(10)",
    explain=lambda state, _: {"see": (state.paper_due,) if state.paper_due else ()},
)
def paper_in_or_time_over(state: SecurityReview, given: Given) -> bool:
    """The paper is in, or its fourteen days have passed: until then the applicant may still withdraw."""
    due = state.paper_due
    return state.paper is not None or (due is not None and given.today > due.last_day)


@rule("paper_not_overdue", "67(10)")
def paper_is_overdue(state: SecurityReview, given: Given) -> bool:
    """The fourteen days have passed without the paper, and that is not recorded."""
    due = state.paper_due
    return due is not None and state.paper is None and not state.paper_overdue and given.today > due.last_day


@rule("correction_not_overdue", "67(11)")
def correction_is_overdue(state: SecurityReview, given: Given) -> bool:
    """The time for the correction has passed without one, and that is not recorded."""
    asked = state.correction
    return asked is not None and not (asked.made_on or asked.overdue) and given.today > asked.due


@rule("publishing_not_banned", "68")
def publishing_is_banned(state: SecurityReview, _: Given) -> bool:
    """Art. 68 bans the applicant from publishing."""
    return state.publishing_banned


@rule("no_own_request", "69(1)")
def requested_by_applicant(state: SecurityReview, _: Given) -> bool:
    """The review goes back to the applicant's own request (66(2), first sentence)."""
    return state.own_request is not None


@rule("applicant_was_asked", "Cabinet Office Order 78 of 2023, Art. 3")
def heard_or_not_asked(state: SecurityReview, given: Given) -> bool:
    """The applicant was heard, or it is plain without asking it for material that nothing is needed."""
    heard = state.hearing is not None and state.hearing.over(given.today)
    return heard or not state.investigation.asked("applicant", "designation")

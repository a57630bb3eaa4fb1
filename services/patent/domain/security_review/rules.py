"""When the powers of the security review can be used (Arts. 67-71)."""

from __future__ import annotations

from services.patent.domain import hearing
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


@rule("not_notified", "67(9)")
def notified(state: SecurityReview, _: Given) -> bool:
    """The applicant has received a notice of a possible designation."""
    return any(state.papers_due)


@rule("paper_already_filed", "67(10)")
def paper_outstanding(state: SecurityReview, _: Given) -> bool:
    """A paper was not filed; one that is late is taken, since the review only may be ended."""
    return any(due and one.paper is None for one, due in state.possible)


@rule("no_paper", "67(11)")
def paper_filed(state: SecurityReview, _: Given) -> bool:
    """A paper was filed."""
    return any(one.paper is not None for one in state.notified)


@rule("no_correction_asked", "67(11)")
def correction_asked(state: SecurityReview, _: Given) -> bool:
    """A correction was asked for and not made."""
    return any(one.correction is not None and one.correction.made_on is None for one in state.notified)


@rule(
    "paper_time_runs",
    "67(10)",
    explain=lambda state, _: {"see": tuple(due for due in state.papers_due if due)},
)
def paper_in_or_time_over(state: SecurityReview, given: Given) -> bool:
    """A paper is in, or its fourteen days have passed: until then the applicant may still withdraw."""
    return any(state.can_be_designated(number, given.today) for number in range(1, len(state.notified) + 1))


@rule("paper_not_overdue", "67(10)")
def paper_is_overdue(state: SecurityReview, given: Given) -> bool:
    """The fourteen days have passed without the paper, and that is not recorded."""
    return state.overdue_paper(given.today) is not None


@rule("correction_not_overdue", "67(11)")
def correction_is_overdue(state: SecurityReview, given: Given) -> bool:
    """The time for a correction has passed without one, and that is not recorded."""
    return state.overdue_correction(given.today) is not None


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
    return hearing.over(state, given.today) or not state.investigation.asked("applicant", "designation")


@rule("no_designation_outstanding", "68")
def designation_not_received(state: SecurityReview, _: Given) -> bool:
    """It was designated, and that the applicant received the notice of it is not recorded here."""
    return state.designated is not None and state.designation_received_on is None

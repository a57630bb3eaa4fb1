"""Keeps the lines the chapter's figures are made of: one of each case, with the days of what is counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.patent import figures
from services.patent.domain.designation import designation
from services.patent.domain.designation.state import (
    DesignationExpired,
    DesignationReleased,
    PreservationDesignation,
)
from services.patent.domain.first_review import first_review
from services.patent.domain.first_review.state import FirstReview, PapersSent
from services.patent.domain.notices import NoticeIssued, issued_on
from services.patent.domain.prior_confirmation import prior_confirmation
from services.patent.domain.prior_confirmation.state import ConfirmationAsked, PriorConfirmation
from services.patent.domain.security_review import security_review
from services.patent.domain.security_review.state import (
    ApplicationGone,
    DesignationDecided,
    NoDesignationDecided,
    ReviewEnded,
    SecurityReview,
)
from services.patent.figures import FIRST, Event, Figures, Line, Publication
from services.platform.cases.case_id import procedure_of
from services.platform.cases.store import Cases
from services.platform.events import contracts
from services.platform.shared.publications import Publications
from services.platform.shared.quarters import Quarter

publications = Publications(Line, Publication, figures.published, first=FIRST)
CASES: dict[str, Cases[Any]] = {
    one.name: Cases(one) for one in (first_review, security_review, designation, prior_confirmation)
}
COUNTED = (
    (first_review, PapersSent),
    (first_review, NoticeIssued),
    (security_review, DesignationDecided),
    (security_review, NoDesignationDecided),
    (security_review, ReviewEnded),
    (security_review, ApplicationGone),
    (designation, DesignationReleased),
    (designation, DesignationExpired),
    (prior_confirmation, ConfirmationAsked),
)
"""The acts after which a line has something more to say."""


def count(event: contracts.Event) -> None:
    """Keep the line of a case as it stands now."""
    procedure = procedure_of(event.case_id) or ""
    case = CASES[procedure].load(event.case_id)
    line = line_of(case.id, case.state)
    if line.days:
        publications.keep_line(min(line.days.values()), f"{line.of}#{procedure}", line, case.version)


def line_of(case_id: str, state: Any) -> Line:
    """The line of a case: what of it is counted, and on which days."""
    match state:
        case FirstReview():
            sent = state.sent.on if state.sent else None
            return _line(case_id, sent=sent, not_sent_notice=issued_on(state.notices, "not_sent"))
        case SecurityReview():
            return _line(state.first_review, **_outcome(state))
        case PreservationDesignation():
            assert state.begun is not None
            return _line(state.begun.first_review, released=state.released_on, expired=state.expired_on)
        case PriorConfirmation():
            return _line(case_id, confirmation_asked=state.asked.on if state.asked else None)
    raise TypeError(type(state).__name__)


def publish(at: datetime) -> None:
    """Make the publications of the quarters that have ended by `at` and have none."""
    publications.publish(at)


def page(before: Quarter | None = None) -> Figures:
    """The newest publications, or the newest before those of a quarter; one read."""
    return figures.figures(publications.page(before))


def _outcome(state: SecurityReview) -> dict[Event, date | None]:
    """How a review came to its end: once, whatever is told of the application afterwards."""
    if state.designated is not None:
        return {"designated": state.designated.on}
    if state.not_designated is not None:
        return {"not_designated": state.not_designated.on}
    ends = [one.on for one in (state.ended, state.gone) if one is not None]
    return {"review_ended": min(ends, default=None)}


def _line(of: str, **days: date | None) -> Line:
    return Line(of, {event: day for event, day in days.items() if day is not None})  # type: ignore[misc]

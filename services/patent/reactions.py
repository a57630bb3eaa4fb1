"""What follows in Chapter 5 from what has happened: what one authority tells the other, and nothing more.

Each reaction reads the case it belongs to and writes one act into another's. All of it can be repeated, and
comes again when it arrives before its time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

from services.patent import figures_store, intake
from services.patent.domain.charges import DismissalCalledFor, Measure
from services.patent.domain.designation import designation
from services.patent.domain.designation.powers import Begin as BeginDesignation
from services.patent.domain.designation.powers import NoteSuccessors, note_successors
from services.patent.domain.designation.powers import begin as begin_designation
from services.patent.domain.designation.state import (
    DesignationBegun,
    DesignationExpired,
    DesignationReleased,
    TermExtended,
)
from services.patent.domain.first_review import first_review
from services.patent.domain.first_review.powers import HearWord, hear_word
from services.patent.domain.first_review.state import (
    ApplicationDismissed,
    ApplicationOver,
    DismissalForetold,
    FirstReview,
    PapersSent,
    RightSucceededTo,
    Word,
)
from services.patent.domain.notices import issued_on
from services.patent.domain.security_review import security_review
from services.patent.domain.security_review.powers import Begin as BeginReview
from services.patent.domain.security_review.powers import (
    NoteDismissal,
    NoteEnd,
    NoteSuccession,
    note_dismissal,
    note_end,
    note_succession,
)
from services.patent.domain.security_review.powers import begin as begin_review
from services.patent.domain.security_review.state import (
    DesignationDecided,
    NoDesignationDecided,
    ReviewEnded,
    SecurityReview,
)
from services.platform.cases.store import Cases, LostRace
from services.platform.events.contracts import Event
from services.platform.events.inbox import Reactions, reactions_of
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Decide, Given, Refusal
from services.platform.shared.bulk import BatchReceived, LinesTaken
from services.statute import legal_day

first_reviews, reviews, designations = Cases(first_review), Cases(security_review), Cases(designation)
HEARD = ("already_heard", "application_over")
"""Refusals of something that was told before, or that is told of what is over."""


def review_id(first_review_id: str, state: FirstReview) -> str:
    """The security review of an application that was sent: always the same, and guessed by nobody."""
    assert state.sent is not None
    return reviews.new_id(state.sent.at, first_review_id)


def designation_id(security_review_id: str, state: SecurityReview) -> str:
    """The designation that a security review led to."""
    assert state.designated is not None
    return designations.new_id(state.designated.at, security_review_id)


def take_lines(event: Event) -> None:
    """Take the next lines of a file of applications."""
    intake.work(event.case_id)


# ---- From the Patent Office to the Prime Minister ----


def start_review(event: Event) -> None:
    """Begin the security review of what was sent (67(1)): the application, and no working paper."""
    state = first_reviews.load(event.case_id).state
    application, sent = state.application, state.sent
    assert application is not None
    assert sent is not None
    # What examiners found and on which evidence stays with them; the application says what it says.
    begun = BeginReview(
        event.case_id,
        application.as_filed,
        state.own_request,
        state.applicants,
        state.electronic_notices,
        state.papers,
    )
    _open(reviews, review_id(event.case_id, state), begin_review, begun, sent.at)


def tell_of_end(event: Event) -> None:
    """Tell the Prime Minister that an application sent was given up or dismissed (66(8), (9))."""
    state = first_reviews.load(event.case_id).state
    if state.sent is not None:
        end = NoteEnd("dismissed", state.dismissed.on) if state.dismissed else None
        if state.over is not None:
            end = NoteEnd(state.over.how, state.over.on)
        assert end is not None
        _tell(reviews, review_id(event.case_id, state), note_end, end, event)


def foretell_dismissal(event: Event) -> None:
    """Tell the Prime Minister in advance that an application is to be dismissed (66(9))."""
    state = first_reviews.load(event.case_id).state
    assert state.dismissal_foretold_on is not None
    told = NoteDismissal(state.dismissal_foretold_on)
    _tell(reviews, review_id(event.case_id, state), note_dismissal, told, event)


def tell_of_succession(event: Event) -> None:
    """Tell the Prime Minister of a succession (66(8)); the successor takes the applicant's place (70(5))."""
    state = first_reviews.load(event.case_id).state
    if state.sent is None:
        return
    review = reviews.load(review_id(event.case_id, state))
    _tell(reviews, review.id, note_succession, NoteSuccession(state.applicants), event)
    if review.state.designated is not None:
        held = designation_id(review.id, review.state)
        _tell(designations, held, note_successors, NoteSuccessors(state.applicants), event)


# ---- Within the Prime Minister's cases ----


def start_designation(event: Event) -> None:
    """Begin the designation that a security review decided (70(1))."""
    state = reviews.load(event.case_id).state
    decided, application = state.designated, state.application
    assert decided is not None
    assert application is not None
    begun = BeginDesignation(
        event.case_id,
        state.first_review,
        application.number,
        application.filed_on,
        state.applicants,
        state.electronic_notices,
        decided.invention,
        decided.until,
        decided.operators,
    )
    _open(designations, designation_id(event.case_id, state), begin_designation, begun, decided.at)


# ---- From the Prime Minister to the Commissioner ----

WORDS: dict[Measure, Word] = {"73(6)": "dismissal_73", "74(2)": "dismissal_74", "78(5)": "dismissal_78"}


def say(word: Word) -> Callable[[Event], None]:
    """Notify the Commissioner of what a review or a designation came to, by the day it happened."""

    def tell(event: Event) -> None:
        state = _load(event.case_id)
        _tell(first_reviews, _first(state), hear_word, HearWord(word, _day(state, word, event)), event)

    return tell


def call_for_dismissal(event: Event) -> None:
    """Notify the Commissioner that the dismissal of the application is fit (73(6), 74(2), 78(5))."""
    state = _load(event.case_id)
    called: tuple[Measure, ...] = ("78(5)",) if isinstance(state, SecurityReview) else state.called_for
    for measure in called:
        word = HearWord(WORDS[measure], legal_day(event.metadata.occurred_at))
        if first_reviews.load(_first(state)).state.word_on(word.word) is None:
            _tell(first_reviews, _first(state), hear_word, word, event)


def _load(case_id: str) -> Any:
    cases: Cases[Any] = reviews if case_id.startswith(security_review.name) else designations
    return cases.load(case_id).state


def _first(state: Any) -> str:
    found: str = state.first_review if isinstance(state, SecurityReview) else state.begun.first_review
    return found


def _day(state: Any, word: Word, event: Event) -> date:
    # A term that ended in silence is notified when that is noticed.
    issued = issued_on(state.notices, word) if word == "designation_ended" else None
    return issued or legal_day(event.metadata.occurred_at)


def _open(cases: Cases[Any], case_id: str, power: Decide, command: Any, at: datetime) -> None:
    try:
        cases.open(power, command, Given(at, CLOCK), case_id=case_id)
    except LostRace:
        return  # it is there already


def _tell(
    cases: Cases[Any],
    case_id: str,
    power: Decide,
    command: Any,
    event: Event,
    heard: Collection[str] = HEARD,
) -> None:
    try:
        cases.act(case_id, power, command, Given(event.metadata.occurred_at, CLOCK))
    except Refusal as refusal:
        if refusal.code not in heard:
            raise


REACTIONS: Reactions = reactions_of(
    (BatchReceived, take_lines),
    (LinesTaken, take_lines),
    (PapersSent, start_review),
    (ApplicationOver, tell_of_end),
    (ApplicationDismissed, tell_of_end),
    (DismissalForetold, foretell_dismissal),
    (RightSucceededTo, tell_of_succession),
    (DesignationDecided, start_designation),
    (DesignationBegun, say("designated")),
    (TermExtended, say("extended")),
    (NoDesignationDecided, say("not_designated")),
    (ReviewEnded, say("review_ended")),
    (DesignationReleased, say("designation_ended")),
    (DesignationExpired, say("designation_ended")),
    ((security_review, DismissalCalledFor), call_for_dismissal),
    ((designation, DismissalCalledFor), call_for_dismissal),
    *((cause, figures_store.count) for cause in figures_store.COUNTED),
)
DAILY = (figures_store.publish,)
"""What is done once a day besides the sweep, as of an instant."""

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
from services.patent.domain.compensation import compensation
from services.patent.domain.compensation.powers import NoteDesignationOver, note_designation_over
from services.patent.domain.compensation.state import CompensationClaimed
from services.patent.domain.designation import designation
from services.patent.domain.designation.powers import Begin as BeginDesignation
from services.patent.domain.designation.powers import NoteClaim, NoteSuccessors, note_claim, note_successors
from services.patent.domain.designation.powers import begin as begin_designation
from services.patent.domain.designation.state import (
    DesignationBegun,
    DesignationExpired,
    DesignationReleased,
    TermExtended,
)
from services.patent.domain.first_review import first_review
from services.patent.domain.first_review.powers import (
    FreeRegistration,
    HearWord,
    NoteBar,
    NoteReceiptByApplicant,
    free_registration,
    hear_word,
    note_bar,
    note_receipt_by_applicant,
)
from services.patent.domain.first_review.state import (
    ApplicationDismissed,
    ApplicationOver,
    DismissalForetold,
    FirstReview,
    PapersSent,
    RegistrationBarred,
    RightSucceededTo,
    StartingPaperSubmitted,
    ToldDesignation,
    Word,
    WordReceived,
)
from services.patent.domain.notices import NoticeReceived, issued_on, received_on
from services.patent.domain.security_review import security_review
from services.patent.domain.security_review.powers import Begin as BeginReview
from services.patent.domain.security_review.powers import (
    NoteDismissal,
    NoteEnd,
    NoteReceipt,
    NoteStartingPaper,
    NoteSuccession,
    note_dismissal,
    note_end,
    note_receipt,
    note_starting_paper,
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
claims = Cases(compensation)
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
    """Tell the Prime Minister that an application under review was given up or dismissed (66(8), (9)).

    That is told of what happens between the sending and the notice of 70(1) or 71, and of nothing later.
    """
    state = first_reviews.load(event.case_id).state
    end = NoteEnd("dismissed", state.dismissed.on) if state.dismissed else None
    if state.over is not None:
        end = NoteEnd(state.over.how, state.over.on)
    assert end is not None
    if state.awaits_the_prime_minister(end.on):
        _tell(reviews, review_id(event.case_id, state), note_end, end, event)


def foretell_dismissal(event: Event) -> None:
    """Tell the Prime Minister in advance that an application is to be dismissed (66(9))."""
    state = first_reviews.load(event.case_id).state
    assert state.dismissal_foretold_on is not None
    told = NoteDismissal(state.dismissal_foretold_on)
    _tell(reviews, review_id(event.case_id, state), note_dismissal, told, event)


def tell_of_succession(event: Event) -> None:
    """Tell the Prime Minister of a succession (66(8)); the successor takes the applicant's place (70(5)).

    From the sending to the notice of 71 or 77(2), and no later.
    """
    state = first_reviews.load(event.case_id).state
    if not state.succession_is_told:
        return
    review = reviews.load(review_id(event.case_id, state))
    _tell(reviews, review.id, note_succession, NoteSuccession(state.applicants), event)
    if review.state.designated is not None:
        held = designation_id(review.id, review.state)
        _tell(designations, held, note_successors, NoteSuccessors(state.applicants), event)


def tell_of_starting_paper(event: Event) -> None:
    """Pass on that a paper came in from which the ten months run (78(3)), after those sent (Order 5, 1)."""
    state = first_reviews.load(event.case_id).state
    if state.sent is None or state.application is None:
        return
    for origin in state.application.origins:
        if origin.on is not None:
            paper = NoteStartingPaper(origin.route, origin.on)
            _tell(reviews, review_id(event.case_id, state), note_starting_paper, paper, event)


# ---- Utility models that show a designated invention: 82(5) ----


def note_waiting(event: Event) -> None:
    """Note with a designated application which utility model waits for its end; free it if that has come."""
    for bar in first_reviews.load(event.case_id).state.bars:
        _tell(first_reviews, bar.of, note_bar, NoteBar(event.case_id), event)
        _free(bar.of, event)


def free_waiting(event: Event) -> None:
    """Free the utility models that waited for the end of a designation, once the Commissioner is told."""
    _free(event.case_id, event)


def _free(of: str, event: Event) -> None:
    state = first_reviews.load(of).state
    ended = state.word_on("designation_ended")
    if ended is not None:
        for waiting in state.utility_models:
            _tell(first_reviews, waiting, free_registration, FreeRegistration(of, ended), event)


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


def tell_of_receipt(event: Event) -> None:
    """Tell from when the applicant knows: of the designation (68 ends, 72 binds), and of its end (72, 82)."""
    state = designations.load(event.case_id).state
    assert state.begun is not None
    if state.received_on is not None:
        told = NoteReceipt(state.received_on)
        known = (*HEARD, "no_designation_outstanding")
        _tell(reviews, state.begun.security_review, note_receipt, told, event, known)
    for notice in ("designated", "designation_ended"):
        day = received_on(state.notices, notice)
        if day is not None:
            received = NoteReceiptByApplicant(notice, day)
            _tell(first_reviews, state.begun.first_review, note_receipt_by_applicant, received, event)


def note_the_claim(event: Event) -> None:
    """Note a claim with the designation it goes back to, and tell it when that has ended meanwhile."""
    of = claims.load(event.case_id).state.claimed
    if of is not None and of.of is not None:
        _tell(designations, of.of, note_claim, NoteClaim(event.case_id), event)
        _tell_claims(of.of, event)


def tell_claims_of_end(event: Event) -> None:
    """Tell the claims that go back to a designation that it has ended (80(4))."""
    _tell_claims(event.case_id, event)


def _tell_claims(of: str, event: Event) -> None:
    state = designations.load(of).state
    if state.ended:
        over = NoteDesignationOver(state.term.last_day)
        for claim in state.claims:
            _tell(claims, claim, note_designation_over, over, event)


# ---- From the Prime Minister to the Commissioner ----

WORDS: dict[Measure, Word] = {"73(6)": "dismissal_73", "74(2)": "dismissal_74", "78(5)": "dismissal_78"}


def say(word: Word) -> Callable[[Event], None]:
    """Notify the Commissioner of what a review or a designation came to, by the day it happened."""

    def tell(event: Event) -> None:
        state = _load(event.case_id)
        said = HearWord(word, _day(state, word, event), _designation(state, word))
        _tell(first_reviews, _first(state), hear_word, said, event)

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


def _designation(state: Any, word: Word) -> ToldDesignation | None:
    """What the notice of a designation says to the Commissioner too (Order 78 of 2023, Art. 7)."""
    if word != "designated":
        return None
    begun = state.begun
    return ToldDesignation(begun.invention, begun.until, begun.operators)


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
    (StartingPaperSubmitted, tell_of_starting_paper),
    (RegistrationBarred, note_waiting),
    (WordReceived, free_waiting),
    (DesignationDecided, start_designation),
    (DesignationBegun, say("designated")),
    (TermExtended, say("extended")),
    (NoDesignationDecided, say("not_designated")),
    (ReviewEnded, say("review_ended")),
    (DesignationReleased, say("designation_ended")),
    (DesignationExpired, say("designation_ended")),
    (DesignationReleased, tell_claims_of_end),
    (DesignationExpired, tell_claims_of_end),
    ((designation, NoticeReceived), tell_of_receipt),
    (CompensationClaimed, note_the_claim),
    ((security_review, DismissalCalledFor), call_for_dismissal),
    ((designation, DismissalCalledFor), call_for_dismissal),
    *((cause, figures_store.count) for cause in figures_store.COUNTED),
)
DAILY = (figures_store.publish,)
"""What is done once a day besides the sweep, as of an instant."""

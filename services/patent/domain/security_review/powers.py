"""The powers of the security review (Arts. 67-71, 78(5))."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.patent.applications import Application, Route
from services.patent.designation.term import longest_first_term
from services.patent.domain import charges, hearing
from services.patent.domain.investigation.powers import consulting, investigating
from services.patent.domain.notices import a_notice_is_outstanding, issue, record_receipt
from services.patent.domain.security_review import rules
from services.patent.domain.security_review.procedure import security_review, warned
from services.patent.domain.security_review.state import (
    AbuseFound,
    ApplicantsChanged,
    ApplicationGone,
    CorrectionAsked,
    CorrectionOverdue,
    DesignationDecided,
    DesignationReceived,
    DismissalAnnounced,
    How,
    NoDesignationDecided,
    PaperCorrected,
    PaperFiled,
    PaperOverdue,
    PossibleDesignationNotified,
    PublicationFound,
    ReviewBegun,
    ReviewEnded,
    SecurityReview,
    StartingPaperNoted,
)
from services.patent.domain.vocabulary import (
    Applicants,
    CaseId,
    Invention,
    Operator,
    OwnRequest,
    Papers,
    PassDay,
    Restricted,
    Weighing,
    refuse_past,
)
from services.patent.roles import AGENT, APPLICANT, PRIME_MINISTER, before_the_prime_minister
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, refuse_if
from services.platform.law.values import AtLeast, Len, Value
from services.platform.time.timekeeping import keep_time

PARTY = (APPLICANT, AGENT)
HEARD = "Cabinet Office Order 78 of 2023, Art. 3"
OPEN = (rules.still_open,)


class Begin(Value):
    """What the Patent Office sent: the application with its papers, and none of its own working papers."""

    first_review: CaseId
    application: Application
    own_request: OwnRequest | None
    applicants: Applicants
    electronic_notices: bool
    papers: Papers

    @property
    def parties(self) -> Parties:
        """The applicants, and the Prime Minister."""
        return before_the_prime_minister(self.applicants)


@security_review.act("67(1)", by=[THE_CLOCK], opens=True)
def begin(_: SecurityReview, command: Begin, given: Given) -> Acts:
    """Begin the review when the papers arrive (Order 5 of 2023, Art. 1(2): by wire, so on the day sent)."""
    yield ReviewBegun(
        command.first_review,
        command.application,
        command.own_request,
        command.applicants,
        command.electronic_notices,
        command.papers,
        given.today,
    )


security_review.apply(investigating)
security_review.apply(consulting)
security_review.act(HEARD, by=[PRIME_MINISTER], when=OPEN)(hearing.ask_opinion)
security_review.act(HEARD, by=PARTY, when=[*OPEN, hearing.opinion_awaited])(hearing.give_opinion)


# ---- The notice of a possible designation, and the paper: 67(9)-(11) ----


class NotifyPossibleDesignation(Value):
    """The invention that may be designated, and where the description etc. show it."""

    invention: Invention


@security_review.act("67(9)", by=[PRIME_MINISTER], when=OPEN)
def notify_possible_designation(
    state: SecurityReview, command: NotifyPossibleDesignation, given: Given
) -> Acts:
    """Tell the applicant which invention may be designated, and ask for the paper on keeping the application.

    From its receipt the applicant has fourteen days (67(10)), must not publish (68), and may still withdraw.
    Another invention of the application, or the same one described otherwise, is notified in the same way.
    """
    again = any(one.invention == command.invention for one in state.notified)
    refuse_if(again, "already_notified", "67(9)")
    yield PossibleDesignationNotified(command.invention, given.today)
    yield from issue("possible_designation", state, given)


NoticeNumber = Annotated[int, AtLeast(1)]
"""Which of the notices of 67(9), counted from 1."""


class FilePaper(Value):
    """How the information is managed, who else may handle it, and what is planned to change (67(9)).

    `notice` says to which notice it answers; left out, to the first one that awaits it.
    """

    management: Restricted
    operators: Annotated[tuple[Operator, ...], Len(0, 100)] = ()
    planned_changes: Restricted | None = None
    notice: NoticeNumber | None = None


@security_review.act("67(10)", by=PARTY, when=[*OPEN, rules.notified, rules.paper_outstanding])
def file_paper(state: SecurityReview, command: FilePaper, given: Given) -> Acts:
    """File the paper, to keep the application; one that is late is taken and recorded as late."""
    awaited = [
        number for number, (one, due) in enumerate(state.possible, start=1) if due and one.paper is None
    ]
    number = command.notice or awaited[0]
    refuse_if(number not in awaited, "paper_already_filed", "67(10)")
    due = state.papers_due[number - 1]
    assert due is not None
    late = given.today > due.last_day
    yield PaperFiled(
        command.management, command.operators, command.planned_changes, late, given.today, number
    )


@security_review.act("67(10)", by=[THE_CLOCK], when=[*OPEN, rules.paper_is_overdue])
def end_paper_period(state: SecurityReview, _: PassDay, given: Given) -> Acts:
    """Record that the fourteen days passed without the paper."""
    number = state.overdue_paper(given.today)
    assert number is not None
    due = state.papers_due[number - 1]
    assert due is not None
    yield PaperOverdue(due.last_day, number)


class AskCorrection(Value):
    """What in the paper is not right, by which day it has to be corrected, and on which notice it is.

    Left out, it is the paper filed last.
    """

    points: Restricted
    due: date
    notice: NoticeNumber | None = None


@security_review.act("67(11)", by=[PRIME_MINISTER], when=[*OPEN, rules.paper_filed])
def ask_correction(state: SecurityReview, command: AskCorrection, given: Given) -> Acts:
    """Ask for the paper to be corrected (補正) within a reasonable time, and notify that."""
    refuse_past(command.due, given, "67(11)")
    filed = [number for number, one in enumerate(state.notified, start=1) if one.paper is not None]
    number = command.notice or filed[-1]
    refuse_if(number not in filed, "no_paper", "67(11)")
    asked = state.notified[number - 1].correction
    runs = asked is not None and asked.made_on is None and given.today <= asked.due
    refuse_if(runs, "correction_awaited", "67(11)")
    yield CorrectionAsked(command.points, command.due, given.today, number)
    yield from issue("correction_asked", state, given)


@security_review.act("67(11)", by=PARTY, when=[*OPEN, rules.correction_asked])
def correct_paper(state: SecurityReview, command: FilePaper, given: Given) -> Acts:
    """Correct the paper, whole."""
    asked = [
        number
        for number, one in enumerate(state.notified, start=1)
        if one.correction is not None and one.correction.made_on is None
    ]
    number = command.notice or asked[0]
    refuse_if(number not in asked, "no_correction_asked", "67(11)")
    due = state.correction_due(state.notified[number - 1])
    late = due is not None and given.today > due
    yield PaperCorrected(
        command.management, command.operators, command.planned_changes, late, given.today, number
    )


@security_review.act("67(11)", by=[THE_CLOCK], when=[*OPEN, rules.correction_is_overdue])
def end_correction_period(state: SecurityReview, _: PassDay, given: Given) -> Acts:
    """Record that the time set for the correction passed without one."""
    number = state.overdue_correction(given.today)
    assert number is not None
    due = state.correction_due(state.notified[number - 1])
    assert due is not None
    yield CorrectionOverdue(due, number)


# ---- The end of the review, and word of a breach: 68, 69, 78(5) ----


class FindPublication(Value):
    """What the applicant published, and how it was found."""

    what: Restricted


@security_review.act("68; 69(1)", by=[PRIME_MINISTER], when=[*OPEN, rules.publishing_is_banned])
def find_publication(_: SecurityReview, command: FindPublication, given: Given) -> Acts:
    """Find that the applicant published the invention against Art. 68."""
    yield PublicationFound(command.what, given.today)


class FindAbuse(Value):
    """Why the request was made wantonly and for an unfair end (不当な目的でみだりに)."""

    why: Restricted


@security_review.act("69(1)", by=[PRIME_MINISTER], when=[*OPEN, rules.requested_by_applicant])
def find_abuse(_: SecurityReview, command: FindAbuse, given: Given) -> Acts:
    """Find that the applicant's own request was an abuse."""
    yield AbuseFound(command.why, given.today)


security_review.act("69(2); 78(6)", by=[PRIME_MINISTER], when=[rules.not_gone, charges.nothing_charged])(
    charges.notify_reasons
)
security_review.act("69(2); 78(6)", by=PARTY, when=[rules.not_gone, charges.not_explained])(charges.explain)
security_review.act("69(2); 78(6)", by=[THE_CLOCK], when=[rules.not_gone, charges.explanation_overdue])(
    charges.end_explanation_period
)
security_review.act("69(1); 78(5)", by=[PRIME_MINISTER], when=[charges.charged])(charges.drop_charge)
security_review.act(
    "78(5)",
    by=[PRIME_MINISTER],
    when=[rules.not_gone, charges.charged, charges.reasons_arrived, charges.explanation_heard],
)(charges.call_for_dismissal)


class EndReview(Value):
    """Why the review is ended, the explanation considered."""

    reasons: Restricted


@security_review.act(
    "69(1), (3)",
    by=[PRIME_MINISTER],
    when=[*OPEN, charges.charged, charges.reasons_arrived, charges.explanation_heard],
)
def end_review(state: SecurityReview, command: EndReview, given: Given) -> Acts:
    """End the review (打切り); the Commissioner is told and dismisses the application (69(3), (4))."""
    assert state.charge is not None
    refuse_if(state.charge.measure != "69(1)", "dismissal_is_to_be_called_for", "78(5)")
    yield ReviewEnded(state.charge.ground, command.reasons, given.today)
    yield from issue("review_ended", state, given)


# ---- Designated or not: 70(1), (2), 71 ----


class Designate(Value):
    """The invention designated, the last day of the term, and what was weighed (70(1), (2))."""

    invention: Invention
    until: date
    weighing: Weighing


@security_review.act(
    "70(1), (2)",
    by=[PRIME_MINISTER],
    when=[
        *OPEN,
        rules.notified,
        rules.paper_in_or_time_over,
        hearing.applicant_heard,
    ],
)
def designate(state: SecurityReview, command: Designate, given: Given) -> Acts:
    """Designate the invention (保全対象発明) for a term of one year at most, counting the day itself.

    It is one that the applicant was told may be designated (67(9)), described as it was there.
    """
    told = [
        number for number, one in enumerate(state.notified, start=1) if one.invention == command.invention
    ]
    refuse_if(not told or state.papers_due[told[0] - 1] is None, "invention_not_notified", "67(9)")
    due = state.papers_due[told[0] - 1]
    refuse_if(
        not state.can_be_designated(told[0], given.today),
        "paper_time_runs",
        "67(10)",
        see=(due,) if due else (),
    )
    longest = longest_first_term(given.today)
    refuse_if(
        not given.today <= command.until <= longest,
        "beyond_one_year",
        "70(2)",
        until=command.until,
        first=given.today,
        longest=longest,
    )
    paper = state.notified[told[0] - 1].paper
    operators = paper.operators if paper else ()
    yield DesignationDecided(
        command.invention, command.until, operators, command.weighing, given.at, given.today
    )


class DecideNoDesignation(Value):
    """Why no designation is needed."""

    reasons: Restricted


@security_review.act("71", by=[PRIME_MINISTER], when=[*OPEN, rules.heard_or_not_asked])
def decide_no_designation(state: SecurityReview, command: DecideNoDesignation, given: Given) -> Acts:
    """Find that no designation is needed, and tell the applicant and the Commissioner so."""
    yield NoDesignationDecided(command.reasons, given.today)
    yield from issue("not_designated", state, given)


# ---- What the Commissioner tells: 66(8), (9) ----


class NoteEnd(Value):
    """How the application ended, and on which day."""

    how: How
    on: date


@security_review.act("66(8), (9)", by=[THE_CLOCK], when=[rules.not_gone])
def note_end(_: SecurityReview, command: NoteEnd, __: Given) -> Acts:
    """Take the word that the application was given up or dismissed."""
    yield ApplicationGone(command.how, command.on)


class NoteDismissal(Value):
    """The day on which the Commissioner told that a dismissal is to come."""

    on: date


@security_review.act("66(9)", by=[THE_CLOCK], when=[rules.not_gone])
def note_dismissal(state: SecurityReview, command: NoteDismissal, __: Given) -> Acts:
    """Take the word, given in advance, that the application is to be dismissed, once."""
    refuse_if(state.dismissal_announced_on is not None, "already_heard", "66(9)")
    yield DismissalAnnounced(command.on)


class NoteSuccession(Value):
    """Whom the right to the patent belongs to now."""

    applicants: Applicants


@security_review.act("66(8)", by=[THE_CLOCK], when=[rules.not_gone])
def note_succession(state: SecurityReview, command: NoteSuccession, given: Given) -> Acts:
    """Take the word of a succession, once."""
    refuse_if(state.applicants == command.applicants, "already_heard", "66(8)")
    yield ApplicantsChanged(command.applicants, given.today)


class NoteReceipt(Value):
    """The day on which the applicant received the notice of the designation."""

    on: date


@security_review.act("68; 70(1)", by=[THE_CLOCK], when=[rules.designation_not_received])
def note_receipt(_: SecurityReview, command: NoteReceipt, __: Given) -> Acts:
    """Take from the designation's case that its notice was received: until then Art. 68 binds."""
    yield DesignationReceived(command.on)


class NoteStartingPaper(Value):
    """Which paper came in, and on which day."""

    route: Route
    on: date


@security_review.act("78(3)", by=[THE_CLOCK])
def note_starting_paper(state: SecurityReview, command: NoteStartingPaper, _: Given) -> Acts:
    """Take the word that a paper came in from which the ten months run, once."""
    application = state.application
    origin = application.route(command.route) if application else None
    refuse_if(origin is None or origin.on is not None, "already_heard", "78(3)")
    yield StartingPaperNoted(command.route, command.on)


security_review.act(
    "67(2), (9), (11), 69(2), 71", by=[PRIME_MINISTER, *PARTY], when=[a_notice_is_outstanding]
)(record_receipt)
keep_time(security_review, warned=warned, silences={})

"""The powers of the first review (Art. 66), and what the Patent Office does afterwards."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.patent.applications import (
    PAPERS_AWAITED,
    Application,
    FactName,
    Finding,
    Number,
    Route,
    SymbolText,
)
from services.patent.applications import defects as defects_of
from services.patent.domain.first_review import rules
from services.patent.domain.first_review.procedure import first_review, warned
from services.patent.domain.first_review.state import (
    ApplicationDismissed,
    ApplicationOver,
    ApplicationTakenIn,
    BarNoted,
    DismissalForetold,
    DismissalServed,
    ExplanationAsked,
    ExplanationReceived,
    FactFound,
    FirstReview,
    How,
    JudgedNotToSend,
    NotSendingGround,
    NotSentNoticeAsked,
    PapersSent,
    ReceiptNoted,
    RegistrationBarred,
    RegistrationFreed,
    RightSucceededTo,
    StartingPaperSubmitted,
    SymbolsAssigned,
    ThreeMonthsPassed,
    ToldDesignation,
    Word,
    WordReceived,
)
from services.patent.domain.notices import a_notice_is_outstanding, issue, record_receipt
from services.patent.domain.vocabulary import (
    Applicants,
    CaseId,
    Line,
    OwnRequest,
    Papers,
    PassDay,
    Restricted,
    refuse_past,
)
from services.patent.roles import AGENT, APPLICANT, COMMISSIONER, EXAMINER, before_the_patent_office
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, refuse_if
from services.platform.law.values import Len, Value
from services.platform.time.timekeeping import keep_time

OFFICE = (EXAMINER, COMMISSIONER)

# ---- Intake and what is found: 66(1), (4), (6) ----


class TakeIn(Value):
    """An application as the filing system hands it over, with its applicants, sole or joint."""

    application: Application
    applicants: Applicants
    electronic_notices: bool = True
    papers: Papers = ()
    own_request: OwnRequest | None = None
    """What the request of `application.requested_on` says (66(2))."""

    @property
    def parties(self) -> Parties:
        """The applicants, and the Patent Office."""
        return before_the_patent_office(self.applicants)


@first_review.act("66(1)", by=OFFICE, opens=True)
def take_in(_: FirstReview, command: TakeIn, given: Given) -> Acts:
    """Take an application in; everything wrong with it is said at once, and nothing it holds repeated."""
    _refuse_defects(command.application, given, "66(1)")
    requested = command.application.requested_on is not None
    refuse_if(requested != (command.own_request is not None), "request_and_form_differ", "66(2)")
    yield ApplicationTakenIn(
        command.application,
        command.applicants,
        command.electronic_notices,
        command.papers,
        command.own_request,
        given.at,
        given.today,
    )


class RecordStartingPaper(Value):
    """Which paper of the tables of 66(4) and 78(3) was submitted, and on which day."""

    route: Route
    on: date


@first_review.act("66(4), 78(3)", by=OFFICE, when=rules.REACHED)
def record_starting_paper(state: FirstReview, command: RecordStartingPaper, given: Given) -> Acts:
    """Record that the translation or supplement was submitted from which the periods run.

    The ten months of 78(3) run from it too, whatever was sent or judged before it came.
    """
    application = state.application
    assert application is not None
    origin = application.route(command.route)
    awaited = command.route in PAPERS_AWAITED and origin is not None and origin.on is None
    refuse_if(not awaited, "paper_not_awaited", "66(4)", route=command.route)
    first = application.filed_on
    refuse_if(
        not first <= command.on <= given.today,
        "day_not_between",
        "66(4)",
        day=command.on,
        first=first,
        last=given.today,
    )
    yield StartingPaperSubmitted(command.route, command.on)


class AssignSymbols(Value):
    """All symbols of the International Patent Classification the application now has."""

    symbols: Annotated[tuple[SymbolText, ...], Len(1, 200)]


@first_review.act("66(1)", by=OFFICE, when=rules.PENDING)
def assign_symbols(state: FirstReview, command: AssignSymbols, given: Given) -> Acts:
    """Classify the application, or classify it anew."""
    assert state.application is not None
    _refuse_defects(replace(state.application, symbols=command.symbols), given, "66(1)")
    yield SymbolsAssigned(command.symbols, given.today)


class FindFact(Value):
    """A fact that symbols cannot tell, whether it is so, and on what evidence (疎明)."""

    fact: FactName
    finding: Finding


@first_review.act("66(1), (2)", by=OFFICE, when=rules.PENDING)
def find_fact(_: FirstReview, command: FindFact, given: Given) -> Acts:
    """Find whether a fact is so on which the item or its additional requirement (付加要件) depends."""
    yield FactFound(command.fact, command.finding, given.today)


class AskForExplanation(Value):
    """What the applicant is asked for, and by which day."""

    what: Restricted
    due: date


@first_review.act("66(6)", by=[COMMISSIONER], when=rules.PENDING)
def ask_for_explanation(state: FirstReview, command: AskForExplanation, given: Given) -> Acts:
    """Ask the applicant for material and an explanation, to judge whether to send the papers."""
    refuse_past(command.due, given, "66(6)")
    yield ExplanationAsked(command.what, command.due, given.today)
    yield from issue("explanation_asked", state, given)


class GiveExplanation(Value):
    """The explanation, and the material."""

    answer: Restricted
    papers: Papers = ()


@first_review.act("66(6)", by=[APPLICANT, AGENT], when=[*rules.REACHED, rules.an_explanation_is_awaited])
def give_explanation(_: FirstReview, command: GiveExplanation, given: Given) -> Acts:
    """Give the material or explanation that was asked for; that it was not waited for, nobody is told."""
    yield ExplanationReceived(command.answer, command.papers, given.today)


# ---- Sent, or not: 66(1)-(3), (7), (10) ----


class Send(Value):
    """Why the papers are sent: what the examiner weighed beside what the tables say."""

    reasons: Restricted


@first_review.act("66(1), (2)", by=[COMMISSIONER], when=[*rules.PENDING, rules.in_time_to_send])
def send(state: FirstReview, command: Send, given: Given) -> Acts:
    """Send the papers to the Prime Minister (送付) and tell the applicant so (66(3)), on the same day."""
    found = state.screening(given.today)
    refuse_if(found.outcome == "does_not_fall", "not_of_the_kind", "66(1)")
    refuse_if(bool(found.open), "facts_not_found", "66(1)", open=", ".join(found.open))
    ground = rules.SENDING_GROUNDS.get(found.because, "examined")
    items = tuple(one.item for one in found.items if one.standing == "met")
    yield PapersSent(ground, items, command.reasons, given.at, given.today)
    yield from issue("sent", state, given)


class JudgeNotToSend(Value):
    """That it is not of the kind, or, by the proviso, that the review is clearly not needed; and why."""

    ground: NotSendingGround
    reasons: Restricted


@first_review.act("66(1), (7)", by=[COMMISSIONER], when=rules.PENDING)
def judge_not_to_send(state: FirstReview, command: JudgeNotToSend, given: Given) -> Acts:
    """Judge that the papers are not sent: the hold of 66(7) ends with it."""
    found = state.screening(given.today)
    if command.ground == "does_not_fall_under":
        refuse_if(found.outcome in ("falls_under", "requested"), "of_the_kind", "66(1)")
        refuse_if(bool(found.open), "facts_not_found", "66(1)", open=", ".join(found.open))
    yield JudgedNotToSend(command.ground, command.reasons, given.today)


class AskNotSentNotice(Value):
    """The request says nothing more than that it is made (Order 5 of 2023, Form 2)."""


@first_review.act(
    "66(10)", by=[APPLICANT, AGENT], when=[rules.reached, rules.not_asked_yet, rules.in_time_to_ask]
)
def ask_not_sent_notice(_: FirstReview, __: AskNotSentNotice, given: Given) -> Acts:
    """Ask to be told, once it is so judged, that the papers are not sent."""
    yield NotSentNoticeAsked(given.today)


class NotifyNotSent(Value):
    """The notice says nothing more than what was judged."""


@first_review.act(
    "66(10)", by=[COMMISSIONER], when=[rules.judged_not_to_send, rules.asked_for_notice, rules.not_told_yet]
)
def notify_not_sent(state: FirstReview, _: NotifyNotSent, given: Given) -> Acts:
    """Tell the applicant who asked that the papers are not sent; from then on filing abroad is free."""
    yield from issue("not_sent", state, given)


@first_review.act("66(7)", by=[THE_CLOCK], when=[*rules.PENDING, rules.three_months_passed])
def end_three_months(state: FirstReview, _: PassDay, __: Given) -> Acts:
    """Record that the three months passed unsent, by their last day however late that is noticed."""
    assert state.sending is not None
    yield ThreeMonthsPassed(state.sending.last_day)


# ---- What becomes of the application: 66(8), (9), 72 ----


class ForetellDismissal(Value):
    """Why the application is about to be dismissed under the Patent Act."""

    reasons: Restricted


@first_review.act("66(9)", by=[COMMISSIONER], when=[rules.not_gone, rules.awaits_the_prime_minister])
def foretell_dismissal(_: FirstReview, command: ForetellDismissal, given: Given) -> Acts:
    """Tell the Prime Minister in advance that an application under review is to be dismissed."""
    yield DismissalForetold(command.reasons, given.today)


class RecordEnd(Value):
    """How the application ended in the Patent Office, and on which day.

    `before_the_notice` says, of the day on which the applicant received the notice of the designation, that
    it came before it.
    """

    how: How
    on: date
    before_the_notice: bool = False


@first_review.act("66(8), (9); 72(1), (2)", by=OFFICE, when=[rules.not_gone])
def record_end(state: FirstReview, command: RecordEnd, given: Given) -> Acts:
    """Record that the application ended; a designated applicant cannot give it up or convert it (72).

    72 binds who received the notice of 70(1) (70(5)): what came before that stands, however late it is
    recorded.
    """
    assert state.application is not None
    bar = "72(2)" if command.how == "converted" else "72(1)"
    earlier = command.before_the_notice and command.on == state.designation_received_on
    bound = state.bound_on(command.on) and not earlier
    refuse_if(bound and command.how != "dismissed", "bound_by_designation", bar)
    foretold = state.dismissal_foretold_on
    unsaid = foretold is None or command.on < foretold
    due = state.foretelling_due(command.on)
    refuse_if(command.how == "dismissed" and due and unsaid, "prime_minister_not_told", "66(9)")
    first = state.application.filed_on
    refuse_if(
        not first <= command.on <= given.today,
        "day_not_between",
        "66(8)",
        day=command.on,
        first=first,
        last=given.today,
    )
    yield ApplicationOver(command.how, command.on)


class RecordSuccession(Value):
    """Whom the right to the patent belongs to after the succession, all of them."""

    applicants: Applicants


@first_review.act("66(8)", by=OFFICE, when=[rules.not_gone])
def record_succession(_: FirstReview, command: RecordSuccession, given: Given) -> Acts:
    """Record a succession notified under Patent Act 34(4) or (5)."""
    yield RightSucceededTo(command.applicants, given.today)


# ---- What the Prime Minister notifies, and the dismissals that follow ----


class HearWord(Value):
    """What was notified, on which day; of a designation, all the notice says (Order 78 of 2023, Art. 7)."""

    word: Word
    on: date
    designation: ToldDesignation | None = None


@first_review.act(
    "69(3), 70(1), 70(5), 71, 73(6), 74(2), 77(2), 78(5)", by=[THE_CLOCK], when=[rules.was_sent]
)
def hear_word(state: FirstReview, command: HearWord, _: Given) -> Acts:
    """Take what the Prime Minister notified to the Commissioner, once."""
    refuse_if(any((one.word, one.on) == (command.word, command.on) for one in state.heard), "already_heard")
    yield WordReceived(command.word, command.on, command.designation)


class NoteReceiptByApplicant(Value):
    """Which notice the applicant received, and on which day."""

    kind: Literal["designated", "designation_ended"]
    on: date


@first_review.act("70(1), 77(2); 72(1), 82(3), (4)", by=[THE_CLOCK], when=[rules.was_sent])
def note_receipt_by_applicant(state: FirstReview, command: NoteReceiptByApplicant, _: Given) -> Acts:
    """Note when the applicant received the notice of the designation, or of its end, once."""
    noted = state.designation_received_on if command.kind == "designated" else state.end_received_on
    refuse_if(noted is not None, "already_heard", "70(1)")
    yield ReceiptNoted(command.kind, command.on)


# ---- Utility models that show a designated invention: 82(5) ----


class BarRegistration(Value):
    """Which designated application's invention the utility model shows, and where."""

    of: CaseId
    number: Number
    places: Restricted
    designated: bool


@first_review.act("82(5)", by=[COMMISSIONER], when=[rules.is_utility_model, rules.not_gone])
def bar_registration(state: FirstReview, command: BarRegistration, given: Given) -> Acts:
    """Find that a utility model shows a designated invention: it is not registered until that ends."""
    refuse_if(not command.designated, "not_designated_now", "82(5)", number=command.number)
    again = any(bar.of == command.of and bar.freed_on is None for bar in state.bars)
    refuse_if(again, "registration_already_barred", "82(5)")
    yield RegistrationBarred(command.of, command.number, command.places, given.today)


class NoteBar(Value):
    """The case of the utility model."""

    utility_model: CaseId


@first_review.act("82(5)", by=[THE_CLOCK])
def note_bar(state: FirstReview, command: NoteBar, _: Given) -> Acts:
    """Note which utility model waits for the end of this designation, once."""
    refuse_if(command.utility_model in state.utility_models, "already_heard", "82(5)")
    yield BarNoted(command.utility_model)


class FreeRegistration(Value):
    """Which designation ended, and on which day."""

    of: CaseId
    on: date


@first_review.act("82(5)", by=[THE_CLOCK])
def free_registration(state: FirstReview, command: FreeRegistration, _: Given) -> Acts:
    """Note that the designation has ended that kept the utility model from being registered, once."""
    barred = any(bar.of == command.of and bar.freed_on is None for bar in state.bars)
    refuse_if(not barred, "already_heard", "82(5)")
    yield RegistrationFreed(command.of, command.on)


class Dismiss(Value):
    """The reasons of the dismissal, and the agents it names (Order 5 of 2023, Art. 4)."""

    reasons: Restricted
    agents: Annotated[tuple[Line, ...], Len(0, 10)] = ()


@first_review.act(
    "69(4), 73(8), 74(3), 78(7)",
    by=[COMMISSIONER],
    when=[rules.not_gone, rules.dismissal_need_not_wait, rules.dismissal_is_due],
)
def dismiss(state: FirstReview, command: Dismiss, given: Given) -> Acts:
    """Dismiss the application (却下); one called for under a designation, only after its end was notified."""
    assert state.application is not None
    assert state.dismissible_under is not None
    yield ApplicationDismissed(
        state.dismissible_under,
        state.application.number,
        state.applicants,
        command.agents,
        command.reasons,
        given.today,
    )


class RecordService(Value):
    """The day on which the certified copy was served, and what proves it."""

    on: date
    evidence: Line


@first_review.act("85(1)", by=[COMMISSIONER], when=[rules.dismissed_not_served])
def record_service(state: FirstReview, command: RecordService, given: Given) -> Acts:
    """Record the service (送達) of the dismissal (Order 5 of 2023, Art. 6)."""
    assert state.dismissed is not None
    first = state.dismissed.on
    refuse_if(
        not first <= command.on <= given.today,
        "day_not_between",
        "85(1)",
        day=command.on,
        first=first,
        last=given.today,
    )
    yield DismissalServed(command.on, command.evidence)


first_review.act("66(3), (6), (10)", by=[COMMISSIONER, APPLICANT, AGENT], when=[a_notice_is_outstanding])(
    record_receipt
)
keep_time(first_review, warned=warned, silences={})


def _refuse_defects(application: Application, given: Given, article: str) -> None:
    found = defects_of(application, given.today)
    errors = [one.as_error("/application") for one in found]
    refuse_if(bool(errors), "application_defective", article, count=len(errors), errors=errors)

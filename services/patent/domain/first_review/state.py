"""An application before the Patent Office: what has happened to it under Chapter 5."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec.structs import replace

from services.patent.applications import Application, FactName, Finding, Origin, Route
from services.patent.domain import notices
from services.patent.domain.notices import NOTICE_ACTS, Notices
from services.patent.domain.vocabulary import Invention, Operator, OwnRequest, Paper
from services.patent.first_review.screening import Screening, screen
from services.patent.periods import NOT_SENT_REQUEST, SENDING, period_of
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping
from services.statute import Deadline

SendingGround = Literal["item_met", "own_request", "notified_before", "examined"]
NotSendingGround = Literal["does_not_fall_under", "clearly_not_needed"]
"""66(1), main text: it is not of the kind; or the proviso: the review is clearly not needed."""
How = Literal["abandoned", "withdrawn", "converted", "dismissed"]
Word = Literal[
    "review_ended",  # 69(3)
    "designated",  # 70(1)
    "extended",  # 70(5)
    "not_designated",  # 71
    "dismissal_73",  # 73(6)
    "dismissal_74",  # 74(2)
    "designation_ended",  # 77(2)
    "dismissal_78",  # 78(5)
]
"""What the Prime Minister notifies to the Commissioner; nothing else of those cases reaches this one."""
Dismissal = Literal["69(4)", "73(8)", "74(3)", "78(7)"]


# ---- Acts ----


@leaves("restricted")
class ApplicationTakenIn(Act):
    """An application was handed over for the first review."""

    application: Application
    applicants: tuple[str, ...]
    electronic_notices: bool
    papers: tuple[Paper, ...]
    own_request: OwnRequest | None
    at: datetime
    on: date


@leaves("restricted")
class StartingPaperSubmitted(Act):
    """A paper from which the periods run was submitted (66(4), 78(3))."""

    route: Route
    on: date


@leaves("restricted")
class SymbolsAssigned(Act):
    """The application was classified, or classified anew."""

    symbols: tuple[str, ...]
    on: date


@leaves("restricted")
class FactFound(Act):
    """An examiner found whether a fact is so that symbols cannot tell."""

    fact: FactName
    finding: Finding
    on: date


@leaves("restricted")
class ExplanationAsked(Act):
    """The Commissioner asked the applicant for material and an explanation (66(6))."""

    what: str
    due: date
    on: date


@leaves("restricted")
class ExplanationReceived(Act):
    """The applicant gave material or an explanation."""

    answer: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class PapersSent(Act):
    """The papers of the application were sent to the Prime Minister (66(1), (2))."""

    ground: SendingGround
    items: tuple[int, ...]
    reasons: str
    at: datetime
    on: date


@leaves("restricted")
class JudgedNotToSend(Act):
    """The Commissioner judged that the papers are not sent (66(1), (7))."""

    ground: NotSendingGround
    reasons: str
    on: date


@leaves("restricted")
class ThreeMonthsPassed(Act):
    """The period of 66(1) passed without the papers being sent: the hold is over (66(7))."""

    last_day: date


@leaves("restricted")
class NotSentNoticeAsked(Act):
    """The applicant asked to be told that the papers are not sent (66(10))."""

    on: date


@leaves("restricted")
class DismissalForetold(Act):
    """The Prime Minister was told that the application is about to be dismissed (66(9))."""

    reasons: str
    on: date


@leaves("restricted")
class ApplicationOver(Act):
    """The application was abandoned, withdrawn, converted, or dismissed under the Patent Act (66(8), (9))."""

    how: How
    on: date


@leaves("restricted")
class RightSucceededTo(Act):
    """The right to the patent passed to others, and the Patent Office was notified (66(8))."""

    applicants: tuple[str, ...]
    on: date


class ToldDesignation(Value):
    """What the Commissioner is told of a designation (Cabinet Office Order 78 of 2023, Art. 7(i)-(iii))."""

    invention: Invention
    until: date
    operators: tuple[Operator, ...]


@leaves("restricted")
class WordReceived(Act):
    """The Prime Minister notified the Commissioner of something."""

    word: Word
    on: date
    designation: ToldDesignation | None = None
    """What the notice of a designation says (Cabinet Office Order 78 of 2023, Art. 7)."""


@leaves("restricted")
class ReceiptNoted(Act):
    """The applicant received the notice of the designation or of its end: 72 and 82 count from that day."""

    kind: Literal["designated", "designation_ended"]
    on: date


@leaves("restricted")
class RegistrationBarred(Act):
    """The utility model was found to show a designated invention: it is not registered (82(5))."""

    of: str
    number: str
    places: str
    on: date


@leaves("restricted")
class BarNoted(Act):
    """A utility model whose registration waits for the end of this application's designation (82(5))."""

    utility_model: str


@leaves("restricted")
class RegistrationFreed(Act):
    """The designation has ended whose invention the utility model shows (82(5))."""

    of: str
    on: date


@leaves("restricted")
class ApplicationDismissed(Act):
    """The application was dismissed under Chapter 5 (69(4), 73(8), 74(3), 78(7)), in writing."""

    under: Dismissal
    number: str
    applicants: tuple[str, ...]
    agents: tuple[str, ...]
    reasons: str
    on: date


@leaves("restricted")
class DismissalServed(Act):
    """The certified copy of the dismissal was served (送達, Art. 85)."""

    on: date
    evidence: str


FIRST_REVIEW_ACTS = (
    ApplicationTakenIn,
    StartingPaperSubmitted,
    SymbolsAssigned,
    FactFound,
    ExplanationAsked,
    ExplanationReceived,
    PapersSent,
    JudgedNotToSend,
    ThreeMonthsPassed,
    NotSentNoticeAsked,
    DismissalForetold,
    ApplicationOver,
    RightSucceededTo,
    WordReceived,
    ReceiptNoted,
    RegistrationBarred,
    BarNoted,
    RegistrationFreed,
    ApplicationDismissed,
    DismissalServed,
    *NOTICE_ACTS,
)


# ---- State ----


class Heard(Value):
    """Something the Prime Minister notified, and when."""

    word: Word
    on: date


class Bar(Value):
    """A designated invention that a utility model shows: of which application, where, and since when."""

    of: str
    number: str
    places: str
    since: date
    freed_on: date | None = None


class FirstReview(Value):
    """An application and what has happened to it; every period is computed from these days."""

    application: Application | None = None
    applicants: tuple[str, ...] = ()
    electronic_notices: bool = True
    papers: tuple[Paper, ...] = ()
    own_request: OwnRequest | None = None
    taken_in_on: date | None = None
    explanations_asked: tuple[ExplanationAsked, ...] = ()
    explanations_given: int = 0
    sent: PapersSent | None = None
    not_sent: JudgedNotToSend | None = None
    unsent_until: date | None = None
    """The last day of the three months, once they have passed unsent."""
    not_sent_notice_asked_on: date | None = None
    dismissal_foretold_on: date | None = None
    over: ApplicationOver | None = None
    dismissed: ApplicationDismissed | None = None
    served_on: date | None = None
    heard: tuple[Heard, ...] = ()
    designation: ToldDesignation | None = None
    """The designation the Commissioner was told of."""
    designation_received_on: date | None = None
    end_received_on: date | None = None
    """When the applicant received the notices of 70(1) and 77(2)."""
    bars: tuple[Bar, ...] = ()
    """Of a utility model: what keeps it from being registered (82(5))."""
    utility_models: tuple[str, ...] = ()
    """Utility models that wait for the end of this application's designation."""
    notices: Notices = ()
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def sending(self) -> Deadline | None:
        """The three months for the sending (66(1), (4)); None while what they run from has not come."""
        return period_of(SENDING, self.application) if self.application else None

    @property
    def not_sent_request(self) -> Deadline | None:
        """Until when the notice of not sending can be asked for (66(10); Order 5 of 2023, Art. 3(2))."""
        return period_of(NOT_SENT_REQUEST, self.application) if self.application else None

    @property
    def outside(self) -> bool:
        """Whether Art. 66(1) and (2) do not reach the application."""
        return self.taken_in_on is not None and self.screening(self.taken_in_on).outcome == "outside"

    @property
    def decided(self) -> bool:
        """Whether the first review is over by a sending, a judgement or its last day."""
        return bool(self.sent or self.not_sent or self.unsent_until)

    @property
    def gone(self) -> bool:
        """Whether the application is no longer pending."""
        return bool(self.over or self.dismissed)

    @property
    def designated(self) -> bool:
        """Whether a designation was notified whose end was not (72, 73(8), 78(7))."""
        return self.word_on("designated") is not None and self.word_on("designation_ended") is None

    def bound_on(self, day: date) -> bool:
        """Whether 72 bound the applicant on that day: from receipt of the 70(1) notice to that of 77(2)."""
        began, ended = self.designation_received_on, self.end_received_on
        return began is not None and began <= day and (ended is None or day < ended)

    def awaits_the_prime_minister(self, day: date | None = None) -> bool:
        """Whether, on that day or now, the papers were sent and no notice under 70(1) or 71 had come.

        The day on which it came is still one of the time until then: what happened on it may have come first.
        """
        if self.sent is None or (day is not None and day < self.sent.on):
            return False
        return all(came is None or (day is not None and day <= came) for came in self._answers)

    @property
    def _answers(self) -> tuple[date | None, date | None]:
        return self.word_on("designated"), self.word_on("not_designated")

    def foretelling_due(self, day: date) -> bool:
        """Whether 66(9) has a dismissal of that day foretold: surely no notice of 70(1) or 71 had come."""
        return self.awaits_the_prime_minister(day) and day not in self._answers

    @property
    def succession_is_told(self) -> bool:
        """66(8), second sentence: from the sending to the notice of 71 or 77(2)."""
        return self.sent is not None and not (
            self.word_on("not_designated") or self.word_on("designation_ended")
        )

    @property
    def registration_barred(self) -> bool:
        """Whether 82(5) keeps a utility model from being registered."""
        return any(bar.freed_on is None for bar in self.bars)

    @property
    def priority_claim_falls(self) -> bool:
        """82(1): a claim to domestic priority from this application has lost its effect."""
        return self.dismissed is not None

    @property
    def held(self) -> bool:
        """Whether Patent Act 49, 51 and 64(1) do not apply for now (66(7))."""
        if self.application is None or self.outside:
            return False
        if self.sent is None:
            return not self.decided
        return not (self.word_on("not_designated") or self.word_on("designation_ended"))

    @property
    def dismissible_under(self) -> Dismissal | None:
        """By which provision the application has to be dismissed; None while none, or not yet."""
        if self.gone:
            return None
        if self.word_on("review_ended"):
            return "69(4)"
        if not self.designated:
            for word, dismissal in DISMISSALS.items():
                if self.word_on(word):
                    return dismissal
        return None

    @property
    def dismissal_awaits_the_end(self) -> bool:
        """Whether a dismissal was called for and has to wait for the notice of 77(2)."""
        return self.designated and any(self.word_on(word) for word in DISMISSALS)

    def word_on(self, word: Word) -> date | None:
        """The day of the Prime Minister's last notice of that kind."""
        return next((one.on for one in reversed(self.heard) if one.word == word), None)

    def screening(self, on: date) -> Screening:
        """What the tables of a day say of the application."""
        assert self.application is not None
        return screen(self.application, on)


DISMISSALS: dict[Word, Dismissal] = {
    "dismissal_73": "73(8)",
    "dismissal_74": "74(3)",
    "dismissal_78": "78(7)",
}


def evolve(state: FirstReview, act: Act) -> FirstReview:
    """The first review after `act`."""
    if isinstance(act, NOTICE_ACTS):
        return replace(state, notices=notices.evolve(state.notices, act))
    match act:
        case ApplicationTakenIn():
            return replace(
                state,
                application=act.application,
                applicants=act.applicants,
                electronic_notices=act.electronic_notices,
                papers=act.papers,
                own_request=act.own_request,
                taken_in_on=act.on,
            )
        case StartingPaperSubmitted() | SymbolsAssigned() | FactFound():
            return replace(state, application=_changed(state, act))
        case ExplanationAsked():
            return replace(state, explanations_asked=(*state.explanations_asked, act))
        case ExplanationReceived():
            return replace(state, explanations_given=state.explanations_given + 1)
        case PapersSent():
            return replace(state, sent=act)
        case JudgedNotToSend():
            return replace(state, not_sent=act)
        case ThreeMonthsPassed():
            return replace(state, unsent_until=act.last_day)
        case NotSentNoticeAsked():
            return replace(state, not_sent_notice_asked_on=act.on)
        case DismissalForetold():
            return replace(state, dismissal_foretold_on=act.on)
        case ApplicationOver():
            return replace(state, over=act)
        case RightSucceededTo():
            return replace(state, applicants=act.applicants)
        case WordReceived():
            told = act.designation or state.designation
            return replace(state, heard=(*state.heard, Heard(act.word, act.on)), designation=told)
        case ReceiptNoted(kind="designated"):
            return replace(state, designation_received_on=act.on)
        case ReceiptNoted():
            return replace(state, end_received_on=act.on)
        case RegistrationBarred():
            bar = Bar(act.of, act.number, act.places, act.on)
            return replace(state, bars=(*state.bars, bar))
        case BarNoted():
            return replace(state, utility_models=(*state.utility_models, act.utility_model))
        case RegistrationFreed():
            freed = (replace(bar, freed_on=act.on) if bar.of == act.of else bar for bar in state.bars)
            return replace(state, bars=tuple(freed))
        case ApplicationDismissed():
            return replace(state, dismissed=act)
        case DismissalServed():
            return replace(state, served_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of a first review")


def _changed(state: FirstReview, act: StartingPaperSubmitted | SymbolsAssigned | FactFound) -> Application:
    application = state.application
    assert application is not None
    match act:
        case StartingPaperSubmitted():
            origins = tuple(
                Origin(one.route, act.on) if one.route == act.route else one for one in application.origins
            )
            return replace(application, origins=origins)
        case SymbolsAssigned():
            return replace(application, symbols=act.symbols)
        case FactFound():
            return replace(application, facts={**application.facts, act.fact: act.finding})

"""An application before the Prime Minister: what has happened in its security review."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from msgspec.structs import replace

from services.patent.applications import Application, Origin, Route
from services.patent.domain import charges, hearing, investigation, notices
from services.patent.domain.charges import CHARGE_ACTS, Charge, Ground
from services.patent.domain.hearing import HEARING_ACTS, Hearing
from services.patent.domain.investigation.state import (
    INVESTIGATION_ACTS,
    NOTHING_ASKED,
    Investigation,
    Subject,
)
from services.patent.domain.notices import NOTICE_ACTS, Notices
from services.patent.domain.vocabulary import Invention, Operator, OwnRequest, Paper, Weighing
from services.patent.periods import FOREIGN_FILING_BAN, period_of
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping
from services.statute import Deadline, period

How = Literal["abandoned", "withdrawn", "converted", "dismissed"]


# ---- Acts ----


@leaves("restricted")
class ReviewBegun(Act):
    """The papers of an application arrived, and its security review began (67(1))."""

    first_review: str
    application: Application
    own_request: OwnRequest | None
    applicants: tuple[str, ...]
    electronic_notices: bool
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class PossibleDesignationNotified(Act):
    """The applicant was told which invention may be designated, and asked for the paper (67(9))."""

    invention: Invention
    on: date


@leaves("restricted")
class PaperFiled(Act):
    """The applicant keeps the application and filed the paper on it (67(9), (10); Form 1)."""

    management: str
    operators: tuple[Operator, ...]
    planned_changes: str | None
    late: bool
    on: date
    notice: int = 1
    """To which of the notices of 67(9) it answers, counted from 1."""


@leaves("restricted")
class PaperOverdue(Act):
    """The fourteen days passed without the paper (67(10))."""

    due: date
    notice: int = 1


@leaves("restricted")
class CorrectionAsked(Act):
    """The Prime Minister asked for the paper to be corrected, within a time it set (67(11))."""

    points: str
    due: date
    on: date
    notice: int = 1


@leaves("restricted")
class PaperCorrected(Act):
    """The applicant corrected the paper."""

    management: str
    operators: tuple[Operator, ...]
    planned_changes: str | None
    late: bool
    on: date
    notice: int = 1


@leaves("restricted")
class CorrectionOverdue(Act):
    """The time set for the correction passed without one."""

    due: date
    notice: int = 1


@leaves("restricted")
class PublicationFound(Act):
    """The Prime Minister found that the applicant published the invention against Art. 68."""

    what: str
    on: date


@leaves("restricted")
class AbuseFound(Act):
    """It was found that the applicant made its own request wantonly, for an unfair end (69(1))."""

    why: str
    on: date


@leaves("restricted")
class ReviewEnded(Act):
    """The Prime Minister ended the review (打切り, 69(1)) and told the Commissioner so (69(3))."""

    ground: Ground
    reasons: str
    on: date


@leaves("restricted")
class DesignationDecided(Act):
    """The invention was designated (保全指定, 70(1)) for a term (70(2))."""

    invention: Invention
    until: date
    operators: tuple[Operator, ...]
    weighing: Weighing
    at: datetime
    on: date


@leaves("restricted")
class NoDesignationDecided(Act):
    """It was found that no designation is needed (71)."""

    reasons: str
    on: date


@leaves("restricted")
class ApplicationGone(Act):
    """The Commissioner told that the application was given up or dismissed (66(8), (9))."""

    how: How
    on: date


@leaves("restricted")
class DismissalAnnounced(Act):
    """The Commissioner told in advance that the application is to be dismissed (66(9))."""

    on: date


@leaves("restricted")
class DesignationReceived(Act):
    """The applicant received the notice of the designation (70(1)): Art. 68 ends, and Art. 74 binds."""

    on: date


@leaves("restricted")
class StartingPaperNoted(Act):
    """The Commissioner passed on that a paper came in from which the ten months run (78(3))."""

    route: Route
    on: date


@leaves("restricted")
class ApplicantsChanged(Act):
    """The Commissioner told of a succession (66(8))."""

    applicants: tuple[str, ...]
    on: date


SECURITY_REVIEW_ACTS = (
    ReviewBegun,
    PossibleDesignationNotified,
    PaperFiled,
    PaperOverdue,
    CorrectionAsked,
    PaperCorrected,
    CorrectionOverdue,
    PublicationFound,
    AbuseFound,
    ReviewEnded,
    DesignationDecided,
    NoDesignationDecided,
    ApplicationGone,
    DismissalAnnounced,
    DesignationReceived,
    StartingPaperNoted,
    ApplicantsChanged,
    *INVESTIGATION_ACTS,
    *HEARING_ACTS,
    *CHARGE_ACTS,
    *NOTICE_ACTS,
)


# ---- State ----


class OnKeeping(Value):
    """The paper on keeping the application, as filed or corrected (67(9)(i)-(iii))."""

    management: str
    operators: tuple[Operator, ...]
    planned_changes: str | None


class Correction(Value):
    """A correction asked for, by which day, and whether it was made or missed."""

    due: date
    made_on: date | None = None
    overdue: bool = False
    letter: int = 0
    """Which of the notices that ask for a correction asked for it, counted from 0."""


class Possible(Value):
    """An invention that may be designated, as the applicant was told (67(9)), and the paper on it."""

    invention: Invention
    on: date
    paper: OnKeeping | None = None
    late: bool = False
    overdue: bool = False
    correction: Correction | None = None


class SecurityReview(Value):
    """A security review and what has happened in it."""

    first_review: str = ""
    """The Patent Office's case of the application."""
    application: Application | None = None
    own_request: OwnRequest | None = None
    applicants: tuple[str, ...] = ()
    electronic_notices: bool = True
    papers: tuple[Paper, ...] = ()
    begun_on: date | None = None
    notified: tuple[Possible, ...] = ()
    """The inventions the applicant was told of, in that order: 67(9) bars no further one."""
    published: bool = False
    abused: bool = False
    ended: ReviewEnded | None = None
    designated: DesignationDecided | None = None
    not_designated: NoDesignationDecided | None = None
    gone: ApplicationGone | None = None
    designation_received_on: date | None = None
    dismissal_announced_on: date | None = None
    called_for_on: date | None = None
    """When a dismissal was called for under 78(5)."""
    hearing: Hearing | None = None
    charge: Charge | None = None
    investigation: Investigation = NOTHING_ASKED
    notices: Notices = ()
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def open(self) -> bool:
        """Whether the review is going on."""
        return self.begun_on is not None and not (
            self.ended or self.designated or self.not_designated or self.gone
        )

    @property
    def papers_due(self) -> tuple[Deadline | None, ...]:
        """The fourteen days for each paper (67(10)); None while its notice was not received."""
        days = notices.receipts(self.notices, "possible_designation")
        return tuple(period("patent.paper_on_keeping").starting(day) if day else None for day in days)

    @property
    def possible(self) -> tuple[tuple[Possible, Deadline | None], ...]:
        """The inventions that may be designated, each with the fourteen days for its paper."""
        return tuple(zip(self.notified, self.papers_due, strict=True))

    @property
    def paper_due(self) -> Deadline | None:
        """The fourteen days that end next, or else those that ended last."""
        awaited = [due for one, due in self.possible if due and one.paper is None and not one.overdue]
        known = [due for due in self.papers_due if due]
        if awaited:
            return min(awaited, key=lambda due: due.last_day)
        return known[-1] if known else None

    @property
    def latest(self) -> Possible | None:
        """The invention of the last notice."""
        return self.notified[-1] if self.notified else None

    def can_be_designated(self, number: int, today: date) -> bool:
        """Whether the paper on that invention is in, or its fourteen days have passed."""
        one, due = self.possible[number - 1]
        return due is not None and (one.paper is not None or today > due.last_day)

    def overdue_paper(self, today: date) -> int | None:
        """The first notice whose fourteen days have passed without its paper, unrecorded."""
        return next(
            (
                number
                for number, (one, due) in enumerate(self.possible, start=1)
                if due and one.paper is None and not one.overdue and today > due.last_day
            ),
            None,
        )

    def correction_due(self, one: Possible) -> date | None:
        """The day set for a correction that is awaited, once its notice has arrived in that time."""
        asked = one.correction
        if asked is None or asked.made_on is not None or asked.overdue:
            return None
        days = notices.receipts(self.notices, "correction_asked")
        arrived = days[asked.letter] if asked.letter < len(days) else None
        return asked.due if arrived is not None and arrived <= asked.due else None

    def overdue_correction(self, today: date) -> int | None:
        """The first notice for whose paper the time to correct it has passed, unrecorded."""
        return next(
            (
                number
                for number, one in enumerate(self.notified, start=1)
                if (due := self.correction_due(one)) is not None and today > due
            ),
            None,
        )

    @property
    def foreign_filing_ban(self) -> Deadline | None:
        """The ten months (78(1) proviso): the review has no limit, but after them filing abroad is free."""
        return period_of(FOREIGN_FILING_BAN, self.application) if self.application else None

    @property
    def under_investigation(self) -> tuple[Subject, ...]:
        """What can be asked about: whether to designate."""
        return ("designation",) if self.open else ()

    @property
    def secrecy_binds(self) -> bool:
        """67(5) asks for consent to any disclosure in a review."""
        return True

    @property
    def publishing_banned(self) -> bool:
        """Whether Art. 68 bans publishing: from receipt of the notice of 67(9) to that of 70(1) or 71."""
        told = any(notices.receipts(self.notices, "possible_designation"))
        answered = notices.received_on(self.notices, "not_designated") or self.designation_received_on
        return told and not answered and self.gone is None

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The grounds of a measure against the applicant that the facts of the case leave open."""
        late = any(one.overdue or one.late for one in self.notified)
        missed = any(one.correction is not None and one.correction.overdue for one in self.notified)
        held: dict[Ground, bool] = {
            "paper_not_filed": self.open and late,
            "correction_not_made": self.open and missed,
            "published": self.open and self.published,
            "abusive_request": self.open and self.abused,
            # Of one designated the designation's case has the charge; 78(5) knows no end of the review.
            "filed_abroad": not (self.gone or self.ended or self.designated or self.called_for_on),
        }
        return tuple(ground for ground, stands in held.items() if stands)


def evolve(state: SecurityReview, act: Act) -> SecurityReview:
    """The review after `act`."""
    if isinstance(act, NOTICE_ACTS):
        return replace(state, notices=notices.evolve(state.notices, act))
    if isinstance(act, INVESTIGATION_ACTS):
        return replace(state, investigation=investigation.state.evolve(state.investigation, act))
    if isinstance(act, HEARING_ACTS):
        return replace(state, hearing=hearing.evolve(state.hearing, act))
    if isinstance(act, CHARGE_ACTS):
        called = act.on if isinstance(act, charges.DismissalCalledFor) else state.called_for_on
        return replace(state, charge=charges.evolve(state.charge, act), called_for_on=called)
    return _evolve_review(state, act)


def _evolve_review(state: SecurityReview, act: Act) -> SecurityReview:
    match act:
        case ReviewBegun():
            return replace(
                state,
                first_review=act.first_review,
                application=act.application,
                own_request=act.own_request,
                applicants=act.applicants,
                electronic_notices=act.electronic_notices,
                papers=act.papers,
                begun_on=act.on,
            )
        case PossibleDesignationNotified():
            return replace(state, notified=(*state.notified, Possible(act.invention, act.on)))
        case PaperFiled() | PaperOverdue() | CorrectionAsked() | PaperCorrected() | CorrectionOverdue():
            return _evolve_paper(state, act)
        case PublicationFound():
            return replace(state, published=True)
        case AbuseFound():
            return replace(state, abused=True)
        case ReviewEnded():
            return replace(state, ended=act, charge=None)
        case DesignationDecided():
            return replace(state, designated=act, charge=_of_78(state.charge))
        case NoDesignationDecided():
            return replace(state, not_designated=act, charge=_of_78(state.charge))
        case DesignationReceived():
            return replace(state, designation_received_on=act.on)
        case StartingPaperNoted():
            assert state.application is not None
            origins = tuple(
                Origin(one.route, act.on) if one.route == act.route else one
                for one in state.application.origins
            )
            return replace(state, application=replace(state.application, origins=origins))
        case ApplicationGone():
            return replace(state, gone=act)
        case DismissalAnnounced():
            return replace(state, dismissal_announced_on=act.on)
        case ApplicantsChanged():
            return replace(state, applicants=act.applicants)
    raise TypeError(f"{type(act).__name__} is no act of a security review")


def _evolve_paper(state: SecurityReview, act: Any) -> SecurityReview:
    """The review after an act about one of its papers."""
    one = state.notified[act.notice - 1]
    match act:
        case PaperFiled():
            kept = OnKeeping(act.management, act.operators, act.planned_changes)
            one = replace(one, paper=kept, late=act.late)
        case PaperOverdue():
            one = replace(one, overdue=True)
        case CorrectionAsked():
            letter = len(notices.receipts(state.notices, "correction_asked"))
            one = replace(one, correction=Correction(act.due, letter=letter))
        case PaperCorrected():
            kept = OnKeeping(act.management, act.operators, act.planned_changes)
            assert one.correction is not None
            missed = one.correction.overdue or act.late
            one = replace(one, paper=kept, correction=replace(one.correction, made_on=act.on, overdue=missed))
        case CorrectionOverdue():
            assert one.correction is not None
            one = replace(one, correction=replace(one.correction, overdue=True))
    return replace(state, notified=(*state.notified[: act.notice - 1], one, *state.notified[act.notice :]))


def _of_78(charge: Charge | None) -> Charge | None:
    """What is left of a charge once the review has led to something: 69(1) ends none, 78(5) knows no end."""
    return charge if charge is not None and charge.measure == "78(5)" else None

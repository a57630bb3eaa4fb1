"""The whole picture of a case of Chapter 5; `access.toml` says how much of it each reader sees."""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.patent.applications import FactName, Finding, Origin
from services.patent.compensation import Claim
from services.patent.designation.effects import Standing
from services.patent.designation.shifts import Shifts
from services.patent.designation.term import Term
from services.patent.domain.charges import Charge, Ground, Measure
from services.patent.domain.compensation.state import AmountDecided, Compensation
from services.patent.domain.designation.sharing_acts import APPLICANT_ITSELF, Sharing, Shown
from services.patent.domain.designation.state import PreservationDesignation
from services.patent.domain.designation.supervision_acts import (
    Intended,
    Order,
    Recommendation,
    Report,
    Supervision,
)
from services.patent.domain.designation.working_acts import Permission
from services.patent.domain.first_review.state import (
    ApplicationDismissed,
    ApplicationOver,
    Bar,
    Dismissal,
    ExplanationAsked,
    FirstReview,
    Heard,
    JudgedNotToSend,
    PapersSent,
    ToldDesignation,
)
from services.patent.domain.hearing import Hearing
from services.patent.domain.international_application.state import (
    InternationalApplication,
    InternationalApplicationDismissed,
    InternationalApplicationNotified,
)
from services.patent.domain.investigation.state import Consultation, Investigation, Request
from services.patent.domain.notices import Told, issued_on, received_on
from services.patent.domain.prior_confirmation.state import Clear, ConfirmationAsked, PriorConfirmation
from services.patent.domain.security_review.state import (
    ApplicationGone,
    Correction,
    DesignationDecided,
    NoDesignationDecided,
    OnKeeping,
    PossibleDesignationNotified,
    ReviewEnded,
    SecurityReview,
)
from services.patent.domain.vocabulary import Invention, OwnRequest, Paper
from services.patent.first_review.screening import Screening
from services.platform.cases.case import Case
from services.platform.law.procedure import Given
from services.platform.law.values import Value
from services.platform.time.timekeeping import ReminderSent
from services.statute import Deadline


class FirstReviewView(Value):
    """An application before the Patent Office: what it is, what was found, sent or not, and what holds."""

    number: str
    kind: Literal["patent", "utility_model"]
    filed_on: date
    received_on: date
    origins: tuple[Origin, ...]
    requested_on: date | None
    applicants: tuple[str, ...]
    symbols: tuple[str, ...]
    papers: tuple[Paper, ...]
    own_request: OwnRequest | None
    send_by: date | None
    ask_not_sent_notice_by: date | None
    findings: dict[FactName, Finding]
    screening: Screening
    explanations_asked: tuple[ExplanationAsked, ...]
    sent: PapersSent | None
    not_sent: JudgedNotToSend | None
    not_sent_notice_asked_on: date | None
    held: bool
    designated: bool
    heard: tuple[Heard, ...]
    notices: tuple[Told, ...]
    dismissible_under: Dismissal | None
    over: ApplicationOver | None
    designation: ToldDesignation | None
    designation_received_on: date | None
    end_received_on: date | None
    priority_claim_falls: bool
    bars: tuple[Bar, ...]
    registration_barred: bool
    dismissed: ApplicationDismissed | None
    served_on: date | None
    reminders_to_officials: tuple[ReminderSent, ...]


def first_review_view(case: Case[FirstReview], given: Given) -> FirstReviewView:
    """An application before the Patent Office as it stands."""
    state = case.state
    application = state.application
    assert application is not None
    return FirstReviewView(
        number=application.number,
        kind=application.kind,
        filed_on=application.filed_on,
        received_on=application.came_in_on,
        origins=application.origins,
        requested_on=application.requested_on,
        applicants=state.applicants,
        symbols=application.symbols,
        papers=state.papers,
        own_request=state.own_request,
        send_by=_last(state.sending),
        ask_not_sent_notice_by=_last(state.not_sent_request),
        findings=application.facts,
        screening=state.screening(given.today),
        explanations_asked=state.explanations_asked,
        sent=state.sent,
        not_sent=state.not_sent,
        not_sent_notice_asked_on=state.not_sent_notice_asked_on,
        held=state.held,
        designated=state.designated,
        heard=state.heard,
        notices=state.notices,
        dismissible_under=state.dismissible_under,
        over=state.over,
        designation=state.designation,
        designation_received_on=state.designation_received_on,
        end_received_on=state.end_received_on,
        priority_claim_falls=state.priority_claim_falls,
        bars=state.bars,
        registration_barred=state.registration_barred,
        dismissed=state.dismissed,
        served_on=state.served_on,
        reminders_to_officials=state.timekeeping.told("official"),
    )


class PossibleDesignation(Value):
    """An invention that may be designated, when its paper is due, and what became of that (67(9)-(11))."""

    invention: Invention
    on: date
    paper_due: date | None
    paper: OnKeeping | None
    late: bool
    correction: Correction | None


class SecurityReviewView(Value):
    """A security review: the application, the notice and the paper, what was found out, and what follows."""

    first_review: str
    number: str
    filed_on: date
    applicants: tuple[str, ...]
    symbols: tuple[str, ...]
    papers: tuple[Paper, ...]
    own_request: OwnRequest | None
    begun_on: date | None
    ten_months_end: date | None
    notified: PossibleDesignationNotified | None
    possible_designations: tuple[PossibleDesignation, ...]
    publishing_banned: bool
    paper_due: date | None
    paper: OnKeeping | None
    correction: Correction | None
    hearing: Hearing | None
    charge: Charge | None
    grounds: tuple[Ground, ...]
    designated: DesignationDecided | None
    not_designated: NoDesignationDecided | None
    ended: ReviewEnded | None
    gone: ApplicationGone | None
    dismissal_announced_on: date | None
    investigation: Investigation
    asked_of_applicant: tuple[Request, ...]
    asked_of_you: tuple[AskedOfYou, ...]
    disclosed_to_you: tuple[str, ...]
    notices: tuple[Told, ...]
    reminders: tuple[ReminderSent, ...]
    reminders_to_officials: tuple[ReminderSent, ...]


def security_review_view(case: Case[SecurityReview], given: Given) -> SecurityReviewView:
    """A security review as it stands."""
    state = case.state
    application = state.application
    assert application is not None
    ban, latest = state.foreign_filing_ban, state.latest
    return SecurityReviewView(
        first_review=state.first_review,
        number=application.number,
        filed_on=application.filed_on,
        applicants=state.applicants,
        symbols=application.symbols,
        papers=state.papers,
        own_request=state.own_request,
        begun_on=state.begun_on,
        ten_months_end=_last(ban),
        notified=PossibleDesignationNotified(latest.invention, latest.on) if latest else None,
        possible_designations=tuple(
            PossibleDesignation(
                one.invention, one.on, _last(due), one.paper, one.late or one.overdue, one.correction
            )
            for one, due in state.possible
        ),
        publishing_banned=state.publishing_banned,
        paper_due=_last(state.paper_due),
        paper=latest.paper if latest else None,
        correction=latest.correction if latest else None,
        hearing=state.hearing,
        charge=state.charge,
        grounds=state.grounds,
        designated=state.designated,
        not_designated=state.not_designated,
        ended=state.ended,
        gone=state.gone,
        dismissal_announced_on=state.dismissal_announced_on,
        investigation=state.investigation,
        asked_of_applicant=tuple(one for one in state.investigation.requests if one.whom == "applicant"),
        asked_of_you=_asked_of(state.investigation, given),
        disclosed_to_you=_disclosed_to(state.investigation, given),
        notices=state.notices,
        reminders=state.timekeeping.told("party"),
        reminders_to_officials=state.timekeeping.told("official"),
    )


class DesignationView(Value):
    """A designation: its term and renewals, what it forbids and permits, who shares it, how it is kept."""

    security_review: str
    number: str
    applicants: tuple[str, ...]
    invention: Invention
    designated_on: date
    term: Term
    in_force: bool
    judged_not_to_continue_on: date | None
    released_on: date | None
    expired_on: date | None
    effects: tuple[Standing, ...]
    shifts: Shifts | None
    permissions: tuple[Permission, ...]
    sharing: Sharing
    measures_missing: tuple[str, ...]
    your_measures_missing: tuple[str, ...]
    your_measures: tuple[Shown, ...]
    supervision: Supervision
    asked_of_you_as_keeper: tuple[Recommendation, ...]
    orders_intended_for_you: tuple[Intended, ...]
    orders_to_you: tuple[Order, ...]
    reports_asked_of_you: tuple[Report, ...]
    hearing: Hearing | None
    charge: Charge | None
    called_for: tuple[Measure, ...]
    investigation: Investigation
    asked_of_applicant: tuple[Request, ...]
    asked_of_you: tuple[AskedOfYou, ...]
    disclosed_to_you: tuple[str, ...]
    notices: tuple[Told, ...]
    reminders_to_officials: tuple[ReminderSent, ...]


def designation_view(case: Case[PreservationDesignation], given: Given) -> DesignationView:
    """A designation as it stands."""
    from services.patent.designation.effects import standings
    from services.patent.designation.shifts import shifts

    state = case.state
    begun = state.begun
    assert begun is not None
    noticed = received_on(state.notices, "designated")
    ended = received_on(state.notices, "designation_ended")
    applies = {given.by.organisation, *given.by.mandates} & set(state.applicants)
    mine = APPLICANT_ITSELF if applies else given.by.organisation
    addressed = state.supervision.addressed_to(mine)
    return DesignationView(
        security_review=begun.security_review,
        number=begun.number,
        applicants=state.applicants,
        invention=begun.invention,
        designated_on=begun.on,
        term=state.term,
        in_force=state.in_force(given.today),
        judged_not_to_continue_on=state.judged_not_to_continue_on,
        released_on=state.released_on,
        expired_on=state.expired_on,
        effects=standings(
            state.facts, given.today, noticed, ended, issued_on(state.notices, "designation_ended")
        ),
        shifts=shifts(begun.filed_on, state.facts, noticed, ended) if noticed else None,
        permissions=state.permissions,
        sharing=state.sharing,
        measures_missing=state.sharing.missing(APPLICANT_ITSELF),
        your_measures_missing=state.sharing.missing(mine),
        your_measures=state.sharing.shown_by(mine),
        supervision=state.supervision,
        asked_of_you_as_keeper=addressed.recommendations,
        orders_intended_for_you=addressed.intended,
        orders_to_you=addressed.ordered,
        reports_asked_of_you=addressed.reports,
        hearing=state.hearing,
        charge=state.charge,
        called_for=state.called_for,
        investigation=state.investigation,
        asked_of_applicant=tuple(one for one in state.investigation.requests if one.whom == "applicant"),
        asked_of_you=_asked_of(state.investigation, given),
        disclosed_to_you=_disclosed_to(state.investigation, given),
        notices=state.notices,
        reminders_to_officials=state.timekeeping.told("official"),
    )


class PriorConfirmationView(Value):
    """A request for prior confirmation: what was asked, and what was answered."""

    asked: ConfirmationAsked | None
    not_of_the_kind_on: date | None
    referred_on: date | None
    referral_answer: Clear | None
    referral_answered_on: date | None
    answer: Clear | None
    passed_on: date | None


def prior_confirmation_view(case: Case[PriorConfirmation], _: Given) -> PriorConfirmationView:
    """A request for prior confirmation as it stands."""
    state = case.state
    return PriorConfirmationView(
        asked=state.asked,
        not_of_the_kind_on=state.not_of_the_kind_on,
        referred_on=state.referred_on,
        referral_answer=state.answer,
        referral_answered_on=state.answered_on,
        answer=state.answer if state.passed_on else None,
        passed_on=state.passed_on,
    )


class InternationalApplicationView(Value):
    """The notice of an international application, and what the Prime Minister did about it."""

    notified: InternationalApplicationNotified | None
    charge: Charge | None
    no_breach_on: date | None
    called_for_on: date | None
    dismissed_on: date | None
    dismissed: InternationalApplicationDismissed | None
    served_on: date | None
    notices: tuple[Told, ...]


def international_application_view(
    case: Case[InternationalApplication], _: Given
) -> InternationalApplicationView:
    """The notice of an international application, and what the Prime Minister did."""
    state = case.state
    return InternationalApplicationView(
        notified=state.notified,
        charge=state.charge,
        no_breach_on=state.no_breach_on,
        called_for_on=state.called_for_on,
        dismissed_on=state.dismissed_on,
        dismissed=state.dismissed,
        served_on=state.served_on,
        notices=state.notices,
    )


class CompensationView(Value):
    """A claim for compensation: the losses, the amount, and until when more can be sued for."""

    designation: str
    of_designation: str | None
    designation_over_on: date | None
    claimant: str
    claimed_on: date
    claim: Claim
    papers: tuple[Paper, ...]
    decided: AmountDecided | None
    amount_yen: int | None
    sue_by: date | None
    investigation: Investigation
    asked_of_applicant: tuple[Request, ...]
    asked_of_you: tuple[AskedOfYou, ...]
    disclosed_to_you: tuple[str, ...]
    notices: tuple[Told, ...]
    reminders: tuple[ReminderSent, ...]


def compensation_view(case: Case[Compensation], given: Given) -> CompensationView:
    """A claim for compensation as it stands."""
    state = case.state
    claimed = state.claimed
    assert claimed is not None
    claim: Claim = claimed.claim
    return CompensationView(
        designation=claimed.designation,
        of_designation=claimed.of,
        designation_over_on=state.designation_over_on,
        claimant=claimed.claimant,
        claimed_on=claimed.on,
        claim=claim,
        papers=claimed.papers,
        decided=state.decided,
        amount_yen=state.amount,
        sue_by=_last(state.suit),
        investigation=state.investigation,
        asked_of_applicant=tuple(one for one in state.investigation.requests if one.whom == "applicant"),
        asked_of_you=_asked_of(state.investigation, given),
        disclosed_to_you=_disclosed_to(state.investigation, given),
        notices=state.notices,
        reminders=state.timekeeping.told("party"),
    )


class AskedOfYou(Value):
    """What the reader's agency was asked or consulted about, or an expert is asked for (67(3), (4), (6))."""

    article: str
    request: Request | None = None
    consultation: Consultation | None = None
    explained_on: date | None = None
    consented: bool | None = None


def _asked_of(found: Investigation, given: Given) -> tuple[AskedOfYou, ...]:
    """The requests and consultations of the reader's agency, and what an expert is asked for."""
    agency, person = given.by.ministry, given.by.subject
    requests = (one for one in found.requests if one.whom == "agency" and one.of == agency)
    consultations = (one for one in found.consultations if one.agency == agency)
    experts = (one for one in found.experts if person in one.people)
    return (
        *(AskedOfYou("67(3)", request=one) for one in requests),
        *(AskedOfYou("67(6)", consultation=one) for one in consultations),
        *(
            AskedOfYou("67(4)", explained_on=one.explained_on, consented=person in one.consented)
            for one in experts
        ),
    )


def _disclosed_to(found: Investigation, given: Given) -> tuple[str, ...]:
    """What of the invention was disclosed to the reader."""
    return tuple(one.shown for one in found.experts if one.disclosed_on and given.by.subject in one.people)


def _last(deadline: Deadline | None) -> date | None:
    return deadline.last_day if deadline else None

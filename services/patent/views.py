"""The whole picture of a case of Chapter 5; `access.toml` says how much of it each reader sees."""

from __future__ import annotations

from typing import Any

from services.patent.compensation import Claim
from services.patent.domain.compensation.state import Compensation
from services.patent.domain.designation.sharing_acts import APPLICANT_ITSELF
from services.patent.domain.designation.state import PreservationDesignation
from services.patent.domain.first_review.state import FirstReview
from services.patent.domain.international_application.state import InternationalApplication
from services.patent.domain.investigation.state import Investigation
from services.patent.domain.notices import received_on
from services.patent.domain.prior_confirmation.state import PriorConfirmation
from services.patent.domain.security_review.state import SecurityReview
from services.platform.cases.store import Case
from services.platform.law.procedure import Given


def first_review_view(case: Case[FirstReview], given: Given) -> dict[str, Any]:
    """An application before the Patent Office: what it is, what was found, sent or not, and what holds."""
    state = case.state
    application = state.application
    assert application is not None
    return {
        "number": application.number,
        "kind": application.kind,
        "filed_on": application.filed_on,
        "received_on": application.came_in_on,
        "origins": application.origins,
        "requested_on": application.requested_on,
        "applicants": state.applicants,
        "symbols": application.symbols,
        "papers": state.papers,
        "own_request": state.own_request,
        "send_by": state.sending and state.sending.last_day,
        "ask_not_sent_notice_by": state.not_sent_request and state.not_sent_request.last_day,
        "findings": application.facts,
        "screening": state.screening(given.today),
        "explanations_asked": state.explanations_asked,
        "sent": state.sent,
        "not_sent": state.not_sent,
        "not_sent_notice_asked_on": state.not_sent_notice_asked_on,
        "held": state.held,
        "designated": state.designated,
        "heard": state.heard,
        "notices": state.notices,
        "dismissible_under": state.dismissible_under,
        "over": state.over,
        "dismissed": state.dismissed,
        "served_on": state.served_on,
        "reminders_to_officials": state.timekeeping.told("official"),
    }


def security_review_view(case: Case[SecurityReview], given: Given) -> dict[str, Any]:
    """A security review: the application, the notice and the paper, what was found out, and what follows."""
    state = case.state
    application = state.application
    assert application is not None
    ban = state.foreign_filing_ban
    return {
        "first_review": state.first_review,
        "number": application.number,
        "filed_on": application.filed_on,
        "applicants": state.applicants,
        "symbols": application.symbols,
        "papers": state.papers,
        "own_request": state.own_request,
        "begun_on": state.begun_on,
        "ten_months_end": ban and ban.last_day,
        "notified": state.notified,
        "publishing_banned": state.publishing_banned,
        "paper_due": state.paper_due and state.paper_due.last_day,
        "paper": state.paper,
        "correction": state.correction,
        "hearing": state.hearing,
        "charge": state.charge,
        "grounds": state.grounds,
        "designated": state.designated,
        "not_designated": state.not_designated,
        "ended": state.ended,
        "gone": state.gone,
        "dismissal_announced_on": state.dismissal_announced_on,
        "investigation": state.investigation,
        "asked_of_applicant": [one for one in state.investigation.requests if one.whom == "applicant"],
        "asked_of_you": _asked_of(state.investigation, given),
        "disclosed_to_you": _disclosed_to(state.investigation, given),
        "notices": state.notices,
        "reminders": state.timekeeping.told("party"),
        "reminders_to_officials": state.timekeeping.told("official"),
    }


def designation_view(case: Case[PreservationDesignation], given: Given) -> dict[str, Any]:
    """A designation: its term and renewals, what it forbids and permits, who shares it, how it is kept."""
    from services.patent.designation.effects import standings
    from services.patent.designation.shifts import shifts

    state = case.state
    begun = state.begun
    assert begun is not None
    noticed = received_on(state.notices, "designated")
    ended = received_on(state.notices, "designation_ended")
    mine = APPLICANT_ITSELF if given.by.organisation in state.applicants else given.by.organisation
    return {
        "security_review": begun.security_review,
        "number": begun.number,
        "applicants": state.applicants,
        "invention": begun.invention,
        "designated_on": begun.on,
        "term": state.term,
        "in_force": state.in_force(given.today),
        "judged_not_to_continue_on": state.judged_not_to_continue_on,
        "released_on": state.released_on,
        "expired_on": state.expired_on,
        "effects": standings(state.facts, given.today, noticed, ended),
        "shifts": shifts(begun.filed_on, state.facts, noticed, ended) if noticed else None,
        "permissions": state.permissions,
        "sharing": state.sharing,
        "measures_missing": state.sharing.missing(APPLICANT_ITSELF),
        "your_measures_missing": state.sharing.missing(mine),
        "supervision": state.supervision,
        "asked_of_you_as_keeper": [one for one in state.supervision.recommendations if one.to == mine],
        "reports_asked_of_you": [one for one in state.supervision.reports if one.of == mine],
        "hearing": state.hearing,
        "charge": state.charge,
        "called_for": state.called_for,
        "investigation": state.investigation,
        "asked_of_applicant": [one for one in state.investigation.requests if one.whom == "applicant"],
        "asked_of_you": _asked_of(state.investigation, given),
        "disclosed_to_you": _disclosed_to(state.investigation, given),
        "notices": state.notices,
        "reminders_to_officials": state.timekeeping.told("official"),
    }


def prior_confirmation_view(case: Case[PriorConfirmation], _: Given) -> dict[str, Any]:
    """A request for prior confirmation: what was asked, and what was answered."""
    state = case.state
    return {
        "asked": state.asked,
        "not_of_the_kind_on": state.not_of_the_kind_on,
        "referred_on": state.referred_on,
        "referral_answer": state.answer,
        "referral_answered_on": state.answered_on,
        # The answer is the enquirer's once the Commissioner has passed it on (79(4)).
        "answer": state.answer if state.passed_on else None,
        "passed_on": state.passed_on,
    }


def international_application_view(case: Case[InternationalApplication], _: Given) -> dict[str, Any]:
    """The notice of an international application, and what the Prime Minister did about it."""
    state = case.state
    return {
        "notified": state.notified,
        "charge": state.charge,
        "no_breach_on": state.no_breach_on,
        "called_for_on": state.called_for_on,
        "dismissed_on": state.dismissed_on,
        "notices": state.notices,
    }


def compensation_view(case: Case[Compensation], given: Given) -> dict[str, Any]:
    """A claim for compensation: the losses, the amount, and until when more can be sued for."""
    state = case.state
    claimed = state.claimed
    assert claimed is not None
    claim: Claim = claimed.claim
    return {
        "designation": claimed.designation,
        "claimant": claimed.claimant,
        "claimed_on": claimed.on,
        "claim": claim,
        "papers": claimed.papers,
        "decided": state.decided,
        "amount_yen": state.amount,
        "sue_by": state.suit and state.suit.last_day,
        "investigation": state.investigation,
        "asked_of_applicant": [one for one in state.investigation.requests if one.whom == "applicant"],
        "asked_of_you": _asked_of(state.investigation, given),
        "disclosed_to_you": _disclosed_to(state.investigation, given),
        "notices": state.notices,
        "reminders": state.timekeeping.told("party"),
    }


def _asked_of(found: Investigation, given: Given) -> list[Any]:
    """The requests and consultations of the reader's agency, and what an expert is asked for."""
    agency, person = given.by.ministry, given.by.subject
    requests = [one for one in found.requests if one.whom == "agency" and one.of == agency]
    consultations = [one for one in found.consultations if one.agency == agency]
    experts = [
        {"subject": "67(4)", "explained_on": one.explained_on, "consented": person in one.consented}
        for one in found.experts
        if person in one.people
    ]
    return [*requests, *consultations, *experts]


def _disclosed_to(found: Investigation, given: Given) -> list[str]:
    """What of the invention was disclosed to the reader."""
    return [one.shown for one in found.experts if one.disclosed_on and given.by.subject in one.people]

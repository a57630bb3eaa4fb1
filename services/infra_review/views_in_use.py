"""The pictures of what follows a notification: emergencies, reviews of equipment in use, inquiries."""

from __future__ import annotations

from typing import Any

from services.infra_review import penalties
from services.infra_review.domain.emergency import Emergency
from services.infra_review.domain.post_review import PostReview
from services.platform.cases.store import Case
from services.platform.law.procedure import Given
from services.platform.shared.cooperation import Cooperation
from services.platform.shared.inquiry import Inquiry


def emergency_view(case: Case[Emergency], _: Given) -> dict[str, Any]:
    """What was done in an emergency, and why it could not wait."""
    report = case.state.report
    assert report is not None
    return {
        "organisation": report.organisation,
        "operator_id": report.operator_id,
        "business": report.business,
        "sector": report.sector,
        "ministries": report.ministries,
        "plan": case.state.plan,
        "done_on": report.done_on,
        "circumstances": report.circumstances,
        "arrived_at": report.arrived_at,
    }


def post_review_view(case: Case[PostReview], _: Given) -> dict[str, Any]:
    """A review of equipment in use: of which case, why, and how far it has climbed."""
    state, measures = case.state, case.state.measures
    opened = state.opened
    assert opened is not None
    return {
        "of": opened.of,
        "organisation": opened.organisation,
        "business": opened.business,
        "ministries": opened.ministries,
        "opened_on": opened.on,
        "circumstances": opened.circumstances,
        "finding": opened.finding,
        "consultations": measures.consultations,
        "recommendation": measures.recommendation,
        "answer_due": state.answer_due and state.answer_due.last_day,
        "order": measures.order,
        "changed_plan_filed_on": measures.changed_plan_on,
        "stopped_on": measures.stopped_on,
        "measures_taken_on": measures.taken_on,
        "closed_on": state.closed_on,
        "reminders": state.timekeeping.told("party"),
        "penalty_provisions": penalties.of_measures(measures),
    }


def inquiry_view(case: Case[Inquiry], given: Given) -> dict[str, Any]:
    """What was asked and by when, what came in, and what was inspected."""
    state = case.state
    asked = state.asked
    assert asked is not None
    return {
        "organisation": asked.organisation,
        "ministries": asked.ministries,
        "purpose": asked.purpose,
        "about": asked.about,
        "questions": asked.questions,
        "necessity": asked.necessity,
        "due": asked.due,
        "asked_on": asked.on,
        "answers": state.given,
        "overdue": not state.given and given.today > asked.due,
        "inspections": [
            {
                "place": visit.place,
                "identity_cards": visit.identity_cards,
                "inspected_on": visit.inspected_on,
            }
            for visit in state.inspections
        ],
        "closed_on": state.closed_on,
        "penalty_provisions": penalties.in_inquiry(state, given.today),
    }


def cooperation_view(case: Case[Cooperation], _: Given) -> dict[str, Any]:
    """A request for cooperation: of whom, for what, and what came of it."""
    asked, answer = case.state.request, case.state.answer
    assert asked is not None
    return {
        "ministry": asked.ministry,
        "of": asked.of,
        "kind": asked.kind,
        "asked": asked.asked,
        "about": asked.about,
        "on": asked.on,
        "given": answer and answer.given,
        "given_on": answer and answer.on,
    }

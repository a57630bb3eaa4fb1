"""The whole picture of a case of Chapter 3; `access.toml` says how much of it each reader sees."""

from __future__ import annotations

from typing import Any

from services.infra_review import penalties
from services.infra_review.domain.operator import Operator
from services.infra_review.domain.review import Review
from services.platform.cases.store import Case
from services.platform.law.procedure import Given


def operator_view(case: Case[Operator], given: Given) -> dict[str, Any]:
    """A designation: who, for which business, since when, by which criterion, and how it was published."""
    state, today = case.state, given.today
    return {
        "organisation": state.organisation,
        "name": state.name_on(today),
        "address": state.address_on(today),
        "business": state.business,
        "sector": state.sector,
        "ministries": state.ministries,
        "designated_on": state.designation.on,
        "duty_from": state.grace.free_from,
        "in_force": state.in_force(today),
        "released_on": state.released.on if state.released else None,
        "public_notices": state.notices,
        "to_be_published": state.unpublished,
        "changes": state.changes,
        "information": state.provided,
        "reminders": state.timekeeping.told("party"),
        "criterion": state.designation.criterion,
        "figures": state.designation.figures,
        "necessity": state.designation.necessity,
        "penalty_provisions": penalties.in_designation(state),
    }


def review_view(case: Case[Review], given: Given) -> dict[str, Any]:
    """A plan under review: its two moments of beginning, its standstill, and how far it has climbed."""
    state = case.state
    standstill, measures = state.standstill, state.measures
    return {
        "organisation": state.organisation,
        "operator_id": state.operator_id,
        "amends": state.amends,
        "business": state.business,
        "sector": state.sector,
        "ministries": state.ministries,
        "arrived_at": state.arrived_at,
        "accepted_at": state.accepted_at,
        "accepted_on": state.accepted_on,
        "shortcomings": state.returned,
        "standstill": standstill
        and {
            "day_one": standstill.day_one,
            "last_day": standstill.last_day,
            "free_from": standstill.free_from,
            "extended_until": state.extended_until,
            "shortened_until": state.shortened_until,
            "at_most_until": state.ceiling.last_day,
        },
        "plan": state.plan,
        "consultations": measures.consultations,
        "recommendation": measures.recommendation,
        "answer_due": state.answer_due and state.answer_due.last_day,
        "order": measures.order,
        "changed_plan_filed_on": measures.changed_plan_on,
        "stopped_on": measures.stopped_on,
        "withdrawn_on": state.withdrawn_on,
        "free_from": state.freed and state.freed.free_from,
        "freed_because": state.freed and state.freed.because,
        "reminders": state.timekeeping.told("party"),
        "reminders_to_officials": state.timekeeping.told("official"),
        "penalty_provisions": penalties.in_review(state, given.today),
    }

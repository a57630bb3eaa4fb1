"""The pictures of what follows a notification: emergencies, reviews of equipment in use, inquiries."""

from __future__ import annotations

from datetime import date, datetime

from services.infra_review import cautions, penalties
from services.infra_review.cautions import Caution
from services.infra_review.domain.emergency import Circumstances, Emergency
from services.infra_review.domain.measures.state import Finding, Order, Recommendation
from services.infra_review.domain.post_review import PostReview
from services.infra_review.penalties import Provision
from services.infra_review.plan.model import Plan
from services.platform.cases.case import Case
from services.platform.law.procedure import Given
from services.platform.law.values import Value
from services.platform.shared.completion import Shortcoming
from services.platform.shared.consultation import Consultation
from services.platform.shared.cooperation import Cooperation, Kind
from services.platform.shared.inquiry import InformationGiven, Inquiry
from services.platform.shared.words import Necessity
from services.platform.time.timekeeping import ReminderSent


class EmergencyView(Value):
    """What was done in an emergency, and why it could not wait."""

    organisation: str
    operator_id: str
    business: str
    sector: str
    ministries: tuple[str, ...]
    plan: Plan | None
    done_on: date
    circumstances: Circumstances
    arrived_at: datetime
    defects: tuple[Shortcoming, ...]
    released_on: date | None
    cautions: tuple[Caution, ...]
    cautions_to_officials: tuple[Caution, ...]
    penalty_provisions: tuple[Provision, ...]


def emergency_view(case: Case[Emergency], _: Given) -> EmergencyView:
    """An emergency as it was reported, with its plan as changed since."""
    report = case.state.report
    assert report is not None
    return EmergencyView(
        report.organisation,
        report.operator_id,
        report.business,
        report.sector,
        report.ministries,
        case.state.plan,
        report.done_on,
        report.circumstances,
        report.arrived_at,
        report.defects,
        case.state.released_on,
        cautions.of_emergency(case.state, "party"),
        cautions.of_emergency(case.state, "official"),
        penalties.in_emergency(case.state),
    )


class PostReviewView(Value):
    """A review of equipment in use: of which case, why, and how far it has climbed."""

    of: str
    organisation: str
    business: str
    ministries: tuple[str, ...]
    opened_on: date
    circumstances: str | None
    finding: str
    consultations: tuple[Consultation, ...]
    recommendation: Recommendation | None
    answer_due: date | None
    order: Order | None
    changed_plan_filed_on: date | None
    changed_in: tuple[str, ...]
    finding_on_compliance: Finding | None
    stopped_on: date | None
    measures_taken_on: date | None
    closed_on: date | None
    released_on: date | None
    reminders: tuple[ReminderSent, ...]
    cautions: tuple[Caution, ...]
    cautions_to_officials: tuple[Caution, ...]
    penalty_provisions: tuple[Provision, ...]


def post_review_view(case: Case[PostReview], given: Given) -> PostReviewView:
    """A review of equipment in use as it stands."""
    state, measures = case.state, case.state.measures
    opened = state.opened
    assert opened is not None
    return PostReviewView(
        of=opened.of,
        organisation=opened.organisation,
        business=opened.business,
        ministries=opened.ministries,
        opened_on=opened.on,
        circumstances=opened.circumstances,
        finding=opened.finding,
        consultations=measures.consultations,
        recommendation=measures.recommendation,
        answer_due=state.answer_due.last_day if state.answer_due else None,
        order=measures.order,
        changed_plan_filed_on=measures.changed_plan_on,
        changed_in=measures.changed,
        finding_on_compliance=measures.finding,
        stopped_on=measures.stopped_on,
        measures_taken_on=measures.taken_on,
        closed_on=state.closed_on,
        released_on=state.released_on,
        reminders=state.timekeeping.told("party"),
        cautions=cautions.of_post_review(state, given.today, "party"),
        cautions_to_officials=cautions.of_post_review(state, given.today, "official"),
        penalty_provisions=penalties.of_measures(measures),
    )


class Visit(Value):
    """An inspection, without what was found."""

    place: str
    identity_cards: tuple[str, ...]
    inspected_on: date


class InquiryView(Value):
    """What was asked and by when, what came in, and what was inspected."""

    organisation: str
    ministries: tuple[str, ...]
    purpose: str
    about: str | None
    questions: tuple[str, ...]
    necessity: Necessity
    due: date
    """Of an inspection that nothing was asked before: its own day."""
    asked_on: date
    answers: tuple[InformationGiven, ...]
    overdue: bool
    inspections: tuple[Visit, ...]
    closed_on: date | None
    penalty_provisions: tuple[Provision, ...]


def inquiry_view(case: Case[Inquiry], given: Given) -> InquiryView:
    """An inquiry as of the day of `given`."""
    state = case.state
    opened, asked = state.opened, state.asked
    assert opened is not None
    return InquiryView(
        organisation=opened.organisation,
        ministries=opened.ministries,
        purpose=opened.purpose,
        about=opened.about,
        questions=asked.questions if asked else (),
        necessity=opened.necessity,
        due=asked.due if asked else opened.on,
        asked_on=opened.on,
        answers=state.given,
        overdue=bool(asked and not state.given and given.today > asked.due),
        inspections=tuple(
            Visit(visit.place, visit.identity_cards, visit.inspected_on) for visit in state.inspections
        ),
        closed_on=state.closed_on,
        penalty_provisions=penalties.in_inquiry(state, given.today),
    )


class CooperationView(Value):
    """A request for cooperation: of whom, for what, and what came of it."""

    ministry: str
    of: str
    kind: Kind
    asked: str
    about: str | None
    on: date
    given: str | None
    given_on: date | None


def cooperation_view(case: Case[Cooperation], _: Given) -> CooperationView:
    """A request for cooperation as it stands."""
    asked, answer = case.state.request, case.state.answer
    assert asked is not None
    return CooperationView(
        asked.ministry,
        asked.of,
        asked.kind,
        asked.asked,
        asked.about,
        asked.on,
        answer.given if answer else None,
        answer.on if answer else None,
    )

"""What follows a notification, over HTTP: changes, emergencies, reviews of equipment in use, inquiries."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.infra_review import passports
from services.infra_review.domain import change as law
from services.infra_review.domain import emergency as emergencies
from services.infra_review.domain import inquiry as inquiries
from services.infra_review.domain import post_review as reviews
from services.infra_review.domain.change import ChangeFiling, FileChange, change
from services.infra_review.domain.cooperation import cooperation
from services.infra_review.domain.emergency import EmergencyFiling, ReportEmergency, emergency
from services.infra_review.domain.inquiry import (
    Asking,
    InspectFirst,
    Inspecting,
    RequestInformation,
    inquiry,
)
from services.infra_review.domain.notification import notification
from services.infra_review.domain.operator import operator
from services.infra_review.domain.plan_changes import NoteChange, note_change
from services.infra_review.domain.post_review import Reopening, ReviewAgain, post_review
from services.infra_review.domain.review import Review
from services.infra_review.passports import Reading
from services.infra_review.roles import filed_by
from services.infra_review.routes import plans
from services.infra_review.sectors import sector_of
from services.infra_review.views import review_view
from services.infra_review.views_in_use import (
    cooperation_view,
    emergency_view,
    inquiry_view,
    post_review_view,
)
from services.platform.cases.case import Case
from services.platform.cases.case_id import procedure_of
from services.platform.cases.store import Cases
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Given, Refusal
from services.platform.shared.cooperation import RequestCooperation, Requesting
from services.platform.shared.cooperation import request_cooperation as request_cooperation_power

CHANGE = "54: what has changed since the plan was filed; nobody is shown it"
CHECK = "52(2): whether a cited passport is complete; nobody is shown it"
operators = Cases(operator)
PLANS = {procedure.name: procedure for procedure in (notification, change)}


def _plan(app: Edge, request: Request, case_id: str) -> Case[Review]:
    """The notification or change of that id, if the caller has a part in it. Raises `no_such_case`."""
    procedure = PLANS.get(procedure_of(case_id) or "")
    if procedure is None:
        raise Refusal("no_such_case")
    return app.case(request, procedure, case_id)[0]


def _changeable(app: Edge, request: Request, case_id: str) -> Case[Any]:
    """The same, or the emergency report of that id (Art. 54(5))."""
    if procedure_of(case_id) == emergency.name:
        return app.case(request, emergency, case_id)[0]
    return _plan(app, request, case_id)


def _designated(organisation: str, business: str, on: date) -> bool:
    held = (operators.load(line.id).state for line in operators.of(organisation).items)
    return any(one.business == business and one.in_force(on) for one in held)


def add(app: Edge) -> None:
    """Serve what follows a notification; powers of open cases have routes by themselves."""
    changes = app.expose(change, "/changes", view=review_view, by_hand=plans.BY_HAND).cases
    plans.add(app, change, "/changes")
    app.expose(emergency, "/emergencies", view=emergency_view, by_hand=plans.CHANGES_BY_HAND)
    plans.add_changes(app, emergency, "/emergencies")
    app.expose(post_review, "/post-reviews", view=post_review_view, by_hand=[reviews.file_changed_plan])
    plans.add_refiling(app, post_review, "/post-reviews", reviews.file_changed_plan)
    app.expose(inquiry, "/inquiries", view=inquiry_view)
    app.expose(cooperation, "/cooperation", view=cooperation_view)

    @app.post("/changes", body=FileChange, uses=(change, law.file_change))
    def file_change(filed: FileChange, request: Request) -> Answer[Any]:
        """File the draft of an important change; the case it changes notes it in the same transaction."""
        original = _changeable(app, request, filed.amends)
        later = original.state.amended_by
        cited = passports.cited(filed.plan, Reading.asked_in(request, CHECK))
        command = ChangeFiling(
            filed,
            original.state,
            _plan(app, request, later).state if later else None,
            cited,
            passports.cited_when_filed(original, Reading.asked_in(request, CHANGE)),
        )
        here = changes.new_id(request.at)
        noted = Cases(original.procedure).beside(
            original, note_change, NoteChange(here), Given(request.at, CLOCK)
        )
        return app.open(request, change, law.file_change, command, case_id=here, beside=[noted])

    @app.post("/emergencies", body=ReportEmergency, uses=(emergency, emergencies.report_emergency))
    def report_emergency(filed: ReportEmergency, request: Request) -> Answer[Any]:
        """Notify an introduction or outsourcing that could not wait (緊急導入等届出書)."""
        try:
            held = operators.load(filed.operator_id)
        except Refusal:
            raise Refusal("not_designated", "52(11)", operator=filed.operator_id) from None
        cited = passports.cited(filed.plan, Reading.asked_in(request, CHECK))
        return app.open(
            request, emergency, emergencies.report_emergency, EmergencyFiling(filed, held.state, cited)
        )

    @app.post("/post-reviews", body=ReviewAgain, uses=(post_review, reviews.open_review))
    def open_review(decision: ReviewAgain, request: Request) -> Answer[Any]:
        """Open a review of equipment in use (Art. 55(1), (2))."""
        original = _changeable(app, request, decision.of).state
        return app.open(request, post_review, reviews.open_review, Reopening(decision, original))

    @app.post("/inquiries", body=RequestInformation, uses=(inquiry, inquiries.request_information))
    def request_information(asked: RequestInformation, request: Request) -> Answer[Any]:
        """Ask a business for a report or material (報告徴収, Art. 58(1), (2))."""
        today = request.given.today
        found = sector_of(asked.business, today)
        if found is None:
            raise Refusal("business_not_in_force", "50(1)", business=asked.business, on=today)
        return app.open(
            request,
            inquiry,
            inquiries.request_information,
            Asking(asked, found.ministries, _designated(asked.organisation, asked.business, today)),
        )

    @app.post("/inspections", body=InspectFirst, uses=(inquiry, inquiries.begin_inspection))
    def begin_inspection(decision: InspectFirst, request: Request) -> Answer[Any]:
        """Record an inspection that no request for a report came before (立入検査, Art. 58(2))."""
        today = request.given.today
        found = sector_of(decision.business, today)
        if found is None:
            raise Refusal("business_not_in_force", "50(1)", business=decision.business, on=today)
        designated = _designated(decision.organisation, decision.business, today)
        return app.open(
            request, inquiry, inquiries.begin_inspection, Inspecting(decision, found.ministries, designated)
        )

    @app.post("/cooperation", body=RequestCooperation, uses=(cooperation, request_cooperation_power))
    def request_cooperation(asked: RequestCooperation, request: Request) -> Answer[Any]:
        """Ask the Prime Minister, an agency or another person concerned for cooperation (Art. 59)."""
        ministry = request.given.by.ministry
        if ministry is None:
            raise Refusal("not_your_act", "59", act="request_cooperation")
        return app.open(
            request,
            cooperation,
            request_cooperation_power,
            Requesting(asked, ministry, filed_by(None, [ministry])),
        )

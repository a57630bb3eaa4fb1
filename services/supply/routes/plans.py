"""Supply plans over HTTP: certification beside the policy in force, and a look at a change ahead."""

from __future__ import annotations

from typing import Any

from services.platform.cases.store import Cases
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal
from services.platform.law.values import Value
from services.platform.shared.cooperation import RequestCooperation, Requesting, request_cooperation
from services.statute import legal_day
from services.supply import catalogue
from services.supply.domain.cooperation import cooperation
from services.supply.domain.inquiry import PROCEDURE, Asking, RequestReport, inquiry, request_report
from services.supply.domain.institution import institution
from services.supply.domain.supply_plan import supply_plan
from services.supply.domain.supply_plan.application import (
    Certify,
    Certifying,
    certify,
    certify_change,
    file_plan,
)
from services.supply.domain.support_body import support_body
from services.supply.domain.trustee import trustee
from services.supply.plans.changes import Classified, Finding, classified
from services.supply.plans.model import Plan
from services.supply.roles import before

OF_PROCEDURE = {one.name: one for one in (supply_plan, institution, support_body, trustee)}


class Changed(Value):
    """The plan as it would be."""

    plan: Plan


class Nature(Value):
    """What a change would be, finding by finding; nothing changes where there is none."""

    kind: str
    findings: tuple[Finding, ...]


def add(app: Edge) -> None:
    """Serve supply plans, requests for reports about them and others, and requests for cooperation."""
    app.expose(supply_plan, "/supply-plans", opening=file_plan, by_hand=[certify, certify_change])

    def decided(power: Any, decision: Certify, request: Request, case_id: str) -> Answer[Any]:
        case, held = app.case(request, supply_plan, case_id)
        terms = catalogue.terms(case.state.filed.material, legal_day(request.at))
        return app.act(request, case, held, power, Certifying(decision, terms))

    @app.post("/supply-plans/<case_id>/certify", body=Certify, uses=(supply_plan, certify))
    def certify_plan(decision: Certify, request: Request, case_id: str) -> Answer[Any]:
        """Certify the plan, once all criteria are met; efforts are held against the policy in force."""
        return decided(certify, decision, request, case_id)

    @app.post("/supply-plans/<case_id>/certify-change", body=Certify, uses=(supply_plan, certify_change))
    def certify_its_change(decision: Certify, request: Request, case_id: str) -> Answer[Any]:
        """Certify the change of a plan; efforts are held against the policy in force."""
        return decided(certify_change, decision, request, case_id)

    @app.ask("/supply-plans/<case_id>/nature-of-change", body=Changed)
    def nature(changed: Changed, request: Request, case_id: str) -> Nature:
        """Ask what a change would be: minor, or one that must be certified first, and by which article."""
        case, held = app.case(request, supply_plan, case_id)
        if not held & READS_PLANS:
            raise Refusal("not_for_you")
        state = case.state
        found = classified(state.filed, changed.plan, state.order) or Classified("minor", ())
        return Nature(found.kind, found.findings)

    app.expose(inquiry, "/inquiries")

    @app.post("/inquiries", body=RequestReport, uses=(inquiry, request_report))
    def ask_for_report(asked: RequestReport, request: Request) -> Answer[Any]:
        """Ask a certified operator, an institution, a support body or a trustee for a report or material."""
        return app.open(request, inquiry, request_report, _asking(app, asked, request))

    app.expose(cooperation, "/cooperation")

    @app.post("/cooperation", body=RequestCooperation, uses=(cooperation, request_cooperation))
    def ask_for_cooperation(asked: RequestCooperation, request: Request) -> Answer[Any]:
        """Ask the Prime Minister, the head of an agency or another person concerned for cooperation (46)."""
        ministry = request.given.by.ministry or ""
        command = Requesting(asked, ministry, before([ministry]))
        return app.open(request, cooperation, request_cooperation, command)


READS_PLANS = frozenset({"supply_official", "supply_operator", "supply_agent"})


def _asking(app: Edge, asked: RequestReport, request: Request) -> Asking:
    """A request beside what the case says it is about."""
    procedure: Any = OF_PROCEDURE.get(asked.about.rpartition("-")[0])
    if procedure is None:
        raise Refusal("no_such_case")
    case, _ = app.case(request, procedure, asked.about)
    state = case.state
    stands = {
        "supply-plan": lambda: state.in_force,
        "institution": lambda: state.designated,
        "support-body": lambda: state.in_operation,
        "trustee": lambda: state.designated,
    }[procedure.name]()
    parties = Cases(procedure).procedure.parties(state)
    return Asking(
        asked,
        PROCEDURE[procedure.name],
        tuple(sorted(parties.held["supply_official"][1])),
        tuple(sorted(parties.by("organisation"))),
        stands,
    )

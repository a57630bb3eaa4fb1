"""Councils over HTTP: planning one, proposals about what stands in other cases, and lists of its own."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from services.council import ledger, projects, restrictions
from services.council.domain.council import council, deciding
from services.council.domain.council.deciding import (
    ProposeLifting,
    ProposePublication,
    ProposeRenewal,
    ProposeRestriction,
    ProposeSensitivity,
)
from services.council.domain.council.establishment import PlanCouncil, plan_council
from services.council.domain.item import Item
from services.council.restrictions import RestrictionLine
from services.council.roles import MEMBERS, PARTICIPANT
from services.council.views import council_view
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.http.shapes import Items
from services.platform.law.procedure import refuse_if

BY_HAND = (
    deciding.propose_sensitivity,
    deciding.propose_publication,
    deciding.propose_restriction,
    deciding.propose_renewal,
    deciding.propose_lifting,
)
"""They speak of items and restrictions, which have to be looked up."""
MAY_LIST = frozenset(role.name for role in (*MEMBERS, PARTICIPANT))


def add(app: Edge) -> None:
    """Serve `/councils`."""
    exposed = app.expose(council, "/councils", view=council_view, by_hand=BY_HAND)

    @app.post("/councils", body=PlanCouncil, uses=(council, plan_council))
    def plan(planned: PlanCouncil, request: Request) -> Answer[Any]:
        """Plan a council, and ask the principal researcher for consent (62(1))."""
        here = exposed.cases.new_id(request.at)
        if planned.parties.ministries == {request.given.by.ministry}:
            projects.refuse_second(planned.project_id, here)
        return app.open(request, council, plan_council, planned, case_id=here)

    @app.post(
        "/councils/<case_id>/propose-sensitivity",
        body=ProposeSensitivity,
        uses=(council, deciding.propose_sensitivity),
    )
    def propose_sensitivity(proposed: ProposeSensitivity, request: Request, case_id: str) -> Answer[Any]:
        """Propose that items are sensitive: the subject, its scope and its period."""
        case, held = app.case(request, council, case_id)
        for one in proposed.items:
            ledger.of_council(case_id, one)
        return app.act(request, case, held, deciding.propose_sensitivity, proposed)

    @app.post(
        "/councils/<case_id>/propose-publication",
        body=ProposePublication,
        uses=(council, deciding.propose_publication),
    )
    def propose_publication(proposed: ProposePublication, request: Request, case_id: str) -> Answer[Any]:
        """Propose that a result is published, as results are."""
        case, held = app.case(request, council, case_id)
        named = replace(proposed, reference=_result(request, case_id, proposed.item).reference)
        return app.act(request, case, held, deciding.propose_publication, named)

    @app.post(
        "/councils/<case_id>/propose-restriction",
        body=ProposeRestriction,
        uses=(council, deciding.propose_restriction),
    )
    def propose_restriction(proposed: ProposeRestriction, request: Request, case_id: str) -> Answer[Any]:
        """Propose to restrict the publication of a result: with reason, scope and end day."""
        case, held = app.case(request, council, case_id)
        named = replace(proposed, reference=_result(request, case_id, proposed.item).reference)
        return app.act(request, case, held, deciding.propose_restriction, named)

    @app.post(
        "/councils/<case_id>/propose-renewal", body=ProposeRenewal, uses=(council, deciding.propose_renewal)
    )
    def propose_renewal(proposed: ProposeRenewal, request: Request, case_id: str) -> Answer[Any]:
        """Propose to renew a restriction before it ends by itself."""
        case, held = app.case(request, council, case_id)
        runs = restrictions.running(case_id, proposed.restriction, request.given.today)
        short = runs.last_day is not None and proposed.until <= runs.last_day
        refuse_if(short, "not_later_than_before", "62(4)(iii)", until=runs.last_day, asked=proposed.until)
        return app.act(request, case, held, deciding.propose_renewal, proposed)

    @app.post(
        "/councils/<case_id>/propose-lifting", body=ProposeLifting, uses=(council, deciding.propose_lifting)
    )
    def propose_lifting(proposed: ProposeLifting, request: Request, case_id: str) -> Answer[Any]:
        """Propose to lift a restriction before its end."""
        case, held = app.case(request, council, case_id)
        restrictions.running(case_id, proposed.restriction, request.given.today)
        return app.act(request, case, held, deciding.propose_lifting, proposed)

    @app.get("/councils/<case_id>/restrictions")
    def list_restrictions(request: Request, case_id: str) -> Items[RestrictionLine]:
        """List the restrictions of a council, those in force and those that have ended."""
        _, held = app.case(request, council, case_id)
        refuse_if(not held & MAY_LIST, "not_for_you")
        exposed.record_reading(case_id, request, held, ["restrictions"])
        return Items(tuple(restrictions.of(case_id, request.given.today)))


def _result(request: Request, council_id: str, item_id: str) -> Item:
    """The result in the council's ledger, which nothing restricts now: a restriction is renewed or lifted."""
    state = ledger.of_council(council_id, item_id)
    refuse_if(state.kind != "research_result", "not_a_result", "62(4)(iii)", kind=state.kind)
    today = request.given.today
    standing = [
        one.id for one in restrictions.of(council_id, today) if one.item_id == item_id and one.in_force
    ]
    refuse_if(bool(standing), "restriction_stands", "62(4)(iii)", restriction=", ".join(standing))
    return state

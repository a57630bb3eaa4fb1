"""Projects: every yen is posted in the fund's books in the same transaction, or nothing happens at all."""

from __future__ import annotations

from typing import Annotated, Any

from services.fund import lines
from services.fund import picture as pictures
from services.fund.domain.fund import fund
from services.fund.domain.fund.powers import Commit, Move, commit, pay, release, take_back
from services.fund.domain.project import project
from services.fund.domain.project.acts import GateDecided
from services.fund.domain.project.gates import DecideGate, decide_gate, promised
from services.fund.domain.project.money import (
    FinishSettlement,
    PayPhase,
    ReturnPayment,
    finish_settlement,
    pay_phase,
    return_payment,
)
from services.fund.domain.project.powers import (
    FeedIndividual,
    Feeding,
    Opening,
    OpenProject,
    feed_individual,
    open_project,
)
from services.fund.domain.project.state import Project
from services.fund.domain.proposal import proposal
from services.fund.domain.proposal.powers import UseSelection, use_selection
from services.fund.portfolio import Portfolio, portfolio
from services.fund.roles import AGENCY, MINISTRY, PROGRAM_OFFICE
from services.fund.routes.calls import called
from services.fund.views import project_view
from services.platform.cases.case import Case
from services.platform.cases.store import Beside, Cases
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.parties import AUDITOR, CLOCK, Held
from services.platform.law.procedure import Decide, Given, Refusal, refuse_if
from services.platform.law.values import Len, Value
from services.platform.shared import copies

funds, proposals, projects = Cases(fund), Cases(proposal), Cases(project)
MERMAID = "text/vnd.mermaid; charset=utf-8"


class OfAgency(Value):
    """Whose portfolio."""

    agency: Annotated[str, Len(1, 12)]


def add(app: Edge) -> None:
    """Serve projects under `/projects`, their pictures, and the portfolio."""
    by_hand: list[Decide] = [decide_gate, pay_phase, return_payment, finish_settlement, feed_individual]
    app.expose(project, "/projects", view=project_view, by_hand=by_hand)
    _openings(app)
    _moves(app)
    _readings(app)


def _openings(app: Edge) -> None:
    @app.post("/projects", body=OpenProject, uses=(project, open_project))
    def open_one(made: OpenProject, request: Request) -> Answer[Any]:
        """Open the project of a selected proposal and promise its money out of the fund."""
        case, _ = app.case(request, proposal, made.proposal)
        state = case.state
        refuse_if(state.submitted is None or state.begun is None, "proposal_not_selected", "61")
        assert state.submitted is not None
        assert state.begun is not None
        terms, content = state.submitted.terms, state.submitted.content
        announced = called(state.begun.call).announced
        assert announced is not None
        case_id = projects.new_id(request.at, case.id)
        opening = Opening(
            made,
            case_id,
            state.begun.call,
            announced.fund,
            content.plan.title,
            terms.research_type,
            terms.field,
            terms.technology,
            state.submitted.agency,
            state.submitted.ministry,
            state.begun.principal,
            state.begun.institution,
            content.people,
            content.plan.trl_now,
            content.plan.phases,
            state.selected.yen if state.selected else None,
        )
        books = funds.load(announced.fund)
        until = content.plan.phases[-1].ends
        yen = state.selected.yen if state.selected else 0
        given = Given(request.at, CLOCK)
        beside = (
            proposals.beside(case, use_selection, UseSelection(case_id), given),
            funds.beside(books, commit, Commit(case_id, yen, until), given),
        )
        return app.open(request, project, open_project, opening, case_id=case_id, beside=beside)


def _moves(app: Edge) -> None:
    @app.post("/projects/<case_id>/pay-phase", body=PayPhase, uses=(project, pay_phase))
    def pay_one(made: PayPhase, request: Request, case_id: str) -> Answer[Any]:
        """Pay what an inspection has accepted, out of the fund."""
        case, held = app.case(request, project, case_id)
        beside = posting(case, request, pay, made.yen)
        return app.act(request, case, held, pay_phase, made, beside)

    @app.post("/projects/<case_id>/return-payment", body=ReturnPayment, uses=(project, return_payment))
    def return_one(made: ReturnPayment, request: Request, case_id: str) -> Answer[Any]:
        """Record that money paid beyond the cost has come back into the fund (返還)."""
        case, held = app.case(request, project, case_id)
        beside = posting(case, request, take_back, made.yen)
        return app.act(request, case, held, return_payment, made, beside)

    @app.post(
        "/projects/<case_id>/finish-settlement", body=FinishSettlement, uses=(project, finish_settlement)
    )
    def finish(made: FinishSettlement, request: Request, case_id: str) -> Answer[Any]:
        """Finish the settlement; what is left of the promise is free again."""
        case, held = app.case(request, project, case_id)
        beside = posting(case, request, release, case.state.left)
        return app.act(request, case, held, finish_settlement, made, beside)

    @app.post("/projects/<case_id>/decide-gate", body=DecideGate, uses=(project, decide_gate))
    def decide(made: DecideGate, request: Request, case_id: str) -> Answer[Any]:
        """Decide at a stage gate; what this adds to the promise or takes from it is posted in the fund."""
        case, held = app.case(request, project, case_id)
        more = _promised(case, held, made, request)
        beside = posting(case, request, commit, more) if more > 0 else posting(case, request, release, -more)
        return app.act(request, case, held, decide_gate, made, beside)

    @app.post("/projects/<case_id>/feed-individual", body=FeedIndividual, uses=(project, feed_individual))
    def feed(made: FeedIndividual, request: Request, case_id: str) -> Answer[Any]:
        """Take up in a project what an individual research came to."""
        case, held = app.case(request, project, case_id)
        granted = app.case(request, project, made.individual)[0].state.granted
        assert granted is not None
        feeding = Feeding(made, granted.research_type, granted.technology)
        return app.act(request, case, held, feed_individual, feeding)


def _readings(app: Edge) -> None:
    @app.get("/projects/<case_id>/picture", content=[MERMAID])
    def read_picture(request: Request, case_id: str) -> Answer[str]:
        """See a project's phases and stage gates as a flow chart (Mermaid)."""
        case, held = app.case(request, project, case_id)
        app.exposed[project.name].record_reading(case_id, request, held, ())
        return Answer(200, pictures.picture(case.state), {"ETag": f'"{case.version}"'}, MERMAID)

    @app.get("/portfolio", asks=OfAgency)
    def read_portfolio(asked: OfAgency, request: Request) -> Portfolio:
        """See an agency's projects: promised, paid and left, and which milestones are late."""
        found = tuple(copies.every(lines.portfolio_of(asked.agency), lines.ProjectLine))
        by = request.principal
        mine = (
            (AGENCY.name in by.roles and by.ministry == asked.agency)
            or (MINISTRY.name in by.roles and bool(found) and by.ministry == found[0].ministry)
            or bool({PROGRAM_OFFICE.name, AUDITOR.name} & by.roles)
        )
        refuse_if(not mine, "not_for_you")
        return portfolio(asked.agency, found, request.given.today)


def posting(case: Case[Project], request: Request, power: Decide, yen: int) -> tuple[Beside, ...]:
    """What a move of a project's money writes in its fund; nothing where no yen moves."""
    granted = case.state.granted
    assert granted is not None
    if yen == 0:
        return ()
    last = case.state.phases[-1].plan.ends
    command = Commit(case.id, yen, last) if power is commit else Move(case.id, yen)
    return (funds.beside(funds.load(granted.fund), power, command, Given(request.at, CLOCK)),)


def _promised(case: Case[Project], held: Held, made: DecideGate, request: Request) -> int:
    try:
        acts = project.decide_as(project.power(decide_gate), held, case.state, made, request.given)
    except Refusal:
        return 0  # refused again, with what is allowed instead, where it is recorded
    decided = next(act for act in acts if isinstance(act, GateDecided))
    return promised(case.state, decided)

"""Support bodies, subsidies and loans over HTTP: whatever moves a fund moves it in the same transaction."""

from __future__ import annotations

from typing import Any

from services.platform.cases.case import Case
from services.platform.cases.case_id import procedure_of
from services.platform.cases.store import Beside, Cases
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Decide, Given, Refusal
from services.supply.domain import interest_subsidy as interest
from services.supply.domain import subsidy as subsidies
from services.supply.domain import two_step_loan as loans
from services.supply.domain.institution import Institution, institution
from services.supply.domain.interest_subsidy import InterestSubsidy, interest_subsidy
from services.supply.domain.subsidy import Subsidy, subsidy
from services.supply.domain.supply_plan import supply_plan
from services.supply.domain.supply_plan.state import SupplyPlan
from services.supply.domain.support_body import support_body
from services.supply.domain.support_body.designation import (
    DesignateAgency,
    apply_for_designation,
    designate_agency,
)
from services.supply.domain.support_body.fund import (
    MovePromise,
    PromiseAid,
    PromiseInterest,
    pay_promise,
    promise_aid,
    promise_interest,
    release_promise,
    take_back,
)
from services.supply.domain.support_body.state import SupportBody
from services.supply.domain.two_step_loan import two_step_loan

bodies, plans, institutions = Cases(support_body), Cases(supply_plan), Cases(institution)
MOVES_SUBSIDY = (
    subsidies.decide_subsidy,
    subsidies.revoke_subsidy,
    subsidies.pay_subsidy,
    subsidies.fix_amount,
    subsidies.order_return,
    subsidies.receive_return,
)
MOVES_INTEREST = (
    interest.decide_interest_subsidy,
    interest.pay_interest_subsidy,
    interest.stop_interest_subsidy,
)


def add(app: Edge) -> None:
    """Serve support bodies and agencies, subsidies, interest subsidies, and loans in two steps."""
    app.expose(support_body, "/support-bodies", opening=apply_for_designation)

    @app.post("/support-agencies", body=DesignateAgency, uses=(support_body, designate_agency))
    def designate(asked: DesignateAgency, request: Request) -> Answer[Any]:
        """Designate an independent administrative agency for a material (42(2))."""
        return app.open(request, support_body, designate_agency, asked)

    app.expose(subsidy, "/subsidies", by_hand=MOVES_SUBSIDY)
    _subsidies(app)
    app.expose(interest_subsidy, "/interest-subsidies", by_hand=MOVES_INTEREST)
    _interest(app)
    app.expose(two_step_loan, "/two-step-loans")
    _loans(app)


def beside(request: Request, body_id: str, power: Decide, command: Any) -> tuple[Beside, ...]:
    """What a power of the fund writes in the body's case, in the transaction of what it belongs to."""
    return (bodies.beside(bodies.load(body_id), power, command, Given(request.at, CLOCK)),)


def released(request: Request, body_id: str, subsidy_id: str, yen: int) -> tuple[Beside, ...]:
    """What frees so much of a promise; nothing where none of it is left over."""
    return beside(request, body_id, release_promise, MovePromise(subsidy_id, yen)) if yen > 0 else ()


def _plan(app: Edge, request: Request, case_id: str) -> SupplyPlan:
    """The plan of that id, if the caller stands in it. Raises the refusal `no_such_case`."""
    if procedure_of(case_id) != supply_plan.name:
        raise Refusal("no_such_case")
    state: SupplyPlan = app.case(request, supply_plan, case_id)[0].state
    return state


def _plan_and_body(plan: str, body: str) -> tuple[SupplyPlan, SupportBody]:
    found: SupplyPlan = plans.load(plan).state
    return found, bodies.load(body).state


def _subsidies(app: Edge) -> None:
    @app.post("/subsidies", body=subsidies.ApplyForSubsidy, uses=(subsidy, subsidies.apply_for_subsidy))
    def apply(asked: subsidies.ApplyForSubsidy, request: Request) -> Answer[Any]:
        """Apply for a subsidy for an effort of a certified plan."""
        plan, body = _plan(app, request, asked.plan), bodies.load(asked.body).state
        effort = next((one for one in plan.filed.efforts if one.key == asked.effort), None)
        cost = sum(use.yen for use in plan.filed.uses if use.effort == asked.effort)
        command = subsidies.Applying(
            asked,
            plan.in_force,
            plan.filed.organisations,
            effort.kind if effort else None,
            cost,
            plan.filed.material,
            body.material or "",
            body.organisation or "",
            body.ministries,
        )
        return app.open(request, subsidy, subsidies.apply_for_subsidy, command)

    @app.post(
        "/subsidies/<case_id>/decide-subsidy",
        body=subsidies.DecideSubsidy,
        uses=(subsidy, subsidies.decide_subsidy),
    )
    def decide(asked: subsidies.DecideSubsidy, request: Request, case_id: str) -> Answer[Any]:
        """Decide to give the subsidy, within the caps of the rules; the fund promises it."""
        case, held = app.case(request, subsidy, case_id)
        one = _applied(case)
        promise = PromiseAid(
            case.id, one.plan, one.effort, one.kind, one.cost_yen, asked.yen, one.other_aid_yen
        )
        moves = beside(request, one.body, promise_aid, promise)
        return app.act(request, case, held, subsidies.decide_subsidy, asked, beside=moves)

    @app.post(
        "/subsidies/<case_id>/revoke-subsidy",
        body=subsidies.RevokeSubsidy,
        uses=(subsidy, subsidies.revoke_subsidy),
    )
    def revoke(asked: subsidies.RevokeSubsidy, request: Request, case_id: str) -> Answer[Any]:
        """Cancel the decision before anything was paid; the promise is free again."""
        case, held = app.case(request, subsidy, case_id)
        moves = released(request, _applied(case).body, case.id, case.state.promised_yen)
        return app.act(request, case, held, subsidies.revoke_subsidy, asked, beside=moves)

    @app.post(
        "/subsidies/<case_id>/pay-subsidy", body=subsidies.PaySubsidy, uses=(subsidy, subsidies.pay_subsidy)
    )
    def pay(asked: subsidies.PaySubsidy, request: Request, case_id: str) -> Answer[Any]:
        """Pay the subsidy, or part of it, out of the fund."""
        case, held = app.case(request, subsidy, case_id)
        moves = beside(request, _applied(case).body, pay_promise, MovePromise(case.id, asked.yen))
        return app.act(request, case, held, subsidies.pay_subsidy, asked, beside=moves)

    @app.post(
        "/subsidies/<case_id>/fix-amount", body=subsidies.FixAmount, uses=(subsidy, subsidies.fix_amount)
    )
    def fix(asked: subsidies.FixAmount, request: Request, case_id: str) -> Answer[Any]:
        """Fix the amount by the result; what is not needed of the promise is free again."""
        case, held = app.case(request, subsidy, case_id)
        state = case.state
        still = max(0, asked.yen - state.paid_yen)
        unneeded = state.promised_yen - still
        moves = released(request, _applied(case).body, case.id, unneeded)
        return app.act(request, case, held, subsidies.fix_amount, asked, beside=moves)

    @app.post(
        "/subsidies/<case_id>/order-return",
        body=subsidies.OrderReturn,
        uses=(subsidy, subsidies.order_return),
    )
    def order(asked: subsidies.OrderReturn, request: Request, case_id: str) -> Answer[Any]:
        """Have money paid back; where all of it is to come back, what was still promised is free again."""
        case, held = app.case(request, subsidy, case_id)
        state = case.state
        whole = state.ordered_yen + asked.yen >= state.paid_yen
        left = state.promised_yen if whole else 0
        moves = released(request, _applied(case).body, case.id, left)
        return app.act(request, case, held, subsidies.order_return, asked, beside=moves)

    @app.post(
        "/subsidies/<case_id>/receive-return", body=subsidies.Return, uses=(subsidy, subsidies.receive_return)
    )
    def receive(asked: subsidies.Return, request: Request, case_id: str) -> Answer[Any]:
        """Record what was paid back into the fund."""
        case, held = app.case(request, subsidy, case_id)
        moves = beside(request, _applied(case).body, take_back, MovePromise(case.id, asked.yen))
        return app.act(request, case, held, subsidies.receive_return, asked, beside=moves)


def _applied(case: Case[Subsidy]) -> subsidies.SubsidyApplied:
    assert case.state.applied is not None
    return case.state.applied


def _interest(app: Edge) -> None:
    @app.post(
        "/interest-subsidies",
        body=interest.ApplyForInterestSubsidy,
        uses=(interest_subsidy, interest.apply_for_interest_subsidy),
    )
    def apply(asked: interest.ApplyForInterestSubsidy, request: Request) -> Answer[Any]:
        """Apply for an interest subsidy for a loan to a certified operator."""
        plan, body = _plan_and_body(asked.plan, asked.body)
        command = interest.Applying(
            asked,
            plan.in_force,
            plan.filed.organisations,
            plan.filed.material == body.material,
            body.organisation or "",
            body.ministries,
        )
        return app.open(request, interest_subsidy, interest.apply_for_interest_subsidy, command)

    @app.post(
        "/interest-subsidies/<case_id>/decide-interest-subsidy",
        body=interest.DecideInterest,
        uses=(interest_subsidy, interest.decide_interest_subsidy),
    )
    def decide(asked: interest.DecideInterest, request: Request, case_id: str) -> Answer[Any]:
        """Decide to give the interest subsidy; the fund promises it."""
        case, held = app.case(request, interest_subsidy, case_id)
        moves = beside(request, _body_of(case), promise_interest, PromiseInterest(case.id, asked.yen))
        return app.act(request, case, held, interest.decide_interest_subsidy, asked, beside=moves)

    @app.post(
        "/interest-subsidies/<case_id>/pay-interest-subsidy",
        body=interest.PayInterest,
        uses=(interest_subsidy, interest.pay_interest_subsidy),
    )
    def pay(asked: interest.PayInterest, request: Request, case_id: str) -> Answer[Any]:
        """Pay the interest subsidy for a period out of the fund."""
        case, held = app.case(request, interest_subsidy, case_id)
        moves = beside(request, _body_of(case), pay_promise, MovePromise(case.id, asked.yen))
        return app.act(request, case, held, interest.pay_interest_subsidy, asked, beside=moves)

    @app.post(
        "/interest-subsidies/<case_id>/stop-interest-subsidy",
        body=interest.StopInterest,
        uses=(interest_subsidy, interest.stop_interest_subsidy),
    )
    def stop(asked: interest.StopInterest, request: Request, case_id: str) -> Answer[Any]:
        """Stop the interest subsidy; what was still promised is free again."""
        case, held = app.case(request, interest_subsidy, case_id)
        left = case.state.left_yen
        moves = released(request, _body_of(case), case.id, left)
        return app.act(request, case, held, interest.stop_interest_subsidy, asked, beside=moves)


def _body_of(case: Case[InterestSubsidy]) -> str:
    assert case.state.applied is not None
    return case.state.applied.body


def _loans(app: Edge) -> None:
    @app.post("/two-step-loans", body=loans.RequestLoan, uses=(two_step_loan, loans.request_loan))
    def ask(asked: loans.RequestLoan, request: Request) -> Answer[Any]:
        """Ask the Corporation for the money of a loan to a certified operator."""
        plan = plans.load(asked.plan).state
        if procedure_of(asked.institution) != institution.name:
            raise Refusal("no_such_case")
        found: Institution = app.case(request, institution, asked.institution)[0].state
        assert found.applied is not None
        planned = sum(one.yen for one in plan.filed.sources if one.kind == "two_step_loan")
        command = loans.Requesting(
            asked,
            found.applied.applicant.organisation,
            found.designated,
            bool(found.agreement),
            plan.in_force,
            plan.filed.organisations,
            planned,
        )
        return app.open(request, two_step_loan, loans.request_loan, command)

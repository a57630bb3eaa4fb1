"""What a council works with over HTTP: meetings, requests for material, commissioned research, and needs."""

from __future__ import annotations

from typing import Any

from services.council.domain.commission import commission, plan_commission
from services.council.domain.council import council
from services.council.domain.council.persons import Council
from services.council.domain.material import Asked, Requesting, RequestMaterial, material_request
from services.council.domain.material import request_material as ask
from services.council.domain.meeting import Called, Calling, CallMeeting, meeting
from services.council.domain.meeting import call_meeting as call
from services.council.domain.need import Matching, MatchSeed, match_seed, need, post_need
from services.council.domain.restriction import restriction
from services.council.views import commission_view, need_view
from services.platform.cases.store import Cases
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal, refuse_if

commissions = Cases(commission)


def add(app: Edge) -> None:
    """Serve `/restrictions`, `/meetings`, `/material-requests`, `/commissions` and `/needs`."""
    app.expose(restriction, "/restrictions")
    app.expose(meeting, "/meetings")
    app.expose(material_request, "/material-requests")
    app.expose(commission, "/commissions", view=commission_view, opening=plan_commission)
    app.expose(need, "/needs", view=need_view, opening=post_need, by_hand=[match_seed])

    @app.post("/meetings", body=CallMeeting, uses=(meeting, call))
    def call_meeting(called: CallMeeting, request: Request) -> Answer[Any]:
        """Call a meeting of a council, with its agenda (62(8))."""
        state = _going(app, request, called.council)
        members = tuple(Called(one.number, one.kind, one.id) for one in state.current)
        days = state.rules.meeting_notice_days if state.rules else 0
        return app.open(request, meeting, call, Calling(called, members, days))

    @app.post("/material-requests", body=RequestMaterial, uses=(material_request, ask))
    def request_material(asked: RequestMaterial, request: Request) -> Answer[Any]:
        """Ask a member or a think tank for material, an explanation or an opinion (62(6))."""
        state = _going(app, request, asked.council)
        command = Requesting(asked, _asked(asked, state), state.ministry or "", state.basis == "63(4)")
        return app.open(request, material_request, ask, command)

    @app.post("/needs/<case_id>/match-seed", body=MatchSeed, uses=(need, match_seed))
    def match(matched: MatchSeed, request: Request, case_id: str) -> Answer[Any]:
        """Match a need with a seed from a project that has a council (62(4)(i))."""
        case, held = app.case(request, need, case_id)
        state = _going(app, request, matched.council)
        found = Matching(matched, state.project_id, state.principal or "")
        return app.act(request, case, held, match_seed, found)


def _going(app: Edge, request: Request, council_id: str) -> Council:
    state = app.case(request, council, council_id)[0].state
    refuse_if(not state.going, "no_council", "62(1), 63(4)")
    return state


def _asked(asked: RequestMaterial, state: Council) -> Asked:
    """Who is asked: a member, or the think tank of a commission, which need not be one."""
    if asked.member is not None and asked.commission is None:
        member = state.member(asked.member)
        if member is None or not member.current:
            raise Refusal("no_such_member", "62(6)", members=str(asked.member))
        return Asked(member.kind, member.id, member.name, member.number)
    if asked.commission is not None and asked.member is None:
        contract = commissions.load(asked.commission).state.contract
        if contract is not None:
            return Asked("think_tank", contract.organisation, contract.name)
        raise Refusal("no_such_case")
    raise Refusal("one_to_be_asked", "62(6)")

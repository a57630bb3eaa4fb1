"""Calls and proposals: what has to look another case up before a power is used."""

from __future__ import annotations

from typing import Any

import msgspec

from services.fund import lines
from services.fund.domain.call import call
from services.fund.domain.call.powers import (
    AnnounceCall,
    Announcing,
    Evaluated,
    RankProposals,
    announce,
    rank_proposals,
)
from services.fund.domain.call.state import Call
from services.fund.domain.fund import fund
from services.fund.domain.proposal import proposal
from services.fund.domain.proposal.content import Content
from services.fund.domain.proposal.powers import (
    BeginDraft,
    Screening,
    ScreenProposal,
    Submitting,
    TakingBack,
    begin_proposal,
    screen_proposal,
    submit_proposal,
    take_back_proposal,
)
from services.fund.views import proposal_view
from services.platform.cases.case import Case
from services.platform.cases.store import Cases
from services.platform.http.answers import Answer, CaseRefusal
from services.platform.http.bodies import command_from
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Decide, Refusal
from services.platform.law.values import Value

calls = Cases(call)


class Nothing(Value):
    """Nothing has to be said."""


class Submission(Value):
    """What is submitted; without it the saved draft is."""

    content: Content | None = None


def add(app: Edge) -> None:
    """Serve calls under `/calls` and proposals under `/proposals`."""
    app.expose(call, "/calls", by_hand=[rank_proposals])
    by_hand: list[Decide] = [submit_proposal, take_back_proposal, screen_proposal]
    app.expose(proposal, "/proposals", view=proposal_view, by_hand=by_hand)

    @app.post("/calls", body=AnnounceCall, uses=(call, announce))
    def announce_call(made: AnnounceCall, request: Request) -> Answer[Any]:
        """Announce a call for proposals (公募), within what the fund can still promise."""
        state = app.case(request, fund, made.fund)[0].state
        proposed = state.proposed
        assert proposed is not None
        left = state.standing().unallocated
        designated = state.designated_on is not None
        announcing = Announcing(made, proposed.agency, proposed.ministry, left, designated)
        return app.open(request, call, announce, announcing)

    @app.post("/calls/<case_id>/rank-proposals", body=Nothing, uses=(call, rank_proposals))
    def rank(_: Nothing, request: Request, case_id: str) -> Answer[Any]:
        """Rank the eligible proposals of a call by their points."""
        case, held = app.case(request, call, case_id)
        found = [one for one in lines.proposals(case_id) if one.submitted and one.eligible is not False]
        # One that nobody has screened counts as one that nobody has evaluated.
        evaluated = tuple(
            Evaluated(one.id, one.asked_yen, one.points if one.eligible else None) for one in found
        )
        return app.act(request, case, held, rank_proposals, RankProposals(evaluated))

    @app.post("/proposals", body=BeginDraft, uses=(proposal, begin_proposal))
    def begin(made: BeginDraft, request: Request) -> Answer[Any]:
        """Begin the draft of a proposal; it may lack anything, and nobody else sees it."""
        calls.load(made.call)  # announced calls are public: whoever may apply has no standing in them
        return app.open(request, proposal, begin_proposal, made)

    @app.post("/proposals/<case_id>/submit-proposal", body=Submission, uses=(proposal, submit_proposal))
    def submit(made: Submission, request: Request, case_id: str) -> Answer[Any]:
        """Submit a proposal, by the instant it arrived: at the closing instant it is late."""
        case, held = app.case(request, proposal, case_id)
        state = case.state
        assert state.begun is not None
        asked = called(state.begun.call)
        announced, closes_at = asked.announced, asked.closes_at
        assert announced is not None
        assert closes_at is not None
        try:
            content = made.content or command_from(msgspec.json.encode(state.draft), Content)
        except Refusal as refusal:
            raise CaseRefusal(refusal, app.exposed[proposal.name], case, held) from refusal
        submitting = Submitting(
            content,
            announced.agency,
            announced.ministry,
            announced.terms,
            asked.takes(request.at),
            closes_at,
        )
        return app.act(request, case, held, submit_proposal, submitting)

    @app.post("/proposals/<case_id>/take-back-proposal", body=Nothing, uses=(proposal, take_back_proposal))
    def take_back(_: Nothing, request: Request, case_id: str) -> Answer[Any]:
        """Take a proposal back into its draft, as long as the call takes proposals."""
        case, held = app.case(request, proposal, case_id)
        assert case.state.begun is not None
        asked = called(case.state.begun.call)
        assert asked.closes_at is not None
        taking = TakingBack(asked.takes(request.at), asked.closes_at)
        return app.act(request, case, held, take_back_proposal, taking)

    @app.post("/proposals/<case_id>/screen-proposal", body=ScreenProposal, uses=(proposal, screen_proposal))
    def screen(made: ScreenProposal, request: Request, case_id: str) -> Answer[Any]:
        """Find whether a proposal is eligible, beside the others of its principal researcher."""
        case, held = app.case(request, proposal, case_id)
        state = case.state
        assert state.begun is not None
        asked = called(state.begun.call)
        assert asked.closes_at is not None
        same = _same_principal(case, state.begun.call, state.begun.principal)
        screening = Screening(made, same, request.at >= asked.closes_at)
        return app.act(request, case, held, screen_proposal, screening)


def called(call_id: str) -> Call:
    """The call as it stands now."""
    return calls.load(call_id).state


def _same_principal(case: Case[Any], call_id: str, principal: str) -> tuple[str, ...]:
    submitted = case.state.submitted
    if submitted is None:
        return ()
    first = submitted.content.people[0]
    numbers = {number for number in (first.orcid, first.e_rad) if number}
    return tuple(
        one.id
        for one in lines.proposals(call_id)
        if one.id != case.id
        and one.submitted
        and one.eligible is not False
        and (one.principal == principal or numbers & set(one.numbers))
    )

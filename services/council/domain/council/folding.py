"""How a council stands after each act."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from services.council.domain.council.acts import (
    ConsentOverdue,
    CouncilDissolved,
    CouncilEstablished,
    CouncilPlanned,
    DecisionMade,
    DecisionProposed,
    FindingReceived,
    FundCouncilBegun,
    InvitationJoined,
    MemberConsented,
    MemberInvited,
    MemberJoined,
    MemberLeft,
    MemberObjected,
    MembershipDeclined,
    OrganisersNamed,
    PersonAssigned,
    PersonAttested,
    PersonWithdrawn,
    PrimeMinisterAnswered,
    PrimeMinisterConsulted,
    PrimeMinisterJoinedIn,
    PrincipalConsented,
    PrincipalDeclined,
    ProposalDropped,
    RulesAdopted,
    SecrecyAcknowledged,
    StageGateViewGiven,
)
from services.council.domain.council.persons import (
    Acknowledgement,
    Assignment,
    Attestation,
    Council,
    Decision,
    Finding,
    Member,
    View,
    Vote,
)
from services.council.roles import CABINET_OFFICE
from services.platform.law.acts import Act


def evolve(state: Council, act: Act) -> Council:
    """The council after `act`."""
    for fold in (_establishment, _membership, _persons, _deciding):
        after = fold(state, act)
        if after is not None:
            return after
    # What is agreed is carried out where it belongs; of the council it changes nothing.
    return state


def _establishment(state: Council, act: Act) -> Council | None:
    match act:
        case CouncilPlanned():
            return replace(
                state,
                basis="62(1)",
                project_id=act.project_id,
                title=act.title,
                technology=act.technology,
                ministry=act.ministry,
                principal=act.principal,
                principal_name=act.principal_name,
                answer_by=act.answer_by,
            )
        case FundCouncilBegun():
            return replace(
                state,
                basis="63(4)",
                project_id=act.project_id,
                title=act.title,
                ministry=act.ministry,
                principal=act.principal,
            )
        case OrganisersNamed():
            return replace(
                state,
                title=act.title,
                technology=act.technology,
                ministry=act.ministry,
                principal=act.principal,
                principal_name=act.principal_name,
            )
        case PrimeMinisterConsulted():
            return replace(state, consulted_on=act.on)
        case PrimeMinisterAnswered():
            return replace(state, consultation_answered_on=act.on)
        case PrincipalConsented():
            return replace(state, consented_on=act.on)
        case PrincipalDeclined():
            return replace(state, declined_on=act.on)
        case ConsentOverdue():
            return replace(state, consent_overdue=True)
        case PrimeMinisterJoinedIn():
            return replace(state, joined_in_on=act.on)
        case CouncilEstablished():
            return _established(state, act.at, act.on)
        case CouncilDissolved():
            return replace(state, dissolved=act.at)
        case StageGateViewGiven():
            view = View(act.gate, act.view, act.reasons, act.on)
            return replace(state, views=(*(one for one in state.views if one.gate != act.gate), view))
        case FindingReceived():
            found = Finding(act.commission, act.number, act.title, act.on)
            return replace(state, findings=(*state.findings, found))
    return None


def _established(state: Council, at: datetime, on: date) -> Council:
    assert state.ministry is not None
    assert state.principal is not None
    made_up_of = [
        Member(1, "research_minister", state.ministry, state.ministry, on, joined=at),
        Member(2, "principal_researcher", state.principal, state.principal_name, on, joined=at),
    ]
    if state.basis == "63(4)":
        made_up_of.append(Member(3, "prime_minister", CABINET_OFFICE, "内閣総理大臣", on, joined=at))
    principal = Assignment(state.principal, state.principal_name, 2, at)
    return replace(state, established=at, members=tuple(made_up_of), assignments=(principal,))


def _membership(state: Council, act: Act) -> Council | None:
    match act:
        case MemberInvited():
            invited = Member(act.number, act.kind, act.id, act.name, act.on, (act.by,))
            return replace(state, members=(*state.members, invited))
        case InvitationJoined():
            held = _of(state, act.number)
            return _with(state, replace(held, invited_by=(*held.invited_by, act.by)))
        case MemberJoined():
            joined = replace(_of(state, act.number), joined=act.at)
            if joined.kind == "principal_researcher":
                state = replace(state, principal=joined.id, principal_name=joined.name)
            return _with(state, joined)
        case MembershipDeclined():
            return _with(state, replace(_of(state, act.number), declined_on=act.on))
        case MemberLeft():
            after = _with(state, replace(_of(state, act.number), left=act.at))
            ended = tuple(
                replace(one, end=act.at) if one.member == act.number and one.end is None else one
                for one in after.assignments
            )
            return replace(after, assignments=ended)
    return None


def _persons(state: Council, act: Act) -> Council | None:
    match act:
        case PersonAssigned():
            put = Assignment(act.person, act.name, act.member, act.at)
            return replace(state, assignments=(*state.assignments, put))
        case PersonWithdrawn():
            ended = tuple(
                replace(one, end=act.at)
                if (one.person, one.member, one.end) == (act.person, act.member, None)
                else one
                for one in state.assignments
            )
            return replace(state, assignments=ended)
        case SecrecyAcknowledged():
            said = Acknowledgement(act.person, act.statement, act.at)
            return replace(state, acknowledgements=(*state.acknowledgements, said))
        case PersonAttested():
            attested = Attestation(act.person, act.attribute, act.value, act.evidence, act.last_day, act.at)
            return replace(state, attestations=(*state.attestations, attested))
    return None


def _deciding(state: Council, act: Act) -> Council | None:
    match act:
        case DecisionProposed():
            opened = Decision(act.number, act.proposal, act.by, act.on)
            return replace(state, decisions=(*state.decisions, opened), decided=act.number)
        case MemberConsented():
            return _voted(state, act.decision, Vote(act.member, True, None, act.on))
        case MemberObjected():
            return _voted(state, act.decision, Vote(act.member, False, act.reasons, act.on))
        case ProposalDropped() | DecisionMade():
            left = tuple(one for one in state.decisions if one.number != act.decision)
            return replace(state, decisions=left)
        case RulesAdopted():
            return replace(state, rules=act.rules)
    return None


def _voted(state: Council, number: int, vote: Vote) -> Council:
    voted = (
        replace(one, votes=(*one.votes, vote)) if one.number == number else one for one in state.decisions
    )
    return replace(state, decisions=tuple(voted))


def _of(state: Council, number: int) -> Member:
    return state.members[number - 1]


def _with(state: Council, member: Member) -> Council:
    place = member.number - 1
    return replace(state, members=(*state.members[:place], member, *state.members[place + 1 :]))

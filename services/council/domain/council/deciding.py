"""What all members decide: what is sensitive, in which scope and for how long; open or closed; the rules.

The Act has the council consult about these (62(4)(iii), (iv)) and members act on the result (62(5)). The
recommendations of 2022-01-19, 2(2)④(d), ask that all take part in deciding and be satisfied, that results are
published, and that a restriction is the least that serves. So one member's missing consent blocks.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.council.data_files import read
from services.council.domain.council.acts import (
    CouncilDissolved,
    DecisionMade,
    DecisionProposed,
    FindingReceived,
    HandlingDecided,
    LiftingAgreed,
    MemberConsented,
    MemberObjected,
    ProposalDropped,
    RenewalAgreed,
    RestrictionAgreed,
    RulesAdopted,
    SensitivityAgreed,
    StageGateViewGiven,
)
from services.council.domain.council.members import Number
from services.council.domain.council.persons import (
    Council,
    Decision,
    GateView,
    Member,
    Proposal,
    Provision,
    Rules,
)
from services.council.domain.council.procedure import council, going
from services.council.domain.vocabulary import CaseId, Line, Marking, Name, Reasons, refuse_past
from services.council.roles import MEMBERS, ORGANISERS
from services.platform.law.acts import Act, Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.law.values import Between, Len, Value

# ---- Proposals ----


class ProposeSensitivity(Value):
    """Which items are sensitive, how they are marked, in which scope, until when, and why no less serves."""

    items: Annotated[tuple[CaseId, ...], Len(1, 20)]
    marking: Marking
    scope: Reasons
    until: date
    reasons: Reasons
    why_no_less: Reasons


@council.act("62(4)(iv)", by=MEMBERS, when=[going])
def propose_sensitivity(state: Council, command: ProposeSensitivity, given: Given) -> Acts:
    """Propose that items are sensitive: the subject, its scope and its period."""
    known = [one["name"] for one in read("markings")["marking"] if one["from"] <= given.today]
    refuse_if(command.marking not in known, "no_such_marking", known=", ".join(dict.fromkeys(known)))
    refuse_past(command.until, given, "62(4)(iv)")
    yield _proposed(
        state,
        given,
        Proposal(
            "sensitivity",
            command.reasons,
            items=command.items,
            marking=command.marking,
            scope=command.scope,
            until=command.until,
            why_no_less=command.why_no_less,
        ),
    )


class ProposePublication(Value):
    """Which result is published, and what speaks for it."""

    item: CaseId
    reasons: Reasons
    reference: Name | None = None


@council.act("62(4)(iii)", by=MEMBERS, when=[going])
def propose_publication(state: Council, command: ProposePublication, given: Given) -> Acts:
    """Propose that a result is published, as results are."""
    yield _proposed(
        state,
        given,
        Proposal("publication", command.reasons, items=(command.item,), reference=command.reference),
    )


class ProposeRestriction(Value):
    """Which result is not published yet: why, in which scope, until when, and why no less serves."""

    item: CaseId
    reasons: Reasons
    scope: Reasons
    until: date
    why_no_less: Reasons
    reference: Name | None = None


@council.act("62(4)(iii)", by=MEMBERS, when=[going])
def propose_restriction(state: Council, command: ProposeRestriction, given: Given) -> Acts:
    """Propose to restrict the publication of a result, the exception: with reason, scope and end day."""
    refuse_past(command.until, given, "62(4)(iii)")
    yield _proposed(
        state,
        given,
        Proposal(
            "restriction",
            command.reasons,
            items=(command.item,),
            reference=command.reference,
            scope=command.scope,
            until=command.until,
            why_no_less=command.why_no_less,
        ),
    )


class ProposeRenewal(Value):
    """Which restriction goes on until when, why, and why no less serves."""

    restriction: CaseId
    until: date
    reasons: Reasons
    why_no_less: Reasons


@council.act("62(4)(iii)", by=MEMBERS, when=[going])
def propose_renewal(state: Council, command: ProposeRenewal, given: Given) -> Acts:
    """Propose to renew a restriction before it ends by itself."""
    refuse_past(command.until, given, "62(4)(iii)")
    yield _proposed(
        state,
        given,
        Proposal(
            "renewal",
            command.reasons,
            restriction=command.restriction,
            until=command.until,
            why_no_less=command.why_no_less,
        ),
    )


class ProposeLifting(Value):
    """Which restriction is no longer needed, and why."""

    restriction: CaseId
    reasons: Reasons


@council.act("62(4)(iii)", by=MEMBERS, when=[going])
def propose_lifting(state: Council, command: ProposeLifting, given: Given) -> Acts:
    """Propose to lift a restriction before its end."""
    yield _proposed(state, given, Proposal("lifting", command.reasons, restriction=command.restriction))


class ProvisionReplaced(Value):
    """A provision of the model as this council wants it, or one it adds."""

    number: Annotated[int, Between(1, 99)]
    heading: Line
    text: Reasons


class ProposeRules(Value):
    """How the council's rules differ from the model, and why."""

    reasons: Reasons
    meeting_notice_days: Annotated[int, Between(0, 60)] | None = None
    replaced: Annotated[tuple[ProvisionReplaced, ...], Len(0, 40)] = ()


@council.act("62(8)", by=MEMBERS, when=[going])
def propose_rules(state: Council, command: ProposeRules, given: Given) -> Acts:
    """Propose the council's rules: those of the model, but for what is replaced."""
    model = read("model_rules")
    fixed = {one["number"] for one in model["provision"] if one["fixed"]}
    for one in command.replaced:
        refuse_if(one.number in fixed, "provision_restates_the_act", "62", number=one.number)
    provisions = {
        one["number"]: Provision(one["number"], one["heading"], one["text"]) for one in model["provision"]
    }
    provisions |= {one.number: Provision(one.number, one.heading, one.text) for one in command.replaced}
    days = command.meeting_notice_days
    notice = model["rules"]["meeting_notice_days"] if days is None else days
    rules = Rules(notice, tuple(provisions[number] for number in sorted(provisions)))
    yield _proposed(state, given, Proposal("rules", command.reasons, rules=rules))


class ProposeDissolution(Value):
    """Why the council has done its work."""

    reasons: Reasons


@council.act("62(8)", by=MEMBERS, when=[going])
def propose_dissolution(state: Council, command: ProposeDissolution, given: Given) -> Acts:
    """Propose to dissolve the council."""
    yield _proposed(state, given, Proposal("dissolution", command.reasons))


# ---- What members say, and what comes of it ----


class Consent(Value):
    """To which proposal."""

    decision: Number


@council.act("62(4)", by=MEMBERS, when=[going])
def consent(state: Council, command: Consent, given: Given) -> Acts:
    """Consent to a proposal, as a member."""
    decision, member = _voting(state, command.decision, given)
    yield MemberConsented(decision.number, member.number, given.today)


class Object(Value):
    """To which proposal, and why."""

    decision: Number
    reasons: Reasons


@council.act("62(4)", by=MEMBERS, when=[going])
def object_to(state: Council, command: Object, given: Given) -> Acts:
    """Not consent to a proposal: it cannot be decided any more, but proposed anew."""
    decision, member = _voting(state, command.decision, given)
    yield MemberObjected(decision.number, member.number, command.reasons, given.today)


class Decide(Value):
    """Which proposal."""

    decision: Number


@council.act("62(4)", by=ORGANISERS, when=[going])
def decide(state: Council, command: Decide, given: Given) -> Acts:
    """Record that all members have consented; of one who has not, it says who."""
    decision = _open(state, command.decision)
    against = [state.members[one.member - 1] for one in decision.votes if not one.consents]
    objecting = [one for one in against if one.current]
    refuse_if(bool(objecting), "member_objects", members=_names(objecting), decision=decision.number)
    missing = state.missing(decision)
    refuse_if(bool(missing), "consents_missing", members=_names(missing), decision=decision.number)
    until = decision.proposal.until
    if until is not None:
        refuse_past(until, given, "62(4)")
    yield DecisionMade(decision.number, tuple(one.number for one in state.current), given.today)
    yield from _agreed(state, decision, given)


class DropProposal(Value):
    """Which proposal, and why it is given up."""

    decision: Number
    reasons: Reasons


@council.act("62(4)", by=MEMBERS, when=[going])
def drop_proposal(state: Council, command: DropProposal, given: Given) -> Acts:
    """Give up a proposal, as who made it or as an organiser."""
    decision = _open(state, command.decision)
    member = _member(state, given)
    organises = any(role.name in given.by.roles for role in ORGANISERS)
    refuse_if(decision.proposed_by != member.number and not organises, "not_your_proposal")
    yield ProposalDropped(decision.number, command.reasons, given.today)


# ---- Towards others ----


class GiveGateView(Value):
    """Before which stage gate, what the council thinks, and why."""

    gate: Name
    view: GateView
    reasons: Reasons


@council.act("62(4)(ii), (iii)", by=ORGANISERS, when=[going])
def give_gate_view(state: Council, command: GiveGateView, given: Given) -> Acts:
    """Give the council's view before a stage gate (ステージゲート) of the project."""
    yield StageGateViewGiven(state.project_id, command.gate, command.view, command.reasons, given.today)


class NoteFinding(Value):
    """A finding of commissioned research."""

    commission: str
    number: int
    title: str


@council.act("64(1)", by=[THE_CLOCK], when=[going])
def note_finding(state: Council, command: NoteFinding, given: Given) -> Acts:
    """Note a finding that was handed to the council."""
    known = {(one.commission, one.number) for one in state.findings}
    refuse_if((command.commission, command.number) in known, "noted_before")
    yield FindingReceived(command.commission, command.number, command.title, given.today)


def _proposed(state: Council, given: Given, proposal: Proposal) -> Act:
    about = _about(proposal)
    twice = next((one for one in state.decisions if _about(one.proposal) & about), None)
    refuse_if(twice is not None, "proposal_open", decision=twice.number if twice else None)
    return DecisionProposed(state.decided + 1, proposal, _member(state, given).number, given.today)


def _about(proposal: Proposal) -> set[tuple[str, str]]:
    """What a proposal is about: two about the same at once could decide it both ways."""
    if proposal.restriction is not None:
        return {("restriction", proposal.restriction)}
    if proposal.items:
        kind = "marking" if proposal.matter == "sensitivity" else "publication"
        return {(kind, one) for one in proposal.items}
    return {("council", proposal.matter)}


def _member(state: Council, given: Given) -> Member:
    member = state.spoken_for(given.by)
    if member is None:
        raise Refusal("not_a_member", "62(3)")
    return member


def _open(state: Council, number: int) -> Decision:
    decision = state.decision(number)
    if decision is None:
        raise Refusal("no_such_decision", decision=number)
    return decision


def _voting(state: Council, number: int, given: Given) -> tuple[Decision, Member]:
    decision, member = _open(state, number), _member(state, given)
    refuse_if(decision.vote_of(member.number) is not None, "already_voted", decision=number)
    return decision, member


def _names(members: tuple[Member, ...] | list[Member]) -> str:
    return ", ".join(one.name for one in members)


def _agreed(state: Council, decision: Decision, given: Given) -> Acts:
    said, number = decision.proposal, decision.number
    until, item = said.until, said.items[0] if said.items else ""
    match said.matter:
        case "sensitivity":
            assert until is not None
            yield SensitivityAgreed(number, said.items, said.marking or "", said.scope or "", until, given.at)
        case "publication":
            yield HandlingDecided(state.project_id, item, said.reference, "open", None, number, given.today)
        case "restriction":
            assert until is not None
            yield RestrictionAgreed(
                item,
                said.reference,
                said.reasons,
                said.scope or "",
                until,
                said.why_no_less or "",
                number,
                given.at,
            )
            yield HandlingDecided(
                state.project_id, item, said.reference, "closed", until, number, given.today
            )
        case "renewal":
            assert until is not None
            yield RenewalAgreed(
                said.restriction or "", until, said.reasons, said.why_no_less or "", number, given.at
            )
        case "lifting":
            yield LiftingAgreed(said.restriction or "", said.reasons, number, given.at)
        case "rules":
            assert said.rules is not None
            yield RulesAdopted(said.rules, number, given.today)
        case "dissolution":
            yield CouncilDissolved(state.project_id, number, given.at, given.today)

"""The whole picture of a case, from which `access.toml` takes what its reader may not see."""

from __future__ import annotations

from datetime import date

from services.council.domain.commission import (
    CRITERIA,
    AbilityAssessed,
    Commission,
    Due,
    Found,
    InformationRequest,
    ResearchCommissioned,
)
from services.council.domain.council.persons import (
    Attestation,
    Basis,
    Council,
    Decision,
    Finding,
    Member,
    Proposal,
    Rules,
    View,
    Vote,
)
from services.council.domain.need import Measure, Need, NeedClosed, NeedPosted, Seed
from services.council.domain.vocabulary import Statement, statement_of
from services.council.roles import MemberKind, speaks
from services.platform.cases.case import Case
from services.platform.law.procedure import Given
from services.platform.law.values import Value
from services.statute import legal_day


class MemberLine(Value):
    """A member, present or past."""

    number: int
    kind: MemberKind
    name: str
    joined_on: date
    left_on: date | None


class InvitationLine(Value):
    """Somebody who was asked for consent and has not answered, and which organisers find it necessary."""

    number: int
    kind: MemberKind
    id: str
    name: str
    invited_on: date
    invited_by: tuple[str, ...]


class PersonLine(Value):
    """A person on council affairs, or one who was: for which member, and when the duty was acknowledged."""

    person: str
    name: str
    member: int
    since: date
    until: date | None
    acknowledged_on: date | None


class DecisionLine(Value):
    """A proposal that is open: what members have said, and whose consent is missing."""

    number: int
    proposal: Proposal
    proposed_by: int
    on: date
    votes: tuple[Vote, ...]
    missing: tuple[int, ...]


class Duty(Value):
    """The reader's own duty of secrecy: it binds for good, acknowledged or not."""

    acknowledged_on: date | None
    on_affairs: bool


class CouncilView(Value):
    """A council."""

    basis: Basis | None
    project_id: str
    title: str
    technology: str
    ministry: str | None
    principal_name: str
    answer_by: date | None
    consented_on: date | None
    declined_on: date | None
    consulted_on: date | None
    consultation_answered_on: date | None
    joined_in_on: date | None
    established_on: date | None
    dissolved_on: date | None
    members: tuple[MemberLine, ...]
    invitations: tuple[InvitationLine, ...]
    your_invitations: tuple[InvitationLine, ...]
    persons: tuple[PersonLine, ...]
    attestations: tuple[Attestation, ...]
    decisions: tuple[DecisionLine, ...]
    rules: Rules | None
    views: tuple[View, ...]
    findings: tuple[Finding, ...]
    secrecy: Statement | None
    your_duty: Duty | None


def council_view(case: Case[Council], given: Given) -> CouncilView:
    """The whole picture of a council."""
    state = case.state
    invited = tuple(one for one in state.members if one.invited)
    mine = tuple(one for one in invited if speaks(one.kind, one.id, given.by, invited=True))
    known = any(one.person == given.by.subject for one in state.assignments)
    return CouncilView(
        basis=state.basis,
        project_id=state.project_id,
        title=state.title,
        technology=state.technology,
        ministry=state.ministry,
        principal_name=state.principal_name,
        answer_by=state.answer_by,
        consented_on=state.consented_on,
        declined_on=state.declined_on,
        consulted_on=state.consulted_on,
        consultation_answered_on=state.consultation_answered_on,
        joined_in_on=state.joined_in_on,
        established_on=legal_day(state.established) if state.established else None,
        dissolved_on=legal_day(state.dissolved) if state.dissolved else None,
        members=tuple(
            MemberLine(
                one.number,
                one.kind,
                one.name,
                legal_day(one.joined),
                legal_day(one.left) if one.left else None,
            )
            for one in state.members
            if one.joined
        ),
        invitations=tuple(_invitation(one) for one in invited),
        your_invitations=tuple(_invitation(one) for one in mine),
        persons=_persons(state),
        attestations=state.attestations,
        decisions=tuple(_decision(state, one) for one in state.decisions),
        rules=state.rules,
        views=state.views,
        findings=state.findings,
        secrecy=statement_of("council", given.today) if state.established else None,
        your_duty=_duty(state, given) if known else None,
    )


def _invitation(one: Member) -> InvitationLine:
    return InvitationLine(one.number, one.kind, one.id, one.name, one.invited_on, one.invited_by)


def _persons(state: Council) -> tuple[PersonLine, ...]:
    return tuple(
        PersonLine(
            one.person,
            one.name,
            one.member,
            legal_day(one.start),
            legal_day(one.end) if one.end else None,
            legal_day(at) if (at := state.acknowledged(one.person)) else None,
        )
        for one in state.assignments
    )


def _decision(state: Council, one: Decision) -> DecisionLine:
    missing = tuple(member.number for member in state.missing(one))
    return DecisionLine(one.number, one.proposal, one.proposed_by, one.on, one.votes, missing)


def _duty(state: Council, given: Given) -> Duty:
    at = state.acknowledged(given.by.subject)
    return Duty(legal_day(at) if at else None, given.by.subject in state.persons())


class CommissionView(Value):
    """Research that is to be, is or was entrusted."""

    organisation: str
    name: str
    part: str
    subject: str
    technologies: tuple[str, ...]
    planned_on: date
    assessed: tuple[AbilityAssessed, ...]
    not_met: tuple[str, ...]
    dropped_on: date | None
    contract: ResearchCommissioned | None
    last_day: date | None
    extensions: int
    bound: tuple[str, ...]
    requests: tuple[InformationRequest, ...]
    asked_of_you: tuple[InformationRequest, ...]
    deliverables: tuple[Due, ...]
    findings: tuple[Found, ...]
    secrecy: Statement


def commission_view(case: Case[Commission], given: Given) -> CommissionView:
    """The whole picture of a commission."""
    state, planned = case.state, case.state.planned
    assert planned is not None
    newest = (state.newest(criterion) for criterion in CRITERIA)
    mine = given.by.ministry
    return CommissionView(
        organisation=planned.organisation,
        name=planned.name,
        part=planned.part,
        subject=planned.subject,
        technologies=planned.technologies,
        planned_on=planned.on,
        assessed=tuple(one for one in newest if one is not None),
        not_met=tuple(f"64(2)({one})" for one in state.not_met),
        dropped_on=state.dropped_on,
        contract=state.contract,
        last_day=state.until,
        extensions=state.extensions,
        bound=tuple(one.person for one in state.bound),
        requests=state.requests,
        asked_of_you=tuple(one for one in state.requests if mine and one.agency == mine),
        deliverables=state.deliverables,
        findings=state.findings,
        secrecy=statement_of("think_tank", given.today),
    )


class NeedView(Value):
    """A need, what was offered for it, and what follows."""

    posted: NeedPosted | None
    seeds: tuple[Seed, ...]
    your_seeds: tuple[Seed, ...]
    measures: tuple[Measure, ...]
    closed: NeedClosed | None


def need_view(case: Case[Need], given: Given) -> NeedView:
    """The whole picture of a need."""
    state = case.state
    mine = tuple(one for one in state.seeds if one.principal == given.by.subject)
    return NeedView(state.posted, state.seeds, mine, state.measures, state.closed)

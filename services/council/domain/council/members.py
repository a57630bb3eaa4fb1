"""Members are added by their consent (62(3), 63(5)), and put persons on council affairs, whom 62(7) binds."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.council.data_files import read
from services.council.domain.council.acts import (
    InvitationJoined,
    MemberInvited,
    MemberJoined,
    MemberLeft,
    MembershipDeclined,
    PersonAssigned,
    PersonAttested,
    PersonWithdrawn,
    SecrecyAcknowledged,
)
from services.council.domain.council.persons import Council, Member
from services.council.domain.council.procedure import council, going
from services.council.domain.vocabulary import (
    Line,
    Name,
    Reasons,
    refuse_past,
    refuse_wrong_id,
    statement_of,
)
from services.council.roles import (
    FOUNDERS,
    INVITED,
    MEMBERS,
    ORGANISERS,
    PARTICIPANT,
    MemberKind,
    role_of,
    speaks,
)
from services.platform.law.acts import Acts
from services.platform.law.parties import PersonId
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.law.values import AtLeast, Len, Value

Number = Annotated[int, AtLeast(1)]
MemberId = Annotated[str, Len(1, 64)]
"""A corporate number or registered id, an agency's name in tokens, or a person's id: by the kind."""

# ---- Joining and leaving ----


class InviteMember(Value):
    """Whom, as what, and why the organiser finds it necessary."""

    kind: MemberKind
    id: MemberId
    name: Name
    reasons: Reasons


@council.act("62(3), 63(5)", by=ORGANISERS, when=[going])
def invite_member(state: Council, command: InviteMember, given: Given) -> Acts:
    """Ask somebody to become a member."""
    refuse_if(command.kind in FOUNDERS, "makes_up_the_council", "62(1), 63(4)", kind=command.kind)
    refuse_wrong_id(command.kind, command.id)
    there = (one for one in state.members if one.current or one.invited)
    refuse_if(
        any((role_of(one.kind).by, one.id) == (role_of(command.kind).by, command.id) for one in there),
        "already_a_member",
        member=command.id,
    )
    yield MemberInvited(
        len(state.members) + 1,
        command.kind,
        command.id,
        command.name,
        command.reasons,
        given.by.ministry or "",
        given.today,
    )


class NameSuccessor(Value):
    """Who represents the research from now on, and why another has to."""

    person: PersonId
    name: Name
    reasons: Reasons


@council.act("62(1), 63(4)", by=ORGANISERS, when=[going])
def name_successor(state: Council, command: NameSuccessor, given: Given) -> Acts:
    """Ask another researcher to represent the research; with consent, the one before has left."""
    asked = any(one.kind == "principal_researcher" and one.invited for one in state.members)
    refuse_if(asked or command.person == state.principal, "already_a_member", member=command.person)
    yield MemberInvited(
        len(state.members) + 1,
        "principal_researcher",
        command.person,
        command.name,
        command.reasons,
        given.by.ministry or "",
        given.today,
    )


class JoinInvitation(Value):
    """Which invitation."""

    member: Number


@council.act("63(5)", by=ORGANISERS, when=[going])
def join_invitation(state: Council, command: JoinInvitation, given: Given) -> Acts:
    """Find the member necessary too, as the other organiser: under 63(5) both do."""
    invited = _invited(state, command.member)
    mine = given.by.ministry or ""
    refuse_if(mine in invited.invited_by, "invitation_is_yours", member=command.member)
    yield InvitationJoined(command.member, mine, given.today)


class ConsentToMembership(Value):
    """Which invitation."""

    member: Number


@council.act("62(3), 63(5)", by=INVITED, when=[going])
def consent_to_membership(state: Council, command: ConsentToMembership, given: Given) -> Acts:
    """Consent to be a member; a person who is one is on council affairs from then on."""
    invited = _mine(state, command.member, given)
    both = state.basis == "62(1)" or len(set(invited.invited_by)) >= _organisers(state)
    refuse_if(not both, "other_organiser_awaited", "63(5)", member=command.member)
    for one in state.current:
        if invited.kind == one.kind == "principal_researcher":
            yield MemberLeft(one.number, "succeeded to", given.at, given.today)
    yield MemberJoined(command.member, given.at, given.today)
    if role_of(invited.kind).by == "person":
        yield PersonAssigned(command.member, invited.id, invited.name, given.at, given.today)


class DeclineMembership(Value):
    """Which invitation; whoever does not consent need not say why."""

    member: Number
    reasons: Reasons | None = None


@council.act("62(3), 63(5)", by=INVITED, when=[going])
def decline_membership(state: Council, command: DeclineMembership, given: Given) -> Acts:
    """Not consent to be a member."""
    _mine(state, command.member, given)
    yield MembershipDeclined(command.member, command.reasons, given.today)


class Leave(Value):
    """Why the member leaves."""

    reasons: Reasons


@council.act("62(8)", by=MEMBERS, when=[going])
def leave(state: Council, command: Leave, given: Given) -> Acts:
    """Leave the council, as a member that was added; the duty of secrecy of its persons stays (62(7))."""
    member = _speaking(state, given)
    refuse_if(member.kind in FOUNDERS, "makes_up_the_council", "62(1), 63(4)", kind=member.kind)
    yield MemberLeft(member.number, command.reasons, given.at, given.today)


# ---- Persons on council affairs ----


class AssignPerson(Value):
    """Who works on council affairs for the member."""

    person: PersonId
    name: Name


@council.act("62(7)", by=MEMBERS, when=[going])
def assign_person(state: Council, command: AssignPerson, given: Given) -> Acts:
    """Put a person on council affairs (協議会の事務に従事する者)."""
    member = _speaking(state, given)
    refuse_if(_assigned(state, member, command.person), "already_assigned", person=command.person)
    yield PersonAssigned(member.number, command.person, command.name, given.at, given.today)


class WithdrawPerson(Value):
    """Who no longer works on council affairs for the member."""

    person: PersonId


@council.act("62(7)", by=MEMBERS, when=[going])
def withdraw_person(state: Council, command: WithdrawPerson, given: Given) -> Acts:
    """Take a person off council affairs; 62(7) binds on."""
    member = _speaking(state, given)
    refuse_if(not _assigned(state, member, command.person), "not_assigned", person=command.person)
    yield PersonWithdrawn(member.number, command.person, given.at, given.today)


class AcknowledgeSecrecy(Value):
    """Which statement was read, and the person's own words or signature under it."""

    statement: Name
    words: Line


@council.act("62(7)", by=[PARTICIPANT], when=[going])
def acknowledge_secrecy(state: Council, command: AcknowledgeSecrecy, given: Given) -> Acts:
    """Acknowledge the duty of secrecy and its penalty in writing; it binds with it or without."""
    person = given.by.subject
    refuse_if(state.acknowledged(person) is not None, "already_acknowledged", person=person)
    stands = statement_of("council", given.today)
    refuse_if(command.statement != stands.id, "another_statement_stands", statement=stands.id)
    yield SecrecyAcknowledged(person, command.statement, command.words, given.at, given.today)


class AttestPerson(Value):
    """What is so with a person that markings ask for, on which evidence, and until which day that holds."""

    person: PersonId
    attribute: Name
    value: Name
    evidence: Line
    last_day: date | None = None


@council.act("62(5)", by=ORGANISERS, when=[going])
def attest_person(state: Council, command: AttestPerson, given: Given) -> Acts:
    """Record what is attested of a person on council affairs; what it opens, the policy says."""
    known = read("markings")["attribute"]
    values = known.get(command.attribute, {}).get("values", ())
    refuse_if(not values, "no_such_attribute", attribute=command.attribute, known=", ".join(known))
    wrong = command.value not in values
    refuse_if(wrong, "no_such_value", attribute=command.attribute, values=", ".join(values))
    refuse_if(command.person not in state.persons(), "not_assigned", person=command.person)
    if command.last_day is not None:
        refuse_past(command.last_day, given, "62(5)")
    yield PersonAttested(
        command.person,
        command.attribute,
        command.value,
        command.evidence,
        command.last_day,
        given.at,
        given.today,
    )


def _invited(state: Council, number: int) -> Member:
    invited = state.member(number)
    if invited is None or not invited.invited:
        raise Refusal("no_such_invitation", member=number)
    return invited


def _mine(state: Council, number: int, given: Given) -> Member:
    invited = _invited(state, number)
    refuse_if(
        not speaks(invited.kind, invited.id, given.by, invited=True), "no_such_invitation", member=number
    )
    return invited


def _speaking(state: Council, given: Given) -> Member:
    member = state.spoken_for(given.by)
    if member is None:
        raise Refusal("not_a_member", "62(3)")
    return member


def _assigned(state: Council, member: Member, person: str) -> bool:
    return any(
        (one.person, one.member, one.end) == (person, member.number, None) for one in state.assignments
    )


def _organisers(state: Council) -> int:
    founders = [one for one in state.current if one.kind in ("research_minister", "prime_minister")]
    return len({one.id for one in founders})

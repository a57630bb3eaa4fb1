"""A council as it stands: members, persons on its affairs, their duty of secrecy, decisions. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from services.council.domain.spans import Span, Spans, meet, span
from services.council.roles import MemberKind, speaks
from services.platform.law.parties import Principal
from services.platform.law.values import Value

Basis = Literal["62(1)", "63(4)"]
"""By which provision a council is organised: where the minister may, or where the fund's must."""
Matter = Literal["sensitivity", "publication", "restriction", "renewal", "lifting", "rules", "dissolution"]
"""What all members decide."""
GateView = Literal["continue", "continue_changed", "stop", "graduate"]
"""The council's view before a stage gate: go on, go on with other content or team, stop, or graduate."""


class Member(Value):
    """Somebody invited to be a member, or one from the start, and what became of it."""

    number: int
    kind: MemberKind
    id: str
    name: str
    invited_on: date
    invited_by: tuple[str, ...] = ()
    """Which of the organisers find it necessary (62(3), 63(5))."""
    joined: datetime | None = None
    declined_on: date | None = None
    left: datetime | None = None

    @property
    def current(self) -> bool:
        """Whether it is a member now."""
        return self.joined is not None and self.left is None

    @property
    def invited(self) -> bool:
        """Whether it is asked for its consent."""
        return self.joined is None and self.declined_on is None


class Assignment(Value):
    """A person put on council affairs by a member, and how long."""

    person: str
    name: str
    member: int
    start: datetime
    end: datetime | None = None


class Acknowledgement(Value):
    """The duty of secrecy, acknowledged by a person in writing: which statement of it, and when."""

    person: str
    statement: str
    at: datetime


class Attestation(Value):
    """Something attested of a person, until which day, and on which evidence."""

    person: str
    attribute: str
    value: str
    evidence: str
    last_day: date | None
    at: datetime


class Provision(Value):
    """A provision of a council's rules (62(8))."""

    number: int
    heading: str
    text: str


class Rules(Value):
    """A council's rules (62(8)): how many days lie between the call of a meeting and the meeting."""

    meeting_notice_days: int
    provisions: tuple[Provision, ...] = ()


class Vote(Value):
    """A member's consent, or its objection with reasons."""

    member: int
    consents: bool
    reasons: str | None
    on: date


class Proposal(Value):
    """What all members are asked to decide: the matter, and of its particulars those that it has."""

    matter: Matter
    reasons: str
    items: tuple[str, ...] = ()
    reference: str | None = None
    """The result as the fund knows it."""
    marking: str | None = None
    scope: str | None = None
    until: date | None = None
    why_no_less: str | None = None
    """Why nothing milder serves (必要最小限度)."""
    restriction: str | None = None
    rules: Rules | None = None


class Decision(Value):
    """A decision that is open: who proposed what, and who has said what to it."""

    number: int
    proposal: Proposal
    proposed_by: int
    on: date
    votes: tuple[Vote, ...] = ()

    def vote_of(self, member: int) -> Vote | None:
        """What a member has said."""
        return next((one for one in self.votes if one.member == member), None)


class View(Value):
    """The council's view given before a stage gate."""

    gate: str
    view: GateView
    reasons: str
    on: date


class Finding(Value):
    """A finding of commissioned research that was handed to the council (64)."""

    commission: str
    number: int
    title: str
    on: date


class Council(Value):
    """A council, from its plan on."""

    basis: Basis | None = None
    project_id: str = ""
    title: str = ""
    technology: str = ""
    ministry: str | None = None
    principal: str | None = None
    principal_name: str = ""
    answer_by: date | None = None
    consent_overdue: bool = False
    consented_on: date | None = None
    declined_on: date | None = None
    consulted_on: date | None = None
    consultation_answered_on: date | None = None
    joined_in_on: date | None = None
    """When the Prime Minister joined in organising (63(4))."""
    established: datetime | None = None
    dissolved: datetime | None = None
    members: tuple[Member, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    rules: Rules | None = None
    decisions: tuple[Decision, ...] = ()
    """Those that are open."""
    decided: int = 0
    """How many were ever proposed."""
    views: tuple[View, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def current(self) -> tuple[Member, ...]:
        """The members."""
        return tuple(one for one in self.members if one.current)

    @property
    def going(self) -> bool:
        """Whether the council is there."""
        return self.established is not None and self.dissolved is None

    def member(self, number: int) -> Member | None:
        """The member of that number, present, past or invited."""
        return self.members[number - 1] if 0 < number <= len(self.members) else None

    def spoken_for(self, who: Principal) -> Member | None:
        """The member for which `who` speaks."""
        return next((one for one in self.current if speaks(one.kind, one.id, who)), None)

    def decision(self, number: int) -> Decision | None:
        """The open decision of that number."""
        return next((one for one in self.decisions if one.number == number), None)

    def missing(self, decision: Decision) -> tuple[Member, ...]:
        """The members whose consent a decision lacks."""
        said = {one.member for one in decision.votes if one.consents}
        return tuple(one for one in self.current if one.number not in said)

    def acknowledged(self, person: str) -> datetime | None:
        """When a person first acknowledged the duty of secrecy."""
        return next((one.at for one in self.acknowledgements if one.person == person), None)

    def on_affairs(self, assignment: Assignment) -> Spans:
        """While a person was on council affairs for a member that was one, in a council that was there."""
        member = self.member(assignment.member)
        if member is None or member.joined is None or self.established is None:
            return ()
        served = span(assignment.start, assignment.end)
        return meet(
            meet(served, (Span(member.joined, member.left),)), (Span(self.established, self.dissolved),)
        )

    def persons(self) -> tuple[str, ...]:
        """The persons on council affairs now."""
        if not self.going:
            return ()
        standing = {one.number for one in self.current}
        now = (one for one in self.assignments if one.end is None and one.member in standing)
        return tuple(sorted({one.person for one in now}))

    def bound(self) -> tuple[str, ...]:
        """The persons who were on council affairs and are no longer: the duty of 62(7) stays with them."""
        return tuple(sorted({one.person for one in self.assignments} - set(self.persons())))

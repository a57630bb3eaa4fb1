"""What happens in a council, from its plan to its end."""

from __future__ import annotations

from datetime import date, datetime

from services.council.domain.council.persons import GateView, Proposal, Rules
from services.council.roles import MemberKind
from services.platform.law.acts import Act, leaves

# ---- Establishment ----


@leaves("restricted")
class CouncilPlanned(Act):
    """An R&D minister plans a council, and asks the principal researcher for consent (62(1))."""

    project_id: str
    title: str
    technology: str
    ministry: str
    principal: str
    principal_name: str
    answer_by: date | None
    on: date


@leaves("restricted")
class FundCouncilBegun(Act):
    """The designated fund has granted money to a project, so a council is organised for it (63(4))."""

    project_id: str
    grant: str
    title: str
    ministry: str | None
    principal: str | None
    on: date


@leaves("restricted")
class OrganisersNamed(Act):
    """It was said who is in charge of the fund, and who is regarded as representing the research (63(4))."""

    title: str
    technology: str
    ministry: str
    principal: str
    principal_name: str
    on: date


@leaves("restricted")
class PrimeMinisterConsulted(Act):
    """The Prime Minister was consulted in advance about the council (62(2))."""

    draft: str
    on: date


@leaves("restricted")
class PrimeMinisterAnswered(Act):
    """The Prime Minister answered the consultation (62(2))."""

    opinion: str
    on: date


@leaves("restricted")
class PrincipalConsented(Act):
    """The principal researcher consented to the council (62(1))."""

    on: date


@leaves("restricted")
class PrincipalDeclined(Act):
    """The principal researcher did not consent: there is no council (62(1))."""

    reasons: str | None
    on: date


@leaves("restricted")
class ConsentOverdue(Act):
    """The day by which the principal researcher was asked to answer has passed without an answer."""

    due: date


@leaves("restricted")
class PrimeMinisterJoinedIn(Act):
    """The Prime Minister organises the council together with the minister in charge of the fund (63(4))."""

    on: date


@leaves("internal", "project_id", "on")
class CouncilEstablished(Act):
    """The council was organised (62(1), 63(4)); those who make it up are its first members."""

    project_id: str
    at: datetime
    on: date


@leaves("internal", "project_id", "on")
class CouncilDissolved(Act):
    """All members decided that the council has done its work (62(8))."""

    project_id: str
    decision: int
    at: datetime
    on: date


# ---- Members, and persons on council affairs ----


@leaves("restricted")
class MemberInvited(Act):
    """Somebody was asked to become a member, an organiser finding it necessary (62(3), 63(5))."""

    number: int
    kind: MemberKind
    id: str
    name: str
    reasons: str
    by: str
    on: date


@leaves("restricted")
class InvitationJoined(Act):
    """The other organiser finds the member necessary too (63(5): both do)."""

    number: int
    by: str
    on: date


@leaves("restricted")
class MemberJoined(Act):
    """Somebody consented, and is a member (62(3))."""

    number: int
    at: datetime
    on: date


@leaves("restricted")
class MembershipDeclined(Act):
    """Somebody did not consent to be a member."""

    number: int
    reasons: str | None
    on: date


@leaves("restricted")
class MemberLeft(Act):
    """A member left; its persons stay bound by 62(7)."""

    number: int
    reasons: str
    at: datetime
    on: date


@leaves("restricted")
class PersonAssigned(Act):
    """A member put a person on council affairs: 62(7) binds from now on, and for good."""

    member: int
    person: str
    name: str
    at: datetime
    on: date


@leaves("restricted")
class PersonWithdrawn(Act):
    """A member took a person off council affairs; 62(7) binds on."""

    member: int
    person: str
    at: datetime
    on: date


@leaves("restricted")
class SecrecyAcknowledged(Act):
    """A person acknowledged the duty of secrecy and its penalty in writing (62(7), 95(1)(i))."""

    person: str
    statement: str
    words: str
    at: datetime
    on: date


@leaves("restricted")
class PersonAttested(Act):
    """Something was attested of a person that markings ask for."""

    person: str
    attribute: str
    value: str
    evidence: str
    last_day: date | None
    at: datetime
    on: date


# ---- Decisions of all members ----


@leaves("restricted")
class DecisionProposed(Act):
    """All members were asked to decide something."""

    number: int
    proposal: Proposal
    by: int
    on: date


@leaves("restricted")
class MemberConsented(Act):
    """A member consented to a proposal."""

    decision: int
    member: int
    on: date


@leaves("restricted")
class MemberObjected(Act):
    """A member did not consent to a proposal, and said why."""

    decision: int
    member: int
    reasons: str
    on: date


@leaves("restricted")
class ProposalDropped(Act):
    """A proposal was given up."""

    decision: int
    reasons: str
    on: date


@leaves("restricted", "decision")
class DecisionMade(Act):
    """All members have consented (recommendations of 2022-01-19, 2(2)④(d))."""

    decision: int
    members: tuple[int, ...]
    on: date


@leaves("restricted", "items")
class SensitivityAgreed(Act):
    """It was agreed which items are sensitive, how they are marked, in which scope and until when."""

    decision: int
    items: tuple[str, ...]
    marking: str
    scope: str
    until: date
    at: datetime


@leaves("internal", "project_id", "item_id", "reference", "handling", "until")
class HandlingDecided(Act):
    """How a result is handled: open, or closed until a day (62(4)(iii))."""

    project_id: str
    item_id: str
    reference: str | None
    handling: str
    until: date | None
    decision: int
    on: date


@leaves("restricted", "item_id")
class RestrictionAgreed(Act):
    """It was agreed to restrict the publication of a result: why, in which scope, until when."""

    item_id: str
    reference: str | None
    reasons: str
    scope: str
    until: date
    why_no_less: str
    decision: int
    at: datetime


@leaves("restricted", "restriction")
class RenewalAgreed(Act):
    """It was agreed to renew a restriction."""

    restriction: str
    until: date
    reasons: str
    why_no_less: str
    decision: int
    at: datetime


@leaves("restricted", "restriction")
class LiftingAgreed(Act):
    """It was agreed to lift a restriction before its end."""

    restriction: str
    reasons: str
    decision: int
    at: datetime


@leaves("restricted")
class RulesAdopted(Act):
    """The council gave itself rules (62(8))."""

    rules: Rules
    decision: int
    on: date


# ---- Towards others ----


@leaves("internal", "project_id", "gate", "view")
class StageGateViewGiven(Act):
    """The council gave its view before a stage gate of the project."""

    project_id: str
    gate: str
    view: GateView
    reasons: str
    on: date


@leaves("restricted")
class FindingReceived(Act):
    """A finding of commissioned research was handed to the council (64)."""

    commission: str
    number: int
    title: str
    on: date


COUNCIL_ACTS = (
    CouncilPlanned,
    FundCouncilBegun,
    OrganisersNamed,
    PrimeMinisterConsulted,
    PrimeMinisterAnswered,
    PrincipalConsented,
    PrincipalDeclined,
    ConsentOverdue,
    PrimeMinisterJoinedIn,
    CouncilEstablished,
    CouncilDissolved,
    MemberInvited,
    InvitationJoined,
    MemberJoined,
    MembershipDeclined,
    MemberLeft,
    PersonAssigned,
    PersonWithdrawn,
    SecrecyAcknowledged,
    PersonAttested,
    DecisionProposed,
    MemberConsented,
    MemberObjected,
    ProposalDropped,
    DecisionMade,
    SensitivityAgreed,
    HandlingDecided,
    RestrictionAgreed,
    RenewalAgreed,
    LiftingAgreed,
    RulesAdopted,
    StageGateViewGiven,
    FindingReceived,
)

"""Research that is entrusted (調査研究の委託): Art. 64.

The Prime Minister may entrust it, whole or in part, to a corporation that meets four criteria. Agencies may
give it information; its officers and staff are bound to secrecy; what it finds goes where its marking allows.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec.structs import replace

from services.council.data_files import read
from services.council.domain.council.members import Number
from services.council.domain.vocabulary import (
    CABINET_OFFICE,
    Agency,
    CaseId,
    Line,
    Marking,
    Name,
    Paper,
    Papers,
    PassDay,
    Reasons,
    Text,
    refuse_past,
    statement_of,
)
from services.council.roles import INFORMING_AGENCY, PRIME_MINISTER, THINK_TANK, THINK_TANK_STAFF
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, OrganisationId, Parties, PersonId
from services.platform.law.procedure import Given, Procedure, Refusal, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.statute import end_of

Part = Literal["whole", "part"]
"""全部又は一部 (64(2))."""
Criterion = Literal["i", "ii", "iii", "iv"]
"""The items of 64(2)."""
CRITERIA: tuple[Criterion, ...] = ("i", "ii", "iii", "iv")
Deals = Literal[
    "strengths", "trends", "socio_economic_conditions", "needs", "choice_of_technologies", "supply", "other"
]
"""What a deliverable or a finding deals with."""
Recipient = Literal["fund", "council", "supply", "infra_review"]
"""Who works with a finding: the service of that name."""


class Deliverable(Value):
    """Something the contract asks for, by a day."""

    title: Line
    deals_with: Deals
    due: date


@leaves("restricted")
class CommissionPlanned(Act):
    """The Prime Minister means to entrust research to somebody (64(2))."""

    organisation: str
    name: str
    part: Part
    subject: str
    technologies: tuple[str, ...]
    on: date


@leaves("restricted")
class AbilityAssessed(Act):
    """It was assessed whether one criterion of 64(2) is met, on which evidence."""

    criterion: Criterion
    met: bool
    evidence: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class CommissionDropped(Act):
    """The research is not entrusted to this body."""

    reasons: str
    on: date


@leaves("internal", "organisation", "name", "subject", "until")
class ResearchCommissioned(Act):
    """The research was entrusted: the body is now a 特定重要技術調査研究機関 (64(3))."""

    organisation: str
    name: str
    subject: str
    contract: str
    scope: str
    first_day: date
    until: date
    deliverables: tuple[Deliverable, ...]
    on: date


@leaves("internal", "until")
class CommissionExtended(Act):
    """The term of the contract was extended."""

    until: date
    reasons: str
    deliverables: tuple[Deliverable, ...]
    on: date


@leaves("internal", "last_day")
class CommissionEnded(Act):
    """The last day of the contract has passed; 64(4) binds on."""

    last_day: date


@leaves("restricted")
class StaffBound(Act):
    """An officer or staff member acknowledged the duty of secrecy and its penalty (64(4), 95(1)(i))."""

    person: str
    name: str
    statement: str
    words: str
    at: datetime
    on: date


@leaves("restricted")
class InformationAsked(Act):
    """The institution asked the head of an agency for information (64(3))."""

    number: int
    agency: str
    request: str
    on: date


@leaves("restricted")
class InformationProvided(Act):
    """The head of an agency gave information, to persons who have acknowledged the duty (64(3), (4))."""

    number: int
    information: str
    marking: str
    papers: tuple[Paper, ...]
    to: tuple[str, ...]
    on: date


@leaves("restricted")
class InformationDeclined(Act):
    """The head of an agency did not give the information: 64(3) says it may."""

    number: int
    reasons: str
    on: date


@leaves("restricted")
class DeliverableHandedIn(Act):
    """A deliverable was handed in."""

    deliverable: int
    summary: str
    papers: tuple[Paper, ...]
    late: bool
    on: date


@leaves("restricted")
class DeliverableAccepted(Act):
    """A deliverable was accepted: it is what the contract asks for."""

    deliverable: int
    on: date


@leaves("restricted")
class DeliverableReturned(Act):
    """A deliverable was returned: it is not what the contract asks for yet."""

    deliverable: int
    reasons: str
    on: date


@leaves("restricted", "to", "finding", "title", "deals_with", "technology", "marking", "council")
class FindingHandedOver(Act):
    """A finding was handed to those who work with it, as its marking allows."""

    to: Recipient
    finding: int
    title: str
    deals_with: Deals
    technology: str
    marking: str
    summary: str
    council: str | None
    on: date


class InformationRequest(Value):
    """Information asked of an agency, and whether it was given."""

    number: int
    agency: str
    request: str
    given_on: date | None = None
    declined_on: date | None = None

    @property
    def answered(self) -> bool:
        """Whether the agency has answered."""
        return self.given_on is not None or self.declined_on is not None


class Due(Value):
    """A deliverable and how far it has come."""

    number: int
    deliverable: Deliverable
    handed_in_on: date | None = None
    accepted_on: date | None = None


class Found(Value):
    """A finding that was handed over, and to whom."""

    number: int
    title: str
    marking: str
    to: tuple[str, ...]


class Commission(Value):
    """Research that is to be, is or was entrusted."""

    planned: CommissionPlanned | None = None
    assessed: tuple[AbilityAssessed, ...] = ()
    dropped_on: date | None = None
    contract: ResearchCommissioned | None = None
    until: date | None = None
    extensions: int = 0
    ended: bool = False
    bound: tuple[StaffBound, ...] = ()
    requests: tuple[InformationRequest, ...] = ()
    deliverables: tuple[Due, ...] = ()
    findings: tuple[Found, ...] = ()

    def newest(self, criterion: Criterion) -> AbilityAssessed | None:
        """The last assessment of a criterion."""
        return next((one for one in reversed(self.assessed) if one.criterion == criterion), None)

    @property
    def not_met(self) -> tuple[Criterion, ...]:
        """The criteria that are not, or not yet, found to be met."""
        return tuple(one for one in CRITERIA if not (found := self.newest(one)) or not found.met)

    def running(self, today: date) -> bool:
        """Whether the contract runs on a day, recorded or not."""
        return self.until is not None and today <= self.until


def evolve(state: Commission, act: Act) -> Commission:
    """The commission after `act`."""
    match act:
        case CommissionPlanned():
            return Commission(act)
        case AbilityAssessed():
            return replace(state, assessed=(*state.assessed, act))
        case CommissionDropped():
            return replace(state, dropped_on=act.on)
        case ResearchCommissioned():
            due = _numbered(state, act.deliverables)
            return replace(state, contract=act, until=act.until, deliverables=due)
        case CommissionExtended():
            due = _numbered(state, act.deliverables)
            return replace(
                state, until=act.until, extensions=state.extensions + 1, deliverables=due, ended=False
            )
        case CommissionEnded():
            return replace(state, ended=True)
        case StaffBound():
            return replace(state, bound=(*state.bound, act))
        case FindingHandedOver():
            return replace(state, findings=_found(state.findings, act))
    return _work(state, act)


def _work(state: Commission, act: Act) -> Commission:
    match act:
        case InformationAsked():
            asked = InformationRequest(act.number, act.agency, act.request)
            return replace(state, requests=(*state.requests, asked))
        case InformationProvided():
            return replace(state, requests=_with(state.requests, act.number, given_on=act.on))
        case InformationDeclined():
            return replace(state, requests=_with(state.requests, act.number, declined_on=act.on))
        case DeliverableHandedIn():
            handed = _with(state.deliverables, act.deliverable, handed_in_on=act.on)
            return replace(state, deliverables=handed)
        case DeliverableAccepted():
            return replace(state, deliverables=_with(state.deliverables, act.deliverable, accepted_on=act.on))
        case DeliverableReturned():
            return replace(state, deliverables=_with(state.deliverables, act.deliverable, handed_in_on=None))
    raise TypeError(f"{type(act).__name__} is no act of a commission")


def _with(rows: tuple, number: int, **changed: date | None) -> tuple:  # type: ignore[type-arg]
    return tuple(replace(one, **changed) if one.number == number else one for one in rows)


def _numbered(state: Commission, added: tuple[Deliverable, ...]) -> tuple[Due, ...]:
    first = len(state.deliverables) + 1
    return (*state.deliverables, *(Due(number, one) for number, one in enumerate(added, start=first)))


def _found(findings: tuple[Found, ...], act: FindingHandedOver) -> tuple[Found, ...]:
    before = next((one for one in findings if one.number == act.finding), None)
    if before is None:
        return (*findings, Found(act.finding, act.title, act.marking, (act.to,)))
    return _with_recipient(findings, act)


def _with_recipient(findings: tuple[Found, ...], act: FindingHandedOver) -> tuple[Found, ...]:
    return tuple(replace(one, to=(*one.to, act.to)) if one.number == act.finding else one for one in findings)


def parties(state: Commission) -> Parties:
    """Whose case it is: the Prime Minister's, and once entrusted the institution's and theirs it asks."""
    if state.planned is None:
        return NOBODY
    entrusted = state.contract is not None
    return Parties.of(
        {
            PRIME_MINISTER: CABINET_OFFICE,
            THINK_TANK: state.planned.organisation if entrusted else None,
            THINK_TANK_STAFF: [one.person for one in state.bound],
            INFORMING_AGENCY: [one.agency for one in state.requests],
        }
    )


commission: Procedure[Commission] = Procedure(
    name="commission",
    title="Research entrusted to a think tank",
    title_ja="調査研究の委託",
    initial=Commission(),
    evolve=evolve,
    acts=(
        CommissionPlanned,
        AbilityAssessed,
        CommissionDropped,
        ResearchCommissioned,
        CommissionExtended,
        CommissionEnded,
        StaffBound,
        InformationAsked,
        InformationProvided,
        InformationDeclined,
        DeliverableHandedIn,
        DeliverableAccepted,
        DeliverableReturned,
        FindingHandedOver,
    ),
    parties=parties,
    stages=(
        end("Dropped", "Not entrusted", "委託の見送り", "64(2)", lambda s: s.dropped_on is not None),
        end("Ended", "The contract has ended", "委託の終了", "64(2)", lambda s: s.ended),
        Stage(
            "UnderContract",
            "Entrusted until the last day of the contract",
            "委託中",
            "64(2), (3)",
            lambda s: s.contract is not None,
            until=lambda s: end_of(s.until) if s.until else None,
            then=("Ended",),
        ),
        Stage(
            "AwaitContract",
            "All criteria are found to be met",
            "契約待ち",
            "64(2)",
            lambda s: not s.not_met,
            then=("UnderContract", "Dropped", "Assessment"),
        ),
        Stage(
            "Assessment",
            "Whether the criteria are met is assessed",
            "基準適合性の確認",
            "64(2)(i), (ii), (iii), (iv)",
            lambda _: True,
            then=("AwaitContract", "Dropped"),
        ),
    ),
    crowded=True,
)

# ---- The rules ----


@rule("commission_decided", "64(2)")
def not_decided(state: Commission, _: Given) -> bool:
    """The research was neither entrusted nor dropped."""
    return state.contract is None and state.dropped_on is None


@rule("not_entrusted", "64(2)")
def entrusted(state: Commission, _: Given) -> bool:
    """The research was entrusted."""
    return state.contract is not None


@rule("commission_over", "64(2)", explain=lambda state, _: {"last_day": state.until})
def under_contract(state: Commission, given: Given) -> bool:
    """The contract runs."""
    return state.running(given.today)


@rule("commission_runs", "64(2)", explain=lambda state, _: {"last_day": state.until})
def has_run_out(state: Commission, given: Given) -> bool:
    """The last day has passed, and nobody has recorded that."""
    return state.until is not None and not state.ended and given.today > state.until


# ---- Entrusting ----


class PlanCommission(Value):
    """To whom, whether that is a corporation, whether all or part, what about, and which technologies."""

    organisation: OrganisationId
    name: Name
    corporation: bool
    part: Part
    subject: Reasons
    technologies: Annotated[tuple[Name, ...], Len(0, 100)] = ()

    @property
    def parties(self) -> Parties:
        """The Prime Minister; the body is none before it is entrusted."""
        return Parties.of({PRIME_MINISTER: CABINET_OFFICE})


@commission.act("64(1), (2)", by=[PRIME_MINISTER], opens=True)
def plan_commission(_: Commission, command: PlanCommission, given: Given) -> Acts:
    """Plan to entrust research, as the Prime Minister."""
    refuse_if(not command.corporation, "not_a_corporation", "64(2)", organisation=command.organisation)
    yield CommissionPlanned(
        command.organisation,
        command.name,
        command.part,
        command.subject,
        command.technologies,
        given.today,
    )


class AssessAbility(Value):
    """Which criterion, whether it is met, and on which evidence."""

    criterion: Criterion
    met: bool
    evidence: Reasons
    papers: Papers = ()


@commission.act("64(2)(i), (ii), (iii), (iv)", by=[PRIME_MINISTER], when=[not_decided])
def assess_ability(_: Commission, command: AssessAbility, given: Given) -> Acts:
    """Assess one of the four criteria; a later assessment stands for an earlier one."""
    yield AbilityAssessed(command.criterion, command.met, command.evidence, command.papers, given.today)


class DropCommission(Value):
    """Why the research is not entrusted to this body."""

    reasons: Reasons


@commission.act("64(2)", by=[PRIME_MINISTER], when=[not_decided])
def drop_commission(_: Commission, command: DropCommission, given: Given) -> Acts:
    """Not entrust the research to this body."""
    yield CommissionDropped(command.reasons, given.today)


class EntrustResearch(Value):
    """The contract: its number, its scope, its first and last day, and what is to be handed in when."""

    contract: Name
    scope: Reasons
    first_day: date
    until: date
    deliverables: Annotated[tuple[Deliverable, ...], Len(1, 100)]


@commission.act("64(2)", by=[PRIME_MINISTER], when=[not_decided])
def entrust_research(state: Commission, command: EntrustResearch, given: Given) -> Acts:
    """Entrust the research (委託) to a body that meets every criterion."""
    planned = state.planned
    assert planned is not None
    missing = ", ".join(f"64(2)({one})" for one in state.not_met)
    refuse_if(bool(missing), "criteria_not_met", criteria=missing)
    refuse_past(command.until, given, "64(2)")
    backwards = command.until < command.first_day
    refuse_if(backwards, "last_day_before_first", first=command.first_day, last=command.until)
    _refuse_outside(command.deliverables, command.first_day, command.until)
    yield ResearchCommissioned(
        planned.organisation,
        planned.name,
        planned.subject,
        command.contract,
        command.scope,
        command.first_day,
        command.until,
        command.deliverables,
        given.today,
    )


class ExtendCommission(Value):
    """Until when, why, and what more is to be handed in."""

    until: date
    reasons: Reasons
    deliverables: Annotated[tuple[Deliverable, ...], Len(0, 100)] = ()


@commission.act("64(2)", by=[PRIME_MINISTER], when=[entrusted, under_contract])
def extend_commission(state: Commission, command: ExtendCommission, given: Given) -> Acts:
    """Extend the term of the contract, for research over years (継続性)."""
    assert state.until is not None
    short = command.until <= state.until
    refuse_if(short, "not_later_than_before", until=state.until, asked=command.until)
    _refuse_outside(command.deliverables, given.today, command.until)
    yield CommissionExtended(command.until, command.reasons, command.deliverables, given.today)


@commission.act("64(2)", by=[THE_CLOCK], when=[entrusted, has_run_out])
def end_commission(state: Commission, _: PassDay, __: Given) -> Acts:
    """Record that the contract has ended, by its last day however late that is noticed."""
    assert state.until is not None
    yield CommissionEnded(state.until)


# ---- Secrecy and information ----


class BindStaff(Value):
    """Who acknowledged which statement of the duty, in which words, as the institution's paper shows."""

    person: PersonId
    name: Name
    statement: Name
    words: Line


@commission.act("64(4)", by=[THINK_TANK], when=[entrusted, under_contract])
def bind_staff(state: Commission, command: BindStaff, given: Given) -> Acts:
    """Hand in an officer's or staff member's acknowledgement of the duty; it binds with it or without."""
    known = any(one.person == command.person for one in state.bound)
    refuse_if(known, "already_acknowledged", person=command.person)
    stands = statement_of("think_tank", given.today)
    refuse_if(command.statement != stands.id, "another_statement_stands", statement=stands.id)
    yield StaffBound(command.person, command.name, command.statement, command.words, given.at, given.today)


class AskInformation(Value):
    """Of which agency, and what the research needs."""

    agency: Agency
    request: Reasons


@commission.act("64(3)", by=[THINK_TANK], when=[entrusted, under_contract])
def ask_information(state: Commission, command: AskInformation, given: Given) -> Acts:
    """Ask the head of an agency for information and material that the research needs."""
    yield InformationAsked(len(state.requests) + 1, command.agency, command.request, given.today)


class ProvideInformation(Value):
    """To which request, what, how it is marked, and to which persons it goes."""

    request: Number
    information: Text
    marking: Marking
    to: Annotated[tuple[PersonId, ...], Len(1, 100)]
    papers: Papers = ()


@commission.act("64(3)", by=[INFORMING_AGENCY], when=[entrusted, under_contract])
def provide_information(state: Commission, command: ProvideInformation, given: Given) -> Acts:
    """Give information, as the head of the agency asked, to persons who have acknowledged the duty."""
    _refuse_unless_asked(state, command.request, given)
    _marking(command.marking, given)
    bound = {one.person for one in state.bound}
    strangers = ", ".join(one for one in command.to if one not in bound)
    refuse_if(bool(strangers), "secrecy_not_acknowledged", "64(4)", persons=strangers)
    yield InformationProvided(
        command.request, command.information, command.marking, command.papers, command.to, given.today
    )


class DeclineInformation(Value):
    """Which request, and why."""

    request: Number
    reasons: Reasons


@commission.act("64(3)", by=[INFORMING_AGENCY], when=[entrusted])
def decline_information(state: Commission, command: DeclineInformation, given: Given) -> Acts:
    """Not give the information: 64(3) lets the head of an agency choose."""
    _refuse_unless_asked(state, command.request, given)
    yield InformationDeclined(command.request, command.reasons, given.today)


# ---- What comes of it ----


class HandInDeliverable(Value):
    """Which deliverable, what it says in short, and its papers."""

    deliverable: Number
    summary: Text
    papers: Papers = ()


@commission.act("64(2)", by=[THINK_TANK], when=[entrusted])
def hand_in_deliverable(state: Commission, command: HandInDeliverable, given: Given) -> Acts:
    """Hand in a deliverable (成果物)."""
    due = _deliverable(state, command.deliverable)
    refuse_if(due.handed_in_on is not None, "deliverable_handed_in", number=due.number)
    late = given.today > due.deliverable.due
    yield DeliverableHandedIn(due.number, command.summary, command.papers, late, given.today)


class AcceptDeliverable(Value):
    """Which deliverable."""

    deliverable: Number


@commission.act("64(2)", by=[PRIME_MINISTER], when=[entrusted])
def accept_deliverable(state: Commission, command: AcceptDeliverable, given: Given) -> Acts:
    """Accept a deliverable."""
    _refuse_unless_in(_deliverable(state, command.deliverable))
    yield DeliverableAccepted(command.deliverable, given.today)


class ReturnDeliverable(Value):
    """Which deliverable, and what it lacks."""

    deliverable: Number
    reasons: Reasons


@commission.act("64(2)", by=[PRIME_MINISTER], when=[entrusted])
def return_deliverable(state: Commission, command: ReturnDeliverable, given: Given) -> Acts:
    """Return a deliverable that is not what the contract asks for."""
    _refuse_unless_in(_deliverable(state, command.deliverable))
    yield DeliverableReturned(command.deliverable, command.reasons, given.today)


class HandOverFinding(Value):
    """A finding: what it deals with, how it is marked, what it says, and who is to work with it."""

    title: Line
    deals_with: Deals
    technology: Name
    marking: Marking
    summary: Text
    to: Annotated[tuple[Recipient, ...], Len(1, 4)]
    council: CaseId | None = None
    """Which council, where one is among them."""


@commission.act("64(1)", by=[PRIME_MINISTER], when=[entrusted])
def hand_over_finding(state: Commission, command: HandOverFinding, given: Given) -> Acts:
    """Hand a finding to those who work with it, as its marking allows."""
    allowed = _marking(command.marking, given)["handed_to"]
    forbidden = ", ".join(one for one in command.to if one not in allowed)
    refuse_if(bool(forbidden), "marking_forbids_handing_over", marking=command.marking, recipients=forbidden)
    number = len(state.findings) + 1
    for to in dict.fromkeys(command.to):
        yield FindingHandedOver(
            to,
            number,
            command.title,
            command.deals_with,
            command.technology,
            command.marking,
            command.summary,
            command.council if to == "council" else None,
            given.today,
        )


def _marking(name: str, given: Given) -> dict[str, list[str]]:
    rows = [one for one in read("markings")["marking"] if one["from"] <= given.today]
    known: dict[str, dict[str, list[str]]] = {one["name"]: one for one in rows}
    if name not in known:
        raise Refusal("no_such_marking", "64(3)", known=", ".join(known))
    return known[name]


def _deliverable(state: Commission, number: int) -> Due:
    found = next((one for one in state.deliverables if one.number == number), None)
    if found is None:
        raise Refusal("no_such_deliverable", "64(2)", number=number)
    return found


def _refuse_unless_in(due: Due) -> None:
    refuse_if(due.handed_in_on is None, "deliverable_not_handed_in", number=due.number)
    refuse_if(due.accepted_on is not None, "deliverable_accepted", number=due.number)


def _refuse_unless_asked(state: Commission, number: int, given: Given) -> None:
    asked = next((one for one in state.requests if one.number == number), None)
    mine = asked is not None and asked.agency == given.by.ministry
    refuse_if(not mine, "no_such_information_request", number=number)
    refuse_if(asked is not None and asked.answered, "request_answered", number=number)


def _refuse_outside(deliverables: tuple[Deliverable, ...], first: date, last: date) -> None:
    for one in deliverables:
        outside = not first <= one.due <= last
        refuse_if(outside, "due_outside_contract", due=one.due, first=first, last=last)

"""A project as it stands: its phases with their money, gates, results and uses."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from services.fund.domain.project.acts import (
    PROJECT_ACTS,
    CouncilViewHeard,
    FollowUpEnded,
    GateDecided,
    GateEvaluated,
    GateEvaluatorAppointed,
    GrantDecided,
    Handling,
    HandlingHeard,
    IndividualResearchFed,
    LeakMeasuresSet,
    MilestoneReached,
    PaymentReturned,
    PhaseEnded,
    PhasePaid,
    PhaseSettled,
    PhaseStarted,
    ResultPublished,
    ResultRegistered,
    SettlementFinished,
    TrlAssessed,
    UseFollowed,
    UseRecorded,
    WorkInspected,
    WorkReported,
)
from services.fund.domain.proposal.content import PhasePlan
from services.fund.researchers import Member
from services.fund.roles import (
    AGENCY,
    CABINET_OFFICE,
    EVALUATOR,
    INSTITUTION,
    MINISTRY,
    PRINCIPAL,
    PROGRAM_OFFICE,
    RESEARCHER,
    USER_COMPANY,
    USER_MINISTRY,
)
from services.platform.law.acts import Act
from services.platform.law.parties import NOBODY, Parties, is_organisation
from services.platform.law.procedure import Procedure, Stage, end
from services.platform.law.values import Value
from services.statute.days import end_of


class Gate(Value):
    """The stage gate after a phase: what evaluators and the council said, and what was decided."""

    evaluations: tuple[GateEvaluated, ...] = ()
    view: CouncilViewHeard | None = None
    decided: GateDecided | None = None


class Phase(Value):
    """A phase: its plan, what was done in it, and its money in yen."""

    number: int
    plan: PhasePlan
    measures: LeakMeasuresSet | None = None
    started_on: date | None = None
    reached: tuple[MilestoneReached, ...] = ()
    reported: int = 0
    accepted: int = 0
    paid: int = 0
    returned: int = 0
    settled: PhaseSettled | None = None
    ended: bool = False
    gate: Gate = Gate()

    @property
    def return_due(self) -> int:
        """What was paid beyond the settled cost and has not come back."""
        return self.settled.return_yen - self.returned if self.settled else 0

    def late(self, on: date) -> tuple[str, ...]:
        """The milestones whose day has passed without their being reached."""
        done = {one.milestone for one in self.reached}
        due = enumerate(self.plan.milestones, start=1)
        return tuple(one.name for number, one in due if number not in done and one.due < on)


class Result(Value):
    """A result: how it is handled, and where it was published."""

    registered: ResultRegistered
    handling: Handling | None = None
    published_as: str | None = None


class Use(Value):
    """A use of the results, and what was learnt of it over the years."""

    recorded: UseRecorded
    followed: tuple[UseFollowed, ...] = ()


class Evaluator(Value):
    """An evaluator of the gates."""

    person: str
    organisations: tuple[str, ...]


class Project(Value):
    """A project as it stands."""

    granted: GrantDecided | None = None
    members: tuple[str, ...] = ()
    people: tuple[Member, ...] = ()
    trl: int = 1
    phases: tuple[Phase, ...] = ()
    committed: int = 0
    evaluators: tuple[Evaluator, ...] = ()
    fed_by: tuple[IndividualResearchFed, ...] = ()
    results: tuple[Result, ...] = ()
    uses: tuple[Use, ...] = ()
    follow_until: date | None = None
    settlement_finished_on: date | None = None
    follow_up_ended: bool = False

    @property
    def ending(self) -> GateDecided | None:
        """The decision by which the research ends, if it was taken."""
        decided = (phase.gate.decided for phase in self.phases if phase.gate.decided)
        return next((one for one in decided if one.decision in ("stop", "graduate")), None)

    @property
    def current(self) -> Phase | None:
        """The phase that goes on, is being prepared, or stands at its gate; None when the research ended."""
        if self.ending is not None:
            return None
        return next((phase for phase in self.phases if phase.gate.decided is None), None)

    @property
    def paid(self) -> int:
        """What was paid and has not come back."""
        return sum(phase.paid - phase.returned for phase in self.phases)

    @property
    def left(self) -> int:
        """What of the promise has not been paid."""
        return self.committed - sum(phase.paid for phase in self.phases)


def evolve(state: Project, act: Act) -> Project:
    """The project after `act`."""
    match act:
        case GrantDecided():
            return Project(
                act,
                act.members,
                act.people,
                act.trl,
                tuple(Phase(number, plan) for number, plan in enumerate(act.phases, start=1)),
                act.yen,
            )
        case LeakMeasuresSet():
            return _phase(state, act.phase, measures=act)
        case PhaseStarted():
            return _phase(state, act.phase, started_on=act.on)
        case MilestoneReached():
            return _phase(state, act.phase, reached=(*state.phases[act.phase - 1].reached, act))
        case TrlAssessed():
            return replace(state, trl=act.trl)
        case WorkReported():
            return _phase(state, act.phase, reported=state.phases[act.phase - 1].reported + act.yen)
        case WorkInspected():
            accepted = state.phases[act.phase - 1].accepted + act.accepted_yen
            return _phase(state, act.phase, accepted=accepted, reported=0)
        case PhasePaid():
            return _phase(state, act.phase, paid=state.phases[act.phase - 1].paid + act.yen)
        case PhaseEnded():
            return _phase(state, act.phase, ended=True)
        case GateEvaluatorAppointed():
            appointed = Evaluator(act.person, act.organisations)
            return replace(state, evaluators=(*state.evaluators, appointed))
        case GateEvaluated():
            gate = state.phases[act.gate - 1].gate
            return _phase(state, act.gate, gate=replace(gate, evaluations=(*gate.evaluations, act)))
        case CouncilViewHeard():
            return _phase(state, act.gate, gate=replace(state.phases[act.gate - 1].gate, view=act))
        case GateDecided():
            return _gated(state, act)
        case PhaseSettled():
            return _phase(state, act.phase, settled=act)
        case PaymentReturned():
            return _phase(state, act.phase, returned=state.phases[act.phase - 1].returned + act.yen)
        case IndividualResearchFed():
            return replace(state, fed_by=(*state.fed_by, act))
        case ResultRegistered():
            return replace(state, results=(*state.results, Result(act)))
        case HandlingHeard():
            return _result(state, act.item_id, handling=act.handling)
        case ResultPublished():
            return _result(state, act.item_id, published_as=act.published_as)
        case UseRecorded():
            return replace(state, uses=(*state.uses, Use(act)))
        case UseFollowed():
            uses = list(state.uses)
            one = uses[act.use - 1]
            uses[act.use - 1] = replace(one, followed=(*one.followed, act))
            return replace(state, uses=tuple(uses))
        case SettlementFinished():
            committed = state.committed - act.released_yen
            return replace(state, settlement_finished_on=act.on, committed=committed)
        case FollowUpEnded():
            return replace(state, follow_up_ended=True)
    raise TypeError(f"{type(act).__name__} is no act of a project")


def _phase(state: Project, number: int, **changed: object) -> Project:
    phases = list(state.phases)
    phases[number - 1] = replace(phases[number - 1], **changed)
    return replace(state, phases=tuple(phases))


def _result(state: Project, item_id: str, **changed: object) -> Project:
    results = tuple(
        replace(one, **changed) if one.registered.item_id == item_id else one for one in state.results
    )
    return replace(state, results=results)


def _gated(state: Project, act: GateDecided) -> Project:
    state = _phase(state, act.gate, gate=replace(state.phases[act.gate - 1].gate, decided=act))
    phases = state.phases
    if act.phases:
        done = phases[: act.gate]
        phases = (*done, *(Phase(n, plan) for n, plan in enumerate(act.phases, start=act.gate + 1)))
    return replace(
        state,
        phases=phases,
        members=act.members or state.members,
        people=act.people or state.people,
        committed=act.committed,
        follow_until=act.follow_until,
    )


def parties_of(
    agency: str, ministry: str, principal: str, institutions: tuple[str, ...], users: tuple[str, ...] = ()
) -> Parties:
    """The agency, its ministry, the Prime Minister, the principal researcher and the institutions."""
    return Parties.of(
        {
            INSTITUTION: institutions,
            PRINCIPAL: principal,
            AGENCY: agency,
            MINISTRY: ministry,
            PROGRAM_OFFICE: CABINET_OFFICE,
            USER_COMPANY: [one for one in users if is_organisation(one)],
            USER_MINISTRY: [one for one in users if not is_organisation(one)],
        }
    )


def parties(state: Project) -> Parties:
    """Those of the grant, who evaluates the gates, and who uses the results."""
    granted = state.granted
    if granted is None:
        return NOBODY
    users = tuple(use.recorded.user for use in state.uses)
    held = parties_of(granted.agency, granted.ministry, granted.principal, state.members, users).held
    judging = [one.person for one in state.evaluators]
    carrying_out = [one.person for one in state.people]
    return Parties({**held, **Parties.of({EVALUATOR: judging, RESEARCHER: carrying_out}).held})


def _phase_end(state: Project) -> datetime | None:
    return end_of(state.current.plan.ends) if state.current else None


project: Procedure[Project] = Procedure(
    name="project",
    title="Research project",
    title_ja="研究開発プロジェクト・個別研究",
    initial=Project(),
    evolve=evolve,
    acts=PROJECT_ACTS,
    parties=parties,
    stages=(
        end(
            "Closed",
            "Over: settled, and the use of its results no longer followed",
            "終了",
            "61",
            lambda s: s.settlement_finished_on is not None and (s.follow_until is None or s.follow_up_ended),
        ),
        Stage(
            "FollowUp",
            "Settled; the use of its results is followed",
            "社会実装の追跡",
            "61",
            when=lambda s: s.settlement_finished_on is not None,
            until=lambda s: end_of(s.follow_until) if s.follow_until else None,
            then=("Closed",),
        ),
        Stage(
            "Settlement",
            "Ended; costs are settled and money returned",
            "精算",
            "63(3)",
            when=lambda s: s.ending is not None,
            then=("FollowUp", "Closed"),
        ),
        Stage(
            "AtGate",
            "At a stage gate",
            "ステージゲート",
            "61",
            when=lambda s: s.current is not None and s.current.ended,
            then=("Preparation", "Settlement"),
        ),
        Stage(
            "InPhase",
            "In a phase, until its last day",
            "フェーズ実施中",
            "61",
            when=lambda s: s.current is not None and s.current.started_on is not None,
            until=_phase_end,
            then=("AtGate",),
        ),
        Stage(
            "Preparation",
            "A phase is to start; its measures against leaks are set",
            "フェーズ開始準備",
            "61",
            when=lambda _: True,
            then=("InPhase", "AtGate"),
        ),
    ),
)

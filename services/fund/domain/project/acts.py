"""What happens in a project, in the order of its life."""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.fund.domain.call.state import ResearchType
from services.fund.domain.proposal.content import PhasePlan
from services.fund.researchers import Member
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value

Decision = Literal["continue", "change", "stop", "graduate"]
"""What a stage gate (ステージゲート) comes to."""
ResultKind = Literal["paper", "patent", "data", "software", "prototype"]
Handling = Literal["open", "closed"]
"""オープン・クローズ."""
UseKind = Literal["civil", "public"]
"""民生利用 or 公的利用."""


@leaves(
    "internal",
    "project_id",
    "title",
    "agency",
    "ministry",
    "principal",
    "members",
    "research_type",
    "fund",
)
class GrantDecided(Act):
    """Money was granted and the project opened; its council is to be organised (63(4))."""

    project_id: str
    call: str
    proposal: str
    fund: str
    title: str
    research_type: ResearchType
    field: str
    technology: str
    agency: str
    ministry: str
    principal: str
    institution: str
    members: tuple[str, ...]
    """The organisations that take part."""
    people: tuple[Member, ...]
    trl: int
    phases: tuple[PhasePlan, ...]
    yen: int
    on: date


class Measure(Value):
    """A measure against leaks of technology: its code in the catalogue, and why it fits."""

    code: str
    reasons: str


@leaves("internal", "phase")
class LeakMeasuresSet(Act):
    """The measures against leaks of technology (技術流出防止) of a phase were set."""

    phase: int
    technology: str
    trl: int
    measures: tuple[Measure, ...]
    catalogue_on: date
    on: date


@leaves("internal", "phase")
class PhaseStarted(Act):
    """A phase began."""

    phase: int
    on: date


@leaves("internal", "phase")
class MilestoneReached(Act):
    """A milestone was reached."""

    phase: int
    milestone: int
    evidence: str
    reached_on: date


@leaves("internal", "phase")
class TrlAssessed(Act):
    """The level that the technology has reached was assessed."""

    phase: int
    trl: int
    reasons: str
    on: date


@leaves("internal", "phase")
class WorkReported(Act):
    """Work and its cost were reported, for an inspection."""

    phase: int
    yen: int
    report: str
    on: date


@leaves("internal", "phase")
class WorkInspected(Act):
    """The reported work was inspected (検査), and so much of its cost accepted."""

    phase: int
    accepted_yen: int
    findings: str
    on: date


@leaves("internal", "phase", "yen")
class PhasePaid(Act):
    """Money was paid for a phase."""

    phase: int
    yen: int
    on: date


@leaves("internal", "phase")
class PhaseEnded(Act):
    """A phase reached its last day, or was brought before its gate early: there a stage gate stands."""

    phase: int
    last_day: date
    reasons: str | None = None
    """Why it was brought there before its last day."""


@leaves("internal")
class GateEvaluatorAppointed(Act):
    """An evaluator of the stage gates was appointed."""

    person: str
    organisations: tuple[str, ...]
    on: date


@leaves("internal", "gate")
class GateEvaluated(Act):
    """An evaluator judged what a phase came to."""

    gate: int
    person: str
    recommendation: Decision
    reasons: str
    on: date


@leaves("internal", "gate")
class CouncilViewHeard(Act):
    """The council told its view of a stage gate."""

    gate: int
    view: str
    on: date


@leaves("internal", "gate", "decision")
class GateDecided(Act):
    """It was decided at a stage gate how the project goes on."""

    gate: int
    decision: Decision
    reasons: str
    without_view: str | None
    """Why the council's view was not awaited."""
    phases: tuple[PhasePlan, ...]
    """The phases to come, if they are changed."""
    members: tuple[str, ...]
    people: tuple[Member, ...]
    """The team, if it is changed."""
    committed: int
    """What the project is promised in all from now on."""
    follow_until: date | None
    on: date


@leaves("internal", "phase")
class PhaseSettled(Act):
    """What a phase cost in the end was settled (額の確定)."""

    phase: int
    spent_yen: int
    return_yen: int
    reasons: str
    on: date


@leaves("internal", "phase", "yen")
class PaymentReturned(Act):
    """Money paid beyond the cost came back."""

    phase: int
    yen: int
    on: date


@leaves("internal", "individual")
class IndividualResearchFed(Act):
    """What an individual research came to was taken up in this project."""

    individual: str
    what: str
    on: date


@leaves("internal", "item_id", "kind")
class ResultRegistered(Act):
    """A result was registered; the council decides how it is handled (62(4)(iii))."""

    item_id: str
    kind: ResultKind
    title: str
    phase: int
    on: date


@leaves("internal", "item_id", "handling")
class HandlingHeard(Act):
    """The council told how a result is handled."""

    item_id: str
    handling: Handling
    on: date


@leaves("public", "item_id", "kind", "published_as")
class ResultPublished(Act):
    """A result was made public."""

    item_id: str
    kind: ResultKind
    published_as: str
    on: date


@leaves("internal", "use")
class UseRecorded(Act):
    """A ministry or a company uses what the project came to (社会実装)."""

    use: int
    kind: UseKind
    user: str
    what: str
    items: tuple[str, ...]
    since: date
    on: date


@leaves("internal", "use")
class UseFollowed(Act):
    """It was asked what became of a use."""

    use: int
    state: str
    still_used: bool
    on: date


@leaves("internal")
class SettlementFinished(Act):
    """Everything is settled and returned; what is left of the promise is released."""

    released_yen: int
    on: date


@leaves("internal")
class FollowUpEnded(Act):
    """The years of following the use of the results are over."""

    last_day: date


PROJECT_ACTS = (
    GrantDecided,
    LeakMeasuresSet,
    PhaseStarted,
    MilestoneReached,
    TrlAssessed,
    WorkReported,
    WorkInspected,
    PhasePaid,
    PhaseEnded,
    GateEvaluatorAppointed,
    GateEvaluated,
    CouncilViewHeard,
    GateDecided,
    PhaseSettled,
    PaymentReturned,
    IndividualResearchFed,
    ResultRegistered,
    HandlingHeard,
    ResultPublished,
    UseRecorded,
    UseFollowed,
    SettlementFinished,
    FollowUpEnded,
)

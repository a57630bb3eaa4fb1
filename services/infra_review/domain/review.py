"""The review of a plan (導入等計画書の審査): what has happened to it, and the periods that follow from that.

A notification (Art. 52) and the draft of an important change (Art. 54) are reviewed alike, so both procedures
share this state. Every period is computed from the days recorded here; none is stored.
"""

from __future__ import annotations

from dataclasses import replace as with_record
from datetime import date, datetime
from typing import Literal

from msgspec.structs import replace

from services.infra_review.domain.measures import state as ladder
from services.infra_review.domain.measures.state import Measures
from services.infra_review.plan.model import Plan
from services.infra_review.roles import filed_by
from services.platform.law.acts import Act, leaves
from services.platform.law.parties import Parties
from services.platform.law.procedure import Procedure, Stage, end
from services.platform.law.values import Value
from services.platform.shared.completion import Shortcoming
from services.platform.shared.consultation import Consultation
from services.platform.shared.words import Necessity
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping
from services.statute import Deadline, period
from services.statute.clock import Clock, Fact, Kind, clock

# ---- Acts ----


@leaves("internal", "operator_id", "business", "sector", "ministries", "arrived_on", "amends")
class PlanFiled(Act):
    """The plan reached the government (届出の到達); its review begins only when it is accepted."""

    organisation: str
    operator_id: str
    business: str
    sector: str
    ministries: tuple[str, ...]
    plan: Plan
    electronic_notices: bool
    arrived_at: datetime
    arrived_on: date
    amends: str | None = None
    after_emergency: bool = False
    """Whether the plan changed is that of an emergency report, or of a change of one (Art. 54(5))."""


@leaves("internal", "on")
class PlanReturned(Act):
    """The plan was returned for completion (補正), with what is missing."""

    shortcomings: tuple[Shortcoming, ...]
    on: date


@leaves("internal", "on")
class PlanCompleted(Act):
    """The operator put the plan right and filed it again, whole."""

    plan: Plan
    on: date


@leaves("internal", "at", "on")
class PlanAccepted(Act):
    """The notification was accepted (受理): this day is the first of the thirty (Art. 52(3))."""

    at: datetime
    on: date


@leaves("internal", "on")
class PlanWithdrawn(Act):
    """The operator withdrew the plan (取下げ): there is nothing left to review."""

    on: date


Ground = Literal["review_not_needed", "not_highly_likely"]


@leaves("internal", "until")
class StandstillShortened(Act):
    """The standstill now ends on `until`, which is its last day (Arts. 52(3) proviso, 52(5))."""

    until: date
    ground: Ground
    reasons: str
    on: date


@leaves("internal", "until")
class StandstillExtended(Act):
    """The standstill now ends on `until`, which is its last day (Art. 52(4))."""

    until: date
    purpose: Literal["review", "recommendation", "order"]
    necessity: Necessity
    on: date


@leaves("internal", "free_from", "because")
class PlanFreed(Act):
    """Introduction or outsourcing is free from 00:00 of `free_from`, or at once on it (Art. 52(9))."""

    free_from: date
    because: Literal["standstill_over", "changed_plan_filed"]


@leaves("internal", "change_id")
class ChangeNoted(Act):
    """The draft of an important change of this plan was filed as another case (Art. 54(1))."""

    change_id: str
    on: date


@leaves("internal", "on")
class ChangeReported(Act):
    """A change that is neither important nor minor was reported; `plan` is the plan after it (Art. 54(4))."""

    plan: Plan
    places: tuple[str, ...]
    on: date


@leaves("internal", "changed_on", "on")
class UrgentChangeNotified(Act):
    """An important change, made because it could not wait, was notified afterwards (Art. 54(1), (3))."""

    plan: Plan
    places: tuple[str, ...]
    changed_on: date
    circumstances: str
    on: date


@leaves("restricted", "on")
class PlanReplaced(Act):
    """The plan is now the one changed as a review of equipment in use asked (Arts. 55(3), 52(8))."""

    plan: Plan
    review_id: str
    on: date


REVIEW_ACTS = (
    PlanFiled,
    PlanReturned,
    PlanCompleted,
    PlanAccepted,
    PlanWithdrawn,
    StandstillShortened,
    StandstillExtended,
    *ladder.MEASURES_ACTS,
    PlanFreed,
    ChangeNoted,
    ChangeReported,
    UrgentChangeNotified,
    PlanReplaced,
)


# ---- State ----

NOTHING_YET = Measures()


class Review(Value):
    """A plan and what has happened to it since it arrived."""

    organisation: str | None = None
    operator_id: str = ""
    amends: str | None = None
    """The case whose plan this draft would change (Art. 54(1))."""
    business: str = ""
    sector: str = ""
    ministries: tuple[str, ...] = ()
    plan: Plan | None = None
    electronic_notices: bool = False
    arrived_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_on: date | None = None
    returned: tuple[Shortcoming, ...] = ()
    """What the plan was returned for; empty when it has not been, or has been completed since."""
    moves: tuple[Fact, ...] = ()
    """How the standstill was extended and shortened, in order."""
    measures: Measures = NOTHING_YET
    freed: PlanFreed | None = None
    withdrawn_on: date | None = None
    timekeeping: Timekeeping = NOTHING_KEPT
    amended_by: str | None = None
    """The latest case that would change, or has changed, this plan (Art. 54(1))."""
    after_emergency: bool = False
    """Whether Art. 54 applies as 54(5) rewords it: the plan goes back to an emergency report."""
    replaced_in: tuple[str, ...] = ()
    """The reviews of equipment in use whose changed plan this case has taken over."""

    @property
    def clock(self) -> Clock | None:
        """The clock of the standstill (禁止期間, Art. 52(3)-(5)); None before acceptance."""
        if self.accepted_on is None:
            return None
        record = period("infra.change_standstill" if self.amends else "infra.standstill")
        return clock(record, self.accepted_on, self.moves)

    @property
    def standstill(self) -> Deadline | None:
        """The standstill as extended and shortened so far; None before acceptance."""
        runs = self.clock
        if runs is None or runs.deadline is None or runs.ceiling is None or not self.moved("extend"):
            return runs.deadline if runs else None
        # Extended, it runs by Art. 52(4): the record of its ceiling says so.
        return with_record(runs.deadline, record=runs.ceiling.record)

    @property
    def ceiling(self) -> Deadline | None:
        """How far it can be extended at most: four months from acceptance (Art. 52(4)); None before that."""
        runs = self.clock
        return runs.ceiling if runs else None

    def moved(self, kind: Literal["extend", "shorten"]) -> date | None:
        """The last day to which the standstill was extended, or shortened, last; None when it was not."""
        return next((fact.until for fact in reversed(self.moves) if fact.kind == kind), None)

    @property
    def consultations(self) -> tuple[Consultation, ...]:
        """The consultations about a recommendation or an order (Art. 56(1))."""
        return self.measures.consultations

    @property
    def window(self) -> Deadline | None:
        """A recommendation or an order can be given while the standstill runs (Art. 52(6), (10) provisos)."""
        return self.standstill

    @property
    def answer_due(self) -> Deadline | None:
        """The ten days for the answer to a recommendation (Art. 52(7)), once it has been received."""
        made = self.measures.recommendation
        if made is None or made.received_on is None:
            return None
        return period("infra.answer_to_recommendation").starting(made.received_on)

    @property
    def over(self) -> bool:
        """Whether the case is over: free, stopped or withdrawn."""
        return bool(self.freed or self.withdrawn_on or self.measures.stopped_on)

    @property
    def stands(self) -> bool:
        """Whether the plan has been accepted and not been given up: what Art. 54 and 55 speak of."""
        return self.accepted_on is not None and not (self.withdrawn_on or self.measures.stopped_on)

    @property
    def bound(self) -> bool:
        """Whether an order, or a recommendation that was accepted, waits to be done."""
        return self.measures.binding is not None

    @property
    def reviewable(self) -> bool:
        """Whether the review has begun and is not over."""
        return self.accepted_on is not None and not self.over


def evolve(state: Review, act: Act) -> Review:
    """The review after `act`."""
    match act:
        case PlanFiled():
            return replace(
                state,
                organisation=act.organisation,
                operator_id=act.operator_id,
                amends=act.amends,
                business=act.business,
                sector=act.sector,
                ministries=act.ministries,
                plan=act.plan,
                electronic_notices=act.electronic_notices,
                arrived_at=act.arrived_at,
                after_emergency=act.after_emergency,
            )
        case PlanReturned():
            return replace(state, returned=act.shortcomings)
        case PlanCompleted():
            return replace(state, plan=act.plan, returned=())
        case PlanAccepted():
            return replace(state, accepted_at=act.at, accepted_on=act.on)
        case PlanWithdrawn():
            return replace(state, withdrawn_on=act.on)
        case StandstillShortened() | StandstillExtended():
            kind: Kind = "extend" if isinstance(act, StandstillExtended) else "shorten"
            move = Fact(kind, act.on, act.until, len(state.moves) + 1)
            return replace(state, moves=(*state.moves, move))
        case PlanFreed():
            return replace(state, freed=act)
        case ChangeNoted():
            return replace(state, amended_by=act.change_id)
        case ChangeReported() | UrgentChangeNotified():
            return replace(state, plan=act.plan)
        case PlanReplaced():
            return replace(state, plan=act.plan, replaced_in=(*state.replaced_in, act.review_id))
        case ladder.ChangedPlanFiled():
            return replace(state, plan=act.plan, measures=ladder.evolve(state.measures, act))
        case _:
            return replace(state, measures=ladder.evolve(state.measures, act))


def parties(state: Review) -> Parties:
    """The operator, the ministries with jurisdiction (86(2)), and the Cabinet Office once consulted."""
    return filed_by(state.organisation, state.ministries, consulted=bool(state.measures.consultations))


# ---- Stages ----


def _answer_awaited(state: Review) -> bool:
    made = state.measures.recommendation
    return made is not None and not state.measures.done and made.reply is None and not made.silent


def _answer_ends(state: Review) -> datetime:
    assert state.standstill is not None
    due = state.answer_due
    return min(state.standstill.ends_at, due.ends_at) if due else state.standstill.ends_at


STAGES: tuple[Stage[Review], ...] = (
    end(
        "Freed",
        "Introduction or outsourcing is free",
        "導入等が可能",
        "52(3), (9)",
        lambda s: s.freed is not None,
    ),
    end("Withdrawn", "Withdrawn", "取下げ", "52(1)", lambda s: s.withdrawn_on is not None),
    end("Stopped", "Stopped", "中止", "52(8)", lambda s: s.measures.stopped_on is not None),
    Stage(
        "AwaitCompletion",
        "Returned to the operator for completion",
        "補正待ち",
        "52(2)",
        when=lambda s: s.standstill is None and bool(s.returned),
        then=("AwaitAcceptance", "Withdrawn"),
    ),
    Stage(
        "AwaitAcceptance",
        "Waits to be accepted",
        "受理待ち",
        "52(3)",
        when=lambda s: s.standstill is None,
        then=("AwaitCompletion", "Standstill", "Withdrawn"),
    ),
    Stage(
        "AwaitCompliance",
        "Under an order that waits to be done",
        "命令の履行待ち",
        "52(10)",
        when=lambda s: s.measures.binding is not None and s.measures.order is not None,
        then=("Standstill", "ExtendedStandstill", "Freed", "Stopped"),
    ),
    Stage(
        "AwaitChangedPlan",
        "Recommendation accepted: the changed plan is awaited",
        "応諾後の変更届出待ち",
        "52(8)",
        when=lambda s: s.measures.binding is not None,
        then=("Freed", "Stopped"),
    ),
    Stage(
        "AwaitAnswer",
        "Ten days to answer the recommendation",
        "勧告への応諾通知待ち",
        "52(7)",
        when=_answer_awaited,
        until=_answer_ends,
        then=("AwaitOrder", "AwaitChangedPlan", "AwaitCompliance", "Freed", "Withdrawn"),
    ),
    Stage(
        "AwaitOrder",
        "An order can be made",
        "命令の検討",
        "52(10)",
        when=lambda s: s.measures.recommendation is not None and not s.measures.done,
        until=lambda s: s.standstill,
        then=("AwaitCompliance", "Standstill", "ExtendedStandstill", "Freed", "Withdrawn"),
    ),
    Stage(
        "ExtendedStandstill",
        "Extended standstill, up to four months from acceptance",
        "延長された禁止期間",
        "52(4)",
        when=lambda s: s.moved("extend") is not None,
        until=lambda s: s.standstill,
        then=("AwaitAnswer", "Freed", "Withdrawn"),
    ),
    Stage(
        "Standstill",
        "Standstill of thirty days from acceptance",
        "禁止期間",
        "52(3)",
        when=lambda _: True,
        until=lambda s: s.standstill,
        then=("ExtendedStandstill", "AwaitAnswer", "Freed", "Withdrawn"),
    ),
)
"""Where a plan under review waits; the first that applies is the one it is in."""


def deadlines(state: Review) -> tuple[Deadline, ...]:
    """The clock of the case: the standstill and, once a recommendation is received, the answer's ten days."""
    known = (state.standstill, state.answer_due)
    return tuple(sorted((d for d in known if d), key=lambda deadline: deadline.last_day))


def reviewing(name: str, title: str, title_ja: str) -> Procedure[Review]:
    """A procedure in which a plan is reviewed, without its powers."""
    return Procedure(
        name=name,
        title=title,
        title_ja=title_ja,
        initial=Review(),
        evolve=evolve,
        acts=REVIEW_ACTS,
        parties=parties,
        stages=STAGES,
        deadlines=deadlines,
        fold_version=2,
    )

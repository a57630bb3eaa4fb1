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
from services.platform.shared.words import Delivery, Necessity
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping
from services.statute import Deadline, period
from services.statute.clock import Clock, Fact, Kind, clock

# ---- The plan that a draft would change ----


class Original(Value):
    """Where the plan stands that a draft would change, as its case told last (Art. 54(1))."""

    barred_until: date | None = None
    """The last day of its own standstill as it runs now; None before acceptance or once it is free."""
    free_from: date | None = None
    bound: bool = False
    """Whether an order, or a recommendation that was accepted, waits to be done in its case."""
    ended: Literal["withdrawn", "stopped", "released"] | None = None

    @property
    def bars(self) -> bool:
        """Whether what it says may not be done yet: a change frees nothing that its original still bars."""
        return self.ended is None and (self.free_from is None or self.bound)


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
    defects: tuple[Shortcoming, ...] = ()
    """What it lacks, filed all the same: arrival is not refused (Administrative Procedure Act, Art. 37)."""
    original: Original | None = None
    """Of the draft of a change: where the plan stood that it would change."""


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
    defects: tuple[Shortcoming, ...] = ()


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
    delivery: Delivery = "in_writing"


@leaves("internal", "until")
class StandstillExtended(Act):
    """The standstill is to end on `until`, which is its last day (Art. 52(4)).

    It holds once its notice is handed over (`NoticeDelivered`); of those without a `delivery` nobody recorded
    that, and they hold by themselves.
    """

    until: date
    purpose: Literal["review", "recommendation", "order"]
    necessity: Necessity
    on: date
    delivery: Delivery | None = None


Notice = Literal["shortening", "extension"]


@leaves("internal", "of", "received_on", "holds")
class NoticeDelivered(Act):
    """The notice of a shortening or an extension was handed over (交付, METI Order Arts. 18, 19).

    An extension `holds` when that was before the standstill ended.
    """

    of: Notice
    received_on: date
    evidence: str
    holds: bool
    on: date

    @property
    def in_effect_on(self) -> date:
        """An extension holds from the day its notice was handed over, however late that is proved."""
        return self.received_on


Because = Literal["standstill_over", "changed_plan_filed"]


@leaves("internal", "free_from", "because")
class PlanFreed(Act):
    """Introduction or outsourcing is free (Art. 52(3), (9)).

    When the standstill has passed it is from 00:00 of `free_from`; when a changed plan follows an accepted
    recommendation, at once on that day (52(9)).
    """

    free_from: date
    because: Because


@leaves("internal", "day", "because")
class FreedomAwaitsOriginal(Act):
    """The draft's own bar is over from `day` on, its original's is not (Arts. 54(1), 52(3))."""

    day: date
    because: Because


@leaves("internal")
class OriginalFollowed(Act):
    """The plan that this draft would change now stands elsewhere than when it was filed (Art. 54(1))."""

    original: Original
    on: date


@leaves("internal", "operator_id", "on")
class EndedByRelease(Act):
    """The designation was released (Art. 51): Arts. 52 to 55 speak to designated operators alone."""

    operator_id: str
    on: date


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
    defects: tuple[Shortcoming, ...] = ()


@leaves("internal", "changed_on", "on")
class UrgentChangeNotified(Act):
    """An important change, made because it could not wait, was notified afterwards (Art. 54(1), (3))."""

    plan: Plan
    places: tuple[str, ...]
    changed_on: date
    circumstances: str
    on: date
    defects: tuple[Shortcoming, ...] = ()


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
    NoticeDelivered,
    *ladder.MEASURES_ACTS,
    PlanFreed,
    FreedomAwaitsOriginal,
    OriginalFollowed,
    EndedByRelease,
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
    extension: StandstillExtended | None = None
    """An extension whose notice has not been handed over, as far as is known."""
    shortening_notice: date | None = None
    """The day of a shortening whose notice has not been recorded as handed over."""
    defects: tuple[Shortcoming, ...] = ()
    """What the plan lacked when it arrived, or was completed, all the same."""
    original: Original | None = None
    """Of the draft of a change: where the plan stands that it would change."""
    awaits: FreedomAwaitsOriginal | None = None
    """The draft's own bar is over, and its original's is not."""
    released_on: date | None = None
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
    reports: int = 0
    """How many changes of the plan were reported."""
    urgent: int = 0
    """How many were notified afterwards, because they could not wait."""

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
        """Until when a recommendation or an order can be given (52(6), (10) provisos).

        Thirty days from acceptance, or the extension; a shortening does not end it.
        """
        if self.accepted_on is None:
            return None
        record = period("infra.recommendation_power")
        last, longer = record.starting(self.accepted_on).last_day, []
        for fact in self.moves:
            if fact.kind == "extend" and fact.until is not None and fact.until > last:
                longer.append(fact)
                last = fact.until
        return clock(record, self.accepted_on, longer).deadline

    @property
    def answer_due(self) -> Deadline | None:
        """The ten days for the answer to a recommendation (Art. 52(7)), once it has been received."""
        made = self.measures.recommendation
        if made is None or made.received_on is None:
            return None
        return period("infra.answer_to_recommendation").starting(made.received_on)

    @property
    def given_up(self) -> bool:
        """Whether nobody is to introduce or outsource by this plan any more."""
        fallen = self.original is not None and self.original.ended is not None and self.freed is None
        return bool(self.withdrawn_on or self.measures.stopped_on or self.released_on or fallen)

    @property
    def over(self) -> bool:
        """Whether the case is over: free or given up."""
        return self.freed is not None or self.given_up

    @property
    def stands(self) -> bool:
        """Whether the plan has been accepted and not been given up: what Art. 54 and 55 speak of."""
        return self.accepted_on is not None and not self.given_up

    @property
    def addressed(self) -> bool:
        """Whether a recommendation or an order can still speak to the operator."""
        return self.stands

    @property
    def bound(self) -> bool:
        """Whether an order, or a recommendation that was accepted, waits to be done."""
        return self.measures.binding is not None and not self.given_up

    @property
    def reviewable(self) -> bool:
        """Whether the review has begun, and no changed plan has ended it."""
        filed = self.freed is not None and self.freed.because == "changed_plan_filed"
        return self.stands and not filed

    def freedom(self, day: date, because: Because) -> Act:
        """What follows from the end of its own bar on `day`: freedom, or waiting for its original's."""
        if self.original is None:
            return PlanFreed(day, because)
        if self.original.bars:
            return FreedomAwaitsOriginal(day, because)
        return PlanFreed(max(day, self.original.free_from or day), because)

    def as_original(self) -> Original:
        """What a draft that would change this plan has to know of it."""
        free, until = self.freed, self.standstill
        return Original(
            barred_until=until.last_day if until is not None and free is None else None,
            free_from=free.free_from if free is not None else None,
            bound=self.bound,
            ended=self._how_it_ended(),
        )

    def _how_it_ended(self) -> Literal["withdrawn", "stopped", "released"] | None:
        if not self.given_up:
            return None
        if self.released_on is not None:
            return "released"
        return "stopped" if self.measures.stopped_on else "withdrawn"


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
                defects=act.defects,
                original=act.original,
            )
        case PlanReturned():
            return replace(state, returned=act.shortcomings)
        case PlanCompleted():
            return replace(state, plan=act.plan, returned=(), defects=act.defects)
        case PlanAccepted():
            return replace(state, accepted_at=act.at, accepted_on=act.on)
        case PlanWithdrawn():
            return replace(state, withdrawn_on=act.on)
        case StandstillShortened():
            return replace(_moved(state, "shorten", act.on, act.until), shortening_notice=act.on)
        case StandstillExtended() if act.delivery is None:
            return _moved(state, "extend", act.on, act.until)
        case StandstillExtended():
            return replace(state, extension=act)
        case NoticeDelivered():
            return _delivered(state, act)
        case FreedomAwaitsOriginal():
            return replace(state, awaits=act)
        case OriginalFollowed():
            return replace(state, original=act.original)
        case EndedByRelease():
            return replace(state, released_on=act.on)
        case PlanFreed():
            return replace(state, freed=act)
        case ChangeNoted():
            return replace(state, amended_by=act.change_id)
        case ChangeReported():
            return replace(state, plan=act.plan, reports=state.reports + 1)
        case UrgentChangeNotified():
            return replace(state, plan=act.plan, urgent=state.urgent + 1)
        case PlanReplaced():
            return replace(state, plan=act.plan, replaced_in=(*state.replaced_in, act.review_id))
        case ladder.ChangedPlanFiled():
            return replace(state, plan=act.plan, measures=ladder.evolve(state.measures, act))
        case ladder.ComplianceFound() if not act.complies:
            # Nothing was freed by a plan that has not the recommended change.
            still = state.freed if state.freed and state.freed.because == "standstill_over" else None
            return replace(state, freed=still, awaits=None, measures=ladder.evolve(state.measures, act))
        case _:
            return replace(state, measures=ladder.evolve(state.measures, act))


def _moved(state: Review, kind: Kind, on: date, until: date) -> Review:
    return replace(state, moves=(*state.moves, Fact(kind, on, until, len(state.moves) + 1)))


def _delivered(state: Review, act: NoticeDelivered) -> Review:
    if act.of == "shortening":
        return replace(state, shortening_notice=None)
    decided = state.extension
    assert decided is not None
    state = replace(state, extension=None)
    if not act.holds:
        return state
    # Proved only now, it was handed over in time: whoever noted the end before it was known noted too much.
    return replace(_moved(state, "extend", act.received_on, decided.until), freed=None, awaits=None)


def parties(state: Review) -> Parties:
    """The operator, the ministries with jurisdiction (86(2)), and the Cabinet Office once consulted."""
    return filed_by(state.organisation, state.ministries, consulted=bool(state.measures.consultations))


# ---- Stages ----


def _answer_awaited(state: Review) -> bool:
    made = state.measures.recommendation
    return made is not None and not state.measures.done and made.reply is None and not made.silent


def _barred_by_itself(state: Review) -> bool:
    return state.freed is None and state.awaits is None


def _answer_ends(state: Review) -> datetime | None:
    assert state.standstill is not None
    due, ends = state.answer_due, state.standstill.ends_at
    if not _barred_by_itself(state):
        return due.ends_at if due else None
    return min(ends, due.ends_at) if due else ends


ENDS = ("Withdrawn", "Stopped", "DesignationReleased", "OriginalEnded")
"""How a plan is given up."""
STAGES: tuple[Stage[Review], ...] = (
    end("Withdrawn", "Withdrawn", "取下げ", "52(1)", lambda s: s.withdrawn_on is not None),
    end("Stopped", "Stopped", "中止", "52(8)", lambda s: s.measures.stopped_on is not None),
    end(
        "DesignationReleased",
        "The designation was released",
        "指定の解除",
        "51",
        lambda s: s.released_on is not None,
    ),
    end(
        "OriginalEnded",
        "The plan to be changed was given up",
        "変更すべき計画の終了",
        "54(1)",
        lambda s: s.given_up,
    ),
    Stage(
        "AwaitCompletion",
        "Returned to the operator for completion",
        "補正待ち",
        "52(2)",
        when=lambda s: s.standstill is None and bool(s.returned),
        then=("AwaitAcceptance", *ENDS),
    ),
    Stage(
        "AwaitAcceptance",
        "Waits to be accepted",
        "受理待ち",
        "52(3)",
        when=lambda s: s.standstill is None,
        then=("AwaitCompletion", "Standstill", *ENDS),
    ),
    Stage(
        "AwaitCompliance",
        "Under an order that waits to be done",
        "命令の履行待ち",
        "52(10)",
        when=lambda s: s.measures.binding is not None and s.measures.order is not None,
        then=("Standstill", "ExtendedStandstill", "AwaitOriginal", "Freed", *ENDS),
    ),
    Stage(
        "AwaitChangedPlan",
        "Recommendation accepted: the changed plan is awaited",
        "応諾後の変更届出待ち",
        "52(8)",
        when=lambda s: s.measures.binding is not None,
        then=("AwaitOriginal", "Freed", *ENDS),
    ),
    Stage(
        "AwaitAnswer",
        "Ten days to answer the recommendation",
        "勧告への応諾通知待ち",
        "52(7)",
        when=_answer_awaited,
        until=_answer_ends,
        then=(
            "AwaitOrder",
            "AwaitChangedPlan",
            "AwaitCompliance",
            "Standstill",
            "ExtendedStandstill",
            "AwaitOriginal",
            "Freed",
            *ENDS,
        ),
    ),
    end(
        "Freed",
        "Introduction or outsourcing is free",
        "導入等が可能",
        "52(3), (9)",
        lambda s: s.freed is not None,
        # An extension or an answer that was in time can be proved later, and a designation released.
        then=("ExtendedStandstill", "AwaitAnswer", "AwaitChangedPlan", "DesignationReleased"),
    ),
    Stage(
        "AwaitOriginal",
        "Its own bar is over; the plan it would change is still barred",
        "変更前の計画の禁止期間の満了待ち",
        "54(1), 52(3), (4)",
        when=lambda s: s.awaits is not None,
        then=("AwaitAnswer", "AwaitChangedPlan", "AwaitCompliance", "ExtendedStandstill", "Freed", *ENDS),
    ),
    Stage(
        "AwaitOrder",
        "An order can be made",
        "命令の検討",
        "52(10)",
        when=lambda s: s.measures.recommendation is not None and not s.measures.done,
        until=lambda s: s.standstill,
        then=(
            "AwaitCompliance",
            "AwaitChangedPlan",
            "Standstill",
            "ExtendedStandstill",
            "AwaitOriginal",
            "Freed",
            *ENDS,
        ),
    ),
    Stage(
        "ExtendedStandstill",
        "Extended standstill, up to four months from acceptance",
        "延長された禁止期間",
        "52(4)",
        when=lambda s: s.moved("extend") is not None,
        until=lambda s: s.standstill,
        then=("AwaitAnswer", "AwaitCompliance", "AwaitOriginal", "Freed", *ENDS),
    ),
    Stage(
        "Standstill",
        "Standstill of thirty days from acceptance",
        "禁止期間",
        "52(3)",
        when=lambda _: True,
        until=lambda s: s.standstill,
        then=("ExtendedStandstill", "AwaitAnswer", "AwaitCompliance", "AwaitOriginal", "Freed", *ENDS),
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
        fold_version=3,
    )

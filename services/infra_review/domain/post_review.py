"""Review after introduction (導入等後等の勧告及び命令): Art. 55.

Once introduction or outsourcing became possible or was made, a change in the international situation or other
circumstances can make equipment a likely means of interference (55(1)); for what was done in an emergency no
change of circumstances is needed (55(2)). Recommendation, ten days, order: as in Art. 52, but without a limit
of time (55(3)).
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from services.infra_review.domain.emergency import Emergency
from services.infra_review.domain.filing import refuse_defects
from services.infra_review.domain.measures import state as measured
from services.infra_review.domain.measures.powers import (
    FileChangedPlan,
    answering,
    consultation,
    recommend,
    recommending,
    refuse_another_change,
)
from services.infra_review.domain.measures.rules import (
    addressed,
    bound,
    no_recommendation,
    not_bound_to_stop,
    under_review,
)
from services.infra_review.domain.measures.state import (
    AnswerNotGiven,
    ChangedPlanFiled,
    Measures,
    MeasuresTaken,
)
from services.infra_review.domain.releasing import ending
from services.infra_review.domain.review import EndedByRelease, Review
from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL, filed_by
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Value
from services.platform.shared.consultation import Consultation
from services.platform.shared.words import CaseId, Necessity, Reasons
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping, Warned, keep_time
from services.statute import Deadline, period

NOTHING_YET = Measures()


@leaves("restricted", "of")
class PostReviewOpened(Act):
    """The ministry began to review equipment whose introduction or outsourcing was already free or made."""

    of: str
    organisation: str
    business: str
    ministries: tuple[str, ...]
    circumstances: str | None
    finding: str
    electronic_notices: bool
    on: date
    operator_id: str = ""


@leaves("restricted")
class PostReviewClosed(Act):
    """The review ended without a recommendation."""

    reasons: str
    on: date


class PostReview(Value):
    """A review of equipment in use: of which case, why, and how far it has climbed."""

    opened: PostReviewOpened | None = None
    measures: Measures = NOTHING_YET
    closed_on: date | None = None
    released_on: date | None = None
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def consultations(self) -> tuple[Consultation, ...]:
        """The consultations about a recommendation or an order (Art. 56(1))."""
        return self.measures.consultations

    @property
    def window(self) -> Deadline | None:
        """No limit of time: Art. 55(3) leaves out the proviso of 52(10)."""
        return None

    @property
    def reviewable(self) -> bool:
        """Whether the review goes on."""
        ended = self.closed_on is not None or self.released_on is not None
        return self.opened is not None and not ended and not self.measures.done

    @property
    def addressed(self) -> bool:
        """Whether the review still speaks to its operator."""
        return self.reviewable

    @property
    def answer_due(self) -> Deadline | None:
        """The ten days for the answer (Arts. 55(3), 52(7)), once the recommendation has been received."""
        made = self.measures.recommendation
        if made is None or made.received_on is None:
            return None
        return period("infra.answer_after_introduction").starting(made.received_on)

    @property
    def electronic_notices(self) -> bool:
        """Whether the operator has agreed to receive notices here."""
        return self.opened is not None and self.opened.electronic_notices


def evolve(state: PostReview, act: Act) -> PostReview:
    """The review after `act`."""
    match act:
        case PostReviewOpened():
            return replace(state, opened=act)
        case EndedByRelease():
            return replace(state, released_on=act.on)
        case PostReviewClosed():
            return replace(state, closed_on=act.on)
    return replace(state, measures=measured.evolve(state.measures, act))


def waiting(state: PostReview) -> bool:
    """Whether the operator's answer is awaited."""
    made = state.measures.recommendation
    return made is not None and made.reply is None and not made.silent and not state.measures.done


STAGES: tuple[Stage[PostReview], ...] = (
    end(
        "DesignationReleased",
        "The designation was released",
        "指定の解除",
        "51",
        lambda s: s.released_on is not None,
    ),
    end("Closed", "Closed without a recommendation", "終結", "55(1)", lambda s: s.closed_on is not None),
    end(
        "Complied", "What was recommended or ordered is done", "履行済み", "55(3)", lambda s: s.measures.done
    ),
    Stage(
        "AwaitCompliance",
        "What was accepted or ordered waits to be done",
        "履行待ち",
        "55(3)",
        when=lambda s: s.measures.binding is not None,
        then=("Complied", "DesignationReleased"),
    ),
    Stage(
        "AwaitRecommendation",
        "The ministry reviews whether to recommend",
        "勧告の検討",
        "55(1), (2)",
        when=lambda s: s.measures.recommendation is None,
        then=("AwaitAnswer", "Closed", "DesignationReleased"),
    ),
    Stage(
        "AwaitAnswer",
        "Ten days to answer the recommendation",
        "勧告への応諾通知待ち",
        "55(3), 52(7)",
        when=waiting,
        until=lambda s: s.answer_due,
        then=("AwaitOrder", "AwaitCompliance", "Complied", "DesignationReleased"),
    ),
    Stage(
        "AwaitOrder",
        "An order can be made",
        "命令の検討",
        "55(3), 52(10)",
        when=lambda _: True,
        then=("AwaitCompliance", "AwaitRecommendation", "Complied", "DesignationReleased"),
    ),
)


def parties(state: PostReview) -> Parties:
    """The ministries; the Cabinet Office once it is consulted; the operator once something is said to it."""
    if state.opened is None:
        return NOBODY
    return filed_by(
        state.opened.organisation if state.measures.recommendation else None,
        state.opened.ministries,
        consulted=bool(state.measures.consultations),
    )


post_review: Procedure[PostReview] = Procedure(
    name="post-review",
    title="Review of equipment in use",
    title_ja="導入等後等の審査",
    initial=PostReview(),
    evolve=evolve,
    acts=(PostReviewOpened, *measured.MEASURES_ACTS, MeasuresTaken, PostReviewClosed, EndedByRelease),
    parties=parties,
    stages=STAGES,
    deadlines=lambda state: (state.answer_due,) if state.answer_due else (),
)


# ---- Opening ----


class ReviewAgain(Value):
    """Which case is reviewed, what has changed since (Art. 55(1)), and what has been found."""

    of: CaseId
    finding: Reasons
    necessity: Necessity
    circumstances: Reasons | None = None


class Reopening(Value):
    """A decision to review beside the plan that became free, or the emergency that was reported."""

    decision: ReviewAgain
    original: Review | Emergency

    @property
    def parties(self) -> Parties:
        """Those of the case that is reviewed."""
        known = self.original.report if isinstance(self.original, Emergency) else self.original
        assert known is not None
        return filed_by(known.organisation, known.ministries)


@post_review.act("55(1), (2)", by=[REVIEWING_OFFICIAL], opens=True)
def open_review(_: PostReview, command: Reopening, given: Given) -> Acts:
    """Open a review of equipment in use; of a plan reviewed before, only on changed circumstances."""
    decision, original = command.decision, command.original
    refuse_if(original.released_on is not None, "designation_released", "51", on=original.released_on)
    if isinstance(original, Review):
        refuse_if(original.freed is None, "not_free_yet", "55(1)")
        # Where it goes back to an emergency report, 55(2) asks no change of circumstances, changed or not.
        needed = not original.after_emergency and decision.circumstances is None
        refuse_if(needed, "circumstances_needed", "55(1)")
    known = original.report if isinstance(original, Emergency) else original
    assert known is not None
    yield PostReviewOpened(
        of=decision.of,
        organisation=known.organisation or "",
        business=known.business,
        ministries=known.ministries,
        circumstances=decision.circumstances,
        finding=decision.finding,
        electronic_notices=known.electronic_notices,
        on=given.today,
        operator_id=known.operator_id,
    )


# ---- The ladder, and what follows from it ----


@rule("measures_need_a_plan_or_a_stop", "55(3)")
def other_measures_bind(state: PostReview, _: Given) -> bool:
    """What binds the operator can be done without a changed plan: an inspection, a check of equipment."""
    binding = state.measures.binding
    return binding is not None and binding.kind == "other_measures"


class TakeMeasures(Value):
    """What was done, and when."""

    statement: Reasons


def take_measures(_: PostReview, command: TakeMeasures, given: Given) -> Acts:
    """State that the measures recommended or ordered have been taken."""
    yield MeasuresTaken(command.statement, given.today)


def file_changed_plan(_: PostReview, command: FileChangedPlan, given: Given) -> Acts:
    """File the plan, changed as recommended or ordered (Arts. 55(3), 52(8))."""
    refuse_defects(command.plan, given.today, "55(3)", form="changed_plan", passports=command.passports)
    places = refuse_another_change(command.before, command, given.today)
    yield ChangedPlanFiled(command.plan, given.today, places)


class CloseReview(Value):
    """Why nothing is recommended."""

    reasons: Reasons


def close_review(_: PostReview, command: CloseReview, given: Given) -> Acts:
    """Close the review without a recommendation."""
    yield PostReviewClosed(command.reasons, given.today)


post_review.apply(consultation)
post_review.act("55(1), (2)", by=[REVIEWING_OFFICIAL], when=recommending.powers["recommend"].when)(recommend)
post_review.apply(answering, via="55(3)")
post_review.act("55(3), 52(8)", by=[OPERATOR, AGENT], when=[addressed, bound, not_bound_to_stop])(
    file_changed_plan
)
post_review.act("55(3), 52(8)", by=[OPERATOR, AGENT], when=[addressed, bound, other_measures_bind])(
    take_measures
)
post_review.act("55(1), (2)", by=[REVIEWING_OFFICIAL], when=[under_review, no_recommendation])(close_review)
post_review.apply(ending)
keep_time(
    post_review,
    warned=lambda state: [Warned("party", due) for due in (state.answer_due,) if due and waiting(state)],
    silences={AnswerNotGiven: ["infra.answer_after_introduction"]},
)

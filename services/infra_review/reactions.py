"""What follows in Chapter 3 from what has happened: by act, and once a day. All of it can be repeated."""

from __future__ import annotations

from services.infra_review import batches, citations, following, register, statistics_store, taking_over
from services.infra_review.chapter import PROCEDURES
from services.infra_review.domain.change import change
from services.infra_review.domain.measures.state import (
    ChangedPlanFiled,
    ComplianceFound,
    IntroductionStopped,
    OrderMade,
    RecommendationAnswered,
)
from services.infra_review.domain.notification import notification
from services.infra_review.domain.operator import PublicNoticeGiven, Released, operator
from services.infra_review.domain.passport import PassportChanged
from services.infra_review.domain.post_review import post_review
from services.infra_review.domain.review import (
    REVIEW_ACTS,
    ChangeReported,
    EndedByRelease,
    NoticeDelivered,
    PlanAccepted,
    PlanCompleted,
    PlanFiled,
    PlanFreed,
    PlanReplaced,
    PlanWithdrawn,
    StandstillShortened,
    UrgentChangeNotified,
)
from services.infra_review.statistics import STEPS
from services.platform.cases.store import Cases
from services.platform.events.contracts import Event
from services.platform.events.inbox import Reactions, reactions_of
from services.platform.shared.bulk import BatchReceived, LinesTaken
from services.platform.time.steps import Steps

steps = Steps(*PROCEDURES)
operators, notifications = Cases(operator), Cases(notification)


def enter_in_register(event: Event) -> None:
    """Enter what was published of a designation into the register (Art. 50(2))."""
    register.keep(operators.load(event.case_id))


def note_citations(event: Event) -> None:
    """Note which passports a plan cites now."""
    citations.keep(steps.load(event.case_id))


def tell_of_passport(event: Event) -> None:
    """Tell the operators of the plans that cite a passport of what changed in it (Art. 54)."""
    citations.tell(event.case_id, steps.load)


def take_over_plan(event: Event) -> None:
    """Let the case of a plan take over what a review of equipment in use changed (Arts. 55(3), 52(8))."""
    taking_over.take_over(event.case_id, event.metadata.occurred_at, steps.load)


def tell_change(event: Event) -> None:
    """Tell the draft that would change a plan where the plan stands now (Art. 54(1))."""
    following.tell_change(steps.load(event.case_id), event.metadata.occurred_at)


def end_pending(event: Event) -> None:
    """End what is pending of an operator whose designation was released (Art. 51)."""
    held = operators.load(event.case_id).state
    if held.organisation is not None and held.released is not None:
        on, at = held.released.on, event.metadata.occurred_at
        following.end_pending(held.organisation, event.case_id, on, at)


def take_lines(event: Event) -> None:
    """Take the next lines of a file of notifications."""
    batches.work(event.case_id)


def count_step(event: Event) -> None:
    """Keep the statistics' line of a notification."""
    statistics_store.keep(event.case_id, notifications.history(event.case_id))


MOVES_ITS_CHANGE = (
    PlanAccepted,
    PlanWithdrawn,
    PlanFreed,
    StandstillShortened,
    NoticeDelivered,
    RecommendationAnswered,
    OrderMade,
    ChangedPlanFiled,
    ComplianceFound,
    IntroductionStopped,
    EndedByRelease,
)
"""After these a plan bars otherwise than before, and so does the draft that would change it."""
PLAN_STANDS_ANEW = (
    PlanFiled,
    PlanCompleted,
    ChangedPlanFiled,
    ChangeReported,
    UrgentChangeNotified,
    PlanReplaced,
)
"""After these a plan may cite other passports than before."""
REACTIONS: Reactions = reactions_of(
    (PublicNoticeGiven, enter_in_register),
    (PassportChanged, tell_of_passport),
    ((post_review, ChangedPlanFiled), take_over_plan),
    *(((procedure, act), tell_change) for procedure in (notification, change) for act in MOVES_ITS_CHANGE),
    ((operator, Released), end_pending),
    (BatchReceived, take_lines),
    (LinesTaken, take_lines),
    *(((procedure, act), note_citations) for procedure in (notification, change) for act in PLAN_STANDS_ANEW),
    *(((notification, act), count_step) for act in REVIEW_ACTS if act.__name__ in STEPS),
)
DAILY = (statistics_store.publish,)
"""What is done once a day besides the sweep, as of an instant."""

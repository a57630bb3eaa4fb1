"""Whatever happens to a case, what its certificate claims leads to the very days its rules go by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from hypothesis import given as drawn
from hypothesis import settings

from services.infra_review.domain.notification import notification
from services.infra_review.domain.review import Review
from services.platform.cases.history import BEGINNING, Entry
from services.platform.cases.lists import instant
from services.platform.time.evidence import traced_deadlines
from services.statute import legal_day, period
from services.statute.certificate import certificate
from services.statute.clock import clock
from tests.proof import tries
from tests.services.infra_review.test_notification_properties import Step, walks

Walk = list[tuple[Review, Step, datetime, Any, Review]]


def history_of(walk: Walk) -> list[Entry]:
    """The acts of a walk as a case keeps them."""
    history: list[Entry] = []
    for _, step, at, outcome, _ in walk:
        for act in outcome if isinstance(outcome, tuple) else ():
            entry = Entry(
                case_id="notification-1",
                sequence=len(history) + 1,
                act=type(act).__name__,
                article="",
                power=step.power,
                by={"as": []},
                at=instant(at),
                legal_day=legal_day(at).isoformat(),
                data=msgspec.to_builtins(act),
                previous=history[-1].hash if history else BEGINNING,
            )
            history.append(entry.sealed())
    return history


@settings(max_examples=tries(60, proved=1500), deadline=None)
@drawn(walks())
def test_claims_lead_to_the_days_the_rules_go_by(walk: Walk) -> None:
    history = history_of(walk)
    state = walk[-1][-1] if walk else notification.initial
    told = traced_deadlines(notification, history)
    assert [one.deadline for one in told] == list(notification.deadlines(state))
    for one in told:
        claim = one.claim
        counted = clock(period(claim.name), claim.trigger_day, claim.facts)
        assert counted.deadline is not None
        assert counted.deadline.last_day == one.deadline.last_day
        assert counted.deadline.moved_from == one.deadline.moved_from
        sequence, _, digest = claim.evidence.partition(":")
        assert history[int(sequence) - 1].hash == digest
        early = state.over and counted.ended_on is not None
        assert early == any(fact.kind == "end" for fact in claim.facts)
    as_of = datetime(2027, 1, 1, tzinfo=UTC)
    assert len(certificate("notification-1", tuple(one.claim for one in told), as_of)["clocks"]) == len(told)


@settings(max_examples=tries(60, proved=1000), deadline=None)
@drawn(walks())
def test_the_table_of_holidays_is_noted_exactly_when_holidays_can_move_a_day(walk: Walk) -> None:
    needed = noted = False
    for _, _, _, outcome, after in walk:
        if isinstance(outcome, tuple):
            needed |= after.answer_due is not None
            noted |= any(type(act).__name__ == "HolidaysApplied" for act in outcome)
        assert noted == needed == (after.timekeeping.table is not None)

"""What a service does daily besides its cases: at the time of the schedule, and one failure stops nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from services.platform.time.steps import Steps
from services.platform.time.sweeper import Sweeper

AT = datetime(2026, 6, 30, 15, 5, tzinfo=UTC)
DAILY = {
    "Records": [{"messageId": "1", "body": json.dumps({"id": "daily-1", "time": "2026-06-30T15:05:00Z"})}]
}


def test_work_is_done_as_of_the_time_of_the_schedule() -> None:
    done: list[datetime] = []
    assert Sweeper(Steps(), daily=(done.append,)).handler(DAILY, None) == {"batchItemFailures": []}
    assert done == [AT]


def test_work_that_fails_is_reported_and_keeps_nothing_else_from_being_done() -> None:
    done: list[datetime] = []

    def fails(at: datetime) -> None:
        raise RuntimeError("the table cannot be reached")

    answer = Sweeper(Steps(), daily=(fails, done.append)).handler(DAILY, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert done == [AT]

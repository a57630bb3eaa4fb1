"""The sweep costs what is due and not what is open, goes on where it stopped, and misses nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.platform.cases.case import Case
from services.platform.cases.lists import due_at, instant
from services.platform.cases.store import Cases
from services.platform.law.procedure import Refusal
from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.time.steps import SHORT_LIFE, Steps, powers_of_time
from services.platform.time.sweeper import RESERVE, Sweeper
from services.statute import holiday_table
from tests.services.platform.conftest import LIBRARIAN, NOON, READER, Calls, by, the_clock
from tests.services.platform.loan import Ask, Borrower, Lend, Renew, loans, power
from tests.services.platform.machines import executions, make_machine
from tests.services.platform.vigil import Keep, vigils

TOKYO = ZoneInfo("Asia/Tokyo")
END = datetime.fromisoformat("2026-07-01T00:00:00+09:00")
DAY = timedelta(days=1)
cases, watched = Cases(loans), Cases(vigils)
steps = Steps(loans)
sweeper = Sweeper(steps)


@dataclass
class Context:
    """An invocation that has time for so many questions about its time."""

    left: int

    def get_remaining_time_in_millis(self) -> int:
        self.left -= 1
        return 10 * RESERVE if self.left >= 0 else 0


def swept(
    at: datetime, context: Any = None, rule: str = "sakimori-library-daily", of: Sweeper = sweeper
) -> Any:
    body = json.dumps({"id": "sweep-1", "time": instant(at), "resources": [rule]})
    return of.handler({"Records": [{"messageId": "m1", "body": body}]}, context)


def lent() -> str:
    opened = cases.open(power("ask"), Ask("6010001000001", "Law", (Borrower("A"),)), by(READER)).case
    assert opened
    cases.act(opened.id, power("lend"), Lend(), by(LIBRARIAN))
    return opened.id


@pytest.fixture
def settled(aws: None) -> None:
    """All open cases have been visited with this table of holidays."""
    swept(NOON)


@pytest.mark.usefixtures("settled")
def test_a_case_in_which_nothing_is_due_costs_nothing(calls: Calls) -> None:
    for _ in range(3):
        lent()
    calls.clear()
    assert swept(NOON) == {"batchItemFailures": []}
    # The table of holidays, what is due, and the list for the outlook.
    assert calls.names == ["Query", "Query", "Query"]


def test_all_are_visited_once_when_the_table_of_holidays_has_changed(calls: Calls) -> None:
    lent()
    calls.clear()
    swept(NOON)
    assert calls.names.count("GetItem") == 1
    swept(NOON)
    assert calls.names.count("GetItem") == 1
    from services.platform.cases import dynamo

    assert dict(dynamo.copies("SWEEP")) == {"holidays": holiday_table().version}


@pytest.mark.usefixtures("settled")
def test_what_there_is_no_time_for_is_left_to_the_next_invocation(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = client("sqs").create_queue(QueueName="sweeps")["QueueUrl"]
    monkeypatch.setenv("SWEEPS", queue)
    environment.cache_clear()
    loans_out = [lent() for _ in range(5)]
    assert swept(END, Context(2)) == {"batchItemFailures": []}
    lapsed = [cases.load(loan).state.overdue_since for loan in loans_out]
    assert 0 < sum(day is not None for day in lapsed) < 5
    for _ in range(20):
        messages = client("sqs").receive_message(QueueUrl=queue).get("Messages", [])
        for message in messages:
            record = {"messageId": "m2", "body": message["Body"]}
            assert sweeper.handler({"Records": [record]}, Context(2)) == {"batchItemFailures": []}
            client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    assert [cases.load(loan).state.overdue_since for loan in loans_out] == [date(2026, 7, 1)] * 5
    assert [cases.load(loan).version for loan in loans_out] == [3] * 5


def test_a_machine_that_failed_after_a_while_is_started_again_and_one_that_failed_at_once_is_not(
    aws: None,
) -> None:
    make_machine()
    loan = lent()
    for lived, expected in ((SHORT_LIFE - timedelta(seconds=1), {}), (SHORT_LIFE, {f"{loan}-2": "RUNNING"})):
        began = int(NOON.timestamp() * 1000)
        detail = {
            "name": f"{loan}-1",
            "status": "FAILED",
            "startDate": began,
            "stopDate": began + int(lived.total_seconds() * 1000),
        }
        steps.restart({"detail": detail})
        assert executions() == expected
        steps.restart({"detail": detail})
        assert executions() == expected


def test_a_case_is_due_at_its_end_and_when_that_moves_at_the_new_one(aws: None) -> None:
    loan = lent()
    assert due_at(cases.load(loan), NOON) == instant(END)
    moved = cases.act(loan, power("renew"), Renew(date(2026, 6, 10)), by(LIBRARIAN)).case
    assert moved
    assert moved.wait.until
    assert due_at(moved, NOON) == instant(moved.wait.until)


@given(st.dates(date(2024, 4, 1), date(2028, 3, 31)), st.lists(st.integers(0, 20), unique=True, max_size=12))
def test_visits_only_when_something_is_due_lead_to_the_same_acts_as_visits_every_day(
    opened: date, missed: list[int]
) -> None:
    """Whatever days the sweeper did not run on."""
    every, due = acts_of(opened, missed, every_day=True), acts_of(opened, missed, every_day=False)
    assert every == due


def acts_of(opened: date, missed: list[int], *, every_day: bool) -> list[tuple[int, str]]:
    began = datetime.combine(opened, time(12), TOKYO)
    acts = vigils.decide(
        vigils.initial, vigils.powers["keep"].decide, Keep("6010001000001"), by(LIBRARIAN, at=began)
    )
    state, told = vigils.fold(acts), list[tuple[int, str]]()
    place = due_at(case_of(state), began)
    for day in range(1, 21):
        at = datetime.combine(opened + day * DAY, time(0, 5), TOKYO)
        if day in missed or not (every_day or place <= instant(at)):
            continue
        for one in powers_of_time(vigils):
            try:
                done = vigils.decide(state, one.decide, one.command(), the_clock(at))
            except Refusal:
                continue
            state = vigils.fold(done, state)
            told += [(day, type(act).__name__) for act in done]
            place = due_at(case_of(state), at)
    return told


def case_of(state: Any) -> Case[Any]:
    return Case("vigil-1", vigils, state, 1, "", "")

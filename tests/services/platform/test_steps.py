"""The stages in Step Functions: whatever becomes of a machine, the case stays right."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.platform.cases import dynamo
from services.platform.cases.lists import instant
from services.platform.cases.store import Cases
from services.platform.events.contracts import Event, Metadata
from services.platform.law.procedure import CONTINUED
from services.platform.time.steps import Steps
from services.platform.time.sweeper import Sweeper
from tests.services.platform.conftest import LIBRARIAN, NOON, READER, Calls, by
from tests.services.platform.loan import Ask, Borrower, GiveBack, Lend, Renew, loans, power
from tests.services.platform.machines import completions, executions, lose, make_machine

pytestmark = pytest.mark.usefixtures("machine")
END = datetime.fromisoformat("2026-07-01T00:00:00+09:00")
"""24:00 in Japan of the thirtieth day."""
DAY = timedelta(days=1)
cases = Cases(loans)
steps = Steps(loans)


@pytest.fixture
def machine(aws: None) -> None:
    make_machine()


@pytest.fixture
def loan(machine: None) -> str:
    done = cases.open(power("ask"), Ask("6010001000001", "Book", (Borrower("Sun"),)), by(READER))
    assert done.case
    return done.case.id


@pytest.fixture
def lent(loan: str) -> str:
    lend(loan)
    return loan


def lend(loan: str, at: datetime = NOON) -> None:
    cases.act(loan, power("lend"), Lend(), by(LIBRARIAN, at=at))


def do(what: str, loan: str, at: datetime = NOON, **more: Any) -> Any:
    return steps.handler({"do": what, "case_id": loan, "at": instant(at), **more}, None)


def wait(
    loan: str,
    stage: str,
    until: str | None,
    token: str = "token-1",
    at: datetime = NOON,
    seconds: int | None = None,
) -> None:
    do("wait", loan, at, stage=stage, until=until, token=token, seconds=seconds)


def happened(loan: str, sequence: int) -> Event[Any]:
    """An act's event as it comes back to its own service."""
    metadata = Metadata(f"{loan}:{sequence}", loan, sequence, NOON, "1", "internal", 1)
    return Event("sakimori.library", "Any", metadata, None)


class TestWhatAMachineIsTold:
    def test_the_stage_the_case_is_in_and_the_seconds_to_its_legal_end(self, lent: str) -> None:
        assert do("begin", lent) == {
            "case_id": lent,
            "stage": "Lent",
            "until": "2026-06-30T15:00:00Z",
            "seconds": (END - NOON).total_seconds(),
            "generation": 1,
        }

    def test_a_stage_without_an_end_by_law_is_looked_at_again_after_300_days(self, loan: str) -> None:
        told = do("begin", loan)
        assert (told["until"], told["seconds"]) == (None, 300 * 86_400)

    def test_a_fraction_of_a_second_is_not_cut_off(self, lent: str) -> None:
        told = steps.handler({"do": "begin", "case_id": lent, "at": "2026-06-30T14:59:58.900Z"}, None)
        assert told["seconds"] == 2

    def test_an_end_that_is_past_is_due_at_once(self, lent: str) -> None:
        assert do("begin", lent, END + DAY)["seconds"] == 1

    def test_an_unknown_task_fails_loudly(self, lent: str) -> None:
        with pytest.raises(ValueError, match="'dance'"):
            do("dance", lent)


class TestWaiting:
    def test_an_act_that_leaves_the_stage_completes_its_token(self, loan: str, calls: Calls) -> None:
        wait(loan, "Asked", None)
        assert completions(calls) == []
        lend(loan)
        steps.follow(happened(loan, 2))
        ((token, told),) = completions(calls)
        assert (token, told["stage"]) == ("token-1", "Lent")

    def test_an_act_that_moves_the_end_completes_its_token(self, lent: str, calls: Calls) -> None:
        wait(lent, "Lent", instant(END))
        cases.act(lent, power("renew"), Renew(date(2026, 6, 10)), by(LIBRARIAN))
        steps.follow(happened(lent, 3))
        ((_, told),) = completions(calls)
        assert (told["stage"], told["until"]) == ("Lent", "2026-07-09T15:00:00Z")

    def test_an_act_that_changes_neither_leaves_it_waiting(self, lent: str, calls: Calls) -> None:
        wait(lent, "Lent", instant(END))
        steps.follow(happened(lent, 2))
        assert completions(calls) == []
        assert [token.token for token in dynamo.tokens(lent)] == ["token-1"]

    def test_a_token_registered_after_the_stage_was_left_is_completed_at_once(
        self, lent: str, calls: Calls
    ) -> None:
        wait(lent, "Asked", None)
        ((token, told),) = completions(calls)
        assert (token, told["stage"]) == ("token-1", "Lent")
        assert dynamo.tokens(lent) == ()

    def test_a_token_registered_after_the_end_was_moved_is_completed_at_once(
        self, lent: str, calls: Calls
    ) -> None:
        cases.act(lent, power("renew"), Renew(date(2026, 6, 10)), by(LIBRARIAN))
        wait(lent, "Lent", instant(END))
        assert len(completions(calls)) == 1

    def test_a_timer_set_by_a_late_event_is_set_again(self, lent: str, calls: Calls) -> None:
        wait(lent, "Lent", instant(END), seconds=int((END - NOON).total_seconds()), at=NOON + 2 * DAY)
        ((_, told),) = completions(calls)
        assert told["seconds"] == (END - NOON - 2 * DAY).total_seconds()

    def test_a_timer_a_few_seconds_late_is_left_alone(self, lent: str, calls: Calls) -> None:
        seconds = int((END - NOON).total_seconds())
        wait(lent, "Lent", instant(END), seconds=seconds, at=NOON + timedelta(seconds=5))
        assert completions(calls) == []

    def test_a_token_completed_twice_is_completed_once(self, loan: str, calls: Calls) -> None:
        wait(loan, "Asked", None)
        lend(loan)
        steps.follow(happened(loan, 2))
        steps.follow(happened(loan, 2))
        steps.follow(happened(loan, 1))
        assert len(completions(calls)) == 1

    @pytest.mark.parametrize("gone", ["TaskDoesNotExist", "TaskTimedOut", "InvalidToken"])
    def test_a_token_nobody_waits_on_any_more_is_forgotten(
        self, loan: str, gone: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wait(loan, "Asked", None)
        lend(loan)
        refuse(monkeypatch, "SendTaskSuccess", gone)
        steps.follow(happened(loan, 2))
        assert dynamo.tokens(loan) == ()

    def test_a_completion_that_fails_is_tried_again(self, loan: str, monkeypatch: pytest.MonkeyPatch) -> None:
        wait(loan, "Asked", None)
        lend(loan)
        refuse(monkeypatch, "SendTaskSuccess", "ThrottlingException")
        with pytest.raises(Exception, match="ThrottlingException"):
            steps.follow(happened(loan, 2))
        assert len(dynamo.tokens(loan)) == 1

    def test_a_token_that_took_the_place_of_another_is_not_forgotten_with_it(self, loan: str) -> None:
        wait(loan, "Asked", None, token="old")
        (old,) = dynamo.tokens(loan)
        wait(loan, "Asked", None, token="new")
        dynamo.drop_token(old)
        assert [token.token for token in dynamo.tokens(loan)] == ["new"]


class TestLapse:
    def test_before_the_end_nothing_lapses(self, lent: str) -> None:
        told = do("lapse", lent, END - timedelta(seconds=1))
        assert (told["stage"], told["seconds"]) == ("Lent", 1)
        assert cases.load(lent).version == 2

    def test_at_the_end_the_power_of_time_is_used(self, lent: str) -> None:
        assert do("lapse", lent, END)["stage"] == "Overdue"
        last = cases.history(lent)[-1]
        assert (last.act, last.by["subject"], last.data) == ("Overdue", "the-clock", {"since": "2026-07-01"})

    def test_a_lapse_that_comes_twice_happens_once(self, lent: str) -> None:
        for _ in range(3):
            do("lapse", lent, END + DAY)
        assert cases.load(lent).version == 3

    def test_a_lapse_that_comes_late_says_the_same(self, lent: str) -> None:
        do("lapse", lent, END + 40 * DAY)
        assert cases.load(lent).state.overdue_since == date(2026, 7, 1)

    def test_a_lapse_is_one_read_and_one_transaction(self, lent: str, calls: Calls) -> None:
        calls.clear()
        do("lapse", lent, END)
        assert calls.names == ["GetItem", "TransactWriteItems"]

    def test_an_act_that_overtakes_the_lapse_is_respected(
        self, lent: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = dynamo.Transaction.commit

        def overtaken(transaction: Any) -> None:
            monkeypatch.setattr(dynamo.Transaction, "commit", real)
            cases.act(lent, power("give_back"), GiveBack(), by(READER, at=END))
            real(transaction)

        monkeypatch.setattr(dynamo.Transaction, "commit", overtaken)
        assert do("lapse", lent, END)["stage"] == "Returned"
        assert [entry.act for entry in cases.history(lent)] == ["Asked", "Lent", "GivenBack"]


class TestStarting:
    def test_the_first_act_starts_the_machine_and_its_repetition_does_not(self, loan: str) -> None:
        for _ in range(3):
            steps.follow(happened(loan, 1))
        assert executions() == {f"{loan}-1": "RUNNING"}

    @pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3])))
    def test_events_in_any_order_start_one_machine(self, loan: str, order: tuple[int, ...]) -> None:
        lend(loan)
        cases.act(loan, power("renew"), Renew(date(2026, 6, 10)), by(LIBRARIAN))
        for sequence in (*order, *order):
            steps.follow(happened(loan, sequence))
        assert executions() == {f"{loan}-1": "RUNNING"}

    def test_a_case_that_is_over_needs_no_machine(self, lent: str) -> None:
        cases.act(lent, power("give_back"), GiveBack(), by(READER))
        steps.follow(happened(lent, 1))
        assert executions() == {}

    def test_an_execution_hops_before_it_is_too_old(self, loan: str) -> None:
        steps.follow(happened(loan, 1))
        told = do("lapse", loan, NOON + 300 * DAY, since=instant(NOON))
        assert told["stage"] == CONTINUED
        assert executions() == {f"{loan}-1": "RUNNING", f"{loan}-2": "RUNNING"}
        assert cases.load(loan).generation == 2

    def test_an_execution_that_is_young_goes_on(self, lent: str) -> None:
        assert do("begin", lent, since=instant(NOON))["stage"] == "Lent"


class TestSweeping:
    sweeper = Sweeper(steps)

    def sweep(self, at: datetime = NOON, rule: str = "sakimori-library-daily") -> Any:
        scheduled = f'{{"id": "sweep-1", "time": "{instant(at)}", "resources": ["{rule}"]}}'
        return self.sweeper.handler({"Records": [{"messageId": "m1", "body": scheduled}]}, None)

    def sweep_machines(self) -> Any:
        return self.sweep(rule="sakimori-library-monthly")

    def test_a_case_whose_machine_was_never_started_gets_one(self, loan: str) -> None:
        assert self.sweep_machines() == {"batchItemFailures": []}
        assert executions() == {f"{loan}-1": "RUNNING"}

    def test_a_lost_execution_is_started_again_under_the_next_generation(self, loan: str) -> None:
        self.sweep_machines()
        lose(f"{loan}-1")
        before = cases.load(loan)
        self.sweep_machines()
        assert executions() == {f"{loan}-1": "ABORTED", f"{loan}-2": "RUNNING"}
        after = cases.load(loan)
        assert (after.state, after.version, after.generation) == (before.state, before.version, 2)

    def test_sweeping_again_changes_nothing(self, loan: str) -> None:
        self.sweep_machines()
        for _ in range(3):
            self.sweep()
            self.sweep_machines()
        assert executions() == {f"{loan}-1": "RUNNING"}
        assert cases.load(loan).generation == 1

    def test_what_is_past_its_end_lapses_without_any_machine(self, lent: str) -> None:
        self.sweep(END)
        assert cases.load(lent).state.overdue_since == date(2026, 7, 1)

    def test_what_is_over_is_left_alone(self, lent: str) -> None:
        cases.act(lent, power("give_back"), GiveBack(), by(READER))
        self.sweep(END + DAY)
        assert executions() == {}
        assert cases.load(lent).version == 3

    def test_a_case_that_cannot_be_swept_does_not_keep_the_others_from_it(
        self, lent: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = cases.open(
            power("ask"), Ask("6010001000001", "Other", (Borrower("Wu"),)), by(READER, at=NOON - DAY)
        ).case
        assert other
        lend(other.id)
        real = steps.lapse

        def poisoned(case_id: str, at: datetime) -> Any:
            if case_id == other.id:
                raise ValueError(case_id)
            return real(case_id, at)

        monkeypatch.setattr(steps, "lapse", poisoned)
        assert self.sweep(END) == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
        assert cases.load(lent).state.overdue_since == date(2026, 7, 1)


def refuse(monkeypatch: pytest.MonkeyPatch, operation: str, code: str) -> None:
    """AWS refuses one operation with an error code."""
    import botocore.client
    from botocore.exceptions import ClientError

    real = botocore.client.BaseClient._make_api_call

    def refusing(self: Any, asked: str, arguments: dict[str, Any]) -> Any:
        if asked == operation:
            raise ClientError({"Error": {"Code": code, "Message": code}}, operation)
        return real(self, asked, arguments)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", refusing)

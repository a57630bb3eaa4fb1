"""Deadlines come on their day when nothing happens, whatever is lost, doubled or out of order."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from local.stories import standstill
from local.stories.standstill import AGENT, API, NECESSITY, OFFICIAL
from local.template import arn
from tests.local.conftest import Running

THIRTY = timedelta(days=29)
"""From the first of thirty days to the last."""


@pytest.fixture
def untroubled(running: Running) -> Iterator[Running]:
    yield running
    running.local("faults", {})


def test_silence_to_the_end_of_the_standstill_frees_and_not_a_second_earlier(
    running: Running, tomorrow: date
) -> None:
    case = running.accepted()
    last = tomorrow + THIRTY
    running.at(last, "23:59")
    assert running.view(case)["stage"] == "Standstill"
    running.at(last + timedelta(days=1), "00:00")
    freed = running.view(case)
    assert (freed["stage"], freed["free_from"]) == ("Freed", (last + timedelta(days=1)).isoformat())
    (execution,) = running.executions(case)
    assert execution["status"] == "SUCCEEDED"
    assert execution["path"][-3:] == ["Standstill ends", "After Standstill", "Freed"]


def test_an_order_after_the_standstill_is_refused_with_the_article(running: Running, tomorrow: date) -> None:
    case = running.accepted()
    running.recommend(case)
    running.at(tomorrow + THIRTY + timedelta(days=1), "00:00")
    order = {"content": "変更すること。", "reasons": "おそれが大きい。", "necessity": NECESSITY}
    refused = running.teller.ask(OFFICIAL, "POST", f"{API}/notifications/{case}/order", order)
    assert refused.status == 409
    assert (refused.code, refused.body["article"]) == ("power_over", "52(10) proviso")
    assert "OrderMade" not in [act["act"] for act in running.acts(case)]


def test_silence_to_the_recommendation_is_recorded_by_the_true_day(running: Running, tomorrow: date) -> None:
    case = running.accepted()
    running.recommend(case)
    due = date.fromisoformat(running.view(case)["answer_due"])
    running.at(due, "23:59")
    assert running.view(case)["stage"] == "AwaitAnswer"
    running.at(due + timedelta(days=1), "00:00")
    assert running.view(case)["stage"] == "AwaitOrder"
    silent = [act for act in running.acts(case) if act["act"] == "AnswerNotGiven"]
    assert [act["data"]["due"] if "due" in act["data"] else act["data"] for act in silent]
    assert len(silent) == 1


def test_a_lost_execution_is_started_again_and_changes_no_legal_result(
    running: Running, tomorrow: date
) -> None:
    lost, kept = running.accepted(), running.accepted()
    running.teller.settle()
    states = running.cloud.client("stepfunctions")
    states.stop_execution(executionArn=running.executions(lost)[0]["execution"])
    assert [e["status"] for e in running.executions(lost)] == ["ABORTED"]
    running.local("sweep", {})
    assert [e["status"] for e in running.executions(lost)] == ["ABORTED", "RUNNING"]
    running.at(tomorrow + THIRTY + timedelta(days=2))
    assert running.legal(lost) == running.legal(kept)
    assert running.view(lost)["free_from"] == (tomorrow + THIRTY + timedelta(days=1)).isoformat()


def test_an_execution_lost_until_after_the_end_lapses_by_the_true_day(
    running: Running, tomorrow: date
) -> None:
    case = running.accepted()
    running.teller.settle()
    states = running.cloud.client("stepfunctions")
    running.at(tomorrow + THIRTY, "23:00")
    for execution in running.executions(case):
        states.stop_execution(executionArn=execution["execution"])
    running.at(tomorrow + THIRTY + timedelta(days=3))
    (freed,) = [act for act in running.acts(case) if act["act"] == "PlanFreed"]
    assert freed["data"]["free_from"] == (tomorrow + THIRTY + timedelta(days=1)).isoformat()


def _a_whole_procedure(running: Running, *, disturbed: bool) -> str:
    """Filed, accepted and extended at one go, recommended and answered the next day; then freed."""
    if disturbed:
        running.local("faults", {"duplicate": True, "reorder": True, "hold": True, "seed": 4})
    case = running.filed()
    running.act(case, "accept")
    until = (running.today + timedelta(days=60)).isoformat()
    running.act(case, "extend", {"purpose": "review", "necessity": NECESSITY, "until": until})
    running.act(
        case, "record-delivery", {"of": "extension", **standstill.received(running.today.isoformat())}
    )
    if disturbed:
        running.local("faults", {"duplicate": True, "reorder": True, "seed": 5})
    running.teller.settle()
    running.recommend(case)
    running.act(case, "answer", {"accepts": True}, AGENT)
    running.teller.settle()
    running.act(case, "file-changed-plan", {"plan": standstill.changed(running.today)}, AGENT)
    running.teller.settle()
    return case


def test_doubled_and_reordered_deliveries_change_nothing(untroubled: Running, tomorrow: date) -> None:
    running = untroubled
    plain = _a_whole_procedure(running, disturbed=False)
    invoked: list[str] = []
    running.cloud.functions.after.append(lambda function, _: invoked.append(function.name))
    troubled = _a_whole_procedure(running, disturbed=True)
    running.cloud.functions.after.pop()
    # Three deliveries from the first queueful and one after each later command, all of them twice.
    assert invoked.count("sakimori-infra-review-inbox") >= 8
    assert running.legal(troubled) == running.legal(plain)
    ways = [running.executions(case) for case in (plain, troubled)]
    assert [[(e["status"], e["path"][-1]) for e in way] for way in ways] == [[("SUCCEEDED", "Freed")]] * 2
    assert [queue for queue in running.local("queues") if queue["waiting"]] == []


def test_fifty_filings_in_one_minute_are_none_lost_and_none_doubled(running: Running, tomorrow: date) -> None:
    filing = {"operator_id": running.story.operator, "plan": standstill.plan(tomorrow)}
    keys = [f"minute-{tomorrow}-{number}" for number in range(50)]

    def file(key: str) -> str:
        answer = running.teller.ask(AGENT, "POST", f"{API}/notifications", filing, key=key)
        assert answer.status == 201, answer
        case: str = answer.body["id"]
        return case

    with ThreadPoolExecutor(4) as clerks:
        cases = list(clerks.map(file, keys))
        # Ten clerks press twice: the same key is the same filing.
        again = list(clerks.map(file, keys[:10]))
    assert len(set(cases)) == 50
    assert again == cases[:10]
    running.teller.settle()
    started = {e["name"].rpartition("-")[0]: e for e in running.local("executions")}
    assert {started[case]["state"] for case in cases} == {"AwaitAcceptance"}
    assert {len(running.executions(case)) for case in cases[:5]} == {1}
    table = "sakimori-infra-review-cases"
    dynamodb = running.cloud.client("dynamodb", running.cloud.tables_url)
    stored = [
        dynamodb.query(
            TableName=table,
            KeyConditionExpression="pk = :case AND begins_with(sk, :act)",
            ExpressionAttributeValues={":case": {"S": f"CASE#{case}"}, ":act": {"S": "ACT#"}},
        )["Count"]
        for case in cases
    ]
    assert stored == [1] * 50


def test_two_officials_at_once_and_one_of_them_wins(running: Running, tomorrow: date) -> None:
    case = running.accepted()
    version = running.view(case)["version"]
    until = [(tomorrow + timedelta(days=days)).isoformat() for days in (40, 50)]

    def extend(day: str) -> int:
        body = {"purpose": "review", "necessity": NECESSITY, "until": day}
        path = f"{API}/notifications/{case}/extend"
        return running.teller.ask(OFFICIAL, "POST", path, body, version=version).status

    with ThreadPoolExecutor(2) as officials:
        statuses = sorted(officials.map(extend, until))
    assert statuses[0] == 200
    assert statuses[1] in {409, 412}
    assert [act["act"] for act in running.acts(case)].count("StandstillExtended") == 1


def test_a_poisoned_message_ends_in_the_dead_letters_and_holds_nobody_up(
    running: Running, tomorrow: date
) -> None:
    running.cloud.send(
        arn("sqs", "sakimori-infra-review-inbox"), '{"source": "nobody", "detail-type": "Noise"}'
    )
    case = running.accepted()
    running.teller.settle()
    queues = {queue["queue"]: queue for queue in running.local("queues")}
    assert queues["sakimori-infra-review-inbox"]["waiting"] == 0
    assert queues["sakimori-infra-review-inbox-dlq"]["waiting"] == 1
    assert running.executions(case)[0]["state"] == "Standstill"
    running.cloud.client("sqs").purge_queue(
        QueueUrl=running.cloud.queues[arn("sqs", "sakimori-infra-review-inbox-dlq")].ref
    )

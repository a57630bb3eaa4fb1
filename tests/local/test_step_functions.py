"""State machines live in virtual time: waits, branches, retries, stops, and tokens that come too late."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.step_functions import token_for
from local.template import arn
from tests.local.conftest import Running

ROLE = arn("iam", "role/sakimori-infra-review-notification-machine", region="")
DAY = 86_400


def started(running: Running, name: str, states: dict[str, Any], begin: str, given: Any = None) -> str:
    machines = running.cloud.client("stepfunctions")
    definition = json.dumps({"StartAt": begin, "States": states})
    machine = machines.create_state_machine(name=name, definition=definition, roleArn=ROLE)["stateMachineArn"]
    execution: str = machines.start_execution(
        stateMachineArn=machine, name="one", input=json.dumps(given or {})
    )["executionArn"]
    return execution


def described(running: Running, execution: str) -> dict[str, Any]:
    found: dict[str, Any] = running.cloud.client("stepfunctions").describe_execution(executionArn=execution)
    return found


def test_parallel_branches_wait_each_for_its_own_time(running: Running) -> None:
    branches = [
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": days * DAY, "End": True}}}
        for days in (3, 1, 2)
    ]
    states = {"P": {"Type": "Parallel", "Branches": branches, "End": True}}
    start = running.cloud.clock.now()
    execution = started(running, "parallel", states, "P")
    running.cloud.clock.advance(start + timedelta(days=2, hours=23))
    assert described(running, execution)["status"] == "RUNNING"
    running.cloud.clock.advance(start + timedelta(days=3))
    done = described(running, execution)
    assert (done["status"], done["stopDate"].astimezone(UTC)) == ("SUCCEEDED", start + timedelta(days=3))


def test_a_wait_for_an_instant_ends_at_that_instant(running: Running) -> None:
    until = (running.cloud.clock.now() + timedelta(days=2)).replace(microsecond=0)
    states = {"W": {"Type": "Wait", "TimestampPath": "$.until", "End": True}}
    given = {"until": until.strftime("%Y-%m-%dT%H:%M:%SZ")}
    execution = started(running, "instant", states, "W", given)
    running.cloud.clock.advance(until + timedelta(days=1))
    ended: datetime = described(running, execution)["stopDate"]
    assert ended.astimezone(UTC) == until


def test_a_retry_backs_off_in_virtual_time(running: Running) -> None:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "sakimori-infra-review-api", "Payload": {}},
        "Retry": [
            {"ErrorEquals": ["States.ALL"], "IntervalSeconds": DAY, "BackoffRate": 2, "MaxAttempts": 2}
        ],
        "End": True,
    }
    start = running.cloud.clock.now()
    # The machine's role may not call the API's function: every try fails.
    execution = started(running, "retry", {"T": task}, "T")
    running.cloud.clock.advance(start + timedelta(days=9))
    failed = described(running, execution)
    assert failed["status"] == "FAILED"
    assert failed["stopDate"].astimezone(UTC) == start + timedelta(days=3)
    assert "needs lambda:InvokeFunction" in failed["cause"]
    # It was meant to be refused: no grant is missing.
    running.cloud.ledgers[ROLE].denied.clear()


def test_a_stopped_execution_ends_at_once_and_leaves_no_deadline(running: Running) -> None:
    states = {"W": {"Type": "Wait", "Seconds": 77 * DAY, "End": True}}
    execution = started(running, "stopped", states, "W")
    running.cloud.clock.settle()
    before = len(running.cloud.clock.upcoming(1000))
    running.cloud.client("stepfunctions").stop_execution(executionArn=execution)
    assert described(running, execution)["status"] == "ABORTED"
    running.cloud.clock.settle()
    assert len(running.cloud.clock.upcoming(1000)) == before - 1


@pytest.mark.parametrize(
    ("token", "code"),
    [(token_for(arn("states", "stateMachine:x")), "TaskTimedOut"), ("nobody's", "InvalidToken")],
)
def test_an_answer_that_comes_too_late_is_refused_as_aws_refuses_it(
    running: Running, token: str, code: str
) -> None:
    with pytest.raises(ClientError) as refused:
        running.cloud.client("stepfunctions").send_task_success(taskToken=token, output="{}")
    assert refused.value.response["Error"]["Code"] == code

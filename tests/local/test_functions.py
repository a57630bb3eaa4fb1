"""A function runs in its own process under its own role; what goes wrong in it is an error result."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from local.clock import Clock
from local.functions import Functions, ledgers_of
from local.template import Templates, arn

TABLE = arn("dynamodb", "table/cases")
QUERY = {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": f"{TABLE}/index/party"}


def function(name: str, seconds: int = 10) -> dict[str, Any]:
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "FunctionName": name,
            "Handler": f"tests.local.handlers.{name}",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Timeout": seconds,
            "Environment": {"Variables": {"TABLE": "cases"}},
        },
    }


@pytest.fixture
def functions(tmp_path: Path) -> Iterator[Functions]:
    policy = {"PolicyName": "own", "PolicyDocument": {"Statement": [QUERY]}}
    role = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "reader", "Policies": [policy]}}
    names = ("echo", "crash", "fail", "read", "read_with_pynamodb")
    resources = {"Role": role, **{name: function(name) for name in names}, "sleep": function("sleep", 1)}
    (tmp_path / "one.template.json").write_text(json.dumps({"Resources": resources}))
    templates = Templates(tmp_path)
    # Nobody listens there: a call that is let through fails to connect, and says so.
    endpoints = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    clock = Clock(datetime(2026, 4, 24, tzinfo=UTC))
    made = Functions(templates, ledgers_of(templates), clock, endpoints=endpoints, logs=tmp_path / "logs")
    yield made
    made.stop()


def test_the_handler_of_the_template_answers_with_its_environment_and_stays_warm(
    functions: Functions,
) -> None:
    first, second = (functions.invoke("echo", {"n": n}).answer for n in (1, 2))
    assert (first["event"], first["table"], first["name"]) == ({"n": 1}, "cases", "echo")
    assert 0 < first["milliseconds"] <= 10_000
    assert first["pid"] == second["pid"]


def test_a_function_found_by_its_arn_is_the_same_function(functions: Functions) -> None:
    assert functions.find(arn("lambda", "function:echo")) is functions.find("echo")


def test_what_it_prints_is_its_log(functions: Functions, tmp_path: Path) -> None:
    functions.invoke("echo", {"n": 7})
    assert "said {'n': 7}" in (tmp_path / "logs" / "echo.log").read_text()


@pytest.mark.parametrize(
    ("name", "event", "kind"),
    [
        ("fail", {}, "ValueError"),
        ("crash", {}, "Runtime.ExitError"),
        ("sleep", {"seconds": 9}, "Sandbox.Timedout"),
    ],
)
def test_a_failure_is_an_error_result(functions: Functions, name: str, event: Any, kind: str) -> None:
    result = functions.invoke(name, event)
    assert (result.failed, result.answer["errorType"]) == (True, kind)


def test_after_a_crash_the_next_invocation_has_a_new_sandbox(functions: Functions) -> None:
    functions.invoke("sleep", {"seconds": 9})
    assert not functions.invoke("sleep", {"seconds": 0}).failed


def test_a_handler_that_cannot_be_imported_says_so(functions: Functions, tmp_path: Path) -> None:
    function = functions.find("echo")
    function.handler = "tests.local.handlers.nobody"
    sandbox = functions._start(function)
    assert "nobody" in sandbox.invoke({}).answer["errorMessage"]


def test_a_call_the_role_does_not_allow_is_refused_with_the_missing_grant(functions: Functions) -> None:
    answer = functions.invoke("read", {"index": "queue"}).answer
    assert answer == f"AccessDeniedException: reader needs dynamodb:Query on {TABLE}/index/queue"
    ledger = functions.find("read").ledger
    assert [(call.action, call.resource) for call in ledger.denied if "dynamodb" in call.action] == [
        ("dynamodb:Query", f"{TABLE}/index/queue")
    ]


def test_a_call_the_role_allows_is_made_and_its_grant_counts_as_used(functions: Functions) -> None:
    result = functions.invoke("read", {"index": "party"})
    # It went out, to where nobody listens.
    assert result.answer["errorType"] == "EndpointConnectionError"
    assert functions.find("read").ledger.unused() == []


def test_pynamodb_is_judged_like_any_client(functions: Functions) -> None:
    answer = functions.invoke("read_with_pynamodb", {}).answer
    assert f"reader needs dynamodb:DescribeTable on {TABLE}" in answer or (
        f"reader needs dynamodb:GetItem on {TABLE}" in answer
    )


def test_a_machine_may_only_invoke_what_its_role_allows(functions: Functions) -> None:
    ledger = functions.find("echo").ledger
    body, failed = functions.invoke_for("echo", b"{}", caller=ledger)
    assert failed
    assert (
        json.loads(body)["errorMessage"]
        == f"reader needs lambda:InvokeFunction on {arn('lambda', 'function:echo')}"
    )


def test_time_stands_still_while_a_handler_runs(functions: Functions) -> None:
    from threading import Thread

    running = Thread(target=functions.invoke, args=("sleep", {"seconds": 0.5}))
    running.start()
    while not functions._clock.holders():
        pass
    assert functions._clock.holders() == {"sleep": 1}
    functions._clock.settle()
    running.join()
    assert functions._clock.holders() == {}

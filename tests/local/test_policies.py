"""IAM: deny by default, explicit deny wins, conditions hold or the grant does not."""

from __future__ import annotations

from typing import Any

import pytest

from local.aws_calls import calls_of, through_table
from local.policies import Call, Ledger, UnknownConditionError, allowed_by, refusal
from local.step_functions import machine_of, token_for

TABLE = "arn:aws:dynamodb:ap-northeast-1:123456789012:table/cases"


def allow(action: Any, resource: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def test_nothing_is_allowed_that_is_not_written_down() -> None:
    assert allowed_by([], Call("dynamodb:Query", TABLE)) == []
    assert allowed_by([allow("dynamodb:Query", TABLE)], Call("dynamodb:Query", f"{TABLE}/index/queue")) == []
    assert allowed_by([allow("dynamodb:GetItem", TABLE)], Call("dynamodb:Query", TABLE)) == []


def test_the_refusal_names_the_missing_grant() -> None:
    call = Call("dynamodb:Query", f"{TABLE}/index/queue")
    assert refusal("patent-api", call) == f"patent-api needs dynamodb:Query on {TABLE}/index/queue"


@pytest.mark.parametrize(
    ("action", "resource"),
    [("dynamodb:*", TABLE), ("DynamoDB:query", TABLE), ("*", "*"), ("dynamodb:Quer?", f"{TABLE}*")],
)
def test_wildcards_and_case_are_read_as_iam_reads_them(action: str, resource: str) -> None:
    assert allowed_by([allow(action, resource)], Call("dynamodb:Query", TABLE))


def test_an_explicit_deny_wins() -> None:
    deny = {"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"}
    assert allowed_by([allow("dynamodb:Query", TABLE), deny], Call("dynamodb:Query", TABLE)) == []


@pytest.mark.parametrize(("source", "allowed"), [("sakimori.patent", True), ("sakimori.fund", False)])
def test_a_condition_on_the_source_of_events_is_evaluated(source: str, allowed: bool) -> None:
    condition = {"StringEquals": {"events:source": "sakimori.patent"}}
    entry = {"EventBusName": "sakimori", "Source": source, "DetailType": "Filed", "Detail": "{}"}
    (call,) = calls_of("events", "PutEvents", {"Entries": [entry]})
    assert bool(allowed_by([allow("events:PutEvents", "*", Condition=condition)], call)) is allowed


def test_a_condition_without_its_key_does_not_hold() -> None:
    condition = {"StringEquals": {"kms:ViaService": "dynamodb.ap-northeast-1.amazonaws.com"}}
    assert allowed_by([allow("kms:Decrypt", "*", Condition=condition)], Call("kms:Decrypt", "k")) == []


def test_an_operator_nobody_evaluates_is_an_error_and_never_a_yes() -> None:
    statement = allow("*", "*", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})
    with pytest.raises(UnknownConditionError, match="IpAddress"):
        allowed_by([statement], Call("dynamodb:Query", TABLE))


def test_a_transaction_needs_the_action_of_each_of_its_items() -> None:
    items = [
        {"Put": {"TableName": "cases"}},
        {"ConditionCheck": {"TableName": "cases"}},
        {"Delete": {"TableName": "other"}},
    ]
    found = {
        call.action: call.resource
        for call in calls_of("dynamodb", "TransactWriteItems", {"TransactItems": items})
    }
    assert found == {
        "dynamodb:PutItem": TABLE,
        "dynamodb:ConditionCheckItem": TABLE,
        "dynamodb:DeleteItem": TABLE.replace("cases", "other"),
    }


def test_a_query_of_an_index_is_a_call_on_the_index() -> None:
    (call,) = calls_of("dynamodb", "Query", {"TableName": "cases", "IndexName": "queue"})
    assert call.resource == f"{TABLE}/index/queue"


def test_a_table_with_a_key_of_its_own_needs_the_key_through_dynamodb() -> None:
    key, via = "arn:aws:kms:::key/k", (("kms:ViaService", "dynamodb.ap-northeast-1.amazonaws.com"),)
    read, write = Call("dynamodb:Query", f"{TABLE}/index/queue"), Call("dynamodb:PutItem", TABLE)
    assert through_table(read, {TABLE: key}) == [
        Call("kms:Decrypt", key, via),
        Call("kms:DescribeKey", key, via),
    ]
    assert {call.action for call in through_table(write, {TABLE: key})} >= {
        "kms:Encrypt",
        "kms:GenerateDataKey",
    }
    assert through_table(write, {}) == []


def test_a_task_token_is_a_call_on_its_machine() -> None:
    machine = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:review"
    (call,) = calls_of("states", "SendTaskSuccess", {"taskToken": token_for(machine), "output": "{}"})
    assert call == Call("states:SendTaskSuccess", machine)
    assert machine_of("not-ours") == ""


def test_a_ledger_knows_what_was_used_and_what_never_was() -> None:
    ledger = Ledger("r", [allow(["dynamodb:Query", "dynamodb:Scan"], TABLE)])
    assert ledger.record(Call("dynamodb:Query", TABLE))
    assert not ledger.record(Call("dynamodb:DeleteItem", TABLE))
    assert [str(grant) for grant in ledger.unused()] == [f"dynamodb:Scan on {TABLE}"]
    assert [call.action for call in ledger.denied] == ["dynamodb:DeleteItem"]

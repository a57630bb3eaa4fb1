"""Every house rule finds what it is there for: each is shown a template that breaks it in one place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from infra.house_rules import RULES
from infra.house_rules.reading import Deployment, Resource

Break = Callable[[dict[str, Any]], Any]
"""Changes the properties, or the whole resource if it is one of `WHOLE`."""


def deny(properties: dict[str, Any]) -> None:
    properties["PolicyDocument"]["Statement"] = [
        s for s in properties["PolicyDocument"]["Statement"] if s["Effect"] != "Deny"
    ]


def shared_role(properties: dict[str, Any]) -> None:
    properties["Role"] = {"Fn::GetAtt": ["StepsDoorRole7E161634", "Arn"]}


def star(properties: dict[str, Any]) -> None:
    properties["Policies"][0]["PolicyDocument"]["Statement"][-1]["Action"] = "dynamodb:*"


def stranger(properties: dict[str, Any]) -> None:
    properties["PolicyDocument"]["Statement"].append({"Effect": "Allow", "Action": "sqs:X", "Principal": "*"})


def forgotten(resource: dict[str, Any]) -> None:
    resource["DeletionPolicy"] = "Retain"


def of_old(resource: dict[str, Any]) -> None:
    resource["Type"] = "AWS::DynamoDB::Table"


WHOLE = (forgotten, of_old)
BREAKS: dict[str, tuple[str, str, Break]] = {
    "no_star": ("IAM::Role", "InboxDoor", star),
    "no_stranger": ("SQS::QueuePolicy", "InboxBuffer/Queue", stranger),
    "no_policy_from_elsewhere": ("IAM::Role", "InboxDoor", lambda p: p.update(ManagedPolicyArns=["arn:any"])),
    "own_role": ("Lambda::Function", "InboxDoor", shared_role),
    "stacks_are_independent": ("Events::Rule", "From", lambda p: p.update(EventBusName={"Ref": "Bus"})),
    "queue_has_dead_letters": ("SQS::Queue", "InboxBuffer/Queue", lambda p: p.pop("RedrivePolicy")),
    "rule_has_dead_letters": ("Events::Rule", "Daily", lambda p: p["Targets"][0].pop("DeadLetterConfig")),
    "queue_is_private": ("SQS::QueuePolicy", "SweeperBuffer/Queue", deny),
    "queue_waits_for_its_function": ("Lambda::Function", "SweeperDoor", lambda p: p.update(Timeout=900)),
    "batch_reports_failures": ("Lambda::EventSourceMapping", "", lambda p: p.pop("FunctionResponseTypes")),
    "logs_end": ("Logs::LogGroup", "StepsDoor", lambda p: p.pop("RetentionInDays")),
    "function_logs_to_its_group": (
        "Lambda::Function",
        "ApiDoor",
        lambda p: p["LoggingConfig"].pop("LogGroup"),
    ),
    "queue_keeps_fourteen_days": (
        "SQS::Queue",
        "InboxBuffer/Queue",
        lambda p: p.update(MessageRetentionPeriod=345600),
    ),
    "stream_failure_keeps_the_records": (
        "Lambda::EventSourceMapping",
        "Stream",
        lambda p: p.update(MaximumRetryAttempts=10),
    ),
    "outlives_its_stack": ("DynamoDB::GlobalTable", "", forgotten),
    "table_is_protected": (
        "DynamoDB::GlobalTable",
        "",
        lambda p: p["Replicas"][0].update(DeletionProtectionEnabled=False),
    ),
    "table_is_as_all": ("DynamoDB::GlobalTable", "", of_old),
    "alarm_names_its_runbook": (
        "CloudWatch::Alarm",
        "",
        lambda p: p.update(AlarmDescription="It failed. What to do: docs/runbooks/nothing.md"),
    ),
    "table_is_backed_up": ("DynamoDB::GlobalTable", "", lambda p: p["Replicas"][0].pop("Tags")),
    "trail_is_whole": ("CloudTrail::Trail", "", lambda p: p.update(EventSelectors=[])),
    "called_by_alias": (
        "Lambda::EventSourceMapping",
        "Stream",
        lambda p: p.update(FunctionName={"Ref": "PublisherDoorFunction52BE7D3A"}),
    ),
    "public_is_throttled_apart": (
        "ApiGateway::Stage",
        "",
        lambda p: p.update(MethodSettings=p["MethodSettings"][:1]),
    ),
    "key_rotates": ("KMS::Key", "", lambda p: p.update(EnableKeyRotation=False)),
    "someone_is_told": ("CloudWatch::Alarm", "InboxErrors", lambda p: p.pop("AlarmActions")),
    "function_is_as_all": ("Lambda::Function", "ApiDoor", lambda p: p.update(Timeout=30)),
    "environment_is_modelled": (
        "Lambda::Function",
        "StepsDoor",
        lambda p: p["Environment"]["Variables"].update(SECRET="x"),
    ),
    "api_asks_for_a_token": ("ApiGateway::Method", "{proxy+}", lambda p: p.update(AuthorizationType="NONE")),
    "api_has_a_shield": ("WAFv2::WebACLAssociation", "", lambda p: p.update(ResourceArn="elsewhere")),
    "machine_is_standard": (
        "StepFunctions::StateMachine",
        "",
        lambda p: p.update(StateMachineType="EXPRESS"),
    ),
}


def found(rule: Callable[[Deployment], Any], deployment: Deployment) -> set[tuple[str, str]]:
    return {(name, where.path) for name, where in rule(deployment)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_bites(rule: Callable[[Deployment], Any], templates: dict[str, dict[str, Any]]) -> None:
    type_, part, broken = BREAKS[rule.__name__]
    before = found(rule, Deployment(templates))
    changed = {
        name: copy.deepcopy(body)
        for name, body in templates.items()
        if name in ("sakimori-infra-review", "sakimori-platform")
    }
    resource: Resource = min(
        (r for r in Deployment(changed).of(type_) if part in r.path), key=lambda r: r.stack
    )
    broken(resource.body if broken in WHOLE else resource.body["Properties"])
    assert found(rule, Deployment(changed)) - before

"""From acts to what they lead to: the real publisher, moto's bus and queue, and the real inbox."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from services.platform.runtime.environment import environment
from tests.services.infra_review.doors import aws
from tests.services.lambdas import door

__all__ = ["aws"]
RULE = "to-infra-review"


@pytest.fixture
def circle(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table, the two keys, the bus, and a queue that hears everything the service says."""
    from services.platform.runtime.clients import client

    monkeypatch.setenv("KEY", client("kms").create_key()["KeyMetadata"]["Arn"])
    signing = client("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    monkeypatch.setenv("CLOCK_KEY", signing["KeyMetadata"]["Arn"])
    environment.cache_clear()
    events = client("events")
    events.create_event_bus(Name="sakimori")
    queue = client("sqs").create_queue(QueueName=RULE)["QueueUrl"]
    arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    pattern = json.dumps({"source": ["sakimori.infra_review"]})
    events.put_rule(Name=RULE, EventBusName="sakimori", EventPattern=pattern)
    target = {"Id": "1", "Arn": arn["Attributes"]["QueueArn"]}
    events.put_targets(Rule=RULE, EventBusName="sakimori", Targets=[target])
    yield
    environment.cache_clear()


def published(*cases: str) -> list[str]:
    """Every event of these cases' acts, as the publisher puts it on the bus and the queue receives it."""
    records = [
        {
            "eventID": f"{case}-{n}",
            "eventName": "INSERT",
            "dynamodb": {"NewImage": image, "SequenceNumber": str(n)},
        }
        for case in cases
        for n, image in enumerate(_acts(case))
    ]
    assert door("publisher")({"Records": records}, None) == {"batchItemFailures": []}
    return list(_drained())


def _acts(case: str) -> list[dict[str, Any]]:
    from services.platform.runtime.clients import client

    found = client("dynamodb").query(
        TableName=environment().table,
        KeyConditionExpression="pk = :case AND begins_with(sk, :act)",
        ExpressionAttributeValues={":case": {"S": f"CASE#{case}"}, ":act": {"S": "ACT#"}},
    )
    return list(found["Items"])


def _drained() -> Iterator[str]:
    from services.platform.runtime.clients import client

    sqs = client("sqs")
    queue = sqs.get_queue_url(QueueName=RULE)["QueueUrl"]
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            yield message["Body"]


def delivered(bodies: list[str]) -> None:
    """Hand events to the inbox; all of them are taken."""
    records = [{"messageId": str(n), "body": body} for n, body in enumerate(bodies)]
    assert door("inbox")({"Records": records}, None) == {"batchItemFailures": []}


def told(*cases: str) -> None:
    """Publish and deliver all events of these cases, in order."""
    delivered(published(*cases))


def shuffled(bodies: list[str], seed: int) -> list[str]:
    """The events in another order, each of them twice."""
    twice = bodies * 2
    random.Random(seed).shuffle(twice)
    return twice


def kept() -> str:
    """Everything the table holds, as one text."""
    from services.platform.runtime.clients import client

    pages = client("dynamodb").get_paginator("scan").paginate(TableName=environment().table)
    return json.dumps([item for page in pages for item in page["Items"]], ensure_ascii=False)


def readings(case: str) -> list[dict[str, str]]:
    """Who was recorded as reading what of a case, in order."""
    from services.platform.runtime.clients import client

    found = client("dynamodb").query(
        TableName=environment().table,
        KeyConditionExpression="pk = :case AND begins_with(sk, :audit)",
        ExpressionAttributeValues={":case": {"S": f"CASE#{case}"}, ":audit": {"S": "AUDIT#"}},
    )
    return [{name: value["S"] for name, value in item.items()} for item in found["Items"]]

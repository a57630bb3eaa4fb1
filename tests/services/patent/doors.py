"""The service's doors as AWS knocks on them: requests, events and the daily schedule, over moto."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from moto import mock_aws

from services.platform.law.parties import Principal
from services.platform.runtime.environment import environment
from tests.services.infra_review import doors as shared
from tests.services.infra_review.doors import Reply, create_clock_key, create_table
from tests.services.lambdas import door
from tests.services.patent.story import noon

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_REGION": "ap-northeast-1",
    "SERVICE": "patent",
    "BUS": "sakimori",
    "POWERTOOLS_SERVICE_NAME": "patent",
    "POWERTOOLS_METRICS_NAMESPACE": "Sakimori",
    "LOG_LEVEL": "INFO",
}
RULE = "to-patent"


@pytest.fixture
def aws() -> Iterator[None]:
    """AWS for one test."""
    yield from played()


@pytest.fixture(scope="module")
def aws_of_module() -> Iterator[None]:
    """AWS for the tests of a module, which only read what the first has made."""
    yield from played()


def played() -> Iterator[None]:
    """AWS as moto plays it: the service's table, its bus, and a queue that hears all it says."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield from _played(monkeypatch)


def _played(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    for name in [name for name in os.environ if name.startswith("MACHINE_")]:
        monkeypatch.delenv(name)
    environment.cache_clear()
    with mock_aws():
        from services.platform.cases import seals
        from services.platform.runtime.clients import client

        client.cache_clear()
        seals.pseudonyms.cache_clear()
        create_table()
        monkeypatch.setenv("CLOCK_KEY", create_clock_key())
        monkeypatch.setenv("KEY", client("kms").create_key()["KeyMetadata"]["Arn"])
        environment.cache_clear()
        events = client("events")
        events.create_event_bus(Name="sakimori")
        queue = client("sqs").create_queue(QueueName=RULE)["QueueUrl"]
        arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        events.put_rule(
            Name=RULE, EventBusName="sakimori", EventPattern=json.dumps({"source": ["sakimori.patent"]})
        )
        target = {"Id": "1", "Arn": arn["Attributes"]["QueueArn"]}
        events.put_targets(Rule=RULE, EventBusName="sakimori", Targets=[target])
        yield
    environment.cache_clear()


def send(
    method: str, path: str, body: Any = None, *, by: Principal | None, on: date | str, **more: Any
) -> Reply:
    """One request as API Gateway hands it over, at noon of a day."""
    return shared.send(method, path, body, by=by, on=noon(on), **more)


class Published:
    """What the stream has told the publisher so far, and the publisher the bus."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()
        self.events: list[dict[str, Any]] = []

    def settle(self) -> None:
        """Publish what is new and deliver it, until nothing follows any more."""
        while records := list(self._new()):
            assert door("publisher")({"Records": records}, None) == {"batchItemFailures": []}
            bodies = list(_drained())
            self.events += [json.loads(body) for body in bodies]
            taken = [{"messageId": str(n), "body": body} for n, body in enumerate(bodies)]
            assert door("inbox")({"Records": taken}, None) == {"batchItemFailures": []}

    def _new(self) -> Iterator[dict[str, Any]]:
        for item in everything():
            key = (item["pk"]["S"], item["sk"]["S"])
            if key[1].startswith("ACT#") and key not in self.seen:
                self.seen.add(key)
                change = {"NewImage": item, "SequenceNumber": str(len(self.seen))}
                yield {"eventID": "-".join(key), "eventName": "INSERT", "dynamodb": change}


def everything() -> list[dict[str, Any]]:
    """Every item of the table, acts in order."""
    from services.platform.runtime.clients import client

    pages = client("dynamodb").get_paginator("scan").paginate(TableName=environment().table)
    items = [item for page in pages for item in page["Items"]]
    return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def sweep(on: date | str) -> None:
    """The daily schedule, at noon of a day."""
    body = json.dumps({"id": f"sweep-{on}", "time": noon(on).isoformat()})
    records = {"Records": [{"messageId": "1", "body": body}]}
    assert door("sweeper")(records, None) == {"batchItemFailures": []}


def _drained() -> Iterator[str]:
    from services.platform.runtime.clients import client

    sqs = client("sqs")
    queue = sqs.get_queue_url(QueueName=RULE)["QueueUrl"]
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            yield message["Body"]

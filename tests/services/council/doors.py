"""The council's doors as AWS knocks on them, over moto."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from moto import mock_aws

from services.platform.law.parties import Principal
from services.platform.runtime.environment import environment
from tests.services.council.people import noon
from tests.services.infra_review import doors as shared
from tests.services.infra_review.doors import Reply, create_clock_key, create_table
from tests.services.lambdas import door
from tests.services.patent.doors import SETTINGS as OF_PATENT
from tests.services.patent.doors import everything

SETTINGS = {**OF_PATENT, "SERVICE": "council", "POWERTOOLS_SERVICE_NAME": "council"}
RULE = "to-council"
__all__ = ["everything"]


@pytest.fixture
def aws() -> Iterator[None]:
    """AWS for one test."""
    yield from played()


def played() -> Iterator[None]:
    """AWS as moto plays it: the service's table, its keys, its bus, and a queue that hears all it says."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name, value in SETTINGS.items():
            monkeypatch.setenv(name, value)
        for name in [name for name in os.environ if name.startswith("MACHINE_")]:
            monkeypatch.delenv(name)
        environment.cache_clear()
        with mock_aws():
            from services.platform.runtime.clients import client

            client.cache_clear()
            create_table()
            monkeypatch.setenv("CLOCK_KEY", create_clock_key())
            monkeypatch.setenv("KEY", client("kms").create_key()["KeyMetadata"]["Arn"])
            environment.cache_clear()
            events = client("events")
            events.create_event_bus(Name="sakimori")
            queue = client("sqs").create_queue(QueueName=RULE)["QueueUrl"]
            arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
            pattern = json.dumps({"source": ["sakimori.council"]})
            events.put_rule(Name=RULE, EventBusName="sakimori", EventPattern=pattern)
            target = {"Id": "1", "Arn": arn["Attributes"]["QueueArn"]}
            events.put_targets(Rule=RULE, EventBusName="sakimori", Targets=[target])
            yield
        environment.cache_clear()


def send(
    method: str, path: str, body: Any = None, *, by: Principal | None, on: date | str | datetime, **more: Any
) -> Reply:
    """One request as API Gateway hands it over, at noon of a day or at an instant."""
    at = on if isinstance(on, datetime) else noon(on)
    return shared.send(method, path, body, by=by, on=at, **more)


def hears(source: str, name: str, data: dict[str, Any], *, on: date | str, case: str = "grant-1") -> None:
    """An event of another service reaches the inbox."""
    metadata = {
        "event_id": f"{case}:1",
        "case_id": case,
        "sequence": 1,
        "occurred_at": noon(on).isoformat(),
        "article": "63(1)",
        "classification": "internal",
        "schema_version": 1,
    }
    told = {"source": source, "detail-type": name, "detail": {"metadata": metadata, "data": data}}
    taken = {"Records": [{"messageId": "1", "body": json.dumps(told)}]}
    assert door("inbox")(taken, None) == {"batchItemFailures": []}


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

    def told(self, name: str) -> list[dict[str, Any]]:
        """What left about every act of that name, in order."""
        self.settle()
        return [event["detail"]["data"] for event in self.events if event["detail-type"] == name]

    def _new(self) -> Iterator[dict[str, Any]]:
        for item in everything():
            key = (item["pk"]["S"], item["sk"]["S"])
            if key[1].startswith("ACT#") and key not in self.seen:
                self.seen.add(key)
                change = {"NewImage": item, "SequenceNumber": str(len(self.seen))}
                yield {"eventID": "-".join(key), "eventName": "INSERT", "dynamodb": change}


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

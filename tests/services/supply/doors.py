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
from tests.services.patent import doors as patents
from tests.services.patent.doors import Published, everything, sweep
from tests.services.supply.story import noon

__all__ = ["Published", "Reply", "aws", "everything", "send", "sweep"]
SETTINGS = patents.SETTINGS | {"SERVICE": "supply", "POWERTOOLS_SERVICE_NAME": "supply"}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """AWS for one test: the service's table, its bus, and a queue that hears all it says."""
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
        environment.cache_clear()
        events = client("events")
        events.create_event_bus(Name="sakimori")
        queue = client("sqs").create_queue(QueueName=patents.RULE)["QueueUrl"]
        arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        pattern = json.dumps({"source": ["sakimori.supply"]})
        events.put_rule(Name=patents.RULE, EventBusName="sakimori", EventPattern=pattern)
        target = {"Id": "1", "Arn": arn["Attributes"]["QueueArn"]}
        events.put_targets(Rule=patents.RULE, EventBusName="sakimori", Targets=[target])
        yield
    environment.cache_clear()


def send(
    method: str, path: str, body: Any = None, *, by: Principal | None, on: date | str, **more: Any
) -> Reply:
    """One request as API Gateway hands it over, at noon of a day."""
    return shared.send(method, path, body, by=by, on=noon(on), **more)

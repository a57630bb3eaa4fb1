"""A table, a bus, a queue and a state machine in moto, made from the same names the template uses."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_REGION": "ap-northeast-1",
    "SERVICE": "library",
    "TABLE": "sakimori-library",
    "BUS": "sakimori",
    "MACHINE_LOAN": "arn:aws:states:ap-northeast-1:123456789012:stateMachine:loan",
    "POWERTOOLS_SERVICE_NAME": "library",
    "POWERTOOLS_METRICS_NAMESPACE": "Sakimori",
    "LOG_LEVEL": "WARNING",
}
# Before the first import of the models, which name their table when they are made.
os.environ.update(SETTINGS)

from moto import mock_aws  # noqa: E402

from services.platform.cases import table  # noqa: E402
from services.platform.law.parties import AUDITOR, CLOCK, Principal  # noqa: E402
from services.platform.law.procedure import Given  # noqa: E402
from services.platform.runtime.environment import environment  # noqa: E402
from tests.services.platform.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL  # noqa: E402

NOON = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
"""Noon in Tokyo on Monday 2026-06-01."""

READER = Principal("reader-1", "6010001000001", frozenset({OPERATOR.name}))
STRANGER = Principal("reader-2", "5010001000002", frozenset({OPERATOR.name}))
PROXY = Principal("proxy-1", "4010001000003", frozenset({AGENT.name}), mandates=frozenset({"6010001000001"}))
LIBRARIAN = Principal("official-1", "METI", frozenset({REVIEWING_OFFICIAL.name}), ministry="METI")
SECOND_LIBRARIAN = Principal("official-2", "METI", frozenset({REVIEWING_OFFICIAL.name}), ministry="METI")
INSPECTOR = Principal("auditor-1", "audit", frozenset({AUDITOR.name}))


def by(principal: Principal, after: timedelta = timedelta(), at: datetime = NOON) -> Given:
    """A trigger from `principal`, some time after noon."""
    return Given(at + after, principal)


def the_clock(at: datetime) -> Given:
    """The passing of time, at that instant."""
    return Given(at, CLOCK)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """AWS as moto plays it, empty but for the service's table, with the indexes and keys of `table`."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    environment.cache_clear()
    with mock_aws():
        create_table()
        yield
    environment.cache_clear()


def table_name() -> str:
    """The table that the models were made for, by whichever test came first in this process."""
    from services.platform.cases.dynamo import CaseItem

    return str(CaseItem.Meta.table_name)


def create_table() -> None:
    from services.platform.runtime.clients import client

    attributes = {table.PARTITION, table.SORT} | {
        name for index in table.INDEXES for name in (index.partition, index.sort)
    }
    client("dynamodb").create_table(
        TableName=table_name(),
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in sorted(attributes)],
        KeySchema=key_schema(table.PARTITION, table.SORT),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index.name,
                "KeySchema": key_schema(index.partition, index.sort),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(table.PROJECTED)},
            }
            for index in table.INDEXES
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )


def key_schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


@dataclass
class Calls:
    """The AWS calls made, in order, and what they were asked."""

    made: list[tuple[str, dict[str, Any]]]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.made]

    def clear(self) -> None:
        self.made.clear()


@pytest.fixture
def calls(aws: None, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Records every AWS call made through botocore."""
    import botocore.client

    recorded = Calls([])
    real = botocore.client.BaseClient._make_api_call

    def recording(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        recorded.made.append((operation, json.loads(json.dumps(arguments, default=str))))
        return real(self, operation, arguments)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", recording)
    return recorded

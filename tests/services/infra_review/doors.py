"""The service's doors as AWS knocks on them: requests, machines' tasks and the daily schedule, over moto."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import msgspec
import pytest
from moto import mock_aws

from services.platform.cases import table
from services.platform.law.parties import Principal
from services.platform.runtime.environment import environment
from tests.services.documented import conforms
from tests.services.infra_review import SETTINGS
from tests.services.infra_review.conftest import COMPANY, METI, a_plan, noon
from tests.services.lambdas import door

FROM = "general_transmission_distribution"
NECESSITY = {"needed_because": "Control from abroad could cut supply.", "effect_on_business": "Small."}
_NUMBERS = count()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """AWS as moto plays it, with the service's table, its keys and its indexes."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    for name in [name for name in os.environ if name.startswith("MACHINE_")]:
        monkeypatch.delenv(name)
    environment.cache_clear()
    with mock_aws():
        create_table()
        monkeypatch.setenv("CLOCK_KEY", create_clock_key())
        environment.cache_clear()
        yield
    environment.cache_clear()


def create_clock_key() -> str:
    """The key that signs certificates; its ARN."""
    from services.platform.runtime.clients import client
    from services.platform.time import signing

    signing.public_key.cache_clear()
    made = client("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    return str(made["KeyMetadata"]["Arn"])


def create_table() -> None:
    from services.platform.cases.dynamo import CaseItem
    from services.platform.runtime.clients import client

    keys = {table.PARTITION, table.SORT} | {key for i in table.INDEXES for key in (i.partition, i.sort)}
    client("dynamodb").create_table(
        TableName=CaseItem.Meta.table_name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in sorted(keys)],
        KeySchema=_keys(table.PARTITION, table.SORT),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index.name,
                "KeySchema": _keys(index.partition, index.sort),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(table.PROJECTED)},
            }
            for index in table.INDEXES
        ],
    )


def _keys(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]


def items() -> int:
    """How many items the table holds, of every kind."""
    from services.platform.cases.dynamo import CaseItem
    from services.platform.runtime.clients import client

    return int(client("dynamodb").scan(TableName=CaseItem.Meta.table_name, Select="COUNT")["Count"])


@dataclass
class Reply:
    """An answer as the caller receives it."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        assert self.headers["Content-Type"] == "application/problem+json", self.text
        return str(self.json["code"])


def send(
    method: str,
    path: str,
    body: Any = None,
    *,
    by: Principal | None = COMPANY,
    on: date | str | datetime = "2026-05-11",
    key: str | None = "",
    query: dict[str, str] | None = None,
    **headers: str,
) -> Reply:
    """One request as API Gateway hands it over, at noon of a day or at an instant."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if method == "POST" and key is not None:
        sent["Idempotency-Key"] = key or f"key-{next(_NUMBERS)}"
    at = on if isinstance(on, datetime) else noon(on)
    event = {
        "httpMethod": method,
        "path": path,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()},
        "body": body if isinstance(body, str) or body is None else json.dumps(body),
        "isBase64Encoded": False,
        "requestContext": {
            "requestTimeEpoch": int(at.timestamp() * 1000),
            "requestId": f"request-{next(_NUMBERS)}",
            "path": f"/v1{path}",
            "authorizer": {"claims": _claims(by)} if by else None,
        },
    }
    answer = door("api")(event, None)
    headers_back = {name: values[0] for name, values in answer["multiValueHeaders"].items()}
    conforms(environment().service, method, path, answer["statusCode"], headers_back, answer["body"])
    return Reply(answer["statusCode"], answer["body"], headers_back)


def _claims(principal: Principal) -> dict[str, str]:
    claims = {
        "sub": principal.subject,
        "custom:organisation": principal.organisation,
        "cognito:groups": ",".join(sorted(principal.roles)),
        "custom:mandates": " ".join(sorted(principal.mandates)),
    }
    return claims | ({"custom:ministry": principal.ministry} if principal.ministry else {})


def get(path: str, **how: Any) -> Reply:
    return send("GET", path, **how)


def post(path: str, body: Any = None, **how: Any) -> Reply:
    return send("POST", path, body, **how)


def plan_of(on: str = "2026-05-11") -> dict[str, Any]:
    """A complete plan as JSON, to be filed on a day."""
    day = date.fromisoformat(on)
    plan = a_plan(begins=day + timedelta(days=300), papers=day - timedelta(days=30))
    written: dict[str, Any] = json.loads(msgspec.json.encode(plan))
    return written


def designated(on: str = "2024-01-15", **more: Any) -> str:
    """An operator designated by METI over HTTP; its case."""
    decision = {
        "organisation": COMPANY.organisation,
        "name": COMPANY.organisation,
        "address": "富山県富山市1-1",
        "business": FROM,
        "criterion": "every_operator",
        "necessity": NECESSITY,
        **more,
    }
    reply = post("/operators", decision, by=METI, on=on)
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


def filed(on: str = "2026-05-11", by: Principal = COMPANY) -> str:
    """A plan filed over HTTP; its case."""
    reply = post("/notifications", {"operator_id": designated(), "plan": plan_of(on)}, by=by, on=on)
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


def accepted(on: str = "2026-06-01") -> str:
    """A plan filed and accepted on a day over HTTP; its case."""
    case = filed(on)
    assert post(f"/notifications/{case}/accept", by=METI, on=on).status == 200
    return case


def lapses(case_id: str, at: datetime) -> dict[str, Any]:
    """What a state machine's `lapse` at that instant answers."""
    answer: dict[str, Any] = door("steps")({"do": "lapse", "case_id": case_id, "at": at.isoformat()}, None)
    return answer


def sweeps(at: datetime) -> dict[str, Any]:
    """What the sweeper answers to the daily schedule."""
    scheduled = {"id": "daily-1", "time": at.isoformat()}
    record = {"messageId": "1", "body": json.dumps(scheduled)}
    answer: dict[str, Any] = door("sweeper")({"Records": [record]}, None)
    return answer

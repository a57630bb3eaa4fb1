"""The service's doors as AWS knocks on them, over moto, and a world in which days and events go on."""

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
from tests.services.fund.people import (
    CAO,
    JST,
    JUDGE,
    LAB,
    MEXT,
    OTHER,
    SATO,
    WHY,
    at,
    content,
    noon,
    terms,
)
from tests.services.infra_review import doors as shared
from tests.services.infra_review.doors import Reply, create_clock_key, create_table
from tests.services.lambdas import door
from tests.services.patent.doors import everything

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_REGION": "ap-northeast-1",
    "SERVICE": "fund",
    "BUS": "sakimori",
    "POWERTOOLS_SERVICE_NAME": "fund",
    "POWERTOOLS_METRICS_NAMESPACE": "Sakimori",
    "LOG_LEVEL": "INFO",
}
RULE = "to-fund"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """AWS as moto plays it: the service's table, its bus, and a queue that hears all it says."""
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
        queue = client("sqs").create_queue(QueueName=RULE)["QueueUrl"]
        arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        pattern = json.dumps({"source": ["sakimori.fund"]})
        events.put_rule(Name=RULE, EventBusName="sakimori", EventPattern=pattern)
        target = {"Id": "1", "Arn": arn["Attributes"]["QueueArn"]}
        events.put_targets(Rule=RULE, EventBusName="sakimori", Targets=[target])
        yield World()
    environment.cache_clear()


class World:
    """The service, and the events it has heard of itself."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()
        self.events: list[dict[str, Any]] = []

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        by: Principal | None,
        on: date | str | datetime,
        **more: Any,
    ) -> Reply:
        """One request at noon of a day, or at an instant."""
        when = on if isinstance(on, datetime) else noon(on)
        return shared.send(method, path, body, by=by, on=when, **more)

    def posts(self, path: str, body: Any, by: Any, on: str | datetime) -> Any:
        """A POST that succeeds, with everything that follows from it."""
        reply = self.send("POST", path, body, by=by, on=on)
        assert reply.status in (200, 201), reply.text
        self.settle()
        return reply.json

    def refused(self, path: str, body: Any, by: Any, on: str | datetime) -> Reply:
        """A POST that is refused, and changes nothing."""
        before = len(everything())
        reply = self.send("POST", path, body, by=by, on=on)
        assert reply.status >= 400, reply.text
        assert len(everything()) == before
        return reply

    def gets(self, path: str, by: Any, on: str | datetime, **more: Any) -> Any:
        """What a GET answers."""
        reply = self.send("GET", path, by=by, on=on, **more)
        assert reply.status == 200, reply.text
        return reply.json

    def passes(self, on: str) -> None:
        """The daily schedule, at noon of a day."""
        body = json.dumps({"id": f"sweep-{on}", "time": noon(on).isoformat()})
        records = {"Records": [{"messageId": "1", "body": body}]}
        assert door("sweeper")(records, None) == {"batchItemFailures": []}
        self.settle()

    def settle(self) -> None:
        """Publish what is new and deliver it, until nothing follows any more."""
        while records := list(self._new()):
            assert door("publisher")({"Records": records}, None) == {"batchItemFailures": []}
            bodies = list(_drained())
            self.events += [json.loads(body) for body in bodies]
            self._deliver(bodies)

    def hears(self, name: str, data: dict[str, Any], on: str) -> None:
        """An event of the council arrives."""
        metadata = {
            "event_id": f"council-x:{len(self.events)}",
            "case_id": "council-x",
            "sequence": 1,
            "occurred_at": noon(on).isoformat(),
            "article": "62(4)",
            "classification": "internal",
            "schema_version": 1,
        }
        event = {
            "source": "sakimori.council",
            "detail-type": name,
            "detail": {"metadata": metadata, "data": data},
        }
        self._deliver([json.dumps(event)])
        self.settle()

    def _deliver(self, bodies: list[str]) -> None:
        taken = [{"messageId": str(n), "body": body} for n, body in enumerate(bodies)]
        assert door("inbox")({"Records": taken}, None) == {"batchItemFailures": []}

    def _new(self) -> Iterator[dict[str, Any]]:
        for item in everything():
            key = (item["pk"]["S"], item["sk"]["S"])
            if key[1].startswith("ACT#") and key not in self.seen:
                self.seen.add(key)
                change = {"NewImage": item, "SequenceNumber": str(len(self.seen))}
                yield {"eventID": "-".join(key), "eventName": "INSERT", "dynamodb": change}

    def happened(self, name: str) -> list[dict[str, Any]]:
        """The data of every event of that name so far."""
        return [one["detail"]["data"] for one in self.events if one["detail-type"] == name]

    # ---- The story ----

    def fund(self, yen: int = 125_000_000_000) -> str:
        """JST's fund, designated and subsidised in April 2026; its path."""
        proposed = {"name": "架空の基金", "agency": "JST", "purpose": WHY}
        case = f"/funds/{self.posts('/funds', proposed, CAO, '2026-04-01')['id']}"
        self.posts(f"{case}/consult-ministers", {"draft": WHY}, CAO, "2026-04-02")
        self.posts(f"{case}/enter-answer", {"of": "財務大臣", "opinion": WHY}, CAO, "2026-04-03")
        self.posts(f"{case}/enter-answer", {"of": "文部科学大臣", "opinion": WHY}, MEXT, "2026-04-03")
        self.posts(f"{case}/designate", {"reasons": WHY}, CAO, "2026-04-06")
        self.posts(f"{case}/subsidise", {"budget": "FY2021-S", "yen": yen}, MEXT, "2026-04-07")
        return case

    def call(self, fund: str, **more: Any) -> str:
        """A call out of that fund, announced in May 2026; its path."""
        made = {"fund": fund.removeprefix("/funds/"), "terms": terms(**more)}
        return f"/calls/{self.posts('/calls', made, JST, '2026-05-11')['id']}"

    def draft(self, call: str, who: Principal = SATO, document: Any = None) -> str:
        """A draft under that call; its path."""
        made = {
            "call": call.removeprefix("/calls/"),
            "institution": who.organisation,
            "principal": who.subject,
            "document": document or {},
        }
        return f"/proposals/{self.posts('/proposals', made, who, '2026-06-02')['id']}"

    def submitted(self, call: str, who: Principal = SATO, **more: Any) -> str:
        """A proposal submitted on 15 June; its path."""
        case = self.draft(call, who)
        self.posts(f"{case}/submit-proposal", {"content": content(**more)}, who, "2026-06-15")
        return case

    def scored(self, case: str, points: tuple[int, int] = (40, 30)) -> None:
        """A proposal that is found eligible and scored by one evaluator in July."""
        self.posts(f"{case}/screen-proposal", {"eligible": True, "reasons": WHY}, JST, "2026-07-01")
        judge = {"person": JUDGE.subject, "organisations": [OTHER]}
        self.posts(f"{case}/appoint-evaluator", judge, JST, "2026-07-02")
        self.posts(f"{case}/score-proposal", scores(*points), JUDGE, "2026-07-10")

    def project(self, fund: str) -> str:
        """The project of a selected proposal, opened in September 2026; its path."""
        call = self.call(fund)
        case = self.submitted(call)
        self.passes("2026-07-01")
        self.scored(case)
        self.posts(f"{call}/rank-proposals", {}, JST, "2026-07-20")
        chosen = {"proposal": case.removeprefix("/proposals/"), "yen": 1_500_000_000, "reasons": WHY}
        decision = {"selected": [chosen], "reasons_for_the_others": WHY}
        self.posts(f"{call}/decide-call", decision, JST, "2026-07-31")
        made = {"proposal": chosen["proposal"]}
        return f"/projects/{self.posts('/projects', made, JST, '2026-09-01')['id']}"

    def running(self, fund: str) -> str:
        """A project in its first phase since 1 October 2026; its path."""
        case = self.project(fund)
        measures = {"measures": [{"code": "secrecy", "reasons": WHY}]}
        self.posts(f"{case}/set-leak-measures", measures, JST, "2026-09-15")
        self.posts(f"{case}/start-phase", {}, JST, "2026-10-01")
        return case


def scores(novelty: int, feasibility: int, **more: Any) -> dict[str, Any]:
    """What an evaluator gives under the two criteria."""
    return {
        "scores": [
            {"criterion": "novelty", "points": novelty, "reasons": WHY},
            {"criterion": "feasibility", "points": feasibility, "reasons": WHY},
        ],
        "no_conflict": True,
        **more,
    }


def _drained() -> Iterator[str]:
    from services.platform.runtime.clients import client

    sqs = client("sqs")
    queue = sqs.get_queue_url(QueueName=RULE)["QueueUrl"]
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            yield message["Body"]


__all__ = ["LAB", "World", "at", "scores", "world"]

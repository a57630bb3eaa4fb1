"""Counts the AWS calls of each route and step, by playing the story of a notification through the doors.

Everything runs in this process over moto, deployed from the synthesised template; botocore's own hooks count.
The story is that of `make run`, its requests handed to the doors as API Gateway, the stream, the queues and
Step Functions hand them over.
"""

from __future__ import annotations

import importlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.handlers import BUILTIN_HANDLERS
from moto import mock_aws

from infra.synth import synthesised, templates
from local.identity import Person, as_authorizer
from local.stories.standstill import BEGINS, OFFICIAL, Story
from local.stories.teller import Answer, Teller

SERVICE = "infra_review"
STACK = "sakimori-infra-review"
ACCOUNT, REGION = "123456789012", "ap-northeast-1"
KEYS: dict[str, Any] = {"KEY": {}, "CLOCK_KEY": {"KeyUsage": "SIGN_VERIFY", "KeySpec": "ECC_NIST_P256"}}
"""Settings that are keys, and what kind of key each is."""
CASE = re.compile(r"/(operator|notification)-[0-9A-Z]+")


@dataclass
class Measured:
    """What one kind of invocation called, each different way once."""

    door: str
    what: str
    ways: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @property
    def most(self) -> tuple[str, ...]:
        """The longest of its ways that wrote something, or else of all."""
        return max(self.ways, key=lambda way: ("TransactWriteItems" in way, len(way)))


class Hook:
    """Counts every AWS call that botocore makes while one invocation runs."""

    def __init__(self) -> None:
        self.calls: list[str] | None = None
        self.published: list[dict[str, Any]] = []

    def __call__(self, model: Any, params: dict[str, Any], **_: Any) -> None:
        """botocore is about to make a call."""
        if self.calls is None:
            return
        self.calls.append(model.name)
        if model.name == "PutEvents":
            self.published += json.loads(params["body"])["Entries"]


class Direct(Teller):
    """The story's teller, speaking to the doors without HTTP between."""

    def __init__(self) -> None:
        super().__init__("")
        self.now = BEGINS
        self.counter = Hook()
        self.measured: dict[tuple[str, str], Measured] = {}
        self.samples: dict[str, Any] = {}
        """One event of each door."""
        self._followed: set[str] = set()

    def token(self, person: Person) -> str:
        """The claims themselves: no one checks a signature here."""
        claims = {
            "sub": person.subject,
            "cognito:groups": list(person.roles),
            "custom:organisation": person.organisation,
            "custom:mandates": " ".join(person.mandates),
        }
        return json.dumps(
            as_authorizer(claims | ({"custom:ministry": person.ministry} if person.ministry else {}))
        )

    def invoke(self, door: str, event: Any, what: str) -> Any:
        """Let a door answer, and note its calls."""
        handler = importlib.import_module(f"services.platform.doors.{door}").handler
        self.counter.calls = []
        try:
            return handler(json.loads(json.dumps(event)), None)
        finally:
            calls, self.counter.calls = tuple(self.counter.calls), None
            self.measured.setdefault((door, what), Measured(door, what)).ways[calls] += 1
            self.samples.setdefault(door, event)

    def _send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        if path == "/_local/clock":
            self.now = datetime.fromisoformat(body["to"]).astimezone(UTC) if body else self.now
            return Answer(200, {}, {"now": self.now.isoformat()})
        path = path.removeprefix("/infra-review/v1")
        bare, _, query = path.partition("?")
        event = request(method, bare, query, body, dict(headers or {}), self.now)
        answer = self.invoke("api", event, f"{method} {CASE.sub('/{id}', bare)}")
        self.follow()
        text = answer["body"]
        return Answer(answer["statusCode"], {}, json.loads(text) if text.startswith(("{", "[")) else text)

    def follow(self) -> None:
        """The acts just recorded go over the bus and come back."""
        records = list(self.stream())
        if not records:
            return
        self.invoke("publisher", {"Records": records}, f"publish {len(records)}")
        published, self.counter.published = self.counter.published, []
        for number, entry in enumerate(published):
            envelope = {
                "id": str(number),
                "source": entry["Source"],
                "detail-type": entry["DetailType"],
                "detail": json.loads(entry["Detail"]),
            }
            message = {"messageId": str(number), "body": json.dumps(envelope)}
            self.invoke("inbox", {"Records": [message]}, f"hear {entry['DetailType']}")

    def stream(self) -> Iterator[dict[str, Any]]:
        """The acts recorded since the last time, as the publisher's event source mapping hands them over."""
        import boto3

        found = boto3.client("dynamodb").scan(TableName=f"{STACK}-cases")["Items"]
        for item in sorted(found, key=lambda item: (item["pk"]["S"], item["sk"]["S"])):
            place = item["pk"]["S"] + item["sk"]["S"]
            if item["sk"]["S"].startswith("ACT#") and place not in self._followed:
                self._followed.add(place)
                change = {"SequenceNumber": str(len(self._followed)), "NewImage": item}
                yield {"eventID": place, "eventName": "INSERT", "dynamodb": change}

    def machine(self, do: str, case: str, **more: Any) -> Any:
        """A task of the case's state machine."""
        since = (self.now - timedelta(days=1)).isoformat()
        event = {"do": do, "case_id": case, "at": self.now.isoformat(), "since": since, **more}
        return self.invoke("steps", event, do)


def request(
    method: str, path: str, query: str, body: Any, headers: dict[str, str], now: datetime
) -> dict[str, Any]:
    """A request as API Gateway hands it over."""
    bearer = headers.pop("Authorization", "").removeprefix("Bearer ")
    asked = dict(part.split("=", 1) for part in query.split("&") if part)
    return {
        "httpMethod": method,
        "path": path,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": asked or None,
        "multiValueQueryStringParameters": {name: [value] for name, value in asked.items()} or None,
        "body": None if body is None else json.dumps(body, ensure_ascii=False),
        "isBase64Encoded": False,
        "requestContext": {
            "requestTimeEpoch": int(now.timestamp() * 1000),
            "requestId": "bench",
            "path": f"/v1{path}",
            "authorizer": {"claims": json.loads(bearer)} if bearer else None,
        },
    }


def settings(stack: str = STACK) -> dict[str, str]:
    """What the service's functions are told, from the template."""
    found = {"AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
    known = {"AWS::Partition": "aws", "AWS::Region": REGION, "AWS::AccountId": ACCOUNT}
    for resource in templates()[stack]["Resources"].values():
        if resource["Type"] == "AWS::Lambda::Function":
            for name, value in resource["Properties"]["Environment"]["Variables"].items():
                if name not in KEYS:
                    parts = [value] if isinstance(value, str) else value["Fn::Join"][1]
                    found[name] = "".join(p if isinstance(p, str) else known[p["Ref"]] for p in parts)
    return found | {"LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}


def deploy() -> dict[str, str]:
    """Make in moto what the doors use of the templates; the settings that are known only then."""
    import logging

    import boto3

    from local import tables
    from local.cloud import definition
    from local.template import Templates

    logging.getLogger("moto").setLevel(logging.ERROR)
    found = Templates(synthesised())
    tables.create(found.of("AWS::DynamoDB::GlobalTable"), boto3.client("dynamodb"))
    for bus in found.of("AWS::Events::EventBus"):
        boto3.client("events").create_event_bus(Name=bus.name)
    for machine in found.of("AWS::StepFunctions::StateMachine"):
        boto3.client("stepfunctions").create_state_machine(
            name=machine.name,
            definition=definition(machine.properties),
            roleArn=machine.properties["RoleArn"],
        )
    kms = boto3.client("kms")
    return {name: kms.create_key(**kind)["KeyMetadata"]["Arn"] for name, kind in KEYS.items()}


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    """These environment variables, for a while."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def measure() -> Direct:
    """Play the story and return what was counted."""
    teller = Direct()
    hook = ("before-call", teller.counter)
    BUILTIN_HANDLERS.append(hook)
    try:
        with environment(settings()), mock_aws(config={"lambda": {"use_docker": False}}):
            os.environ.update(deploy())
            play(teller)
    finally:
        BUILTIN_HANDLERS.remove(hook)
    return teller


def play(teller: Direct) -> None:
    """The story, with the state machine's tasks and the sweeper where they would come."""
    story = Story(teller)
    for _, step in story.steps():
        step()
        if step.__name__ == "designate":
            teller.machine("begin", story.operator)
            stage = teller.machine("begin", story.operator)
            teller.machine("wait", story.operator, stage=stage["stage"], until=stage["until"], token="t")
        if step.__name__ == "pass_grace":
            teller.machine("lapse", story.operator)
            teller.follow()
            scheduled = {"id": "sweep", "time": teller.now.isoformat()}
            teller.invoke(
                "sweeper", {"Records": [{"messageId": "1", "body": json.dumps(scheduled)}]}, "sweep"
            )
    for part in ("", "/history", "/clock", "/deadlines.ics"):
        teller.ask(OFFICIAL, "GET", f"/infra-review/v1/notifications/{story.case}{part}")
    for path in ("/notifications", "/operators", "/queue"):
        teller.ask(OFFICIAL, "GET", f"/infra-review/v1{path}")
    for path in ("/health", "/register", "/sectors"):
        teller.ask(None, "GET", f"/infra-review/v1{path}")

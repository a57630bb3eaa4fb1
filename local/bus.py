"""EventBridge: buses and rules in moto, and the rules that fire by the clock."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from local.clock import Clock
from local.schedules import next_time
from local.template import ACCOUNT, REGION, Resource, Templates

if TYPE_CHECKING:
    from mypy_boto3_events.client import EventBridgeClient

Send = Callable[[str, str], None]
"""Puts a body into the queue with this ARN."""


class UnsupportedTargetError(ValueError):
    """A rule's target that is no queue: moto delivers to queues only, and so does this deployment."""


def create(templates: Templates, events: EventBridgeClient) -> None:
    """Create the buses, and the rules that match events. Raises `UnsupportedTargetError`."""
    for bus in templates.of("AWS::Events::EventBus"):
        events.create_event_bus(Name=bus.name)
    for rule in templates.of("AWS::Events::Rule"):
        given = rule.properties
        for target in given.get("Targets", ()):
            if ":sqs:" not in target["Arn"]:
                raise UnsupportedTargetError(
                    f"{rule.name} targets {target['Arn']}; only queues are possible."
                )
        if "EventPattern" not in given:
            continue
        bus_name = given.get("EventBusName", "default")
        events.put_rule(
            Name=rule.name,
            EventBusName=bus_name,
            EventPattern=json.dumps(given["EventPattern"]),
            State=given.get("State", "ENABLED"),
        )
        targets: Any = [{"Id": target["Id"], "Arn": target["Arn"]} for target in given["Targets"]]
        events.put_targets(Rule=rule.name, EventBusName=bus_name, Targets=targets)


class Schedule:
    """One scheduled rule: puts EventBridge's event into its queues each time it is due."""

    def __init__(self, rule: Resource, clock: Clock, send: Send) -> None:
        self.rule = rule
        self._clock = clock
        self._send = send
        self._expression = rule.properties["ScheduleExpression"]
        self._set(next_time(self._expression, clock.now()))

    def _set(self, at: datetime) -> None:
        self._clock.at(at, f"schedule {self.rule.name}", lambda: self._fire(at))

    def _fire(self, at: datetime) -> None:
        # The next time first: whatever goes wrong below, the schedule lives on.
        self._set(next_time(self._expression, at))
        self.send(at)

    def send(self, at: datetime) -> None:
        """Put the event of `at` into the queues."""
        for target in self.rule.properties["Targets"]:
            self._send(target["Arn"], target.get("Input") or json.dumps(self._event(at)))

    def _event(self, at: datetime) -> dict[str, Any]:
        return {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": "Scheduled Event",
            "source": "aws.events",
            "account": ACCOUNT,
            "time": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "region": REGION,
            "resources": [self.rule.arn],
            "detail": {},
        }


def schedules(templates: Templates, clock: Clock, send: Send) -> list[Schedule]:
    """The scheduled rules that are enabled, each with its next deadline set."""
    return [
        Schedule(rule, clock, send)
        for rule in templates.of("AWS::Events::Rule")
        if "ScheduleExpression" in rule.properties and rule.properties.get("State", "ENABLED") == "ENABLED"
    ]

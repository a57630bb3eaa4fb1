"""The local cloud: everything the synthesised templates name, running on one machine."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local import bus, engine, keys, queues, step_functions, tables
from local.aws_endpoint import AwsEndpoint
from local.clock import Clock
from local.faults import Faults
from local.functions import Function, Functions, ledgers_of
from local.gateway import Gateway
from local.identity import Issuer
from local.papers import Papers
from local.pump import Pump
from local.queues import QueueMapping
from local.sandbox import Result
from local.state import State
from local.streams import Checkpoint, StreamMapping
from local.template import REGION, Templates

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".cache" / "local" / "logs"
Say = Callable[[str], None]


class Cloud:
    """One running local cloud. `start` makes it, `stop` ends it; what was recorded stays in `state`."""

    def __init__(
        self, templates: Path, state: State, *, start_at: datetime | None = None, logs: Path = LOGS
    ) -> None:
        """`start_at` is where the clock of an empty `state` starts; the machine's time by default."""
        self.state = state
        self.logs = logs
        self.clock = Clock(state.now or start_at or datetime.now(UTC))
        state.keep_now(self.clock.now())
        self.clock.on_move = state.keep_now
        self.faults = Faults()
        self._patches = step_functions.install(self.clock, self._invoke_for_machine)
        self.aws = AwsEndpoint(self.clock)
        self.templates = Templates(templates, self.aws.url)
        self.issuer = Issuer(self.templates, state.directory)
        self.ledgers = ledgers_of(self.templates)
        self.machines: dict[str, str] = {}
        """Name -> ARN."""
        self.engine: engine.Engine | None = None
        self.queue_mappings: list[QueueMapping] = []
        self.stream_mappings: list[StreamMapping] = []

    def start(self, say: Say = LOG.info) -> Cloud:
        """Start everything and return when it serves; procedures of an earlier run are started again."""
        self._reset_moto()
        self.aws.server.start()
        say("tables")
        tables_url = self._start_engine()
        endpoints = {
            "AWS_ENDPOINT_URL": self.aws.url,
            "AWS_ENDPOINT_URL_DYNAMODB": tables_url,
            "AWS_ENDPOINT_URL_DYNAMODB_STREAMS": tables_url,
        }
        self.functions = Functions(
            self.templates, self.ledgers, self.clock, endpoints=endpoints, logs=self.logs
        )
        self.gateway = Gateway(self.templates, self.functions, self.issuer, self.clock.now)
        self.functions.after.append(self._after_invocation)
        self.functions.warm(route.function for api in self.gateway.apis.values() for route in api.routes[:1])
        say("queues, bus, keys")
        self._create_resources()
        self.aws.papers = Papers(
            self.templates,
            self.ledgers,
            self.functions.bucket_keys,
            self.state.directory / "papers",
            self.scanned,
        )
        say("state machines")
        self._create_machines()
        self._connect()
        self.schedules = bus.schedules(self.templates, self.clock, self.send)
        if self.state.continued:
            say("procedures of the earlier run")
            self.sweep()
        return self

    def stop(self) -> None:
        """End every process and server."""
        for pump in self._pumps():
            pump.stop()
        self.aws.server.stop()
        self.functions.stop()
        if self.engine is not None:
            self.engine.stop()
        self._patches.undo()
        self.state.release()

    def client(self, service: str, url: str | None = None) -> Any:
        """An AWS client of the local cloud, for what no function does."""
        import boto3
        from botocore.config import Config

        # Dynoxide's shard ids are shorter than botocore's validation wants.
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
        return boto3.client(  # type: ignore[call-overload]
            service,
            endpoint_url=url or self.aws.url,
            region_name=REGION,
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=config,
        )

    def send(self, queue_arn: str, body: str) -> None:
        """Put a message into a queue, by its ARN."""
        self._sqs.send_message(QueueUrl=self.queues[queue_arn].ref, MessageBody=body)

    def set_apart(self, bucket_arn: str, key: str, body: str) -> None:
        """Put an object into a bucket, and tell the queues that are to hear of it."""
        bucket = next(b for b in self.templates.of("AWS::S3::Bucket") if b.arn == bucket_arn)
        self.client("s3").put_object(Bucket=bucket.name, Key=key, Body=body.encode())
        told = {"bucket": {"name": bucket.name, "arn": bucket.arn}, "object": {"key": key}}
        message = {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": told}]}
        for notified in bucket.properties["NotificationConfiguration"]["QueueConfigurations"]:
            self.send(notified["Queue"], json.dumps(message))

    def scanned(self, found: dict[str, Any]) -> None:
        """Say on the account's own bus what the scan of an object has found."""
        entry = {
            "Source": "aws.guardduty",
            "DetailType": "GuardDuty Malware Protection Object Scan Result",
            "Detail": json.dumps(found),
            "Time": self.clock.now(),
        }
        self.client("events").put_events(Entries=[entry])

    def roles(self) -> list[str]:
        """The roles a person can have: the groups of the user pool."""
        return [group.properties["GroupName"] for group in self.templates.of("AWS::Cognito::UserPoolGroup")]

    def sweep(self) -> None:
        """Let every scheduled rule fire now, in addition to its schedule, and wait until all is idle."""
        for mapping in self.stream_mappings:
            mapping.pump.kick()
        self.clock.settle()
        for schedule in self.schedules:
            schedule.send(self.clock.now())
        self.clock.settle()

    def deliver(self) -> None:
        """Look into every queue and stream."""
        for pump in self._pumps():
            pump.kick()

    def _pumps(self) -> list[Pump]:
        streams = [mapping.pump for mapping in self.stream_mappings]
        return [*streams, *(mapping.pump for mapping in self.queue_mappings)]

    @staticmethod
    def _reset_moto() -> None:
        from moto.core.model_instances import reset_model_data

        reset_model_data()

    def _start_engine(self) -> str:
        binary = engine.install()
        if binary is None:
            LOG.warning("Dynoxide cannot be had here: tables are moto's and do not survive a restart.")
            self.tables_url = self.aws.url
        else:
            self.engine = engine.Engine.start(
                binary, self.state.directory / "tables.db", self.logs / "tables.log"
            )
            self.tables_url = self.engine.url
        self._dynamodb = self.client("dynamodb", self.tables_url)
        tables.create(self.templates.of("AWS::DynamoDB::GlobalTable"), self._dynamodb)
        return self.tables_url

    def _create_resources(self) -> None:
        self._sqs = self.client("sqs")
        self.queues = {queue.arn: queue for queue in self.templates.of("AWS::SQS::Queue")}
        queues.create(self.queues.values(), self._sqs)
        bus.create(self.templates, self.client("events"))
        keys.create(self.templates, self.client("kms"), self.state.directory)
        s3 = self.client("s3")
        for bucket in self.templates.of("AWS::S3::Bucket"):
            s3.create_bucket(Bucket=bucket.name, CreateBucketConfiguration={"LocationConstraint": REGION})

    def _create_machines(self) -> None:
        self.states = self.client("stepfunctions")
        for machine in self.templates.of("AWS::StepFunctions::StateMachine"):
            made = self.states.create_state_machine(
                name=machine.name,
                definition=definition(machine.properties),
                roleArn=machine.properties["RoleArn"],
                type=machine.properties.get("StateMachineType", "STANDARD"),
            )
            self.machines[machine.name] = made["stateMachineArn"]

    def _connect(self) -> None:
        streams = self.client("dynamodbstreams", self.tables_url)
        by_stream = {t.attribute("StreamArn"): t for t in self.templates.of("AWS::DynamoDB::GlobalTable")}
        for mapping in self.templates.of("AWS::Lambda::EventSourceMapping"):
            source = mapping.properties["EventSourceArn"]
            if source in self.queues:
                fed = QueueMapping(
                    mapping, self.queues[source], self._sqs, self.functions, self.clock, self.faults
                )
                self.queue_mappings.append(fed)
                self.aws.queues_filled.append(fed.pump.kick)
                continue
            table = by_stream[source]
            checkpoint = Checkpoint(self.state.directory / f"{table.name}.handled")
            self.clock.on_idle.append(checkpoint.keep)
            self.stream_mappings.append(
                StreamMapping(
                    mapping,
                    table,
                    streams=streams,
                    stream_arn=tables.stream_arn(table, self._dynamodb),
                    functions=self.functions,
                    clock=self.clock,
                    faults=self.faults,
                    checkpoint=checkpoint,
                    set_apart=self.set_apart,
                )
            )

    def _after_invocation(self, _function: Function, result: Result) -> None:
        """Look into the streams of the tables an invocation has written to; into all after a crash."""
        touched = {call.resource for call in result.calls if call.action.startswith("dynamodb:")}
        for mapping in self.stream_mappings:
            if result.failed or mapping.table.arn in touched:
                mapping.pump.kick()

    def _invoke_for_machine(self, function: str, payload: bytes, *, role: str) -> tuple[bytes, bool]:
        return self.functions.invoke_for(function, payload, caller=self.ledgers[role])


def definition(properties: dict[str, Any]) -> str:
    """A state machine's definition with its substitutions made."""
    text = properties.get("DefinitionString") or json.dumps(properties["Definition"])
    for name, value in properties.get("DefinitionSubstitutions", {}).items():
        text = text.replace(f"${{{name}}}", str(value))
    return str(text)

"""The stack of one service, from its manifest: the same for all five."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aws_cdk import Duration, Environment, Stack, Tags
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.backup import TAG
from infra.constructs.case_table import case_table, service_key
from infra.constructs.function import Door, allow
from infra.constructs.machine import Machine
from infra.constructs.papers import Papers
from infra.constructs.queue import Buffer
from infra.constructs.rollout import Rollout
from infra.constructs.unpublished import Unpublished
from infra.constructs.watch import Watch
from infra.flow import definition
from infra.manifest import Function, Manifest, May, Subscription
from infra.names import SOURCE, Names
from infra.stages import Stage
from services.platform.cases.table import ACT_PREFIX, INDEXES, SORT
from services.platform.shared.papers import SCANNED
from services.platform.time.steps import ENDED, LOST
from services.platform.time.sweeper import MONTHLY

DAILY = "cron(5 15 * * ? *)"
"""Five past midnight in Japan, in UTC."""
EVERY_MONTH = "cron(5 17 1 * ? *)"
"""Five past two of the second day of a month in Japan, in UTC."""
ACTS = lambda_.FilterCriteria.filter(
    {
        "eventName": lambda_.FilterRule.is_equal("INSERT"),
        "dynamodb": {"Keys": {SORT: {"S": lambda_.FilterRule.begins_with(ACT_PREFIX)}}},
    }
)
"""Of all that changes in the table, the publisher hears of new acts only."""
METRICS = "Sakimori"
OLDEST_RECORD = Duration.hours(1)
"""How long publishing is tried, and one bad act keeps those behind it; then it is set apart whole."""


def called_by_alias(mapping: lambda_.EventSourceMapping, live: lambda_.Alias) -> None:
    """Name the alias itself, where the L2 takes its ARN apart to put it together again."""
    bare = mapping.node.default_child
    assert isinstance(bare, lambda_.CfnEventSourceMapping)
    bare.function_name = live.function_arn


class Service(Stack):
    """One chapter of the Act, deployed by itself: it needs the platform's names and no other service."""

    def __init__(
        self, scope: Construct, manifest: Manifest, stage: Stage, *, code: dict[str, Path] | None
    ) -> None:
        self.names = Names(stage.prefix, manifest.path)
        super().__init__(
            scope,
            self.names.of(),
            description=f"{manifest.title} ({manifest.title_ja}), chapter {manifest.chapter} of the Act",
            env=Environment(account=stage.account, region=stage.region),
            termination_protection=stage.guarded,
        )
        self.manifest = manifest
        self.stage = stage
        restored = stage.restored.get(manifest.name)
        self.table_name = self.names.of("cases", *([str(restored)] if restored else []))
        self.key = service_key(self, self.names)
        self.table = case_table(
            self, self.table_name, self.key, stream=manifest.by("stream") is not None, restored=restored
        )
        Tags.of(self.table).add(TAG, stage.prefix)
        self.papers = Papers(self, names=self.names, key=self.key) if manifest.keeps_papers else None
        self.watch = Watch(self, names=self.names, title=manifest.title)
        self.rollout = Rollout(
            self,
            names=self.names,
            functions=list(manifest.functions),
            how=stage.rollout,
            alarms=self.watch.alarms,
        )
        for name, spec in manifest.functions.items():
            self.door(name, spec, code[name] if code else None)
        for procedure in manifest.procedures.values():
            self.procedure(procedure.name, json.dumps(definition(procedure), ensure_ascii=False))
        self.watch.table(self.table)
        self.watch.done()

    def settings(self, name: str) -> dict[str, str]:
        """The environment of the function `name`: what services/platform/runtime/environment.py models."""
        values = {
            "SERVICE": self.manifest.name,
            "TABLE": self.table_name,
            "BUS": self.names.bus,
            "LOG_LEVEL": "INFO",
            "POWERTOOLS_SERVICE_NAME": self.names.of(name),
            "POWERTOOLS_METRICS_NAMESPACE": METRICS,
        }
        for procedure in self.manifest.procedures if self.manifest.functions[name].may.machines else ():
            values[f"MACHINE_{procedure.replace('-', '_').upper()}"] = self.names.machine_arn(procedure)
        if self.manifest.functions[name].may.key:
            values["KEY"] = self.key.key_arn
        if self.papers and self.manifest.functions[name].may.papers:
            values["PAPERS"] = self.papers.bucket.bucket_name
        if self.manifest.functions[name].may.clock_key:
            values["CLOCK_KEY"] = self.clock_key_arn()
        return values

    def granted(self, may: May) -> list[iam.PolicyStatement]:
        """What the function's own code may do, each action on a named thing of this service."""
        table = self.names.arn("dynamodb", f"table/{self.table_name}")
        statements = []
        if may.table:
            statements.append(allow(may.table, table, sid="Table"))
        for index, actions in sorted(may.indexes.items()):
            deployed = [f"{table}/index/{i.deployed_as}" for i in INDEXES if i.name == index]
            statements.append(allow(actions, *deployed, sid=f"Index{index.capitalize()}"))
        if may.table or may.indexes:
            statements.append(self.table_key())
        if may.machines:
            machines = [self.names.machine_arn(procedure) for procedure in sorted(self.manifest.procedures)]
            statements.append(allow(may.machines, *machines, sid="Machines"))
        if may.key:
            statements.append(self.sealing(may.key))
        if self.papers and may.papers:
            statements += self.papers.grants(may.papers)
        if may.clock_key:
            statements.append(allow(may.clock_key, self.clock_key_arn(), sid="ClockKey"))
        if may.bus:
            statements.append(allow(may.bus, self.names.bus_arn, sid="Bus"))
        return statements

    def table_key(self, *, writes: bool = True) -> iam.PolicyStatement:
        """Use the service's key, but only through the table; whoever only reads needs less of it."""
        to_write = ["kms:Encrypt", "kms:GenerateDataKey"] if writes else []
        return iam.PolicyStatement(
            sid="TableKey",
            actions=["kms:Decrypt", "kms:DescribeKey", *to_write],
            resources=[self.key.key_arn],
            conditions={"StringEquals": {"kms:ViaService": f"dynamodb.{self.region}.amazonaws.com"}},
        )

    def sealing(self, actions: tuple[str, ...]) -> iam.PolicyStatement:
        """Use the service's key for what its own code seals, which says whose it is."""
        return iam.PolicyStatement(
            sid="Sealing",
            actions=list(actions),
            resources=[self.key.key_arn],
            conditions={"StringEquals": {"kms:EncryptionContext:service": self.manifest.name}},
        )

    def clock_key_arn(self) -> str:
        """The key that signs certificates, as the platform names it when this stack is deployed."""
        return ssm.StringParameter.value_for_string_parameter(self, self.names.clock_key_arn)

    def door(self, name: str, spec: Function, code: Path | None) -> None:
        """One function with what calls it, and the alarms on both."""
        may = self.granted(spec.may)
        buffer: Buffer | None = None
        unpublished: Unpublished | None = None
        if spec.trigger in ("events", "daily"):
            buffer = Buffer(
                self, f"{name.capitalize()}Buffer", name=self.names.of(name), timeout=spec.timeout
            )
            receive = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
            may.append(allow(receive, buffer.queue.queue_arn, sid="Trigger"))
        environment = self.settings(name)
        if buffer and spec.trigger == "daily":
            # What one invocation has no time for, it leaves to the next.
            may.append(allow(["sqs:SendMessage"], buffer.queue.queue_arn, sid="Leaves"))
            environment["SWEEPS"] = buffer.queue.queue_url
        if spec.trigger == "stream":
            unpublished = Unpublished(self, names=self.names, name=name, key=self.key)
            may += [*self.reads_stream(), *unpublished.grants()]
        function = Door(
            self,
            name,
            names=self.names,
            spec=spec,
            reserved=spec.reserved or self.stage.reserved.get(spec.trigger),
            environment=environment,
            may=may,
            key=self.key,
            code=code,
        ).function
        live = self.rollout.of(name, function)
        if spec.trigger == "http":
            self.http(function, live)
        if unpublished:
            self.stream(function, live, unpublished)
        if buffer:
            mapping = lambda_.EventSourceMapping(
                self,
                f"{name.capitalize()}Source",
                target=live,
                event_source_arn=buffer.queue.queue_arn,
                batch_size=10,
                report_batch_item_failures=True,
            )
            called_by_alias(mapping, live)
            self.feed(spec, buffer)
        dead = buffer.dead if buffer else unpublished.queue if unpublished else None
        self.watch.function(name, function, buffer, dead)
        if spec.trigger == "daily":
            self.watch.daily(name, function)

    def reads_stream(self) -> list[iam.PolicyStatement]:
        """What a poller of the table's stream needs."""
        assert self.table.table_stream_arn
        read = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        return [
            allow(read, self.table.table_stream_arn, sid="Trigger"),
            allow(["dynamodb:ListStreams"], "*", sid="TriggerList"),
            self.table_key(writes=False),
        ]

    def http(self, function: lambda_.Function, live: lambda_.Alias) -> None:
        """The REST API in front of `live`."""
        api = Api(
            self,
            names=self.names,
            manifest=self.manifest,
            function=live,
            user_pool_arn=ssm.StringParameter.value_for_string_parameter(self, self.names.user_pool_arn),
            key=self.key,
        )
        self.watch.api(api.rest.deployment_stage, function)

    def stream(self, function: lambda_.Function, live: lambda_.Alias, unpublished: Unpublished) -> None:
        """The stream to `live`: what fails is tried again by halves until it is old, then set apart."""
        mapping = lambda_.EventSourceMapping(
            self,
            "Stream",
            target=live,
            event_source_arn=self.table.table_stream_arn,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=100,
            bisect_batch_on_error=True,
            report_batch_item_failures=True,
            max_record_age=OLDEST_RECORD,
            filters=[ACTS],
            on_failure=sources.S3OnFailureDestination(unpublished.bucket),
        )
        called_by_alias(mapping, live)
        self.watch.stream(function)

    def feed(self, spec: Function, buffer: Buffer) -> None:
        """Rules to the buffer: the events the service subscribes to, or the daily schedule."""
        # A message that cannot even be delivered joins those that could not be handled.
        target = targets.SqsQueue(buffer.queue, dead_letter_queue=buffer.dead, retry_attempts=185)
        if spec.trigger == "daily":
            events.Rule(
                self,
                "Daily",
                rule_name=self.names.of("daily"),
                description="Five past midnight in Japan: what is due lapses, what is lost is repaired",
                schedule=events.Schedule.expression(DAILY),
                targets=[target],
            )
            events.Rule(
                self,
                "Monthly",
                rule_name=self.names.of(MONTHLY),
                description="Once a month: open cases whose machine does not run are given one",
                schedule=events.Schedule.expression(EVERY_MONTH),
                targets=[target],
            )
            return
        bus = events.EventBus.from_event_bus_name(self, "Bus", self.names.bus)
        for subscription in self.manifest.subscribes:
            sender = subscription.source.removeprefix(f"{SOURCE}.").replace("_", "-").replace(".", "-")
            if subscription.source.startswith("aws."):
                self.heard_of_aws(subscription, sender, target)
                continue
            events.Rule(
                self,
                "From" + sender.title().replace("-", ""),
                rule_name=self.names.of("from", sender),
                description=f"What {self.names.of()} wants to hear from {subscription.source}",
                event_bus=bus,
                event_pattern=events.EventPattern(
                    source=[subscription.source], detail_type=list(subscription.events)
                ),
                targets=[target],
            )

    def heard_of_aws(self, subscription: Subscription, sender: str, target: events.IRuleTarget) -> None:
        """What AWS itself says of the service's bucket or its machines, on the account's own bus."""
        machines = [self.names.machine_arn(procedure) for procedure in sorted(self.manifest.procedures)]
        about: dict[str, dict[str, Any]] = {
            ENDED[0]: {"status": list(LOST), "stateMachineArn": machines},
            SCANNED[0]: {
                "s3ObjectDetails": {"bucketName": [self.papers.bucket.bucket_name] if self.papers else []}
            },
        }
        events.Rule(
            self,
            "From" + sender.title().replace("-", ""),
            rule_name=self.names.of("from", sender),
            description=f"What {subscription.source} says of {self.names.of()}",
            event_pattern=events.EventPattern(
                source=[subscription.source],
                detail_type=list(subscription.events),
                detail=about[subscription.source],
            ),
            targets=[target],
        )
        if subscription.source == ENDED[0]:
            self.watch.lost(self.names.of("from", sender))

    def procedure(self, procedure: str, definition: str) -> None:
        """The state machine of one procedure."""
        machine = Machine(self, procedure, names=self.names, definition=definition, key=self.key).machine
        self.watch.machine(procedure, machine)

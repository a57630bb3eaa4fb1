"""The stack of one service, from its manifest: the same for all five."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from infra.constructs.alarms import FIVE_MINUTES, Alarms
from infra.constructs.api import Api
from infra.constructs.case_table import case_table, service_key
from infra.constructs.function import Door, allow
from infra.constructs.machine import Machine
from infra.constructs.queue import Buffer, set_apart
from infra.manifest import Function, Manifest, May
from infra.names import ALARMS, BUS, CLOCK_KEY_ARN, PREFIX, USER_POOL_ARN, Names
from services.platform.cases.table import ACT_PREFIX, SORT

DAILY = "cron(5 15 * * ? *)"
"""Five past midnight in Japan, in UTC."""
ACTS = lambda_.FilterCriteria.filter(
    {
        "eventName": lambda_.FilterRule.is_equal("INSERT"),
        "dynamodb": {"Keys": {SORT: {"S": lambda_.FilterRule.begins_with(ACT_PREFIX)}}},
    }
)
"""Of all that changes in the table, the publisher hears of new acts only."""
METRICS = "Sakimori"


class Service(Stack):
    """One chapter of the Act, deployed by itself: it needs the platform's names and no other service."""

    def __init__(self, scope: Construct, manifest: Manifest, *, code: dict[str, Path] | None) -> None:
        super().__init__(
            scope,
            f"{PREFIX}-{manifest.path}",
            description=f"{manifest.title} ({manifest.title_ja}), chapter {manifest.chapter} of the Act",
        )
        self.manifest = manifest
        self.names = Names(self, manifest.path)
        self.key = service_key(self, self.names)
        self.table = case_table(self, self.names, self.key, stream=manifest.by("stream") is not None)
        self.alarms = Alarms(self, prefix=self.names.of(), topic_arn=self.names.arn("sns", ALARMS))
        for name, spec in manifest.functions.items():
            self.door(name, spec, code[name] if code else None)
        for procedure, file in manifest.procedures.items():
            self.procedure(procedure, (manifest.folder / file).read_text("utf-8"))

    def settings(self, name: str) -> dict[str, str]:
        """The environment of the function `name`: what services/platform/runtime/environment.py models."""
        values = {
            "SERVICE": self.manifest.name,
            "TABLE": self.names.of("cases"),
            "BUS": BUS,
            "LOG_LEVEL": "INFO",
            "POWERTOOLS_SERVICE_NAME": self.names.of(name),
            "POWERTOOLS_METRICS_NAMESPACE": METRICS,
        }
        for procedure in self.manifest.procedures if self.manifest.functions[name].may.machines else ():
            values[f"MACHINE_{procedure.replace('-', '_').upper()}"] = self.names.machine_arn(procedure)
        if self.manifest.functions[name].may.key:
            values["KEY"] = self.key.key_arn
        if self.manifest.functions[name].may.clock_key:
            values["CLOCK_KEY"] = self.clock_key_arn()
        return values

    def granted(self, may: May) -> list[iam.PolicyStatement]:
        """What the function's own code may do, each action on a named thing of this service."""
        table = self.names.arn("dynamodb", f"table/{self.names.of('cases')}")
        statements = []
        if may.table:
            statements.append(allow(may.table, table, sid="Table"))
        for index, actions in sorted(may.indexes.items()):
            statements.append(allow(actions, f"{table}/index/{index}", sid=f"Index{index.capitalize()}"))
        if may.table or may.indexes:
            statements.append(self.table_key())
        if may.machines:
            machines = [self.names.machine_arn(procedure) for procedure in sorted(self.manifest.procedures)]
            statements.append(allow(may.machines, *machines, sid="Machines"))
        if may.key:
            statements.append(self.sealing(may.key))
        if may.clock_key:
            statements.append(allow(may.clock_key, self.clock_key_arn(), sid="ClockKey"))
        if may.bus:
            statements.append(allow(may.bus, self.names.bus_arn(), sid="Bus"))
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
        return ssm.StringParameter.value_for_string_parameter(self, CLOCK_KEY_ARN)

    def door(self, name: str, spec: Function, code: Path | None) -> None:
        """One function with what calls it, and the alarms on both."""
        may = self.granted(spec.may)
        buffer: Buffer | None = None
        dead: sqs.Queue | None = None
        if spec.trigger in ("events", "daily"):
            buffer = Buffer(
                self, f"{name.capitalize()}Buffer", name=self.names.of(name), timeout=spec.timeout
            )
            dead = buffer.dead
            receive = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
            may.append(allow(receive, buffer.queue.queue_arn, sid="Trigger"))
        if spec.trigger == "stream":
            dead = set_apart(self, f"{name.capitalize()}Dead", self.names.of(name))
            may += self.reads_stream(dead)
        function = Door(
            self,
            name,
            names=self.names,
            package=self.manifest.name,
            spec=spec,
            environment=self.settings(name),
            may=may,
            key=self.key,
            code=code,
        ).function
        if spec.trigger == "http":
            self.http(function)
        if spec.trigger == "stream":
            self.stream(function, dead)
        if buffer:
            function.add_event_source(
                sources.SqsEventSource(buffer.queue, batch_size=10, report_batch_item_failures=True)
            )
            self.feed(spec, buffer)
        self.watch(name, function, dead)

    def reads_stream(self, dead: sqs.Queue) -> list[iam.PolicyStatement]:
        """What a poller of the table's stream needs."""
        assert self.table.table_stream_arn
        read = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        return [
            allow(read, self.table.table_stream_arn, sid="Trigger"),
            allow(["dynamodb:ListStreams"], "*", sid="TriggerList"),
            allow(["sqs:SendMessage"], dead.queue_arn, sid="TriggerDead"),
            self.table_key(writes=False),
        ]

    def http(self, function: lambda_.Function) -> None:
        """The REST API in front of `function`."""
        api = Api(
            self,
            names=self.names,
            manifest=self.manifest,
            function=function,
            user_pool_arn=ssm.StringParameter.value_for_string_parameter(self, USER_POOL_ARN),
            key=self.key,
        )
        self.alarms.when(
            "api-faults",
            api.rest.deployment_stage.metric_server_error(period=FIVE_MINUTES, statistic="Sum"),
            "The API answered with a 5xx status.",
        )

    def stream(self, function: lambda_.Function, dead: sqs.Queue | None) -> None:
        """The table's stream to `function`: what failed is tried again by halves, then set apart."""
        assert dead
        lambda_.EventSourceMapping(
            self,
            "Stream",
            target=function,
            event_source_arn=self.table.table_stream_arn,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=100,
            bisect_batch_on_error=True,
            report_batch_item_failures=True,
            retry_attempts=10,
            filters=[ACTS],
            on_failure=sources.SqsDlq(dead),
        )
        self.alarms.when(
            "publisher-late",
            function.metric("IteratorAge", period=FIVE_MINUTES, statistic="Maximum"),
            "An act waited more than a minute to be published.",
            above=60_000,
        )

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
            return
        bus = events.EventBus.from_event_bus_name(self, "Bus", BUS)
        for subscription in self.manifest.subscribes:
            sender = subscription.source.removeprefix(f"{PREFIX}.").replace("_", "-")
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

    def procedure(self, procedure: str, definition: str) -> None:
        """The state machine of one procedure."""
        machine = Machine(self, procedure, names=self.names, definition=definition, key=self.key).machine
        self.alarms.when(
            f"{procedure}-failed",
            machine.metric_failed(period=FIVE_MINUTES),
            "An execution failed; the sweeper starts it again from the case, but find out why.",
        )
        self.alarms.when(
            f"{procedure}-throttled",
            machine.metric_throttled(period=FIVE_MINUTES),
            "Step Functions throttled.",
        )

    def watch(self, name: str, function: lambda_.Function, dead: sqs.Queue | None) -> None:
        """The alarms every function has."""
        self.alarms.when(
            f"{name}-errors", function.metric_errors(period=FIVE_MINUTES), "The function failed."
        )
        self.alarms.when(
            f"{name}-throttled", function.metric_throttles(period=FIVE_MINUTES), "Lambda throttled."
        )
        if dead:
            self.alarms.when(
                f"{name}-set-apart",
                dead.metric_approximate_number_of_messages_visible(period=FIVE_MINUTES, statistic="Maximum"),
                "Something could not be handled and waits to be looked at.",
            )

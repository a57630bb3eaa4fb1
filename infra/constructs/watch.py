"""What of a service is watched: each part has its alarms, and its place on the service's dashboard."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.constructs.alarms import FIVE_MINUTES, Alarms
from infra.constructs.dashboard import ServiceDashboard
from infra.constructs.queue import Buffer
from infra.names import Names

SLOW = {"p90": 1_000, "p99": 5_000}
"""Milliseconds that percentile of an API's answers may take."""
LATE = 60_000
"""Milliseconds an act may wait to be published."""
WAITS = 15 * 60
"""Seconds a message may wait to be handled."""


class Watch:
    """The alarms and the dashboard of one service."""

    def __init__(self, scope: Construct, *, names: Names, title: str) -> None:
        self.alarms = Alarms(scope, prefix=names.of(), topic_arn=names.alarms_arn)
        self.board = ServiceDashboard(scope, names=names, title=title)

    def api(self, stage: apigateway.Stage, function: lambda_.IFunction) -> None:
        """Faults and slow answers of the API."""
        self.alarms.when(
            "api-faults",
            stage.metric_server_error(period=FIVE_MINUTES, statistic="Sum"),
            "The API answered with a 5xx status.",
            runbook="api",
        )
        for percentile, milliseconds in SLOW.items():
            self.alarms.when(
                f"api-slow-{percentile}",
                stage.metric_latency(period=FIVE_MINUTES, statistic=percentile),
                f"For a quarter of an hour, {percentile} of the answers took longer than {milliseconds} ms.",
                above=milliseconds,
                periods=3,
                runbook="api",
            )
        self.board.api(stage, function)

    def stream(self, function: lambda_.IFunction) -> None:
        """Acts that are published late, or can be neither published nor set apart."""
        self.alarms.when(
            "publisher-late",
            function.metric("IteratorAge", period=FIVE_MINUTES, statistic="Maximum"),
            "An act waited more than a minute to be published.",
            above=LATE,
            runbook="set-apart",
        )
        self.alarms.when(
            "publisher-destination",
            function.metric("DestinationDeliveryFailures", period=FIVE_MINUTES, statistic="Sum"),
            "Acts that could not be published could not be set apart either.",
            runbook="set-apart",
        )

    def function(
        self, name: str, function: lambda_.IFunction, buffer: Buffer | None, dead: sqs.IQueue | None
    ) -> None:
        """Errors of a function, and what waits before it or was set apart behind it."""
        self.alarms.when(
            f"{name}-errors",
            function.metric_errors(period=FIVE_MINUTES),
            "The function failed.",
            runbook="function",
        )
        self.alarms.when(
            f"{name}-throttled",
            function.metric_throttles(period=FIVE_MINUTES),
            "Lambda throttled.",
            runbook="throttled",
        )
        if dead:
            self.alarms.when(
                f"{name}-set-apart",
                dead.metric_approximate_number_of_messages_visible(period=FIVE_MINUTES, statistic="Maximum"),
                "Something could not be handled and waits to be looked at.",
                runbook="set-apart",
            )
        if buffer:
            self.alarms.when(
                f"{name}-waiting",
                buffer.queue.metric_approximate_age_of_oldest_message(
                    period=FIVE_MINUTES, statistic="Maximum"
                ),
                "A message has waited for more than a quarter of an hour.",
                above=WAITS,
                runbook="waiting",
            )
        self.board.function(name, function, buffer, dead)

    def daily(self, name: str, function: lambda_.IFunction) -> None:
        """The function that is to run every day."""
        self.alarms.when(
            f"{name}-heartbeat",
            function.metric_invocations(period=Duration.days(1), statistic="Sum"),
            "It has not run for a day.",
            above=1,
            unless_heard=True,
            runbook="sweep",
        )

    def lost(self, rule: str) -> None:
        """Executions of any procedure that ended as no law ends them: what the rule of that name hears of."""
        self.alarms.when(
            "procedure-failed",
            cloudwatch.Metric(
                namespace="AWS/Events",
                metric_name="MatchedEvents",
                dimensions_map={"RuleName": rule},
                statistic="Sum",
                period=FIVE_MINUTES,
            ),
            "An execution failed, timed out or was aborted; it is started again, but find out why.",
            runbook="procedure-failed",
        )

    def machine(self, procedure: str, machine: sfn.IStateMachine) -> None:
        """Executions that Step Functions does not start or go on with for want of room."""
        self.alarms.when(
            f"{procedure}-throttled",
            machine.metric_throttled(period=FIVE_MINUTES),
            "Step Functions throttled.",
            runbook="throttled",
        )
        self.board.machine(procedure, machine)

    def table(self, table: dynamodb.ITableV2) -> None:
        """What the table refused, and what failed inside it."""
        for name, metric, meaning in (
            ("table-throttled", "ThrottledRequests", "The table refused requests: too many on one key."),
            ("table-faults", "SystemErrors", "The table failed."),
        ):
            self.alarms.when(
                name,
                table.metric(metric, period=FIVE_MINUTES, statistic="Sum"),
                meaning,
                runbook="table",
            )
        self.board.table(table)

    def done(self) -> None:
        """Put it all on the dashboard."""
        self.board.alarms(self.alarms.all)

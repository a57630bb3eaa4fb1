"""What one looks at: a dashboard for each service, and one for the legal clock."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.constructs.queue import Buffer
from infra.names import Names

FIVE_MINUTES = Duration.minutes(5)
HALF = 12
"""Of the 24 columns."""


def graph(title: str, left: Sequence[cloudwatch.IMetric]) -> cloudwatch.GraphWidget:
    """Lines under a title, half as wide as the page."""
    return cloudwatch.GraphWidget(title=title, left=list(left), width=HALF, period=FIVE_MINUTES)


class ServiceDashboard(Construct):
    """One service: its alarms first, then its door, its functions, its queues, its machines and its table."""

    def __init__(self, scope: Construct, *, names: Names, title: str) -> None:
        super().__init__(scope, "Dashboard")
        self.board = cloudwatch.Dashboard(
            self, "Board", dashboard_name=names.of(), default_interval=Duration.days(1)
        )
        self.title = title
        self.door: list[cloudwatch.IWidget] = []
        self.errors: list[cloudwatch.IMetric] = []
        self.times: list[cloudwatch.IMetric] = []
        self.ages: list[cloudwatch.IMetric] = []
        self.dead: list[cloudwatch.IMetric] = []
        self.machines: list[cloudwatch.IMetric] = []
        self.tables: list[cloudwatch.IMetric] = []

    def api(self, stage: apigateway.Stage, function: lambda_.IFunction) -> None:
        """Show an API and how many of its function run at once."""
        self.door = [
            graph(
                "Requests", [stage.metric_count(), stage.metric_client_error(), stage.metric_server_error()]
            ),
            graph(
                "Latency, ms",
                [stage.metric_latency(statistic=statistic) for statistic in ("p50", "p90", "p99")],
            ),
            graph("At once", [function.metric("ConcurrentExecutions", statistic="Maximum")]),
        ]

    def function(
        self, name: str, function: lambda_.IFunction, buffer: Buffer | None, dead: sqs.IQueue | None
    ) -> None:
        """Show a function and what waits for it."""
        self.errors.append(function.metric_errors(label=name))
        self.times.append(function.metric_duration(label=f"{name} p99", statistic="p99"))
        if buffer:
            self.ages.append(buffer.queue.metric_approximate_age_of_oldest_message(label=name))
        if dead:
            self.dead.append(dead.metric_approximate_number_of_messages_visible(label=name))

    def machine(self, procedure: str, machine: sfn.IStateMachine) -> None:
        """Show a procedure."""
        self.machines += [
            machine.metric_started(label=f"{procedure} started"),
            machine.metric_failed(label=f"{procedure} failed"),
            machine.metric_aborted(label=f"{procedure} aborted"),
        ]

    def table(self, table: dynamodb.ITableV2) -> None:
        """Show the table."""
        for name in ("ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ThrottledRequests"):
            self.tables.append(table.metric(name, statistic="Sum", label=name))

    def alarms(self, alarms: Sequence[cloudwatch.IAlarm]) -> None:
        """Put it all on the board, the state of `alarms` first."""
        self.board.add_widgets(
            cloudwatch.AlarmStatusWidget(title=self.title, alarms=list(alarms), width=24, height=5)
        )
        shown = [
            *self.door,
            graph("Errors", self.errors),
            graph("Duration, ms", self.times),
            *([graph("Oldest message, s", self.ages)] if self.ages else []),
            *([graph("Set apart", self.dead)] if self.dead else []),
            *([graph("Procedures", self.machines)] if self.machines else []),
            graph("Table", self.tables),
        ]
        for first in range(0, len(shown), 2):
            self.board.add_widgets(*shown[first : first + 2])

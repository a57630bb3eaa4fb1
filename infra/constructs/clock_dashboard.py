"""The dashboard of the legal clock: what the law lets end soon, in every service."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.manifest import manifests
from infra.names import Names, Shared
from services.platform.time.outlook import MEASURES

NAMESPACE = "Sakimori"


def clock_dashboard(scope: Construct, names: Shared) -> None:
    """A graph for each measure the sweeper takes of open cases, a line for each service with a sweeper."""
    board = cloudwatch.Dashboard(
        scope, "ClockBoard", dashboard_name=names.shared("legal-clock"), default_interval=Duration.days(30)
    )
    swept = [(Names(names.prefix, m.path), m.by("daily")) for m in manifests() if m.by("daily")]
    graphs = [
        cloudwatch.GraphWidget(
            title=meaning,
            width=12,
            left=[
                cloudwatch.Metric(
                    namespace=NAMESPACE,
                    metric_name=measure,
                    dimensions_map={"service": of.of(str(sweeper))},
                    statistic="Maximum",
                    period=Duration.days(1),
                    label=of.path,
                )
                for of, sweeper in swept
            ],
        )
        for measure, meaning in MEASURES.items()
    ]
    for first in range(0, len(graphs), 2):
        board.add_widgets(*graphs[first : first + 2])

"""What someone is told about: every alarm is one sentence on one metric, five minutes at a time."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

FIVE_MINUTES = Duration.minutes(5)


class Alarms(Construct):
    """The alarms of one service; each speaks to the platform's topic."""

    def __init__(self, scope: Construct, *, prefix: str, topic_arn: str) -> None:
        super().__init__(scope, "Alarms")
        self.prefix = prefix
        self.action = actions.SnsAction(sns.Topic.from_topic_arn(self, "Topic", topic_arn))

    def when(self, name: str, metric: cloudwatch.IMetric, meaning: str, *, above: float = 0) -> None:
        """Speak when `metric` is above `above` in any five minutes; no data means nothing is wrong."""
        alarm = cloudwatch.Alarm(
            self,
            "".join(word.capitalize() for word in name.split("-")),
            alarm_name=f"{self.prefix}-{name}",
            alarm_description=meaning,
            metric=metric,
            threshold=above,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(self.action)

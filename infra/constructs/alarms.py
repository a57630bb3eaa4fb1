"""What someone is told about: every alarm is a sentence on a metric, and the page that says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Aws, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.names import KEPT, Shared

FIVE_MINUTES = Duration.minutes(5)
RUNBOOKS = "docs/runbooks"


class Alarms(Construct):
    """The alarms of one stack; each speaks to the platform's topic."""

    def __init__(self, scope: Construct, *, prefix: str, topic_arn: str, id_: str = "Alarms") -> None:
        super().__init__(scope, id_)
        self.prefix = prefix
        self.action = actions.SnsAction(sns.Topic.from_topic_arn(self, "Topic", topic_arn))
        self.all: list[cloudwatch.Alarm] = []

    def when(
        self,
        name: str,
        metric: cloudwatch.IMetric,
        meaning: str,
        *,
        runbook: str,
        above: float = 0,
        periods: int = 1,
        unless_heard: bool = False,
    ) -> cloudwatch.Alarm:
        """Speak when `metric` is above `above` in each of `periods`, or below it if `unless_heard`."""
        missing = (
            cloudwatch.TreatMissingData.BREACHING
            if unless_heard
            else cloudwatch.TreatMissingData.NOT_BREACHING
        )
        alarm = cloudwatch.Alarm(
            self,
            "".join(word.capitalize() for word in name.split("-")),
            alarm_name=f"{self.prefix}-{name}",
            alarm_description=f"{meaning} What to do: {RUNBOOKS}/{runbook}.md",
            metric=metric,
            threshold=above,
            evaluation_periods=periods,
            comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
            if unless_heard
            else cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            treat_missing_data=missing,
        )
        alarm.add_alarm_action(self.action)
        alarm.add_ok_action(self.action)
        self.all.append(alarm)
        return alarm


def alarms_topic(scope: Construct, names: Shared, *, subscribers: Sequence[str]) -> sns.Topic:
    """The topic to which alarms speak, and who listens: each confirms once by the message it is sent."""
    key = kms.Key(
        scope,
        "AlarmsKey",
        alias=f"alias/{names.alarms}",
        description="Encrypts alarms on their way",
        enable_key_rotation=True,
        removal_policy=KEPT,
    )
    cloudwatch_ = iam.ServicePrincipal("cloudwatch.amazonaws.com")
    ours = {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
    key.add_to_resource_policy(
        iam.PolicyStatement(
            sid="Alarms",
            principals=[cloudwatch_],
            actions=["kms:Decrypt", "kms:GenerateDataKey"],
            resources=["*"],
            conditions=ours,
        )
    )
    topic = sns.Topic(scope, "Alarms", topic_name=names.alarms, master_key=key, enforce_ssl=True)
    topic.add_to_resource_policy(
        iam.PolicyStatement(
            sid="Alarms",
            principals=[cloudwatch_],
            actions=["sns:Publish"],
            resources=[topic.topic_arn],
            conditions=ours,
        )
    )
    for subscriber in subscribers:
        topic.add_subscription(
            subscriptions.EmailSubscription(subscriber.removeprefix("mailto:"))
            if subscriber.startswith("mailto:")
            else subscriptions.UrlSubscription(subscriber)
        )
    return topic

"""Acts that could not be published: whole in a bucket; the queue that an alarm watches says which."""

from __future__ import annotations

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.function import allow
from infra.constructs.queue import set_apart
from infra.constructs.records import private_bucket
from infra.names import Names


class Unpublished(Construct):
    """The failure destination of a stream: Lambda writes the records themselves to a bucket only."""

    def __init__(self, scope: Construct, *, names: Names, name: str, key: kms.IKey) -> None:
        super().__init__(scope, "Unpublished")
        self.key = key
        self.told = set_apart(self, "Told", names.of(name))
        self.bucket = private_bucket(
            self,
            "Acts",
            encryption=s3.BucketEncryption.KMS,
            encryption_key=key,
            bucket_key_enabled=True,
        )
        told = self.told.add_to_resource_policy(
            iam.PolicyStatement(
                sid="Told",
                principals=[iam.ServicePrincipal("s3.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.told.queue_arn],
                # Not the bucket's own name, which waits for this policy.
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
        bucket = self.bucket.node.default_child
        assert isinstance(bucket, s3.CfnBucket)
        # The L2 would bring a function of the CDK's own for this.
        bucket.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            queue_configurations=[
                s3.CfnBucket.QueueConfigurationProperty(event="s3:ObjectCreated:*", queue=self.told.queue_arn)
            ]
        )
        if told.policy_dependable:
            bucket.node.add_dependency(told.policy_dependable)

    def grants(self) -> list[iam.PolicyStatement]:
        """What the poller of the stream needs to put acts here."""
        return [
            allow(["s3:PutObject"], self.bucket.arn_for_objects("*"), sid="TriggerUnpublished"),
            allow(["s3:ListBucket"], self.bucket.bucket_arn, sid="TriggerUnpublishedList"),
            iam.PolicyStatement(
                sid="TriggerUnpublishedKey",
                actions=["kms:GenerateDataKey"],
                resources=[self.key.key_arn],
                conditions={"StringEquals": {"kms:ViaService": f"s3.{Aws.REGION}.amazonaws.com"}},
            ),
        ]

    @property
    def queue(self) -> sqs.Queue:
        """Names each object."""
        return self.told

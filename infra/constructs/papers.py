"""The papers of a service: a bucket that only signed forms and links reach, and the scan of what comes in."""

from __future__ import annotations

from aws_cdk import Aws
from aws_cdk import aws_guardduty as guardduty
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.function import allow
from infra.constructs.records import private_bucket
from infra.names import Names

SCANNER = "malware-protection-plan.guardduty.amazonaws.com"


class Papers(Construct):
    """Bucket and scan; an object is read by its link only, whatever the scan says of it."""

    def __init__(self, scope: Construct, *, names: Names, key: kms.IKey) -> None:
        super().__init__(scope, "Papers")
        self.key = key
        self.bucket = private_bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.KMS,
            encryption_key=key,
            bucket_key_enabled=True,
            event_bridge_enabled=False,
        )
        self._scanned(names)

    def through(self, actions: list[str], sid: str) -> iam.PolicyStatement:
        """Use the service's key, but only through the bucket."""
        return iam.PolicyStatement(
            sid=sid,
            actions=actions,
            resources=[self.key.key_arn],
            conditions={"StringEquals": {"kms:ViaService": f"s3.{Aws.REGION}.amazonaws.com"}},
        )

    def grants(self, actions: tuple[str, ...]) -> list[iam.PolicyStatement]:
        """What a function needs for the forms and links that it signs."""
        return [
            allow(actions, self.bucket.arn_for_objects("*"), sid="Papers"),
            self.through(["kms:Decrypt", "kms:GenerateDataKey"], "PapersKey"),
        ]

    def _scanned(self, names: Names) -> None:
        """GuardDuty reads each object that comes in and tells the account's own bus what it found."""
        rule = names.arn("events", "rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*")
        manage = [
            "events:DeleteRule", "events:DescribeRule", "events:ListTargetsByRule", "events:PutRule",
            "events:PutTargets", "events:RemoveTargets",
        ]  # fmt: skip
        role = iam.Role(
            self,
            "Scanner",
            role_name=names.of("scanner"),
            assumed_by=iam.ServicePrincipal(SCANNER),
            inline_policies={
                "own": iam.PolicyDocument(
                    statements=[
                        allow(manage, rule, sid="HearOfObjects"),
                        allow(
                            ["s3:GetBucketNotification", "s3:PutBucketNotification", "s3:ListBucket"],
                            self.bucket.bucket_arn,
                            sid="Bucket",
                        ),
                        allow(
                            ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
                            self.bucket.arn_for_objects("*"),
                            sid="Objects",
                        ),
                        self.through(["kms:Decrypt", "kms:GenerateDataKey"], "Key"),
                    ]
                )
            },
        )
        plan = guardduty.CfnMalwareProtectionPlan(
            self,
            "Scan",
            role=role.role_arn,
            protected_resource=guardduty.CfnMalwareProtectionPlan.CFNProtectedResourceProperty(
                s3_bucket=guardduty.CfnMalwareProtectionPlan.S3BucketProperty(
                    bucket_name=self.bucket.bucket_name
                )
            ),
        )
        plan.node.add_dependency(role)

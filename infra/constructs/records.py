"""The audit records: who reads and writes tables or changes the account, where none can be changed."""

from __future__ import annotations

from typing import Any, Literal

from aws_cdk import Aws, Duration
from aws_cdk import aws_cloudtrail as cloudtrail
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.names import KEPT, Shared

YEARS_KEPT = 7
DAYS_READINGS_KEPT = 731


def private_bucket(scope: Construct, id_: str, **more: Any) -> s3.Bucket:
    """A bucket no one outside sees, versioned, TLS only, kept when the stack goes."""
    return s3.Bucket(
        scope,
        id_,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        enforce_ssl=True,
        versioned=True,
        removal_policy=KEPT,
        **{"encryption": s3.BucketEncryption.S3_MANAGED, **more},
    )


def records(scope: Construct, names: Shared, *, locked: Literal["compliance", "governance"]) -> None:
    """A trail into a bucket locked for seven years; in compliance mode nobody at all can shorten that."""
    kept = Duration.days(YEARS_KEPT * 365)
    readings = private_bucket(
        scope,
        "AuditReadings",
        lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(DAYS_READINGS_KEPT))],
    )
    bucket = private_bucket(
        scope,
        "Audit",
        object_lock_default_retention=s3.ObjectLockRetention.compliance(kept)
        if locked == "compliance"
        else s3.ObjectLockRetention.governance(kept),
        server_access_logs_bucket=readings,
    )
    trail = cloudtrail.Trail(
        scope,
        "Trail",
        trail_name=names.prefix,
        bucket=bucket,
        # IAM and sign-ins are recorded in the Region where AWS keeps them, whichever that is.
        is_multi_region_trail=True,
        include_global_service_events=True,
        enable_file_validation=True,
    ).node.default_child
    assert isinstance(trail, cloudtrail.CfnTrail)
    # The L2 leaves an empty list, and CloudTrail takes one kind of selector or the other.
    trail.add_property_deletion_override("EventSelectors")
    buckets = f"arn:{Aws.PARTITION}:s3:::{names.prefix}-"
    tables = f"arn:{Aws.PARTITION}:dynamodb:{Aws.REGION}:{Aws.ACCOUNT_ID}:table/{names.prefix}-"
    trail.add_property_override(
        "AdvancedEventSelectors",
        [
            {
                "Name": "Changes to the account",
                "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}],
            },
            {
                "Name": "Reading and writing of cases",
                "FieldSelectors": [
                    {"Field": "eventCategory", "Equals": ["Data"]},
                    {"Field": "resources.type", "Equals": ["AWS::DynamoDB::Table"]},
                    {"Field": "resources.ARN", "StartsWith": [tables]},
                ],
            },
            {
                "Name": "Reading and writing of what the services keep in buckets",
                "FieldSelectors": [
                    {"Field": "eventCategory", "Equals": ["Data"]},
                    {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
                    # The records' own bucket is the platform's: writing it down would be written down.
                    {
                        "Field": "resources.ARN",
                        "StartsWith": [buckets],
                        "NotStartsWith": [f"{buckets}platform-"],
                    },
                ],
            },
        ],
    )

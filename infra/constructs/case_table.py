"""The case table of a service and the key everything of it is encrypted with."""

from __future__ import annotations

from aws_cdk import Aws, Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.names import KEPT, Names
from services.platform.cases import table as shape


def logs_key(scope: Construct, id_: str, name: str, groups: str) -> kms.Key:
    """A key, rotated every year, that CloudWatch Logs may use for the log groups that match `groups`."""
    key = kms.Key(
        scope,
        id_,
        alias=f"alias/{name}",
        description=f"Encrypts what {name} keeps",
        enable_key_rotation=True,
        rotation_period=Duration.days(365),
        pending_window=Duration.days(30),
        removal_policy=KEPT,
    )
    arn = Names.arn("logs", f"log-group:{groups}")
    key.add_to_resource_policy(
        iam.PolicyStatement(
            sid="Logs",
            principals=[iam.ServicePrincipal(f"logs.{Aws.REGION}.amazonaws.com")],
            actions=["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
            resources=["*"],
            conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": arn}},
        )
    )
    return key


def service_key(scope: Construct, names: Names) -> kms.Key:
    """The key with which a service encrypts its table, its logs and what it seals."""
    return logs_key(scope, "Key", names.of(), f"/aws/*/{names.of()}-*")


def case_table(
    scope: Construct, name: str, key: kms.IKey, *, stream: bool, restored: int | None
) -> dynamodb.TableV2:
    """The table: on demand, recoverable to any second of 35 days, protected from deletion.

    One that was `restored` is another resource under another name, to be imported into the stack.
    """

    def text(name: str) -> dynamodb.Attribute:
        return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)

    return dynamodb.TableV2(
        scope,
        f"Cases{restored or ''}",
        table_name=name,
        partition_key=text(shape.PARTITION),
        sort_key=text(shape.SORT),
        billing=dynamodb.Billing.on_demand(),
        encryption=dynamodb.TableEncryptionV2.customer_managed_key(key),
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        deletion_protection=True,
        removal_policy=KEPT,
        dynamo_stream=dynamodb.StreamViewType.NEW_IMAGE if stream else None,
        time_to_live_attribute=shape.EXPIRES,
        global_secondary_indexes=[
            dynamodb.GlobalSecondaryIndexPropsV2(
                index_name=index.deployed_as,
                partition_key=text(index.partition),
                sort_key=text(index.sort),
                projection_type=dynamodb.ProjectionType.INCLUDE,
                non_key_attributes=list(index.projected),
            )
            for index in shape.INDEXES
        ],
    )

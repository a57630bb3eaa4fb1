"""The case table of a service and the key everything of it is encrypted with."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.names import Names
from services.platform.cases import table as shape


def service_key(scope: Construct, names: Names) -> kms.Key:
    """The service's key, rotated every year; CloudWatch Logs may use it for the service's log groups."""
    key = kms.Key(
        scope,
        "Key",
        alias=f"alias/{names.of()}",
        description=f"Encrypts what {names.of()} keeps",
        enable_key_rotation=True,
        rotation_period=Duration.days(365),
        removal_policy=RemovalPolicy.RETAIN,
    )
    stack = Stack.of(scope)
    key.add_to_resource_policy(
        iam.PolicyStatement(
            sid="Logs",
            principals=[iam.ServicePrincipal(f"logs.{stack.region}.amazonaws.com")],
            actions=["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
            resources=["*"],
            conditions={
                "ArnLike": {
                    "kms:EncryptionContext:aws:logs:arn": names.arn(
                        "logs", f"log-group:/aws/*/{names.of()}-*"
                    )
                }
            },
        )
    )
    return key


def case_table(scope: Construct, names: Names, key: kms.IKey, *, stream: bool) -> dynamodb.Table:
    """The table: on demand, recoverable to any second of 35 days, protected from deletion."""

    def text(name: str) -> dynamodb.Attribute:
        return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)

    table = dynamodb.Table(
        scope,
        "Cases",
        table_name=names.of("cases"),
        partition_key=text(shape.PARTITION),
        sort_key=text(shape.SORT),
        billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
        encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
        encryption_key=key,
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        deletion_protection=True,
        removal_policy=RemovalPolicy.RETAIN,
        stream=dynamodb.StreamViewType.NEW_IMAGE if stream else None,
        time_to_live_attribute=shape.EXPIRES,
    )
    for index in shape.INDEXES:
        table.add_global_secondary_index(
            index_name=index.name,
            partition_key=text(index.partition),
            sort_key=text(index.sort),
            projection_type=dynamodb.ProjectionType.INCLUDE,
            non_key_attributes=list(shape.PROJECTED),
        )
    return table

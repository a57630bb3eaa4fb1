"""What the five services share: the bus, its archive, who people are, and where alarms and records go."""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudtrail as cloudtrail
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from infra.names import ALARMS, ARCHIVE, BUS, CLOCK_KEY, CLOCK_KEY_ARN, PREFIX, USER_POOL_ARN
from services.platform.law.access import ROLES

ARCHIVE_DAYS = 3653
"""Ten years."""


class Platform(Stack):
    """Deployed once, before any service."""

    def __init__(self, scope: Construct) -> None:
        super().__init__(scope, f"{PREFIX}-platform", description="What Sakimori's services share")
        self.bus()
        self.people()
        self.clock_key()
        self.alarms()
        self.api_gateway_logs()
        self.audit()

    def bus(self) -> None:
        """The bus, and an archive of everything said on it."""
        bus = events.EventBus(self, "Bus", event_bus_name=BUS)
        events.CfnArchive(
            self,
            "Archive",
            archive_name=ARCHIVE,
            description="Every event on the bus, for replay",
            source_arn=bus.event_bus_arn,
            retention_days=ARCHIVE_DAYS,
        )

    def people(self) -> None:
        """The user pool; ministries and GビズID federate into it, attributes and groups become claims."""
        pool = cognito.UserPool(
            self,
            "People",
            user_pool_name=PREFIX,
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            custom_attributes={
                "organisation": cognito.StringAttribute(mutable=True, max_len=64),
                "ministry": cognito.StringAttribute(mutable=True, max_len=32),
                "mandates": cognito.StringAttribute(mutable=True, max_len=2048),
            },
            password_policy=cognito.PasswordPolicy(
                min_length=14,
                require_digits=True,
                require_lowercase=True,
                require_uppercase=True,
                require_symbols=True,
                temp_password_validity=Duration.days(3),
            ),
            mfa=cognito.Mfa.REQUIRED,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            account_recovery=cognito.AccountRecovery.NONE,
            feature_plan=cognito.FeaturePlan.PLUS,
            standard_threat_protection_mode=cognito.StandardThreatProtectionMode.FULL_FUNCTION,
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        readable = cognito.ClientAttributes().with_standard_attributes(email=True)
        pool.add_client(
            "Client",
            user_pool_client_name=PREFIX,
            auth_flows=cognito.AuthFlow(user_srp=True),
            access_token_validity=Duration.minutes(60),
            id_token_validity=Duration.minutes(60),
            refresh_token_validity=Duration.hours(12),
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            disable_o_auth=True,
            read_attributes=readable.with_custom_attributes("organisation", "ministry", "mandates"),
            # Nobody changes through a client whom they act for.
            write_attributes=readable,
        )
        for role in sorted(ROLES):
            cognito.CfnUserPoolGroup(self, f"Role-{role}", user_pool_id=pool.user_pool_id, group_name=role)
        arn = f"arn:{self.partition}:cognito-idp:{self.region}:{self.account}:userpool/{pool.user_pool_id}"
        # What the service stacks read when they are deployed: an id no one can know beforehand.
        ssm.StringParameter(self, "UserPoolArn", parameter_name=USER_POOL_ARN, string_value=arn)

    def clock_key(self) -> None:
        """The key that signs what the legal clock certifies; its public half is everybody's."""
        key = kms.Key(
            self,
            "ClockKey",
            alias=f"alias/{CLOCK_KEY}",
            description="Signs certificates of the legal clock",
            key_spec=kms.KeySpec.ECC_NIST_P256,
            key_usage=kms.KeyUsage.SIGN_VERIFY,
            removal_policy=RemovalPolicy.RETAIN,
        )
        ssm.StringParameter(self, "ClockKeyArn", parameter_name=CLOCK_KEY_ARN, string_value=key.key_arn)

    def alarms(self) -> None:
        """The topic to which alarms speak; subscribe an address after the first deployment."""
        key = kms.Key(
            self,
            "AlarmsKey",
            alias=f"alias/{ALARMS}",
            description="Encrypts alarms on their way",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        cloudwatch = iam.ServicePrincipal("cloudwatch.amazonaws.com")
        key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="Alarms",
                principals=[cloudwatch],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            )
        )
        topic = sns.Topic(self, "Alarms", topic_name=ALARMS, master_key=key, enforce_ssl=True)
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="Alarms",
                principals=[cloudwatch],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            )
        )

    def api_gateway_logs(self) -> None:
        """The role with which API Gateway writes logs, set once for the account."""
        role = iam.Role(
            self,
            "ApiGatewayLogs",
            role_name=f"{PREFIX}-api-gateway-logs",
            assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name(
                    "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
                )
            ],
        )
        apigateway.CfnAccount(self, "ApiGatewayAccount", cloud_watch_role_arn=role.role_arn)

    def audit(self) -> None:
        """A trail of who reads and writes the tables, kept where nothing can be changed for seven years."""
        readings = self.bucket(
            "AuditReadings", lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(731))]
        )
        bucket = self.bucket(
            "Audit",
            object_lock_default_retention=s3.ObjectLockRetention.governance(Duration.days(7 * 365)),
            server_access_logs_bucket=readings,
        )
        trail = cloudtrail.Trail(
            self,
            "Trail",
            trail_name=PREFIX,
            bucket=bucket,
            is_multi_region_trail=False,
            include_global_service_events=False,
            enable_file_validation=True,
        ).node.default_child
        assert isinstance(trail, cloudtrail.CfnTrail)
        tables = f"arn:{self.partition}:dynamodb:{self.region}:{self.account}:table/{PREFIX}-"
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
            ],
        )

    def bucket(self, id_: str, **more: Any) -> s3.Bucket:
        """A bucket no one outside sees, versioned, TLS only, kept when the stack goes."""
        return s3.Bucket(
            self,
            id_,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            versioned=True,
            removal_policy=RemovalPolicy.RETAIN,
            **more,
        )

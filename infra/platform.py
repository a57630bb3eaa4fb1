"""What the five services share: the bus, its archive, who people are, and where alarms and records go."""

from __future__ import annotations

from aws_cdk import Duration, Environment, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from infra.constructs.alarms import Alarms, alarms_topic
from infra.constructs.attention import attention
from infra.constructs.backup import plan, vault
from infra.constructs.case_table import logs_key
from infra.constructs.clock_dashboard import clock_dashboard
from infra.constructs.front import web_acl
from infra.constructs.records import records
from infra.manifest import roles
from infra.names import KEPT, Shared
from infra.stages import Stage

ARCHIVE_DAYS = 3653
"""Ten years."""


class Platform(Stack):
    """Deployed once, before any service."""

    def __init__(self, scope: Construct, stage: Stage) -> None:
        self.names = Shared(stage.prefix)
        super().__init__(
            scope,
            self.names.shared("platform"),
            description="What Sakimori's services share",
            env=Environment(account=stage.account, region=stage.region),
            termination_protection=stage.guarded,
        )
        self.bus()
        self.people()
        self.clock_key()
        alarms_topic(self, self.names, subscribers=stage.subscribers)
        if stage.owner:
            self.api_gateway_logs()
        attention(
            self, self.names, Alarms(self, prefix=stage.prefix, topic_arn=self.names.alarms_arn, id_="Told")
        )
        records(self, self.names, locked=stage.locked)
        plan(self, self.names, stage, vault(self, self.names, stage))
        clock_dashboard(self, self.names)
        web_acl(
            self,
            self.names,
            logs_key(self, "LogsKey", self.names.shared("logs"), f"aws-waf-logs-{stage.prefix}"),
        )

    def bus(self) -> None:
        """The bus, and an archive of everything said on it."""
        bus = events.EventBus(self, "Bus", event_bus_name=self.names.bus)
        events.CfnArchive(
            self,
            "Archive",
            archive_name=self.names.archive,
            description="Every event on the bus, for replay",
            source_arn=bus.event_bus_arn,
            retention_days=ARCHIVE_DAYS,
        ).apply_removal_policy(KEPT)

    def people(self) -> None:
        """The user pool; ministries and GビズID federate into it, attributes and groups become claims."""
        pool = cognito.UserPool(
            self,
            "People",
            user_pool_name=self.names.prefix,
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
            removal_policy=KEPT,
        )
        readable = cognito.ClientAttributes().with_standard_attributes(email=True)
        pool.add_client(
            "Client",
            user_pool_client_name=self.names.prefix,
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
        for role in roles():
            cognito.CfnUserPoolGroup(self, f"Role-{role}", user_pool_id=pool.user_pool_id, group_name=role)
        arn = f"arn:{self.partition}:cognito-idp:{self.region}:{self.account}:userpool/{pool.user_pool_id}"
        # What the service stacks read when they are deployed: an id no one can know beforehand.
        ssm.StringParameter(self, "UserPoolArn", parameter_name=self.names.user_pool_arn, string_value=arn)

    def clock_key(self) -> None:
        """The key that signs what the legal clock certifies; its public half is everybody's."""
        key = kms.Key(
            self,
            "ClockKey",
            alias=f"alias/{self.names.clock_key}",
            description="Signs certificates of the legal clock",
            key_spec=kms.KeySpec.ECC_NIST_P256,
            key_usage=kms.KeyUsage.SIGN_VERIFY,
            removal_policy=KEPT,
        )
        ssm.StringParameter(
            self, "ClockKeyArn", parameter_name=self.names.clock_key_arn, string_value=key.key_arn
        )

    def api_gateway_logs(self) -> None:
        """The role with which API Gateway writes logs, set once for the account."""
        role = iam.Role(
            self,
            "ApiGatewayLogs",
            role_name=self.names.shared("api-gateway-logs"),
            assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name(
                    "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
                )
            ],
        )
        apigateway.CfnAccount(self, "ApiGatewayAccount", cloud_watch_role_arn=role.role_arn)

"""A Lambda function with a role of its own, logs that end some day, and only the grants written down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.manifest import Function
from infra.names import KEPT, Names

ELSEWHERE = "# Synthesised without code: the handlers run from the source tree."
LOGS_KEPT = logs.RetentionDays.ONE_YEAR


def allow(actions: Sequence[str], *resources: str, sid: str | None = None) -> iam.PolicyStatement:
    """A statement that allows exactly these actions on exactly these ARNs."""
    return iam.PolicyStatement(sid=sid, actions=list(actions), resources=list(resources))


def allow_tracing() -> iam.PolicyStatement:
    """Send traces to X-Ray, which knows no resources to name."""
    return allow(["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "*", sid="Traces")


def log_group(
    scope: Construct, id_: str, name: str, key: kms.IKey, kept: logs.RetentionDays = LOGS_KEPT
) -> logs.LogGroup:
    """A log group that forgets after `kept`, encrypted with the service's key."""
    return logs.LogGroup(
        scope,
        id_,
        log_group_name=name,
        retention=kept,
        encryption_key=key,
        removal_policy=KEPT,
    )


class Door(Construct):
    """One entry point of a service as a function: Python 3.13 on arm64, traced, with JSON logs."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        names: Names,
        spec: Function,
        reserved: int | None,
        environment: dict[str, str],
        may: Sequence[iam.PolicyStatement],
        key: kms.IKey,
        code: Path | None,
    ) -> None:
        super().__init__(scope, f"{name.capitalize()}Door")
        function_name = names.of(name)
        self.logs = log_group(self, "Logs", f"/aws/lambda/{function_name}", key)
        streams = names.arn("logs", f"log-group:/aws/lambda/{function_name}:*")
        writes = allow(["logs:CreateLogStream", "logs:PutLogEvents"], streams, sid="Logs")
        self.role = iam.Role(
            self,
            "Role",
            role_name=function_name,
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            inline_policies={"own": iam.PolicyDocument(statements=[writes, allow_tracing(), *may])},
        )
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=function_name,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            handler=f"services.platform.doors.{name}.handler",
            code=lambda_.Code.from_asset(str(code)) if code else lambda_.Code.from_inline(ELSEWHERE),
            # The role is whole as it stands: the CDK's own additions would be grants nobody wrote down.
            role=self.role.without_policy_updates(),
            log_group=self.logs,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE,
            memory_size=spec.memory,
            timeout=Duration.seconds(spec.timeout),
            reserved_concurrent_executions=reserved,
            environment=environment,
        )

"""A statutory procedure as a state machine, made from its stages (`infra/flow.py`)."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.constructs.function import allow, allow_tracing, log_group
from infra.names import Names

DELIVERY = (
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
)
"""What Step Functions needs to set up its logging; none of it can be narrowed to a resource."""


class Machine(Construct):
    """A Standard state machine; `${Steps}` in the ASL is the service's `steps`, all that it may call."""

    def __init__(
        self, scope: Construct, procedure: str, *, names: Names, definition: str, key: kms.IKey
    ) -> None:
        super().__init__(scope, procedure.title().replace("-", "") + "Machine")
        name = names.of(procedure)
        steps = names.function_arn("steps")
        self.role = iam.Role(
            self,
            "Role",
            role_name=f"{name}-machine",
            assumed_by=iam.ServicePrincipal("states.amazonaws.com"),
            inline_policies={
                "own": iam.PolicyDocument(
                    statements=[
                        allow(["lambda:InvokeFunction"], steps, sid="Steps"),
                        allow(DELIVERY, "*", sid="Logs"),
                        allow_tracing(),
                    ]
                )
            },
        )
        self.logs = log_group(
            self, "Logs", f"/aws/vendedlogs/states/{name}", key, logs.RetentionDays.ONE_YEAR
        )
        self.machine = sfn.StateMachine(
            self,
            "Machine",
            state_machine_name=name,
            state_machine_type=sfn.StateMachineType.STANDARD,
            definition_body=sfn.DefinitionBody.from_string(definition),
            definition_substitutions={"Steps": steps},
            role=self.role.without_policy_updates(),
            tracing_enabled=True,
            # The acts are the record; a machine's log says where it is, never what is in a case.
            logs=sfn.LogOptions(destination=self.logs, level=sfn.LogLevel.ALL, include_execution_data=False),
        )

"""How a new version of a function takes over: by degrees, and back by itself when it fails."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.alarms import Alarms
from infra.names import LIVE, Names


class Rollout(Construct):
    """The service's deployments of its functions, under a role that may move their aliases and no more."""

    def __init__(
        self, scope: Construct, *, names: Names, functions: list[str], how: str, alarms: Alarms
    ) -> None:
        super().__init__(scope, "Rollout")
        self.names = names
        self.alarms = alarms
        self.how: codedeploy.ILambdaDeploymentConfig = getattr(codedeploy.LambdaDeploymentConfig, how)
        self.application = codedeploy.LambdaApplication(self, "Application", application_name=names.of())
        moved = [names.function_arn(function) for function in functions]
        unqualified = [arn.removesuffix(f":{LIVE}") for arn in moved]
        self.role = iam.Role(
            self,
            "Role",
            role_name=names.of("rollout"),
            assumed_by=iam.ServicePrincipal("codedeploy.amazonaws.com"),
            inline_policies={
                "own": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="Aliases",
                            actions=[
                                "lambda:GetAlias",
                                "lambda:GetProvisionedConcurrencyConfig",
                                "lambda:UpdateAlias",
                            ],
                            resources=[*unqualified, *moved],
                        ),
                        iam.PolicyStatement(
                            sid="Alarms", actions=["cloudwatch:DescribeAlarms"], resources=["*"]
                        ),
                    ]
                )
            },
        )

    def of(self, name: str, function: lambda_.Function) -> lambda_.Alias:
        """The alias by which `function` is called; its new version is judged by its own errors only.

        Errors of the version that goes must not keep the one that mends them from coming.
        """
        version = function.current_version
        alias = lambda_.Alias(self, f"{name.capitalize()}Live", alias_name=LIVE, version=version)
        failed = cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name="Errors",
            statistic="Sum",
            period=Duration.minutes(1),
            dimensions_map={
                "FunctionName": self.names.of(name),
                "Resource": f"{self.names.of(name)}:{LIVE}",
                "ExecutedVersion": version.version,
            },
        )
        alarm = self.alarms.when(
            f"{name}-new-version-errors",
            failed,
            "The newest version of the function failed; while it is being rolled out, it is taken back.",
            runbook="rollout",
        )
        codedeploy.LambdaDeploymentGroup(
            self,
            f"{name.capitalize()}Group",
            deployment_group_name=self.names.of(name),
            application=self.application,
            alias=alias,
            deployment_config=self.how,
            alarms=[alarm],
            # The role is whole as it stands.
            role=self.role.without_policy_updates(),
            auto_rollback=codedeploy.AutoRollbackConfig(failed_deployment=True, deployment_in_alarm=True),
        )
        return alias

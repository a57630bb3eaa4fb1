"""A service's REST API: only its health, its description and what the manifest opens need no token."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.front import front, guard
from infra.constructs.function import log_group
from infra.manifest import SERVICES, Manifest
from infra.names import Names

STAGE = "v1"
TOKEN_CACHED = 300
"""Seconds for which the authoriser believes a token it has seen."""
OPEN_TO_ALL = ("/health", "/openapi.json", "/docs")
ACCESS_LOGS_KEPT = logs.RetentionDays.FIVE_YEARS
ACCESS_LOG = {
    "request_id": "$context.requestId",
    "at": "$context.requestTimeEpoch",
    "method": "$context.httpMethod",
    "path": "$context.path",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "subject": "$context.authorizer.claims.sub",
    "organisation": "$context.authorizer.claims.custom:organisation",
    "address": "$context.identity.sourceIp",
    "trace": "$context.xrayTraceId",
}

OWN_ANSWERS = {
    apigateway.ResponseType.UNAUTHORIZED: "not_signed_in",
    # What the gateway calls a missing token is a route that is not there.
    apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN: "no_such_route",
    apigateway.ResponseType.THROTTLED: "too_many_requests",
    apigateway.ResponseType.REQUEST_TOO_LARGE: "body_too_large",
    apigateway.ResponseType.WAF_FILTERED: "not_let_through",
    apigateway.ResponseType.DEFAULT_5_XX: "fault",
}
"""What API Gateway answers without asking the function, as the problem it is."""


def problem(code: str) -> dict[str, Any]:
    """The problem document of `code`, as a template that API Gateway fills in."""
    problems = SERVICES / "platform" / "http" / "problems.toml"
    listed = tomllib.loads(problems.read_text("utf-8"))["problem"][code]
    return {
        "type": f"https://sakimori.example/problems/{code}",
        "status": listed["status"],
        "code": code,
        "title": listed["title"],
        "title_ja": listed["title_ja"],
        "detail": "$context.error.message",
        **{name: listed[name] for name in ("next", "next_ja") if name in listed},
        "correlation_id": "$context.requestId",
    }


class Api(Construct):
    """REST API, stage `v1`: authorised by the user pool, throttled, logged, traced and behind the web ACL."""

    def __init__(
        self,
        scope: Construct,
        *,
        names: Names,
        manifest: Manifest,
        function: lambda_.IFunction,
        user_pool_arn: str,
        key: kms.IKey,
    ) -> None:
        super().__init__(scope, "Api")
        public = (*(("GET", path) for path in OPEN_TO_ALL), *manifest.public)
        # A method's own settings are all it has: those of the stage do not show through.
        apart = apigateway.MethodDeploymentOptions(
            throttling_rate_limit=front().public.rate,
            throttling_burst_limit=front().public.burst,
            metrics_enabled=True,
            logging_level=apigateway.MethodLoggingLevel.ERROR,
            data_trace_enabled=False,
        )
        access_log = log_group(
            self, "AccessLog", f"/aws/apigateway/{names.of('access')}", key, ACCESS_LOGS_KEPT
        )
        self.rest = apigateway.RestApi(
            self,
            "Rest",
            rest_api_name=names.of(),
            description=f"{manifest.title} ({manifest.title_ja})",
            endpoint_types=[apigateway.EndpointType.REGIONAL],
            cloud_watch_role=False,
            deploy_options=apigateway.StageOptions(
                stage_name=STAGE,
                throttling_rate_limit=manifest.api.rate,
                throttling_burst_limit=manifest.api.burst,
                method_options={f"{path}/{verb}": apart for verb, path in public},
                tracing_enabled=True,
                metrics_enabled=True,
                logging_level=apigateway.MethodLoggingLevel.ERROR,
                data_trace_enabled=False,
                access_log_destination=apigateway.LogGroupLogDestination(access_log),
                access_log_format=apigateway.AccessLogFormat.custom(json.dumps(ACCESS_LOG)),
            ),
        )
        authoriser = apigateway.CfnAuthorizer(
            self,
            "Authoriser",
            rest_api_id=self.rest.rest_api_id,
            name=names.of(),
            type="COGNITO_USER_POOLS",
            identity_source="method.request.header.Authorization",
            provider_arns=[user_pool_arn],
            authorizer_result_ttl_in_seconds=TOKEN_CACHED,
        )
        assert self.rest.latest_deployment
        # A stage shows what its deployment was made from: another authoriser is another deployment.
        self.rest.latest_deployment.add_to_logical_id(
            {
                "authoriser": list(authoriser.provider_arns or []),
                "kept": authoriser.authorizer_result_ttl_in_seconds,
            }
        )
        for kind, code in OWN_ANSWERS.items():
            self.rest.add_gateway_response(
                code.title().replace("_", ""),
                type=kind,
                status_code=str(problem(code)["status"]),
                templates={"application/json": json.dumps(problem(code), ensure_ascii=False)},
                response_headers={"Content-Type": "'application/problem+json'"},
            )
        integration = apigateway.LambdaIntegration(function, allow_test_invoke=False)
        for verb, path in public:
            self.rest.root.resource_for_path(path).add_method(verb, integration)
        guarded = self.rest.root.add_resource("{proxy+}").add_method("ANY", integration)
        method = guarded.node.default_child
        assert isinstance(method, apigateway.CfnMethod)
        method.authorization_type = "COGNITO_USER_POOLS"
        method.authorizer_id = authoriser.ref
        guard(self, names, protects=self.rest.deployment_stage.stage_arn)

"""Functions, APIs and machines."""

from __future__ import annotations

from collections.abc import Iterator

from infra.house_rules.reading import Deployment, Finding, target, written
from infra.manifest import manifests
from infra.names import LIVE

ENVIRONMENT = frozenset(
    ["SERVICE", "TABLE", "BUS", "LOG_LEVEL", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE"]
)
"""What every function is told; MACHINE_<PROCEDURE> besides, and what some need."""
SOME = frozenset(["KEY", "CLOCK_KEY", "PAPERS"])


def function_is_as_all(deployment: Deployment) -> Iterator[Finding]:
    """Python 3.13 on arm64, traced, and never longer than API Gateway waits where it answers HTTP."""
    for function in deployment.of("Lambda::Function"):
        ours = function.properties
        answers = ours["FunctionName"].endswith("-api")
        if (
            ours["Runtime"] != "python3.13"
            or ours["Architectures"] != ["arm64"]
            or ours["TracingConfig"] != {"Mode": "Active"}
            or (answers and ours["Timeout"] > 29)
        ):
            yield "function-is-as-all", function


def environment_is_modelled(deployment: Deployment) -> Iterator[Finding]:
    """A function is told what services/platform/runtime/environment.py models, and nothing else."""
    for function in deployment.of("Lambda::Function"):
        names = set(function.properties["Environment"]["Variables"])
        others = {n for n in names - ENVIRONMENT if n not in SOME and not n.startswith("MACHINE_")}
        if others or not names >= ENVIRONMENT:
            yield "environment-is-modelled", function


def api_asks_for_a_token(deployment: Deployment) -> Iterator[Finding]:
    """Only what an API declares open is so, path by path; every stage is logged, traced and throttled."""
    asked = [(verb, path) for manifest in manifests() for verb, path in manifest.public if verb != "GET"]
    open_to_all = tuple(f"/Default{path}/{verb}/Resource" for verb, path in asked)
    for method in deployment.of("ApiGateway::Method"):
        ours = method.properties
        guarded = ours["AuthorizationType"] == "COGNITO_USER_POOLS" and "AuthorizerId" in ours
        declared = ours["HttpMethod"] == "GET" or method.path.endswith(open_to_all)
        if not guarded and ("{" in method.path or not declared):
            yield "api-asks-for-a-token", method
    for stage in deployment.of("ApiGateway::Stage"):
        ours = stage.properties
        settings = ours["MethodSettings"][0]
        throttled = settings["ThrottlingRateLimit"] and settings["ThrottlingBurstLimit"]
        if not ours["TracingEnabled"] or "AccessLogSetting" not in ours or not throttled:
            yield "api-asks-for-a-token", stage


def api_has_a_shield(deployment: Deployment) -> Iterator[Finding]:
    """Every stage of an API is behind a web ACL."""
    shielded = {
        (r.stack, written(r.properties["ResourceArn"])) for r in deployment.of("WAFv2::WebACLAssociation")
    }
    for stage in deployment.of("ApiGateway::Stage"):
        if not any(s == stage.stack and stage.id in arn for s, arn in shielded):
            yield "api-has-a-shield", stage


def machine_is_standard(deployment: Deployment) -> Iterator[Finding]:
    """Machines may wait a year, are logged and traced, and keep the data of a case out of their logs."""
    for machine in deployment.of("StepFunctions::StateMachine"):
        ours = machine.properties
        logging = ours["LoggingConfiguration"]
        if (
            ours["StateMachineType"] != "STANDARD"
            or logging["Level"] != "ALL"
            or logging["IncludeExecutionData"]
        ):
            yield "machine-is-standard", machine


def called_by_alias(deployment: Deployment) -> Iterator[Finding]:
    """Every function has a live alias that CodeDeploy moves, and is called by no other name."""
    for function in deployment.of("Lambda::Function"):
        aliases = [
            a
            for a in deployment.of("Lambda::Alias")
            if a.stack == function.stack and target(a.properties["FunctionName"]) == function.id
        ]
        if not any("CodeDeployLambdaAliasUpdate" in a.body.get("UpdatePolicy", {}) for a in aliases):
            yield "called-by-alias", function
    for caller in deployment.of("Lambda::EventSourceMapping", "Lambda::Permission"):
        if (
            deployment.same_stack(caller, target(caller.properties["FunctionName"])).type
            != "AWS::Lambda::Alias"
        ):
            yield "called-by-alias", caller
    for machine in deployment.of("StepFunctions::StateMachine"):
        for called in machine.properties.get("DefinitionSubstitutions", {}).values():
            if not written(called).endswith(f":{LIVE}"):
                yield "called-by-alias", machine


def public_is_throttled_apart(deployment: Deployment) -> Iterator[Finding]:
    """What is open to all has a throttle of its own, so that it takes nothing from those who file."""
    for stage in deployment.of("ApiGateway::Stage"):
        apart = {
            s["ResourcePath"] for s in stage.properties["MethodSettings"] if s.get("HttpMethod") == "GET"
        }
        if "/~1health" not in apart:
            yield "public-is-throttled-apart", stage

"""The synthesised templates, with their intrinsic functions resolved as CloudFormation would."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

REGION = "ap-northeast-1"
ACCOUNT = "123456789012"
"""moto's account."""
_DYNAMIC = re.compile(r"\{\{resolve:ssm:([^}:]+)(?::\d+)?\}\}")
_IN_SUB = re.compile(r"\$\{([^!][^}]*)\}")


class UnresolvedError(ValueError):
    """Something in a template has no value here; the message names it and where it stands."""


def arn(service: str, resource: str, *, region: str = REGION, account: str = ACCOUNT) -> str:
    """An ARN of the local account."""
    return f"arn:aws:{service}:{region}:{account}:{resource}"


def _short(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


@dataclass(frozen=True)
class Resource:
    """One resource of a stack."""

    templates: Templates
    stack: str
    logical: str
    type: str
    raw: Mapping[str, Any]

    @cached_property
    def properties(self) -> dict[str, Any]:
        """Its properties, resolved. Raises `UnresolvedError`."""
        resolved = self.templates.resolve(
            self.raw.get("Properties", {}), self.stack, f"{self.stack}.{self.logical}"
        )
        assert isinstance(resolved, dict)
        return resolved

    def _named(self, key: str) -> str:
        """A name given in the template, which may itself need resolving, or one made from where it stands."""
        given = self.raw.get("Properties", {}).get(key)
        if given is None:
            return f"{self.stack}-{self.logical}"
        return str(self.templates.resolve(given, self.stack, f"{self.stack}.{self.logical}.{key}"))

    @cached_property
    def name(self) -> str:
        """Its physical name or id."""
        key = _NAME_KEYS.get(self.type)
        if key is not None:
            return self._named(key)
        where = f"{self.stack}/{self.logical}"
        if self.type == "AWS::KMS::Key":
            return str(uuid.uuid5(uuid.NAMESPACE_URL, f"sakimori:{where}"))
        if self.type == "AWS::Lambda::Alias":
            return f"{self._named('FunctionName')}:{self._named('Name')}"
        if self.type == "AWS::Cognito::UserPool":
            return f"{REGION}_{_short(where, 9)}"
        if self.type == "AWS::Cognito::UserPoolClient":
            return _short(where, 26)
        if self.type.startswith("AWS::ApiGateway::"):
            return _short(where, 10)
        return self.logical

    @cached_property
    def arn(self) -> str:
        """Its ARN."""
        make = _ARNS.get(self.type)
        return make(self.name) if make else arn("unknown", f"{self.stack}/{self.logical}")

    @property
    def ref(self) -> str:
        """What `Ref` gives."""
        if self.type == "AWS::SQS::Queue":
            return f"{self.templates.endpoint}/{ACCOUNT}/{self.name}"
        if self.type in _REFERRED_TO_BY_ARN:
            return self.arn
        return self.name

    def attribute(self, name: str) -> str:
        """What `Fn::GetAtt` gives."""
        known: dict[str, Callable[[], str]] = {
            "Arn": lambda: self.arn,
            "KeyId": lambda: self.name,
            "QueueName": lambda: self.name,
            "QueueUrl": lambda: self.ref,
            "Name": lambda: self.name,
            "TopicName": lambda: self.name,
            "UserPoolId": lambda: self.name,
            "StreamArn": lambda: f"{self.arn}/stream/local",
            "RootResourceId": lambda: f"{self.name}-root",
            "ProviderName": lambda: f"cognito-idp.{REGION}.amazonaws.com/{self.name}",
            "RegionalDomainName": lambda: f"{self.name}.s3.{REGION}.amazonaws.com",
            "DomainName": lambda: f"{self.name}.s3.amazonaws.com",
        }
        return known[name]() if name in known else f"{self.logical}.{name}"


_REFERRED_TO_BY_ARN = {
    "AWS::IAM::ManagedPolicy",
    "AWS::Lambda::Alias",
    "AWS::SNS::Topic",
    "AWS::StepFunctions::StateMachine",
}
_NAME_KEYS = {
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::StepFunctions::StateMachine": "StateMachineName",
    "AWS::Events::EventBus": "Name",
    "AWS::Events::Rule": "Name",
    "AWS::Events::Archive": "ArchiveName",
    "AWS::IAM::Role": "RoleName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SSM::Parameter": "Name",
    "AWS::KMS::Alias": "AliasName",
    "AWS::ApiGateway::Stage": "StageName",
    "AWS::CodeDeploy::Application": "ApplicationName",
    "AWS::CodeDeploy::DeploymentGroup": "DeploymentGroupName",
}
_ARNS: dict[str, Callable[[str], str]] = {
    "AWS::DynamoDB::GlobalTable": lambda n: arn("dynamodb", f"table/{n}"),
    "AWS::SQS::Queue": lambda n: arn("sqs", n),
    "AWS::Lambda::Function": lambda n: arn("lambda", f"function:{n}"),
    "AWS::Lambda::Alias": lambda n: arn("lambda", f"function:{n}"),
    "AWS::StepFunctions::StateMachine": lambda n: arn("states", f"stateMachine:{n}"),
    "AWS::Events::EventBus": lambda n: arn("events", f"event-bus/{n}"),
    "AWS::Events::Rule": lambda n: arn("events", f"rule/{n}"),
    "AWS::Events::Archive": lambda n: arn("events", f"archive/{n}"),
    "AWS::IAM::Role": lambda n: arn("iam", f"role/{n}", region=""),
    "AWS::IAM::ManagedPolicy": lambda n: arn("iam", f"policy/{n}", region=""),
    "AWS::Logs::LogGroup": lambda n: arn("logs", f"log-group:{n}:*"),
    "AWS::S3::Bucket": lambda n: arn("s3", n, region="", account=""),
    "AWS::SNS::Topic": lambda n: arn("sns", n),
    "AWS::KMS::Key": lambda n: arn("kms", f"key/{n}"),
    "AWS::Cognito::UserPool": lambda n: arn("cognito-idp", f"userpool/{n}"),
    "AWS::SSM::Parameter": lambda n: arn("ssm", f"parameter{n}"),
}


class Templates:
    """Every stack's template in one directory."""

    def __init__(self, directory: Path, endpoint: str = "http://127.0.0.1") -> None:
        """Read `<stack>.template.json` files; `endpoint` is where AWS answers, for queues' addresses."""
        self.endpoint = endpoint
        self.stacks: dict[str, dict[str, Any]] = {
            file.name.removesuffix(".template.json"): json.loads(file.read_text("utf-8"))
            for file in sorted(directory.glob("*.template.json"))
        }
        if not self.stacks:
            raise UnresolvedError(f"There is no template in {directory}.")
        self._resources = {
            (stack, logical): Resource(self, stack, logical, raw["Type"], raw)
            for stack, template in self.stacks.items()
            for logical, raw in template.get("Resources", {}).items()
        }

    def of(self, *types: str) -> Iterator[Resource]:
        """The resources of these types, in the templates' order."""
        return (resource for resource in self._resources.values() if resource.type in types)

    def get(self, stack: str, logical: str) -> Resource | None:
        """One resource."""
        return self._resources.get((stack, logical))

    @cached_property
    def exports(self) -> dict[str, Any]:
        """What stacks export, by name."""
        return {
            str(self.resolve(output["Export"]["Name"], stack, stack)): self.resolve(
                output["Value"], stack, stack
            )
            for stack, template in self.stacks.items()
            for output in template.get("Outputs", {}).values()
            if "Export" in output
        }

    @cached_property
    def ssm(self) -> dict[str, str]:
        """The parameters the stacks store, by name."""
        return {r.name: str(r.properties["Value"]) for r in self.of("AWS::SSM::Parameter")}

    def resolve(self, node: Any, stack: str, where: str) -> Any:
        """`node` with every intrinsic function replaced by its value. Raises `UnresolvedError`."""
        if isinstance(node, list):
            items = [self.resolve(item, stack, where) for item in node]
            return [item for item in items if item is not _NO_VALUE]
        if isinstance(node, str):
            return _DYNAMIC.sub(lambda match: self._ssm(match[1], where), node)
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (key, argument), *_ = node.items()
            if key == "Ref" or key.startswith("Fn::"):
                return self._call(key, argument, stack, where)
        values = {key: self.resolve(value, stack, f"{where}.{key}") for key, value in node.items()}
        return {key: value for key, value in values.items() if value is not _NO_VALUE}

    def _call(self, function: str, argument: Any, stack: str, where: str) -> Any:
        def inner(value: Any) -> Any:
            return self.resolve(value, stack, where)

        match function:
            case "Ref":
                return self._ref(argument, stack, where)
            case "Fn::GetAtt":
                logical, _, attribute = (
                    argument.partition(".") if isinstance(argument, str) else (*argument[:1], "", argument[1])
                )
                return self._resource(stack, logical, where).attribute(inner(attribute))
            case "Fn::Join":
                return argument[0].join(str(part) for part in inner(argument[1]))
            case "Fn::Sub":
                text, values = (argument, {}) if isinstance(argument, str) else argument
                return _IN_SUB.sub(lambda match: self._sub(match[1], inner(values), stack, where), text)
            case "Fn::Select":
                return inner(argument[1])[int(argument[0])]
            case "Fn::Split":
                return inner(argument[1]).split(argument[0])
            case "Fn::ImportValue":
                return self.exports[inner(argument)]
            case "Fn::GetAZs":
                return [f"{REGION}a", f"{REGION}c"]
        raise UnresolvedError(f"{where}: the local cloud does not know {function}.")

    def _ref(self, name: str, stack: str, where: str) -> Any:
        if name in _PSEUDO:
            return stack if name == "AWS::StackName" else _PSEUDO[name]
        parameter = self.stacks[stack].get("Parameters", {}).get(name)
        if parameter is not None:
            if parameter["Type"].startswith("AWS::SSM::Parameter::Value"):
                return self._ssm(parameter["Default"], where)
            return parameter.get("Default", "")
        return self._resource(stack, name, where).ref

    def _sub(self, name: str, values: Mapping[str, Any], stack: str, where: str) -> str:
        if name in values:
            return str(values[name])
        return str(
            self._call("Fn::GetAtt", name, stack, where) if "." in name else self._ref(name, stack, where)
        )

    def _resource(self, stack: str, logical: str, where: str) -> Resource:
        found = self.get(stack, logical)
        if found is None:
            raise UnresolvedError(f"{where} refers to {logical}, which is not in {stack}.")
        return found

    def _ssm(self, name: str, where: str) -> str:
        if name not in self.ssm:
            raise UnresolvedError(f"{where} reads the parameter {name}, which no stack stores.")
        return self.ssm[name]


_NO_VALUE: Any = object()
_PSEUDO: dict[str, Any] = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::NoValue": _NO_VALUE,
    "AWS::StackName": "",
    "AWS::StackId": arn("cloudformation", "stack/local"),
}

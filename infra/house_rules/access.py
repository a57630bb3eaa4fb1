"""Who may do what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from infra.house_rules.reading import Deployment, Finding, Resource, listed, target, written


def policies(resource: Resource) -> list[dict[str, Any]]:
    """The policy documents in a resource, whose policy or another's."""
    inline = (
        resource.properties["Policies"]
        if resource.type == "AWS::IAM::Role" and "Policies" in resource.properties
        else []
    )
    return [p["PolicyDocument"] for p in inline] + [
        resource.properties[k] for k in ("KeyPolicy", "PolicyDocument") if k in resource.properties
    ]


def statements(deployment: Deployment) -> Iterator[tuple[Resource, dict[str, Any]]]:
    """Everything that is allowed to anyone."""
    for resource in deployment.all:
        for policy in policies(resource):
            yield from ((resource, s) for s in listed(policy["Statement"]) if s["Effect"] == "Allow")


def no_star(deployment: Deployment) -> Iterator[Finding]:
    """Nothing is allowed by a wildcard. In a key's own policy `*` is that key, and no wildcard."""
    for resource, statement in statements(deployment):
        named = listed(statement["Action"])
        if resource.type != "AWS::KMS::Key":
            named = named + [written(r) for r in listed(statement.get("Resource", []))]
        if any("*" in name for name in named):
            yield f"no-star[{statement.get('Sid', '')}]", resource


def no_stranger(deployment: Deployment) -> Iterator[Finding]:
    """Nothing is allowed to everyone."""
    for resource, statement in statements(deployment):
        principal = statement.get("Principal", {})
        if principal == "*" or "*" in listed(principal.get("AWS", [])):
            yield "no-stranger", resource


def no_policy_from_elsewhere(deployment: Deployment) -> Iterator[Finding]:
    """A function's or a machine's role holds what stands in it, and no more."""
    shared = {target(role) for p in deployment.of("IAM::Policy") for role in p.properties.get("Roles", [])}
    for role in deployment.of("IAM::Role"):
        if not role.stack.endswith("-platform") and (
            role.id in shared or role.properties.get("ManagedPolicyArns")
        ):
            yield "no-policy-from-elsewhere", role


def own_role(deployment: Deployment) -> Iterator[Finding]:
    """Every function and every machine has a role that nothing else has."""
    users = deployment.of("Lambda::Function", "StepFunctions::StateMachine")
    roles = Counter((u.stack, target(u.properties.get("Role") or u.properties["RoleArn"])) for u in users)
    for user in users:
        if roles[user.stack, target(user.properties.get("Role") or user.properties["RoleArn"])] > 1:
            yield "own-role", user


def stacks_are_independent(deployment: Deployment) -> Iterator[Finding]:
    """No stack imports what another exports, and every rule names its bus."""
    for resource in deployment.all:
        if "Fn::ImportValue" in json.dumps(resource.body):
            yield "stacks-are-independent", resource
    for rule in deployment.of("Events::Rule"):
        if not isinstance(rule.properties.get("EventBusName", "default"), str):
            yield "stacks-are-independent", rule

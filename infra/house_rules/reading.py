"""Synthesised templates, to be asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Templates = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Resource:
    """A resource where it stands."""

    stack: str
    id: str
    body: dict[str, Any]

    @property
    def type(self) -> str:
        """Its CloudFormation type."""
        return str(self.body["Type"])

    @property
    def properties(self) -> dict[str, Any]:
        """Its properties, unresolved."""
        properties: dict[str, Any] = self.body.get("Properties", {})
        return properties

    @property
    def path(self) -> str:
        """The construct that made it."""
        return str(self.body.get("Metadata", {}).get("aws:cdk:path", f"{self.stack}/{self.id}"))


class Deployment:
    """All templates, to be asked."""

    def __init__(self, templates: Templates) -> None:
        self.all = [
            Resource(stack, id_, body)
            for stack, t in templates.items()
            for id_, body in t["Resources"].items()
        ]

    def of(self, *types: str) -> list[Resource]:
        """The resources of these types, given without `AWS::`."""
        return [r for r in self.all if r.type.removeprefix("AWS::") in types]

    def same_stack(self, resource: Resource, id_: str) -> Resource:
        """What `id_` means in the stack of `resource`."""
        return next(r for r in self.all if r.stack == resource.stack and r.id == id_)


Finding = tuple[str, Resource]
"""Rule, with what exactly in brackets, and where."""
Rule = Callable[[Deployment], Iterator[Finding]]


def listed(value: Any) -> list[Any]:
    """A value that may stand alone, as a list."""
    return value if isinstance(value, list) else [value]


def target(reference: Any) -> str:
    """The logical id an attribute refers to."""
    return str(reference["Fn::GetAtt"][0] if "Fn::GetAtt" in reference else reference["Ref"])


def written(value: Any) -> str:
    """A value with its references, as one text."""
    if isinstance(value, dict) and "Fn::Join" in value:
        return "".join(written(part) for part in value["Fn::Join"][1])
    return value if isinstance(value, str) else json.dumps(value)

"""A template that would replace what is deployed is refused, and one that would not is let through."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.shape import broken, findings, keep, shape_of

Templates = dict[str, dict[str, Any]]
STACK = "sakimori-infra-review"


def first(templates: Templates, type_: str, stack: str = STACK) -> tuple[str, dict[str, Any]]:
    return next((i, r) for i, r in templates[stack]["Resources"].items() if r["Type"] == type_)


def renamed(type_: str, name: str) -> Callable[[Templates], None]:
    def change(templates: Templates) -> None:
        stack = next(s for s, t in templates.items() if type_ in {r["Type"] for r in t["Resources"].values()})
        first(templates, type_, stack)[1]["Properties"][name] = "another"

    return change


def gone(templates: Templates) -> None:
    templates[STACK]["Resources"].pop(first(templates, "AWS::KMS::Key")[0])


def indexes(templates: Templates) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = first(templates, "AWS::DynamoDB::GlobalTable")[1]["Properties"][
        "GlobalSecondaryIndexes"
    ]
    return found


def projected(templates: Templates) -> None:
    indexes(templates)[0]["Projection"]["NonKeyAttributes"].append("secret")


def two_indexes(templates: Templates) -> None:
    old = indexes(templates)
    old += [{**old[0], "IndexName": "queue-2"}, {**old[1], "IndexName": "party-2"}]


def attribute_lost(templates: Templates) -> None:
    pool = first(templates, "AWS::Cognito::UserPool", "sakimori-platform")[1]["Properties"]
    pool["Schema"] = [a for a in pool["Schema"] if a["Name"] != "ministry"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (renamed("AWS::DynamoDB::GlobalTable", "TableName"), "would be replaced, for another TableName"),
        (renamed("AWS::KMS::Key", "KeySpec"), "would be replaced, for another KeySpec"),
        (renamed("AWS::SQS::Queue", "QueueName"), "would be replaced, for another QueueName"),
        (renamed("AWS::Cognito::UserPool", "UsernameAttributes"), "for another UsernameAttributes"),
        (gone, "would be left behind"),
        (projected, "the index queue would change"),
        (two_indexes, "not party-2, queue-2 together"),
        (attribute_lost, "Schema can only get longer"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_would_be_lost_fails_the_synthesis(
    templates: Templates, change: Callable[[Templates], None], said: str
) -> None:
    changed = copy.deepcopy(templates)
    change(changed)
    (sentence,) = broken(shape_of(templates), shape_of(changed))
    assert said in sentence


def test_a_new_index_under_the_next_version_may_come(templates: Templates) -> None:
    changed = copy.deepcopy(templates)
    indexes(changed).append({**indexes(changed)[0], "IndexName": "queue-2"})
    assert list(broken(shape_of(templates), shape_of(changed))) == []


def test_a_shape_is_kept_and_read_again(templates: Templates, tmp_path: Path) -> None:
    assembly = tmp_path / "assembly"
    assembly.mkdir()
    artifacts = {}
    for stack, template in templates.items():
        properties = {"templateFile": f"{stack}.template.json"}
        artifacts[stack] = {"type": "aws:cloudformation:stack", "properties": properties}
        (assembly / f"{stack}.template.json").write_text(json.dumps(template))
    (assembly / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    (assembly / "sakimori-other.template.json").write_text("left by an earlier synthesis")
    assert findings(assembly, "sakimori", tmp_path) == []
    keep(assembly, "sakimori", tmp_path)
    assert findings(assembly, "sakimori", tmp_path) == []
    changed = copy.deepcopy(templates[STACK])
    changed["Resources"].pop(first(templates, "AWS::SQS::Queue")[0])
    (assembly / f"{STACK}.template.json").write_text(json.dumps(changed))
    (sentence,) = findings(assembly, "sakimori", tmp_path)
    assert "AWS::SQS::Queue" in sentence

"""The house rules and cdk-nag over the synthesised templates; exceptions in infra/exceptions.toml."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from infra import synth
from infra.exceptions import NAG, exceptions, spelt
from infra.house_rules import RULES
from infra.house_rules.reading import Deployment, Resource, Rule

Templates = dict[str, dict[str, Any]]


def excused(rule: str, where: Resource) -> bool:
    return any(e.covers(where.path) and rule in {spelt(r, where.path) for r in e.rules} for e in exceptions())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule(rule: Rule, templates: Templates) -> None:
    broken = [
        f"{name} at {where.path}" for name, where in rule(Deployment(templates)) if not excused(name, where)
    ]
    assert not broken, f"{rule.__doc__}\n" + "\n".join(broken)


def test_every_exception_is_needed(templates: Templates) -> None:
    deployment = Deployment(templates)
    found = [(name, where.path) for rule in RULES for name, where in rule(deployment)]
    report = json.loads((synth.synthesised() / "validation-report.json").read_text("utf-8"))
    for plugin in report["pluginReports"]:
        for violation in plugin["suppressedViolations"]:
            name = violation["acknowledgedId"].removeprefix("AwsSolutions::")
            found += [(name, c["constructPath"]) for c in violation["violatingConstructs"]]
    unused = [
        f"{rule} at {exempt.at}"
        for exempt in exceptions()
        for rule in exempt.rules
        if not any(exempt.covers(path) and spelt(rule, path) == name for name, path in found)
    ]
    assert not unused


def test_cdk_nag_is_content(templates: Templates) -> None:
    report = json.loads((synth.synthesised() / "validation-report.json").read_text("utf-8"))
    packs = [p for p in report["pluginReports"] if p["pluginName"] == NAG.removesuffix("-")]
    assert [p["conclusion"] for p in packs] == ["success"]
    assert packs[0]["violations"] == []
    assert packs[0]["suppressedViolations"], "the pack has looked at nothing"


def test_cloudformation_accepts_the_templates() -> None:
    from cfnlint import lint_by_config
    from cfnlint.config import ManualArgs

    found = lint_by_config(
        ManualArgs(
            templates=[str(p) for p in sorted(Path(synth.synthesised()).glob("*.template.json"))],
            regions=["ap-northeast-1"],
            # The CDK writes out dependencies that references make anyway.
            ignore_checks=["W3005"],
        )
    )
    assert [str(m) for m in found] == []

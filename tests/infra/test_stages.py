"""Stages are dated data: what they say reaches every name, and what is missing is named."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infra import synth
from infra.app import flags
from infra.house_rules import RULES
from infra.house_rules.reading import Deployment
from infra.stages import FILE, StageError, stage, stages
from tests.infra.test_house_rules import excused

ON = date(2026, 6, 1)
OURS = {"account": "111122223333", "subscribers": ["mailto:duty@example.jp"]}


def written(file: Path, *names: str, more: str = "") -> Path:
    """A file of stages with what only a ministry knows filled in."""
    lines = FILE.read_text("utf-8")
    for name in names:
        row = f'name      = "{name}"'
        filled = "".join(f"{key} = {json.dumps(value)}\n" for key, value in OURS.items()) + more
        lines = lines.replace(row, f"{row}\n{filled}")
    file.write_text(lines, "utf-8")
    return file


@pytest.fixture(scope="session")
def prod(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The templates of production, as one command writes them."""
    directory = tmp_path_factory.mktemp("prod")
    file = written(directory / "stages.toml", "prod", more="restored = { infra_review = 2 }\n")
    told = [
        *(sys.executable, "-m", "infra.app", "--no-code", "--stage", "prod"),
        *("--stages", str(file), "--outdir", str(directory / "out")),
    ]
    done = subprocess.run(told, cwd=synth.ROOT, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr[-3000:]
    return {
        f.name.removesuffix(".template.json"): json.loads(f.read_text("utf-8"))
        for f in sorted((directory / "out").glob("*.template.json"))
    }


def test_a_guarded_stage_needs_an_account_and_someone_who_is_told() -> None:
    with pytest.raises(StageError, match="no account and no subscribers"):
        stage("prod", ON)


def test_a_stage_before_its_day_is_not_there() -> None:
    with pytest.raises(StageError, match="0 rows"):
        stage("dev", date(2026, 5, 31))


def test_two_deployments_in_an_account_share_no_name() -> None:
    dev = stage("dev", ON)
    assert dev.named("tanaka").prefix == "sakimori-dev-tanaka"
    assert not dev.named("tanaka").owner
    prefixes = [row.prefix for row in stages() if row.name != "local"]
    assert len(prefixes) == len(set(prefixes))


def test_the_house_rules_hold_in_production_too(prod: dict[str, dict[str, Any]]) -> None:
    found = [(name, where) for rule in RULES for name, where in rule(Deployment(prod))]
    assert [f"{name} at {where.path}" for name, where in found if not excused(name, where)] == []


def test_production_keeps_concurrency_and_rolls_out_by_degrees(prod: dict[str, dict[str, Any]]) -> None:
    deployment = Deployment(prod)
    assert all(f.properties["ReservedConcurrentExecutions"] for f in deployment.of("Lambda::Function"))
    (how,) = {g.properties["DeploymentConfigName"] for g in deployment.of("CodeDeploy::DeploymentGroup")}
    assert how == "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"


def test_a_restored_table_takes_its_place_under_its_own_name(prod: dict[str, dict[str, Any]]) -> None:
    tables = [t for t in Deployment(prod).of("DynamoDB::GlobalTable") if t.stack == "sakimori-infra-review"]
    assert [t.properties["TableName"] for t in tables] == ["sakimori-infra-review-cases-2"]
    functions = [f for f in Deployment(prod).of("Lambda::Function") if f.stack == "sakimori-infra-review"]
    assert {f.properties["Environment"]["Variables"]["TABLE"] for f in functions} == {
        "sakimori-infra-review-cases-2"
    }


def test_the_flags_are_all_that_the_cdk_recommends() -> None:
    import aws_cdk

    (bundle,) = (Path(aws_cdk.__file__).parent / "_jsii").glob("aws-cdk-lib@*.jsii.tgz")
    with tarfile.open(bundle) as archive:
        file = archive.extractfile("package/recommended-feature-flags.json")
        assert file
        recommended = json.load(file)
    assert {name: value for name, value in flags().items() if name in recommended} == recommended

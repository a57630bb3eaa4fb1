"""`cdk bootstrap` and `cdk deploy --all` of a stage into the emulator, without the types it lacks."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from infra.manifest import ROOT
from infra.rehearsal.emulator import ACCOUNT, environment

FILE = Path(__file__).with_name("lacking.toml")
MORE_TIME = 4


class Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A resource type that the emulator's CloudFormation does not know."""

    name: str
    entry: str
    reason: str


class Deviation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What else a rehearsal does otherwise."""

    what: str
    reason: str


class Lacking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `lacking.toml`."""

    type: tuple[Type, ...]
    deviation: tuple[Deviation, ...]


def lacking() -> Lacking:
    """What `lacking.toml` says."""
    return msgspec.convert(tomllib.loads(FILE.read_text("utf-8")), Lacking)


class RehearsalError(RuntimeError):
    """The CDK failed; the message is what it said last."""


def without(template: dict[str, Any], types: frozenset[str]) -> dict[str, Any]:
    """The template without resources of these types, what depends on them let go, and what moves aliases."""
    gone = {id_ for id_, resource in template["Resources"].items() if resource["Type"] in types}
    kept: dict[str, Any] = {}
    for id_, resource in template["Resources"].items():
        if id_ in gone:
            continue
        left = dict(resource)
        left["DependsOn"] = [d for d in _listed(resource.get("DependsOn", [])) if d not in gone]
        # An update policy is CodeDeploy's.
        left.pop("UpdatePolicy", None)
        kept[id_] = left if left["DependsOn"] else {k: v for k, v in left.items() if k != "DependsOn"}
    return template | {"Resources": kept}


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def strip(directory: Path) -> None:
    """Leave out, in every template of `directory`, what the emulator lacks, and give functions more time."""
    types = frozenset(one.name for one in lacking().type)
    for file in sorted(directory.glob("*.template.json")):
        template = without(json.loads(file.read_text("utf-8")), types)
        for resource in template["Resources"].values():
            if resource["Type"] == "AWS::Lambda::Function":
                resource["Properties"]["Timeout"] *= MORE_TIME
        file.write_text(json.dumps(template), "utf-8")


def cdk(url: str, region: str, *arguments: str) -> None:
    """The CDK's command line against the emulator. Raises `RehearsalError`."""
    done = subprocess.run(
        [sys.executable, "-m", "infra.cdk", *arguments],
        cwd=ROOT,
        env=environment(url, region),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RehearsalError(f"cdk {' '.join(arguments)}:\n{(done.stdout + done.stderr)[-6000:]}")


def deploy(url: str, region: str, assembly: Path, stacks: Sequence[str] = ("--all",)) -> None:
    """Bootstrap, and deploy the assembly, which must have been stripped. Raises `RehearsalError`."""
    cdk(url, region, "bootstrap", f"aws://{ACCOUNT}/{region}")
    told = (
        "--app",
        str(assembly),
        "--require-approval",
        "never",
        "--concurrency",
        "4",
        "--progress",
        "events",
    )
    cdk(url, region, "deploy", *stacks, *told)

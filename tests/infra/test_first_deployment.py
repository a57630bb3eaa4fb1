"""What a first deployment, and a change after it, needs of the templates."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infra import synth
from infra.constructs import api
from infra.manifest import manifests
from infra.stages import stage


def deployment_of(folder: Path) -> str:
    """The logical id of an API's deployment: another id is another deployment."""
    from aws_cdk import App

    from infra.constructs.service import Service

    fund = next(m for m in manifests() if m.name == "fund")
    app = App(outdir=str(folder))
    Service(app, fund, stage("local", date(2026, 6, 1)), code=None)
    app.synth()
    template = json.loads((folder / "sakimori-fund.template.json").read_text("utf-8"))
    (found,) = [i for i, r in template["Resources"].items() if r["Type"] == "AWS::ApiGateway::Deployment"]
    return str(found)


def test_a_changed_authoriser_reaches_the_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, again = deployment_of(tmp_path / "before"), deployment_of(tmp_path / "again")
    monkeypatch.setattr(api, "TOKEN_CACHED", 60)
    assert before == again != deployment_of(tmp_path / "after")


def test_every_service_waits_for_the_platform(templates: dict[str, dict[str, Any]]) -> None:
    manifest = json.loads((synth.synthesised() / "manifest.json").read_text("utf-8"))["artifacts"]
    for name in templates.keys() - {"sakimori-platform"}:
        assert "sakimori-platform" in manifest[name]["dependencies"]

"""A deployment by the real CDK: every stack, every API, and one case from filing to a signed certificate."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from infra.manifest import Manifest, manifests
from infra.rehearsal.deploy import lacking, without
from infra.smoke import ask, client
from local.identity import Person
from local.stories.standstill import AGENT, COMPANY, NECESSITY, OFFICIAL, OPERATOR, plan
from tests.deployed.conftest import STAGE, Deployed

pytestmark = pytest.mark.deployed
STRANGER = Person("stranger-1", "よその株式会社", ("operator",))
AFTER_GRACE = timedelta(days=220)
"""From designation; Art. 53(1) exempts six months."""
WAITS = 60.0
"""Seconds for what happens by itself: a stream, a bus, a queue and a machine of an emulator."""


def test_every_stack_is_there(deployed: Deployed) -> None:
    found = deployed.clients["cloudformation"].describe_stacks()["Stacks"]
    states = {s["StackName"]: s["StackStatus"] for s in found if s["StackName"].startswith(STAGE.prefix)}
    assert set(states.values()) == {"CREATE_COMPLETE"}
    assert len(states) == len(manifests()) + 1


def test_nothing_is_left_out_that_the_app_does_not_have(templates: dict[str, dict[str, Any]]) -> None:
    there = {r["Type"] for template in templates.values() for r in template["Resources"].values()}
    left_out = {one.name for one in lacking().type}
    assert left_out - there <= {"AWS::Backup::BackupSelection"}
    whole = templates[next(iter(templates))]
    assert without(whole, frozenset()).keys() == whole.keys()


@pytest.mark.parametrize("manifest", manifests(), ids=lambda m: m.name)
def test_the_api_answers(deployed: Deployed, manifest: Manifest) -> None:
    found = list(ask(manifest, deployed.addresses[manifest.name], client()))
    assert [finding for finding in found if not finding.good] == []


def test_a_case_goes_from_filing_to_a_signed_certificate(deployed: Deployed, tmp_path: Path) -> None:
    today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    operator = designated(deployed, today)
    filing = {"operator_id": operator, "plan": later(plan(today), today + AFTER_GRACE)}

    assert deployed.ask(None, "POST", "/notifications", filing).status == 401
    assert deployed.ask(STRANGER, "POST", "/notifications", filing).status in {403, 404, 409}
    case = deployed.post(AGENT, "/notifications", filing)["id"]
    assert deployed.ask(STRANGER, "GET", f"/notifications/{case}").status == 404
    assert deployed.ask(OPERATOR, "POST", f"/notifications/{case}/accept").status == 403
    deployed.post(OFFICIAL, f"/notifications/{case}/accept")

    machine = f"{STAGE.prefix}-infra-review-notification"
    until(lambda: running(deployed, machine), {case})

    accept = "application/jose+json"
    certificate = deployed.ask(OFFICIAL, "GET", f"/notifications/{case}/clock", accept=accept)
    assert certificate.status == 200
    (tmp_path / "certificate.json").write_bytes(certificate.raw)
    key = deployed.ask(None, "GET", "/clock-key", accept="*/*")
    (tmp_path / "key.pem").write_bytes(key.raw)
    verify = ["clock", "verify", str(tmp_path / "certificate.json"), "--key", str(tmp_path / "key.pem")]
    command = [str(Path(sys.executable).with_name("sakimori")), *verify]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr
    (tmp_path / "certificate.json").write_bytes(certificate.raw.replace(b"2", b"3", 1))
    assert subprocess.run(command, capture_output=True, check=False).returncode


def designated(deployed: Deployed, today: date) -> str:
    decision = {
        "organisation": COMPANY,
        "name": COMPANY,
        "address": "東京都千代田区架空町一丁目一番一号",
        "business": "general_transmission_distribution",
        "criterion": "every_operator",
        "necessity": NECESSITY,
    }
    operator: str = deployed.post(OFFICIAL, "/operators", decision)["id"]
    published = {"gazette": "官報", "on": today.isoformat()}
    deployed.post(OFFICIAL, f"/operators/{operator}/give-public-notice", published)
    return operator


def later(document: dict[str, Any], begins: date) -> dict[str, Any]:
    """The plan, its introduction begun after the six months of grace."""
    moved = json.dumps(document)
    for part in ("on", "begins_on"):
        for old in set(_days(document, part)):
            moved = moved.replace(f'"{part}": "{old}"', f'"{part}": "{max(old, begins.isoformat())}"')
    result: dict[str, Any] = json.loads(moved)
    return result


def _days(part: Any, name: str) -> list[str]:
    if isinstance(part, dict):
        here = [part[name]] if isinstance(part.get(name), str) else []
        return here + [d for v in part.values() for d in _days(v, name)]
    return [d for v in part for d in _days(v, name)] if isinstance(part, list) else []


def running(deployed: Deployed, machine: str) -> set[str]:
    arn = f"arn:aws:states:{STAGE.region}:000000000000:stateMachine:{machine}"
    found = deployed.clients["stepfunctions"].list_executions(stateMachineArn=arn)["executions"]
    return {e["name"].rpartition("-")[0] for e in found if e["status"] == "RUNNING"}


def until(asked: Any, wanted: Any) -> None:
    end = time.monotonic() + WAITS
    while not asked() >= wanted:
        assert time.monotonic() < end, asked()
        time.sleep(0.5)

"""What a function pays before it answers: no door loads what its first request may not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.services.platform.conftest import SETTINGS

# Powertools looks for the (empty) package botocore itself, for its user agent.
AWS = {"boto3", "botocore.session", "botocore.client", "pynamodb", "s3transfer", "urllib3"}
HEAVY = {
    "pydantic",
    "jinja2",
    "icalendar",
    "aws_xray_sdk",
    "fastjsonschema",
    "requests",
    "asyncio",
    "zoneinfo",
}
BUILDING = {
    "services.platform.openapi",
    "services.platform.reference",
    "services.platform.catalogue",
    "services.platform.compatibility",
}
# Powertools' event handler brings asyncio, and nothing else of these.
EDGE = HEAVY - {"asyncio"}


def imported_by(module: str) -> set[str]:
    """The modules that are loaded once `module` is, in a fresh interpreter."""
    code = f"import sys, json, {module}; print(json.dumps(list(sys.modules)))"
    environment = os.environ | SETTINGS
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    loaded: list[str] = json.loads(done.stdout)
    return {name for full in loaded for name in (full, full.partition(".")[0])}


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("services.platform.table", AWS | HEAVY | {"msgspec", "aws_lambda_powertools", "services.statute"}),
        ("services.platform.procedure", AWS | HEAVY | {"msgspec", "aws_lambda_powertools"}),
        ("services.platform.store", AWS | HEAVY),
        ("services.platform.steps", AWS | HEAVY),
        ("services.platform.sweeper", AWS | HEAVY),
        ("services.platform.inbox", AWS | HEAVY),
        ("services.platform.publisher", AWS | HEAVY),
        ("services.platform.edge", AWS | EDGE),
        ("services.platform.dynamo", HEAVY | {"boto3", "s3transfer"}),
    ],
)
def test_a_door_opens_light(module: str, without: set[str]) -> None:
    assert imported_by(module) & (without | BUILDING) == set()

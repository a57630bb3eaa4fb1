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
    "jsonschema",
    "jinja2",
    "icalendar",
    "aws_xray_sdk",
    "fastjsonschema",
    "requests",
    "asyncio",
    "zoneinfo",
}
BUILDING = {
    "documents.openapi",
    "documents.reference",
    "documents.catalogue",
    "documents.compatibility",
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
        (
            "services.platform.cases.table",
            AWS | HEAVY | {"aws_lambda_powertools", "services.statute"},
        ),
        ("services.platform.law.procedure", AWS | HEAVY | {"aws_lambda_powertools"}),
        ("services.platform.cases.store", AWS | HEAVY),
        ("services.platform.time.steps", AWS | HEAVY),
        ("services.platform.time.sweeper", AWS | HEAVY),
        ("services.platform.events.inbox", AWS | HEAVY),
        ("services.platform.events.publisher", AWS | HEAVY),
        ("services.platform.http.edge", AWS | EDGE),
        ("services.platform.cases.dynamo", HEAVY | {"boto3", "s3transfer"}),
    ],
)
def test_a_door_opens_light(module: str, without: set[str]) -> None:
    assert imported_by(module) & (without | BUILDING) == set()

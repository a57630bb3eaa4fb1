"""What a scan has found is kept once, by case and digest, whatever order it is told in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.platform.cases.case_id import case_id
from services.platform.shared.papers import note_scan

SHA = "ab" * 32
CASE = case_id("loan", datetime(2026, 6, 1, tzinfo=UTC), b"0123456789")


def kept(case: str) -> list[tuple[str, str]]:
    from services.platform.cases import dynamo

    return [(paper.sha256, paper.result) for paper in dynamo.scanned(case)]


def told(key: str, result: str | None, at: str) -> dict[str, Any]:
    detail: dict[str, Any] = {"scanStatus": "COMPLETED", "s3ObjectDetails": {"objectKey": key}}
    if result:
        detail["scanResultDetails"] = {"scanResultStatus": result}
    else:
        detail["scanStatus"] = "SKIPPED"
    return {"detail": detail, "time": at}


@pytest.mark.usefixtures("aws")
def test_the_latest_scan_stands_in_whatever_order_they_are_told() -> None:
    note_scan(told(f"{CASE}/{SHA}", "THREATS_FOUND", "2026-06-02T00:00:00Z"))
    note_scan(told(f"{CASE}/{SHA}", "NO_THREATS_FOUND", "2026-06-01T00:00:00Z"))
    assert kept(CASE) == [(SHA, "THREATS_FOUND")]


@pytest.mark.usefixtures("aws")
def test_a_paper_that_was_not_scanned_is_not_clean() -> None:
    note_scan(told(f"{CASE}/{SHA}", None, "2026-06-02T00:00:00Z"))
    assert kept(CASE) == [(SHA, "SKIPPED")]


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("key", [f"{CASE}/ab", "elsewhere", f"no-case/{SHA}"])
def test_an_object_that_is_no_paper_leaves_nothing(key: str) -> None:
    note_scan(told(key, "NO_THREATS_FOUND", "2026-06-02T00:00:00Z"))
    assert kept(key.partition("/")[0]) == []

"""Days that nobody can mean are refused where they stand, with everything else that is wrong."""

from __future__ import annotations

import json

import pytest

from tests.services.infra_review.conftest import COMPANY, METI, NECESSITY, POWER
from tests.services.infra_review.doors import aws, filed, get, post

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "1868-10-22", "0001-01-01", r"\u0030001-01-01"])
def test_a_day_beyond_what_any_period_reaches_is_refused(day: str) -> None:
    necessity = {name: getattr(NECESSITY, name) for name in NECESSITY.__struct_fields__}
    asked = {
        "organisation": POWER, "business": "general_transmission_distribution", "purpose": "52(6)",
        "questions": ["Who maintains it?"], "necessity": necessity, "due": day,
    }  # fmt: skip
    # As JSON writes it, and as somebody may who hides what a text says behind its escapes.
    refused = post("/inquiries", json.dumps(asked).replace(r"\\u", r"\u"), by=METI)
    assert refused.code == "body_not_valid"
    assert [(one["pointer"], one["code"]) for one in refused.json["errors"]] == [("#/due", "day_too_far")]


def test_a_far_day_in_a_text_is_a_text() -> None:
    case = filed()
    told = {"shortcomings": [{"field": "plan", "rule": "x", "article": "52(2)", "text": "9999-12-31"}]}
    assert post(f"/notifications/{case}/return-for-completion", told, by=METI).status == 200


@pytest.mark.parametrize("name", ["limit", "after"])
@pytest.mark.parametrize("number", ["-1", "x", "1" * 5000, "1.5", "1000000"])
def test_a_number_that_nobody_can_mean_is_refused(name: str, number: str) -> None:
    case = filed()
    refused = get(f"/notifications/{case}/history", by=COMPANY, query={name: number})
    assert refused.code == "query_not_valid"
    assert [one["pointer"] for one in refused.json["errors"]] == [f"?{name}"]


def test_a_certificate_of_a_number_that_nobody_can_mean_is_not_there() -> None:
    case = filed()
    assert get(f"/notifications/{case}/certificates/{'9' * 4301}").code == "no_such_certificate"


def test_a_history_is_read_page_by_page() -> None:
    case = filed()
    post(f"/notifications/{case}/accept", {}, by=METI, on="2026-06-01")
    first = get(f"/notifications/{case}/history", query={"limit": "1"}).json
    assert ([act["sequence"] for act in first["acts"]], first["next"]) == ([1], 1)
    rest = get(f"/notifications/{case}/history", query={"after": "1"}).json
    assert [act["sequence"] for act in rest["acts"]] == list(range(2, rest["version"] + 1))
    assert rest["next"] is None

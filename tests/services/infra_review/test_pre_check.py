"""Must I notify? Asked over HTTP by anyone who is signed in, and forgotten at once."""

from __future__ import annotations

from typing import Any

import pytest

from services.platform.law.parties import Principal
from tests.services.infra_review.doors import aws, items, post

pytestmark = pytest.mark.usefixtures("aws")
__all__ = ["aws"]
PASSER_BY = Principal("visitor-1", "a business not designated")
QUESTION = {
    "act": "introduction",
    "business": "general_transmission_distribution",
    "planned_on": "2026-10-01",
    "designated_on": "2023-11-16",
    "equipment_kind": "supply_demand_control",
    "from_another_operator": True,
    "others_equipment_built_in": False,
}


def asks(**changes: Any) -> Any:
    return post("/pre-check", QUESTION | changes, by=PASSER_BY, key=None)


def test_anyone_signed_in_may_ask_and_hears_the_reason_with_its_article_in_both_languages() -> None:
    answer = asks()
    assert (answer.status, answer.json["notify"]) == (200, "yes")
    reason = answer.json["reasons"][0]
    assert (reason["code"], reason["article"]) == ("duty", "52(1)")
    assert reason["message"]
    assert reason["message_ja"]


def test_nothing_is_kept_and_no_key_is_asked_for() -> None:
    before = items()
    assert asks().json == asks().json
    assert items() == before


def test_a_supplier_that_is_a_national_agency_needs_no_plan() -> None:
    answer = asks(supplier="national_agency").json
    assert answer["notify"] == "no"
    assert "CO 10(1)(ii)" in [reason["article"] for reason in answer["reasons"]]


def test_what_is_not_stated_is_said_and_not_guessed() -> None:
    answer = asks(equipment_kind=None, from_another_operator=None).json
    assert answer["notify"] == "undetermined"
    assert {"equipment_kind_open", "other_operator_open"} <= {r["code"] for r in answer["reasons"]}


def test_an_emergency_needs_a_report_afterwards() -> None:
    urgent = dict.fromkeys(
        ("service_hindered", "needed_to_remove_it", "no_other_way", "not_brought_about_to_evade"), True
    )
    assert asks(emergency=urgent).json["afterwards"] == "emergency_report"


def test_a_question_with_wrong_fields_hears_of_all_of_them() -> None:
    refused = asks(act="lease", planned_on="soon", colour="red")
    assert refused.code == "body_not_valid"
    assert {error["pointer"] for error in refused.json["errors"]} == {"#/act", "#/planned_on", "#/colour"}


def test_who_is_not_signed_in_is_asked_to() -> None:
    assert post("/pre-check", QUESTION, by=None, key=None).code == "not_signed_in"

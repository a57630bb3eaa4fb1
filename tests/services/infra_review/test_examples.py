"""The document's examples are played: what they send is understood, whatever the law answers to it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from documents import openapi
from local.stories.standstill import plan
from services.infra_review.api import app
from services.platform.http.bodies import command_from
from services.platform.http.edge import Route
from tests.services.documented import document_of
from tests.services.infra_review.conftest import CAO, COMPANY, METI
from tests.services.infra_review.doors import aws, designated, filed, get, post

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")
PEOPLE = (COMPANY, METI, CAO)


def example_of(route: Route) -> Any:
    path = openapi._PARAMETER.sub(r"{\1}", route.path)
    content = document_of("infra_review")["paths"][path][route.method.lower()]["requestBody"]["content"]
    (example,) = content["application/json"]["examples"].values()
    return document_of("infra_review")["components"]["examples"][example["$ref"].rpartition("/")[2]]["value"]


def with_body(*kinds: str) -> list[Route]:
    return [route for route in app.routes if openapi._body(route) and route.kind in kinds]


@pytest.mark.parametrize("route", with_body("power", "written", "opening", "question"), ids=lambda r: r.path)
def test_the_example_of_a_body_is_understood(route: Route) -> None:
    command_from(json.dumps(example_of(route)).encode(), openapi._body(route) or object)


WITHOUT_A_CASE = [route for route in with_body("opening", "question") if "<" not in route.path]


@pytest.mark.parametrize("route", WITHOUT_A_CASE, ids=lambda r: r.path)
def test_the_example_of_a_filing_is_answered_by_the_law(route: Route) -> None:
    for person in PEOPLE:
        answer = post(route.path, example_of(route), by=person)
        assert answer.status < 500
        assert answer.status < 400 or answer.code not in ("body_not_valid", "broken_json")


def test_the_examples_of_powers_are_answered_by_the_law() -> None:
    cases = {"/notifications": filed()}
    (operator,) = get("/operators", by=COMPANY).json["items"]
    cases["/operators"] = operator["id"]
    for route in with_body("power"):
        path = route.path.partition("/<case_id>")[0]
        if path in cases:
            for person in PEOPLE:
                answer = post(route.path.replace("<case_id>", cases[path]), example_of(route), by=person)
                assert answer.status < 500
                assert answer.status < 400 or answer.code not in ("body_not_valid", "broken_json")


@pytest.mark.parametrize("day", ["2024-05-17", "2026-11-27", "2027-12-31", "2028-02-29"])
def test_the_example_plan_is_filed_and_accepted_by_hand_on_any_day(day: str) -> None:
    """Its days are relative to the day it is filed on: papers of that day, a beginning half a year later."""
    filing = {"operator_id": designated("2023-11-16"), "plan": plan(date.fromisoformat(day))}
    sent = post("/notifications", filing, by=COMPANY, on=day)
    assert sent.status == 201, sent.text
    accepted = post(f"/notifications/{sent.json['id']}/accept", by=METI, on=day)
    assert (accepted.status, accepted.json["accepted_on"]) == (200, day)

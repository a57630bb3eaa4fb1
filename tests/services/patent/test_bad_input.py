"""What is wrong is refused with its article; nothing of it is repeated or logged, nothing half-written."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from services.platform.law.parties import Principal
from tests.services.patent.doors import aws, everything, send
from tests.services.patent.story import (
    CAO,
    INVENTOR,
    JPO,
    JPO_EXAMINER,
    MAKER,
    SWARM,
    UNMANDATED,
)
from tests.services.patent.test_prior_confirmation import ASK
from tests.services.patent.world import CANARY, TAKEN, World, designated

__all__ = ["aws"]
APPLICATION = TAKEN["application"]
NO_SYMBOL = "G99Z 77/77"


@pytest.fixture
def world(aws: None) -> World:
    return World()


@pytest.fixture
def silent(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Any:
    """Says whether a text was logged or printed since the last time."""

    def told(text: str) -> bool:
        printed = capsys.readouterr()
        return text in caplog.text + printed.out + printed.err

    return told


def taken(**other: Any) -> dict[str, Any]:
    return {**TAKEN, "application": {**APPLICATION, **other}}


REQUEST = {"invention": {"content": CANARY, "places": CANARY}, "reasons": CANARY}
BAD: dict[str, tuple[dict[str, Any], str, str, tuple[str, ...]]] = {
    "a symbol that is none": (
        taken(symbols=[NO_SYMBOL]), "application_defective", "66(1)", ("G99Z",),
    ),
    "a symbol that is a text": (
        taken(symbols=[CANARY]), "application_defective", "66(1)", (CANARY,),
    ),
    "a filing day in the future": (
        taken(filed_on="2031-01-07"), "application_defective", "66(1)", ("2031-01-07",),
    ),
    "received before it was filed": (
        taken(received_on="2019-03-05"), "application_defective", "66(1)", ("2019-03-05",),
    ),
    "a request whose form is missing": (
        taken(requested_on="2026-02-02"), "request_and_form_differ", "66(2)", (),
    ),
    "a form without a request": (
        {**TAKEN, "own_request": REQUEST}, "request_and_form_differ", "66(2)", (CANARY,),
    ),
    "a number that is none": (
        taken(number=CANARY), "body_not_valid", "66(1)", (CANARY,),
    ),
    "a text where a day belongs": (
        taken(filed_on=CANARY), "body_not_valid", "66(1)", (CANARY,),
    ),
    "a finding of no known form": (
        taken(facts={"notified_before": {"answer": CANARY, "evidence": CANARY}}),
        "body_not_valid", "66(1)", (CANARY,),
    ),
    "an applicant that is none": (
        {**TAKEN, "applicants": ["8230001002346"]}, "body_not_valid", "66(1)", (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_an_application_with_a_defect_is_refused_whole(world, silent, case: str) -> None:
    body, code, article, hidden = BAD[case]
    refused = send("POST", "/first-reviews", body, by=JPO_EXAMINER, on="2026-02-10")
    assert (refused.code, refused.json["article"]) == (code, article)
    assert refused.status in (409, 422)
    for text in hidden:
        assert text not in refused.text
        assert not silent(text)
    assert everything() == []


def test_two_filings_under_one_number_with_other_facts_name_the_fields_alone(world, silent) -> None:
    world.posts("/first-reviews", TAKEN, JPO_EXAMINER, "2026-02-10")
    before = everything()
    silent("")
    other = taken(symbols=["F42B 15/01"], filed_on="2026-01-19")
    refused = send("POST", "/first-reviews", other, by=JPO_EXAMINER, on="2026-02-11")
    assert (refused.status, refused.code, refused.json["article"]) == (409, "number_taken", "66(1)")
    assert {error["pointer"] for error in refused.json["errors"]} >= {
        "#/application/filed_on",
        "#/application/symbols",
    }
    for text in ("F42B", "2026-01-19", *SWARM.symbols, "2026-02-02"):
        assert text not in refused.text
        assert not silent(text)
    assert everything() == before


def test_an_attorney_without_a_mandate_finds_no_case_and_asks_for_nobody(world, silent) -> None:
    _, review, held = designated(world)
    before = everything()
    silent("")
    for path, body in (
        (f"/security-reviews/{review}/give-opinion", {"opinion": CANARY}),
        (f"/designations/{held}/apply-for-sharing", {"reasons": CANARY}),
        (f"/designations/{held}", None),
    ):
        method = "POST" if body else "GET"
        refused = send(method, path, body, by=UNMANDATED, on="2026-06-02")
        assert (refused.status, refused.code) == (404, "no_such_case")
        assert CANARY not in refused.text
    confirm = {**msgspec.to_builtins(ASK), "description": CANARY}
    refused = send("POST", "/prior-confirmations", confirm, by=UNMANDATED, on="2026-06-02")
    assert (refused.status, refused.code, refused.json["article"]) == (403, "not_your_act", "79(1)")
    assert CANARY not in refused.text
    assert not silent(CANARY)
    assert everything() == before


def test_nobody_hands_over_applications_but_the_patent_office(world, silent) -> None:
    for who in (INVENTOR, CAO, UNMANDATED, Principal("nobody", "")):
        refused = send("POST", "/first-reviews", TAKEN, by=who, on="2026-02-10")
        assert (refused.status, refused.code) == (403, "not_your_act")
        assert SWARM.symbols[0] not in refused.text
    assert not silent(MAKER)
    assert everything() == []


@pytest.mark.parametrize("end", range(10, 90, 20))
def test_a_file_cut_in_the_middle_is_taken_up_to_its_cut_and_repeats_nothing(world, silent, end: int) -> None:
    whole = json.dumps(TAKEN)
    cut = json.dumps(taken(number="2026-000999", symbols=[NO_SYMBOL]))[: end + 20]
    received = send("POST", "/first-reviews/bulk", f"{whole}\n{cut}", by=JPO_EXAMINER, on="2026-02-10")
    assert received.status == 201
    world.published.settle()
    results = send("GET", f"/files/{received.json['id']}/results", by=JPO_EXAMINER, on="2026-02-11")
    first, second = results.json["items"]
    assert (first["status"], second["problem"]["code"]) == ("filed", "broken_json")
    for text in ("G99Z", "2026-000999", *SWARM.symbols, MAKER):
        assert text not in results.text
        assert not silent(text)
    cases = {item["pk"]["S"] for item in everything() if item["pk"]["S"].startswith("CASE#first-review")}
    assert len(cases) == 1


def test_a_body_that_is_no_json_is_not_repeated(world, silent) -> None:
    for body in (f'{{"application": "{CANARY}', f'["{CANARY}"]', f'{{"application": {{"number": "{CANARY}"'):
        refused = send("POST", "/first-reviews", body, by=JPO_EXAMINER, on="2026-02-10")
        assert refused.code in ("broken_json", "body_not_valid")
        assert CANARY not in refused.text
        assert not silent(CANARY)
    assert everything() == []


def test_a_field_nobody_knows_is_not_logged(world, silent) -> None:
    refused = send("POST", "/first-reviews", {**TAKEN, CANARY: 1}, by=JPO_EXAMINER, on="2026-02-10")
    assert refused.code == "body_not_valid"
    assert not silent(CANARY)
    assert everything() == []


def test_a_power_used_too_late_or_by_the_wrong_hand_repeats_nothing_of_its_body(world, silent) -> None:
    first, review, held = designated(world)
    before = everything()
    silent("")
    for path, body, who in (
        (f"/first-reviews/{first}/send", {"reasons": CANARY}, JPO),
        (f"/first-reviews/{first}/judge-not-to-send", {"ground": "x", "reasons": CANARY}, JPO),
        (f"/security-reviews/{review}/decide-no-designation", {"reasons": CANARY}, CAO),
        (f"/designations/{held}/extend", {"until": "2031-01-01", "reasons": CANARY}, CAO),
        (f"/designations/{held}/release", {"reasons": CANARY}, INVENTOR),
    ):
        refused = send("POST", path, body, by=who, on="2026-06-02")
        assert refused.status in (403, 409, 422), refused.text
        assert refused.json["article"]
        assert CANARY not in refused.text
        assert not silent(CANARY)
    assert everything() == before

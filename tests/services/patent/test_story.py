"""A drone swarm from its filing to the compensation, through the service's doors; and one that is free."""

from __future__ import annotations

import json

import pytest

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
from tests.services.patent.world import CANARY, TAKEN, World, designated

__all__ = ["aws"]


@pytest.fixture
def world(aws: None) -> World:
    return World()


def test_an_invention_of_no_kind_is_free_after_three_months(world) -> None:
    free = {**TAKEN, "application": {**TAKEN["application"], "symbols": ["A47G 19/14"]}}
    case = world.posts("/first-reviews", free, JPO_EXAMINER, "2026-02-10")
    assert (case["stage"], case["send_by"], case["held"]) == ("Review", "2026-05-02", True)
    question = {
        "asked_on": "2026-05-03",
        "intended_on": "2026-05-03",
        "symbols": ["F41H 13/00"],
        "made_in_japan": "yes",
        "public": "no",
        "application": {"filed_on": "2026-02-02"},
    }
    world.passes("2026-05-03")
    for who in (INVENTOR, JPO):
        read = world.gets(f"/first-reviews/{case['id']}", who, "2026-05-03").json
        assert read["stage"] == "UnsentInTime"
    assert read["held"] is False
    # The check reads no case: it says the same of an invention of the kind that was not sent in time.
    asked = send("POST", "/foreign-filing-checks", question, by=UNMANDATED, on="2026-05-03", key=None)
    assert (asked.status, asked.json["verdict"], asked.json["article"]) == (
        200,
        "allowed",
        "78(1) proviso; 66(1), (3)",
    )


def test_from_filing_to_designation_renewal_release_and_compensation(world) -> None:
    first, review, held = designated(world)
    at = f"/designations/{held}"
    assert world.gets(at, INVENTOR, "2026-06-02").json["term"]["last_day"] == "2027-05-31"
    assert world.gets(f"/first-reviews/{first}", JPO, "2026-06-02").json["designated"] is True
    barred = send(
        "POST",
        f"/first-reviews/{first}/record-end",
        {"how": "withdrawn", "on": "2026-06-03"},
        by=JPO,
        on="2026-06-03",
    )
    assert (barred.status, barred.code, barred.json["article"]) == (409, "bound_by_designation", "72(1)")

    working = {"working": CANARY, "by_whom": CANARY, "reasons": CANARY, "prevention": CANARY}
    world.posts(f"{at}/apply-for-permission", working, INVENTOR, "2026-07-01")
    granted = {"number": 1, "why": "otherwise_fit", "conditions": [CANARY]}
    world.posts(f"{at}/grant-permission", granted, CAO, "2026-07-20")
    for year in (2027, 2028, 2029):
        world.posts(f"{at}/ask-opinion", {"about": CANARY, "due": f"{year}-05-10"}, CAO, f"{year}-04-01")
        world.passes(f"{year}-05-11")
        extended = {"until": f"{year + 1}-05-31", "reasons": CANARY}
        world.posts(f"{at}/extend", extended, CAO, f"{year}-05-14")
    world.posts(f"{at}/release", {"reasons": CANARY}, CAO, "2029-12-03")
    assert world.gets(f"/first-reviews/{first}", JPO, "2029-12-04").json["held"] is False

    losses = [{"what": CANARY, "ground": "permission_conditional", "yen": 1_000_000, "evidence": [CANARY]}]
    claim = {
        "claimant": MAKER,
        "designation": held,
        "claim": {"total_yen": 1_000_000, "breakdown": losses, "reasons": CANARY},
    }
    claimed = world.posts("/compensation-claims", claim, INVENTOR, "2030-01-15")
    decided = {"yen": [600_000], "reasons": CANARY}
    answer = world.posts(f"/compensation-claims/{claimed['id']}/decide-amount", decided, CAO, "2030-03-01")
    assert (answer["amount_yen"], answer["sue_by"]) == (600_000, "2030-09-02")
    world.passes("2030-09-03")
    stage = world.gets(f"/compensation-claims/{claimed['id']}", INVENTOR, "2030-09-03").json["stage"]
    assert stage == "SuitTimePassed"
    assert review != held


def test_what_is_restricted_is_in_no_event_no_log_and_no_answer_to_a_post(world, caplog, capsys) -> None:
    designated(world)
    assert CANARY not in json.dumps(world.published.events)
    assert SWARM.number not in json.dumps(world.published.events)
    assert MAKER not in json.dumps(world.published.events)
    printed = capsys.readouterr()
    assert CANARY not in caplog.text + printed.out + printed.err
    assert CANARY not in json.dumps(everything())


def test_one_number_is_one_application(world) -> None:
    first = world.posts("/first-reviews", TAKEN, JPO_EXAMINER, "2026-02-10")
    again = send("POST", "/first-reviews", TAKEN, by=JPO_EXAMINER, on="2026-02-11")
    assert (again.status, again.json["id"]) == (200, first["id"])
    other = {**TAKEN, "application": {**TAKEN["application"], "filed_on": "2026-02-03"}}
    refused = send("POST", "/first-reviews", other, by=JPO_EXAMINER, on="2026-02-11")
    assert (refused.status, refused.code) == (409, "number_taken")
    assert [error["pointer"] for error in refused.json["errors"]] == [
        "#/application/filed_on",
        "#/application/received_on",
    ]
    assert "2026-02-02" not in refused.text


def test_the_check_keeps_nothing_of_what_it_is_asked(world, caplog, capsys) -> None:
    question = {"asked_on": "2026-05-03", "intended_on": "2026-05-03", "symbols": ["F41H 13/00"]}
    reply = send("POST", "/foreign-filing-checks", question, by=UNMANDATED, on="2026-05-03", key=None)
    assert (reply.status, reply.json["verdict"]) == (200, "ask_first")
    assert everything() == []
    printed = capsys.readouterr()
    assert "F41H" not in caplog.text + printed.out + printed.err
    bad = {**question, "symbols": ["G99Z 1/00"]}
    refused = send("POST", "/foreign-filing-checks", bad, by=UNMANDATED, on="2026-05-03", key=None)
    assert (refused.status, refused.code) == (422, "question_defective")
    assert "G99Z" not in refused.text


def test_a_file_is_taken_line_by_line_and_repeats_nothing_of_what_it_holds(world) -> None:
    teapot = {**TAKEN["application"], "number": "2026-000777", "symbols": ["A47G 19/14"]}
    lines = [
        TAKEN,
        {**TAKEN, "application": teapot},
        TAKEN,
        {**TAKEN, "application": {**teapot, "filed_on": "2026-02-03"}},
        {**TAKEN, "application": {**teapot, "number": "2026-000778", "symbols": ["G99Z 1/00"]}},
        {**TAKEN, "application": {**teapot, "number": CANARY}},
    ]
    file = "\n".join(json.dumps(line) for line in lines) + '\n{"application": {"number": "2026-0'
    reply = send("POST", "/first-reviews/bulk", file, by=JPO_EXAMINER, on="2026-02-10")
    assert (reply.status, reply.json["lines"]) == (201, 7)
    world.published.settle()
    results = send("GET", f"/files/{reply.json['id']}/results", by=JPO_EXAMINER, on="2026-02-11")
    found = [line.get("problem", {}).get("code", line["status"]) for line in results.json["items"]]
    assert found == [
        "filed", "filed", "filed", "number_taken", "application_defective", "body_not_valid", "broken_json",
    ]  # fmt: skip
    assert results.json["items"][0]["id"] == results.json["items"][2]["id"]
    for hidden in (CANARY, "G99Z", "A47G", SWARM.number):
        assert hidden not in results.text
    assert send("GET", f"/files/{reply.json['id']}", by=CAO, on="2026-02-11").status == 404
    kept = len(everything())
    assert send("POST", "/first-reviews/bulk", file, by=INVENTOR, on="2026-02-11").status == 403
    assert len(everything()) == kept


def test_anyone_may_ask_whether_a_filing_abroad_is_free_without_a_token(world) -> None:
    question = {
        "asked_on": "2026-05-03",
        "intended_on": "2026-05-03",
        "symbols": ["F41H 13/00"],
        "made_in_japan": "yes",
        "public": "no",
        "application": {"filed_on": "2026-02-02"},
    }
    asked = send("POST", "/foreign-filing-checks", question, by=None, on="2026-05-03", key=None)
    assert (asked.status, asked.json["verdict"]) == (200, "allowed")

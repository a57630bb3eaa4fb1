"""What the table holds of a case of Chapter 5: boxes, pseudonyms, and what may be known of any case."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.platform.cases import seals
from services.platform.cases.history import BrokenChain
from services.platform.cases.store import Cases
from services.platform.runtime.sealing import SealBroken
from tests.services.patent.doors import aws, everything, send
from tests.services.patent.story import CAO, INVENTOR, JPO_EXAMINER, MAKER, MOD, SWARM
from tests.services.patent.world import CANARY, TAKEN, World, designated

__all__ = ["aws"]


@pytest.fixture
def world(aws: None) -> World:
    return World()


def items(case: str, kind: str) -> list[dict[str, Any]]:
    return [
        item
        for item in everything()
        if item["pk"]["S"] == f"CASE#{case}" and item["sk"]["S"].startswith(kind)
    ]


def put(item: dict[str, Any]) -> None:
    from services.platform.runtime.clients import client
    from services.platform.runtime.environment import environment

    client("dynamodb").put_item(TableName=environment().table, Item=item)


def test_an_act_keeps_each_field_in_a_box_and_its_hash_is_over_the_boxes(world) -> None:
    first = world.posts("/first-reviews", TAKEN, JPO_EXAMINER, "2026-02-10")["id"]
    act = items(first, "ACT#")[0]
    data = json.loads(act["data"]["S"])
    assert set(data) == {"$sealed"}
    assert set(data["$sealed"]["boxes"]) == {
        "application", "applicants", "electronic_notices", "papers", "own_request", "at", "on",
    }  # fmt: skip
    assert set(json.loads(act["by"]["S"])) == {"$sealed"}
    from services.patent.domain.first_review import first_review

    cases = Cases(first_review)
    assert cases.verify(first) == cases.load(first).head


def test_texts_of_one_length_or_nearly_cannot_be_told_apart_by_their_boxes(world) -> None:
    lengths = set()
    for number, symbol in ((1, "A47G 19/14"), (2, "F41H 13/00")):
        application = {**TAKEN["application"], "number": f"2026-00080{number}", "symbols": [symbol]}
        taken = {"application": application, "applicants": [MAKER]}
        case = world.posts("/first-reviews", taken, JPO_EXAMINER, "2026-02-10")["id"]
        boxes = json.loads(items(case, "ACT#")[0]["data"]["S"])["$sealed"]["boxes"]
        lengths.add(len(boxes["application"]))
    assert len(lengths) == 1


def test_a_box_does_not_open_in_another_act_field_case_or_version(world) -> None:
    first, review, _ = designated(world)
    history = items(first, "ACT#")
    moved = json.loads(history[0]["data"]["S"])
    boxes = moved["$sealed"]["boxes"]
    boxes["applicants"], boxes["papers"] = boxes["papers"], boxes["applicants"]
    put({**history[0], "data": {"S": json.dumps(moved)}})
    from services.patent.domain.first_review import first_review

    with pytest.raises(SealBroken):
        Cases(first_review).history(first)
    with pytest.raises(BrokenChain):
        Cases(first_review).verify(first)
    (snapshot,) = items(first, "CASE")
    put({**snapshot, "version": {"N": "1"}})
    with pytest.raises(SealBroken):
        Cases(first_review).load(first)
    (other,) = items(review, "CASE")
    put({**snapshot, "state": other["state"]})
    with pytest.raises(SealBroken):
        Cases(first_review).load(first)


def test_a_reading_is_recorded_with_the_provision_it_rests_on_and_by_no_name_of_an_applicant(world) -> None:
    _, review, _ = designated(world)
    for who in (CAO, INVENTOR, MOD):
        assert send("GET", f"/security-reviews/{review}", by=who, on="2026-06-02").status == 200
    read = {item["subject"]["S"]: item for item in items(review, "AUDIT#")}
    assert read["reviewer-1"]["organisation"]["S"] == "CAO"
    assert "67(1): what is weighed and found out" in read["reviewer-1"]["why"]["S"]
    assert "67: filed by the applicant or notified to it" in read["clerk-1"]["why"]["S"]
    assert "weighed" not in read["clerk-1"]["why"]["S"]
    assert MAKER not in json.dumps(list(read.values()))


def test_the_lines_of_a_file_are_kept_sealed_and_taken_all_the_same(world) -> None:
    lines = [TAKEN, {**TAKEN, "application": {**TAKEN["application"], "number": "2026-000777"}}]
    body = "\n".join(json.dumps(line) for line in lines) + "\n"
    received = send("POST", "/first-reviews/bulk", body, by=JPO_EXAMINER, on="2026-02-10").json
    kept = json.dumps(everything())
    for hidden in (MAKER, *SWARM.symbols, SWARM.number):
        assert hidden not in kept
    world.published.settle()
    results = send("GET", f"/files/{received['id']}/results", by=JPO_EXAMINER, on="2026-02-10").json
    assert [line["status"] for line in results["items"]] == ["filed", "filed"]


def test_a_pseudonym_is_always_the_same_for_one_organisation_and_told_by_nobody(world) -> None:
    designated(world)
    kept = [item["party_pk"]["S"] for item in everything() if "party_pk" in item]
    assert len({one for one in kept if one.endswith("#designation")}) == 2  # the applicant and the sharer
    assert MAKER not in json.dumps(kept)
    assert seals.pseudonyms().pseudonym(MAKER) in json.dumps(kept)


def test_a_list_shows_no_applicant(world) -> None:
    designated(world)
    for kind, who in (("designations", CAO), ("designations", INVENTOR)):
        listed = send("GET", f"/{kind}", by=who, on="2026-06-02")
        assert len(listed.json["items"]) == 1
        assert MAKER not in listed.text
        assert CANARY not in listed.text

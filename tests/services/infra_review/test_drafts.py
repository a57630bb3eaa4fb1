"""Drafts: any incomplete plan is kept, everything that is missing is said at once, and filing is one act."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.infra_review.bus import aws, circle
from tests.services.infra_review.conftest import CAO, COMPANY, LAWYER, METI, POWER, STRANGER, Principal
from tests.services.infra_review.doors import Reply, designated, get, items, plan_of, post

pytestmark = pytest.mark.usefixtures("circle")
__all__ = ["aws", "circle"]
AUDITOR = Principal("auditor-1", "Board of Audit", frozenset({"auditor"}))
HALF = {"equipment": {"kind": "grid_control"}, "introduction": {"content": "制御システムの更新"}}


def begun(plan: Any = None, operator: str = "", **how: Any) -> Reply:
    body = {"organisation": POWER, "operator_id": operator or designated(), "plan": plan or {}}
    return post("/drafts", body, **how)


def draft(plan: Any = None, operator: str = "") -> str:
    reply = begun(plan, operator)
    assert reply.status == 201, reply.text
    return f"/drafts/{reply.json['id']}"


def test_a_draft_may_lack_everything() -> None:
    path = draft()
    assert get(path).json["stage"] == "Draft"
    assert post(f"{path}/save", {"plan": HALF}).status == 200
    assert get(path).json["plan"]["introduction"]["content"] == "制御システムの更新"


def test_what_was_saved_before_stays_in_the_history() -> None:
    path = draft(HALF)
    post(f"{path}/save", {"plan": {}})
    acts = get(f"{path}/history").json["acts"]
    assert [act["act"] for act in acts] == ["DraftOpened", "DraftSaved"]
    assert acts[0]["data"]["document"]["introduction"]["content"] == "制御システムの更新"


def test_two_authors_do_not_overwrite_each_other() -> None:
    path = draft(HALF)
    first = post(f"{path}/save", {"plan": HALF}, If_Match='"1"')
    second = post(f"{path}/save", {"plan": {}}, by=LAWYER, If_Match='"1"')
    assert (first.status, second.status, second.code) == (200, 412, "version_mismatch")


def test_a_draft_with_fields_that_are_none_is_refused_with_all_of_them() -> None:
    refused = begun({"colour": "red", "introduction": {"on": "soon"}})
    assert {error["pointer"] for error in refused.json["errors"]} == {
        "#/plan/colour",
        "#/plan/introduction/on",
    }


def test_the_drafts_of_an_operator_are_listed_for_it_and_its_agent() -> None:
    path = draft(HALF)
    for reader in (COMPANY, LAWYER):
        assert [f"/drafts/{line['id']}" for line in get("/drafts", by=reader).json["items"]] == [path]
    assert get("/drafts", by=METI).json["items"] == []


def test_nobody_else_reads_a_draft() -> None:
    path = draft(HALF)
    for stranger in (METI, CAO, STRANGER):
        assert get(path, by=stranger).code == "no_such_case"
    assert "制御" not in get(path, by=AUDITOR).text


def test_a_check_names_every_defect_at_once_and_writes_nothing() -> None:
    path = draft(HALF)
    before = items()
    answer = post(f"{path}/check", {}, key=None).json
    assert answer["complete"] is False
    pointers = {defect["pointer"] for defect in answer["defects"]}
    assert {"#/plan/business", "#/plan/equipment/name", "#/plan/introduction/on"} <= pointers
    for defect in answer["defects"]:
        assert all(defect[name] for name in ("code", "article", "message", "message_ja"))
    assert items() == before


def test_a_complete_draft_has_no_defect_on_the_day_it_is_checked() -> None:
    path = draft(plan_of("2026-05-11"))
    assert post(f"{path}/check", {}, key=None, on="2026-05-11").json == {
        "complete": True,
        "as_of": "2026-05-11",
        "defects": [],
    }
    later = post(f"{path}/check", {}, key=None, on="2026-12-01").json
    assert {defect["code"] for defect in later["defects"]} == {"paper_too_old"}


def test_filing_a_draft_opens_the_notification_and_ends_the_draft_together() -> None:
    path = draft(plan_of())
    filed = post(f"{path}/file", {})
    assert filed.status == 201, filed.text
    case = filed.json["id"]
    assert filed.headers["Location"] == f"/v1/notifications/{case}"
    plans = [get(where).json["plan"]["introduction"] for where in (f"/notifications/{case}", path)]
    assert plans[0] == plans[1]
    after = get(path).json
    assert (after["stage"], after["filed_as"], after["allowed_acts"]) == ("Filed", case, [])


def test_a_draft_is_filed_once_whoever_asks_again() -> None:
    path = draft(plan_of())
    first = post(f"{path}/file", {}, key="file-it")
    again = post(f"{path}/file", {}, key="file-it")
    assert (again.status, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = post(f"{path}/file", {}, by=LAWYER)
    assert (other.status, other.code) == (409, "draft_over")
    assert first.json["id"] in other.json["detail"]
    assert len(get("/notifications").json["items"]) == 1


def test_an_incomplete_draft_is_not_filed_and_stays_as_it_is() -> None:
    path = draft(HALF)
    before = get(path).text
    refused = post(f"{path}/file", {})
    assert (refused.status, refused.code) == (422, "plan_incomplete")
    assert get(path).text == before
    assert get("/notifications").json["items"] == []


def test_a_draft_that_was_saved_since_it_was_read_is_not_filed() -> None:
    path = draft(plan_of())
    post(f"{path}/save", {"plan": plan_of()}, by=LAWYER)
    refused = post(f"{path}/file", {}, If_Match='"1"')
    assert (refused.status, refused.code) == (412, "version_mismatch")


def test_a_draft_put_away_can_still_be_read_but_not_filed() -> None:
    path = draft(plan_of())
    assert post(f"{path}/close", {}).json["stage"] == "Closed"
    assert get(path).json["plan"]
    assert post(f"{path}/file", {}).code == "draft_over"


def test_a_draft_under_no_designation_is_refused_when_it_is_filed() -> None:
    path = draft(plan_of(), operator="operator-of-nobody")
    assert post(f"{path}/file", {}).code == "not_designated"

"""Over HTTP: changes of a plan, emergencies, reviews of equipment in use, inquiries."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from tests.services.infra_review.conftest import CAO, COMPANY, LAWYER, METI, MLIT, POWER, STRANGER, at
from tests.services.infra_review.doors import (
    NECESSITY,
    accepted,
    aws,
    designated,
    get,
    items,
    lapses,
    plan_of,
    post,
)

pytestmark = pytest.mark.usefixtures("aws")
__all__ = ["aws"]


def freed() -> str:
    case = accepted("2026-06-01")
    lapses(case, at("2026-07-01", time(0)))
    return case


def recommended(path: str, on: str) -> None:
    consult = {"about": "recommendation", "draft": "Inspect.", "necessity": NECESSITY}
    inspect = {"kind": "other_measures", "measures": "Inspect.", "reasons": "Likely.", "necessity": NECESSITY}
    assert post(f"{path}/consult", consult, by=METI, on=on).status == 200
    assert post(f"{path}/close-consultation", {"without": "Urgent."}, by=METI, on=on).status == 200
    assert post(f"{path}/recommend", inspect, by=METI, on=on).status == 200
    receipt = {"received_on": on, "evidence": "registered mail 1234"}
    assert post(f"{path}/record-receipt", receipt, by=METI, on=on).status == 200


def changed(on: str = "2026-06-01") -> dict[str, Any]:
    plan = plan_of(on)
    plan["introduction"]["content"] = "別の方式への更新"
    return plan


def test_an_important_change_is_a_case_of_its_own_with_a_new_standstill():
    original = freed()
    filed = post("/changes", {"amends": original, "plan": changed()}, on="2026-07-06")
    assert filed.status == 201, filed.text
    case = filed.json["id"]
    assert post(f"/changes/{case}/accept", by=METI, on="2026-07-08").status == 200
    seen = get(f"/changes/{case}", on="2026-07-09").json
    assert (seen["amends"], seen["standstill"]["last_day"]) == (original, "2026-08-06")
    again = post("/changes", {"amends": original, "plan": changed()}, on="2026-07-10")
    assert (again.status, again.code) == (409, "change_under_review")
    assert lapses(case, at("2026-08-07", time(0)))["stage"] == "Freed"
    since = post("/changes", {"amends": original, "plan": changed()}, on="2026-08-10")
    assert (since.code, case in since.json["detail"]) == ("changed_since", True)


def test_a_refused_change_leaves_nothing_in_either_case():
    original, before = freed(), items()
    refused = post("/changes", {"amends": original, "plan": plan_of("2026-06-01")}, on="2026-07-06")
    assert (refused.status, refused.code) == (422, "change_not_important")
    assert items() == before
    version = get(f"/notifications/{original}", on="2026-07-06").headers["ETag"]
    assert version == '"3"'


@pytest.mark.parametrize("outsider", [STRANGER, MLIT, CAO])
def test_nobody_learns_of_a_case_by_changing_it(outsider):
    refused = post("/changes", {"amends": freed(), "plan": changed()}, by=outsider, on="2026-07-06")
    assert (refused.status, refused.code) == (404, "no_such_case")


def test_a_case_that_holds_no_plan_is_not_changed():
    refused = post("/changes", {"amends": designated(), "plan": changed()}, on="2026-07-06")
    assert refused.code == "no_such_case"


def test_the_note_of_a_change_has_no_route_of_its_own():
    case = freed()
    assert post(f"/notifications/{case}/note-change", {"change_id": "change-1"}).code == "no_such_route"


def test_another_change_is_reported_in_the_case_itself():
    case = freed()
    plan = plan_of("2026-06-01")
    plan["introduction"]["supplier"]["representative"] = "Otto Braun"
    report = post(f"/notifications/{case}/report-change", {"plan": plan}, by=LAWYER, on="2026-07-06")
    assert report.status == 200, report.text
    seen = get(f"/notifications/{case}", on="2026-07-07").json
    assert seen["plan"]["introduction"]["supplier"]["representative"] == "Otto Braun"


def test_an_emergency_is_reported_afterwards_and_can_be_reviewed_without_changed_circumstances():
    body = {
        "operator_id": designated(),
        "plan": plan_of("2026-05-11"),
        "done_on": "2026-05-09",
        "circumstances": {"hindrance": "x", "needed_because": "x", "no_other_way_because": "x"},
    }
    reported = post("/emergencies", body, on="2026-05-11")
    assert (reported.status, reported.json["stage"]) == (201, "Reported"), reported.text
    review = {"of": reported.json["id"], "finding": "Likely.", "necessity": NECESSITY}
    opened = post("/post-reviews", review, by=METI, on="2026-06-01")
    assert (opened.status, opened.json["stage"]) == (201, "AwaitRecommendation"), opened.text


def test_a_review_of_equipment_in_use_keeps_its_finding_from_the_operator():
    case = freed()
    review = {"of": case, "finding": "Secret", "necessity": NECESSITY, "circumstances": "It was bought."}
    opened = post("/post-reviews", review, by=METI, on="2026-08-03")
    assert opened.status == 201, opened.text
    path = f"/post-reviews/{opened.json['id']}"
    assert "Secret" in get(path, by=METI, on="2026-08-04").text
    for outsider in (COMPANY, LAWYER, CAO):
        assert get(path, by=outsider, on="2026-08-04").code == "no_such_case"
    recommended(path, on="2026-08-04")
    for reader in (COMPANY, LAWYER):
        seen = get(path, by=reader, on="2026-08-04")
        assert seen.status == 200
        assert "Secret" not in seen.text + get(f"{path}/history", by=reader, on="2026-08-04").text
    assert post("/post-reviews", review, by=MLIT, on="2026-08-03").code == "no_such_case"


def test_an_inquiry_is_answered_by_its_day_or_late():
    designated()
    ask = {
        "organisation": POWER,
        "business": "general_transmission_distribution",
        "purpose": "51",
        "questions": ["How many meters?"],
        "necessity": NECESSITY,
        "due": "2026-06-12",
    }
    opened = post("/inquiries", ask, by=METI, on="2026-06-01")
    assert opened.status == 201, opened.text
    case = opened.json["id"]
    assert opened.json["until"] == "2026-06-12T15:00:00Z"
    assert lapses(case, at("2026-06-13", time(0)))["stage"] == "AwaitLateReport"
    official = get(f"/inquiries/{case}", by=METI, on="2026-06-13").json
    assert [one["article"] for one in official["penalty_provisions"]] == ["96(v)"]
    answered = post(f"/inquiries/{case}/give-information", {"answers": ["300,000"]}, on="2026-06-15")
    assert (answered.json["stage"], answered.json["answers"][0]["late"]) == ("AwaitClosing", True)
    assert "necessity" not in get(f"/inquiries/{case}", on="2026-06-16").json
    assert date.fromisoformat(answered.json["due"]) == date(2026, 6, 12)


def test_a_change_of_what_was_outsourced_in_an_emergency_has_a_standstill_and_a_note_in_the_report():
    plan = plan_of("2026-05-11")
    supplier = plan["introduction"]["supplier"]
    work = {"kinds": ["maintenance"], "content": "保守", "begins_on": "2026-05-09", "ends_on": "2030-03-31"}
    plan["introduction"] = None
    plan["outsourcing"] = {"contractor": supplier, "work": work, "re_outsourced": []}
    plan["measures"] = [{"concerns": "outsourcing", "text": "作業に立ち会う。"}]
    body = {
        "operator_id": designated(),
        "plan": plan,
        "done_on": "2026-05-09",
        "circumstances": {"hindrance": "x", "needed_because": "x", "no_other_way_because": "x"},
    }
    report = post("/emergencies", body, on="2026-05-11")
    assert report.status == 201, report.text
    original = report.json["id"]
    plan["outsourcing"]["work"]["content"] = "保守及び更新"
    filed = post("/changes", {"amends": original, "plan": plan}, on="2026-06-01")
    assert filed.status == 201, filed.text
    case = filed.json["id"]
    assert post(f"/changes/{case}/accept", by=METI, on="2026-06-03").status == 200
    assert get(f"/changes/{case}", on="2026-06-04").json["standstill"]["last_day"] == "2026-07-02"
    again = post("/changes", {"amends": original, "plan": plan}, on="2026-06-05")
    assert (again.status, again.code) == (409, "change_under_review")
    urgent = {"plan": plan, "changed_on": "2026-06-05", "circumstances": "x"}
    assert post(f"/emergencies/{original}/notify-urgent-change", urgent, on="2026-06-05").status == 200
    seen = get(f"/emergencies/{original}", on="2026-06-05").json
    assert seen["plan"]["outsourcing"]["work"]["content"] == "保守及び更新"
    assert post(f"/emergencies/{original}/report-change", {"plan": plan}).code == "nothing_to_report"

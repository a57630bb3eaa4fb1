"""Cases that have to know of each other: a change of its original, everything pending of its designation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.infra_review.bus import aws, circle, delivered, published, shuffled
from tests.services.infra_review.conftest import COMPANY, METI, at, noon
from tests.services.infra_review.doors import NECESSITY, accepted, get, lapses, plan_of, post, sweeps
from tests.services.infra_review.test_api_in_use import changed

pytestmark = pytest.mark.usefixtures("circle")
__all__ = ["aws", "circle"]


def extended(case: str, until: str, on: str) -> None:
    longer = {"purpose": "review", "necessity": NECESSITY, "until": until}
    assert post(f"/notifications/{case}/extend", longer, by=METI, on=on).status == 200
    handed = {"of": "extension", "received_on": on, "evidence": "handed over"}
    assert post(f"/notifications/{case}/record-delivery", handed, by=METI, on=on).status == 200


def change_of(original: str, on: str) -> str:
    filed = post("/changes", {"amends": original, "plan": changed()}, on=on)
    assert filed.status == 201, filed.text
    case: str = filed.json["id"]
    assert post(f"/changes/{case}/accept", by=METI, on=on).status == 200
    return case


def seen(case: str, on: str) -> dict[str, Any]:
    found: dict[str, Any] = get(f"/changes/{case}", on=on).json
    return found


def test_a_change_accepted_before_its_original_was_extended_is_free_when_the_original_is() -> None:
    original = accepted("2026-06-01")
    case = change_of(original, "2026-06-12")
    extended(original, "2026-09-30", "2026-06-20")
    delivered(shuffled(published(original), 3))
    assert seen(case, "2026-06-21")["original"]["barred_until"] == "2026-09-30"
    assert lapses(case, at_midnight("2026-07-12"))["stage"] == "AwaitOriginal"
    assert seen(case, "2026-07-13")["free_from"] is None
    sweeps(noon("2026-10-01"))
    delivered(shuffled(published(original), 5))
    after = seen(case, "2026-10-02")
    assert (after["stage"], after["free_from"]) == ("Freed", "2026-10-01")


def test_the_news_of_its_original_may_come_late_and_its_day_is_still_the_true_one() -> None:
    original = accepted("2026-06-01")
    case = change_of(original, "2026-06-12")
    sweeps(noon("2026-08-20"))
    assert seen(case, "2026-08-20")["stage"] == "AwaitOriginal"
    delivered(published(original))
    after = seen(case, "2026-08-20")
    assert (after["stage"], after["free_from"]) == ("Freed", "2026-07-12")


def test_a_plan_withdrawn_takes_its_change_with_it() -> None:
    original = accepted("2026-06-01")
    case = change_of(original, "2026-06-12")
    assert post(f"/notifications/{original}/withdraw", by=COMPANY, on="2026-06-15").status == 200
    delivered(published(original))
    assert seen(case, "2026-06-16")["stage"] == "OriginalEnded"
    assert [one["code"] for one in seen(case, "2026-06-16")["cautions"]] == ["original_ended"]


def test_a_release_ends_every_pending_case_under_that_designation_and_is_told_in_any_order() -> None:
    original = accepted("2026-06-01")
    case = change_of(original, "2026-06-12")
    operator = get(f"/notifications/{original}", on="2026-06-12").json["operator_id"]
    released = post(f"/operators/{operator}/release", {"reasons": "Sold."}, by=METI, on="2026-06-15")
    assert released.status == 200
    delivered(shuffled(published(operator), 1))
    delivered(published(original))
    for path in (f"/notifications/{original}", f"/changes/{case}"):
        shown = get(path, on="2026-06-16").json
        assert (shown["stage"], shown["released_on"]) == ("DesignationReleased", "2026-06-15")
        assert shown["allowed_acts"] == []
    refused = post("/changes", {"amends": original, "plan": changed()}, on="2026-06-17")
    assert refused.code == "plan_does_not_stand"


def test_the_plan_is_compared_with_the_one_that_was_recommended_upon() -> None:
    original = accepted("2026-06-01")
    consult = {"about": "recommendation", "draft": "Change.", "necessity": NECESSITY}
    asked = {"kind": "change_plan", "measures": "Change.", "reasons": "Likely.", "necessity": NECESSITY}
    receipt = {"received_on": "2026-06-05", "evidence": "registered mail"}
    for power, body in (
        ("consult", consult),
        ("close-consultation", {"without": "Urgent."}),
        ("recommend", asked),
        ("record-receipt", receipt),
    ):
        assert post(f"/notifications/{original}/{power}", body, by=METI, on="2026-06-05").status == 200
    assert post(f"/notifications/{original}/answer", {"accepts": True}, on="2026-06-08").status == 200
    path = f"/notifications/{original}/file-changed-plan"
    same = post(path, {"plan": plan_of("2026-06-01")}, on="2026-06-09")
    assert (same.status, same.code, same.json["article"]) == (422, "not_the_recommended_change", "52(8)")
    other = post(path, {"plan": changed()}, on="2026-06-09")
    assert (other.json["stage"], other.json["changed_in"]) == ("Freed", ["/introduction/content"])
    finding = {"complies": False, "reasons": "Another change."}
    found = post(f"/notifications/{original}/find-compliance", finding, by=METI, on="2026-06-10")
    assert (found.json["stage"], found.json["free_from"]) == ("AwaitChangedPlan", None)
    assert get(f"/notifications/{original}", on="2026-06-11").json["finding"]["reasons"] == "Another change."


def at_midnight(day: str) -> Any:
    from datetime import time

    return at(day, time(0))

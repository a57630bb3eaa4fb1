"""Arts. 55(3), 52(8): the plan filed in a review of equipment in use is the one later changes start from."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from tests.services.infra_review.bus import aws, circle, delivered, published
from tests.services.infra_review.conftest import METI, at
from tests.services.infra_review.doors import NECESSITY, get, lapses, plan_of, post
from tests.services.infra_review.test_api_in_use import changed, freed

pytestmark = pytest.mark.usefixtures("circle")
__all__ = ["aws", "circle"]


def complied(of: str, content: str) -> str:
    """A review of `of`, in which a changed plan has been recommended, accepted and filed."""
    review: dict[str, Any] = {"of": of, "finding": "Likely.", "necessity": NECESSITY, "circumstances": "War."}
    case: str = post("/post-reviews", review, by=METI, on="2026-09-01").json["id"]
    path = f"/post-reviews/{case}"
    consult = {"about": "recommendation", "draft": "Change it.", "necessity": NECESSITY}
    ask = {"kind": "change_plan", "measures": "Change it.", "reasons": "Likely.", "necessity": NECESSITY}
    for power, body in (
        ("consult", consult),
        ("close-consultation", {"without": "Urgent."}),
        ("recommend", ask),
        ("record-receipt", {"received_on": "2026-09-02", "evidence": "registered mail 1234"}),
    ):
        assert post(f"{path}/{power}", body, by=METI, on="2026-09-02").status == 200
    assert post(f"{path}/answer", {"accepts": True}, on="2026-09-03").status == 200
    plan = plan_of("2026-09-04")
    plan["introduction"]["content"] = content
    filed = post(f"{path}/file-changed-plan", {"plan": plan}, on="2026-09-04")
    assert filed.json["stage"] == "Complied", filed.text
    return case


def content(path: str) -> str:
    seen: str = get(path, on="2026-09-05").json["plan"]["introduction"]["content"]
    return seen


def test_the_case_of_the_plan_takes_it_over_once_however_often_it_is_told() -> None:
    original = freed()
    review = complied(original, "検査済みの方式")
    assert content(f"/notifications/{original}") != "検査済みの方式"
    events = published(review)
    delivered(events)
    assert content(f"/notifications/{original}") == "検査済みの方式"
    delivered(events)
    history = get(f"/notifications/{original}/history", on="2026-09-05").json
    acts = history["acts"] if isinstance(history, dict) else history
    taken = [(act["act"], act["article"]) for act in acts if act["act"] == "PlanReplaced"]
    assert taken == [("PlanReplaced", "55(3), 52(8)")]


def test_a_later_change_is_measured_by_it() -> None:
    original = freed()
    delivered(published(complied(original, "別の方式への更新")))
    same = post("/changes", {"amends": original, "plan": changed("2026-09-04")}, on="2026-09-07")
    assert (same.status, same.code) == (422, "change_not_important")


def test_a_plan_changed_since_is_replaced_where_it_stands() -> None:
    original = freed()
    case = post("/changes", {"amends": original, "plan": changed()}, on="2026-07-06").json["id"]
    assert post(f"/changes/{case}/accept", by=METI, on="2026-07-08").status == 200
    assert lapses(case, at("2026-08-07", time(0)))["stage"] == "Freed"
    delivered(published(complied(original, "検査済みの方式")))
    assert content(f"/changes/{case}") == "検査済みの方式"
    assert content(f"/notifications/{original}") != "検査済みの方式"

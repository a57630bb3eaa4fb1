"""What an operator does when a supplier's passport has changed: it files or reports, without seeing what."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.infra_review.bus import aws, circle, told
from tests.services.infra_review.conftest import METI
from tests.services.infra_review.doors import Reply, get, post
from tests.services.infra_review.test_passports import changed, citing, drafts, filed, passport

pytestmark = pytest.mark.usefixtures("circle")
__all__ = ["aws", "circle"]
DAY = "2026-05-20"


@pytest.fixture
def plan(circle: None) -> tuple[str, str]:
    """A passport, and an accepted plan that cites it."""
    token = passport()
    case = filed(token)
    assert post(f"/notifications/{case}/accept", {}, by=METI, on="2026-05-12").status == 200
    return token, case


def change_filed(case: str, plan: Any) -> Reply:
    return post("/changes", {"amends": case, "plan": plan}, on=DAY)


def test_what_the_draft_calls_a_new_notification_is_filed_with_the_same_words(plan: tuple[str, str]) -> None:
    token, case = plan
    changed(token, DAY, governing_law="CN")
    told(case, token)
    (draft,) = drafts()
    assert draft["because"]["consequence"] == "renotify"
    report = post(f"/notifications/{case}/report-change", {"plan": citing(token)}, on=DAY)
    assert report.code == "change_is_important"
    (error,) = report.json["errors"]
    assert error["pointer"] == "#/plan/introduction/supplier/passport"
    assert "governing_law" not in report.text
    assert "CN" not in report.json["errors"][0].values()
    assert change_filed(case, draft["plan"]).status == 201


def test_what_the_draft_calls_a_report_is_reported_without_its_contents(plan: tuple[str, str]) -> None:
    token, case = plan
    changed(token, DAY, representative="Berta Weber")
    told(case, token)
    (draft,) = drafts()
    assert draft["because"]["consequence"] == "report"
    assert change_filed(case, draft["plan"]).code == "change_not_important"
    reported = post(f"/notifications/{case}/report-change", {"plan": draft["plan"]}, on=DAY)
    assert reported.status == 200, reported.text
    history = get(f"/notifications/{case}/history", on=DAY)
    (act,) = [one for one in history.json["acts"] if one["act"] == "ChangeReported"]
    assert act["data"]["places"] == ["/introduction/supplier/passport"]
    assert "Berta" not in history.text


def test_after_the_report_there_is_nothing_more_to_report(plan: tuple[str, str]) -> None:
    token, case = plan
    changed(token, DAY, representative="Berta Weber")
    body = {"plan": citing(token)}
    assert post(f"/notifications/{case}/report-change", body, on=DAY).status == 200
    assert post(f"/notifications/{case}/report-change", body, on="2026-05-21").code == "nothing_to_report"


def test_a_passport_that_has_not_changed_is_no_change(plan: tuple[str, str]) -> None:
    token, case = plan
    assert change_filed(case, citing(token)).code == "change_not_important"


def test_a_completed_plan_may_cite_a_passport_that_is_there_and_no_other(circle: None) -> None:
    token = passport()
    case = filed(token)
    missing = {"field": "/introduction/content", "rule": "vague", "article": "52(2)", "text": "Which?"}
    returned = f"/notifications/{case}/return-for-completion"
    assert post(returned, {"shortcomings": [missing]}, by=METI, on="2026-05-12").status == 200
    unknown = post(f"/notifications/{case}/complete", {"plan": citing("passport-of-nobody")}, on="2026-05-13")
    assert [error["code"] for error in unknown.json["errors"]] == ["passport_unknown"]
    assert post(f"/notifications/{case}/complete", {"plan": citing(token)}, on="2026-05-13").status == 200

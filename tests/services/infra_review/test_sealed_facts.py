"""What a supplier has sealed is told to nobody who guesses at it, in whatever an operator files."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.infra_review.bus import aws, circle, readings
from tests.services.infra_review.conftest import METI
from tests.services.infra_review.doors import Reply, designated, post
from tests.services.infra_review.test_passports import citing, facts, filed, holders, passport

pytestmark = pytest.mark.usefixtures("circle")
__all__ = ["aws", "circle"]
DAY = "2026-06-01"


def accepted(token: str, operator: str | None = None) -> str:
    case = filed(token, operator=operator)
    assert post(f"/notifications/{case}/accept", by=METI, on=DAY).status == 200
    return case


def guessed(token: str, *, born_on: str, percent: int, law: str = "DE") -> dict[str, Any]:
    """The plan with the supplier's facts as its operator guesses them, openly."""
    party = facts(DAY, **holders(percent))["party"]
    party["officers"][0]["born_on"] = born_on
    party["governing_law"] = law
    plan = citing(token)
    plan["introduction"]["supplier"] = party
    return plan


def told(reply: Reply) -> tuple[int, list[tuple[str, str]]]:
    return reply.status, [(one["pointer"], one["code"]) for one in reply.json.get("errors", ())]


RIGHT, WRONG = {"born_on": "1970-05-01", "percent": 24}, {"born_on": "1969-01-31", "percent": 51}


@pytest.mark.parametrize("route", ["report-change", "notify-urgent-change"])
@pytest.mark.parametrize("law", ["DE", "FR"])
def test_a_right_guess_is_answered_as_a_wrong_one(route: str, law: str) -> None:
    urgent = {"changed_on": DAY, "circumstances": "x"} if route == "notify-urgent-change" else {}
    answers, operator = [], designated()
    for guess in (RIGHT, WRONG):
        token = passport()
        case = accepted(token, operator)
        body = {"plan": guessed(token, law=law, **guess), **urgent}  # type: ignore[arg-type]
        answers.append(told(post(f"/notifications/{case}/{route}", body, on=DAY)))
    assert answers[0] == answers[1]
    assert not any("officers" in pointer or "holders" in pointer for pointer, _ in answers[0][1])


def test_the_draft_of_a_change_answers_a_right_guess_as_a_wrong_one() -> None:
    answers, operator = [], designated()
    for guess in (RIGHT, WRONG):
        token = passport()
        case = accepted(token, operator)
        body = {"amends": case, "plan": guessed(token, **guess)}  # type: ignore[arg-type]
        answers.append(told(post("/changes", body, on=DAY)))
    assert answers[0] == answers[1]


def test_a_paper_left_out_does_not_tell_whether_the_guess_was_right() -> None:
    answers, operator = [], designated()
    for guess in (RIGHT, WRONG):
        token = passport()
        case = accepted(token, operator)
        plan = guessed(token, **guess)  # type: ignore[arg-type]
        plan["introduction"]["supplier"]["officers"][0]["identity"] = None
        answers.append(told(post(f"/notifications/{case}/report-change", {"plan": plan}, on=DAY)))
    assert (
        answers[0]
        == answers[1]
        == (
            422,
            [("#/plan/introduction/supplier/officers/0/identity", "identity_paper_missing")],
        )
    )


def test_what_opens_a_seal_for_a_check_is_recorded_with_who_asked() -> None:
    token = passport()
    case = accepted(token)
    before = len(readings(token))
    plan = citing(token)
    plan["introduction"]["content"] = "別の方式への更新"
    post(f"/notifications/{case}/report-change", {"plan": plan}, on=DAY)
    since = readings(token)[before:]
    assert since
    assert {one["route"] for one in since} == {f"POST /notifications/{case}/report-change"}

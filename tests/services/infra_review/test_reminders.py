"""Reminders: before a power lapses and before an answer is late, each once whatever fails."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.infra_review.clock_doors import acts, history, told
from tests.services.infra_review.conftest import COMPANY, METI, noon
from tests.services.infra_review.doors import accepted, aws, designated, get, lapses, sweeps
from tests.services.infra_review.test_clock_certificate import recommended

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")


def sweep_daily(first: str, last: str) -> None:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        sweeps(noon(day))
        day += timedelta(days=1)


def sent(case: str) -> list[tuple[str, str, str, int]]:
    """To whom, of which period, on which day, how many open days before."""
    return [
        (one["to"], one["period"].removeprefix("infra."), one["on"], one["open_days_left"])
        for one in told(case, "ReminderSent")
    ]


def test_officials_are_reminded_of_the_last_useful_recommendation_and_of_the_end():
    case = accepted("2026-06-01")
    sweep_daily("2026-06-01", "2026-06-30")
    # An order needs an open day after the ten of the answer: by Friday the 19th to recommend, and five open
    # days of consultation before that.
    assert sent(case) == [
        ("official", "recommendation_power", "2026-06-09", 3),
        ("official", "recommendation_power", "2026-06-12", 0),
        ("official", "standstill", "2026-06-16", 10),
        ("official", "standstill", "2026-06-25", 3),
        ("official", "standstill", "2026-06-30", 0),
    ]


def test_the_party_is_reminded_of_its_answer_until_it_answers():
    case = accepted("2026-04-10")
    recommended(case, "2026-04-24")
    sweep_daily("2026-04-24", "2026-04-30")
    mine = [line for line in sent(case) if line[0] == "party"]
    assert mine == [("party", "answer_to_recommendation", "2026-04-28", 3)]


def test_each_side_reads_the_reminders_addressed_to_it():
    case = accepted("2026-04-10")
    recommended(case, "2026-04-24")
    sweep_daily("2026-04-24", "2026-04-30")
    company = get(f"/notifications/{case}", by=COMPANY, on="2026-04-30").json
    assert [(one["period"], one["last_day"]) for one in company["reminders"]] == [
        ("infra.answer_to_recommendation", "2026-05-07")
    ]
    assert "reminders_to_officials" not in company
    ministry = get(f"/notifications/{case}", by=METI, on="2026-04-30").json
    assert {one["to"] for one in ministry["reminders_to_officials"]} == {"official"}
    assert ministry["reminders"] == company["reminders"]


def test_sweeping_again_sends_nothing_again():
    case = accepted("2026-06-01")
    for _ in range(3):
        sweeps(noon("2026-06-16"))
    lapses(case, noon("2026-06-16"))
    assert len(told(case, "ReminderSent")) == len({one["key"] for one in told(case, "ReminderSent")})
    standing = [line for line in sent(case) if line[1] == "standstill"]
    assert standing == [("official", "standstill", "2026-06-16", 10)]


@pytest.mark.parametrize(("looked_at", "left"), [("2026-06-18", 10), ("2026-06-26", 3), ("2026-06-30", 0)])
def test_a_reminder_missed_is_sent_late_unless_the_next_has_overtaken_it(looked_at, left):
    case = accepted("2026-06-01")
    lapses(case, noon(looked_at))
    assert [line for line in sent(case) if line[1] == "standstill"] == [
        ("official", "standstill", looked_at, left)
    ]


def test_nobody_is_reminded_of_what_is_over():
    case = accepted("2026-06-01")
    sweeps(noon("2026-07-20"))
    assert sent(case) == []
    assert acts(case)[-1] == "PlanFreed"


def test_a_grace_is_the_operator_s_to_be_reminded_of():
    case = designated("2026-01-15")
    sweep_daily("2026-07-10", "2026-07-16")
    assert sent(case) == [("party", "grace_after_designation", "2026-07-10", 3), (
        "party", "grace_after_designation", "2026-07-15", 0)]  # fmt: skip
    assert acts(case)[-1] == "GraceEnded"


def test_a_day_on_which_nothing_is_due_costs_a_read_and_writes_nothing():
    case = accepted("2026-06-01")
    before = len(history(case))
    assert sweeps(noon("2026-06-02")) == {"batchItemFailures": []}
    assert len(history(case)) == before


def test_the_operator_does_not_see_what_the_officials_are_reminded_of():
    case = accepted("2026-06-01")
    sweeps(noon("2026-06-16"))
    seen = [act["act"] for act in get(f"/notifications/{case}/history", on="2026-06-17").json["acts"]]
    assert "ReminderSent" not in seen

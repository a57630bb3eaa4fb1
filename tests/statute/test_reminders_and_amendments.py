"""Warnings before a power lapses, the calendar feed, and what an amendment changes for open cases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.statute import Words, holiday_table, period
from services.statute.amendments import OpenClock, amendment_effects, holiday_effects
from services.statute.arithmetic import Length
from services.statute.clock import Fact
from services.statute.deadline_feed import CalendarEntry, deadlines_ics
from services.statute.reminders import latest_recommendation, reminders


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_reminders_fall_on_open_days_before_the_last_open_day() -> None:
    standstill = period("infra.standstill").starting(day("2025-12-05"))
    sent = reminders(standstill, "official", "CASE-1")
    # The standstill ends on Saturday 3 January; the last day at the office is Friday 26 December.
    assert [(r.open_days_left, r.day) for r in sent] == [
        (10, day("2025-12-12")),
        (3, day("2025-12-23")),
        (0, day("2025-12-26")),
    ]
    assert sent[0].at == datetime(2025, 12, 12, 0, 0, tzinfo=UTC)
    assert len({r.key for r in sent}) == 3
    assert [r.key for r in reminders(standstill, "official", "CASE-1")] == [r.key for r in sent]


def test_a_short_period_is_not_warned_of_before_it_began() -> None:
    answer = period("infra.answer_to_recommendation").starting(day("2026-06-10"))
    assert [r.open_days_left for r in reminders(answer, "party", "CASE-1")] == [3, 0]


def test_a_recommendation_must_leave_ten_answer_days_and_a_day_for_the_order() -> None:
    power = period("infra.order_power").starting(day("2026-06-01"))
    latest = latest_recommendation(power, consultation_open_days=5)
    assert latest is not None
    assert latest.recommend_by == day("2026-06-19")
    assert latest.answer.last_day == day("2026-06-29")
    assert latest.order_from == day("2026-06-30") == power.last_day
    assert latest.consult_by == day("2026-06-12")


@given(st.dates(day("2024-01-01"), day("2049-12-31")))
@settings(max_examples=150, deadline=None)
def test_the_next_open_day_would_be_too_late_to_recommend(accepted: date) -> None:
    table = holiday_table()
    power = period("infra.order_power").starting(accepted)
    latest = latest_recommendation(power)
    assert latest is not None
    assert latest.answer.last_day < latest.order_from <= power.last_day
    later = table.next_open(latest.recommend_by + timedelta(days=1))
    late_answer = period("infra.answer_to_recommendation").starting(later)
    assert table.next_open(late_answer.free_from) > power.last_day


def test_a_power_shorter_than_the_answer_leaves_no_room() -> None:
    power = period("infra.order_power").starting(day("2026-06-01"))
    assert latest_recommendation(replace(power, last_day=day("2026-06-08"))) is None


def test_the_feed_is_a_calendar_with_alarms_ten_three_and_one_open_days_before() -> None:
    standstill = period("infra.standstill").starting(day("2026-06-01"))
    answer = period("infra.answer_to_recommendation").starting(day("2026-06-10"))
    as_of = datetime(2026, 6, 10, 9, tzinfo=UTC)
    entries = [
        CalendarEntry("CASE-1", standstill),
        CalendarEntry("CASE-1", answer, revision=2, cancelled=True),
    ]
    text = deadlines_ics("CASE-1", entries, as_of)
    assert text == deadlines_ics("CASE-1", entries, as_of)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(text)
    first, second = calendar.walk("VEVENT")
    assert first["DTSTART"].dt == day("2026-06-30")
    assert first["DTEND"].dt == day("2026-07-01")
    assert "導入等の禁止期間" in first["SUMMARY"]
    assert "起算して" in first["DESCRIPTION"]
    alarms = [alarm["TRIGGER"].dt for alarm in first.walk("VALARM")]
    assert alarms == [datetime(2026, 6, n, 0, 0, tzinfo=UTC) for n in (16, 25, 29)]
    assert (second["STATUS"], second["SEQUENCE"], second.walk("VALARM")) == ("CANCELLED", 2, [])


def test_an_event_keeps_its_uid_when_its_deadline_moves() -> None:
    as_of = datetime(2026, 6, 10, 9, tzinfo=UTC)
    standstill = period("infra.standstill").starting(day("2026-06-01"))
    moved = replace(standstill, last_day=day("2026-09-30"), free_from=day("2026-10-01"))
    uids = {
        icalendar.Calendar.from_ical(deadlines_ics("C", [CalendarEntry("CASE-1", d)], as_of)).walk("VEVENT")[
            0
        ]["UID"]
        for d in (standstill, moved)
    }
    assert len(uids) == 1


CASES = [
    OpenClock("OPEN", "infra.answer_to_recommendation", day("2026-04-24")),
    OpenClock("CLOSED", "infra.answer_to_recommendation", day("2026-04-24"), closed=True),
    OpenClock("ELSEWHERE", "infra.answer_to_recommendation", day("2026-06-10")),
    OpenClock("STANDSTILL", "infra.standstill", day("2026-04-08")),
]


def test_a_retroactive_holiday_moves_open_cases_and_never_a_closed_one() -> None:
    now = holiday_table()
    amended = now.amended("2026-05-01", added={day("2026-05-07"): Words("a new holiday", "新しい祝日")})
    (effect,) = holiday_effects(now, amended, CASES)
    assert effect.clock.case == "OPEN"
    assert (effect.before.last_day, effect.after.last_day) == (day("2026-05-07"), day("2026-05-08"))
    assert effect.days_later == 1
    assert holiday_effects(now, now, CASES) == []


def test_an_amended_period_governs_triggers_from_its_day_or_pending_cases_too() -> None:
    amended = replace(
        period("infra.answer_to_recommendation"),
        length=Length(15, "day"),
        effective_from=day("2026-06-01"),
    )
    assert [e.clock.case for e in amendment_effects(amended, CASES)] == ["ELSEWHERE"]
    pending = amendment_effects(amended, CASES, transition="pending cases too")
    assert [(e.clock.case, e.after.counted_last_day) for e in pending] == [
        ("OPEN", day("2026-05-08")),
        ("ELSEWHERE", day("2026-06-24")),
    ]


def test_the_facts_of_a_case_are_kept_when_the_law_changes() -> None:
    extended = OpenClock(
        "EXTENDED",
        "infra.standstill",
        day("2026-06-01"),
        (Fact("extend", day("2026-06-20"), day("2026-08-31")),),
    )
    amended = replace(period("infra.standstill"), length=Length(45, "day"), effective_from=day("2026-01-01"))
    assert amendment_effects(amended, [extended]) == []
    (plain,) = amendment_effects(amended, [replace(extended, case="PLAIN", facts=())])
    assert plain.after.last_day == day("2026-07-15")


@pytest.mark.parametrize("facts", [(Fact("end", day("2026-06-12")),)])
def test_a_clock_that_ended_early_has_nothing_left_to_change(facts: tuple[Fact, ...]) -> None:
    ended = OpenClock("ENDED", "infra.standstill", day("2026-06-01"), facts)
    amended = replace(period("infra.standstill"), length=Length(45, "day"), effective_from=day("2026-01-01"))
    assert amendment_effects(amended, [ended]) == []

"""Quarters are of the calendar, in any year a date can have."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.platform.shared.quarters import following, last_day, quarter_of

YEARS = st.dates(date(1, 1, 1), date(9999, 9, 30))


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 3, 31), "2026-Q1"), (date(2026, 4, 1), "2026-Q2"), (date(9999, 12, 31), "9999-Q4")],
)
def test_a_quarter_is_of_the_calendar(day: date, quarter: str) -> None:
    assert quarter_of(day) == quarter


@given(YEARS)
def test_the_day_after_the_last_is_of_the_quarter_that_follows(day: date) -> None:
    end = last_day(quarter_of(day))
    assert day <= end
    assert quarter_of(end) == quarter_of(day)
    assert quarter_of(end + timedelta(days=1)) == following(quarter_of(day))


def test_a_year_has_a_last_day() -> None:
    assert last_day("9999-Q4") == date.max


@given(YEARS, YEARS)
def test_quarters_sort_as_their_days(one: date, other: date) -> None:
    assert (quarter_of(one) < quarter_of(other)) == (last_day(quarter_of(one)) < last_day(quarter_of(other)))

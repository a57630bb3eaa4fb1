"""Every counted record against a slow day-by-day counter that shares no code, over 2019-2050."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.statute import holiday_table, period
from tests.statute import oracle

ROWS = list(csv.DictReader(Path(__file__).with_name("rows.csv").read_text("utf-8").splitlines()))
PASSED = {"C5-22", "C5-23"}  # 「経過した日」 (82(3)): the day after the period has passed
FORWARD = [row for row in ROWS if row["length"] and row["first_day_counted"] in ("yes", "no")]
DAYS = st.dates(date(2019, 1, 1), date(2050, 12, 31))
HARD = st.one_of(
    DAYS,
    # month ends and firsts, leap days, Golden Week, the equinox weeks, the year end
    st.builds(lambda y, m: date(y, m, 1) - timedelta(days=1), st.integers(2019, 2050), st.integers(2, 12)),
    st.builds(lambda y, m: date(y, m, 1), st.integers(2019, 2050), st.integers(1, 12)),
    st.builds(lambda y: date(y * 4, 2, 29), st.integers(505, 512)),
    st.builds(lambda y, d: date(y, 4, 15) + timedelta(days=d), st.integers(2019, 2050), st.integers(0, 25)),
    st.builds(lambda y, d: date(y, 9, 5) + timedelta(days=d), st.integers(2019, 2050), st.integers(0, 25)),
    st.builds(lambda y, d: date(y, 12, 10) + timedelta(days=d), st.integers(2019, 2050), st.integers(0, 21)),
)


@pytest.mark.parametrize("row", FORWARD, ids=[row["ref"] for row in FORWARD])
@given(trigger=HARD)
@example(trigger=date(2028, 2, 29))
@example(trigger=date(2019, 4, 21))  # into the ten closed days of the accession
@example(trigger=date(2020, 7, 14))  # the holiday law of the Olympic years
@settings(max_examples=60, deadline=None)
def test_a_record_counts_as_the_slow_counter_does(row: dict[str, str], trigger: date) -> None:
    expected = oracle.deadline(
        trigger,
        int(row["length"]),
        row["unit"],
        row["first_day_counted"] == "yes",
        row["moves"] == "yes",
        row["ref"] in PASSED,
    )
    told = period(row["ref"]).starting(trigger)
    assert (told.day_one, told.counted_last_day, told.last_day) == expected
    assert told.free_from == told.last_day + timedelta(days=1)
    assert told.moved_from == (None if told.last_day == told.counted_last_day else told.counted_last_day)


@pytest.mark.slow
@pytest.mark.parametrize("year", range(2019, 2061))
def test_the_calendar_closes_the_days_the_holiday_acts_close(year: int) -> None:
    table = holiday_table()
    day = date(year, 1, 1)
    while day.year == year:
        assert table.is_open(day) != oracle.closed(day), day
        day += timedelta(days=1)


@given(event=HARD)
@settings(max_examples=150, deadline=None)
def test_a_limit_counted_back_is_the_day_itself_and_the_advised_day_keeps_the_period_clear(
    event: date,
) -> None:
    """From the day after the advised one the whole period still lies before the event."""
    for ref, number, unit in (("C3-01", 2, "week"), ("C2-18", 1, "month")):
        told = period(ref).starting(event)
        assert oracle.last_counted_day(told.last_day + oracle.ONE, number, unit) >= event
        assert oracle.last_counted_day(told.last_day, number, unit) < event
        assert told.moved_from is None
        advised = told.advised_by
        assert advised is not None
        assert not oracle.closed(advised)
        assert oracle.last_counted_day(advised + oracle.ONE, number, unit) < event


@given(first=DAYS, gap=st.integers(0, 400))
@settings(max_examples=150, deadline=None)
def test_a_later_trigger_never_gives_an_earlier_deadline(first: date, gap: int) -> None:
    second = first + timedelta(days=gap)
    for row in FORWARD:
        record = period(row["ref"])
        assert record.starting(first).last_day <= record.starting(second).last_day

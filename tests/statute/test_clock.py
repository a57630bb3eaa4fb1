"""Extend, shorten, stop, restart: computed once from dated facts, whatever order they arrive in."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.statute import Refused, holiday_table, period
from services.statute.clock import Clock, Fact, clock, days_stopped


def day(text: str) -> date:
    return date.fromisoformat(text)


def standstill(*facts: Fact, accepted: str = "2026-06-01") -> Clock:
    return clock(period("infra.standstill"), day(accepted), facts)


def last_day(result: Clock) -> date:
    assert result.deadline is not None
    return result.deadline.last_day


def refused(code: str, *facts: Fact) -> Refused:
    with pytest.raises(Refused) as caught:
        standstill(*facts)
    assert caught.value.code == code
    assert str(caught.value)
    return caught.value


def test_an_extension_without_a_day_goes_to_four_months_in_total() -> None:
    extended = standstill(Fact("extend", day("2026-06-20")))
    assert last_day(extended) == day("2026-09-30")
    assert [s.code for s in extended.deadline.explanation] == [  # type: ignore[union-attr]
        "rule",
        "fact_extend",
        "day_one_counts",
        "ends",
    ]


def test_an_extended_standstill_may_be_shortened_again() -> None:
    extend, shorten = Fact("extend", day("2026-06-20")), Fact("shorten", day("2026-08-03"), day("2026-08-10"))
    assert last_day(standstill(extend, shorten)) == day("2026-08-10")


def test_a_standstill_cannot_be_extended_after_its_end() -> None:
    refused("already_ended", Fact("extend", day("2026-07-01")))


def test_four_months_from_acceptance_are_the_ceiling() -> None:
    refused("beyond_ceiling", Fact("extend", day("2026-06-20"), day("2026-10-01")))
    assert standstill().ceiling.last_day == day("2026-09-30")  # type: ignore[union-attr]


def test_an_extension_must_extend_and_a_shortening_shorten() -> None:
    refused("not_an_extension", Fact("extend", day("2026-06-20"), day("2026-06-30")))
    refused("not_a_shortening", Fact("shorten", day("2026-06-20"), day("2026-06-30")))
    refused("not_a_shortening", Fact("shorten", day("2026-06-20"), day("2026-06-19")))
    refused("fact_without_day", Fact("shorten", day("2026-06-20")))


def test_the_act_stops_no_standstill() -> None:
    refused("may_not", Fact("stop", day("2026-06-20"), day("2026-06-25")))


def test_two_facts_of_one_day_need_their_order() -> None:
    both = (Fact("extend", day("2026-06-20")), Fact("shorten", day("2026-06-20"), day("2026-06-25")))
    refused("order_of_one_day_unclear", *both)
    told = (both[0], Fact("shorten", day("2026-06-20"), day("2026-06-25"), sequence=1))
    assert last_day(standstill(*told)) == day("2026-06-25")


def test_an_accepted_changed_plan_ends_the_standstill_early() -> None:
    ended = standstill(Fact("end", day("2026-06-12")))
    assert ended.running(day("2026-06-12"))
    assert not ended.running(day("2026-06-13"))
    refused("already_ended", Fact("end", day("2026-06-12")), Fact("extend", day("2026-06-20")))


def test_a_draft_of_a_change_starts_a_new_standstill() -> None:
    changed = standstill(Fact("extend", day("2026-06-20")), Fact("restart", day("2026-07-10")))
    assert last_day(changed) == day("2026-08-08")


def test_a_designation_is_extended_a_year_at_a_time_without_limit() -> None:
    designation = period("patent.designation")
    extensions = [Fact("extend", day("2027-03-01")), Fact("extend", day("2028-03-01"))]
    assert last_day(clock(designation, day("2026-03-10"), extensions)) == day("2029-03-09")
    with pytest.raises(Refused, match="at the latest"):
        clock(designation, day("2026-03-10"), [Fact("extend", day("2027-03-01"), day("2028-03-10"))])


def test_a_designation_may_be_set_shorter_than_a_year() -> None:
    designation = clock(
        period("patent.designation"),
        day("2026-03-10"),
        [Fact("set", day("2026-03-10"), day("2026-09-09")), Fact("extend", day("2026-09-01"))],
    )
    assert last_day(designation) == day("2027-09-09")


def test_a_stopped_clock_has_no_last_day_until_it_runs_again() -> None:
    limitation = period("procedure.limitation_of_prosecution")
    stopped = clock(limitation, day("2026-01-10"), [Fact("stop", day("2026-05-01"))])
    assert (stopped.deadline, stopped.stopped_since) == (None, day("2026-05-01"))
    again = [Fact("stop", day("2026-05-01")), Fact("stop", day("2026-05-01"), day("2026-05-31"))]
    assert last_day(clock(limitation, day("2026-01-10"), again)) == day("2029-01-09") + timedelta(days=30)


def test_days_stopped_twice_are_left_out_once() -> None:
    stops = [
        Fact("stop", day("2026-05-01"), day("2026-05-11")),
        Fact("stop", day("2026-05-06"), day("2026-05-16")),
    ]
    assert days_stopped(stops) == 15


STARTS = st.dates(day("2024-01-01"), day("2049-12-31"))


@st.composite
def lives(draw: st.DrawFn) -> tuple[date, list[Fact]]:
    """A standstill's life: perhaps shortened, or extended and perhaps shortened again."""
    accepted = draw(STARTS)
    ends = period("infra.standstill").starting(accepted).last_day
    ceiling = period("infra.extended_standstill").starting(accepted).last_day
    facts = []
    at = accepted
    if draw(st.booleans()):
        at = draw(st.dates(accepted, ends))
        until = draw(st.dates(ends + timedelta(days=1), ceiling))
        facts.append(Fact("extend", at, until, sequence=1))
        ends = until
    if draw(st.booleans()) and at < ends:
        on = draw(st.dates(at, ends - timedelta(days=1)))
        facts.append(Fact("shorten", on, draw(st.dates(on, ends - timedelta(days=1))), sequence=2))
    return accepted, facts


@given(lives())
@settings(max_examples=150, deadline=None)
def test_no_order_of_arrival_and_no_repetition_changes_a_clock(life: tuple[date, list[Fact]]) -> None:
    accepted, facts = life
    told = clock(period("infra.standstill"), accepted, facts)
    ceiling = period("infra.extended_standstill").starting(accepted).last_day
    for order in permutations([*facts, *facts]):
        assert clock(period("infra.standstill"), accepted, order) == told
    assert accepted <= last_day(told) <= ceiling
    assert told.deadline is not None
    assert told.deadline.moved_from is None


@given(STARTS, st.lists(st.tuples(st.integers(0, 27), st.integers(0, 40)), max_size=4))
@settings(max_examples=150, deadline=None)
def test_stops_add_up_and_the_end_is_rounded_once(start: date, spans: list[tuple[int, int]]) -> None:
    stopping = period("supply.certification")
    reading = next(reading for reading in stopping.readings if not reading.taken)
    record = stopping.under(reading)
    stops = [
        Fact("stop", start + timedelta(days=1 + at), start + timedelta(days=1 + at + length))
        for at, length in spans
    ]
    base = record.starting(start).counted_last_day
    for order in (stops, stops[::-1]):
        told = clock(record, start, order)
        assert last_day(told) == base + timedelta(days=days_stopped(stops))
    moving = replace(record, moves="next open day")
    assert last_day(clock(moving, start, stops)) == holiday_table().next_open(
        base + timedelta(days=days_stopped(stops))
    )

"""The published figures: flows of finished fiscal years, and stocks that follow from them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.patent.figures import FLOWS, Event, Line, Stock, UnbalancedError, years

SENT = date(2024, 6, 1)


def line(**days: date) -> Line:
    return Line(days)  # type: ignore[arg-type]


def test_a_year_has_its_flows_and_what_they_leave() -> None:
    lines = [
        line(sent=SENT, designated=date(2024, 9, 1), released=date(2025, 5, 1)),
        line(sent=SENT, designated=date(2025, 3, 31), expired=date(2026, 3, 30)),
        line(sent=SENT, not_designated=date(2024, 10, 1)),
        line(not_sent_notice=date(2024, 7, 1)),
        line(confirmation_asked=date(2025, 4, 1)),
    ]
    first, second = years(lines, date(2026, 4, 1))
    assert (first.fiscal_year, first.first_day, first.last_day) == (2024, date(2024, 5, 1), date(2025, 3, 31))
    assert first.flows == {
        "sent": 3,
        "designated": 2,
        "released": 0,
        "expired": 0,
        "confirmation_asked": 0,
        "not_sent_notice": 1,
    }
    assert first.stocks == {"in_force": Stock(0, 2, 0, 2), "under_review": Stock(0, 3, 3, 0)}
    assert second.stocks["in_force"] == Stock(2, 0, 2, 0)


def test_a_year_not_over_yet_is_not_shown() -> None:
    assert years([], date(2025, 3, 31)) == ()
    assert [year.fiscal_year for year in years([], date(2025, 4, 1))] == [2024]


def test_a_case_that_leaves_what_it_never_entered_is_found() -> None:
    with pytest.raises(UnbalancedError):
        years([line(released=SENT)], date(2025, 4, 1))


@st.composite
def cases(draw: st.DrawFn) -> Line:
    """A case as the law lets it go, with any days in order."""
    course: list[list[Event]] = [
        ["confirmation_asked"],
        ["not_sent_notice"],
        ["sent"],
        ["sent", "not_designated"],
        ["sent", "review_ended"],
        ["sent", "designated"],
        ["sent", "designated", "released"],
        ["sent", "designated", "expired"],
    ]
    events = draw(st.sampled_from(course))
    day = draw(st.dates(date(2024, 5, 1), date(2027, 1, 1)))
    days: dict[Event, date] = {}
    for event in events:
        days[event] = day
        day += timedelta(days=draw(st.integers(0, 500)))
    return Line(days)


@given(st.lists(cases(), max_size=20))
def test_stock_is_flow_and_each_year_opens_with_what_the_last_one_left(lines: list[Line]) -> None:
    found = years(lines, date(2035, 1, 1))
    for before, after in pairwise(found):
        for name, stock in after.stocks.items():
            assert stock.opening == before.stocks[name].closing
    for event in FLOWS:
        assert sum(year.flows[event] for year in found) == sum(event in one.days for one in lines)

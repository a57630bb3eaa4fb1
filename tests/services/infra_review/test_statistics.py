"""Chapter 3 in numbers, for anyone: right however events come, and no small number, however hidden."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.infra_review import statistics
from services.infra_review.statistics import Line
from services.infra_review.suppression import ALL, AT_LEAST, Cell, published
from tests.services.infra_review.bus import aws, circle, delivered, shuffled
from tests.services.infra_review.bus import published as events_of
from tests.services.infra_review.conftest import METI
from tests.services.infra_review.doors import NECESSITY, designated, get, plan_of, post

__all__ = ["aws", "circle"]

# ---- What is hidden ----


def solved(table: dict[Cell, int | None], rows: list[str], columns: list[str]) -> set[Cell]:
    """The hidden cells whose number follows from what is shown and from the sums, by elimination."""
    hidden = sorted(cell for cell, count in table.items() if count is None)
    equations = []
    for row in [*rows, ALL]:
        equations.append([((row, column), 1) for column in columns] + [((row, ALL), -1)])
    for column in [*columns, ALL]:
        equations.append([((row, column), 1) for row in rows] + [((ALL, column), -1)])
    matrix = [
        [Fraction(sum(sign for cell, sign in equation if cell == one)) for one in hidden]
        for equation in equations
    ]
    known: set[Cell] = set()
    pivot = 0
    for at in range(len(hidden)):
        found = next((n for n in range(pivot, len(matrix)) if matrix[n][at]), None)
        if found is None:
            continue
        matrix[pivot], matrix[found] = matrix[found], matrix[pivot]
        lead = matrix[pivot][at]
        matrix[pivot] = [value / lead for value in matrix[pivot]]
        for n, line in enumerate(matrix):
            if n != pivot and line[at]:
                matrix[n] = [a - line[at] * b for a, b in zip(line, matrix[pivot], strict=True)]
        pivot += 1
    for line in matrix:
        places = [cell for cell, value in zip(hidden, line, strict=True) if value]
        if len(places) == 1:
            known.add(places[0])
    return known


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


@settings(max_examples=300, deadline=None)
@given(TABLES)
@example([[4, 20], [20, 20]])
@example([[1, 2, 30], [30, 30, 30]])
@example([[0, 0], [0, 7]])
def test_no_hidden_number_can_be_worked_out(numbers: list[list[int]]) -> None:
    rows = [f"r{n}" for n in range(len(numbers))]
    columns = [f"c{n}" for n in range(len(numbers[0]))]
    counts = {(r, c): numbers[i][j] for i, r in enumerate(rows) for j, c in enumerate(columns)}
    table = published(counts, rows, columns)
    assert all(count is None or count >= AT_LEAST for count in table.values())
    assert solved(table, rows, columns) == set()
    for row in rows:
        inside = [counts[row, column] for column in columns if table[row, column] is None]
        assert table[row, ALL] is None or not inside or sum(inside) >= AT_LEAST


def test_nothing_is_hidden_that_need_not_be() -> None:
    counts = {("r", "a"): 5, ("r", "b"): 9, ("s", "a"): 6, ("s", "b"): 7}
    assert None not in published(counts, ["r", "s"], ["a", "b"]).values()


def test_one_small_cell_hides_three_others_and_no_total() -> None:
    counts = {(r, c): 20 for r in "rst" for c in "abc"} | {("r", "a"): 2}
    table = published(counts, ["r", "s", "t"], ["a", "b", "c"])
    assert sum(count is None for count in table.values()) == 4
    assert table[ALL, ALL] == 162


# ---- What is counted ----


def lines(of: int, sector: str = "electricity", **days: int) -> list[Line]:
    """Plans that arrived on 1 April 2026 and reached each step some days later."""
    arrived = date(2026, 4, 1)
    steps = {step: date.fromordinal(arrived.toordinal() + after) for step, after in days.items()}
    return [Line(sector, {"received": arrived, **steps}) for _ in range(of)]


def row(found: list[Line], sector: str = "electricity", last: date = date(2026, 6, 30)) -> dict[str, Any]:
    table = statistics.table({"2026-Q2": found}, ["2026-Q2"], ["electricity", "gas"], last)
    (one,) = [r for r in table["rows"] if (r["quarter"], r["sector"]) == ("2026-Q2", sector)]
    return one


def test_days_are_counted_from_arrival_to_acceptance_and_to_the_end() -> None:
    found = [one for n in range(1, 8) for one in lines(1, accepted=n, ended=30 + n)]
    found += lines(9, "gas", accepted=2, ended=40)
    shown = row(found)
    assert (shown["received"], shown["accepted"]) == (7, 7)
    assert shown["days_to_acceptance"] == {"median": 4, "max": 7}
    assert shown["days_to_end"] == {"median": 34, "max": 37}


def test_what_happened_after_the_quarter_is_not_counted_yet() -> None:
    found = lines(6, accepted=3, ended=120) + lines(6, "gas", accepted=3, ended=33)
    shown = row(found)
    assert (shown["accepted"], shown["ended"], shown["days_to_end"]) == (6, None, None)


def test_a_hidden_count_has_no_median() -> None:
    shown = row(lines(4, accepted=9) + lines(20, "gas", accepted=9))
    assert (shown["received"], shown["accepted"], shown["days_to_acceptance"]) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 3, 31), "2026-Q1"), (date(2026, 4, 1), "2026-Q2"), (date(2026, 12, 31), "2026-Q4")],
)
def test_a_quarter_is_of_the_calendar(day: date, quarter: str) -> None:
    assert statistics.quarter_of(day) == quarter
    assert statistics.first_day(quarter) <= day


# ---- Through the doors ----


def ended() -> str:
    """A plan that was returned, completed, accepted and withdrawn in the second quarter of 2026."""
    body = {"operator_id": OPERATOR[0], "plan": plan_of("2026-05-11")}
    case = post("/notifications", body, on="2026-05-11").json["id"]
    missing = {"field": "/introduction/content", "rule": "vague", "article": "52(2)", "text": "Which?"}
    path = f"/notifications/{case}"
    post(f"{path}/return-for-completion", {"shortcomings": [missing]}, by=METI, on="2026-05-12")
    post(f"{path}/complete", {"plan": plan_of("2026-05-13")}, on="2026-05-13")
    post(f"{path}/accept", {}, by=METI, on="2026-05-14")
    extend = {"purpose": "review", "necessity": NECESSITY, "until": "2026-08-31"}
    assert post(f"{path}/extend", extend, by=METI, on="2026-05-20").status == 200
    assert post(f"{path}/withdraw", {}, on="2026-05-21").status == 200
    return str(case)


OPERATOR: list[str] = []


@pytest.fixture
def operator(circle: None) -> None:
    OPERATOR[:] = [designated()]


def shown(on: str = "2026-07-01") -> dict[str, Any]:
    answer = get("/statistics", by=None, on=on)
    assert answer.status == 200
    (found,) = [r for r in answer.json["rows"] if (r["quarter"], r["sector"]) == ("2026-Q2", "electricity")]
    return dict(found)


@pytest.mark.usefixtures("operator")
def test_anyone_reads_the_numbers_once_the_quarter_is_over() -> None:
    cases = [ended() for _ in range(5)]
    delivered(shuffled(events_of(*cases), 5))
    found = shown()
    assert found["received"] is None  # one sector alone: its number is that of all, and the others' zeros
    kept = {"2026-Q2": [statistics.line_of(statistics_history(case)) for case in cases]}
    assert {tuple(line.steps) for line in kept["2026-Q2"]} == {
        ("received", "returned", "accepted", "extended", "ended")
    }
    assert {line.days("accepted") for line in kept["2026-Q2"]} == {3}
    assert not [
        r for r in get("/statistics", by=None, on="2026-06-30").json["rows"] if r["quarter"] == "2026-Q2"
    ]


@pytest.mark.usefixtures("operator")
def test_a_line_is_the_same_in_whatever_order_and_how_often_events_come() -> None:
    case = ended()
    bodies = events_of(case)
    delivered(bodies)
    first = stored()
    assert len(first) == 1
    for order in [*permutations(bodies[:3]), tuple(reversed(bodies))]:
        delivered(list(order))
    assert stored() == first
    # A worker that read the case before its last act, and writes after it.
    statistics.keep(case, statistics_history(case)[:3])
    assert stored() == first


def statistics_history(case: str) -> Any:
    from services.infra_review.inbox import notifications

    return notifications.history(case)


def stored() -> list[tuple[str, int, str]]:
    from services.infra_review.statistics_items import StatisticsItem

    return [(item.sk, int(item.version), item.line) for item in StatisticsItem.query("STATISTICS#2026-Q2")]

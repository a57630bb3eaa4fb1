"""Chapter 3 in numbers, for anyone: every act counts once, however events come, and no small number shows."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.infra_review import statistics, statistics_store
from services.infra_review.statistics import ALL, MEASURES, Line, Publication, Row
from services.platform.shared.publications import PAGE
from services.platform.shared.quarters import last_day
from services.platform.shared.statistics import FIVE
from tests.services.infra_review.bus import aws, circle, delivered, shuffled
from tests.services.infra_review.bus import published as events_of
from tests.services.infra_review.conftest import METI, noon
from tests.services.infra_review.doors import NECESSITY, designated, get, plan_of, post, sweeps

__all__ = ["aws", "circle"]
DAY = timedelta(days=1)
LAST_OF_2024 = ["2024-Q4", "2024-Q3", "2024-Q2"]
ARRIVED = date(2026, 4, 1)


def lines(of: int, sector: str = "electricity", arrived: date = ARRIVED, **days: int) -> list[Line]:
    """Plans that arrived on a day and reached each step so many days later."""
    steps = {step: arrived + timedelta(days=after) for step, after in days.items()}
    return [Line(sector, {"received": arrived, **steps}) for _ in range(of)]


def published(found: list[Line], quarter: str = "2026-Q2", before: Publication | None = None) -> Publication:
    return statistics.published(quarter, found, before, last_day(quarter) + DAY)


def row(rows: tuple[Row, ...], sector: str = "electricity") -> Row:
    (one,) = [row for row in rows if row.sector == sector]
    return one


# ---- What is counted ----


def test_every_step_and_every_length_of_time_has_its_measure() -> None:
    named = dict.fromkeys(statistics.STEPS.values())
    within = {f"{step}_within_{n}_days" for step, days in statistics.WITHIN.items() for n in days}
    assert set(MEASURES) == set(named) | within


def test_days_are_counted_from_arrival_to_acceptance_and_to_the_end() -> None:
    found = lines(5, accepted=7, ended=30) + lines(5, accepted=8, ended=31) + lines(5, accepted=31, ended=61)
    shown = row(published(found).of.rows)
    assert (shown.received, shown.accepted, shown.ended) == (15, 15, 15)
    assert [getattr(shown, f"accepted_within_{n}_days") for n in (7, 14, 30)] == [5, 10, 10]
    assert [getattr(shown, f"ended_within_{n}_days") for n in (30, 60, 120)] == [5, 10, 15]


def test_what_happens_after_the_quarter_is_of_the_next() -> None:
    found = lines(6, accepted=3, ended=91)
    first = published(found)
    second = published(found, "2026-Q3", first)
    assert (row(first.of.rows).accepted, row(first.of.rows).ended) == (5, 0)
    assert (row(second.of.rows).accepted, row(second.of.rows).ended) == (0, 5)
    assert row(second.so_far).accepted == 5


def test_what_does_not_make_five_waits() -> None:
    """31, then 35, then 38 plans: four and three more, which nobody learns."""
    found: list[Line] = []
    made: list[Publication] = []
    for quarter, more in (("2026-Q2", 31), ("2026-Q3", 4), ("2026-Q4", 3)):
        found += lines(more, arrived=last_day(quarter))
        made.append(published(found, quarter, made[-1] if made else None))
    assert [row(one.of.rows).received for one in made] == [30, 5, 0]
    assert [row(one.so_far).received for one in made] == [30, 35, 35]


def test_an_act_that_becomes_known_late_is_part_of_the_next_publication() -> None:
    first = published(lines(10))
    late = lines(10) + lines(5, arrived=date(2026, 5, 1))
    second = published(late, "2026-Q3", first)
    assert (row(first.of.rows).received, row(second.of.rows).received) == (10, 5)
    assert row(second.so_far).received == 15


def test_a_total_is_the_sum_of_what_is_published() -> None:
    found = lines(9) + lines(9, "gas") + lines(4, "water")
    made = published(found)
    assert row(made.of.rows, ALL).received == row(made.so_far, ALL).received == 10


def test_a_sector_has_its_row_before_anything_is_counted_in_it() -> None:
    assert [row.sector for row in published([]).of.rows] == [
        row.sector for row in published(lines(4)).of.rows
    ]
    # A sector that is no longer in force keeps what was published of it.
    closed = published(lines(5, "a former sector"))
    assert row(published([], "2026-Q3", closed).so_far, "a former sector").received == 5


@st.composite
def known_lines(draw: st.DrawFn) -> list[tuple[Line, date]]:
    """Plans of a year with the days of their steps, and the day on which the lines know of each."""
    found = []
    for _ in range(draw(st.integers(0, 40))):
        day = ARRIVED + timedelta(days=draw(st.integers(0, 300)))
        steps = {"received": day}
        for step in ("accepted", "ended")[: draw(st.integers(0, 2))]:
            day += timedelta(days=draw(st.integers(0, 150)))
            steps[step] = day
        late = timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 100])))
        found.append((Line(draw(st.sampled_from(["electricity", "gas"])), steps), day + late))
    return found


@settings(max_examples=200, deadline=None)
@given(known_lines())
def test_every_act_is_published_once_however_late(known: list[tuple[Line, date]]) -> None:
    made: list[Publication] = []
    for quarter in ("2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4", "2028-Q1"):
        found = [line for line, since in known if since <= last_day(quarter)]
        made.append(published(found, quarter, made[-1] if made else None))
    counted = Counter((line.sector, step) for line, _ in known for step in line.steps)
    for (sector, step), count in counted.items():
        parts = [getattr(row(one.of.rows, sector), step) for one in made]
        assert all(part % FIVE == 0 and part >= 0 for part in parts)
        assert sum(parts) == getattr(row(made[-1].so_far, sector), step) == count - count % FIVE
    for one in made:
        assert all(row.received >= row.accepted >= row.accepted_within_30_days for row in one.so_far)


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


def shown(on: str | datetime = "2026-07-02", **query: str) -> Any:
    answer = get("/statistics", by=None, on=on, query=query or None)
    assert answer.status == 200, answer.text
    return answer.json


@pytest.mark.usefixtures("operator")
def test_anyone_reads_the_numbers_once_the_quarter_is_over() -> None:
    cases = [ended() for _ in range(5)]
    delivered(shuffled(events_of(*cases), 5))
    sweeps(noon("2026-06-30"))
    assert shown()["items"][0]["quarter"] == "2026-Q1"
    assert sweeps(noon("2026-07-01")) == {"batchItemFailures": []}
    newest = shown()["items"][0]
    assert (newest["quarter"], newest["published_on"]) == ("2026-Q2", "2026-07-01")
    for sector in ("electricity", ALL):
        (found,) = [row for row in newest["rows"] if row["sector"] == sector]
        numbers = {measure: found[measure] for measure in MEASURES if found[measure]}
        assert numbers == {
            "received": 5,
            "returned": 5,
            "accepted": 5,
            "accepted_within_7_days": 5,
            "accepted_within_14_days": 5,
            "accepted_within_30_days": 5,
            "extended": 5,
            "ended": 5,
            "ended_within_30_days": 5,
            "ended_within_60_days": 5,
            "ended_within_120_days": 5,
        }


@pytest.mark.usefixtures("operator")
def test_a_publication_stays_as_it_is_and_a_late_act_joins_the_next() -> None:
    cases = [ended() for _ in range(5)]
    bodies = events_of(*cases)
    delivered([body for body in bodies if cases[0] not in body])
    sweeps(noon("2026-07-01"))
    before = shown()["items"]
    delivered(bodies)
    sweeps(noon("2026-07-02"))
    assert shown()["items"] == before
    sweeps(noon("2026-10-01"))
    after = shown("2026-10-01")
    assert after["items"][1:] == before
    received = [{row["sector"]: row["received"] for row in item["rows"]} for item in after["items"]]
    assert [of["electricity"] for of in received[:2]] == [5, 0]


@pytest.mark.usefixtures("circle")
def test_two_sweeps_at_once_make_one_publication_of_each_quarter() -> None:
    with ThreadPoolExecutor(2) as both:
        list(both.map(statistics_store.publish, [noon("2026-07-01"), noon("2026-07-01")]))
    kept = [item["quarter"] for item in shown()["items"]]
    assert kept == ["2026-Q2", "2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2", "2025-Q1", *LAST_OF_2024]


@pytest.mark.usefixtures("circle")
def test_who_comes_second_goes_on_from_what_the_first_has_published() -> None:
    theirs = statistics.published("2024-Q2", lines(7, arrived=date(2024, 6, 1)), None, date(2024, 7, 1))
    ours = statistics.published("2024-Q2", [], None, date(2024, 7, 1))
    assert statistics_store.publications.keep(theirs) == theirs
    assert statistics_store.publications.keep(ours) == theirs


@pytest.mark.usefixtures("circle")
def test_reading_costs_one_query_however_many_quarters(calls: list[str]) -> None:
    for year in range(2034, 2055, 10):  # forty quarters in a sweep
        statistics_store.publish(noon(f"{year}-04-01"))
    calls.clear()
    page = shown("2054-04-01")
    assert calls == ["Query"]
    assert len(page["items"]) == PAGE
    quarters = []
    while page["items"]:
        quarters += [item["quarter"] for item in page["items"]]
        if page["next"] is None:
            break
        page = shown("2054-04-01", cursor=page["next"])
    assert quarters == sorted(quarters, reverse=True)
    assert (quarters[0], quarters[-1], len(quarters)) == ("2054-Q1", "2024-Q2", 120)


@pytest.mark.usefixtures("circle")
def test_a_sweep_with_nothing_to_publish_reads_once(calls: list[str]) -> None:
    statistics_store.publish(noon("2026-07-01"))
    calls.clear()
    statistics_store.publish(noon("2026-07-02"))
    assert calls == ["Query"]


@pytest.fixture
def calls(circle: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every call to AWS, in order."""
    import botocore.client

    made: list[str] = []
    real = botocore.client.BaseClient._make_api_call

    def recording(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        made.append(operation)
        return real(self, operation, arguments)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", recording)
    return made


@pytest.mark.usefixtures("circle")
def test_caches_keep_the_answer_until_there_is_another() -> None:
    statistics_store.publish(noon("2026-07-01"))
    first = get("/statistics", by=None)
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    again = get("/statistics", by=None, If_None_Match=first.headers["ETag"])
    assert (again.status, again.text) == (304, "")
    assert again.headers["ETag"] == first.headers["ETag"]
    statistics_store.publish(noon("2026-10-01"))
    assert get("/statistics", by=None, If_None_Match=first.headers["ETag"]).status == 200


@pytest.mark.usefixtures("circle")
@pytest.mark.parametrize("cursor", ["2026", "2026-Q5", "0" * 999, "STATISTICS#2026-Q2"])
def test_a_cursor_is_a_quarter(cursor: str) -> None:
    assert get("/statistics", by=None, query={"cursor": cursor}).code == "cursor_not_valid"


@pytest.mark.usefixtures("circle")
@pytest.mark.parametrize("on", ["2024-01-01", "2030-01-01", "2100-07-01", "9998-12-31"])
def test_any_year_has_its_statistics(on: str) -> None:
    statistics_store.publish(noon(on))
    oldest = shown(on, cursor="2024-Q3")["items"]
    assert [item["quarter"] for item in oldest] == (["2024-Q2"] if on > "2024-07" else [])


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
    statistics_store.keep(case, statistics_history(case)[:3])
    assert stored() == first


def statistics_history(case: str) -> Any:
    from services.infra_review.reactions import notifications

    return notifications.history(case)


def stored() -> list[tuple[str, int, str]]:
    from services.platform.cases.dynamo import CopyItem

    return [(item.sk, int(item.version), item.copy) for item in CopyItem.query("STATISTICS#2026-Q2")]

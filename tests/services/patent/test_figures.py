"""The published figures: flows of finished quarters in complete fives, and the stock that follows."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.patent import figures_store
from services.patent.figures import Event, Flows, Line, Publication, Stock, UnbalancedError, published
from services.platform.shared.publications import PAGE
from services.platform.shared.quarters import Quarter, following, last_day
from tests.services.patent.doors import aws, everything, send, sweep
from tests.services.patent.story import BENRISHI, CAO, INVENTOR, JPO, MAKER
from tests.services.patent.test_prior_confirmation import ASK
from tests.services.patent.world import CANARY, TAKEN, World, designated

__all__ = ["aws"]
SENT = date(2024, 6, 1)
DAY = timedelta(days=1)


def lines(of: int, name: str = "", **days: date) -> list[Line]:
    """So many applications about which the same happened on the same days."""
    return [Line(f"{name}{number}", days) for number in range(of)]  # type: ignore[arg-type]


def made(found: list[Line], quarter: Quarter = "2024-Q2", before: Publication | None = None) -> Publication:
    return published(quarter, found, before, last_day(quarter) + DAY)


def test_a_quarter_has_its_flows_and_what_they_leave_in_force() -> None:
    found = lines(10, "a", sent=SENT, designated=date(2024, 6, 20))
    found += lines(5, "b", sent=SENT, designated=date(2024, 6, 20), released=date(2024, 9, 1))
    found += lines(7, "c", confirmation_asked=date(2024, 6, 2)) + lines(5, "d", not_sent_notice=SENT)
    first = made(found)
    assert first.of.flows == Flows(sent=15, designated=15, confirmation_asked=5, not_sent_notice=5)
    second = made(found, "2024-Q3", first)
    assert second.of.flows == Flows(released=5)
    assert second.of.in_force == Stock(15, 0, 5, 10)


def test_a_single_designation_never_shows() -> None:
    four = lines(4, sent=SENT, designated=SENT)
    assert made(four).of.flows == Flows()
    assert made(four).of == made([]).of
    fifth = lines(5, sent=SENT, designated=SENT)
    assert made(fifth).of.in_force.closing == 5


def test_the_lines_of_an_application_s_cases_are_counted_as_one_application() -> None:
    review = [Line(str(number), {"designated": SENT}) for number in range(5)]
    held = [Line(str(number), {"released": SENT}) for number in range(5)]
    assert made(lines(5, sent=SENT) + review + held).of.in_force == Stock(0, 5, 5, 0)


def test_a_case_that_leaves_what_it_never_entered_is_found() -> None:
    with pytest.raises(UnbalancedError):
        made(lines(1, released=SENT))


@st.composite
def applications(draw: st.DrawFn) -> Line:
    """What may happen to an application as the law lets it go, with any days in order."""
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
    day = draw(st.dates(date(2024, 5, 1), date(2026, 1, 1)))
    days: dict[Event, date] = {}
    for event in draw(st.sampled_from(course)):
        days[event] = day
        day += timedelta(days=draw(st.integers(0, 300)))
    return Line("", days)


@settings(max_examples=200, deadline=None)
@given(st.lists(applications(), max_size=60))
def test_stock_is_flow_and_each_quarter_opens_with_what_the_last_one_left(drawn: list[Line]) -> None:
    found = [Line(str(number), line.days) for number, line in enumerate(drawn)]
    course: list[Publication] = []
    quarter = "2024-Q2"
    while quarter <= "2028-Q4":
        course.append(made(found, quarter, course[-1] if course else None))
        quarter = following(quarter)
    for before, after in pairwise(course):
        assert after.of.in_force.opening == before.of.in_force.closing
    for one in course:
        stock, flows = one.of.in_force, one.of.flows
        assert stock.closing == stock.opening + stock.entered - stock.left >= 0
        assert (stock.entered, stock.left) == (flows.designated, flows.released + flows.expired)
        for number in (*[getattr(flows, name) for name in Flows.__struct_fields__], stock.closing):
            assert number % 5 == 0
    for name in Flows.__struct_fields__:
        true = sum(name in line.days for line in found)
        assert sum(getattr(one.of.flows, name) for one in course) == true - true % 5


# ---- Through the doors ----


@pytest.fixture
def world(aws: None) -> World:
    return World()


def kept() -> dict[str, Any]:
    """The lines in the table, by their names' last part."""
    rows = [item for item in everything() if item["pk"]["S"].startswith("STATISTICS#2")]
    return {item["sk"]["S"].rpartition("#")[2]: item["copy"]["S"] for item in rows}


def test_the_cases_of_an_application_leave_a_line_each_that_says_days_and_nothing_else(world) -> None:
    _, _, held = designated(world)
    world.posts(f"/designations/{held}/release", {"reasons": CANARY}, CAO, "2026-07-01")
    found = kept()
    assert set(found) == {"first-review", "security-review", "designation"}
    assert '"days":{"sent":"2026-03-20"}' in found["first-review"]
    assert '"days":{"designated":"2026-06-01"}' in found["security-review"]
    assert '"days":{"released":"2026-07-01"}' in found["designation"]
    for line in found.values():
        assert CANARY not in line
        assert MAKER not in line


def test_an_application_withdrawn_during_its_review_has_ended_it_and_is_counted_once(world) -> None:
    first = world.posts("/first-reviews", TAKEN, JPO, "2026-02-10")["id"]
    world.posts(f"/first-reviews/{first}/send", {"reasons": CANARY}, JPO, "2026-03-20")
    gone = {"how": "withdrawn", "on": "2026-04-01"}
    world.posts(f"/first-reviews/{first}/record-end", gone, JPO, "2026-04-01")
    assert '"days":{"review_ended":"2026-04-01"}' in kept()["security-review"]


def test_a_confirmation_is_counted_when_it_is_asked_for(world) -> None:
    world.posts("/prior-confirmations", msgspec.to_builtins(ASK), INVENTOR, "2026-04-02")
    assert "confirmation_asked" in kept()["prior-confirmation"]


def test_anyone_reads_the_figures_and_a_quarter_once_published_is_kept(world) -> None:
    assert send("GET", "/statistics", by=None, on="2026-06-30").json["items"] == []
    designated(world)
    sweep("2026-07-01")
    page = send("GET", "/statistics", by=None, on="2026-07-01")
    assert page.status == 200
    assert page.json["counted_in"] == 5
    assert len(page.json["items"]) == 9
    assert page.json["items"][0]["flows"] == dict.fromkeys(Flows.__struct_fields__, 0)
    sweep("2026-07-02")
    again = send("GET", "/statistics", by=None, on="2026-07-02")
    assert again.text == page.text
    seen = send("GET", "/statistics", by=None, on="2026-07-02", If_None_Match=again.headers["ETag"])
    assert (seen.status, seen.text) == (304, "")


def test_five_designations_show_as_five(world) -> None:
    for number in range(5):
        for case, days in (("first-review", {"sent": SENT}), ("security-review", {"designated": SENT})):
            line = Line(f"first-review-{number}", days)  # type: ignore[arg-type]
            figures_store.publications.keep_line(SENT, f"{line.of}#{case}", line, 1)
    sweep("2026-04-01")
    page = send("GET", "/statistics", by=BENRISHI, on="2026-04-01").json
    assert page["so_far"]["designated"] == 5
    assert page["items"][0]["in_force"]["closing"] == 5
    assert len(page["items"]) == min(PAGE, 8)

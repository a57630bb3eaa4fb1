"""Statistics of plans: in complete fives, once a quarter, and nothing to be learnt from two publications."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.supply.statistics import MEASURES, STEPS, Line, Publication, published
from tests.services.supply.doors import aws
from tests.services.supply.story import World

__all__ = ["aws"]
FIRST, SECOND = "2026-Q2", "2026-Q3"


def lines(count: int, material: str = "storage_batteries", step: str = "certified") -> list[Line]:
    day = date(2026, 5, 1)
    steps = {"received": day, step: day + timedelta(days=40)}
    return [Line(material, "funds_below_1_billion", False, steps) for _ in range(count)]


def row(made: Publication, material: str = "storage_batteries") -> dict[str, int]:
    (found,) = [one for one in made.of.rows if one.material == material]
    return {name: getattr(found, name) for name in MEASURES if getattr(found, name)}


def test_what_is_below_five_waits_for_a_later_quarter() -> None:
    first = published(FIRST, lines(4), None, date(2026, 7, 1))
    assert row(first) == {}
    second = published(SECOND, lines(9), first, date(2026, 10, 1))
    assert row(second)["received"] == 5


def test_days_to_decision_and_bands_of_funds_are_counted() -> None:
    found = row(published(FIRST, lines(10), None, date(2026, 7, 1)))
    assert found == {
        "received": 10,
        "certified": 10,
        "decided_within_62_days": 10,
        "decided_within_93_days": 10,
        "funds_below_1_billion": 10,
    }


@given(st.integers(0, 30), st.integers(0, 30), st.sampled_from(sorted(set(STEPS.values()) - {"received"})))
def test_no_cell_and_no_difference_of_publications_is_between_one_and_four(
    before: int, more: int, step: str
) -> None:
    first = published(FIRST, lines(before, step=step), None, date(2026, 7, 1))
    second = published(SECOND, lines(before + more, step=step), first, date(2026, 10, 1))
    for made in (first, second):
        for one in (*made.of.rows, *made.so_far):
            assert all(getattr(one, name) % 5 == 0 for name in MEASURES)


@pytest.mark.usefixtures("aws")
def test_a_certified_plan_waits_among_the_figures_until_there_are_five() -> None:
    world = World()
    world.certified()
    world.passes("2026-07-01")
    told = world.gets("/statistics", None, "2026-07-02")
    assert told["items"][0]["quarter"] == "2026-Q2"
    assert all(one["received"] == 0 for one in told["items"][0]["rows"])

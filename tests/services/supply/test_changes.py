"""Minor changes and those to be certified first: Art. 10(1), and each ministry's own list of minor ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.supply.orders import orders
from services.supply.plans.changes import abs_within, classified
from services.supply.plans.model import Plan
from tests.services.supply.story import participant, plan

METI, MAFF, MLIT = (orders()[f"supply_plan_{one}"] for one in ("meti", "maff", "mlit"))


def of(told: dict[str, Any]) -> Plan:
    return msgspec.convert(told, Plan)


BEFORE = of(plan())


def kind(after: dict[str, Any], order: Any = METI) -> str | None:
    found = classified(BEFORE, of(after), order)
    return found.kind if found else None


def with_funds(add: int, subsidy: int = 0) -> dict[str, Any]:
    told = plan()
    told["uses"][0]["yen"] += add + subsidy
    told["sources"][0]["yen"] += add
    told["sources"][2]["yen"] += subsidy
    return told


def test_nothing_changed_is_no_change() -> None:
    assert kind(plan()) is None


def test_name_address_and_representative_are_minor() -> None:
    assert kind(plan(participant(name="New Works", address="大阪市", representative="次郎"))) == "minor"


@pytest.mark.parametrize(("add", "expected"), [(399_999_999, "minor"), (400_000_000, "certification_first")])
def test_funds_are_minor_below_ten_per_cent_either_way(add: int, expected: str) -> None:
    assert kind(with_funds(add)) == expected
    assert kind(with_funds(-add)) == expected


def test_a_change_of_the_subsidy_is_never_minor() -> None:
    assert kind(with_funds(0, subsidy=1)) == "certification_first"


def test_fertilizer_has_no_six_months() -> None:
    told = plan()
    told["efforts"][0]["ends_on"] = "2028-04-30"
    assert kind(told) == "minor"
    assert kind(told, MAFF) == "minor_if_of_no_substance"


@pytest.mark.parametrize(
    ("order", "article"),
    [(METI, "METI Order 3 of 2023, Art. 6(1)(ii)"), (MLIT, "MLIT Order 93 of 2022, Art. 7(1)(ii)")],
)
def test_each_order_is_cited_by_its_own_number(order: Any, article: str) -> None:
    told = plan()
    told["efforts"][0]["ends_on"] = "2028-04-30"
    found = classified(BEFORE, of(told), order)
    assert found is not None
    assert [one.article for one in found.findings] == [article]


def test_other_participants_change_whose_certification_it_is() -> None:
    assert kind(plan(participant("4010001000003"))) == "certification_first"


def test_what_only_a_person_can_judge_is_minor_if_of_no_substance() -> None:
    assert kind(plan(target="Double it by March 2028, as planned.")) == "minor_if_of_no_substance"


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_six_months_are_the_same_forwards_and_backwards(day: date, days: int) -> None:
    other = date.fromordinal(day.toordinal() + days)
    assert abs_within(day, other, 6) == abs_within(other, day, 6)
    if days <= 180:
        assert abs_within(day, other, 6)
    if days > 184:
        assert not abs_within(day, other, 6)


def test_six_months_from_the_end_of_august_end_with_february() -> None:
    assert abs_within(date(2026, 8, 31), date(2027, 2, 28), 6)
    assert not abs_within(date(2026, 8, 31), date(2027, 3, 1), 6)

"""The plan filed again after a recommendation (Art. 52(8)): what of it can be computed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from services.infra_review.plan.model import Place, Plan
from services.infra_review.plan.refiling import refiled
from tests.services.infra_review.plan.plans import ANY_PLAN, CONTRACTOR, EXAMPLE, SUPPLIER, put, without


def test_the_identical_plan_is_no_plan_with_the_recommended_change() -> None:
    same = refiled(EXAMPLE, EXAMPLE)
    assert (same.why_not, same.changed) == ("unchanged", ())


def test_newer_papers_alone_do_not_make_another_plan() -> None:
    newer = put(EXAMPLE, f"{SUPPLIER}/registry/made_on", date(2026, 5, 1))
    newer = without(newer, f"{CONTRACTOR}/officers/0/identity")
    assert refiled(EXAMPLE, newer).why_not == "unchanged"


def test_measures_in_another_order_are_the_same_measures() -> None:
    assert refiled(EXAMPLE, replace(EXAMPLE, measures=EXAMPLE.measures[::-1])).why_not == "unchanged"


def test_a_plan_for_another_business_complies_with_nothing() -> None:
    other = put(replace(EXAMPLE, business="generation"), "/equipment/kind", "output_control")
    assert refiled(EXAMPLE, other).why_not == "another_business"


def test_a_plan_for_another_kind_of_equipment_complies_with_nothing() -> None:
    assert refiled(EXAMPLE, put(EXAMPLE, "/equipment/kind", "grid_control")).why_not == "another_equipment"


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/equipment/name", "別の製品"),
        (f"{SUPPLIER}/name", "別の株式会社"),
        ("/introduction/factories", (Place("JP", "長野県"), Place("SE", "Gothenburg"))),
        (f"{CONTRACTOR}/representative", "小島 早苗"),
    ],
)
def test_where_it_was_changed_is_told_for_the_ministry_to_find_whether_it_is_the_change(
    pointer: str, value: object
) -> None:
    found = refiled(EXAMPLE, put(EXAMPLE, pointer, value))
    assert found.why_not is None
    assert found.changed == (pointer,)
    assert all(one.message and one.message_ja for one in found.differences)


def test_giving_up_one_part_of_the_plan_is_a_change_too() -> None:
    found = refiled(EXAMPLE, replace(EXAMPLE, outsourcing=None))
    assert (found.why_not, found.changed) == (None, ("/outsourcing",))


@given(ANY_PLAN, ANY_PLAN)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_refusal_has_a_reason_and_a_change_has_a_place(one: Plan, two: Plan) -> None:
    assert refiled(one, one).why_not == "unchanged"
    found = refiled(one, two)
    if found.why_not is None:
        assert found.changed
        assert one.business == two.business

"""Small and medium enterprises: Art. 26 and Cabinet Order Art. 5, by capital or by employees."""

from __future__ import annotations

from typing import Any

import pytest

from services.supply import sme
from services.supply.sme import Enterprise

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("industry", "capital", "employees", "article"),
    [
        ("manufacturing_and_others", 300, 300, "26(i)"),
        ("wholesale", 100, 100, "26(ii)"),
        ("services", 50, 100, "26(iii)"),
        ("retail", 50, 50, "26(iv)"),
        ("rubber", 300, 900, "26(v); Cabinet Order 394 of 2022, Art. 5(1)"),
        ("software", 300, 300, "26(v); Cabinet Order 394 of 2022, Art. 5(1)"),
        ("inns", 50, 200, "26(v); Cabinet Order 394 of 2022, Art. 5(1)"),
    ],
)
def test_a_company_is_one_by_either_number(industry: Any, capital: int, employees: int, article: str) -> None:
    at_most = capital * MILLION
    assert sme.tested(Enterprise("company", industry, employees + 1, at_most)).small_or_medium
    assert sme.tested(Enterprise("company", industry, employees, at_most + 1)).small_or_medium
    neither = sme.tested(Enterprise("company", industry, employees + 1, at_most + 1))
    assert (neither.small_or_medium, neither.article, neither.effects) == (False, article, ())


def test_an_individual_is_one_by_its_employees_alone() -> None:
    assert sme.tested(Enterprise("individual", "retail", 50)).small_or_medium
    assert not sme.tested(Enterprise("individual", "retail", 51, 1)).small_or_medium


def test_a_cooperative_is_one_whatever_its_size_and_a_medical_corporation_up_to_three_hundred() -> None:
    assert sme.tested(Enterprise("listed_cooperative", "services", 5000)).small_or_medium
    assert sme.tested(Enterprise("medical_corporation", "services", 300)).small_or_medium
    assert not sme.tested(Enterprise("medical_corporation", "services", 301)).small_or_medium


def test_what_it_brings_is_told_with_its_articles() -> None:
    found = sme.tested(Enterprise("company", "retail", 10))
    assert [one.article for one in found.effects] == [
        "27(1)",
        "28(1)",
        "28(2), (3)",
        "28(4)",
        "28(5); Cabinet Order 394 of 2022, Art. 6",
    ]

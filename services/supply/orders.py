"""The five ministries' orders on supply plans, as data: each rule is cited by its own order's number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import msgspec

from services.platform.law.procedure import Refusal
from services.platform.law.values import Value
from services.statute import Deadline, period
from services.statute.lists import Material, listed


class Order(Value):
    """One ministry's order: whose, since when, and in which of its articles what stands."""

    id: str
    cite: str
    ministries: tuple[str, ...]
    since: date
    source: str
    period: str
    articles: Mapping[str, str]
    measures: Mapping[str, str]
    papers: Mapping[str, str]
    agencies_too: bool
    """Whether it speaks of notices to independent administrative agencies, and of their subsidies."""
    foreign_licences: bool
    """Whether licences under the laws of other countries are to be shown too."""
    orders_period: str | None = None

    def article(self, of: str) -> str:
        """Where it says something, cited whole: `METI Order 3 of 2023, Art. 6(1)(ii)`."""
        return f"{self.cite}, Art. {self.articles[of]}"

    def has(self, of: str) -> bool:
        """Whether it says that at all."""
        return of in self.articles

    def target(self, filed_on: date) -> Deadline:
        """By when a plan filed on a day is to be decided on in principle (原則として一月以内)."""
        # Each ministry's own words for the day that starts it are in the period's record.
        record = period(self.period, filed_on)
        return (record.of_order(self.orders_period) if self.orders_period else record).starting(filed_on)


@cache
def orders() -> Mapping[str, Order]:
    """Every order by its id."""
    from services.supply.data_files import read

    return {one["id"]: msgspec.convert(one, Order) for one in read("orders")["order"]}


@cache
def _order_ids() -> Mapping[str, str]:
    from services.statute.data_files import read_toml

    return {one["id"]: one["order"] for one in read_toml("lists", "critical_materials.toml")["entry"]}


def order_of(material: str) -> Order:
    """The order under which plans for a material are filed. Raises the refusal `no_such_material`."""
    found = _order_ids().get(material)
    if found is None:
        raise Refusal("no_such_material", "7", material=material)
    return orders()[found]


def material_on(material: str, day: date) -> Material:
    """The material as designated on a day (Art. 7). Raises the refusal `no_such_material`."""
    for one in listed("critical_materials", day):
        if one.id == material and isinstance(one, Material):
            return one
    raise Refusal("no_such_material", "7", material=material)

"""The technology fields of Art. 66(1) (特定技術分野) as dated tables: each version of Cabinet Order 12."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

import msgspec

from services.patent.data_files import read
from services.platform.law.values import Value, field
from services.statute import Refused

About = Literal["uranium_or_plutonium", "quantum_dot_or_superlattice"]
"""What the inventions of an item must besides concern (のうち … に関するもの)."""
Requirement = Literal[
    "defence_or_military_use",
    "filed_by_the_state_alone",
    "commissioned_and_left",
    "commissioned_and_taken_in_part",
]
"""The additional requirements (付加要件) of Cabinet Order Art. 12(3), of which one is enough."""


class Effective(Value):
    """From which day a row is law, and to which; both days included."""

    since: date = field(name="from")
    to: date | None = None

    def on(self, day: date) -> bool:
        """Whether the row is law on that day."""
        return self.since <= day and (self.to is None or day <= self.to)


class Item(Value):
    """A row of Cabinet Order Art. 12(1): an item, or of an item that Art. 12(2) splits, one part."""

    number: int
    field: int
    """The field of the 25 it is presented as."""
    all_of: tuple[tuple[str, ...], ...]
    """Each list must be met (かつ), by a symbol in one of its places (又は)."""
    requirement: bool
    """Whether Art. 12(2) names it, so that an additional requirement must be met too."""
    effective: Effective
    text: str
    about: About | None = None
    part: str = ""
    rewrites: tuple[int, ...] = ()
    """Items of the version before that it states anew in other symbols."""

    @property
    def article(self) -> str:
        """Where the order lists it."""
        return f"66(1); Cabinet Order 394 of 2022, Art. 12(1)({self.number})"


class Field(Value):
    """One of the 25 fields the items are presented as."""

    number: int
    en: str
    ja: str
    name_from: str


class RequirementText(Value):
    """An additional requirement in the order's words."""

    code: Requirement
    article: str
    en: str
    ja: str


class Tables(Value):
    """The items in force from the day `since` until the next amendment."""

    since: date
    items: tuple[Item, ...]

    def item(self, number: int) -> tuple[Item, ...]:
        """The rows of one item."""
        return tuple(item for item in self.items if item.number == number)


@cache
def versions() -> tuple[Tables, ...]:
    """Every version of the tables, oldest first."""
    items = msgspec.convert(read("technology_items")["item"], tuple[Item, ...])
    days = sorted({item.effective.since for item in items})
    return tuple(Tables(day, tuple(item for item in items if item.effective.on(day))) for day in days)


def tables(on: date) -> Tables:
    """The tables in force on a day; refused before the chapter was in force."""
    for version in reversed(versions()):
        if version.since <= on:
            return version
    first = versions()[0].since
    raise Refused("not_in_force", "66(1)", name="technology fields", day=on.isoformat(), since=first)


@cache
def fields() -> dict[int, Field]:
    """The 25 fields by number."""
    return {one.number: one for one in msgspec.convert(read("technology_fields")["field"], list[Field])}


@cache
def requirements() -> dict[str, RequirementText]:
    """The additional requirements by code."""
    rows = msgspec.convert(read("additional_requirement")["requirement"], list[RequirementText])
    return {row.code: row for row in rows}

"""What an amendment changed in the tables of Chapter 3 between two days: sectors, criteria, equipment.

Computed from the dated tables themselves, so that it cannot say anything else than what is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, Protocol, TypeVar

from services.infra_review import orders
from services.infra_review.orders import Amendment
from services.infra_review.sectors import Business, Criterion, EquipmentKind, Sector, sectors
from services.platform.law.values import Value

What = Literal["sector", "business", "criterion", "equipment", "component", "important_work"]
How = Literal["came", "went", "reworded", "renumbered", "other_ministry"]


class Named(Protocol):
    """What a table lists by an id, in two languages."""

    @property
    def id(self) -> str:
        """Its id, the same on every day."""

    @property
    def en(self) -> str:
        """Its words."""

    @property
    def ja(self) -> str:
        """The same in Japanese."""


R = TypeVar("R", bound=Named)


class Alteration(Value):
    """One record that is not what it was: its words in Japanese, its item or ministry, before and after."""

    what: What
    how: How
    path: str
    """Ids from the sector down: `road_freight/general_motor_truck/cargo_tracking`."""
    before: str = ""
    after: str = ""


class Amended(Value):
    """What differs between the law of two days, and the amendments that took effect in between."""

    alterations: tuple[Alteration, ...]
    amendments: tuple[Amendment, ...]

    def of(self, *path: str) -> tuple[Alteration, ...]:
        """The alterations at or below a path of ids."""
        start = "/".join(path)
        return tuple(one for one in self.alterations if one.path == start or one.path.startswith(f"{start}/"))


def amended(before: date, after: date) -> Amended:
    """Everything that differs between the law of the two days, in the order of Art. 50(1)."""
    old = {one.id: one for one in sectors(before)}
    new = {one.id: one for one in sectors(after)}
    found: list[Alteration] = []
    for sector_id in dict.fromkeys((*old, *new)):
        found += _sector(old.get(sector_id), new.get(sector_id))
    return Amended(tuple(found), orders.amendments(before, after))


def _sector(old: Sector | None, new: Sector | None) -> Iterator[Alteration]:
    if old is None or new is None:
        yield from _presence("sector", "", old, new)
        return
    for before, after in ((old.item, new.item), (old.order_item, new.order_item)):
        if before != after:
            yield Alteration("sector", "renumbered", old.id, before, after)
    if old.ministry != new.ministry:
        yield Alteration("sector", "other_ministry", old.id, old.ministry, new.ministry)
    for was, becomes in _paired(old.businesses, new.businesses):
        yield from _business(old.id, was, becomes)
    works = {one.kind: one for one in old.important_work}, {one.kind: one for one in new.important_work}
    for kind in dict.fromkeys((*works[0], *works[1])):
        if (kind in works[0]) != (kind in works[1]):
            how: How = "came" if kind in works[1] else "went"
            yield Alteration("important_work", how, f"{old.id}/{kind}")


def _business(above: str, old: Business | None, new: Business | None) -> Iterator[Alteration]:
    if old is None or new is None:
        yield from _presence("business", above, old, new)
        return
    here = f"{above}/{old.id}"
    for was, becomes in _paired(old.criteria, new.criteria):
        yield from _record("criterion", here, was, becomes)
    for kind, kind_now in _paired(old.equipment, new.equipment):
        yield from _record("equipment", here, kind, kind_now)
        if kind is not None and kind_now is not None:
            for part, part_now in _paired(kind.components, kind_now.components):
                yield from _presence("component", f"{here}/{kind.id}", part, part_now)


def _record(
    what: What, above: str, old: Criterion | EquipmentKind | None, new: Criterion | EquipmentKind | None
) -> Iterator[Alteration]:
    if old is None or new is None:
        yield from _presence(what, above, old, new)
        return
    here = f"{above}/{old.id}"
    if old.item != new.item:
        yield Alteration(what, "renumbered", here, old.item, new.item)
    if _substance(old) != _substance(new):
        yield Alteration(what, "reworded", here, old.ja, new.ja)


def _substance(record: Criterion | EquipmentKind) -> tuple[object, ...]:
    if isinstance(record, Criterion):
        return record.en, record.ja, record.thresholds
    return record.en, record.ja, tuple((one.en, one.ja) for one in record.functions)


def _presence(what: What, above: str, old: Named | None, new: Named | None) -> Iterator[Alteration]:
    it = old or new
    if it is not None and (old is None or new is None):
        path = f"{above}/{it.id}" if above else it.id
        yield Alteration(
            what, "came" if old is None else "went", path, *((it.ja, "") if old else ("", it.ja))
        )


def _paired(old: Iterable[R], new: Iterable[R]) -> Iterator[tuple[R | None, R | None]]:
    was, becomes = {one.id: one for one in old}, {one.id: one for one in new}
    for key in dict.fromkeys((*was, *becomes)):
        yield was.get(key), becomes.get(key)

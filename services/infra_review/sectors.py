"""The sectors of Art. 50(1) as dated data: businesses, ministries, criteria and equipment.

The table says what the orders say; whether an operator meets a criterion is the official's decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from services.platform.law.values import Value

_DATA = Path(__file__).parent / "data"


class UnknownSectorError(LookupError):
    """No sector of that id is in force; `code` is stable, and the text says what can be asked for instead."""

    def __init__(self, code: str, sector_id: str, on: date, because: str) -> None:
        super().__init__(because)
        self.code = code
        self.article = "50(1)"
        self.facts = {"sector": sector_id, "on": on.isoformat()}


class Threshold(Value):
    """A figure of a criterion: `measure` is met from `at_least` `unit` up (`over` it, when `strictly`)."""

    measure: str
    at_least: int
    unit: str
    strictly: bool = False


class Criterion(Value):
    """A designation criterion (指定基準): met when all its figures are; of several, one is enough."""

    id: str
    en: str
    ja: str
    thresholds: tuple[Threshold, ...] = ()


class ComponentKind(Value):
    """A kind of component equipment (構成設備)."""

    id: str
    en: str
    ja: str


class EquipmentKind(Value):
    """A kind of specified critical equipment (特定重要設備), with the component equipment listed for it."""

    id: str
    en: str
    ja: str
    item: str = ""
    """Where the order lists it."""
    components: tuple[ComponentKind, ...] = ()
    listed_from: date | None = None
    """The day a change of the order brought it (53(2)); None when it was listed from the first."""
    maintenance_listed_from: date | None = None
    """The day a change of the order made its maintenance important (53(3)); None when it always was."""
    operation_listed_from: date | None = None
    """The same of its operation."""

    def work_listed_from(self, kinds: Iterable[str]) -> date | None:
        """The day from which work of these kinds is newly important; None when any was from the first."""
        since: list[date | None] = [getattr(self, f"{kind}_listed_from") for kind in kinds]
        days = [day for day in since if day is not None]
        return min(days) if days and len(days) == len(since) else None


class Business(Value):
    """A kind of business (特定社会基盤事業の種類) within a sector."""

    id: str
    en: str
    ja: str
    criteria: tuple[Criterion, ...] = ()
    equipment: tuple[EquipmentKind, ...] = ()


class Sector(Value):
    """One sector as it stands on one day."""

    id: str
    en: str
    ja: str
    item: str
    """Item of Art. 50(1), in the numbering of the day."""
    order_item: str
    """Item of Cabinet Order Art. 9, in the numbering of the day."""
    ministries: tuple[str, ...]
    """Codes of the ministries with jurisdiction (Art. 86(2)); several when it is joint."""
    order: str
    """Address of the ministerial order; empty where it was not read."""
    businesses: tuple[Business, ...]
    confidence: str
    effective_from: date
    effective_to: date | None = None
    note: str = ""

    @property
    def equipment(self) -> tuple[EquipmentKind, ...]:
        """Every kind of equipment of its businesses."""
        return tuple(kind for business in self.businesses for kind in business.equipment)

    def business(self, business_id: str) -> Business | None:
        """The business of that id, if the sector has it."""
        return next((business for business in self.businesses if business.id == business_id), None)


def sector(sector_id: str, on: date) -> Sector:
    """The sector of that id as in force `on`.

    Raises `UnknownSectorError`: `sector_unknown`, or `sector_not_in_force` when that day's law lacks it.
    """
    entry = _table().get(sector_id)
    if entry is None:
        known = ", ".join(one.id for one in sectors(on))
        raise UnknownSectorError(
            "sector_unknown", sector_id, on, f"No sector {sector_id!r}. In force on {on}: {known}."
        )
    found = _at(entry, on)
    if found is None:
        because = f"{entry['en']} is not in force on {on}. {entry.get('note', '')}".strip()
        raise UnknownSectorError("sector_not_in_force", sector_id, on, because)
    return found


def sectors(on: date) -> tuple[Sector, ...]:
    """Every sector in force `on`, in the order of Art. 50(1)."""
    return tuple(found for entry in _table().values() if (found := _at(entry, on)) is not None)


def business_in_force(business_id: str, on: date) -> Business | None:
    """The kind of business of that id, if a sector in force `on` has it."""
    return next((found for one in sectors(on) if (found := one.business(business_id)) is not None), None)


def sector_of(business_id: str, on: date) -> Sector | None:
    """The sector in force `on` to which the kind of business belongs."""
    return next((one for one in sectors(on) if one.business(business_id) is not None), None)


@cache
def _table() -> dict[str, dict[str, Any]]:
    """Every entry by id, from `sectors*.toml` in the order of the items."""
    import tomllib  # only what asks for a sector pays for the parser

    entries: list[dict[str, Any]] = []
    for file in sorted(_DATA.glob("sectors*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        entries += (
            {**entry, "component_kinds": table.get("component_kinds", {})} for entry in table["sector"]
        )
    return {entry["id"]: entry for entry in sorted(entries, key=lambda entry: int(entry["rank"]))}


def _at(entry: dict[str, Any], on: date) -> Sector | None:
    """The sector as it stands `on`: of each dated attribute, the version of that day."""
    if not entry.get("in_force", True):
        return None
    version: dict[str, Any] | None = next((v for v in entry["version"] if _in_force(v, on)), None)
    return None if version is None else _listed(_sector(entry["id"], version["from"]), on)


def _listed(found: Sector, on: date) -> Sector:
    """The sector without the equipment that a later change of its order brings."""
    if all(kind.listed_from is None or kind.listed_from <= on for kind in found.equipment):
        return found

    def by_then(business: Business) -> Business:
        kinds = [k for k in business.equipment if k.listed_from is None or k.listed_from <= on]
        return replace(business, equipment=tuple(kinds))

    return replace(found, businesses=tuple(by_then(business) for business in found.businesses))


def _in_force(version: dict[str, Any], on: date) -> bool:
    return bool(version["from"] <= on <= version.get("to", date.max))


@cache
def _sector(sector_id: str, since: date) -> Sector:
    entry = _table()[sector_id]
    version = next(v for v in entry["version"] if v["from"] == since)
    return Sector(
        id=sector_id,
        en=entry["en"],
        ja=entry["ja"],
        item=version["item"],
        order_item=version["order_item"],
        ministries=tuple(version["ministries"]),
        order=version.get("order", ""),
        businesses=tuple(_business(one, entry["component_kinds"]) for one in entry["business"]),
        confidence=entry["confidence"],
        effective_from=entry["version"][0]["from"],
        effective_to=entry["version"][-1].get("to"),
        note=entry.get("note", ""),
    )


def _business(entry: dict[str, Any], kinds: dict[str, dict[str, str]]) -> Business:
    def equipment(kind: dict[str, Any]) -> EquipmentKind:
        components = tuple(ComponentKind(one, **kinds[one]) for one in kind.get("components", ()))
        return EquipmentKind(**{**kind, "components": components})

    return Business(
        id=entry["id"],
        en=entry["en"],
        ja=entry["ja"],
        criteria=tuple(_criterion(one) for one in entry.get("criterion", ())),
        equipment=tuple(equipment(kind) for kind in entry.get("equipment", ())),
    )


def _criterion(entry: dict[str, Any]) -> Criterion:
    figures = tuple(Threshold(**one) for one in entry.get("thresholds", ()))
    return Criterion(entry["id"], entry["en"], entry.get("ja", ""), figures)

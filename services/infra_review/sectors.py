"""The sectors of Art. 50(1) as dated data: businesses, ministries, criteria and equipment, as of any day.

The table says what the Act, the Cabinet Order and the ministries' orders say; whether an operator meets a
criterion is the official's decision. Each record has the days between which its text and its item hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from services.infra_review import orders
from services.infra_review.sector_records import (
    Business,
    ComponentKind,
    Criterion,
    EquipmentKind,
    Sector,
    Threshold,
    Words,
)

__all__ = [
    "Business",
    "ComponentKind",
    "Criterion",
    "EquipmentKind",
    "Sector",
    "Threshold",
    "UnknownSectorError",
    "Words",
    "business_in_force",
    "ministry_of",
    "sector",
    "sector_of",
    "sectors",
]

_DATA = Path(__file__).parent / "data"
_FILES = "sectors*.toml"


class UnknownSectorError(LookupError):
    """No sector of that id is in force; `code` is stable, and the text says what can be asked for instead."""

    def __init__(self, code: str, sector_id: str, on: date, because: str) -> None:
        super().__init__(because)
        self.code = code
        self.article = "50(1)"
        self.facts = {"sector": sector_id, "on": on.isoformat()}


def sector(sector_id: str, on: date) -> Sector:
    """The sector of that id as in force `on`.

    Raises `UnknownSectorError`: `sector_unknown`, or `sector_not_in_force` when that day's law lacks it.
    """
    entry = _named(sector_id, _DATA)
    if entry is None or entry["id"] != sector_id:
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
    found = sector_of(business_id, on)
    return found.business(business_id) if found else None


def sector_of(business_id: str, on: date) -> Sector | None:
    """The sector in force `on` to which the kind of business belongs."""
    entry = _named(business_id, _DATA)
    found = _at(entry, on) if entry else None
    return found if found and found.business(business_id) else None


def ministry_of(business_id: str | None, on: date | None = None) -> str:
    """The ministry whose order governs the business `on` that day, or by the newest law; empty if none."""
    found = sector_of(business_id or "", on or date.max)
    return found.ministry if found else ""


# ---- Reading the tables ----


@cache
def _table() -> dict[str, dict[str, Any]]:
    """Every entry by id, from `sectors*.toml` in the order of the items."""
    entries = [entry for file in _texts(_DATA) for entry in _parsed(file)]
    return {entry["id"]: entry for entry in sorted(entries, key=lambda entry: int(entry["rank"]))}


@lru_cache(maxsize=256)
def _named(name: str, folder: Path) -> dict[str, Any] | None:
    """The entry of the sector, or of the kind of business, of that id; only its own file is parsed."""
    found = (entry for file, text in _texts(folder).items() if f'"{name}"' in text for entry in _parsed(file))
    return next((one for one in found if name in (one["id"], *(it["id"] for it in one["business"]))), None)


@cache
def _texts(folder: Path) -> dict[Path, str]:
    return {file: file.read_text(encoding="utf-8") for file in sorted(folder.glob(_FILES))}


@cache
def _parsed(file: Path) -> tuple[dict[str, Any], ...]:
    import tomllib  # only what asks for a sector pays for the parser

    table = tomllib.loads(_texts(file.parent)[file])
    shared = {key: table.get(key, {}) for key in ("component_kinds", "component_limits")}
    return tuple({**entry, **shared, "turns": _turns(entry)} for entry in table["sector"])


def _at(entry: dict[str, Any], on: date) -> Sector | None:
    """The sector as it stands `on`: of each dated record, the version of that day."""
    if not entry.get("in_force", True) or not any(_in_force(version, on) for version in entry["version"]):
        return None
    return _sector(entry["id"], max(day for day in entry["turns"] if day <= on))


def _turns(entry: dict[str, Any]) -> frozenset[date]:
    """The days on which anything in a sector's entry begins to hold or has ceased to."""

    def days(it: Any) -> Iterator[date]:
        if isinstance(it, list):
            for one in it:
                yield from days(one)
        elif isinstance(it, dict):
            for key, value in it.items():
                if key == "to":
                    yield value + timedelta(days=1)
                elif isinstance(value, date):
                    yield value
                else:
                    yield from days(value)

    return frozenset(days(entry)) | orders.turning_days()


def _in_force(record: dict[str, Any], on: date) -> bool:
    since = record.get("from", record.get("listed_from", date.min))
    return bool(since <= on <= record.get("to", date.max) and record.get("listed_from", date.min) <= on)


@cache
def _sector(sector_id: str, on: date) -> Sector:
    entry = _named(sector_id, _DATA)
    assert entry is not None  # it was found a moment ago
    version = next(one for one in entry["version"] if _in_force(one, on))
    ministry = "+".join(version["ministries"])
    return Sector(
        id=sector_id,
        en=entry["en"],
        ja=entry["ja"],
        item=version["item"],
        order_item=version["order_item"],
        ministries=tuple(version["ministries"]),
        order=orders.orders()[ministry].source,
        businesses=tuple(_business(one, entry, version, on) for one in entry["business"]),
        confidence=version.get("confidence", "read in full"),
        effective_from=entry["version"][0]["from"],
        effective_to=entry["version"][-1].get("to"),
        note=entry.get("note", ""),
        important_work=orders.important_work(ministry, on),
    )


def _business(entry: dict[str, Any], sector: dict[str, Any], version: dict[str, Any], on: date) -> Business:
    holding = [
        [one for one in entry.get(kind, ()) if _in_force(one, on)] for kind in ("criterion", "equipment")
    ]
    first = sector["version"][0]["from"]
    at = version.get("at", "")
    return Business(
        id=entry["id"],
        en=entry["en"],
        ja=entry["ja"],
        criteria=tuple(_criterion(one, first, at) for one in holding[0]),
        equipment=tuple(_equipment(one, sector, first, at, on) for one in holding[1]),
    )


def _criterion(entry: dict[str, Any], first: date, at: str) -> Criterion:
    return Criterion(
        id=entry["id"],
        en=entry["en"],
        ja=entry.get("ja", ""),
        thresholds=tuple(Threshold(**one) for one in entry.get("thresholds", ())),
        item=entry.get("item", "").replace("{at}", at),
        effective_from=entry.get("from", first),
        effective_to=entry.get("to"),
    )


def _equipment(
    entry: dict[str, Any], sector: dict[str, Any], first: date, at: str, on: date
) -> EquipmentKind:
    limit = sector["component_limits"].get(entry.get("components_limit"))
    counts = entry.get("components_from", orders.plan_articles_from()) <= on
    work = {one.kind: one.listed_from for one in orders.important_work("+".join(_ministries(sector, on)), on)}
    return EquipmentKind(
        id=entry["id"],
        en=entry["en"],
        ja=entry["ja"],
        item=entry.get("item", "").replace("{at}", at),
        functions=tuple(
            Words(one["en"], one["ja"], one["item"].replace("{at}", at)) for one in entry.get("functions", ())
        ),
        criterion=entry.get("criterion", ""),
        components=tuple(_components(entry, sector, at)) if counts else (),
        components_limit=Words(**limit) if limit and counts else None,
        listed_from=entry.get("listed_from"),
        maintenance_listed_from=entry.get("maintenance_listed_from", work.get("maintenance")),
        operation_listed_from=entry.get("operation_listed_from", work.get("operation")),
        effective_from=entry.get("from", first),
        effective_to=entry.get("to"),
    )


def _ministries(sector: dict[str, Any], on: date) -> list[str]:
    found: list[str] = next(one["ministries"] for one in sector["version"] if _in_force(one, on))
    return found


def _components(entry: dict[str, Any], sector: dict[str, Any], at: str) -> Iterator[ComponentKind]:
    """The component equipment in the order of the article: below an item by kana, else by item."""
    item = entry.get("components_item", "").replace("{at}", at)
    marks = "イロハニホヘ" if item.endswith(")") else ("(i)", "(ii)", "(iii)", "(iv)", "(v)", "(vi)")
    for mark, kind in zip(marks, entry.get("components", ()), strict=False):
        yield ComponentKind(kind, item=f"{item}{mark}", **sector["component_kinds"][kind])

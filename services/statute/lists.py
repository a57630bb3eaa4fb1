"""Lists that a cabinet order sets, as of any day: critical materials, technology fields, exempted suppliers.

An entry is a version: an item in one wording, from the day it took effect to the day before it was changed.
The sectors of Art. 50(1) are the chapter's own (`services.infra_review.sectors`).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from services.statute.data_files import files_in, read_toml
from services.statute.messages import Words
from services.statute.refusal import Refused


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item of a list in one wording; `id` stays when the wording changes, `until` is its last day."""

    id: str
    item: str
    wording: str
    since: date
    until: date | None
    name: Words | None = None


@dataclass(frozen=True, slots=True)
class Material(ListedItem):
    """A critical material (特定重要物資) with its competent ministry and that ministry's order on plans.

    `ministry_known` says how: verified in the order's own list of items, or inferred from there being one.
    """

    ministry: str = ""
    ministry_known: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class TechnologyItem(ListedItem):
    """An item of the technology fields of Art. 66(1): a classification, perhaps with a subject.

    `also_asks`: the invention must besides meet Cabinet Order Art. 12(3), `but_not_for` these symbols.
    """

    expression: str = ""
    qualifier: str = ""
    also_asks: bool = False
    but_not_for: tuple[str, ...] = ()
    fields: tuple[int, ...] = ()


class TechnologyField(NamedTuple):
    """One of the fields under which the items are commonly named; the order itself knows only items."""

    number: int
    name: Words
    confidence: str
    items: tuple[TechnologyItem, ...]


class ListChange(NamedTuple):
    """What amendments did to a list between two days."""

    added: tuple[ListedItem, ...]
    removed: tuple[ListedItem, ...]
    reworded: tuple[tuple[ListedItem, ListedItem], ...]


_KINDS: dict[str, type[ListedItem]] = {"critical_materials": Material, "technology_items": TechnologyItem}


def lists() -> tuple[str, ...]:
    """Return the names of the lists kept."""
    return tuple(file.removesuffix(".toml") for file in files_in("lists"))


def article_of(name: str) -> str:
    """Return the provisions a list comes from, as cited."""
    return str(_table(name)["article"])


def listed(name: str, on: date) -> tuple[ListedItem, ...]:
    """Return the entries of list `name` in force `on`, in the order's own order. Refuses an unknown list."""
    return tuple(entry for entry in _entries(name) if _holds(entry, on))


def materials(on: date) -> tuple[Material, ...]:
    """Return the critical materials designated `on` (Act Art. 7, Cabinet Order Art. 1)."""
    return tuple(one for one in listed("critical_materials", on) if isinstance(one, Material))


def technology_items(on: date) -> tuple[TechnologyItem, ...]:
    """Return the items of the technology fields in force `on` (Art. 66(1), Cabinet Order Art. 12(1), (2))."""
    return tuple(one for one in listed("technology_items", on) if isinstance(one, TechnologyItem))


def technology_fields(on: date) -> tuple[TechnologyField, ...]:
    """Return the fields in force `on`, each with its items; none before the order had any."""
    items = technology_items(on)
    confidence = {entry["id"]: entry["confidence"] for entry in _table("technology_fields")["entry"]}
    return tuple(
        TechnologyField(
            int(one.id),
            one.name or Words("", ""),
            confidence[one.id],
            tuple(i for i in items if int(one.id) in i.fields),
        )
        for one in listed("technology_fields", on)
    )


def exempted_suppliers(on: date) -> tuple[ListedItem, ...]:
    """Return whose equipment needed no plan `on` (Art. 52(1), Cabinet Order Art. 10(1))."""
    return listed("exempted_suppliers", on)


def changed(name: str, after: date, until: date) -> ListChange:
    """Return what amendments that took effect later than `after`, up to `until`, did to list `name`."""
    old = {entry.id: entry for entry in listed(name, after)}
    new = {entry.id: entry for entry in listed(name, until)}
    return ListChange(
        tuple(entry for key, entry in new.items() if key not in old),
        tuple(entry for key, entry in old.items() if key not in new),
        tuple(
            (old[key], entry)
            for key, entry in new.items()
            if key in old and old[key].wording != entry.wording
        ),
    )


def _holds(entry: ListedItem, on: date) -> bool:
    return entry.since <= on and (entry.until is None or on <= entry.until)


@cache
def _entries(name: str) -> tuple[ListedItem, ...]:
    kind = _KINDS.get(name, ListedItem)
    return tuple(_entry(kind, told) for told in _table(name)["entry"])


@cache
def _table(name: str) -> dict[str, Any]:
    if name not in lists():
        raise Refused("unknown_list", name=name, known=", ".join(lists()))
    return read_toml("lists", f"{name}.toml")


def _entry(kind: type[ListedItem], told: dict[str, Any]) -> ListedItem:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
    }
    effective = fields.pop("effective")
    fields.pop("confidence", None)
    if "name" in fields:
        fields["name"] = Words(**fields["name"])
    return kind(since=effective["from"], until=effective.get("to"), **fields)

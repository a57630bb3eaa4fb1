"""The records of the law: `data/periods/*.toml`, one file per chapter, read when first asked for.

A file opens with a `[defaults]` table for what its records share. Several records of one name are versions
of one period, told apart by the day they took effect.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from services.statute.arithmetic import Length
from services.statute.data_files import files_in, read_toml
from services.statute.messages import Words
from services.statute.period_fields import OrderArticle, Reading
from services.statute.periods import Period
from services.statute.refusal import Refused

# Which file holds a record, by how its name or its row begins: asking for one chapter reads one file.
_FILES = {
    "policy": "chapter_1_general.toml", "C1": "chapter_1_general.toml",
    "supply": "chapter_2_supply.toml", "C2": "chapter_2_supply.toml",
    "infra": "chapter_3_infrastructure.toml", "C3": "chapter_3_infrastructure.toml",
    "research": "chapter_4_technology.toml", "C4": "chapter_4_technology.toml",
    "patent": "chapter_5_patents.toml", "C5": "chapter_5_patents.toml",
    "procedure": "general.toml", "C6": "general.toml", "G": "general.toml",
    "act_38_of_2026": "act_38_of_2026.toml", "A38": "act_38_of_2026.toml",
}  # fmt: skip
_UNITS = {"days": "day", "weeks": "week", "months": "month", "years": "year"}


def period(name: str, on: date | None = None) -> Period:
    """Return the record called `name` (or of row `name`), as in force `on`.

    Without `on` the record follows the trigger day: `starting` picks the version in force on it.
    """
    if on is None:
        return _following(name)
    versions = _versions(name)
    for version in reversed(versions):
        if version.effective_from <= on:
            if version.effective_to is not None and on > version.effective_to:
                raise Refused("no_longer_in_force", version.article, name=version.name, day=on.isoformat())
            outer = period(version.within, on) if version.within else None
            return replace(version, law_on=on, outer=outer)
    first = versions[0]
    raise Refused(
        "not_in_force", first.article, name=first.name, day=on.isoformat(), since=first.effective_from
    )


def periods(*, disabled: bool = False) -> list[Period]:
    """Return the newest version of every record, in the order of the rows."""
    names = dict.fromkeys(record.name for file in files_in("periods") for record in _load(file))
    newest = (period(name) for name in names)
    return [record for record in newest if record.enabled or disabled]


@cache
def _following(name: str) -> Period:
    versions = _versions(name)
    return replace(versions[-1], versions=versions)


@cache
def _versions(name: str) -> tuple[Period, ...]:
    head = name.split(".")[0] if "." in name else name.split("-")[0]
    file = _FILES.get(head)
    found = [r for r in _load(file) if name in (r.name, r.ref)] if file else []
    if not found:
        raise Refused("unknown_period", name=name)
    ordered = sorted(found, key=lambda record: record.effective_from)
    return tuple(replace(one, outer=_following(one.within)) if one.within else one for one in ordered)


@cache
def _load(file: str) -> tuple[Period, ...]:
    return tuple(parse(read_toml("periods", file)))


def parse(table: dict[str, Any]) -> Iterator[Period]:
    """Read the records of one file."""
    for entry in table["period"]:
        yield _record({**table["defaults"], **entry})


def _record(entry: dict[str, Any]) -> Period:
    effective = entry.pop("effective")
    fields = _fields(entry)
    fields["readings"] = tuple(_reading(reading) for reading in entry.get("readings", ()))
    fields["orders"] = tuple(OrderArticle(**_fields(order)) for order in entry.get("orders", ()))
    return Period(effective_from=effective["from"], effective_to=effective.get("to"), **fields)


def _reading(entry: dict[str, Any]) -> Reading:
    changes = _fields(entry.get("changes", {}))
    return Reading(entry["name"], entry["taken"], Words(**entry["says"]), Words(**entry["why"]), changes)


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    fields = dict(entry)
    for key, value in entry.items():
        if key == "length":
            ((units, count),) = value.items()
            fields[key] = Length(count, _UNITS[units])  # type: ignore[arg-type]
        elif isinstance(value, list):
            fields[key] = tuple(value)
        elif isinstance(value, dict):
            fields[key] = Words(value["en"], value["ja"])
    return fields

"""What is published and dated: the guideline, the visions, the money, the measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.fund.data_files import read
from services.fund.domain.project.powers import catalogue
from services.fund.domain.vision import Named
from services.fund.lines import GUIDELINES, VISIONS, PublishedGuideline, PublishedVision
from services.platform.law.values import Value
from services.platform.shared import copies


class GuidelineVersion(Value):
    """A version of the basic guideline, from the day of the Cabinet's decision on."""

    title: str
    title_ja: str | None
    since: date
    source: str
    confidence: str


class Guidelines(Value):
    """The version in force on a day, and every version before and after."""

    on: date
    in_force: GuidelineVersion | None
    history: tuple[GuidelineVersion, ...]


class VisionVersion(Value):
    """A research vision: how many technologies it has, in which fields, and which of them a source names."""

    title: str
    title_ja: str | None
    since: date
    day_confidence: str
    count: int
    fields: tuple[str, ...]
    technologies: tuple[Named, ...]
    source: str


class FieldOfTechnology(Value):
    """A field, and the technologies in it that a source names."""

    code: str
    en: str
    ja: str
    source: str
    technologies: tuple[Named, ...]


class Visions(Value):
    """The visions that stand on a day (a later one adds to an earlier), what changed, and the fields."""

    on: date
    standing: tuple[VisionVersion, ...]
    technologies: int
    to_come: tuple[VisionVersion, ...]
    fields: tuple[FieldOfTechnology, ...]


class Budget(Value):
    """An appropriation: how much, and to which ministries as far as a source says so."""

    id: str
    name_ja: str
    yen: int
    by_ministry: dict[str, int]
    source: str


class Money(Value):
    """The appropriations of the program and their sum."""

    budgets: tuple[Budget, ...]
    yen: int


class CatalogueMeasure(Value):
    """A measure against leaks of technology."""

    code: str
    en: str
    ja: str
    since: date
    source: str


class Catalogue(Value):
    """The catalogue of measures on a day."""

    on: date
    measures: tuple[CatalogueMeasure, ...]


def guidelines(on: date) -> Guidelines:
    """The guideline as of a day, and its history."""
    versions = sorted(_guideline_versions(), key=lambda one: one.since)
    standing = [one for one in versions if one.since <= on]
    return Guidelines(on, standing[-1] if standing else None, tuple(versions))


def _guideline_versions() -> Iterator[GuidelineVersion]:
    for row in read("guideline")["version"]:
        yield GuidelineVersion(row["title"], row["title_ja"], row["since"], row["source"], row["confidence"])
    for one in copies.every(GUIDELINES, PublishedGuideline):
        yield GuidelineVersion(one.title, None, one.since, one.published_at, "published here")


def visions(on: date) -> Visions:
    """The visions as of a day."""
    versions = sorted(_vision_versions(), key=lambda one: one.since)
    standing = tuple(one for one in versions if one.since <= on)
    to_come = tuple(one for one in versions if one.since > on)
    count = sum(one.count for one in standing)
    named = [one for vision in standing for one in vision.technologies]
    return Visions(on, standing, count, to_come, tuple(_fields(named)))


def _vision_versions() -> Iterator[VisionVersion]:
    for row in read("visions")["vision"]:
        yield VisionVersion(
            row["title"],
            row["title_ja"],
            row["since"],
            row["day_confidence"],
            row["technologies"],
            tuple(row["fields"]),
            (),
            row["source"],
        )
    for one in copies.every(VISIONS, PublishedVision):
        fields = tuple(dict.fromkeys(named.field for named in one.technologies))
        yield VisionVersion(
            one.title,
            None,
            one.since,
            "published here",
            len(one.technologies),
            fields,
            one.technologies,
            "published here",
        )


def _fields(named: list[Named]) -> Iterator[FieldOfTechnology]:
    for row in read("visions")["field"]:
        examples = [
            Named(one["field"], f"{one['name']} ({one['name_ja']})", one["source"])
            for one in read("visions")["technology"]
        ]
        mine = tuple(one for one in (*examples, *named) if one.field == row["code"])
        yield FieldOfTechnology(row["code"], row["en"], row["ja"], row["source"], mine)


def money() -> Money:
    """The appropriations."""
    rows: list[dict[str, Any]] = read("money")["budget"]
    budgets = tuple(
        Budget(row["id"], row["name_ja"], row["yen"], row["by_ministry"], row["source"]) for row in rows
    )
    return Money(budgets, sum(one.yen for one in budgets))


def measures(on: date) -> Catalogue:
    """The catalogue of measures against leaks on a day."""
    rows = catalogue(on).values()
    return Catalogue(
        on,
        tuple(
            CatalogueMeasure(row["code"], row["en"], row["ja"], row["since"], row["source"]) for row in rows
        ),
    )

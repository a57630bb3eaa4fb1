"""An `access.toml` speaks of all acts of its chapter, of their fields and its roles, and of nothing else."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from services.platform.http.policy import EVERYTHING, Policy, policy_of
from services.platform.law.acts import Act
from services.platform.law.procedure import Procedure

SERVICES = Path(__file__).parents[2] / "services"
CHAPTERS = sorted(path.parent.name for path in SERVICES.glob("*/access.toml"))


def rules(chapter: str) -> dict[str, Any]:
    return tomllib.loads((SERVICES / chapter / "access.toml").read_text("utf-8"))


def rows(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every row, and every part."""
    yield from said.get("parts", {}).values()
    for kind in ("case", "acts"):
        for table in said[kind].values():
            yield from table.values()


def procedures(chapter: str) -> tuple[Procedure[Any], ...]:
    known: tuple[Procedure[Any], ...] = importlib.import_module(f"services.{chapter}.chapter").PROCEDURES
    return known


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_act_is_spoken_of_and_no_other(chapter: str) -> None:
    known = procedures(chapter)
    acts = {f"{procedure.name}/{act.__name__}" for procedure in known for act in procedure.acts}
    assert policy_of(chapter).subjects == acts | {procedure.name for procedure in known}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_opened_of_an_act_is_a_field_of_it(chapter: str) -> None:
    strangers = {
        (of, path)
        for of, act in acts_of(chapter).items()
        for path in policy_of(chapter).opened[of].keys() - {EVERYTHING}
        if not leads_somewhere(act, path)
    }
    assert strangers == set()


def acts_of(chapter: str) -> dict[str, type[Act]]:
    return {f"{one.name}/{act.__name__}": act for one in procedures(chapter) for act in one.acts}


def leads_somewhere(value: type, path: str) -> bool:
    """Whether a path names a field of a value, of what stands in it, or of one in a list of those."""
    kinds = [described(value)]
    for name in path.split("."):
        kinds = [
            field.type
            for kind in kinds
            for struct in structs_in(kind)
            for field in struct.fields
            if field.encode_name == name
        ]
    return bool(kinds)


@cache
def described(value: type) -> inspect.Type:
    return inspect.type_info(value)


def structs_in(kind: inspect.Type) -> Iterator[inspect.StructType]:
    match kind:
        case inspect.StructType():
            yield kind
        case inspect.UnionType(types=kinds):
            for one in kinds:
                yield from structs_in(one)
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            yield from structs_in(item)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_readers_are_roles_of_the_chapter_and_no_word_is_left_over(chapter: str) -> None:
    said = rules(chapter)
    roles = {role.name for role in importlib.import_module(f"services.{chapter}.roles").ROLES}
    assert {standing for group in said["readers"].values() for standing in group} <= roles
    assert {row["to"] for row in rows(said)} == set(said["readers"])
    assert {row["but"] for row in rows(said) if "but" in row} == set(said.get("parts", {}))
    assert len({frozenset(group) for group in said["readers"].values()}) == len(said["readers"])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_row_says_why(chapter: str) -> None:
    assert [row for row in rows(rules(chapter)) if not any(letter.isdigit() for letter in row["why"])] == []


@pytest.mark.parametrize(
    "change",
    [
        {"case": {"loan": {"title": {"to": "all", "why": "1", "restrictd": True}}}},
        {"case": {"loan": {"title": {"to": "all", "why": "1", "fields": ["title"]}}}},
        {"case": {"loan": {"title": {"to": "all"}}}},
        {"acts": {"loan": {"Lent": {"to": "nobody named so", "why": "1"}}}},
        {"acts": {"loan": {"Lent": {"to": "all", "but": "no such part", "why": "1"}}}},
        {"act": {}},
    ],
)
def test_a_word_without_a_meaning_is_an_error(change: dict[str, Any]) -> None:
    known: dict[str, Any] = {"readers": {"all": ["operator"]}, "case": {}, "acts": {}}
    assert Policy(known).subjects == frozenset()
    with pytest.raises((msgspec.ValidationError, KeyError)):
        Policy(known | change)

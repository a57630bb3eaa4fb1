"""Who may see what: a service's `access.toml`, and the one function through which everything shown passes.

    [readers]                        # standings that see alike, named once
    parties  = ["operator", "reviewing_official"]
    ministry = ["reviewing_official"]

    [parts]                          # fields for fewer than what they stand in, wherever a row says `but`
    people = { to = "ministry", fields = ["plan.officers"], restricted = true, why = "52(2)(ii)" }

    [case.notification]              # fields of its cases
    "accepted_on, plan" = { to = "parties", but = "people", why = "52(1): the operator's own case" }

    [acts."notification, change"]    # acts in their histories: every field of them, or those in `fields`
    "PlanFiled, PlanCompleted" = { to = "parties", but = "people", why = "52(1): its own filing" }
    PlanReturned = { to = "parties", fields = ["shortcomings"], why = "52(2): what to put right" }

What no row opens is not shown. A key may name several, with a comma and a space between them. A dot leads
deeper into a field, and the deepest name decides, so `plan` can be open to many and `plan.officers` to few;
`*` is every field that is not named. An act of which a person may see nothing is left out of the history;
`fields = []` shows that it happened, and nothing more. What is restricted is shown to a GET only, after that
was recorded. `why` is for whoever reads the policy: the article, and the reason.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from services.platform.law.values import Value

EVERYTHING = "*"
HIDDEN: Any = object()
"""Stands for a value of which nothing is shown; nothing that is shown is this."""


class Row(Value):
    """To whom something is open, by the name of the readers, and by which article."""

    to: str
    why: str
    restricted: bool = False


class CaseRow(Row):
    """A row about fields of a case; `but` names the part of them that is for others."""

    but: str | None = None


class ActRow(CaseRow):
    """A row about acts in a history: all their fields, or some."""

    fields: tuple[str, ...] = (EVERYTHING,)


class Part(Row, kw_only=True):
    """Fields that are for others than what they stand in."""

    fields: tuple[str, ...]


class Rules(Value, kw_only=True):
    """What an `access.toml` says. A word in it that has no meaning here is an error, not a rule ignored."""

    readers: dict[str, frozenset[str]]
    parts: dict[str, Part] = msgspec.field(default_factory=dict)
    case: dict[str, dict[str, CaseRow]]
    acts: dict[str, dict[str, ActRow]]


class Opening(Value):
    """To whom a field is open, and whether showing it is recorded."""

    by: frozenset[str]
    restricted: bool
    why: str


Openings = tuple[Opening, ...]


@dataclass(slots=True)
class Place:
    """A field that the policy names, or something such a field stands in, as it is open to one standing."""

    path: str
    open: bool
    restricted: bool
    """Whether it is open, but only where showing it is recorded."""
    why: str = ""
    """By which provision it is open, if it is restricted."""
    inside: dict[str, Place] = field(default_factory=dict)

    def path_of(self, name: str) -> str:
        """The path of a field in it."""
        return f"{self.path}.{name}" if self.path else name


@dataclass(slots=True)
class Shown:
    """What is left of something for one reader, and which restricted fields of it are shown or left out."""

    data: dict[str, Any]
    restricted: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    """By which provisions what is restricted is shown."""
    whole: bool = True
    """Whether nothing was taken out."""


class Policy:
    """Who may see what of one service's cases and acts. Raises `msgspec.ValidationError`, `KeyError`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self.opened: dict[str, dict[str, Openings]] = {}
        """The openings, by what they are of (`notification`, `notification/PlanFiled`) and by field."""
        self._readers: dict[str, frozenset[str]] = {}
        self._places: dict[tuple[str, frozenset[str]], Place] = {}
        for of, fields, opening in _openings(msgspec.convert(rules, Rules)):
            named = self.opened.setdefault(of, {})
            self._readers[of] = self._readers.get(of, frozenset()) | opening.by
            for name in fields:
                named[name] = (*named.get(name, ()), opening)

    @property
    def subjects(self) -> frozenset[str]:
        """Everything the policy speaks of."""
        return frozenset(self.opened)

    def speaks_to(self, standing: frozenset[str], of: str) -> bool:
        """Whether someone of that standing may know that `of` exists at all."""
        return bool(self._readers.get(of, frozenset()) & standing)

    def shown(self, data: Mapping[str, Any], of: str, standing: frozenset[str], *, restricted: bool) -> Shown:
        """`data` without what `standing` may not see, and without what is restricted unless `restricted`."""
        top = self._places.get((of, standing))
        if top is None:
            top = self._places[of, standing] = _places(self.opened.get(of, {}), standing)
        reading = _Reading(restricted, Shown({}))
        reading.shown.data = reading.of(data, top)
        return reading.shown


def _openings(rules: Rules) -> Iterator[tuple[str, Sequence[str], Opening]]:
    """Every opening: of what, which fields, to whom."""

    def opening(row: Row) -> Opening:
        return Opening(rules.readers[row.to], row.restricted, row.why)

    def opened(of: str, fields: Sequence[str], row: CaseRow) -> Iterator[tuple[str, Sequence[str], Opening]]:
        yield of, fields, opening(row)
        if row.but:
            part = rules.parts[row.but]
            yield of, part.fields, opening(part)

    for procedures, rows in rules.case.items():
        for procedure in _names(procedures):
            for fields, row in rows.items():
                yield from opened(procedure, _names(fields), row)
    for procedures, acts in rules.acts.items():
        for procedure in _names(procedures):
            for names, act in acts.items():
                for name in _names(names):
                    yield from opened(f"{procedure}/{name}", act.fields, act)


def _names(key: str) -> list[str]:
    return key.split(", ")


def _places(named: Mapping[str, Openings], standing: frozenset[str]) -> Place:
    """The fields a policy names, as they stand in one another and are open to `standing`."""
    top = _place("", named.get(EVERYTHING, ()), standing)
    for path in sorted(named.keys() - {EVERYTHING}):  # what stands outside comes first
        place = top
        for name in path.split("."):
            below = place.path_of(name)
            if name not in place.inside:
                # What the policy does not name is as open as what it stands in.
                unnamed = Place(below, place.open, place.restricted, place.why)
                place.inside[name] = _place(below, named[below], standing) if below in named else unnamed
            place = place.inside[name]
    return top


def _place(path: str, openings: Openings, standing: frozenset[str]) -> Place:
    mine = [opening for opening in openings if opening.by & standing]
    recorded = bool(mine) and all(opening.restricted for opening in mine)
    return Place(path, bool(mine), recorded, mine[0].why if recorded else "")


@dataclass(slots=True)
class _Reading:
    """One document as it is taken apart for one reader."""

    restricted: bool
    shown: Shown

    def of(self, data: Mapping[str, Any], place: Place) -> dict[str, Any]:
        kept = {}
        for name, value in data.items():
            below = place.inside.get(name)
            if below is None or not below.inside:
                if self.sees(place, name, below):
                    kept[name] = value
            elif (inside := self.inside(value, place, name, below)) is not HIDDEN:
                kept[name] = inside
        return kept

    def inside(self, value: Any, place: Place, name: str, below: Place) -> Any:
        """What is shown of a value in which the policy names something; `HIDDEN` when nothing is."""
        if value and isinstance(value, Mapping):
            return self.of(value, below) or HIDDEN
        if value and isinstance(value, list | tuple):
            # How many there are of which nothing is shown is not told either.
            items = (self.inside(item, place, name, below) for item in value)
            return [item for item in items if item is not HIDDEN] or HIDDEN
        return value if self.sees(place, name, below) else HIDDEN

    def sees(self, place: Place, name: str, below: Place | None) -> bool:
        """Whether the field `name` in `place` is shown; `below` is its own place, if the policy names one."""
        known = below or place
        if known.open and not known.restricted:
            return True
        if not known.open or not self.restricted:
            self.shown.whole = False
            return False
        path = place.path_of(name)
        if path not in self.shown.restricted:
            self.shown.restricted.append(path)
        if known.why not in self.shown.why:
            self.shown.why.append(known.why)
        return True


@cache
def policy_of(service: str) -> Policy:
    """The policy in `services/<service>/access.toml`; a service that exposes cases must have one."""
    import tomllib

    with open(os.path.join(os.path.dirname(__file__), "..", "..", service, "access.toml"), "rb") as file:
        return Policy(tomllib.load(file))

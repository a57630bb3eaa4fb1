"""Who may see what: a service's `access.toml`, and the one function through which everything shown passes.

    [[see]] of         = "notification"                  # a procedure's cases, or "notification/Accepted": an
    act in a history fields     = ["accepted_on", "plan.period"]  # names in the answer, deeper ones after a
    dot; "*" is every field by         = ["operator", "reviewing_official"] restricted = true
    # optional: showing it is recorded, and only a GET shows it why        = "52(2)(ii): officers' data"     #
    the reason, for whoever reads the policy

What no record opens is not shown. The deepest record that names a field or something it stands in decides, so
`plan` can be open to many and `plan.officers` to few. An act of which a person may see nothing is left out of
the history; `fields = []` shows that it happened, and nothing more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from services.platform.law.values import Value

EVERYTHING = "*"


class Opening(Value):
    """To whom a field is open, and whether showing it is recorded."""

    by: frozenset[str]
    restricted: bool = False


@dataclass(slots=True)
class Shown:
    """What is left of something for one reader, and which restricted fields of it are shown or left out."""

    data: dict[str, Any]
    restricted: list[str] = field(default_factory=list)
    whole: bool = True
    """Whether nothing was taken out."""


class Policy:
    """The openings of one service, by what they are of and the field they name."""

    def __init__(self, records: Iterable[Mapping[str, Any]]) -> None:
        self._openings: dict[str, dict[str, list[Opening]]] = {}
        self._acts: dict[str, set[str]] = {}
        for record in records:
            opening = Opening(frozenset(record["by"]), bool(record.get("restricted", False)))
            of = self._openings.setdefault(record["of"], {})
            self._acts.setdefault(record["of"], set()).update(opening.by)
            for name in record["fields"]:
                of.setdefault(name, []).append(opening)

    @property
    def subjects(self) -> frozenset[str]:
        """Everything the policy speaks of."""
        return frozenset(self._openings)

    def speaks_to(self, standing: frozenset[str], of: str) -> bool:
        """Whether someone of that standing may know that `of` exists at all."""
        return bool(self._acts.get(of, set()) & standing)

    def shown(self, data: Mapping[str, Any], of: str, standing: frozenset[str], *, restricted: bool) -> Shown:
        """`data` without what `standing` may not see, and without what is restricted unless `restricted`."""
        shown = Shown({})
        openings = self._openings.get(of, {})
        shown.data = self._walk(data, "", openings, standing, restricted, shown)
        return shown

    def _walk(
        self,
        data: Mapping[str, Any],
        above: str,
        openings: Mapping[str, list[Opening]],
        standing: frozenset[str],
        restricted: bool,
        shown: Shown,
    ) -> dict[str, Any]:
        kept = {}
        for name, value in data.items():
            path = f"{above}{name}"
            deeper = any(known.startswith(f"{path}.") for known in openings)
            if deeper:
                inside = self._inside(value, path, openings, standing, restricted, shown)
                if inside is not None:
                    kept[name] = inside
            elif self._open(path, openings, standing, restricted, shown):
                kept[name] = value
        return kept

    def _inside(
        self,
        value: Any,
        path: str,
        openings: Mapping[str, list[Opening]],
        standing: frozenset[str],
        restricted: bool,
        shown: Shown,
    ) -> Any:
        if isinstance(value, Mapping):
            return self._walk(value, f"{path}.", openings, standing, restricted, shown) or None
        if isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
            items = [
                self._walk(item, f"{path}.", openings, standing, restricted, shown)
                for item in value
                if isinstance(item, Mapping)
            ]
            return [item for item in items if item] or None
        return value if self._open(path, openings, standing, restricted, shown) else None

    @staticmethod
    def _open(
        path: str,
        openings: Mapping[str, list[Opening]],
        standing: frozenset[str],
        restricted: bool,
        shown: Shown,
    ) -> bool:
        named = path
        while named not in openings and named:
            named = named.rpartition(".")[0]
        mine = [opening for opening in openings.get(named or EVERYTHING, ()) if opening.by & standing]
        free = any(not opening.restricted for opening in mine)
        if mine and not free and restricted and path not in shown.restricted:
            shown.restricted.append(path)
        if free or (mine and restricted):
            return True
        shown.whole = False
        return False


@cache
def policy_of(service: str) -> Policy:
    """The policy in `services/<service>/access.toml`; a service that exposes cases must have one."""
    import tomllib

    with open(os.path.join(os.path.dirname(__file__), "..", "..", service, "access.toml"), "rb") as file:
        return Policy(tomllib.load(file)["see"])

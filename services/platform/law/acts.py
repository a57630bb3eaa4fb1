"""Acts (処分・届出等): what is recorded for decades, how it is read later, and what of it leaves. Pure.

An act is a value named in the past tense. What leaves a service about it is declared on it, closed by
default: an act without `@leaves` is heard of nowhere, one with it tells the fields it names and nothing
else. When an act's fields change their form, the new form says how to read the old one (`@upcasts`): what
was recorded is never written again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, TypeVar

import msgspec

from services.platform.law.values import Value

Classification = Literal["public", "internal", "restricted"]
"""Who may hear of an act: anyone; ministries and the parties; nobody without a need to know."""
Upcast = Callable[[dict[str, Any]], dict[str, Any]]
"""From the fields of one version of an act to those of the next."""


class Act(Value):
    """Something that happened in a case."""


Acts = Iterator[Act]
"""What a power yields, in legal order."""
A = TypeVar("A", bound=type[Act])


class Leaving(Value):
    """What others may know of an act: in which class, and which of its fields."""

    classification: Classification
    fields: tuple[str, ...] = ()


_LEAVING: dict[type[Act], Leaving] = {}
_UPCASTS: dict[type[Act], tuple[Upcast, ...]] = {}
_FORMER_NAMES: dict[str, str] = {}


def leaves(classification: Classification, *fields: str) -> Callable[[A], A]:
    """Declare that an act is published, in that class and with those of its fields (ids alone: none)."""

    def declare(act: A) -> A:
        unknown = set(fields) - set(act.__struct_fields__)
        if unknown:
            raise TypeError(f"{act.__name__} has no field {', '.join(sorted(unknown))} that could leave")
        _LEAVING[act] = Leaving(classification, fields)
        return act

    return declare


def leaving(act: type[Act]) -> Leaving | None:
    """What leaves about an act; None when nothing does."""
    return _LEAVING.get(act)


def upcasts(*steps: Upcast, formerly: Iterable[str] = ()) -> Callable[[A], A]:
    """Declare how older records of an act are read: a step from version 1 to 2, one from 2 to 3 and so on.

    `formerly` are names under which it was recorded before.
    """

    def declare(act: A) -> A:
        _UPCASTS[act] = steps
        _FORMER_NAMES.update(dict.fromkeys(formerly, act.__name__))
        return act

    return declare


def version_of(act: type[Act]) -> int:
    """The version in which an act is recorded today."""
    return len(_UPCASTS.get(act, ())) + 1


def read_act(known: Iterable[type[Act]], name: str, version: int, data: dict[str, Any]) -> Act:
    """The act recorded under `name` in that version. Raises LookupError when it is none of those `known`."""
    wanted = _FORMER_NAMES.get(name, name)
    for act in known:
        if act.__name__ == wanted:
            for step in _UPCASTS.get(act, ())[version - 1 :]:
                data = step(data)
            return msgspec.convert(data, act)
    raise LookupError(f"there is no act {name}")

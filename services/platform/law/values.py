"""Values: frozen, typed, compared by what they hold. Acts, commands, states and answers are values.

A value is a `msgspec.Struct`: defined in a fraction of the time that a dataclass takes (a cold start defines
some two hundred), read and written as JSON without a second model, and refused when it is given a field it
does not have. Limits stand in its annotations: `Annotated[str, Len(1, 200)]`.
"""

from __future__ import annotations

from typing import dataclass_transform

import msgspec
from msgspec import Meta, Struct, field

__all__ = ["AtLeast", "Between", "Len", "Matching", "Value", "field"]


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """A frozen value; a change of one is `msgspec.structs.replace`."""


def Len(least: int, most: int) -> Meta:  # noqa: N802 - it stands where a type's limit stands
    """Of a text or list: how many characters or items it has."""
    return Meta(min_length=least or None, max_length=most)


def AtLeast(number: int) -> Meta:  # noqa: N802
    """Of a number: the smallest it may be."""
    return Meta(ge=number)


def Between(least: int, most: int) -> Meta:  # noqa: N802
    """Of a number: the smallest and the largest it may be."""
    return Meta(ge=least, le=most)


def Matching(pattern: str) -> Meta:  # noqa: N802
    """Of a text: the regular expression that describes all of it."""
    # Without the last part a line feed could follow: `$` stands before one too.
    return Meta(pattern=f"^(?:{pattern})$(?!\n)")

"""Completion (補正): what was filed is returned with all that must be put right, and filed again. Pure.

The chapter says by which article, and names the acts, for they tell what was filed.
"""

from __future__ import annotations

from typing import Annotated, Protocol

from services.platform.law.procedure import Given, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import Line, Name, Reasons


class Shortcoming(Value):
    """One thing to be put right before what was filed can be accepted: where, by which rule and article."""

    field: Line
    rule: Name
    article: Name
    text: Reasons


class Returnable(Protocol):
    """A case in which what was filed can be returned."""

    @property
    def returned(self) -> tuple[Shortcoming, ...]:
        """What it was returned for; empty when it has not been, or has been completed since."""


class ReturnForCompletion(Value):
    """What is missing or wrong: each with its place, rule and article."""

    shortcomings: Annotated[tuple[Shortcoming, ...], Len(1, 200)]


@rule("returned_for_completion")
def not_returned(state: Returnable, _: Given) -> bool:
    """What was filed is not with its filer for completion."""
    return not state.returned


@rule("nothing_to_complete")
def returned(state: Returnable, _: Given) -> bool:
    """What was filed has been returned and not yet completed."""
    return bool(state.returned)

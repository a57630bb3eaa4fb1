"""Words the procedures of Chapter 3 share."""

from __future__ import annotations

from typing import Annotated, Literal

from services.platform.law.values import Len, Value

Name = Annotated[str, Len(1, 200)]
Line = Annotated[str, Len(1, 400)]
Reasons = Annotated[str, Len(1, 4000)]
CaseId = Annotated[str, Len(1, 80)]
Delivery = Literal["electronic", "in_writing"]
"""How a written notice reaches the operator: recorded in its file here, or on paper."""


class Necessity(Value):
    """Why a measure goes no further than security needs, its effect on business weighed (Art. 5)."""

    needed_because: Reasons
    effect_on_business: Reasons


class Shortcoming(Value):
    """One thing to be put right before a plan can be accepted: where, by which rule and article."""

    field: Line
    rule: Name
    article: Name
    text: Reasons


class PassDay(Value):
    """The passing of a legal day. It says nothing: all that follows, follows from the deadlines."""

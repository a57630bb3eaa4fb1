"""Words that the procedures of several chapters share. Pure."""

from __future__ import annotations

from typing import Annotated, Literal

from services.platform.law.parties import Role
from services.platform.law.values import Len, Value

Name = Annotated[str, Len(1, 200)]
Line = Annotated[str, Len(1, 400)]
Reasons = Annotated[str, Len(1, 4000)]
CaseId = Annotated[str, Len(1, 80)]
Delivery = Literal["electronic", "in_writing"]
"""How a written notice reaches a party: recorded in its file here, or on paper."""

PRIME_MINISTER = "内閣総理大臣"
"""As whom the Prime Minister is named among those asked."""
CABINET_OFFICE = Role("cabinet_office", "office", "Cabinet Office", "内閣府")
"""The Prime Minister's side of a consultation: it stands in a case once it has been asked."""


class Necessity(Value):
    """Why a measure goes no further than security needs, its effect on business weighed (Art. 5)."""

    needed_because: Reasons
    effect_on_business: Reasons


class PassDay(Value):
    """The passing of a legal day. It says nothing: all that follows, follows from the deadlines."""

"""Words the procedures of Chapter 5 share."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.platform.law.parties import OrganisationId
from services.platform.law.procedure import Given, refuse_if
from services.platform.law.values import Len, Matching, Value
from services.platform.shared.words import CaseId, Delivery, Line, Name, PassDay

__all__ = [
    "Agency", "Applicants", "CaseId", "Delivery", "Invention", "Line", "Name", "Operator", "OwnRequest",
    "Paper", "Papers", "PassDay", "Restricted", "Weighing", "refuse_past",
]  # fmt: skip
Restricted = Annotated[str, Len(1, 8000)]
"""A text about an invention, or one from which something of it could be read: it leaves no case."""
Agency = Annotated[str, Matching(r"[A-Z]{2,12}")]
"""A national agency as tokens name it."""
Applicants = Annotated[tuple[OrganisationId, ...], Len(1, 20)]


class Paper(Value):
    """A paper kept apart from the case in the sealed store: what it is, and the SHA-256 of what it holds."""

    what: Line
    sha256: Annotated[str, Matching(r"[0-9a-f]{64}")]


Papers = Annotated[tuple[Paper, ...], Len(0, 50)]


class Invention(Value):
    """An invention as a notice describes it: its content, and where the description etc. show it.

    Cabinet Office Order 78 of 2023, Arts. 4 and 7(i).
    """

    content: Restricted
    places: Restricted


class OwnRequest(Value):
    """The applicant's own request for a security review (66(2)): which invention, and why.

    Cabinet Office/METI Order 5 of 2023, Art. 2(1); Form 1.
    """

    invention: Invention
    reasons: Restricted


class Weighing(Value):
    """What Arts. 67(1) and 70(1) weigh: how high the risk is, the effect on industry, and what else bears."""

    risk: Restricted
    effect_on_industry: Restricted
    other_circumstances: Restricted | None = None


class Operator(Value):
    """A business other than the applicant that is allowed to handle the information."""

    organisation: OrganisationId
    name: Name
    address: Line


def refuse_past(day: date, given: Given, article: str) -> None:
    """Refuse a day set for someone that is past already; the Act only asks that the time be reasonable."""
    refuse_if(day < given.today, "day_is_past", article, day=day, today=given.today)

"""Compensation (損失の補償, Art. 80): what a claim must say, and until when one can sue for more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from services.patent.defects import Defect, defect
from services.platform.law.values import AtLeast, Len, Value
from services.statute import Deadline, period

Ground = Literal["permission_refused", "permission_conditional", "designation"]
"""80(1): permission not given, conditions put on it (73(4)), or the designation otherwise."""


class Loss(Value):
    """A loss claimed, in yen, with the papers that show it prima facie (疎明)."""

    what: Annotated[str, Len(1, 1000)]
    ground: Ground
    yen: Annotated[int, AtLeast(1)]
    evidence: Annotated[tuple[Annotated[str, Len(1, 200)], ...], Len(0, 50)] = ()


class Claim(Value):
    """A claim for compensation (Form 4; Cabinet Office Order 78 of 2023, Art. 12)."""

    total_yen: Annotated[int, AtLeast(1)]
    breakdown: Annotated[tuple[Loss, ...], Len(0, 100)]
    reasons: Annotated[str, Len(0, 20_000)]


def defects(claim: Claim) -> tuple[Defect, ...]:
    """Everything a claim lacks, at once."""
    return tuple(_defects(claim))


def _defects(claim: Claim) -> Iterator[Defect]:
    if not claim.breakdown:
        yield defect("/breakdown", "breakdown_missing")
    elif sum(loss.yen for loss in claim.breakdown) != claim.total_yen:
        yield defect("/total_yen", "total_is_not_the_sum")
    for place, loss in enumerate(claim.breakdown):
        if not loss.evidence:
            yield defect(f"/breakdown/{place}/evidence", "evidence_missing")
    if not claim.reasons.strip():
        yield defect("/reasons", "reasons_missing")


def suit_for_more(notice_received_on: date) -> Deadline:
    """Until when a higher amount can be sued for (80(5)): six months, the day of receipt left out."""
    return period("patent.suit_for_compensation").starting(notice_received_on)

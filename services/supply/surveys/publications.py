"""What anyone may know of a survey, kept once when it is closed and never made anew."""

from __future__ import annotations

from services.platform.shared import copies
from services.supply import registers
from services.supply.surveys.dependence import PublicDependence, public

PUBLISHED = "SURVEYS#PUBLIC"


def publish(survey: str) -> None:
    """Keep the figures of a survey, unless they are kept already."""
    copies.keep_first(PUBLISHED, survey, public(survey, registers.answers_of(survey)))


def page(at_most: int, before: str | None = None) -> list[PublicDependence]:
    """The figures of closed surveys, that begun last first, or those begun before one; one read."""
    return copies.newest(PUBLISHED, PublicDependence, at_most, before=before)

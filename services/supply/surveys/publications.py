"""What anyone may know of a survey, kept once when it is closed and never made anew."""

from __future__ import annotations

from services.platform.shared import copies
from services.supply import registers
from services.supply.surveys.dependence import PublicDependence, public


def publish(survey: str) -> None:
    """Keep the figures of a survey, unless they are kept already."""
    copies.keep_first(_partition(survey), "figures", public(registers.answers_of(survey)))


def published(survey: str) -> PublicDependence | None:
    """The figures of a survey; None while it is open, or where there is none."""
    found = copies.newest(_partition(survey), PublicDependence, 1)
    return found[0] if found else None


def _partition(survey: str) -> str:
    return f"SURVEY#{survey}#PUBLIC"

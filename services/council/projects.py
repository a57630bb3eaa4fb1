"""Which councils a project has: one that the fund requires, at most one that stands by choice."""

from __future__ import annotations

from services.council.domain.council import council
from services.platform.cases.store import Cases
from services.platform.law.procedure import Refusal
from services.platform.shared import copies

councils = Cases(council)
OF_THE_FUND = "FUND-COUNCILS"
"""The partition that names each project's council of the designated fund."""


def of_the_fund(project_id: str, here: str) -> str:
    """The id of the project's council under 63(4): `here`, unless it has been given one before."""
    return copies.keep_first(OF_THE_FUND, project_id, here)


def refuse_second(project_id: str, here: str) -> None:
    """Refuse to plan a council where the project has one, and note that one is planned as `here`.

    Whatever was noted and never opened, was not consented to or is dissolved stands in nobody's way.
    """
    partition = f"COUNCILS-OF#{project_id}"
    copies.keep_first(partition, here, here)
    for known in copies.names(partition):
        if known != here and _stands(known):
            raise Refusal("council_exists", "62(1)", project_id=project_id)


def _stands(council_id: str) -> bool:
    try:
        state = councils.load(council_id).state
    except Refusal:
        return False
    return state.declined_on is None and state.dissolved is None

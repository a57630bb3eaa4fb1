"""The lists of cases in which more can stand than a transaction holds: written after it, on the act's event.

The lists are a little behind in any case, for they are indexes. That an event comes twice or late changes
nothing: the lists are always those of the case as it is now.
"""

from __future__ import annotations

from typing import Any

from services.platform.cases import seals
from services.platform.cases.case_id import procedure_of
from services.platform.cases.store import Cases
from services.platform.events.contracts import Event
from services.platform.law.procedure import Procedure


class Crowds:
    """The procedures of a service whose cases can be crowded."""

    def __init__(self, *procedures: Procedure[Any]) -> None:
        self._cases = {one.name: Cases(one) for one in procedures if one.crowded}

    def follow(self, event: Event) -> None:
        """Put the case of an own act into the lists of all that stand in it now."""
        cases = self._cases.get(procedure_of(event.case_id) or "")
        if cases is None:
            return
        from services.platform.cases import dynamo

        case = cases.load(event.case_id)
        dynamo.settle(case, seals.parties_of(case), event.metadata.occurred_at)

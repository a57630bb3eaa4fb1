"""The end of what is pending when a designation is released (51): Arts. 52-55 speak to operators."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from services.infra_review.domain.review import EndedByRelease
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Powers, rule
from services.platform.law.values import Value
from services.platform.shared.words import CaseId


class Releasable(Protocol):
    """A case of a designated operator."""

    @property
    def released_on(self) -> date | None:
        """The day the designation was released, once that has been recorded here."""


class EndByRelease(Value):
    """Which designation was released, and from which day."""

    operator_id: CaseId
    on: date


@rule("designation_released", "51", explain=lambda state, _: {"on": state.released_on})
def not_ended(state: Releasable, _: Given) -> bool:
    """The release has not been recorded here."""
    return state.released_on is None


ending: Powers[Releasable] = Powers()
"""The end by release: Art. 51."""


@ending.act("51", by=[THE_CLOCK], when=[not_ended])
def end_by_release(_: Releasable, command: EndByRelease, __: Given) -> Acts:
    """End what is pending of an operator whose designation was released, from the day of the release."""
    yield EndedByRelease(command.operator_id, command.on)

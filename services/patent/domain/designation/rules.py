"""When the powers under a designation can be used (Arts. 70, 72-78, 83, 84)."""

from __future__ import annotations

from services.patent.domain.designation.state import PreservationDesignation
from services.platform.law.procedure import Given, rule


@rule(
    "designation_over",
    "77(2)",
    explain=lambda state, _: {"last_day": state.begun and state.term.last_day},
)
def in_force(state: PreservationDesignation, given: Given) -> bool:
    """The designation stands on that day; its last day is still one of it."""
    return state.in_force(given.today)


@rule("term_runs", "70(2)", explain=lambda state, _: {"last_day": state.begun and state.term.last_day})
def term_has_passed(state: PreservationDesignation, given: Given) -> bool:
    """The last day of the term is past, and that is not recorded."""
    return state.begun is not None and not state.ended and given.today > state.term.last_day


@rule("judged_not_to_continue", "70(3)")
def not_judged(state: PreservationDesignation, _: Given) -> bool:
    """It was not judged that the designation need not go on."""
    return state.judged_not_to_continue_on is None

"""The rules of a project that several powers share."""

from __future__ import annotations

from services.fund.domain.project.state import Phase, Project
from services.platform.law.procedure import Given, Refusal, rule


@rule("research_ended", "61")
def research_goes_on(state: Project, _: Given) -> bool:
    """No decision has ended the research."""
    return state.current is not None


@rule("phase_not_started", "61")
def in_phase(state: Project, _: Given) -> bool:
    """The current phase has started and not reached its end."""
    return state.current is not None and state.current.started_on is not None and not state.current.ended


@rule("phase_started", "61")
def in_preparation(state: Project, _: Given) -> bool:
    """The current phase has not started."""
    return state.current is not None and state.current.started_on is None and not state.current.ended


@rule("not_at_a_gate", "61")
def at_gate(state: Project, _: Given) -> bool:
    """The current phase has ended, and what follows has not been decided."""
    return state.current is not None and state.current.ended


@rule("at_a_gate", "61")
def before_the_gate(state: Project, _: Given) -> bool:
    """The current phase has not come to its stage gate."""
    return state.current is not None and not state.current.ended


@rule("research_goes_on", "63(3)")
def has_ended(state: Project, _: Given) -> bool:
    """A decision has ended the research."""
    return state.ending is not None


@rule("settlement_finished", "63(3)")
def not_settled(state: Project, _: Given) -> bool:
    """The settlement has not been finished."""
    return state.settlement_finished_on is None


@rule("project_closed", "61")
def not_closed(state: Project, given: Given) -> bool:
    """The use of the results is still followed, or the research goes on."""
    if state.settlement_finished_on is None:
        return True
    return state.follow_until is not None and not state.follow_up_ended and given.today <= state.follow_until


def current(state: Project) -> Phase:
    """The current phase, where a rule has made sure that there is one."""
    found = state.current
    assert found is not None
    return found


def started(state: Project, number: int) -> Phase:
    """The phase of that number; refuses `no_such_phase` and `phase_not_started`."""
    if number > len(state.phases):
        raise Refusal("no_such_phase", "61", phase=number)
    found = state.phases[number - 1]
    if found.started_on is None:
        raise Refusal("phase_not_started", "61")
    return found

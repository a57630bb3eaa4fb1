"""Stage gates (ステージゲート): evaluated, with the council's view heard, and decided (Art. 61)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.fund.domain.project.acts import (
    CouncilViewHeard,
    Decision,
    GateDecided,
    GateEvaluated,
    GateEvaluatorAppointed,
)
from services.fund.domain.project.rules import at_gate, current, research_goes_on
from services.fund.domain.project.state import Project, project
from services.fund.domain.proposal.content import PhasePlan, phase_defects
from services.fund.researchers import Member
from services.fund.roles import AGENCY, EVALUATOR
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, OrganisationId, PersonId
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.law.values import AtLeast, Len, Value
from services.platform.shared.words import Reasons


class AppointGateEvaluator(Value):
    """Who evaluates the gates, and every organisation that person belongs to."""

    person: PersonId
    organisations: Annotated[tuple[OrganisationId, ...], Len(1, 20)]


@project.act("61", by=[AGENCY], when=[research_goes_on])
def appoint_gate_evaluator(state: Project, command: AppointGateEvaluator, given: Given) -> Acts:
    """Appoint an evaluator of the stage gates, who belongs to none of the project's organisations."""
    assert state.granted is not None
    shared = sorted(set(state.members) & set(command.organisations))
    own = bool(shared) or command.person == state.granted.principal
    refuse_if(own, "evaluator_of_the_proposal", organisations=", ".join(shared))
    known = command.person in {one.person for one in state.evaluators}
    refuse_if(known, "evaluator_known", person=command.person)
    yield GateEvaluatorAppointed(command.person, command.organisations, given.today)


class EvaluateGate(Value):
    """What an evaluator recommends, and why."""

    recommendation: Decision
    reasons: Reasons


@project.act("61", by=[EVALUATOR], when=[at_gate])
def evaluate_gate(state: Project, command: EvaluateGate, given: Given) -> Acts:
    """Evaluate what the phase came to, once for each evaluator."""
    phase = current(state)
    mine = next((one for one in state.evaluators if one.person == given.by.subject), None)
    # The team may have changed since the evaluator was appointed.
    shared = sorted(set(state.members) & set(mine.organisations)) if mine else []
    refuse_if(bool(shared), "evaluator_of_the_proposal", organisations=", ".join(shared))
    twice = given.by.subject in {one.person for one in phase.gate.evaluations}
    refuse_if(twice, "gate_evaluated")
    yield GateEvaluated(phase.number, given.by.subject, command.recommendation, command.reasons, given.today)


class HearView(Value):
    """The council's view of a gate, as it told it."""

    gate: Annotated[int, AtLeast(1)]
    view: str


@project.act("62(4)(ii), 63(5)", by=[THE_CLOCK])
def hear_view(state: Project, command: HearView, given: Given) -> Acts:
    """Hear the council's view of a stage gate; after the decision it is refused."""
    if command.gate > len(state.phases):
        raise Refusal("no_such_phase", "61", phase=command.gate)
    gate = state.phases[command.gate - 1].gate
    refuse_if(gate.decided is not None, "gate_decided", "61")
    refuse_if(gate.view is not None and gate.view.view == command.view, "view_heard")
    yield CouncilViewHeard(command.gate, command.view, given.today)


class DecideGate(Value):
    """How the project goes on, and why.

    A change names the phases to come, the team, or both. A graduation may say until when the use of the
    results is followed; so may a stop. Where the council's view is not awaited, `without_view` says why.
    """

    decision: Decision
    reasons: Reasons
    without_view: Reasons | None = None
    phases: Annotated[tuple[PhasePlan, ...], Len(0, 10)] = ()
    people: Annotated[tuple[Member, ...], Len(0, 500)] = ()
    follow_until: date | None = None


@project.act("61", by=[AGENCY], when=[at_gate])
def decide_gate(state: Project, command: DecideGate, given: Given) -> Acts:
    """Decide at a stage gate: continue, continue with other content or team, stop, or graduate."""
    phase = current(state)
    refuse_if(not phase.gate.evaluations, "gate_not_evaluated")
    silent = phase.gate.view is None and command.without_view is None
    refuse_if(silent, "view_outstanding", "62(4)(ii), 63(5)")
    changes = bool(command.phases or command.people)
    refuse_if((command.decision == "change") != changes, "change_not_said")
    ends = command.decision in ("stop", "graduate")
    refuse_if(command.follow_until is not None and not ends, "research_goes_on")
    if command.follow_until is not None:
        refuse_if(command.follow_until <= given.today, "follow_up_in_the_past", day=command.follow_until)
    coming = command.phases or tuple(one.plan for one in state.phases[phase.number :])
    refuse_if(not ends and not coming, "no_next_phase")
    _refuse_wrong_phases(phase.plan.ends, command.phases)
    yield GateDecided(
        phase.number,
        command.decision,
        command.reasons,
        command.without_view,
        command.phases,
        _members(state, command),
        command.people,
        # What has not been paid of the phases done can still be paid; a stop or graduation gives up the rest.
        sum(one.plan.yen for one in state.phases[: phase.number])
        + (0 if ends else sum(one.yen for one in coming)),
        command.follow_until,
        given.today,
    )


def _refuse_wrong_phases(after: date, phases: tuple[PhasePlan, ...]) -> None:
    wrong = list(phase_defects(phases))
    refuse_if(bool(wrong), "phases_defective", count=len(wrong), errors=wrong)
    early = bool(phases) and phases[0].begins <= after
    refuse_if(early, "phase_not_now", begins=after, ends=phases[-1].ends if phases else after)


def _members(state: Project, command: DecideGate) -> tuple[str, ...]:
    assert state.granted is not None
    if not command.people:
        return ()
    named = (one.organisation for one in command.people)
    members = tuple(dict.fromkeys((state.granted.institution, *named)))
    known = {place for one in state.evaluators for place in one.organisations}
    shared = sorted(known & set(members))
    refuse_if(bool(shared), "evaluator_of_the_proposal", organisations=", ".join(shared))
    return members


def promised(state: Project, decided: GateDecided) -> int:
    """What a decision adds to the promise in yen; negative where it releases."""
    return decided.committed - state.committed

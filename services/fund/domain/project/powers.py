"""A project opened out of a selected proposal, its measures against leaks, its phases (Art. 61)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from services.fund.data_files import read
from services.fund.domain.call.state import ResearchType
from services.fund.domain.project.acts import (
    GrantDecided,
    IndividualResearchFed,
    LeakMeasuresSet,
    Measure,
    MilestoneReached,
    PhaseEnded,
    PhaseStarted,
    TrlAssessed,
)
from services.fund.domain.project.rules import (
    before_the_gate,
    current,
    in_phase,
    in_preparation,
    research_goes_on,
)
from services.fund.domain.project.state import Project, parties_of, project
from services.fund.domain.proposal.content import PhasePlan
from services.fund.researchers import Member, Trl
from services.fund.roles import AGENCY, INSTITUTION, PRINCIPAL
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, Rule, refuse_if
from services.platform.law.values import AtLeast, Len, Value
from services.platform.shared.words import CaseId, Line, PassDay, Reasons


class OpenProject(Value):
    """The selected proposal a project is opened for; `yen` at most what it was selected for."""

    proposal: CaseId


class Opening(Value):
    """A project, beside what the proposal and the call say."""

    made: OpenProject
    project_id: str
    call: str
    fund: str
    title: str
    research_type: ResearchType
    field: str
    technology: str
    agency: str
    ministry: str
    principal: str
    institution: str
    people: tuple[Member, ...]
    trl: int
    phases: tuple[PhasePlan, ...]
    selected_yen: int | None
    """None when the proposal is not selected."""

    @property
    def members(self) -> tuple[str, ...]:
        """The organisations that take part, the institution first."""
        return tuple(dict.fromkeys((self.institution, *(one.organisation for one in self.people))))

    @property
    def parties(self) -> Parties:
        """Those of the grant."""
        return parties_of(self.agency, self.ministry, self.principal, self.members)


def within(phases: tuple[PhasePlan, ...], yen: int) -> tuple[PhasePlan, ...]:
    """The phases with their money cut in proportion, where less was granted than asked for."""
    from msgspec.structs import replace

    asked = sum(one.yen for one in phases)
    if asked <= yen:
        return phases
    cut = [one.yen * yen // asked for one in phases]
    cut[-1] += yen - sum(cut)
    return tuple(replace(one, yen=less) for one, less in zip(phases, cut, strict=True))


@project.act("61, 63(4)", by=[AGENCY], opens=True)
def open_project(_: Project, command: Opening, given: Given) -> Acts:
    """Open the project of a selected proposal; its council is to be organised."""
    refuse_if(command.selected_yen is None, "proposal_not_selected", "61")
    assert command.selected_yen is not None
    yield GrantDecided(
        command.project_id,
        command.call,
        command.made.proposal,
        command.fund,
        command.title,
        command.research_type,
        command.field,
        command.technology,
        command.agency,
        command.ministry,
        command.principal,
        command.institution,
        command.members,
        command.people,
        command.trl,
        within(command.phases, command.selected_yen),
        command.selected_yen,
        given.today,
    )


# ---- Measures against leaks ----


class ChosenMeasure(Value):
    """A measure by its code in the catalogue, and why it fits the technology at its level."""

    code: Annotated[str, Len(1, 40)]
    reasons: Reasons


class SetLeakMeasures(Value):
    """The measures of the coming phase, chosen anew for each."""

    measures: Annotated[tuple[ChosenMeasure, ...], Len(1, 30)]


def catalogue(on: date) -> dict[str, dict[str, Any]]:
    """The measures of the catalogue on a day, by code."""
    rows = read("leak_measures")["measure"]
    return {row["code"]: row for row in rows if row["since"] <= on <= row.get("until", date.max)}


@project.act("61", by=[AGENCY], when=[research_goes_on])
def set_leak_measures(state: Project, command: SetLeakMeasures, given: Given) -> Acts:
    """Set the measures against leaks of technology of the current phase, or revise them."""
    assert state.granted is not None
    known = catalogue(given.today)
    strange = [one.code for one in command.measures if one.code not in known]
    refuse_if(bool(strange), "measure_not_in_catalogue", codes=", ".join(strange))
    for one in command.measures:
        row = known[one.code]
        fits = state.granted.field in row.get("fields", [state.granted.field])
        levels = row.get("trl", {"from": 1, "to": 9})
        fits = fits and levels["from"] <= state.trl <= levels["to"]
        refuse_if(not fits, "measure_does_not_fit", measure=one.code)
    yield LeakMeasuresSet(
        current(state).number,
        state.granted.technology,
        state.trl,
        tuple(Measure(one.code, one.reasons) for one in command.measures),
        given.today,
        given.today,
    )


# ---- Phases ----


class StartPhase(Value):
    """The current phase starts."""


def _measures_set(state: Project, _: Given) -> bool:
    return state.current is not None and state.current.measures is not None


measures_are_set: Rule[Project] = Rule("measures_not_set", "61", _measures_set)


@project.act("61", by=[AGENCY], when=[in_preparation, measures_are_set])
def start_phase(state: Project, _: StartPhase, given: Given) -> Acts:
    """Start the phase, once its own measures against leaks have been set."""
    phase = current(state)
    outside = not phase.plan.begins <= given.today <= phase.plan.ends
    refuse_if(outside, "phase_not_now", begins=phase.plan.begins, ends=phase.plan.ends)
    yield PhaseStarted(phase.number, given.today)


def _phase_is_over(state: Project, given: Given) -> bool:
    phase = state.current
    return phase is not None and not phase.ended and given.today > phase.plan.ends


phase_is_over: Rule[Project] = Rule("phase_goes_on", "61", _phase_is_over)


@project.act("61", by=[THE_CLOCK], when=[in_phase, phase_is_over])
def end_phase(state: Project, _: PassDay, __: Given) -> Acts:
    """Record that the phase has reached its last day: the stage gate comes now."""
    phase = current(state)
    yield PhaseEnded(phase.number, phase.plan.ends)


class BringToGate(Value):
    """Why the phase does not go on to its last day, or cannot start."""

    reasons: Reasons


@project.act("61", by=[AGENCY], when=[research_goes_on, before_the_gate])
def bring_to_gate(state: Project, command: BringToGate, given: Given) -> Acts:
    """Bring the phase before its stage gate now: it came to its end early, or could not start."""
    yield PhaseEnded(current(state).number, given.today, command.reasons)


class ReachMilestone(Value):
    """Which milestone of the current phase was reached, when, and what shows it."""

    milestone: Annotated[int, AtLeast(1)]
    reached_on: date
    evidence: Line


@project.act("61", by=[PRINCIPAL, INSTITUTION], when=[in_phase])
def reach_milestone(state: Project, command: ReachMilestone, given: Given) -> Acts:
    """Report that a milestone was reached."""
    phase = current(state)
    refuse_if(command.milestone > len(phase.plan.milestones), "no_such_milestone", number=command.milestone)
    twice = any(one.milestone == command.milestone for one in phase.reached)
    refuse_if(twice, "milestone_reached", number=command.milestone)
    assert phase.started_on is not None
    outside = not phase.started_on <= command.reached_on <= given.today
    first, last = phase.started_on, given.today
    refuse_if(outside, "day_not_between", day=command.reached_on, first=first, last=last)
    yield MilestoneReached(phase.number, command.milestone, command.evidence, command.reached_on)


class AssessTrl(Value):
    """The level that the technology has reached, and why."""

    trl: Trl
    reasons: Reasons


@project.act("61", by=[AGENCY], when=[research_goes_on])
def assess_trl(state: Project, command: AssessTrl, given: Given) -> Acts:
    """Assess how mature the technology is (技術成熟度)."""
    yield TrlAssessed(current(state).number, command.trl, command.reasons, given.today)


class FeedIndividual(Value):
    """An individual research, and what of it is taken up."""

    individual: CaseId
    what: Reasons


class Feeding(Value):
    """The same beside what is recorded of that research."""

    made: FeedIndividual
    research_type: ResearchType
    technology: str
    """What the individual research is about."""


@project.act("61", by=[AGENCY], when=[research_goes_on])
def feed_individual(state: Project, command: Feeding, given: Given) -> Acts:
    """Take up what an individual research came to, to raise this project (研究開発プロジェクトの高度化)."""
    assert state.granted is not None
    wrong = state.granted.research_type != "project" or command.research_type != "individual"
    refuse_if(wrong, "not_an_individual_research")
    twice = any(one.individual == command.made.individual for one in state.fed_by)
    refuse_if(twice, "individual_research_fed")
    yield IndividualResearchFed(command.made.individual, command.made.what, given.today)

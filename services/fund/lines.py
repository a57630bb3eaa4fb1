"""Copies for reading: what is public, the proposals of a call, and the portfolio of an agency's projects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.fund.domain.call import call
from services.fund.domain.call.state import Call, Terms
from services.fund.domain.project.state import Project
from services.fund.domain.proposal.state import Proposal
from services.fund.domain.vision import Named
from services.platform.cases.case import Case
from services.platform.law.values import Value
from services.platform.shared import copies

GUIDELINES = "PUBLIC#GUIDELINES"
VISIONS = "PUBLIC#VISIONS"
CALLS = "PUBLIC#CALLS"


class PublishedGuideline(Value):
    """A version of the basic guideline that was published here."""

    title: str
    since: date
    published_at: str
    published_on: date


class PublishedVision(Value):
    """A research vision that was published here."""

    title: str
    since: date
    technologies: tuple[Named, ...]


class PublicCall(Value):
    """A call as anyone may know it."""

    id: str
    agency: str
    terms: Terms
    closes_at: str
    grace: bool
    stage: str


class ProposalLine(Value):
    """A proposal of a call, for the agency: whose it is, and how far it has come."""

    id: str
    principal: str
    numbers: tuple[str, ...]
    """The principal researcher's e-Rad number and ORCID iD."""
    asked_yen: int
    submitted: bool
    eligible: bool | None
    points: int | None
    decided: bool


class DueMilestone(Value):
    """A milestone of a project that has not been reached."""

    phase: int
    name: str
    due: date


class ProjectLine(Value):
    """A project in its agency's portfolio."""

    id: str
    title: str
    research_type: str
    field: str
    technology: str
    ministry: str
    stage: str
    phase: int
    """The current phase; of a research that ended its last."""
    trl: int
    committed: int
    paid: int
    left: int
    milestones: tuple[DueMilestone, ...] = ()


def keep_call(case: Case[Call]) -> None:
    """Keep what anyone may know of a call."""
    state = case.state
    assert state.announced is not None
    assert state.closes_at is not None
    line = PublicCall(
        case.id,
        state.announced.agency,
        state.announced.terms,
        state.closes_at.isoformat(),
        bool(state.graces),
        call.stage(state).name,
    )
    copies.keep(CALLS, case.id, line, case.version)


def keep_proposal(case: Case[Proposal]) -> None:
    """Keep the line of a proposal, once it has been submitted."""
    state = case.state
    assert state.begun is not None
    submitted = state.submitted
    principal = submitted.content.people[0] if submitted else None
    numbers = (principal.orcid, principal.e_rad) if principal else ()
    line = ProposalLine(
        case.id,
        state.begun.principal,
        tuple(number for number in numbers if number),
        submitted.content.plan.yen if submitted else 0,
        submitted is not None,
        state.screened.eligible if state.screened else None,
        state.points,
        state.selected is not None or state.not_selected is not None,
    )
    copies.keep(proposals_of(state.begun.call), case.id, line, case.version)


def keep_project(case: Case[Project]) -> None:
    """Keep the line of a project."""
    state = case.state
    granted = state.granted
    assert granted is not None
    phase = state.current
    done = [one.number for one in state.phases if one.started_on is not None]
    line = ProjectLine(
        case.id,
        granted.title,
        granted.research_type,
        granted.field,
        granted.technology,
        granted.ministry,
        case.wait.stage,
        phase.number if phase else max(done, default=1),
        state.trl,
        state.committed,
        state.paid,
        state.left,
        tuple(_open_milestones(state)),
    )
    copies.keep(portfolio_of(granted.agency), case.id, line, case.version)


def _open_milestones(state: Project) -> Iterator[DueMilestone]:
    for phase in state.phases if state.ending is None else ():
        reached = {one.milestone for one in phase.reached}
        for number, milestone in enumerate(phase.plan.milestones, start=1):
            if number not in reached:
                yield DueMilestone(phase.number, milestone.name, milestone.due)


def proposals_of(call_id: str) -> str:
    """The partition of a call's proposals."""
    return f"PROPOSALS#{call_id}"


def portfolio_of(agency: str) -> str:
    """The partition of an agency's projects."""
    return f"PORTFOLIO#{agency}"


def proposals(call_id: str) -> list[ProposalLine]:
    """The proposals of a call; strongly consistent."""
    return list(copies.every(proposals_of(call_id), ProposalLine, consistent=True))

"""The pictures of cases that say more than their state: a proposal, a project, a fund."""

from __future__ import annotations

from datetime import date, datetime

from services.fund.domain.call.state import Terms
from services.fund.domain.fund.state import Carried, Consulted, Fund, YearClosed
from services.fund.domain.project.acts import IndividualResearchFed
from services.fund.domain.project.state import Evaluator, Phase, Project, Result, Use
from services.fund.domain.proposal.content import Plan
from services.fund.domain.proposal.powers import review_of
from services.fund.domain.proposal.state import (
    Document,
    Proposal,
    ProposalNotSelected,
    ProposalScreened,
    ProposalSelected,
    Review,
)
from services.fund.researchers import Member
from services.platform.cases.case import Case
from services.platform.law.procedure import Given
from services.platform.law.values import Value


class Receipt(Value):
    """That a proposal arrived: under which number, at which instant, and the SHA-256 of what it said."""

    proposal: str
    call: str
    arrived_at: datetime
    digest: str


class ProposalView(Value):
    """A proposal. `plan` names nobody; who stands behind it is in the other fields."""

    call: str
    institution: str
    principal: str
    draft: Document | None
    receipt: Receipt | None
    terms: Terms | None
    plan: Plan | None
    people: tuple[Member, ...]
    interests: str
    agency: str | None
    screened: ProposalScreened | None
    reviews: tuple[Review, ...]
    points: int | None
    your_review: Review | None
    selected: ProposalSelected | None
    not_selected: ProposalNotSelected | None
    project: str | None


def proposal_view(case: Case[Proposal], given: Given) -> ProposalView:
    """The whole picture of a proposal."""
    state = case.state
    assert state.begun is not None
    submitted = state.submitted
    content = submitted.content if submitted else None
    receipt = Receipt(case.id, state.begun.call, submitted.at, submitted.digest) if submitted else None
    return ProposalView(
        state.begun.call,
        state.begun.institution,
        state.begun.principal,
        state.draft,
        receipt,
        submitted.terms if submitted else None,
        content.plan if content else None,
        content.people if content else (),
        content.interests if content else "",
        submitted.agency if submitted else None,
        state.screened,
        state.reviews,
        state.points,
        review_of(state, given.by.subject),
        state.selected,
        state.not_selected,
        state.project,
    )


class LateMilestone(Value):
    """A milestone whose day has passed."""

    phase: int
    name: str


class ProjectView(Value):
    """A project, with what is late on the day it is read."""

    title: str
    research_type: str
    field: str
    technology: str
    agency: str
    ministry: str
    principal: str
    members: tuple[str, ...]
    people: tuple[Member, ...]
    call: str
    proposal: str
    fund: str
    trl: int
    phases: tuple[Phase, ...]
    committed: int
    paid: int
    left: int
    late: tuple[LateMilestone, ...]
    evaluators: tuple[Evaluator, ...]
    fed_by: tuple[IndividualResearchFed, ...]
    results: tuple[Result, ...]
    uses: tuple[Use, ...]
    follow_until: date | None
    settlement_finished_on: date | None


def project_view(case: Case[Project], given: Given) -> ProjectView:
    """The whole picture of a project."""
    state = case.state
    granted = state.granted
    assert granted is not None
    running = state.phases if state.ending is None else ()
    late = [LateMilestone(phase.number, name) for phase in running for name in phase.late(given.today)]
    return ProjectView(
        granted.title,
        granted.research_type,
        granted.field,
        granted.technology,
        granted.agency,
        granted.ministry,
        granted.principal,
        state.members,
        state.people,
        granted.call,
        granted.proposal,
        granted.fund,
        state.trl,
        state.phases,
        state.committed,
        state.paid,
        state.left,
        tuple(late),
        state.evaluators,
        state.fed_by,
        state.results,
        state.uses,
        state.follow_until,
        state.settlement_finished_on,
    )


class FundView(Value):
    """A fund: its designation, what its books hold, its years and its reports."""

    name: str
    agency: str
    ministry: str
    purpose: str
    consulted: Consulted | None
    designated_on: date | None
    subsidies: dict[str, int]
    holds: Carried
    balances: dict[str, int]
    entries: int
    open_year: int | None
    closed: tuple[YearClosed, ...]
    reported: tuple[int, ...]
    overdue: tuple[int, ...]


def fund_view(case: Case[Fund], _: Given) -> FundView:
    """The whole picture of a fund."""
    state = case.state
    proposed = state.proposed
    assert proposed is not None
    return FundView(
        proposed.name,
        proposed.agency,
        proposed.ministry,
        proposed.purpose,
        state.consulted,
        state.designated_on,
        state.subsidies,
        state.standing(),
        state.balances,
        state.entries,
        state.open_year,
        state.closed,
        state.reported,
        state.overdue,
    )

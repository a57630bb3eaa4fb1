"""The powers over a proposal: written, submitted in time, screened, evaluated (Art. 61)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated, Any

import msgspec

from services.fund.domain.call.state import Terms
from services.fund.domain.proposal.content import Content, defects
from services.fund.domain.proposal.state import (
    Document,
    DraftBegun,
    DraftDiscarded,
    EvaluatorAppointed,
    EvaluatorRecused,
    Proposal,
    ProposalNotSelected,
    ProposalSaved,
    ProposalScored,
    ProposalScreened,
    ProposalSelected,
    ProposalSubmitted,
    ProposalTakenBack,
    Review,
    Score,
    SelectionUsed,
    drafted_by,
    proposal,
)
from services.fund.roles import AGENCY, EVALUATOR, INSTITUTION, PRINCIPAL
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, OrganisationId, Parties, PersonId
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import Between, Len, Value, field
from services.platform.shared.words import CaseId, Reasons

# ---- The rules ----


@rule("not_a_draft", "61")
def is_draft(state: Proposal, _: Given) -> bool:
    """The proposal is a draft."""
    return state.submitted is None and not state.discarded


@rule("not_submitted", "61")
def is_submitted(state: Proposal, _: Given) -> bool:
    """The proposal has been submitted."""
    return state.submitted is not None


@rule("proposal_screened", "61")
def not_screened(state: Proposal, _: Given) -> bool:
    """The proposal has not been screened."""
    return state.screened is None


@rule("proposal_not_eligible", "61")
def is_eligible(state: Proposal, _: Given) -> bool:
    """The proposal was found eligible."""
    return state.screened is not None and state.screened.eligible


@rule("proposal_decided", "61")
def not_decided(state: Proposal, _: Given) -> bool:
    """Nothing has been decided on the proposal."""
    return state.selected is None and state.not_selected is None


# ---- Writing and submitting ----


class BeginDraft(Value):
    """The call, whose proposal it will be, and what has been written of it so far."""

    call: CaseId
    institution: OrganisationId
    principal: PersonId
    document: Document = field(default_factory=dict)

    @property
    def parties(self) -> Parties:
        """The authors."""
        return drafted_by(self.institution, self.principal)


@proposal.act("61", by=[PRINCIPAL, INSTITUTION], opens=True)
def begin_proposal(_: Proposal, made: BeginDraft, given: Given) -> Acts:
    """Begin the draft of a proposal; it may lack anything, and nobody else sees it."""
    yield DraftBegun(made.call, made.institution, made.principal, made.document, given.today)


class SaveProposal(Value):
    """The draft, whole."""

    document: Document


@proposal.act("61", by=[PRINCIPAL, INSTITUTION], when=[is_draft])
def save_proposal(_: Proposal, command: SaveProposal, given: Given) -> Acts:
    """Save the draft as it is."""
    yield ProposalSaved(command.document, given.today)


class Submitting(Value):
    """What is submitted, beside what the call says at this instant."""

    content: Content
    agency: str
    ministry: str
    terms: Terms
    takes: bool
    """Whether the call takes proposals at the instant this one arrived."""
    closes_at: datetime


@proposal.act("61", by=[PRINCIPAL, INSTITUTION], when=[is_draft])
def submit_proposal(state: Proposal, command: Submitting, given: Given) -> Acts:
    """Submit the proposal, by the instant it arrived: at the closing instant it is late."""
    terms, content = command.terms, command.content
    early = given.at < terms.opens_at
    refuse_if(early, "call_not_open_yet", opens_at=terms.opens_at.isoformat())
    refuse_late(command.takes, command.closes_at, given)
    assert state.begun is not None
    wrong: list[dict[str, Any]] = list(defects(content, terms, state.begun.institution))
    refuse_if(bool(wrong), "proposal_defective", count=len(wrong), errors=wrong)
    yield ProposalSubmitted(command.agency, command.ministry, terms, content, digest_of(content), given.at)


class TakingBack(Value):
    """What the call says at this instant."""

    takes: bool
    closes_at: datetime


@proposal.act("61", by=[PRINCIPAL, INSTITUTION], when=[is_submitted, not_screened])
def take_back_proposal(state: Proposal, command: TakingBack, given: Given) -> Acts:
    """Take the proposal back into its draft, as long as the call takes proposals."""
    refuse_late(command.takes, command.closes_at, given)
    assert state.submitted is not None
    yield ProposalTakenBack(msgspec.to_builtins(state.submitted.content), given.at)


class DiscardProposal(Value):
    """Nothing more is to be done about the draft."""


@proposal.act("61", by=[PRINCIPAL, INSTITUTION], when=[is_draft])
def discard_proposal(_: Proposal, __: DiscardProposal, given: Given) -> Acts:
    """Put the draft away."""
    yield DraftDiscarded(given.today)


# ---- Screening ----


class ScreenProposal(Value):
    """Whether the proposal meets what the call asks, and why.

    `no_duplication` says why declared funding for the same research does not stand against it.
    """

    eligible: bool
    reasons: Reasons
    no_duplication: Reasons | None = None


class Screening(Value):
    """A screening beside the other proposals of the call by the same principal researcher."""

    made: ScreenProposal
    same_principal: tuple[str, ...]
    closed: bool


@proposal.act("61", by=[AGENCY], when=[is_submitted, not_screened])
def screen_proposal(state: Proposal, command: Screening, given: Given) -> Acts:
    """Find whether the proposal is eligible: its terms, one a researcher, no double funding."""
    assert state.submitted is not None
    refuse_if(not command.closed, "call_open")
    made, terms, content = command.made, state.submitted.terms, state.submitted.content
    if made.eligible:
        others = command.same_principal if terms.one_per_principal else ()
        refuse_if(bool(others), "another_proposal", proposals=", ".join(others))
        doubled = [one.name for one in content.people if any(other.same_content for other in one.others)]
        refuse_if(bool(doubled) and made.no_duplication is None, "double_funding", people=", ".join(doubled))
    reasons = "\n".join(text for text in (made.reasons, made.no_duplication) if text)
    yield ProposalScreened(made.eligible, reasons, command.same_principal, given.today)


# ---- Evaluation ----


class AppointEvaluator(Value):
    """Who evaluates, and every organisation that person belongs to."""

    person: PersonId
    organisations: Annotated[tuple[OrganisationId, ...], Len(1, 20)]


@proposal.act("61", by=[AGENCY], when=[is_eligible, not_decided])
def appoint_evaluator(state: Proposal, command: AppointEvaluator, given: Given) -> Acts:
    """Appoint an evaluator, who belongs to none of the proposal's organisations and is none of its people."""
    assert state.begun is not None
    assert state.submitted is not None
    known = {one.person for one in state.reviews}
    refuse_if(command.person in known, "evaluator_known", person=command.person)
    mine = {one.organisation for one in state.submitted.content.people} | {state.begun.institution}
    shared = sorted(mine & set(command.organisations))
    own = bool(shared) or command.person == state.begun.principal
    refuse_if(own, "evaluator_of_the_proposal", organisations=", ".join(shared))
    yield EvaluatorAppointed(command.person, command.organisations, given.today)


class RecuseEvaluator(Value):
    """Who steps back, and because of what."""

    person: PersonId
    reasons: Reasons


@proposal.act("61", by=[AGENCY, EVALUATOR], when=[is_eligible, not_decided])
def recuse_evaluator(state: Proposal, command: RecuseEvaluator, given: Given) -> Acts:
    """Let an evaluator step back because of a conflict of interest; what he or she scored does not count."""
    own = EVALUATOR.name in given.by.roles and given.by.subject != command.person
    refuse_if(own and AGENCY.name not in given.by.roles, "not_your_evaluation", person=command.person)
    judging = {one.person for one in state.judging}
    refuse_if(command.person not in judging, "no_such_evaluator", person=command.person)
    yield EvaluatorRecused(command.person, command.reasons, given.today)


class GivenScore(Value):
    """Points under a criterion of the call, and why."""

    criterion: Annotated[str, Len(1, 40)]
    points: Annotated[int, Between(0, 1000)]
    reasons: Reasons


class ScoreProposal(Value):
    """The points under each criterion; `no_conflict` is declared anew with every evaluation."""

    scores: Annotated[tuple[GivenScore, ...], Len(1, 20)]
    no_conflict: bool


@proposal.act("61", by=[EVALUATOR], when=[is_eligible, not_decided])
def score_proposal(state: Proposal, command: ScoreProposal, given: Given) -> Acts:
    """Score the proposal under every criterion of the call, with reasons, once."""
    assert state.submitted is not None
    mine = review_of(state, given.by.subject)
    refuse_if(mine is None, "no_such_evaluator", person=given.by.subject)
    assert mine is not None
    refuse_if(bool(mine.scores), "scored_already")
    refuse_if(not command.no_conflict, "conflict_of_interest")
    criteria = {one.code: one for one in state.submitted.terms.criteria}
    named = [one.criterion for one in command.scores]
    whole = set(named) == criteria.keys() and len(named) == len(criteria)
    refuse_if(not whole, "criteria_not_scored", criteria=", ".join(criteria))
    for one in command.scores:
        most = criteria[one.criterion].most
        refuse_if(one.points > most, "too_many_points", criterion=one.criterion, most=most)
    scores = tuple(Score(one.criterion, one.points, one.reasons) for one in command.scores)
    yield ProposalScored(given.by.subject, scores, given.today)


def review_of(state: Proposal, person: str) -> Review | None:
    """The evaluation by a person who has not stepped back."""
    return next((one for one in state.judging if one.person == person), None)


# ---- Decision ----


class NotifySelected(Value):
    """Up to how much, and why."""

    yen: int
    reasons: Reasons


@proposal.act("61", by=[THE_CLOCK], when=[is_eligible, not_decided])
def notify_selected(_: Proposal, command: NotifySelected, given: Given) -> Acts:
    """Tell the authors that the proposal is selected, by the call's decision."""
    yield ProposalSelected(command.yen, command.reasons, given.today)


class NotifyNotSelected(Value):
    """Why."""

    reasons: Reasons


@proposal.act("61", by=[THE_CLOCK], when=[is_eligible, not_decided])
def notify_not_selected(_: Proposal, command: NotifyNotSelected, given: Given) -> Acts:
    """Tell the authors that the proposal is not selected, by the call's decision."""
    yield ProposalNotSelected(command.reasons, given.today)


class UseSelection(Value):
    """The project."""

    project: CaseId


@proposal.act("61", by=[THE_CLOCK])
def use_selection(state: Proposal, command: UseSelection, given: Given) -> Acts:
    """Open the project of a selected proposal, once."""
    refuse_if(state.selected is None, "proposal_not_selected")
    refuse_if(state.project is not None, "project_opened", project=state.project)
    yield SelectionUsed(command.project, given.today)


def refuse_late(takes: bool, closes_at: datetime, given: Given) -> None:
    """Refuse what arrived when the call took nothing, with both instants."""
    arrived, closed = given.at.isoformat(), closes_at.isoformat()
    refuse_if(not takes, "too_late", arrived_at=arrived, closes_at=closed)


def digest_of(content: Content) -> str:
    """The SHA-256 of what was submitted: whoever kept it can prove that this is it."""
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()

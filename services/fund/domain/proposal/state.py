"""A proposal: its draft, what was submitted at which instant, how it was evaluated and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from services.fund.domain.call.state import Terms
from services.fund.domain.proposal.content import Content
from services.fund.roles import AGENCY, EVALUATOR, INSTITUTION, MINISTRY, PRINCIPAL
from services.platform.law.acts import Act, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Procedure, Stage, end
from services.platform.law.values import Value

Document = dict[str, Any]
"""A draft, as JSON has it; it may lack anything."""


# ---- What happens ----


@leaves("restricted")
class DraftBegun(Act):
    """A draft of a proposal was begun."""

    call: str
    institution: str
    principal: str
    document: Document
    on: date


@leaves("restricted")
class ProposalSaved(Act):
    """The draft was saved, whole."""

    document: Document
    on: date


@leaves("restricted")
class ProposalSubmitted(Act):
    """The proposal was submitted in time: `digest` is the SHA-256 of what was submitted, for the receipt."""

    agency: str
    ministry: str
    terms: Terms
    content: Content
    digest: str
    at: datetime


@leaves("restricted")
class ProposalTakenBack(Act):
    """The proposal was taken back into its draft before the call closed."""

    document: Document
    at: datetime


@leaves("restricted")
class DraftDiscarded(Act):
    """The draft was put away."""

    on: date


@leaves("restricted")
class ProposalScreened(Act):
    """The agency found whether the proposal is eligible."""

    eligible: bool
    reasons: str
    same_principal: tuple[str, ...]
    on: date


@leaves("restricted")
class EvaluatorAppointed(Act):
    """An evaluator was appointed, with the organisations he or she belongs to."""

    person: str
    organisations: tuple[str, ...]
    on: date


@leaves("restricted")
class EvaluatorRecused(Act):
    """An evaluator steps back because of a conflict of interest, his or her own or one that was found."""

    person: str
    reasons: str
    on: date


class Score(Value):
    """Points under a criterion, and why."""

    criterion: str
    points: int
    reasons: str


@leaves("restricted")
class ProposalScored(Act):
    """An evaluator scored the proposal."""

    person: str
    scores: tuple[Score, ...]
    on: date


@leaves("restricted")
class ProposalSelected(Act):
    """The authors were told that the proposal is selected."""

    yen: int
    reasons: str
    on: date


@leaves("restricted")
class ProposalNotSelected(Act):
    """The authors were told that the proposal is not selected, and why."""

    reasons: str
    on: date


@leaves("restricted")
class SelectionUsed(Act):
    """The project was opened."""

    project: str
    on: date


class Review(Value):
    """An evaluator of a proposal and what he or she made of it."""

    person: str
    organisations: tuple[str, ...]
    recused: str | None = None
    scores: tuple[Score, ...] = ()

    @property
    def points(self) -> int | None:
        """The sum of the points; None before there are any."""
        return sum(one.points for one in self.scores) if self.scores else None


class Proposal(Value):
    """A proposal as it stands."""

    begun: DraftBegun | None = None
    draft: Document | None = None
    submitted: ProposalSubmitted | None = None
    discarded: bool = False
    screened: ProposalScreened | None = None
    reviews: tuple[Review, ...] = ()
    selected: ProposalSelected | None = None
    not_selected: ProposalNotSelected | None = None
    project: str | None = None

    @property
    def over(self) -> bool:
        """Whether it has been decided on, or put away."""
        decided = self.selected is not None or self.not_selected is not None
        return decided or self.discarded or (self.screened is not None and not self.screened.eligible)

    @property
    def judging(self) -> tuple[Review, ...]:
        """The evaluators who have not stepped back."""
        return tuple(one for one in self.reviews if one.recused is None)

    @property
    def points(self) -> int | None:
        """The average of the points in hundredths, rounded down; None while somebody has not scored."""
        given = [one.points for one in self.judging]
        known = [one for one in given if one is not None]
        return sum(known) * 100 // len(known) if known and len(known) == len(given) else None


def evolve(state: Proposal, act: Act) -> Proposal:
    """The proposal after `act`."""
    match act:
        case DraftBegun():
            return replace(state, begun=act, draft=act.document)
        case ProposalSaved():
            return replace(state, draft=act.document)
        case ProposalSubmitted():
            return replace(state, submitted=act, draft=None)
        case ProposalTakenBack():
            return replace(state, submitted=None, draft=act.document)
        case DraftDiscarded():
            return replace(state, discarded=True)
        case ProposalScreened():
            return replace(state, screened=act)
        case EvaluatorAppointed():
            return replace(state, reviews=(*state.reviews, Review(act.person, act.organisations)))
        case EvaluatorRecused():
            return _reviewed(state, act.person, recused=act.reasons)
        case ProposalScored():
            return _reviewed(state, act.person, scores=act.scores)
        case ProposalSelected():
            return replace(state, selected=act)
        case ProposalNotSelected():
            return replace(state, not_selected=act)
        case SelectionUsed():
            return replace(state, project=act.project)
    raise TypeError(f"{type(act).__name__} is no act of a proposal")


def _reviewed(state: Proposal, person: str, **changed: Any) -> Proposal:
    reviews = tuple(replace(one, **changed) if one.person == person else one for one in state.reviews)
    return replace(state, reviews=reviews)


def drafted_by(institution: str, principal: str) -> Parties:
    """Its authors: what has not been submitted is none of the government's."""
    return Parties.of({INSTITUTION: institution, PRINCIPAL: principal})


def parties(state: Proposal) -> Parties:
    """The authors; once submitted the agency and its ministry; and who evaluates it."""
    if state.begun is None:
        return NOBODY
    held = {INSTITUTION: state.begun.institution, PRINCIPAL: state.begun.principal}
    if state.submitted is None:
        return Parties.of(held)
    judging = [one.person for one in state.judging]
    return Parties.of(
        {**held, AGENCY: state.submitted.agency, MINISTRY: state.submitted.ministry, EVALUATOR: judging}
    )


proposal: Procedure[Proposal] = Procedure(
    name="proposal",
    title="Proposal",
    title_ja="提案",
    initial=Proposal(),
    evolve=evolve,
    acts=(
        DraftBegun,
        ProposalSaved,
        ProposalSubmitted,
        ProposalTakenBack,
        DraftDiscarded,
        ProposalScreened,
        EvaluatorAppointed,
        EvaluatorRecused,
        ProposalScored,
        ProposalSelected,
        ProposalNotSelected,
        SelectionUsed,
    ),
    parties=parties,
    stages=(
        end("Discarded", "Put away", "取下げ", "61", lambda s: s.discarded),
        end("Granted", "Its project is open", "研究開始", "61", lambda s: s.project is not None),
        end("NotSelected", "Not selected", "不採択", "61", lambda s: s.not_selected is not None),
        end("Ineligible", "Not eligible", "要件不適合", "61", lambda s: s.over and s.selected is None),
        Stage(
            "Selected",
            "Selected; its project is to be opened",
            "採択",
            "61",
            when=lambda s: s.selected is not None,
            then=("Granted",),
        ),
        Stage(
            "Evaluation",
            "Eligible; evaluated",
            "審査中",
            "61",
            when=lambda s: s.screened is not None,
            then=("Selected", "NotSelected"),
        ),
        Stage(
            "Submitted",
            "Submitted; its eligibility is to be checked",
            "受付済み",
            "61",
            when=lambda s: s.submitted is not None,
            then=("Draft", "Evaluation", "Ineligible"),
        ),
        Stage(
            "Draft",
            "Being written",
            "作成中",
            "61",
            when=lambda _: True,
            then=("Submitted", "Discarded"),
        ),
    ),
)

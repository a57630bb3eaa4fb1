"""Drafts of plans (導入等計画書の下書き): kept as they are written, and filed by one act.

A draft may lack anything; every saving is an act, so that none is lost. A change of a supplier's passport
makes a draft too: one for each plan it touches, saying what Art. 54 asks of that plan's operator.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from services.infra_review.domain.vocabulary import CaseId, Name
from services.infra_review.plan.difference import Consequence
from services.infra_review.plan.model import Plan
from services.infra_review.roles import AGENT, OPERATOR, filed_by
from services.platform.law.acts import Act, Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, rule
from services.platform.law.values import Value


class Because(Value):
    """A supplier's passport changed: which plan it touches, and what Art. 54 asks of it."""

    plan_case: CaseId
    passport: CaseId
    revision: int
    consequence: Consequence
    article: str


class DraftOpened(Act):
    """A draft was begun, by its author or by a change of a passport that its plan cites."""

    organisation: str
    operator_id: str
    plan: Plan
    because: Because | None
    on: date


class DraftSaved(Act):
    """The draft was saved, whole."""

    plan: Plan
    on: date


class DraftFiled(Act):
    """The draft was filed: from now on the case `filed_as` holds its plan."""

    filed_as: str
    on: date


class DraftClosed(Act):
    """The draft was put away unfiled; it can still be read."""

    on: date


class Draft(Value):
    """A draft as it was last saved."""

    organisation: str | None = None
    operator_id: str = ""
    plan: Plan | None = None
    because: Because | None = None
    saved_on: date | None = None
    filed_as: str | None = None
    closed_on: date | None = None


def evolve(state: Draft, act: Act) -> Draft:
    """The draft after `act`."""
    match act:
        case DraftOpened():
            return Draft(act.organisation, act.operator_id, act.plan, act.because, act.on)
        case DraftSaved():
            return replace(state, plan=act.plan, saved_on=act.on)
        case DraftFiled():
            return replace(state, filed_as=act.filed_as)
        case DraftClosed():
            return replace(state, closed_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of a draft")


draft: Procedure[Draft] = Procedure(
    name="draft",
    title="Draft of a plan",
    title_ja="導入等計画書の下書き",
    initial=Draft(),
    evolve=evolve,
    acts=(DraftOpened, DraftSaved, DraftFiled, DraftClosed),
    # No ministry stands in a draft: what has not been filed is none of the government's.
    parties=lambda state: filed_by(state.organisation),
    stages=(
        end("Filed", "Filed as a notification", "届出済み", "52(1)", lambda s: s.filed_as is not None),
        end("Closed", "Put away unfiled", "終了", "52(1)", lambda s: s.closed_on is not None),
        Stage("Draft", "Being written", "作成中", "52(1)", lambda _: True, then=("Filed", "Closed")),
    ),
)


@rule("draft_over", "52(1)", explain=lambda state, _: {"filed_as": state.filed_as} if state.filed_as else {})
def not_over(state: Draft, _: Given) -> bool:
    """The draft has been neither filed nor closed."""
    return state.filed_as is None and state.closed_on is None


@rule("draft_of_a_change", "54(1)")
def not_of_a_change(state: Draft, _: Given) -> bool:
    """The draft is of a plan of its own, not of what a changed passport asks about one already filed."""
    return state.because is None


class OpenDraft(Value):
    """Whose draft it is, under which designation it would be filed, and as much of the plan as there is."""

    organisation: Name
    operator_id: CaseId
    plan: Plan

    @property
    def parties(self) -> Parties:
        """The operator alone."""
        return filed_by(self.organisation)


@draft.act("52(1)", by=[OPERATOR, AGENT], opens=True)
def begin(_: Draft, begun: OpenDraft, given: Given) -> Acts:
    """Begin a draft of a plan; nothing in it needs to be complete."""
    yield DraftOpened(begun.organisation, begun.operator_id, begun.plan, None, given.today)


class DraftForChange(Value):
    """What a changed passport asks about a plan that cites it."""

    organisation: str
    operator_id: str
    plan: Plan
    because: Because

    @property
    def parties(self) -> Parties:
        """The operator whose plan it is."""
        return filed_by(self.organisation)


@draft.act("54(1)", by=[THE_CLOCK], opens=True)
def begin_for_change(_: Draft, asked: DraftForChange, given: Given) -> Acts:
    """Begin the draft that tells an operator what a changed passport asks of its plan."""
    yield DraftOpened(asked.organisation, asked.operator_id, asked.plan, asked.because, given.today)


class Save(Value):
    """The plan as far as it is written, whole."""

    plan: Plan


@draft.act("52(1)", by=[OPERATOR, AGENT], when=[not_over])
def save(_: Draft, saved: Save, given: Given) -> Acts:
    """Save the draft, whole; what was saved before stays in its history."""
    yield DraftSaved(saved.plan, given.today)


class MarkFiled(Value):
    """The case that holds the plan from now on."""

    filed_as: CaseId


@draft.act("52(1)", by=[OPERATOR, AGENT], when=[not_over, not_of_a_change])
def file(_: Draft, filed: MarkFiled, given: Given) -> Acts:
    """File the draft as a notification: the case it becomes is opened in the same act."""
    yield DraftFiled(filed.filed_as, given.today)


class Close(Value):
    """Nothing more is to be done about the draft."""


@draft.act("52(1)", by=[OPERATOR, AGENT], when=[not_over])
def close(_: Draft, __: Close, given: Given) -> Acts:
    """Put the draft away unfiled, or as read when it asks for nothing; it can still be read."""
    yield DraftClosed(given.today)

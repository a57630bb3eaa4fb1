"""Drafts of plans (導入等計画書の下書き), begun by an operator or by what a changed passport asks of it."""

from __future__ import annotations

import msgspec

from services.infra_review.plan.difference import Consequence
from services.infra_review.plan.model import Plan
from services.infra_review.roles import AGENT, OPERATOR, filed_by
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, OrganisationId, Parties
from services.platform.law.procedure import Given, rule
from services.platform.law.values import Value
from services.platform.shared.drafts import Draft, DraftOpened, DraftSaved, drafting, not_over
from services.platform.shared.words import CaseId


class Because(Value):
    """A supplier's passport changed: which plan it touches, and what Art. 54 asks of it."""

    plan_case: CaseId
    passport: CaseId
    revision: int
    consequence: Consequence
    article: str


@rule("draft_of_a_change", "54(1)")
def not_of_a_change(state: Draft, _: Given) -> bool:
    """The draft is of a plan of its own, not of what a changed passport asks about one already filed."""
    return state.because is None


draft = drafting(
    "52(1)",
    title="Draft of a plan",
    title_ja="導入等計画書の下書き",
    by=[OPERATOR, AGENT],
    parties=filed_by,
    files_when=[not_of_a_change],
)


def plan_of(state: Draft) -> Plan:
    """The plan as far as it is written."""
    return msgspec.convert(state.document or {}, Plan)


def because(state: Draft) -> Because | None:
    """The changed passport that asks for the draft, if one does."""
    return msgspec.convert(state.because, Because | None)


class OpenDraft(Value):
    """Whose draft it is, under which designation it would be filed, and as much of the plan as there is."""

    organisation: OrganisationId
    operator_id: CaseId
    plan: Plan

    @property
    def parties(self) -> Parties:
        """The operator alone."""
        return filed_by(self.organisation)


@draft.act("52(1)", by=[OPERATOR, AGENT], opens=True)
def begin(_: Draft, begun: OpenDraft, given: Given) -> Acts:
    """Begin a draft of a plan; nothing in it needs to be complete."""
    plan = msgspec.to_builtins(begun.plan)
    yield DraftOpened(begun.organisation, begun.operator_id, plan, None, given.today)


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
    plan, because = msgspec.to_builtins(asked.plan), msgspec.to_builtins(asked.because)
    yield DraftOpened(asked.organisation, asked.operator_id, plan, because, given.today)


class Save(Value):
    """The plan as far as it is written, whole."""

    plan: Plan


@draft.act("52(1)", by=[OPERATOR, AGENT], when=[not_over])
def save(_: Draft, saved: Save, given: Given) -> Acts:
    """Save the draft, whole; what was saved before stays in its history."""
    yield DraftSaved(msgspec.to_builtins(saved.plan), given.today)

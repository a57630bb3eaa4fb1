"""Drafts (下書き) of what will be filed: kept as they are written, and filed by one act. Pure.

A draft may lack anything; every saving is an act, so that none is lost. What is drafted is the chapter's: its
powers to begin and to save turn it into a document and back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, upcasts
from services.platform.law.parties import Parties, Role
from services.platform.law.procedure import Given, Procedure, Rule, Stage, end, rule
from services.platform.law.values import Value
from services.platform.shared.words import CaseId

Document = dict[str, Any]
"""What is being drafted, as JSON has it."""


def _with_document(recorded: dict[str, Any]) -> dict[str, Any]:
    renamed = {"plan": "document", "operator_id": "under"}
    return {renamed.get(name, name): value for name, value in recorded.items()}


@upcasts(_with_document)
class DraftOpened(Act):
    """A draft was begun, by its author or by a change (`because`) that asks its author for one."""

    organisation: str
    under: str
    """The case under which it would be filed, such as a designation."""
    document: Document
    because: Document | None
    on: date


@upcasts(_with_document)
class DraftSaved(Act):
    """The draft was saved, whole."""

    document: Document
    on: date


class DraftFiled(Act):
    """The draft was filed: from now on the case `filed_as` holds what was drafted."""

    filed_as: str
    on: date


class DraftClosed(Act):
    """The draft was put away unfiled; it can still be read."""

    on: date


class Draft(Value):
    """A draft as it was last saved."""

    organisation: str | None = None
    under: str = ""
    document: Document | None = None
    because: Document | None = None
    saved_on: date | None = None
    filed_as: str | None = None
    closed_on: date | None = None


def evolve(state: Draft, act: Act) -> Draft:
    """The draft after `act`."""
    match act:
        case DraftOpened():
            return Draft(act.organisation, act.under, act.document, act.because, act.on)
        case DraftSaved():
            return replace(state, document=act.document, saved_on=act.on)
        case DraftFiled():
            return replace(state, filed_as=act.filed_as)
        case DraftClosed():
            return replace(state, closed_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of a draft")


@rule("draft_over", explain=lambda state, _: {"filed_as": state.filed_as} if state.filed_as else {})
def not_over(state: Draft, _: Given) -> bool:
    """The draft has been neither filed nor closed."""
    return state.filed_as is None and state.closed_on is None


class MarkFiled(Value):
    """The case that holds what was drafted from now on."""

    filed_as: CaseId


def file(_: Draft, filed: MarkFiled, given: Given) -> Acts:
    """File the draft: the case it becomes is opened in the same act."""
    yield DraftFiled(filed.filed_as, given.today)


class Close(Value):
    """Nothing more is to be done about the draft."""


def close(_: Draft, __: Close, given: Given) -> Acts:
    """Put the draft away unfiled, or as read when it asks for nothing; it can still be read."""
    yield DraftClosed(given.today)


def drafting(
    article: str,
    *,
    title: str,
    title_ja: str,
    by: Iterable[Role],
    parties: Callable[[str | None], Parties],
    files_when: Iterable[Rule[Draft]] = (),
    name: str = "draft",
) -> Procedure[Draft]:
    """The procedure of drafts of what `article` has filed; the chapter adds the powers to begin and to save.

    No authority stands in a draft: what has not been filed is none of the government's.
    """
    procedure: Procedure[Draft] = Procedure(
        name=name,
        title=title,
        title_ja=title_ja,
        initial=Draft(),
        evolve=evolve,
        acts=(DraftOpened, DraftSaved, DraftFiled, DraftClosed),
        parties=lambda state: parties(state.organisation),
        stages=(
            end("Filed", "Filed", "届出済み", article, lambda s: s.filed_as is not None),
            end("Closed", "Put away unfiled", "終了", article, lambda s: s.closed_on is not None),
            Stage("Draft", "Being written", "作成中", article, lambda _: True, then=("Filed", "Closed")),
        ),
    )
    by = tuple(by)
    procedure.act(article, by=by, when=[not_over, *files_when])(file)
    procedure.act(article, by=by, when=[not_over])(close)
    return procedure

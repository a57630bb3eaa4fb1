"""The basic guideline (特定重要技術研究開発基本指針) from its draft to its publication: Art. 60.

Each version is a case of its own; a change (60(6)) goes the same way.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from services.fund.roles import CABINET_OFFICE, PROGRAM_OFFICE
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Value
from services.platform.shared.words import CaseId, Line, Name, Reasons


class Contents(Value):
    """What the guideline says of each matter of 60(2), in its order."""

    direction: Reasons
    councils: Reasons
    designated_funds: Reasons
    research: Reasons
    considerations: Reasons
    further: Reasons | None = None


# ---- What happens ----


@leaves("internal")
class GuidelineDrafted(Act):
    """The Prime Minister made a draft of the guideline, or of a change to it (60(3), (6))."""

    title: str
    contents: Contents
    changes: str | None
    on: date


@leaves("internal")
class KnowledgeableHeard(Act):
    """The opinion of somebody with knowledge of the matter was heard (60(4))."""

    who: str
    knowledge: str
    opinion: str
    on: date


@leaves("internal")
class CabinetDecided(Act):
    """The Cabinet decided the guideline (60(3))."""

    decided_on: date


@leaves("public", "title", "decided_on", "published_at")
class GuidelinePublished(Act):
    """The guideline was made public (60(5))."""

    title: str
    decided_on: date
    published_at: str
    on: date


class Guideline(Value):
    """A version of the guideline, and how far it has come."""

    drafted: GuidelineDrafted | None = None
    heard: tuple[KnowledgeableHeard, ...] = ()
    decided_on: date | None = None
    published: GuidelinePublished | None = None


def evolve(state: Guideline, act: Act) -> Guideline:
    """The version after `act`."""
    match act:
        case GuidelineDrafted():
            return replace(state, drafted=act)
        case KnowledgeableHeard():
            return replace(state, heard=(*state.heard, act))
        case CabinetDecided():
            return replace(state, decided_on=act.decided_on)
        case GuidelinePublished():
            return replace(state, published=act)
    raise TypeError(f"{type(act).__name__} is no act of a guideline")


BY_THE_PRIME_MINISTER = Parties.of({PROGRAM_OFFICE: CABINET_OFFICE})

guideline: Procedure[Guideline] = Procedure(
    name="guideline",
    title="Basic guideline",
    title_ja="特定重要技術研究開発基本指針",
    initial=Guideline(),
    evolve=evolve,
    acts=(GuidelineDrafted, KnowledgeableHeard, CabinetDecided, GuidelinePublished),
    parties=lambda state: BY_THE_PRIME_MINISTER if state.drafted else NOBODY,
    stages=(
        end("Published", "Published", "公表済み", "60(5)", lambda s: s.published is not None),
        Stage(
            "Decided",
            "Decided by the Cabinet, to be published without delay",
            "閣議決定済み・公表待ち",
            "60(5)",
            when=lambda s: s.decided_on is not None,
            then=("Published",),
        ),
        Stage(
            "Draft",
            "A draft, on which knowledgeable people are heard",
            "案の作成",
            "60(3), (4)",
            when=lambda _: True,
            then=("Decided",),
        ),
    ),
)

# ---- The rules ----


@rule("guideline_decided", "60(3)")
def not_decided(state: Guideline, _: Given) -> bool:
    """The Cabinet has not decided."""
    return state.decided_on is None


@rule("nobody_heard", "60(4)")
def somebody_heard(state: Guideline, _: Given) -> bool:
    """Somebody with knowledge has been heard on the draft."""
    return bool(state.heard)


@rule("guideline_not_decided", "60(5)")
def decided(state: Guideline, _: Given) -> bool:
    """The Cabinet has decided."""
    return state.decided_on is not None


@rule("guideline_published", "60(5)")
def not_published(state: Guideline, _: Given) -> bool:
    """It has not been published."""
    return state.published is None


# ---- The powers ----


class DraftGuideline(Value):
    """The draft, and the version it changes if it changes one (60(6))."""

    title: Name
    contents: Contents
    changes: CaseId | None = None

    @property
    def parties(self) -> Parties:
        """The Prime Minister."""
        return BY_THE_PRIME_MINISTER


@guideline.act("60(3), (6)", by=[PROGRAM_OFFICE], opens=True)
def draft_guideline(_: Guideline, draft: DraftGuideline, given: Given) -> Acts:
    """Make a draft of the guideline, or of a change to it."""
    yield GuidelineDrafted(draft.title, draft.contents, draft.changes, given.today)


class HearKnowledgeable(Value):
    """Who was heard, what that person knows of (60(4)), and the opinion."""

    who: Name
    knowledge: Line
    opinion: Reasons


@guideline.act("60(4)", by=[PROGRAM_OFFICE], when=[not_decided])
def hear_knowledgeable(_: Guideline, heard: HearKnowledgeable, given: Given) -> Acts:
    """Hear somebody with knowledge of economic security, of trends in society or R&D, or of the support."""
    yield KnowledgeableHeard(heard.who, heard.knowledge, heard.opinion, given.today)


class RecordDecision(Value):
    """The day of the Cabinet's decision."""

    decided_on: date


@guideline.act("60(3)", by=[PROGRAM_OFFICE], when=[not_decided, somebody_heard])
def record_cabinet_decision(state: Guideline, decision: RecordDecision, given: Given) -> Acts:
    """Record that the Cabinet has decided the guideline."""
    first = state.heard[0].on
    outside = not first <= decision.decided_on <= given.today
    refuse_if(outside, "day_not_between", day=decision.decided_on, first=first, last=given.today)
    yield CabinetDecided(decision.decided_on)


class PublishGuideline(Value):
    """Where the text stands."""

    published_at: Line


@guideline.act("60(5)", by=[PROGRAM_OFFICE], when=[decided, not_published])
def publish_guideline(state: Guideline, publication: PublishGuideline, given: Given) -> Acts:
    """Publish the guideline without delay."""
    assert state.drafted is not None
    assert state.decided_on is not None
    yield GuidelinePublished(state.drafted.title, state.decided_on, publication.published_at, given.today)

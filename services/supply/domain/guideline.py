"""What ministers set in writing before others may act: the loan guideline, and the standard of support.

供給確保促進円滑化業務等実施基本指針 (Art. 13) and 供給確保支援実施基準 (Art. 31(4)-(7)): both are drafted,
consulted about, set, published, and changed in the same way.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.consultation import (
    CONSULTATION_ACTS,
    Consultations,
    consulted_about,
    spent,
)
from services.platform.shared.consultation import evolve as consult
from services.platform.shared.words import Line, Name, Reasons
from services.supply.domain.consulting import consulted_agencies, consulting
from services.supply.orders import order_of
from services.supply.roles import CAO, MOF, OFFICIAL, asked_about, before

Kind = Literal["loan_guideline", "support_standard"]
Items = Annotated[tuple[Reasons, ...], Len(1, 30)]
"""What it sets, by the items of Art. 13(2), or of the orders' Art. 5 for a standard."""


@leaves("restricted")
class GuidelineDrafted(Act):
    """A guideline or standard, or a change of one, was drafted."""

    kind: Kind
    material: str | None
    ministries: tuple[str, ...]
    items: tuple[str, ...]
    provides_fund: bool
    on: date


@leaves("public", "kind", "on")
class GuidelineSet(Act):
    """It was set, or changed."""

    kind: Kind
    items: tuple[str, ...]
    on: date


@leaves("public", "where", "on")
class GuidelinePublished(Act):
    """It was published (公表)."""

    where: str
    on: date


class Guideline(Value):
    """A guideline or standard as it stands."""

    kind: Kind | None = None
    material: str | None = None
    ministries: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    provides_fund: bool = False
    """Of a standard: whether the body is to have a fund (34(1))."""
    set_on: tuple[date, ...] = ()
    published_on: tuple[date, ...] = ()
    consultations: Consultations = ()


def evolve(state: Guideline, act: Act) -> Guideline:
    """The guideline after `act`."""
    if isinstance(act, CONSULTATION_ACTS):
        return replace(state, consultations=consult(state.consultations, act))
    match act:
        case GuidelineDrafted():
            return replace(
                state,
                kind=act.kind,
                material=act.material,
                ministries=act.ministries,
                draft=act.items,
                provides_fund=act.provides_fund,
            )
        case GuidelineSet():
            return replace(
                state,
                draft=(),
                items=act.items,
                set_on=(*state.set_on, act.on),
                consultations=spent(state.consultations),
            )
        case GuidelinePublished():
            return replace(state, published_on=(*state.published_on, act.on))
    raise TypeError(f"{type(act).__name__} is no act of a guideline")


def ministries_of(kind: Kind, material: str | None) -> tuple[str, ...]:
    """Whose it is: Art. 86(1)(i) for loans, 86(1)(iii) for support. Raises the refusal `material_needed`."""
    if kind == "loan_guideline":
        return (CAO, MOF)
    refuse_if(material is None, "material_needed", "31(1), (4)")
    return (CAO, *order_of(material or "").ministries)


def parties(state: Guideline) -> Parties:
    """The ministers, and those consulted."""
    if state.kind is None:
        return NOBODY
    return before(state.ministries, asked_about(consulted_agencies(state.consultations)))


guideline: Procedure[Guideline] = Procedure(
    name="guideline",
    title="Guideline on loans, or standard of support",
    title_ja="実施基本指針・供給確保支援実施基準",
    initial=Guideline(),
    evolve=evolve,
    acts=(GuidelineDrafted, GuidelineSet, GuidelinePublished, *CONSULTATION_ACTS),
    parties=parties,
    stages=(
        Stage(
            "Drafted",
            "A draft waits for its consultation",
            "案の作成",
            "13(3), 31(5)",
            lambda s: bool(s.draft),
            then=("AwaitPublication",),
        ),
        Stage(
            "AwaitPublication",
            "Set, and to be published",
            "公表待ち",
            "13(4), 31(6)",
            lambda s: len(s.published_on) < len(s.set_on),
            then=("Published", "Drafted"),
        ),
        Stage("Published", "Published", "公表済み", "13(4), 31(6)", lambda _: True, then=("Drafted",)),
    ),
)


@rule("no_draft", "13(1), 31(4)")
def drafted(state: Guideline, _: Given) -> bool:
    """There is a draft that has not been set."""
    return bool(state.draft)


@rule("nothing_awaits_publication", "13(4), 31(6)")
def unpublished(state: Guideline, _: Given) -> bool:
    """It was set and has not been published."""
    return len(state.published_on) < len(state.set_on)


class DraftGuideline(Value):
    """Which one, for which material where it is a standard, what it sets, and whether there is a fund."""

    kind: Kind
    items: Items
    material: Name | None = None
    provides_fund: bool = False

    @property
    def parties(self) -> Parties:
        """The ministers whose it is."""
        return before(ministries_of(self.kind, self.material))


@guideline.act("13(1), (2), 31(4)", by=[OFFICIAL], opens=True)
def draft_guideline(_: Guideline, command: DraftGuideline, given: Given) -> Acts:
    """Draft the guideline on two-step loans, or the standard a support body has to keep to."""
    ministries = ministries_of(command.kind, command.material)
    yield GuidelineDrafted(
        command.kind, command.material, ministries, command.items, command.provides_fund, given.today
    )


class RedraftGuideline(Value):
    """What it is to set from now on, whole."""

    items: Items
    provides_fund: bool = False


@guideline.act("13(5), 31(7)", by=[OFFICIAL])
def redraft_guideline(state: Guideline, command: RedraftGuideline, given: Given) -> Acts:
    """Draft a change."""
    assert state.kind is not None
    yield GuidelineDrafted(
        state.kind, state.material, state.ministries, command.items, command.provides_fund, given.today
    )


class SetGuideline(Value):
    """Setting says nothing more than that the draft stands from today."""


@guideline.act("13(3), 31(5)", by=[OFFICIAL], when=[drafted, consulted_about("guideline", "13(3), 31(5)")])
def set_guideline(state: Guideline, _: SetGuideline, given: Given) -> Acts:
    """Set it, after consulting those concerned; the Minister of Finance too for a standard."""
    assert state.kind is not None
    yield GuidelineSet(state.kind, state.draft, given.today)


class PublishGuideline(Value):
    """Where it was published."""

    where: Line


@guideline.act("13(4), 31(6)", by=[OFFICIAL], when=[unpublished])
def publish_guideline(_: Guideline, command: PublishGuideline, given: Given) -> Acts:
    """Publish it (公表)."""
    yield GuidelinePublished(command.where, given.today)


guideline.apply(
    consulting(
        "13(3), 31(5)",
        when=[drafted],
        # Of the guideline on loans the Minister of Finance is a competent minister, and not asked.
        always=lambda state: (MOF,) if state.kind == "support_standard" else (),
    )
)

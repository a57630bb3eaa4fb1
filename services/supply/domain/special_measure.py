"""Materials that need special measures (特別の対策): designated, stockpiled, released. Art. 44."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Between, Value
from services.platform.shared.consultation import (
    CONSULTATION_ACTS,
    Consultations,
    consulted_about,
    spent,
)
from services.platform.shared.consultation import evolve as consult
from services.platform.shared.words import Line, Name, Reasons
from services.supply.data_files import read
from services.supply.domain.consulting import consulted_agencies, consulting, minister_of_finance
from services.supply.orders import material_on, order_of
from services.supply.roles import OFFICIAL, asked_about, before

Quantity = Annotated[int, Between(1, 10**12)]
Direction = Literal["bought", "moved_in", "moved_out", "sold", "lost"]
"""What a stock gains by, and what it loses by."""
GAINS = ("bought", "moved_in")


@leaves("restricted")
class SpecialMeasureProposed(Act):
    """It was proposed that a material be designated, since other measures do not suffice (44(1))."""

    material: str
    ministries: tuple[str, ...]
    reasons: str
    on: date


@leaves("internal", "material")
class SpecialMeasureDesignated(Act):
    """The material was designated as one that needs special measures (44(1))."""

    material: str
    on: date


@leaves("public", "gazette", "on")
class SpecialMeasurePublished(Act):
    """The designation or its release was made public (44(3), (5))."""

    gazette: str
    on: date


@leaves("internal", "material")
class SpecialMeasureReleased(Act):
    """The designation was released: its ground is gone (44(4))."""

    material: str
    reasons: str
    on: date


@leaves("restricted")
class StockMoved(Act):
    """A stock gained or lost something (44(6)): where, of what, how much, and why."""

    place: str
    item: str
    unit: str
    direction: Direction
    quantity: int
    reasons: str
    doubles_as: str | None
    on: date


@leaves("restricted")
class SoldBelowMarket(Act):
    """Stock was transferred at the standard price before the rise (44(8))."""

    place: str
    item: str
    unit: str
    quantity: int
    conditions: str
    on: date


class Stock(Value):
    """What lies at a place."""

    place: str
    item: str
    unit: str
    quantity: int


class SpecialMeasure(Value):
    """A material that needs special measures, with its stocks."""

    proposed: SpecialMeasureProposed | None = None
    designated_on: date | None = None
    released_on: date | None = None
    notices_due: int = 0
    public_notices: tuple[SpecialMeasurePublished, ...] = ()
    stocks: tuple[Stock, ...] = ()
    movements: int = 0
    consultations: Consultations = ()

    def stock(self, place: str, item: str, unit: str) -> int:
        """How much of an item lies at a place, in a unit."""
        found = (one for one in self.stocks if (one.place, one.item, one.unit) == (place, item, unit))
        return next((one.quantity for one in found), 0)


def evolve(state: SpecialMeasure, act: Act) -> SpecialMeasure:
    """The case after `act`."""
    if isinstance(act, CONSULTATION_ACTS):
        return replace(state, consultations=consult(state.consultations, act))
    used = spent(state.consultations)
    match act:
        case SpecialMeasureProposed():
            return SpecialMeasure(proposed=act)
        case SpecialMeasureDesignated():
            due = state.notices_due + 1
            return replace(state, designated_on=act.on, notices_due=due, consultations=used)
        case SpecialMeasureReleased():
            due = state.notices_due + 1
            return replace(state, released_on=act.on, notices_due=due, consultations=used)
        case SpecialMeasurePublished():
            notices = (*state.public_notices, act)
            return replace(state, public_notices=notices, notices_due=max(0, state.notices_due - 1))
        case StockMoved():
            change = act.quantity if act.direction in GAINS else -act.quantity
            return _with_stock(state, act.place, act.item, act.unit, change)
        case SoldBelowMarket():
            after = _with_stock(state, act.place, act.item, act.unit, -act.quantity)
            return replace(after, consultations=used)
    raise TypeError(f"{type(act).__name__} is no act of a special measure")


def _with_stock(state: SpecialMeasure, place: str, item: str, unit: str, change: int) -> SpecialMeasure:
    others = tuple(one for one in state.stocks if (one.place, one.item, one.unit) != (place, item, unit))
    left = state.stock(place, item, unit) + change
    stocks = (*others, Stock(place, item, unit, left)) if left else others
    return replace(state, stocks=stocks, movements=state.movements + 1)


def parties(state: SpecialMeasure) -> Parties:
    """The ministries of the material, and those consulted."""
    if state.proposed is None:
        return NOBODY
    return before(state.proposed.ministries, asked_about(consulted_agencies(state.consultations)))


special_measure: Procedure[SpecialMeasure] = Procedure(
    name="special-measure",
    title="Material that needs special measures",
    title_ja="特別の対策を講ずる必要がある特定重要物資",
    initial=SpecialMeasure(),
    evolve=evolve,
    acts=(
        SpecialMeasureProposed,
        SpecialMeasureDesignated,
        SpecialMeasurePublished,
        SpecialMeasureReleased,
        StockMoved,
        SoldBelowMarket,
        *CONSULTATION_ACTS,
    ),
    parties=parties,
    stages=(
        end(
            "Released",
            "Released, and made public",
            "指定の解除",
            "44(4), (5)",
            lambda s: s.released_on is not None and not s.notices_due,
        ),
        Stage(
            "AwaitNotice",
            "To be made public",
            "公示待ち",
            "44(3), (5)",
            lambda s: s.notices_due > 0,
            then=("Designated", "Released"),
        ),
        Stage(
            "Designated",
            "Designated; stocks are kept",
            "指定中",
            "44(6)",
            lambda s: s.designated_on is not None,
            then=("AwaitNotice",),
        ),
        Stage(
            "Proposed",
            "Those concerned are consulted",
            "協議",
            "44(2)",
            lambda _: True,
            then=("AwaitNotice",),
        ),
    ),
)


@rule("designated_before", "44(1)")
def not_designated(state: SpecialMeasure, _: Given) -> bool:
    """It has not been designated."""
    return state.designated_on is None


@rule("designation_missing", "44(1)")
def designated(state: SpecialMeasure, _: Given) -> bool:
    """It is designated."""
    return state.designated_on is not None and state.released_on is None


@rule("nothing_awaits_publication", "44(3), (5)")
def unpublished(state: SpecialMeasure, _: Given) -> bool:
    """Something waits for its public notice."""
    return state.notices_due > 0


class ProposeSpecialMeasure(Value):
    """Which material, and why loans, support and the rest do not secure its supply."""

    material: Name
    reasons: Reasons

    @property
    def parties(self) -> Parties:
        """The ministries of the material."""
        return before(order_of(self.material).ministries)


@special_measure.act("44(1)", by=[OFFICIAL], opens=True)
def propose_special_measure(_: SpecialMeasure, command: ProposeSpecialMeasure, given: Given) -> Acts:
    """Propose that a material be designated."""
    material_on(command.material, given.today)
    ministries = order_of(command.material).ministries
    yield SpecialMeasureProposed(command.material, ministries, command.reasons, given.today)


class DesignateSpecially(Value):
    """Designation says nothing more than that it was decided."""


@special_measure.act(
    "44(1), (2)", by=[OFFICIAL], when=[not_designated, consulted_about("designation", "44(2)")]
)
def designate_specially(state: SpecialMeasure, _: DesignateSpecially, given: Given) -> Acts:
    """Designate the material, after consulting the Prime Minister, the Minister of Finance and others."""
    assert state.proposed is not None
    yield SpecialMeasureDesignated(state.proposed.material, given.today)


class PublishSpecially(Value):
    """Where and when it was made public."""

    gazette: Line
    on: date


@special_measure.act("44(3), (5)", by=[OFFICIAL], when=[unpublished])
def publish_special_measure(_: SpecialMeasure, command: PublishSpecially, given: Given) -> Acts:
    """Make public what waits for it (公示)."""
    refuse_if(command.on > given.today, "day_in_the_future", day=command.on, today=given.today)
    yield SpecialMeasurePublished(command.gazette, command.on)


class ReleaseSpecially(Value):
    """Why the ground is gone."""

    reasons: Reasons


@special_measure.act("44(4), (5)", by=[OFFICIAL], when=[designated, consulted_about("release", "44(5), (2)")])
def release_special_measure(state: SpecialMeasure, command: ReleaseSpecially, given: Given) -> Acts:
    """Release the designation (解除), after the same consultation."""
    assert state.proposed is not None
    yield SpecialMeasureReleased(state.proposed.material, command.reasons, given.today)


class MoveStock(Value):
    """Where, of what in which unit, by what and how much; and of which other law's stock it is one too."""

    place: Line
    item: Name
    unit: Name
    direction: Direction
    quantity: Quantity
    reasons: Reasons
    doubles_as: Line | None = None
    """44(7): a stock under another law that this one is at the same time."""


@special_measure.act("44(6), (7)", by=[OFFICIAL], when=[designated])
def move_stock(state: SpecialMeasure, command: MoveStock, given: Given) -> Acts:
    """Record what a stock gains or loses (備蓄); none falls below nothing."""
    there = state.stock(command.place, command.item, command.unit)
    short = command.direction not in GAINS and command.quantity > there
    refuse_if(short, "not_so_much_in_stock", "44(6)", there=there, asked=command.quantity)
    yield StockMoved(
        command.place,
        command.item,
        command.unit,
        command.direction,
        command.quantity,
        command.reasons,
        command.doubles_as,
        given.today,
    )


class SellBelowMarket(Value):
    """What of which stock, on which conditions."""

    place: Line
    item: Name
    unit: Name
    quantity: Quantity
    conditions: Reasons


@special_measure.act(
    "44(8), (9)", by=[OFFICIAL], when=[designated, consulted_about("release_of_stock", "44(9)")]
)
def sell_below_market(state: SpecialMeasure, command: SellBelowMarket, given: Given) -> Acts:
    """Transfer stock at the standard price before the rise; only what a cabinet order names, at its price."""
    assert state.proposed is not None
    essential = {one["material"] for one in read("special_measures")["essential"]}
    unnamed = state.proposed.material not in essential
    refuse_if(unnamed, "no_cabinet_order", "44(8)", material=state.proposed.material)
    there = state.stock(command.place, command.item, command.unit)
    short = command.quantity > there
    refuse_if(short, "not_so_much_in_stock", "44(8)", there=there, asked=command.quantity)
    yield SoldBelowMarket(
        command.place, command.item, command.unit, command.quantity, command.conditions, given.today
    )


special_measure.apply(consulting("44(2), (5), (9)", always=minister_of_finance))

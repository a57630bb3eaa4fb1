"""What the law says of one sector on one day: its kinds of business, criteria and equipment. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from services.infra_review.orders import ImportantWork
from services.platform.law.values import Value

if TYPE_CHECKING:
    from fractions import Fraction


class Threshold(Value):
    """A figure of a criterion: `measure` is met from `at_least` `unit` up (`over` it, when `strictly`)."""

    measure: str
    at_least: int
    unit: str
    strictly: bool = False
    decimals: int | None = None
    """Of a share: to how many decimals the number is rounded, half up, before it is compared (四捨五入)."""

    def met_by(self, figure: Fraction) -> bool:
        """Whether a figure, in `unit`, meets it; a share in per cent: 5/2 is 2.5 %."""
        if self.decimals is not None:
            step = 10**self.decimals
            share = figure / 100 * step
            figure = (share + type(figure)(1, 2)).__floor__() * type(figure)(100, step)
        return figure > self.at_least if self.strictly else figure >= self.at_least


class Criterion(Value):
    """A designation criterion (指定基準): met when all its figures are; of several, one is enough."""

    id: str
    en: str
    ja: str
    thresholds: tuple[Threshold, ...] = ()
    item: str = ""
    """Where the order states it, such as `2(iv)`; empty where its text was not found."""
    effective_from: date = date.min
    effective_to: date | None = None


class ComponentKind(Value):
    """A kind of component equipment (構成設備)."""

    id: str
    en: str
    ja: str
    item: str = ""


class Words(Value):
    """A sentence of an order in both languages, and where it stands if that is not said elsewhere."""

    en: str
    ja: str
    item: str = ""


class EquipmentKind(Value):
    """A kind of specified critical equipment (特定重要設備), with the component equipment listed for it."""

    id: str
    en: str
    ja: str
    item: str = ""
    """Where the order lists it."""
    functions: tuple[Words, ...] = ()
    """The functions (機能) or tasks (業務) by which the order describes it."""
    criterion: str = ""
    """Id of the only criterion for whose operators it is listed; empty for all."""
    components: tuple[ComponentKind, ...] = ()
    components_limit: Words | None = None
    """Which of them count, where the order says so."""
    listed_from: date | None = None
    """The day a change of the order brought it (53(2)); None when it was listed from the first."""
    maintenance_listed_from: date | None = None
    """The day a change of the order made its maintenance important (53(3)); None when it always was."""
    operation_listed_from: date | None = None
    """The same of its operation."""
    effective_from: date = date.min
    effective_to: date | None = None

    def work_listed_from(self, kinds: Iterable[str]) -> date | None:
        """The day from which work of these kinds is newly important; None when any was from the first."""
        since: list[date | None] = [getattr(self, f"{kind}_listed_from") for kind in kinds]
        days = [day for day in since if day is not None]
        return min(days) if days and len(days) == len(since) else None


class Business(Value):
    """A kind of business (特定社会基盤事業の種類) within a sector."""

    id: str
    en: str
    ja: str
    criteria: tuple[Criterion, ...] = ()
    equipment: tuple[EquipmentKind, ...] = ()


class Sector(Value):
    """One sector as it stands on one day."""

    id: str
    en: str
    ja: str
    item: str
    """Item of Art. 50(1), in the numbering of the day."""
    order_item: str
    """Item of Cabinet Order Art. 9, in the numbering of the day."""
    ministries: tuple[str, ...]
    """Codes of the ministries with jurisdiction (Art. 86(2)); several when it is joint."""
    order: str
    """Address of the ministerial order."""
    businesses: tuple[Business, ...]
    confidence: str
    """How far the order was read: `read in full`, or `read in part` with a note that says why."""
    effective_from: date
    effective_to: date | None = None
    note: str = ""
    important_work: tuple[ImportantWork, ...] = ()
    """What counts as important maintenance and operation (重要維持管理等), by the same order."""

    @property
    def ministry(self) -> str:
        """The ministry that made its order, or all of a joint one: `FSA+MHLW`."""
        return "+".join(self.ministries)

    @property
    def equipment(self) -> tuple[EquipmentKind, ...]:
        """Every kind of equipment of its businesses."""
        return tuple(kind for business in self.businesses for kind in business.equipment)

    def business(self, business_id: str) -> Business | None:
        """The business of that id, if the sector has it."""
        return next((business for business in self.businesses if business.id == business_id), None)

"""What a respondent of a survey answers: from whom it has what, and how long its stock lasts. Pure."""

from __future__ import annotations

from typing import Annotated

from services.platform.law.parties import OrganisationId
from services.platform.law.values import Between, Len, Value
from services.platform.shared.words import Line, Name, Reasons
from services.supply.plans.model import Country, Share


class Procurement(Value):
    """An item, from whom and from which country it comes, how much of all of it, and who could stand in."""

    item: Name
    supplier: Name
    country: Country
    share_percent: Share
    supplier_id: OrganisationId | None = None
    """Its number, where it has one: then its own answer is found by it."""
    substitutes: Annotated[tuple[Name, ...], Len(0, 20)] = ()


class StockDays(Value):
    """How many days the stock of an item lasts."""

    item: Name
    days: Annotated[int, Between(0, 3650)]


class Answer(Value):
    """What a respondent tells about its supply."""

    produces: Annotated[tuple[Name, ...], Len(0, 50)]
    procurements: Annotated[tuple[Procurement, ...], Len(0, 200)]
    stocks: Annotated[tuple[StockDays, ...], Len(0, 100)] = ()
    quantities: Reasons | None = None
    remarks: Line | None = None


def shares_above_whole(answer: Answer) -> list[str]:
    """The items of which more than the whole is said to be procured."""
    totals: dict[str, int] = {}
    for one in answer.procurements:
        totals[one.item] = totals.get(one.item, 0) + one.share_percent
    return sorted(item for item, share in totals.items() if share > 100)

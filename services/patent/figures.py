"""The chapter's figures: what happened in a quarter, and how many designations are in force. Pure.

Shown is what the Cabinet Office publishes (sent, designated, released, expired, in force, confirmations,
notices of not sending), in complete fives of all that ever happened (`shared/statistics.py`). The stock is
what the published flows leave, so that it too tells of no single case; that the true stock is what the true
flows made of it is checked before anything is published, by counting it a second way, case by case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec.structs import asdict, replace

from services.platform.law.values import Value, field
from services.platform.shared.quarters import Quarter, last_day
from services.platform.shared.statistics import FIVE, newly, so_far

Event = Literal[
    "sent",  # 66(1), (2)
    "designated",  # 70(1)
    "released",  # 77(1)
    "expired",  # 77(2)
    "not_designated",  # 71
    "review_ended",  # 69(1), or abandoned, withdrawn or dismissed before a designation
    "confirmation_asked",  # 79(1)
    "not_sent_notice",  # 66(10)
]
ENTERS: dict[str, tuple[Event, ...]] = {"in_force": ("designated",), "under_review": ("sent",)}
LEAVES: dict[str, tuple[Event, ...]] = {
    "in_force": ("released", "expired"),
    "under_review": ("designated", "not_designated", "review_ended"),
}
"""What brings an application into a stock, and what takes it out."""
FIRST: Quarter = "2024-Q2"
"""The quarter in which the chapter came into force (1 May 2024)."""


class UnbalancedError(ValueError):
    """A stock is not what the flows made of it: a case left what it had never entered, or entered twice."""


class Line(Value):
    """The days of what happened about one application in one of its cases."""

    of: str
    """Which application, by the Patent Office's case; of a confirmation, that itself."""
    days: dict[Event, date] = field(default_factory=dict)


class Flows(Value):
    """What happened in a time, in complete fives."""

    sent: int = 0
    designated: int = 0
    released: int = 0
    expired: int = 0
    confirmation_asked: int = 0
    not_sent_notice: int = 0


class Stock(Value):
    """The designations in force as the published flows leave them: at a quarter's beginning and end."""

    opening: int
    entered: int
    left: int
    closing: int


class Quarterly(Value):
    """What was published for a quarter."""

    quarter: Quarter
    published_on: date
    flows: Flows
    in_force: Stock


class Publication(Value):
    """What was published for a quarter, and what had been published by then since the beginning."""

    of: Quarterly
    so_far: Flows


class Figures(Value):
    """Some quarters, the newest first; `next` is the cursor of those before them."""

    counted_in: int
    """What every number is a multiple of; less than that waits, of each, for a later quarter."""
    so_far: Flows
    """All that was published since the beginning, up to and with the first quarter of `items`."""
    items: tuple[Quarterly, ...]
    next: Quarter | None = None


def published(
    quarter: Quarter, lines: Sequence[Line], before: Publication | None, today: date
) -> Publication:
    """The publication of a quarter, made `today` from all `lines` known, after the one `before` it.

    Raises `UnbalancedError` when a stock is not what the flows made of it.
    """
    end = last_day(quarter)
    happened = [{event: day for event, day in one.items() if day <= end} for one in _applications(lines)]
    check(happened)
    counted: Counter[str] = Counter(event for one in happened for event in one)
    then = asdict(before.so_far) if before else {}
    now = so_far({name: counted[name] for name in Flows.__struct_fields__}, then)
    flows = Flows(**newly(now, then))
    opening = before.of.in_force.closing if before else 0
    left = flows.released + flows.expired
    stock = Stock(opening, flows.designated, left, opening + flows.designated - left)
    return Publication(Quarterly(quarter, today, flows, stock), Flows(**now))


def check(happened: Sequence[dict[Event, date]]) -> None:
    """Count each stock by its flows and by its cases. Raises `UnbalancedError` when they differ."""
    counted = Counter(event for one in happened for event in one)
    for name in ENTERS:
        flowed = sum(counted[event] for event in ENTERS[name]) - sum(counted[event] for event in LEAVES[name])
        standing = sum(_stands(one, name) for one in happened)
        if flowed != standing:
            raise UnbalancedError(name)


def figures(publications: Sequence[Publication]) -> Figures:
    """A page of publications, the newest first, as it is answered."""
    if not publications:
        return Figures(FIVE, Flows(), ())
    oldest = publications[-1].of.quarter
    quarters = tuple(publication.of for publication in publications)
    return Figures(FIVE, publications[0].so_far, quarters, oldest if oldest > FIRST else None)


def _applications(lines: Iterable[Line]) -> list[dict[Event, date]]:
    """What happened about each application, from the lines of all its cases."""
    found: dict[str, Line] = {}
    for line in lines:
        known = found.get(line.of)
        found[line.of] = line if known is None else replace(known, days={**known.days, **line.days})
    return [line.days for line in found.values()]


def _stands(one: dict[Event, date], name: str) -> bool:
    entered = any(event in one for event in ENTERS[name])
    return entered and not any(event in one for event in LEAVES[name])

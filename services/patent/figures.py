"""The chapter's figures as the Cabinet Office publishes them: the flows of a year and what they leave.

A figure of a year not over yet would tell single cases apart, day by day, so none is given. That the stock is
what the flows made of the stock before is checked by counting it a second way, case by case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from services.platform.law.values import Value, field

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
FLOWS: tuple[Event, ...] = (
    "sent", "designated", "released", "expired", "confirmation_asked", "not_sent_notice",
)  # fmt: skip
"""What is published of a year."""
ENTERS: dict[str, tuple[Event, ...]] = {"in_force": ("designated",), "under_review": ("sent",)}
LEAVES: dict[str, tuple[Event, ...]] = {
    "in_force": ("released", "expired"),
    "under_review": ("designated", "not_designated", "review_ended"),
}
"""What brings a case into a stock, and what takes it out."""
FIRST_YEAR = 2024
"""The fiscal year in which the chapter came into force; it began on 1 May 2024."""


class UnbalancedError(ValueError):
    """A stock is not what the flows made of it: a case left what it had never entered, or entered twice."""


class Line(Value):
    """One case: the day of each of its events. Nothing in it names the case."""

    days: dict[Event, date] = field(default_factory=dict)


class Stock(Value):
    """A stock at the beginning of a year, what entered and left it, and what was there at the end."""

    opening: int
    entered: int
    left: int
    closing: int


class Year(Value):
    """The figures of a fiscal year, from 1 April (the first from 1 May 2024) to 31 March."""

    fiscal_year: int
    first_day: date
    last_day: date
    flows: dict[str, int]
    stocks: dict[str, Stock]


def years(lines: Sequence[Line], today: date) -> tuple[Year, ...]:
    """The figures of every fiscal year that is over on the legal day `today`.

    Raises `UnbalancedError` when a stock does not follow from the flows.
    """
    over = (year for year in range(FIRST_YEAR, today.year + 1) if date(year + 1, 3, 31) < today)
    return tuple(figures(lines, year) for year in over)


def figures(lines: Sequence[Line], fiscal_year: int) -> Year:
    """The figures of one fiscal year."""
    first = date(2024, 5, 1) if fiscal_year == FIRST_YEAR else date(fiscal_year, 4, 1)
    last = date(fiscal_year + 1, 3, 31)
    flows: dict[str, int] = {event: _count(lines, (event,), first, last) for event in FLOWS}
    stocks = {name: _stock(lines, name, first, last) for name in ENTERS}
    return Year(fiscal_year, first, last, flows, stocks)


def _stock(lines: Sequence[Line], name: str, first: date, last: date) -> Stock:
    stock = Stock(
        _standing(lines, name, first - timedelta(days=1)),
        _count(lines, ENTERS[name], first, last),
        _count(lines, LEAVES[name], first, last),
        _standing(lines, name, last),
    )
    if stock.closing != stock.opening + stock.entered - stock.left:
        raise UnbalancedError(name)
    return stock


def _count(lines: Iterable[Line], events: tuple[Event, ...], first: date, last: date) -> int:
    return sum(first <= line.days[event] <= last for line in lines for event in events if event in line.days)


def _standing(lines: Iterable[Line], name: str, on: date) -> int:
    """How many cases are in the stock at the end of that day, asked of each case."""
    return sum(
        any(line.days[event] <= on for event in ENTERS[name] if event in line.days)
        and not any(line.days[event] <= on for event in LEAVES[name] if event in line.days)
        for line in lines
    )

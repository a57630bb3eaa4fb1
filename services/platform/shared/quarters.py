"""Quarters of the calendar, written `2026-Q2`. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated

from services.platform.law.values import Matching

Quarter = Annotated[str, Matching(r"[0-9]{4}-Q[1-4]")]
"""A calendar quarter; quarters sort as the texts they are."""


def quarter_of(day: date) -> Quarter:
    """The quarter of a day."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def last_day(quarter: Quarter) -> date:
    """The last day of a quarter."""
    year, month = int(quarter[:4]), int(quarter[-1]) * 3
    return date(year, month, monthrange(year, month)[1])


def following(quarter: Quarter) -> Quarter:
    """The quarter after a quarter."""
    year, number = int(quarter[:4]), int(quarter[-1])
    return f"{year:04}-Q{number + 1}" if number < 4 else f"{year + 1:04}-Q1"

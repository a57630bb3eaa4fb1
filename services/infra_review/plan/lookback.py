"""The spans that look back from a filing: how old a paper may be, which business years are asked about."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from services.statute import period
from services.statute.arithmetic import Length, day_before


def earliest_paper(on: date) -> date:
    """The first day on which a paper may have been made for a filing `on` (Order Art. 9(2))."""
    return period("infra.attachment_age").starting(on).last_day


class SalesYears(NamedTuple):
    """When the latest three business years ended: after `after`, on or before `until`."""

    after: date
    until: date


def sales_years(on: date) -> SalesYears:
    """Which ends of business years count for a filing `on` (Order Art. 11(iv) and its parallels).

    The last counts on or before the day two months before filing. Years are twelve months long unless a
    company changes its closing day; then its three latest lie inside the same span unless one was longer.
    """
    until = period("infra.latest_business_years").starting(on).last_day
    return SalesYears(day_before(until, Length(3, "year")), until)

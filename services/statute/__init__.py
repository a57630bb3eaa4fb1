"""The law of the Economic Security Promotion Act as dated data: periods, the calendar, the legal clock.

    >>> from services.statute import period
    >>> period("infra.standstill").starting(date(2026, 6, 1)).free_from
    datetime.date(2026, 7, 1)

Importing this costs little: records, holidays and sentences are read when first asked for. What only some
callers want lives in its own module: `clock` (extend, shorten, stop, restart), `certificate`, `reminders`,
`amendments`, `deadline_feed`, `start_dates`, `combinations`, `business_years`.
"""

from services.statute.days import JST, end_of, legal_day, start_of
from services.statute.messages import Sentence, Words
from services.statute.office_calendar import (
    HolidayTable,
    holiday_table,
    is_open_day,
    next_open_day,
    open_days_before,
)
from services.statute.period_fields import Reading
from services.statute.periods import Deadline, Period
from services.statute.records import period, periods
from services.statute.refusal import Refused

__all__ = [
    "JST",
    "Deadline",
    "HolidayTable",
    "Period",
    "Reading",
    "Refused",
    "Sentence",
    "Words",
    "end_of",
    "holiday_table",
    "is_open_day",
    "legal_day",
    "next_open_day",
    "open_days_before",
    "period",
    "periods",
    "start_of",
]

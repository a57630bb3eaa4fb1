"""A slow second opinion: counts day by day as the articles read, and shares no code with what it checks.

Holidays are worked out from the National Holidays Act itself (Arts. 2 and 3, and its one-off amendments of
2019-2021), equinox days from the usual approximation. Nothing here is imported from `services`.
"""

import calendar
from datetime import date, timedelta
from functools import cache

ONE = timedelta(days=1)


def nth_monday(year: int, month: int, n: int) -> date:
    mondays = [
        d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month and d.weekday() == 0
    ]
    return mondays[n - 1]


def equinox(year: int, constant: float) -> int:
    # Valid from 1980 to 2099.
    return int(constant + 0.242194 * (year - 1980) - (year - 1980) // 4)


@cache
def national_holidays(year: int) -> frozenset[date]:
    """Art. 2, as in force in `year` (2019 to 2060)."""
    days = {date(year, 1, 1), nth_monday(year, 1, 2), date(year, 2, 11)}
    days |= {date(year, 3, equinox(year, 20.8431)), date(year, 4, 29)}
    days |= {date(year, 5, 3), date(year, 5, 4), date(year, 5, 5)}
    days |= {nth_monday(year, 9, 3), date(year, 9, equinox(year, 23.2488))}
    days |= {date(year, 11, 3), date(year, 11, 23)}
    if year >= 2020:
        days.add(date(year, 2, 23))
    if year == 2020:
        days |= {date(2020, 7, 23), date(2020, 7, 24), date(2020, 8, 10)}
    elif year == 2021:
        days |= {date(2021, 7, 22), date(2021, 7, 23), date(2021, 8, 8)}
    else:
        days |= {nth_monday(year, 7, 3), date(year, 8, 11), nth_monday(year, 10, 2)}
    if year == 2019:
        days |= {date(2019, 5, 1), date(2019, 10, 22)}
    return frozenset(days)


@cache
def rest_days(year: int) -> frozenset[date]:
    """Art. 3: the national holidays, the substitute for one on a Sunday, the day between two of them."""
    national = national_holidays(year)
    rest = set(national)
    for holiday in national:
        if holiday.weekday() == 6:
            substitute = holiday + ONE
            while substitute in national:
                substitute += ONE
            rest.add(substitute)
    day = date(year, 1, 2)
    while day < date(year, 12, 31):
        if day - ONE in national and day + ONE in national:
            rest.add(day)
        day += ONE
    return frozenset(rest)


def closed(day: date) -> bool:
    """Act on Holidays of Administrative Organs, Art. 1(1)."""
    if day.weekday() in (5, 6):
        return True
    if day in rest_days(day.year):
        return True
    return (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


def last_counted_day(day_one: date, number: int, unit: str) -> date:
    """Civil Code 141 and 143, walking one day at a time from `day_one`."""
    if unit in ("day", "week"):
        left = number * (7 if unit == "week" else 1)
        day = day_one
        while left > 1:
            day += ONE
            left -= 1
        return day
    months = number * (12 if unit == "year" else 1)
    if day_one.day == 1:
        # 143(1): from the beginning of a month, whole months: their last day.
        day = day_one
        while True:
            ends_a_month = (day + ONE).month != day.month
            months -= 1 if ends_a_month else 0
            if ends_a_month and months == 0:
                return day
            day += ONE
    # 143(2): the day before the corresponding day of the last month, or that month's end when it has none.
    day, passed = day_one, 0
    while True:
        tomorrow = day + ONE
        passed += 1 if tomorrow.day == 1 else 0
        if passed == months and tomorrow.day == day_one.day:
            return day
        month_ends_tomorrow = tomorrow.day != 1 and (tomorrow + ONE).day == 1
        if passed == months and month_ends_tomorrow and tomorrow.day < day_one.day:
            return tomorrow
        day = tomorrow


def deadline(
    trigger: date, number: int, unit: str, first_day_counts: bool, moves: bool, passed: bool = False
) -> tuple[date, date, date]:
    """Day one, the counted last day, and the last day after any move; `passed` for 経過した日."""
    day_one = trigger if first_day_counts else trigger + ONE
    counted = last_counted_day(day_one, number, unit)
    counted += ONE if passed else 0 * ONE
    last = counted
    while moves and closed(last):
        last += ONE
    return day_one, counted, last

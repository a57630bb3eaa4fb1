"""When to warn whom: open days before a period ends, and, for Art. 52, before it is too late to recommend.

Pure schedules. Each reminder has a key that never changes for the same period and case, so that whatever
sends them can send each once.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from services.statute.days import ONE_DAY, start_of
from services.statute.office_calendar import HolidayTable, holiday_table
from services.statute.periods import Deadline
from services.statute.records import period

Addressee = Literal["official", "party"]
STEPS = (10, 3, 0)
_OFFICE_OPENS = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One warning: on an open day, at 09:00 in Japan (`at`, in UTC), `open_days_left` before the last one."""

    key: str
    to: Addressee
    day: date
    at: datetime
    open_days_left: int
    last_day: date


@dataclass(frozen=True, slots=True)
class LatestRecommendation:
    """The last day on which a recommendation still leaves room for an order (Art. 52(6), (7), (10)).

    `recommend_by` and `consult_by` are open days; `answer` is what the operator's ten days then come to, and
    `order_from` the first open day after silence, still inside the power to order.
    """

    consult_by: date
    recommend_by: date
    answer: Deadline
    order_from: date


def reminders(
    deadline: Deadline,
    to: Addressee,
    case: str,
    *,
    steps: tuple[int, ...] = STEPS,
    holidays: HolidayTable | None = None,
) -> tuple[Reminder, ...]:
    """Return the warnings before `deadline`, earliest first; none lies before its trigger day.

    T-0 is the last open day inside the period: a standstill that ends on a Sunday is an official's business
    on the Friday before.
    """
    table = holidays or deadline.holidays or holiday_table()
    last_open = table.previous_open(deadline.last_day)
    found = {table.open_day_before(last_open, step): step for step in sorted(steps)}
    return tuple(
        Reminder(
            key=f"{case}/{deadline.period}/{deadline.trigger_day}/{deadline.last_day}/T-{step}/{to}",
            to=to,
            day=day,
            at=start_of(day) + _OFFICE_OPENS,
            open_days_left=step,
            last_day=deadline.last_day,
        )
        for day, step in sorted(found.items())
        if day >= min(deadline.trigger_day, deadline.day_one) or deadline.last_day < deadline.trigger_day
    )


def latest_recommendation(
    power: Deadline, *, consultation_open_days: int = 0, holidays: HolidayTable | None = None
) -> LatestRecommendation | None:
    """Return the last recommendation that leaves room for an order before `power` lapses, or None.

    `power` is the power to order as it stands (30 days, or as extended). Counted back from its last day: an
    open day for the order after the ten answer days, moved off holidays as they are, and before them the open
    days the ministry plans for the consultation of 56(1).
    """
    table = holidays or holiday_table()
    answer_period = period("infra.answer_to_recommendation", power.record.law_on)
    day = table.previous_open(power.last_day)
    while day >= power.day_one:
        answer = answer_period.starting(day, holidays=table)
        order_from = table.next_open(answer.free_from)
        if order_from <= power.last_day:
            consult_by = table.open_day_before(day, consultation_open_days)
            return LatestRecommendation(consult_by, day, answer, order_from)
        day = table.previous_open(day - ONE_DAY)
    return None

"""What a designation shifts in the Patent Act and the Utility Model Act (Art. 82)."""

from __future__ import annotations

from datetime import date, timedelta

from services.patent.designation.term import Designation, Span, term_of
from services.platform.law.values import Value
from services.statute import holiday_table
from services.statute.combinations import Later, later_of

DAY = timedelta(days=1)
DISMISSALS = ("69(4)", "73(8)", "74(3)", "78(7)")
"""The dismissals that take a priority claim its effect; 74(3) is 73(8) as applied there."""


class Unknown:
    """What is not known here."""


UNKNOWN = Unknown()


class RequestForExamination(Value):
    """Until when examination can be requested (82(3)); not `known` before the 77(2) notice."""

    last_day: date
    moved_from: date | None
    known: bool


class Shifts(Value):
    """Everything Art. 82 shifts for one application."""

    priority_claim_falls: bool | None
    """82(1): a claim to domestic priority from this application has lost its effect; None where it is not
    known whether the application was dismissed, which the Commissioner tells nobody here."""
    deemed_withdrawn: Later
    """82(2): when the basis of a domestic priority claim is deemed withdrawn."""
    examination: RequestForExamination
    """82(3)."""
    left_out: Span | None
    """82(4): the days left out in computing an extension of term; None until both notices were received."""
    registrable_from: date
    """82(5): the first day on which a utility model showing the invention can be registered, as things
    stand."""


def shifts(
    filed_on: date,
    designation: Designation,
    notified_on: date,
    end_notified_on: date | None = None,
    dismissed_under: str | Unknown | None = UNKNOWN,
) -> Shifts:
    """What Art. 82 shifts, from the filing date and the days the 70(1) and 77(2) notices were received."""
    starts = {"filing": filed_on} | ({"notice": end_notified_on} if end_notified_on is not None else {})
    released = designation.released_on
    return Shifts(
        None if isinstance(dismissed_under, Unknown) else dismissed_under in DISMISSALS,
        later_of("patent.priority_basis_after_designation", starts),
        _examination(starts),
        Span(notified_on, end_notified_on) if end_notified_on is not None else None,
        # 82(5) says until it is released (解除されるまで): that day it is free.
        released if released is not None else term_of(designation).last_day + DAY,
    )


def days_left_out(left_out: Span) -> int:
    """How many days 82(4) leaves out, those of both notices included (受けた日から…受けた日まで)."""
    return (left_out.last_day - left_out.first_day).days + 1


def _examination(starts: dict[str, date]) -> RequestForExamination:
    later = later_of("patent.examination_request_after_designation", starts)
    # Only the day that is the later one in the end is moved off a closed day (Patent Act 3(2)).
    counted = max(deadline.counted_last_day for deadline in later.deadlines)
    last = holiday_table().next_open(counted)
    return RequestForExamination(last, None if last == counted else counted, later.known)

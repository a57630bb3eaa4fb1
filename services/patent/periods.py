"""The periods of Chapter 5 that run from an application, each from the day its own table gives."""

from __future__ import annotations

from datetime import date

from services.patent.applications import Application
from services.platform.law.values import Value
from services.statute import Deadline
from services.statute.start_dates import from_filing, routes

SENDING = "patent.sending"
NOT_SENT_REQUEST = "patent.not_sent_request"
NO_SENDING_NOTICE = "patent.no_sending_notice"
FOREIGN_FILING_BAN = "patent.foreign_filing_ban"
_TABLE = {
    SENDING: "66(4)",
    NOT_SENT_REQUEST: "66(4)",
    NO_SENDING_NOTICE: "66(4)",
    FOREIGN_FILING_BAN: "78(3)",
}


class Periods(Value):
    """The periods of one application; None while a day they start from has not come, or where none runs."""

    sending: Deadline | None
    """By when the papers may be sent (66(1)); the Patent Office's own limit, which no holiday moves."""
    not_sent_request: Deadline | None
    """By when the applicant may ask for the notice of not sending (66(10))."""
    no_sending_notice: Deadline | None
    """After which, without a notice of sending issued, filing abroad is free (78(1) proviso)."""
    foreign_filing_ban: Deadline | None
    """The ten months of the ban (78(1) proviso)."""


def periods_of(application: Application) -> Periods:
    """The periods of a patent application under Arts. 66 and 78."""
    return Periods(
        period_of(SENDING, application),
        period_of(NOT_SENT_REQUEST, application),
        period_of(NO_SENDING_NOTICE, application),
        period_of(FOREIGN_FILING_BAN, application),
    )


def period_of(name: str, application: Application) -> Deadline | None:
    """One period, from the latest of the days its table names.

    None for a utility model (66(1) speaks of patent applications), for an international application deemed a
    patent application (66(5)), and while a paper the table counts from is still to be submitted.
    """
    if application.kind != "patent" or application.route("pct_national_phase") is not None:
        return None
    events: dict[str, date] = {}
    for origin in application.origins:
        if origin.on is not None:
            events[origin.route] = origin.on
        elif _TABLE[name] in routes()[origin.route].tables:
            return None
    return from_filing(name, application.filed_on, events)

"""Calendars: of a case, and of everything open in which a person stands."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

from tests.services.infra_review.conftest import COMPANY, LAWYER, METI, MLIT, STRANGER
from tests.services.infra_review.doors import Reply, accepted, aws, get, post
from tests.services.infra_review.test_clock_certificate import recommended

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")


def events(reply: Reply) -> list[tuple[str, date, list[str]]]:
    """Each event's case, its day, and the days its alarms ring on."""
    assert reply.headers["Content-Type"].startswith("text/calendar"), reply.text
    calendar = Calendar.from_ical(reply.text)
    return sorted(
        (
            str(event["summary"]).partition(":")[0],
            event["dtstart"].dt,
            [alarm["trigger"].dt.strftime("%m-%d") for alarm in event.walk("VALARM")],
        )
        for event in calendar.walk("VEVENT")
    )


def test_a_case_s_calendar_rings_on_open_days():
    case = accepted("2026-04-10")
    recommended(case, "2026-04-24")
    found = events(get(f"/notifications/{case}/deadlines.ics", on="2026-04-24"))
    assert [(day, alarms) for _, day, alarms in found] == [
        (date(2026, 5, 7), ["04-28", "05-01"]),
        (date(2026, 5, 9), ["04-20", "04-30", "05-07"]),
    ]


@pytest.mark.parametrize("reader", [METI, COMPANY, LAWYER])
def test_everybody_subscribes_to_what_is_open_to_them(reader):
    case = accepted("2026-06-01")
    found = events(get("/deadlines.ics", by=reader, on="2026-06-05"))
    # The designation's own grace is long over, and so is its case but for the notice that is not published.
    assert (case, date(2026, 6, 30)) in [(name, day) for name, day, _ in found]


def test_what_is_over_is_in_nobody_s_calendar():
    case = accepted("2026-06-01")
    assert post(f"/notifications/{case}/withdraw", {}, on="2026-06-05").status == 200
    for reader in (METI, COMPANY):
        names = [name for name, _, _ in events(get("/deadlines.ics", by=reader, on="2026-06-06"))]
        assert case not in names


def test_other_ministries_see_nothing_and_who_stands_nowhere_is_told():
    accepted("2026-06-01")
    assert events(get("/deadlines.ics", by=MLIT, on="2026-06-05")) == []
    assert get("/deadlines.ics", by=STRANGER, on="2026-06-05").code == "not_for_you"

"""What the legal clock's dashboard shows of open cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from services.platform.cases.lists import Summary
from services.platform.time.outlook import MEASURES, outlook

NOW = datetime(2026, 5, 7, 15, 5, tzinfo=UTC)


def waiting(days: float | None, *, age: float = 1) -> Summary:
    until = None if days is None else (NOW + timedelta(days=days)).isoformat()
    return Summary(
        id="case",
        procedure="notification",
        stage="Standstill",
        until=until,
        opened_at=(NOW - timedelta(days=age)).isoformat(),
        version=1,
    )


def test_cases_are_counted_by_the_days_they_have_left() -> None:
    seen = outlook([waiting(-1), waiting(0), waiting(3), waiting(4), waiting(10.5), waiting(200)], NOW)
    assert seen["CasesOpen"] == 6
    assert seen["CasesOverdue"] == 1
    assert (seen["CasesDueIn3Days"], seen["CasesDueIn10Days"], seen["CasesDueIn30Days"]) == (2, 3, 4)


def test_the_oldest_filing_nobody_has_accepted_is_seen() -> None:
    assert (
        outlook([waiting(None, age=2), waiting(None, age=9), waiting(1, age=40)], NOW)["OldestNotBegun"] == 9
    )


def test_where_nothing_is_open_every_measure_is_nought() -> None:
    assert outlook([], NOW) == dict.fromkeys(MEASURES, 0)

"""Schedule expressions fire when EventBridge would fire them."""

from __future__ import annotations

from datetime import datetime

import pytest

from local.schedules import BadScheduleError, next_time


@pytest.mark.parametrize(
    ("expression", "after", "fires"),
    [
        ("cron(5 15 * * ? *)", "2026-04-24T15:04:59+00:00", "2026-04-24T15:05:00+00:00"),
        ("cron(5 15 * * ? *)", "2026-04-24T15:05:00+00:00", "2026-04-25T15:05:00+00:00"),
        ("cron(0 0 1 * ? *)", "2026-12-01T00:00:00+00:00", "2027-01-01T00:00:00+00:00"),
        ("cron(0/20 8-9 ? * MON-FRI *)", "2026-04-24T09:40:00+00:00", "2026-04-27T08:00:00+00:00"),
        ("cron(0 0 29 2 ? *)", "2026-03-01T00:00:00+00:00", "2028-02-29T00:00:00+00:00"),
        ("cron(0 12 ? JAN,JUL SUN 2027)", "2026-04-24T00:00:00+00:00", "2027-01-03T12:00:00+00:00"),
        ("rate(1 day)", "2026-04-24T01:02:03+00:00", "2026-04-25T01:02:03+00:00"),
        ("rate(15 minutes)", "2026-04-24T00:00:00+00:00", "2026-04-24T00:15:00+00:00"),
    ],
)
def test_the_next_time(expression: str, after: str, fires: str) -> None:
    assert next_time(expression, datetime.fromisoformat(after)) == datetime.fromisoformat(fires)


@pytest.mark.parametrize("expression", ["daily", "cron(5 15 * *)", "cron(x 15 * * ? *)", "rate(1 week)"])
def test_what_is_not_understood_is_refused_with_the_expression(expression: str) -> None:
    with pytest.raises(BadScheduleError, match="not understood"):
        next_time(expression, datetime.fromisoformat("2026-04-24T00:00:00+00:00"))

"""What the law lets end soon: how many open cases, by the days they have left. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from services.platform.cases.lists import Summary

MEASURES: Final = {
    "CasesOpen": "Open cases",
    "CasesOverdue": "Open cases whose wait has ended and not lapsed",
    "CasesDueIn3Days": "Open cases whose wait ends within three days: powers about to lapse",
    "CasesDueIn10Days": "Open cases whose wait ends within ten days",
    "CasesDueIn30Days": "Open cases whose wait ends within thirty days",
    "OldestNotBegun": "Days since the oldest case was opened for which no legal end runs yet",
}
"""Each with what it says."""
WITHIN: Final = {"CasesDueIn3Days": 3, "CasesDueIn10Days": 10, "CasesDueIn30Days": 30}


def outlook(cases: Iterable[Summary], at: datetime) -> dict[str, float]:
    """The measures of these open cases as of `at`."""
    found = dict.fromkeys(MEASURES, 0.0)
    for case in cases:
        found["CasesOpen"] += 1
        if case.until is None:
            if case.opened_at:
                age = (at - datetime.fromisoformat(case.opened_at)) / timedelta(days=1)
                found["OldestNotBegun"] = max(found["OldestNotBegun"], age)
            continue
        until = datetime.fromisoformat(case.until)
        found["CasesOverdue"] += until < at
        for measure, days in WITHIN.items():
            found[measure] += at <= until <= at + timedelta(days=days)
    return found

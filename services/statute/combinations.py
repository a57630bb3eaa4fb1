"""The later of two: the limits Art. 82(2) and (3) set for applications under a preservation designation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from services.statute.data_files import read_toml
from services.statute.days import checked_day
from services.statute.messages import Sentence, Words, sentence
from services.statute.office_calendar import HolidayTable, spoken
from services.statute.periods import Deadline
from services.statute.records import period
from services.statute.refusal import Refused


@dataclass(frozen=True, slots=True)
class Later:
    """What the later of several limits comes to.

    `effective_on` is the day in Japan from which the effect stands: after a period, the first day after it;
    at an event, the event's own day. `last_day` is None when an event decides. While a start is not `known`
    the days are only the earliest possible ones.
    """

    name: str
    article: str
    effective_on: date
    last_day: date | None
    decided_by: str
    deadlines: tuple[Deadline, ...]
    missing: tuple[str, ...]
    explanation: tuple[Sentence, ...]

    @property
    def known(self) -> bool:
        """Whether every start is known, so that the days are final."""
        return not self.missing


@cache
def _combinations() -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in read_toml("combinations.toml")["combination"]}


def later_of(
    name: str, starts: Mapping[str, date], *, on: date | None = None, holidays: HolidayTable | None = None
) -> Later:
    """Return the later of the parts of combination `name`; `starts` gives the day of each part's start.

    At least one start must be known. Each part is rounded by its own record; since moving a day never
    changes which of two comes later, that is the same as rounding the later one once.
    """
    entry = _combinations().get(name)
    if entry is None:
        raise Refused("unknown_period", name=name)
    parts = entry["part"]
    unknown = set(starts) - {part["start"] for part in parts}
    if unknown or not starts:
        raise Refused("unknown_start", entry["article"], name=name, start=", ".join(sorted(unknown)) or "-")
    deadlines: list[Deadline] = []
    candidates: list[tuple[date, date | None, str]] = []
    because: list[Sentence] = []
    for part in parts:
        start = starts.get(part["start"])
        if start is None:
            continue
        day = checked_day(start)
        if "event" in part:
            candidates.append((day, None, part["start"]))
            because.append(sentence("part_event", what=Words(**part["event"]), day=spoken(day)))
            continue
        deadline = period(part["period"], on).starting(day, holidays=holidays)
        deadlines.append(deadline)
        candidates.append((deadline.free_from, deadline.last_day, part["start"]))
        because.append(sentence("part_period", title=deadline.record.title, last=spoken(deadline.last_day)))
    # An event on the first day after a period comes later than the midnight that ended the period.
    effective, last, decided_by = max(candidates, key=lambda part: (part[0], part[1] is None))
    missing = tuple(part["start"] for part in parts if part["start"] not in starts)
    code = "later_not_known" if missing else "later_of"
    because.append(
        sentence(code, article=entry["article"], article_ja=entry["article_ja"], day=spoken(effective))
    )
    return Later(
        name, entry["article"], effective, last, decided_by, tuple(deadlines), missing, tuple(because)
    )

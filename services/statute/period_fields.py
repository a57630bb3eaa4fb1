"""What a period's record is made of besides numbers: its kinds, open readings, each ministry's article."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from services.statute.messages import Words

How = Literal[
    "counted",  # N units forward from the trigger
    "counted back",  # an act is due N units before the trigger
    "look back",  # a window of N units before the trigger
    "by a day of the year",  # by a fixed day of every fiscal year
    "within",  # at any time inside another record's period
    "without a number",  # an obligation the law sets no number of days for
    "set by the authority",  # the authority names the day
    "between",  # from one event to another
]
DayOne = Literal["the day itself", "the next day", "none"]
Moves = Literal["next open day", "earlier open day", "stays"]
May = Literal["set", "extend", "shorten", "stop"]
CeilingFrom = Literal["the trigger", "the day after the last day"]
Until = Literal["the last day", "the day after"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One of two readings the law leaves open; `changes` are the record's fields under it."""

    name: str
    taken: bool
    says: Words
    why: Words
    changes: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class OrderArticle:
    """Where one ministry's order says what a record says: its own article, since when, in its own words."""

    ministry: str
    article: str
    article_ja: str
    since: date
    source: str
    trigger: Words | None = None

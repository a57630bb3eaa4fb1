"""The term of a designation (保全指定の期間): a year at most, renewed any number of times (70(2), (3))."""

from __future__ import annotations

from datetime import date, timedelta

from services.platform.law.values import Value
from services.statute import period
from services.statute.clock import Clock, Fact, clock

DAY = timedelta(days=1)


class Renewal(Value):
    """An extension decided on a day (70(3)), and the last day of the term as extended."""

    decided_on: date
    until: date


class Designation(Value):
    """A designation as it was made, renewed and perhaps released; nothing here is computed."""

    designated_on: date
    until: date
    """The last day of the term as first set (70(2))."""
    renewals: tuple[Renewal, ...] = ()
    released_on: date | None = None


class Span(Value):
    """Days from the first to the last, both included."""

    first_day: date
    last_day: date


class Term(Value):
    """Where the term of a designation stands."""

    spans: tuple[Span, ...]
    """The term as set, then each extension, which begins on the day after."""
    last_day: date
    """The last day of the designation: of the term, or the day of release."""
    judge_by: date | None
    """The day by which it must be judged whether to go on (70(3)); None once released."""
    longest_renewal: date | None
    """The latest day an extension decided now could reach."""


def term_of(designation: Designation) -> Term:
    """The term of a designation, each step checked against the law.

    Raises `statute.Refused` for a term or extension over a year, an extension decided after the term ended or
    after release, and one that extends nothing.
    """
    kept = _clock(designation)
    ends = [designation.until, *(renewal.until for renewal in designation.renewals)]
    begins = [designation.designated_on, *(end + DAY for end in ends)]
    spans = tuple(Span(first, last) for first, last in zip(begins, ends, strict=False))
    if kept.ended_on is not None:
        return Term(spans, kept.ended_on, None, None)
    return Term(spans, ends[-1], ends[-1], longest_renewal(ends[-1]))


def longest_first_term(designated_on: date) -> date:
    """The latest last day of a first term: one year, the day of designation counted (70(2))."""
    return period("patent.designation").starting(designated_on).last_day


def longest_renewal(last_day: date) -> date:
    """The latest last day of an extension: one year from the day after the term ends (70(3))."""
    return period("patent.designation_extension").starting(last_day + DAY).last_day


def in_force(designation: Designation, on: date) -> bool:
    """Whether the designation stands on that day; its last day is still one of it."""
    return designation.designated_on <= on <= term_of(designation).last_day


def _clock(designation: Designation) -> Clock:
    facts = [Fact("set", designation.designated_on, designation.until)]
    facts += [
        Fact("extend", renewal.decided_on, renewal.until, sequence=number)
        for number, renewal in enumerate(designation.renewals, start=1)
    ]
    if designation.released_on is not None:
        facts.append(Fact("end", designation.released_on, sequence=len(facts)))
    return clock(period("patent.designation"), designation.designated_on, facts)

"""Spans of time, and what can be done with lists of them: meet, join, cut. Pure.

A span runs from an instant up to another, which is not in it; without the other it runs on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from services.platform.law.values import Value
from services.statute import end_of, start_of

FOREVER = datetime.max.replace(tzinfo=UTC)


class Span(Value):
    """From an instant up to another."""

    start: datetime
    end: datetime | None = None

    @property
    def stop(self) -> datetime:
        """Its end, or the end of time."""
        return self.end or FOREVER

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies in it."""
        return self.start <= at < self.stop


Spans = tuple[Span, ...]


def span(start: datetime, *ends: datetime | None) -> Spans:
    """The span from `start` to the soonest of `ends`; none at all when that is not later."""
    end = min((one for one in ends if one is not None), default=None)
    return (Span(start, end),) if end is None or start < end else ()


def of_days(first: date, last: date | None) -> Span:
    """The span of whole days of Japan, the last included."""
    return Span(start_of(first), end_of(last) if last else None)


def meet(some: Spans, others: Iterable[Span]) -> Spans:
    """Where both lists hold."""
    others = tuple(others)
    met = [
        found
        for one in some
        for other in others
        for found in span(max(one.start, other.start), one.end, other.end)
    ]
    return join(met)


def join(spans: Iterable[Span]) -> Spans:
    """Where any of them holds: in order, none touching another."""
    joined: list[Span] = []
    for one in sorted(spans, key=lambda it: it.start):
        if joined and one.start <= joined[-1].stop:
            last = joined.pop()
            end = None if last.end is None or one.end is None else max(last.end, one.end)
            joined.append(Span(last.start, end))
        else:
            joined.append(one)
    return tuple(joined)

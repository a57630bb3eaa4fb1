"""Instants as text: read with an offset, written in Japan time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

TOKYO = timezone(timedelta(hours=9))
"""Japan keeps no daylight saving."""


def text(instant: datetime) -> str:
    """`2026-06-30T23:59:59+09:00`, with microseconds only where there are some."""
    return instant.astimezone(TOKYO).isoformat()


def parsed(written: str) -> datetime:
    """The instant written as ISO 8601. Raises `ValueError` without an offset: no legal day without one."""
    instant = datetime.fromisoformat(written)
    if instant.tzinfo is None:
        raise ValueError(f"{written} has no offset; write {written}+09:00 for Japan time.")
    return instant.astimezone(UTC)

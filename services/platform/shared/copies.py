"""Copies for reading: what a list or register shows of cases, kept beside them and made anew from their acts.

A copy names the version of the case it was made from; one of an older version never replaces a newer one, so
the events that bring it may come twice and in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

C = TypeVar("C")


def keep(partition: str, name: str, copy: Any, version: int) -> None:
    """Keep a copy made from that version of a case, unless a later one is there already."""
    from services.platform.cases import dynamo

    dynamo.keep_copy(partition, name, msgspec.json.encode(copy).decode(), version)


def keep_first(partition: str, name: str, copy: C) -> C:
    """Keep what is made once and never changed; what is there then, should another have been quicker."""
    from services.platform.cases import dynamo

    there = dynamo.keep_first_copy(partition, name, msgspec.json.encode(copy).decode())
    return copy if there is None else msgspec.json.decode(there, type=type(copy))


def every(partition: str, kind: type[C], *, consistent: bool = False) -> Iterator[C]:
    """The copies of a partition by their names."""
    from services.platform.cases import dynamo

    return (
        msgspec.json.decode(text, type=kind) for _, text in dynamo.copies(partition, consistent=consistent)
    )


def newest(
    partition: str, kind: type[C], at_most: int, *, before: str | None = None, consistent: bool = False
) -> list[C]:
    """At most so many copies from the last name down, or from that before `before`; one read."""
    from services.platform.cases import dynamo

    found = dynamo.copies(partition, before=before, at_most=at_most, newest_first=True, consistent=consistent)
    return [msgspec.json.decode(text, type=kind) for _, text in found]


def names(partition: str) -> Iterator[str]:
    """The names under which copies are kept; strongly consistent."""
    from services.platform.cases import dynamo

    return (name for name, _ in dynamo.copies(partition, consistent=True))

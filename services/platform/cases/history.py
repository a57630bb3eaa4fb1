"""A case's history: acts in order, each with the hash of the one before, so that the last proves all. Pure.

The hash is SHA-256 over the canonical JSON (RFC 8785) of the entry without its own hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec
import rfc8785
from msgspec.structs import asdict, replace

from services.platform.law.acts import Act, version_of
from services.platform.law.procedure import Procedure
from services.platform.law.values import Value

S = TypeVar("S")
BEGINNING = "0" * 64
"""What the first act of a case names as the hash before it."""


class Entry(Value):
    """One act as it was recorded: what, by whom, by which article, on which legal day."""

    case_id: str
    sequence: int
    act: str
    article: str
    power: str
    by: dict[str, Any]
    """`subject`, `organisation` and the roles it was done `as`."""
    at: str
    """The instant the trigger reached the government, in UTC."""
    legal_day: str
    data: dict[str, Any]
    previous: str
    schema: int = 1
    """The version of the act in which `data` was recorded."""
    correlation_id: str = ""
    causation_id: str = ""
    hash: str = ""

    def sealed(self) -> Entry:
        """The entry with its hash."""
        return replace(self, hash=self.digest())

    def digest(self) -> str:
        """The hash that the entry should have, in hexadecimal."""
        fields = asdict(self)
        del fields["hash"]
        return hashlib.sha256(rfc8785.dumps(fields)).hexdigest()


class BrokenChain(Exception):  # noqa: N818 - a finding
    """A history that has been tampered with: the first entry at which it shows, and how."""

    def __init__(self, sequence: int, why: str) -> None:
        super().__init__(f"act {sequence}: {why}")
        self.sequence = sequence
        self.why = why


def verify_chain(history: Sequence[Entry], head: str | None = None) -> str:
    """The hash of the last act. Raises `BrokenChain` at the first act that does not follow from the last.

    With `head`, the last hash that the case's snapshot names, an act cut off the end shows too.
    """
    previous = BEGINNING
    for expected, entry in enumerate(history, start=1):
        if entry.sequence != expected:
            raise BrokenChain(expected, f"missing; act {entry.sequence} stands in its place")
        if entry.previous != previous:
            raise BrokenChain(expected, "does not name the hash of the act before it")
        if entry.hash != entry.digest():
            raise BrokenChain(expected, "was changed after it was recorded")
        previous = entry.hash
    if head is not None and head != previous:
        raise BrokenChain(len(history) + 1, "missing: the case names another last hash")
    return previous


def act_of(procedure: Procedure[Any], entry: Entry) -> Act:
    """The act of an entry, as it is today. Raises LookupError when the procedure does not know it."""
    return procedure.read(entry.act, entry.schema, entry.data)


def as_today(procedure: Procedure[Any], entry: Entry) -> Entry:
    """An entry under the name and in the form its act has today; its hashes are of what was recorded."""
    act = act_of(procedure, entry)
    name, version = type(act).__name__, version_of(type(act))
    if (entry.act, entry.schema) == (name, version):
        return entry
    return replace(entry, act=name, schema=version, data=msgspec.to_builtins(act))


def refold(procedure: Procedure[S], history: Iterable[Entry]) -> S:
    """The state that follows from `history` alone: what the snapshot must equal."""
    return procedure.fold(act_of(procedure, entry) for entry in history)

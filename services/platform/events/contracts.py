"""Events: what of an act others hear, and how any service reads it. Pure.

An event is an act that leaves (`law/acts.py`): it bears the act's name and those of its fields that the act
lets out. Readers take the fields they know and ignore the rest, so fields may be added; a field that is
removed or changes its meaning makes a new version of the act.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from services.platform.law.acts import Act, Classification, leaving


class Metadata(msgspec.Struct, frozen=True):
    """What every event says of itself; `event_id` is the same in any repetition, `sequence` orders a case."""

    event_id: str
    case_id: str
    sequence: int
    occurred_at: datetime
    article: str
    classification: Classification
    schema_version: int
    correlation_id: str = ""
    causation_id: str = ""


class Event(msgspec.Struct, frozen=True):
    """An event as a consumer reads it from the bus; `data` are the fields that left."""

    source: str
    name: str
    metadata: Metadata
    data: Any
    """The fields that left: of a kind that the reader names, or as they are."""

    @property
    def id(self) -> str:
        """The same for every delivery of the event."""
        return self.metadata.event_id

    @property
    def case_id(self) -> str:
        """The case the event belongs to, in the service that published it."""
        return self.metadata.case_id


class Heard(msgspec.Struct, frozen=True):
    """An event of another service; its data are read as `data`, without the fields that this lacks."""

    service: str
    name: str
    data: type[msgspec.Struct]


def source_of(service: str) -> str:
    """The `source` of a service's events on the bus."""
    return f"sakimori.{service}"


def published(act: Act) -> dict[str, Any] | None:
    """What leaves about an act; None when nothing does."""
    left = leaving(type(act))
    return None if left is None else {name: getattr(act, name) for name in left.fields}


def read(envelope: dict[str, Any], data: type[msgspec.Struct] | None = None) -> Event:
    """An event from EventBridge's JSON. Raises ValueError when it, or its data, has not the form of one."""
    detail = envelope["detail"]
    metadata = msgspec.convert(detail["metadata"], Metadata)
    left = detail["data"] if data is None else msgspec.convert(detail["data"], data)
    return Event(envelope["source"], envelope["detail-type"], metadata, left)

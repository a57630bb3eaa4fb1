"""The publisher: the table's stream to the event bus.

The acts are the outbox: an act that was recorded is published, once or more often, even if the function that
recorded it died right after. Only what an act lets out leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec

from services.platform.cases import table
from services.platform.cases.case_id import procedure_of
from services.platform.events.contracts import Metadata, published, source_of
from services.platform.law.acts import Act, Leaving, leaving, version_of
from services.platform.law.procedure import Procedure
from services.platform.law.values import Value
from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.runtime.observe import count, log, watched

AT_ONCE = 10
"""Entries that one PutEvents call takes."""


class BusEntry(Value):
    """A stream record's sequence number and what PutEvents is to be given for it."""

    record: str
    event: dict[str, Any]


class Publisher:
    """Turns a stream's acts into events, as far as they leave."""

    def __init__(self, *procedures: Procedure[Any]) -> None:
        self._procedures = {procedure.name: procedure for procedure in procedures}
        self.handler = watched(self._handle)

    def _handle(self, event: dict[str, Any], _context: Any) -> dict[str, Any]:
        """Publish the batch; report only the records that did not reach the bus."""
        failed: list[str] = []
        entries: list[BusEntry] = []
        for record in event["Records"]:
            try:
                put = self._event(record)
            except Exception:
                log.exception("a recorded act cannot be published", extra={"record": record["eventID"]})
                failed.append(record["dynamodb"]["SequenceNumber"])
            else:
                if put:
                    entries.append(BusEntry(record["dynamodb"]["SequenceNumber"], put))
        for ten in _tens(entries):
            failed += _put(ten)
        count("EventsPublished", len(entries) - sum(entry.record in failed for entry in entries))
        if failed:
            count("EventsNotPublished", len(failed))
        return {"batchItemFailures": [{"itemIdentifier": record} for record in failed]}

    def _event(self, record: dict[str, Any]) -> dict[str, Any] | None:
        image: Mapping[str, dict[str, Any]] = record["dynamodb"].get("NewImage", {})
        if record["eventName"] != "INSERT" or not _text(image, table.SORT).startswith(table.ACT_PREFIX):
            return None
        case_id = _text(image, table.PARTITION).removeprefix("CASE#")
        procedure = self._procedures[procedure_of(case_id) or ""]
        data = msgspec.json.decode(_text(image, "data"))
        if procedure.sealed:
            # What leaves is not sealed, and nothing else is needed here, nor could be read.
            kind = procedure.kind(_text(image, "act"))
            left = leaving(kind)
            told = {name: data[name] for name in left.fields} if left else {}
        else:
            act = procedure.read(_text(image, "act"), int(image["schema"]["N"]), data)
            kind, left = type(act), leaving(type(act))
            told = published(act) or {}
        return None if left is None else _entry(case_id, image, kind, left, told)


def _entry(
    case_id: str,
    image: Mapping[str, dict[str, Any]],
    kind: type[Act],
    left: Leaving,
    told: dict[str, Any],
) -> dict[str, Any]:
    sequence = int(image["sequence"]["N"])
    occurred_at = _text(image, "at")
    metadata = Metadata(
        event_id=f"{case_id}:{sequence}",
        case_id=case_id,
        sequence=sequence,
        occurred_at=datetime.fromisoformat(occurred_at),
        article=_text(image, "article"),
        classification=left.classification,
        schema_version=version_of(kind),
        correlation_id=_text(image, "correlation_id"),
        causation_id=_text(image, "causation_id"),
    )
    return {
        "EventBusName": environment().bus,
        "Source": source_of(environment().service),
        "DetailType": kind.__name__,
        "Time": occurred_at,
        "Detail": msgspec.json.encode({"metadata": metadata, "data": told}).decode(),
    }


def _put(entries: Sequence[BusEntry]) -> list[str]:
    """Put at most ten events on the bus; the records of those that did not get there."""
    try:
        answer = client("events").put_events(Entries=[entry.event for entry in entries])
    except Exception:
        log.exception("no event of this call reached the bus")
        return [entry.record for entry in entries]
    if not answer["FailedEntryCount"]:
        return []
    results = zip(entries, answer["Entries"], strict=True)
    refused = [(entry, result) for entry, result in results if result.get("ErrorCode")]
    for entry, result in refused:
        log.error("an event was refused by the bus", extra={"record": entry.record, "why": result})
    return [entry.record for entry, _ in refused]


def _tens(entries: Sequence[BusEntry]) -> Iterator[tuple[BusEntry, ...]]:
    rest = iter(entries)
    while ten := tuple(islice(rest, AT_ONCE)):
        yield ten


def _text(image: Mapping[str, dict[str, Any]], name: str) -> str:
    return str(image[name]["S"]) if name in image else ""

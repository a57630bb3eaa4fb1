"""The service's own events, delivered as the bus would, and what a case says the clock has done."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import msgspec

from services.infra_review.chapter import PROCEDURES
from services.platform.cases.case_id import procedure_of
from services.platform.cases.history import Entry, act_of
from services.platform.cases.store import Cases
from services.platform.events.contracts import published
from tests.services.lambdas import door

CASES = {procedure.name: Cases(procedure) for procedure in PROCEDURES}


def history(case_id: str) -> tuple[Entry, ...]:
    return CASES[procedure_of(case_id) or ""].history(case_id)


def acts(case_id: str) -> list[str]:
    return [entry.act for entry in history(case_id)]


def told(case_id: str, act: str) -> list[dict[str, Any]]:
    """What the acts of that name in a case's history say."""
    return [entry.data for entry in history(case_id) if entry.act == act]


def envelope(entry: Entry) -> dict[str, Any]:
    """An act's event as the bus hands it to the inbox's queue."""
    procedure = CASES[procedure_of(entry.case_id) or ""].procedure
    metadata = {
        "event_id": f"{entry.case_id}:{entry.sequence}",
        "case_id": entry.case_id,
        "sequence": entry.sequence,
        "occurred_at": entry.at,
        "article": entry.article,
        "classification": "internal",
        "schema_version": 1,
    }
    data = msgspec.to_builtins(published(act_of(procedure, entry)))
    return {
        "source": "sakimori.infra_review",
        "detail-type": entry.act,
        "detail": {"metadata": metadata, "data": data},
    }


def delivers(*entries: Entry) -> list[str]:
    """Give the inbox one batch of events; the messages that failed."""
    records = [
        {"messageId": str(number), "body": json.dumps(envelope(entry))}
        for number, entry in enumerate(entries)
    ]
    answer = door("inbox")({"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)

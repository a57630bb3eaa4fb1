"""`python -m bench.recorded`: play the story of one case, and record what of AWS it used, for `make cost`."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import boto3

from bench import calls
from infra.cost import RECORDED

TRANSACTED = 2
"""Write units for each kilobyte: every act is written in a transaction."""
TASK = 3
"""Transitions of a state machine for each task: entered, answered, routed."""
INDEXES = 3
MOVED = 2
"""Writes of an index entry whose key changes: one goes, one comes."""


def units(item: dict[str, Any]) -> int:
    """Write units of an item of this size."""
    return TRANSACTED * math.ceil(len(json.dumps(item, ensure_ascii=False).encode()) / 1024)


def record() -> dict[str, Any]:
    """What one case used: invocations by door, calls by operation, and the size of its items."""
    sizes: list[dict[str, Any]] = []
    played = calls.play

    def playing(teller: calls.Direct) -> None:
        played(teller)
        sizes.extend(boto3.client("dynamodb").scan(TableName=f"{calls.STACK}-cases")["Items"])

    calls.play = playing
    teller = calls.measure()
    invocations: Counter[str] = Counter()
    operations: Counter[str] = Counter()
    for measured in teller.measured.values():
        for way, times in measured.ways.items():
            invocations[measured.door] += times
            for operation in way:
                operations[operation] += times
    acts = [item for item in sizes if item["sk"]["S"].startswith("ACT#")]
    return {
        "recorded_on": datetime.now(UTC).date().isoformat(),
        "invocations": dict(sorted(invocations.items())),
        "calls": dict(sorted(operations.items())),
        "acts": len(acts),
        "write_units": sum(units(item) for item in sizes),
        "index_write_units": INDEXES * MOVED * operations["TransactWriteItems"],
        "read_units": sum(operations[o] for o in ("GetItem", "Query", "BatchGetItem")),
        "stored_bytes": sum(len(json.dumps(item, ensure_ascii=False).encode()) for item in sizes),
        "transitions": TASK * (invocations["steps"] + operations["SendTaskSuccess"]),
    }


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(record(), indent=1) + "\n", "utf-8")

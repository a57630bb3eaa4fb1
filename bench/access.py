"""What it costs to take out of a case what its reader may not see: `python -m bench.access`."""

from __future__ import annotations

from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from bench.clock import best
from bench.plans import EXAMPLE, large
from services.infra_review.plan.model import Plan
from services.platform.http.policy import policy_of

READERS = ("operator", "reviewing_official", "cabinet_office")
TIMES = 50


def picture(plan: Plan) -> dict[str, Any]:
    """A notification with its plan, and with as many other fields as one has."""
    names = (
        "organisation",
        "operator_id",
        "business",
        "sector",
        "accepted_on",
        "standstill",
        "consultations",
    )
    return {**dict.fromkeys(names, "x"), "plan": msgspec.to_builtins(plan)}


def fields(it: Any) -> int:
    """How many named things there are in it, deep down."""
    inside = it.values() if isinstance(it, dict) else it if isinstance(it, list | tuple) else ()
    return (len(it) if isinstance(it, dict) else 0) + sum(map(fields, inside))


def main() -> None:
    example = msgspec.json.decode(EXAMPLE.read_bytes(), type=Plan)
    policy = policy_of("infra_review")
    table = Table(title="What a reader may see of a notification (best of 7)", title_justify="left")
    for column in ("plan", "fields", *READERS):
        table.add_column(column, justify="left" if column == "plan" else "right")
    for name, plan in (("the example", example), ("a large one", large(example))):
        whole = picture(plan)

        def show(reader: str, whole: dict[str, Any] = whole) -> None:
            for _ in range(TIMES):
                policy.shown(whole, "notification", frozenset({reader}), restricted=True)

        took = (f"{best(lambda one=reader: show(one)) / TIMES * 1e6:.0f} µs" for reader in READERS)
        table.add_row(name, str(fields(whole)), *took)
    Console(width=118).print(table)

    def read() -> None:
        policy_of.cache_clear()
        policy_of("infra_review")

    Console(width=118).print(f"Reading the policy: {best(read) * 1e3:.1f} ms.")


if __name__ == "__main__":
    main()

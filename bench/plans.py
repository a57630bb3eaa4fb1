"""How fast a plan is checked and compared: `python -m bench.plans`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from bench.clock import best
from services.infra_review.plan.changes import classify
from services.infra_review.plan.defects import defects
from services.infra_review.plan.model import Plan

EXAMPLE = Path(__file__).parent.parent / "docs" / "examples" / "plan.json"
FILED_ON = date(2026, 5, 7)
TIMES = 50


def large(plan: Plan) -> Plan:
    """The example with a hundred components and a hundred re-outsourcings."""
    made, given = plan.introduction, plan.outsourcing
    assert made is not None
    assert made.components
    assert given is not None
    assert given.re_outsourced
    return replace(
        plan,
        introduction=replace(made, components=made.components[:1] * 100),
        outsourcing=replace(given, re_outsourced=given.re_outsourced[:1] * 100),
    )


def main() -> None:
    example = msgspec.json.decode(EXAMPLE.read_bytes(), type=Plan)
    table = Table(title="Plans (best of 7)", title_justify="left")
    for column in ("plan", "parties checked", "check", "comparison with itself"):
        table.add_column(column, justify="left" if column == "plan" else "right")
    for name, plan, parties in (("the example", example, 6), ("a large one", large(example), 302)):

        def check(plan: Plan = plan) -> None:
            for _ in range(TIMES):
                defects(plan, FILED_ON)

        def compare(plan: Plan = plan) -> None:
            for _ in range(TIMES):
                classify(plan, plan)

        took = (f"{best(work) / TIMES * 1e3:.2f} ms" for work in (check, compare))
        table.add_row(name, str(parties), *took)
    Console(width=118).print(table)


if __name__ == "__main__":
    main()

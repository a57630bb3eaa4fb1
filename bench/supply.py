"""What the volumes of Chapter 2 cost: plans alive, a survey's answers on its last day, postings reconciled.

    python -m bench.supply

All of it is the law's own code, on one core and without a table: 5,000 plans asked for what is due and
changed, 10,000 answers made into a graph and asked what stops, 100,000 postings posted and reconciled.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from time import process_time
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from services.platform.law.procedure import Refusal
from services.platform.shared.ledger import JournalEntry, post, reconciled
from services.supply.domain.supply_plan import supply_plan
from services.supply.domain.supply_plan.state import PlanCertified, PlanFiled, SupplyPlan
from services.supply.domain.support_body.money import CHART, entry
from services.supply.orders import order_of
from services.supply.plans.changes import classified
from services.supply.plans.defects import defects
from services.supply.plans.model import Plan
from services.supply.registers import AnswerCopy, PlanCopy
from services.supply.surveys.answers import Answer, Procurement, StockDays
from services.supply.surveys.dependence import graph_of, items_of, public, single_points, stopped

PLANS, ANSWERS, POSTINGS = 5_000, 10_000, 100_000
TODAY = date(2026, 6, 1)


def plan(number: int) -> Plan:
    """A plan of one maker."""
    from local.stories.supply import MAKER
    from local.stories.supply import plan as told

    whole: dict[str, Any] = told(MAKER)
    whole["uses"][0]["yen"] += number
    whole["sources"][0]["yen"] += number
    return msgspec.convert(whole, Plan)


def alive() -> list[SupplyPlan]:
    """The plans, certified and in their life."""
    found = []
    for number in range(PLANS):
        one = plan(number)
        filed = PlanFiled(one, order_of(one.material).ministries, TODAY)
        certified = PlanCertified(one.material, f"2026-{number}", "A line.", TODAY)
        found.append(supply_plan.fold((filed, certified)))
    return found


def answers(draw: random.Random) -> list[AnswerCopy]:
    """Answers of four tiers: few suppliers at the end of the chain, many makers at its head."""
    found = []
    for number in range(ANSWERS):
        bought = []
        for item in draw.sample(range(200), k=draw.randint(1, 5)):
            below = f"Co {draw.randint(number + 1, ANSWERS)}" if draw.random() < 0.5 else f"Source {item}"
            country = draw.choice(("JP", "JP", "ZZ", "YY"))
            share = draw.choice((30, 60, 100))
            bought.append(Procurement(f"item {item}", below, country, share))
        stocks = tuple(StockDays(one.item, draw.randint(0, 120)) for one in bought)
        answer = Answer(("goods",), tuple(bought), stocks)
        found.append(AnswerCopy(f"questionnaire-{number}", f"{number:013}", f"Co {number}", answer))
    return found


def entries(draw: random.Random) -> Iterator[JournalEntry]:
    """What a fund goes through in the course of years; each entry has two postings."""
    yield entry("granted", 10**14, TODAY)
    for number in range(1, POSTINGS // 2):
        of = f"subsidy-{number % 500}"
        kind = draw.choice(("promised", "promised", "paid", "released", "returned", "income"))
        yield entry(kind, draw.randint(1, 10**9), TODAY + timedelta(days=number // 50), of)


def books() -> tuple[int, int]:
    """Post all of it and reconcile; how many postings stand, and how many accounts differ."""
    balances: dict[str, int] = {}
    kept = []
    for one in entries(random.Random(34)):
        try:
            balances = post(CHART, balances, one)
        except Refusal:
            continue  # nothing is drawn below nothing
        kept.append(one)
    return sum(len(one.postings) for one in kept), len(reconciled(CHART, kept, balances))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of CPU, and what came of it."""
    began = process_time()
    found = work()
    return process_time() - began, found


def main() -> None:
    """Measure and print."""
    table = Table(title="Chapter 2 in volume (CPU, one core)", title_justify="left")
    for column in ("what", "how many", "seconds", "came to"):
        table.add_column(column, justify="left" if column in ("what", "came to") else "right")

    def row(what: str, count: int, work: Callable[[], Any], told: Callable[[Any], str]) -> Any:
        spent, found = timed(work)
        table.add_row(what, f"{count:,}", f"{spent:.2f}", told(found))
        return found

    plans = row("plans folded into their state", PLANS, alive, lambda found: f"{len(found):,} alive")
    one = plan(0)
    row(
        "plans checked for defects",
        PLANS,
        lambda: [defects(state.filed, TODAY) for state in plans],
        lambda found: f"{sum(map(len, found))} defects",
    )
    row(
        "plans asked what is due",
        PLANS,
        lambda: [supply_plan.deadlines(state) for state in plans],
        lambda found: f"{sum(map(len, found)):,} deadlines",
    )
    row(
        "changes told minor from others",
        PLANS,
        lambda: [classified(state.filed, one, state.order) for state in plans],
        lambda found: f"{sum(one is not None for one in found):,} changes",
    )
    told = answers(random.Random(48))
    known = [
        PlanCopy(f"supply-plan-{n}", f"2026-{n}", "storage_batteries", "cells", ((f"{n:013}", ""),), (), True)
        for n in range(500)
    ]
    graph = row("answers made into a graph", ANSWERS, lambda: graph_of(told, known), lambda found: f"{found}")
    row("single points found", ANSWERS, lambda: single_points(graph), lambda found: f"{len(found):,}")
    row(
        "one supplier stops",
        ANSWERS,
        lambda: stopped(graph, "Source 7", TODAY),
        lambda found: f"{len(found.operators):,} operators, {len(found.plans)} plans",
    )
    row(
        "one country stops",
        ANSWERS,
        lambda: stopped(graph, "ZZ", TODAY),
        lambda found: f"{len(found.operators):,} operators, {len(found.plans)} plans",
    )
    row("shares by item", ANSWERS, lambda: items_of(told), lambda found: f"{len(found)} items")
    row(
        "figures for anyone",
        ANSWERS,
        lambda: public("survey-1", told),
        lambda found: f"{len(found.items)} items",
    )
    row(
        "postings posted and reconciled",
        POSTINGS,
        books,
        lambda found: f"{found[0]:,} stand, {found[1]} accounts differ",
    )
    Console(width=118).print(table)


if __name__ == "__main__":
    main()

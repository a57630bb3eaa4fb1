"""Who depends on whom (サプライチェーンの依存): the answers of a survey and the certified plans as one graph.

Arrows lead from whoever supplies to whoever is supplied: a supplier, a country, an operator, a plan. What
stops when one of them stops is what can be reached from it; when stock runs out is the shortest way there,
each operator's days of stock being its length. The graphs are `networkx`, imported where one is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from services.platform.law.values import Value
from services.platform.shared.statistics import FIVE
from services.supply.registers import AnswerCopy, PlanCopy

if TYPE_CHECKING:
    import networkx as nx

HOME = "JP"
MOST = 100
"""Single points that are told of: those that reach most."""


class Single(Value):
    """A supplier on which somebody depends alone, with nobody to stand in: for whom, for what."""

    supplier: str
    countries: tuple[str, ...]
    items: tuple[str, ...]
    operators: int
    """How many it reaches."""
    plans: tuple[str, ...]


class ItemShare(Value):
    """An item: how many operators procure it, how much is from outside on average, how long stock lasts."""

    item: str
    operators: int
    outside_percent: int
    shortest_stock_days: int | None


class Hit(Value):
    """Who is hit when something stops: how many steps away, and when its stock runs out."""

    operator: str
    tier: int
    items: tuple[str, ...]
    runs_out_in_days: int
    runs_out_on: date


class Stopped(Value):
    """What follows when a supplier or a country stops."""

    stops: str
    operators: tuple[Hit, ...]
    plans: tuple[str, ...]
    materials: tuple[str, ...]


class Dependence(Value):
    """What a survey shows to the ministry that made it."""

    answers: int
    plans: int
    items: tuple[ItemShare, ...]
    single_points: tuple[Single, ...]
    stopped: Stopped | None = None


class PublicItem(Value):
    """An item, its counts in complete fives: less than that is not told."""

    item: str
    operators: int
    mostly_from_outside: int
    on_one_supplier: int


class PublicDependence(Value):
    """What anyone may know of a survey that is closed: no respondent, no supplier, no cell below five."""

    survey: str
    counted_in: int
    answers: int
    items: tuple[PublicItem, ...]


def _supplier(name: str, number: str | None) -> str:
    return f"operator:{number}" if number else f"supplier:{' '.join(name.casefold().split())}"


def graph_of(answers: Iterable[AnswerCopy], plans: Iterable[PlanCopy]) -> nx.MultiDiGraph[str]:
    """The graph of answers and plans."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    answers = list(answers)
    known = {" ".join(one.name.casefold().split()): f"operator:{one.organisation}" for one in answers}
    for one in answers:
        node = f"operator:{one.organisation}"
        graph.add_node(node, label=one.name)
        stocks = {stock.item: stock.days for stock in one.answer.stocks}
        for bought in one.answer.procurements:
            by = _supplier(bought.supplier, bought.supplier_id)
            by = known.get(by.removeprefix("supplier:"), by)
            if by == node:
                continue
            told = {
                "item": bought.item,
                "share": bought.share_percent,
                "country": bought.country,
                "substitutes": bool(bought.substitutes),
                "days": stocks.get(bought.item, 0),
            }
            _named(graph, by, bought.supplier)
            graph.add_edge(by, node, **told)
            country = f"country:{bought.country}"
            _named(graph, country, bought.country)
            graph.add_edge(country, node, **told)
    for plan in plans:
        node = f"plan:{plan.number or plan.case}"
        graph.add_node(node, label=plan.number or plan.case, material=plan.material)
        for number, name in plan.operators:
            _named(graph, f"operator:{number}", name)
            graph.add_edge(f"operator:{number}", node, item=plan.item, days=0)
        for bought_from in plan.suppliers:
            by = _supplier(bought_from.name, None)
            by = known.get(by.removeprefix("supplier:"), by)
            told = {
                "item": bought_from.item,
                "share": bought_from.share_percent,
                "country": bought_from.country,
                "substitutes": False,
                "days": 0,
            }
            _named(graph, by, bought_from.name)
            graph.add_edge(by, node, **told)
            _named(graph, f"country:{bought_from.country}", bought_from.country)
            graph.add_edge(f"country:{bought_from.country}", node, **told)
    return graph


def _named(graph: nx.MultiDiGraph[str], node: str, label: str) -> None:
    if "label" not in graph.nodes.get(node, {}):
        graph.add_node(node, label=label)


def _label(graph: nx.MultiDiGraph[str], node: str) -> str:
    return str(graph.nodes[node].get("label", node.partition(":")[2]))


def single_points(graph: nx.MultiDiGraph[str]) -> tuple[Single, ...]:
    """Suppliers from whom somebody has all of an item and nobody stands in: those first that reach most."""
    alone: dict[str, list[dict[str, Any]]] = {}
    for node, _, told in graph.edges(data=True):
        if told.get("share") == 100 and not told["substitutes"] and not node.startswith("country:"):
            alone.setdefault(node, []).append(told)
    reached, numbers = _reached(graph)
    plans = [node for node in numbers if node.startswith("plan:")]
    operators = sum(1 << place for node, place in numbers.items() if node.startswith("operator:"))
    every_plan = sum(1 << numbers[node] for node in plans)

    def reach(node: str) -> tuple[int, int, str]:
        below = reached[node] & ~(1 << numbers[node])
        return (-(below & every_plan).bit_count(), -(below & operators).bit_count(), _label(graph, node))

    return tuple(
        Single(
            _label(graph, node),
            tuple(sorted({str(told["country"]) for told in alone[node]})),
            tuple(sorted({str(told["item"]) for told in alone[node]})),
            -reach(node)[1],
            tuple(sorted(_label(graph, plan) for plan in plans if reached[node] >> numbers[plan] & 1)),
        )
        for node in sorted(alone, key=reach)[:MOST]
    )


def _reached(graph: nx.MultiDiGraph[str]) -> tuple[dict[str, int], dict[str, int]]:
    """What each node reaches, itself included, as a set of bits; and the bit of each node.

    One pass over the graph, those that supply each other taken as one: a walk from every supplier would be a
    hundred times as long.
    """
    import networkx as nx

    numbers = {node: place for place, node in enumerate(graph)}
    whole = nx.condensation(nx.DiGraph(graph))
    bits: dict[int, int] = {}
    for part in reversed(list(nx.topological_sort(whole))):
        mine = sum(1 << numbers[node] for node in whole.nodes[part]["members"])
        for below in whole.successors(part):
            mine |= bits[below]
        bits[part] = mine
    return {node: bits[part] for node, part in whole.graph["mapping"].items()}, numbers


def items_of(answers: Iterable[AnswerCopy]) -> tuple[ItemShare, ...]:
    """Each item: who procures it, how much of it from outside, and the shortest stock of it."""
    outside: dict[str, list[int]] = {}
    days: dict[str, list[int]] = {}
    for one in answers:
        mine: dict[str, int] = {}
        for bought in one.answer.procurements:
            share = bought.share_percent if bought.country != HOME else 0
            mine[bought.item] = mine.get(bought.item, 0) + share
        for item, share in mine.items():
            outside.setdefault(item, []).append(share)
        for stock in one.answer.stocks:
            days.setdefault(stock.item, []).append(stock.days)
    return tuple(
        ItemShare(item, len(shares), sum(shares) // len(shares), min(days.get(item, ()), default=None))
        for item, shares in sorted(outside.items())
    )


def stopped(graph: nx.MultiDiGraph[str], what: str, today: date) -> Stopped | None:
    """What follows when the supplier or country of that name stops today; None when there is none."""
    import networkx as nx

    sources = [
        node
        for node in graph
        if not node.startswith("plan:") and _label(graph, node).casefold() == what.casefold()
    ]
    if not sources:
        return None

    def days(_from: str, _to: str, edges: dict[int, dict[str, Any]]) -> int:
        return min(int(told["days"]) for told in edges.values())

    lasts = nx.multi_source_dijkstra_path_length(graph, set(sources), weight=days)
    tiers: dict[str, int] = {}
    for source in sources:
        for node, tier in nx.single_source_shortest_path_length(graph, source).items():
            tiers[node] = min(tier, tiers.get(node, tier))
    hits = [
        Hit(
            _label(graph, node),
            tiers[node],
            tuple(
                sorted({str(told["item"]) for by, _, told in graph.in_edges(node, data=True) if by in lasts})
            ),
            int(lasts[node]),
            today + timedelta(days=int(lasts[node])),
        )
        for node in lasts
        if node.startswith("operator:") and node not in sources
    ]
    plans = [node for node in lasts if node.startswith("plan:")]
    return Stopped(
        what,
        tuple(sorted(hits, key=lambda one: (one.runs_out_in_days, one.operator))),
        tuple(sorted(_label(graph, node) for node in plans)),
        tuple(sorted({str(graph.nodes[node]["material"]) for node in plans})),
    )


def dependence(
    answers: list[AnswerCopy], plans: list[PlanCopy], today: date, stops: str | None = None
) -> Dependence:
    """The whole view, and what follows when a supplier or country `stops`."""
    graph = graph_of(answers, plans)
    return Dependence(
        len(answers),
        len(plans),
        items_of(answers),
        single_points(graph),
        stopped(graph, stops, today) if stops else None,
    )


def public(survey: str, answers: list[AnswerCopy]) -> PublicDependence:
    """What anyone may know: counts by item in complete fives, and no item that fewer than five procure."""
    counts: dict[str, list[int]] = {}
    for one in answers:
        by_item: dict[str, list[int]] = {}
        for bought in one.answer.procurements:
            share = by_item.setdefault(bought.item, [0, 0])
            share[0] += bought.share_percent if bought.country != HOME else 0
            share[1] = max(share[1], bought.share_percent)
        for item, (outside, largest) in by_item.items():
            counted = counts.setdefault(item, [0, 0, 0])
            counted[0] += 1
            counted[1] += outside > 50
            counted[2] += largest == 100
    lines = [
        PublicItem(item, *(number - number % FIVE for number in counted))
        for item, counted in sorted(counts.items())
        if counted[0] >= FIVE
    ]
    return PublicDependence(survey, FIVE, len(answers) - len(answers) % FIVE, tuple(lines))


def picture(graph: nx.MultiDiGraph[str], most: int = 40) -> str:
    """The suppliers most depend on, with whom and what they reach, as a Mermaid flow chart."""
    chosen = single_points(graph)[:most]
    names = {one.supplier for one in chosen}
    sources = [node for node in graph if _label(graph, node) in names and not node.startswith("country:")]
    numbers: dict[str, str] = {}

    def shape(node: str) -> str:
        short = numbers.setdefault(node, f"n{len(numbers)}")
        text = "".join(" " if sign in '"[]{}()<>|`\n' else sign for sign in _label(graph, node))
        if node.startswith("plan:"):
            return f'{short}[["{text}"]]'
        return f'{short}(("{text}"))' if node in sources else f'{short}["{text}"]'

    lines = ["flowchart LR"]
    reached = sorted({to for node in sources for to in graph.successors(node)} | set(sources))
    for node in reached:
        for to in sorted(set(graph.successors(node))):
            lines.append(f"  {shape(node)} --> {shape(to)}")
    lines += [f"  style {numbers[node]} stroke-width:4px" for node in sources if node in numbers]
    return "\n".join(lines) + "\n"

"""The rooms: imports run one way, between modules and between the rooms of the platform."""

from __future__ import annotations

from functools import cache

import grimp
import networkx as nx

OURS = ("services.platform", "services.statute", "services.fund", "services.council", "services.patent",
        "services.infra_review", "services.supply", "documents", "infra", "local")  # fmt: skip


@cache
def imports() -> nx.DiGraph[str]:
    """Who imports whom, wherever in a module; what only a type checker reads is none."""
    graph = grimp.build_graph(*OURS, exclude_type_checking_imports=True)
    found: nx.DiGraph[str] = nx.DiGraph()
    for module in graph.modules:
        found.add_edges_from((module, one) for one in graph.find_modules_directly_imported_by(module))
    return found


def circles(graph: nx.DiGraph[str]) -> list[list[str]]:
    return [sorted(one) for one in nx.strongly_connected_components(graph) if len(one) > 1]


def room_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:3] if parts[1:2] == ["platform"] else parts[:2])


def test_no_module_imports_in_a_circle() -> None:
    assert circles(imports()) == []


def test_no_room_of_the_services_imports_in_a_circle() -> None:
    rooms: nx.DiGraph[str] = nx.DiGraph()
    for importer, imported in imports().edges:
        if importer.startswith("services.") and room_of(importer) != room_of(imported):
            rooms.add_edge(room_of(importer), room_of(imported))
    assert circles(rooms) == []

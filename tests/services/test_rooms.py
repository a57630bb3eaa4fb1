"""The rooms: imports run one way, and the walls that depend on which services there are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import networkx as nx
import pytest

from documents.services import services

ROOT = Path(__file__).parents[2]
CHAPTERS = {f"services.{service}" for service in services()}
SHARED = {"services.platform", "services.statute"}
NEVER_DEPLOYED = {"documents", "infra", "local"}
AWS = {"boto3", "botocore", "pynamodb", "aws_lambda_powertools", "jsonschema"}
"""What the law does not even reach through others: AWS, and what costs a cold start as much."""


@cache
def imports() -> nx.DiGraph[str]:
    """Who imports whom, wherever in a module; what only a type checker reads is none."""
    rooms = sorted(CHAPTERS | SHARED | NEVER_DEPLOYED)
    graph = grimp.build_graph(*rooms, include_external_packages=True, exclude_type_checking_imports=True)
    found: nx.DiGraph[str] = nx.DiGraph()
    for module in graph.modules:
        found.add_edges_from((module, one) for one in graph.find_modules_directly_imported_by(module))
    return found


def circles(graph: nx.DiGraph[str]) -> list[list[str]]:
    return [sorted(one) for one in nx.strongly_connected_components(graph) if len(one) > 1]


def room_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:3] if parts[1:2] == ["platform"] else parts[:2])


def house_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "services" else parts[0]


def through(walls: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The imports that go through one of these walls, each from a house to another."""
    return {edge for edge in imports().edges if (house_of(edge[0]), house_of(edge[1])) in walls}


def test_no_module_imports_in_a_circle() -> None:
    assert circles(imports()) == []


def test_no_room_of_the_services_imports_in_a_circle() -> None:
    rooms: nx.DiGraph[str] = nx.DiGraph()
    for importer, imported in imports().edges:
        if importer.startswith("services.") and room_of(importer) != room_of(imported):
            rooms.add_edge(room_of(importer), room_of(imported))
    assert circles(rooms) == []


def test_no_service_imports_another() -> None:
    assert through({(one, other) for one in CHAPTERS for other in CHAPTERS - {one}}) == set()


def test_what_the_services_share_knows_none_of_them() -> None:
    assert through({(one, other) for one in SHARED for other in CHAPTERS}) == set()


def test_nothing_that_is_deployed_imports_what_is_not() -> None:
    assert through({(one, other) for one in SHARED | CHAPTERS for other in NEVER_DEPLOYED}) == set()


def pure() -> Iterator[str]:
    """Every module of a chapter's law, and every other that says of itself that it is pure."""
    for path in sorted((ROOT / "services").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if ".domain" in module or "Pure." in said.partition("\n\n")[0]:
            yield module


def test_modules_of_every_chapter_with_a_law_are_pure_and_of_the_platform_too() -> None:
    assert {"services.platform.law", "services.platform.cases", "services.platform.shared"} <= {
        room_of(module) for module in pure()
    }
    with_law = {f"services.{path.parent.name}" for path in (ROOT / "services").glob("*/domain")}
    assert with_law <= {house_of(module) for module in pure()}


@pytest.mark.parametrize("module", list(pure()))
def test_what_is_pure_knows_no_environment_and_no_clock_and_reaches_no_aws(module: str) -> None:
    if module in imports():
        assert set(imports().successors(module)) & {"os", "time"} == set()
        assert nx.descendants(imports(), module) & AWS == set()

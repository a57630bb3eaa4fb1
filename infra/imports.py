"""What a function needs, read from its code without running it: modules, distributions, AWS services."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
OURS = "services"
LEFT_OUT = Path(__file__).with_name("left_out.toml")
NOT_SHIPPED = {"manifest.toml", "__pycache__"}
"""In a package's folder, but for the deployment and not for the function."""


@dataclass(slots=True)
class Needs:
    """What one entry point needs at run time."""

    modules: dict[str, Path] = field(default_factory=dict)
    """Our modules, packages included, by name."""
    distributions: set[str] = field(default_factory=set)
    """Canonical names of distributions, those they depend on included."""
    imports: set[str] = field(default_factory=set)
    """What our modules import of them, by full name."""
    clients: set[str] = field(default_factory=set)
    """AWS services whose botocore models are needed."""

    def data(self) -> Iterator[Path]:
        """The files beside our modules that are not modules: the law's tables, texts, schemas."""
        for folder in sorted({file.parent for file in self.modules.values()}):
            yield from _data_in(folder)


def _data_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            # A folder of modules is a package of its own, with or without an __init__.
            if path.name not in NOT_SHIPPED and not any(path.glob("*.py")):
                yield from _data_in(path)
        elif path.suffix != ".py" and path.name not in NOT_SHIPPED:
            yield path


def module_file(name: str) -> Path | None:
    """The file of one of our modules."""
    base = ROOT.joinpath(*name.split("."))
    for file in (base.with_suffix(".py"), base / "__init__.py"):
        if file.is_file():
            return file
    return None


@cache
def distributions_by_module() -> dict[str, list[str]]:
    """Which distributions bring a top-level module."""
    return {
        name: [canonicalize_name(d) for d in found]
        for name, found in metadata.packages_distributions().items()
    }


def _for_types_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that can run, in functions too: what is imported late is needed all the same."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.stmt) and _for_types_only(child):
            continue
        yield child
        yield from _statements(child)


def _imported(tree: ast.Module, package: str) -> Iterator[str]:
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, base] if base else parents)
            yield base
            # `from package import module` names a module as easily as a function.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _clients(tree: ast.Module) -> Iterator[str]:
    """The services named in calls `client("…")` and `create_client("…")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"client", "create_client"} and isinstance(node.args[0].value, str):
                yield node.args[0].value


@cache
def not_reached() -> dict[str, set[str]]:
    """Imports that no function comes to, by the module they stand in."""
    listed = tomllib.loads(LEFT_OUT.read_text("utf-8"))["imports"]
    return {module: set(tops) for module, tops in listed.items()}


def _with_parents(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def needed_by(*entries: str) -> Needs:
    """What these modules need, over all that they import. Raises `ModuleNotFoundError`."""
    for entry in entries:
        if module_file(entry) is None:
            raise ModuleNotFoundError(f"{entry} is not a module of this project")
    needs = Needs()
    outside: set[str] = set()
    left = [name for entry in entries for name in _with_parents(entry)]
    while left:
        name = left.pop()
        file = module_file(name)
        if name in needs.modules or file is None:
            continue
        needs.modules[name] = file
        tree = ast.parse(file.read_text("utf-8"))
        needs.clients |= set(_clients(tree))
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        for imported in _imported(tree, package):
            top = imported.partition(".")[0]
            if top == OURS:
                left += _with_parents(imported)
            elif top not in sys.stdlib_module_names and top not in not_reached().get(name, ()):
                outside.add(top)
                needs.imports.add(imported)
    needs.distributions = closed(d for top in outside for d in distributions_by_module()[top])
    if "pynamodb" in needs.distributions:
        needs.clients.add("dynamodb")
    return needs


def closed(wanted: Iterable[str]) -> set[str]:
    """These distributions and all they declare to depend on, without extras."""
    found: set[str] = set()
    left = list(wanted)
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        for text in metadata.requires(name) or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                left.append(canonicalize_name(requirement.name))
    return found

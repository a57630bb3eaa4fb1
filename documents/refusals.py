"""Which refusals a function can come to, read from its source. Never part of a Lambda.

Rules declare their codes; what a power or a route refuses beyond them stands in its body, or in a function of
ours that it calls.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

RAISED = {"Refusal": 0, "rule": 0, "Rule": 0, "refuse_if": 1}
"""The place of the code among the arguments of what raises or declares it."""


def refusals_of(function: Callable[..., Any]) -> frozenset[str]:
    """Every code that `function`, or one of ours it calls by name, names in its source."""
    return frozenset(_codes(plain(function), set()))


def codes_in(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every code that a piece of source names, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            place = RAISED.get(_name(node.func))
            if place is not None and len(node.args) > place:
                code = node.args[place]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value, node.lineno


def _codes(function: Callable[..., Any], seen: set[Any]) -> Iterator[str]:
    if function in seen or not getattr(function, "__module__", "").startswith("services."):
        return
    seen.add(function)
    tree = _source(function)
    yield from (code for code, _ in codes_in(tree))
    known = inspect.getclosurevars(function) if inspect.isfunction(function) else None
    for node in ast.walk(tree):
        # `app.case(…)`: whoever looks a case up on the way may find none.
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "case":
            yield "no_such_case"
        called = _found(node.func, known) if isinstance(node, ast.Call) and known else None
        if inspect.isfunction(called):
            yield from _codes(called, seen)


def _found(called: ast.expr, known: inspect.ClosureVars) -> Any:
    """What a call calls, as far as names and attributes of modules tell."""
    if isinstance(called, ast.Name):
        return known.globals.get(called.id, known.nonlocals.get(called.id))
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        owner = known.globals.get(called.value.id, known.nonlocals.get(called.value.id))
        return getattr(owner, called.attr, None) if inspect.ismodule(owner) else None
    return None


def plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function under a `partial` or a bound method."""
    inner = function.func if isinstance(function, partial) else function
    return getattr(inner, "__func__", inner)


def _name(called: ast.expr) -> str:
    return getattr(called, "id", getattr(called, "attr", ""))


@cache
def _source(function: Callable[..., Any]) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))

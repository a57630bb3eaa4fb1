"""Where the powers of the law are declared: the one place that knows how to find them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from services.statute.article import Cited

SERVICES = ("infra_review", "supply", "fund", "council", "patent")
DECLARATIONS = ("chapter", "domain")
"""The module of a service in which `PROCEDURES` stands, the newer name first."""


def procedures() -> Iterator[tuple[str, Any]]:
    """Yield every declared procedure with its service."""
    for service in SERVICES:
        for module in DECLARATIONS:
            name = f"services.{service}.{module}"
            if find_spec(name) is not None and (found := getattr(import_module(name), "PROCEDURES", None)):
                yield from ((service, procedure) for procedure in found)
                break


def powers() -> Iterator[Cited]:
    """Yield every declared power: its name, `service/procedure`, and the article it cites."""
    for service, procedure in procedures():
        for name, power in procedure.powers.items():
            yield Cited(name, f"{service}/{procedure.name}", power.article or "")

"""Which services there are: the one place that says so is that each has a manifest."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from services.platform.law.procedure import Procedure

FOLDER = Path(__file__).parents[1] / "services"


def services() -> tuple[str, ...]:
    """The packages of the services, by name."""
    return tuple(sorted(manifest.parent.name for manifest in FOLDER.glob("*/manifest.toml")))


def procedures(service: str) -> tuple[Procedure[Any], ...]:
    """What a service declares on its chapter's page."""
    return tuple(import_module(f"services.{service}.chapter").PROCEDURES)

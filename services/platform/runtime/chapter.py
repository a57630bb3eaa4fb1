"""The pages of the service this function belongs to, imported by the name the environment gives."""

from __future__ import annotations

import importlib
from types import ModuleType

from services.platform.runtime.environment import environment


def page(name: str) -> ModuleType:
    """The module `name` of the service, such as `chapter`, `reactions` or `api`."""
    return importlib.import_module(f"services.{environment().service}.{name}")

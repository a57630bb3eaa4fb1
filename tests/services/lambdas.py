"""The platform's doors as a service's own Lambda functions: each is told its service when it is loaded."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from typing import Any

from services.platform.runtime.environment import environment


def door(name: str) -> Callable[[Any, Any], Any]:
    """The handler of the door `name` for the service that the environment names."""
    return _loaded(environment().service, name)


@cache
def _loaded(_service: str, name: str) -> Callable[[Any, Any], Any]:
    spec = importlib.util.find_spec(f"services.platform.doors.{name}")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    handler: Callable[[Any, Any], Any] = module.handler
    return handler

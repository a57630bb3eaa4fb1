"""What is put in place of parts of moto, and how they come back."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from typing import Any


class Patches:
    """Attributes put in place of others, and how to put the others back."""

    def __init__(self) -> None:
        self._before: list[Callable[[], object]] = []

    def set(self, owner: Any, name: str, value: object) -> None:
        """Replace one attribute. Raises `RuntimeError` when it is not there: moto has changed."""
        if not hasattr(owner, name):
            raise RuntimeError(f"{owner} has no {name}: this moto is not the one this was written for.")
        self._before.append(partial(setattr, owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def entry(self, settings: Any, name: str, value: object) -> None:
        """Replace one entry of a dictionary."""
        self._before.append(partial(settings.__setitem__, name, settings[name]))
        settings[name] = value

    def modules(self, modules: tuple[str, ...], name: str, value: object) -> None:
        """Replace a module attribute in each of them."""
        for module in modules:
            self.set(importlib.import_module(module), name, value)

    def undo(self) -> None:
        """Put everything back."""
        while self._before:
            self._before.pop()()

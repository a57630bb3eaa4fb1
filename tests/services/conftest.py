"""Watches what every test of a service does: a case goes from a stage only to one that the stage declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.platform.law.procedure import Procedure


@pytest.fixture(autouse=True)
def transitions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails the test in which a power leads a case where its flow chart does not."""
    undeclared: set[str] = set()
    decide_as = Procedure.decide_as

    def watched(self: Any, held: Any, roles: Any, state: Any, command: Any, given: Any) -> Any:
        acts = decide_as(self, held, roles, state, command, given)
        before, after = self.stage(state), self.stage(self.fold(acts, state))
        # An opening begins in the stage it leads to.
        if not held.opens and after.name not in (before.name, *before.then):
            undeclared.add(f"{self.name}: {held.name} leads from {before.name} to {after.name}")
        return acts

    monkeypatch.setattr(Procedure, "decide_as", watched)
    yield
    assert undeclared == set()

"""What every test may ask for."""

from __future__ import annotations

from typing import Any

import pytest

from infra import synth


@pytest.fixture(scope="session")
def templates() -> dict[str, dict[str, Any]]:
    """The synthesised templates by stack name, cached between sessions."""
    return synth.templates()

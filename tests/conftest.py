"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

# Before the first page of a service is imported: its metrics take their names when they are made.
os.environ.update(
    {
        "POWERTOOLS_SERVICE_NAME": "tests",
        "POWERTOOLS_METRICS_NAMESPACE": "Sakimori",
        "LOG_LEVEL": "WARNING",
    }
)

from infra import synth


@pytest.fixture(scope="session")
def templates() -> dict[str, dict[str, Any]]:
    """The synthesised templates by stack name, cached between sessions."""
    return synth.templates()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the local cloud's tests last: they keep moto's backends, which `mock_aws` empties."""
    local = Path(__file__).parent / "local"
    items.sort(key=lambda item: item.path.is_relative_to(local))

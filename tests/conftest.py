"""What every test may ask for."""

from __future__ import annotations

import os
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Let tests be shared out one by one, but for those that share something costly."""
    from tests.sharing import Sharing

    return Sharing(config, log)

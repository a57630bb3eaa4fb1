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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests be shared out one by one, but for those that share something costly: they go together.

    That is the local cloud, which one worker starts, and what a module makes once for its tests.
    """
    for item in items:
        if "running" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("local-cloud"))
        elif _shares(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def _shares(item: pytest.Item) -> bool:
    """Whether a test uses what is made once for its module."""
    used = item._fixtureinfo.name2fixturedefs.values()
    return any(one[-1].scope in ("module", "class") for one in used)

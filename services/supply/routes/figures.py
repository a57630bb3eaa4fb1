"""Statistics over HTTP, for anyone."""

from __future__ import annotations

from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.shared.publications import Before, cached, quarter_before
from services.supply import statistics_store
from services.supply.statistics import Statistics


def add(app: Edge) -> None:
    """Serve `GET /statistics`."""

    @app.get("/statistics", asks=Before, public=True)
    def read(asked: Before, request: Request) -> Answer[Statistics | str]:
        """Read how many plans were received, certified, refused and so on, by quarter and material."""
        return cached(request, statistics_store.page(quarter_before(asked)))

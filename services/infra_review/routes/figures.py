"""Statistics over HTTP, for anyone."""

from __future__ import annotations

from services.infra_review import statistics
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.statute import legal_day


def add(app: Edge) -> None:
    """Serve `GET /statistics`."""

    @app.get("/statistics", public=True)
    def read(request: Request) -> Answer:
        """Read how many plans were received, returned, accepted and so on, by quarter and sector."""
        return Answer(200, statistics.as_of(legal_day(request.at)))

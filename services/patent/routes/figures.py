"""The chapter's figures over HTTP, for anyone."""

from __future__ import annotations

from services.patent import figures_store
from services.patent.figures import Figures
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.shared.publications import Before, cached, quarter_before


def add(app: Edge) -> None:
    """Serve `GET /statistics`."""

    @app.get("/statistics", asks=Before, public=True)
    def read(asked: Before, request: Request) -> Answer[Figures | str]:
        """Read how many applications were sent, designated, released and so on, quarter by quarter."""
        return cached(request, figures_store.page(quarter_before(asked)))

"""Statistics over HTTP, for anyone."""

from __future__ import annotations

import hashlib

import msgspec

from services.infra_review import statistics_store
from services.infra_review.statistics import Statistics
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal
from services.platform.shared.quarters import Quarter

KEPT = "public, max-age=3600"
"""Anyone may keep a page for an hour: it grows by one publication in a quarter of a year."""


def add(app: Edge) -> None:
    """Serve `GET /statistics`."""

    @app.get("/statistics", public=True)
    def read(request: Request) -> Answer:
        """Read how many plans were received, returned, accepted and so on, by quarter and sector."""
        return cached(request, statistics_store.page(_cursor(request)))


def cached(request: Request, found: Statistics) -> Answer:
    """A page with an ETag for caches; 304 without a body when the caller has it already."""
    body = msgspec.json.encode(found)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": KEPT}
    if etag in request.header("if-none-match"):
        return Answer(304, "", headers)
    return Answer(200, body.decode(), headers)


def _cursor(request: Request) -> Quarter | None:
    """The quarter before which a page ends. Raises the refusal `cursor_not_valid`."""
    cursor = request.query("cursor")
    try:
        return msgspec.convert(cursor, Quarter | None)
    except msgspec.ValidationError:
        raise Refusal("cursor_not_valid") from None

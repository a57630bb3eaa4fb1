"""Statistics over HTTP, for anyone."""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec

from services.infra_review import statistics_store
from services.infra_review.statistics import Statistics
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal
from services.platform.law.values import Len, Value
from services.platform.shared.quarters import Quarter

KEPT = "public, max-age=3600"
"""Anyone may keep a page for an hour: it grows by one publication in a quarter of a year."""


class Before(Value):
    """`next` of the page before."""

    cursor: Annotated[str, Len(1, 1000)] | None = None


def add(app: Edge) -> None:
    """Serve `GET /statistics`."""

    @app.get("/statistics", asks=Before, public=True)
    def read(asked: Before, request: Request) -> Answer[Statistics | str]:
        """Read how many plans were received, returned, accepted and so on, by quarter and sector."""
        return cached(request, statistics_store.page(_cursor(asked.cursor)))


def cached(request: Request, found: Statistics) -> Answer[Statistics | str]:
    """A page with an ETag for caches; 304 without a body when the caller has it already."""
    body = msgspec.json.encode(found)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": KEPT}
    if etag in request.header("if-none-match"):
        return Answer(304, "", headers)
    return Answer(200, body.decode(), headers)


def _cursor(cursor: str | None) -> Quarter | None:
    """The quarter before which a page ends. Raises the refusal `cursor_not_valid`."""
    try:
        return msgspec.convert(cursor, Quarter | None)
    except msgspec.ValidationError:
        raise Refusal("cursor_not_valid") from None

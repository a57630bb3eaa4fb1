"""Statistics over HTTP, for anyone."""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec

from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal
from services.platform.law.values import Len, Value
from services.platform.shared.quarters import Quarter
from services.supply import statistics_store
from services.supply.statistics import Statistics

KEPT = "public, max-age=3600"
"""Anyone may keep a page for an hour: it grows by one publication in a quarter of a year."""


class Before(Value):
    """`next` of the page before."""

    cursor: Annotated[str, Len(1, 1000)] | None = None


def add(app: Edge) -> None:
    """Serve `GET /statistics`."""

    @app.get("/statistics", asks=Before, public=True)
    def read(asked: Before, request: Request) -> Answer[Statistics | str]:
        """Read how many plans were received, certified, refused and so on, by quarter and material."""
        try:
            before = msgspec.convert(asked.cursor, Quarter | None)
        except msgspec.ValidationError:
            raise Refusal("cursor_not_valid") from None
        body = msgspec.json.encode(statistics_store.page(before))
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": KEPT}
        if etag in request.header("if-none-match"):
            return Answer(304, "", headers)
        return Answer(200, body.decode(), headers)

"""Applications in: each number once, however often it is handed over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from services.patent.applications import against, fingerprint
from services.patent.domain.first_review import first_review
from services.patent.domain.first_review.powers import TakeIn, take_in
from services.patent.views import first_review_view
from services.platform.cases.store import Beside, Cases, LostRace, Once
from services.platform.http.answers import Answer, with_etag
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal

first_reviews = Cases(first_review)
KEPT = timedelta(days=365 * 40)
"""How long a number is known: longer than any patent lives."""


def add(app: Edge) -> None:
    """Serve applications: one at a time by `POST /first-reviews`."""
    app.expose(first_review, "/first-reviews", view=first_review_view)

    @app.post("/first-reviews", body=TakeIn, opens=(first_review, take_in))
    def take(taken: TakeIn, request: Request) -> Answer:
        """Hand over an application for the first review; a number known already is answered by its case."""
        here = first_reviews.new_id(request.at)
        try:
            return app.open(
                request, first_review, take_in, taken, case_id=here, beside=[_numbered(taken, here, request)]
            )
        except LostRace:
            return _recorded(app, taken, request)


def _number(taken: TakeIn) -> Once:
    return Once("application", taken.application.number, fingerprint(taken.application), KEPT)


def _numbered(taken: TakeIn, here: str, request: Request) -> Beside:
    """Keep the number with its case, in the transaction that takes the application in."""
    expires = int((request.at + KEPT).timestamp())

    def write(transaction: Any) -> None:
        transaction.once(_number(taken), msgspec.json.encode(here).decode(), expires)

    return write


def _recorded(app: Edge, taken: TakeIn, request: Request) -> Answer:
    """The case recorded under a number. Raises a refusal when it says something else, naming the fields."""
    from services.platform.cases import dynamo

    kept = dynamo.answered(_number(taken))
    if kept is None:
        raise Refusal("version_conflict", current=0)
    case = app.case(request, first_review, msgspec.json.decode(kept.answer))
    recorded = case.state.application
    assert recorded is not None
    # What was found since the filing is no part of what the filing system hands over.
    differing = against(taken.application.as_filed, recorded.as_filed)
    if differing:
        errors = [
            {
                "pointer": f"#/application{one.field}",
                "code": one.code,
                "article": one.article,
                "message": one.message,
                "message_ja": one.message_ja,
            }
            for one in differing
        ]
        raise Refusal("number_taken", "66(1)", errors=errors)
    exposed = app.exposed[first_review.name]
    return with_etag(exposed.document(case, request, restricted=False), case.version)

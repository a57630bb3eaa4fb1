"""Claims for compensation (Art. 80), by whoever suffered a loss; no answer tells of a designation."""

from __future__ import annotations

from typing import Any

from services.patent.domain.compensation import compensation
from services.patent.domain.compensation.powers import Claiming, MakeClaim, claim
from services.patent.domain.designation.state import PreservationDesignation
from services.patent.intake import case_of
from services.patent.reactions import designation_id, designations, first_reviews, review_id, reviews
from services.patent.views import compensation_view
from services.platform.cases.case import Case
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal


def add(app: Edge) -> None:
    """Serve `POST /compensation-claims`."""
    app.expose(compensation, "/compensation-claims", view=compensation_view)

    @app.post("/compensation-claims", body=MakeClaim, uses=(compensation, claim))
    def make_claim(made: MakeClaim, request: Request) -> Answer[Any]:
        """Claim compensation for the loss normally arising from a designation (80(2))."""
        held = _designation(made.designation)
        if held is None:
            return app.open(request, compensation, claim, Claiming(made, None, None))
        state = held.state
        assert state.begun is not None
        # Whether the designation still stands is a matter of the day, recorded or not.
        until = None if state.in_force(request.given.today) else state.term.last_day
        return app.open(request, compensation, claim, Claiming(made, state.begun.on, until, held.id))


def _designation(named: str) -> Case[PreservationDesignation] | None:
    """The designation meant, by its case or by the number of its application; None if there is none."""
    try:
        if named.startswith(designations.procedure.name):
            return designations.load(named)
        first = case_of(named)
        if first is None:
            return None
        sent = first_reviews.load(first).state
        review = reviews.load(review_id(first, sent)) if sent.sent else None
        if review is None or review.state.designated is None:
            return None
        return designations.load(designation_id(review.id, review.state))
    except Refusal:
        return None

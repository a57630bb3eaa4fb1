"""Claims for compensation (Art. 80), made by who stands in the designation they go back to."""

from __future__ import annotations

from typing import Any

from services.patent.domain.compensation import compensation
from services.patent.domain.compensation.powers import Claiming, MakeClaim, claim
from services.patent.domain.designation import designation
from services.patent.views import compensation_view
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request


def add(app: Edge) -> None:
    """Serve `POST /compensation-claims`."""
    app.expose(compensation, "/compensation-claims", view=compensation_view)

    @app.post("/compensation-claims", body=MakeClaim, uses=(compensation, claim))
    def make_claim(made: MakeClaim, request: Request) -> Answer[Any]:
        """Claim compensation for the loss normally arising from a designation (80(2))."""
        state = app.case(request, designation, made.designation)[0].state
        assert state.begun is not None
        # Whether the designation still stands is a matter of the day, recorded or not.
        standing = state.in_force(request.given.today)
        until = None if standing else state.term.last_day
        return app.open(request, compensation, claim, Claiming(made, state.begun.on, until))

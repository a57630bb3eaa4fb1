"""Bulk filing over HTTP: one file in, a batch out, and what became of each line."""

from __future__ import annotations

from typing import Any

from services.infra_review import batches
from services.infra_review.domain import batch as law
from services.infra_review.domain.batch import Batch, ReceiveBatch, batch
from services.infra_review.roles import OPERATOR
from services.platform.cases.store import Case
from services.platform.http.answers import Answer, with_etag
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Given, Refusal, refuse_if

LARGEST = 4_500_000
"""Bytes: what Lambda takes of a request (6 MB) with room for the quotes of JSON in JSON."""


def view(case: Case[Batch], _: Given) -> dict[str, Any]:
    """A batch: how many lines, how many taken, filed, refused."""
    state = case.state
    return {
        "organisation": state.organisation,
        "lines": state.lines,
        "taken": state.taken,
        "filed": state.filed,
        "refused": state.refused,
        "received_at": state.at,
    }


def add(app: Edge) -> None:
    """Serve bulk filing and its results."""
    app.expose(batch, "/batches", view=view)

    @app.upload("/notifications/bulk", largest=LARGEST, opens=(batch, law.receive))
    def receive(request: Request) -> Answer:
        """File up to 500 plans in one file, NDJSON or CSV; each line is filed or refused by itself."""
        lines = batches.lines_of(request.body, request.header("content-type"))
        here = batches.batches.new_id(request.at)
        command = ReceiveBatch(_organisation(request), len(lines))
        batches.keep(here, lines, request.given, request.once)
        return app.open(request, batch, law.receive, command, case_id=here)

    @app.get("/batches/<case_id>/results")
    def results(request: Request, case_id: str) -> Answer:
        """Read what became of each line: its case, or its problem; `?first=` is the line to begin with."""
        case = app.case(request, batch, case_id)
        asked = request.query("first") or "1"
        first = max(int(asked), 1) if asked.isdecimal() else 1
        found = batches.results(case.id, first, request.limit)
        following = first + len(found)
        return with_etag(
            {"items": found, "next": following if following <= case.state.lines else None}, case.version
        )


def _organisation(request: Request) -> str:
    """The operator whose file it is: one's own organisation, or the client whose mandate is used."""
    who = request.given.by
    if OPERATOR.name in who.roles and who.organisation:
        return who.organisation
    named = request.query("organisation") or (min(who.mandates) if len(who.mandates) == 1 else None)
    if named is None:
        raise Refusal("organisation_needed")
    refuse_if(named not in who.mandates, "not_for_you")
    return named

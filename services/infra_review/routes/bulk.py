"""Bulk filing over HTTP: one file in, a batch out, and what became of each line."""

from __future__ import annotations

from typing import Any

from services.infra_review.batches import batches
from services.infra_review.domain.batch import AT_MOST, batch
from services.infra_review.roles import OPERATOR, filed_by
from services.platform.cases.store import Case
from services.platform.http.answers import Answer, with_etag
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.shared import line_files
from services.platform.shared.bulk import Batch, ReceiveBatch
from services.platform.shared.bulk import receive as receive_power

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

    @app.upload("/notifications/bulk", largest=LARGEST, opens=(batch, receive_power))
    def receive(request: Request) -> Answer:
        """File up to 500 plans in one file, NDJSON or CSV; each line is filed or refused by itself."""
        lines = line_files.lines_of(request.body, request.header("content-type"), AT_MOST)
        here, whose = batches.new_id(request.at), _organisation(request)
        command = ReceiveBatch(whose, len(lines), filed_by(whose))
        line_files.keep(here, lines, request.given, request.once)
        return app.open(request, batch, receive_power, command, case_id=here)

    @app.get("/batches/<case_id>/results")
    def results(request: Request, case_id: str) -> Answer:
        """Read what became of each line: its case, or its problem; `?first=` is the line to begin with."""
        case = app.case(request, batch, case_id)
        asked = request.query("first") or "1"
        first = max(int(asked), 1) if asked.isdecimal() else 1
        found = line_files.results(case.id, first, request.limit)
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

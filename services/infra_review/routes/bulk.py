"""Bulk filing over HTTP: one file in, a batch out, and what became of each line."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from services.infra_review.batches import batches, take_line
from services.infra_review.domain.batch import AT_MOST, batch
from services.infra_review.roles import OPERATOR, filed_by
from services.platform.cases.case import Case
from services.platform.http.answers import Answer, with_etag
from services.platform.http.edge import Edge
from services.platform.http.readings import represented
from services.platform.http.request import Request
from services.platform.law.parties import Principal
from services.platform.law.procedure import Given
from services.platform.law.values import Len, Value
from services.platform.shared import line_files
from services.platform.shared.bulk import Batch, ReceiveBatch
from services.platform.shared.bulk import receive as receive_power
from services.platform.shared.line_files import LineResults, Results

LARGEST = 4_500_000
"""Bytes: what Lambda takes of a request (6 MB) with room for the quotes of JSON in JSON."""
FILES = ("application/x-ndjson", "text/csv")


class BatchView(Value):
    """A batch: how many lines, how many taken, filed, refused."""

    organisation: str | None
    lines: int
    taken: int
    filed: int
    refused: int
    received_at: datetime | None


def view(case: Case[Batch], _: Given) -> BatchView:
    """A batch as it stands."""
    state = case.state
    return BatchView(state.organisation, state.lines, state.taken, state.filed, state.refused, state.at)


class Whose(Value):
    """For agents: whose file it is, of those who gave a mandate."""

    organisation: Annotated[str, Len(1, 30)] | None = None


def add(app: Edge) -> None:
    """Serve bulk filing and its results."""
    app.expose(batch, "/batches", view=view)

    @app.upload("/notifications/bulk", largest=LARGEST, files=FILES, uses=(batch, receive_power), asks=Whose)
    def receive(asked: Whose, request: Request) -> Answer[Any]:
        """File up to 500 plans in one file, NDJSON or CSV; each line is filed or refused by itself."""
        lines = line_files.lines_of(request.body, request.header("content-type"), AT_MOST)
        here, whose = batches.new_id(request.at), _organisation(request.given.by, asked.organisation)
        command = ReceiveBatch(whose, len(lines), filed_by(whose))
        beside = [line_files.keeping(batches, here, lines, request.given, request.once)]
        return app.open(request, batch, receive_power, command, case_id=here, beside=beside)

    @app.get("/batches/<case_id>/results", asks=Results, tells=[take_line])
    def results(asked: Results, request: Request, case_id: str) -> Answer[LineResults]:
        """Read what became of each line: its case, or its problem; `?first=` is the line to begin with."""
        case, _ = app.case(request, batch, case_id)
        found = line_files.results(case.id, asked.first, asked.limit)
        following = asked.first + len(found)
        return with_etag(
            LineResults(found, following if following <= case.state.lines else None), case.version
        )


def _organisation(who: Principal, named: str | None) -> str:
    """The operator whose file it is: one's own organisation, or the client whose mandate is used."""
    own = who.organisation if OPERATOR.name in who.roles else ""
    return own if own and named in (None, own) else represented(who, named)

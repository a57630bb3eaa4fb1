"""Applications in, one or a file of them: each number once, however often it is handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.patent.applications import Number
from services.patent.domain.first_review import first_review
from services.patent.domain.first_review.powers import BarRegistration, TakeIn, bar_registration, take_in
from services.patent.domain.intake import AT_MOST, intake
from services.patent.domain.vocabulary import Restricted
from services.patent.intake import case_of, files, first_reviews, known, numbered, take_line
from services.patent.roles import PATENT_OFFICE, before_the_patent_office
from services.patent.views import first_review_view
from services.platform.cases.case import Case
from services.platform.cases.store import LostRace
from services.platform.http.answers import Answer, with_etag
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Given
from services.platform.law.values import Value
from services.platform.shared import line_files
from services.platform.shared.bulk import Batch, ReceiveBatch
from services.platform.shared.bulk import receive as receive_power
from services.platform.shared.line_files import LineResults, Results

LARGEST = 4_500_000
"""Bytes: what Lambda takes of a request (6 MB) with room for the quotes of JSON in JSON."""
FILES = ("application/x-ndjson",)


class FileView(Value):
    """A file: how many lines, how many taken, filed, refused."""

    lines: int
    taken: int
    filed: int
    refused: int
    received_at: datetime | None


class ShowsDesignated(Value):
    """The number of the application whose designated invention is shown, and where the utility model does."""

    number: Number
    places: Restricted


def file_view(case: Case[Batch], _: Given) -> FileView:
    """A file as it stands."""
    state = case.state
    return FileView(state.lines, state.taken, state.filed, state.refused, state.at)


def add(app: Edge) -> None:
    """Serve applications: one by `POST /first-reviews`, up to 10,000 by `POST /first-reviews/bulk`."""
    app.expose(first_review, "/first-reviews", view=first_review_view, by_hand=[bar_registration])
    app.expose(intake, "/files", view=file_view)

    @app.post("/first-reviews", body=TakeIn, uses=(first_review, take_in), known=True)
    def take(taken: TakeIn, request: Request) -> Answer[Any]:
        """Hand over an application for the first review; a number known already is answered by its case."""
        here = first_reviews.new_id(request.at)
        beside = [numbered(taken, here, request.at)]
        try:
            return app.open(request, first_review, take_in, taken, case_id=here, beside=beside)
        except LostRace:
            case, held = app.case(request, first_review, known(taken))
            document = app.exposed[first_review.name].document(case, held, request, restricted=False)
            return with_etag(document, case.version)

    @app.post(
        "/first-reviews/<case_id>/bar-registration",
        body=ShowsDesignated,
        uses=(first_review, bar_registration),
    )
    def bar(found: ShowsDesignated, request: Request, case_id: str) -> Answer[Any]:
        """Find that a utility model shows a designated invention, by its application's number (82(5))."""
        case, held = app.case(request, first_review, case_id)
        of = case_of(found.number)
        designated = of is not None and first_reviews.load(of).state.designated
        command = BarRegistration(of or "-", found.number, found.places, designated)
        return app.act(request, case, held, bar_registration, command)

    @app.upload("/first-reviews/bulk", largest=LARGEST, files=FILES, uses=(intake, receive_power))
    def receive(request: Request) -> Answer[Any]:
        """Hand over up to 10,000 applications in one NDJSON file; each line is taken or refused by itself."""
        lines = line_files.lines_of(request.body, request.header("content-type"), AT_MOST)
        here = files.new_id(request.at)
        command = ReceiveBatch(PATENT_OFFICE, len(lines), before_the_patent_office(()))
        beside = [line_files.keeping(files, here, lines, request.given, request.once)]
        return app.open(request, intake, receive_power, command, case_id=here, beside=beside)

    @app.get("/files/<case_id>/results", asks=Results, tells=[take_line])
    def results(asked: Results, request: Request, case_id: str) -> Answer[LineResults]:
        """Read what became of each line: its case, or its problem; `?first=` is the line to begin with."""
        case, _ = app.case(request, intake, case_id)
        found = line_files.results(case.id, asked.first, asked.limit)
        following = asked.first + len(found)
        more = following <= case.state.lines
        return with_etag(LineResults(found, following if more else None), case.version)

"""Surveys over HTTP: opened, asked by file, answered, and the view of who depends on whom."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from services.platform.cases.case import Case
from services.platform.http.answers import Answer, with_etag
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.http.shapes import Items, Paging
from services.platform.law.procedure import Given, refuse_if
from services.platform.law.values import Len, Value
from services.platform.shared import line_files
from services.platform.shared.bulk import Batch, ReceiveBatch
from services.platform.shared.bulk import receive as receive_power
from services.platform.shared.line_files import LineResults, Results
from services.statute import legal_day
from services.supply import addressees, registers
from services.supply.domain.asking import AT_MOST, asking
from services.supply.domain.questionnaire import questionnaire
from services.supply.domain.survey import Survey, open_survey, survey
from services.supply.roles import OFFICIAL, before
from services.supply.surveys import publications
from services.supply.surveys.dependence import (
    Dependence,
    PublicDependence,
    dependence,
    graph_of,
    picture,
)

LARGEST = 4_500_000
"""Bytes: what Lambda takes of a request (6 MB) with room for the quotes of JSON in JSON."""
FILES = ("application/x-ndjson", "text/csv")
MERMAID = "text/vnd.mermaid"


class AddresseesView(Value):
    """A file of addressees: how many lines, how many taken, asked, refused."""

    lines: int
    taken: int
    filed: int
    refused: int
    received_at: datetime | None


def addressees_view(case: Case[Batch], _: Given) -> AddresseesView:
    """A file as it stands."""
    state = case.state
    return AddresseesView(state.lines, state.taken, state.filed, state.refused, state.at)


class If(Value):
    """Which supplier or country stops, if one does: by its name, or its two letters."""

    stops: Annotated[str, Len(1, 200)] | None = None


def add(app: Edge) -> None:
    """Serve surveys, what each business is asked, files of addressees, and the views made of the answers."""
    app.expose(survey, "/surveys", opening=open_survey)
    app.expose(questionnaire, "/questionnaires")
    app.expose(asking, "/files", view=addressees_view)

    @app.upload("/surveys/<case_id>/addressees", largest=LARGEST, files=FILES, uses=(asking, receive_power))
    def ask(request: Request, case_id: str) -> Answer[Any]:
        """Ask up to 10,000 businesses by a file: NDJSON or CSV with `organisation` and `name`, each once."""
        case, held = app.case(request, survey, case_id)
        refuse_if(OFFICIAL.name not in held, "not_for_you", "48(1)")
        refuse_if(case.state.closed_on is not None, "survey_closed", "48(1)")
        lines = line_files.lines_of(request.body, request.header("content-type"), AT_MOST)
        here = addressees.files.new_id(request.at)
        ministry = request.given.by.ministry or ""
        command = ReceiveBatch(ministry, len(lines), before([ministry]))
        kept = list(addressees.kept(case.id, lines))
        beside = [line_files.keeping(addressees.files, here, kept, request.given, request.once)]
        return app.open(request, asking, receive_power, command, case_id=here, beside=beside)

    @app.get("/files/<case_id>/results", asks=Results)
    def results(asked: Results, request: Request, case_id: str) -> Answer[LineResults]:
        """Read what became of each line: the case of who was asked, or its problem."""
        case, _ = app.case(request, asking, case_id)
        found = line_files.results(case.id, asked.first, asked.limit)
        following = asked.first + len(found)
        more = following <= case.state.lines
        return with_etag(LineResults(found, following if more else None), case.version)

    def officials_only(request: Request, case_id: str) -> Case[Survey]:
        case, held = app.case(request, survey, case_id)
        refuse_if(OFFICIAL.name not in held, "not_for_you", "48(1)")
        # The answers behind it are business secrets: that somebody looked is recorded first.
        app.exposed[survey.name].record_reading(case.id, request, held, ["dependence"])
        return case

    def material(case: Case[Survey]) -> str:
        assert case.state.opened is not None
        return case.state.opened.material

    @app.get("/surveys/<case_id>/dependence", asks=If)
    def view(asked: If, request: Request, case_id: str) -> Dependence:
        """Read who depends on whom, and with `?stops=` who is hit and when stock runs out."""
        case = officials_only(request, case_id)
        answers, plans = registers.answers_of(case.id), registers.plans_of(material(case))
        found = dependence(answers, plans, legal_day(request.at), asked.stops)
        unknown = asked.stops is not None and found.stopped is None
        refuse_if(unknown, "nobody_of_that_name", "48(1)", name=asked.stops)
        return found

    @app.get("/surveys/<case_id>/dependence-picture", content=[MERMAID])
    def draw(request: Request, case_id: str) -> Answer[str]:
        """Read the suppliers on whom most depends, and whom they reach, as a Mermaid flow chart."""
        case = officials_only(request, case_id)
        graph = graph_of(registers.answers_of(case.id), registers.plans_of(material(case)))
        return Answer(200, picture(graph), content_type=MERMAID)

    @app.get("/survey-figures", asks=Paging, public=True)
    def figures(asked: Paging, _request: Request) -> Items[PublicDependence]:
        """Read what anyone may know of closed surveys: counts in complete fives, once and for good."""
        found = publications.page(asked.limit, asked.cursor)
        more = found[-1].survey if len(found) == asked.limit else None
        return Items(tuple(found), more)

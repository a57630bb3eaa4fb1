"""Asking the businesses of a survey, line by line from a file: each one once, however often it is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from services.platform.cases.case import Case
from services.platform.cases.store import Cases, LostRace
from services.platform.http.bodies import command_from
from services.platform.law.parties import is_organisation
from services.platform.law.procedure import Refusal, refuse_if
from services.platform.law.values import Value
from services.platform.shared import line_files
from services.platform.shared.bulk import Batch
from services.platform.shared.line_files import LineResult
from services.supply.domain.asking import asking
from services.supply.domain.questionnaire import Addressee, AskBusiness, ask_business, questionnaire
from services.supply.domain.survey import survey

questionnaires, files, surveys = Cases(questionnaire), Cases(asking), Cases(survey)


class Kept(Value):
    """A line as it is kept until it is worked on: of which survey, and what the file says."""

    survey: str
    line: str


def kept(survey_id: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines of a file, each with the survey it is of."""
    return (msgspec.json.encode(Kept(survey_id, line)).decode() for line in lines)


def work(file_id: str) -> None:
    """Take the next lines of a file of addressees."""
    line_files.work(files, file_id, _taken)


def _taken(case: Case[Batch], number: int, text: str) -> LineResult:
    """Ask the business of one line, and say what became of it."""
    told = msgspec.json.decode(text, type=Kept)
    try:
        line: Addressee = command_from(told.line.encode(), Addressee)
        refuse_if(
            not is_organisation(line.organisation), "organisation_id_wrong", organisation=line.organisation
        )
        opened = surveys.load(told.survey)
        state = opened.state
        assert state.opened is not None
        here = questionnaires.new_id(case.state.given.at, f"{told.survey} {line.organisation}")
        command = AskBusiness(line, told.survey, state.opened, state.closed_on is not None)
        try:
            questionnaires.open(ask_business, command, case.state.given, case_id=here)
        except LostRace:
            return LineResult(number, "filed", here)  # this very line was taken before
    except Refusal as refusal:
        return line_files.refused("supply", number, refusal)
    return LineResult(number, "filed", here)

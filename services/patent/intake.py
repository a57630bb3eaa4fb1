"""Intake: an application is known by its number, and a number is taken once, alone or in a file."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from services.patent.applications import against
from services.patent.domain.first_review import first_review
from services.patent.domain.first_review.powers import TakeIn, take_in
from services.patent.domain.intake import intake
from services.platform.cases.case import Case, Once
from services.platform.cases.store import Beside, Cases, LostRace
from services.platform.http.bodies import command_from
from services.platform.law.procedure import Refusal
from services.platform.shared import line_files
from services.platform.shared.bulk import Batch
from services.platform.shared.line_files import LineResult

first_reviews, files = Cases(first_review), Cases(intake)
KEPT = timedelta(days=365 * 40)
"""How long a number is known: longer than any patent lives."""


def numbered(taken: TakeIn, here: str, at: datetime) -> Beside:
    """Keep the number of an application with its case, in the transaction that takes it in."""
    expires = int((at + KEPT).timestamp())

    def write(transaction: Any) -> None:
        transaction.once(_number(taken), msgspec.json.encode(here).decode(), expires)

    return write


def case_of(number: str) -> str | None:
    """The case of the application that has a number; None if none was handed over under it."""
    from services.platform.cases import dynamo

    kept = dynamo.answered(Once("application", number, keep=KEPT))
    return None if kept is None else msgspec.json.decode(kept.answer, type=str)


def known(taken: TakeIn) -> str:
    """The case recorded under the number of an application that says the same.

    Raises the refusal `number_taken`, naming the fields in which it says something else.
    """
    from services.platform.cases import dynamo

    kept = dynamo.answered(_number(taken))
    if kept is None:
        raise Refusal("version_conflict", case_id=taken.application.number, current=0)
    here: str = msgspec.json.decode(kept.answer)
    recorded = first_reviews.load(here).state.application
    assert recorded is not None
    # What was found since the filing is no part of what the filing system hands over.
    errors = [one.as_error("/application") for one in against(taken.application.as_filed, recorded.as_filed)]
    if errors:
        raise Refusal("number_taken", "66(1)", errors=errors)
    return here


def work(file_id: str) -> None:
    """Take the next lines of a file of applications."""
    line_files.work(files, file_id, take_line)


def take_line(case: Case[Batch], number: int, text: str) -> LineResult:
    """Take one line in, and say what became of it without repeating anything it holds."""
    given = case.state.given
    here = first_reviews.new_id(given.at, f"{case.id} {number}")
    try:
        taken: TakeIn = command_from(text.encode(), TakeIn)
        try:
            first_reviews.open(take_in, taken, given, case_id=here, beside=[numbered(taken, here, given.at)])
        except LostRace:
            here = known(taken)
    except Refusal as refusal:
        return line_files.refused("patent", number, refusal)
    return LineResult(number, "filed", here)


def _number(taken: TakeIn) -> Once:
    # No digest of what it says: whoever reads the table could try guesses at it.
    return Once("application", taken.application.number, keep=KEPT)

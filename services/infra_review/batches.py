"""Bulk filing: each line of a file becomes the notification it describes, or the problem with it."""

from __future__ import annotations

from services.infra_review import passports
from services.infra_review.domain.batch import batch
from services.infra_review.domain.notification import File, Filing, file, notification
from services.infra_review.domain.operator import Operator, operator
from services.infra_review.passports import Reading
from services.platform.cases.case import Case
from services.platform.cases.store import Cases, LostRace
from services.platform.http.bodies import command_from
from services.platform.law.procedure import Refusal, refuse_if
from services.platform.shared import line_files
from services.platform.shared.bulk import Batch
from services.platform.shared.line_files import LineResult

CHECK = "52(2): whether a cited passport is complete; nobody is shown it"
batches = Cases(batch)
notifications = Cases(notification)
operators = Cases(operator)


def work(batch_id: str) -> None:
    """Take the next lines of a file."""
    known: dict[str, Operator] = {}
    line_files.work(batches, batch_id, lambda case, number, text: take_line(case, number, text, known))


def take_line(case: Case[Batch], number: int, text: str, known: dict[str, Operator]) -> LineResult:
    """File one line, and say what became of it."""
    given = case.state.given
    case_id = notifications.new_id(given.at, f"{case.id} {number}")
    try:
        filed: File = command_from(text.encode(), File)
        held = known.get(filed.operator_id) or _operator(filed.operator_id)
        known[filed.operator_id] = held
        refuse_if(held.organisation != case.state.organisation, "line_of_another", "52(1)")
        reading = Reading(given.by, given.at, "POST /notifications/bulk", CHECK, f"{case.id}-{number}")
        filing = Filing(filed, held, passports.cited(filed.plan, reading))
        notifications.open(file, filing, given, case_id=case_id)
    except LostRace:
        pass  # filed before; only the note of it was lost
    except Refusal as refusal:
        return line_files.refused("infra_review", number, refusal)
    return LineResult(number, "filed", case_id)


def _operator(operator_id: str) -> Operator:
    try:
        return operators.load(operator_id).state
    except Refusal:
        raise Refusal("not_designated", "52(1)", operator=operator_id) from None

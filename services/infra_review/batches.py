"""Bulk filing: a file's lines are kept when it is received, and filed part by part as its events come in.

Every line becomes at most one case, because the case's id follows from the batch and the line; what became of
it is kept beside it. A part that is worked on twice, or whose worker dies midway, therefore ends alike.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from services.infra_review import passports
from services.infra_review.domain.batch import AT_MOST, Batch, TakeLines, batch, take_lines
from services.infra_review.domain.notification import File, Filing, file, notification
from services.infra_review.domain.operator import Operator, operator
from services.infra_review.passports import Reading
from services.platform.cases.store import Case, Cases, LostRace, Once
from services.platform.http.bodies import BodyNotValid, command_from
from services.platform.http.problems import problem
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.runtime.observe import count

AT_ONCE = 20
"""Lines of one part: a few seconds of work, far from the inbox's timeout."""
LARGEST_BODY = 256 * 1024
"""Bytes of a line: what a notification may have that is filed by itself."""
KEPT = timedelta(days=90)
"""How long lines and their results can be read; the notifications themselves stay."""
CHECK = "52(2): whether a cited passport is complete; nobody is shown it"
batches = Cases(batch)
notifications = Cases(notification)
operators = Cases(operator)


def lines_of(body: bytes, content_type: str) -> list[str]:
    """The lines of a file as JSON texts: NDJSON as it is, CSV by its column names.

    Raises the refusals `file_not_readable`, `file_empty`, `too_many_lines` and `line_too_long`.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("file_not_readable", problem="it is not UTF-8") from None
    if content_type.partition(";")[0].strip().lower() == "text/csv":
        lines = list(_from_csv(text))
    else:
        lines = [line for line in text.splitlines() if line.strip()]
    refuse_if(not lines, "file_empty")
    refuse_if(len(lines) > AT_MOST, "too_many_lines", lines=len(lines), limit=AT_MOST)
    long = [number for number, line in enumerate(lines, start=1) if len(line.encode()) > LARGEST_BODY]
    refuse_if(bool(long), "line_too_long", lines=", ".join(map(str, long)), limit=LARGEST_BODY)
    return lines


def _from_csv(text: str) -> Iterator[str]:
    """Each row as JSON. A column `plan.equipment.name` is a text there; `plan.introduction:json` is JSON."""
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in rows:
            refuse_if(None in row, "file_not_readable", problem=f"row {rows.line_num} has too many cells")
            yield msgspec.json.encode(_row(row)).decode()
    except csv.Error as error:
        raise Refusal("file_not_readable", problem=str(error)) from None


def _row(row: dict[str, str | None]) -> dict[str, Any]:
    filed: dict[str, Any] = {}
    for column, cell in row.items():
        if not cell:
            continue
        path, _, kind = column.strip().partition(":")
        *above, name = path.split(".")
        place = filed
        for step in above:
            place = place.setdefault(step, {})
            if not isinstance(place, dict):
                raise Refusal("file_not_readable", problem=f"the column {column} lies in another one's value")
        try:
            place[name] = msgspec.json.decode(cell) if kind == "json" else cell
        except msgspec.DecodeError:
            place[name] = cell  # the line's own check says what is wrong with it
    return filed


def keep(batch_id: str, lines: Sequence[str], given: Given, once: Once) -> None:
    """Keep the lines of a batch before it is opened, unless the same file has been received before."""
    from services.infra_review.batch_items import LineItem
    from services.platform.cases import dynamo

    if dynamo.answered(once) is not None:
        return

    expires = int((given.at + KEPT).timestamp())
    with LineItem.batch_write() as write:
        for number, text in enumerate(lines, start=1):
            write.save(LineItem(_part(batch_id), _line(number), text=text, expires_at=expires))


def results(batch_id: str, first: int, at_most: int) -> list[dict[str, Any]]:
    """What became of the lines from `first` on: a case, a problem, or nothing yet."""
    from services.infra_review.batch_items import LineItem

    found = LineItem.query(_part(batch_id), LineItem.sk >= _line(first), limit=at_most, consistent_read=True)
    return [
        {"line": int(item.sk.removeprefix("LINE#"))}
        | (msgspec.json.decode(item.result) if item.result else {"status": "waiting"})
        for item in found
    ]


def work(batch_id: str) -> None:
    """Take the next part of a batch; the event of its being taken brings the part after it."""
    from services.infra_review.batch_items import LineItem

    case = batches.load(batch_id)
    first, through = case.state.taken + 1, min(case.state.taken + AT_ONCE, case.state.lines)
    if first > case.state.lines:
        return
    known: dict[str, Operator] = {}
    filed = 0
    waiting = LineItem.query(
        _part(batch_id), LineItem.sk.between(_line(first), _line(through)), consistent_read=True
    )
    for number, item in enumerate(waiting, start=first):
        if item.result is None:
            result = _taken(case, number, item.text, known)
            item.update(actions=[LineItem.result.set(msgspec.json.encode(result).decode())])
        else:
            result = msgspec.json.decode(item.result)
        filed += result["status"] == "filed"
    try:
        batches.act_on(case, take_lines, TakeLines(first, through, filed), Given(case.state.given.at, CLOCK))
    except LostRace:
        return  # another worker has noted the same part
    count("LinesTaken", through - first + 1)


def _taken(case: Case[Batch], number: int, text: str, known: dict[str, Operator]) -> dict[str, Any]:
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
        return {"status": "refused", "problem": _problem(refusal)}
    return {"status": "filed", "id": case_id}


def _operator(operator_id: str) -> Operator:
    try:
        return operators.load(operator_id).state
    except Refusal:
        raise Refusal("not_designated", "52(1)", operator=operator_id) from None


def _problem(refusal: Refusal) -> dict[str, Any]:
    document = problem(refusal.code, "en", refusal.facts)
    if errors := refusal.errors if isinstance(refusal, BodyNotValid) else refusal.facts.get("errors"):
        document["errors"] = errors
    return document | ({"article": refusal.article} if refusal.article else {})


def _part(batch_id: str) -> str:
    return f"BATCH#{batch_id}"


def _line(number: int) -> str:
    return f"LINE#{number:06d}"

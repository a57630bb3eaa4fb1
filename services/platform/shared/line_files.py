"""Files of filings: read line by line, kept when they are received, and worked on part by part.

Every line becomes at most one case, because the case's id follows from the file and the line; what became
of it is kept beside it. A part that is worked on twice, or whose worker dies midway, therefore ends alike.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from services.platform.cases import seals
from services.platform.cases.case import Case, Once
from services.platform.cases.store import Beside, Cases, LostRace
from services.platform.http.bodies import DEEPEST, BodyNotValid, read_json
from services.platform.http.problems import problem
from services.platform.http.shapes import Problem
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.law.values import Between, Value
from services.platform.runtime.observe import count
from services.platform.shared.bulk import Batch, TakeLines, take_lines

if TYPE_CHECKING:
    from services.platform.cases import dynamo
    from services.platform.cases.dynamo import Transaction

AT_ONCE = 20
"""Lines of one part: a few seconds of work, far from the inbox's timeout."""
LARGEST_LINE = 256 * 1024
"""Bytes of a line: what a filing may have that is made by itself."""
KEPT = timedelta(days=90)
"""How long lines and their results can be read; the cases themselves stay."""


class LineResult(Value):
    """What became of a line: it waits, was filed as the case `id`, or was refused for a problem."""

    line: int
    status: Literal["waiting", "filed", "refused"] = "waiting"
    id: str | UnsetType = UNSET
    problem: Problem | UnsetType = UNSET


class Results(Value):
    """Which lines: so many from a number on."""

    first: Annotated[int, Between(1, 999_999)] = 1
    limit: Annotated[int, Between(1, 100)] = 50


class LineResults(Value):
    """What became of some lines, and the number of the line after them, if there is one."""

    items: tuple[LineResult, ...]
    next: int | None


Take = Callable[[Case[Batch], int, str], LineResult]
"""Files a line of a batch by its number and text, and says what became of it."""


def refused(service: str, number: int, refusal: Refusal) -> LineResult:
    """A line that was refused, with the problem that its own filing in that service would have met."""
    document = problem(service, refusal.code, "en", refusal.facts)
    if errors := refusal.errors if isinstance(refusal, BodyNotValid) else refusal.facts.get("errors"):
        document["errors"] = errors
    document |= {"article": refusal.article} if refusal.article else {}
    return LineResult(number, "refused", problem=msgspec.convert(document, Problem))


def lines_of(body: bytes, content_type: str, at_most: int) -> list[str]:
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
        # Of all the characters that part lines for Python, JSON allows those of Unicode inside a text.
        lines = [line for line in text.split("\n") if line.strip()]
    refuse_if(not lines, "file_empty")
    refuse_if(len(lines) > at_most, "too_many_lines", lines=len(lines), limit=at_most)
    long = [number for number, line in enumerate(lines, start=1) if len(line.encode()) > LARGEST_LINE]
    refuse_if(bool(long), "line_too_long", lines=", ".join(map(str, long)), limit=LARGEST_LINE)
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
        refuse_if(len(above) > DEEPEST, "file_not_readable", problem="a column is nested too deeply")
        place = filed
        for step in above:
            place = place.setdefault(step, {})
            if not isinstance(place, dict):
                raise Refusal("file_not_readable", problem=f"the column {column} lies in another one's value")
        try:
            place[name] = read_json(cell.encode()) if kind == "json" else cell
        except Refusal:
            place[name] = cell  # the line's own check says what is wrong with it
    return filed


def keeping(batches: Cases[Batch], batch_id: str, lines: Sequence[str], given: Given, once: Once) -> Beside:
    """What keeps the lines of a file beside its opening, unless the same file has been received before.

    They are too many for one transaction. They are written before it, but not before the opening has been
    decided: of whoever may not hand in a file nothing is kept.
    """

    def write(_: Transaction) -> None:
        from services.platform.cases import dynamo

        if dynamo.answered(once) is None:
            kept = seals.closed_lines(lines, batch_id) if batches.procedure.sealed else lines
            dynamo.keep_lines(batch_id, enumerate(kept, start=1), int((given.at + KEPT).timestamp()))

    return write


def results(batch_id: str, first: int, at_most: int) -> tuple[LineResult, ...]:
    """What became of the lines from `first` on."""
    from services.platform.cases import dynamo

    return tuple(
        _result(line) or LineResult(line.number) for line in dynamo.lines(batch_id, first, at_most=at_most)
    )


def _result(line: dynamo.Line) -> LineResult | None:
    return msgspec.json.decode(line.result, type=LineResult) if line.result else None


def work(batches: Cases[Batch], batch_id: str, take: Take) -> None:
    """Take the next part of a file; the event of its being taken brings the part after it."""
    from services.platform.cases import dynamo

    case = batches.load(batch_id)
    first, through = case.state.taken + 1, min(case.state.taken + AT_ONCE, case.state.lines)
    if first > case.state.lines:
        return
    filed = 0
    lines = dynamo.lines(batch_id, first, at_most=through - first + 1)
    if batches.procedure.sealed:
        lines = seals.opened_lines(lines, batch_id)
    for line in lines:
        result = _result(line)
        if result is None:
            result = take(case, line.number, line.text)
            dynamo.keep_result(batch_id, line.number, msgspec.json.encode(result).decode())
        filed += result.status == "filed"
    try:
        batches.act_on(case, take_lines, TakeLines(first, through, filed), Given(case.state.given.at, CLOCK))
    except LostRace:
        return  # another worker has noted the same part
    count("LinesTaken", through - first + 1)

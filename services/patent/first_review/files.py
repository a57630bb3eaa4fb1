"""A file of applications (NDJSON, one JSON object a line) screened line by line, a result for each line.

Nothing is kept from one line to the next but the position, so memory does not grow with the file and a run
that stopped goes on from the position its last result gave. A line that cannot be taken has its defects, all
at once, and the lines after it are taken all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO, get_args

import msgspec

from services.patent.applications import (
    Application,
    FactName,
    Finding,
    Origin,
    SymbolText,
    defects,
)
from services.patent.defects import Defect, defect
from services.patent.first_review.screening import Screening, screen
from services.platform.law.values import Value

LONGEST = 64 * 1024
"""Bytes a line may have."""
_DECODE = msgspec.json.Decoder(Application).decode
_PARTS: dict[str, Any] = {"symbols": SymbolText, "origins": Origin, "facts": Finding}
_FIELDS = {field.encode_name: field for field in msgspec.structs.fields(Application)}


class Position(Value):
    """How far a file has been taken: whole lines, and the bytes they fill."""

    lines: int = 0
    bytes: int = 0


class LineResult(Value):
    """What became of one line: a screening, or the defects that kept it out."""

    line: int
    """Counted from 1."""
    resume: Position
    """Where to go on after it; of a line cut short, the line itself."""
    application: Application | None = None
    screening: Screening | None = None
    defects: tuple[Defect, ...] = ()


def screen_file(file: BinaryIO, on: date, start: Position = Position()) -> Iterator[LineResult]:  # noqa: B008
    """Screen the applications of a file on the legal day `on`; empty lines have no result.

    `file` must be able to seek: the run begins at the position `start`.
    """
    file.seek(start.bytes)
    number, offset = start.lines, start.bytes
    while line := file.readline(LONGEST + 1):
        number += 1
        begun, offset = offset, offset + len(line)
        if not line.endswith(b"\n") and len(line) > LONGEST:
            offset += _skip(file)
            found: Application | tuple[Defect, ...] = (defect("", "line_too_long"),)
        elif line.isspace():
            continue
        else:
            found = take(line, on)
            if not line.endswith(b"\n") and isinstance(found, tuple):
                cut = Position(number - 1, begun)
                yield LineResult(number, cut, defects=(defect("", "line_cut"),))
                return
        resume = Position(number, offset)
        if isinstance(found, tuple):
            yield LineResult(number, resume, defects=found)
        else:
            yield LineResult(number, resume, found, screen(found, on))


def take(line: bytes, today: date) -> Application | tuple[Defect, ...]:
    """The application a line holds, or everything that keeps it from being taken in."""
    try:
        application = _DECODE(line)
    except msgspec.DecodeError:  # what has another form is such an error too
        return _malformed(line, today)
    return defects(application, today) or application


def _skip(file: BinaryIO) -> int:
    """Read on to the end of an overlong line; how many bytes that were."""
    skipped = 0
    while part := file.readline(LONGEST):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _malformed(line: bytes, today: date) -> tuple[Defect, ...]:
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return (defect("", "line_not_json"),)
    if not isinstance(raw, dict):
        return (defect("", "field_not_valid"),)
    # Pointers are made of the document's own names and of numbers: a key may hold what must not be repeated.
    found = [defect("", "field_unknown")] if raw.keys() - _FIELDS.keys() else []
    good: dict[str, Any] = {}
    for name, field in _FIELDS.items():
        if name not in raw:
            if field.required:
                found.append(defect(f"/{name}", "field_missing"))
            continue
        wrong = [defect(pointer, "field_not_valid") for pointer in _wrong(name, raw[name])]
        found += wrong
        if not wrong:
            good[name] = raw[name]
        elif name == "symbols" and isinstance(raw[name], list):
            # A symbol stands in for what is none of text, so that the others keep their places.
            good[name] = [one if _converts(one, SymbolText) else "A01B 1/00" for one in raw[name]]
    # What was well formed is checked with the rest left out, so that everything is said at once.
    whole = {"number": "0000-000000", "filed_on": today} | good
    return (*found, *defects(msgspec.convert(whole, Application), today))


def _wrong(name: str, value: Any) -> list[str]:
    """The places in a field that do not have its form: of a list or table each, or the whole field."""
    if _converts(value, _FIELDS[name].type):
        return []
    below: list[str] = []
    part = _PARTS.get(name)
    if part is not None and isinstance(value, list):
        below = [f"/{name}/{place}" for place, one in enumerate(value) if not _converts(one, part)]
    elif part is not None and isinstance(value, dict):
        known = get_args(FactName)
        below = [f"/{name}/{key}" for key in known if key in value and not _converts(value[key], part)]
    return below or [f"/{name}"]


def _converts(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True

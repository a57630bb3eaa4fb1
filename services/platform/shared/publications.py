"""Public figures by quarter: the lines they are made of, and the publications made of them, once for good.

A line is replaced whenever its case has moved on; one of an older version never replaces a newer one, so
events may come twice and in any order. A publication is made after its quarter's end and never changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from services.platform.http.answers import Answer
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal
from services.platform.law.values import Len, Value
from services.platform.shared import copies
from services.platform.shared.quarters import Quarter, following, last_day, quarter_of
from services.statute import legal_day

L = TypeVar("L")
P = TypeVar("P", bound=Any)
A = TypeVar("A")
PUBLISHED = "STATISTICS#PUBLISHED"
PAGE = 12
"""Publications in one answer: three years."""
AT_ONCE = 40
"""Publications made in one sweep, should so many be due; the next sweep makes the next."""
KEPT = "public, max-age=3600"
"""Anyone may keep a page for an hour: it grows by one publication in a quarter of a year."""


class Publications(Generic[L, P]):
    """The figures of one service: lines of the kind `line`, publications of the kind `made` of them.

    A publication's `of.quarter` says of which quarter it is; `make` makes it of a quarter, all lines known,
    the publication before it and the day on which it is made.
    """

    def __init__(
        self,
        line: type[L],
        made: type[P],
        make: Callable[[Quarter, tuple[L, ...], P | None, date], P],
        *,
        first: Quarter,
    ) -> None:
        self._line, self._made, self._make, self._first = line, made, make, first

    def keep_line(self, of: date, name: str, line: L, version: int) -> None:
        """Replace the line of that name, unless a later one is there; it stays in the quarter of `of`."""
        copies.keep(_partition(quarter_of(of)), name, line, version)

    def publish(self, at: datetime) -> None:
        """Make the publications of the quarters ended by `at` that have none; one read when none is due.

        Two that do this at the same time make one publication: the second goes on from that of the first.
        """
        today, last = legal_day(at), self.newest()
        quarters = list(islice(self.due(last, today), AT_ONCE))
        if not quarters:
            return
        lines = tuple(self._lines(quarters[-1]))
        for quarter in quarters:
            last = self.keep(self._make(quarter, lines, last, today))

    def due(self, last: P | None, today: date) -> Iterator[Quarter]:
        """The quarters that follow the publication `last` and have ended before `today`, in order."""
        quarter = following(last.of.quarter) if last else self._first
        while last_day(quarter) < today:
            yield quarter
            quarter = following(quarter)

    def keep(self, made: P) -> P:
        """Keep a publication unless there is one of its quarter; the one that is there then."""
        return copies.keep_first(PUBLISHED, made.of.quarter, made)

    def newest(self) -> P | None:
        """The publication that was made last, if any; strongly consistent."""
        found = copies.newest(PUBLISHED, self._made, 1, consistent=True)
        return found[0] if found else None

    def page(self, before: Quarter | None = None) -> list[P]:
        """The newest publications, or the newest before those of a quarter; one read."""
        return copies.newest(PUBLISHED, self._made, PAGE, before=before)

    def _lines(self, through: Quarter) -> Iterator[L]:
        quarter = self._first
        while quarter <= through:
            yield from copies.every(_partition(quarter), self._line, consistent=True)
            quarter = following(quarter)


class Before(Value):
    """`next` of the page before."""

    cursor: Annotated[str, Len(1, 1000)] | None = None


def quarter_before(asked: Before) -> Quarter | None:
    """The quarter before which a page ends. Raises the refusal `cursor_not_valid`."""
    try:
        return msgspec.convert(asked.cursor, Quarter | None)
    except msgspec.ValidationError:
        raise Refusal("cursor_not_valid") from None


def cached(request: Request, found: A) -> Answer[A | str]:
    """A page with an ETag for caches; 304 without a body when the caller has it already."""
    body = msgspec.json.encode(found)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": KEPT}
    if etag in request.header("if-none-match"):
        return Answer(304, "", headers)
    return Answer(200, body.decode(), headers)


def _partition(quarter: Quarter) -> str:
    return f"STATISTICS#{quarter}"

"""The public register of operators (公示事項): name, address, business, day of designation. Arts. 50(2), 51.

An entry is what was last published in the gazette: a designation, a change or a release enters the register
with its public notice and not before. It is a copy for reading, ordered by the version of the case it copies.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from msgspec.structs import asdict

from services.infra_review.domain.operator import Operator
from services.platform.cases.store import Case
from services.platform.law.values import Value
from services.platform.shared import copies

REGISTER = "REGISTER"


class Line(Value):
    """One line of the register, as it stands on a day."""

    operator_id: str
    name: str
    address: str
    business: str
    sector: str
    designated_on: date
    released_on: date | None
    gazette: str


class Entry(Value):
    """What has been published of one designation; names and addresses with the days from which they hold."""

    operator_id: str
    names: tuple[tuple[date, str], ...]
    addresses: tuple[tuple[date, str], ...]
    business: str
    sector: str
    designated_on: date
    released_on: date | None
    gazette: str

    def on(self, day: date) -> Line:
        """The line as it stands on `day`."""
        return Line(
            self.operator_id,
            _holding(self.names, day),
            _holding(self.addresses, day),
            self.business,
            self.sector,
            self.designated_on,
            self.released_on,
            self.gazette,
        )


def published(case: Case[Operator]) -> Entry | None:
    """The entry of a designation; None while something about it waits for its public notice."""
    state = case.state
    if state.unpublished:
        return None
    first = state.designation
    return Entry(
        operator_id=case.id,
        names=((first.on, first.name), *((c.changes_on, c.name) for c in state.changes if c.name)),
        addresses=(
            (first.on, first.address),
            *((c.changes_on, c.address) for c in state.changes if c.address),
        ),
        business=state.business,
        sector=state.sector,
        designated_on=first.on,
        released_on=state.released.on if state.released else None,
        gazette=state.notices[-1].gazette,
    )


def keep(case: Case[Operator]) -> None:
    """Copy what is published of a designation into the register, unless a later version is there already."""
    entry = published(case)
    if entry is not None:
        copies.keep(REGISTER, case.id, entry, case.version)


def lines(day: date, *, containing: str = "", business: str = "") -> list[Line]:
    """The register as it stands on `day`, by name; narrowed to a `business`, to lines `containing` a text."""
    found = [entry.on(day) for entry in copies.every(REGISTER, Entry)]
    sought = containing.casefold()
    matching = [
        line
        for line in found
        if sought in f"{line.name} {line.address} {line.business}".casefold()
        and business in ("", line.business)
    ]
    return sorted(matching, key=lambda line: (line.name, line.operator_id))


def as_csv(register: list[Line]) -> str:
    """The register as CSV (RFC 4180), with a header line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*Line.__struct_fields__])
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in asdict(line).items()} for line in register)
    return text.getvalue()


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _holding(dated: tuple[tuple[date, str], ...], day: date) -> str:
    return [text for since, text in dated if since <= day or since == dated[0][0]][-1]

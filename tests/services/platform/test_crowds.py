"""More can stand in a case than a transaction holds: lists follow the act, and no command grows with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.platform.cases.store import Cases
from services.platform.events.contracts import Event, Metadata
from services.platform.events.crowds import Crowds
from services.platform.law.procedure import Procedure
from tests.services.platform.conftest import LIBRARIAN, NOON, READER, Calls, by
from tests.services.platform.loan import Ask, Borrower, Lend, Loan, loans, parties, power

LIBRARIES = tuple(f"M{number:03}" for number in range(150))


def libraries(loan: Loan) -> tuple[str, ...]:
    """Every library, and only the lending one once the book is lent."""
    return ("METI",) if loan.lent_on else tuple(sorted(loan.ministries))


crowded: Procedure[Loan] = replace(
    loans, crowded=True, parties=lambda loan: parties(loan.organisation, libraries(loan))
)
cases = Cases(crowded)
ASK = Ask("6010001000001", "Book", (Borrower("Sun"),), " ".join(("METI", *LIBRARIES)))


def told(case: Any, sequence: int) -> None:
    """The event of an act reaches the inbox."""
    metadata = Metadata(f"{case.id}:{sequence}", case.id, sequence, NOON, "1", "internal", 1)
    Crowds(crowded).follow(Event("sakimori.library", "Asked", metadata, {}))


def listed(library: str) -> list[tuple[str, int]]:
    return [(line.id, line.version) for line in cases.queue(library).items]


@pytest.mark.usefixtures("aws")
def test_a_case_of_a_hundred_and_fifty_is_opened_and_each_finds_it() -> None:
    case = cases.open(power("ask"), ASK, by(READER)).case
    assert case
    told(case, 1)
    assert all(listed(library) == [(case.id, 1)] for library in (*LIBRARIES, "METI"))
    assert [line.id for line in cases.of("6010001000001").items] == [case.id]


@pytest.mark.usefixtures("aws")
def test_who_stands_in_it_no_longer_finds_it_no_longer() -> None:
    case = cases.open(power("ask"), ASK, by(READER)).case
    assert case
    told(case, 1)
    after = cases.act(case.id, power("lend"), Lend(), by(LIBRARIAN)).case
    told(after, 2)
    assert listed("METI") == [(case.id, 2)]
    assert not any(listed(library) for library in LIBRARIES)


@pytest.mark.usefixtures("aws")
def test_an_event_that_comes_late_or_twice_changes_nothing() -> None:
    case = cases.open(power("ask"), ASK, by(READER)).case
    after = cases.act(case.id, power("lend"), Lend(), by(LIBRARIAN)).case  # type: ignore[union-attr]
    for sequence in (2, 1, 2):
        told(after, sequence)
    assert listed("METI") == [(after.id, 2)]  # type: ignore[union-attr]
    assert not any(listed(library) for library in LIBRARIES)


def test_a_command_writes_as_much_for_a_crowd_as_for_a_few(calls: Calls) -> None:
    def written(ask: Ask) -> list[int]:
        calls.clear()
        cases.open(power("ask"), ask, by(READER))
        return [len(made["TransactItems"]) for name, made in calls.made if name == "TransactWriteItems"]

    few = written(Ask("6010001000001", "Book", (Borrower("Sun"),)))
    assert written(ASK) == few == [2]

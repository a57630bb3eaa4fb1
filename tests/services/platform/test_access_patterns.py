"""Every access pattern in docs/access-patterns.md makes the calls that the page says, and none scans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.platform.cases import dynamo
from services.platform.cases.case import Once
from services.platform.cases.store import Cases
from services.platform.law.procedure import Refusal
from tests.services.platform.conftest import LIBRARIAN, NOON, READER, Calls, by
from tests.services.platform.loan import Ask, Borrower, GiveBack, Lend, loans, power

PAGE = Path(__file__).parents[3] / "docs" / "access-patterns.md"
ASK = Ask("6010001000001", "Book", (Borrower("Sun"),))
ONCE = Once("api/reader-1", "key")
cases = Cases(loans)


def refused(case_id: str) -> None:
    with pytest.raises(Refusal):
        cases.act(case_id, power("give_back"), GiveBack(), by(READER), once=ONCE)


def token(case_id: str) -> dynamo.Token:
    return dynamo.Token(case_id, "Asked", None, "token")


PATTERNS: dict[str, Callable[[str], Any]] = {
    "`Cases.load`": cases.load,
    "`Cases.act`": lambda case_id: cases.act(case_id, power("lend"), Lend(), by(LIBRARIAN), once=ONCE),
    "`Cases.open`": lambda _: cases.open(power("ask"), ASK, by(READER), once=ONCE),
    "`Cases.act`, refused": refused,
    "`Cases.history`": cases.history,
    "`Cases.queue`": lambda _: cases.queue("METI"),
    "`Cases.of`": lambda _: cases.of("6010001000001"),
    "`Cases.open_page`": lambda _: cases.open_page(),
    "`Cases.swept`": lambda _: list(cases.swept(NOON)),
    "`dynamo.tokens`": dynamo.tokens,
    "`dynamo.keep_token`": lambda case_id: dynamo.keep_token(token(case_id)),
    "`dynamo.drop_token`": lambda case_id: dynamo.drop_token(token(case_id)),
    "`dynamo.next_generation`": lambda case_id: dynamo.next_generation(case_id, 1),
    "`dynamo.seen`": lambda case_id: dynamo.seen(
        case_id,
        "2026-06-01T03:00:00Z#request-1",
        subject="s",
        organisation="o",
        standing="",
        fields="",
        route="",
        at="",
        correlation_id="",
    ),
    "`dynamo.readings`": lambda case_id: list(dynamo.readings(case_id, "2026", "2027")),
    "`Crowds.follow`": lambda case_id: settled(case_id),
}


def settled(case_id: str) -> None:
    case = cases.load(case_id)
    dynamo.settle(case, case.parties, NOON)


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return table[1:]


def test_the_page_lists_every_pattern_once() -> None:
    assert sorted(by_ for _, by_, _, _ in rows()) == sorted(PATTERNS)


@pytest.mark.parametrize(("by_", "promised", "key"), [row[1:] for row in rows()])
def test_a_pattern_makes_the_calls_that_the_page_says(
    calls: Calls, by_: str, promised: str, key: str
) -> None:
    opened = cases.open(power("ask"), ASK, by(READER)).case
    assert opened
    calls.clear()
    PATTERNS[by_](opened.id)
    assert calls.names == re.findall(
        r"GetItem|TransactWriteItems|Query|PutItem|DeleteItem|UpdateItem", promised
    )
    index = re.match(r"index `(\w+)`", key)
    first = calls.made[0][1]
    assert first.get("IndexName") == (index[1] if index else None)
    if "strongly consistent" in promised:
        assert first["ConsistentRead"] is True
    touched = {key for name, arguments in calls.made for key in keys_in(arguments, name == "Query")}
    told = [key_like(name) for name in re.findall(r"`([A-Z][^`]*)`", key)]
    assert [name.pattern for name in told if not any(map(name.fullmatch, touched))] == []
    assert {one for one in touched if not any(name.fullmatch(one) for name in told)} == set()


def key_like(told: str) -> re.Pattern[str]:
    """The keys that the page means by `CASE#<id>`, or by `ACT#` where it says that they begin so."""
    parts = (re.escape(part) if not part.startswith("<") else "[^#]+" for part in re.split("(<[^>]*>)", told))
    return re.compile("".join(parts) + (".*" if told.endswith("#") else ""))


def keys_in(asked: Any, queried: bool) -> Iterator[str]:
    """Every key of the table that a call names, and of a query every one that it compares with."""
    if isinstance(asked, list):
        for one in asked:
            yield from keys_in(one, queried)
    elif isinstance(asked, dict):
        for name, value in asked.items():
            compared = queried and name.startswith(":") and re.match("[A-Z]+#", value.get("S", ""))
            if name in ("pk", "sk") or compared:
                yield value["S"]
            else:
                yield from keys_in(value, queried)


def test_nothing_in_the_platform_scans() -> None:
    for path in (PAGE.parents[1] / "services" / "platform").rglob("*.py"):
        assert ".scan(" not in path.read_text(encoding="utf-8"), path.name

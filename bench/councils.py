"""What a check costs in 200 councils x 30 members x 1,000 items: `python -m bench.councils`."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_REGION": "ap-northeast-1",
    "SERVICE": "council",
    "TABLE": "sakimori-council",
    "POWERTOOLS_SERVICE_NAME": "council",
    "LOG_LEVEL": "WARNING",
}
# Before the first import of the models, which name their table when they are made.
os.environ.update(SETTINGS)

import botocore.client  # noqa: E402
import msgspec  # noqa: E402
from moto import mock_aws  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from bench.clock import best  # noqa: E402
from services.council import ledger  # noqa: E402
from services.council.domain.access import Access, Marked, Named, could_see, may_see  # noqa: E402
from services.council.domain.council import council  # noqa: E402
from services.council.domain.council.persons import (  # noqa: E402
    Acknowledgement,
    Assignment,
    Council,
    Member,
)
from services.council.domain.item import Item, item  # noqa: E402
from services.platform.cases import table  # noqa: E402
from services.platform.cases.case import Case  # noqa: E402
from services.platform.cases.case_id import case_id  # noqa: E402
from services.platform.shared import copies  # noqa: E402

COUNCILS, MEMBERS, ITEMS = 200, 30, 1_000
SIZES = (10, 100, ITEMS)
BEGIN = datetime(2026, 6, 1, 3, tzinfo=UTC)
NOW = BEGIN + timedelta(days=90)
console = Console(width=118)


def a_council(members: int = MEMBERS) -> Council:
    """A council with so many members, each with one person on its affairs who acknowledged the duty."""
    numbers = range(1, members + 1)
    return Council(
        basis="63(4)",
        project_id="p",
        ministry="MEXT",
        established=BEGIN,
        members=tuple(
            Member(n, "company", f"{n}", f"Member {n}", BEGIN.date(), joined=BEGIN) for n in numbers
        ),
        assignments=tuple(Assignment(f"person-{n}", f"Person {n}", n, BEGIN) for n in numbers),
        acknowledgements=tuple(
            Acknowledgement(f"person-{n}", "62-7.2025", BEGIN + timedelta(hours=1)) for n in numbers
        ),
    )


def an_access(number: int, members: int = MEMBERS) -> Access:
    """An item that was marked twice, and for which every third member was named."""
    marked = (
        Marked("council", "All.", 1, BEGIN + timedelta(days=1), date(2026, 7, 31), BEGIN + timedelta(days=9)),
        Marked("named", "All.", 2, BEGIN + timedelta(days=9), date(2027, 3, 31)),
    )
    named = tuple(
        Named(place, member, "why", date(2026, 6, 11), None, BEGIN + timedelta(days=9))
        for place, member in enumerate(range(1 + number % 3, members + 1, 3), start=1)
    )
    return Access(1, BEGIN, marked, named)


def an_id(number: int) -> str:
    """The id of an item."""
    return case_id(item.name, BEGIN + timedelta(minutes=number), number.to_bytes(10, "big"))


def fill(council_id: str, first: int, last: int) -> None:
    """Put the items from one number up to another into the table, and into the lists of a council."""
    from services.platform.cases.dynamo import CaseItem

    for number in range(first, last):
        named, access = an_id(number), an_access(number)
        state = Item(council_id, "MEXT", owner="1", title=f"Item {number}", access=access)
        case = Case(named, item, state, 4, "0" * 64, "2026-06-01T03:00:00Z")
        CaseItem(
            f"CASE#{named}",
            "CASE",
            state=msgspec.json.encode(state).decode(),
            version=4,
            head="0" * 64,
            opened_at=case.opened_at,
            generation=1,
            fold=item.fold_version,
        ).save()
        # One member's list is read below; those of the others are as long.
        for member in (ledger.FOR_ALL, 2):
            kept = ledger.Kept(named, state.title, "other", None, access.narrowed(member))
            copies.keep(ledger.partition(council_id, member), named, kept, 4)


class Calls:
    """The AWS calls made, by name."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        real = botocore.client.BaseClient._make_api_call

        def counting(client: Any, operation: str, arguments: dict[str, Any]) -> Any:
            self.made[operation] += 1
            return real(client, operation, arguments)

        botocore.client.BaseClient._make_api_call = counting

    def of(self, work: Any) -> str:
        """The calls that something makes."""
        self.made.clear()
        work()
        return ", ".join(f"{n} {name}" if n > 1 else name for name, n in self.made.items())


def create_table() -> None:
    from services.platform.runtime.clients import client

    keys = {table.PARTITION, table.SORT} | {key for i in table.INDEXES for key in (i.partition, i.sort)}
    client("dynamodb").create_table(
        TableName=SETTINGS["TABLE"],
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in sorted(keys)],
        KeySchema=[
            {"AttributeName": table.PARTITION, "KeyType": "HASH"},
            {"AttributeName": table.SORT, "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index.name,
                "KeySchema": [
                    {"AttributeName": index.partition, "KeyType": "HASH"},
                    {"AttributeName": index.sort, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(table.PROJECTED)},
            }
            for index in table.INDEXES
        ],
    )


def over_the_table() -> Table:
    """What a check and a page cost over the table, by how many items the council has."""
    shown = Table(title="One council over the table (moto, best of 7)", title_justify="left")
    for column in ("items", "a check", "its calls", "a page of 50", "its calls"):
        shown.add_column(column, justify="left" if column == "its calls" else "right")
    calls, there = Calls(), 0
    council_id = case_id(council.name, BEGIN, b"0123456789")
    state = a_council()
    for size in SIZES:
        fill(council_id, there, size)
        there, wanted = size, an_id(size // 2)

        def check(wanted: str = wanted) -> None:
            case = ledger.items.load(wanted)
            may_see(state, ledger.access_of(case.state), "person-2", NOW)

        def page() -> None:
            ledger.page(council_id, state, "person-2", NOW, 50, None)

        row = (f"{best(check) * 1e3:.2f} ms", calls.of(check), f"{best(page) * 1e3:.1f} ms", calls.of(page))
        shown.add_row(f"{size:,}", *row)
    return shown


def kilobytes(value: Any) -> str:
    return f"{len(msgspec.json.encode(value)) / 1024:.1f} KB"


def every_check() -> Iterator[str]:
    """Yield what it takes to check a person against every item of every council, and some sizes."""
    state = a_council()
    accesses = [an_access(number) for number in range(ITEMS)]
    begun = time.perf_counter()
    seen = sum(
        may_see(state, access, f"person-{1 + place % MEMBERS}", NOW)
        for place in range(COUNCILS)
        for access in accesses
    )
    took, checks = time.perf_counter() - begun, COUNCILS * ITEMS
    yield f"{checks:,} checks, a person of each council against its items: {took:.1f} s,"
    yield f"  {took / checks * 1e6:.0f} us each; {seen:,} may be seen."
    whole = best(lambda: could_see(state, accesses[0], NOW.date()))
    yield f"Who could see an item on a day, of {MEMBERS} persons: {whole * 1e3:.2f} ms."
    for members in (MEMBERS, 300):
        crowd, access = a_council(members), an_access(1, members)
        one = best(lambda crowd=crowd, access=access: may_see(crowd, access, "person-2", NOW))
        yield (
            f"A council of {members} keeps {kilobytes(crowd)}, an item in it {kilobytes(access)}; "
            f"a check takes {one * 1e6:.0f} us."
        )


def main() -> None:
    for line in every_check():
        console.print(line)
    with mock_aws():
        create_table()
        console.print(over_the_table())
    console.print("A reading over HTTP makes three calls more: GetItem (council), PutItem (record), Decrypt.")


if __name__ == "__main__":
    sys.exit(main())

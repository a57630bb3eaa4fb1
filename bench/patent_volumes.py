"""Chapter 5 at its volumes: what an operation costs as the stock grows. `python -m bench.patent_volumes`.

A stock of up to 250,000 cases is written straight into the engine's table; at each size the day's intakes,
readings, lists and lapses go through the doors' own code and are counted (AWS calls) and timed. Then 5,000
intakes of one day, and a sweep on the day after 300 terms have ended. KMS is moto's in another process.
The stock takes most of the time; `python -m bench.patent_volumes 20000` has a smaller one.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

from botocore.handlers import BUILTIN_HANDLERS
from rich.console import Console
from rich.table import Table

from bench import calls
from infra.synth import synthesised
from local import engine, tables
from local.template import Templates
from services.platform.cases.store import Cases
from services.platform.law.parties import CLOCK, Principal
from services.platform.law.procedure import Given

STACK = "sakimori-patent"
MAKER = "8230001002345"
STOCK = 250_000
INTAKES, TERMS = 5_000, 300
SAMPLES = 40
WHEN = datetime(2026, 6, 1, 3, tzinfo=UTC)
JPO = Principal("examiner-1", "JPO", frozenset({"patent_examiner"}), ministry="JPO")


@contextmanager
def patent() -> Iterator[None]:
    """The service's table in the engine of the local cloud, its keys in a moto of another process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    binary = engine.install()
    assert binary is not None, "the engine cannot be had here"
    with tempfile.TemporaryDirectory() as scratch:
        running = engine.Engine.start(binary, Path(scratch) / "tables.db", Path(scratch) / "log")
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                sleep(0.1)
            moto = f"http://127.0.0.1:{port}"
            where = {"AWS_ENDPOINT_URL": moto, "AWS_ENDPOINT_URL_DYNAMODB": running.url}
            # No machines: a sweep lapses what is due and has none to start again.
            told = {name: value for name, value in calls.settings(STACK).items() if "MACHINE_" not in name}
            with calls.environment(told | where):
                import os

                import boto3

                found = Templates(synthesised())
                tables.create(found.of("AWS::DynamoDB::GlobalTable"), boto3.client("dynamodb"))
                os.environ["KEY"] = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
                yield
        finally:
            running.stop()
            server.terminate()
            server.wait()


def begun(cases: Cases[Any], number: int, applicant: str, until: date = date(2027, 5, 31)) -> str:
    """A designation in force until a day; its case."""
    from services.patent.domain.designation.powers import Begin, begin
    from services.patent.domain.vocabulary import Invention

    invention = Invention("Steering a swarm without radio.", "[0012]-[0045], claims 1-4")
    command = Begin(
        "security-review-1",
        "first-review-1",
        f"2026-{number:06}",
        date(2026, 2, 2),
        (applicant,),
        True,
        invention,
        until,
    )
    done = cases.open(begin, command, Given(WHEN, CLOCK))
    assert done.case is not None
    return done.case.id


def taken(number: int) -> Any:
    """An application as the filing system hands it over."""
    from services.patent.applications import Application
    from services.patent.domain.first_review.powers import TakeIn

    application = Application(f"2026-{number:06}", date(2026, 5, 29), ("A47G 19/14", "B64U 10/00"))
    return TakeIn(application, (MAKER,))


def stocked(template: dict[str, Any], first: int, through: int) -> None:
    """Cases of the past: copies of a sealed snapshot under ids of their own, half of them still in lists."""
    from services.platform.cases.dynamo import CaseItem

    kept = {name: value for name, value in template.items() if name not in ("pk", "sk") and value is not None}
    with CaseItem.batch_write() as batch:
        for number in range(first, through):
            case = f"first-review-00{number:024}"
            mine = {
                **kept,
                "case_id": case,
                "party_sk": case,
                "party_pk": f"PARTY#{number % 997}#first-review",
            }
            if number % 2:
                mine = {
                    name: value
                    for name, value in mine.items()
                    if name[:6] not in ("queue_", "open_p", "open_s")
                }
            else:
                mine |= {"queue_sk": f"9000#{case}", "open_sk": f"9000#{case}", "open_pk": "OPEN#of the past"}
            batch.save(CaseItem(f"CASE#{case}", "CASE", **mine))


def measured(hook: calls.Hook, work: Callable[[int], object]) -> tuple[str, float]:
    """The AWS calls of an operation and the median of its time, over some repetitions."""
    spent: list[float] = []
    ways: set[tuple[str, ...]] = set()
    for number in range(SAMPLES):
        hook.calls = []
        began = perf_counter()
        work(number)
        spent.append(perf_counter() - began)
        ways.add(tuple(hook.calls))
        hook.calls = None
    return max((" ".join(way) for way in ways), key=len), median(spent)


def main() -> None:
    """Measure and print."""
    console, hook = Console(width=140), calls.Hook()
    registered = ("before-call", hook)
    BUILTIN_HANDLERS.append(registered)
    try:
        with patent():
            _measure(console, hook)
    finally:
        BUILTIN_HANDLERS.remove(registered)


def _measure(console: Console, hook: calls.Hook) -> None:
    from services.patent.domain.designation import designation
    from services.patent.domain.first_review.powers import take_in
    from services.patent.intake import first_reviews, numbered
    from services.patent.reactions import DAILY
    from services.platform.cases.dynamo import CaseItem
    from services.platform.runtime import observe
    from services.platform.time.steps import Steps
    from services.platform.time.sweeper import Sweeper

    # Imported before the function's settings were there, and filled by more than one invocation counts.
    observe.metrics.namespace, observe.metrics.service = "Bench", "patent"
    designations, steps = Cases(designation), Steps(designation)
    numbers = iter(range(1, 10**6))

    def take(_: int = 0) -> str:
        one, here = taken(next(numbers)), first_reviews.new_id(WHEN)
        beside = [numbered(one, here, WHEN)]
        first_reviews.open(take_in, one, Given(WHEN, JPO), case_id=here, beside=beside)
        return here

    most = int(sys.argv[1]) if len(sys.argv) > 1 else STOCK
    sizes = (0, most // 10, most)
    some = [take() for _ in range(SAMPLES)]
    row = CaseItem.get(f"CASE#{some[0]}", "CASE").attribute_values
    held = begun(designations, 0, MAKER)
    table = Table(title="Cost of an operation as the stock grows (median of 40)", title_justify="left")
    for column in ("operation", "AWS calls", *(f"{size:,} cases" for size in sizes)):
        table.add_column(column, justify="left" if column in ("operation", "AWS calls") else "right")
    works: dict[str, Callable[[int], object]] = {
        "take an application in": take,
        "read a case": lambda number: first_reviews.load(some[number]),
        "read its history": lambda number: first_reviews.history(some[number]),
        "list an applicant's cases": lambda _: first_reviews.of(MAKER, limit=20),
        "list the office's queue": lambda _: first_reviews.queue("JPO", limit=20),
        "lapse where nothing is due": lambda _: steps.lapse(held, WHEN + timedelta(days=1)),
    }
    rows: dict[str, list[str]] = {name: [] for name in works}
    there = 0
    for size in sizes:
        began = perf_counter()
        stocked(row, there, size)
        console.print(f"{size:,} cases are there after {perf_counter() - began:.0f} s.")
        there = size
        for name, work in works.items():
            ways, spent = measured(hook, work)
            rows[name] = [ways, *rows[name][1:], f"{spent * 1e3:.1f} ms"]
    for name, cells in rows.items():
        table.add_row(name, *cells)
    console.print(table)

    began = perf_counter()
    for _ in range(INTAKES):
        take()
    spent = perf_counter() - began
    console.print(f"{INTAKES:,} intakes: {spent:.0f} s, {spent / INTAKES * 1e3:.1f} ms each.")

    for number in range(TERMS):
        begun(designations, number + 1, MAKER, date(2026, 12, 1))
    sweeper = Sweeper(steps, daily=DAILY)
    hook.calls = []
    began = perf_counter()
    assert sweeper.sweep(datetime(2026, 12, 2, 3, tzinfo=UTC))
    spent, made = perf_counter() - began, list(hook.calls)
    hook.calls = None
    ended = sum(name == "TransactWriteItems" for name in made)
    console.print(
        f"{TERMS} terms ended on one day: {ended} lapses in one sweep of {spent:.1f} s,"
        f" {len(made) / TERMS:.1f} AWS calls and {spent / TERMS * 1e3:.1f} ms each."
    )


if __name__ == "__main__":
    main()

"""What public figures cost, by how many quarters there are: making a publication, and answering a reader.

    python -m bench.statistics

1,300 notifications a year, spread over the sectors in force. The table is moto's in a process of its own, so
that its work is in none of the times.
"""

from __future__ import annotations

import random
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import process_time, sleep
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from bench import calls
from services.infra_review.statistics import FIRST, Line, published
from services.platform.shared.publications import AT_ONCE
from services.platform.shared.quarters import Quarter, following, last_day

QUARTERS = (4, 16, 32, 64)
IN_A_QUARTER = 325


def lines(quarters: list[Quarter]) -> Iterator[tuple[str, str, Line]]:
    """The quarter, the case and the line of every notification of these quarters."""
    from services.infra_review.sectors import sectors

    drawn = random.Random(1)
    names = [sector.id for sector in sectors(last_day("2026-Q2"))]
    for quarter in quarters:
        for number in range(IN_A_QUARTER):
            day = last_day(quarter) - timedelta(days=drawn.randrange(90))
            accepted = day + timedelta(days=drawn.randrange(1, 20))
            steps = {"received": day, "accepted": accepted}
            if drawn.random() < 0.1:
                steps["extended"] = accepted + timedelta(days=10)
            steps["ended"] = accepted + timedelta(days=drawn.randrange(20, 120))
            yield quarter, f"notification-{number:026}", Line(drawn.choice(names), steps)


def first(count: int) -> list[Quarter]:
    """The first quarters of the statistics."""
    found = [FIRST]
    while len(found) < count:
        found.append(following(found[-1]))
    return found


def fill(kept: list[tuple[str, str, Line]]) -> None:
    """Put lines into the table as the inbox keeps them."""
    from services.platform.cases.dynamo import CopyItem

    with CopyItem.batch_write() as batch:
        for quarter, case, line in kept:
            text = msgspec.json.encode(line).decode()
            batch.save(CopyItem(f"STATISTICS#{quarter}", case, version=5, copy=text))


def measured(quarters: list[Quarter]) -> list[str]:
    """A row: the newest publication made alone, swept through the table, and a page of them read."""
    from services.infra_review import statistics_store
    from services.infra_review.api import app

    kept = list(lines(quarters))
    newest, there = quarters[-1], statistics_store.publications.newest()
    fill([one for one in kept if there is None or one[0] > there.of.quarter])
    alone = _spent(lambda: published(newest, (line for _, _, line in kept), there, last_day(newest)))
    on_its_last_day = datetime.combine(last_day(newest), datetime.min.time(), UTC)
    for _ in range(0, len(quarters), AT_ONCE):
        statistics_store.publish(on_its_last_day)
    after = on_its_last_day + timedelta(days=1)
    swept = _spent(lambda: statistics_store.publish(after))
    asked = calls.request("GET", "/statistics", "", None, {}, after)
    app.handler(asked, None)
    answers: list[Any] = []
    read = _spent(lambda: answers.append(app.handler(asked, None)))
    size = f"{len(answers[0]['body']) / 1024:.0f} KB"
    times = (f"{spent * 1000:.0f} ms" for spent in (alone, swept, read))
    return [str(len(quarters)), f"{len(kept):,}", *times, size]


def _spent(work: Callable[[], object]) -> float:
    """Seconds of CPU."""
    began = process_time()
    work()
    return process_time() - began


@contextmanager
def cloud() -> Iterator[None]:
    """A cloud of moto's in another process, with the service deployed into it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            sleep(0.1)
        with calls.environment(calls.settings() | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}):
            calls.deploy()
            yield
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Measure and print."""
    table = Table(title="Public figures (CPU; 1,300 notifications a year)", title_justify="left")
    for column in ("quarters", "lines", "one publication", "its sweep", "GET /statistics", "answer"):
        table.add_column(column, justify="right")
    with cloud():
        for count in QUARTERS:
            table.add_row(*measured(first(count)))
    Console(width=118).print(table)


if __name__ == "__main__":
    main()

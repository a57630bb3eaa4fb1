"""`make bench`: AWS calls a route and step, then start-up, size and memory of each packaged function."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

from moto.server import ThreadedMotoServer
from rich.console import Console
from rich.table import Table

from bench import calls, clock, cold_starts
from infra import packaging
from infra.interpreters import LAMBDA, python
from local.stories.standstill import OFFICIAL

ONE_COMMAND = ("GetItem", "TransactWriteItems")
SLOWEST = {"http": 6.0}
"""Times a bare start, by trigger."""
SLOWEST_ELSE = 4.0
console = Console(width=118)


def show_calls(teller: calls.Direct) -> None:
    """AWS calls by door and what it did."""
    table = Table(title="AWS calls (in-process, moto, template as synthesised)", title_justify="left")
    for column in ("door", "what", "calls", "which"):
        table.add_column(column, justify="right" if column == "calls" else "left")
    commands = beyond = 0
    for measured in sorted(teller.measured.values(), key=lambda m: m.door):
        most = measured.most
        table.add_row(measured.door, measured.what, str(len(most)), " ".join(most))
        if measured.what.startswith("POST"):
            commands += 1
            beyond += len(most) > len(ONE_COMMAND)
    console.print(table)
    console.print(f"{commands} commands; {beyond} make more than one read and one transaction.\n")


def samples(teller: calls.Direct) -> dict[str, Any]:
    """One event for each door, and one that asks for health."""
    path = "/notifications/notification-01J00000000000000000000000"
    bearer = {"Authorization": f"Bearer {teller.token(OFFICIAL)}"}
    read = calls.request("GET", path, "", None, bearer, teller.now)
    health = calls.request("GET", "/health", "", None, {}, teller.now)
    return {**teller.samples, "api": read, "health": health}


def show_starts(started: list[cold_starts.Started]) -> None:
    """Start, first answer, memory and size by function."""
    bare = started[0]
    table = Table(title="Cold start (median of 5; spawn to first `next`)", title_justify="left")
    for column in ("function", "start", "x bare", "target", "first event", "peak memory", "zip", "arm64 zip"):
        table.add_column(column, justify="left" if column == "function" else "right")
    for one in started:
        times = one.start / bare.start
        limit = SLOWEST.get(one.trigger, SLOWEST_ELSE)
        row = [one.name, f"{one.start * 1000:.0f} ms", f"{times:.1f}"]
        row += [f"<= {limit:.0f}{' OVER' if times > limit else ''}" if one is not bare else ""]
        row += [f"{one.first * 1000:.0f} ms{' !' if one.failed else ''}", f"{one.peak / 2**20:.0f} MB"]
        if one.package:
            deployed = packaging.package(*cold_starts.named(one.package), packaging.DEPLOYED)
            row += [f"{zipped / 2**20:.2f} MB" for zipped in (one.package.size, deployed.size)]
        table.add_row(*row)
    console.print(table)
    for one in started:
        if one.failed:
            console.print(f"! {one.name}: {one.failed.get('errorType')}: {one.failed.get('errorMessage')}")
    console.print(
        "Zips should have at most 8 MB. The first event is a real one, on an empty table over moto's HTTP."
    )


def main() -> None:
    """Measure and print."""
    if python() is None:
        running = "{}.{}".format(*sys.version_info)
        console.print(f"No Python {LAMBDA} here: everything below is measured on {running}.")
    clock.main()
    teller = calls.measure()
    show_calls(teller)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = calls.settings() | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    try:
        with tempfile.TemporaryDirectory() as scratch, calls.environment(settings):
            settings |= calls.deploy()
            show_starts(cold_starts.measure(Path(scratch), settings, samples(teller)))
    finally:
        server.stop()


if __name__ == "__main__":
    main()

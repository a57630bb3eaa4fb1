"""`make bench`: AWS calls a route and step, then start-up, size and memory of each packaged function."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from moto.server import ThreadedMotoServer
from rich.console import Console
from rich.table import Table

from bench import calls, clock, cold_starts, peer
from infra import packaging
from infra.interpreters import LAMBDA, python
from local.stories.standstill import AGENT, OFFICIAL, Story, plan
from services.platform.runtime.clients import client, session
from services.platform.runtime.environment import environment

ONE_COMMAND = ("GetItem", "TransactWriteItems")
SLOWEST = {"http": 6.0}
"""Times a bare start, by trigger."""
SLOWEST_ELSE = 4.0
BESIDE_PEER = {"infra-review-api": 0.5, "infra-review-api POST": 0.6}
"""Times the peer's start and first answer together: reading a case, and filing a plan."""
console = Console(width=140)


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


def filing(settings: dict[str, str]) -> Callable[[], Any]:
    """Makes an event that files a plan, each time under another key, by an operator whose duty has begun."""
    os.environ.update(settings)
    for kept in (client, session, environment):
        kept.cache_clear()
    teller = calls.Direct()
    story = Story(teller)
    story.designate()
    story.pass_grace()
    body = {"operator_id": story.operator, "plan": plan()}

    def event() -> Any:
        headers = {"Authorization": f"Bearer {teller.token(AGENT)}", "Idempotency-Key": uuid.uuid4().hex}
        return calls.request("POST", "/notifications", "", body, headers, teller.now)

    return event


def show_starts(started: list[cold_starts.Started]) -> list[str]:
    """Start, first answer, memory and size by function; what missed its target."""
    bare = started[0]
    beside = next((one for one in started if one.name == peer.NAME), None)
    missed = []
    table = Table(title="Cold start (median of 5; spawn to first `next`)", title_justify="left")
    columns = ("function", "start", "x bare", "target", "first event", "both", "x peer", "target")
    for column in (*columns, "peak", "zip", "arm64 zip"):
        table.add_column(column, justify="left" if column == "function" else "right")
    for one in started:
        times = one.start / bare.start
        limit = SLOWEST.get(one.trigger, SLOWEST_ELSE)
        judged = one not in (bare, beside)
        row = [one.name, f"{one.start * 1000:.0f} ms", f"{times:.1f}", f"<= {limit:.0f}" if judged else ""]
        if judged and times > limit:
            missed.append(f"{one.name} starts in {times:.1f} times a bare start, not {limit:.0f}")
        row += [f"{one.first * 1000:.0f} ms{' !' if one.failed else ''}", f"{one.both * 1000:.0f} ms"]
        wanted = BESIDE_PEER.get(one.name)
        row += [f"{one.both / beside.both:.2f}" if beside else "", f"<= {wanted}" if wanted else ""]
        if beside and wanted and one.both > wanted * beside.both:
            missed.append(f"{one.name} takes {one.both / beside.both:.2f} times the peer, not {wanted}")
        row += [f"{one.peak / 2**20:.0f} MB"]
        if one.package:
            deployed = packaging.package(*cold_starts.named(one.package), packaging.DEPLOYED)
            row += [f"{zipped / 2**20:.2f} MB" for zipped in (one.package.size, deployed.size)]
        table.add_row(*row)
    console.print(table)
    for one in started:
        if one.failed:
            console.print(f"! {one.name}: {one.failed.get('errorType')}: {one.failed.get('errorMessage')}")
    missed += [f"{one.name} failed on its first event" for one in started if one.failed]
    if beside is None:
        console.print("Nothing was put beside them: name a checkout of the peer by PEER=DIR (bench/peer.py).")
    console.print("Zips should have at most 8 MB. The first event is a real one, over moto's HTTP.")
    return missed


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
            events = samples(teller) | {"filing": filing(settings)}
            with peer.peer(Path(scratch), packaging.here(), settings) as beside:
                put = [beside] if beside else []
                missed = show_starts(cold_starts.measure(Path(scratch), settings, events, put))
    finally:
        server.stop()
    if missed:
        raise SystemExit("\n".join(missed))


if __name__ == "__main__":
    main()

"""What a month and a file cost in the local cloud: days with many ends of standstills, a file of many plans.

`python -m bench.local_cloud [ENDS [PLANS]]`; the machine's load is printed with the figures.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from infra import synth
from local.aws_endpoint import Server
from local.cloud import Cloud
from local.front import Front
from local.instants import TOKYO
from local.state import State
from local.stories import standstill
from local.stories.standstill import AGENT, API, COMPANY, OFFICIAL, Story
from local.stories.teller import Teller

ENDS, WITHIN = 200, 15.0
"""Standstills that end within 31 days, and the seconds that those days may take."""
PLANS, FILED_WITHIN = 500, 20.0
"""Plans in one file, and the seconds until each is filed."""
AT_MOST = 4_400_000
"""Bytes of one file."""


def line(operator: str, on: date, number: int) -> str:
    """One plan of a file, told from the others by its content."""
    plan = standstill.plan(on)
    plan["introduction"]["content"] += f"第{number}号"
    return json.dumps({"operator_id": operator, "plan": plan}, ensure_ascii=False, separators=(",", ":"))


def sent(teller: Teller, lines: list[str]) -> str:
    """Send one file; the batch it became."""
    headers = {
        "Authorization": f"Bearer {teller.token(AGENT)}",
        "Idempotency-Key": f"file-{time.monotonic_ns()}",
        "Content-Type": "application/x-ndjson",
    }
    body = "\n".join(lines).encode()
    path = f"{teller.url}{API}/notifications/bulk?organisation={COMPANY}"
    answer = teller._http.request("POST", path, body=body, headers=headers)
    if answer.status not in (200, 201):
        raise SystemExit(answer.data.decode())
    return str(json.loads(answer.data)["id"])


def file_of(teller: Teller, operator: str, on: date, count: int) -> list[str]:
    """File so many plans, in as many files as their size needs; their cases."""
    files: list[list[str]] = [[]]
    for number in range(count):
        one = line(operator, on, number)
        if sum(len(other.encode()) + 1 for other in files[-1]) + len(one.encode()) > AT_MOST:
            files.append([])
        files[-1].append(one)
    batches = [sent(teller, lines) for lines in files]
    teller.settle()
    return [case for batch in batches for case in _filed(teller, batch)]


def _filed(teller: Teller, batch: str) -> list[str]:
    found: list[dict[str, Any]] = []
    first: int | None = 1
    while first:
        page = teller.get(AGENT, f"{API}/batches/{batch}/results?first={first}&limit=100")
        found += page["items"]
        first = page["next"]
    return [str(one["id"]) for one in found if one["status"] == "filed"]


def worked() -> float:
    """CPU seconds of this process and of those it has started and that run."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = stat.read_text().rpartition(")")
            fields = rest.split()
            if os.getpid() in (int(name.partition(" ")[0]), int(fields[1])):
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure, print, and fail when it takes longer than it may."""
    given = [int(argument) for argument in sys.argv[1:]]
    ends, plans = (*given, *(ENDS, PLANS)[len(given) :])
    with ExitStack() as stack, tempfile.TemporaryDirectory() as scratch:
        state = State(Path(scratch) / "state")
        cloud = Cloud(synth.synthesised(), state, start_at=standstill.BEGINS, logs=Path(scratch) / "logs")
        began = time.perf_counter()
        cloud.start()
        stack.callback(cloud.stop)
        server = Server(Front(cloud))
        server.start()
        stack.callback(server.stop)
        print(f"started in {time.perf_counter() - began:.1f} s")
        teller = Teller(server.url)
        story = Story(teller)
        story.designate()
        teller.settle()
        story.pass_grace()
        today = cloud.clock.now().astimezone(TOKYO).date()

        began, cpu = time.perf_counter(), worked()
        cases = file_of(teller, story.operator, today, plans)
        took, cpu = time.perf_counter() - began, worked() - cpu
        print(f"{len(cases)} of {plans} plans filed: {took:.1f} s (<= {FILED_WITHIN:.0f}), CPU {cpu:.1f} s")

        began = time.perf_counter()
        while len(cases) < ends:
            cases += file_of(teller, story.operator, today, min(PLANS, ends - len(cases)))
        for case in cases[:ends]:
            teller.post(OFFICIAL, f"{API}/notifications/{case}/accept")
        teller.settle()
        print(f"{ends} accepted in {time.perf_counter() - began:.1f} s")

        began, cpu = time.perf_counter(), worked()
        teller.move(f"{(today + timedelta(days=31)).isoformat()} 10:00")
        took, cpu = time.perf_counter() - began, worked() - cpu
        freed = sum(
            teller.get(OFFICIAL, f"{API}/notifications/{case}")["stage"] == "Freed" for case in cases[:ends]
        )
        ended = f"{freed} of {ends} freed among {len(cases)}"
        print(f"31 days, {ended}: {took:.1f} s (<= {WITHIN:.0f}), CPU {cpu:.1f} s")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        if freed != ends or len(cases) < plans:
            raise SystemExit("not every case came to its end")


if __name__ == "__main__":
    main()

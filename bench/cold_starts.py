"""Starts each packaged function as Lambda would, beside a bare handler, and measures until it asks for work.

The real zip for this machine's platform is unpacked where nothing can be written, and run by `awslambdaric`
against a Runtime API of our own. A start is from the spawn of the process to its first `next`; after that it
gets one event, whose answer is timed too, because what is imported late is paid for there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.runtime_api import RuntimeApi
from infra import packaging
from infra.imports import ROOT
from infra.interpreters import python
from infra.manifest import Manifest, manifests
from infra.packaging import Package

RUNS = 5
RUNTIME = {"awslambdaric", "simplejson", "snapshot-restore-py"}
DEV = ROOT / "requirements" / "dev.txt"


class StartError(RuntimeError):
    """A function that did not start; the message holds what it said."""


@dataclass
class Started:
    """A function's starts."""

    name: str
    trigger: str
    folder: Path
    handler: str
    settings: dict[str, str]
    event: Any
    """What it is given first, or what makes that anew for each start."""
    package: Package | None = None
    starts: list[float] = field(default_factory=list)
    """Seconds."""
    firsts: list[float] = field(default_factory=list)
    """Seconds from the first event to its answer."""
    peak: int = 0
    """Bytes of memory the process held at most, after its first answer."""
    failed: Any = None
    """The error its first event came to, if it did."""

    @property
    def start(self) -> float:
        """Median of its starts."""
        return median(self.starts)

    @property
    def first(self) -> float:
        """Median of its first answers."""
        return median(self.firsts)

    @property
    def both(self) -> float:
        """Median of a start and its first answer together: what the first caller waits for."""
        return median(map(sum, zip(self.starts, self.firsts, strict=True)))


def peak_of(pid: int) -> int:
    """The most memory a process has held, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def run_once(function: Started, interpreter: str, runtime: Path) -> tuple[float, float]:
    """Start a function, give it one event, end it; seconds to `next` and seconds to the answer."""
    api = RuntimeApi()
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": f"{function.folder}{os.pathsep}{runtime}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_LAMBDA_RUNTIME_API": api.address,
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "LAMBDA_TASK_ROOT": str(function.folder),
        "_HANDLER": function.handler,
        **function.settings,
    }
    command = [interpreter, "-m", "awslambdaric", function.handler]
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=function.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        if not api.ready.wait(60) or not api.ready_at:
            process.kill()
            raise StartError(f"{function.name}: {process.communicate()[0].decode()}")
        sent = time.perf_counter()
        api.events.put(function.event() if callable(function.event) else function.event)
        kind, answer = api.answers.get(timeout=60)
        answered = time.perf_counter()
        function.failed = answer if kind == "error" else None
        function.peak = max(function.peak, peak_of(process.pid))
    finally:
        process.kill()
        process.communicate()
        api.shutdown()
        api.server_close()
    return api.ready_at - began, answered - sent


def unpack(archive: Path, into: Path) -> None:
    """Unpack a zip where nothing may be written, as /var/task."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into)
    for path in [into, *into.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def bare(scratch: Path, target: packaging.Target) -> Started:
    """A handler that does nothing, compiled like the others."""
    folder = scratch / "bare"
    folder.mkdir()
    (folder / "bare.py").write_text("def handler(event, context):\n    return None\n")
    packaging.compile_all(folder, target.python)
    return Started("bare", "", folder, "bare.handler", {}, {})


def functions(
    scratch: Path, target: packaging.Target, settings: dict[str, str], events: dict[str, Any]
) -> Iterator[Started]:
    """Every function, unpacked; `events` are those of the doors of Chapter 3, and of `health`."""
    for manifest in manifests():
        for name, function in manifest.functions.items():
            built = packaging.package(manifest, name, target)
            folder = scratch / f"{manifest.path}-{name}"
            unpack(built.file, folder)
            handler = f"services.platform.doors.{name}.handler"
            told = settings | {"SERVICE": manifest.name}
            event = events[name if manifest.functions.keys() > {"api"} else "health"]
            called = f"{manifest.path}-{name}"
            yield Started(called, function.trigger, folder, handler, told, event, built)
            if name == "api" and manifest.functions.keys() > {"api"} and manifest.name == "infra_review":
                yield Started(f"{called} POST", function.trigger, folder, handler, told, events["filing"])


def measure(
    scratch: Path, settings: dict[str, str], events: dict[str, Any], beside: Iterable[Started]
) -> list[Started]:
    """The bare handler, what is put beside it and every function, in turn: all share the machine's moods."""
    target = packaging.here()
    interpreter = python(target.python) or sys.executable
    runtime = scratch / "runtime"
    packaging.install(RUNTIME, target, runtime, DEV)
    packaging.compile_all(runtime, target.python)
    everything = [bare(scratch, target), *beside, *functions(scratch, target, settings, events)]
    for number in range(RUNS + 1):
        for function in everything:
            start, first = run_once(function, interpreter, runtime)
            # The first of all only fills the page cache.
            if number:
                function.starts.append(start)
                function.firsts.append(first)
    return everything


def named(package: Package) -> tuple[Manifest, str]:
    """The manifest and the function a package was made from."""
    return next(m for m in manifests() if m.name == package.service), package.function

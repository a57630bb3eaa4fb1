"""A sandbox seen from outside: the process of `local.worker`, and what an invocation of it comes to."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.pipe import ClosedError, Pipe
from local.policies import Call

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 30.0
"""Real seconds a sandbox may take to import its handler."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an invocation came to."""

    answer: Any
    failed: bool
    calls: tuple[Call, ...] = ()

    @property
    def body(self) -> bytes:
        """The answer as Lambda's API gives it."""
        return json.dumps(self.answer, ensure_ascii=False).encode()


class Sandbox:
    """One worker process."""

    def __init__(
        self, name: str, seconds: int, environment: Mapping[str, str], log: Path, start: Mapping[str, Any]
    ) -> None:
        ours, theirs = socket.socketpair()
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "local.worker", str(theirs.fileno())],
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                pass_fds=[theirs.fileno()],
            )
        theirs.close()
        self.pipe = Pipe(ours)
        self.pipe.send(start)
        self.name = name
        self.seconds = seconds
        self.ready = False

    def invoke(self, event: Any) -> Result:
        """Let the handler answer `event`; a crash or a timeout is an error result and ends this sandbox."""
        seconds = self.seconds
        try:
            if not self.ready:
                started = self.pipe.receive(seconds=STARTS_WITHIN)
                if started.get("failed"):
                    raise ClosedError(
                        f"{started['answer']['errorType']}: {started['answer']['errorMessage']}"
                    )
                self.ready = True
            request = {"request_id": str(uuid.uuid4()), "trace": _trace(), "seconds": seconds, "event": event}
            self.pipe.send(request)
            said = self.pipe.receive(seconds=seconds)
        except TimeoutError:
            self.end()
            return _error("Sandbox.Timedout", f"{self.name}: task timed out after {seconds} seconds.")
        except ClosedError as error:
            self.end()
            return _error("Runtime.ExitError", f"{self.name}: the sandbox ended ({error}).")
        return Result(said["answer"], said["failed"], tuple(Call.from_json(call) for call in said["calls"]))

    @property
    def alive(self) -> bool:
        """Whether it can answer again."""
        return self.process.poll() is None

    def end(self) -> None:
        """End the process."""
        self.pipe.close()
        if self.alive:
            self.process.kill()
        self.process.wait()


def _error(kind: str, message: str) -> Result:
    return Result({"errorType": kind, "errorMessage": message}, failed=True)


def _trace() -> str:
    return f"Root=1-{uuid.uuid4().hex[:8]}-{uuid.uuid4().hex[:24]};Parent={uuid.uuid4().hex[:16]};Sampled=0"

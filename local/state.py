"""What the local cloud keeps between runs, in one directory that one run uses at a time."""

from __future__ import annotations

import fcntl
import shutil
from datetime import datetime
from pathlib import Path

from local.instants import parsed, text


class InUseError(RuntimeError):
    """Another local cloud runs on the same directory."""


class State:
    """A directory: tables, keys, the clock, and how far the streams have been handled."""

    def __init__(self, directory: Path, *, fresh: bool = False) -> None:
        """Take the directory; `fresh` empties it first. Raises `InUseError`."""
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._lock = (directory.parent / f"{directory.name}.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InUseError(
                f"Another local cloud runs on {directory}. End it, or give this one its own --state DIR."
            ) from error
        if fresh:
            shutil.rmtree(directory)
            directory.mkdir()
        self._clock = directory / "clock"
        self.continued = self._clock.exists()
        """Whether an earlier run left something."""

    @property
    def now(self) -> datetime | None:
        """Where the clock stood."""
        return parsed(self._clock.read_text()) if self._clock.exists() else None

    def keep_now(self, now: datetime) -> None:
        """Note where the clock stands."""
        draft = self._clock.with_suffix(".new")
        draft.write_text(text(now))
        draft.replace(self._clock)

    def release(self) -> None:
        """Let another run have the directory."""
        self._lock.close()

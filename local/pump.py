"""A pump: one thread that does the same work whenever asked to, holding the clock until that is done."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from local.clock import Clock

LOG = logging.getLogger(__name__)


class Pump:
    """Runs `drain` after every `kick`; kicks while it runs make it run once more."""

    def __init__(self, clock: Clock, name: str, drain: Callable[[], None]) -> None:
        self.name = name
        self._clock = clock
        self._drain = drain
        self._wanted = threading.Condition()
        self._kicked = False
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def kick(self) -> None:
        """Ask for a run."""
        with self._wanted:
            if self._kicked or self._stopped:
                return
            self._kicked = True
            self._clock.hold(self.name)
            self._wanted.notify()

    def stop(self) -> None:
        """Run no more."""
        with self._wanted:
            self._stopped = True
            self._wanted.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._wanted:
                self._wanted.wait_for(lambda: self._kicked or self._stopped)
                if self._stopped:
                    return
                self._kicked = False
            try:
                self._drain()
            except Exception:
                LOG.exception("%s failed", self.name)
            finally:
                self._clock.release(self.name)

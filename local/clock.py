"""The virtual clock: time stands still until everything is idle, then jumps to the next deadline.

Whatever works holds the clock (`holding`). `advance` waits until nobody holds it, moves to the earliest
deadline that is due, lets it work, and goes on until the wanted instant is reached. A thirty-day wait
therefore takes as long as the work it causes, and what happens at one instant is over before the next
instant begins.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from local.instants import text

IDLE_WITHIN = 180.0
"""Real seconds in which all work of one virtual instant has to end."""


class BackwardsError(ValueError):
    """The clock was asked to go back; `now` is where it stands."""

    def __init__(self, now: datetime, to: datetime) -> None:
        super().__init__(f"The clock stands at {text(now)} and never goes back; {text(to)} was asked for.")
        self.now = now
        self.to = to


class NeverIdleError(RuntimeError):
    """Something held the clock for longer than `IDLE_WITHIN`; the message names it."""


@dataclass(order=True, slots=True)
class Deadline:
    """A callback that is due at an instant; equal instants fire in the order they were set."""

    at: datetime
    number: int
    name: str = field(compare=False)
    fire: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Let it not fire."""
        self.cancelled = True


class Clock:
    """Virtual time in UTC, the deadlines set on it and those who hold it."""

    def __init__(self, start: datetime) -> None:
        self.changed = threading.Condition(threading.RLock())
        """Guards all that follows, and the events and threads of `local.waiting`."""
        self._now = start.astimezone(UTC)
        self._deadlines: list[Deadline] = []
        self._numbers = itertools.count()
        self._holders: Counter[str] = Counter()
        self._moving = threading.Lock()
        self.on_idle: list[Callable[[], None]] = []
        """Called when time is about to move, with nothing under way."""
        self.on_move: Callable[[datetime], None] = lambda _: None
        """Called with every instant time moves to, before anything happens at it."""

    def now(self) -> datetime:
        """The virtual instant, aware, in UTC."""
        with self.changed:
            return self._now

    def after(self, seconds: float, name: str, fire: Callable[[], None]) -> Deadline:
        """Set a deadline `seconds` from now."""
        with self.changed:
            return self.at(self.now() + timedelta(seconds=seconds), name, fire)

    def at(self, instant: datetime, name: str, fire: Callable[[], None]) -> Deadline:
        """Set a deadline at `instant`; one that has passed is due at once."""
        with self.changed:
            deadline = Deadline(instant.astimezone(UTC), next(self._numbers), name, fire)
            heapq.heappush(self._deadlines, deadline)
            self.changed.notify_all()
            return deadline

    def hold(self, name: str) -> None:
        """Keep time still until `release(name)`."""
        with self.changed:
            self._holders[name] += 1

    def release(self, name: str) -> None:
        """Give up one hold of `name`."""
        with self.changed:
            self._holders[name] -= 1
            if self._holders[name] <= 0:
                del self._holders[name]
            self.changed.notify_all()

    @contextmanager
    def holding(self, name: str) -> Iterator[None]:
        """Keep time still while the body runs."""
        self.hold(name)
        try:
            yield
        finally:
            self.release(name)

    def holders(self) -> dict[str, int]:
        """What is under way, by name."""
        with self.changed:
            return dict(self._holders)

    def upcoming(self, count: int = 20) -> list[Deadline]:
        """The next deadlines, soonest first."""
        with self.changed:
            return [d for d in heapq.nsmallest(count * 4, self._deadlines) if not d.cancelled][:count]

    def settle(self) -> None:
        """Return when nothing is under way and nothing is due. Raises `NeverIdleError`."""
        self.advance(None)

    def advance(self, to: datetime | None) -> list[Deadline]:
        """Move to `to` (`None`: stay), firing what falls due in order; return what fired when all is idle.

        Raises `BackwardsError` when `to` is in the past, `NeverIdleError` when something never ends.
        """
        with self._moving:
            if to is not None and to < self.now():
                raise BackwardsError(self.now(), to.astimezone(UTC))
            fired: list[Deadline] = []
            while (due := self._next(to)) is not None:
                fired.append(due)
                try:
                    due.fire()
                finally:
                    self.release(due.name)
            return fired

    def _next(self, to: datetime | None) -> Deadline | None:
        """Wait for idleness, then move to and take the next deadline due by `to`, held; or move to `to`."""
        with self.changed:
            if not self.changed.wait_for(lambda: not self._holders, IDLE_WITHIN):
                raise NeverIdleError(f"Still under way after {IDLE_WITHIN:.0f} s: {dict(self._holders)}.")
            for hook in self.on_idle:
                hook()
            limit = self._now if to is None else max(to.astimezone(UTC), self._now)
            while self._deadlines and self._deadlines[0].cancelled:
                heapq.heappop(self._deadlines)
            if self._deadlines and self._deadlines[0].at <= limit:
                due = heapq.heappop(self._deadlines)
                self._move(max(self._now, due.at))
                self._holders[due.name] += 1
                return due
            self._move(limit)
            return None

    def _move(self, to: datetime) -> None:
        if to > self._now:
            self.on_move(to)
            self._now = to


class RealTime:
    """Lets a clock follow the machine's: every due deadline fires when its instant comes."""

    def __init__(self, clock: Clock, wall: Callable[[], datetime]) -> None:
        self.clock = clock
        self._wall = wall
        # A clock that a story moved ahead of the machine's keeps its lead: it never goes back.
        self._lead = max(clock.now() - wall(), timedelta(0))
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="real-time", daemon=True)

    def start(self) -> None:
        """Follow from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Stand still again."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(0.25):
            target = self._wall() + self._lead
            if target > self.clock.now():
                self.clock.advance(target)


def described(clock: Clock) -> dict[str, Any]:
    """What `GET /_local/clock` shows."""
    return {
        "now": text(clock.now()),
        "under_way": clock.holders(),
        "next": [{"at": text(d.at), "what": d.name} for d in clock.upcoming()],
    }

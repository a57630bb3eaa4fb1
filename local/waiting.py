"""`Event` and `Thread` that wait in virtual time: what replaces `threading`'s in moto's Step Functions.

A thread that runs holds the clock; one that waits does not. Whoever wakes it takes the hold on its
behalf before it runs again, so that there is no moment in which all seems idle while someone is about
to work.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from local.clock import Clock, Deadline

HELD_BY = "state machine"


class Abandoned(BaseException):
    """Raised out of a wait when the thread's group is abandoned; no `except Exception` catches it."""


@dataclass(eq=False, slots=True)
class _Waiter:
    group: object
    woken: threading.Event = field(default_factory=threading.Event)
    flagged: bool = False
    abandoned: bool = False
    deadline: Deadline | None = None


class Waiting:
    """Makes events and threads on one clock, and knows which group of threads waits for what.

    A group is what an outermost thread works for (the object its target is bound to); the threads it
    starts belong to it too, so that all of them can be abandoned together.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._waiters: dict[object, list[tuple[Event, _Waiter]]] = {}
        self._mine = threading.local()

    def event(self) -> Event:
        """A new event."""
        return Event(self)

    def thread(
        self,
        target: Callable[..., object],
        args: Iterable[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        name: str | None = None,
        daemon: bool = True,
    ) -> Thread:
        """A new thread, in the group of the thread that makes it."""
        group = self.group or getattr(target, "__self__", target)
        return Thread(self, group, target, args, kwargs or {}, name, daemon)

    @property
    def group(self) -> object | None:
        """The group of the current thread."""
        return getattr(self._mine, "group", None)

    @group.setter
    def group(self, group: object) -> None:
        self._mine.group = group

    def abandon(self, group: object) -> None:
        """End every thread of `group` where it waits."""
        with self.clock.changed:
            for event, waiter in tuple(self._waiters.get(group, ())):
                waiter.abandoned = True
                event.wake(waiter, flagged=False)

    def entered(self, event: Event, waiter: _Waiter) -> None:
        """Note that a thread waits."""
        self._waiters.setdefault(waiter.group, []).append((event, waiter))

    def left(self, event: Event, waiter: _Waiter) -> None:
        """Note that it waits no longer."""
        waiting = self._waiters[waiter.group]
        waiting.remove((event, waiter))
        if not waiting:
            del self._waiters[waiter.group]


class Event:
    """Like `threading.Event`, in virtual seconds; whoever waits must hold the clock, as a `Thread` does."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self._clock = waiting.clock
        self._flag = False
        self._waiters: list[_Waiter] = []

    def is_set(self) -> bool:
        """Whether it is set."""
        return self._flag

    def clear(self) -> None:
        """Unset it."""
        with self._clock.changed:
            self._flag = False

    def set(self) -> None:
        """Set it and wake every waiter."""
        with self._clock.changed:
            self._flag = True
            for waiter in tuple(self._waiters):
                self.wake(waiter, flagged=True)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until set or until `timeout` virtual seconds have passed; return whether it was set."""
        clock = self._clock
        with clock.changed:
            if self._flag:
                return True
            if timeout is not None and timeout <= 0:
                return False
            waiter = _Waiter(self._waiting.group)
            self._waiters.append(waiter)
            self._waiting.entered(self, waiter)
            if timeout is not None:
                fire = lambda: self.wake(waiter, flagged=False)  # noqa: E731
                waiter.deadline = clock.after(timeout, "a state machine's wait", fire)
            clock.release(HELD_BY)
        waiter.woken.wait()
        if waiter.abandoned:
            raise Abandoned
        return waiter.flagged

    def wake(self, waiter: _Waiter, *, flagged: bool) -> None:
        """Let one waiter go on, holding the clock for it."""
        with self._clock.changed:
            if waiter not in self._waiters:
                return
            self._waiters.remove(waiter)
            self._waiting.left(self, waiter)
            if waiter.deadline is not None:
                waiter.deadline.cancel()
            waiter.flagged = flagged
            self._clock.hold(HELD_BY)
            waiter.woken.set()


class Thread:
    """Like `threading.Thread`: holds the clock from `start` to its end; `join` waits in virtual seconds."""

    def __init__(
        self,
        waiting: Waiting,
        group: object,
        target: Callable[..., object],
        args: Iterable[Any],
        kwargs: Mapping[str, Any],
        name: str | None,
        daemon: bool,
    ) -> None:
        self._waiting = waiting
        self._group = group
        self._ended = waiting.event()
        self._work: Callable[[], object] = lambda: target(*args, **kwargs)
        self._thread = threading.Thread(target=self._run, name=name, daemon=daemon)

    @property
    def native_id(self) -> int | None:
        """The operating system's id of it."""
        return self._thread.native_id

    def start(self) -> None:
        """Run the target."""
        self._waiting.clock.hold(HELD_BY)
        self._thread.start()

    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return not self._ended.is_set()

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, at most `timeout` virtual seconds."""
        self._ended.wait(timeout)

    def _run(self) -> None:
        self._waiting.group = self._group
        clock = self._waiting.clock
        try:
            self._work()
        except Abandoned:
            pass
        finally:
            with clock.changed:
                self._ended.set()
                clock.release(HELD_BY)

"""Faults a test can turn on in the delivery layer: what SQS and Lambda are allowed to do and seldom do."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Faults:
    """All off by default."""

    duplicate: bool = False
    """Deliver every message and every stream batch twice."""
    reorder: bool = False
    """Deliver what is waiting in a queue in random order."""
    hold: bool = False
    """Let messages wait in their queues."""
    seed: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(0))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def set(
        self, *, duplicate: bool = False, reorder: bool = False, hold: bool = False, seed: int = 0
    ) -> None:
        """Turn them on or off."""
        with self._lock:
            self.duplicate, self.reorder, self.hold, self.seed = duplicate, reorder, hold, seed
            self._random = random.Random(seed)

    def arranged(self, messages: list[T]) -> list[T]:
        """The messages in the order in which to deliver them."""
        with self._lock:
            arranged = list(messages)
            if self.reorder:
                self._random.shuffle(arranged)
            return arranged

"""A case as it stands, a command that happens once, and what it came to. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Generic, TypeVar

from services.platform.law.acts import Act
from services.platform.law.parties import Parties
from services.platform.law.procedure import Procedure, Wait
from services.platform.law.values import Value

S = TypeVar("S")


class Once(Value):
    """A key under which a command happens once; a repetition with the same `digest` is answered alike.

    The key is kept for the time of `keep`.
    """

    scope: str
    key: str
    digest: str = ""
    keep: timedelta = timedelta(days=30)


class Case(Value, Generic[S]):
    """A case as it stands: the fold of `version` acts, the last of which has the hash `head`."""

    id: str
    procedure: Procedure[S]
    state: S
    version: int
    head: str
    opened_at: str
    generation: int = 1
    """How many Step Functions executions it has had."""
    seal: Any = None
    """The data key a sealed case was read with (`runtime/sealing.py`)."""

    @property
    def parties(self) -> Parties:
        """Whose case it is."""
        return self.procedure.parties(self.state)

    @property
    def wait(self) -> Wait:
        """The stage it is in, and the instant at which that ends by law, if it does."""
        return self.procedure.wait(self.state)


class Done(Value, Generic[S]):
    """What a command came to: its answer, and the case and acts it brought about (a replay has none)."""

    answer: Any
    case: Case[S] | None = None
    acts: tuple[Act, ...] = ()

    @property
    def replayed(self) -> bool:
        """Whether the command had been done before under the same key."""
        return self.case is None

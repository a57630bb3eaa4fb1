"""Bulk filing (一括届出): many notifications in one file, each line a filing of its own under Art. 52(1).

The file arrived when it was received, and so did each of its lines, however long the work on them takes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec.structs import replace

from services.infra_review.domain.vocabulary import Name
from services.infra_review.roles import AGENT, OPERATOR, filed_by
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import THE_CLOCK, Parties, Principal
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if
from services.platform.law.values import Between, Value

AT_MOST = 500
"""Lines of one file."""


@leaves("internal", "lines")
class BatchReceived(Act):
    """A file of notifications was received; its lines are taken in order."""

    organisation: str
    lines: int
    by: Principal
    at: datetime


@leaves("internal", "through")
class LinesTaken(Act):
    """The lines up to `through` have been filed or refused, each with its own result."""

    through: int
    filed: int
    refused: int


class Batch(Value):
    """A file of notifications and how far the work on it has come."""

    organisation: str | None = None
    lines: int = 0
    by: Principal | None = None
    at: datetime | None = None
    taken: int = 0
    filed: int = 0
    refused: int = 0

    @property
    def given(self) -> Given:
        """Who files each line, and when it arrived."""
        assert self.by
        assert self.at
        return Given(self.at, self.by)


def evolve(state: Batch, act: Act) -> Batch:
    """The batch after `act`."""
    match act:
        case BatchReceived():
            return Batch(act.organisation, act.lines, act.by, act.at)
        case LinesTaken():
            filed, refused = state.filed + act.filed, state.refused + act.refused
            return replace(state, taken=act.through, filed=filed, refused=refused)
    raise TypeError(f"{type(act).__name__} is no act of a batch")


batch: Procedure[Batch] = Procedure(
    name="batch",
    title="Bulk filing",
    title_ja="一括届出",
    initial=Batch(),
    evolve=evolve,
    acts=(BatchReceived, LinesTaken),
    parties=lambda state: filed_by(state.organisation),
    stages=(
        end("Done", "Every line is filed or refused", "処理済み", "52(1)", lambda s: s.taken == s.lines),
        Stage("InWork", "Lines are being taken", "処理中", "52(1)", lambda _: True, then=("Done",)),
    ),
)


class ReceiveBatch(Value):
    """Whose notifications they are, and how many."""

    organisation: Name
    lines: Annotated[int, Between(1, AT_MOST)]

    @property
    def parties(self) -> Parties:
        """The operator alone; each notification has ministries of its own."""
        return filed_by(self.organisation)


@batch.act("52(1)", by=[OPERATOR, AGENT], opens=True)
def receive(_: Batch, received: ReceiveBatch, given: Given) -> Acts:
    """Receive a file of notifications, to be taken line by line as of now."""
    yield BatchReceived(received.organisation, received.lines, given.by, given.at)


class TakeLines(Value):
    """Which lines were taken, the first and the last, and how many of them were filed."""

    first: int
    through: int
    filed: int


@batch.act("52(1)", by=[THE_CLOCK])
def take_lines(state: Batch, done: TakeLines, _: Given) -> Acts:
    """Note that a part of the file has been taken; a part is noted once."""
    refuse_if(done.first != state.taken + 1, "lines_already_taken", "52(1)", taken=state.taken)
    yield LinesTaken(done.through, done.filed, done.through - done.first + 1 - done.filed)

"""Bulk filing (一括届出): many filings in one file, each line a filing of its own. Pure.

The file arrived when it was received, and so did each of its lines, however long the work on them takes.
`line_files` keeps the lines and works on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import THE_CLOCK, Parties, Principal, Role
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if
from services.platform.law.values import AtLeast, Value
from services.platform.shared.words import Name


@leaves("internal", "lines")
class BatchReceived(Act):
    """A file of filings was received; its lines are taken in order."""

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
    """A file of filings and how far the work on it has come."""

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


class ReceiveBatch(Value):
    """Whose filings they are, how many, and whose case that makes the file."""

    organisation: Name
    lines: Annotated[int, AtLeast(1)]
    parties: Parties


def receive(_: Batch, received: ReceiveBatch, given: Given) -> Acts:
    """Receive a file of filings, to be taken line by line as of now."""
    yield BatchReceived(received.organisation, received.lines, given.by, given.at)


class TakeLines(Value):
    """Which lines were taken, the first and the last, and how many of them were filed."""

    first: int
    through: int
    filed: int


def take_lines(state: Batch, done: TakeLines, _: Given) -> Acts:
    """Note that a part of the file has been taken; a part is noted once."""
    refuse_if(done.first != state.taken + 1, "lines_already_taken", taken=state.taken)
    yield LinesTaken(done.through, done.filed, done.through - done.first + 1 - done.filed)


def bulk(
    article: str,
    *,
    by: Iterable[Role],
    parties: Callable[[str | None], Parties],
    name: str = "batch",
    title: str = "Bulk filing",
    title_ja: str = "一括届出",
    sealed: bool = False,
) -> Procedure[Batch]:
    """The procedure of files whose lines are filed by `article`, each as a case of its own."""
    procedure: Procedure[Batch] = Procedure(
        name=name,
        title=title,
        title_ja=title_ja,
        initial=Batch(),
        evolve=evolve,
        acts=(BatchReceived, LinesTaken),
        sealed=sealed,
        parties=lambda state: parties(state.organisation),
        stages=(
            end("Done", "Every line is filed or refused", "処理済み", article, lambda s: s.taken == s.lines),
            Stage("InWork", "Lines are being taken", "処理中", article, lambda _: True, then=("Done",)),
        ),
    )
    procedure.act(article, by=by, opens=True)(receive)
    procedure.act(article, by=[THE_CLOCK])(take_lines)
    return procedure

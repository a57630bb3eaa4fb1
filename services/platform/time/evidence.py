"""What a case's deadlines rest on: which act set each going, and which acts moved it. Pure.

Nobody declares this. The history is folded again, act by act, and the procedure's own `deadlines` watched:
the act after which a deadline first stood is its trigger, and one after which its last day differs extended
or shortened it. A certificate can therefore rest on nothing but what the rules themselves rest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from services.platform.cases.history import Entry, act_of
from services.platform.law.acts import Act
from services.platform.law.procedure import Procedure
from services.platform.law.values import Value
from services.statute import Deadline, period
from services.statute.certificate import Claim
from services.statute.clock import Fact


class Clock(Value):
    """One deadline of a case as the history tells it: what is claimed of it, and where it stands now."""

    claim: Claim
    deadline: Deadline

    def goes_on_as(self, deadline: Deadline) -> bool:
        """Whether `deadline` is this one, perhaps extended under a record of its own."""
        if deadline.trigger_day != self.claim.trigger_day:
            return False
        return deadline.period in (self.claim.name, period(self.claim.name).ceiling)


def clocks(procedure: Procedure[Any], history: Sequence[Entry]) -> tuple[Clock, ...]:
    """Every deadline that the case has after `history`, in the order of the procedure's own list."""
    state, found = procedure.initial, list[Clock]()
    over: Entry | None = None
    for entry in history:
        act = act_of(procedure, entry)
        state = procedure.evolve(state, act)
        day = _day(entry, act)
        found = [_after(entry, day, deadline, found) for deadline in procedure.deadlines(state)]
        # What opens a case again takes back that its clocks ended with it.
        over = (over or entry) if procedure.wait(state).over else None
    return tuple(_ended(clock, over) for clock in found) if over is not None else tuple(found)


def claims(clocks: Iterable[Clock]) -> tuple[Claim, ...]:
    """What a certificate claims of these clocks."""
    return tuple(clock.claim for clock in clocks)


def evidence(entry: Entry) -> str:
    """An act as a certificate names it: its place in the history and its hash."""
    return f"{entry.sequence}:{entry.hash}"


def _after(entry: Entry, day: date, deadline: Deadline, before: Iterable[Clock]) -> Clock:
    known = next((clock for clock in before if clock.goes_on_as(deadline)), None)
    if known is None:
        return Clock(Claim(deadline.period, deadline.trigger_day, evidence(entry)), deadline)
    was, now = known.deadline.counted_last_day, deadline.counted_last_day
    claim = known.claim
    if was != now:
        moved = Fact("extend" if now > was else "shorten", day, now, entry.sequence)
        claim = replace(claim, facts=(*claim.facts, moved))
    return Clock(claim, deadline)


def _ended(clock: Clock, entry: Entry) -> Clock:
    """The clock of a case that is over: what still ran on that day has ended with it."""
    day = date.fromisoformat(entry.legal_day)
    if not clock.deadline.running(day):
        return clock
    fact = Fact("end", day, sequence=entry.sequence)
    return Clock(replace(clock.claim, facts=(*clock.claim.facts, fact)), clock.deadline)


def _day(entry: Entry, act: Act) -> date:
    """The day from which an act moved a clock: its own, or an earlier one that it proves (`in_effect_on`)."""
    proved: date | None = getattr(act, "in_effect_on", None)
    return proved or date.fromisoformat(entry.legal_day)

"""The people of Chapter 5, an application of theirs, and a story that drives any of its deciders by days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from services.patent.applications import Application
from services.patent.domain.vocabulary import Invention, Operator, OwnRequest, Weighing
from services.patent.roles import (
    AGENT,
    APPLICANT,
    ASKED_AGENCY,
    CABINET_OFFICE,
    CLAIMANT,
    COMMISSIONER,
    ENQUIRER,
    EXAMINER,
    EXPERT,
    INVITED_EXPERT,
    PATENT_OFFICE,
    PRIME_MINISTER,
    SHARING_OPERATOR,
)
from services.platform.law.parties import AUDITOR, CLOCK, Principal
from services.platform.law.procedure import Given, Procedure, Refusal

MAKER = "8230001002345"
"""The applicant, by its corporate number."""
SHARER = "4010001000003"
"""A business with which it shares the invention."""
JPO_EXAMINER = Principal("examiner-1", "JPO", frozenset({EXAMINER.name}), ministry=PATENT_OFFICE)
JPO = Principal("manager-1", "JPO", frozenset({COMMISSIONER.name}), ministry=PATENT_OFFICE)
CAO = Principal("reviewer-1", "CAO", frozenset({PRIME_MINISTER.name}), ministry=CABINET_OFFICE)
INVENTOR = Principal("clerk-1", MAKER, frozenset({APPLICANT.name, ENQUIRER.name, CLAIMANT.name}))
BENRISHI = Principal("benrishi-1", SHARER, frozenset({AGENT.name}), mandates=frozenset({MAKER}))
UNMANDATED = Principal("benrishi-2", SHARER, frozenset({AGENT.name}))
PARTNER = Principal("clerk-2", SHARER, frozenset({SHARING_OPERATOR.name, CLAIMANT.name}))
MOD = Principal("official-1", "MOD", frozenset({ASKED_AGENCY.name}), ministry="MOD")
METI = Principal("official-2", "METI", frozenset({ASKED_AGENCY.name}), ministry="METI")
PROFESSOR = Principal("professor-1", "", frozenset({EXPERT.name, INVITED_EXPERT.name}))
ASSISTANT = Principal("assistant-1", "", frozenset({EXPERT.name, INVITED_EXPERT.name}))
AUDITING = Principal("auditor-1", "BOA", frozenset({AUDITOR.name}))
EVERYONE = (JPO_EXAMINER, JPO, CAO, INVENTOR, BENRISHI, UNMANDATED, PARTNER, MOD, METI, PROFESSOR, CLOCK)
JST = timedelta(hours=9)

SWARM = Application("2026-000123", date(2026, 2, 2), ("B64U 10/00", "F41A 23/00"))
"""A drone swarm: B64U together with F41 is item 19, which asks for no additional requirement."""
TEAPOT = Application("2026-000124", date(2026, 2, 2), ("A47G 19/14",))
STEERING = Invention("Steering a swarm without radio.", "[0012]-[0045], claims 1-4, Fig. 3")
REQUEST = OwnRequest(STEERING, "Abroad it could be used against us.")
WEIGHING = Weighing("A swarm could not be jammed.", "One maker; civil use is years away.")
SHARED = Operator(SHARER, "Aurora Flight Works", "東京都港区1-1")


def noon(day: date | str) -> datetime:
    """Noon in Japan of `day`."""
    return at(day, time(12))


def at(day: date | str, clock: time) -> datetime:
    """That time in Japan of `day`, in UTC."""
    return datetime.combine(date.fromisoformat(str(day)), clock, UTC) - JST


def given(who: Principal, day: date | str | datetime) -> Given:
    """Something that `who` does at noon of `day`, or at that instant."""
    return Given(day if isinstance(day, datetime) else noon(day), who)


@dataclass
class Story:
    """A case of any procedure, driven through its decider day by day."""

    procedure: Procedure[Any]
    state: Any = None
    acts: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = self.procedure.initial

    def does(self, who: Principal, power: str, command: Any, on: date | str | datetime) -> tuple[Any, ...]:
        """`who` uses `power` on a day; what follows is kept."""
        acts = self.procedure.decide(self.state, self.procedure.powers[power].decide, command, given(who, on))
        self.state = self.procedure.fold(acts, self.state)
        self.acts.extend(acts)
        return acts

    def refuses(self, who: Principal, power: str, command: Any, on: date | str | datetime) -> Refusal:
        """The refusal that `who` meets on a day."""
        with pytest.raises(Refusal) as refused:
            self.procedure.decide(self.state, self.procedure.powers[power].decide, command, given(who, on))
        return refused.value

    def lapses(self, on: date | str | datetime) -> None:
        """Let time do what it does by that day."""
        from services.platform.time.steps import powers_of_time

        moved = True
        while moved:
            moved = False
            for power in powers_of_time(self.procedure):
                try:
                    self.does(CLOCK, power.name, power.command(), on)
                except Refusal:
                    continue
                moved = True
                break

    def allows(self, who: Principal, on: date | str) -> tuple[str, ...]:
        """What `who` may do on a day."""
        return self.procedure.allowed(self.state, given(who, on))

    @property
    def stage(self) -> str:
        """The stage the case is in."""
        return self.procedure.stage(self.state).name

    def happened(self, kind: type) -> list[Any]:
        """Every act of that kind so far."""
        return [act for act in self.acts if isinstance(act, kind)]

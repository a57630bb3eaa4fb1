"""The smallest procedure that keeps time: something is to be answered in ten days, and the clock watches."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from services.platform.law.access import REVIEWING_OFFICIAL, Parties
from services.platform.law.procedure import Act, Acts, Given, Procedure, Wait
from services.platform.law.values import Value
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping, Warned, keep_time
from services.statute import Deadline, period


class Keep(Value):
    organisation: str

    @property
    def parties(self) -> Parties:
        return Parties(self.organisation, frozenset({"METI"}))


class Kept(Value):
    organisation: str
    on: date


class Vigil(Value):
    organisation: str | None = None
    since: date | None = None
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def due(self) -> tuple[Deadline, ...]:
        return (period("infra.answer_to_recommendation").starting(self.since),) if self.since else ()


def evolve(state: Vigil, act: Act) -> Vigil:
    assert isinstance(act, Kept)
    return replace(state, organisation=act.organisation, since=act.on)


vigils = Procedure(
    name="vigil",
    initial=Vigil(),
    evolve=evolve,
    acts=(Kept,),
    parties=lambda state: Parties(state.organisation, frozenset({"METI"})),
    wait=lambda state: Wait("Watching", state.due[0].ends_at if state.due else None),
    deadlines=lambda state: state.due,
)


@vigils.act("1", by=[REVIEWING_OFFICIAL], opens=True)
def keep(_: Vigil, command: Keep, given: Given) -> Acts:
    """Begin to watch."""
    yield Kept(command.organisation, given.today)


keep_time(vigils, warned=lambda state: [Warned("party", due) for due in state.due], silences={})

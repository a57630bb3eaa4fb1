"""The smallest procedure that keeps time: something is to be answered in ten days, and the clock watches."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts
from services.platform.law.parties import Parties
from services.platform.law.procedure import Given, Procedure, Stage
from services.platform.law.values import Value
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping, Warned, keep_time
from services.statute import Deadline, period
from tests.services.platform.loan import parties
from tests.services.platform.roles import REVIEWING_OFFICIAL


class Keep(Value):
    organisation: str

    @property
    def parties(self) -> Parties:
        return parties(self.organisation, ["METI"])


class Kept(Act):
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
    title="Vigil",
    title_ja="見守り",
    parties=lambda state: parties(state.organisation, ["METI"]),
    stages=(
        Stage(
            "Watching",
            "Watched",
            "見守り中",
            "1",
            lambda _: True,
            until=lambda s: s.due[0] if s.due else None,
        ),
    ),
    deadlines=lambda state: state.due,
)


@vigils.act("1", by=[REVIEWING_OFFICIAL], opens=True)
def keep(_: Vigil, command: Keep, given: Given) -> Acts:
    """Begin to watch."""
    yield Kept(command.organisation, given.today)


keep_time(vigils, warned=lambda state: [Warned("party", due) for due in state.due], silences={})

"""The supplier passport: what a supplier or contractor (供給者等) files about itself, Art. 52(2)(ii), (iii).

It is filed once, in revisions; the plans of operators cite it by its id. Of each revision only what a
register shows anyone is open; the rest reaches this module sealed and leaves it sealed.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from services.infra_review.plan.model import Party
from services.infra_review.roles import SUPPLIER
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import Parties
from services.platform.law.procedure import Given, Procedure, end, refuse_if
from services.platform.law.values import Value
from services.platform.runtime.sealed import Sealed


class PassportFiled(Act):
    """A supplier filed its facts for the first time: revision 1."""

    organisation: str
    shown: Party
    """What a register shows anyone."""
    sealed: Sealed
    """All of it, for the reviewing ministry."""
    at: datetime


@leaves("restricted", "revision")
class PassportChanged(Act):
    """The supplier's facts changed: a revision that every plan that cites it has to hear of (Art. 54)."""

    revision: int
    shown: Party
    sealed: Sealed
    at: datetime


class Held(Value):
    """A passport as it stands: its last revision."""

    organisation: str | None = None
    revision: int = 0
    shown: Party | None = None
    sealed: Sealed | None = None
    at: datetime | None = None
    """The instant the revision was filed."""


def evolve(state: Held, act: Act) -> Held:
    """The passport after `act`."""
    match act:
        case PassportFiled():
            return Held(act.organisation, 1, act.shown, act.sealed, act.at)
        case PassportChanged():
            return replace(state, revision=act.revision, shown=act.shown, sealed=act.sealed, at=act.at)
    raise TypeError(f"{type(act).__name__} is no act of a passport")


passport: Procedure[Held] = Procedure(
    name="passport",
    title="Supplier passport",
    title_ja="供給者等の情報",
    initial=Held(),
    evolve=evolve,
    acts=(PassportFiled, PassportChanged),
    parties=lambda state: Parties.of({SUPPLIER: state.organisation}),
    stages=(end("Filed", "Filed", "提出済み", "52(2)(ii)", lambda _: True),),
)


class FilePassport(Value):
    """A supplier's facts, already sealed."""

    organisation: str
    shown: Party
    sealed: Sealed

    @property
    def parties(self) -> Parties:
        """The supplier alone: no ministry has it in its queue."""
        return Parties.of({SUPPLIER: self.organisation})


@passport.act("52(2)", by=[SUPPLIER], opens=True)
def file_passport(_: Held, filed: FilePassport, given: Given) -> Acts:
    """File one's own facts, to be cited by the plans of others and sealed from their operators."""
    yield PassportFiled(filed.organisation, filed.shown, filed.sealed, given.at)


class ChangePassport(Value):
    """The facts as they are from now on, whole and already sealed as the next revision."""

    revision: int
    shown: Party
    sealed: Sealed


@passport.act("52(2)", by=[SUPPLIER])
def change(state: Held, changed: ChangePassport, given: Given) -> Acts:
    """File the facts as they are from now on; every plan that cites them is told what Art. 54 asks of it."""
    refuse_if(changed.revision != state.revision + 1, "version_conflict", current=state.revision)
    yield PassportChanged(changed.revision, changed.shown, changed.sealed, given.at)

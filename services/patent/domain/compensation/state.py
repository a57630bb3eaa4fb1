"""A claim for compensation: what is claimed, what was found out, and what was decided (Art. 80)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from services.patent.compensation import Claim, suit_for_more
from services.patent.domain import investigation, notices
from services.patent.domain.investigation.state import (
    INVESTIGATION_ACTS,
    NOTHING_ASKED,
    Investigation,
    Subject,
    asked_so_far,
    drawn_in,
)
from services.patent.domain.notices import NOTICE_ACTS, Notices
from services.patent.domain.vocabulary import Paper
from services.patent.roles import AGENT, CABINET_OFFICE, CLAIMANT, PRIME_MINISTER
from services.platform.law.acts import Act, leaves
from services.platform.law.parties import Held, Parties
from services.platform.law.procedure import Given, Procedure, Stage, Telling, end
from services.platform.law.values import Value
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping, Warned
from services.statute import Deadline


@leaves("restricted")
class CompensationClaimed(Act):
    """Compensation was claimed from the Prime Minister (80(2); Form 4)."""

    claimant: str
    designation: str
    claim: Claim
    electronic_notices: bool
    papers: tuple[Paper, ...]
    designated_until: date | None
    """The day the designation ended, if it had; 80(1) covers what has ended too."""
    on: date
    of: str | None = None
    """The case of the designation, where what was claimed leads to one."""


@leaves("restricted")
class AmountDecided(Act):
    """The Prime Minister decided the amount to be compensated (80(3)), in yen, loss by loss."""

    yen: tuple[int, ...]
    reasons: str
    on: date


@leaves("restricted")
class DesignationOver(Act):
    """The designation the claim goes back to has ended: 80(4) applies less of 67 from now on."""

    last_day: date


@leaves("restricted")
class SuitTimePassed(Act):
    """The six months for a suit for more passed (80(5)); whether one was brought is the court's to say."""

    last_day: date


class Compensation(Value):
    """A claim and what was decided on it."""

    claimed: CompensationClaimed | None = None
    decided: AmountDecided | None = None
    suit_time_passed_on: date | None = None
    designation_over_on: date | None = None
    """The last day of the designation, once it has ended."""
    investigation: Investigation = NOTHING_ASKED
    notices: Notices = ()
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def electronic_notices(self) -> bool:
        """Whether the claimant takes notices in its file here."""
        return self.claimed is not None and self.claimed.electronic_notices

    @property
    def amount(self) -> int | None:
        """The amount decided, in yen."""
        return sum(self.decided.yen) if self.decided else None

    @property
    def suit(self) -> Deadline | None:
        """Until when more can be sued for (80(5)), from receipt of the notice of the amount."""
        day = notices.received_on(self.notices, "amount")
        return suit_for_more(day) if day else None

    @property
    def under_investigation(self) -> tuple[Subject, ...]:
        """What can be asked about: the amount (80(4))."""
        return ("amount",) if self.claimed and not self.decided else ()

    @property
    def secrecy_binds(self) -> bool:
        """80(4): 67(5), second sentence, and 67(8) apply only while the designation stands."""
        return self.claimed is not None and self.designation_over_on is None


COMPENSATION_ACTS = (
    CompensationClaimed,
    AmountDecided,
    DesignationOver,
    SuitTimePassed,
    *INVESTIGATION_ACTS,
    *NOTICE_ACTS,
)


def evolve(state: Compensation, act: Act) -> Compensation:
    """The claim after `act`."""
    if isinstance(act, NOTICE_ACTS):
        return replace(state, notices=notices.evolve(state.notices, act))
    if isinstance(act, INVESTIGATION_ACTS):
        return replace(state, investigation=investigation.state.evolve(state.investigation, act))
    match act:
        case CompensationClaimed():
            return replace(state, claimed=act, designation_over_on=act.designated_until)
        case DesignationOver():
            return replace(state, designation_over_on=act.last_day)
        case AmountDecided():
            return replace(state, decided=act)
        case SuitTimePassed():
            return replace(state, suit_time_passed_on=act.last_day)
    raise TypeError(f"{type(act).__name__} is no act of a claim")


STAGES: tuple[Stage[Compensation], ...] = (
    end(
        "SuitTimePassed",
        "The time for a suit for more has passed",
        "増額請求訴訟の期間経過",
        "80(5)",
        lambda s: s.suit_time_passed_on is not None,
    ),
    Stage(
        "AwaitDecision",
        "The Prime Minister decides the amount",
        "補償金額の決定待ち",
        "80(3)",
        lambda s: s.decided is None,
        then=("AwaitReceipt", "SuitOpen"),
    ),
    Stage(
        "AwaitReceipt",
        "The notice of the amount is on its way on paper",
        "通知の到達待ち",
        "80(3)",
        lambda s: s.suit is None,
        then=("SuitOpen",),
    ),
    Stage(
        "SuitOpen",
        "More can be sued for within six months",
        "増額請求訴訟の期間中",
        "80(5)",
        lambda _: True,
        until=lambda s: s.suit,
        then=("SuitTimePassed",),
    ),
)


def claimed_by(claimant: str) -> Parties:
    """The claimant, and the Prime Minister."""
    return Parties.of({CLAIMANT: claimant, AGENT: claimant, PRIME_MINISTER: CABINET_OFFICE})


def parties(state: Compensation) -> Parties:
    """The claimant, the Prime Minister, and who was asked or shown the invention."""
    claimant = state.claimed.claimant if state.claimed else None
    asked = drawn_in(state.investigation)
    return Parties.of({CLAIMANT: claimant, AGENT: claimant, PRIME_MINISTER: CABINET_OFFICE, **asked})


def told(state: Compensation, held: Held, _: Given) -> Compensation:
    """The claim as its claimant was told of it; others that were asked are told of no decision."""
    claimant = bool(held & {CLAIMANT.name, AGENT.name})
    decided = claimant and notices.received_on(state.notices, "amount") is not None
    return replace(
        state,
        decided=state.decided if decided else None,
        notices=notices.known(state.notices),
        investigation=asked_so_far(state.investigation, state.notices),
    )


def warned(state: Compensation) -> Iterator[Warned]:
    """Whom to remind: the claimant of the end of the time to sue."""
    if state.suit is not None and state.suit_time_passed_on is None:
        yield Warned("party", state.suit)


compensation: Procedure[Compensation] = Procedure(
    name="compensation",
    title="Compensation for loss",
    title_ja="損失の補償",
    sealed=True,
    initial=Compensation(),
    evolve=evolve,
    acts=COMPENSATION_ACTS,
    parties=parties,
    stages=STAGES,
    deadlines=lambda state: (state.suit,) if state.suit else (),
    fold_version=2,
    telling=Telling((PRIME_MINISTER,), told, (CLAIMANT, AGENT), notices.as_told),
)

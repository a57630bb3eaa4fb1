"""The powers of compensation (Art. 80): claimed, examined, decided."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.patent.compensation import Claim, defects
from services.patent.domain.compensation.state import (
    AmountDecided,
    Compensation,
    CompensationClaimed,
    DesignationOver,
    SuitTimePassed,
    claimed_by,
    compensation,
    warned,
)
from services.patent.domain.investigation.powers import investigating
from services.patent.domain.notices import a_notice_is_outstanding, issue, record_receipt
from services.patent.domain.vocabulary import Line, Papers, PassDay, Restricted
from services.patent.roles import AGENT, CLAIMANT, PRIME_MINISTER
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, OrganisationId, Parties
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import AtLeast, Len, Value
from services.platform.time.timekeeping import keep_time


@rule("amount_decided", "80(3)")
def not_decided(state: Compensation, _: Given) -> bool:
    """The amount has not been decided."""
    return state.decided is None


@rule("suit_time_runs", "80(5)")
def suit_time_is_over(state: Compensation, given: Given) -> bool:
    """The six months have passed, and that is not recorded."""
    due = state.suit
    return due is not None and state.suit_time_passed_on is None and given.today > due.last_day


class MakeClaim(Value):
    """Who claims, for the loss from which designation (Form 4; Cabinet Office Order 78 of 2023, Art. 12).

    `designation` is its case, or the number of the application, as far as the claimant knows: 80(1) asks of
    nobody to stand in the designation that causes the loss.
    """

    claimant: OrganisationId
    designation: Line
    claim: Claim
    electronic_notices: bool = True
    papers: Papers = ()


class Claiming(Value):
    """A claim beside what is recorded of the designation, if what it names leads to one."""

    made: MakeClaim
    designated_on: date | None
    designated_until: date | None
    """The day the designation ended, if it has."""
    of: str | None = None
    """The case of the designation."""

    @property
    def parties(self) -> Parties:
        """The claimant, and the Prime Minister."""
        return claimed_by(self.made.claimant)


@compensation.act("80(2)", by=[CLAIMANT, AGENT], opens=True)
def claim(_: Compensation, command: Claiming, given: Given) -> Acts:
    """Claim compensation for the loss normally arising (通常生ずべき損失) from a designation."""
    made = command.made
    errors = [one.as_error("/claim") for one in defects(made.claim)]
    refuse_if(bool(errors), "claim_incomplete", "80(2)", count=len(errors), errors=errors)
    yield CompensationClaimed(
        made.claimant,
        made.designation,
        made.claim,
        made.electronic_notices,
        made.papers,
        command.designated_until,
        given.today,
        command.of,
    )


@rule("already_heard", "80(4)")
def designation_not_over(state: Compensation, _: Given) -> bool:
    """That the designation has ended is not noted."""
    return state.designation_over_on is None


class NoteDesignationOver(Value):
    """The last day of the designation."""

    last_day: date


@compensation.act("80(4)", by=[THE_CLOCK], when=[designation_not_over])
def note_designation_over(_: Compensation, command: NoteDesignationOver, __: Given) -> Acts:
    """Note that the designation has ended: consent and 67(8) are asked for within its term alone."""
    yield DesignationOver(command.last_day)


compensation.apply(investigating, via="80(4)")


class DecideAmount(Value):
    """What is compensated of each loss in the breakdown, in yen and in its order, and why."""

    yen: Annotated[tuple[Annotated[int, AtLeast(0)], ...], Len(1, 100)]
    reasons: Restricted


@compensation.act("80(3)", by=[PRIME_MINISTER], when=[not_decided])
def decide_amount(state: Compensation, command: DecideAmount, given: Given) -> Acts:
    """Decide the amount and notify it to the claimant; the Act sets no day for it."""
    assert state.claimed is not None
    wanted = len(state.claimed.claim.breakdown)
    refuse_if(
        len(command.yen) != wanted, "losses_not_all_decided", "80(3)", given=len(command.yen), wanted=wanted
    )
    yield AmountDecided(command.yen, command.reasons, given.today)
    yield from issue("amount", state, given)


@compensation.act("80(5)", by=[THE_CLOCK], when=[suit_time_is_over])
def end_suit_time(state: Compensation, _: PassDay, __: Given) -> Acts:
    """Record that the six months for a suit for more have passed."""
    assert state.suit is not None
    yield SuitTimePassed(state.suit.last_day)


compensation.act("80(3)", by=[PRIME_MINISTER, CLAIMANT, AGENT], when=[a_notice_is_outstanding])(
    record_receipt
)
keep_time(compensation, warned=warned, silences={})

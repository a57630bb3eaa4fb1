"""The money of a project: reported, inspected, paid, settled, returned (63(3))."""

from __future__ import annotations

from typing import Annotated

from services.fund.domain.project.acts import (
    PaymentReturned,
    PhasePaid,
    PhaseSettled,
    SettlementFinished,
    WorkInspected,
    WorkReported,
)
from services.fund.domain.project.rules import has_ended, not_settled, started
from services.fund.domain.project.state import Project, project
from services.fund.roles import AGENCY, INSTITUTION
from services.platform.law.acts import Acts
from services.platform.law.procedure import Given, refuse_if
from services.platform.law.values import AtLeast, Between, Value
from services.platform.shared.ledger import Yen
from services.platform.shared.words import Line, Reasons

PhaseNumber = Annotated[int, AtLeast(1)]
YenOrNone = Annotated[int, Between(0, 10**15)]


class ReportWork(Value):
    """For which phase, what it cost so far, and where the report stands."""

    phase: PhaseNumber
    yen: Yen
    report: Line


@project.act("63(3)", by=[INSTITUTION], when=[not_settled])
def report_work(state: Project, command: ReportWork, given: Given) -> Acts:
    """Report work and its cost for inspection."""
    phase = started(state, command.phase)
    refuse_if(phase.settled is not None, "phase_settled", phase=command.phase)
    yield WorkReported(command.phase, command.yen, command.report, given.today)


class InspectWork(Value):
    """How much of the reported cost is accepted, and what was found."""

    phase: PhaseNumber
    accepted_yen: YenOrNone
    findings: Reasons


@project.act("63(3)", by=[AGENCY], when=[not_settled])
def inspect_work(state: Project, command: InspectWork, given: Given) -> Acts:
    """Inspect the reported work (検査) and accept its cost, within the phase's money."""
    phase = started(state, command.phase)
    refuse_if(phase.settled is not None, "phase_settled", phase=command.phase)
    refuse_if(phase.reported == 0, "nothing_reported", phase=command.phase)
    refuse_if(command.accepted_yen > phase.reported, "beyond_the_report", reported=phase.reported)
    most = phase.plan.yen - phase.accepted
    refuse_if(command.accepted_yen > most, "beyond_the_phase", left=most, asked=command.accepted_yen)
    yield WorkInspected(command.phase, command.accepted_yen, command.findings, given.today)


class PayPhase(Value):
    """For which phase, and how much."""

    phase: PhaseNumber
    yen: Yen


@project.act("63(3)", by=[AGENCY], when=[not_settled])
def pay_phase(state: Project, command: PayPhase, given: Given) -> Acts:
    """Pay what an inspection has accepted, and no more than the project was promised."""
    phase = started(state, command.phase)
    most = min(phase.accepted, phase.settled.spent_yen) if phase.settled else phase.accepted
    accepted = max(most - phase.paid, 0)
    refuse_if(command.yen > accepted, "not_inspected", left=accepted, asked=command.yen)
    refuse_if(command.yen > state.left, "beyond_the_commitment", left=state.left, asked=command.yen)
    yield PhasePaid(command.phase, command.yen, given.today)


class SettlePhase(Value):
    """What the phase cost in the end, and how that was found."""

    phase: PhaseNumber
    spent_yen: YenOrNone
    reasons: Reasons


@project.act("63(3)", by=[AGENCY], when=[not_settled])
def settle_phase(state: Project, command: SettlePhase, given: Given) -> Acts:
    """Settle a phase that has ended (額の確定): what was paid beyond its cost is to be returned."""
    phase = started(state, command.phase)
    refuse_if(not phase.ended, "phase_goes_on")
    refuse_if(phase.settled is not None, "phase_settled", phase=command.phase)
    back = max(phase.paid - command.spent_yen, 0)
    yield PhaseSettled(command.phase, command.spent_yen, back, command.reasons, given.today)


class ReturnPayment(Value):
    """For which phase, and how much came back."""

    phase: PhaseNumber
    yen: Yen


@project.act("63(3)", by=[AGENCY], when=[not_settled])
def return_payment(state: Project, command: ReturnPayment, given: Given) -> Acts:
    """Record that money paid beyond the cost has come back (返還)."""
    phase = started(state, command.phase)
    refuse_if(command.yen > phase.return_due, "beyond_the_return", due=phase.return_due, asked=command.yen)
    yield PaymentReturned(command.phase, command.yen, given.today)


class FinishSettlement(Value):
    """Nothing more is to be paid or returned."""


@project.act("63(3)", by=[AGENCY], when=[has_ended, not_settled])
def finish_settlement(state: Project, _: FinishSettlement, given: Given) -> Acts:
    """Finish the settlement, once every phase is settled and what was due came back."""
    begun = [phase for phase in state.phases if phase.started_on is not None]
    unsettled = [str(phase.number) for phase in begun if phase.settled is None]
    refuse_if(bool(unsettled), "phases_unsettled", phases=", ".join(unsettled))
    due = sum(phase.return_due for phase in begun)
    refuse_if(due > 0, "return_outstanding", due=due)
    yield SettlementFinished(state.left, given.today)

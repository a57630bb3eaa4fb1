"""The procedure of supply plans: how acts change a case, its stages, its clock, and all its powers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from msgspec.structs import replace

from services.platform.law.acts import Act
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Procedure, Stage, end
from services.platform.shared.consultation import CONSULTATION_ACTS, spent
from services.platform.shared.consultation import evolve as consult
from services.platform.time.timekeeping import Warned, keep_time
from services.statute import Deadline, end_of
from services.supply.domain.consulting import consulted_agencies
from services.supply.domain.hearings import HEARING_ACTS
from services.supply.domain.hearings import evolve as hear
from services.supply.domain.supply_plan.application import application
from services.supply.domain.supply_plan.life import life
from services.supply.domain.supply_plan.state import (
    PLAN_ACTS,
    Assessment,
    BodyNotified,
    ChangeCertified,
    ChangeFiled,
    ChangeInstructed,
    ChangeRefused,
    ChangeWithdrawn,
    CriterionAssessed,
    FairTradeAsked,
    FairTradeOpinionGiven,
    MinorChangeNotified,
    PendingChange,
    PlanCancelled,
    PlanCertified,
    PlanCompleted,
    PlanEnded,
    PlanFiled,
    PlanRefused,
    PlanReturned,
    PlanWithdrawn,
    ProgressReported,
    ReportOverdue,
    SupplyPlan,
    TargetPassed,
    TroubleReported,
)
from services.supply.roles import AGENT, FAIR_TRADE, OPERATOR, SUPPORT_BODY, asked_about, before


def evolve(state: SupplyPlan, act: Act) -> SupplyPlan:
    """The case after `act`."""
    if isinstance(act, CONSULTATION_ACTS):
        return replace(state, consultations=consult(state.consultations, act))
    if isinstance(act, HEARING_ACTS):
        return replace(state, hearing=hear(state.hearing, act))
    return _in_life(state, act) if state.certified else _before_certification(state, act)


def _before_certification(state: SupplyPlan, act: Act) -> SupplyPlan:
    match act:
        case PlanFiled():
            return SupplyPlan(plan=act.plan, ministries=act.ministries, filed_on=act.on)
        case PlanReturned():
            return replace(state, returned=act.shortcomings)
        case PlanCompleted():
            return replace(state, plan=act.plan, returned=())
        case PlanWithdrawn():
            return replace(state, withdrawn_on=act.on)
        case CriterionAssessed():
            return _assessed(state, act)
        case FairTradeAsked():
            return replace(state, fair_trade_asked=act)
        case FairTradeOpinionGiven():
            return replace(state, fair_trade_opinions=(*state.fair_trade_opinions, act))
        case TargetPassed():
            return replace(state, target_passed_on=act.last_day)
        case PlanCertified():
            return replace(
                state,
                certified=act,
                consultations=spent(state.consultations),
                assessments=(),
                target_passed_on=None,
            )
        case PlanRefused():
            return replace(state, refused=act)
    raise TypeError(f"{type(act).__name__} is no act of a plan that is not certified")


def _in_life(state: SupplyPlan, act: Act) -> SupplyPlan:
    match act:
        case CriterionAssessed():
            return _assessed(state, act)
        case FairTradeAsked():
            return replace(state, fair_trade_asked=act)
        case FairTradeOpinionGiven():
            return replace(state, fair_trade_opinions=(*state.fair_trade_opinions, act))
        case TargetPassed():
            return replace(state, target_passed_on=act.last_day)
        case BodyNotified():
            return replace(state, notified=(*state.notified, act))
        case ChangeFiled():
            change = PendingChange(act.plan, act.on, act.progress, act.findings)
            return replace(state, change=change, assessments=(), target_passed_on=None)
        case ChangeWithdrawn():
            return replace(state, change=None)
        case ChangeCertified():
            assert state.change is not None
            return replace(
                state,
                plan=state.change.plan,
                change=None,
                changes=(*state.changes, act),
                instruction=None,
                assessments=(),
                consultations=spent(state.consultations),
                target_passed_on=None,
            )
        case ChangeRefused():
            return replace(state, change=None, change_refused=act, target_passed_on=None)
        case MinorChangeNotified():
            return replace(state, plan=act.plan, minor_changes=(*state.minor_changes, act))
        case ProgressReported():
            return replace(state, reports=(*state.reports, act))
        case ReportOverdue():
            return replace(state, overdue=(*state.overdue, act))
        case TroubleReported():
            return replace(state, troubles=(*state.troubles, act))
        case ChangeInstructed():
            return replace(state, instruction=act)
        case PlanCancelled():
            return replace(state, cancelled=act, change=None)
        case PlanEnded():
            return replace(state, ended_on=act.last_day)
    raise TypeError(f"{type(act).__name__} is no act of a certified plan")


def _assessed(state: SupplyPlan, act: CriterionAssessed) -> SupplyPlan:
    others = tuple(one for one in state.assessments if one.criterion != act.criterion)
    found = Assessment(act.criterion, act.met, act.evidence, act.reasons, act.on)
    return replace(state, assessments=(*others, found))


def parties(state: SupplyPlan) -> Parties:
    """Those who carry the plan out and their agents, the ministries, and whoever was asked or told."""
    if state.plan is None:
        return NOBODY
    mine = state.plan.organisations
    return before(
        state.ministries,
        {
            OPERATOR: mine,
            AGENT: mine,
            FAIR_TRADE: "JFTC" if state.fair_trade_asked else None,
            SUPPORT_BODY: tuple(one.body for one in state.notified),
            **asked_about(consulted_agencies(state.consultations)),
        },
    )


def deadlines(state: SupplyPlan) -> tuple[Deadline, ...]:
    """What runs in a case: the target of a decision, and the reports that are due."""
    running = (state.target, state.change_target, *(due for _, due in state.reports_due))
    return tuple(sorted((one for one in running if one is not None), key=lambda one: one.last_day))


def next_day(state: SupplyPlan) -> datetime | None:
    """When time does something next to a certified plan: a report is overdue, or the plan ends."""
    due = [one.ends_at for _, one in state.reports_due]
    if state.change_target is not None and state.target_passed_on is None:
        due.append(state.change_target.ends_at)
    if not state.unreported:
        due.append(end_of(state.filed.ends_on))
    return min(due, default=None)


STAGES: tuple[Stage[SupplyPlan], ...] = (
    end("Withdrawn", "Taken back", "取下げ", "9(1)", lambda s: s.withdrawn_on is not None),
    end("Refused", "Not certified", "不認定", "9(4)", lambda s: s.refused is not None),
    end(
        "Cancelled",
        "The certification was cancelled",
        "認定の取消し",
        "11",
        lambda s: s.cancelled is not None,
    ),
    end("Ended", "Carried out to its end", "終了", "12", lambda s: s.ended_on is not None),
    Stage(
        "HearingOpen",
        "A hearing about the cancellation is open",
        "取消しに係る聴聞",
        "11",
        lambda s: s.in_force and s.hearing is not None,
        until=next_day,
        then=("Cancelled", "InForce", "ChangeUnderReview", "Ended"),
    ),
    Stage(
        "ChangeUnderReview",
        "A change waits for its certification; the plan stands as it was",
        "変更の認定の審査",
        "10(1)",
        lambda s: s.in_force and s.change is not None,
        until=next_day,
        then=("InForce", "HearingOpen", "Ended"),
    ),
    Stage(
        "InForce",
        "Certified and carried out",
        "認定計画の実施",
        "9(1), 12",
        lambda s: s.in_force,
        until=next_day,
        then=("ChangeUnderReview", "HearingOpen", "Ended"),
    ),
    Stage(
        "DecisionOverdue",
        "The month has passed; nothing is deemed decided",
        "目安の期間の経過",
        "9(4)",
        lambda s: s.target_passed_on is not None,
        then=("InForce", "Refused", "Withdrawn"),
    ),
    Stage(
        "AwaitDecision",
        "The plan is examined and decided on within a month in principle",
        "認定の審査",
        "9(4), (5)",
        lambda _: True,
        until=lambda s: s.target,
        then=("InForce", "Refused", "Withdrawn", "DecisionOverdue"),
    ),
)


def warned(state: SupplyPlan) -> Iterator[Warned]:
    """The officials of the month of a decision, the operator of each report."""
    targets = (state.target, state.change_target)
    yield from (Warned("official", one) for one in targets if one is not None)
    # One word is enough where several participants' years end on one day.
    reports = {due.last_day: due for _, due in state.reports_due}
    yield from (Warned("party", due) for due in reports.values())


supply_plan: Procedure[SupplyPlan] = Procedure(
    name="supply-plan",
    title="Supply plan",
    title_ja="供給確保計画",
    initial=SupplyPlan(),
    evolve=evolve,
    acts=(*PLAN_ACTS, *HEARING_ACTS, *CONSULTATION_ACTS),
    parties=parties,
    stages=STAGES,
    deadlines=deadlines,
)
for _powers in chain((application, life)):
    supply_plan.apply(_powers)
keep_time(supply_plan, warned=warned, silences={})

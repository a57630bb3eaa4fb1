"""The life of a certified plan: changes, reports, trouble, instruction, cancellation. Arts. 10-12."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, OrganisationId
from services.platform.law.procedure import Given, Powers, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import PassDay, Reasons
from services.supply.domain.hearings import heard, hearing
from services.supply.domain.supply_plan.state import (
    Body,
    BodyNotified,
    ChangeFiled,
    ChangeInstructed,
    ChangeWithdrawn,
    Criterion,
    MinorChangeNotified,
    PlanCancelled,
    PlanEnded,
    ProgressReported,
    ReportOverdue,
    SupplyPlan,
    TroubleReported,
)
from services.supply.plans.changes import classified
from services.supply.plans.defects import refuse_defects
from services.supply.plans.model import Paper, Plan, Use
from services.supply.roles import AGENT, OFFICIAL, OPERATOR

GROUNDS = ("11(1)", *(f"11(2), 9(4)({criterion})" for criterion in ("i", "ii", "iii", "iv", "v", "vi")))
"""Why a certification is cancelled: the plan is not carried out, or no longer meets a criterion."""

# ---- The rules ----


@rule("plan_not_in_force", "10, 11, 12")
def in_force(state: SupplyPlan, _: Given) -> bool:
    """The plan is certified, and neither cancelled nor at its end."""
    return state.in_force


@rule("change_pending", "10(1)")
def no_change_pending(state: SupplyPlan, _: Given) -> bool:
    """No change waits for its certification."""
    return state.change is None


@rule("no_change_pending", "10(1)")
def change_pending(state: SupplyPlan, _: Given) -> bool:
    """A change waits for its certification."""
    return state.in_force and state.change is not None


@rule("no_report_overdue", "12")
def report_overdue(state: SupplyPlan, given: Given) -> bool:
    """The time for a report has passed without one, and nobody has recorded that."""
    return any(given.today > due.last_day for _, due in state.reports_due)


@rule("plan_not_at_its_end", "12")
def at_its_end(state: SupplyPlan, given: Given) -> bool:
    """The plan's period is over, and every report on it is in."""
    return state.in_force and not state.unreported and given.today > state.filed.ends_on


# ---- Changes: Art. 10 ----

life: Powers[SupplyPlan] = Powers()


class FileChange(Value):
    """The changed plan, and how the plan has gone so far (the orders' Art. 5(2)(i) or 6(2)(i))."""

    plan: Plan
    progress: Reasons


@life.act("10(1)", by=[OPERATOR, AGENT], when=[in_force, no_change_pending])
def file_change(state: SupplyPlan, command: FileChange, given: Given) -> Acts:
    """Apply for the certification of a change, before it is made."""
    refuse_if(command.plan.material != state.filed.material, "another_material", "10(1)")
    refuse_defects(command.plan, given.today, "10(3), 9(3)")
    found = classified(state.filed, command.plan, state.order)
    if found is None:
        refuse_if(True, "no_change", "10(1)")
        return
    refuse_if(found.kind == "minor", "change_is_minor", "10(1), (2)")
    yield ChangeFiled(command.plan, command.progress, found.findings, given.today)


class WithdrawChange(Value):
    """The change is no longer wanted."""


@life.act("10(1)", by=[OPERATOR, AGENT], when=[change_pending])
def withdraw_change(_: SupplyPlan, __: WithdrawChange, given: Given) -> Acts:
    """Take the application for a change back; the plan stands as it was."""
    yield ChangeWithdrawn(given.today)


class NotifyMinorChange(Value):
    """The plan as changed, since when, and why what the order leaves open changes nothing of substance."""

    plan: Plan
    changed_on: date
    why_no_substance: Reasons | None = None


@life.act("10(2)", by=[OPERATOR, AGENT], when=[in_force, no_change_pending])
def notify_minor_change(state: SupplyPlan, command: NotifyMinorChange, given: Given) -> Acts:
    """Notify a minor change (軽微な変更の届出) without delay after it was made."""
    future = command.changed_on > given.today
    refuse_if(future, "day_in_the_future", "10(2)", day=command.changed_on, today=given.today)
    refuse_if(command.plan.material != state.filed.material, "another_material", "10(1)")
    refuse_defects(command.plan, given.today, "10(2), 9(3)")
    found = classified(state.filed, command.plan, state.order)
    if found is None:
        refuse_if(True, "no_change", "10(2)")
        return
    errors = [
        {
            "pointer": f"#/plan/{one.what}",
            "code": one.kind,
            "article": one.article,
            "message": one.en,
            "message_ja": one.ja,
        }
        for one in found.findings
        if one.kind != "minor"
    ]
    refuse_if(found.kind == "certification_first", "change_is_not_minor", "10(1)", errors=errors)
    unsaid = found.kind == "minor_if_of_no_substance" and command.why_no_substance is None
    refuse_if(unsaid, "substance_not_explained", "10(2)", errors=errors)
    yield MinorChangeNotified(
        command.plan, found.findings, command.why_no_substance, command.changed_on, given.today
    )


# ---- Reports: Art. 12 and the orders ----


class Report(Value):
    """Whose report on which business year: what was done, and what was spent on it."""

    organisation: OrganisationId
    year_ends_on: date
    progress: Reasons
    spent: Annotated[tuple[Use, ...], Len(0, 300)] = ()
    papers: Annotated[tuple[Paper, ...], Len(0, 50)] = ()


@life.act("12", by=[OPERATOR, AGENT], when=[in_force])
def report(state: SupplyPlan, command: Report, given: Given) -> Acts:
    """Report how the plan went in a business year (定期の報告); a late report is taken, and late."""
    organisation, year = command.organisation, command.year_ends_on
    mine = {given.by.organisation, *given.by.mandates}
    refuse_if(organisation not in mine, "not_your_report", "12")
    early = year >= given.today
    refuse_if(early, "year_has_not_ended", "12", year_ends_on=year, today=given.today)
    given_in = any((one.organisation, one.year_ends_on) == (organisation, year) for one in state.reports)
    refuse_if(given_in, "already_reported", "12", year_ends_on=year)
    refuse_if((organisation, year) not in state.unreported, "no_year_of_the_plan", "12", year_ends_on=year)
    efforts = {effort.key for effort in state.filed.efforts}
    unknown = sorted({use.effort for use in command.spent} - efforts)
    refuse_if(bool(unknown), "no_such_effort", "12", efforts=", ".join(unknown))
    late = any((one.organisation, one.year_ends_on) == (organisation, year) for one in state.overdue) or any(
        who == organisation and given.today > due.last_day for who, due in state.reports_due
    )
    yield ProgressReported(
        organisation, year, command.progress, command.spent, command.papers, late, given.today
    )
    if state.unreported == ((organisation, year),) and given.today > state.filed.ends_on:
        yield PlanEnded(state.filed.ends_on)


@life.act("12", by=[THE_CLOCK], when=[report_overdue])
def note_overdue_report(state: SupplyPlan, _: PassDay, given: Given) -> Acts:
    """Record that a report did not come in time, by its last day, and ask for it again."""
    for organisation, due in state.reports_due:
        if given.today > due.last_day:
            yield ReportOverdue(organisation, due.trigger_day, due.last_day)


@life.act("12", by=[THE_CLOCK], when=[at_its_end])
def end_plan(state: SupplyPlan, _: PassDay, __: Given) -> Acts:
    """Record that the plan was carried out to its end."""
    yield PlanEnded(state.filed.ends_on)


class ReportTrouble(Value):
    """What hinders the efforts, since when, and what that means for the plan."""

    what: Reasons
    effect: Reasons
    found_on: date


@life.act("METI Order 3 of 2023, Art. 10; MLIT Order 93 of 2022, Art. 11; MHLW Order 8 of 2023, Art. 10; "
          "MHLW/METI Order 1 of 2025, Art. 11; MAFF Order 75 of 2022, Art. 10",
          by=[OPERATOR, AGENT], when=[in_force])  # fmt: skip
def report_trouble(_: SupplyPlan, command: ReportTrouble, given: Given) -> Acts:
    """Report without delay that the efforts are or may be seriously hindered (支障時等の報告)."""
    future = command.found_on > given.today
    refuse_if(future, "day_in_the_future", day=command.found_on, today=given.today)
    yield TroubleReported(command.what, command.effect, command.found_on, given.today)


# ---- Instruction and cancellation: Art. 11 ----


class InstructChange(Value):
    """Which criterion is no longer met, which change is instructed, and why."""

    criterion: Criterion
    content: Reasons
    reasons: Reasons


@life.act("11(2)", by=[OFFICIAL], when=[in_force])
def instruct_change(_: SupplyPlan, command: InstructChange, given: Given) -> Acts:
    """Instruct that a plan be changed which no longer meets Art. 9(4) (変更の指示)."""
    yield ChangeInstructed(command.criterion, command.content, command.reasons, given.today)


life.apply(hearing(GROUNDS, when=[in_force]))


class Cancel(Value):
    """The reasons, as the operator is told them in writing."""

    reasons: Reasons


@life.act("11(1), (2)", by=[OFFICIAL], when=[in_force, heard])
def cancel(state: SupplyPlan, command: Cancel, given: Given) -> Acts:
    """Cancel the certification (認定の取消し) on the ground the operator was heard about."""
    assert state.hearing is not None
    yield PlanCancelled(state.filed.material, state.hearing.ground, command.reasons, given.today)


class NoteNotice(Value):
    """Which support body was told, in which case of its own, and of what."""

    body: str
    case: str
    what: Body


@life.act("9(6), 10(3), 11(3)", by=[THE_CLOCK])
def note_notice(state: SupplyPlan, command: NoteNotice, given: Given) -> Acts:
    """Record that a support body was told; told twice, it is recorded once."""
    times = {"certified": 1, "change_certified": len(state.changes), "cancelled": 1}[command.what]
    told = sum((one.body, one.what) == (command.body, command.what) for one in state.notified)
    refuse_if(told >= times, "told_before", "9(6)")
    yield BodyNotified(command.body, command.case, command.what, given.today)

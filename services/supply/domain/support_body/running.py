"""Running the support work: rules, yearly plans and reports. Arts. 33, 34(8), (9), 35."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Powers, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.consultation import consulted_about
from services.platform.shared.words import Line, PassDay, Reasons
from services.statute import period
from services.supply.domain.consulting import consulting, minister_of_finance
from services.supply.domain.support_body.designation import in_operation
from services.supply.domain.support_body.state import (
    BodyReportOverdue,
    BusinessPlanApproved,
    BusinessPlanFiled,
    BusinessPlanPublished,
    BusinessReportFiled,
    FundReportedToDiet,
    FundReportFiled,
    Rules,
    RulesApproved,
    RulesChangeOrdered,
    RulesFiled,
    RulesNotApproved,
    RulesPublished,
    SupportBody,
    What,
)
from services.supply.plans.model import Paper, Yen
from services.supply.roles import OFFICIAL, SUPPORT_BODY

REPORTS: tuple[What, ...] = ("business_report", "fund_report")


@rule("no_rules_filed", "33(1)")
def rules_filed(state: SupportBody, _: Given) -> bool:
    """Rules wait for their approval."""
    return state.rules_filed is not None


@rule("nothing_awaits_publication", "33(5)")
def rules_unpublished(state: SupportBody, _: Given) -> bool:
    """The rules were approved and have not been published."""
    return bool(state.rules) and state.rules_published_on is None


@rule("agency_under_its_own_law", "42(1)")
def a_corporation(state: SupportBody, _: Given) -> bool:
    """It is a support body of Art. 31: rules, plans and business reports of an agency follow its own law."""
    return state.designated is not None and state.designated.kind == "corporation"


@rule("no_report_overdue", "34(8), 35(3)")
def report_overdue(state: SupportBody, given: Given) -> bool:
    """The time for a report has passed without one, and nobody has recorded that."""
    due = (state.next_report(what) for what in REPORTS)
    return any(one is not None and given.today > one.last_day for one in due)


running: Powers[SupportBody] = Powers()
WHEN = (in_operation, a_corporation)

# ---- Rules: Art. 33 ----


class FileRules(Value):
    """The rules, whole."""

    rules: Rules


@running.act("33(1), (2)", by=[SUPPORT_BODY], when=WHEN)
def file_rules(_: SupportBody, command: FileRules, given: Given) -> Acts:
    """Apply for the approval of the rules of the support work, or of a change."""
    yield RulesFiled(command.rules, given.today)


class ApproveRules(Value):
    """Approval says nothing more than that the rules conform to guideline, policy and standard."""


@running.act("33(1), (3), (4)", by=[OFFICIAL], when=[*WHEN, rules_filed, consulted_about("rules", "33(4)")])
def approve_rules(state: SupportBody, _: ApproveRules, given: Given) -> Acts:
    """Approve the rules (認可), after consulting the Minister of Finance and others concerned."""
    assert state.rules_filed is not None
    yield RulesApproved(state.rules_filed, given.today)


class NotApproveRules(Value):
    """Why they are not approved."""

    reasons: Reasons


@running.act("33(3)", by=[OFFICIAL], when=[*WHEN, rules_filed])
def not_approve_rules(_: SupportBody, command: NotApproveRules, given: Given) -> Acts:
    """Do not approve the rules."""
    yield RulesNotApproved(command.reasons, given.today)


class Publish(Value):
    """Where it was published."""

    where: Line


@running.act("33(5)", by=[SUPPORT_BODY], when=[*WHEN, rules_unpublished])
def publish_rules(_: SupportBody, command: Publish, given: Given) -> Acts:
    """Publish the approved rules without delay."""
    yield RulesPublished(command.where, given.today)


class OrderRulesChange(Value):
    """Which change, and why."""

    content: Reasons
    reasons: Reasons


@running.act("33(6)", by=[OFFICIAL], when=WHEN)
def order_rules_change(_: SupportBody, command: OrderRulesChange, given: Given) -> Acts:
    """Order that rules be changed which no longer conform to guideline, policy or standard."""
    yield RulesChangeOrdered(command.content, command.reasons, given.today)


# ---- Plans and reports: Arts. 34, 35 ----


class FileBusinessPlan(Value):
    """The plan and the budget of the business year that begins on a day."""

    year_begins_on: date
    plan: Reasons
    income_yen: Yen
    expenses_yen: Yen


@running.act("35(1)", by=[SUPPORT_BODY], when=WHEN)
def file_business_plan(state: SupportBody, command: FileBusinessPlan, given: Given) -> Acts:
    """Apply for the approval of the plan and budget of a business year, or of a change of it."""
    assert state.designated is not None
    begins = command.year_begins_on
    year_of_designation = begins <= state.designated.on
    due = period("supply.business_plan").starting(begins)
    # In the year of designation it is due without delay afterwards, which has no last day.
    late = not year_of_designation and given.today > due.last_day
    yield BusinessPlanFiled(begins, command.plan, command.income_yen, command.expenses_yen, late, given.today)


class OfYear(Value):
    """The business year that begins on a day."""

    year_begins_on: date


@running.act("35(1)", by=[OFFICIAL], when=WHEN)
def approve_business_plan(state: SupportBody, command: OfYear, given: Given) -> Acts:
    """Approve the plan and budget (認可)."""
    known = [one for one in state.plans if one.year_begins_on == command.year_begins_on]
    waits = bool(known) and known[0].approved_on is None
    refuse_if(not waits, "no_plan_of_that_year", "35(1)", year=command.year_begins_on)
    yield BusinessPlanApproved(command.year_begins_on, given.today)


class PublishYear(Value):
    """Where the plan and budget of a year were published."""

    year_begins_on: date
    where: Line


@running.act("35(2)", by=[SUPPORT_BODY], when=WHEN)
def publish_business_plan(state: SupportBody, command: PublishYear, given: Given) -> Acts:
    """Publish the approved plan and budget without delay."""
    known = [one for one in state.plans if one.year_begins_on == command.year_begins_on]
    waits = bool(known) and known[0].approved_on is not None and known[0].published_on is None
    refuse_if(not waits, "no_plan_of_that_year", "35(2)", year=command.year_begins_on)
    yield BusinessPlanPublished(command.year_begins_on, command.where, given.today)


class FileBusinessReport(Value):
    """The report and accounts of the business year that ended on a day, and where they are published."""

    year_ends_on: date
    report: Reasons
    published_where: Line
    papers: Annotated[tuple[Paper, ...], Len(1, 20)]


@running.act("35(3)", by=[SUPPORT_BODY], when=WHEN)
def file_business_report(state: SupportBody, command: FileBusinessReport, given: Given) -> Acts:
    """File the business report and the accounts with the balance sheet, and publish them."""
    year = command.year_ends_on
    refuse_wrong_year(state, year, {one.year_ends_on for one in state.business_reports}, given)
    late = given.today > period("supply.business_report").starting(year).last_day
    yield BusinessReportFiled(
        year, command.report, command.published_where, command.papers, late, given.today
    )


class FileFundReport(Value):
    """The report on the fund in the business year that ended on a day."""

    year_ends_on: date
    report: Reasons


@running.act("34(8), 43(2)", by=[SUPPORT_BODY], when=[in_operation])
def file_fund_report(state: SupportBody, command: FileFundReport, given: Given) -> Acts:
    """File the report on the fund."""
    assert state.designated is not None
    refuse_if(not state.has_fund, "no_fund", "34(1)")
    year = command.year_ends_on
    refuse_wrong_year(state, year, {one.year_ends_on for one in state.fund_reports}, given)
    agency = state.designated.kind == "agency"
    record = period("supply.agency_fund_report" if agency else "supply.fund_report")
    late = given.today > record.starting(year).last_day
    yield FundReportFiled(year, command.report, late, given.today)


class ReportToDiet(Value):
    """On which year's report, with which opinion."""

    year_ends_on: date
    opinion: Reasons


@running.act("34(9), 43(2)", by=[OFFICIAL], when=[in_operation])
def report_to_diet(state: SupportBody, command: ReportToDiet, given: Given) -> Acts:
    """Report the fund report to the Diet with an opinion."""
    years = {one.year_ends_on for one in state.fund_reports} - {one.year_ends_on for one in state.to_the_diet}
    unknown = command.year_ends_on not in years
    refuse_if(unknown, "no_fund_report_of_that_year", "34(9)", year=command.year_ends_on)
    yield FundReportedToDiet(command.year_ends_on, command.opinion, given.today)


@running.act("34(8), 35(3), 43(2)", by=[THE_CLOCK], when=[in_operation, report_overdue])
def note_overdue_report(state: SupportBody, _: PassDay, given: Given) -> Acts:
    """Record that a report did not come in time, by its last day however late that is noticed."""
    for what in REPORTS:
        due = state.next_report(what)
        if due is not None and given.today > due.last_day:
            yield BodyReportOverdue(what, due.trigger_day, due.last_day)


running.apply(consulting("33(4); Cabinet Order 394 of 2022, Art. 8(2)", when=[in_operation],
                         always=minister_of_finance))  # fmt: skip


def refuse_wrong_year(state: SupportBody, year: date, filed: set[date], given: Given) -> None:
    """Refuse a report on a day that ends no business year, on one that has not ended, or a second one."""
    refuse_if(year >= given.today, "year_has_not_ended", year_ends_on=year, today=given.today)
    refuse_if(state.year_end_after(year) != year, "no_year_of_the_body", year_ends_on=year)
    refuse_if(year in filed, "already_reported", year_ends_on=year)

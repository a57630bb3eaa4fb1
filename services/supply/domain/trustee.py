"""Facility trustees (施設委託管理者): designated and supervised. Art. 45; Cabinet Order 8-2, 8-3."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.consultation import (
    CONSULTATION_ACTS,
    Consultations,
    consulted_about,
    spent,
)
from services.platform.shared.consultation import evolve as consult
from services.platform.shared.words import Name, PassDay, Reasons
from services.platform.time.timekeeping import Timekeeping, Warned, keep_time
from services.statute import Deadline, period
from services.statute.arithmetic import end_of_month
from services.statute.days import ONE_DAY
from services.supply.domain.consulting import consulted_agencies, consulting, minister_of_finance
from services.supply.domain.hearings import HEARING_ACTS, Hearing, heard, hearing
from services.supply.domain.hearings import evolve as hear
from services.supply.orders import order_of
from services.supply.plans.model import Month, Paper
from services.supply.roles import OFFICIAL, TRUSTEE, asked_about, before

GROUNDS = ("45(10)",)


@leaves("restricted")
class TrusteeApplied(Act):
    """A corporation applied to keep a facility in trust (Cabinet Order Art. 8-2)."""

    organisation: str
    name: str
    material: str
    ministries: tuple[str, ...]
    plan: str
    closing_month: int
    on: date


@leaves("internal", "material")
class TrusteeDesignated(Act):
    """It was designated as facility trustee (45(1))."""

    material: str
    on: date


@leaves("restricted")
class TrusteeNotDesignated(Act):
    """It was not designated."""

    reasons: str
    on: date


@leaves("restricted")
class TrustContracted(Act):
    """The contract that entrusts a facility was concluded: the matters of Cabinet Order Art. 8-3."""

    facility: str
    begins_on: date
    ends_on: date
    work_begins_on: date
    items: tuple[str, ...]
    measures: str
    costs: str
    other: str | None
    on: date


@leaves("restricted")
class TrustRulesFiled(Act):
    """The approval of the rules of the trust, or of a change, was applied for (45(3))."""

    rules: str
    on: date


@leaves("restricted")
class TrustRulesApproved(Act):
    """The rules were approved."""

    on: date


@leaves("restricted")
class TrustRulesChangeOrdered(Act):
    """The trustee was ordered to change its rules (45(6))."""

    content: str
    on: date


@leaves("restricted")
class TrustReportFiled(Act):
    """The report and accounts of a business year were filed (45(7)), the trust's apart (45(8))."""

    year_ends_on: date
    report: str
    papers: tuple[Paper, ...]
    late: bool
    on: date


@leaves("restricted", "year_ends_on")
class TrustReportOverdue(Act):
    """The time for the report on a business year passed without one."""

    year_ends_on: date
    last_day: date


@leaves("restricted")
class TrusteeOrdered(Act):
    """The trustee was given an order needed for its supervision (45(9))."""

    content: str
    reasons: str
    on: date


@leaves("restricted")
class TrustSuspended(Act):
    """The trustee was ordered to stop all or part of its work for a time (45(10))."""

    what: str
    until: date
    reasons: str
    on: date


@leaves("internal", "material")
class TrusteeCancelled(Act):
    """The designation was cancelled (45(10))."""

    material: str
    reasons: str
    on: date


class Trustee(Value):
    """A facility trustee as it stands."""

    applied: TrusteeApplied | None = None
    designated_on: date | None = None
    not_designated: TrusteeNotDesignated | None = None
    contracts: tuple[TrustContracted, ...] = ()
    rules: str = ""
    rules_filed: str = ""
    rules_change_ordered: TrustRulesChangeOrdered | None = None
    reports: tuple[TrustReportFiled, ...] = ()
    overdue: tuple[TrustReportOverdue, ...] = ()
    orders: tuple[TrusteeOrdered, ...] = ()
    suspended: TrustSuspended | None = None
    consultations: Consultations = ()
    hearing: Hearing | None = None
    cancelled: TrusteeCancelled | None = None
    timekeeping: Timekeeping = Timekeeping()

    @property
    def designated(self) -> bool:
        """Whether the designation stands."""
        return self.designated_on is not None and self.cancelled is None

    def year_end_after(self, day: date) -> date:
        """The end of its business year on which a day lies."""
        assert self.applied is not None
        end = end_of_month(day.year, self.applied.closing_month)
        return end if end >= day else end_of_month(day.year + 1, self.applied.closing_month)

    @property
    def next_report(self) -> Deadline | None:
        """The next report that is due (45(7))."""
        if not self.designated or self.designated_on is None:
            return None
        told = {one.year_ends_on for one in self.reports} | {one.year_ends_on for one in self.overdue}
        year = self.year_end_after(self.designated_on)
        while year in told:
            year = self.year_end_after(year + ONE_DAY)
        return period("supply.trustee_report").starting(year)


def evolve(state: Trustee, act: Act) -> Trustee:
    """The trustee after `act`."""
    if isinstance(act, CONSULTATION_ACTS):
        return replace(state, consultations=consult(state.consultations, act))
    if isinstance(act, HEARING_ACTS):
        return replace(state, hearing=hear(state.hearing, act))
    match act:
        case TrusteeApplied():
            return Trustee(applied=act)
        case TrusteeDesignated():
            return replace(state, designated_on=act.on)
        case TrusteeNotDesignated():
            return replace(state, not_designated=act)
        case TrustContracted():
            return replace(state, contracts=(*state.contracts, act))
        case TrustRulesFiled():
            return replace(state, rules_filed=act.rules)
        case TrustRulesApproved():
            return replace(
                state,
                rules=state.rules_filed,
                rules_filed="",
                rules_change_ordered=None,
                consultations=spent(state.consultations),
            )
        case TrustRulesChangeOrdered():
            return replace(state, rules_change_ordered=act)
        case TrustReportFiled():
            return replace(state, reports=(*state.reports, act))
        case TrustReportOverdue():
            return replace(state, overdue=(*state.overdue, act))
        case TrusteeOrdered():
            return replace(state, orders=(*state.orders, act))
        case TrustSuspended():
            return replace(state, suspended=act)
        case TrusteeCancelled():
            return replace(state, cancelled=act)
    raise TypeError(f"{type(act).__name__} is no act of a facility trustee")


def parties(state: Trustee) -> Parties:
    """The trustee, the ministries of the material, and those consulted."""
    one = state.applied
    if one is None:
        return NOBODY
    return before(
        one.ministries, {TRUSTEE: one.organisation, **asked_about(consulted_agencies(state.consultations))}
    )


trustee: Procedure[Trustee] = Procedure(
    name="trustee",
    title="Facility trustee",
    title_ja="施設委託管理者",
    initial=Trustee(),
    evolve=evolve,
    acts=(
        TrusteeApplied,
        TrusteeDesignated,
        TrusteeNotDesignated,
        TrustContracted,
        TrustRulesFiled,
        TrustRulesApproved,
        TrustRulesChangeOrdered,
        TrustReportFiled,
        TrustReportOverdue,
        TrusteeOrdered,
        TrustSuspended,
        TrusteeCancelled,
        *HEARING_ACTS,
        *CONSULTATION_ACTS,
    ),
    parties=parties,
    stages=(
        end("NotDesignated", "Not designated", "不指定", "45(1)", lambda s: s.not_designated is not None),
        end(
            "Cancelled",
            "The designation was cancelled",
            "指定の取消し",
            "45(10)",
            lambda s: s.cancelled is not None,
        ),
        Stage(
            "Designated",
            "Designated",
            "指定中",
            "45(1)",
            lambda s: s.designated_on is not None,
            until=lambda s: s.next_report,
            then=("Cancelled",),
        ),
        Stage(
            "AwaitDesignation",
            "The minister examines the application",
            "指定の審査",
            "45(1)",
            lambda _: True,
            then=("Designated", "NotDesignated"),
        ),
    ),
    deadlines=lambda s: (s.next_report,) if s.next_report else (),
)


@rule("body_decided", "45(1)")
def undecided(state: Trustee, _: Given) -> bool:
    """Nothing has been decided on the application."""
    return state.designated_on is None and state.not_designated is None


@rule("designation_missing", "45(1)")
def designated(state: Trustee, _: Given) -> bool:
    """The designation stands."""
    return state.designated


@rule("no_rules_filed", "45(3)")
def rules_filed(state: Trustee, _: Given) -> bool:
    """Rules wait for their approval."""
    return bool(state.rules_filed)


@rule("no_report_overdue", "45(7)")
def report_overdue(state: Trustee, given: Given) -> bool:
    """The time for a report has passed without one, and nobody has recorded that."""
    due = state.next_report
    return due is not None and given.today > due.last_day


class ApplyAsTrustee(Value):
    """Who applies, for stocks of which material, and how it would keep them."""

    organisation: OrganisationId
    name: Name
    material: Name
    plan: Reasons
    closing_month: Month

    @property
    def parties(self) -> Parties:
        """The applicant, and the ministries of the material."""
        return before(order_of(self.material).ministries, {TRUSTEE: self.organisation})


@trustee.act("45(1), (2); Cabinet Order 394 of 2022, Art. 8-2", by=[TRUSTEE], opens=True)
def apply_as_trustee(_: Trustee, command: ApplyAsTrustee, given: Given) -> Acts:
    """Apply to be designated as facility trustee."""
    yield TrusteeApplied(
        command.organisation,
        command.name,
        command.material,
        order_of(command.material).ministries,
        command.plan,
        command.closing_month,
        given.today,
    )


class DesignateTrustee(Value):
    """Designation says nothing more than that it can be relied on to do the work."""


@trustee.act("45(1); Cabinet Order 394 of 2022, Art. 8-2", by=[OFFICIAL], when=[undecided])
def designate_trustee(state: Trustee, _: DesignateTrustee, given: Given) -> Acts:
    """Designate the facility trustee (指定)."""
    assert state.applied is not None
    yield TrusteeDesignated(state.applied.material, given.today)


class TrusteeReasons(Value):
    """The reasons."""

    reasons: Reasons


@trustee.act("45(1)", by=[OFFICIAL], when=[undecided])
def not_designate_trustee(_: Trustee, command: TrusteeReasons, given: Given) -> Acts:
    """Refuse the designation."""
    yield TrusteeNotDesignated(command.reasons, given.today)


class Contract(Value):
    """The matters of Cabinet Order Art. 8-3, by its items."""

    facility: Reasons
    begins_on: date
    ends_on: date
    work_begins_on: date
    items: Annotated[tuple[Name, ...], Len(1, 50)]
    measures: Reasons
    costs: Reasons
    other: Reasons | None = None


@trustee.act("45(1); Cabinet Order 394 of 2022, Art. 8-3", by=[OFFICIAL], when=[designated])
def contract_trust(_: Trustee, command: Contract, given: Given) -> Acts:
    """Entrust a facility by a contract with the matters the Cabinet Order asks for."""
    first, last = command.begins_on, command.ends_on
    refuse_if(last < first, "days_reversed", begins=first, ends=last)
    refuse_if(not first <= command.work_begins_on <= last, "period_outside", begins=first, ends=last)
    yield TrustContracted(
        command.facility,
        first,
        last,
        command.work_begins_on,
        command.items,
        command.measures,
        command.costs,
        command.other,
        given.today,
    )


class FileTrustRules(Value):
    """The rules, whole."""

    rules: Reasons


@trustee.act("45(3), (5)", by=[TRUSTEE], when=[designated])
def file_trust_rules(_: Trustee, command: FileTrustRules, given: Given) -> Acts:
    """Apply for the approval of the rules of the trust, or of a change."""
    yield TrustRulesFiled(command.rules, given.today)


class ApproveTrustRules(Value):
    """Approval says nothing more than that it was given."""


@trustee.act("45(3), (4)", by=[OFFICIAL], when=[designated, rules_filed, consulted_about("rules", "45(4)")])
def approve_trust_rules(_: Trustee, __: ApproveTrustRules, given: Given) -> Acts:
    """Approve the rules (認可), after consulting the Prime Minister, the Minister of Finance and others."""
    yield TrustRulesApproved(given.today)


class OrderTrustRules(Value):
    """Which change."""

    content: Reasons


@trustee.act("45(6)", by=[OFFICIAL], when=[designated])
def order_trust_rules_change(_: Trustee, command: OrderTrustRules, given: Given) -> Acts:
    """Order that the rules be changed."""
    yield TrustRulesChangeOrdered(command.content, given.today)


class FileTrustReport(Value):
    """The report and accounts of the business year that ended on a day."""

    year_ends_on: date
    report: Reasons
    papers: Annotated[tuple[Paper, ...], Len(1, 20)]


@trustee.act("45(7), (8)", by=[TRUSTEE], when=[designated])
def file_trust_report(state: Trustee, command: FileTrustReport, given: Given) -> Acts:
    """File the report and accounts of a business year."""
    year = command.year_ends_on
    refuse_if(year >= given.today, "year_has_not_ended", year_ends_on=year, today=given.today)
    refuse_if(state.year_end_after(year) != year, "no_year_of_the_body", year_ends_on=year)
    refuse_if(year in {one.year_ends_on for one in state.reports}, "already_reported", year_ends_on=year)
    late = given.today > period("supply.trustee_report").starting(year).last_day
    yield TrustReportFiled(year, command.report, command.papers, late, given.today)


@trustee.act("45(7)", by=[THE_CLOCK], when=[report_overdue])
def note_overdue_trust_report(state: Trustee, _: PassDay, __: Given) -> Acts:
    """Record that the report on a business year did not come in time."""
    due = state.next_report
    assert due is not None
    yield TrustReportOverdue(due.trigger_day, due.last_day)


class OrderTrustee(Value):
    """What is ordered, and why."""

    content: Reasons
    reasons: Reasons


@trustee.act("45(9)", by=[OFFICIAL], when=[designated])
def order_trustee(_: Trustee, command: OrderTrustee, given: Given) -> Acts:
    """Give an order needed for supervision (監督命令)."""
    yield TrusteeOrdered(command.content, command.reasons, given.today)


class SuspendTrust(Value):
    """What is to stop, until when, and why."""

    what: Reasons
    until: date
    reasons: Reasons


@trustee.act("45(10)", by=[OFFICIAL], when=[designated])
def suspend_trust(_: Trustee, command: SuspendTrust, given: Given) -> Acts:
    """Order all or part of the work to stop for a time."""
    refuse_if(command.until < given.today, "day_is_past", day=command.until, today=given.today)
    yield TrustSuspended(command.what, command.until, command.reasons, given.today)


@trustee.act("45(10)", by=[OFFICIAL], when=[designated, heard])
def cancel_trustee(state: Trustee, command: TrusteeReasons, given: Given) -> Acts:
    """Cancel the designation (指定の取消し), after the hearing."""
    assert state.applied is not None
    yield TrusteeCancelled(state.applied.material, command.reasons, given.today)


trustee.apply(consulting("45(4)", when=[designated], always=minister_of_finance))
trustee.apply(hearing(GROUNDS, when=[designated]))
keep_time(trustee, warned=lambda s: (Warned("party", s.next_report),) if s.next_report else (), silences={})

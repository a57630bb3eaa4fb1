"""What happens in the case of a support body or agency, and how the case stands after it (Arts. 31-43)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from services.platform.law.acts import Act, leaves
from services.platform.law.values import AtLeast, Between, Len, Value, field
from services.platform.shared.consultation import Consultations
from services.platform.shared.ledger import JournalEntry
from services.platform.shared.words import Line, Name, Reasons
from services.platform.time.timekeeping import Timekeeping
from services.statute import Deadline, period
from services.statute.arithmetic import end_of_month
from services.statute.days import ONE_DAY
from services.supply.domain.hearings import Hearing
from services.supply.domain.support_body.money import Movement
from services.supply.plans.model import EffortKind, Month, Paper, Share, Yen

Kind = Literal["corporation", "agency"]
"""A support body (31(1)), or an independent administrative agency (42(2))."""
LegalForm = Literal[
    "general_incorporated_association",
    "general_incorporated_foundation",
    "public_interest_association",
    "public_interest_foundation",
    "specified_nonprofit",
    "other",
]
"""31(1), and the orders' Art. 3."""
What = Literal["business_report", "fund_report"]
NoticeOf = Literal["certified", "change_certified", "cancelled"]


class Cap(Value):
    """How much of the cost of a kind of effort may be aided at most, by the approved rules (33(2)(iii))."""

    effort: EffortKind
    percent: Share
    most_yen: Yen | None = None
    """For one effort of one plan, if there is such a limit."""


class Rules(Value):
    """The rules of the support work (安定供給確保支援業務規程): the matters of Art. 33(2)."""

    business: Reasons
    subsidies: Reasons
    caps: Annotated[tuple[Cap, ...], Len(1, 20)]
    secrecy: Reasons
    interest_subsidies: Reasons | None = None
    fund: Reasons | None = None
    other: Reasons | None = None


class Applicant(Value):
    """Who applies to become a support body, with the papers the orders' Art. 2 asks for."""

    organisation: str
    name: Name
    address: Line
    offices: Annotated[tuple[Line, ...], Len(1, 50)]
    material: Name
    legal_form: LegalForm
    closing_month: Month
    plan: Reasons
    sentence_ended_on: date | None = None
    """Its own or an officer's: the day from which the two years of 31(2)(i) count."""
    designation_cancelled_on: date | None = None
    """The day from which the two years of 31(2)(ii) count."""
    papers: Annotated[tuple[Paper, ...], Len(0, 50)] = ()


# ---- Acts: designation ----


@leaves("restricted")
class DesignationApplied(Act):
    """A corporation applied to be designated as a support body for a material (31(1))."""

    applicant: Applicant
    ministries: tuple[str, ...]
    on: date


@leaves("internal", "material")
class BodyDesignated(Act):
    """A support body (31(1)) or an agency (42(2)) was designated for a material."""

    kind: Kind
    material: str
    organisation: str
    name: str
    address: str
    offices: tuple[str, ...]
    closing_month: int
    ministries: tuple[str, ...]
    on: date


@leaves("restricted")
class BodyNotDesignated(Act):
    """The designation was refused."""

    reasons: str
    on: date


@leaves("public", "gazette", "on")
class PublicNoticeGiven(Act):
    """What happened was made public (公示): Arts. 32(1), (3), 40(3), 41(4)."""

    gazette: str
    on: date


@leaves("restricted")
class ParticularsChanged(Act):
    """A change of name, address or office was notified in advance (32(2))."""

    name: str
    address: str
    offices: tuple[str, ...]
    changes_on: date
    on: date


# ---- Acts: rules, plans, reports ----


@leaves("restricted")
class RulesFiled(Act):
    """The approval of the rules of the support work, or of a change, was applied for (33(1))."""

    rules: Rules
    on: date


@leaves("internal")
class RulesApproved(Act):
    """The rules were approved (33(3)); what they allow holds from today."""

    rules: Rules
    on: date


@leaves("restricted")
class RulesNotApproved(Act):
    """The rules were not approved."""

    reasons: str
    on: date


@leaves("public", "where", "on")
class RulesPublished(Act):
    """The body published its rules (33(5))."""

    where: str
    on: date


@leaves("restricted")
class RulesChangeOrdered(Act):
    """The body was ordered to change its rules (33(6))."""

    content: str
    reasons: str
    on: date


@leaves("restricted")
class BusinessPlanFiled(Act):
    """The plan and budget of a business year were filed for approval (35(1)); late where that was past."""

    year_begins_on: date
    plan: str
    income_yen: int
    expenses_yen: int
    late: bool
    on: date


@leaves("restricted")
class BusinessPlanApproved(Act):
    """The plan and budget of a business year were approved (35(1))."""

    year_begins_on: date
    on: date


@leaves("public", "where", "on")
class BusinessPlanPublished(Act):
    """The body published its plan and budget (35(2))."""

    year_begins_on: date
    where: str
    on: date


@leaves("restricted")
class BusinessReportFiled(Act):
    """The report and accounts of a business year were filed and published (35(3))."""

    year_ends_on: date
    report: str
    published_where: str
    papers: tuple[Paper, ...]
    late: bool
    on: date


@leaves("restricted")
class FundReportFiled(Act):
    """The report on the fund in a business year was filed (34(8), 43(2))."""

    year_ends_on: date
    report: str
    late: bool
    on: date


@leaves("restricted")
class FundReportedToDiet(Act):
    """The minister reported to the Diet, with an opinion (34(9))."""

    year_ends_on: date
    opinion: str
    on: date


@leaves("restricted", "what", "year_ends_on")
class BodyReportOverdue(Act):
    """The time for a report passed without one."""

    what: What
    year_ends_on: date
    last_day: date


# ---- Acts: money ----


@leaves("restricted")
class FundMoved(Act):
    """Money came into the fund, was promised, paid, invested, came back, or went to the Treasury."""

    movement: Movement
    entry: JournalEntry
    of: str
    """The subsidy it belongs to, the kind of investment, or nothing."""
    on: date


@leaves("restricted")
class AidPromised(Act):
    """A subsidy was decided on: what it is for, out of which cost, and what else was given for that."""

    subsidy: str
    plan: str
    effort: str
    kind: EffortKind
    cost_yen: int
    yen: int
    other_aid_yen: int
    on: date


@leaves("restricted")
class NoticeNoted(Act):
    """The minister told the body of a certification, a change or a cancellation (9(6), 10(3), 11(3))."""

    plan: str
    what: NoticeOf
    number: str
    operators: tuple[str, ...]
    outline: str
    decided_on: date
    on: date


@leaves("restricted")
class RepaymentOrdered(Act):
    """The body was ordered to pay all or part of its subsidy to the Treasury (34(6))."""

    plan: str
    yen: int
    due: date
    account: str
    reasons: str
    on: date


# ---- Acts: supervision and end ----


@leaves("restricted")
class SupervisionOrdered(Act):
    """The body was given an order needed for its supervision (39)."""

    content: str
    reasons: str
    on: date


@leaves("restricted")
class SuspensionApplied(Act):
    """Permission to suspend or give up the work was applied for (40(1))."""

    whole: bool
    abolishes: bool
    begins_on: date
    reasons: str
    on: date


@leaves("internal")
class SuspensionPermitted(Act):
    """It was permitted; given up as a whole, the designation has no effect any more (40(2))."""

    whole: bool
    abolishes: bool
    on: date


@leaves("restricted")
class SuspensionNotPermitted(Act):
    """It was not permitted."""

    reasons: str
    on: date


@leaves("internal", "material")
class DesignationCancelled(Act):
    """The designation was cancelled (41(1)-(3))."""

    material: str
    ground: str
    reasons: str
    successor: str | None
    on: date


@leaves("restricted")
class WorkHandedOver(Act):
    """Work, books and property were handed over to the body the ministers chose (41(5))."""

    to: str
    what: str
    on: date


# ---- State ----


class Promise(Value):
    """Aid that was promised for an effort of a plan."""

    subsidy: str
    plan: str
    effort: str
    yen: int
    other_aid_yen: int


class PlanAndBudget(Value):
    """The plan and budget of a business year, and how far they have come."""

    year_begins_on: date
    approved_on: date | None = None
    published_on: date | None = None


class SupportBody(Value):
    """A support body or agency as it stands."""

    applied: DesignationApplied | None = None
    designated: BodyDesignated | None = None
    not_designated: BodyNotDesignated | None = None
    notices_due: int = 0
    """How much waits for its public notice."""
    public_notices: tuple[PublicNoticeGiven, ...] = ()
    particulars: tuple[ParticularsChanged, ...] = ()
    rules_filed: Rules | None = None
    rules: tuple[RulesApproved, ...] = ()
    rules_published_on: date | None = None
    rules_change_ordered: RulesChangeOrdered | None = None
    plans: tuple[PlanAndBudget, ...] = ()
    business_reports: tuple[BusinessReportFiled, ...] = ()
    fund_reports: tuple[FundReportFiled, ...] = ()
    to_the_diet: tuple[FundReportedToDiet, ...] = ()
    overdue: tuple[BodyReportOverdue, ...] = ()
    balances: dict[str, Annotated[int, AtLeast(0)]] = field(default_factory=dict)
    entries: int = 0
    """How many entries the books have; they themselves are the acts."""
    promises: tuple[Promise, ...] = ()
    notices: tuple[NoticeNoted, ...] = ()
    consultations: Consultations = ()
    repayment: RepaymentOrdered | None = None
    repaid_yen: int = 0
    supervision: tuple[SupervisionOrdered, ...] = ()
    suspension: SuspensionApplied | None = None
    suspended: bool = False
    abolished_on: date | None = None
    hearing: Hearing | None = None
    cancelled: DesignationCancelled | None = None
    handed_over: WorkHandedOver | None = None
    timekeeping: Timekeeping = Timekeeping()

    @property
    def material(self) -> str | None:
        """The material it supports."""
        if self.designated is not None:
            return self.designated.material
        return self.applied.applicant.material if self.applied else None

    @property
    def organisation(self) -> str | None:
        """Whose case it is."""
        if self.designated is not None:
            return self.designated.organisation
        return self.applied.applicant.organisation if self.applied else None

    @property
    def ministries(self) -> tuple[str, ...]:
        """The competent ministers."""
        if self.designated is not None:
            return self.designated.ministries
        return self.applied.ministries if self.applied else ()

    @property
    def in_operation(self) -> bool:
        """Whether it is designated, and its designation has not ended."""
        return self.designated is not None and self.cancelled is None and self.abolished_on is None

    @property
    def rules_in_force(self) -> Rules | None:
        """The rules as last approved."""
        return self.rules[-1].rules if self.rules else None

    @property
    def has_fund(self) -> bool:
        """Whether money was ever put into its fund."""
        return self.entries > 0

    def year_end_after(self, day: date) -> date:
        """The end of its business year on which a day lies."""
        assert self.designated is not None
        month = self.designated.closing_month
        end = end_of_month(day.year, month)
        return end if end >= day else end_of_month(day.year + 1, month)

    def _reported(self, what: What) -> set[date]:
        filed = self.business_reports if what == "business_report" else self.fund_reports
        missed = {one.year_ends_on for one in self.overdue if one.what == what}
        return {one.year_ends_on for one in filed} | missed

    def next_report(self, what: What) -> Deadline | None:
        """The next report that is due."""
        if not self.in_operation or self.designated is None:
            return None
        agency = self.designated.kind == "agency"
        if (what == "fund_report" and not self.has_fund) or (what == "business_report" and agency):
            return None
        reported = self._reported(what)
        year = self.year_end_after(self.designated.on)
        while year in reported:
            year = self.year_end_after(year + ONE_DAY)
        fund = "supply.agency_fund_report" if agency else "supply.fund_report"
        return period("supply.business_report" if what == "business_report" else fund).starting(year)

    @property
    def next_plan(self) -> Deadline | None:
        """By when the plan of the next business year without one is to be filed (35(1))."""
        if not self.in_operation or self.designated is None or self.designated.kind == "agency":
            return None
        begins = self.year_end_after(self.designated.on) + ONE_DAY
        filed = {one.year_begins_on for one in self.plans}
        while begins in filed:
            begins = self.year_end_after(begins) + ONE_DAY
        return period("supply.business_plan").starting(begins)

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """What runs, soonest first."""
        running = (self.next_plan, self.next_report("business_report"), self.next_report("fund_report"))
        return tuple(sorted((one for one in running if one is not None), key=lambda one: one.last_day))


BODY_ACTS: tuple[type[Act], ...] = (
    DesignationApplied,
    BodyDesignated,
    BodyNotDesignated,
    PublicNoticeGiven,
    ParticularsChanged,
    RulesFiled,
    RulesApproved,
    RulesNotApproved,
    RulesPublished,
    RulesChangeOrdered,
    BusinessPlanFiled,
    BusinessPlanApproved,
    BusinessPlanPublished,
    BusinessReportFiled,
    FundReportFiled,
    FundReportedToDiet,
    BodyReportOverdue,
    FundMoved,
    AidPromised,
    NoticeNoted,
    RepaymentOrdered,
    SupervisionOrdered,
    SuspensionApplied,
    SuspensionPermitted,
    SuspensionNotPermitted,
    DesignationCancelled,
    WorkHandedOver,
)
MONEY = Annotated[int, Between(1, 10**15)]
"""Yen that move: at least one."""

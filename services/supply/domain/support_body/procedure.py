"""The procedure of support bodies and agencies: how acts change a case, its stages, and all its powers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from services.platform.law.acts import Act
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Procedure, Stage, end
from services.platform.shared.consultation import CONSULTATION_ACTS, spent
from services.platform.shared.consultation import evolve as consult
from services.platform.shared.ledger import post
from services.platform.time.timekeeping import Warned, keep_time
from services.supply.domain.consulting import consulted_agencies
from services.supply.domain.hearings import HEARING_ACTS
from services.supply.domain.hearings import evolve as hear
from services.supply.domain.support_body.designation import designation
from services.supply.domain.support_body.fund import fund
from services.supply.domain.support_body.money import CHART
from services.supply.domain.support_body.running import running
from services.supply.domain.support_body.state import (
    BODY_ACTS,
    AidPromised,
    BodyDesignated,
    BodyNotDesignated,
    BodyReportOverdue,
    BusinessPlanApproved,
    BusinessPlanFiled,
    BusinessPlanPublished,
    BusinessReportFiled,
    DesignationApplied,
    DesignationCancelled,
    FundMoved,
    FundReportedToDiet,
    FundReportFiled,
    NoticeNoted,
    ParticularsChanged,
    PlanAndBudget,
    Promise,
    PublicNoticeGiven,
    RepaymentOrdered,
    RulesApproved,
    RulesChangeOrdered,
    RulesFiled,
    RulesNotApproved,
    RulesPublished,
    SupervisionOrdered,
    SupportBody,
    SuspensionApplied,
    SuspensionNotPermitted,
    SuspensionPermitted,
    WorkHandedOver,
)
from services.supply.roles import SUPPORT_BODY, asked_about, before


def evolve(state: SupportBody, act: Act) -> SupportBody:
    """The case after `act`."""
    if isinstance(act, CONSULTATION_ACTS):
        return replace(state, consultations=consult(state.consultations, act))
    if isinstance(act, HEARING_ACTS):
        return replace(state, hearing=hear(state.hearing, act))
    for part in (_of_designation, _of_running, _of_money, _of_end):
        after = part(state, act)
        if after is not None:
            return after
    raise TypeError(f"{type(act).__name__} is no act of a support body")


def _of_designation(state: SupportBody, act: Act) -> SupportBody | None:
    match act:
        case DesignationApplied():
            return replace(state, applied=act)
        case BodyDesignated():
            return replace(state, designated=act, notices_due=state.notices_due + 1)
        case BodyNotDesignated():
            return replace(state, not_designated=act)
        case PublicNoticeGiven():
            return replace(
                state, public_notices=(*state.public_notices, act), notices_due=max(0, state.notices_due - 1)
            )
        case ParticularsChanged():
            return replace(state, particulars=(*state.particulars, act), notices_due=state.notices_due + 1)
    return None


def _of_running(state: SupportBody, act: Act) -> SupportBody | None:
    match act:
        case RulesFiled():
            return replace(state, rules_filed=act.rules)
        case RulesApproved():
            return replace(
                state,
                rules=(*state.rules, act),
                rules_filed=None,
                rules_published_on=None,
                rules_change_ordered=None,
                consultations=spent(state.consultations),
            )
        case RulesNotApproved():
            return replace(state, rules_filed=None)
        case RulesPublished():
            return replace(state, rules_published_on=act.on)
        case RulesChangeOrdered():
            return replace(state, rules_change_ordered=act)
        case BusinessPlanFiled():
            others = tuple(one for one in state.plans if one.year_begins_on != act.year_begins_on)
            return replace(state, plans=(*others, PlanAndBudget(act.year_begins_on)))
        case BusinessPlanApproved():
            return replace(state, plans=_plans(state, act.year_begins_on, approved_on=act.on))
        case BusinessPlanPublished():
            return replace(state, plans=_plans(state, act.year_begins_on, published_on=act.on))
        case BusinessReportFiled():
            return replace(state, business_reports=(*state.business_reports, act))
        case FundReportFiled():
            return replace(state, fund_reports=(*state.fund_reports, act))
        case FundReportedToDiet():
            return replace(state, to_the_diet=(*state.to_the_diet, act))
        case BodyReportOverdue():
            return replace(state, overdue=(*state.overdue, act))
    return None


def _of_money(state: SupportBody, act: Act) -> SupportBody | None:
    match act:
        case FundMoved():
            repaid = act.entry.postings[0].yen if act.movement == "paid_to_treasury" else 0
            return replace(
                state,
                balances=post(CHART, state.balances, act.entry),
                entries=state.entries + 1,
                repaid_yen=state.repaid_yen + repaid,
                promises=_after(state.promises, act),
            )
        case AidPromised():
            promise = Promise(act.subsidy, act.plan, act.effort, act.yen, act.other_aid_yen)
            return replace(state, promises=(*state.promises, promise))
        case NoticeNoted():
            return replace(state, notices=(*state.notices, act))
        case RepaymentOrdered():
            return replace(state, repayment=act, repaid_yen=0, consultations=spent(state.consultations))
    return None


def _of_end(state: SupportBody, act: Act) -> SupportBody | None:
    match act:
        case SupervisionOrdered():
            return replace(state, supervision=(*state.supervision, act))
        case SuspensionApplied():
            return replace(state, suspension=act)
        case SuspensionNotPermitted():
            return replace(state, suspension=None)
        case SuspensionPermitted():
            ended = act.on if act.whole and act.abolishes else None
            return replace(
                state,
                suspension=None,
                suspended=not act.abolishes,
                abolished_on=ended,
                notices_due=state.notices_due + 1,
            )
        case DesignationCancelled():
            return replace(state, cancelled=act, notices_due=state.notices_due + 1)
        case WorkHandedOver():
            return replace(state, handed_over=act)
    return None


def _after(promises: tuple[Promise, ...], moved: FundMoved) -> tuple[Promise, ...]:
    """The promises, less what of one was not needed or came back."""
    if moved.movement not in ("released", "returned"):
        return promises
    less = moved.entry.postings[0].yen
    changed = (replace(one, yen=one.yen - less) if one.subsidy == moved.of else one for one in promises)
    return tuple(one for one in changed if one.yen > 0)


def _plans(state: SupportBody, year: object, **changed: object) -> tuple[PlanAndBudget, ...]:
    return tuple(replace(one, **changed) if one.year_begins_on == year else one for one in state.plans)


def parties(state: SupportBody) -> Parties:
    """The body, the competent ministers, and whoever was consulted."""
    if state.organisation is None:
        return NOBODY
    return before(
        state.ministries,
        {SUPPORT_BODY: state.organisation, **asked_about(consulted_agencies(state.consultations))},
    )


def next_day(state: SupportBody) -> datetime | None:
    """When the next report is overdue, if one is to come."""
    due = (state.next_report("business_report"), state.next_report("fund_report"))
    return min((one.ends_at for one in due if one is not None), default=None)


STAGES: tuple[Stage[SupportBody], ...] = (
    end("NotDesignated", "Not designated", "不指定", "31(1)", lambda s: s.not_designated is not None),
    end(
        "HandedOver",
        "Cancelled, and handed over",
        "業務の引継ぎ済み",
        "41(5)",
        lambda s: s.handed_over is not None,
    ),
    end("Abolished", "Given up with permission", "業務の廃止", "40(2)", lambda s: s.abolished_on is not None),
    end(
        "Cancelled",
        "The designation was cancelled and nothing is to be handed over",
        "指定の取消し",
        "41(3)",
        lambda s: s.cancelled is not None and s.cancelled.ground == "41(3)",
    ),
    Stage(
        "AwaitHandingOver",
        "Cancelled; the work is to be handed over",
        "業務の引継ぎ待ち",
        "41(5)",
        lambda s: s.cancelled is not None,
        then=("HandedOver",),
    ),
    Stage(
        "Suspended",
        "The work is suspended with permission",
        "業務の休止",
        "40(1)",
        lambda s: s.in_operation and s.suspended,
        until=next_day,
        then=("Abolished", "AwaitHandingOver", "Cancelled"),
    ),
    Stage(
        "InOperation",
        "Designated",
        "指定中",
        "31(1), 42(2)",
        lambda s: s.in_operation,
        until=next_day,
        then=("Suspended", "Abolished", "AwaitHandingOver", "Cancelled"),
    ),
    Stage(
        "AwaitDesignation",
        "The ministers examine the application",
        "指定の審査",
        "31(1)",
        lambda _: True,
        then=("InOperation", "NotDesignated"),
    ),
)


def warned(state: SupportBody) -> Iterator[Warned]:
    """The body of every plan and report."""
    yield from (Warned("party", one) for one in state.deadlines)


support_body: Procedure[SupportBody] = Procedure(
    name="support-body",
    title="Support body or agency",
    title_ja="安定供給確保支援法人・安定供給確保支援独立行政法人",
    initial=SupportBody(),
    evolve=evolve,
    acts=(*BODY_ACTS, *HEARING_ACTS, *CONSULTATION_ACTS),
    parties=parties,
    stages=STAGES,
    deadlines=lambda state: state.deadlines,
)
for _powers in (designation, running, fund):
    support_body.apply(_powers)
keep_time(support_body, warned=warned, silences={})

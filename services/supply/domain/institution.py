"""Designated institutions of two-step loans (指定金融機関): Arts. 16-24.

The competent ministers are the Prime Minister and the Minister of Finance (86(1)(i)). What an institution
lends is in cases of its own (`two_step_loan`); its books are those.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Refusal, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import Line, Name, Reasons
from services.statute import period
from services.statute.lists import listed
from services.supply.domain.hearings import HEARING_ACTS, Hearing, heard, hearing
from services.supply.domain.hearings import evolve as hear
from services.supply.plans.model import Paper
from services.supply.roles import CAO, CORPORATION, INSTITUTION, MOF, OFFICIAL, before

GROUNDS = ("23(1)", "23(2)(i)", "23(2)(ii)", "23(2)(iii)")
Offices = Annotated[tuple[Line, ...], Len(1, 100)]
Rules = Annotated[tuple[Reasons, ...], Len(7, 30)]
"""供給確保促進業務規程, by the items of CAO/MOF Order 3 of 2022, Art. 4: seven at least."""


class Officer(Value):
    """An officer who was one of an institution whose designation was cancelled (16(4)(iii)ロ), or unfit."""

    name: Name
    unfit: bool = False
    """16(4)(iii)イ: unable to do the work, or bankrupt and not restored."""
    left_on: date | None = None
    hearing_announced_on: date | None = None
    designation_cancelled_on: date | None = None


class InstitutionApplicant(Value):
    """Who applies, of which kind, with the rules of the business, and what could bar it."""

    organisation: OrganisationId
    name: Name
    address: Line
    offices: Offices
    kind: Annotated[str, Len(1, 3)]
    """The item of Cabinet Order Art. 2."""
    rules: Rules
    sentence_ended_on: date | None = None
    designation_cancelled_on: date | None = None
    officers: Annotated[tuple[Officer, ...], Len(0, 50)] = ()
    papers: Annotated[tuple[Paper, ...], Len(0, 50)] = ()


@leaves("restricted")
class InstitutionApplied(Act):
    """A financial institution applied for its designation (16(1), (2))."""

    applicant: InstitutionApplicant
    on: date


@leaves("internal")
class InstitutionDesignated(Act):
    """It was designated (16(1))."""

    on: date


@leaves("restricted")
class InstitutionNotDesignated(Act):
    """It was not designated."""

    reasons: str
    on: date


@leaves("public", "gazette", "on")
class InstitutionPublished(Act):
    """What happened was made public (公示): 17(1), (3), 22(2), 23(3)."""

    gazette: str
    on: date


@leaves("restricted")
class InstitutionChanged(Act):
    """A change of name, address or office was notified in advance (17(2))."""

    name: str
    address: str
    offices: tuple[str, ...]
    changes_on: date
    on: date


@leaves("restricted")
class LoanRulesFiled(Act):
    """The approval of changed rules was applied for (18(1))."""

    rules: tuple[str, ...]
    on: date


@leaves("restricted")
class LoanRulesApproved(Act):
    """The changed rules were approved."""

    on: date


@leaves("restricted")
class LoanRulesChangeOrdered(Act):
    """The institution was ordered to change its rules (18(2))."""

    content: str
    on: date


@leaves("restricted")
class AgreementFiled(Act):
    """The Corporation applied for the approval of its agreement with the institution, or a change (19(2))."""

    matters: tuple[str, ...]
    on: date


@leaves("restricted")
class AgreementApproved(Act):
    """The agreement was approved and is concluded (19(1), (2))."""

    on: date


@leaves("restricted")
class InstitutionOrdered(Act):
    """The institution was given an order needed for its supervision (21)."""

    content: str
    reasons: str
    on: date


@leaves("restricted")
class DifficultyReported(Act):
    """The institution reported that its business has become hard to carry out (CAO/MOF Order, Art. 13)."""

    what: str
    on: date


@leaves("internal")
class InstitutionSuspended(Act):
    """Suspension or giving up of all or part of the business was notified in advance (22(1))."""

    whole: bool
    abolishes: bool
    begins_on: date
    reasons: str
    on: date


@leaves("internal")
class InstitutionCancelled(Act):
    """The designation was cancelled (23(1), (2)); contracts are wound up as if it stood (24)."""

    ground: str
    reasons: str
    on: date


class Institution(Value):
    """A designated institution as it stands."""

    applied: InstitutionApplied | None = None
    designated_on: date | None = None
    not_designated: InstitutionNotDesignated | None = None
    notices_due: int = 0
    public_notices: tuple[InstitutionPublished, ...] = ()
    changes: tuple[InstitutionChanged, ...] = ()
    rules: tuple[str, ...] = ()
    rules_filed: tuple[str, ...] = ()
    rules_change_ordered: LoanRulesChangeOrdered | None = None
    agreement_filed: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    orders: tuple[InstitutionOrdered, ...] = ()
    difficulties: tuple[DifficultyReported, ...] = ()
    suspension: InstitutionSuspended | None = None
    hearing: Hearing | None = None
    cancelled: InstitutionCancelled | None = None

    @property
    def designated(self) -> bool:
        """Whether the designation stands."""
        gone = self.suspension is not None and self.suspension.whole and self.suspension.abolishes
        return self.designated_on is not None and self.cancelled is None and not gone


def evolve(state: Institution, act: Act) -> Institution:
    """The institution after `act`."""
    if isinstance(act, HEARING_ACTS):
        return replace(state, hearing=hear(state.hearing, act))
    due = state.notices_due
    match act:
        case InstitutionApplied():
            return replace(state, applied=act, rules=act.applicant.rules)
        case InstitutionDesignated():
            return replace(state, designated_on=act.on, notices_due=due + 1)
        case InstitutionNotDesignated():
            return replace(state, not_designated=act)
        case InstitutionPublished():
            notices = (*state.public_notices, act)
            return replace(state, public_notices=notices, notices_due=max(0, due - 1))
        case InstitutionChanged():
            return replace(state, changes=(*state.changes, act), notices_due=due + 1)
        case LoanRulesFiled():
            return replace(state, rules_filed=act.rules)
        case LoanRulesApproved():
            return replace(state, rules=state.rules_filed, rules_filed=(), rules_change_ordered=None)
        case LoanRulesChangeOrdered():
            return replace(state, rules_change_ordered=act)
        case AgreementFiled():
            return replace(state, agreement_filed=act.matters)
        case AgreementApproved():
            return replace(state, agreement=state.agreement_filed, agreement_filed=())
        case InstitutionOrdered():
            return replace(state, orders=(*state.orders, act))
        case DifficultyReported():
            return replace(state, difficulties=(*state.difficulties, act))
        case InstitutionSuspended():
            return replace(state, suspension=act, notices_due=due + 1)
        case InstitutionCancelled():
            return replace(state, cancelled=act, notices_due=due + 1)
    raise TypeError(f"{type(act).__name__} is no act of an institution")


def of_institution(organisation: str | None) -> Parties:
    """The institution, the Corporation, the Prime Minister and the Minister of Finance."""
    if organisation is None:
        return NOBODY
    return before((CAO, MOF), {INSTITUTION: organisation, CORPORATION: "JFC"})


institution: Procedure[Institution] = Procedure(
    name="institution",
    title="Designated institution of two-step loans",
    title_ja="指定金融機関",
    initial=Institution(),
    evolve=evolve,
    acts=(
        InstitutionApplied,
        InstitutionDesignated,
        InstitutionNotDesignated,
        InstitutionPublished,
        InstitutionChanged,
        LoanRulesFiled,
        LoanRulesApproved,
        LoanRulesChangeOrdered,
        AgreementFiled,
        AgreementApproved,
        InstitutionOrdered,
        DifficultyReported,
        InstitutionSuspended,
        InstitutionCancelled,
        *HEARING_ACTS,
    ),
    parties=lambda s: of_institution(s.applied.applicant.organisation if s.applied else None),
    stages=(
        end("NotDesignated", "Not designated", "不指定", "16(1)", lambda s: s.not_designated is not None),
        end(
            "Ended",
            "The designation has ended; contracts are wound up (24)",
            "指定の失効・取消し",
            "22(3), 23",
            lambda s: s.designated_on is not None and not s.designated,
        ),
        Stage(
            "Designated",
            "Designated",
            "指定中",
            "16(1)",
            lambda s: s.designated_on is not None,
            then=("Ended",),
        ),
        Stage(
            "AwaitDesignation",
            "The ministers examine the application",
            "指定の審査",
            "16(1)",
            lambda _: True,
            then=("Designated", "NotDesignated"),
        ),
    ),
)


@rule("body_decided", "16(1)")
def undecided(state: Institution, _: Given) -> bool:
    """Nothing has been decided on the application."""
    return state.designated_on is None and state.not_designated is None


@rule("institution_not_designated", "16(1)")
def designated(state: Institution, _: Given) -> bool:
    """The designation stands."""
    return state.designated


@rule("nothing_awaits_publication", "17(1), (3), 22(2), 23(3)")
def unpublished(state: Institution, _: Given) -> bool:
    """Something waits for its public notice."""
    return state.notices_due > 0


@rule("no_rules_filed", "18(1)")
def rules_filed(state: Institution, _: Given) -> bool:
    """Changed rules wait for their approval."""
    return bool(state.rules_filed)


@rule("no_agreement_filed", "19(2)")
def agreement_filed(state: Institution, _: Given) -> bool:
    """An agreement waits for its approval."""
    return bool(state.agreement_filed)


class ApplyAsInstitution(Value):
    """The application, with its rules and papers."""

    applicant: InstitutionApplicant

    @property
    def parties(self) -> Parties:
        """The institution, the Corporation and the ministers."""
        return of_institution(self.applicant.organisation)


@institution.act("16(1), (2), (3), (4)", by=[INSTITUTION], opens=True)
def apply_as_institution(_: Institution, command: ApplyAsInstitution, given: Given) -> Acts:
    """Apply for designation (指定の申請); either minister may be filed with (CAO/MOF Order, Art. 11)."""
    one = command.applicant
    kinds = {entry.id for entry in listed("financial_institutions", given.today)}
    if one.kind not in kinds:
        raise Refusal("kind_wrong", "16(1)(i); Cabinet Order 394 of 2022, Art. 2", kind=one.kind)
    for day in (one.sentence_ended_on, one.designation_cancelled_on):
        _refuse_barred(day, given, "16(4)(i), (ii)")
    for officer in one.officers:
        refuse_if(officer.unfit, "officer_unfit", "16(4)(iii)イ", name=officer.name)
        announced = officer.hearing_announced_on
        if announced is None:
            continue
        earliest = period("supply.bar_of_officers").starting(announced).last_day
        # Who had left before the sixty days is not barred.
        if officer.left_on is None or officer.left_on >= earliest:
            _refuse_barred(officer.designation_cancelled_on, given, "16(4)(iii)ロ")
    yield InstitutionApplied(one, given.today)


def _refuse_barred(day: date | None, given: Given, article: str) -> None:
    bar = day and period("supply.bar_of_institution").starting(day)
    if bar and given.today <= bar.last_day:
        raise Refusal("barred", article, see=[bar], last_day=bar.last_day)


class DesignateInstitution(Value):
    """Designation says nothing more than that Art. 16(1) is met."""


@institution.act("16(1)", by=[OFFICIAL], when=[undecided])
def designate_institution(_: Institution, __: DesignateInstitution, given: Given) -> Acts:
    """Designate the institution (指定)."""
    yield InstitutionDesignated(given.today)


class WithReasons(Value):
    """The reasons."""

    reasons: Reasons


@institution.act("16(1)", by=[OFFICIAL], when=[undecided])
def not_designate_institution(_: Institution, command: WithReasons, given: Given) -> Acts:
    """Refuse the designation."""
    yield InstitutionNotDesignated(command.reasons, given.today)


class PublishInstitution(Value):
    """Where and when it was made public."""

    gazette: Line
    on: date


@institution.act("17(1), (3), 22(2), 23(3)", by=[OFFICIAL], when=[unpublished])
def publish_institution(_: Institution, command: PublishInstitution, given: Given) -> Acts:
    """Make public what waits for it (公示)."""
    refuse_if(command.on > given.today, "day_in_the_future", day=command.on, today=given.today)
    yield InstitutionPublished(command.gazette, command.on)


class ChangeInstitution(Value):
    """Name, address and offices as they will be, and from which day."""

    name: Name
    address: Line
    offices: Offices
    changes_on: date


@institution.act("17(2)", by=[INSTITUTION], when=[designated])
def change_institution(_: Institution, command: ChangeInstitution, given: Given) -> Acts:
    """Notify a change of name, address or office in advance."""
    day = command.changes_on
    refuse_if(day <= given.today, "not_in_advance", day=day, today=given.today)
    yield InstitutionChanged(command.name, command.address, command.offices, day, given.today)


class FileLoanRules(Value):
    """The rules as they are to be, whole."""

    rules: Rules


@institution.act("18(1)", by=[INSTITUTION], when=[designated])
def file_loan_rules(_: Institution, command: FileLoanRules, given: Given) -> Acts:
    """Apply for the approval of changed rules."""
    yield LoanRulesFiled(command.rules, given.today)


class Approve(Value):
    """Approval says nothing more than that it was given."""


@institution.act("18(1)", by=[OFFICIAL], when=[designated, rules_filed])
def approve_loan_rules(_: Institution, __: Approve, given: Given) -> Acts:
    """Approve the changed rules (認可)."""
    yield LoanRulesApproved(given.today)


class OrderContent(Value):
    """What is ordered."""

    content: Reasons


@institution.act("18(2)", by=[OFFICIAL], when=[designated])
def order_loan_rules_change(_: Institution, command: OrderContent, given: Given) -> Acts:
    """Order that the rules be changed."""
    yield LoanRulesChangeOrdered(command.content, given.today)


class FileAgreement(Value):
    """The matters of Art. 19(1) and CAO/MOF Order 3 of 2022, Art. 8, as agreed."""

    matters: Annotated[tuple[Reasons, ...], Len(3, 30)]


@institution.act("19(1), (2)", by=[CORPORATION], when=[designated])
def file_agreement(_: Institution, command: FileAgreement, given: Given) -> Acts:
    """Apply for the approval of the Corporation's agreement with the institution (協定)."""
    yield AgreementFiled(command.matters, given.today)


@institution.act("19(2)", by=[OFFICIAL], when=[designated, agreement_filed])
def approve_agreement(_: Institution, __: Approve, given: Given) -> Acts:
    """Approve the agreement (認可)."""
    yield AgreementApproved(given.today)


class OrderInstitution(Value):
    """What is ordered, and why."""

    content: Reasons
    reasons: Reasons


@institution.act("21", by=[OFFICIAL], when=[designated])
def order_institution(_: Institution, command: OrderInstitution, given: Given) -> Acts:
    """Give an order needed for supervision (監督命令)."""
    yield InstitutionOrdered(command.content, command.reasons, given.today)


class ReportDifficulty(Value):
    """What makes the business hard to carry out, or very likely will."""

    what: Reasons


@institution.act("CAO/MOF Order 3 of 2022, Art. 13(1), (2)", by=[INSTITUTION], when=[designated])
def report_difficulty(_: Institution, command: ReportDifficulty, given: Given) -> Acts:
    """Report without delay that the business has become hard to carry out; either minister may be told."""
    yield DifficultyReported(command.what, given.today)


class NotifySuspension(Value):
    """Whether the whole business, whether for good, from which day, and why."""

    whole: bool
    abolishes: bool
    begins_on: date
    reasons: Reasons


@institution.act("22(1), (3)", by=[INSTITUTION], when=[designated])
def notify_suspension(_: Institution, command: NotifySuspension, given: Given) -> Acts:
    """Notify in advance that all or part of the business is suspended or given up (休廃止)."""
    day = command.begins_on
    refuse_if(day <= given.today, "not_in_advance", day=day, today=given.today)
    yield InstitutionSuspended(command.whole, command.abolishes, day, command.reasons, given.today)


@institution.act("23(1), (2)", by=[OFFICIAL], when=[designated, heard])
def cancel_institution(state: Institution, command: WithReasons, given: Given) -> Acts:
    """Cancel the designation (指定の取消し) on the ground the institution was heard about."""
    assert state.hearing is not None
    yield InstitutionCancelled(state.hearing.ground, command.reasons, given.today)


institution.apply(hearing(GROUNDS, when=[designated]))

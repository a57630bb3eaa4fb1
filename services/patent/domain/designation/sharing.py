"""Sharing operators and proper management (Arts. 75, 76; Cabinet Office Order 78 of 2023, Arts. 10, 11)."""

from __future__ import annotations

from datetime import date

from services.patent.domain.designation import rules
from services.patent.domain.designation.sharing_acts import (
    APPLICANT_ITSELF,
    LeakReported,
    LeakReportedToApplicant,
    MeasureShown,
    RulesConfirmed,
    SharingApplied,
    SharingApproved,
    SharingChanged,
    SharingEnded,
    SharingNotApproved,
    SharingResumed,
    measures,
)
from services.patent.domain.designation.state import PreservationDesignation
from services.patent.domain.vocabulary import Name, Operator, Papers, Restricted
from services.patent.roles import AGENT, APPLICANT, PRIME_MINISTER, SHARING_OPERATOR
from services.platform.law.acts import Acts
from services.platform.law.parties import OrganisationId
from services.platform.law.procedure import Given, Powers, Refusal, refuse_if
from services.platform.law.values import Value

sharing: Powers[PreservationDesignation] = Powers()
"""Who may handle the information, and how it is kept: Arts. 75, 76."""
PARTY = (APPLICANT, AGENT)
KEEPERS = (APPLICANT, AGENT, SHARING_OPERATOR)

# ---- Sharing operators: 76 ----


class ApplyForSharing(Value):
    """The new operator, why it must handle the information, and how it will manage it (Order Art. 11(1))."""

    operator: Operator
    reasons: Restricted
    management: Restricted


@sharing.act("76(1)", by=PARTY, when=[rules.in_force])
def apply_for_sharing(state: PreservationDesignation, command: ApplyForSharing, given: Given) -> Acts:
    """Apply for the approval of a new sharing operator, before it is let handle anything (Form 2)."""
    new = command.operator.organisation
    applied = {one.organisation for one in state.sharing.applied}
    refuse_if(new in state.sharing.now or new in applied, "already_sharing", "76(1)", operator=new)
    refuse_if(new in state.sharing.named, "approval_not_needed", "76(1), (2)", operator=new)
    yield SharingApplied(command.operator, command.reasons, command.management, given.today)


class ApproveSharing(Value):
    """Which of the operators applied for is approved."""

    organisation: OrganisationId


@sharing.act("76(1)", by=[PRIME_MINISTER], when=[rules.in_force])
def approve_sharing(state: PreservationDesignation, command: ApproveSharing, given: Given) -> Acts:
    """Approve a new sharing operator (承認)."""
    _applied(state, command.organisation)
    yield SharingApproved(command.organisation, given.today)


class RefuseSharing(Value):
    """Which of the operators applied for is not approved, and why."""

    organisation: OrganisationId
    reasons: Restricted


@sharing.act("76(1)", by=[PRIME_MINISTER], when=[rules.in_force])
def refuse_sharing(state: PreservationDesignation, command: RefuseSharing, given: Given) -> Acts:
    """Not approve a new sharing operator."""
    _applied(state, command.organisation)
    yield SharingNotApproved(command.organisation, command.reasons, given.today)


class NotifyEndOfSharing(Value):
    """Which operator no longer handles the information, since which day."""

    organisation: OrganisationId
    happened_on: date


@sharing.act("76(2)", by=PARTY, when=[rules.in_force])
def notify_end_of_sharing(state: PreservationDesignation, command: NotifyEndOfSharing, given: Given) -> Acts:
    """Notify without delay that an operator no longer handles the information (Form 3)."""
    _sharing(state, command.organisation)
    _refuse_future(command.happened_on, given)
    yield SharingEnded(command.organisation, command.happened_on, given.today)


class NotifyChangeOfSharing(Value):
    """The operator as it is now, what changed, and when."""

    operator: Operator
    what: Restricted
    happened_on: date


@sharing.act("76(2)", by=PARTY, when=[rules.in_force])
def notify_change_of_sharing(
    state: PreservationDesignation, command: NotifyChangeOfSharing, given: Given
) -> Acts:
    """Notify without delay another change of a sharing operator (Form 3)."""
    _sharing(state, command.operator.organisation)
    _refuse_future(command.happened_on, given)
    yield SharingChanged(command.operator, command.what, command.happened_on, given.today)


class NotifyReturnOfSharing(Value):
    """Which operator named in the paper handles the information again, and since which day."""

    operator: Operator
    happened_on: date


@sharing.act("76(2)", by=PARTY, when=[rules.in_force])
def notify_return_of_sharing(
    state: PreservationDesignation, command: NotifyReturnOfSharing, given: Given
) -> Acts:
    """Notify without delay that an operator named in the paper of 67(9) is let handle it again (Form 3).

    76(1) asks for approval of others than those (記載した事業者以外の事業者).
    """
    who = command.operator.organisation
    refuse_if(who in state.sharing.now, "already_sharing", "76(2)", operator=who)
    refuse_if(who not in state.sharing.named, "approval_needed", "76(1)", operator=who)
    _refuse_future(command.happened_on, given)
    yield SharingResumed(command.operator, command.happened_on, given.today)


# ---- Proper management: 75 ----


class ShowMeasure(Value):
    """Which measure of the Order's Art. 10 is taken, how, and what shows it."""

    item: Name
    how: Restricted
    papers: Papers = ()


@sharing.act("75(1), (2)", by=KEEPERS, when=[rules.in_force])
def show_measure(state: PreservationDesignation, command: ShowMeasure, given: Given) -> Acts:
    """Show that a measure of proper management (適正管理措置) is taken, as whoever takes it."""
    by = _keeper(state, given)
    mine = "applicant" if by == APPLICANT_ITSELF else "operator"
    known = {one.item for one in measures() if mine in one.by}
    refuse_if(command.item not in known, "no_such_measure", "75(1)", item=command.item)
    yield MeasureShown(command.item, by, command.how, command.papers, given.today)


class ConfirmRules(Value):
    """The rules of which sharing operator, and what was confirmed."""

    organisation: OrganisationId
    rules: Restricted


@sharing.act("75(1); Cabinet Office Order 78 of 2023, Art. 10(i)ヘ", by=PARTY, when=[rules.in_force])
def confirm_rules(state: PreservationDesignation, command: ConfirmRules, given: Given) -> Acts:
    """Confirm a sharing operator's rules before it makes or changes them."""
    _sharing(state, command.organisation)
    yield RulesConfirmed(command.organisation, command.rules, given.today)


class ReportLeak(Value):
    """What leaked or is likely to, and on which day that was found."""

    what: Restricted
    found_on: date


@sharing.act("75(1); Cabinet Office Order 78 of 2023, Art. 10(i)チ", by=KEEPERS, when=[rules.in_force])
def report_leak(state: PreservationDesignation, command: ReportLeak, given: Given) -> Acts:
    """Report a leak at once: the applicant to the Prime Minister, a sharing operator to the applicant."""
    _refuse_future(command.found_on, given)
    by = _keeper(state, given)
    if by == APPLICANT_ITSELF:
        yield LeakReported(by, "prime_minister", command.what, command.found_on, given.today)
    else:
        yield LeakReportedToApplicant(by, command.what, command.found_on, given.today)


def _keeper(state: PreservationDesignation, given: Given) -> str:
    """As whom someone takes measures: the applicant, or the sharing operator of that number."""
    operator = SHARING_OPERATOR.name in given.by.roles and given.by.organisation in state.sharing.now
    applicant = {APPLICANT.name, AGENT.name} & given.by.roles
    applies = given.by.organisation in state.applicants or given.by.mandates & set(state.applicants)
    if applicant and applies:
        return APPLICANT_ITSELF
    refuse_if(not operator, "not_sharing", "75(2)", operator=given.by.organisation)
    return given.by.organisation


def _applied(state: PreservationDesignation, organisation: str) -> None:
    if organisation not in {one.organisation for one in state.sharing.applied}:
        raise Refusal("sharing_not_applied_for", "76(1)", operator=organisation)


def _sharing(state: PreservationDesignation, organisation: str) -> None:
    refuse_if(organisation not in state.sharing.now, "not_sharing", "76(2)", operator=organisation)


def _refuse_future(day: date, given: Given) -> None:
    refuse_if(day > given.today, "day_in_the_future", "75(1); 76(2)", day=day, today=given.today)

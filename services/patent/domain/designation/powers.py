"""The powers over the designation itself: its term, its renewal, its release, its end (Arts. 70, 77)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.patent.applications import Number
from services.patent.domain import charges, hearing
from services.patent.domain.designation import rules, sharing, supervision, working
from services.patent.domain.designation.procedure import designation, warned
from services.patent.domain.designation.state import (
    ClaimNoted,
    DesignationBegun,
    DesignationExpired,
    DesignationReleased,
    JudgedNotToContinue,
    PreservationDesignation,
    SuccessorsNoted,
    TermExtended,
)
from services.patent.domain.investigation.powers import consulting, investigating
from services.patent.domain.notices import a_notice_is_outstanding, issue, record_receipt
from services.patent.domain.vocabulary import Applicants, CaseId, Invention, Operator, PassDay, Restricted
from services.patent.roles import AGENT, APPLICANT, PRIME_MINISTER, before_the_prime_minister
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, refuse_if
from services.platform.law.values import Len, Value
from services.platform.time.timekeeping import keep_time

PARTY = (APPLICANT, AGENT)
HEARD = "Cabinet Office Order 78 of 2023, Art. 8"


class Begin(Value):
    """A designation as it was decided in a security review."""

    security_review: CaseId
    first_review: CaseId
    number: Number
    filed_on: date
    applicants: Applicants
    electronic_notices: bool
    invention: Invention
    until: date
    operators: Annotated[tuple[Operator, ...], Len(0, 100)] = ()

    @property
    def parties(self) -> Parties:
        """The applicants, and the Prime Minister."""
        return before_the_prime_minister(self.applicants)


@designation.act("70(1)", by=[THE_CLOCK], opens=True)
def begin(_: PreservationDesignation, command: Begin, given: Given) -> Acts:
    """Begin the designation on the day it was decided, and notify it to the applicant (70(1))."""
    begun = DesignationBegun(
        command.security_review,
        command.first_review,
        command.number,
        command.filed_on,
        command.applicants,
        command.electronic_notices,
        command.invention,
        command.until,
        command.operators,
        given.today,
    )
    yield begun
    yield from issue("designated", command, given)


# ---- Whether to go on: 70(3) ----

designation.apply(investigating, via="70(4), 73(5), 77(3)")
designation.apply(consulting, via="70(4), 77(3)")
designation.act(HEARD, by=[PRIME_MINISTER], when=[rules.in_force])(hearing.ask_opinion)
designation.act(HEARD, by=PARTY, when=[rules.in_force, hearing.opinion_awaited])(hearing.give_opinion)


class Extend(Value):
    """The new last day, and why the designation must go on."""

    until: date
    reasons: Restricted


@designation.act("70(3)", by=[PRIME_MINISTER], when=[rules.in_force, hearing.applicant_heard])
def extend(state: PreservationDesignation, command: Extend, given: Given) -> Acts:
    """Extend the term (延長) by one year at most, decided before it ends; any number of times."""
    last, longest = state.term.last_day, state.term.longest_renewal
    assert longest is not None
    refuse_if(
        not last < command.until <= longest,
        "beyond_one_year",
        "70(3)",
        until=command.until,
        first=last,
        longest=longest,
    )
    yield TermExtended(command.until, command.reasons, given.today)
    yield from issue("extended", state, given)


class JudgeNotToContinue(Value):
    """Why the designation need not go on after its term."""

    reasons: Restricted


@designation.act("70(3)", by=[PRIME_MINISTER], when=[rules.in_force, rules.not_judged])
def judge_not_to_continue(_: PreservationDesignation, command: JudgeNotToContinue, given: Given) -> Acts:
    """Judge that the designation need not go on: it ends with its term."""
    yield JudgedNotToContinue(command.reasons, given.today)


class Release(Value):
    """Why the designation is needed no longer."""

    reasons: Restricted


@designation.act("77(1), (2)", by=[PRIME_MINISTER], when=[rules.in_force])
def release(state: PreservationDesignation, command: Release, given: Given) -> Acts:
    """Release the designation (解除), and notify its end to the applicant and the Commissioner."""
    yield DesignationReleased(command.reasons, given.today)
    yield from issue("designation_ended", state, given)


@designation.act("77(2)", by=[THE_CLOCK], when=[rules.term_has_passed])
def end_term(state: PreservationDesignation, _: PassDay, given: Given) -> Acts:
    """Record that the term ended by itself, by its last day, and notify that at once."""
    last = state.term.last_day
    yield DesignationExpired(last, state.judged_not_to_continue_on is not None)
    yield from issue("designation_ended", state, given)


# ---- Dismissal called for: 73(6), (7), 74(2), (3), 78(5), (6) ----

designation.act("73(7); 74(3); 78(6)", by=[PRIME_MINISTER], when=[charges.nothing_charged])(
    charges.notify_reasons
)
designation.act("73(7); 74(3); 78(6)", by=PARTY, when=[charges.not_explained])(charges.explain)
designation.act("73(7); 74(3); 78(6)", by=[THE_CLOCK], when=[charges.explanation_overdue])(
    charges.end_explanation_period
)
designation.act("73(6); 74(2); 78(5)", by=[PRIME_MINISTER], when=[charges.charged])(charges.drop_charge)
designation.act(
    "73(6); 74(2); 78(5)",
    by=[PRIME_MINISTER],
    when=[charges.charged, charges.reasons_arrived, charges.explanation_heard],
)(charges.call_for_dismissal)


# ---- What the Commissioner tells: 66(8) ----


class NoteSuccessors(Value):
    """Whom the right to the patent belongs to now."""

    applicants: Applicants


@designation.act("66(8); 70(5)", by=[THE_CLOCK])
def note_successors(state: PreservationDesignation, command: NoteSuccessors, given: Given) -> Acts:
    """Take the word of a succession: the successor is the designated applicant from then on."""
    refuse_if(state.applicants == command.applicants, "already_heard", "66(8)")
    yield SuccessorsNoted(command.applicants, given.today)


# ---- Claims for compensation: 80 ----


class NoteClaim(Value):
    """The case of the claim."""

    claim: CaseId


@designation.act("80(4)", by=[THE_CLOCK])
def note_claim(state: PreservationDesignation, command: NoteClaim, _: Given) -> Acts:
    """Note a claim that goes back to this designation: whom to tell of its end (80(4)), once."""
    refuse_if(command.claim in state.claims, "already_heard", "80(4)")
    yield ClaimNoted(command.claim)


designation.apply(working.working)
designation.apply(sharing.sharing)
designation.apply(supervision.supervision)
designation.act(
    "70(1), 70(5), 77(2); 67(2), 73(7)", by=[PRIME_MINISTER, *PARTY], when=[a_notice_is_outstanding]
)(record_receipt)
keep_time(designation, warned=warned, silences={})

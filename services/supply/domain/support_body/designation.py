"""Designation and its end: Arts. 31(1), (2), 32, 39-42."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.platform.law.acts import Acts
from services.platform.law.parties import OrganisationId, Parties
from services.platform.law.procedure import Given, Powers, Refusal, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import Line, Name, Reasons
from services.statute import period
from services.statute.lists import listed
from services.supply.domain.hearings import heard, hearing
from services.supply.domain.support_body.state import (
    Applicant,
    BodyDesignated,
    BodyNotDesignated,
    DesignationApplied,
    DesignationCancelled,
    LegalForm,
    ParticularsChanged,
    PublicNoticeGiven,
    SupervisionOrdered,
    SupportBody,
    SuspensionApplied,
    SuspensionNotPermitted,
    SuspensionPermitted,
    WorkHandedOver,
)
from services.supply.orders import material_on, order_of
from services.supply.plans.model import Month, Paper
from services.supply.roles import CAO, OFFICIAL, SUPPORT_BODY, before

GROUNDS = ("41(1)", "41(2)(i)", "41(2)(ii)", "41(2)(iii)", "41(3)")
Offices = Annotated[tuple[Line, ...], Len(1, 50)]


@rule("body_decided", "31(1)")
def undecided(state: SupportBody, _: Given) -> bool:
    """Nothing has been decided on the application."""
    return state.applied is not None and state.designated is None and state.not_designated is None


@rule("body_not_in_operation", "31(1)")
def in_operation(state: SupportBody, _: Given) -> bool:
    """It is designated, and its designation has not ended."""
    return state.in_operation


@rule("nothing_awaits_publication", "32(1), (3), 40(3), 41(4)")
def unpublished(state: SupportBody, _: Given) -> bool:
    """Something waits for its public notice."""
    return state.notices_due > 0


@rule("no_suspension_applied", "40(1)")
def suspension_applied(state: SupportBody, _: Given) -> bool:
    """Permission to suspend or give up the work was applied for."""
    return state.suspension is not None


@rule("nothing_to_hand_over", "41(5)")
def hands_over(state: SupportBody, _: Given) -> bool:
    """The designation was cancelled under 41(1) or (2), and the work has not been handed over."""
    cancelled = state.cancelled
    return cancelled is not None and cancelled.ground != "41(3)" and state.handed_over is None


def ministers_of(material: str) -> tuple[str, ...]:
    """The Prime Minister and the ministers of the material (86(1)(iii))."""
    return (CAO, *order_of(material).ministries)


designation: Powers[SupportBody] = Powers()


class ApplyForDesignation(Value):
    """Who applies, for which material, with which plan for the work, and the papers."""

    organisation: OrganisationId
    name: Name
    address: Line
    offices: Offices
    material: Name
    legal_form: LegalForm
    closing_month: Month
    plan: Reasons
    sentence_ended_on: date | None = None
    designation_cancelled_on: date | None = None
    papers: Annotated[tuple[Paper, ...], Len(0, 50)] = ()

    @property
    def parties(self) -> Parties:
        """The applicant, and the ministers."""
        return before(ministers_of(self.material), {SUPPORT_BODY: self.organisation})


@designation.act("31(1), (2)", by=[SUPPORT_BODY], opens=True)
def apply_for_designation(_: SupportBody, command: ApplyForDesignation, given: Given) -> Acts:
    """Apply to be designated as the support body for a material."""
    material_on(command.material, given.today)
    refuse_if(command.legal_form == "other", "legal_form_wrong", "31(1)")
    for day in (command.sentence_ended_on, command.designation_cancelled_on):
        bar = day and period("supply.bar_of_support_body").starting(day)
        if bar and given.today <= bar.last_day:
            raise Refusal("barred", "31(2)", see=[bar], last_day=bar.last_day)
    applicant = Applicant(**{name: getattr(command, name) for name in Applicant.__struct_fields__})
    yield DesignationApplied(applicant, ministers_of(command.material), given.today)


class Designate(Value):
    """Designation says nothing more than that the criteria of Art. 31(1) are met."""

    reasons: Reasons


@designation.act("31(1)", by=[OFFICIAL], when=[undecided])
def designate_body(state: SupportBody, _: Designate, given: Given) -> Acts:
    """Designate the applicant as the support body for its material (指定)."""
    assert state.applied is not None
    one = state.applied.applicant
    yield BodyDesignated(
        "corporation",
        one.material,
        one.organisation,
        one.name,
        one.address,
        one.offices,
        one.closing_month,
        state.applied.ministries,
        given.today,
    )


class NotDesignate(Value):
    """Why the applicant is not designated."""

    reasons: Reasons


@designation.act("31(1)", by=[OFFICIAL], when=[undecided])
def not_designate_body(_: SupportBody, command: NotDesignate, given: Given) -> Acts:
    """Refuse the designation."""
    yield BodyNotDesignated(command.reasons, given.today)


class DesignateAgency(Value):
    """Which agency of the Act's table, for which material."""

    organisation: OrganisationId
    agency: Annotated[str, Len(1, 3)]
    """Its item in the table."""
    address: Line
    offices: Offices
    material: Name
    closing_month: Month = 3

    @property
    def parties(self) -> Parties:
        """The agency, and the ministers of the material."""
        return before(order_of(self.material).ministries, {SUPPORT_BODY: self.organisation})


@designation.act("42(2)", by=[OFFICIAL], opens=True)
def designate_agency(_: SupportBody, command: DesignateAgency, given: Given) -> Acts:
    """Designate an independent administrative agency of the table for a material (42(1), (2))."""
    material_on(command.material, given.today)
    named = {one.id: one for one in listed("support_agencies", given.today)}.get(command.agency)
    if named is None:
        raise Refusal("agency_not_in_table", "42(1); table", agency=command.agency)
    yield BodyDesignated(
        "agency",
        command.material,
        command.organisation,
        named.wording,
        command.address,
        command.offices,
        command.closing_month,
        order_of(command.material).ministries,
        given.today,
    )


class GivePublicNotice(Value):
    """Where and when it was made public."""

    gazette: Line
    on: date


@designation.act("32(1), (3), 40(3), 41(4)", by=[OFFICIAL], when=[unpublished])
def give_public_notice(_: SupportBody, command: GivePublicNotice, given: Given) -> Acts:
    """Make public what waits for it (公示): designation, change of particulars, permission, cancellation."""
    refuse_if(command.on > given.today, "day_in_the_future", day=command.on, today=given.today)
    yield PublicNoticeGiven(command.gazette, command.on)


class ChangeParticulars(Value):
    """Name, address and offices as they will be, and from which day."""

    name: Name
    address: Line
    offices: Offices
    changes_on: date


@designation.act("32(2), 42(3)", by=[SUPPORT_BODY], when=[in_operation])
def change_particulars(_: SupportBody, command: ChangeParticulars, given: Given) -> Acts:
    """Notify a change of name, address or office in advance."""
    refuse_if(command.changes_on <= given.today, "not_in_advance", day=command.changes_on, today=given.today)
    yield ParticularsChanged(command.name, command.address, command.offices, command.changes_on, given.today)


class OrderSupervision(Value):
    """What is ordered, and why."""

    content: Reasons
    reasons: Reasons


@designation.act("39", by=[OFFICIAL], when=[in_operation])
def order_supervision(_: SupportBody, command: OrderSupervision, given: Given) -> Acts:
    """Give an order needed for supervision (監督命令)."""
    yield SupervisionOrdered(command.content, command.reasons, given.today)


class ApplyForSuspension(Value):
    """Whether the whole work, whether for good, from which day, and why."""

    whole: bool
    abolishes: bool
    begins_on: date
    reasons: Reasons


@designation.act("40(1)", by=[SUPPORT_BODY], when=[in_operation])
def apply_for_suspension(_: SupportBody, command: ApplyForSuspension, given: Given) -> Acts:
    """Apply for permission to suspend or give up all or part of the work."""
    yield SuspensionApplied(command.whole, command.abolishes, command.begins_on, command.reasons, given.today)


class PermitSuspension(Value):
    """Permission says nothing more than that it is given."""


@designation.act("40(1), (2)", by=[OFFICIAL], when=[in_operation, suspension_applied])
def permit_suspension(state: SupportBody, _: PermitSuspension, given: Given) -> Acts:
    """Permit it (許可); given up as a whole, the designation loses its effect (40(2))."""
    assert state.suspension is not None
    yield SuspensionPermitted(state.suspension.whole, state.suspension.abolishes, given.today)


class NotPermitSuspension(Value):
    """Why it is not permitted."""

    reasons: Reasons


@designation.act("40(1)", by=[OFFICIAL], when=[in_operation, suspension_applied])
def not_permit_suspension(_: SupportBody, command: NotPermitSuspension, given: Given) -> Acts:
    """Do not permit it."""
    yield SuspensionNotPermitted(command.reasons, given.today)


class CancelDesignation(Value):
    """The reasons, and to which support body the work goes (41(5))."""

    reasons: Reasons
    successor: OrganisationId | None = None


@designation.act("41(1), (2), (3)", by=[OFFICIAL], when=[in_operation, heard])
def cancel_designation(state: SupportBody, command: CancelDesignation, given: Given) -> Acts:
    """Cancel the designation (指定の取消し) on the ground the body was heard about."""
    assert state.hearing is not None
    assert state.designated is not None
    yield DesignationCancelled(
        state.designated.material, state.hearing.ground, command.reasons, command.successor, given.today
    )


class HandOver(Value):
    """To whom, and what: the work, the books, the property, what was paid to the Treasury."""

    to: OrganisationId
    what: Reasons


@designation.act(
    "41(5), (6); CAO/MAFF Order 17 of 2022, Art. 14; CAO/MLIT Order 8 of 2022, Art. 15; "
    "CAO/MHLW/METI Order 1 of 2025, Art. 14",
    by=[SUPPORT_BODY],
    when=[hands_over],
)
def hand_over(state: SupportBody, command: HandOver, given: Given) -> Acts:
    """Hand the work over to the support body the ministers chose (引継ぎ)."""
    assert state.cancelled is not None
    chosen = state.cancelled.successor
    refuse_if(command.to != chosen, "not_the_successor", "41(5)", successor=chosen or "-")
    yield WorkHandedOver(command.to, command.what, given.today)


designation.apply(hearing(GROUNDS, when=[in_operation]))

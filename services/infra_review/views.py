"""The whole picture of a designation and of a plan; `access.toml` says how much of it each reader sees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from services.infra_review import cautions, penalties
from services.infra_review.cautions import Caution
from services.infra_review.domain.measures.state import Finding, Order, Recommendation
from services.infra_review.domain.operator import (
    ChangeOfParticularsFiled,
    Figure,
    InformationProvided,
    Operator,
    PublicNoticeGiven,
)
from services.infra_review.domain.review import Original, Review
from services.infra_review.penalties import Provision
from services.infra_review.plan.model import Plan
from services.platform.cases.case import Case
from services.platform.law.procedure import Given
from services.platform.law.values import Value
from services.platform.shared.completion import Shortcoming
from services.platform.shared.consultation import Consultation
from services.platform.shared.words import Necessity
from services.platform.time.timekeeping import ReminderSent


class OperatorView(Value):
    """A designation: who, for which business, since when, by which criterion, and how it was published."""

    organisation: str | None
    name: str
    address: str
    business: str
    sector: str
    ministries: tuple[str, ...]
    designated_on: date
    duty_from: date
    in_force: bool
    released_on: date | None
    public_notices: tuple[PublicNoticeGiven, ...]
    to_be_published: bool
    changes: tuple[ChangeOfParticularsFiled, ...]
    information: tuple[InformationProvided, ...]
    reminders: tuple[ReminderSent, ...]
    criterion: str
    figures: tuple[Figure, ...]
    necessity: Necessity
    penalty_provisions: tuple[Provision, ...]


def operator_view(case: Case[Operator], given: Given) -> OperatorView:
    """A designation as of the day of `given`."""
    state, today = case.state, given.today
    return OperatorView(
        organisation=state.organisation,
        name=state.name_on(today),
        address=state.address_on(today),
        business=state.business,
        sector=state.sector,
        ministries=state.ministries,
        designated_on=state.designation.on,
        duty_from=state.grace.free_from,
        in_force=state.in_force(today),
        released_on=state.released.on if state.released else None,
        public_notices=state.notices,
        to_be_published=state.unpublished,
        changes=state.changes,
        information=state.provided,
        reminders=state.timekeeping.told("party"),
        criterion=state.designation.criterion,
        figures=state.designation.figures,
        necessity=state.designation.necessity,
        penalty_provisions=penalties.in_designation(state),
    )


class Standstill(Value):
    """The standstill (禁止期間) of a plan, as extended and shortened so far."""

    day_one: date
    last_day: date
    free_from: date
    extended_until: date | None
    shortened_until: date | None
    at_most_until: date
    extension_not_delivered: date | None
    """Until when it would run if the notice of its extension was handed over in time."""


class ReviewView(Value):
    """A plan under review: its two moments of beginning, its standstill, and how far it has climbed."""

    organisation: str | None
    operator_id: str
    amends: str | None
    business: str
    sector: str
    ministries: tuple[str, ...]
    arrived_at: datetime | None
    accepted_at: datetime | None
    accepted_on: date | None
    shortcomings: tuple[Shortcoming, ...]
    defects: tuple[Shortcoming, ...]
    original: Original | None
    standstill: Standstill | None
    plan: Plan | None
    consultations: tuple[Consultation, ...]
    recommendation: Recommendation | None
    answer_due: date | None
    order: Order | None
    power_until: date | None
    changed_plan_filed_on: date | None
    changed_in: tuple[str, ...]
    finding: Finding | None
    stopped_on: date | None
    withdrawn_on: date | None
    released_on: date | None
    free_from: date | None
    freed_because: Literal["standstill_over", "changed_plan_filed"] | None
    reminders: tuple[ReminderSent, ...]
    reminders_to_officials: tuple[ReminderSent, ...]
    cautions: tuple[Caution, ...]
    cautions_to_officials: tuple[Caution, ...]
    penalty_provisions: tuple[Provision, ...]


def review_view(case: Case[Review], given: Given) -> ReviewView:
    """A plan under review as of the day of `given`."""
    state, measures = case.state, case.state.measures
    return ReviewView(
        organisation=state.organisation,
        operator_id=state.operator_id,
        amends=state.amends,
        business=state.business,
        sector=state.sector,
        ministries=state.ministries,
        arrived_at=state.arrived_at,
        accepted_at=state.accepted_at,
        accepted_on=state.accepted_on,
        shortcomings=state.returned,
        defects=state.defects,
        original=state.original,
        standstill=_standstill(state),
        plan=state.plan,
        consultations=measures.consultations,
        recommendation=measures.recommendation,
        answer_due=state.answer_due.last_day if state.answer_due else None,
        order=measures.order,
        power_until=state.window.last_day if state.window else None,
        changed_plan_filed_on=measures.changed_plan_on,
        changed_in=measures.changed,
        finding=measures.finding,
        stopped_on=measures.stopped_on,
        withdrawn_on=state.withdrawn_on,
        released_on=state.released_on,
        free_from=state.freed.free_from if state.freed else None,
        freed_because=state.freed.because if state.freed else None,
        reminders=state.timekeeping.told("party"),
        reminders_to_officials=state.timekeeping.told("official"),
        cautions=cautions.of_review(state, given.today, "party"),
        cautions_to_officials=cautions.of_review(state, given.today, "official"),
        penalty_provisions=penalties.in_review(state, given.today),
    )


def _standstill(state: Review) -> Standstill | None:
    runs, ceiling = state.standstill, state.ceiling
    if runs is None or ceiling is None:
        return None
    return Standstill(
        runs.day_one,
        runs.last_day,
        runs.free_from,
        state.moved("extend"),
        state.moved("shorten"),
        ceiling.last_day,
        state.extension.until if state.extension else None,
    )

"""What others may know of Chapter 3: for each act, the few facts that leave; restricted ones leave as ids.

An event bears the name of its act and repeats those of its facts that are fields here; nothing else leaves.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Any

from msgspec.structs import fields

from services.platform.events.contracts import declared, event
from services.platform.law.values import Value

# ---- Operators ----


@event("internal")
class Designated(Value):
    """An operator of essential infrastructure was designated (Art. 50(1))."""

    organisation: str
    business: str
    sector: str
    ministries: tuple[str, ...]
    on: date


@event("public")
class PublicNoticeGiven(Value):
    """A designation, its change or its release was published in the gazette (Art. 50(2))."""

    gazette: str
    on: date


@event("internal")
class ChangeOfParticularsFiled(Value):
    """An operator's name or address changes on a day (Art. 50(3))."""

    changes_on: date


@event("internal")
class GraceEnded(Value):
    """Art. 52(1) applies to the operator from a day on (Art. 53(1))."""

    duty_from: date


@event("internal")
class Released(Value):
    """A designation was released (Art. 51)."""

    on: date


# ---- Plans under review: notifications and changes ----


@event("internal")
class PlanFiled(Value):
    """A plan arrived (Art. 52(1)); with `amends`, the draft of a change to an earlier one (Art. 54(1))."""

    operator_id: str
    business: str
    sector: str
    ministries: tuple[str, ...]
    arrived_on: date
    amends: str | None


@event("internal")
class PlanReturned(Value):
    """A plan was returned for completion."""

    on: date


@event("internal")
class PlanCompleted(Value):
    """A returned plan was filed again, whole."""

    on: date


@event("internal")
class PlanAccepted(Value):
    """A plan was accepted: the first day of its standstill (Art. 52(3))."""

    at: datetime
    on: date


@event("internal")
class PlanWithdrawn(Value):
    """A plan was withdrawn."""

    on: date


@event("internal")
class StandstillShortened(Value):
    """A standstill was shortened (Art. 52(3) proviso, 52(5))."""

    until: date


@event("internal")
class StandstillExtended(Value):
    """A standstill was extended (Art. 52(4))."""

    until: date


@event("internal")
class PlanFreed(Value):
    """Introduction or outsourcing is free from a day on."""

    free_from: date
    because: str


# ---- The ladder: who hears of these needs to know, and finds the rest in the case ----


@event("restricted")
class ConsultationOpened(Value):
    """The Prime Minister and the heads of these agencies were asked (Art. 56(1))."""

    agencies: tuple[str, ...]


@event("restricted")
class OpinionGiven(Value):
    """One of those consulted gave an opinion."""

    of: str


@event("restricted")
class ConsultationClosed(Value):
    """A consultation is over."""


@event("restricted")
class RecommendationMade(Value):
    """A recommendation was made (Art. 52(6))."""


@event("restricted")
class RecommendationReceived(Value):
    """A recommendation was received: the first of the ten days (Art. 52(7))."""


@event("restricted")
class RecommendationAnswered(Value):
    """A recommendation was answered (Art. 52(7))."""


@event("restricted")
class AnswerNotGiven(Value):
    """The ten days passed without an answer."""


@event("restricted")
class RefusalAssessed(Value):
    """The reasons for a refusal were assessed (Art. 52(10))."""


@event("restricted")
class OrderMade(Value):
    """An order was made (Art. 52(10))."""


@event("restricted")
class ChangedPlanFiled(Value):
    """The plan was filed, changed as recommended or ordered (Art. 52(8))."""


@event("restricted")
class IntroductionStopped(Value):
    """The operator stopped the introduction or outsourcing (Art. 52(8))."""


# ---- Passports ----


@event("restricted")
class PassportChanged(Value):
    """A supplier filed its facts anew; the plans that cite them are told what Art. 54 asks of them."""

    revision: int


# ---- The clock: who hears of these finds the rest in the case ----


@event("restricted")
class ReminderSent(Value):
    """A period's end comes near: the officials whose power it ends are to be told, or the party."""

    to: str


@event("restricted")
class CertificateIssued(Value):
    """A period ended by silence, and the party was given the certificate of it."""

    certificate_id: str


@event("restricted")
class HolidaysApplied(Value):
    """A deadline was computed with a table of holidays for the first time."""

    table: str


@event("restricted")
class DeadlineRecomputed(Value):
    """The holiday law changed, and a case's deadlines were computed again with the table after it."""

    before: str
    after: str


# ---- Changes, emergencies, equipment in use, inquiries ----


@event("internal")
class ChangeNoted(Value):
    """The draft of an important change of a plan was filed as another case (Art. 54(1))."""

    change_id: str


@event("internal")
class ChangeReported(Value):
    """A change of a plan was reported (Art. 54(4))."""

    on: date


@event("internal")
class UrgentChangeNotified(Value):
    """An important change that could not wait was notified afterwards (Art. 54(3))."""

    changed_on: date
    on: date


@event("restricted")
class PlanReplaced(Value):
    """A plan was replaced by the one changed in a review of equipment in use (Arts. 55(3), 52(8))."""

    on: date


@event("internal")
class EmergencyReported(Value):
    """An introduction or outsourcing that could not wait was notified afterwards (Art. 52(11))."""

    operator_id: str
    business: str
    sector: str
    ministries: tuple[str, ...]
    done_on: date


@event("restricted")
class PostReviewOpened(Value):
    """Equipment in use is reviewed again (Art. 55(1), (2))."""

    of: str


@event("restricted")
class MeasuresTaken(Value):
    """The operator stated that it took the measures that were recommended or ordered (Art. 55(3))."""


@event("restricted")
class PostReviewClosed(Value):
    """A review of equipment in use ended without a recommendation."""


@event("restricted")
class InformationRequested(Value):
    """A report or material was asked for, by a day (Art. 58(1), (2))."""

    due: date


@event("restricted")
class InformationGiven(Value):
    """A report or material came in (Art. 58(1), (2))."""


@event("restricted")
class InformationOverdue(Value):
    """The day set for a report passed without one."""


@event("restricted")
class Inspected(Value):
    """Officials inspected (Art. 58(2))."""


@event("restricted")
class InquiryClosed(Value):
    """An inquiry was closed."""


@event("internal")
class InformationProvided(Value):
    """A designated operator was given information that helps to prevent interference (Art. 57)."""

    on: date


@event("restricted")
class CooperationRequested(Value):
    """A minister asked for cooperation in applying the chapter (Art. 59)."""


@event("restricted")
class CooperationGiven(Value):
    """A request for cooperation was answered (Art. 59)."""


# ---- Bulk filing ----


@event("internal")
class BatchReceived(Value):
    """A file of notifications was received (Art. 52(1))."""

    lines: int


@event("internal")
class LinesTaken(Value):
    """The lines of a file up to one were filed or refused."""

    through: int


EVENTS = {model.__name__: model for model in declared(sys.modules[__name__])}
"""Every event of this service, by its name."""


def contract(act: Any) -> Any | None:
    """The event that an act is published as; None when it stays inside."""
    model = EVENTS.get(type(act).__name__)
    if model is None:
        return None
    return model(**{field.name: getattr(act, field.name) for field in fields(model)})

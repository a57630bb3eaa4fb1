"""The powers about an international application deemed a patent application (78(4)-(7))."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.patent.domain import charges
from services.patent.domain.first_review.state import DismissalServed
from services.patent.domain.international_application.state import (
    InternationalApplication,
    InternationalApplicationDismissed,
    InternationalApplicationNotified,
    NoBreachFound,
    international_application,
    told_of,
)
from services.patent.domain.notices import a_notice_is_outstanding, record_receipt
from services.patent.domain.vocabulary import Applicants, Line, Name, Papers, Restricted
from services.patent.roles import AGENT, APPLICANT, COMMISSIONER, PRIME_MINISTER
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.time.timekeeping import keep_time


@rule("already_judged", "78(5)")
def not_judged(state: InternationalApplication, _: Given) -> bool:
    """The Prime Minister has found neither that there is no breach nor that a dismissal is fit."""
    return state.open


@rule("no_ground_for_dismissal", "78(7)")
def dismissal_was_called_for(state: InternationalApplication, _: Given) -> bool:
    """The Prime Minister called for the dismissal, and it was not made."""
    return state.called_for_on is not None and state.dismissed_on is None


class NotifyInternationalApplication(Value):
    """Which application the Patent Office received, of whom, and which invention of 66(1) it shows."""

    number: Name
    received_on: date
    applicants: Applicants
    invention: Restricted
    electronic_notices: bool = True
    papers: Papers = ()

    @property
    def parties(self) -> Parties:
        """The Commissioner, the Prime Minister and the applicants."""
        return told_of(self.applicants)


@international_application.act("78(4)", by=[COMMISSIONER], opens=True)
def notify_international_application(
    _: InternationalApplication, command: NotifyInternationalApplication, given: Given
) -> Acts:
    """Tell the Prime Minister of an international application that shows an invention of 66(1)."""
    refuse_if(
        command.received_on > given.today,
        "day_in_the_future",
        "78(4)",
        day=command.received_on,
        today=given.today,
    )
    yield InternationalApplicationNotified(
        command.number,
        command.received_on,
        command.applicants,
        command.electronic_notices,
        command.invention,
        command.papers,
        given.today,
    )


class FindNoBreach(Value):
    """Why it breaches nothing, or why a dismissal is not fit."""

    reasons: Restricted


@international_application.act("78(5)", by=[PRIME_MINISTER], when=[not_judged, charges.nothing_charged])
def find_no_breach(_: InternationalApplication, command: FindNoBreach, given: Given) -> Acts:
    """Find that the application does not breach 78(1), or that no dismissal is fit."""
    yield NoBreachFound(command.reasons, given.today)


PARTY = (APPLICANT, AGENT)
international_application.act("78(6)", by=[PRIME_MINISTER], when=[not_judged, charges.nothing_charged])(
    charges.notify_reasons
)
international_application.act("78(6)", by=PARTY, when=[charges.not_explained])(charges.explain)
international_application.act("78(6)", by=[THE_CLOCK], when=[charges.explanation_overdue])(
    charges.end_explanation_period
)
international_application.act("78(5)", by=[PRIME_MINISTER], when=[charges.charged])(charges.drop_charge)
international_application.act(
    "78(5)", by=[PRIME_MINISTER], when=[charges.charged, charges.reasons_arrived, charges.explanation_heard]
)(charges.call_for_dismissal)


class DismissInternational(Value):
    """The reasons of the dismissal, and the agents it names (Order 5 of 2023, Art. 4(ii), (iii))."""

    reasons: Restricted
    agents: Annotated[tuple[Line, ...], Len(0, 10)] = ()


@international_application.act("78(7)", by=[COMMISSIONER], when=[dismissal_was_called_for])
def dismiss_international(
    state: InternationalApplication, command: DismissInternational, given: Given
) -> Acts:
    """Dismiss the application in writing, once the Prime Minister has called for it."""
    told = state.notified
    assert told is not None
    yield InternationalApplicationDismissed(
        command.reasons, given.today, told.number, told.applicants, command.agents
    )


class RecordService(Value):
    """The day on which the certified copy was served, and what proves it."""

    on: date
    evidence: Line


@rule("nothing_to_serve", "85(1)")
def dismissed_not_served(state: InternationalApplication, _: Given) -> bool:
    """The application was dismissed, and that was not served."""
    return state.dismissed_on is not None and state.served_on is None


@international_application.act("85(1)", by=[COMMISSIONER], when=[dismissed_not_served])
def record_service(state: InternationalApplication, command: RecordService, given: Given) -> Acts:
    """Record the service (送達) of the dismissal (Order 5 of 2023, Art. 6)."""
    first = state.dismissed_on
    assert first is not None
    refuse_if(
        not first <= command.on <= given.today,
        "day_not_between",
        "85(1)",
        day=command.on,
        first=first,
        last=given.today,
    )
    yield DismissalServed(command.on, command.evidence)


international_application.act("78(5), (6)", by=[PRIME_MINISTER, *PARTY], when=[a_notice_is_outstanding])(
    record_receipt
)
keep_time(international_application, warned=lambda _: (), silences={})

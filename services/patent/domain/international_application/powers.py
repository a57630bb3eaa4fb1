"""The powers about an international application deemed a patent application (78(4)-(7))."""

from __future__ import annotations

from datetime import date

from services.patent.domain import charges
from services.patent.domain.international_application.state import (
    InternationalApplication,
    InternationalApplicationDismissed,
    InternationalApplicationNotified,
    NoBreachFound,
    international_application,
    told_of,
)
from services.patent.domain.notices import a_notice_is_outstanding, record_receipt
from services.patent.domain.vocabulary import Applicants, Name, Papers, Restricted
from services.patent.roles import AGENT, APPLICANT, COMMISSIONER, PRIME_MINISTER
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import Value
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
    "78(5)", by=[PRIME_MINISTER], when=[charges.charged, charges.explanation_heard]
)(charges.call_for_dismissal)


class DismissInternational(Value):
    """The reasons of the dismissal."""

    reasons: Restricted


@international_application.act("78(7)", by=[COMMISSIONER], when=[dismissal_was_called_for])
def dismiss_international(_: InternationalApplication, command: DismissInternational, given: Given) -> Acts:
    """Dismiss the application, once the Prime Minister has called for it."""
    yield InternationalApplicationDismissed(command.reasons, given.today)


international_application.act("78(5), (6)", by=[PRIME_MINISTER, *PARTY], when=[a_notice_is_outstanding])(
    record_receipt
)
keep_time(international_application, warned=lambda _: (), silences={})

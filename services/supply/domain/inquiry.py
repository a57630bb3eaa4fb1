"""Requests for reports, and inspections (報告徴収及び立入検査): Art. 48(4)-(9).

A certified operator is asked for reports and material only (48(4)); institutions, support bodies and trustees
may be inspected too (48(5)-(7)). None of this is criminal investigation (48(9)).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from services.platform.law.acts import Acts
from services.platform.law.parties import Parties, Role
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.inquiry import InformationRequested, Inquiry, inquiring
from services.platform.shared.words import CaseId, Necessity, Reasons
from services.supply.roles import AGENT, INSTITUTION, OFFICIAL, OPERATOR, SUPPORT_BODY, TRUSTEE, before

Purpose = Literal["48(4)", "48(5)", "48(6)", "48(7)"]
"""By which paragraph, and so of whom, it is asked."""
WHOM: dict[str, tuple[Role, ...]] = {
    "48(4)": (OPERATOR, AGENT),
    "48(5)": (INSTITUTION,),
    "48(6)": (SUPPORT_BODY,),
    "48(7)": (TRUSTEE,),
}
PROCEDURE: dict[str, Purpose] = {
    "supply-plan": "48(4)",
    "institution": "48(5)",
    "support-body": "48(6)",
    "trustee": "48(7)",
}
"""The paragraph by the kind of case it is asked in."""


@rule("operator_not_inspected", "48(4)")
def may_be_inspected(state: Inquiry, _: Given) -> bool:
    """Art. 48(4) gives no power to inspect a certified operator."""
    return state.asked is not None and state.asked.purpose != "48(4)"


def _parties(organisation: str, ministries: tuple[str, ...], purpose: str) -> Parties:
    return before(ministries, dict.fromkeys(WHOM[purpose], organisation))


inquiry = inquiring(
    "48(4), (5), (6), (7)",
    asks=[OFFICIAL],
    answers=[OPERATOR, AGENT, INSTITUTION, SUPPORT_BODY, TRUSTEE],
    parties=lambda asked: _parties(asked.organisation, asked.ministries, asked.purpose),
    inspection="48(5), (6), (7), (8)",
    inspects_when=[may_be_inspected],
)


class RequestReport(Value):
    """About which case of whose, what is asked, why it is needed, and by which day."""

    about: CaseId
    organisation: Annotated[str, Len(1, 30)]
    questions: Annotated[tuple[Reasons, ...], Len(1, 100)]
    necessity: Necessity
    due: date


class Asking(Value):
    """A request beside what its case says: by which paragraph, whose it is, and whether that stands."""

    request: RequestReport
    purpose: Purpose
    ministries: tuple[str, ...]
    organisations: tuple[str, ...]
    stands: bool

    @property
    def parties(self) -> Parties:
        """Who is asked, and by whom."""
        return _parties(self.request.organisation, self.ministries, self.purpose)


@inquiry.act("48(4), (5), (6), (7)", by=[OFFICIAL], opens=True)
def request_report(_: Inquiry, command: Asking, given: Given) -> Acts:
    """Ask a certified operator, an institution, a support body or a trustee for a report or material."""
    asked = command.request
    refuse_if(asked.due < given.today, "day_is_past", day=asked.due, today=given.today)
    refuse_if(not command.stands, "not_certified_or_designated", command.purpose)
    stranger = asked.organisation not in command.organisations
    refuse_if(stranger, "not_of_that_case", command.purpose, organisation=asked.organisation)
    yield InformationRequested(
        asked.organisation,
        command.ministries,
        command.purpose,
        asked.about,
        asked.questions,
        asked.necessity,
        asked.due,
        given.today,
    )

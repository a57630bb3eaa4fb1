"""Requests for information and inspections (報告徴収及び立入検査): Art. 58.

A report or material is asked for by a day the ministry sets, for one of the purposes the article names and no
other. Before a designation (58(1)) there is no inspecting.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL, filed_by
from services.platform.law.acts import Acts
from services.platform.law.parties import Parties
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.inquiry import (
    InformationRequested,
    Inquiry,
    Inspect,
    InspectionBegun,
    inquiring,
    inspect,
)
from services.platform.shared.words import CaseId, Name, Necessity, Reasons

Purpose = Literal["50(1)", "51", "52(6)", "52(10)", "55(1)", "55(2)"]
"""The provision that needs the information: 50(1) before a designation (58(1)), the others after it."""
AfterDesignation = Literal["51", "52(6)", "52(10)", "55(1)", "55(2)"]


@rule("inspection_not_open", "58(1)")
def asked_of_an_operator(state: Inquiry, _: Given) -> bool:
    """Art. 58(1), before a designation, gives no power to inspect."""
    return state.opened is not None and state.opened.purpose != "50(1)"


inquiry = inquiring(
    "58(1), (2)",
    asks=[REVIEWING_OFFICIAL],
    answers=[OPERATOR, AGENT],
    parties=lambda asked: filed_by(asked.organisation, asked.ministries),
    inspection="58(2)",
    inspects_when=[asked_of_an_operator],
)


class RequestInformation(Value):
    """Of whom, for which purpose, what, why it is needed, and by which day."""

    organisation: Name
    business: Name
    purpose: Purpose
    questions: Annotated[tuple[Reasons, ...], Len(1, 100)]
    necessity: Necessity
    due: date
    about: CaseId | None = None


class Asking(Value):
    """A request beside the ministries with jurisdiction over the business, and whether it is designated."""

    request: RequestInformation
    ministries: tuple[str, ...]
    designated: bool

    @property
    def parties(self) -> Parties:
        """Who is asked, and by whom."""
        return filed_by(self.request.organisation, self.ministries)


@inquiry.act("58(1), (2)", by=[REVIEWING_OFFICIAL], opens=True)
def request_information(_: Inquiry, command: Asking, given: Given) -> Acts:
    """Ask for a report or material, as far as the purpose needs it."""
    asked = command.request
    refuse_if(asked.due < given.today, "day_is_past", day=asked.due, today=given.today)
    not_yet = asked.purpose != "50(1)" and not command.designated
    refuse_if(not_yet, "not_designated", "58(2)", operator=asked.organisation)
    yield InformationRequested(
        organisation=asked.organisation,
        ministries=command.ministries,
        purpose=asked.purpose,
        about=asked.about,
        questions=asked.questions,
        necessity=asked.necessity,
        due=asked.due,
        on=given.today,
    )


class InspectFirst(Value):
    """Of whom, for which purpose, why it is needed, and the inspection; 58(2) asks for no request first."""

    organisation: Name
    business: Name
    purpose: AfterDesignation
    necessity: Necessity
    inspection: Inspect
    about: CaseId | None = None


class Inspecting(Value):
    """An inspection beside the ministries with jurisdiction over the business, and its designation."""

    decision: InspectFirst
    ministries: tuple[str, ...]
    designated: bool

    @property
    def parties(self) -> Parties:
        """Who is inspected, and by whom."""
        return filed_by(self.decision.organisation, self.ministries)


@inquiry.act("58(2)", by=[REVIEWING_OFFICIAL], opens=True)
def begin_inspection(state: Inquiry, command: Inspecting, given: Given) -> Acts:
    """Record an inspection (立入検査) that no request for a report came before."""
    decided = command.decision
    refuse_if(not command.designated, "not_designated", "58(2)", operator=decided.organisation)
    yield InspectionBegun(
        organisation=decided.organisation,
        ministries=command.ministries,
        purpose=decided.purpose,
        about=decided.about,
        necessity=decided.necessity,
        on=given.today,
    )
    yield from inspect(state, decided.inspection, given)

"""Requests for information and inspections (報告徴収及び立入検査): Art. 58.

A report or material is asked for by a day the ministry sets, for one of the purposes the article names and no
other; an inspector shows an identity card, and the power is none of criminal investigation (58(3), (4)).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.infra_review.domain.vocabulary import CaseId, Line, Name, Necessity, PassDay, Reasons
from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL, filed_by
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.statute import end_of

Purpose = Literal["50(1)", "51", "52(6)", "52(10)", "55(1)", "55(2)"]
"""The provision that needs the information: 50(1) before a designation (58(1)), the others after it."""


@leaves("restricted", "due")
class InformationRequested(Act):
    """A report or material was asked for (Art. 58(1), (2))."""

    organisation: str
    ministries: tuple[str, ...]
    purpose: Purpose
    about: str | None
    questions: tuple[str, ...]
    necessity: Necessity
    due: date
    on: date


@leaves("restricted")
class InformationGiven(Act):
    """The report or material came in; whether it came late follows from its day."""

    answers: tuple[str, ...]
    late: bool
    on: date


@leaves("restricted")
class InformationOverdue(Act):
    """The day set for the report passed without one."""

    due: date


@leaves("restricted")
class Inspected(Act):
    """Officials entered, asked and inspected (立入検査, Art. 58(2), (3))."""

    place: str
    identity_cards: tuple[str, ...]
    findings: str
    inspected_on: date


@leaves("restricted")
class InquiryClosed(Act):
    """The ministry has what it needs."""

    on: date


class Inquiry(Value):
    """What was asked, and what came of it."""

    asked: InformationRequested | None = None
    given: tuple[InformationGiven, ...] = ()
    inspections: tuple[Inspected, ...] = ()
    overdue: bool = False
    closed_on: date | None = None


def evolve(state: Inquiry, act: Act) -> Inquiry:
    """The inquiry after `act`."""
    match act:
        case InformationRequested():
            return replace(state, asked=act)
        case InformationGiven():
            return replace(state, given=(*state.given, act))
        case InformationOverdue():
            return replace(state, overdue=True)
        case Inspected():
            return replace(state, inspections=(*state.inspections, act))
        case InquiryClosed():
            return replace(state, closed_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of an inquiry")


STAGES: tuple[Stage[Inquiry], ...] = (
    end("Closed", "The ministry has what it needs", "終結", "58(2)", lambda s: s.closed_on is not None),
    Stage(
        "AwaitClosing",
        "The report is in",
        "報告受領",
        "58(2)",
        when=lambda s: bool(s.given),
        then=("Closed",),
    ),
    Stage(
        "AwaitLateReport",
        "The day that was set has passed without a report",
        "期限後の報告待ち",
        "58(2)",
        when=lambda s: s.overdue,
        then=("AwaitClosing", "Closed"),
    ),
    Stage(
        "AwaitReport",
        "A report or material is awaited by the day that was set",
        "報告待ち",
        "58(2)",
        when=lambda _: True,
        until=lambda s: end_of(s.asked.due) if s.asked else None,
        then=("AwaitClosing", "AwaitLateReport", "Closed"),
    ),
)


inquiry: Procedure[Inquiry] = Procedure(
    name="inquiry",
    title="Request for information, and inspection",
    title_ja="報告徴収及び立入検査",
    initial=Inquiry(),
    evolve=evolve,
    acts=(InformationRequested, InformationGiven, InformationOverdue, Inspected, InquiryClosed),
    parties=lambda state: (
        filed_by(state.asked.organisation, state.asked.ministries) if state.asked else NOBODY
    ),
    stages=STAGES,
    # No deadline of the clock: the day is the ministry's, not a period of the law, and moves for nobody.
)


# ---- The rules ----


@rule("inquiry_closed", "58(2)")
def not_closed(state: Inquiry, _: Given) -> bool:
    """The inquiry has not been closed."""
    return state.closed_on is None


@rule("inspection_not_open", "58(1)")
def may_inspect(state: Inquiry, _: Given) -> bool:
    """Art. 58(1), before a designation, gives no power to inspect."""
    return state.asked is not None and state.asked.purpose != "50(1)"


@rule("report_not_overdue", "58(2)", explain=lambda state, _: {"due": state.asked.due})
def overdue(state: Inquiry, given: Given) -> bool:
    """The day set has passed without a report, and nobody has recorded that."""
    return bool(state.asked and not state.given and not state.overdue and given.today > state.asked.due)


# ---- The powers ----


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
    refuse_if(asked.due < given.today, "day_is_past", "58(2)", day=asked.due, today=given.today)
    refuse_if(
        asked.purpose != "50(1)" and not command.designated,
        "not_designated",
        "58(2)",
        operator=asked.organisation,
    )
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


class GiveInformation(Value):
    """The answers, in the order of the questions."""

    answers: Annotated[tuple[Reasons, ...], Len(1, 100)]


@inquiry.act("58(1), (2)", by=[OPERATOR, AGENT], when=[not_closed])
def give_information(state: Inquiry, command: GiveInformation, given: Given) -> Acts:
    """Report, or hand in material; a late one is taken, and recorded as late."""
    assert state.asked is not None
    wanted = len(state.asked.questions)
    refuse_if(
        len(command.answers) != wanted, "answers_missing", "58(2)", given=len(command.answers), wanted=wanted
    )
    yield InformationGiven(command.answers, given.today > state.asked.due, given.today)


class Inspect(Value):
    """Where and when, by whom with which identity cards (Order Art. 27), and what was found."""

    place: Line
    identity_cards: Annotated[tuple[Name, ...], Len(1, 20)]
    findings: Reasons
    inspected_on: date


@inquiry.act("58(2)", by=[REVIEWING_OFFICIAL], when=[not_closed, may_inspect])
def inspect(state: Inquiry, command: Inspect, given: Given) -> Acts:
    """Record an inspection of an office or other necessary place; it is no criminal investigation (58(4))."""
    assert state.asked is not None
    day, first = command.inspected_on, state.asked.on
    refuse_if(
        not first <= day <= given.today, "day_out_of_range", "58(2)", day=day, first=first, last=given.today
    )
    yield Inspected(command.place, command.identity_cards, command.findings, day)


class CloseInquiry(Value):
    """Closing says nothing more than that nothing more is needed."""


@inquiry.act("58(1), (2)", by=[REVIEWING_OFFICIAL], when=[not_closed])
def close_inquiry(_: Inquiry, __: CloseInquiry, given: Given) -> Acts:
    """Close the inquiry."""
    yield InquiryClosed(given.today)


@inquiry.act("58(1), (2)", by=[THE_CLOCK], when=[not_closed, overdue])
def end_report_period(state: Inquiry, _: PassDay, __: Given) -> Acts:
    """Record that the day set has passed without a report, by that day however late it is noticed."""
    assert state.asked is not None
    yield InformationOverdue(state.asked.due)

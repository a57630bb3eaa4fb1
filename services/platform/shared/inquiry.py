"""Requests for information and inspections (報告徴収及び立入検査). Pure.

A report or material is asked for by a day the authority sets, for one of the purposes the chapter's article
names and no other; an inspector shows an identity card, and the power is none of criminal investigation. Who
may be asked for what, the chapter's own opening power says (in Chapter 3 Art. 58).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, Parties, Role
from services.platform.law.procedure import Given, Procedure, Rule, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import Line, Name, Necessity, PassDay, Reasons
from services.statute import end_of


@leaves("restricted", "due")
class InformationRequested(Act):
    """A report or material was asked for; `purpose` is the provision that needs it."""

    organisation: str
    ministries: tuple[str, ...]
    purpose: str
    about: str | None
    questions: tuple[str, ...]
    necessity: Necessity
    due: date
    on: date


@leaves("restricted")
class InspectionBegun(Act):
    """An inspection was decided on without a request before it: the law asks for none."""

    organisation: str
    ministries: tuple[str, ...]
    purpose: str
    about: str | None
    necessity: Necessity
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
    """Officials entered, asked and inspected (立入検査)."""

    place: str
    identity_cards: tuple[str, ...]
    findings: str
    inspected_on: date


@leaves("restricted")
class InquiryClosed(Act):
    """The authority has what it needs."""

    on: date


class Inquiry(Value):
    """What was asked, and what came of it."""

    asked: InformationRequested | None = None
    begun: InspectionBegun | None = None
    """The inspection it began with, when nothing was asked first."""
    given: tuple[InformationGiven, ...] = ()
    inspections: tuple[Inspected, ...] = ()
    overdue: bool = False
    closed_on: date | None = None

    @property
    def opened(self) -> InformationRequested | InspectionBegun | None:
        """What it began with."""
        return self.asked or self.begun


def evolve(state: Inquiry, act: Act) -> Inquiry:
    """The inquiry after `act`."""
    match act:
        case InformationRequested():
            return replace(state, asked=act)
        case InspectionBegun():
            return replace(state, begun=act)
        case InformationGiven():
            return replace(state, given=(*state.given, act))
        case InformationOverdue():
            return replace(state, overdue=True)
        case Inspected():
            return replace(state, inspections=(*state.inspections, act))
        case InquiryClosed():
            return replace(state, closed_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of an inquiry")


def _stages(article: str) -> tuple[Stage[Inquiry], ...]:
    return (
        end("Closed", "The authority has what it needs", "終結", article, lambda s: s.closed_on is not None),
        Stage(
            "Inspecting",
            "An inspection that nothing was asked before",
            "立入検査",
            article,
            when=lambda s: s.asked is None,
            then=("Closed",),
        ),
        Stage(
            "AwaitClosing", "The report is in", "報告受領", article, lambda s: bool(s.given), then=("Closed",)
        ),
        Stage(
            "AwaitLateReport",
            "The day that was set has passed without a report",
            "期限後の報告待ち",
            article,
            when=lambda s: s.overdue,
            then=("AwaitClosing", "Closed"),
        ),
        Stage(
            "AwaitReport",
            "A report or material is awaited by the day that was set",
            "報告待ち",
            article,
            when=lambda _: True,
            until=lambda s: end_of(s.asked.due) if s.asked else None,
            then=("AwaitClosing", "AwaitLateReport", "Closed"),
        ),
    )


# ---- Rules ----


@rule("inquiry_closed")
def not_closed(state: Inquiry, _: Given) -> bool:
    """The inquiry has not been closed."""
    return state.closed_on is None


@rule("nothing_asked")
def something_asked(state: Inquiry, _: Given) -> bool:
    """A report or material was asked for."""
    return state.asked is not None


@rule("report_not_overdue", explain=lambda state, _: {"due": state.asked.due})
def overdue(state: Inquiry, given: Given) -> bool:
    """The day set has passed without a report, and nobody has recorded that."""
    return bool(state.asked and not state.given and not state.overdue and given.today > state.asked.due)


# ---- The powers ----


class GiveInformation(Value):
    """The answers, in the order of the questions."""

    answers: Annotated[tuple[Reasons, ...], Len(1, 100)]


def give_information(state: Inquiry, command: GiveInformation, given: Given) -> Acts:
    """Report, or hand in material; a late one is taken, and recorded as late."""
    assert state.asked is not None
    got, wanted = len(command.answers), len(state.asked.questions)
    refuse_if(got != wanted, "answers_missing", given=got, wanted=wanted)
    yield InformationGiven(command.answers, given.today > state.asked.due, given.today)


class Inspect(Value):
    """Where and when, by whom with which identity cards, and what was found."""

    place: Line
    identity_cards: Annotated[tuple[Name, ...], Len(1, 20)]
    findings: Reasons
    inspected_on: date


def inspect(_: Inquiry, command: Inspect, given: Given) -> Acts:
    """Record an inspection of an office or other necessary place; it is no criminal investigation."""
    day = command.inspected_on
    refuse_if(day > given.today, "inspection_to_come", day=day, today=given.today)
    yield Inspected(command.place, command.identity_cards, command.findings, day)


class CloseInquiry(Value):
    """Closing says nothing more than that nothing more is needed."""


def close_inquiry(_: Inquiry, __: CloseInquiry, given: Given) -> Acts:
    """Close the inquiry."""
    yield InquiryClosed(given.today)


def end_report_period(state: Inquiry, _: PassDay, __: Given) -> Acts:
    """Record that the day set has passed without a report, by that day however late it is noticed."""
    assert state.asked is not None
    yield InformationOverdue(state.asked.due)


def inquiring(
    article: str,
    *,
    asks: Iterable[Role],
    answers: Iterable[Role],
    parties: Callable[[InformationRequested | InspectionBegun], Parties],
    inspection: str,
    inspects_when: Iterable[Rule[Inquiry]] = (),
) -> Procedure[Inquiry]:
    """The procedure of inquiries by `article`; the chapter adds the power that opens one.

    `asks` and `answers` are those who ask and who report; `inspection` is the article of inspecting.
    The day of a report is the authority's own and no period of the law: it moves for nobody.
    """
    procedure: Procedure[Inquiry] = Procedure(
        name="inquiry",
        title="Request for information, and inspection",
        title_ja="報告徴収及び立入検査",
        initial=Inquiry(),
        evolve=evolve,
        acts=(
            InformationRequested,
            InspectionBegun,
            InformationGiven,
            InformationOverdue,
            Inspected,
            InquiryClosed,
        ),
        parties=lambda state: parties(state.opened) if state.opened else NOBODY,
        stages=_stages(inspection),
    )
    asks = tuple(asks)
    procedure.act(article, by=answers, when=[not_closed, something_asked])(give_information)
    procedure.act(inspection, by=asks, when=[not_closed, *inspects_when])(inspect)
    procedure.act(article, by=asks, when=[not_closed])(close_inquiry)
    procedure.act(article, by=[THE_CLOCK], when=[not_closed, overdue])(end_report_period)
    return procedure

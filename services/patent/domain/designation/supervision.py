"""Recommendation, order, report and inspection (勧告・命令・報告徴収・立入検査): Arts. 83, 84.

They are addressed to the designated applicant or a sharing operator. Whether an order is preceded by another
hearing is a matter of the Administrative Procedure Act, whose text was not read: nothing here checks it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.patent.domain.designation import rules
from services.patent.domain.designation.sharing_acts import APPLICANT_ITSELF, measures
from services.patent.domain.designation.state import PreservationDesignation
from services.patent.domain.designation.supervision_acts import (
    JustificationAssessed,
    MeasuresOrdered,
    MeasuresRecommended,
    PlaceInspected,
    RecommendationFollowed,
    ReportAsked,
    ReportGiven,
)
from services.patent.domain.vocabulary import Line, Name, Papers, Restricted, refuse_past
from services.patent.roles import AGENT, APPLICANT, PRIME_MINISTER, SHARING_OPERATOR
from services.platform.law.acts import Acts
from services.platform.law.parties import OrganisationId
from services.platform.law.procedure import Given, Powers, Refusal, refuse_if
from services.platform.law.values import Len, Value

supervision: Powers[PreservationDesignation] = Powers()
"""Supervising proper management: Arts. 83, 84."""
Items = Annotated[tuple[Name, ...], Len(1, 30)]
KEEPERS = (APPLICANT, AGENT, SHARING_OPERATOR)

# ---- 83 ----


class Recommend(Value):
    """To which sharing operator (left out: to the applicant), which measures, which breach, why, by when."""

    items: Items
    breach: Restricted
    reasons: Restricted
    by_day: date
    organisation: OrganisationId | None = None


@supervision.act("83(1)", by=[PRIME_MINISTER], when=[rules.in_force])
def recommend(state: PreservationDesignation, command: Recommend, given: Given) -> Acts:
    """Recommend measures to who breaches Art. 75, where leaks must be prevented."""
    to = _addressee(state, command.organisation)
    _refuse_items(command.items, "83(1)")
    refuse_past(command.by_day, given, "83(1)")
    yield MeasuresRecommended(to, command.items, command.breach, command.reasons, command.by_day, given.today)


class AnswerRecommendation(Value):
    """Whether the measures are taken, and how, or for which reasons not."""

    followed: bool
    statement: Restricted


@supervision.act("83(1), (2)", by=KEEPERS, when=[rules.in_force])
def answer_recommendation(
    state: PreservationDesignation, command: AnswerRecommendation, given: Given
) -> Acts:
    """Say that the recommended measures are taken, or why not."""
    to = _self(state, given)
    standing = state.supervision.standing(to)
    if standing is None or standing.followed is not None:
        raise Refusal("no_measures_recommended", "83(1)")
    yield RecommendationFollowed(to, command.followed, command.statement, given.today)


class AssessJustification(Value):
    """Whether the reasons of an operator (left out: the applicant) are justifiable (正当な理由)."""

    justified: bool
    reasons: Restricted
    organisation: OrganisationId | None = None


@supervision.act("83(2)", by=[PRIME_MINISTER], when=[rules.in_force])
def assess_justification(state: PreservationDesignation, command: AssessJustification, given: Given) -> Acts:
    """Judge the reasons for not taking the recommended measures."""
    to = _addressee(state, command.organisation)
    standing = state.supervision.standing(to)
    open_ = standing is not None and standing.followed is False and standing.justified is None
    refuse_if(not open_, "no_reasons_to_assess", "83(2)")
    yield JustificationAssessed(to, command.justified, command.reasons, given.today)


class OrderMeasures(Value):
    """To which sharing operator (left out: to the applicant) measures are ordered, and why."""

    reasons: Restricted
    organisation: OrganisationId | None = None


@supervision.act("83(2)", by=[PRIME_MINISTER], when=[rules.in_force])
def order_measures(state: PreservationDesignation, command: OrderMeasures, given: Given) -> Acts:
    """Order what was recommended and not done without a justifiable reason."""
    to = _addressee(state, command.organisation)
    standing = state.supervision.standing(to)
    if standing is None or not standing.unheeded(given.today):
        raise Refusal("recommendation_not_unheeded", "83(2)")
    yield MeasuresOrdered(to, "83(2)", standing.items, command.reasons, given.today)


class OrderAtOnce(Value):
    """To whom which measures are ordered, and why a leak is imminent (切迫)."""

    items: Items
    imminence: Restricted
    organisation: OrganisationId | None = None


@supervision.act("83(3)", by=[PRIME_MINISTER], when=[rules.in_force])
def order_at_once(state: PreservationDesignation, command: OrderAtOnce, given: Given) -> Acts:
    """Order measures at once, without a recommendation, since a leak is imminent."""
    _refuse_items(command.items, "83(3)")
    to = _addressee(state, command.organisation)
    yield MeasuresOrdered(to, "83(3)", command.items, command.imminence, given.today)


# ---- 84 ----


class AskReport(Value):
    """Of which sharing operator (left out: of the applicant), what on the handling, and by which day."""

    what: Restricted
    due: date
    organisation: OrganisationId | None = None


@supervision.act("84(1)", by=[PRIME_MINISTER], when=[rules.in_force])
def ask_report(state: PreservationDesignation, command: AskReport, given: Given) -> Acts:
    """Ask for a report or material on the handling of the designated invention."""
    refuse_past(command.due, given, "84(1)")
    of = _addressee(state, command.organisation)
    yield ReportAsked(of, command.what, command.due, given.today)


class GiveReport(Value):
    """The report, and the material."""

    answer: Restricted
    papers: Papers = ()


@supervision.act("84(1)", by=KEEPERS)
def give_report(state: PreservationDesignation, command: GiveReport, given: Given) -> Acts:
    """Report; a late report is taken, and recorded as late."""
    of = _self(state, given)
    asked = next((one for one in state.supervision.reports if one.of == of and not one.given_on), None)
    if asked is None:
        raise Refusal("no_report_asked", "84(1)")
    yield ReportGiven(of, command.answer, command.papers, given.today > asked.due, given.today)


class Inspect(Value):
    """Where and when, by whom with which identity cards (Order Form 5), and what was found."""

    place: Line
    identity_cards: Annotated[tuple[Name, ...], Len(1, 20)]
    findings: Restricted
    inspected_on: date
    organisation: OrganisationId | None = None


@supervision.act("84(1), (2)", by=[PRIME_MINISTER], when=[rules.in_force])
def inspect(state: PreservationDesignation, command: Inspect, given: Given) -> Acts:
    """Record an inspection; the power is none of criminal investigation (84(3))."""
    assert state.begun is not None
    day, first = command.inspected_on, state.begun.on
    refuse_if(
        not first <= day <= given.today, "day_not_between", "84(1)", day=day, first=first, last=given.today
    )
    of = _addressee(state, command.organisation)
    yield PlaceInspected(of, command.place, command.identity_cards, command.findings, day, given.today)


def _addressee(state: PreservationDesignation, organisation: str | None) -> str:
    if organisation is None:
        return APPLICANT_ITSELF
    refuse_if(organisation not in state.sharing.now, "not_sharing", "83(1)", operator=organisation)
    return organisation


def _self(state: PreservationDesignation, given: Given) -> str:
    mine = given.by.organisation in state.applicants or given.by.mandates & set(state.applicants)
    return APPLICANT_ITSELF if mine else given.by.organisation


def _refuse_items(items: tuple[str, ...], article: str) -> None:
    unknown = set(items) - {one.item for one in measures()}
    refuse_if(bool(unknown), "no_such_measure", article, item=", ".join(sorted(unknown)))

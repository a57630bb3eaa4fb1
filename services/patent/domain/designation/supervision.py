"""Recommendation, order, report and inspection (勧告・命令・報告徴収・立入検査): Arts. 83, 84.

They are addressed to the designated applicant or a sharing operator, and each of them learns of what is
addressed to it. Before an order its addressee is heard: `supervision_acts` says by which law.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.patent.domain.designation import rules
from services.patent.domain.designation.sharing_acts import APPLICANT_ITSELF, measures
from services.patent.domain.designation.state import PreservationDesignation
from services.patent.domain.designation.supervision_acts import (
    By,
    JustificationAssessed,
    Letter,
    LetterReceived,
    LetterSent,
    LettersTakenHere,
    MeasuresFoundNotTaken,
    MeasuresOrdered,
    MeasuresRecommended,
    OrderExplained,
    OrderForetold,
    PlaceInspected,
    RecommendationFollowed,
    ReportAsked,
    ReportGiven,
)
from services.patent.domain.notices import passed
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
    yield from _post("recommended", to, state, given)


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
    answered = standing is not None and standing.followed is not None and standing.not_taken_on is None
    if standing is None or answered:
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


class FindMeasuresNotTaken(Value):
    """What was found, of a sharing operator (left out: of the applicant)."""

    findings: Restricted
    organisation: OrganisationId | None = None


@supervision.act("83(2)", by=[PRIME_MINISTER], when=[rules.in_force])
def find_measures_not_taken(
    state: PreservationDesignation, command: FindMeasuresNotTaken, given: Given
) -> Acts:
    """Find that recommended measures were not taken: what the addressee says of it settles nothing."""
    to = _addressee(state, command.organisation)
    standing = state.supervision.standing(to)
    refuse_if(standing is None, "recommendation_not_unheeded", "83(2)")
    yield MeasuresFoundNotTaken(to, command.findings, given.today)


class ForetellOrder(Value):
    """The order intended and the facts it rests on, to whom, and until when it can be explained against.

    `items` are left out under 83(2), where they are those recommended.
    """

    under: By
    facts: Restricted
    explain_by: date
    items: Annotated[tuple[Name, ...], Len(0, 30)] = ()
    organisation: OrganisationId | None = None


HEARD = "Administrative Procedure Act 13(1)(ii), 30"


@supervision.act(f"83(2), (3); {HEARD}", by=[PRIME_MINISTER], when=[rules.in_force])
def foretell_order(state: PreservationDesignation, command: ForetellOrder, given: Given) -> Acts:
    """Give the addressee of an intended order a chance to explain itself (弁明の機会の付与)."""
    to = _addressee(state, command.organisation)
    refuse_past(command.explain_by, given, HEARD)
    standing, items = state.supervision.standing(to), command.items
    if command.under == "83(2)":
        refuse_if(standing is None, "recommendation_not_unheeded", "83(2)")
        items = standing.items if standing else ()
    else:
        _refuse_items(items, "83(3)")
        refuse_if(not items, "no_such_measure", "83(3)", item="-")
    yield OrderForetold(to, command.under, items, command.facts, command.explain_by, given.today)
    yield from _post("order_foretold", to, state, given)


class ExplainAgainstOrder(Value):
    """Against which intended order, what is said (弁明書), and the evidence."""

    under: By
    statement: Restricted
    papers: Papers = ()


@supervision.act("83(2), (3); Administrative Procedure Act 13(1)(ii), 29", by=KEEPERS, when=[rules.in_force])
def explain_against_order(state: PreservationDesignation, command: ExplainAgainstOrder, given: Given) -> Acts:
    """Explain oneself in writing before an order is made, as its addressee."""
    to = _self(state, given)
    told = state.supervision.foretold(to, command.under)
    refuse_if(told is None or told.explained_on is not None, "no_order_foretold", HEARD)
    yield OrderExplained(to, command.under, command.statement, command.papers, given.today)


class OrderMeasures(Value):
    """To which sharing operator (left out: to the applicant) measures are ordered, and why.

    `urgency` says why the public interest left no time to hear it first (Administrative Procedure Act
    13(2)(i)).
    """

    reasons: Restricted
    organisation: OrganisationId | None = None
    urgency: Restricted | None = None


@supervision.act("83(2)", by=[PRIME_MINISTER], when=[rules.in_force])
def order_measures(state: PreservationDesignation, command: OrderMeasures, given: Given) -> Acts:
    """Order what was recommended and not done without a justifiable reason."""
    to = _addressee(state, command.organisation)
    standing = state.supervision.standing(to)
    if standing is None or not standing.unheeded(given.today):
        raise Refusal("recommendation_not_unheeded", "83(2)")
    _refuse_unheard(state, to, "83(2)", standing.items, command.urgency, given)
    yield MeasuresOrdered(to, "83(2)", standing.items, command.reasons, given.today, command.urgency)
    yield from _post("ordered", to, state, given)


class OrderAtOnce(Value):
    """To whom which measures are ordered, and why a leak is imminent (切迫).

    `urgency` says why there was no time even to hear the addressee (Administrative Procedure Act 13(2)(i)).
    """

    items: Items
    imminence: Restricted
    organisation: OrganisationId | None = None
    urgency: Restricted | None = None


@supervision.act("83(3)", by=[PRIME_MINISTER], when=[rules.in_force])
def order_at_once(state: PreservationDesignation, command: OrderAtOnce, given: Given) -> Acts:
    """Order measures without a recommendation, since a leak is imminent."""
    _refuse_items(command.items, "83(3)")
    to = _addressee(state, command.organisation)
    _refuse_unheard(state, to, "83(3)", command.items, command.urgency, given)
    yield MeasuresOrdered(to, "83(3)", command.items, command.imminence, given.today, command.urgency)
    yield from _post("ordered", to, state, given)


class TakeLettersHere(Value):
    """That it is wished says nothing more."""


@supervision.act("83, 84; Act No. 151 of 2002, 7(1)", by=[SHARING_OPERATOR], when=[rules.in_force])
def take_letters_here(state: PreservationDesignation, _: TakeLettersHere, given: Given) -> Acts:
    """Say, as a sharing operator, that what is addressed to one is taken in the file here from now on."""
    by = _addressee(state, given.by.organisation)
    refuse_if(by in state.supervision.taken_here, "letters_taken_already", "83, 84")
    yield LettersTakenHere(by, given.today)


class RecordLetter(Value):
    """The day a letter of supervision reached a sharing operator (left out: the applicant), and the proof."""

    letter: Letter
    received_on: date
    evidence: Line
    organisation: OrganisationId | None = None


@supervision.act("83, 84", by=[PRIME_MINISTER])
def record_letter(state: PreservationDesignation, command: RecordLetter, given: Given) -> Acts:
    """Record when something addressed to the applicant or a sharing operator on paper arrived."""
    to = command.organisation or APPLICANT_ITSELF
    sent = next(
        (
            one
            for one in state.supervision.post
            if (one.to, one.letter) == (to, command.letter) and one.received_on is None
        ),
        None,
    )
    if sent is None:
        raise Refusal("no_notice_outstanding", kind=command.letter)
    day, first = command.received_on, sent.sent_on
    refuse_if(not first <= day <= given.today, "day_out_of_range", day=day, first=first, last=given.today)
    yield LetterReceived(to, command.letter, day, command.evidence)


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
    yield from _post("report_asked", of, state, given)


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
    late = passed(asked.received_on, asked.due, given.today)
    yield ReportGiven(of, command.answer, command.papers, late, given.today)


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


def _post(letter: Letter, to: str, state: PreservationDesignation, given: Given) -> Acts:
    """Send something to its addressee: in its file here where it wishes that, else on paper."""
    itself = to == APPLICANT_ITSELF
    electronic = state.electronic_notices if itself else to in state.supervision.taken_here
    yield LetterSent(to, letter, "electronic" if electronic else "in_writing", given.today)
    if electronic:
        yield LetterReceived(to, letter, given.today, "recorded in the addressee's file")


def _refuse_unheard(
    state: PreservationDesignation,
    to: str,
    under: By,
    items: tuple[str, ...],
    urgency: str | None,
    given: Given,
) -> None:
    told = state.supervision.foretold(to, under)
    heard = told is not None and set(items) <= set(told.items) and told.heard(given.today)
    refuse_if(not heard and urgency is None, "addressee_not_heard", f"{under}; {HEARD}")


def _self(state: PreservationDesignation, given: Given) -> str:
    mine = given.by.organisation in state.applicants or given.by.mandates & set(state.applicants)
    return APPLICANT_ITSELF if mine else given.by.organisation


def _refuse_items(items: tuple[str, ...], article: str) -> None:
    unknown = set(items) - {one.item for one in measures()}
    refuse_if(bool(unknown), "no_such_measure", article, item=", ".join(sorted(unknown)))

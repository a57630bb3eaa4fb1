"""Supervision of proper management: recommendations, orders, reports and inspections (Arts. 83, 84).

An order lays a duty on its addressee (不利益処分), and Art. 88 takes 83 out of nothing: the Administrative
Procedure Act (Act No. 88 of 1993) has the addressee heard first (13(1)(ii), 29, 30), but where urgency leaves
no time for it (13(2)(i)). Whatever is addressed to somebody counts once it has arrived.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from services.patent.domain.notices import passed
from services.patent.domain.vocabulary import Delivery, Paper
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value

By = Literal["83(2)", "83(3)"]
Letter = Literal["recommended", "order_foretold", "ordered", "report_asked"]
"""83(1); Administrative Procedure Act 30; 83(2), (3); 84(1)."""


@leaves("restricted")
class MeasuresRecommended(Act):
    """The applicant or a sharing operator was recommended to take measures (勧告, 83(1))."""

    to: str
    items: tuple[str, ...]
    breach: str
    reasons: str
    by_day: date
    on: date


@leaves("restricted")
class RecommendationFollowed(Act):
    """Who was recommended measures showed that it takes them, or why it justifiably does not."""

    to: str
    followed: bool
    statement: str
    on: date


@leaves("restricted")
class MeasuresFoundNotTaken(Act):
    """The Prime Minister found that the measures were not taken, whatever was said of them (83(2))."""

    to: str
    findings: str
    on: date


@leaves("restricted")
class JustificationAssessed(Act):
    """The reasons for not following a recommendation were judged (正当な理由, 83(2))."""

    to: str
    justified: bool
    reasons: str
    on: date


@leaves("restricted")
class OrderForetold(Act):
    """Its addressee was told of an intended order, of the facts, and until when it can explain itself.

    Administrative Procedure Act, Arts. 13(1)(ii), 30.
    """

    to: str
    under: By
    items: tuple[str, ...]
    facts: str
    due: date
    on: date


@leaves("restricted")
class OrderExplained(Act):
    """The addressee of an intended order explained itself in writing (弁明書; the same Act, Art. 29)."""

    to: str
    under: By
    statement: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class MeasuresOrdered(Act):
    """Measures were ordered (命令, 83(2) or, where a leak was imminent, 83(3))."""

    to: str
    under: By
    items: tuple[str, ...]
    reasons: str
    on: date
    urgency: str | None = None
    """Why there was no time to hear the addressee first (Administrative Procedure Act 13(2)(i))."""


@leaves("restricted")
class ReportAsked(Act):
    """A report or material on the handling of the invention was asked for (84(1))."""

    of: str
    what: str
    due: date
    on: date


@leaves("restricted")
class ReportGiven(Act):
    """The report or material came in."""

    of: str
    answer: str
    papers: tuple[Paper, ...]
    late: bool
    on: date


@leaves("restricted")
class PlaceInspected(Act):
    """Officials entered, asked and inspected (84(1)), carrying their identity cards (84(2))."""

    of: str
    place: str
    identity_cards: tuple[str, ...]
    findings: str
    inspected_on: date
    on: date


@leaves("restricted")
class LetterSent(Act):
    """What was addressed to the applicant or a sharing operator went out."""

    to: str
    letter: Letter
    delivery: Delivery
    on: date


@leaves("restricted")
class LetterReceived(Act):
    """It reached its addressee."""

    to: str
    letter: Letter
    on: date
    evidence: str


@leaves("restricted")
class LettersTakenHere(Act):
    """A sharing operator takes what is addressed to it in its file here (Act No. 151 of 2002, 7(1))."""

    by: str
    on: date


SUPERVISION_ACTS = (
    MeasuresRecommended,
    RecommendationFollowed,
    MeasuresFoundNotTaken,
    JustificationAssessed,
    OrderForetold,
    OrderExplained,
    MeasuresOrdered,
    ReportAsked,
    ReportGiven,
    PlaceInspected,
    LetterSent,
    LetterReceived,
    LettersTakenHere,
)


class Post(Value):
    """A letter to the applicant or a sharing operator, when it went out and when it arrived."""

    to: str
    letter: Letter
    sent_on: date
    received_on: date | None = None


class Recommendation(Value):
    """A recommendation, and what was said to it."""

    to: str
    items: tuple[str, ...]
    by_day: date
    made_on: date
    breach: str = ""
    reasons: str = ""
    received_on: date | None = None
    followed: bool | None = None
    not_taken_on: date | None = None
    """When the Prime Minister found that the measures were not taken."""
    justified: bool | None = None
    ordered_on: date | None = None

    def unheeded(self, today: date) -> bool:
        """Whether its measures were not taken without a justifiable reason (83(2))."""
        if self.justified or self.ordered_on:
            return False
        if self.followed is False:
            return self.justified is False  # reasons that were given are judged first
        if self.followed:
            return self.not_taken_on is not None and today > self.by_day
        return passed(self.received_on, self.by_day, today)


class Intended(Value):
    """An order that is intended, and how far its addressee has been heard."""

    to: str
    under: By
    items: tuple[str, ...]
    facts: str
    due: date
    foretold_on: date
    received_on: date | None = None
    explained_on: date | None = None

    def heard(self, today: date) -> bool:
        """Whether the addressee explained itself, or let the time pass that had reached it."""
        return self.explained_on is not None or passed(self.received_on, self.due, today)


class Order(Value):
    """An order: to whom, by which paragraph, which measures and why."""

    to: str
    under: By
    items: tuple[str, ...]
    reasons: str
    on: date
    received_on: date | None = None


class Report(Value):
    """A report asked for."""

    of: str
    due: date
    given_on: date | None = None
    what: str = ""
    received_on: date | None = None
    """When the request arrived."""


class Supervision(Value):
    """What was recommended, ordered, asked and inspected."""

    recommendations: tuple[Recommendation, ...] = ()
    intended: tuple[Intended, ...] = ()
    ordered: tuple[Order, ...] = ()
    reports: tuple[Report, ...] = ()
    inspected_on: tuple[date, ...] = ()
    post: tuple[Post, ...] = ()
    taken_here: tuple[str, ...] = ()
    """Sharing operators that take their letters in the file here."""

    def standing(self, to: str) -> Recommendation | None:
        """The last recommendation to someone that led to no order."""
        mine = (one for one in reversed(self.recommendations) if one.to == to and one.ordered_on is None)
        return next(mine, None)

    def foretold(self, to: str, under: By) -> Intended | None:
        """The last order foretold to someone under a paragraph and not made."""
        mine = (one for one in reversed(self.intended) if (one.to, one.under) == (to, under))
        return next(mine, None)

    def addressed_to(self, to: str) -> Supervision:
        """What of it is addressed to someone: it can be read at once, and counts from its arrival."""
        return Supervision(
            tuple(one for one in self.recommendations if one.to == to),
            tuple(one for one in self.intended if one.to == to),
            tuple(one for one in self.ordered if one.to == to),
            tuple(one for one in self.reports if one.of == to),
            (),
            tuple(one for one in self.post if one.to == to),
        )


NOT_SUPERVISED = Supervision()


def evolve(state: Supervision, act: Act) -> Supervision:
    """The supervision after `act`."""
    match act:
        case MeasuresRecommended():
            made = Recommendation(act.to, act.items, act.by_day, act.on, act.breach, act.reasons)
            return replace(state, recommendations=(*state.recommendations, made))
        case RecommendationFollowed():
            # Who says so after a finding is believed until the next one.
            return _of(state, act.to, followed=act.followed, not_taken_on=None, justified=None)
        case MeasuresFoundNotTaken():
            return _of(state, act.to, not_taken_on=act.on)
        case JustificationAssessed():
            return _of(state, act.to, justified=act.justified)
        case OrderForetold():
            told = Intended(act.to, act.under, act.items, act.facts, act.due, act.on)
            return replace(state, intended=(*state.intended, told))
        case OrderExplained():
            last = state.foretold(act.to, act.under)
            changed = (replace(one, explained_on=act.on) if one is last else one for one in state.intended)
            return replace(state, intended=tuple(changed))
        case MeasuresOrdered():
            after = _of(state, act.to, ordered_on=act.on) if act.under == "83(2)" else state
            left = tuple(one for one in after.intended if (one.to, one.under) != (act.to, act.under))
            made_ = Order(act.to, act.under, act.items, act.reasons, act.on)
            return replace(after, ordered=(*after.ordered, made_), intended=left)
        case ReportAsked():
            return replace(state, reports=(*state.reports, Report(act.of, act.due, what=act.what)))
        case ReportGiven():
            place = next(n for n, one in enumerate(state.reports) if one.of == act.of and not one.given_on)
            given = replace(state.reports[place], given_on=act.on)
            return replace(state, reports=(*state.reports[:place], given, *state.reports[place + 1 :]))
        case PlaceInspected():
            return replace(state, inspected_on=(*state.inspected_on, act.inspected_on))
        case LetterSent():
            return replace(state, post=(*state.post, Post(act.to, act.letter, act.on)))
        case LetterReceived():
            return _arrived(state, act)
        case LettersTakenHere():
            return replace(state, taken_here=(*state.taken_here, act.by))
    raise TypeError(f"{type(act).__name__} is no act of supervision")


def _of(state: Supervision, to: str, **changes: object) -> Supervision:
    last = state.standing(to)
    changed = (replace(one, **changes) if one is last else one for one in state.recommendations)
    return replace(state, recommendations=tuple(changed))


PARTS: dict[Letter, str] = {
    "recommended": "recommendations",
    "order_foretold": "intended",
    "ordered": "ordered",
    "report_asked": "reports",
}


def _arrived(state: Supervision, act: LetterReceived) -> Supervision:
    """The first letter of that kind to someone arrives, and what it says with it."""

    def first(all_of_them: tuple[object, ...], of: str) -> tuple[object, ...]:
        done, found = [], False
        for one in all_of_them:
            mine = getattr(one, of) == act.to and one.received_on is None and not found  # type: ignore[attr-defined]
            if isinstance(one, Post) and one.letter != act.letter:
                mine = False
            found = found or mine
            done.append(replace(one, received_on=act.on) if mine else one)  # type: ignore[type-var]
        return tuple(done)

    part = PARTS[act.letter]
    of = "of" if part == "reports" else "to"
    said = first(getattr(state, part), of)
    return replace(state, **{"post": first(state.post, "to"), part: said})

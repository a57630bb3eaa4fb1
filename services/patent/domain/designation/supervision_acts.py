"""Supervision of proper management: recommendations, orders, reports and inspections (Arts. 83, 84)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from services.patent.domain.vocabulary import Paper
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value

By = Literal["83(2)", "83(3)"]


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
class JustificationAssessed(Act):
    """The reasons for not following a recommendation were judged (正当な理由, 83(2))."""

    to: str
    justified: bool
    reasons: str
    on: date


@leaves("restricted")
class MeasuresOrdered(Act):
    """Measures were ordered (命令, 83(2) or, where a leak was imminent, 83(3))."""

    to: str
    under: By
    items: tuple[str, ...]
    reasons: str
    on: date


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


SUPERVISION_ACTS = (
    MeasuresRecommended,
    RecommendationFollowed,
    JustificationAssessed,
    MeasuresOrdered,
    ReportAsked,
    ReportGiven,
    PlaceInspected,
)


class Recommendation(Value):
    """A recommendation, and what was said to it."""

    to: str
    items: tuple[str, ...]
    by_day: date
    made_on: date
    followed: bool | None = None
    justified: bool | None = None
    ordered_on: date | None = None

    def unheeded(self, today: date) -> bool:
        """Whether it was not followed without a justifiable reason by the day set (83(2))."""
        if self.followed or self.justified or self.ordered_on:
            return False
        # Reasons that were given are judged first; silence lasts until the day set.
        return self.justified is False if self.followed is False else today > self.by_day


class Report(Value):
    """A report asked for."""

    of: str
    due: date
    given_on: date | None = None


class Supervision(Value):
    """What was recommended, ordered, asked and inspected."""

    recommendations: tuple[Recommendation, ...] = ()
    ordered: tuple[MeasuresOrdered, ...] = ()
    reports: tuple[Report, ...] = ()
    inspected_on: tuple[date, ...] = ()

    def standing(self, to: str) -> Recommendation | None:
        """The last recommendation to someone that led to no order."""
        mine = (one for one in reversed(self.recommendations) if one.to == to and one.ordered_on is None)
        return next(mine, None)


NOT_SUPERVISED = Supervision()


def evolve(state: Supervision, act: Act) -> Supervision:
    """The supervision after `act`."""
    match act:
        case MeasuresRecommended():
            made = Recommendation(act.to, act.items, act.by_day, act.on)
            return replace(state, recommendations=(*state.recommendations, made))
        case RecommendationFollowed():
            return _of(state, act.to, followed=act.followed)
        case JustificationAssessed():
            return _of(state, act.to, justified=act.justified)
        case MeasuresOrdered():
            after = _of(state, act.to, ordered_on=act.on) if act.under == "83(2)" else state
            return replace(after, ordered=(*state.ordered, act))
        case ReportAsked():
            return replace(state, reports=(*state.reports, Report(act.of, act.due)))
        case ReportGiven():
            place = next(n for n, one in enumerate(state.reports) if one.of == act.of and not one.given_on)
            given = replace(state.reports[place], given_on=act.on)
            return replace(state, reports=(*state.reports[:place], given, *state.reports[place + 1 :]))
        case PlaceInspected():
            return replace(state, inspected_on=(*state.inspected_on, act.inspected_on))
    raise TypeError(f"{type(act).__name__} is no act of supervision")


def _of(state: Supervision, to: str, **changes: object) -> Supervision:
    last = state.standing(to)
    changed = (replace(one, **changes) if one is last else one for one in state.recommendations)
    return replace(state, recommendations=tuple(changed))

"""Surveys of a sector (調査): what is asked, by when, and their end. Art. 48(1), (2).

Whoever produces, imports or sells goods under a minister's jurisdiction may be asked, as far as the chapter
needs it. Each respondent has a case of its own (`questionnaire`), so that none knows of another.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import Name, Necessity, Reasons
from services.supply.orders import material_on, order_of
from services.supply.roles import OFFICIAL, before

Article = Literal["48(1)", "48(2)"]
"""48(1): to apply the chapter; 48(2): to make a request under Art. 30."""


@leaves("restricted")
class SurveyOpened(Act):
    """A survey was opened: about what, by which paragraph, with which questions, by which day."""

    title: str
    article: Article
    material: str
    goods: str
    questions: tuple[str, ...]
    necessity: Necessity
    ministries: tuple[str, ...]
    due: date
    on: date


@leaves("restricted")
class SurveyClosed(Act):
    """The survey was closed: its answers stand."""

    on: date


class Survey(Value):
    """A survey."""

    opened: SurveyOpened | None = None
    closed_on: date | None = None


def evolve(state: Survey, act: Act) -> Survey:
    """The survey after `act`."""
    match act:
        case SurveyOpened():
            return Survey(act)
        case SurveyClosed():
            return replace(state, closed_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of a survey")


survey: Procedure[Survey] = Procedure(
    name="survey",
    title="Survey of supply chains",
    title_ja="サプライチェーンの調査",
    initial=Survey(),
    evolve=evolve,
    acts=(SurveyOpened, SurveyClosed),
    parties=lambda s: before(s.opened.ministries) if s.opened else NOBODY,
    stages=(
        end("Closed", "Its answers stand", "終了", "48(1)", lambda s: s.closed_on is not None),
        Stage(
            "Open",
            "Businesses are asked and answer",
            "実施中",
            "48(1), (2)",
            lambda _: True,
            then=("Closed",),
        ),
    ),
)


@rule("survey_closed", "48(1)")
def not_closed(state: Survey, _: Given) -> bool:
    """The survey has not been closed."""
    return state.closed_on is None


class OpenSurvey(Value):
    """About which material and goods, by which paragraph, what is asked and why, and by which day."""

    title: Name
    article: Article
    material: Name
    goods: Name
    questions: Annotated[tuple[Reasons, ...], Len(1, 50)]
    necessity: Necessity
    due: date

    @property
    def parties(self) -> Parties:
        """The ministries of the material."""
        return before(order_of(self.material).ministries)


@survey.act("48(1), (2)", by=[OFFICIAL], opens=True)
def open_survey(_: Survey, command: OpenSurvey, given: Given) -> Acts:
    """Open a survey of those who produce, import or sell goods, or their inputs."""
    refuse_if(command.due < given.today, "day_is_past", day=command.due, today=given.today)
    material_on(command.material, given.today)
    yield SurveyOpened(
        command.title,
        command.article,
        command.material,
        command.goods,
        command.questions,
        command.necessity,
        order_of(command.material).ministries,
        command.due,
        given.today,
    )


class CloseSurvey(Value):
    """Closing says nothing more than that nothing more is awaited."""


@survey.act("48(1), (2)", by=[OFFICIAL], when=[not_closed])
def close_survey(_: Survey, __: CloseSurvey, given: Given) -> Acts:
    """Close the survey."""
    yield SurveyClosed(given.today)

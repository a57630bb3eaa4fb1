"""What one business is asked in a survey, and what it answers: Art. 48(1)-(3).

Whoever is asked has to endeavour to answer (努めなければならない, 48(3)): an answer, or why there is none.
Nothing follows from silence, and no provision punishes it.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Value
from services.platform.shared.words import Name, PassDay, Reasons
from services.statute import end_of
from services.supply.domain.survey import Article, SurveyOpened
from services.supply.roles import OFFICIAL, RESPONDENT, before
from services.supply.surveys.answers import Answer, shares_above_whole


@leaves("restricted")
class BusinessAsked(Act):
    """A business was asked in a survey."""

    survey: str
    organisation: str
    name: str
    title: str
    article: Article
    goods: str
    questions: tuple[str, ...]
    ministries: tuple[str, ...]
    due: date
    on: date


@leaves("restricted", "survey")
class AnswerGiven(Act):
    """It answered; the last answer counts."""

    survey: str
    answer: Answer
    late: bool
    on: date


@leaves("restricted")
class NotAnswered(Act):
    """It said why it does not answer."""

    reasons: str
    on: date


@leaves("restricted")
class SilenceNoted(Act):
    """The day passed without an answer; nothing follows from that."""

    due: date


class Questionnaire(Value):
    """What one business was asked, and what came of it."""

    asked: BusinessAsked | None = None
    given: AnswerGiven | None = None
    declined: NotAnswered | None = None
    silent: bool = False


def evolve(state: Questionnaire, act: Act) -> Questionnaire:
    """The questionnaire after `act`."""
    match act:
        case BusinessAsked():
            return Questionnaire(act)
        case AnswerGiven():
            return replace(state, given=act, declined=None)
        case NotAnswered():
            return replace(state, declined=act)
        case SilenceNoted():
            return replace(state, silent=True)
    raise TypeError(f"{type(act).__name__} is no act of a questionnaire")


def _parties(organisation: str, ministries: tuple[str, ...]) -> Parties:
    return before(ministries, {RESPONDENT: organisation})


questionnaire: Procedure[Questionnaire] = Procedure(
    name="questionnaire",
    title="What a business is asked in a survey",
    title_ja="調査票",
    initial=Questionnaire(),
    evolve=evolve,
    acts=(BusinessAsked, AnswerGiven, NotAnswered, SilenceNoted),
    parties=lambda s: _parties(s.asked.organisation, s.asked.ministries) if s.asked else NOBODY,
    stages=(
        end("Answered", "Answered", "回答済み", "48(3)", lambda s: s.given is not None),
        end(
            "Declined",
            "Not answered, with reasons",
            "回答しない旨",
            "48(3)",
            lambda s: s.declined is not None,
        ),
        end(
            "Silent",
            "The day has passed; nothing follows",
            "回答なし",
            "48(3)",
            lambda s: s.silent,
            then=("Answered", "Declined"),
        ),
        Stage(
            "AwaitAnswer",
            "An answer is awaited",
            "回答待ち",
            "48(1), (2)",
            lambda _: True,
            until=lambda s: end_of(s.asked.due) if s.asked else None,
            then=("Answered", "Declined", "Silent"),
        ),
    ),
)


@rule("answer_awaited", "48(3)")
def overdue(state: Questionnaire, given: Given) -> bool:
    """The day has passed without a word, and nobody has recorded that."""
    said = state.given or state.declined or state.silent
    return state.asked is not None and not said and given.today > state.asked.due


class Addressee(Value):
    """Whom to ask: a line of the file of addressees."""

    organisation: OrganisationId
    name: Name


class AskBusiness(Value):
    """Whom to ask, in which survey."""

    whom: Addressee
    survey: str
    opened: SurveyOpened
    closed: bool

    @property
    def parties(self) -> Parties:
        """The business, and the ministries of the survey."""
        return _parties(self.whom.organisation, self.opened.ministries)


@questionnaire.act("48(1), (2)", by=[OFFICIAL], opens=True)
def ask_business(_: Questionnaire, command: AskBusiness, given: Given) -> Acts:
    """Ask a business for a report or material about its production, imports, sales, procurement and stock."""
    refuse_if(command.closed, "survey_closed", "48(1)")
    opened = command.opened
    yield BusinessAsked(
        command.survey,
        command.whom.organisation,
        command.whom.name,
        opened.title,
        opened.article,
        opened.goods,
        opened.questions,
        opened.ministries,
        opened.due,
        given.today,
    )


class AnswerSurvey(Value):
    """The answer."""

    answer: Answer


@questionnaire.act("48(3)", by=[RESPONDENT])
def answer_survey(state: Questionnaire, command: AnswerSurvey, given: Given) -> Acts:
    """Answer; a late answer is taken, and the last one counts."""
    assert state.asked is not None
    above = shares_above_whole(command.answer)
    refuse_if(bool(above), "shares_above_whole", "48(1)", items=", ".join(above))
    yield AnswerGiven(state.asked.survey, command.answer, given.today > state.asked.due, given.today)


class DeclineSurvey(Value):
    """Why there is no answer."""

    reasons: Reasons


@questionnaire.act("48(3)", by=[RESPONDENT])
def decline_survey(_: Questionnaire, command: DeclineSurvey, given: Given) -> Acts:
    """Say why there is no answer."""
    yield NotAnswered(command.reasons, given.today)


@questionnaire.act("48(3)", by=[THE_CLOCK], when=[overdue])
def note_silence(state: Questionnaire, _: PassDay, __: Given) -> Acts:
    """Record that the day has passed without a word."""
    assert state.asked is not None
    yield SilenceNoted(state.asked.due)

"""What is asked about a filing abroad, and what is answered; nothing of either is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from services.patent.applications import Application, Origin, SymbolText
from services.patent.applications import defects as defects_of_application
from services.patent.defects import Defect, defect
from services.patent.technology_fields import About, Requirement, versions
from services.platform.law.values import Len, Value, field

YesNo = Literal["yes", "no"]
Verdict = Literal["allowed", "forbidden", "ask_first"]
"""ask_first: what was given does not settle it, or it may still change before the day."""
Exception_ = Literal[
    "patent_secrecy_with_the_united_states", "space_station", "space_framework_with_the_united_states"
]
"""The agreements of Cabinet Order Art. 14(i), (ii) and (iii), for a filing in the country each speaks of."""
NoticeKind = Literal[
    "sent",  # 66(3), on the day it was issued
    "not_sent",  # 66(10)
    "possible_designation",  # 67(9)
    "designated",  # 70(1)
    "not_designated",  # 71
    "designation_ended",  # 77(2), release or expiry
    "answered_not_of_the_kind",  # 79(2)
    "answered_harmless",  # 79(4), clear that the safety of State and people is not affected
    "answered_not_clear",  # 79(4), not clear
]


class Notice(Value):
    """A notice and the day it was received, of sending the day it was issued."""

    kind: NoticeKind
    on: date


class Ended(Value):
    """How and when the Japanese application ended."""

    how: Literal["dismissed", "abandoned", "withdrawn"]
    on: date


class Filed(Value):
    """The Japanese application that shows the invention, as far as Art. 78 asks."""

    filed_on: date
    origins: Annotated[tuple[Origin, ...], Len(0, 8)] = ()
    priority_from: date | None = None
    """The earliest day of filing the year of the Paris Convention runs from, when that is another."""
    ended: Ended | None = None

    @property
    def application(self) -> Application:
        """The application its periods are counted from."""
        return Application(
            "0000-000000", self.filed_on, origins=self.origins, priority_from=self.priority_from
        )


class Question(Value):
    """Whether an invention may be filed abroad on the day `intended_on`, with what is known on `asked_on`.

    A fact left out is open. `shows_designated_invention` tells, of a designated application, whether what is
    to be filed abroad shows the designated invention; left out, it does.
    """

    asked_on: date
    intended_on: date
    symbols: Annotated[tuple[SymbolText, ...], Len(0, 200)] = ()
    facts: dict[About | Requirement, YesNo] = field(default_factory=dict)
    made_in_japan: YesNo | None = None
    public: YesNo | None = None
    application: Filed | None = None
    notices: Annotated[tuple[Notice, ...], Len(0, 50)] = ()
    shows_designated_invention: YesNo | None = None
    excepted_by: Exception_ | None = None


class Sentence(Value):
    """A reason or a step: its code, its article, and its text in both languages."""

    code: str
    article: str
    en: str
    ja: str


class Answer(Value):
    """The verdict on a filing abroad; it binds nobody and replaces no prior confirmation (79).

    `first_free_day` is the first day nothing but a further notice or the end of the application can stand
    against; None where no day is in sight or none was ever closed. `paris_days_left` counts from the day
    intended to the last day of the priority year, below zero when that is over.
    """

    verdict: Verdict
    article: str
    reasons: tuple[Sentence, ...]
    next: tuple[Sentence, ...]
    open: tuple[str, ...]
    first_free_day: date | None
    paris_last_day: date | None
    paris_days_left: int | None


def defects(question: Question) -> tuple[Defect, ...]:
    """Everything that keeps a question from being answered, at once; nothing it holds is repeated."""
    return tuple(_defects(question))


def _defects(question: Question) -> Iterator[Defect]:
    symbols = Application("0000-000000", question.asked_on, question.symbols)
    yield from defects_of_application(symbols, question.asked_on)
    if question.application is not None:
        for found in defects_of_application(question.application.application, question.asked_on):
            yield defect(f"/application{found.field}", found.code)
        ended = question.application.ended
        if ended is not None and not question.application.filed_on <= ended.on <= question.asked_on:
            yield defect("/application/ended/on", "ended_at_no_such_time")
    for place, notice in enumerate(question.notices):
        if not versions()[0].since <= notice.on <= question.asked_on:
            yield defect(f"/notices/{place}/on", "notice_at_no_such_time")
        if question.application is None and not notice.kind.startswith("answered"):
            yield defect(f"/notices/{place}/kind", "notice_without_application")

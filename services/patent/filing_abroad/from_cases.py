"""What the cases of an application know, as a question about filing abroad: the same check answers both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal, get_args

from services.patent.domain.first_review.state import FirstReview
from services.patent.domain.notices import Notices
from services.patent.filing_abroad.question import Ended, Filed, Notice, NoticeKind, Question
from services.patent.first_review.screening import answers_of


def question(
    first: FirstReview, others: Iterable[Any], on: date, *, made_in_japan: Any = "yes", public: Any = "no"
) -> Question:
    """Whether the invention of an application may be filed abroad on `on`, by what its cases say then.

    `others` are the states of its security review and designation, if there are any. What no case knows is
    taken to be so that the ban applies, unless it is told.
    """
    application = first.application
    assert application is not None
    facts = {
        fact: answer for fact, answer in answers_of(application.facts).items() if fact != "notified_before"
    }
    return Question(
        asked_on=on,
        intended_on=on,
        symbols=application.symbols,
        facts=facts,
        made_in_japan=made_in_japan,
        public=public,
        application=Filed(
            application.filed_on, application.origins, application.priority_from, _ended(first, on)
        ),
        notices=tuple(_notices((first.notices, *(one.notices for one in others)), on)),
    )


def _notices(several: Iterable[Notices], on: date) -> Iterator[Notice]:
    known = get_args(NoticeKind)
    for notices in several:
        for told in notices:
            # Of sending the issue counts (発せられ), of everything else the receipt.
            day = told.issued_on if told.kind == "sent" else told.received_on
            if told.kind in known and day is not None and day <= on:
                yield Notice(told.kind, day)  # type: ignore[arg-type]


def _ended(first: FirstReview, on: date) -> Ended | None:
    if first.dismissed is not None and first.dismissed.on <= on:
        return Ended("dismissed", first.dismissed.on)
    if first.over is None or first.over.on > on:
        return None
    # An application that is converted is deemed withdrawn.
    how: Literal["dismissed", "abandoned", "withdrawn"] = (
        "withdrawn" if first.over.how == "converted" else first.over.how
    )
    return Ended(how, first.over.on)

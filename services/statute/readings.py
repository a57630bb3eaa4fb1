"""Questions the law leaves open, and how they are answered here: dated records, each beside its article.

What a period's record leaves open stands in the record itself (`Period.readings`); everything else is in
`data/readings/*.toml`. A reading that was given up stays, with the day it ended.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from services.statute.citations import Citation, citations
from services.statute.data_files import files_in, read_toml
from services.statute.messages import Words
from services.statute.refusal import Refused


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an open question; if it was ever taken, from the day `since` to the day `until`."""

    name: str
    says: Words
    why: Words
    since: date | None = None
    until: date | None = None

    def taken(self, on: date | None = None) -> bool:
        """Whether it is the reading taken `on` (default: now)."""
        if self.since is None:
            return False
        return (
            self.until is None if on is None else self.since <= on and (self.until is None or on < self.until)
        )


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the text of `article` does not settle, the readings open, and what hangs on the one taken."""

    id: str
    article: str
    question: Words
    changes: Words
    answers: tuple[Reading, ...]
    decision: str = ""

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The provisions it is about."""
        return citations(self.article)

    def taken(self, on: date | None = None) -> Reading | None:
        """Return the reading taken `on` (default: now), or None before any was."""
        return next((answer for answer in self.answers if answer.taken(on)), None)


@cache
def open_questions() -> tuple[OpenQuestion, ...]:
    """Return every recorded question, in the order of the files."""
    return tuple(
        _question(entry) for file in files_in("readings") for entry in read_toml("readings", file)["question"]
    )


def question(name: str) -> OpenQuestion:
    """Return the question with this id."""
    for one in open_questions():
        if one.id == name:
            return one
    raise Refused("unknown_question", name=name)


def readings_of(article: str) -> tuple[OpenQuestion, ...]:
    """Return the questions about `article` (as cited: `52(6)`), what contains it, or what is inside it."""
    wanted = citations(article)
    return tuple(
        one for one in open_questions() if any(cited.meets(other) for cited in one.cited for other in wanted)
    )


def _question(entry: dict[str, Any]) -> OpenQuestion:
    answers = tuple(
        Reading(one["name"], Words(**one["says"]), Words(**one["why"]), one.get("since"), one.get("until"))
        for one in entry["reading"]
    )
    return OpenQuestion(
        entry["id"],
        entry["article"],
        Words(**entry["question"]),
        Words(**entry["changes"]),
        answers,
        entry.get("decision", ""),
    )

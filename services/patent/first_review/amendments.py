"""When the tables change: what the first review says of what is pending, and what may follow (66(11))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from services.patent.applications import Application
from services.patent.first_review.engine import Engine
from services.patent.first_review.screening import Screening, answers_of, by_symbols, limited_by_amendment
from services.patent.technology_fields import Tables
from services.platform.law.values import Value

Follows = Literal["judge_again", "examine", "not_reached", "nothing"]
"""judge_again: the Commissioner judges by the new tables. examine: an examiner settles whether it is newly
covered. not_reached: 66(1) does not apply to what is newly covered while pending. nothing: it was sent, and
no rule undoes it."""


class Difference(Value):
    """A pending application of which the new tables say something else."""

    number: str
    before: Screening
    after: Screening
    under_the_act: Screening
    """What counts, 66(11) taken into account."""
    follows: Follows
    article: str


def differences(
    before: Tables, after: Tables, pending: Iterable[tuple[Application, bool]]
) -> Iterator[Difference]:
    """Screen again what was pending when `after` took effect, and tell what would differ; nothing is done.

    `pending` gives each application with whether its papers were sent already. Those that came in on or after
    the day of the amendment are under the new tables anyway, and left out.
    """
    rules = [Engine(version) for version in (before, after)]
    for application, sent in pending:
        if application.came_in_on >= after.since:
            continue
        answers = answers_of(application.facts)
        old, new = (by_symbols(one, application.symbols, answers) for one in rules)
        if old == new:
            continue
        counts = limited_by_amendment(old, new, after)
        follows = _follows(counts, sent)
        yield Difference(application.number, old, new, counts, follows, counts.article)


def _follows(counts: Screening, sent: bool) -> Follows:
    if sent:
        return "nothing"
    if counts.because == "newly_covered_while_pending":
        return "not_reached"
    return "examine" if counts.outcome == "to_examine" else "judge_again"

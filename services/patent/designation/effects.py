"""What a designation does, effect by effect, from when and until when (Arts. 66(7), 72-76, 78, 81, 82)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

import msgspec

from services.patent.data_files import read
from services.patent.designation.term import Designation, term_of
from services.platform.law.values import Value


class Effect(Value):
    """An effect of a designation: whom it binds to what, and between which events."""

    name: str
    article: str
    begins: Literal["notice", "designation"]
    ends: Literal["notice", "designation"]
    en: str
    ja: str
    penalty: str | None = None


class Standing(Value):
    """An effect on a day. `until` is its last day, None while that depends on a notice not yet received."""

    effect: Effect
    since: date | None
    until: date | None
    runs: bool


@cache
def effects() -> tuple[Effect, ...]:
    """Every effect, in the order of the table."""
    return msgspec.convert(read("effects")["effect"], tuple[Effect, ...])


def standings(
    designation: Designation, on: date, notified_on: date | None, end_notified_on: date | None
) -> tuple[Standing, ...]:
    """How each effect stands on the day `on`.

    `notified_on` and `end_notified_on` are the days on which the applicant received the notices of 70(1) and
    77(2). A day of receipt is still a day of the effect that the notice ends.
    """
    last_day = term_of(designation).last_day
    begins = {"notice": notified_on, "designation": designation.designated_on}
    ends = {"notice": end_notified_on, "designation": last_day}
    found = []
    for effect in effects():
        since, until = begins[effect.begins], ends[effect.ends]
        runs = since is not None and since <= on and (until is None or on <= until)
        found.append(Standing(effect, since, until, runs))
    return tuple(found)


class LaterApplicant(Value):
    """What Art. 81(1) asks of a designated applicant whose own application came later than another's."""

    designated: bool
    """It is a designated applicant itself (指定特許出願人)."""
    other_was_designated: bool
    began_or_prepared_on: date | None
    """When it began working the invention as a business in Japan, or preparing to."""
    other_published_on: date | None
    refused_under_29_2: bool
    """Its application was finally refused over the other, as not patentable under Patent Act 29-2."""
    knew: bool
    """It knew that its invention was not patentable for that reason."""


def has_licence(later: LaterApplicant) -> bool:
    """Whether the later applicant has the non-exclusive licence of 81(1), for consideration (81(2))."""
    return (
        later.designated
        and later.other_was_designated
        and not later.knew
        and later.refused_under_29_2
        and later.began_or_prepared_on is not None
        and later.other_published_on is not None
        and later.began_or_prepared_on < later.other_published_on
    )

"""What a designation does, effect by effect, from when and until when (Arts. 66(7), 72-76, 78, 81, 82)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Literal

import msgspec

from services.patent.data_files import read
from services.patent.designation.term import Designation, term_of
from services.platform.law.values import Value

DAY = timedelta(days=1)


class Effect(Value):
    """An effect of a designation: whom it binds to what, and between which events."""

    name: str
    article: str
    begins: Literal["notice", "designation"]
    ends: Literal["notice", "issue", "designation", "before_release"]
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
    designation: Designation,
    on: date,
    notified_on: date | None,
    end_notified_on: date | None,
    end_issued_on: date | None = None,
) -> tuple[Standing, ...]:
    """How each effect stands on the day `on`.

    `notified_on` and `end_notified_on` are the days on which the applicant received the notices of 70(1) and
    77(2), `end_issued_on` that on which the latter was issued. The day of a notice is still a day of the
    effect that it ends.
    """
    last_day = term_of(designation).last_day
    released = designation.released_on
    begins = {"notice": notified_on, "designation": designation.designated_on}
    ends = {
        "notice": end_notified_on,
        "issue": end_issued_on or end_notified_on,
        "designation": last_day,
        "before_release": last_day if released is None else released - DAY,
    }
    found = []
    for effect in effects():
        since, until = begins[effect.begins], ends[effect.ends]
        runs = since is not None and since <= on and (until is None or on <= until)
        found.append(Standing(effect, since, until, runs))
    return tuple(found)


class LaterApplicant(Value):
    """What Art. 81(1) asks of a designated applicant whose own application came later than another's.

    The other was published late because 66(7) held it back.
    """

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


CONDITIONS: tuple[tuple[str, Callable[[LaterApplicant], bool]], ...] = (
    ("designated", lambda one: one.designated),
    ("other_was_designated", lambda one: one.other_was_designated),
    ("other_was_published", lambda one: one.other_published_on is not None),
    (
        "worked_before_publication",
        lambda one: (
            one.began_or_prepared_on is not None
            and (one.other_published_on is None or one.began_or_prepared_on < one.other_published_on)
        ),
    ),
    ("did_not_know", lambda one: not one.knew),
    ("refused_under_29_2", lambda one: one.refused_under_29_2),
)
"""What 81(1) asks for, by the names of the words for it."""


def lacking(later: LaterApplicant) -> tuple[str, ...]:
    """The conditions of 81(1) that are not met."""
    return tuple(name for name, holds in CONDITIONS if not holds(later))


def has_licence(later: LaterApplicant) -> bool:
    """Whether the later applicant has the non-exclusive licence of 81(1), for consideration (81(2))."""
    return not lacking(later)

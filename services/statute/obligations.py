"""Obligations without a number of days: "without delay" (遅滞なく), "immediately" (直ちに), "in advance".

Those with a row in the table of deadlines are periods; the others are records in `data/obligations`. The law
sets no last day for any of them and neither does this package. A ministry may configure a service target,
its own promise; a target is never shown as a deadline of the law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from services.statute.citations import citations
from services.statute.data_files import files_in, read_toml
from services.statute.days import ONE_DAY, checked_day
from services.statute.messages import Words
from services.statute.office_calendar import HolidayTable, holiday_table
from services.statute.periods import Period
from services.statute.records import period
from services.statute.refusal import Refused


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty without a number of days: whose, towards whom, what brings it about, what is to be done."""

    id: str
    chapter: str
    article: str
    article_ja: str
    who: str
    towards: str
    pace: str
    trigger: Words
    duty: Words
    effective: date
    confidence: str = "verified"


@cache
def obligations() -> tuple[Obligation, ...]:
    """Return every recorded obligation that has no row in the table of deadlines, in the Act's order."""
    return tuple(
        _obligation({**table["defaults"], **entry})
        for file in files_in("obligations")
        for table in [read_toml("obligations", file)]
        for entry in table["obligation"]
    )


def obligations_of(article: str) -> tuple[Obligation, ...]:
    """Return the obligations on `article` (as cited: `34(9)`), or on what contains it or lies inside it."""
    wanted = citations(article)
    return tuple(
        one
        for one in obligations()
        if any(cited.meets(other) for cited in citations(one.article) for other in wanted)
    )


def _obligation(entry: dict[str, Any]) -> Obligation:
    pairs = {key: Words(**entry[key]) for key in ("trigger", "duty")}
    return Obligation(**{**entry, **pairs})


@dataclass(frozen=True, slots=True)
class Target:
    """A ministry's promise for an obligation: within so many open days, or calendar days, of the trigger."""

    days: int
    open_days: bool = True
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class ServiceTarget:
    """The day a ministry promised; `legal` is always false, so that nobody mistakes it for a deadline."""

    record: Period
    trigger_day: date
    promised_day: date
    target: Target
    legal: bool = False


def service_target(
    name: str, trigger_day: date, targets: Mapping[str, Target], *, holidays: HolidayTable | None = None
) -> ServiceTarget | None:
    """Return the promised day for obligation `name`, or None when the ministry configured none.

    `targets` is the ministry's configuration by record name. A record with a number of days is refused: its
    last day is the law's, and `Period.starting` gives it.
    """
    record = period(name)
    if record.how != "without a number":
        raise Refused("has_a_number", record.article, name=record.name)
    target = targets.get(record.name)
    if target is None:
        return None
    day = checked_day(trigger_day)
    if not target.open_days:
        return ServiceTarget(record, day, day + timedelta(days=target.days), target)
    table = holidays or holiday_table()
    promised = day
    for _ in range(target.days):
        promised = table.next_open(promised + ONE_DAY)
    return ServiceTarget(record, day, promised, target)

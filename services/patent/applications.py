"""Applications (出願) as Chapter 5 sees them, and everything wrong with one at intake, at once.

What is recorded here is what the periods and the first review need, as the Patent Office's filing system
knows it: the filing date the law holds to, the ways the application came to be, its symbols, and what was
found about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec

from services.patent.defects import Defect, defect
from services.patent.ipc import NotASymbolError, canonical
from services.patent.technology_fields import About, Requirement
from services.platform.law.values import Len, Matching, Value, field
from services.statute.start_dates import routes

Number = Annotated[str, Matching(r"[0-9]{4}-[0-9]{6}")]
"""An application number (出願番号): year and six digits."""
SymbolText = Annotated[str, Len(1, 40)]
"""A symbol of the classification as somebody wrote it; `ipc.canonical` reads it."""
Route = Literal[
    "translation",
    "reference_filing",
    "late_supplement",
    "division",
    "conversion",
    "design_conversion",
    "utility_registration",
    "pct_national_phase",
]
"""A way an application came to be; the rows of `start_dates.toml` in the statute."""
FactName = Literal[About, Requirement, "notified_before"]
"""What symbols cannot tell: what an item must concern, the additional requirements, and `notified_before`:
that a 67(9) notice on the same invention followed an own request of the applicant or a predecessor (66(2),
second sentence)."""


class Origin(Value):
    """A way the application came to be other than by an ordinary filing, and the day that counts for it.

    `on` is None while the day has not come: a translation or supplement still to be submitted.
    """

    route: Route
    on: date | None = None


class Finding(Value):
    """What was found about a fact, and on what evidence (疎明); a fact without a finding is open."""

    answer: Literal["yes", "no"]
    evidence: Annotated[str, Len(1, 2000)]


class Application(Value):
    """A patent or utility model application, as the filing system hands it over.

    `filed_on` is the filing date in law, for a divisional or converted application the retroactive one
    (Patent Act 44(2), 46(6)); `received_on` the day it in fact came in, when that is another. `requested_on`
    is the day of the applicant's own request for a security review (66(2)). Priority moves no start date and
    is kept for what else counts from it.
    """

    number: Number
    filed_on: date
    symbols: Annotated[tuple[SymbolText, ...], Len(0, 200)] = ()
    kind: Literal["patent", "utility_model"] = "patent"
    received_on: date | None = None
    origins: Annotated[tuple[Origin, ...], Len(0, 8)] = ()
    priority_from: date | None = None
    requested_on: date | None = None
    facts: dict[FactName, Finding] = field(default_factory=dict)

    @property
    def came_in_on(self) -> date:
        """The day it in fact came in."""
        return self.received_on or self.filed_on

    @property
    def as_filed(self) -> Application:
        """The application without what was found about it."""
        return msgspec.structs.replace(self, facts={})

    def route(self, name: Route) -> Origin | None:
        """How it came to be by that route, if it did."""
        return next((origin for origin in self.origins if origin.route == name), None)


def defects(application: Application, today: date) -> tuple[Defect, ...]:
    """Everything that keeps `application` from being taken in on the legal day `today`, field by field."""
    return tuple(_defects(application, today))


def _defects(application: Application, today: date) -> Iterator[Defect]:
    if application.filed_on > today:
        yield defect("/filed_on", "filed_in_the_future")
    for place, symbol in enumerate(application.symbols):
        try:
            canonical(symbol)
        except NotASymbolError as error:
            yield defect(f"/symbols/{place}", error.code)
    if application.received_on is not None:
        if application.received_on > today:
            yield defect("/received_on", "received_in_the_future")
        if application.received_on < application.filed_on:
            yield defect("/received_on", "received_before_filing")
    if application.origins:
        yield from _defects_of_origins(application, today)
    if application.priority_from is not None and application.priority_from > application.filed_on:
        yield defect("/priority_from", "priority_after_filing")
    if application.requested_on is not None:
        if application.kind == "utility_model":
            yield defect("/requested_on", "request_for_utility_model")
        elif application.requested_on != application.came_in_on:
            yield defect("/requested_on", "request_apart_from_filing")


def _defects_of_origins(application: Application, today: date) -> Iterator[Defect]:
    seen: set[str] = set()
    for place, origin in enumerate(application.origins):
        at = f"/origins/{place}"
        if origin.route in seen:
            yield defect(f"{at}/route", "route_twice")
        seen.add(origin.route)
        if application.kind == "utility_model":
            yield defect(f"{at}/route", "route_of_utility_model")
        if origin.on is None:
            # A division or conversion has its day by being made; only papers can be outstanding.
            if origin.route not in PAPERS_AWAITED:
                yield defect(f"{at}/on", "route_without_day")
            continue
        if origin.on < application.filed_on:
            yield defect(f"{at}/on", "route_before_filing")
        if origin.on > today:
            yield defect(f"{at}/on", "route_in_the_future")
    if "pct_national_phase" in seen and any(routes()[name].tables for name in seen):
        yield defect("/origins", "outside_and_inside")


PAPERS_AWAITED: tuple[Route, ...] = ("translation", "reference_filing", "late_supplement")
"""Routes whose day is that of a paper, which may still be to come."""


def against(application: Application, recorded: Application) -> tuple[Defect, ...]:
    """What differs from the application recorded under this number; nothing when it is the same filing.

    The fields are named, never what they hold.
    """
    names = Application.__struct_fields__
    new, old = _comparable(application), _comparable(recorded)
    return tuple(
        defect(f"/{name}", "other_facts_under_one_number") for name in names if new[name] != old[name]
    )


def _comparable(application: Application) -> dict[str, object]:
    said = msgspec.structs.asdict(application)
    said["symbols"] = sorted({canonical(symbol) for symbol in application.symbols})
    said["received_on"] = application.came_in_on
    said["origins"] = sorted((origin.route, str(origin.on or "")) for origin in application.origins)
    return said

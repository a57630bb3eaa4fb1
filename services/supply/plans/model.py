"""A supply plan (供給確保計画): the contents of Art. 9(3) and of the orders, as typed values. Pure."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from services.platform.law.parties import OrganisationId
from services.platform.law.values import Between, Len, Matching, Value
from services.platform.shared.ledger import MOST_YEN
from services.platform.shared.words import Line, Name, Reasons
from services.statute.arithmetic import end_of_month
from services.supply.sme import Enterprise

Yen = Annotated[int, Between(0, MOST_YEN)]
"""Whole yen, never below nothing."""
Key = Annotated[str, Matching(r"[a-z0-9][a-z0-9_-]{0,39}")]
"""What an effort is called inside its plan."""
Country = Annotated[str, Matching(r"[A-Z]{2}")]
"""ISO 3166-1 alpha-2."""
Share = Annotated[int, Between(0, 100)]
Month = Annotated[int, Between(1, 12)]
EffortKind = Literal[
    "production_base", "diversification", "stockpiling", "technology", "rational_use", "substitution", "other"
]
"""Art. 7: what strengthens the supply chain (生産基盤の整備 …), or lowers dependence (使用の合理化 …)."""
SourceKind = Literal["own", "subsidy", "two_step_loan", "loan", "other"]
MeasureKind = Literal[
    "production", "substitution", "diversification", "other_in_need", "investment", "substitute_investment"
]
"""The measures of Art. 9(4)(iv); which of them there are, each order says (`data/orders.toml`)."""
PaperKind = Literal["articles", "registry", "accounts", "measures", "licences", "no_organised_crime", "other"]


class Paper(Value):
    """A paper kept apart from the case: what it is, whose, of which day, and the SHA-256 of what it holds."""

    kind: PaperKind
    made_on: date
    sha256: Annotated[str, Matching(r"[0-9a-f]{64}")]
    of: OrganisationId | None = None
    year_ends_on: date | None = None
    """Of accounts: the end of the business year they are of."""
    instead: Line | None = None
    """Why a paper like it (これらに準ずるもの) stands in its place."""


class Participant(Value):
    """One of those who carry the plan out: who, and what Arts. 9(4)(vi) and 26 ask about its business."""

    organisation: OrganisationId
    name: Name
    address: Line
    representative: Name
    line_of_business: Name
    """業種: two in the same one bring Art. 9(4)(vi) into play."""
    closing_month: Month
    """The month its business years end with."""
    enterprise: Enterprise
    claims_sme: bool = False
    """Whether it wants the special measures of Arts. 27 and 28."""


class Effort(Value):
    """An effort (取組): of which kind, what is done, and from when to when."""

    key: Key
    kind: EffortKind
    content: Reasons
    begins_on: date
    ends_on: date


class Use(Value):
    """What money is needed for (9(3)(v)): by effort."""

    effort: Key
    what: Line
    yen: Yen


class Source(Value):
    """Where money comes from (9(3)(v))."""

    kind: SourceKind
    of: Line
    yen: Yen


class Measure(Value):
    """A measure for smooth and certain execution (9(3)(vi), 9(4)(iv))."""

    kind: MeasureKind
    content: Reasons


class Supplier(Value):
    """From whom an item is procured now, from where, and how much of all that is procured."""

    name: Name
    country: Country
    item: Name
    share_percent: Share


class PresentState(Value):
    """How the item is procured, supplied or used now (9(3)(viii))."""

    description: Reasons
    suppliers: Annotated[tuple[Supplier, ...], Len(0, 200)] = ()
    yearly_quantity: Line | None = None


class Licence(Value):
    """A licence or permit another law asks for (9(3)(ix)), got or applied for."""

    law: Line
    what: Line
    status: Literal["held", "applied_for", "to_be_applied_for"]
    of_another_country: bool = False


class Competition(Value):
    """What shows that Art. 9(4)(vi) is met: the state of the markets, and no undue harm to others."""

    markets: Reasons
    consumers_and_related_businesses: Reasons


class Plan(Value):
    """A supply plan as filed."""

    material: Name
    """A specified critical material (特定重要物資) by its id in the catalogue."""
    item: Name
    """The item (品目): the material itself, or what its production needs (原材料等)."""
    is_input: bool
    target: Reasons
    participants: Annotated[tuple[Participant, ...], Len(1, 30)]
    efforts: Annotated[tuple[Effort, ...], Len(0, 50)]
    organisation: Reasons
    uses: Annotated[tuple[Use, ...], Len(0, 300)]
    sources: Annotated[tuple[Source, ...], Len(0, 100)]
    measures: Annotated[tuple[Measure, ...], Len(0, 50)]
    information_management: Reasons
    present_state: PresentState
    licences_needed: bool = False
    licences: Annotated[tuple[Licence, ...], Len(0, 50)] = ()
    competition: Competition | None = None
    papers: Annotated[tuple[Paper, ...], Len(0, 300)] = ()

    @property
    def organisations(self) -> tuple[str, ...]:
        """Those who carry it out."""
        return tuple(one.organisation for one in self.participants)

    @property
    def begins_on(self) -> date:
        """The first day of its period (実施期間)."""
        return min(effort.begins_on for effort in self.efforts)

    @property
    def ends_on(self) -> date:
        """The last day of its period."""
        return max(effort.ends_on for effort in self.efforts)

    @property
    def funds(self) -> int:
        """The amount of money needed, in yen."""
        return sum(use.yen for use in self.uses)

    @property
    def subsidy(self) -> int:
        """How much of it is to come from subsidies."""
        return sum(source.yen for source in self.sources if source.kind == "subsidy")

    @property
    def same_line(self) -> bool:
        """Whether two of them are in one line of business (同一の業種): Arts. 9(4)(vi), 29."""
        lines = sorted(one.line_of_business for one in self.participants)
        return any(one == other for one, other in pairwise(lines))

    def years_of(self, participant: Participant) -> tuple[date, ...]:
        """The ends of the business years of a participant that the plan's period touches."""
        found: list[date] = []
        year, month = self.begins_on.year, participant.closing_month
        if end_of_month(year, month) < self.begins_on:
            year += 1
        while not found or found[-1] < self.ends_on:
            found.append(end_of_month(year, month))
            year += 1
        return tuple(found)

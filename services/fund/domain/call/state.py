"""A call: what is asked, from which instant until which, how proposals were ranked and what was decided.

The Act sets no rule for calls: it asks the State to secure funds (Art. 61), from the designated fund (63).
What holds is what the call itself announces (公募要領).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from services.fund.researchers import Trl
from services.fund.roles import AGENCY, CABINET_OFFICE, MINISTRY, PROGRAM_OFFICE
from services.platform.law.acts import Act, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Procedure, Stage, end
from services.platform.law.values import Between, Len, Value
from services.platform.shared.words import CaseId, Line, Name, Reasons
from services.statute import legal_day

ResearchType = Literal["project", "individual"]
"""プロジェクト型 or 個別研究型."""


Instant = Annotated[datetime, Meta(tz=True)]
"""An instant that says its offset: one without would mean another in every place."""


class Criterion(Value):
    """What proposals are scored by, and the most points it gives."""

    code: Annotated[str, Len(1, 40)]
    name: Name
    most: Annotated[int, Between(1, 1000)]


class Terms(Value):
    """What a call announces: for which technology, who may apply, how much, and how it is decided."""

    title: Name
    research_type: ResearchType
    field: Annotated[str, Len(1, 40)]
    technology: Name
    vision: Line
    """The research vision that names the technology."""
    opens_at: Instant
    closes_at: Instant
    """The first instant at which nothing is taken any more."""
    budget_yen: Annotated[int, Between(1, 10**15)]
    most_yen: Annotated[int, Between(1, 10**15)]
    most_people: Annotated[int, Between(1, 500)]
    eligibility: Reasons
    criteria: Annotated[tuple[Criterion, ...], Len(1, 20)]
    trl_from: Trl
    trl_to: Trl
    one_per_principal: bool = True
    """Whether a principal researcher may submit one proposal only."""


# ---- What happens ----


@leaves("public", "terms", "agency", "fund")
class CallAnnounced(Act):
    """A call was announced."""

    fund: str
    agency: str
    ministry: str
    terms: Terms
    on: date


@leaves("public")
class CallOpened(Act):
    """Proposals are taken from now on."""

    at: datetime


@leaves("internal")
class OutageRecorded(Act):
    """The system could not be reached for a time."""

    since: datetime
    until: datetime
    what: str
    evidence: str


@leaves("public", "closes_at")
class GraceGranted(Act):
    """An official let the call close later, because of an outage on its last day."""

    outage: int
    closes_at: datetime
    reasons: str


@leaves("public")
class CallClosed(Act):
    """The call closed."""

    at: datetime


class Ranked(Value):
    """A proposal in the ranking: its points in hundredths, averaged over its evaluators."""

    proposal: str
    rank: int
    points: int
    asked_yen: int


@leaves("internal")
class ProposalsRanked(Act):
    """The proposals were ranked by their scores."""

    ranking: tuple[Ranked, ...]
    on: date


class Selection(Value):
    """A proposal that is selected: up to how much, and why."""

    proposal: CaseId
    yen: Annotated[int, Between(1, 10**15)]
    reasons: Reasons


@leaves("internal")
class CallDecided(Act):
    """It was decided which proposals are selected; every other that was ranked is not."""

    selected: tuple[Selection, ...]
    reasons_for_the_others: str
    on: date


@leaves("internal")
class NoticesSent(Act):
    """So many of the ranked proposals' authors have been told, in the ranking's order."""

    told: int


@leaves("public")
class CallWithdrawn(Act):
    """The call was withdrawn before it closed."""

    reasons: str
    on: date


class Call(Value):
    """A call as it stands."""

    announced: CallAnnounced | None = None
    closes_at: datetime | None = None
    opened: bool = False
    closed: bool = False
    outages: tuple[OutageRecorded, ...] = ()
    graces: tuple[GraceGranted, ...] = ()
    ranking: ProposalsRanked | None = None
    decided: CallDecided | None = None
    told: int = 0
    withdrawn: CallWithdrawn | None = None

    def takes(self, at: datetime) -> bool:
        """Whether a proposal that arrives at that instant is taken."""
        if self.announced is None or self.closes_at is None or self.withdrawn is not None:
            return False
        return self.announced.terms.opens_at <= at < self.closes_at

    @property
    def last_day(self) -> date | None:
        """The legal day on which it closes."""
        return legal_day(self.closes_at) if self.closes_at else None


def evolve(state: Call, act: Act) -> Call:
    """The call after `act`."""
    match act:
        case CallAnnounced():
            return replace(state, announced=act, closes_at=act.terms.closes_at)
        case CallOpened():
            return replace(state, opened=True)
        case OutageRecorded():
            return replace(state, outages=(*state.outages, act))
        case GraceGranted():
            return replace(state, graces=(*state.graces, act), closes_at=act.closes_at, closed=False)
        case CallClosed():
            return replace(state, closed=True)
        case ProposalsRanked():
            return replace(state, ranking=act)
        case CallDecided():
            return replace(state, decided=act)
        case NoticesSent():
            return replace(state, told=act.told)
        case CallWithdrawn():
            return replace(state, withdrawn=act)
    raise TypeError(f"{type(act).__name__} is no act of a call")


def parties_of(agency: str, ministry: str) -> Parties:
    """The agency that calls, the minister in charge and the Prime Minister."""
    return Parties.of({AGENCY: agency, MINISTRY: ministry, PROGRAM_OFFICE: CABINET_OFFICE})


call: Procedure[Call] = Procedure(
    name="call",
    title="Call for proposals",
    title_ja="公募",
    initial=Call(),
    evolve=evolve,
    acts=(
        CallAnnounced,
        CallOpened,
        OutageRecorded,
        GraceGranted,
        CallClosed,
        ProposalsRanked,
        CallDecided,
        NoticesSent,
        CallWithdrawn,
    ),
    parties=lambda state: (
        parties_of(state.announced.agency, state.announced.ministry) if state.announced else NOBODY
    ),
    stages=(
        end("Withdrawn", "Withdrawn", "取消し", "61", lambda s: s.withdrawn is not None),
        end("Decided", "Decided", "採択決定済み", "61", lambda s: s.decided is not None),
        Stage(
            "Evaluation",
            "Closed; proposals are evaluated and decided on",
            "締切後・審査中",
            "61",
            when=lambda s: s.closed,
            then=("Open", "Decided"),
        ),
        Stage(
            "Open",
            "Proposals are taken until the closing instant",
            "公募中",
            "61",
            when=lambda s: s.opened,
            until=lambda s: s.closes_at,
            then=("Evaluation", "Withdrawn"),
        ),
        Stage(
            "Announced",
            "Announced, not open yet",
            "公募予告",
            "61",
            when=lambda _: True,
            until=lambda s: s.announced.terms.opens_at if s.announced else None,
            then=("Open", "Withdrawn"),
        ),
    ),
)

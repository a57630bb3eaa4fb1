"""A fund: how it was designated, what its books hold, which years are closed and reported (Art. 63)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import replace

from services.fund.roles import AGENCY, CABINET_OFFICE, MINISTRY, PROGRAM_OFFICE
from services.platform.law.acts import Act, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Procedure, Stage
from services.platform.law.values import Value, field
from services.platform.shared.ledger import Chart, JournalEntry, post, total
from services.platform.time import timekeeping
from services.platform.time.timekeeping import NOTHING_KEPT, TIME_ACTS, Timekeeping, Warned
from services.statute import Deadline, period
from services.statute.days import end_of

CHART = Chart(
    {
        "deposits": "debit",
        "expenses": "debit",
        "unallocated": "credit",
        "committed": "credit",
        "applied": "credit",
    }
)
"""Money held and money spent; what it may still be given for, what it is promised to, what was applied.

Deposits with expenses always equal the three others. `committed` and `expenses` stand apart by project.
"""
REPORT = "Act No. 63 of 2008 Art. 27-3"


# ---- What happens ----


@leaves("internal", "agency", "ministry")
class DesignationProposed(Act):
    """The Prime Minister intends to designate a fund (63(1))."""

    name: str
    agency: str
    ministry: str
    minister: str
    purpose: str
    on: date


@leaves("internal")
class MinistersConsulted(Act):
    """The Finance Minister, the minister in charge and others were consulted (63(2))."""

    asked: tuple[str, ...]
    draft: str
    on: date


@leaves("internal")
class MinisterAnswered(Act):
    """One of those consulted answered (63(2))."""

    of: str
    opinion: str
    on: date


@leaves("public", "name", "agency", "ministry")
class FundDesignated(Act):
    """The fund became a designated fund (指定基金, 63(1))."""

    name: str
    agency: str
    ministry: str
    reasons: str
    on: date


@leaves("public", "budget", "yen")
class FundSubsidised(Act):
    """The State subsidised the fund out of a budget (63(3))."""

    budget: str
    yen: int
    share_stated_in: str | None
    entry: JournalEntry


@leaves("internal", "project")
class ProjectCommitted(Act):
    """Money was promised to a project, over as many years as it runs."""

    project: str
    yen: int
    until: date
    entry: JournalEntry


@leaves("internal", "project")
class ProjectPaid(Act):
    """Money was paid to a project."""

    project: str
    yen: int
    entry: JournalEntry


@leaves("internal", "project")
class MoneyReturned(Act):
    """A project gave money back."""

    project: str
    yen: int
    entry: JournalEntry


@leaves("internal", "project")
class CommitmentReleased(Act):
    """What a project does not need any more is free again."""

    project: str
    yen: int
    entry: JournalEntry


class Carried(Value):
    """What is carried over into the next fiscal year (年度), in yen."""

    deposits: int
    unallocated: int
    committed: int
    expenses: int
    applied: int


@leaves("internal", "year")
class YearClosed(Act):
    """A fiscal year ended on its 31 March; what was there is carried over."""

    year: int
    carried: Carried
    last_day: date


@leaves("public", "year")
class FundReported(Act):
    """The agency reported on the fund for a fiscal year."""

    year: int
    report: str
    figures: Carried
    late: bool
    on: date


@leaves("internal", "year")
class ReportOverdue(Act):
    """The six months passed without a report."""

    year: int
    last_day: date


class Consulted(Value):
    """A consultation: who was asked, and what they said."""

    asked: tuple[str, ...]
    opened_on: date
    answers: tuple[MinisterAnswered, ...] = ()

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Those who have not answered."""
        heard = {answer.of for answer in self.answers}
        return tuple(one for one in self.asked if one not in heard)


class Fund(Value):
    """A fund as it stands."""

    proposed: DesignationProposed | None = None
    consulted: Consulted | None = None
    designated_on: date | None = None
    balances: dict[str, int] = field(default_factory=dict)
    subsidies: dict[str, int] = field(default_factory=dict)
    """By budget."""
    closed: tuple[YearClosed, ...] = ()
    reported: tuple[int, ...] = ()
    overdue: tuple[int, ...] = ()
    entries: int = 0
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def owner(self) -> str:
        """The part of every account that names the ministry and the agency."""
        assert self.proposed is not None
        return f"{self.proposed.ministry}:{self.proposed.agency}"

    @property
    def open_year(self) -> int | None:
        """The fiscal year whose books are open: the one after the last closed, or that of designation."""
        if self.closed:
            return self.closed[-1].year + 1
        return fiscal_year(self.designated_on) if self.designated_on else None

    @property
    def reports_due(self) -> tuple[Deadline, ...]:
        """Until when each closed year that was not reported has to be."""
        return tuple(report_due(one.year) for one in self.closed if one.year not in self.reported)

    def standing(self) -> Carried:
        """What stands on each title, in yen."""
        return Carried(**{title: total(self.balances, title) for title in Carried.__struct_fields__})


def fiscal_year(day: date) -> int:
    """The fiscal year (年度) of a day: from 1 April, named by the year it begins in (Finance Act 11)."""
    return day.year if day.month >= 4 else day.year - 1


def last_day_of(year: int) -> date:
    """The 31 March on which a fiscal year ends."""
    return date(year + 1, 3, 31)


def year_ends_at(year: int) -> datetime:
    """The instant at which a fiscal year is over."""
    return end_of(last_day_of(year))


def report_due(year: int) -> Deadline:
    """Until when a fiscal year has to be reported: six months from its end."""
    return period("research.fund_report").starting(last_day_of(year))


POSTED = (FundSubsidised, ProjectCommitted, ProjectPaid, MoneyReturned, CommitmentReleased)


def evolve(state: Fund, act: Act) -> Fund:
    """The fund after `act`."""
    if isinstance(act, TIME_ACTS):
        return replace(state, timekeeping=timekeeping.evolve(state.timekeeping, act))
    if isinstance(act, POSTED):
        balances = post(CHART, state.balances, act.entry)
        state = replace(state, balances=balances, entries=state.entries + 1)
        if isinstance(act, FundSubsidised):
            given = state.subsidies.get(act.budget, 0) + act.yen
            state = replace(state, subsidies={**state.subsidies, act.budget: given})
        return state
    match act:
        case DesignationProposed():
            return replace(state, proposed=act)
        case MinistersConsulted():
            return replace(state, consulted=Consulted(act.asked, act.on))
        case MinisterAnswered():
            assert state.consulted is not None
            answers = (*state.consulted.answers, act)
            return replace(state, consulted=replace(state.consulted, answers=answers))
        case FundDesignated():
            return replace(state, designated_on=act.on)
        case YearClosed():
            return replace(state, closed=(*state.closed, act))
        case FundReported():
            return replace(state, reported=(*state.reported, act.year))
        case ReportOverdue():
            return replace(state, overdue=(*state.overdue, act.year))
    raise TypeError(f"{type(act).__name__} is no act of a fund")


def parties_of(agency: str, ministry: str) -> Parties:
    """The Prime Minister, the minister in charge and the agency."""
    return Parties.of({PROGRAM_OFFICE: CABINET_OFFICE, MINISTRY: ministry, AGENCY: agency})


def awaited(state: Fund) -> Deadline | None:
    """The next day by which a report is due and which has not been noted as passed."""
    return next((due for due in state.reports_due if due.trigger_day.year - 1 not in state.overdue), None)


def warned(state: Fund) -> Iterator[Warned]:
    """Whom to remind: the agency of its report."""
    due = awaited(state)
    if due is not None:
        yield Warned("party", due)


def _year_end(state: Fund) -> datetime | None:
    return year_ends_at(state.open_year) if state.open_year is not None else None


fund: Procedure[Fund] = Procedure(
    name="fund",
    title="Designated fund",
    title_ja="指定基金",
    initial=Fund(),
    evolve=evolve,
    acts=(
        DesignationProposed,
        MinistersConsulted,
        MinisterAnswered,
        FundDesignated,
        *POSTED,
        YearClosed,
        FundReported,
        ReportOverdue,
        *TIME_ACTS,
    ),
    parties=lambda state: (
        parties_of(state.proposed.agency, state.proposed.ministry) if state.proposed else NOBODY
    ),
    stages=(
        Stage(
            "Proposed",
            "Designation is intended and consulted about",
            "指定の協議中",
            "63(1), (2)",
            when=lambda s: s.designated_on is None,
            then=("InOperation",),
        ),
        Stage(
            "ReportDue",
            "In operation; a fiscal year is to be reported within six months",
            "運用中・基金報告書の提出期間中",
            REPORT,
            when=lambda s: awaited(s) is not None,
            until=awaited,
            then=("InOperation", "ReportLate"),
        ),
        Stage(
            "ReportLate",
            "In operation; a report was not made in time",
            "運用中・基金報告書の期限経過",
            REPORT,
            when=lambda s: bool(s.reports_due),
            until=_year_end,
            then=("InOperation", "ReportDue"),
        ),
        Stage(
            "InOperation",
            "In operation until the fiscal year ends",
            "運用中",
            "63(1)",
            when=lambda _: True,
            until=_year_end,
            then=("ReportDue",),
        ),
    ),
    deadlines=lambda state: state.reports_due,
)

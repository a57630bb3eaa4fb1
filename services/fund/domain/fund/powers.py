"""The powers over a fund: designated with consultation, subsidised, its books kept and reported (Art. 63).

What is promised to projects, paid, returned and released is decided in the projects' cases; here it is
posted, in the same transaction.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from services.fund.data_files import read
from services.fund.domain.fund.state import (
    CHART,
    REPORT,
    CommitmentReleased,
    DesignationProposed,
    Fund,
    FundDesignated,
    FundReported,
    FundSubsidised,
    MinisterAnswered,
    MinistersConsulted,
    MoneyReturned,
    ProjectCommitted,
    ProjectPaid,
    ReportOverdue,
    YearClosed,
    awaited,
    fund,
    last_day_of,
    parties_of,
    report_due,
    warned,
)
from services.fund.roles import AGENCY, MINISTRY, PROGRAM_OFFICE
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, Refusal, refuse_if, rule
from services.platform.law.values import Between, Len, Matching, Value
from services.platform.shared.ledger import JournalEntry, Posting, Yen, post, transfer
from services.platform.shared.words import CaseId, Line, Name, PassDay, Reasons
from services.platform.time.timekeeping import keep_time

FINANCE_MINISTER = "財務大臣"
AgencyCode = Annotated[str, Matching(r"[A-Z]{2,12}")]
FiscalYear = Annotated[int, Between(2021, 2199)]


def agency_of(code: str) -> dict[str, Any]:
    """The row of an agency; refuses `no_such_agency`."""
    for row in read("money")["agency"]:
        if row["id"] == code:
            found: dict[str, Any] = row
            return found
    raise Refusal("no_such_agency", "63(1)", agency=code)


# ---- The rules ----


@rule("fund_designated", "63(1)")
def not_designated(state: Fund, _: Given) -> bool:
    """The fund has not been designated."""
    return state.designated_on is None


@rule("fund_not_designated", "63(1)")
def designated(state: Fund, _: Given) -> bool:
    """The fund has been designated."""
    return state.designated_on is not None


@rule("ministers_consulted", "63(2)")
def not_consulted(state: Fund, _: Given) -> bool:
    """Nobody has been consulted."""
    return state.consulted is None


@rule("ministers_not_consulted", "63(2)")
def consulted(state: Fund, _: Given) -> bool:
    """The consultation has begun."""
    return state.consulted is not None


@rule("year_not_over", "63(1)", explain=lambda state, _: {"year": state.open_year})
def year_is_over(state: Fund, given: Given) -> bool:
    """The fiscal year whose books are open has ended."""
    year = state.open_year
    return year is not None and given.today > last_day_of(year)


@rule("report_runs", REPORT)
def report_is_late(state: Fund, given: Given) -> bool:
    """The last day of a report has passed, and that is not recorded."""
    due = awaited(state)
    return due is not None and given.today > due.last_day


# ---- Designation ----


class ProposeDesignation(Value):
    """The fund by its name, the agency that holds it, and what it is for."""

    name: Name
    agency: AgencyCode
    purpose: Reasons

    @property
    def parties(self) -> Parties:
        """The Prime Minister, the minister in charge and the agency."""
        return parties_of(self.agency, agency_of(self.agency)["ministry"])


@fund.act("63(1)", by=[PROGRAM_OFFICE], opens=True)
def propose_designation(_: Fund, command: ProposeDesignation, given: Given) -> Acts:
    """Propose to designate a fund for the R&D of critical technologies."""
    agency = agency_of(command.agency)
    yield DesignationProposed(
        command.name,
        command.agency,
        agency["ministry"],
        agency["minister_ja"],
        command.purpose,
        given.today,
    )


class ConsultMinisters(Value):
    """What is intended, and who is asked besides the Finance Minister and the minister in charge."""

    draft: Reasons
    others: Annotated[tuple[Name, ...], Len(0, 20)] = ()


@fund.act("63(2)", by=[PROGRAM_OFFICE], when=[not_designated, not_consulted])
def consult_ministers(state: Fund, command: ConsultMinisters, given: Given) -> Acts:
    """Consult the Finance Minister, the minister in charge of the fund and others in advance (協議)."""
    assert state.proposed is not None
    asked = tuple(dict.fromkeys((FINANCE_MINISTER, state.proposed.minister, *command.others)))
    yield MinistersConsulted(asked, command.draft, given.today)


class EnterAnswer(Value):
    """Who of those consulted answered, and what."""

    of: Name
    opinion: Reasons


@fund.act("63(2)", by=[PROGRAM_OFFICE, MINISTRY], when=[not_designated, consulted])
def enter_answer(state: Fund, command: EnterAnswer, given: Given) -> Acts:
    """Enter the answer of a minister who was consulted; the minister in charge gives its own."""
    assert state.consulted is not None
    assert state.proposed is not None
    refuse_if(command.of not in state.consulted.asked, "minister_not_asked", of=command.of)
    own = given.by.ministry == state.proposed.ministry
    refuse_if(own != (command.of == state.proposed.minister), "not_your_answer", of=command.of)
    yield MinisterAnswered(command.of, command.opinion, given.today)


class Designate(Value):
    """Why the fund is designated."""

    reasons: Reasons


@fund.act("63(1)", by=[PROGRAM_OFFICE], when=[not_designated, consulted])
def designate(state: Fund, command: Designate, given: Given) -> Acts:
    """Designate the fund (指定基金の指定), once those consulted have answered."""
    assert state.proposed is not None
    assert state.consulted is not None
    open_still = state.consulted.unanswered
    refuse_if(bool(open_still), "answers_outstanding", "63(2)", of=", ".join(open_still))
    proposed = state.proposed
    yield FundDesignated(proposed.name, proposed.agency, proposed.ministry, command.reasons, given.today)


# ---- The money ----


class Subsidise(Value):
    """How much out of which budget; where the ministry's share stands if the budget's data do not say it."""

    budget: Name
    yen: Yen
    share_stated_in: Line | None = None


@fund.act("63(3)", by=[MINISTRY], when=[designated])
def subsidise(state: Fund, command: Subsidise, given: Given) -> Acts:
    """Subsidise the fund within the budget (予算の範囲内)."""
    assert state.proposed is not None
    budgets = {row["id"]: row for row in read("money")["budget"]}
    refuse_if(command.budget not in budgets, "no_such_budget", budget=command.budget)
    budget = budgets[command.budget]
    share = budget["by_ministry"].get(state.proposed.ministry)
    refuse_if(share is None and command.share_stated_in is None, "share_not_stated", budget=command.budget)
    most, before = share or budget["yen"], state.subsidies.get(command.budget, 0)
    beyond = before + command.yen > most
    refuse_if(beyond, "beyond_the_budget", most=most, before=before, asked=command.yen)
    owner = state.owner
    entry = transfer(f"deposits:{owner}", f"unallocated:{owner}", command.yen, given.today)
    yield from posted(state, entry)
    yield FundSubsidised(command.budget, command.yen, command.share_stated_in, entry)


class Commit(Value):
    """How much is promised to which project, and until when."""

    project: CaseId
    yen: Yen
    until: date


@fund.act("63(3)", by=[THE_CLOCK], when=[designated])
def commit(state: Fund, command: Commit, given: Given) -> Acts:
    """Promise money to a project, over as many fiscal years as it takes."""
    owner = state.owner
    entry = transfer(f"unallocated:{owner}", f"committed:{owner}:{command.project}", command.yen, given.today)
    yield from posted(state, entry)
    yield ProjectCommitted(command.project, command.yen, command.until, entry)


class Move(Value):
    """How much, of which project."""

    project: CaseId
    yen: Yen


@fund.act("63(3)", by=[THE_CLOCK], when=[designated])
def pay(state: Fund, command: Move, given: Given) -> Acts:
    """Pay out what was promised to a project."""
    owner, yen = state.owner, command.yen
    entry = JournalEntry(
        (
            Posting(f"committed:{owner}:{command.project}", "debit", yen),
            Posting(f"applied:{owner}", "credit", yen),
            Posting(f"expenses:{owner}:{command.project}", "debit", yen),
            Posting(f"deposits:{owner}", "credit", yen),
        ),
        given.today,
    )
    yield from posted(state, entry)
    yield ProjectPaid(command.project, yen, entry)


@fund.act("63(3)", by=[THE_CLOCK], when=[designated])
def take_back(state: Fund, command: Move, given: Given) -> Acts:
    """Take back what a project returns: it can be given anew."""
    owner, yen = state.owner, command.yen
    entry = JournalEntry(
        (
            Posting(f"deposits:{owner}", "debit", yen),
            Posting(f"expenses:{owner}:{command.project}", "credit", yen),
            Posting(f"applied:{owner}", "debit", yen),
            Posting(f"unallocated:{owner}", "credit", yen),
        ),
        given.today,
    )
    yield from posted(state, entry)
    yield MoneyReturned(command.project, yen, entry)


@fund.act("63(3)", by=[THE_CLOCK], when=[designated])
def release(state: Fund, command: Move, given: Given) -> Acts:
    """Release what a project was promised and does not need."""
    owner = state.owner
    entry = transfer(f"committed:{owner}:{command.project}", f"unallocated:{owner}", command.yen, given.today)
    yield from posted(state, entry)
    yield CommitmentReleased(command.project, command.yen, entry)


def posted(state: Fund, entry: JournalEntry) -> Acts:
    """Close what years have ended, after refusing an entry that the books cannot bear."""
    post(CHART, state.balances, entry)
    year = state.open_year
    assert year is not None
    # What is carried over is what stood before this entry, however early in the new year it comes.
    while entry.on > last_day_of(year):
        yield YearClosed(year, state.standing(), last_day_of(year))
        year += 1


# ---- Years and reports ----


@fund.act("63(1)", by=[THE_CLOCK], when=[designated, year_is_over])
def close_year(state: Fund, _: PassDay, __: Given) -> Acts:
    """Close the books of a fiscal year and carry over what is there, by its last day."""
    assert state.open_year is not None
    yield YearClosed(state.open_year, state.standing(), last_day_of(state.open_year))


class ReportFund(Value):
    """The fiscal year, and where the report stands."""

    year: FiscalYear
    report: Line


@fund.act(REPORT, by=[AGENCY], when=[designated])
def report_fund(state: Fund, command: ReportFund, given: Given) -> Acts:
    """Report on the fund for a fiscal year, within six months; a late report is taken as late."""
    closed = {one.year: one for one in state.closed}
    refuse_if(command.year not in closed, "year_not_closed", year=command.year)
    refuse_if(command.year in state.reported, "year_reported", year=command.year)
    late = given.today > report_due(command.year).last_day
    yield FundReported(command.year, command.report, closed[command.year].carried, late, given.today)


@fund.act(REPORT, by=[THE_CLOCK], when=[report_is_late])
def note_overdue(state: Fund, _: PassDay, __: Given) -> Acts:
    """Record that the six months passed without a report, by their last day."""
    due = awaited(state)
    assert due is not None
    yield ReportOverdue(due.trigger_day.year - 1, due.last_day)


keep_time(fund, warned=warned, silences={})

"""Reports that a sector's own order asks for, besides Art. 58.

Of card operators every year (METI Order 41 of 2023, Art. 26), of telecommunications operators and message
services when their standing changes (MIC Order 64 of 2023, Art. 7). A late report is taken all the same.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec.structs import replace

from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL, filed_by
from services.platform.law.acts import Act, Acts
from services.platform.law.parties import NOBODY, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Between, Len, Value
from services.platform.shared.words import Name
from services.statute import Deadline, period

Kind = Literal["credit_card", "telecom_status", "message_service"]
DESIGNATED_CARD = "METI Order 41 of 2023, Art. 26(2)"
REPORTED_BY = "METI Order 41 of 2023, Art. 26; MIC Order 64 of 2023, Art. 7"
TELECOM, MESSAGE = "MIC Order 64 of 2023, Art. 7(1)", "MIC Order 64 of 2023, Art. 7(2)"


class CardYear(Value):
    """Card contracts at the end of a fiscal year, and the yen of credit given in it."""

    ended_on: date
    contracts: Annotated[int, Between(0, 10**15)]
    credit_yen: Annotated[int, Between(0, 10**15)]


class Floor(Value):
    """From which figures an operator that is not designated reports; both must be reached in one year."""

    contracts: int
    credit_yen: int
    article: str
    since: date

    def reached_by(self, year: CardYear) -> bool:
        """Whether a year's figures reach it."""
        return year.contracts >= self.contracts and year.credit_yen >= self.credit_yen


@cache
def _floors() -> tuple[Floor, ...]:
    import tomllib

    file = Path(__file__).parent.parent / "data" / "sector_reports.toml"
    records = tomllib.loads(file.read_text("utf-8"))["credit_card"]
    return tuple(
        Floor(r["contracts"], r["credit_yen"], r["article"], r["effective"]["from"]) for r in records
    )


def floor_on(day: date) -> Floor:
    """The floor in force on a day."""
    return max((floor for floor in _floors() if floor.since <= day), key=lambda floor: floor.since)


def years_before(day: date) -> tuple[date, date, date]:
    """The last days of the three fiscal years (1 April to 31 March) before that of `day`, oldest first."""
    begun = day.year if day.month >= 4 else day.year - 1
    return date(begun - 2, 3, 31), date(begun - 1, 3, 31), date(begun, 3, 31)


def card_duty(years: tuple[CardYear, ...], designated: bool, day: date) -> str | None:
    """The article by which a card operator reports in the fiscal year of `day`; None when none asks it to."""
    if designated:
        return DESIGNATED_CARD
    floor = floor_on(day)
    return floor.article if any(floor.reached_by(year) for year in years) else None


def card_due(day: date) -> Deadline:
    """The last day for the report of the fiscal year of `day`: 30 June, be it a holiday or not."""
    return period("infra.credit_card_report").starting(day)


# ---- What is recorded ----


class ReportFiled(Act):
    """A sector's report arrived; `due` is its last day where the order sets one."""

    kind: Kind
    organisation: str
    ministry: str
    by_article: str
    on: date
    due: date | None = None
    years: tuple[CardYear, ...] = ()
    falls_under: bool | None = None
    """Of a telecommunications operator: whether it now falls under Art. 2(i)ロ, or has left it."""
    since: date | None = None
    user_class: str | None = None
    """Of a message service: the class its number of users falls in."""


class ReportNoted(Act):
    """The ministry has taken note of the report."""

    on: date


class Report(Value):
    """A sector's report."""

    filed: ReportFiled | None = None
    noted_on: date | None = None

    @property
    def late(self) -> bool:
        """Whether it came after its last day."""
        return bool(self.filed and self.filed.due and self.filed.on > self.filed.due)


def evolve(state: Report, act: Act) -> Report:
    """The report after `act`."""
    match act:
        case ReportFiled():
            return Report(act)
        case ReportNoted():
            return replace(state, noted_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act of a sector's report")


def _parties(state: Report) -> Parties:
    filed = state.filed
    return filed_by(filed.organisation, [filed.ministry]) if filed else NOBODY


sector_report: Procedure[Report] = Procedure(
    name="sector-report",
    title="Report of a sector",
    title_ja="業種別の報告",
    initial=Report(),
    evolve=evolve,
    acts=(ReportFiled, ReportNoted),
    parties=_parties,
    stages=(
        end("Noted", "Note has been taken", "確認済み", REPORTED_BY, lambda s: s.noted_on is not None),
        Stage("Filed", "Filed", "提出済み", REPORTED_BY, lambda _: True, then=("Noted",)),
    ),
)


# ---- The powers ----


class FileCardReport(Value):
    """The figures of the three fiscal years before this one, and whether their operator is designated."""

    organisation: OrganisationId
    years: Annotated[tuple[CardYear, ...], Len(3, 3)]
    designated: bool = False

    @property
    def parties(self) -> Parties:
        """The card operator and METI."""
        return filed_by(self.organisation, ["METI"])


@sector_report.act("METI Order 41 of 2023, Art. 26", by=[OPERATOR, AGENT], opens=True)
def file_card_report(_: Report, report: FileCardReport, given: Given) -> Acts:
    """File a card operator's yearly report, by 30 June."""
    wanted = years_before(given.today)
    stated = tuple(sorted(year.ended_on for year in report.years))
    listed = ", ".join(day.isoformat() for day in wanted)
    refuse_if(stated != wanted, "report_years_differ", "METI Order 41 of 2023, Art. 26", wanted=listed)
    article = card_duty(report.years, report.designated, given.today)
    floor = floor_on(given.today)
    refuse_if(
        article is None,
        "no_report_asked_for",
        floor.article,
        contracts=f"{floor.contracts:,}",
        credit_yen=f"{floor.credit_yen:,}",
    )
    due = card_due(given.today).last_day
    yield ReportFiled(
        "credit_card", report.organisation, "METI", article or "", given.today, due, years=report.years
    )


class FileTelecomStatus(Value):
    """Whether the operator now falls under Art. 2(i)ロ of the order or has left it, and since when."""

    organisation: OrganisationId
    falls_under: bool
    since: date

    @property
    def parties(self) -> Parties:
        """The telecommunications operator and MIC."""
        return filed_by(self.organisation, ["MIC"])


@sector_report.act(TELECOM, by=[OPERATOR, AGENT], opens=True)
def file_telecom_status(_: Report, report: FileTelecomStatus, given: Given) -> Acts:
    """Report without delay that a telecommunications operator falls under Art. 2(i)ロ, or has left it."""
    refuse_if(report.since > given.today, "day_not_yet_come", TELECOM, day=report.since, today=given.today)
    yield ReportFiled(
        "telecom_status",
        report.organisation,
        "MIC",
        TELECOM,
        given.today,
        falls_under=report.falls_under,
        since=report.since,
    )


class FileMessageReport(Value):
    """The class of a message service's users at the end of a fiscal year, and the one last reported."""

    organisation: OrganisationId
    year_ended_on: date
    user_class: Name
    last_class: str | None = None

    @property
    def parties(self) -> Parties:
        """The message service's operator and MIC."""
        return filed_by(self.organisation, ["MIC"])


@sector_report.act(MESSAGE, by=[OPERATOR, AGENT], opens=True)
def file_message_report(_: Report, report: FileMessageReport, given: Given) -> Acts:
    """Report a message service's class within a month of the fiscal year's end, if it has changed."""
    wanted = years_before(given.today)[-1]
    refuse_if(report.year_ended_on != wanted, "report_years_differ", MESSAGE, wanted=wanted)
    refuse_if(report.user_class == report.last_class, "class_unchanged", MESSAGE, known=report.last_class)
    due = period("infra.message_service_report").starting(wanted).last_day
    yield ReportFiled(
        "message_service",
        report.organisation,
        "MIC",
        MESSAGE,
        given.today,
        due,
        user_class=report.user_class,
    )


@rule("report_noted", explain=lambda state, _: {"on": state.noted_on})
def not_noted(state: Report, _: Given) -> bool:
    """The ministry has not taken note yet."""
    return state.noted_on is None


class Note(Value):
    """Taking note says no more."""


@sector_report.act("58(1)", by=[REVIEWING_OFFICIAL], when=[not_noted])
def note(_: Report, __: Note, given: Given) -> Acts:
    """Take note of a sector's report: it leaves the ministry's queue."""
    yield ReportNoted(given.today)

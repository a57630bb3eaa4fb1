"""Sectors' own reports over HTTP; designations and what was reported last are looked up here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from services.infra_review.domain import sector_report as law
from services.infra_review.domain.operator import operator
from services.infra_review.domain.sector_report import (
    CardYear,
    FileCardReport,
    FileMessageReport,
    FileTelecomStatus,
    Report,
    ReportFiled,
    card_due,
    card_duty,
    sector_report,
    years_before,
)
from services.platform.cases.case import Case
from services.platform.cases.store import Cases
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.parties import OrganisationId
from services.platform.law.procedure import Given
from services.platform.law.values import Len, Value
from services.platform.shared.words import Name

CARDS = "comprehensive_credit_purchase"
"""The business of card operators in the sector table."""
operators, reports = Cases(operator), Cases(sector_report)


class CardFigures(Value):
    """A card operator's figures of the three fiscal years before this one."""

    organisation: OrganisationId
    years: Annotated[tuple[CardYear, ...], Len(3, 3)]


class MessageClass(Value):
    """The class of a message service's users at the end of a fiscal year."""

    organisation: OrganisationId
    year_ended_on: date
    user_class: Name


class CardQuestion(Value):
    """The same figures, by somebody who asks whether they must be reported."""

    years: Annotated[tuple[CardYear, ...], Len(1, 3)]
    designated: bool = False


class ReportView(Value):
    """A report, whether it came late, and whether note was taken."""

    report: ReportFiled | None
    late: bool
    noted_on: date | None


def view(case: Case[Report], _: Given) -> ReportView:
    """A report as it stands."""
    return ReportView(case.state.filed, case.state.late, case.state.noted_on)


class CardDuty(Value):
    """Whether a report is due this year, by which article, by when, and of which fiscal years."""

    report: bool
    article: str | None
    due: date | None
    years: tuple[date, ...]


def add(app: Edge) -> None:
    """Serve the sectors' reports."""
    app.expose(sector_report, "/sector-reports", view=view)

    @app.ask("/sector-reports/duty", body=CardQuestion)
    def duty(question: CardQuestion, request: Request) -> CardDuty:
        """Ask whether a card operator reports this year (METI Order Art. 26), and by when."""
        today = request.given.today
        article = card_duty(question.years, question.designated, today)
        due = card_due(today).last_day if article else None
        return CardDuty(article is not None, article, due, years_before(today))

    @app.post("/sector-reports/credit-card", body=CardFigures, uses=(sector_report, law.file_card_report))
    def credit_card(figures: CardFigures, request: Request) -> Answer[Any]:
        """File a card operator's yearly report, by 30 June."""
        held = _designated(figures.organisation, request.given.today)
        report = FileCardReport(figures.organisation, figures.years, held)
        return app.open(request, sector_report, law.file_card_report, report)

    @app.post(
        "/sector-reports/telecom-status",
        body=FileTelecomStatus,
        uses=(sector_report, law.file_telecom_status),
    )
    def telecom_status(report: FileTelecomStatus, request: Request) -> Answer[Any]:
        """Report without delay that a telecommunications operator falls under Art. 2(i)ロ, or has left it."""
        return app.open(request, sector_report, law.file_telecom_status, report)

    @app.post(
        "/sector-reports/message-service", body=MessageClass, uses=(sector_report, law.file_message_report)
    )
    def message_service(stated: MessageClass, request: Request) -> Answer[Any]:
        """Report a message service's class within a month of the fiscal year's end, if it has changed."""
        report = FileMessageReport(
            stated.organisation, stated.year_ended_on, stated.user_class, _last_class(stated.organisation)
        )
        return app.open(request, sector_report, law.file_message_report, report)


def _designated(organisation: str, today: date) -> bool:
    held = (operators.load(line.id).state for line in operators.of(organisation).items)
    return any(one.business == CARDS and one.in_force(today) for one in held)


def _last_class(organisation: str) -> str | None:
    """The class a message service reported last; its reports are few, and the newest come first."""
    for line in reports.of(organisation).items:
        filed = reports.load(line.id).state.filed
        if filed and filed.user_class:
            return filed.user_class
    return None

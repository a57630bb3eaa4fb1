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
    card_due,
    card_duty,
    sector_report,
    years_before,
)
from services.platform.cases.store import Case, Cases
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Given
from services.platform.law.values import Len, Value
from services.platform.shared.words import Name

CARDS = "comprehensive_credit_purchase"
"""The business of card operators in the sector table."""
operators, reports = Cases(operator), Cases(sector_report)


class CardFigures(Value):
    """A card operator's figures of the three fiscal years before this one."""

    organisation: Name
    years: Annotated[tuple[CardYear, ...], Len(3, 3)]


class MessageClass(Value):
    """The class of a message service's users at the end of a fiscal year."""

    organisation: Name
    year_ended_on: date
    user_class: Name


class CardQuestion(Value):
    """The same figures, by somebody who asks whether they must be reported."""

    years: Annotated[tuple[CardYear, ...], Len(1, 3)]
    designated: bool = False


def view(case: Case[Report], _: Given) -> dict[str, Any]:
    """A report, whether it came late, and whether note was taken."""
    state = case.state
    return {"report": state.filed, "late": state.late, "noted_on": state.noted_on}


def add(app: Edge) -> None:
    """Serve the sectors' reports."""
    app.expose(sector_report, "/sector-reports", view=view)

    @app.ask("/sector-reports/duty", body=CardQuestion)
    def duty(question: CardQuestion, request: Request) -> Answer:
        """Ask whether a card operator reports this year (METI Order Art. 26), and by when."""
        today = request.given.today
        article = card_duty(question.years, question.designated, today)
        due = card_due(today).last_day if article else None
        answer = {"report": article is not None, "article": article, "due": due}
        return Answer(200, answer | {"years": years_before(today)})

    @app.post("/sector-reports/credit-card", body=CardFigures, opens=(sector_report, law.file_card_report))
    def credit_card(figures: CardFigures, request: Request) -> Answer:
        """File a card operator's yearly report, by 30 June."""
        held = _designated(figures.organisation, request.given.today)
        report = FileCardReport(figures.organisation, figures.years, held)
        return app.open(request, sector_report, law.file_card_report, report)

    @app.post(
        "/sector-reports/telecom-status",
        body=FileTelecomStatus,
        opens=(sector_report, law.file_telecom_status),
    )
    def telecom_status(report: FileTelecomStatus, request: Request) -> Answer:
        """Report without delay that a telecommunications operator falls under Art. 2(i)ロ, or has left it."""
        return app.open(request, sector_report, law.file_telecom_status, report)

    @app.post(
        "/sector-reports/message-service", body=MessageClass, opens=(sector_report, law.file_message_report)
    )
    def message_service(stated: MessageClass, request: Request) -> Answer:
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

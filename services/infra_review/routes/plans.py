"""What is filed in a case with another plan: completed, changed. Cited passports are opened for the check."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.infra_review import passports
from services.infra_review.domain import filing
from services.infra_review.domain import plan_changes as changing
from services.infra_review.domain.filing import Complete
from services.infra_review.domain.plan_changes import NotifyUrgentChange, ReportChange
from services.infra_review.domain.review import Review
from services.infra_review.passports import Reading
from services.infra_review.plan.difference import NOTHING_DONE, Progress
from services.infra_review.plan.model import Plan
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Procedure
from services.platform.law.values import Value
from services.platform.shared.words import Reasons

BY_HAND = (filing.complete, changing.notify_urgent_change, changing.report_change)
CHANGES_BY_HAND = (changing.notify_urgent_change, changing.report_change)
"""The powers whose routes are here."""
CHECK = "52(2), 54: whether a cited passport is complete, and what has changed in it; nobody is shown it"


class Completed(Value):
    """The plan, put right and whole."""

    plan: Plan


class Changed(Value):
    """The plan after the change, and how far it had been carried out when the change was made."""

    plan: Plan
    progress: Progress = NOTHING_DONE


class UrgentlyChanged(Value):
    """The plan after the change, the day it was made, and why it could not wait (Order Art. 23(4))."""

    plan: Plan
    changed_on: date
    circumstances: Reasons
    progress: Progress = NOTHING_DONE


def add(app: Edge, procedure: Procedure[Review], path: str) -> None:
    """Serve these powers in the cases of `procedure`."""
    one = path + "/<case_id>"
    add_changes(app, procedure, path)

    @app.post(one + "/complete", body=Completed, opens=(procedure, filing.complete))
    def complete(body: Completed, request: Request, case_id: str) -> Answer:
        """File the completed plan (補正)."""
        case = app.case(request, procedure, case_id)
        found = passports.cited(body.plan, Reading.asked_in(request, CHECK))
        return app.act(request, case, filing.complete, Complete(body.plan, found))


def add_changes(app: Edge, procedure: Procedure[Any], path: str) -> None:
    """Serve what is told of a change after it: in the cases of plans, and of emergency reports (54(5))."""
    one = path + "/<case_id>"

    @app.post(one + "/report-change", body=Changed, opens=(procedure, changing.report_change))
    def report_change(body: Changed, request: Request, case_id: str) -> Answer:
        """Report, without delay, a change that is neither important nor minor (変更の報告)."""
        case, reading = app.case(request, procedure, case_id), Reading.asked_in(request, CHECK)
        found, before = passports.cited(body.plan, reading), passports.cited_when_filed(case, reading)
        command = ReportChange(body.plan, body.progress, found, before)
        return app.act(request, case, changing.report_change, command)

    @app.post(
        one + "/notify-urgent-change", body=UrgentlyChanged, opens=(procedure, changing.notify_urgent_change)
    )
    def notify_urgent_change(body: UrgentlyChanged, request: Request, case_id: str) -> Answer:
        """Notify, without delay, an important change that could not wait for its standstill."""
        case, reading = app.case(request, procedure, case_id), Reading.asked_in(request, CHECK)
        found, before = passports.cited(body.plan, reading), passports.cited_when_filed(case, reading)
        command = NotifyUrgentChange(
            body.plan, body.changed_on, body.circumstances, body.progress, found, before
        )
        return app.act(request, case, changing.notify_urgent_change, command)

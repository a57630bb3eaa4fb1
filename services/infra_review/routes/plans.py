"""What is filed in a case with another plan: completed, changed. Cited passports are opened for the check."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.infra_review import passports
from services.infra_review.domain import filing, reviewing
from services.infra_review.domain import plan_changes as changing
from services.infra_review.domain.change import change
from services.infra_review.domain.emergency import emergency
from services.infra_review.domain.filing import Complete
from services.infra_review.domain.measures.powers import FileChangedPlan
from services.infra_review.domain.notification import notification
from services.infra_review.domain.operator import operator
from services.infra_review.domain.plan_changes import NotifyUrgentChange, ReportChange
from services.infra_review.domain.post_review import PostReview
from services.infra_review.domain.review import Review
from services.infra_review.passports import Reading
from services.infra_review.plan.difference import NOTHING_DONE, Progress
from services.infra_review.plan.model import Plan
from services.platform.cases.case import Case
from services.platform.cases.case_id import procedure_of
from services.platform.cases.store import Cases
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Decide, Procedure
from services.platform.law.values import Value
from services.platform.shared.words import Reasons

BY_HAND = (
    filing.complete,
    changing.notify_urgent_change,
    changing.report_change,
    reviewing.file_changed_plan,
)
CHANGES_BY_HAND = (changing.notify_urgent_change, changing.report_change)
"""The powers whose routes are here."""
operators = Cases(operator)
PLANS: dict[str, Procedure[Any]] = {one.name: one for one in (notification, change, emergency)}
CHECK = "52(2), 54: whether a cited passport is complete, and what has changed in it; nobody is shown it"


class Completed(Value):
    """The plan, put right and whole."""

    plan: Plan
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it still lacks something."""


class Refiled(Value):
    """The plan with the change that was recommended or ordered, whole."""

    plan: Plan


class Changed(Value):
    """The plan after the change, and how far it had been carried out when the change was made."""

    plan: Plan
    progress: Progress = NOTHING_DONE
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it lacks something."""


class UrgentlyChanged(Value):
    """The plan after the change, the day it was made, and why it could not wait (Order Art. 23(4))."""

    plan: Plan
    changed_on: date
    circumstances: Reasons
    progress: Progress = NOTHING_DONE
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it lacks something."""


def add(app: Edge, procedure: Procedure[Review], path: str) -> None:
    """Serve these powers in the cases of `procedure`."""
    one = path + "/<case_id>"
    add_changes(app, procedure, path)
    add_refiling(app, procedure, path, reviewing.file_changed_plan)

    @app.post(one + "/complete", body=Completed, uses=(procedure, filing.complete))
    def complete(body: Completed, request: Request, case_id: str) -> Answer[Any]:
        """File the completed plan (補正)."""
        (case, held), reading = app.case(request, procedure, case_id), Reading.asked_in(request, CHECK)
        state = case.state
        original = plan_case(state.amends) if state.amends else None
        command = Complete(
            plan=body.plan,
            passports=passports.cited(body.plan, reading),
            operator=None if original else operators.load(state.operator_id).state,
            before=original.state.plan if original else None,
            filed_with=passports.cited_when_filed(original, reading) if original else {},
            as_it_is=body.as_it_is,
        )
        return app.act(request, case, held, filing.complete, command)


def add_refiling(app: Edge, procedure: Procedure[Any], path: str, power: Decide) -> None:
    """Serve the filing of the plan with the recommended change (Arts. 52(8), 54(2), 55(3))."""

    @app.post(path + "/<case_id>/file-changed-plan", body=Refiled, uses=(procedure, power))
    def file_changed_plan(body: Refiled, request: Request, case_id: str) -> Answer[Any]:
        """File the plan with the change that was recommended or ordered (変更を加えた導入等計画書)."""
        (case, held), reading = app.case(request, procedure, case_id), Reading.asked_in(request, CHECK)
        holds = _holder(case)
        found, before = passports.cited(body.plan, reading), passports.cited_when_filed(holds, reading)
        command = FileChangedPlan(body.plan, found, before, holds.state.plan)
        return app.act(request, case, held, power, command)


def add_changes(app: Edge, procedure: Procedure[Any], path: str) -> None:
    """Serve what is told of a change after it: in the cases of plans, and of emergency reports (54(5))."""
    one = path + "/<case_id>"

    def later(case: Case[Any]) -> Review | None:
        return plan_case(case.state.amended_by).state if case.state.amended_by else None

    @app.post(one + "/report-change", body=Changed, uses=(procedure, changing.report_change))
    def report_change(body: Changed, request: Request, case_id: str) -> Answer[Any]:
        """Report, without delay, a change that is neither important nor minor (変更の報告)."""
        (case, held), reading = app.case(request, procedure, case_id), Reading.asked_in(request, CHECK)
        found, before = passports.cited(body.plan, reading), passports.cited_when_filed(case, reading)
        command = ReportChange(body.plan, body.progress, found, before, later(case), body.as_it_is)
        return app.act(request, case, held, changing.report_change, command)

    @app.post(
        one + "/notify-urgent-change", body=UrgentlyChanged, uses=(procedure, changing.notify_urgent_change)
    )
    def notify_urgent_change(body: UrgentlyChanged, request: Request, case_id: str) -> Answer[Any]:
        """Notify, without delay, an important change that could not wait for its standstill."""
        (case, held), reading = app.case(request, procedure, case_id), Reading.asked_in(request, CHECK)
        found, before = passports.cited(body.plan, reading), passports.cited_when_filed(case, reading)
        command = NotifyUrgentChange(
            body.plan,
            body.changed_on,
            body.circumstances,
            body.progress,
            found,
            before,
            later(case),
            body.as_it_is,
        )
        return app.act(request, case, held, changing.notify_urgent_change, command)


def _holder(case: Case[Any]) -> Case[Any]:
    """The case that holds the plan: of equipment in use, the one that is reviewed."""
    opened = case.state.opened if isinstance(case.state, PostReview) else None
    return plan_case(opened.of) if opened is not None else case


def plan_case(case_id: str) -> Case[Any]:
    """The case of a plan or of an emergency report, by an id that another case names."""
    return Cases(PLANS[procedure_of(case_id) or ""]).load(case_id)

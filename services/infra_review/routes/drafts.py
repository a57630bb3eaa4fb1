"""Drafts over HTTP: begun, saved, checked against everything at once, and filed by one act."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from services.infra_review import passports
from services.infra_review.domain import draft as law
from services.infra_review.domain import notification as filings
from services.infra_review.domain.draft import OpenDraft, draft, plan_of
from services.infra_review.domain.notification import File, Filing, notification
from services.infra_review.domain.operator import operator
from services.infra_review.passports import Reading
from services.infra_review.plan.defects import defects
from services.infra_review.plan.model import Plan
from services.infra_review.plan.passport import seen_by_operator
from services.platform.cases.store import Case, Cases
from services.platform.http.answers import Answer, with_etag
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.law.values import Value
from services.platform.shared import drafts
from services.platform.shared.drafts import Draft

CHECK = "52(2): whether a cited passport is complete; nobody is shown it"
operators = Cases(operator)


class Check(Value):
    """A check says nothing; it looks at the draft as it was last saved."""


class FileDraft(Value):
    """Whether the operator takes notices of the review here."""

    electronic_notices: bool = True


def view(case: Case[Draft], _: Given) -> dict[str, Any]:
    """A draft as it was last saved, and what it became."""
    state = case.state
    return {
        "organisation": state.organisation,
        "operator_id": state.under,
        "plan": plan_of(state),
        "because": state.because,
        "saved_on": state.saved_on,
        "filed_as": state.filed_as,
        "closed_on": state.closed_on,
    }


def filing(filed: File, request: Request) -> Filing:
    """A filing beside its designation and the passports its plan cites. Raises `not_designated`."""
    try:
        held = operators.load(filed.operator_id)
    except Refusal:
        raise Refusal("not_designated", "52(1)", operator=filed.operator_id) from None
    return Filing(filed, held.state, passports.cited(filed.plan, Reading.asked_in(request, CHECK)))


def checked(plan: Plan, on: date, request: Request) -> dict[str, Any]:
    """Every defect of a plan if it were filed on `on`, as its operator may read them."""
    cited = passports.cited(plan, Reading.asked_in(request, CHECK))
    found = [msgspec.to_builtins(one) for one in seen_by_operator(plan, defects(plan, on, passports=cited))]
    entries = [{"pointer": f"#/plan{one.pop('field')}", **one} for one in found]
    return {"complete": not entries, "as_of": on, "defects": entries}


def add(app: Edge) -> None:
    """Serve drafts; their saving and closing have routes by themselves."""
    kept = app.expose(draft, "/drafts", view=view, by_hand=[drafts.file]).cases
    notifications = Cases(notification)

    @app.post("/drafts", body=OpenDraft, opens=(draft, law.begin))
    def begin(begun: OpenDraft, request: Request) -> Answer:
        """Begin a draft of a plan; nothing in it needs to be complete."""
        return app.open(request, draft, law.begin, begun)

    @app.ask("/drafts/<case_id>/check", body=Check)
    def check(_: Check, request: Request, case_id: str) -> Answer:
        """Check a draft: every defect at once, with its place, rule and article."""
        case = app.case(request, draft, case_id)
        return with_etag(checked(plan_of(case.state), request.given.today, request), case.version)

    @app.post("/drafts/<case_id>/file", body=FileDraft, opens=(draft, drafts.file))
    def file(wanted: FileDraft, request: Request, case_id: str) -> Answer:
        """File the draft: the notification and the draft's end are one transaction."""
        case = app.case(request, draft, case_id)
        expected = request.expected
        refuse_if(
            expected not in (None, case.version), "version_mismatch", expected=expected, current=case.version
        )
        state = case.state
        filed = File(state.under, plan_of(state), wanted.electronic_notices)
        here = notifications.new_id(request.at)
        ended = kept.beside(case, drafts.file, drafts.MarkFiled(here), request.given)
        return app.open(
            request, notification, filings.file, filing(filed, request), case_id=here, beside=[ended]
        )

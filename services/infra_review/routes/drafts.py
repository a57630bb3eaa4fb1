"""Drafts over HTTP: begun, saved, checked against everything at once, and filed by one act."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.infra_review import passports
from services.infra_review.domain import draft as law
from services.infra_review.domain import notification as filings
from services.infra_review.domain.draft import Because, OpenDraft, because, draft, plan_of
from services.infra_review.domain.notification import File, Filing, notification
from services.infra_review.domain.operator import operator
from services.infra_review.passports import Reading
from services.infra_review.plan.defects import defects
from services.infra_review.plan.model import Plan
from services.infra_review.plan.passport import seen_by_operator
from services.platform.cases.case import Case
from services.platform.cases.store import Cases
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
    """How the draft is filed."""

    electronic_notices: bool = False
    """The operator's declaration (表示) that it receives notices electronically."""
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it lacks something."""


class DraftView(Value):
    """A draft as it was last saved, and what it became."""

    organisation: str | None
    operator_id: str
    plan: Plan
    because: Because | None
    saved_on: date | None
    filed_as: str | None
    closed_on: date | None


def view(case: Case[Draft], _: Given) -> DraftView:
    """A draft as it stands."""
    state = case.state
    return DraftView(
        state.organisation,
        state.under,
        plan_of(state),
        because(state),
        state.saved_on,
        state.filed_as,
        state.closed_on,
    )


class Defect(Value):
    """Something a plan lacks if it were filed: where, by which rule and article, in both languages."""

    pointer: str
    code: str
    article: str
    message: str
    message_ja: str


class Checked(Value):
    """Every defect of a plan as of a day."""

    complete: bool
    as_of: date
    defects: tuple[Defect, ...]


def filing(filed: File, request: Request) -> Filing:
    """A filing beside its designation and the passports its plan cites. Raises `not_designated`."""
    try:
        held = operators.load(filed.operator_id)
    except Refusal:
        raise Refusal("not_designated", "52(1)", operator=filed.operator_id) from None
    return Filing(filed, held.state, passports.cited(filed.plan, Reading.asked_in(request, CHECK)))


def checked(plan: Plan, on: date, request: Request) -> Checked:
    """Every defect of a plan if it were filed on `on`, as its operator may read them."""
    cited = passports.cited(plan, Reading.asked_in(request, CHECK))
    found = tuple(
        Defect(f"#/plan{one.field}", one.code, one.article, one.message, one.message_ja)
        for one in seen_by_operator(plan, defects(plan, on, passports=cited))
    )
    return Checked(not found, on, found)


def add(app: Edge) -> None:
    """Serve drafts; their saving and closing have routes by themselves."""
    kept = app.expose(draft, "/drafts", view=view, by_hand=[drafts.file]).cases
    notifications = Cases(notification)

    @app.post("/drafts", body=OpenDraft, uses=(draft, law.begin))
    def begin(begun: OpenDraft, request: Request) -> Answer[Any]:
        """Begin a draft of a plan; nothing in it needs to be complete."""
        return app.open(request, draft, law.begin, begun)

    @app.ask("/drafts/<case_id>/check", body=Check)
    def check(__: Check, request: Request, case_id: str) -> Answer[Checked]:
        """Check a draft: every defect at once, with its place, rule and article."""
        case, _ = app.case(request, draft, case_id)
        return with_etag(checked(plan_of(case.state), request.given.today, request), case.version)

    @app.post(
        "/drafts/<case_id>/file",
        body=FileDraft,
        uses=(draft, drafts.file),
        becomes=(notification, filings.file),
    )
    def file(wanted: FileDraft, request: Request, case_id: str) -> Answer[Any]:
        """File the draft: the notification and the draft's end are one transaction."""
        case, _ = app.case(request, draft, case_id)
        expected = request.expected
        refuse_if(
            expected not in (None, case.version), "version_mismatch", expected=expected, current=case.version
        )
        state = case.state
        filed = File(state.under, plan_of(state), wanted.electronic_notices, wanted.as_it_is)
        here = notifications.new_id(request.at)
        ended = kept.beside(case, drafts.file, drafts.MarkFiled(here), request.given)
        return app.open(
            request, notification, filings.file, filing(filed, request), case_id=here, beside=[ended]
        )

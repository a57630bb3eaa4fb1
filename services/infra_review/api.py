"""Chapter 3 over HTTP. Powers of an open case have routes by themselves; the rest is written out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from services.infra_review import register
from services.infra_review.domain.change import change
from services.infra_review.domain.draft import draft
from services.infra_review.domain.emergency import emergency
from services.infra_review.domain.notification import File, notification
from services.infra_review.domain.notification import file as file_power
from services.infra_review.domain.operator import Designate, Designation, operator
from services.infra_review.domain.operator import designate as designate_power
from services.infra_review.domain.passport import passport
from services.infra_review.domain.post_review import post_review
from services.infra_review.roles import ROLES
from services.infra_review.routes import (
    bulk,
    drafts,
    figures,
    in_use,
    passports,
    plans,
    pre_check,
    sector_reports,
)
from services.infra_review.sector_records import Sector
from services.infra_review.sectors import sector_of, sectors
from services.infra_review.views import operator_view, review_view
from services.platform.http import clock_routes
from services.platform.http.answers import Answer
from services.platform.http.edge import JSON, Edge
from services.platform.http.request import Request
from services.platform.http.shapes import Items
from services.platform.law.procedure import Refusal
from services.platform.law.values import Len, Value
from services.platform.shared import papers
from services.statute import legal_day

CSV = "text/csv; charset=utf-8"
app = Edge("infra-review", title="Essential infrastructure review", roles=ROLES)
operators = app.expose(operator, "/operators", view=operator_view).cases
app.expose(notification, "/notifications", view=review_view, by_hand=plans.BY_HAND)
plans.add(app, notification, "/notifications")
pre_check.add(app)
drafts.add(app)
bulk.add(app)
figures.add(app)
sector_reports.add(app)
in_use.add(app)
passports.add(app, [(notification, "/notifications"), (change, "/changes")])


@app.post("/operators", body=Designate, uses=(operator, designate_power))
def designate(decision: Designate, request: Request) -> Answer[Any]:
    """Designate an operator of essential infrastructure (指定)."""
    today = request.given.today
    found = sector_of(decision.business, today)
    if found is None:
        raise Refusal("business_not_in_force", "50(1)", business=decision.business, on=today)
    held = tuple(operators.load(line.id).state for line in operators.of(decision.organisation).items)
    return app.open(request, operator, designate_power, Designation(decision, found, held))


@app.post("/notifications", body=File, uses=(notification, file_power))
def file(filed: File, request: Request) -> Answer[Any]:
    """File a plan for introduction or outsourcing (導入等計画書の届出)."""
    return app.open(request, notification, file_power, drafts.filing(filed, request))


class Search(Value):
    """What is looked for in the register, and in which form it is wanted."""

    q: Annotated[str, Len(0, 200)] = ""
    """A text in a name, an address or a business."""
    business: Annotated[str, Len(0, 200)] = ""
    format: Literal["csv", "json"] | None = None
    """A file to save, of that form."""


@app.get("/register", asks=Search, content=[JSON, CSV], public=True)
def read_register(asked: Search, request: Request) -> Answer[Items[register.RegisterLine] | str]:
    """Search the public register by `?q=` and `?business=`; `?format=csv` or `json` downloads it."""
    today = legal_day(request.at)
    found = register.lines(today, containing=asked.q, business=asked.business)
    saved = {"Content-Disposition": f'attachment; filename="operators-{today}.{asked.format}"'}
    if asked.format == "csv":
        # Spreadsheets take a text for UTF-8 only when it says so at its beginning.
        return Answer(200, "\ufeff" + register.as_csv(found), saved, CSV)
    return Answer(200, Items(tuple(found)), saved if asked.format == "json" else {})


@app.get("/sectors", public=True)
def read_sectors(request: Request) -> Items[Sector]:
    """List the sectors in force: kinds of business, designation criteria, equipment (Art. 50(1))."""
    return Items(sectors(legal_day(request.at)))


papers.add(app, draft, notification, change, emergency, post_review, passport)
clock_routes.add(app)

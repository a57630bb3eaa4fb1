"""Chapter 3 over HTTP. Powers of an open case have routes by themselves; the rest is written out."""

from __future__ import annotations

from services.infra_review import register
from services.infra_review.domain.change import change
from services.infra_review.domain.notification import File, notification
from services.infra_review.domain.notification import file as file_power
from services.infra_review.domain.operator import Designate, Designation, operator
from services.infra_review.domain.operator import designate as designate_power
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
from services.infra_review.sectors import sector_of, sectors
from services.infra_review.views import operator_view, review_view
from services.platform.http import clock_routes
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal
from services.statute import legal_day

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


@app.post("/operators", body=Designate, opens=(operator, designate_power))
def designate(decision: Designate, request: Request) -> Answer:
    """Designate an operator of essential infrastructure (指定)."""
    today = request.given.today
    found = sector_of(decision.business, today)
    if found is None:
        raise Refusal("business_not_in_force", "50(1)", business=decision.business, on=today)
    held = tuple(operators.load(line.id).state for line in operators.of(decision.organisation).items)
    return app.open(request, operator, designate_power, Designation(decision, found, held))


@app.post("/notifications", body=File, opens=(notification, file_power))
def file(filed: File, request: Request) -> Answer:
    """File a plan for introduction or outsourcing (導入等計画書の届出)."""
    return app.open(request, notification, file_power, drafts.filing(filed, request))


@app.get("/register", public=True)
def read_register(request: Request) -> Answer:
    """Search the public register by `?q=` and `?business=`; `?format=csv` or `json` downloads it."""
    today, form = legal_day(request.at), request.query("format")
    found = register.lines(
        today, containing=request.query("q") or "", business=request.query("business") or ""
    )
    saved = {"Content-Disposition": f'attachment; filename="operators-{today}.{form}"'}
    if form == "csv":
        # Spreadsheets take a text for UTF-8 only when it says so at its beginning.
        return Answer(200, "\ufeff" + register.as_csv(found), saved, "text/csv; charset=utf-8")
    return Answer(200, {"items": found}, saved if form == "json" else {})


@app.get("/sectors", public=True)
def read_sectors(request: Request) -> Answer:
    """List the sectors in force: kinds of business, designation criteria, equipment (Art. 50(1))."""
    return Answer(200, {"items": sectors(legal_day(request.at))})


clock_routes.add(app)

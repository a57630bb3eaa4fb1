"""Chapter 2 over HTTP. Powers of an open case have routes by themselves; the rest is written out."""

from __future__ import annotations

from services.platform.http import clock_routes
from services.platform.http.edge import Edge
from services.platform.shared import papers
from services.supply.domain import guideline, institution, loan_policy, policy
from services.supply.domain import special_measure as special
from services.supply.domain import tariff_request as tariff
from services.supply.domain import trustee as trustees
from services.supply.domain.interest_subsidy import interest_subsidy
from services.supply.domain.subsidy import subsidy
from services.supply.domain.supply_plan import supply_plan
from services.supply.domain.support_body import support_body
from services.supply.roles import ROLES
from services.supply.routes import figures, materials, money, plans, surveys

app = Edge("supply", title="Supply of critical materials", roles=ROLES)
materials.add(app)
app.expose(policy.policy, "/policies", opening=policy.draft_policy)
plans.add(app)
app.expose(guideline.guideline, "/guidelines", opening=guideline.draft_guideline)
money.add(app)
app.expose(loan_policy.loan_policy, "/loan-policies", opening=loan_policy.file_loan_policy)
app.expose(institution.institution, "/institutions", opening=institution.apply_as_institution)
app.expose(tariff.tariff_request, "/tariff-requests", opening=tariff.ask_tariff_investigation)
app.expose(special.special_measure, "/special-measures", opening=special.propose_special_measure)
app.expose(trustees.trustee, "/trustees", opening=trustees.apply_as_trustee)
surveys.add(app)
figures.add(app)
papers.add(
    app,
    supply_plan,
    support_body,
    subsidy,
    interest_subsidy,
    institution.institution,
    tariff.tariff_request,
    trustees.trustee,
)
clock_routes.add(app)

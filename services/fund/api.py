"""The designated fund of Chapter 4 over HTTP. Powers of an open case have routes by themselves."""

from __future__ import annotations

from services.fund.domain.fund import fund
from services.fund.domain.fund.powers import propose_designation
from services.fund.domain.guideline import draft_guideline, guideline
from services.fund.domain.vision import begin_vision, vision
from services.fund.roles import ROLES
from services.fund.routes import calls, projects, public
from services.fund.views import fund_view
from services.platform.http import clock_routes
from services.platform.http.edge import Edge

app = Edge("fund", title="Designated fund", roles=ROLES)
public.add(app)
app.expose(guideline, "/guidelines", opening=draft_guideline)
app.expose(vision, "/visions", opening=begin_vision)
app.expose(fund, "/funds", view=fund_view, opening=propose_designation)
calls.add(app)
projects.add(app)
clock_routes.add(app)

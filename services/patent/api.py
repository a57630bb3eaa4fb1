"""Chapter 5 over HTTP. Powers of an open case have routes by themselves; the rest is written out."""

from __future__ import annotations

from services.patent.domain.compensation import compensation
from services.patent.domain.designation import designation
from services.patent.domain.first_review import first_review
from services.patent.domain.international_application import international_application
from services.patent.domain.prior_confirmation import prior_confirmation
from services.patent.domain.security_review import security_review
from services.patent.roles import ROLES
from services.patent.routes import abroad, claims, intake
from services.patent.views import designation_view, security_review_view
from services.platform.http import clock_routes
from services.platform.http.edge import Edge
from services.platform.shared import papers

app = Edge("patent", title="Non-disclosure of patent applications", roles=ROLES)
intake.add(app)
app.expose(security_review, "/security-reviews", view=security_review_view)
app.expose(designation, "/designations", view=designation_view)
abroad.add(app)
claims.add(app)
papers.add(
    app,
    first_review,
    security_review,
    designation,
    prior_confirmation,
    compensation,
    international_application,
)
clock_routes.add(app)

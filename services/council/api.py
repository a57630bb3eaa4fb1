"""Arts. 62, 63(4) and 64 over HTTP. Powers of an open case have routes by themselves."""

from __future__ import annotations

from services.council.domain.commission import commission
from services.council.domain.item import item
from services.council.domain.material import material_request
from services.council.roles import ROLES
from services.council.routes import councils, items, reference, work
from services.platform.http.edge import Edge
from services.platform.shared import papers

app = Edge("council", title="Councils for critical technologies", roles=ROLES)
councils.add(app)
items.add(app)
work.add(app)
reference.add(app)
papers.add(app, item, material_request, commission)

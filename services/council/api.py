"""Arts. 62, 63(4) and 64 over HTTP. Powers of an open case have routes by themselves."""

from __future__ import annotations

from services.council.roles import ROLES
from services.council.routes import councils, items, reference, work
from services.platform.http.edge import Edge

app = Edge("council", title="Councils for critical technologies", roles=ROLES)
councils.add(app)
items.add(app)
work.add(app)
reference.add(app)

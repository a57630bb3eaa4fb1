"""the councils of chapter 4 over HTTP.

So far its health and its description; each procedure brings its own routes.
"""

from services.platform.http.edge import Edge

app = Edge("council", title="Councils for critical technologies")

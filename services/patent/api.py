"""Chapter 5 over HTTP.

So far its health and its description; each procedure brings its own routes.
"""

from services.platform.http.edge import Edge

app = Edge("patent", title="Non-disclosure of patent applications")

"""The catalogue of materials, the policies, over HTTP for anyone; and the test of Art. 26."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.values import Len, Value
from services.statute import legal_day
from services.supply import catalogue
from services.supply.catalogue import Catalogue, PolicyHistory
from services.supply.sme import Enterprise, Tested, tested

CSV = "text/csv"


class AsOf(Value):
    """As of which day; today, when it is left out."""

    on: date | None = None


class OfMaterial(Value):
    """Of which material, by its id in the catalogue."""

    material: Annotated[str, Len(0, 80)] = ""


def add(app: Edge) -> None:
    """Serve `GET /materials`, `GET /published-policies` and `POST /sme-tests`."""

    @app.get("/materials", asks=AsOf, content=["application/json", CSV], public=True)
    def read(asked: AsOf, request: Request) -> Answer[Catalogue | str]:
        """Read which materials are designated on a day, with their ministries, orders and policies."""
        found = catalogue.catalogue(asked.on or legal_day(request.at))
        if request.accepts(CSV):
            return Answer(200, catalogue.as_csv(found), content_type=CSV)
        return Answer(200, found)

    @app.get("/published-policies", asks=OfMaterial, public=True)
    def read_policies(asked: OfMaterial, _request: Request) -> PolicyHistory:
        """Read the published policies for a material, the newest first, with the terms of each effort."""
        return catalogue.history(asked.material)

    @app.ask("/sme-tests", body=Enterprise)
    def test(enterprise: Enterprise, _request: Request) -> Tested:
        """Test whether an enterprise is a small or medium one (Art. 26), and what that brings (27, 28)."""
        return tested(enterprise)

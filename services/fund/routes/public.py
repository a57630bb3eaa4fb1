"""What anyone may read: the guideline, the visions, the money, the catalogue of measures and the calls."""

from __future__ import annotations

from datetime import date

from services.fund import published
from services.fund.lines import CALLS, PublicCall
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.http.shapes import Items
from services.platform.law.values import Value
from services.platform.shared import copies
from services.statute import legal_day


class AsOf(Value):
    """The day as of which is asked; today if none is named."""

    on: date | None = None


def add(app: Edge) -> None:
    """Serve `/guideline`, `/research-visions`, `/appropriations`, `/leak-measures` and `/open-calls`."""

    @app.get("/guideline", asks=AsOf, public=True)
    def read_guideline(asked: AsOf, request: Request) -> published.Guidelines:
        """Read which basic guideline is in force on a day, and how it changed (60(5), (6))."""
        return published.guidelines(asked.on or legal_day(request.at))

    @app.get("/research-visions", asks=AsOf, public=True)
    def read_visions(asked: AsOf, request: Request) -> published.Visions:
        """Read the research visions that stand on a day, and the technologies by field (61)."""
        return published.visions(asked.on or legal_day(request.at))

    @app.get("/appropriations", public=True)
    def read_money(_: Request) -> published.Money:
        """Read what was appropriated to the program (63(3))."""
        return published.money()

    @app.get("/leak-measures", asks=AsOf, public=True)
    def read_measures(asked: AsOf, request: Request) -> published.Catalogue:
        """Read the catalogue of measures against leaks of technology on a day."""
        return published.measures(asked.on or legal_day(request.at))

    @app.get("/open-calls", public=True)
    def read_calls(_: Request) -> Items[PublicCall]:
        """Read the calls for proposals that were announced."""
        return Items(tuple(copies.every(CALLS, PublicCall)))

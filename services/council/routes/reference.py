"""What anyone may read: the duty of secrecy with its penalty, markings, and the model of the rules."""

from __future__ import annotations

from services.council.data_files import read
from services.council.domain.council.persons import Provision, Rules
from services.council.domain.vocabulary import Statement, statement_of
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.http.shapes import Items
from services.platform.law.values import Value
from services.statute import legal_day


class MarkingLine(Value):
    """A marking and what it asks of whoever is to see what is marked so."""

    name: str
    en: str
    ja: str
    need_to_know: bool
    needs: dict[str, tuple[str, ...]]
    handed_to: tuple[str, ...]


def add(app: Edge) -> None:
    """Serve `/secrecy`, `/markings` and `/model-rules`."""

    @app.get("/secrecy", public=True)
    def read_secrecy(request: Request) -> Items[Statement]:
        """Read the duties of secrecy (62(7), 64(4)) as acknowledged, with their penalty (95(1)(i))."""
        today = legal_day(request.at)
        return Items((statement_of("council", today), statement_of("think_tank", today)))

    @app.get("/markings", public=True)
    def read_markings(request: Request) -> Items[MarkingLine]:
        """Read how information can be marked, and who may see what is marked so."""
        today = legal_day(request.at)
        rows = {one["name"]: one for one in read("markings")["marking"] if one["from"] <= today}
        return Items(
            tuple(
                MarkingLine(
                    name,
                    one["en"],
                    one["ja"],
                    one["need_to_know"],
                    {attribute: tuple(enough) for attribute, enough in one.get("needs", {}).items()},
                    tuple(one["handed_to"]),
                )
                for name, one in rows.items()
            )
        )

    @app.get("/model-rules", public=True)
    def read_model_rules(_: Request) -> Rules:
        """Read the model of a council's rules (62(8)); it is this project's, not the Cabinet Office's."""
        model = read("model_rules")
        provisions = (Provision(one["number"], one["heading"], one["text"]) for one in model["provision"])
        return Rules(model["rules"]["meeting_notice_days"], tuple(provisions))

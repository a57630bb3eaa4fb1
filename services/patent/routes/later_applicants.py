"""The licence of a later applicant, whom another's designation kept from knowing (Art. 81)."""

from __future__ import annotations

from services.patent.data_files import read, words
from services.patent.designation.effects import LaterApplicant, lacking
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.values import Value


class Condition(Value):
    """A condition of Art. 81(1) that is not met, in both languages."""

    code: str
    en: str
    ja: str


class Licence(Value):
    """Whether there is a licence by law, what is missing, and what it reaches; it binds nobody."""

    has_licence: bool
    article: str
    lacking: tuple[Condition, ...]
    reaches_en: str
    reaches_ja: str


def add(app: Edge) -> None:
    """Serve `POST /later-applicant-licences`."""

    @app.ask("/later-applicant-licences", body=LaterApplicant)
    def licence(later: LaterApplicant, _: Request) -> Licence:
        """Ask whether a later applicant has the licence of Art. 81; nothing is kept of it."""
        table = read("later_applicant")
        said = [(code, words(table["condition"][code])) for code in lacking(later)]
        missing = tuple(Condition(code, one.en, one.ja) for code, one in said)
        reach = words(table["reach"])
        return Licence(not missing, "81(1), (2)", missing, reach.en, reach.ja)

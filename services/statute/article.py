"""Everything that stands on one provision: its text, periods, obligations, readings, powers and tests."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from services.statute.citations import ACT, Citation, citations
from services.statute.obligations import Obligation, obligations
from services.statute.periods import Period
from services.statute.readings import OpenQuestion, open_questions
from services.statute.records import periods
from services.statute.refusal import Refused
from services.statute.texts import Article, instrument_of, provisions, text


class Cited(NamedTuple):
    """Something that cites a provision: what it is called, where it is, the article it cites."""

    name: str
    where: str
    article: str


@dataclass(frozen=True, slots=True)
class OnArticle:
    """What stands on a provision; `text` are its lines in Japanese, in the version of `article`."""

    citation: Citation
    article: Article
    text: tuple[tuple[Citation, str], ...]
    periods: tuple[Period, ...]
    obligations: tuple[Obligation, ...]
    readings: tuple[OpenQuestion, ...]
    powers: tuple[Cited, ...]
    tests: tuple[Cited, ...]


_sources: list[Callable[[], Iterable[Cited]]] = []


def powers_from(source: Callable[[], Iterable[Cited]]) -> None:
    """Let `source` say which powers cite which article: the declarations lie outside this package."""
    if source not in _sources:
        _sources.append(source)


def on_article(given: str, on: date | None = None, tests: Path | None = None) -> OnArticle:
    """Return what stands on the provision `given` (`52(4)`), its text as in force `on` (default: last read).

    `tests` is the tree to search for tests that cite it. Refuses what names no article, an instrument whose
    text is not kept, and a provision that was not in force.
    """
    found = citations(given)
    if len(found) != 1:
        raise Refused("not_a_citation", given=given)
    [citation] = found
    instrument = instrument_of(citation)
    if instrument is None:
        raise Refused("not_a_citation", given=given)
    article = text(instrument.id, citation.article, on)
    lines = tuple((cited, said) for cited, said in provisions(article) if citation.covers(cited))
    if not lines:
        raise Refused("no_such_article", given, name=instrument.id)
    return OnArticle(
        citation,
        article,
        lines,
        tuple(p for p in periods() if _cites(citation, cited_by(p))),
        tuple(o for o in obligations() if _cites(citation, citations(o.article))),
        tuple(q for q in open_questions() if _cites(citation, q.cited)),
        tuple(p for source in _sources for p in source() if _cites(citation, citations(p.article))),
        tuple(citing_tests(citation, tests)) if tests else (),
    )


def cited_by(record: Period) -> tuple[Citation, ...]:
    """Return every provision a period cites: its own article, and each ministry's."""
    own = citations(record.article)
    return own + tuple(one for order in record.orders for one in citations(order.article))


def _cites(citation: Citation, cited: Iterable[Citation]) -> bool:
    return any(citation.meets(one) for one in cited)


def citing_tests(citation: Citation, tree: Path) -> Iterator[Cited]:
    """Yield the tests whose text names the provision, each once."""
    said = str(citation)
    name, number = ("", said) if citation.instrument == ACT else (citation.instrument, said.split("Art. ")[1])
    # A citation ends where its number does: 52(1) is not 52(10), and a later part lies inside it.
    wanted = re.compile(rf"(?<![\d.(-]){re.escape(number)}(?![\d-])")
    for path in sorted(tree.rglob("test_*.py")):
        test = ""
        told: set[str] = set()
        for line in path.read_text("utf-8").split("\n"):
            if begins := re.match(r"\s*(?:async )?def (test_\w+)", line):
                test = begins[1]
            if test and test not in told and name in line and wanted.search(line):
                told.add(test)
                yield Cited(test, str(path.relative_to(tree.parent)), said)

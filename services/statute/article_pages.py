"""How a provision and what stands on it are printed: as lines in one language, or as plain JSON values."""

from collections.abc import Iterable, Iterator
from typing import Any

from services.statute.article import OnArticle
from services.statute.citations import Citation
from services.statute.explanation import spoken_length
from services.statute.messages import Words
from services.statute.readings import OpenQuestion
from services.statute.texts import instruments, title

_HEADS = {
    "periods": Words("Periods", "期間"),
    "obligations": Words("Obligations without a number", "日数のない義務"),
    "readings": Words("Readings", "解釈"),
    "powers": Words("Powers", "権限"),
    "tests": Words("Tests", "試験"),
}


def as_lines(found: OnArticle, language: int) -> Iterator[str]:
    """Yield a provision as lines: its text, then the rest in one language (0 English, 1 Japanese)."""
    article = found.article
    name = instruments()[article.instrument].name[language]
    yield f"{name}  {found.citation}  {article.heading}".rstrip()
    yield title(article.instrument)
    since = Words(
        f"wording since {article.since}, text of {article.text_of}",
        f"{article.since}から施行の条文（{article.text_of}現在）",
    )
    yield f"{since[language]}  {article.source}"
    if article.caution:
        yield article.caution[language]
    yield ""
    yield from (f"{_number(cited)}　{said}" for cited, said in found.text)
    sections = {
        "periods": [_period(record, language) for record in found.periods],
        "obligations": [f"{o.id}: {o.duty[language]} ({o.pace}; {o.who})" for o in found.obligations],
        "readings": [line for asked in found.readings for line in _reading(asked, language)],
        "powers": [f"{power.where} {power.name}: {power.article}" for power in found.powers],
        "tests": [f"{test.where}: {test.name}" for test in found.tests],
    }
    for kind, lines in sections.items():
        if lines:
            yield ""
            yield _HEADS[kind][language]
            yield from (f"  {line}" for line in lines)


def _number(cited: Citation) -> str:
    return str(cited).rpartition("Art. ")[2]


def _period(record: Any, language: int) -> str:
    length = spoken_length(record.length)[language] if record.length else record.pace or record.how
    own = record.article_ja if language else record.article
    return f"{record.ref} {record.name} ({own}): {record.title[language]}, {length}"


def _reading(asked: OpenQuestion, language: int) -> Iterator[str]:
    taken = asked.taken()
    yield f"{asked.id}: {asked.question[language]}"
    if taken is not None:
        yield f"  -> {taken.says[language]} ({taken.since})"
        yield f"     {taken.why[language]}"
    for other in asked.answers:
        if other is not taken:
            ended = f" ({other.since} - {other.until})" if other.until else ""
            yield f"  not: {other.says[language]}{ended}"


def as_json_values(found: OnArticle) -> dict[str, Any]:
    """Return a provision and what stands on it as plain JSON values."""
    article = found.article
    return {
        "instrument": article.instrument,
        "citation": str(found.citation),
        "heading": article.heading,
        "since": article.since.isoformat(),
        "text_of": article.text_of.isoformat(),
        "source": article.source,
        "caution": article.caution._asdict() if article.caution else None,
        "text": [{"citation": str(cited), "text": said} for cited, said in found.text],
        "periods": [
            {"ref": record.ref, "name": record.name, **_words(record.title)} for record in found.periods
        ],
        "obligations": [{"id": one.id, "pace": one.pace, **_words(one.duty)} for one in found.obligations],
        "readings": [
            {
                "id": asked.id,
                "question": asked.question._asdict(),
                "taken": (taken := asked.taken()) and taken.says._asdict(),
                "since": taken and taken.since and taken.since.isoformat(),
                "not_taken": [other.says._asdict() for other in asked.answers if other is not taken],
            }
            for asked in found.readings
        ],
        "powers": _cited(found.powers),
        "tests": _cited(found.tests),
    }


def _words(words: Words) -> dict[str, str]:
    return {"title": words.en, "title_ja": words.ja}


def _cited(found: Iterable[Any]) -> list[dict[str, str]]:
    return [one._asdict() for one in found]

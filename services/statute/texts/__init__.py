"""The law's own text, Japanese, with every version the amendments give; read only when somebody asks.

    >>> text("act", "52", on=date(2024, 1, 1)).paragraphs[3].text[:9]
    '主務大臣は、第一項'

A room of its own, so that only a function that imports it carries the texts (about a megabyte).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from services.statute.citations import ACT, Citation
from services.statute.messages import Words
from services.statute.refusal import Refused


@dataclass(frozen=True, slots=True)
class Instrument:
    """An Act or order: how it is cited, which chapters of the Act it serves, and whose it is."""

    id: str
    name: Words
    cited: tuple[str, ...]
    chapters: str
    ministry: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item (号) or what stands below it: its number (`4`, `ロ`, `1`) and its text."""

    number: str
    text: str
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (項): its number, text, items and, where it has one, its table (rows of cells)."""

    number: str
    text: str
    items: tuple[Item, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one version: in force from `since` to the day before `until` (None: as last read).

    `number` is `52` or `8-2`; `s1-3` is Art. 3 of the first supplementary provisions, `table` the appended
    table. `caution` says what the history does not reach.
    """

    instrument: str
    number: str
    heading: str
    chapter: str
    section: str
    paragraphs: tuple[Paragraph, ...]
    since: date
    until: date | None
    source: str
    text_of: date
    caution: Words | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an article between two days: no `before` where it is new, no `after` where gone."""

    number: str
    before: Article | None
    after: Article | None


@cache
def _table() -> dict[str, Any]:
    import tomllib

    return tomllib.loads(files(__name__).joinpath("instruments.toml").read_text("utf-8"))


@cache
def instruments() -> dict[str, Instrument]:
    """Return every instrument whose text is kept, by id."""
    return {
        one["id"]: Instrument(
            one["id"], Words(**one["name"]), tuple(one["cited"]), one["chapters"], one["ministry"]
        )
        for one in _table()["instrument"]
    }


def instrument_of(citation: Citation) -> Instrument | None:
    """Return the instrument a citation names, or None when its text is not kept."""
    return next((one for one in instruments().values() if citation.instrument in one.cited), None)


def read_until() -> date:
    """The last day whose law was read."""
    day: date = _table()["read_until"]
    return day


@cache
def _file(instrument: str) -> dict[str, Any]:
    if instrument not in instruments():
        raise Refused("no_such_instrument", name=instrument, known=", ".join(instruments()))
    told: dict[str, Any] = json.loads(files(__name__).joinpath(f"{instrument}.json").read_text("utf-8"))
    return told


def title(instrument: str) -> str:
    """Return an instrument's full Japanese title and number."""
    return f"{_file(instrument)['title']}（{_file(instrument)['number']}）"


def history(instrument: str) -> tuple[date, ...]:
    """Return the day the oldest text known was in force, and the day of every amendment since."""
    told = _file(instrument)
    return tuple(date.fromisoformat(day) for day in (told["history_from"], *told["amended"]))


def articles(instrument: str, on: date | None = None) -> tuple[Article, ...]:
    """Return every article of `instrument` in force `on` (default: as last read), in order."""
    return tuple(_in_force(instrument, on))


def _in_force(instrument: str, on: date | None) -> Iterator[Article]:
    caution = _caution(instrument, on)
    for number, versions in _file(instrument)["articles"].items():
        version = _version(versions, on)
        if version is not None:
            yield _article(instrument, number, version, caution)


def text(instrument: str, article: str, on: date | None = None) -> Article:
    """Return one article in the wording in force `on`; default: as last read.

    Refuses an unknown instrument or article, a day before the oldest text known, and a day on which the
    article was not in force.
    """
    versions = _file(instrument)["articles"].get(article)
    if versions is None:
        raise Refused("no_such_article", article, name=instrument)
    caution = _caution(instrument, on)
    version = _version(versions, on)
    if version is None:
        since = versions[0]["from"]
        raise Refused(
            "no_text_on_day", article, name=instrument, day=(on or read_until()).isoformat(), since=since
        )
    return _article(instrument, article, version, caution)


def changes(instrument: str, after: date, until: date) -> tuple[Change, ...]:
    """Return what amendments that took effect later than `after`, up to `until`, did to the articles."""
    old = {one.number: one for one in articles(instrument, after)}
    new = {one.number: one for one in articles(instrument, until)}
    numbers = [number for number in _file(instrument)["articles"] if number in old or number in new]
    return tuple(
        Change(number, old.get(number), new.get(number))
        for number in numbers
        if _said(old.get(number)) != _said(new.get(number))
    )


def _said(article: Article | None) -> tuple[str, tuple[Paragraph, ...]] | None:
    return (article.heading, article.paragraphs) if article else None


def _caution(instrument: str, on: date | None) -> Words | None:
    told = _file(instrument)
    if on is not None and on.isoformat() < told["history_from"]:
        raise Refused("before_the_history", name=instrument, day=on.isoformat(), since=told["history_from"])
    return Words(**_table()["later"]) if on is not None and on > read_until() else None


def _version(versions: list[dict[str, Any]], on: date | None) -> dict[str, Any] | None:
    if on is None:
        return versions[-1] if "until" not in versions[-1] else None
    day = on.isoformat()
    return next((v for v in versions if v["from"] <= day and day < v.get("until", "9999")), None)


def _article(instrument: str, number: str, told: dict[str, Any], caution: Words | None) -> Article:
    whole = _file(instrument)
    return Article(
        instrument=instrument,
        number=number,
        heading=told["heading"],
        chapter=told.get("chapter", ""),
        section=told.get("section", ""),
        paragraphs=tuple(_paragraph(one) for one in told["paragraphs"]),
        since=date.fromisoformat(told["from"]),
        until=date.fromisoformat(told["until"]) if "until" in told else None,
        source=whole["source"],
        text_of=date.fromisoformat(whole["text_of"]),
        caution=caution,
    )


def _paragraph(told: dict[str, Any]) -> Paragraph:
    rows = tuple(tuple(row) for row in told.get("table", ()))
    return Paragraph(told["n"], told["text"], _items(told), rows)


def _items(told: dict[str, Any]) -> tuple[Item, ...]:
    return tuple(Item(one["n"], one["text"], _items(one)) for one in told.get("items", ()))


def provisions(article: Article) -> Iterator[tuple[Citation, str]]:
    """Yield every paragraph, item and sub-item of an article with its text, in order."""
    cited = instruments()[article.instrument].cited[0] if article.instrument != "act" else ACT
    for paragraph in article.paragraphs:
        whole = Citation(cited, article.number, (paragraph.number,))
        yield whole, paragraph.text
        yield from _below(whole, paragraph.items)


def _below(above: Citation, items: tuple[Item, ...]) -> Iterator[tuple[Citation, str]]:
    for item in items:
        one = above._replace(path=(*above.path, item.number))
        yield one, item.text
        yield from _below(one, item.items)

"""What answers a provision: powers, records, and what `statute_answers.toml` beside this file says."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from documents.statute_powers import powers
from services.statute.article import Cited, cited_by
from services.statute.citations import Citation, citations
from services.statute.obligations import obligations
from services.statute.readings import open_questions
from services.statute.records import periods
from services.statute.texts import Article, Instrument, articles, instrument_of, provisions

ROOT = Path(__file__).parents[1]
ANSWERS = Path(__file__).with_suffix(".toml")
ORDER_CHAPTERS = {"1": "2", "2": "3", "3": "5"}
"""The Cabinet Order's own chapters, as chapters of the Act."""


@dataclass(slots=True)
class Found:
    """What was found for one provision; `inside` when only its parts are answered."""

    powers: list[Cited] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    reason: tuple[str, str] | None = None
    not_built: bool = False
    inside: bool = False

    @property
    def status(self) -> str:
        """How the provision stands: see `documents.statute.STATUSES`."""
        if self.powers:
            return "power"
        if self.by or self.inside:
            return "answered"
        if self.reason:
            return "reason"
        if self.not_built:
            return "not yet built"
        return "answered" if self.records or self.readings else "missing"

    def lines(self) -> Iterator[str]:
        """Yield what the page says of it."""
        if self.status == "not yet built":
            yield "*not yet built*"
        yield from (f"power `{power.where}` {power.name}" for power in self.powers)
        yield from (_said(one) for one in self.by)
        yield from self.records
        yield from self.readings
        if self.reason and not self.powers:
            yield f"— {self.reason[0]} / {self.reason[1]}"


def _said(answer: str) -> str:
    kind, _, name = answer.partition(" ")
    return f"{kind} `{name}`"


class Answers:
    """Everything that cites provisions, ready to be asked."""

    def __init__(self) -> None:
        told = tomllib.loads(ANSWERS.read_text("utf-8"))
        self.reasons = {name: (words["en"], words["ja"]) for name, words in told["reasons"].items()}
        self.not_yet_built: list[str] = told["not_yet_built"]
        self.answers = [(citations(one["on"]), one) for one in told["answer"]]
        self.headings: list[dict[str, Any]] = told["heading"]
        self.powers = [(citations(power.article), power) for power in powers()]
        self.records = [(cited_by(record), f"period {record.ref} `{record.name}`") for record in periods()]
        self.records += [(citations(one.article), f"duty `{one.id}`") for one in obligations()]
        self.records += [
            (citations(article), f"penalty shown to officials: {article}") for article in penalties()
        ]
        self.readings = [(asked.cited, f"reading `{asked.id}`") for asked in open_questions()]

    def of(self, instrument: Instrument, article: Article, cited: Citation) -> Found:
        """Return what answers one provision of an article."""
        found = Found(
            powers=[power for told, power in self.powers if _covers(told, cited)],
            records=[name for told, name in self.records if _covers(told, cited)],
            readings=[name for told, name in self.readings if _covers(told, cited)],
        )
        for told, one in self.answers:
            if _covers(told, cited):
                self._take(found, one)
        for one in self.headings:
            of_group = instrument.id != "act" and instrument.id.startswith(one["group"])
            if of_group and article.heading in one["headings"]:
                self._take(found, one)
        found.not_built = found.not_built or self._chapter(instrument, article) in self.not_yet_built
        return found

    def _take(self, found: Found, one: dict[str, Any]) -> None:
        found.by += [answer for answer in one.get("by", ()) if answer not in found.by]
        if "reason" in one:
            found.reason = self.reasons[one["reason"]]
        if one.get("not_yet_built") in self.not_yet_built:
            found.not_built = True

    def _chapter(self, instrument: Instrument, article: Article) -> str:
        if instrument.id == "act":
            return article.chapter
        if instrument.id == "cabinet_order":
            return ORDER_CHAPTERS.get(article.chapter, "")
        return instrument.chapters if article.number[0].isdigit() else ""


def _covers(told: tuple[Citation, ...], cited: Citation) -> bool:
    return any(one.covers(cited) for one in told)


def penalties() -> list[str]:
    """Return the penalty provisions that officials are shown where the facts of a case may meet them."""
    file = ROOT / "services" / "infra_review" / "data" / "penalties.toml"
    if not file.is_file():
        return []
    return [one["article"] for one in tomllib.loads(file.read_text("utf-8"))["provision"]]


def cite_nothing(told: Answers) -> Iterator[str]:
    """Yield every power and answer that cites a provision the texts do not have."""
    citing = [(f"power {power.where} {power.name}", cited) for cited, power in told.powers]
    citing += [(f"statute_answers.toml: {one['on']}", cited) for cited, one in told.answers]
    for name, cited in citing:
        for one in cited:
            instrument = instrument_of(one)
            if instrument is None:
                continue
            known = {article.number: article for article in articles(instrument.id)}
            article = known.get(one.article)
            if article is None or not any(one.covers(other) for other, _ in provisions(article)):
                yield f"{name} cites {one}, which does not exist"


def broken(told: Answers) -> Iterator[str]:
    """Yield every answer that names something that is gone."""
    known = {"power": {f"{power.where} {power.name}" for _, power in told.powers}}
    known["period"] = {record.ref for record in periods()}
    for one in [*(entry for _, entry in told.answers), *told.headings]:
        where = one.get("on") or ", ".join(one["headings"])
        for answer in one.get("by", ()):
            kind, _, name = answer.partition(" ")
            there = name in known[kind] if kind in known else _on_disk(kind, name)
            if not there:
                yield f"statute_answers.toml, {where}: {answer} does not exist"
        if "reason" in one and one["reason"] not in told.reasons:
            yield f"statute_answers.toml, {where}: no reason is called {one['reason']}"


def _on_disk(kind: str, name: str) -> bool:
    if kind == "module":
        return _is_module(name)
    if kind == "route":
        return _is_route(name)
    return kind == "document" and (ROOT / name).is_file()


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _is_route(name: str) -> bool:
    service, method, path = name.split(" ")
    document = ROOT / "services" / service / "openapi.json"
    if not document.is_file():
        return False
    return method.lower() in json.loads(document.read_text("utf-8"))["paths"].get(path, {})

"""The eleven ministries' orders on Chapter 3 (主務省令): how each is cited, and when it was amended. Pure.

Every order has its own numbering, so an article is found by what it speaks of (`supplier`, `relief`), never
by counting from another ministry's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from services.platform.law.values import Value

_FILE = Path(__file__).parent / "data" / "orders.toml"

Subject = Literal[
    "equipment",
    "criteria",
    "parent",
    "important_work",
    "notification",
    "emergency",
    "supplier",
    "components",
    "component",
    "contractor",
    "re_contractor",
    "measures",
    "relief",
    "recommended",
    "important_change",
    "minor_change",
    "change_report",
]
"""What an article of an order speaks of, in METI's sequence: `equipment` is 1, `change_report` 25."""
Work = Literal["maintenance", "operation"]


class Amendment(Value):
    """One amendment of the Act, of the Cabinet Order or of an order: its day, and what it did."""

    law: str
    """Title of what it amended, such as `MLIT Order 62 of 2023`."""
    on: date
    en: str
    ja: str


class Order(Value):
    """One ministerial order, joint ones included."""

    ministry: str
    """Code of the ministry that made it; of a joint order, of all of them: `FSA+MHLW`."""
    title: str
    title_ja: str
    source: str
    effective_from: date
    effective_to: date | None
    articles: dict[str, int]
    amendments: tuple[Amendment, ...]


class ImportantWork(Value):
    """Work that counts as important (重要維持管理等), and where the order says so."""

    kind: Work
    item: str
    en: str
    ja: str
    effective_from: date
    listed_from: date | None = None
    """The day an amendment made it important (53(3)); None when it was from the first."""


@cache
def orders() -> dict[str, Order]:
    """Every order, by the ministry or ministries that made it."""
    return {entry["ministry"]: _order(entry) for entry in _table()["order"]}


def article_of(ministry: str, subject: Subject, item: str = "") -> str:
    """The article of the ministry's order on `subject`, such as `MIC Order 64 of 2023, Art. 12(ii)`.

    Empty where there is no such order or its text on the subject was not found: then the Act alone is cited.
    """
    found = orders().get(ministry)
    number = found.articles.get(subject) if found else None
    return f"{found.title}, Art. {number}{item}" if found and number else ""


def important_work(ministry: str, on: date) -> tuple[ImportantWork, ...]:
    """What counts as important maintenance and operation `on` that day by the order (Art. 52(1))."""
    found = orders().get(ministry)
    number = found.articles.get("important_work") if found else None
    if number is None:
        return ()
    first = min(entry["from"] for entry in _table()["important_work"])
    return tuple(
        ImportantWork(
            kind=entry["kind"],
            item=f"{number}{entry['item']}",
            en=entry["en"],
            ja=entry["ja"],
            effective_from=entry["from"],
            listed_from=entry["from"] if entry["from"] > first else None,
        )
        for entry in _table()["important_work"]
        if entry["from"] <= on and ministry in entry.get("ministries", (ministry,))
    )


@cache
def plan_articles_from() -> date:
    """The day the articles on plans came into force, in every order."""
    day: date = _table()["plan_articles_from"]
    return day


def turning_days() -> frozenset[date]:
    """The days on which what counts as component equipment or as important work has changed."""
    return frozenset({plan_articles_from(), *(entry["from"] for entry in _table()["important_work"])})


def amendments(after: date, until: date) -> tuple[Amendment, ...]:
    """Every amendment that took effect after the one day and not after the other, by day, the Act's first."""
    laws = (*_table()["law"], *_table()["order"])
    found = [one for entry in laws for one in _amendments(entry) if after < one.on <= until]
    return tuple(sorted(found, key=lambda one: one.on))


def _amendments(entry: dict[str, Any]) -> Iterator[Amendment]:
    for one in entry.get("amended", ()):
        yield Amendment(entry["title"], one["on"], one["en"], one["ja"])


@cache
def _table() -> dict[str, Any]:
    import tomllib  # only what cites an order pays for the parser

    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _order(entry: dict[str, Any]) -> Order:
    return Order(
        ministry=entry["ministry"],
        title=entry["title"],
        title_ja=entry["title_ja"],
        source=entry["source"],
        effective_from=entry["from"],
        effective_to=entry.get("to"),
        articles=entry["articles"],
        amendments=tuple(_amendments(entry)),
    )

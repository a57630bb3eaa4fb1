"""What the first review finds about one application: an item met, a fact open, or neither (Art. 66)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from services.patent.applications import Application, FactName, Finding
from services.patent.first_review.engine import Engine, Match, engine_on
from services.patent.technology_fields import Item, Tables, requirements, tables, versions
from services.platform.law.values import Value

Outcome = Literal["outside", "requested", "falls_under", "to_examine", "does_not_fall"]
"""outside: Art. 66(1) and (2) do not reach it. requested: 66(2). falls_under: 66(1), main text. to_examine:
an examiner must settle what is open. does_not_fall: no item is met, or its requirement is not."""
Answers = Mapping[Any, Literal["yes", "no"]]
"""The answers to facts, by their names; a fact without one is open."""
Standing = Literal["met", "open", "not_met"]
Because = Literal[
    "utility_model",
    "international_application",
    "filed_before_the_chapter",
    "divided_from_before_the_chapter",
    "own_request",
    "notified_before",
    "item_met",
    "facts_open",
    "not_classified",
    "newly_covered_while_pending",
    "rewritten_while_pending",
    "left_the_tables_while_pending",
    "no_item_met",
]
ARTICLES: dict[Because, str] = {
    "utility_model": "66(1)",
    "international_application": "66(5)",
    "filed_before_the_chapter": "Supplementary Provisions, Art. 2",
    "divided_from_before_the_chapter": "Supplementary Provisions, Art. 2",
    "own_request": "66(2)",
    "notified_before": "66(2)",
    "item_met": "66(1)",
    "facts_open": "66(1)",
    "not_classified": "66(1)",
    "newly_covered_while_pending": "66(11)",
    "rewritten_while_pending": "66(11)",
    "left_the_tables_while_pending": "66(1)",
    "no_item_met": "66(1)",
}


class ItemFound(Value):
    """An item the symbols meet: by which of them, and how it stands with what symbols cannot tell."""

    item: int
    part: str
    field: int
    symbols: tuple[str, ...]
    standing: Standing
    open: tuple[str, ...] = ()
    """The facts that would settle it."""


class Screening(Value):
    """What the first review finds; it decides nothing: the Commissioner sends or does not (66(1))."""

    outcome: Outcome
    because: Because
    article: str
    items: tuple[ItemFound, ...] = ()
    open: tuple[str, ...] = ()
    """The facts an examiner is asked for."""


NO_ITEM = Screening("does_not_fall", "no_item_met", "66(1)")


def screen(application: Application, on: date) -> Screening:
    """What the first review finds about an application on the legal day `on`.

    The tables of that day count, except for what an amendment newly covers while the application is pending
    (66(11)). Raises `ipc.NotASymbolError` for a text that is no symbol.
    """
    outside = _outside(application)
    if outside is not None:
        return outside
    by_tables = _by_tables(application, on)
    requested = _requested(application)
    if requested is not None:
        return _screening("requested", requested, by_tables.items)
    return by_tables


def by_symbols(rules: Engine, symbols: tuple[str, ...], answers: Answers) -> Screening:
    """What these tables say of symbols and facts alone; a fact without an answer is open."""
    if not rules.items(symbols):
        return NO_ITEM if symbols else _screening("to_examine", "not_classified")
    found = tuple(_found(match, answers) for match in rules.matches(symbols))
    # An invention that also lies in an item without the requirement needs none (Cabinet Order Art. 12(2)).
    if any(item.standing == "met" for item in found):
        return _screening("falls_under", "item_met", found)
    asked = tuple(dict.fromkeys(fact for item in found for fact in item.open))
    if asked:
        return _screening("to_examine", "facts_open", found, asked)
    return _screening("does_not_fall", "no_item_met", found)


def answers_of(facts: Mapping[FactName, Finding]) -> dict[FactName, Literal["yes", "no"]]:
    """The bare answers of findings."""
    return {fact: finding.answer for fact, finding in facts.items()}


def _found(match: Match, answers: Answers) -> ItemFound:
    standing, asked = _standing(match.item, answers)
    item = match.item
    return ItemFound(item.number, item.part, item.field, match.symbols, standing, asked)


def _standing(item: Item, answers: Answers) -> tuple[Standing, tuple[str, ...]]:
    needed: list[list[str]] = [[item.about]] if item.about else []
    if item.requirement:
        needed.append(list(requirements()))
    asked: list[str] = []
    for any_of in needed:
        given = [answers.get(fact) for fact in any_of]
        if "yes" in given:
            continue
        if None not in given:
            return "not_met", ()
        asked += [fact for fact, answer in zip(any_of, given, strict=True) if answer is None]
    return ("open", tuple(asked)) if asked else ("met", ())


def _outside(application: Application) -> Screening | None:
    if application.kind == "utility_model":
        return _screening("outside", "utility_model")
    if application.origins and application.route("pct_national_phase") is not None:
        return _screening("outside", "international_application")
    since = versions()[0].since
    if application.filed_on >= since:
        return None
    if application.came_in_on < since:
        return _screening("outside", "filed_before_the_chapter")
    # Whether one divided later from an application of before counts as pending then, no text says.
    return _screening("to_examine", "divided_from_before_the_chapter")


def _requested(application: Application) -> Because | None:
    if application.requested_on is not None:
        return "own_request"
    notified = application.facts.get("notified_before")
    return "notified_before" if notified is not None and notified.answer == "yes" else None


def _by_tables(application: Application, on: date) -> Screening:
    rules, answers = engine_on(on), answers_of(application.facts)
    found = by_symbols(rules, application.symbols, answers)
    came_in_on = application.came_in_on
    if came_in_on >= rules.since:
        return found
    before = by_symbols(engine_on(came_in_on), application.symbols, answers)
    return limited_by_amendment(before, found, tables(on))


def limited_by_amendment(before: Screening, after: Screening, now: Tables) -> Screening:
    """What may follow for an application that was pending when the tables became those of `now` (66(11))."""
    was_covered, is_covered = (one.outcome in ("falls_under", "to_examine") for one in (before, after))
    if is_covered and not was_covered:
        rewritten = {item.number for item in now.items if item.rewrites}
        if any(item.item in rewritten for item in after.items if item.standing != "not_met"):
            return _screening("to_examine", "rewritten_while_pending", after.items, after.open)
        return _screening("does_not_fall", "newly_covered_while_pending", after.items)
    if was_covered and not is_covered:
        return _screening("to_examine", "left_the_tables_while_pending", before.items, before.open)
    if before.outcome == "to_examine" and after.outcome == "falls_under":
        # What only the new tables settle is newly covered; what was open before stays open.
        return _screening("to_examine", before.because, after.items, before.open)
    return after


def _screening(
    outcome: Outcome, because: Because, items: tuple[ItemFound, ...] = (), asked: tuple[str, ...] = ()
) -> Screening:
    return Screening(outcome, because, ARTICLES[because], items, asked)

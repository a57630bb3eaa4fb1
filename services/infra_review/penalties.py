"""Which penalty provisions (Arts. 92, 96) may come to apply: information for officials, never a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from services.infra_review.domain.measures.state import Measures
from services.infra_review.domain.operator import Operator
from services.infra_review.domain.review import Review
from services.platform.law.values import Value
from services.platform.shared.inquiry import Inquiry

_FILE = Path(__file__).parent / "data" / "penalties.toml"


class Provision(Value):
    """A penalty provision: the conduct it punishes and the most it allows."""

    article: str
    conduct: str
    conduct_ja: str
    maximum: str
    maximum_ja: str


def in_review(state: Review, today: date) -> tuple[Provision, ...]:
    """The provisions that conduct contrary to where a plan stands `today` could fall under."""
    return tuple(_provisions()[article] for article in _of_review(state, today))


def in_designation(state: Operator) -> tuple[Provision, ...]:
    """The provisions that a late filing of name or address could fall under."""
    return (_provisions()["96(vi)"],) if any(change.late for change in state.changes) else ()


def of_measures(measures: Measures) -> tuple[Provision, ...]:
    """The provisions that conduct contrary to an accepted recommendation or an order could fall under."""
    return tuple(_provisions()[article] for article in _on_the_ladder(measures))


def in_inquiry(state: Inquiry, today: date) -> tuple[Provision, ...]:
    """The provision that a report not made by its day could fall under (Arts. 96(iv), (v), 58)."""
    asked = state.asked
    if asked is None or state.given or today <= asked.due:
        return ()
    return (_provisions()["96(iv)" if asked.purpose == "50(1)" else "96(v)"],)


def _of_review(state: Review, today: date) -> Iterator[str]:
    if not state.over and state.standstill is not None and today <= state.standstill.last_day:
        yield "92(1)(ii)"
    yield from _on_the_ladder(state.measures)


def _on_the_ladder(measures: Measures) -> Iterator[str]:
    made = measures.recommendation
    if made and made.reply and made.reply.accepts:
        yield "92(1)(iii)"
    if measures.order:
        yield "92(1)(iv)"


@cache
def _provisions() -> dict[str, Provision]:
    import tomllib  # only an official's reading pays for the parser

    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {entry["article"]: Provision(**entry) for entry in table["provision"]}

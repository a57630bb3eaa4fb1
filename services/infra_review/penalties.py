"""Which penalty provisions (Arts. 92, 96) may come to apply: information for officials, never a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from services.infra_review.domain.emergency import Emergency
from services.infra_review.domain.measures.state import Measures
from services.infra_review.domain.operator import Operator
from services.infra_review.domain.review import Review
from services.platform.law.values import Value
from services.platform.shared.inquiry import Inquiry
from services.statute import legal_day

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


def in_emergency(state: Emergency) -> tuple[Provision, ...]:
    """The provisions that a false or missing notification of what could not wait could fall under."""
    return tuple(_provisions()[article] for article in _of_emergency(state))


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
    # Art. 92(1)(i) speaks of what was done before it was notified, or by a false notification.
    if done_before_notified(state):
        yield "92(1)(i)"
    if not state.over and state.standstill is not None and today <= state.standstill.last_day:
        yield "92(1)(ii)"
    if state.urgent:
        yield "92(1)(v)"
    if not state.given_up:
        yield from _on_the_ladder(state.measures)
    if state.reports:
        yield "96(vii)"


def done_before_notified(state: Review) -> bool:
    """Whether the plan itself says that a part of it began before it arrived."""
    plan, arrived = state.plan, state.arrived_at
    if plan is None or arrived is None:
        return False
    work = plan.outsourcing.work if plan.outsourcing else None
    begins = (plan.introduction.on if plan.introduction else None, work.begins_on if work else None)
    return state.amends is None and any(day is not None and day <= legal_day(arrived) for day in begins)


def _of_emergency(state: Emergency) -> Iterator[str]:
    if state.report is not None:
        # Whether it could not wait is judged afterwards: if it could, a notification was due first.
        yield "92(1)(i)"
        yield "92(1)(v)"
    if state.reports:
        yield "96(vii)"


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

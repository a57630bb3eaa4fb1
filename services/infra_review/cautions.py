"""What a case is flagged for: nothing here decides anything, and no figure is a limit of the law. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from services.infra_review.domain.emergency import Emergency
from services.infra_review.domain.post_review import PostReview
from services.infra_review.domain.review import Review
from services.infra_review.penalties import done_before_notified
from services.platform.law.values import Value
from services.statute import legal_day

_FILE = Path(__file__).parent / "data" / "cautions.toml"


class Caution(Value):
    """One thing to look at, with the article it is about."""

    code: str
    article: str
    en: str
    ja: str


For = Literal["party", "official"]


def of_review(state: Review, today: date, reader: For) -> tuple[Caution, ...]:
    """What a plan under review is flagged for `today`, to its parties, or to officials alone."""
    return _told(_review(state, today), reader)


def of_emergency(state: Emergency, reader: For) -> tuple[Caution, ...]:
    """What a report of something that could not wait is flagged for."""
    return _told(_emergency(state), reader)


def of_post_review(state: PostReview, today: date, reader: For) -> tuple[Caution, ...]:
    """What a review of equipment in use is flagged for."""
    return _told(_ladder(state, today), reader)


def _review(state: Review, today: date) -> Iterator[str]:
    if state.given_up:
        if state.original is not None and state.original.ended is not None:
            yield "original_ended"
        return
    if state.defects:
        yield "arrived_with_defects"
    if done_before_notified(state):
        yield "begun_before_notified"
    if state.accepted_on is None and not state.returned and state.arrived_at is not None:
        waited = (today - legal_day(state.arrived_at)).days
        if waited >= _table()["waits_for_acceptance"]["after_days"]:
            yield "waits_for_acceptance"
    if state.extension is not None:
        yield "extension_not_delivered"
    if state.shortening_notice is not None:
        yield "shortening_not_delivered"
    if state.original is not None and state.original.bars:
        yield "original_bars"
    kinds = [fact.kind for fact in state.moves]
    if "shorten" in kinds and "extend" in kinds[kinds.index("shorten") :]:
        yield "extended_after_shortening"
    bar, power = state.standstill, state.window
    if bar is not None and power is not None and bar.last_day < today <= power.last_day:
        yield "free_while_the_power_runs"
    yield from _ladder(state, today)


def _emergency(state: Emergency) -> Iterator[str]:
    report = state.report
    if report is None:
        return
    if report.defects:
        yield "arrived_with_defects"
    days = (legal_day(report.arrived_at) - report.done_on).days
    if days >= _table()["reported_long_after"]["after_days"]:
        yield "reported_long_after"


def _ladder(state: Review | PostReview, today: date) -> Iterator[str]:
    measures = state.measures
    made, order = measures.recommendation, measures.order
    if made is not None and made.reply is not None and made.reply.late:
        yield "answered_late"
    if order is not None and order.delivered_on is None:
        yield "order_not_delivered"
    by = order.comply_by if order is not None else None
    if by is not None and today > by and not measures.done:
        yield "order_overdue"
    if (measures.changed_plan_on or measures.taken_on) and measures.finding is None:
        yield "awaits_finding"


def _told(codes: Iterator[str], reader: For) -> tuple[Caution, ...]:
    found = [(code, _table()[code]) for code in codes]
    return tuple(
        Caution(code, row["article"], row["en"], row["ja"]) for code, row in found if row["to"] == reader
    )


@cache
def _table() -> dict[str, dict[str, Any]]:
    import tomllib

    return tomllib.loads(_FILE.read_text(encoding="utf-8"))

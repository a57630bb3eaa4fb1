"""What a change of a certified plan is: minor (軽微な変更), or to be certified first (Art. 10). Pure.

Each ministry's order lists its own minor changes; each finding says by which item of it, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from services.platform.law.values import Value
from services.statute.arithmetic import corresponding_day, end_of_month
from services.supply.orders import Order
from services.supply.plans.model import Plan

Kind = Literal["minor", "minor_if_of_no_substance", "certification_first"]
SIX_MONTHS = 6
PARTICULARS = ("name", "address", "representative")
LIKE_PAPERS = ("papers",)
"""Parts that prove a plan and are no part of what it says."""


class Finding(Value):
    """One thing that changes, what that is, by which article, and why."""

    what: str
    kind: Kind
    article: str
    en: str
    ja: str


class Classified(Value):
    """What a change is as a whole: as its gravest part."""

    kind: Kind
    findings: tuple[Finding, ...]


GRAVITY: tuple[Kind, ...] = ("minor", "minor_if_of_no_substance", "certification_first")


def classified(before: Plan, after: Plan, order: Order) -> Classified | None:
    """What the change from `before` to `after` is by an order; None when nothing changes."""
    found = tuple(_findings(before, after, order))
    if not found:
        return None
    return Classified(max((one.kind for one in found), key=GRAVITY.index), found)


def _findings(before: Plan, after: Plan, order: Order) -> Iterator[Finding]:
    yield from _particulars(before, after, order)
    yield from _plan_period(before, after, order)
    yield from _funds(before, after, order)
    known = {"participants", "efforts", "uses", "sources", *LIKE_PAPERS}
    for name in Plan.__struct_fields__:
        if name not in known and getattr(before, name) != getattr(after, name):
            yield _by_substance(name, order)
    if _without_days(before) != _without_days(after):
        yield _by_substance("efforts", order)


def _particulars(before: Plan, after: Plan, order: Order) -> Iterator[Finding]:
    if before.organisations != after.organisations:
        yield Finding(
            "participants",
            "certification_first",
            "10(1)",
            "Others than before carry the plan out: that changes whose certification it is.",
            "計画を実施する者が変わります。",
        )
        return
    pairs = tuple(zip(before.participants, after.participants, strict=True))
    if any(getattr(one, name) != getattr(two, name) for one, two in pairs for name in PARTICULARS):
        yield Finding(
            "participants",
            "minor",
            order.article("particulars"),
            "Name, address or representative change.",
            "氏名若しくは名称、住所又は代表者の変更です。",
        )
    if any(_but(one, PARTICULARS) != _but(two, PARTICULARS) for one, two in pairs):
        yield _by_substance("participants", order)


def _plan_period(before: Plan, after: Plan, order: Order) -> Iterator[Finding]:
    if _days(before) == _days(after):
        return
    if not order.has("plan_period"):
        yield Finding(
            "efforts",
            "minor_if_of_no_substance",
            order.article("no_substance"),
            "This order names no change of the period among the minor ones.",
            "この省令は、実施期間の変更を軽微な変更として掲げていません。",
        )
        return
    small = all(
        abs_within(one, two, SIX_MONTHS)
        for one, two in ((before.begins_on, after.begins_on), (before.ends_on, after.ends_on))
    )
    within = "within six months" if small else "beyond six months"
    yield Finding(
        "efforts",
        "minor" if small else "certification_first",
        order.article("plan_period"),
        f"The plan's period changes {within}: {before.begins_on} to {before.ends_on}, then "
        f"{after.begins_on} to {after.ends_on}.",
        f"実施期間の{'六月以内' if small else '六月を超える'}変更です。",
    )


def _funds(before: Plan, after: Plan, order: Order) -> Iterator[Finding]:
    if (before.uses, before.sources) == (after.uses, after.sources):
        return
    if before.subsidy != after.subsidy:
        yield Finding(
            "sources",
            "certification_first",
            order.article("funds"),
            f"The subsidy changes from JPY {before.subsidy} to {after.subsidy}, which is never minor.",
            f"助成金の額が{before.subsidy}円から{after.subsidy}円に変わります。",
        )
    difference = abs(after.funds - before.funds)
    small = difference * 10 < before.funds
    yield Finding(
        "uses",
        "minor" if small else "certification_first",
        order.article("funds"),
        f"The amount changes by JPY {difference} of {before.funds}: "
        f"{'less than' if small else 'not less than'} 10 %.",
        f"資金の額の増減は{before.funds}円のうち{difference}円"
        f"（十パーセント{'未満' if small else '以上'}）です。",
    )


def abs_within(one: date, other: date, months: int) -> bool:
    """Whether two days lie no more than so many calendar months apart."""
    first, last = sorted((one, other))
    limit = corresponding_day(first, months)
    if limit is None:
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        limit = end_of_month(year, month + 1)
    return last <= limit


def _by_substance(what: str, order: Order) -> Finding:
    return Finding(
        what,
        "minor_if_of_no_substance",
        order.article("no_substance"),
        "Minor only if it changes nothing of substance; say why it does not.",
        "実質的な変更を伴わない場合に限り軽微な変更です。その理由を記載してください。",
    )


def _but(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(value)
    return {name: one for name, one in told.items() if name not in names}


def _days(plan: Plan) -> tuple[tuple[str, date, date], ...]:
    return tuple((effort.key, effort.begins_on, effort.ends_on) for effort in plan.efforts)


def _without_days(plan: Plan) -> tuple[dict[str, Any], ...]:
    return tuple(_but(effort, ("begins_on", "ends_on")) for effort in plan.efforts)

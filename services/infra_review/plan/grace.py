"""The six months in which Art. 52(1) does not apply yet (経過措置): Art. 53.

After a designation nothing of the business needs a plan (53(1)); equipment that a change of the order made
specified critical needs none (53(2)), nor does maintenance or operation that has become important (53(3)).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from services.infra_review.plan.model import Plan
from services.infra_review.sectors import EquipmentKind, business_in_force
from services.platform.law.values import Value
from services.statute import Deadline, period

Part = Literal["introduction", "outsourcing"]
Code = Literal["grace_designation", "grace_equipment", "grace_work"]


class Since(Value):
    """Since when what a grace counts from holds; None where the day is not known, or nothing was changed."""

    designated: date | None
    equipment: date | None = None
    work: date | None = None


def grace(part: Part, begins: date, since: Since) -> tuple[Code, Deadline] | None:
    """The grace in which an introduction or outsourcing begins; None when it needs a plan."""
    spans: list[tuple[Code, str, date | None]] = [
        ("grace_designation", "infra.grace_after_designation", since.designated),
        ("grace_equipment", "infra.grace_new_equipment", since.equipment),
    ]
    if part == "outsourcing":
        spans.append(("grace_work", "infra.grace_new_maintenance", since.work))
    for code, name, day in spans:
        if day is not None and day <= begins <= (runs := period(name).starting(day)).last_day:
            return code, runs
    return None


def kind_of(business: str | None, kind: str | None, on: date) -> EquipmentKind | None:
    """The kind of equipment as the order lists it for the business `on` that day."""
    found = business_in_force(business, on) if business else None
    return next((one for one in found.equipment if one.id == kind), None) if found else None


def in_grace(plan: Plan, designated: date, done_on: date | None = None) -> Iterator[tuple[date, Deadline]]:
    """Each part of a plan that begins in a grace: the day, and the grace.

    With `done_on` the whole plan was carried out on that day (Art. 52(11)).
    """
    work = plan.outsourcing.work if plan.outsourcing else None
    parts: list[tuple[Part, date | None]] = []
    if plan.introduction:
        parts.append(("introduction", done_on or plan.introduction.on))
    if plan.outsourcing:
        parts.append(("outsourcing", done_on or (work.begins_on if work else None)))
    for part, begins in parts:
        if begins is None:
            continue
        kind = kind_of(plan.business, plan.equipment.kind if plan.equipment else None, begins)
        newly = kind.work_listed_from(work.kinds) if kind and work else None
        found = grace(part, begins, Since(designated, kind.listed_from if kind else None, newly))
        if found:
            yield begins, found[1]

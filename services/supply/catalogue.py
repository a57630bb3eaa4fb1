"""The public catalogue of materials (Arts. 7, 8): as designated, with their policies, by day."""

from __future__ import annotations

import csv
import io
from datetime import date

from services.platform.cases.case import Case
from services.platform.law.values import Value
from services.platform.shared import copies
from services.statute.lists import materials
from services.supply.domain.policy import Contents, Policy, Version
from services.supply.domain.supply_plan.application import Term
from services.supply.orders import order_of

POLICIES = "POLICIES"


class Policies(Value):
    """The versions of the policy for a material, as they were set."""

    case: str
    material: str
    versions: tuple[Version, ...]


class PolicyLine(Value):
    """A policy as it was in force on a day: since when, published when and where, and what it sets."""

    set_on: date
    published_on: date | None
    where: str
    contents: Contents


class MaterialLine(Value):
    """A material on a day: what is designated, since when, whose it is, by which order plans are filed."""

    id: str
    item: str
    name_en: str
    name_ja: str
    wording: str
    since: date
    until: date | None
    ministries: tuple[str, ...]
    ministries_known: str
    order: str
    order_since: date
    policy_set_on: date | None


class Catalogue(Value):
    """The materials designated on a day."""

    on: date
    items: tuple[MaterialLine, ...]


class PolicyHistory(Value):
    """The published policies for a material, the newest first."""

    material: str
    items: tuple[PolicyLine, ...]


def keep(case: Case[Policy]) -> None:
    """Copy the versions of a policy for readers, unless a later version of the case is there already."""
    state = case.state
    if state.material is not None and state.versions:
        copies.keep(POLICIES, case.id, Policies(case.id, state.material, state.versions), case.version)


def versions(material: str) -> list[Version]:
    """What was set for a material, the oldest first."""
    found = (one for one in copies.every(POLICIES, Policies, consistent=True) if one.material == material)
    return sorted((version for one in found for version in one.versions), key=lambda one: one.set_on)


def terms(material: str, day: date) -> tuple[Term, ...]:
    """What the policy in force on a day sets for each kind of effort; none where there is no policy here."""
    in_force = [one for one in versions(material) if one.set_on <= day]
    if not in_force:
        return ()
    return tuple(
        Term(effort.kind, effort.at_least_months, effort.by) for effort in in_force[-1].contents.efforts
    )


def history(material: str) -> PolicyHistory:
    """The published policies for a material."""
    found = [
        PolicyLine(one.set_on, one.published_on, one.where, one.contents)
        for one in reversed(versions(material))
        if one.published_on is not None
    ]
    return PolicyHistory(material, tuple(found))


def catalogue(day: date) -> Catalogue:
    """The materials designated on a day, each with the policy that had been published for it by then."""
    published: dict[str, date] = {}
    for one in copies.every(POLICIES, Policies):
        for version in one.versions:
            if version.published_on is not None and version.published_on <= day:
                published[one.material] = max(version.set_on, published.get(one.material, date.min))
    lines = []
    for material in materials(day):
        order = order_of(material.id)
        assert material.name is not None
        lines.append(
            MaterialLine(
                material.id,
                material.item,
                material.name.en,
                material.name.ja,
                material.wording,
                material.since,
                material.until,
                order.ministries,
                material.ministry_known,
                order.cite,
                order.since,
                published.get(material.id),
            )
        )
    return Catalogue(day, tuple(lines))


def as_csv(found: Catalogue) -> str:
    """The catalogue as CSV (RFC 4180), with a header line."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(MaterialLine.__struct_fields__)
    for line in found.items:
        cells = [getattr(line, name) for name in MaterialLine.__struct_fields__]
        writer.writerow([" ".join(cell) if isinstance(cell, tuple) else cell for cell in cells])
    return text.getvalue()

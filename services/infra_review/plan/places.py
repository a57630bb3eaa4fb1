"""The places in a plan that rules ask their questions of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.infra_review.plan.excuses import identity_excused, registry_excused
from services.infra_review.plan.model import (
    Component,
    Document,
    Equipment,
    ForeignSales,
    Holder,
    Introduction,
    Officer,
    Outsourcing,
    Party,
    Place,
    Plan,
    Ratio,
    Relief,
    Work,
)
from services.infra_review.plan.rule import Asked
from services.infra_review.plan.walk import Found, attachments, parties, party_slots, re_outsourcings
from services.infra_review.plan.walk import works as work_slots
from services.platform.law.values import Value


def whole(plan: Plan, _: Asked) -> Iterator[Found[Plan]]:
    """The plan itself."""
    yield Found("", "plan", plan)


def equipment(plan: Plan, _: Asked) -> Iterator[Found[Equipment]]:
    """The outline of the equipment."""
    if plan.equipment is not None:
        yield Found("/equipment", "plan", plan.equipment)


def introduction(plan: Plan, _: Asked) -> Iterator[Found[Introduction]]:
    """The introduction, if there is one."""
    if plan.introduction is not None:
        yield Found("/introduction", "supplier", plan.introduction)


def components(plan: Plan, _: Asked) -> Iterator[Found[Component]]:
    """Each component equipment."""
    if plan.introduction is not None:
        for index, one in enumerate(plan.introduction.components or ()):
            yield Found(f"/introduction/components/{index}", "component_supplier", one)


def made_somewhere(plan: Plan, asked: Asked) -> Iterator[Found[Introduction] | Found[Component]]:
    """Everything that is made in a factory: the equipment and its components."""
    yield from introduction(plan, asked)
    yield from components(plan, asked)


def factories(plan: Plan, asked: Asked) -> Iterator[Found[Place]]:
    """Each factory or workplace."""
    for made in made_somewhere(plan, asked):
        for index, one in enumerate(made.it.factories or ()):
            yield Found(f"{made.pointer}/factories/{index}", made.role, one)


def outsourcing(plan: Plan, _: Asked) -> Iterator[Found[Outsourcing]]:
    """The outsourcing, if there is one."""
    if plan.outsourcing is not None:
        yield Found("/outsourcing", "contractor", plan.outsourcing)


def work_places(plan: Plan, _: Asked) -> Iterator[Found[Work | None]]:
    """Each place for a description of outsourced work that no relief excuses."""
    yield from (found for found in work_slots(plan) if not found.relieved)


def works(plan: Plan, _: Asked) -> Iterator[Found[Work]]:
    """Each description of outsourced work that no relief excuses."""
    for found in work_slots(plan):
        if found.it is not None and not found.relieved:
            yield Found(found.pointer, found.role, found.it)


def reliefs(plan: Plan, _: Asked) -> Iterator[Found[Relief]]:
    """Each relief that is claimed."""
    for pointer, one in re_outsourcings(plan):
        if one.relief is not None:
            yield Found(f"{pointer}/relief", "re_contractor", one.relief)


def party_places(plan: Plan, _: Asked) -> Iterator[Found[Party | None]]:
    """Each place where the law wants a party."""
    yield from party_slots(plan)


def cited(_: Plan, asked: Asked) -> Iterator[Found[Party]]:
    """Each party that cites a passport, as the operator wrote it."""
    for found in parties(asked.stated) if asked.stated is not None else ():
        if found.it.passport is not None:
            yield found


def open_parties(plan: Plan, asked: Asked) -> Iterator[Found[Party]]:
    """Each party whose facts can be read here: without a passport, or with one that was handed over."""
    for found in parties(plan):
        token = found.it.passport
        if token is None or (asked.passports is not None and token in asked.passports):
            yield found


def described(plan: Plan, asked: Asked) -> Iterator[Found[Party]]:
    """Each readable party whose holders, officers and sales no relief excuses (Order Art. 17)."""
    yield from (found for found in open_parties(plan, asked) if not found.relieved)


def holders(plan: Plan, asked: Asked) -> Iterator[Found[Holder]]:
    """Each holder of five per cent or more."""
    for party in open_parties(plan, asked):
        for index, one in enumerate(party.it.holders or ()):
            yield Found(f"{party.pointer}/holders/{index}", party.role, one)


def officers(plan: Plan, asked: Asked) -> Iterator[Found[Officer]]:
    """Each officer."""
    for party in open_parties(plan, asked):
        for index, one in enumerate(party.it.officers or ()):
            yield Found(f"{party.pointer}/officers/{index}", party.role, one, party.relieved)


def foreign_sales(plan: Plan, asked: Asked) -> Iterator[Found[ForeignSales]]:
    """Each business year with large sales to foreign governments."""
    for party in open_parties(plan, asked):
        for index, one in enumerate(party.it.foreign_sales or ()):
            yield Found(f"{party.pointer}/foreign_sales/{index}", party.role, one)


def papers(plan: Plan, _: Asked) -> Iterator[Found[Document]]:
    """Each attached paper."""
    for one in attachments(plan):
        yield Found(one.pointer, "plan", one.document)


_COUNTRY_FIELDS = frozenset({"country", "governing_law", "nationality"})


def country_codes(plan: Plan, _: Asked) -> Iterator[Found[str]]:
    """Every country code anywhere in the plan."""
    for pointer, name, value in _leaves(plan, ""):
        if name in _COUNTRY_FIELDS:
            yield Found(pointer, "plan", value)


def ratios(plan: Plan, _: Asked) -> Iterator[Found[Ratio]]:
    """Every share anywhere in the plan."""
    for pointer, _name, value in _leaves(plan, ""):
        if isinstance(value, Ratio):
            yield Found(pointer, "plan", value)


def _leaves(it: Any, pointer: str) -> Iterator[tuple[str, str, Any]]:
    """Every stated value below `it`: its pointer, the name of its field, and itself; a ratio is one value."""
    if isinstance(it, tuple):
        for index, one in enumerate(it):
            yield from _leaves(one, f"{pointer}/{index}")
    elif isinstance(it, Value) and not isinstance(it, Ratio):
        for name in it.__struct_fields__:
            yield from _leaves(getattr(it, name), f"{pointer}/{name}")
    elif it is not None:
        yield pointer, pointer.rsplit("/", 1)[-1], it


def dated_papers(plan: Plan, asked: Asked) -> Iterator[Found[Document]]:
    """Each paper of Order Art. 9(2) that must be of age now; what may be left out may also be old."""
    for party in open_parties(plan, asked):
        registry = party.it.registry
        if registry is not None and not registry_excused(party.it, asked.before):
            yield Found(f"{party.pointer}/registry", party.role, registry)
    for officer in officers(plan, asked):
        identity = officer.it.identity
        if identity is not None and not officer.relieved and not identity_excused(officer.it, asked.before):
            yield Found(f"{officer.pointer}/identity", officer.role, identity)

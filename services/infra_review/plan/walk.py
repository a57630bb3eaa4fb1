"""Where things lie in a plan: its parties, works and papers, each with its JSON pointer (RFC 6901)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Literal, TypeVar

from msgspec.structs import replace

from services.infra_review.plan.model import Document, Party, Plan, ReOutsourcing, Work
from services.platform.law.values import Value

T = TypeVar("T")
Role = Literal["plan", "supplier", "component_supplier", "contractor", "re_contractor"]
"""Whose matter it is: `plan` for what the operator itself answers for."""


class Found(Value, Generic[T]):
    """Something in a plan, where it lies, and in which role the law speaks of it."""

    pointer: str
    role: Role
    it: T
    relieved: bool = False
    """Under a relief of Order Art. 17 that the operator has claimed."""


def re_outsourcings(plan: Plan) -> Iterator[tuple[str, ReOutsourcing]]:
    """Every re-outsourcing at every level (Order Art. 15(i)-(ii)), outermost first."""
    if plan.outsourcing is not None:
        yield from _below("/outsourcing/re_outsourced", plan.outsourcing.re_outsourced or ())


def _below(pointer: str, level: tuple[ReOutsourcing, ...]) -> Iterator[tuple[str, ReOutsourcing]]:
    for index, one in enumerate(level):
        here = f"{pointer}/{index}"
        yield here, one
        yield from _below(f"{here}/re_outsourced", one.re_outsourced)


def party_slots(plan: Plan) -> Iterator[Found[Party | None]]:
    """Every place where the law wants a party (供給者等), filled in or not."""
    if plan.introduction is not None:
        yield Found("/introduction/supplier", "supplier", plan.introduction.supplier)
        for index, component in enumerate(plan.introduction.components or ()):
            pointer = f"/introduction/components/{index}/supplier"
            yield Found(pointer, "component_supplier", component.supplier)
    if plan.outsourcing is not None:
        yield Found("/outsourcing/contractor", "contractor", plan.outsourcing.contractor)
        for pointer, one in re_outsourcings(plan):
            yield Found(f"{pointer}/party", "re_contractor", one.party, one.relief is not None)


def parties(plan: Plan) -> Iterator[Found[Party]]:
    """Every party that is there, in the order of the plan."""
    for slot in party_slots(plan):
        if slot.it is not None:
            yield Found(slot.pointer, slot.role, slot.it, slot.relieved)


def works(plan: Plan) -> Iterator[Found[Work | None]]:
    """Every description of outsourced work, filled in or not."""
    if plan.outsourcing is not None:
        yield Found("/outsourcing/work", "contractor", plan.outsourcing.work)
        for pointer, one in re_outsourcings(plan):
            yield Found(f"{pointer}/work", "re_contractor", one.work, one.relief is not None)


class Attachment(Value):
    """A paper of the plan and the JSON pointer to what it proves (its subject)."""

    subject: str
    pointer: str
    document: Document


def attachments(plan: Plan) -> Iterator[Attachment]:
    """Every paper attached to the plan (添付書類), in the order of the plan."""
    for found in parties(plan):
        if found.it.registry is not None:
            yield Attachment(found.pointer, f"{found.pointer}/registry", found.it.registry)
        for index, officer in enumerate(found.it.officers or ()):
            if officer.identity is not None:
                subject = f"{found.pointer}/officers/{index}"
                yield Attachment(subject, f"{subject}/identity", officer.identity)
    for pointer, one in re_outsourcings(plan):
        if one.relief is not None and one.relief.proof is not None:
            yield Attachment(f"{pointer}/relief", f"{pointer}/relief/proof", one.relief.proof)
    for index, measure in enumerate(plan.measures):
        if measure.proof is not None:
            yield Attachment(f"/measures/{index}", f"/measures/{index}/proof", measure.proof)


def map_parties(plan: Plan, change: Callable[[Party], Party]) -> Plan:
    """The plan with every party replaced by what `change` makes of it."""

    def of(party: Party | None) -> Party | None:
        return None if party is None else change(party)

    def below(level: tuple[ReOutsourcing, ...]) -> tuple[ReOutsourcing, ...]:
        return tuple(
            replace(one, party=of(one.party), re_outsourced=below(one.re_outsourced)) for one in level
        )

    introduction, outsourcing = plan.introduction, plan.outsourcing
    if introduction is not None:
        components = introduction.components
        introduction = replace(
            introduction,
            supplier=of(introduction.supplier),
            components=components and tuple(replace(one, supplier=of(one.supplier)) for one in components),
        )
    if outsourcing is not None:
        level = outsourcing.re_outsourced
        outsourcing = replace(
            outsourcing, contractor=of(outsourcing.contractor), re_outsourced=level and below(level)
        )
    return replace(plan, introduction=introduction, outsourcing=outsourcing)


def on_register(party: Party) -> Party:
    """What a register shows anyone of a party."""
    if party.individual:  # an individual's address and nationality are in no register
        return Party(name=party.name, individual=True, passport=party.passport)
    return Party(
        name=party.name,
        representative=party.representative,
        address=party.address,
        governing_law=party.governing_law,
        passport=party.passport,
    )

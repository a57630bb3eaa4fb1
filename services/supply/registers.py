"""Copies the chapter looks things up in: certified plans by material, support bodies by material, answers."""

from __future__ import annotations

from services.platform.cases.case import Case
from services.platform.law.values import Value
from services.platform.shared import copies
from services.supply.domain.questionnaire import Questionnaire
from services.supply.domain.supply_plan.state import SupplyPlan
from services.supply.domain.support_body.state import SupportBody
from services.supply.plans.model import Supplier
from services.supply.surveys.answers import Answer

BODIES = "BODIES"


class BodyCopy(Value):
    """A support body or agency: whose, for which material, and whether it is in operation."""

    case: str
    organisation: str
    material: str
    in_operation: bool


class PlanCopy(Value):
    """A certified plan: under which number, whose, what it is about, and from whom the item comes now."""

    case: str
    number: str
    material: str
    item: str
    operators: tuple[tuple[str, str], ...]
    """Number and name of each."""
    suppliers: tuple[Supplier, ...]
    in_force: bool


class AnswerCopy(Value):
    """An answer in a survey: whose, and what it says."""

    questionnaire: str
    organisation: str
    name: str
    answer: Answer


def keep_body(case: Case[SupportBody]) -> None:
    """Copy a body, so that it is told of the plans of its material."""
    state = case.state
    if state.designated is not None:
        one = state.designated
        copy = BodyCopy(case.id, one.organisation, one.material, state.in_operation)
        copies.keep(BODIES, case.id, copy, case.version)


def bodies_of(material: str) -> list[BodyCopy]:
    """The bodies in operation for a material."""
    found = copies.every(BODIES, BodyCopy, consistent=True)
    return [one for one in found if one.material == material and one.in_operation]


def keep_plan(case: Case[SupplyPlan]) -> None:
    """Copy a certified plan for the view of who depends on whom."""
    state = case.state
    if state.certified is None:
        return
    plan = state.filed
    copy = PlanCopy(
        case.id,
        state.number or "",
        plan.material,
        plan.item,
        tuple((one.organisation, one.name) for one in plan.participants),
        plan.present_state.suppliers,
        state.in_force,
    )
    copies.keep(f"PLANS#{plan.material}", case.id, copy, case.version)


def plans_of(material: str) -> list[PlanCopy]:
    """The plans in force for a material."""
    return [one for one in copies.every(f"PLANS#{material}", PlanCopy) if one.in_force]


def keep_answer(case: Case[Questionnaire]) -> None:
    """Copy an answer beside the others of its survey."""
    state = case.state
    if state.asked is not None and state.given is not None:
        copy = AnswerCopy(case.id, state.asked.organisation, state.asked.name, state.given.answer)
        copies.keep(f"ANSWERS#{state.asked.survey}", case.id, copy, case.version)


def answers_of(survey: str) -> list[AnswerCopy]:
    """The answers of a survey."""
    return list(copies.every(f"ANSWERS#{survey}", AnswerCopy))

"""What a plan must say about equipment, introduction, outsourcing and measures (Art. 52(2))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.infra_review.plan import articles
from services.infra_review.plan.asked import Asked
from services.infra_review.plan.model import Introduction, Outsourcing, Plan, Relief, Work
from services.infra_review.plan.rule import HERE, Hit, Rulebook
from services.infra_review.plan.walk import Found
from services.infra_review.sectors import business_in_force

BOOK = Rulebook()


@BOOK.rule("neither_introduction_nor_outsourcing", "52(1)", over="whole")
def neither(found: Found[Plan], _: Asked) -> Iterable[Hit]:
    """A plan is for an introduction, an outsourcing, or both."""
    return HERE if found.it.introduction is None and found.it.outsourcing is None else ()


BOOK.required("business_missing", "50(1)", "business", over="whole")
BOOK.required("equipment_missing", "52(2)(i)", "equipment", over="whole")


@BOOK.rule("business_unknown", "50(1)", over="whole")
def business_unknown(found: Found[Plan], asked: Asked) -> Iterable[Hit]:
    """The kind of business is one that the Act covers on the day of filing."""
    name = found.it.business
    if name and not _as_filed(found.it, asked) and business_in_force(name, asked.on) is None:
        yield "/business", {"business": name}


def _as_filed(plan: Plan, asked: Asked) -> bool:
    """Whether a change leaves business and kind as they were filed, when the order listed them."""
    before = asked.before
    return (
        before is not None
        and plan.business == before.business
        and getattr(plan.equipment, "kind", None) == getattr(before.equipment, "kind", None)
    )


BOOK.required("equipment_kind_missing", "52(2)(i)", "kind", over="equipment")
BOOK.required("equipment_name_missing", "52(2)(i)", "name", over="equipment")
BOOK.required("equipment_outline_missing", "52(2)(i)", "outline", over="equipment")


@BOOK.rule("equipment_kind_unknown", articles.EQUIPMENT_KINDS, over="whole")
def equipment_kind_unknown(found: Found[Plan], asked: Asked) -> Iterable[Hit]:
    """The equipment is of a kind that the order lists for the business."""
    plan = found.it
    business = business_in_force(plan.business, asked.on) if plan.business else None
    kind = plan.equipment.kind if plan.equipment else None
    if business is None or not kind or _as_filed(plan, asked):
        return
    if kind not in (listed.id for listed in business.equipment):
        known = ", ".join(listed.id for listed in business.equipment)
        yield "/equipment/kind", {"kind": kind, "business": business.id, "known": known}


BOOK.required("introduction_content_missing", "52(2)(ii)イ", "content", over="introduction")
BOOK.required("introduction_time_missing", "52(2)(ii)イ", "on", over="introduction")
BOOK.required("supplier_missing", articles.IDENTITY, "supplier", over="introduction")
BOOK.required("factories_missing", articles.FACTORIES, "factories", over="made_somewhere")
BOOK.required("components_missing", articles.COMPONENT, "components", over="introduction", or_empty=True)
BOOK.required("component_kind_missing", articles.COMPONENT, "kind", over="components")
BOOK.required("component_name_missing", articles.COMPONENT, "name", over="components")
BOOK.required("component_function_missing", articles.COMPONENT, "function", over="components")
BOOK.required("component_supplier_missing", articles.IDENTITY, "supplier", over="components")
BOOK.required("factory_country_missing", articles.FACTORIES, "country", over="factories")
BOOK.required("factory_address_missing", articles.FACTORIES, "address", over="factories")


def _not_in_advance(planned: date | None, until_now: date | None, asked: Asked) -> bool:
    """Whether a day newly announced does not lie ahead; what a filed plan said already may be past."""
    if planned is None or planned > asked.on:
        return False
    return asked.filing == "notification" or (asked.filing == "change" and planned != until_now)


@BOOK.rule("introduction_in_the_past", "52(1)", over="introduction")
def introduction_in_the_past(found: Found[Introduction], asked: Asked) -> Iterable[Hit]:
    """A plan is filed in advance (あらかじめ); an emergency report speaks of what has been done."""
    filed = asked.before.introduction if asked.before else None
    if _not_in_advance(found.it.on, filed.on if filed else None, asked):
        yield "/on", {"planned": found.it.on, "on": asked.on}


BOOK.required("contractor_missing", articles.IDENTITY, "contractor", over="outsourcing")
BOOK.required("re_outsourcing_unanswered", "52(2)(iii)ハ", "re_outsourced", over="outsourcing", or_empty=True)


@BOOK.rule("work_missing", articles.WORK, over="work_places")
def work_missing(found: Found[Work | None], _: Asked) -> Iterable[Hit]:
    """Content and time of what is outsourced, at every level."""
    return HERE if found.it is None else ()


BOOK.required("work_kind_missing", articles.WORK_KINDS, "kinds", over="works")
BOOK.required("work_content_missing", articles.WORK, "content", over="works")
BOOK.required("work_begin_missing", articles.WORK, "begins_on", over="works")
BOOK.required(
    "work_period_missing",
    articles.WORK,
    "ends_on",
    over="works",
    when=lambda work, _asked: work.timing == "period",
)


@BOOK.rule("work_period_reversed", articles.WORK, over="works")
def period_reversed(found: Found[Work], _: Asked) -> Iterable[Hit]:
    """A period ends on or after the day it begins."""
    begins, ends = found.it.begins_on, found.it.ends_on
    if begins and ends and ends < begins:
        yield "/ends_on", {"begins": begins, "ends": ends}


@BOOK.rule("outsourcing_in_the_past", "52(1)", over="outsourcing")
def outsourcing_in_the_past(found: Found[Outsourcing], asked: Asked) -> Iterable[Hit]:
    """A plan is filed in advance; a running outsourcing may still be changed (Art. 54(1))."""
    filed = asked.before.outsourcing if asked.before else None
    begins = found.it.work.begins_on if found.it.work else None
    if _not_in_advance(begins, filed.work.begins_on if filed and filed.work else None, asked):
        yield "/work/begins_on", {"planned": begins, "on": asked.on}


@BOOK.rule("relief_conditions_not_declared", articles.RELIEF, over="reliefs")
def relief_conditions(found: Found[Relief], _: Asked) -> Iterable[Hit]:
    """Relief needs both conditions of Order Art. 17, not one of them."""
    for name in ("can_learn_content_and_time", "confirms_area_and_audit_measures"):
        if not getattr(found.it, name):
            yield f"/{name}", {}


BOOK.required("relief_proof_missing", articles.RELIEF, "proof", over="reliefs")


@BOOK.rule("introduction_measures_missing", articles.MEASURES_INTRODUCTION, over="whole")
def introduction_measures(found: Found[Plan], _: Asked) -> Iterable[Hit]:
    """Measures against interference when introducing (Order Art. 16(i))."""
    return _without_measures(found.it, "introduction")


@BOOK.rule("outsourcing_measures_missing", articles.MEASURES_OUTSOURCING, over="whole")
def outsourcing_measures(found: Found[Plan], _: Asked) -> Iterable[Hit]:
    """Measures against interference when outsourcing (Order Art. 16(ii))."""
    return _without_measures(found.it, "outsourcing")


def _without_measures(plan: Plan, concerns: str) -> Iterable[Hit]:
    if getattr(plan, concerns) is not None and all(m.concerns != concerns for m in plan.measures):
        yield "/measures", {}

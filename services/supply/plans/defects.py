"""Everything that keeps a plan from being whole and consistent, at once (Art. 9(3) and the orders). Pure.

What has to be judged is no defect: that is the assessment of Art. 9(4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from services.platform.law.parties import is_organisation
from services.platform.law.procedure import Refusal
from services.supply.orders import Order, material_on, order_of
from services.supply.plans.findings import Defect, defect
from services.supply.plans.model import Plan
from services.supply.sme import tested

Rule = Callable[[Plan, Order, date], Iterator[Defect]]
YEARS_OF_ACCOUNTS = 3
"""最近三期間 of every order."""


def defects(plan: Plan, on: date) -> tuple[Defect, ...]:
    """Every defect of a plan filed on a day, in the order of the law; articles are its own order's."""
    order = order_of(plan.material)
    return tuple(found for rule in RULES for found in rule(plan, order, on))


def refuse_defects(plan: Plan, on: date, article: str) -> None:
    """Refuse a plan with defects, naming all of them."""
    found = defects(plan, on)
    if found:
        errors = [
            {
                "pointer": f"#/plan{one.pointer}",
                "code": one.code,
                "article": one.article,
                "message": one.message,
                "message_ja": one.message_ja,
            }
            for one in found
        ]
        raise Refusal("plan_defective", article, count=len(errors), errors=errors)


def _material(plan: Plan, order: Order, on: date) -> Iterator[Defect]:
    try:
        material_on(plan.material, on)
    except Refusal:
        yield defect("/material", "material_not_designated", "9(3)(i)", material=plan.material, on=on)
    if on < order.since:
        yield defect("/material", "order_not_in_force", order.article("application"), since=order.since)


def _participants(plan: Plan, _: Order, __: date) -> Iterator[Defect]:
    seen: Counter[str] = Counter()
    for place, one in enumerate(plan.participants):
        seen[one.organisation] += 1
        if not is_organisation(one.organisation):
            yield defect(f"/participants/{place}/organisation", "organisation_wrong", "9(2)")
        if seen[one.organisation] > 1:
            yield defect(f"/participants/{place}/organisation", "named_twice", "9(2)", name=one.name)
        found = tested(one.enterprise)
        if one.claims_sme and not found.small_or_medium:
            yield defect(f"/participants/{place}/claims_sme", "not_an_sme", found.article, name=one.name)


def _efforts(plan: Plan, _: Order, __: date) -> Iterator[Defect]:
    if not plan.efforts:
        yield defect("/efforts", "no_effort", "9(3)(iii)")
    known = Counter(effort.key for effort in plan.efforts)
    for place, effort in enumerate(plan.efforts):
        if effort.ends_on < effort.begins_on:
            yield defect(
                f"/efforts/{place}/ends_on",
                "ends_before_it_begins",
                "9(3)(iii)",
                begins=effort.begins_on,
                ends=effort.ends_on,
            )
        if known[effort.key] > 1:
            yield defect(f"/efforts/{place}/key", "effort_named_twice", "9(3)(iii)", key=effort.key)


def _funds(plan: Plan, _: Order, __: date) -> Iterator[Defect]:
    known = {effort.key for effort in plan.efforts}
    for place, use in enumerate(plan.uses):
        if use.effort not in known:
            yield defect(f"/uses/{place}/effort", "no_such_effort", "9(3)(v)", key=use.effort)
    if not plan.uses:
        yield defect("/uses", "no_use", "9(3)(v)")
    raised = sum(source.yen for source in plan.sources)
    if raised != plan.funds:
        yield defect("/sources", "sums_differ", "9(3)(v)", needed=plan.funds, raised=raised)


def _measures(plan: Plan, order: Order, _: date) -> Iterator[Defect]:
    for place, measure in enumerate(plan.measures):
        if measure.kind not in order.measures:
            yield defect(
                f"/measures/{place}/kind",
                "no_such_measure",
                order.article("measures"),
                kind=measure.kind,
                known=", ".join(order.measures),
            )
    if not any(measure.kind in order.measures for measure in plan.measures):
        yield defect("/measures", "no_measure", f"9(4)(iv); {order.article('measures')}")


def _licences(plan: Plan, order: Order, _: date) -> Iterator[Defect]:
    counted = [one for one in plan.licences if order.foreign_licences or not one.of_another_country]
    in_a_paper = "licences" in order.papers
    if plan.licences_needed and not counted and not in_a_paper:
        yield defect("/licences", "licences_missing", f"9(3)(ix); {order.article('licences')}")


def _competition(plan: Plan, _: Order, __: date) -> Iterator[Defect]:
    if plan.same_line and plan.competition is None:
        yield defect("/competition", "competition_missing", "9(4)(vi)")


def _papers(plan: Plan, order: Order, on: date) -> Iterator[Defect]:
    for place, paper in enumerate(plan.papers):
        if paper.made_on > on:
            yield defect(
                f"/papers/{place}/made_on", "paper_of_the_future", order.article("papers"), day=paper.made_on
            )
        if paper.of is not None and paper.of not in plan.organisations:
            yield defect(f"/papers/{place}/of", "paper_of_a_stranger", order.article("papers"), of=paper.of)
    for kind, item in order.papers.items():
        article = f"{order.cite}, Art. {item}"
        if kind == "licences":
            if plan.licences_needed and not any(paper.kind == kind for paper in plan.papers):
                yield defect("/papers", "paper_missing", article, kind=kind, name="-")
        elif kind == "measures":
            if not any(paper.kind == kind for paper in plan.papers):
                yield defect("/papers", "paper_missing", article, kind=kind, name="-")
        else:
            yield from _papers_of_each(plan, kind, article)


def _papers_of_each(plan: Plan, kind: str, article: str) -> Iterator[Defect]:
    for one in plan.participants:
        # Sole plans need not say whose papers they are.
        mine = [
            paper
            for paper in plan.papers
            if paper.kind == kind
            and (paper.of == one.organisation or (paper.of is None and len(plan.participants) == 1))
        ]
        if kind == "accounts":
            years = {paper.year_ends_on for paper in mine}
            enough = len(years) >= YEARS_OF_ACCOUNTS or any(paper.instead for paper in mine)
            if mine and not enough:
                yield defect("/papers", "accounts_of_three_years", article, name=one.name, found=len(years))
                continue
        if not mine:
            yield defect("/papers", "paper_missing", article, kind=kind, name=one.name)


RULES: tuple[Rule, ...] = (
    _material,
    _participants,
    _efforts,
    _funds,
    _measures,
    _licences,
    _competition,
    _papers,
)
"""Every rule, in the order of the law."""

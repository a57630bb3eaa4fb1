"""Which article asks for what: the Act, and the order of the ministry whose business the plan is for.

Each order has its own numbering (`services.infra_review.orders`), so a rule names what the order's article is
about, and the ministry is known when a plan is looked at.
"""

from __future__ import annotations

from services.infra_review.orders import Subject, article_of, orders
from services.infra_review.plan.walk import Role
from services.platform.law.values import Value


class Cite(Value):
    """An article of the Act, and the ministry's below it: `54(1); MIC Order 64 of 2023, Art. 24(1)(i)`."""

    act: str
    subject: Subject
    item: str = ""
    until: Subject | None = None
    """The last of several articles of the order, when the matter runs through them."""

    def of(self, ministry: str) -> str:
        """The citation for a ministry; of the Act alone when none is known or its text was not found."""
        found = article_of(ministry, self.subject, self.item)
        if found and self.until:
            last = orders()[ministry].articles[self.until]
            found = f"{found.replace(', Art. ', ', Arts. ')}-{last}"
        return f"{self.act}; {found}" if found else self.act


def _each(supplier: str, component: str, contractor: str, below: str) -> dict[Role, Cite]:
    return {
        "supplier": Cite("52(2)(ii)ロ", "supplier", supplier),
        "component_supplier": Cite("52(2)(ii)ハ", "component", component),
        "contractor": Cite("52(2)(iii)ロ", "contractor", contractor),
        "re_contractor": Cite("52(2)(iii)ハ", "re_contractor", below),
    }


IDENTITY = _each("(i)", "(ii)", "(i)", "(iii)")
"""Name, representative, address and governing law; name, address and nationality of an individual."""
HOLDERS = _each("(ii)", "(iii)", "(ii)", "(iv)")
OFFICERS = _each("(iii)", "(iv)", "(iii)", "(v)")
SALES = _each("(iv)", "(v)", "(iv)", "(vi)")
FACTORIES: dict[Role, Cite] = {
    "supplier": Cite("52(2)(ii)ロ", "supplier", "(v)"),
    "component_supplier": Cite("52(2)(ii)ハ", "component", "(vi)"),
}
COMPONENT = Cite("52(2)(ii)ハ", "component", "(i)")
WORK: dict[Role, str | Cite] = {
    "contractor": "52(2)(iii)イ",
    "re_contractor": Cite("52(2)(iii)ハ", "re_contractor", "(i)-(ii)"),
}
WORK_KINDS = Cite("52(1)", "important_work")
REGISTRY = Cite("52(1)", "notification", "(2)(i)")
PERSONAL_PAPER = Cite("52(1)", "notification", "(2)(ii)")
PAPERS = Cite("52(1)", "notification", "(2)")
RELIEF = Cite("52(2)(iii)ハ", "relief")
MEASURES_INTRODUCTION = Cite("52(2)(iv)", "measures", "(i)")
MEASURES_OUTSOURCING = Cite("52(2)(iv)", "measures", "(ii)")
EQUIPMENT_KINDS = Cite("50(1)", "equipment")
FACTS = Cite("52(2)(ii), (iii)", "supplier", until="re_contractor")
"""What concerns the facts of every party alike."""


def important(item: str) -> Cite:
    """An important change (重要な変更), notified in advance: `23(1)` in METI's order."""
    return Cite("54(1)", "important_change", f"(1){item}")


def minor(item: str) -> Cite:
    """A minor change (軽微な変更), of which nothing is asked: `24` in METI's order."""
    return Cite("54(4)", "minor_change", item)


COMPONENT_REPORT = Cite("54(4)", "change_report", "(2)")
"""What is still reported once the equipment has been introduced."""

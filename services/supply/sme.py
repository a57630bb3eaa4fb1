"""Small and medium enterprises (中小企業者): Art. 26 as a test, and its effects (Arts. 27, 28). Pure."""

from __future__ import annotations

from typing import Annotated, Literal

from services.platform.law.values import AtLeast, Value

Industry = Literal[
    "manufacturing_and_others", "wholesale", "services", "retail", "rubber", "software", "inns"
]
"""The kind of its main business, as Art. 26 and Cabinet Order Art. 5(1) tell them apart."""
Form = Literal[
    "company",
    "individual",
    "joint_enterprise",
    "cooperative_enterprise",
    "listed_cooperative",
    "medical_corporation",
    "other",
]
"""In which form it does business; `listed_cooperative` is one of Cabinet Order Art. 5(2)."""


class Enterprise(Value):
    """What the test asks: form, main business, capital in yen, employees (常時使用する従業員)."""

    form: Form
    industry: Industry
    employees: Annotated[int, AtLeast(0)]
    capital_yen: Annotated[int, AtLeast(0)] | None = None


class Advantage(Value):
    """What being one brings."""

    article: str
    en: str
    ja: str


class Tested(Value):
    """Whether an enterprise is a small or medium one, by which item, and what that brings."""

    small_or_medium: bool
    article: str
    capital_limit_yen: int | None
    employee_limit: int | None
    effects: tuple[Advantage, ...]


def tested(enterprise: Enterprise) -> Tested:
    """Art. 26 on an enterprise."""
    from services.supply.data_files import read

    table = read("sme")
    limits = {one["id"]: one for one in table["form"]}.get(enterprise.form)
    by_size = {one["id"]: one for one in table["industry"]}[enterprise.industry]
    effects = tuple(Advantage(one["article"], one["en"], one["ja"]) for one in table["effect"])
    if enterprise.form in ("company", "individual"):
        capital, employees = by_size["capital"], by_size["employees"]
        # 「資本金の額…以下の会社並びに…従業員の数…以下の会社及び個人」: a company meets it by either number.
        by_capital = enterprise.form == "company" and (
            enterprise.capital_yen is not None and enterprise.capital_yen <= capital
        )
        is_one = by_capital or enterprise.employees <= employees
        return Tested(is_one, by_size["article"], capital, employees, effects if is_one else ())
    if limits is None:
        return Tested(False, "26", None, None, ())
    most = limits.get("employees")
    is_one = most is None or enterprise.employees <= most
    return Tested(is_one, limits["article"], None, most, effects if is_one else ())

"""Which article asks for what: the Act, and METI Order No. 41 of 2023 item by item for each role.

The other ministries' orders follow the same pattern; only METI's numbering was read in full (see ADR 0043).
"""

from __future__ import annotations

from services.infra_review.plan.walk import Role

ORDER = "METI Order 41 of 2023, Art."


def _each(supplier: str, component: str, contractor: str, below: str) -> dict[Role, str]:
    return {
        "supplier": f"52(2)(ii)ロ; {ORDER} {supplier}",
        "component_supplier": f"52(2)(ii)ハ; {ORDER} {component}",
        "contractor": f"52(2)(iii)ロ; {ORDER} {contractor}",
        "re_contractor": f"52(2)(iii)ハ; {ORDER} {below}",
    }


IDENTITY = _each("11(i)", "13(ii)", "14(i)", "15(iii)")
"""Name, representative, address and governing law; name, address and nationality of an individual."""
HOLDERS = _each("11(ii)", "13(iii)", "14(ii)", "15(iv)")
OFFICERS = _each("11(iii)", "13(iv)", "14(iii)", "15(v)")
SALES = _each("11(iv)", "13(v)", "14(iv)", "15(vi)")
FACTORIES: dict[Role, str] = {
    "supplier": f"52(2)(ii)ロ; {ORDER} 11(v)",
    "component_supplier": f"52(2)(ii)ハ; {ORDER} 13(vi)",
}
COMPONENT = f"52(2)(ii)ハ; {ORDER} 13(i)"
WORK: dict[Role, str] = {
    "contractor": "52(2)(iii)イ",
    "re_contractor": f"52(2)(iii)ハ; {ORDER} 15(i)-(ii)",
}
REGISTRY = f"52(1); {ORDER} 9(2)(i)"
PERSONAL_PAPER = f"52(1); {ORDER} 9(2)(ii)"
PAPERS = f"52(1); {ORDER} 9(2)"
RELIEF = f"{ORDER} 17"
MEASURES_INTRODUCTION = f"52(2)(iv); {ORDER} 16(i)"
MEASURES_OUTSOURCING = f"52(2)(iv); {ORDER} 16(ii)"
EQUIPMENT_KINDS = f"50(1); {ORDER} 1"
FACTS = "52(2)(ii)ロ; METI Order 41 of 2023, Arts. 11-15"
"""What concerns the facts of every party alike."""

"""The example plan of the docs, and two ways to spoil it: put a value at a JSON pointer, or take one away."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace

from services.infra_review.plan.model import Plan, Ratio
from tests.values import values

FILED_ON = date(2026, 5, 7)
EXAMPLE_FILE = Path(__file__).parents[4] / "docs" / "examples" / "plan.json"
EXAMPLE = msgspec.json.decode(EXAMPLE_FILE.read_bytes(), type=Plan)
SUPPLIER = "/introduction/supplier"
CONTRACTOR = "/outsourcing/contractor"
RE_CONTRACTOR = "/outsourcing/re_outsourced/0/party"
RELIEVED = "/outsourcing/re_outsourced/0/re_outsourced/0"


def at(it: Any, pointer: str) -> Any:
    """The value at `pointer`."""
    for step in pointer.split("/")[1:]:
        it = it[int(step)] if isinstance(it, tuple) else getattr(it, step)
    return it


def put(it: Any, pointer: str, value: Any) -> Any:
    """`it` with `value` at `pointer`."""
    if pointer == "":
        return value
    head, _, rest = pointer[1:].partition("/")
    rest = f"/{rest}" if rest else ""
    if isinstance(it, tuple):
        index = int(head)
        return (*it[:index], put(it[index], rest, value), *it[index + 1 :])
    return replace(it, **{head: put(getattr(it, head), rest, value)})


def without(it: Any, pointer: str) -> Any:
    """`it` without what lies at `pointer`: a member leaves its list, a field is no longer stated."""
    above, _, last = pointer.rpartition("/")
    owner = at(it, above)
    if isinstance(owner, tuple):
        return put(it, above, owner[: int(last)] + owner[int(last) + 1 :])
    return put(it, pointer, () if last in ("kinds", "governments", "measures") else None)


def percent(text: str) -> Ratio:
    """A share written like `33.34`, exactly."""
    whole, _, decimals = text.partition(".")
    return Ratio(int(whole + decimals), 100 * 10 ** len(decimals))


ANY_PLAN: st.SearchStrategy[Plan] = values(Plan)

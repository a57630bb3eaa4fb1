"""Art. 53(2), (3): what of a plan begins in the six months after an amendment brought equipment or work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from services.infra_review import orders, sectors
from services.infra_review.plan.grace import in_grace
from services.infra_review.plan.model import Plan
from services.statute import period
from tests.services.infra_review.plan.plans import EXAMPLE, put

DESIGNATED = date(2023, 11, 16)
AMENDED = date(2025, 6, 13)
LAST = period("infra.grace_new_equipment").starting(AMENDED).last_day


def freight(kind: str, introduced: date, outsourced: date) -> Plan:
    plan = put(replace(EXAMPLE, business="general_motor_truck"), "/equipment/kind", kind)
    return put(put(plan, "/introduction/on", introduced), "/outsourcing/work/begins_on", outsourced)


def articles(plan: Plan, done_on: date | None = None) -> list[tuple[date, str]]:
    return [(begins, grace.article) for begins, grace in in_grace(plan, DESIGNATED, done_on)]


@pytest.mark.parametrize("kind", ["dispatch_planning", "cargo_tracking"])
def test_each_part_of_a_freight_plan_is_free_for_itself_until_the_six_months_end(kind: str) -> None:
    after = LAST + timedelta(days=1)
    assert articles(freight(kind, LAST, LAST)) == [(LAST, "53(2)")] * 2
    assert articles(freight(kind, LAST, after)) == [(LAST, "53(2)")]
    assert articles(freight(kind, after, after)) == []
    assert articles(freight(kind, after, after), done_on=AMENDED) == [(AMENDED, "53(2)")] * 2


def test_what_had_all_functions_has_no_second_grace() -> None:
    assert articles(freight("transport_management", AMENDED, LAST)) == []


@given(st.dates(date(2024, 6, 1), date(2027, 1, 1)))
def test_the_grace_of_the_amendment_is_from_its_day_to_the_last(begins: date) -> None:
    free = bool(articles(freight("dispatch_planning", begins, date(2030, 1, 1))))
    assert free is (AMENDED <= begins <= LAST)


@given(st.dates(date(2024, 6, 1), date(2030, 1, 1)))
def test_no_amendment_has_freed_what_was_listed_from_the_first(begins: date) -> None:
    assert (
        articles(put(put(EXAMPLE, "/introduction/on", begins), "/outsourcing/work/begins_on", begins)) == []
    )


@pytest.fixture
def operation_newly_important(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[date]:
    """An amendment of every order makes operation important on 1 April 2026; maintenance always was."""
    text = orders._FILE.read_text(encoding="utf-8")
    entry = text.index('kind = "operation"')
    later = text[:entry] + text[entry:].replace("from = 2023-11-17", "from = 2026-04-01")
    amended = tmp_path / "orders.toml"
    amended.write_text(later, encoding="utf-8")
    monkeypatch.setattr(orders, "_FILE", amended)
    forget()
    yield date(2026, 4, 1)
    monkeypatch.undo()
    forget()


def forget() -> None:
    for cached in (orders._table, orders.orders, orders.plan_articles_from):
        cached.cache_clear()
    for read in (sectors._parsed, sectors._named, sectors._table, sectors._sector):
        read.cache_clear()


def test_work_newly_important_is_free_alone_and_not_beside_work_that_was(
    operation_newly_important: date,
) -> None:
    last = period("infra.grace_new_maintenance").starting(operation_newly_important).last_day
    alone = put(replace(EXAMPLE, introduction=None), "/outsourcing/work/kinds", ("operation",))
    for begins, free in ((last, ["53(3)"]), (last + timedelta(days=1), [])):
        plan = put(alone, "/outsourcing/work/begins_on", begins)
        assert [article for _, article in articles(plan)] == free
        both = put(plan, "/outsourcing/work/kinds", ("maintenance", "operation"))
        assert articles(both) == []
    before = operation_newly_important - timedelta(days=1)
    known = sectors.sector("gas", before).important_work, sectors.sector("gas", last).important_work
    assert [len(works) for works in known] == [1, 2]

"""What a cabinet order lists, as of any day, and what an amendment did to it."""

from datetime import date

import pytest
from click.testing import CliRunner

from services.statute import Refused
from services.statute.cli import statute_commands
from services.statute.lists import (
    changed,
    exempted_suppliers,
    listed,
    lists,
    materials,
    technology_fields,
    technology_items,
)
from services.statute.texts import history, text


def day(written: str) -> date:
    return date.fromisoformat(written)


@pytest.mark.parametrize(
    ("on", "count"),
    [("2022-12-22", 0), ("2023-01-01", 11), ("2024-02-02", 12), ("2025-12-23", 12), ("2025-12-24", 16)],
)
def test_critical_materials_as_of_a_day(on: str, count: int) -> None:
    assert len(materials(day(on))) == count


def test_an_amendment_of_materials_is_told() -> None:
    told = changed("critical_materials", day("2025-12-23"), day("2025-12-24"))
    assert [one.id for one in told.added] == [
        "ventilators",
        "unmanned_aircraft",
        "satellites",
        "rocket_parts",
    ]
    assert told.removed == ()
    assert [after.id for _, after in told.reworded] == ["ship_parts", "electronic_components"]
    uranium = changed("critical_materials", day("2023-01-01"), day("2024-02-02"))
    assert [one.id for one in uranium.added] == ["electronic_components"]
    assert [after.id for _, after in uranium.reworded] == ["critical_minerals"]


def test_each_material_names_its_ministry_and_that_ministry_s_order() -> None:
    by_id = {one.id: one for one in materials(day("2026-06-01"))}
    assert (by_id["ventilators"].ministry, by_id["ventilators"].order) == (
        "MHLW and METI",
        "supply_plan_mhlw_meti",
    )
    assert by_id["fertilizers"].ministry == "MAFF"
    assert all(one.ministry_known for one in by_id.values())


def test_technology_fields_are_25_with_47_items() -> None:
    assert technology_fields(day("2024-04-30"))[:1] == ()
    for on in ("2024-05-01", "2025-01-01", "2026-06-01"):
        assert len(technology_items(day(on))) == 47
        fields = technology_fields(day(on))
        assert len(fields) == 25
        assert {item.id for field in fields for item in field.items} == {str(n) for n in range(1, 48)}


def test_the_new_edition_of_the_classification_renumbered_three_items() -> None:
    before, after = technology_fields(day("2024-12-31")), technology_fields(day("2025-01-01"))
    jamming = [[item.item for item in fields[18].items] for fields in (before, after)]
    assert jamming == [["47"], ["45"]]
    assert [
        new.id for _, new in changed("technology_items", day("2024-12-31"), day("2025-01-01")).reworded
    ] == [
        "45",
        "46",
        "47",
    ]


def test_which_items_ask_for_more_is_as_article_12_2_says() -> None:
    """Items 2, 3, 5, 6, 8-13, 17, 18, 23, 24, 40, 41 and 45-47, item 13 in part."""
    asking = {int(one.item) for one in technology_items(day("2026-06-01")) if one.also_asks}
    assert asking == {2, 3, 5, 6, *range(8, 14), 17, 18, 23, 24, 40, 41, 45, 46, 47}
    [part] = [one for one in technology_items(day("2026-06-01")) if one.but_not_for]
    assert (part.item, part.but_not_for[0]) == ("13", "B63G 8/28")


def test_suppliers_are_exempted_since_article_52_took_effect() -> None:
    assert exempted_suppliers(day("2023-11-16")) == ()
    assert len(exempted_suppliers(day("2023-11-17"))) == 5


PLACES = [
    ("critical_materials", "cabinet_order", "1"),
    ("technology_items", "cabinet_order", "12"),
    ("exempted_suppliers", "cabinet_order", "10"),
    ("financial_institutions", "cabinet_order", "2"),
    ("barring_laws", "cabinet_order", "3"),
    ("foreign_filing_exceptions", "cabinet_order", "14"),
    ("support_agencies", "act", "table"),
]


@pytest.mark.parametrize(("name", "instrument", "article"), PLACES)
def test_a_list_is_the_order_s_text_on_every_day_of_its_history(
    name: str, instrument: str, article: str
) -> None:
    for on in history(instrument):
        try:
            paragraph = text(instrument, article, on).paragraphs[0]
        except Refused:
            assert listed(name, on) == ()
            continue
        assert [(one.item, one.wording) for one in listed(name, on)] == [
            (item.number, item.text) for item in paragraph.items
        ]


def test_every_list_is_compared_and_no_other_is_known() -> None:
    assert {*lists()} == {name for name, _, _ in PLACES} | {"technology_fields"}
    with pytest.raises(Refused) as refused:
        listed("nothing", day("2026-06-01"))
    assert refused.value.code == "unknown_list"


@pytest.mark.parametrize(
    ("name", "told"),
    [("critical_materials", "+ 13 人工呼吸器"), ("cabinet_order", "1 特定重要物資の指定: changed")],
)
def test_what_an_amendment_changed_is_printed(name: str, told: str) -> None:
    words = ("amended", name, "--after", "2025-12-23", "--until", "2025-12-24")
    result = CliRunner().invoke(statute_commands, words)
    assert result.exit_code == 0
    assert told in result.output.split("\n")


def test_nothing_is_told_of_what_is_neither_instrument_nor_list() -> None:
    result = CliRunner().invoke(
        statute_commands, ("amended", "nothing", "--after", "2025-01-01", "--until", "2025-01-02")
    )
    assert result.exit_code == 2

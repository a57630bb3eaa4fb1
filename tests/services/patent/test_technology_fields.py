"""The tables of Cabinet Order Art. 12 say what the order says, in each of its versions."""

import re
from datetime import date

import pytest

from services.patent.data_files import read
from services.patent.ipc import canonical, places
from services.patent.technology_fields import Tables, fields, requirements, tables, versions
from services.statute import Refused
from tests.services.patent import order


@pytest.mark.parametrize("version", versions(), ids=lambda version: version.since.isoformat())
class TestEachVersion:
    def test_has_the_forty_seven_items_of_the_order(self, version: Tables) -> None:
        assert {item.number for item in version.items} == set(range(1, 48))

    def test_an_item_has_the_symbols_its_own_words_list(self, version: Tables) -> None:
        for number in range(1, 48):
            rows = version.item(number)
            listed = order.symbols(rows[0].text)
            if len(rows) == 1:
                assert [list(one) for one in rows[0].all_of] == listed, number
            else:
                assert sorted(place for row in rows for place in row.all_of[0]) == sorted(listed[0]), number

    def test_what_an_item_must_concern_is_what_its_words_say(self, version: Tables) -> None:
        said = {
            "uranium_or_plutonium": "ウラン又はプルトニウム",
            "quantum_dot_or_superlattice": "量子ドット又は超格子",
        }
        for item in version.items:
            about = re.search(r"のうち、(.+)に関するもの", item.text)
            assert (said[item.about] if item.about else None) == (about and about[1]), item.number

    def test_the_additional_requirement_is_needed_where_paragraph_2_names_the_item(
        self, version: Tables
    ) -> None:
        named, freed = re.split(
            r"に掲げる技術の分野（", read("additional_requirement")["named_by"], maxsplit=1
        )
        (taken_out,) = re.findall(r"（([^（）]+に係る部分を除く。)）", named)
        (apart,) = (set(listed) for listed in order.symbols(taken_out))
        with_it, without = order.numbers(named), order.numbers(freed)
        assert with_it & without == {13}
        assert with_it | without == set(range(1, 48))
        assert apart == {"B63G 8/28", "B63G 8/30", "B63G 8/32", "B63G 8/33"}
        for item in version.items:
            if item.number == 13:
                assert item.requirement == (not apart & set(item.all_of[0])), item.part
                assert item.requirement or set(item.all_of[0]) == apart
            else:
                assert item.requirement == (item.number in with_it), item.number

    def test_every_item_lies_in_one_of_the_twenty_five_fields(self, version: Tables) -> None:
        assert {item.field for item in version.items} == set(fields()) == set(range(1, 26))


def test_items_45_to_47_were_written_anew_on_1_january_2025() -> None:
    before, after = tables(date(2024, 12, 31)), tables(date(2025, 1, 1))
    changed = {item.number for item in after.items if item not in before.items}
    assert changed == {45, 46, 47}
    assert before.item(47)[0].all_of == after.item(45)[0].all_of == (("H04K 3",),)
    assert {place[:4] for number in (45, 46) for place in before.item(number)[0].all_of[0]} == {"H01L"}
    assert {place[:4] for number in (46, 47) for place in after.item(number)[0].all_of[0]} == {"H10F"}


def test_a_field_is_the_same_field_under_another_number_of_item() -> None:
    for day in (date(2024, 5, 1), date(2025, 1, 1)):
        of = {item.field: item.all_of for item in tables(day).items if item.field == 19}
        assert of == {19: (("H04K 3",),)}


def test_there_are_no_tables_before_the_chapter_was_in_force() -> None:
    with pytest.raises(Refused) as refused:
        tables(date(2024, 4, 30))
    assert refused.value.code == "not_in_force"


def test_one_of_four_requirements_is_enough_and_each_has_its_article() -> None:
    items = [one.article.rpartition("Art. 12")[2] for one in requirements().values()]
    assert items == ["(3)(i)", "(3)(ii)", "(3)(iii)", "(3)(iv)"]


def test_every_place_of_the_tables_lies_in_the_classification() -> None:
    for version in versions():
        for place in {place for item in version.items for listed in item.all_of for place in listed}:
            whole = place if "/" in place else f"{place}{'B'[len(place) - 3 :] if len(place) == 3 else ''}"
            symbol = whole if "/" in whole else f"{whole}/00" if " " in whole else f"{whole} 1/00"
            assert place in places(canonical(symbol))

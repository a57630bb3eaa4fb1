"""All 86 rows of the table of deadlines exist as records, and say what the table says."""

import csv
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from services.statute import Refused, period, periods
from services.statute.periods import Period

ROWS = list(csv.DictReader(Path(__file__).with_name("rows.csv").read_text("utf-8").splitlines()))


def test_the_table_has_86_rows_and_every_one_is_a_record() -> None:
    assert len(ROWS) == 86
    assert [record.ref for record in periods()] == [row["ref"] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=[row["ref"] for row in ROWS])
def test_a_record_says_what_its_row_says(row: dict[str, str]) -> None:
    record = period(row["ref"])
    assert record.article_ja == row["article"]
    assert record.who == row["who"]
    assert str(record.number or "") == row["length"]
    assert (record.unit or record.pace) == row["unit"]
    counted = {"the day itself": "yes", "the next day": "no", "none": "n/a"}[record.day_one]
    assert counted == row["first_day_counted"]
    assert (record.moves == "next open day") == (row["moves"] == "yes")


@pytest.mark.parametrize("record", periods(disabled=True), ids=lambda record: record.ref)
def test_a_record_is_complete_and_bilingual(record: Period) -> None:
    assert record.name
    assert record.source
    for words in (record.title, record.trigger, record.on_lapse, *[r.says for r in record.readings]):
        assert words.en
        assert words.ja
        assert not words.en.endswith(".")
    if record.readings:
        assert sum(reading.taken for reading in record.readings) == 1
        known = {field.name for field in fields(Period)}
        assert all(set(reading.changes) <= known for reading in record.readings)
    if record.ceiling:
        assert period(record.ceiling).computable
        assert "extend" in record.may


def test_names_and_rows_are_unique() -> None:
    records = periods(disabled=True)
    assert len({record.name for record in records}) == len({record.ref for record in records}) == len(records)


@pytest.mark.parametrize("record", [r for r in periods() if not r.computable], ids=lambda r: r.ref)
def test_what_has_no_number_has_no_legal_day(record: Period) -> None:
    with pytest.raises(Refused) as refused:
        record.starting(record.effective_from)
    assert refused.value.code in ("without_a_number", "set_by_the_authority", "between")
    assert record.pace
    assert record.pace in str(refused.value)


@pytest.mark.parametrize("record", [r for r in periods() if r.computable], ids=lambda r: r.ref)
def test_every_computable_record_explains_itself_in_both_languages(record: Period) -> None:
    deadline = record.starting(record.effective_from)
    sentences = deadline.explanation
    assert sentences[0].code == "rule"
    assert all(sentence.en and sentence.ja for sentence in sentences)
    assert record.article in sentences[0].en
    assert not any("{" in sentence.en + sentence.ja for sentence in sentences)


def test_placeholders_of_act_38_of_2026_are_disabled_and_not_listed() -> None:
    disabled = [record for record in periods(disabled=True) if not record.enabled]
    assert [record.ref for record in disabled] == [f"A38-0{n}" for n in range(1, 6)]
    assert all(record.length is None and record.article == "not read" for record in disabled)


def test_a_change_of_a_fertilizer_plan_counts_from_the_application_since_the_order_began() -> None:
    change = period("supply.change_certification").of_order("MAFF")
    assert change.article == "MAFF Order 75 of 2022, Art. 5(4)"
    assert change.trigger.ja == "変更の認定の申請があった日"
    assert change.effective_from == date(2022, 12, 28)
    assert period("supply.change_certification").of_order("METI").effective_from == date(2023, 1, 19)


def test_periodic_reports_began_with_the_first_order() -> None:
    assert period("supply.periodic_report", on=date(2022, 12, 28)).pinned
    with pytest.raises(Refused):
        period("supply.periodic_report", on=date(2022, 12, 27))

"""The committed holiday table: reproducible, agreed on by two libraries, honest about expectations."""

from datetime import date

import holidays
import jpholiday
import pytest

from services.statute import Refused, Words, holiday_table, period
from services.statute.build_holiday_table import build
from services.statute.data_files import read_text
from services.statute.office_calendar import parse_table

TABLE = holiday_table()
YEARS = range(TABLE.first_year, TABLE.last_year + 1)
YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)}


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_committed_file_is_what_the_generator_writes() -> None:
    assert build(TABLE.version, TABLE.announced_through).canonical() == read_text(
        "holidays", f"{TABLE.version}.csv"
    )


def test_two_libraries_agree_with_the_table() -> None:
    japan = set(holidays.country_holidays("JP", years=list(YEARS)))
    for year in YEARS:
        closing = {date(year, month, number) for month, number in YEAR_END}
        table = {closed for closed, _, _ in TABLE.closed_days(year)}
        assert table == {closed for closed, _ in jpholiday.year_holidays(year)} | closing
        assert table == {closed for closed in japan if closed.year == year} | closing


def test_a_table_reads_back_what_it_writes() -> None:
    again = parse_table(TABLE.canonical())
    assert again == TABLE
    assert again.sha256 == TABLE.sha256


def test_one_altered_holiday_changes_the_hash() -> None:
    assert TABLE.amended(TABLE.version, removed=[day("2026-05-06")]).sha256 != TABLE.sha256
    renamed = TABLE.amended(TABLE.version, added={day("2026-05-06"): Words("another name", "別の名")})
    assert renamed.sha256 != TABLE.sha256


def test_equinox_days_not_yet_announced_are_flagged() -> None:
    assert TABLE.is_settled(day("2026-09-23"))
    assert not TABLE.is_settled(day("2027-03-22"))
    answer = period("infra.answer_to_recommendation").starting(day("2028-03-11"))
    assert (answer.moved_from, answer.last_day) == (day("2028-03-20"), day("2028-03-21"))
    assert "equinox_expected" in [sentence.code for sentence in answer.explanation]


def test_beyond_its_years_the_table_refuses_to_guess() -> None:
    with pytest.raises(Refused, match="covers 2000 to 2060"):
        period("infra.answer_to_recommendation").starting(day("2061-01-20"))
    assert period("infra.standstill").starting(day("2061-01-20")).last_day == day("2061-02-18")
    with pytest.raises(Refused):
        holiday_table("1999-01-01")
    with pytest.raises(Refused):
        period("infra.standstill").starting(date(9999, 12, 20))


def test_a_deadline_can_be_counted_with_another_table() -> None:
    amended = TABLE.amended("2026-04-30", added={day("2026-05-07"): Words("a new holiday", "新しい祝日")})
    answer = period("infra.answer_to_recommendation").starting(day("2026-04-24"), holidays=amended)
    assert answer.last_day == day("2026-05-08")

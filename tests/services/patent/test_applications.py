"""Intake of applications (Art. 66): everything wrong at once, and the periods from the right day (66(4),
78(3))."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.patent.applications import Application, Origin, Route, against, defects
from services.patent.data_files import read
from services.patent.periods import periods_of
from tests.values import values

TODAY = date(2026, 6, 1)
FILED = date(2026, 4, 1)


def codes(application: Application, today: date = TODAY) -> list[tuple[str, str]]:
    return [(found.field, found.code) for found in defects(application, today)]


def test_an_ordinary_application_has_no_defect() -> None:
    assert codes(Application("2026-000001", FILED, ("F41H 13/00", "B64C0039020000"))) == []


def test_everything_wrong_is_said_at_once() -> None:
    wrong = Application(
        "2026-000001",
        date(2026, 6, 2),
        ("G99Z", "F41H 13/00", "nonsense"),
        received_on=date(2026, 6, 1),
        origins=(
            Origin("division"),
            Origin("translation", date(2026, 6, 3)),
            Origin("division", date(2026, 6, 2)),
        ),
        priority_from=date(2026, 6, 3),
        requested_on=date(2026, 6, 4),
    )
    assert codes(wrong) == [
        ("/filed_on", "filed_in_the_future"),
        ("/symbols/0", "symbol_without_group"),
        ("/symbols/2", "symbol_not_valid"),
        ("/received_on", "received_before_filing"),
        ("/origins/0/on", "route_without_day"),
        ("/origins/1/on", "route_in_the_future"),
        ("/origins/2/route", "route_twice"),
        ("/origins/2/on", "route_in_the_future"),
        ("/priority_from", "priority_after_filing"),
        ("/requested_on", "request_apart_from_filing"),
    ]


def test_a_day_of_filing_is_a_day_in_japan_and_today_is_no_future() -> None:
    assert codes(Application("2026-000001", TODAY)) == []


def test_a_request_for_review_is_made_together_with_the_filing() -> None:
    divided = date(2026, 5, 20)
    on_the_day = Application(
        "2026-000002",
        FILED,
        origins=(Origin("division", divided),),
        received_on=divided,
        requested_on=divided,
    )
    assert codes(on_the_day) == []
    assert codes(Application("2026-000001", FILED, requested_on=TODAY)) == [
        ("/requested_on", "request_apart_from_filing")
    ]


def test_a_utility_model_application_has_no_request_and_no_origin_of_the_table() -> None:
    wrong = Application(
        "2026-000001", FILED, kind="utility_model", requested_on=FILED, origins=(Origin("division", FILED),)
    )
    assert codes(wrong) == [
        ("/origins/0/route", "route_of_utility_model"),
        ("/requested_on", "request_for_utility_model"),
    ]


def test_a_national_phase_is_outside_and_not_also_in_the_table() -> None:
    both = Application(
        "2026-000001", FILED, origins=(Origin("pct_national_phase", FILED), Origin("division", FILED))
    )
    assert codes(both) == [("/origins", "outside_and_inside")]


def test_the_same_filing_again_is_the_same_however_it_is_written() -> None:
    first = Application("2026-000001", FILED, ("F41H 13/00", "B64C 39/02"))
    again = Application(
        "2026-000001", FILED, ("B64C0039020000", "F41H13/00", "F41H 13/00"), received_on=FILED
    )
    assert against(again, first) == ()


def test_other_facts_under_one_number_name_the_fields_and_not_what_they_hold() -> None:
    first = Application("2026-000001", FILED, ("F41H 13/00",))
    other = Application("2026-000001", date(2026, 4, 2), ("A01B 1/02",), priority_from=FILED)
    found = against(other, first)
    assert [one.field for one in found] == ["/filed_on", "/symbols", "/received_on", "/priority_from"]
    assert {one.code for one in found} == {"other_facts_under_one_number"}


@given(values(Application), values(Application))
def test_no_defect_repeats_a_symbol_or_a_text_of_the_application(
    application: Application, other: Application
) -> None:
    catalogue = {(entry["en"], entry["ja"]) for entry in read("defects").values()}
    same_symbols = Application(other.number, other.filed_on)
    for found in (
        *defects(application, TODAY),
        *against(same_symbols, Application(application.number, application.filed_on)),
    ):
        assert (found.message, found.message_ja) in catalogue
        assert found.article


@given(st.dates(date(2024, 5, 1), date(2050, 1, 1)))
def test_the_three_and_the_ten_months_leave_the_filing_date_out(filed_on: date) -> None:
    periods = periods_of(Application("2026-000001", filed_on))
    assert periods.sending is not None
    assert periods.foreign_filing_ban is not None
    assert periods.not_sent_request is not None
    assert periods.sending.day_one == periods.foreign_filing_ban.day_one
    assert (periods.sending.day_one - filed_on).days == 1
    assert periods.sending.moved_from is periods.foreign_filing_ban.moved_from is None
    assert periods.not_sent_request.last_day >= periods.sending.last_day


@pytest.mark.parametrize(
    ("route", "three_months", "ten_months"),
    [
        ("translation", date(2026, 8, 20), date(2027, 3, 20)),
        ("reference_filing", date(2026, 8, 20), date(2027, 3, 20)),
        ("late_supplement", date(2026, 8, 20), date(2027, 3, 20)),
        ("conversion", date(2026, 8, 20), date(2027, 3, 20)),
        ("division", date(2026, 8, 20), date(2027, 2, 1)),
        ("design_conversion", date(2026, 7, 1), date(2027, 2, 1)),
        ("utility_registration", date(2026, 7, 1), date(2027, 2, 1)),
    ],
)
def test_each_way_of_filing_starts_its_periods_where_its_table_says(
    route: Route, three_months: date, ten_months: date
) -> None:
    periods = periods_of(Application("2026-000001", FILED, origins=(Origin(route, date(2026, 5, 20)),)))
    assert periods.sending is not None
    assert periods.foreign_filing_ban is not None
    assert (periods.sending.last_day, periods.foreign_filing_ban.last_day) == (three_months, ten_months)


def test_priority_moves_no_start_date() -> None:
    claimed = Application("2026-000001", FILED, priority_from=date(2025, 5, 1))
    assert periods_of(claimed) == periods_of(Application("2026-000001", FILED))


def test_no_period_runs_before_the_translation_is_there() -> None:
    periods = periods_of(Application("2026-000001", FILED, origins=(Origin("translation"),)))
    assert periods.sending is periods.foreign_filing_ban is periods.not_sent_request is None


@pytest.mark.parametrize(
    "outside",
    [
        Application("2026-000001", FILED, kind="utility_model"),
        Application("2026-000001", FILED, origins=(Origin("pct_national_phase", FILED),)),
    ],
)
def test_what_is_outside_has_no_period_of_sending(outside: Application) -> None:
    assert periods_of(outside).sending is None

"""Chapter 3's periods, read as the statute reads (worked examples of Arts. 50, 52 and 53)."""

from datetime import UTC, date, datetime

import pytest

from services.statute import Refused, legal_day, next_open_day, open_days_before, period


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("accepted", "last", "free"),
    [
        ("2026-06-01", "2026-06-30", "2026-07-01"),
        ("2024-06-03", "2024-07-02", "2024-07-03"),
        ("2027-02-01", "2027-03-02", "2027-03-03"),
        ("2028-02-01", "2028-03-01", "2028-03-02"),
        ("2025-12-05", "2026-01-03", "2026-01-04"),
    ],
)
@pytest.mark.parametrize("name", ["infra.standstill", "infra.recommendation_power", "infra.order_power"])
def test_thirty_days_count_the_day_of_acceptance_and_never_move(
    name: str, accepted: str, last: str, free: str
) -> None:
    standstill = period(name).starting(day(accepted))
    assert standstill.day_one == day(accepted)
    assert (standstill.last_day, standstill.free_from) == (day(last), day(free))
    assert standstill.moved_from is None


def test_the_free_instant_is_midnight_in_japan() -> None:
    standstill = period("infra.standstill").starting(day("2026-06-01"))
    assert standstill.free_at == standstill.ends_at == datetime(2026, 6, 30, 15, tzinfo=UTC)
    assert standstill.running(day("2026-06-01"))
    assert standstill.running(day("2026-06-30"))
    assert not standstill.running(day("2026-07-01"))


@pytest.mark.parametrize(
    ("accepted", "last"),
    [
        ("2026-05-15", "2026-09-14"),
        ("2026-06-01", "2026-09-30"),
        ("2026-10-30", "2027-02-28"),
        ("2027-10-31", "2028-02-29"),
    ],
)
def test_four_months_are_the_total_from_acceptance(accepted: str, last: str) -> None:
    assert period("infra.extended_standstill").starting(day(accepted)).last_day == day(last)


@pytest.mark.parametrize(
    ("received", "counted", "last"),
    [
        ("2026-06-10", "2026-06-19", "2026-06-19"),
        ("2026-09-14", "2026-09-23", "2026-09-24"),
        ("2025-12-22", "2025-12-31", "2026-01-05"),
        ("2026-04-24", "2026-05-03", "2026-05-07"),
    ],
)
def test_the_ten_day_answer_moves_to_the_next_open_day(received: str, counted: str, last: str) -> None:
    for name in ("infra.answer_to_recommendation", "infra.answer_after_introduction"):
        answer = period(name).starting(day(received))
        assert answer.last_day == day(last)
        assert answer.moved_from == (day(counted) if counted != last else None)


def test_the_first_operators_duty_began_on_17_may_2024() -> None:
    assert period("infra.grace_after_designation").starting(day("2023-11-16")).free_from == day("2024-05-17")


def test_two_weeks_before_a_change_is_the_fourteenth_day_and_the_other_reading_is_shown() -> None:
    notification = period("infra.change_of_particulars").starting(day("2026-10-01"))
    assert notification.last_day == day("2026-09-17")
    ((clear, other),) = notification.other_readings
    assert (clear.name, other.last_day) == ("clear days", day("2026-09-16"))


def test_no_law_moves_a_limit_counted_back_to_an_earlier_day() -> None:
    """Filed on Sunday 2026-09-20 for a change on 2026-10-05: fourteen days lie between, so it is in time."""
    notification = period("infra.change_of_particulars").starting(day("2026-10-05"))
    assert day("2026-09-20") <= notification.last_day == day("2026-09-21")
    assert notification.moved_from is None
    assert notification.advised_by == day("2026-09-18")
    assert "advised_by" in [sentence.code for sentence in notification.explanation]


def test_the_grace_of_an_amendment_counts_the_day_it_took_effect() -> None:
    """MLIT's order of 2025-06-13: the amendment began at 00:00, so its six months end on 2025-12-12."""
    for name in ("infra.grace_new_equipment", "infra.grace_new_maintenance"):
        grace = period(name).starting(day("2025-06-13"))
        assert (grace.day_one, grace.last_day) == (day("2025-06-13"), day("2025-12-12"))
        assert [(r.name, d.last_day) for r, d in grace.other_readings] == [
            ("first day left out", day("2025-12-13"))
        ]


@pytest.mark.parametrize(
    ("ref", "law_on"), [("C3-23", "2023-11-01"), ("C3-24", "2023-11-01"), ("C3-25", "2023-11-01")]
)
def test_reports_under_the_orders_began_with_article_50(ref: str, law_on: str) -> None:
    assert period(ref, on=day(law_on)).pinned
    with pytest.raises(Refused):
        period(ref, on=day("2023-10-31"))


@pytest.mark.parametrize(
    ("ref", "ministry", "article"),
    [
        ("C3-21", "MIC", "MIC Order 64 of 2023, Art. 10(2)"),
        ("C3-21", "FSA", "Cabinet Office Order 61 of 2023, Art. 9(2)"),
        ("C3-22", "MIC", "MIC Order 64 of 2023, Arts. 12(iv), 14(v), 15(iv), 16(vi)"),
        ("C3-06", "MIC", "MIC Order 64 of 2023, Art. 20"),
        ("C3-06", "METI", "METI Order 41 of 2023, Art. 19"),
    ],
)
def test_each_ministry_is_cited_by_its_own_article(ref: str, ministry: str, article: str) -> None:
    assert period(ref).of_order(ministry).article == article


def test_a_ministry_without_an_order_has_no_article() -> None:
    with pytest.raises(Refused) as refused:
        period("infra.attachment_age").of_order("MOD")
    assert refused.value.code == "unknown_order"


def test_an_attachment_may_be_three_months_old() -> None:
    assert period("infra.attachment_age").starting(day("2026-06-15")).last_day == day("2026-03-15")
    assert period("infra.attachment_age").starting(day("2026-05-31")).last_day == day("2026-02-28")


@pytest.mark.parametrize(
    ("within", "due"),
    [("2026-04-01", "2026-06-30"), ("2027-03-31", "2026-06-30"), ("2027-04-01", "2027-06-30")],
)
def test_card_operators_report_by_the_end_of_june_of_the_fiscal_year(within: str, due: str) -> None:
    assert period("infra.credit_card_report").starting(day(within)).last_day == day(due)


def test_a_row_and_a_name_are_the_same_record() -> None:
    assert period("C3-04") == period("infra.standstill")


@pytest.mark.parametrize(
    ("name", "code"),
    [("infra.emergency_report", "without_a_number"), ("infra.nothing", "unknown_period")],
)
def test_what_the_law_does_not_count_is_refused(name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        period(name).starting(day("2026-06-01"))
    assert refused.value.code == code
    assert refused.value.message.ja


def test_an_instant_becomes_a_legal_day_in_japan() -> None:
    assert legal_day(datetime(2026, 6, 30, 14, 59, 59, tzinfo=UTC)) == day("2026-06-30")
    assert legal_day(datetime(2026, 6, 30, 15, 0, tzinfo=UTC)) == day("2026-07-01")
    with pytest.raises(Refused):
        legal_day(datetime(2026, 6, 30))  # noqa: DTZ001 - that it lacks a zone is the point


def test_the_office_calendar_knows_golden_week_and_the_year_end() -> None:
    assert next_open_day(day("2026-05-02")) == day("2026-05-07")
    assert next_open_day(day("2025-12-29")) == day("2026-01-05")
    assert open_days_before(day("2026-05-07"), 1) == day("2026-05-01")


def test_a_period_asked_for_a_day_before_it_was_law_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        period("infra.standstill", on=day("2023-11-16"))
    assert refused.value.code == "not_in_force"

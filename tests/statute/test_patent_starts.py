"""Where the patent periods start (66(4), 78(3)), and the later of two (82(2), 82(3))."""

from datetime import date

import pytest

from services.statute import Refused, period
from services.statute.business_years import latest_business_years
from services.statute.combinations import Later, later_of
from services.statute.obligations import Target, service_target
from services.statute.start_dates import from_filing, start_day


def day(text: str) -> date:
    return date.fromisoformat(text)


FILED = day("2026-04-01")


def examination(starts: dict[str, date]) -> Later:
    return later_of("patent.examination_request_after_designation", starts)


def basis(starts: dict[str, date]) -> Later:
    return later_of("patent.priority_basis_after_designation", starts)


@pytest.mark.parametrize("route", ["translation", "reference_filing", "late_supplement", "conversion"])
def test_both_tables_start_from_the_day_of_the_missing_paper(route: str) -> None:
    for table in ("66(4)", "78(3)"):
        start = start_day(table, FILED, {route: day("2026-05-20")})
        assert (start.day, start.route) == (day("2026-05-20"), route)


def test_a_divisional_has_its_own_three_months_but_not_its_own_ten() -> None:
    divided = {"division": day("2026-11-16")}
    assert from_filing("patent.sending", FILED, divided).last_day == day("2027-02-16")
    assert from_filing("patent.no_sending_notice", FILED, divided).last_day == day("2027-02-16")
    assert from_filing("patent.foreign_filing_ban", FILED, divided).last_day == day("2027-02-01")


def test_of_several_routes_the_latest_day_counts() -> None:
    routes = {"division": day("2026-11-16"), "translation": day("2026-12-01")}
    assert start_day("66(4)", FILED, routes).day == day("2026-12-01")
    assert start_day("78(3)", FILED, routes).day == day("2026-12-01")


@pytest.mark.parametrize("route", ["design_conversion", "utility_registration"])
def test_what_stands_in_neither_table_leaves_the_filing_date(route: str) -> None:
    for table in ("66(4)", "78(3)"):
        assert start_day(table, FILED, {route: day("2026-06-01")}).day == FILED


@pytest.mark.parametrize(
    ("table", "events", "code"),
    [
        ("66(4)", {"pct_national_phase": "2026-06-01"}, "outside_the_article"),
        ("66(4)", {"translation": "2026-03-31"}, "event_before_filing"),
        ("66(4)", {"by_carrier_pigeon": "2026-06-01"}, "unknown_route"),
    ],
)
def test_a_route_that_cannot_be_is_refused(table: str, events: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        start_day(table, FILED, {route: day(on) for route, on in events.items()})
    assert refused.value.code == code
    assert refused.value.message.ja


def test_a_period_without_a_table_has_no_start_dates() -> None:
    with pytest.raises(Refused, match="no table of start dates"):
        from_filing("patent.paper_on_keeping", FILED, {})


def test_the_explanation_names_the_table_and_the_route() -> None:
    codes = [s.code for s in from_filing("patent.foreign_filing_ban", FILED, {"division": FILED}).explanation]
    assert codes[:2] == ["rule", "route_outside_table"]


def test_examination_may_be_asked_for_until_three_months_after_a_late_notice() -> None:
    both = later_of(
        "patent.examination_request_after_designation", {"filing": FILED, "notice": day("2029-02-05")}
    )
    assert (both.decided_by, both.last_day) == ("notice", day("2029-05-07"))
    assert both.known


def test_examination_may_be_asked_for_three_years_when_the_notice_was_early() -> None:
    both = later_of(
        "patent.examination_request_after_designation", {"filing": FILED, "notice": day("2027-02-05")}
    )
    assert (both.decided_by, both.last_day) == ("filing", day("2029-04-02"))


def test_the_limits_of_82_3_are_the_day_after_the_periods() -> None:
    """「経過した日」: three years from 2026-04-10 pass with 2029-04-10, three months with 2029-05-11."""
    three_years = period("patent.examination_request").starting(day("2026-04-10"))
    assert (three_years.counted_last_day, three_years.last_day) == (day("2029-04-11"), day("2029-04-11"))
    assert "the_day_after" in [sentence.code for sentence in three_years.explanation]
    three_months = period("patent.examination_request_after_release").starting(day("2029-02-11"))
    assert three_months.counted_last_day == day("2029-05-12")


def test_while_the_designation_lasts_the_later_limit_is_not_known() -> None:
    pending = examination({"filing": FILED})
    assert not pending.known
    assert pending.explanation[-1].code == "later_not_known"


def test_the_basis_of_a_priority_claim_falls_at_the_later_of_16_months_and_the_notice() -> None:
    early = later_of(
        "patent.priority_basis_after_designation", {"filing": FILED, "notice": day("2027-01-05")}
    )
    assert (early.last_day, early.effective_on) == (day("2027-08-01"), day("2027-08-02"))
    late = basis({"filing": FILED, "notice": day("2027-08-02")})
    assert (late.decided_by, late.last_day, late.effective_on) == ("notice", None, day("2027-08-02"))


def test_the_latest_three_business_years_ended_two_months_before_the_notification() -> None:
    assert latest_business_years(day("2026-05-31"), 3) == (
        day("2026-03-31"),
        day("2025-03-31"),
        day("2024-03-31"),
    )
    assert latest_business_years(day("2026-05-30"), 3)[0] == day("2025-03-31")
    changed = [day("2024-03-31"), day("2025-03-31"), day("2025-12-31"), day("2026-12-31")]
    assert latest_business_years(day("2026-06-15"), changed)[0] == day("2025-12-31")


def test_without_delay_has_a_service_target_only_when_the_ministry_promises_one() -> None:
    assert service_target("infra.emergency_report", day("2026-05-01"), {}) is None
    promises = {"infra.emergency_report": Target(days=2), "patent.leak_report": Target(1, open_days=False)}
    promise = service_target("infra.emergency_report", day("2026-05-01"), promises)
    assert promise is not None
    assert (promise.promised_day, promise.legal) == (day("2026-05-08"), False)
    calendar = service_target("patent.leak_report", day("2026-05-01"), promises)
    assert calendar is not None
    assert calendar.promised_day == day("2026-05-02")
    with pytest.raises(Refused, match="last day of the law"):
        service_target("infra.standstill", day("2026-05-01"), promises)


def test_a_placeholder_of_the_2026_amendment_answers_nothing() -> None:
    with pytest.raises(Refused) as refused:
        period("act_38_of_2026.overseas_projects").starting(day("2026-10-01"))
    assert refused.value.code == "not_enabled"

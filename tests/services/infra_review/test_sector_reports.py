"""Sectors' own reports, and the register's downloads."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from services.infra_review import register
from services.infra_review.domain.operator import operator
from services.infra_review.roles import OPERATOR, REVIEWING_OFFICIAL
from services.platform.cases.store import Cases
from services.platform.law.parties import Principal
from tests.services.infra_review.conftest import COMPANY, METI, POWER
from tests.services.infra_review.doors import Reply, aws, designated, get, post

pytestmark = pytest.mark.usefixtures("aws")
__all__ = ["aws"]
CARDS = Principal("clerk-2", "9010001000007", frozenset({OPERATOR.name}))
PHONES = Principal("clerk-3", "1010001000006", frozenset({OPERATOR.name}))
MIC = Principal("official-5", "MIC", frozenset({REVIEWING_OFFICIAL.name}), ministry="MIC")
ENDS = ("2024-03-31", "2025-03-31", "2026-03-31")


def years(contracts: int, credit: int, ends: tuple[str, ...] = ENDS) -> list[dict[str, Any]]:
    """Two quiet years, and one with these figures, in million contracts and trillion yen."""
    quiet = [{"ended_on": day, "contracts": 1_000_000, "credit_yen": 10**12} for day in ends[:-1]]
    loud = {"ended_on": ends[-1], "contracts": contracts, "credit_yen": credit}
    return [*quiet, loud]


def reported(figures: list[dict[str, Any]], on: str = "2026-06-30") -> Reply:
    body = {"organisation": CARDS.organisation, "years": figures}
    return post("/sector-reports/credit-card", body, by=CARDS, on=on)


# ---- Card operators: METI Order Art. 26 ----


@pytest.mark.parametrize(
    ("contracts", "credit", "status"),
    [
        (7_500_000, 3 * 10**12, 201),
        (7_499_999, 3 * 10**12, 409),
        (7_500_000, 3 * 10**12 - 1, 409),
        (9_999_999, 4 * 10**12, 201),
    ],
)
def test_a_card_operator_reports_from_both_figures_on(contracts: int, credit: int, status: int) -> None:
    reply = reported(years(contracts, credit))
    assert reply.status == status
    if status == 201:
        assert reply.json["report"]["by_article"] == "METI Order 41 of 2023, Art. 26(1)"
    else:
        assert reply.code == "no_report_asked_for"


def test_both_figures_have_to_be_reached_in_the_same_year() -> None:
    figures = years(7_500_000, 10**12)
    figures[0]["credit_yen"] = 3 * 10**12
    assert reported(figures).code == "no_report_asked_for"


def test_a_designated_card_operator_reports_whatever_its_figures() -> None:
    designated(
        on="2025-04-01",
        organisation=CARDS.organisation,
        business="comprehensive_credit_purchase",
        criterion="contracts_and_credit",
    )
    reply = reported(years(1, 1))
    assert reply.status == 201
    assert reply.json["report"]["by_article"] == "METI Order 41 of 2023, Art. 26(2)"


def test_the_report_is_in_time_on_the_last_day_of_june_and_late_but_taken_after_it() -> None:
    figures = years(8_000_000, 4 * 10**12)
    assert reported(figures, on="2026-06-30").json["late"] is False
    after = reported(figures, on="2026-07-01")
    assert (after.status, after.json["late"], after.json["report"]["due"]) == (201, True, "2026-06-30")


def test_the_three_years_are_those_before_the_fiscal_year_of_the_day() -> None:
    before = ("2023-03-31", "2024-03-31", "2025-03-31")
    assert reported(years(8_000_000, 4 * 10**12), on="2026-03-31").code == "report_years_differ"
    on_time = reported(years(8_000_000, 4 * 10**12, before), on="2026-03-31")
    assert (on_time.status, on_time.json["late"]) == (201, True)
    assert reported(years(8_000_000, 4 * 10**12), on="2026-04-01").status == 201


def test_whether_a_report_is_due_can_be_asked_before() -> None:
    question = {"years": years(7_500_000, 3 * 10**12)}
    answer = post("/sector-reports/duty", question, by=CARDS, on="2026-05-01", key=None).json
    assert (answer["report"], answer["due"]) == (True, "2026-06-30")
    assert answer["years"] == list(ENDS)
    none = post("/sector-reports/duty", {"years": years(1, 1)}, by=CARDS, on="2026-05-01", key=None).json
    assert (none["report"], none["due"]) == (False, None)


# ---- Telecommunications: MIC Order Art. 7 ----


def test_a_telecommunications_operator_reports_without_delay_and_without_a_day() -> None:
    body = {"organisation": PHONES.organisation, "falls_under": True, "since": "2026-05-01"}
    reply = post("/sector-reports/telecom-status", body, by=PHONES, on="2026-05-11")
    assert (reply.status, reply.json["report"]["due"], reply.json["late"]) == (201, None, False)
    early = post("/sector-reports/telecom-status", body, by=PHONES, on="2026-04-30")
    assert early.code == "day_not_yet_come"


def message(user_class: str, on: str, ended: str) -> Reply:
    body = {"organisation": PHONES.organisation, "year_ended_on": ended, "user_class": user_class}
    return post("/sector-reports/message-service", body, by=PHONES, on=on)


def test_a_message_service_reports_within_a_month_and_only_another_class() -> None:
    first = message("A", "2025-04-30", "2025-03-31")
    assert (first.json["report"]["due"], first.json["late"]) == ("2025-04-30", False)
    assert message("A", "2026-04-10", "2026-03-31").code == "class_unchanged"
    second = message("B", "2026-05-01", "2026-03-31")
    assert (second.json["report"]["due"], second.json["late"]) == ("2026-04-30", True)


def test_the_ministry_finds_the_report_in_its_queue_until_it_takes_note() -> None:
    case = message("A", "2026-04-10", "2026-03-31").json["id"]
    assert [line["id"] for line in get("/queue", by=MIC).json["items"]] == [case]
    assert get(f"/sector-reports/{case}", by=METI).code == "no_such_case"
    assert post(f"/sector-reports/{case}/note", {}, by=MIC, on="2026-04-13").json["noted_on"] == "2026-04-13"
    assert get("/queue", by=MIC).json["items"] == []
    assert post(f"/sector-reports/{case}/note", {}, by=MIC).code == "report_noted"


def test_nobody_reports_for_another() -> None:
    body = {"organisation": PHONES.organisation, "falls_under": True, "since": "2026-05-01"}
    assert post("/sector-reports/telecom-status", body, by=COMPANY).code == "not_your_act"


# ---- The register ----


def entered(**more: Any) -> str:
    case = designated(**more)
    post(
        f"/operators/{case}/give-public-notice",
        {"gazette": "1", "on": "2024-01-15"},
        by=METI,
        on="2024-01-16",
    )
    register.keep(Cases(operator).load(case))
    return case


def test_the_register_is_searched_by_business_and_by_text() -> None:
    grid = entered()
    entered(
        organisation="3010001000004", name="越路ガス", business="general_gas_pipeline", criterion="meters"
    )
    found = get("/register", by=None, query={"business": "general_transmission_distribution"}).json["items"]
    assert [line["operator_id"] for line in found] == [grid]
    assert get("/register", by=None, query={"business": "generation"}).json["items"] == []
    both = {"business": "general_transmission_distribution", "q": "越路"}
    assert get("/register", by=None, query=both).json["items"] == []


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_register_is_saved_as_a_file_with_the_day_it_stands_for(form: str) -> None:
    entered()
    answer = get("/register", by=None, on="2026-05-11", query={"format": form})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="operators-2026-05-11.{form}"'
    if form == "json":
        assert answer.json["items"][0]["name"] == POWER
    else:
        assert answer.text.startswith("\ufeff")
        (line,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
        assert (line["name"], line["designated_on"]) == (POWER, "2024-01-15")

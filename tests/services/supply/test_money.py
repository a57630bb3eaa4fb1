"""Support bodies, their funds, subsidies, repayment; loans in two steps. Arts. 13-25, 31-43."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.platform.law.procedure import Refusal
from services.platform.shared.ledger import is_balanced, post, total
from services.supply.domain.support_body.money import CASH, CHART, FREE, INVESTED, PROMISED, entry
from tests.services.supply.doors import aws, send
from tests.services.supply.story import (
    BANK,
    BODY,
    CAO,
    CLERK,
    FOUNDATION,
    JFC,
    LENDING,
    MAFF,
    MAKER,
    METI,
    MOF,
    NECESSITY,
    RIVAL,
    SHA,
    World,
)

__all__ = ["aws"]
over_aws = pytest.mark.usefixtures("aws")


def asked(plan: str, body: str, yen: int, **more: Any) -> dict[str, Any]:
    told = {
        "plan": plan.rpartition("/")[2],
        "body": body.rpartition("/")[2],
        "operator": MAKER,
        "effort": "new_line",
        "yen": yen,
        "reasons": "The second line.",
    }
    return told | more


def applied(world: World, plan: str, body: str, yen: int = 1_500_000_000, **more: Any) -> str:
    case = world.posts("/subsidies", asked(plan, body, yen, **more), CLERK, "2026-07-01")
    return f"/subsidies/{case['id']}"


def decide(yen: int) -> dict[str, Any]:
    return {"yen": yen, "conditions": "Keep the machines for ten years."}


def balances(world: World, body: str, on: str = "2026-12-01") -> dict[str, int]:
    found: dict[str, int] = world.gets(body, BODY, on)["balances"]
    return found


# ---- The fund, by itself ----

MOVES = st.sampled_from(
    ["granted", "income", "promised", "released", "paid", "returned", "invested", "realised"]
)


@drawn(st.lists(st.tuples(MOVES, st.integers(1, 1000), st.sampled_from(["a", "b"])), max_size=60))
def test_a_fund_always_balances_and_no_account_falls_below_nothing(moves: list[tuple[Any, int, str]]) -> None:
    standing: dict[str, int] = {}
    for move, yen, of in moves:
        with suppress(Refusal):  # whatever would draw an account below nothing
            standing = post(CHART, standing, entry(move, yen, date(2026, 7, 1), of))
    assert is_balanced(CHART, standing)
    assert min(standing.values(), default=0) >= 0
    assert total(standing, CASH) + total(standing, INVESTED) == total(standing, FREE) + total(
        standing, PROMISED
    )


# ---- Designation and running ----


@over_aws
def test_a_body_is_barred_for_two_years_counted_from_the_day_of_cancellation() -> None:
    told = {
        "organisation": FOUNDATION,
        "name": "x",
        "address": "x",
        "offices": ["x"],
        "material": "storage_batteries",
        "legal_form": "public_interest_foundation",
        "closing_month": 3,
        "plan": "x",
        "designation_cancelled_on": "2024-06-02",
    }
    world = World()
    refused = world.refused("/support-bodies", told, BODY, "2026-06-01")
    assert (refused["code"], refused["article"]) == ("barred", "31(2)")
    world.posts("/support-bodies", told, BODY, "2026-06-02")


@over_aws
def test_rules_are_approved_only_after_the_minister_of_finance_was_consulted() -> None:
    world = World()
    at = world.body()
    rules = world.gets(at, BODY, "2026-05-12")["rules"][0]["rules"]
    world.posts(f"{at}/file-rules", {"rules": rules}, BODY, "2026-05-12")
    assert world.refused(f"{at}/approve-rules", {}, METI, "2026-05-13")["code"] == "not_consulted"
    assert send("GET", at, by=MAFF, on="2026-05-13").status == 404
    assert world.gets(at, CAO, "2026-05-13")["stage"] == "InOperation"


@over_aws
def test_the_body_reports_at_three_and_six_months_and_plans_a_month_ahead() -> None:
    world = World()
    at = world.body()
    clock = world.gets(f"{at}/clock", BODY, "2026-06-01")["deadlines"]
    assert [(one["article"], one["last_day"]) for one in clock] == [
        ("35(1)", "2027-03-01"),
        ("35(3)", "2027-06-30"),
        ("34(8)", "2027-09-30"),
    ]
    world.passes("2027-07-01")
    (late,) = world.gets(at, BODY, "2027-07-02")["overdue"]
    assert (late["what"], late["last_day"]) == ("business_report", "2027-06-30")
    paper = {"kind": "other", "made_on": "2027-06-01", "sha256": SHA}
    told = {"year_ends_on": "2027-03-31", "report": "x", "published_where": "x", "papers": [paper]}
    world.posts(f"{at}/file-business-report", told, BODY, "2027-07-05")
    world.posts(f"{at}/file-fund-report", {"year_ends_on": "2027-03-31", "report": "x"}, BODY, "2027-09-01")
    diet = {"year_ends_on": "2027-03-31", "opinion": "As planned."}
    world.posts(f"{at}/report-to-diet", diet, METI, "2027-10-01")
    assert (
        world.refused(f"{at}/report-to-diet", diet, METI, "2027-10-02")["code"]
        == "no_fund_report_of_that_year"
    )


@over_aws
def test_an_agency_of_the_table_is_designated_for_a_material_and_another_is_not() -> None:
    told = {
        "organisation": FOUNDATION,
        "agency": "3",
        "address": "x",
        "offices": ["x"],
        "material": "storage_batteries",
    }
    world = World()
    at = f"/support-bodies/{world.posts('/support-agencies', told, METI, '2026-05-11')['id']}"
    seen = world.gets(at, METI, "2026-05-11")
    assert seen["designated"]["name"] == "国立研究開発法人新エネルギー・産業技術総合開発機構"
    assert seen["designated"]["ministries"] == ["METI"]
    assert (
        world.refused("/support-agencies", told | {"agency": "9"}, METI, "2026-05-11")["code"]
        == "agency_not_in_table"
    )
    plan = {"year_begins_on": "2027-04-01", "plan": "x", "income_yen": 1, "expenses_yen": 1}
    assert (
        world.refused(f"{at}/file-business-plan", plan, BODY, "2027-02-01")["code"]
        == "agency_under_its_own_law"
    )


@over_aws
def test_the_fund_is_invested_in_the_ways_of_the_act_and_no_other() -> None:
    world = World()
    at = world.body(granted=1000)
    world.posts(f"{at}/invest-fund", {"yen": 600, "into": "bonds"}, BODY, "2026-06-01")
    assert (
        world.refused(f"{at}/invest-fund", {"yen": 600, "into": "shares"}, BODY, "2026-06-01")["code"]
        == "body_not_valid"
    )
    assert (
        world.refused(f"{at}/invest-fund", {"yen": 600, "into": "bonds"}, BODY, "2026-06-01")["code"]
        == "beyond_balance"
    )
    assert balances(world, at) == {"cash": 400, "invested:bonds": 600, "fund_free": 1000}


# ---- Subsidies ----


@over_aws
def test_a_subsidy_is_promised_paid_fixed_and_what_was_too_much_returned() -> None:
    world = World()
    body = world.body()
    plan = world.certified()
    at = applied(world, plan, body)
    world.posts(f"{at}/decide-subsidy", decide(1_500_000_000), BODY, "2026-08-01")
    name = f"fund_promised:{at.rpartition('/')[2]}"
    assert balances(world, body)[name] == 1_500_000_000
    world.posts(f"{at}/pay-subsidy", {"yen": 1_000_000_000}, BODY, "2026-09-01")
    assert (
        world.refused(f"{at}/pay-subsidy", {"yen": 600_000_000}, BODY, "2026-09-01")["code"]
        == "more_than_promised"
    )
    world.posts(f"{at}/file-result", {"spent_yen": 900_000_000, "report": "Built."}, CLERK, "2027-04-10")
    fix = {"yen": 900_000_001, "reasons": "As spent."}
    assert world.refused(f"{at}/fix-amount", fix, BODY, "2027-04-20")["code"] == "more_than_spent"
    world.posts(f"{at}/fix-amount", fix | {"yen": 900_000_000}, BODY, "2027-04-20")
    assert balances(world, body) == {"cash": 9_000_000_000, "fund_free": 9_000_000_000}
    order = {"yen": 100_000_000, "due": "2027-05-31", "reasons": "Less was spent."}
    world.posts(f"{at}/order-return", order, BODY, "2027-04-21")
    world.passes("2027-06-01")
    assert world.gets(at, CLERK, "2027-06-01")["overdue"] is True
    world.posts(f"{at}/receive-return", {"yen": 100_000_000}, BODY, "2027-06-02")
    assert world.gets(at, CLERK, "2027-06-02")["stage"] == "Settled"
    assert balances(world, body)["cash"] == 9_100_000_000


@over_aws
def test_all_aid_together_stays_within_the_cap_of_the_rules() -> None:
    """Half the cost of the effort, JPY 4,000 million: two subsidies and other aid count as one."""
    world = World()
    body, plan = world.body(), world.certified()
    first = applied(world, plan, body, 1_500_000_000)
    second = applied(world, plan, body, 500_000_000, other_aid_yen=1)
    world.posts(f"{first}/decide-subsidy", decide(1_500_000_000), BODY, "2026-08-01")
    refused = world.refused(f"{second}/decide-subsidy", decide(500_000_000), BODY, "2026-08-01")
    assert (refused["code"], refused["article"]) == ("beyond_the_cap", "33(2)(iii)")
    assert world.gets(second, BODY, "2026-08-02")["stage"] == "AwaitDecision"
    world.posts(f"{second}/decide-subsidy", decide(499_999_999), BODY, "2026-08-03")


@over_aws
def test_nothing_is_promised_that_is_not_in_the_fund() -> None:
    world = World()
    body, plan = world.body(granted=1_000), world.certified()
    at = applied(world, plan, body)
    assert (
        world.refused(f"{at}/decide-subsidy", decide(1_001), BODY, "2026-08-01")["code"] == "beyond_balance"
    )
    assert world.gets(at, BODY, "2026-08-01")["stage"] == "AwaitDecision"


@over_aws
def test_a_decision_is_cancelled_before_anything_is_paid_and_the_promise_is_free_again() -> None:
    world = World()
    body, plan = world.body(), world.certified()
    at = applied(world, plan, body)
    world.posts(f"{at}/decide-subsidy", decide(1_500_000_000), BODY, "2026-08-01")
    world.posts(f"{at}/revoke-subsidy", {"reasons": "Given up."}, BODY, "2026-08-02")
    assert world.gets(at, CLERK, "2026-08-02")["stage"] == "Revoked"
    assert balances(world, body) == {"cash": 10_000_000_000, "fund_free": 10_000_000_000}
    again = applied(world, plan, body)
    world.posts(f"{again}/decide-subsidy", decide(2), BODY, "2026-08-03")
    world.posts(f"{again}/pay-subsidy", {"yen": 1}, BODY, "2026-08-04")
    refused = world.refused(f"{again}/revoke-subsidy", {"reasons": "x"}, BODY, "2026-08-05")
    assert refused["code"] == "paid_already"


@over_aws
def test_only_a_certified_operator_is_aided_and_only_for_its_efforts() -> None:
    world = World()
    body, plan = world.body(), world.certified()
    assert world.refused("/subsidies", asked(plan, body, 1), RIVAL, "2026-07-01")["code"] == "no_such_case"
    refused = world.refused("/subsidies", asked(plan, body, 1, effort="another"), CLERK, "2026-07-01")
    assert refused["code"] == "no_such_effort"
    beyond = world.refused("/subsidies", asked(plan, body, 4_000_000_001), CLERK, "2026-07-01")
    assert beyond["code"] == "beyond_the_cost"


@over_aws
def test_the_body_is_told_of_certification_and_cancellation_and_repays_what_is_ordered() -> None:
    world = World()
    body, plan = world.body(), world.certified()
    (notice,) = world.gets(body, BODY, "2026-06-20")["notices"]
    assert (notice["what"], notice["outline"]) == ("certified", "A second line of cells.")
    seen = world.gets(plan, BODY, "2026-06-20")
    assert seen["certified"]["outline"] == "A second line of cells."
    assert "plan" not in seen
    told = {"ground": "11(1)", "facts": "x", "day": "2027-01-20"}
    world.posts(f"{plan}/notify-hearing", told, METI, "2027-01-05")
    world.posts(f"{plan}/hold-hearing", {"attended": False, "record": "x"}, METI, "2027-01-20")
    order = {"plan": plan.rpartition("/")[2], "yen": 1_000_000_000, "due": "2027-06-30", "reasons": "34(6)"}
    world.consults(body, "repayment", "2027-01-21")
    assert world.refused(f"{body}/order-repayment", order, METI, "2027-01-21")["code"] == "no_such_notice"
    world.posts(f"{plan}/cancel", {"reasons": "x"}, METI, "2027-02-01")
    beyond = world.refused(f"{body}/order-repayment", order | {"yen": 10_000_000_001}, METI, "2027-03-01")
    assert beyond["code"] == "beyond_the_free_fund"
    world.posts(f"{body}/order-repayment", order, METI, "2027-03-01")
    assert world.gets(body, BODY, "2027-03-01")["repayment"]["account"] == "general_account"
    world.posts(f"{body}/repay", {"yen": 400_000_000}, BODY, "2027-04-01")
    assert (
        world.refused(f"{body}/repay", {"yen": 600_000_001}, BODY, "2027-04-02")["code"]
        == "more_than_ordered"
    )
    world.posts(f"{body}/repay", {"yen": 600_000_000}, BODY, "2027-04-02")
    assert balances(world, body)["cash"] == 9_000_000_000


@over_aws
def test_an_interest_subsidy_is_never_more_than_the_interest_and_pays_no_day_twice() -> None:
    world = World()
    body, plan = world.body(), world.certified()
    told = {
        "plan": plan.rpartition("/")[2],
        "body": body.rpartition("/")[2],
        "lender": BANK,
        "operator": MAKER,
        "principal_yen": 1_000_000_000,
        "yen": 30_000_000,
        "begins_on": "2026-07-01",
        "ends_on": "2031-06-30",
        "reasons": "x",
    }
    at = f"/interest-subsidies/{world.posts('/interest-subsidies', told, LENDING, '2026-07-01')['id']}"
    world.posts(f"{at}/decide-interest-subsidy", decide(30_000_000), BODY, "2026-07-10")
    paid = {"begins_on": "2026-07-01", "ends_on": "2026-12-31", "interest_yen": 5_000_000, "yen": 5_000_001}
    assert (
        world.refused(f"{at}/pay-interest-subsidy", paid, BODY, "2027-01-05")["code"]
        == "more_than_the_interest"
    )
    world.posts(f"{at}/pay-interest-subsidy", paid | {"yen": 5_000_000}, BODY, "2027-01-05")
    twice = paid | {"begins_on": "2026-12-31", "ends_on": "2027-03-31", "yen": 1}
    assert (
        world.refused(f"{at}/pay-interest-subsidy", twice, BODY, "2027-04-05")["code"] == "paid_for_already"
    )
    world.posts(f"{at}/stop-interest-subsidy", {"reasons": "Repaid early."}, BODY, "2027-05-01")
    assert balances(world, body) == {"cash": 9_995_000_000, "fund_free": 9_995_000_000}


# ---- Loans in two steps ----


def institution(**more: Any) -> dict[str, Any]:
    told = {
        "organisation": BANK,
        "name": "架空銀行",
        "address": "東京都",
        "offices": ["本店"],
        "kind": "1",
        "rules": [f"matter {number}" for number in range(7)],
    }
    return {"applicant": told | more}


@over_aws
@pytest.mark.parametrize(("left_on", "barred"), [("2024-04-01", False), ("2024-04-02", True), (None, True)])
def test_officers_of_the_sixty_days_before_the_hearing_was_announced_bar_for_five_years(
    left_on: str | None, barred: bool
) -> None:
    officer = {
        "name": "x",
        "left_on": left_on,
        "hearing_announced_on": "2024-06-01",
        "designation_cancelled_on": "2024-07-01",
    }
    reply = send("POST", "/institutions", institution(officers=[officer]), by=LENDING, on="2026-06-01")
    assert (reply.status == 422 or reply.status == 409) is barred, reply.text
    after = send("POST", "/institutions", institution(officers=[officer]), by=LENDING, on="2029-07-01")
    assert after.status == 201


@over_aws
def test_a_kind_of_institution_outside_the_cabinet_order_is_refused() -> None:
    refused = World().refused("/institutions", institution(kind="99"), LENDING, "2026-06-01")
    assert refused["code"] == "kind_wrong"


def designated(world: World) -> str:
    at = f"/institutions/{world.posts('/institutions', institution(), LENDING, '2026-06-01')['id']}"
    world.posts(f"{at}/designate-institution", {}, MOF, "2026-06-10")
    return at


@over_aws
def test_nothing_is_lent_on_that_the_corporation_has_not_lent_and_books_are_kept_five_years() -> None:
    world = World()
    plan, bank = world.certified(), designated(world)
    told = {
        "institution": bank.rpartition("/")[2],
        "plan": plan.rpartition("/")[2],
        "operator": MAKER,
        "yen": 1_000_000_000,
    }
    assert world.refused("/two-step-loans", told, LENDING, "2026-07-01")["code"] == "no_agreement"
    world.posts(f"{bank}/file-agreement", {"matters": ["a", "b", "c"]}, JFC, "2026-07-01")
    world.posts(f"{bank}/approve-agreement", {}, CAO, "2026-07-02")
    beyond = world.refused("/two-step-loans", told | {"yen": 1_000_000_001}, LENDING, "2026-07-03")
    assert beyond["code"] == "beyond_the_plan"
    at = f"/two-step-loans/{world.posts('/two-step-loans', told, LENDING, '2026-07-03')['id']}"
    assert (
        world.refused(f"{at}/lend-to-operator", {"yen": 1}, LENDING, "2026-07-04")["code"]
        == "loan_not_running"
    )
    world.posts(f"{at}/lend-to-institution", {"yen": 600_000_000}, JFC, "2026-07-05")
    assert (
        world.refused(f"{at}/lend-to-operator", {"yen": 600_000_001}, LENDING, "2026-07-06")["code"]
        == "beyond_balance"
    )
    world.posts(f"{at}/lend-to-operator", {"yen": 600_000_000}, LENDING, "2026-07-06")
    world.posts(f"{at}/record-repayment", {"yen": 600_000_000}, LENDING, "2030-07-06")
    world.posts(f"{at}/repay-corporation", {"yen": 600_000_000}, LENDING, "2030-07-08")
    assert world.gets(at, CLERK, "2030-07-08")["stage"] == "Closed"
    (books,) = world.gets(f"{at}/clock", LENDING, "2030-07-09")["deadlines"]
    assert books["last_day"] == "2035-07-07"


@over_aws
def test_an_institution_may_be_inspected_with_identity_cards() -> None:
    world = World()
    bank = designated(world)
    asked_of = {
        "about": bank.rpartition("/")[2],
        "organisation": BANK,
        "questions": ["Which loans?"],
        "necessity": NECESSITY,
        "due": "2026-09-30",
    }
    at = f"/inquiries/{world.posts('/inquiries', asked_of, MOF, '2026-09-01')['id']}"
    found = {"place": "head office", "identity_cards": ["12"], "findings": "x", "inspected_on": "2026-09-02"}
    world.posts(f"{at}/inspect", found, MOF, "2026-09-02")


def test_what_is_kept_of_a_fund_reads_back() -> None:
    made = entry("promised", 5, date(2026, 7, 1), "subsidy-1")
    assert msgspec.json.decode(msgspec.json.encode(made), type=type(made)) == made

"""Special measures and facility trustees (Arts. 44, 45), tariff requests (30), guidelines (13, 15)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.supply.doors import aws, send
from tests.services.supply.story import (
    BODY,
    CABINET,
    CAO,
    FOUNDATION,
    JFC,
    MAFF,
    METI,
    MOF,
    NECESSITY,
    SHA,
    World,
)

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")


def designated(world: World) -> str:
    told = {"material": "natural_gas", "reasons": "Support is not enough."}
    at = f"/special-measures/{world.posts('/special-measures', told, METI, '2026-06-01')['id']}"
    assert world.refused(f"{at}/designate-specially", {}, METI, "2026-06-02")["code"] == "not_consulted"
    world.consults(at, "designation", "2026-06-03")
    world.posts(f"{at}/designate-specially", {}, METI, "2026-06-10")
    world.posts(f"{at}/publish-special-measure", {"gazette": "官報", "on": "2026-06-11"}, METI, "2026-06-11")
    return at


def moved(direction: str, quantity: int) -> dict[str, Any]:
    return {
        "place": "Terminal A",
        "item": "LNG",
        "unit": "t",
        "direction": direction,
        "quantity": quantity,
        "reasons": "44(6)",
    }


def test_a_stock_is_kept_by_place_and_never_falls_below_nothing() -> None:
    world = World()
    at = designated(world)
    world.posts(f"{at}/move-stock", moved("bought", 70_000), METI, "2026-07-01")
    refused = world.refused(f"{at}/move-stock", moved("sold", 70_001), METI, "2026-07-02")
    assert (refused["code"], refused["article"]) == ("not_so_much_in_stock", "44(6)")
    world.posts(f"{at}/move-stock", moved("sold", 30_000), METI, "2026-07-02")
    assert world.gets(at, METI, "2026-07-03")["stocks"][0]["quantity"] == 40_000
    assert send("GET", at, by=MAFF, on="2026-07-03").status == 404


def test_stock_is_not_sold_below_the_market_while_no_cabinet_order_names_the_material() -> None:
    world = World()
    at = designated(world)
    world.posts(f"{at}/move-stock", moved("bought", 10), METI, "2026-07-01")
    world.consults(at, "release_of_stock", "2026-07-02")
    told = {"place": "Terminal A", "item": "LNG", "unit": "t", "quantity": 1, "conditions": "x"}
    refused = world.refused(f"{at}/sell-below-market", told, METI, "2026-07-03")
    assert (refused["code"], refused["article"]) == ("no_cabinet_order", "44(8)")


def test_a_designation_is_released_after_the_same_consultation_and_made_public() -> None:
    world = World()
    at = designated(world)
    why = {"reasons": "Supply is secure."}
    assert world.refused(f"{at}/release-special-measure", why, METI, "2027-06-01")["code"] == "not_consulted"
    world.consults(at, "release", "2027-06-01")
    world.posts(f"{at}/release-special-measure", why, METI, "2027-06-05")
    assert world.gets(at, CABINET, "2027-06-05")["stage"] == "AwaitNotice"
    world.posts(f"{at}/publish-special-measure", {"gazette": "官報", "on": "2027-06-06"}, METI, "2027-06-06")
    assert world.gets(at, METI, "2027-06-06")["stage"] == "Released"


def test_a_facility_trustee_has_a_contract_rules_and_yearly_accounts() -> None:
    world = World()
    told = {
        "organisation": FOUNDATION,
        "name": "備蓄財団",
        "material": "natural_gas",
        "plan": "Keep it cold.",
        "closing_month": 3,
    }
    at = f"/trustees/{world.posts('/trustees', told, BODY, '2026-06-01')['id']}"
    world.posts(f"{at}/designate-trustee", {}, METI, "2026-06-10")
    contract = {
        "facility": "Terminal A",
        "begins_on": "2026-07-01",
        "ends_on": "2031-06-30",
        "work_begins_on": "2026-06-30",
        "items": ["LNG"],
        "measures": "x",
        "costs": "x",
    }
    assert world.refused(f"{at}/contract-trust", contract, METI, "2026-06-20")["code"] == "period_outside"
    world.posts(f"{at}/contract-trust", contract | {"work_begins_on": "2026-07-01"}, METI, "2026-06-20")
    world.posts(f"{at}/file-trust-rules", {"rules": "x"}, BODY, "2026-06-21")
    assert world.refused(f"{at}/approve-trust-rules", {}, METI, "2026-06-22")["code"] == "not_consulted"
    world.consults(at, "rules", "2026-06-22")
    world.posts(f"{at}/approve-trust-rules", {}, METI, "2026-06-25")
    world.passes("2027-07-01")
    assert world.gets(at, BODY, "2027-07-01")["overdue"][0]["last_day"] == "2027-06-30"
    paper = {"kind": "other", "made_on": "2027-06-01", "sha256": SHA}
    report = {"year_ends_on": "2027-03-31", "report": "x", "papers": [paper]}
    assert world.posts(f"{at}/file-trust-report", report, BODY, "2027-07-02")["stage"] == "Designated"
    why = {"reasons": "The order was not followed."}
    assert world.refused(f"{at}/cancel-trustee", why, METI, "2027-08-01")["code"] == "hearing_not_held"


# ---- Tariff requests: Art. 30 ----


def request(kind: str, **more: Any) -> dict[str, Any]:
    paper = {"kind": "other", "made_on": "2026-03-01", "sha256": SHA}
    return {
        "kind": kind,
        "material": "permanent_magnets",
        "industry": "Makers of magnets.",
        "goods": "Sintered magnets.",
        "countries": ["ZZ"],
        "facts": "Sold below cost.",
        "injury": "Two makers have stopped.",
        "necessity": "Supply could be cut.",
        "evidence": [{"shows": "Prices.", "paper": paper, "confidential_because": "Costs of one maker."}],
    } | more


@pytest.mark.parametrize("kind", ["subsidised_imports", "dumping", "surge"])
def test_an_investigation_is_asked_of_the_minister_of_finance_and_published_once_opened(kind: str) -> None:
    world = World()
    at = f"/tariff-requests/{world.posts('/tariff-requests', request(kind), METI, '2026-06-01')['id']}"
    assert world.gets(at, MOF, "2026-06-02")["asked"]["evidence"][0]["confidential_because"]
    told = {"summary": "Magnets from ZZ.", "where": "官報"}
    assert (
        world.refused(f"{at}/publish-tariff-request", told, METI, "2026-06-03")["code"]
        == "nothing_awaits_publication"
    )
    opened = {"opened": True, "reasons": "Enough evidence."}
    world.posts(f"{at}/decide-tariff-investigation", opened, MOF, "2026-07-01")
    world.posts(f"{at}/publish-tariff-request", told, METI, "2026-07-02")
    assert world.gets(at, METI, "2026-07-02")["stage"] == "Published"


def test_circumvention_can_be_asked_about_since_april_2026_if_the_exception_is_excluded() -> None:
    world = World()
    early = world.refused("/tariff-requests", request("circumvention"), METI, "2026-03-31")
    assert (early["code"], early["article"]) == ("not_yet_in_force", "30(3)")
    open_ = world.refused("/tariff-requests", request("circumvention"), METI, "2026-04-01")
    assert open_["code"] == "exception_not_excluded"
    world.posts("/tariff-requests", request("circumvention", not_excepted="Not so."), METI, "2026-04-01")


# ---- Guidelines, and the Corporation's policy ----


def test_the_corporation_publishes_its_policy_once_both_ministers_have_approved_it() -> None:
    world = World()
    items = {"items": ["system", "lending", "credit", "rest"]}
    at = f"/loan-policies/{world.posts('/loan-policies', items, JFC, '2026-06-01')['id']}"
    assert (
        world.refused(f"{at}/publish-loan-policy", {"where": "x"}, JFC, "2026-06-02")["code"]
        == "nothing_awaits_publication"
    )
    world.posts(f"{at}/approve-loan-policy", {}, MOF, "2026-06-03")
    world.posts(f"{at}/publish-loan-policy", {"where": "x"}, JFC, "2026-06-04")
    assert world.gets(at, CAO, "2026-06-04")["in_force"] == items["items"]


def test_the_standard_of_a_body_is_consulted_about_with_the_minister_of_finance() -> None:
    world = World()
    told = {"kind": "support_standard", "items": ["what", "how", "secrecy", "rest"]}
    assert world.refused("/guidelines", told, CAO, "2026-06-01")["code"] == "material_needed"
    whole = told | {"material": "storage_batteries"}
    at = f"/guidelines/{world.posts('/guidelines', whole, CAO, '2026-06-01')['id']}"
    asked = {"about": "guideline", "draft": "x", "necessity": NECESSITY}
    opened = world.posts(f"{at}/consult", asked, CAO, "2026-06-02")
    assert opened["consultations"][0]["agencies"] == ["内閣総理大臣", "MOF"]


def test_cooperation_is_asked_of_anyone_concerned() -> None:
    world = World()
    told = {"of": "内閣総理大臣", "kind": "opinion", "asked": "Is the guideline to change?"}
    at = f"/cooperation/{world.posts('/cooperation', told, METI, '2026-06-01')['id']}"
    world.posts(f"{at}/give-cooperation", {"given": "Not now."}, CABINET, "2026-06-02")
    assert send("GET", at, by=MAFF, on="2026-06-02").status == 404

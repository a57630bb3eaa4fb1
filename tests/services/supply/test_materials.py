"""The catalogue of materials and the policies for them: Arts. 7, 8."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from services.supply.orders import orders
from tests.services.supply.doors import aws, send
from tests.services.supply.story import MAFF, METI, World, contents

__all__ = ["aws"]
OF = {"material": "storage_batteries"}
pytestmark = pytest.mark.usefixtures("aws")


def catalogue(on: str) -> Any:
    return World().gets("/materials", None, "2026-06-01", query={"on": on})["items"]


def test_eleven_materials_at_first_and_sixteen_since_december_2025() -> None:
    assert [len({one["id"] for one in catalogue(day)}) for day in ("2022-12-22", "2022-12-23")] == [0, 11]
    assert len(catalogue("2024-02-02")) == 12
    assert len(catalogue("2025-12-24")) == 16


def test_uranium_is_a_critical_mineral_from_the_day_it_was_added() -> None:
    wording = {
        day: {one["id"]: one["wording"] for one in catalogue(day)} for day in ("2024-02-01", "2024-02-02")
    }
    assert "ウラン" not in wording["2024-02-01"]["critical_minerals"]
    assert "ウラン" in wording["2024-02-02"]["critical_minerals"]


def test_ventilators_are_of_two_ministers_and_have_an_order_of_their_own() -> None:
    (ventilators,) = [one for one in catalogue("2026-06-01") if one["id"] == "ventilators"]
    assert ventilators["ministries"] == ["MHLW", "METI"]
    assert ventilators["order"] == "MHLW/METI Order 1 of 2025"
    assert len(orders()) == 5


def test_the_catalogue_comes_as_csv_too() -> None:
    reply = send("GET", "/materials", by=None, on="2026-06-01", accept="text/csv")
    lines = list(csv.DictReader(io.StringIO(reply.text)))
    assert len(lines) == 16
    assert lines[1]["ministries"] == "MAFF"


def drafted(world: World) -> str:
    told = {"material": "storage_batteries", "contents": contents()}
    return f"/policies/{world.posts('/policies', told, METI, '2026-04-01')['id']}"


def test_a_policy_is_set_only_after_the_prime_minister_and_the_minister_of_finance_were_consulted() -> None:
    world = World()
    at = drafted(world)
    assert world.refused(f"{at}/set-policy", {}, METI, "2026-04-02")["code"] == "not_consulted"
    asked = {
        "about": "policy",
        "draft": "As drafted.",
        "necessity": {"needed_because": "8", "effect_on_business": "8"},
    }
    opened = world.posts(f"{at}/consult", asked, METI, "2026-04-02")
    assert opened["consultations"][0]["agencies"] == ["内閣総理大臣", "MOF"]


def test_a_policy_is_public_once_published_and_its_history_stays() -> None:
    world = World()
    at = drafted(world)
    world.consults(at, "policy", "2026-04-10")
    world.posts(f"{at}/set-policy", {}, METI, "2026-04-15")
    assert world.gets("/published-policies", None, "2026-04-16", query=OF)["items"] == []
    world.posts(f"{at}/publish-policy", {"where": "https://example.invalid/p"}, METI, "2026-04-16")
    world.posts(f"{at}/redraft-policy", {"contents": contents(months=24)}, METI, "2026-05-01")
    world.consults(at, "policy", "2026-05-10")
    world.posts(f"{at}/set-policy", {}, METI, "2026-05-15")
    world.posts(f"{at}/publish-policy", {"where": "https://example.invalid/q"}, METI, "2026-05-16")
    told = world.gets("/published-policies", None, "2026-06-01", query=OF)["items"]
    months = [one["contents"]["efforts"][0]["at_least_months"] for one in told]
    assert months == [24, 12]
    (line,) = [one for one in catalogue("2026-05-01") if one["id"] == "storage_batteries"]
    assert line["policy_set_on"] == "2026-04-15"


def test_a_policy_without_a_period_or_deadline_for_an_effort_is_refused() -> None:
    told = {"material": "storage_batteries", "contents": contents(months=None)}
    refused = World().refused("/policies", told, METI, "2026-04-01")
    assert (refused["code"], refused["article"]) == ("effort_without_term", "8(2)(iii)")


def test_another_ministry_sets_no_policy_for_the_material() -> None:
    told = {"material": "storage_batteries", "contents": contents()}
    assert World().refused("/policies", told, MAFF, "2026-04-01")["code"] == "not_your_act"

"""What a deployment costs follows from its templates, one recorded case and the list of prices."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from infra.cost import Prices, Scenario, cost, prices, quantities, recorded, standing

Templates = dict[str, dict[str, Any]]
SERVICE = "sakimori-infra-review"


def together(scenario: Scenario, templates: Templates) -> float:
    return sum(cost(scenario, templates, SERVICE).values())


@pytest.fixture(scope="module")
def given() -> Prices:
    return prices()


def test_every_quantity_has_a_price_and_every_price_a_page(given: Prices) -> None:
    one = quantities(given.scenario[0], recorded(), given.assumed, dict.fromkeys(recorded().invocations, 0.5))
    assert {row.of for row in given.used} == set(one)
    assert all(row.source.startswith("https://aws.amazon.com/") for row in (*given.used, *given.standing))


def test_more_cases_cost_more_and_each_of_them_less(given: Prices, templates: Templates) -> None:
    idle, some, many = (together(scenario, templates) for scenario in given.scenario)
    assert idle < some < many
    assert many / given.scenario[2].cases < some / given.scenario[1].cases


def test_idle_is_under_sixty_dollars_and_has_one_web_acl(given: Prices, templates: Templates) -> None:
    lines = cost(given.scenario[0], templates, SERVICE)
    assert lines["AWS::WAFv2::WebACL"] < 15
    assert sum(lines.values()) < 60


def test_a_resource_more_costs_more(given: Prices, templates: Templates) -> None:
    changed = copy.deepcopy(templates)
    key = next(r for r in changed[SERVICE]["Resources"].values() if r["Type"] == "AWS::KMS::Key")
    changed[SERVICE]["Resources"]["Another"] = key
    assert standing(changed, given)["AWS::KMS::Key"] == standing(templates, given)["AWS::KMS::Key"] + 1

"""Surveys: asked by file, answered or not, and who depends on whom. Art. 48(1)-(3)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import cn

from services.supply.registers import AnswerCopy, PlanCopy
from services.supply.surveys.answers import Answer
from services.supply.surveys.dependence import dependence, graph_of, picture, public
from tests.services.supply.doors import aws, send
from tests.services.supply.story import (
    AUDITING,
    CELLS,
    CLERK,
    MAFF,
    MAKER,
    METI,
    NECESSITY,
    PARTNER,
    RIVAL,
    World,
)

__all__ = ["aws"]
over_aws = pytest.mark.usefixtures("aws")
TODAY = date(2026, 6, 1)


def number(place: int) -> str:
    base = f"{place:012}"
    return f"{cn.calc_check_digit(base)}{base}"


def opened(world: World) -> str:
    told = {
        "title": "Electrolyte",
        "article": "48(1)",
        "material": "storage_batteries",
        "goods": "lithium-ion cells",
        "questions": ["From whom do you have electrolyte?"],
        "necessity": NECESSITY,
        "due": "2026-07-31",
    }
    return f"/surveys/{world.posts('/surveys', told, METI, '2026-06-01')['id']}"


def asked(world: World, survey: str, *organisations: str) -> Any:
    lines = "\n".join(json.dumps({"organisation": one, "name": f"Co {one[-3:]}"}) for one in organisations)
    return world.posts(f"{survey}/addressees", lines, METI, "2026-06-02", content_type="application/x-ndjson")


def mine(world: World, who: Any) -> str:
    (one,) = world.gets("/questionnaires", who, "2026-06-03")["items"]
    return f"/questionnaires/{one['id']}"


def answer(
    supplier: str = "Sole Electrolyte", share: int = 100, days: int = 30, **more: Any
) -> dict[str, Any]:
    bought = {"item": "electrolyte", "supplier": supplier, "country": "ZZ", "share_percent": share} | more
    return {
        "produces": ["lithium-ion cells"],
        "procurements": [bought],
        "stocks": [{"item": "electrolyte", "days": days}],
    }


# ---- Asking and answering ----


@over_aws
def test_a_file_asks_each_business_once_however_often_it_is_named() -> None:
    world = World()
    survey = opened(world)
    file = asked(world, survey, MAKER, CELLS, MAKER, "1234567890123")
    view = world.gets(f"/files/{file['id']}", METI, "2026-06-02")
    assert (view["lines"], view["taken"], view["filed"], view["refused"]) == (4, 4, 3, 1)
    lines = world.gets(f"/files/{file['id']}/results", METI, "2026-06-02")["items"]
    assert lines[0]["id"] == lines[2]["id"]
    assert lines[3]["problem"]["errors"][0]["code"] == "wrong_check_digit"
    again = asked(world, survey, CELLS)
    same = world.gets(f"/files/{again['id']}/results", METI, "2026-06-02")["items"][0]
    assert same["id"] == lines[1]["id"]


@over_aws
def test_no_respondent_learns_of_another_or_of_the_survey() -> None:
    world = World()
    survey = opened(world)
    asked(world, survey, MAKER, CELLS)
    at = mine(world, CLERK)
    assert world.gets(at, CLERK, "2026-06-03")["asked"]["organisation"] == MAKER
    assert send("GET", at, by=PARTNER, on="2026-06-03").status == 404
    assert send("GET", survey, by=CLERK, on="2026-06-03").status == 404
    assert send("GET", f"{survey}/dependence", by=CLERK, on="2026-06-03").status == 404
    assert world.gets("/questionnaires", RIVAL, "2026-06-03")["items"] == []


@over_aws
def test_an_answer_is_given_or_declined_with_reasons_and_silence_has_no_consequence() -> None:
    world = World()
    survey = opened(world)
    asked(world, survey, MAKER, CELLS)
    at, other = mine(world, CLERK), mine(world, PARTNER)
    above = answer()
    above["procurements"].append(above["procurements"][0] | {"share_percent": 1})
    assert (
        world.refused(f"{at}/answer-survey", {"answer": above}, CLERK, "2026-06-10")["code"]
        == "shares_above_whole"
    )
    world.posts(f"{at}/decline-survey", {"reasons": "A contract forbids it."}, CLERK, "2026-06-10")
    assert world.gets(at, METI, "2026-06-10")["stage"] == "Declined"
    world.passes("2026-08-01")
    assert world.gets(other, PARTNER, "2026-08-01")["stage"] == "Silent"
    assert [one["act"] for one in world.gets(f"{other}/history", METI, "2026-08-01")["acts"]] == [
        "BusinessAsked",
        "SilenceNoted",
    ]
    late = world.posts(f"{other}/answer-survey", {"answer": answer()}, PARTNER, "2026-08-02")
    assert late["stage"] == "Answered"


@over_aws
def test_who_looks_at_the_answers_is_recorded_and_other_ministries_see_nothing() -> None:
    world = World()
    survey = opened(world)
    asked(world, survey, MAKER)
    world.posts(f"{mine(world, CLERK)}/answer-survey", {"answer": answer()}, CLERK, "2026-06-10")
    assert send("GET", f"{survey}/dependence", by=MAFF, on="2026-06-11").status == 404
    assert send("GET", f"{survey}/dependence", by=AUDITING, on="2026-06-11").status == 403
    assert world.gets(f"{survey}/dependence", METI, "2026-06-11")["answers"] == 1
    from tests.services.supply.doors import everything

    looked = [one for one in everything() if one["sk"]["S"].startswith("AUDIT#")]
    assert any("dependence" in str(one) for one in looked)


@over_aws
def test_a_survey_finds_one_supplier_behind_three_plans_and_when_stock_runs_out() -> None:
    world = World()
    plans = [world.certified() for _ in range(3)]
    survey = opened(world)
    asked(world, survey, MAKER, CELLS)
    world.posts(f"{mine(world, CLERK)}/answer-survey", {"answer": answer(days=45)}, CLERK, "2026-06-25")
    of_partner = answer(supplier="Other", share=60, days=90, substitutes=["Sole Electrolyte"])
    world.posts(f"{mine(world, PARTNER)}/answer-survey", {"answer": of_partner}, PARTNER, "2026-06-25")
    seen = world.gets(f"{survey}/dependence", METI, "2026-07-01", query={"stops": "sole electrolyte"})
    (single,) = seen["single_points"]
    numbers = sorted(world.gets(one, METI, "2026-07-01")["certified"]["number"] for one in plans)
    assert (single["supplier"], single["plans"]) == ("Sole Electrolyte", numbers)
    (hit,) = seen["stopped"]["operators"]
    assert (hit["runs_out_in_days"], hit["runs_out_on"]) == (45, "2026-08-15")
    assert seen["stopped"]["materials"] == ["storage_batteries"]
    country = world.gets(f"{survey}/dependence", METI, "2026-07-01", query={"stops": "ZZ"})
    assert len(country["stopped"]["operators"]) == 2
    drawn = send("GET", f"{survey}/dependence-picture", by=METI, on="2026-07-01").text
    assert drawn.startswith("flowchart LR\n")
    assert "Sole Electrolyte" in drawn
    nobody = send("GET", f"{survey}/dependence", by=METI, on="2026-07-01", query={"stops": "Nobody"})
    assert nobody.code == "nobody_of_that_name"


@over_aws
def test_the_figures_of_a_survey_are_public_once_it_is_closed_and_never_change() -> None:
    world = World()
    survey = opened(world)
    names = [number(place) for place in range(1, 8)]
    asked(world, survey, MAKER, *names)
    world.posts(f"{mine(world, CLERK)}/answer-survey", {"answer": answer()}, CLERK, "2026-06-10")
    assert world.gets("/survey-figures", None, "2026-06-11") == {"items": [], "next": None}
    world.posts(f"{survey}/close-survey", {}, METI, "2026-08-01")
    told = world.gets("/survey-figures", None, "2026-08-02")["items"]
    assert told == [{"survey": survey.rpartition("/")[2], "counted_in": 5, "answers": 0, "items": []}]
    one = world.gets("/survey-figures", None, "2026-08-02", query={"limit": "1"})
    assert one["items"] == told
    before = world.gets("/survey-figures", None, "2026-08-02", query={"cursor": one["next"]})
    assert before == {"items": [], "next": None}
    assert world.refused(f"{survey}/addressees", "{}", METI, "2026-08-02")["code"] == "survey_closed"


# ---- The graph, by itself ----


def copy_of(place: int, told: dict[str, Any]) -> AnswerCopy:
    return AnswerCopy(f"q-{place}", number(place), f"Co {place}", msgspec.convert(told, Answer))


def test_a_stop_is_followed_through_the_tiers_and_stock_is_added_up() -> None:
    first = copy_of(1, answer(days=10))
    second = copy_of(2, answer(supplier="Co 1", days=20))
    third = copy_of(3, answer(supplier="Elsewhere", days=5))
    plan = PlanCopy("supply-plan-x", "2026-1", "storage_batteries", "cells", ((number(2), "Co 2"),), (), True)
    seen = dependence([first, second, third], [plan], TODAY, "Sole Electrolyte")
    assert seen.stopped is not None
    hits = {one.operator: (one.tier, one.runs_out_in_days) for one in seen.stopped.operators}
    assert hits == {"Co 1": (1, 10), "Co 2": (2, 30)}
    assert seen.stopped.plans == ("2026-1",)


def test_who_has_another_to_turn_to_is_no_single_point() -> None:
    seen = dependence([copy_of(1, answer(substitutes=["Second"]))], [], TODAY)
    assert seen.single_points == ()


def test_a_label_cannot_break_out_of_the_picture() -> None:
    drawn = picture(graph_of([copy_of(1, answer(supplier='x"]; click n0 "javascript:alert(1)'))], []))
    assert '"];' not in drawn


ANSWERS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["JP", "ZZ"]), st.integers(0, 100)), max_size=40
)


@given(ANSWERS)
def test_no_public_figure_is_between_one_and_four(told: list[tuple[str, str, int]]) -> None:
    answers = [
        copy_of(place, answer(share=share, country=country) | {"procurements": [
            {"item": item, "supplier": "S", "country": country, "share_percent": share}]})
        for place, (item, country, share) in enumerate(told)
    ]  # fmt: skip
    seen = public("survey-1", answers)
    cells = [seen.answers, *(getattr(one, name) for one in seen.items for name in one.__struct_fields__[1:])]
    assert all(cell % 5 == 0 for cell in cells)
    assert "S" not in {word for one in seen.items for word in (one.item,)}

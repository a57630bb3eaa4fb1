"""Supply plans: filed, certified, reported on, instructed, cancelled. Arts. 9-12, 29."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.services.supply.doors import aws, send
from tests.services.supply.story import (
    ASKED,
    CABINET,
    CELLS,
    CLERK,
    JFTC,
    LAWYER,
    MAFF,
    MAKER,
    METI,
    MHLW,
    NECESSITY,
    PARTNER,
    RIVAL,
    World,
    contents,
    participant,
    plan,
)

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")
JOINT = (participant(MAKER), participant(CELLS, closing_month=12))


def filed(world: World, *participants: dict[str, Any], by: Any = CLERK, **more: Any) -> str:
    case = world.posts("/supply-plans", {"plan": plan(*participants, **more)}, by, "2026-06-01")
    return f"/supply-plans/{case['id']}"


def codes(refused: Any) -> set[tuple[str, str]]:
    return {(one["code"], one["pointer"]) for one in refused["errors"]}


# ---- The application ----


def test_every_defect_of_a_plan_is_named_at_once_with_field_rule_and_article() -> None:
    told = plan(participant(claims_sme=True))
    told["sources"][0]["yen"] += 1
    told["efforts"][0]["ends_on"] = "2026-01-01"
    told["uses"][0]["effort"] = "another"
    told["measures"] = []
    told["papers"] = [
        one for one in told["papers"] if one["kind"] != "registry" and one.get("year_ends_on") != "2024-03-31"
    ]
    refused = World().refused("/supply-plans", {"plan": told}, CLERK, "2026-06-01")
    assert refused["code"] == "plan_defective"
    assert codes(refused) == {
        ("not_an_sme", "#/plan/participants/0/claims_sme"),
        ("ends_before_it_begins", "#/plan/efforts/0/ends_on"),
        ("no_such_effort", "#/plan/uses/0/effort"),
        ("sums_differ", "#/plan/sources"),
        ("no_measure", "#/plan/measures"),
        ("paper_missing", "#/plan/papers"),
        ("accounts_of_three_years", "#/plan/papers"),
    }
    by_code = {one["code"]: one["article"] for one in refused["errors"]}
    assert by_code["no_measure"] == "9(4)(iv); METI Order 3 of 2023, Art. 3"
    assert by_code["accounts_of_three_years"] == "METI Order 3 of 2023, Art. 2(2)(ii)"


@pytest.mark.parametrize("yen", [-1, 1.5])
def test_yen_below_nothing_or_in_fractions_are_refused(yen: float) -> None:
    told = plan()
    told["uses"][0]["yen"] = yen
    refused = World().refused("/supply-plans", {"plan": told}, CLERK, "2026-06-01")
    assert refused["code"] == "body_not_valid"
    assert refused["errors"][0]["pointer"] == "#/plan/uses/0/yen"


def test_a_measure_that_the_ministry_s_order_does_not_name_is_a_defect() -> None:
    """MLIT's order has no diversification of sources among its measures for tight supply (Art. 4(i))."""
    told = plan(material="ship_parts", measures=[{"kind": "diversification", "content": "Two more sources."}])
    refused = World().refused("/supply-plans", {"plan": told}, CLERK, "2026-06-01")
    assert {one["code"] for one in refused["errors"]} == {"no_such_measure", "no_measure"}
    assert refused["errors"][0]["article"] == "MLIT Order 93 of 2022, Art. 4"


def test_a_fertilizer_plan_shows_licences_by_a_paper() -> None:
    told = plan(material="fertilizers", licences_needed=True)
    refused = World().refused("/supply-plans", {"plan": told}, CLERK, "2026-06-01")
    assert [one["article"] for one in refused["errors"]] == ["MAFF Order 75 of 2022, Art. 2(2)(iv)"]


def test_a_material_that_is_not_designated_yet_cannot_be_planned_for() -> None:
    refused = World().refused("/supply-plans", {"plan": plan(material="ventilators")}, CLERK, "2025-12-01")
    assert {"material_not_designated", "order_not_in_force"} <= {one["code"] for one in refused["errors"]}


def test_an_agent_files_under_its_mandate_and_nobody_for_a_stranger() -> None:
    world = World()
    at = filed(world, by=LAWYER)
    assert world.gets(at, LAWYER, "2026-06-02")["stage"] == "AwaitDecision"
    assert send("GET", at, by=RIVAL, on="2026-06-02").status == 404
    assert world.refused("/supply-plans", {"plan": plan()}, RIVAL, "2026-06-01")["code"] == "not_your_act"


@pytest.mark.parametrize(
    ("material", "article"),
    [
        ("storage_batteries", "METI Order 3 of 2023, Art. 4(1)"),
        ("ship_parts", "MLIT Order 93 of 2022, Art. 5(1)"),
        ("antibacterials", "MHLW Order 8 of 2023, Art. 4(1)"),
        ("ventilators", "MHLW/METI Order 1 of 2025, Art. 4(1)"),
        ("fertilizers", "9(1), (4); MAFF Order 75 of 2022, Art. 4(1)"),
    ],
)
def test_a_plan_is_to_be_decided_on_within_a_month_by_its_ministry_s_own_article(
    material: str, article: str
) -> None:
    world = World()
    at = filed(world, material=material)
    (clock,) = world.gets(f"{at}/clock", CLERK, "2026-06-02")["deadlines"]
    assert (clock["article"], clock["last_day"]) == (article, "2026-07-01")


def test_the_month_that_passes_decides_nothing() -> None:
    world = World()
    at = filed(world)
    world.passes("2026-07-01")
    assert world.gets(at, METI, "2026-07-01")["stage"] == "AwaitDecision"
    world.passes("2026-07-02")
    assert world.gets(at, METI, "2026-07-02")["stage"] == "DecisionOverdue"
    world.assesses(at, "2026-07-03")
    world.consults(at, "certification", "2026-07-03")
    world.posts(f"{at}/certify", {"number": "1", "outline": "Cells."}, METI, "2026-07-06")
    assert world.gets(at, METI, "2026-07-06")["stage"] == "InForce"


def test_both_ministers_have_a_plan_for_ventilators_and_either_may_act() -> None:
    world = World()
    at = filed(world, material="ventilators")
    assert world.gets(at, MHLW, "2026-06-02")["ministries"] == ["MHLW", "METI"]
    world.assesses(at, "2026-06-05", by=MHLW)
    world.consults(at, "certification", "2026-06-08", by=METI)
    world.posts(f"{at}/certify", {"number": "1", "outline": "Valves."}, METI, "2026-06-10")
    assert send("GET", at, by=MAFF, on="2026-06-10").status == 404


def test_a_plan_is_returned_with_all_that_is_missing_and_completed() -> None:
    world = World()
    at = filed(world)
    missing = {"field": "efforts", "rule": "content", "article": "9(3)(iii)", "text": "Which machines?"}
    world.posts(f"{at}/return-plan", {"shortcomings": [missing]}, METI, "2026-06-03")
    assert world.refused(f"{at}/certify", {"number": "1", "outline": "x"}, METI, "2026-06-04")["code"] == (
        "returned_for_completion"
    )
    world.posts(f"{at}/complete-plan", {"plan": plan(target="Triple it.")}, CLERK, "2026-06-05")
    other = plan(participant(CELLS))
    assert world.gets(at, METI, "2026-06-05")["returned"] == []
    world.posts(f"{at}/return-plan", {"shortcomings": [missing]}, METI, "2026-06-06")
    refused = world.refused(f"{at}/complete-plan", {"plan": other}, CLERK, "2026-06-08")
    assert refused["code"] == "other_participants"


# ---- The decision ----


def test_a_plan_is_certified_when_each_criterion_is_met_and_others_were_consulted() -> None:
    world = World()
    at = filed(world)
    decision = {"number": "2026-BAT-1", "outline": "A second line."}
    assert world.refused(f"{at}/certify", decision, METI, "2026-06-02")["code"] == "not_consulted"
    world.consults(at, "certification", "2026-06-03")
    refused = world.refused(f"{at}/certify", decision, METI, "2026-06-04")
    assert (refused["code"], refused["detail"]) == ("criteria_open", "Open: i, ii, iii, iv, v.")
    world.assesses(at, "2026-06-05")
    world.posts(f"{at}/certify", decision, METI, "2026-06-08")
    assert world.gets(at, CLERK, "2026-06-08")["certified"]["number"] == "2026-BAT-1"


def test_what_meets_every_criterion_is_not_refused() -> None:
    world = World()
    at = filed(world)
    world.assesses(at, "2026-06-05")
    reasons = {"reasons": "The measure of 9(4)(iv) is not to be expected."}
    assert world.refused(f"{at}/refuse-plan", reasons, METI, "2026-06-08")["code"] == "no_criterion_unmet"
    unmet = {"criterion": "iv", "met": False, "evidence": "p. 9", "reasons": "No such measure."}
    world.posts(f"{at}/assess", unmet, METI, "2026-06-09")
    world.posts(f"{at}/refuse-plan", reasons, METI, "2026-06-10")
    told = world.gets(at, CLERK, "2026-06-10")
    assert (told["stage"], told["refused"]["unmet"]) == ("Refused", ["iv"])


def test_an_effort_shorter_than_the_policy_s_period_is_not_certified() -> None:
    world = World()
    told = {"material": "storage_batteries", "contents": contents(60)}
    policy = f"/policies/{world.posts('/policies', told, METI, '2026-04-01')['id']}"
    world.consults(policy, "policy", "2026-04-02")
    world.posts(f"{policy}/set-policy", {}, METI, "2026-04-03")
    at = filed(world)
    world.assesses(at, "2026-06-05")
    world.consults(at, "certification", "2026-06-05")
    refused = world.refused(f"{at}/certify", {"number": "1", "outline": "x"}, METI, "2026-06-08")
    assert (refused["code"], refused["article"]) == ("not_the_policy_s_term", "9(4)(ii)")


def test_who_is_consulted_speaks_for_itself_and_sees_no_cost_and_no_supplier() -> None:
    world = World()
    at = filed(world)
    asked = {
        "about": "certification",
        "draft": "Certify.",
        "necessity": NECESSITY,
        "agencies": ["MOD", "MOF"],
    }
    assert send("GET", at, by=ASKED, on="2026-06-02").status == 404
    world.posts(f"{at}/consult", asked, METI, "2026-06-03")
    seen = world.gets(at, ASKED, "2026-06-04")
    assert seen["plan"]["item"] == "lithium-ion cells"
    assert not {"uses", "sources", "present_state", "papers"} & set(seen["plan"])
    assert world.refused(f"{at}/give-opinion", {"of": "MOF", "opinion": "No."}, ASKED, "2026-06-04")[
        "code"
    ] == ("not_your_opinion")
    world.posts(f"{at}/give-opinion", {"of": "MOD", "opinion": "Fine."}, ASKED, "2026-06-04")
    world.posts(f"{at}/give-opinion", {"of": "内閣総理大臣", "opinion": "Fine."}, CABINET, "2026-06-04")
    assert world.refused(f"{at}/close-consultation", {}, METI, "2026-06-05")["code"] == "opinions_outstanding"


def test_a_joint_plan_of_one_line_needs_criterion_vi_and_may_go_to_the_fair_trade_commission() -> None:
    world = World()
    told = plan(*JOINT)
    del told["competition"]
    refused = world.refused("/supply-plans", {"plan": told}, CLERK, "2026-06-01")
    assert codes(refused) == {("competition_missing", "#/plan/competition")}
    at = filed(world, *JOINT)
    world.assesses(at, "2026-06-05")
    world.consults(at, "certification", "2026-06-05")
    decision = {"number": "1", "outline": "Two makers."}
    assert "vi" in world.refused(f"{at}/certify", decision, METI, "2026-06-08")["detail"]
    assert send("GET", at, by=JFTC, on="2026-06-08").status == 404
    world.posts(f"{at}/ask-fair-trade", {"question": "Is competition kept?"}, METI, "2026-06-08")
    seen = world.gets(at, JFTC, "2026-06-09")
    assert seen["plan"]["competition"]["markets"] == "Six makers."
    assert "uses" not in seen["plan"]
    world.assesses(at, "2026-06-10", joint=True)
    world.posts(f"{at}/certify", decision, METI, "2026-06-11")
    world.posts(f"{at}/give-fair-trade-opinion", {"opinion": "No concern."}, JFTC, "2026-06-20")


def test_a_sole_plan_has_no_criterion_vi_and_no_question_to_the_commission() -> None:
    world = World()
    at = filed(world)
    alone = {"criterion": "vi", "met": True, "evidence": "x", "reasons": "x"}
    assert world.refused(f"{at}/assess", alone, METI, "2026-06-02")["code"] == "not_a_joint_plan_of_one_line"
    question = {"question": "?"}
    assert world.refused(f"{at}/ask-fair-trade", question, METI, "2026-06-02")["code"] == (
        "not_a_joint_plan_of_one_line"
    )


# ---- Reports ----


def report(organisation: str, year: str) -> dict[str, Any]:
    spent = [{"effort": "new_line", "what": "machines", "yen": 10}]
    return {"organisation": organisation, "year_ends_on": year, "progress": "As planned.", "spent": spent}


def test_each_operator_reports_on_each_of_its_own_business_years() -> None:
    world = World()
    at = world.certified(*JOINT)
    clock = world.gets(f"{at}/clock", CLERK, "2026-07-02")["deadlines"]
    assert [one["last_day"] for one in clock] == ["2027-03-31", "2027-06-30"]
    assert clock[0]["article"] == "METI Order 3 of 2023, Art. 9"
    early = world.refused(f"{at}/report", report(MAKER, "2027-03-31"), CLERK, "2027-03-31")
    assert early["code"] == "year_has_not_ended"
    assert (
        world.refused(f"{at}/report", report(CELLS, "2026-12-31"), CLERK, "2027-02-01")["code"]
        == "not_your_report"
    )
    world.posts(f"{at}/report", report(CELLS, "2026-12-31"), PARTNER, "2027-02-01")
    again = world.refused(f"{at}/report", report(CELLS, "2026-12-31"), PARTNER, "2027-02-02")
    assert again["code"] == "already_reported"
    assert (
        world.refused(f"{at}/report", report(CELLS, "2026-11-30"), PARTNER, "2027-02-02")["code"]
        == "no_year_of_the_plan"
    )


def test_a_missing_report_is_chased_and_a_late_one_is_taken_as_late() -> None:
    world = World()
    at = world.certified()
    world.passes("2027-06-30")
    assert world.gets(at, CLERK, "2027-06-30")["overdue"] == []
    world.passes("2027-07-01")
    (chased,) = world.gets(at, CLERK, "2027-07-02")["overdue"]
    assert chased == {"organisation": MAKER, "year_ends_on": "2027-03-31", "last_day": "2027-06-30"}
    world.posts(f"{at}/report", report(MAKER, "2027-03-31"), CLERK, "2027-07-05")
    assert world.gets(at, CLERK, "2027-07-06")["reports"][0]["late"] is True


def test_the_operator_is_reminded_before_the_report_is_due() -> None:
    world = World()
    at = world.certified()
    world.passes("2027-06-16")
    told = [
        one for one in world.gets(f"{at}/history", METI, "2027-06-17")["acts"] if one["act"] == "ReminderSent"
    ]
    assert [one["data"]["period"] for one in told if one["data"]["to"] == "party"] == [
        "supply.periodic_report"
    ]


def test_a_plan_ends_when_its_period_is_over_and_the_last_report_is_in() -> None:
    world = World()
    at = world.certified()
    world.posts(f"{at}/report", report(MAKER, "2027-03-31"), CLERK, "2027-05-10")
    world.posts(f"{at}/report", report(MAKER, "2028-03-31"), CLERK, "2028-05-10")
    assert world.gets(at, CLERK, "2028-05-11")["stage"] == "Ended"


def test_trouble_is_reported_without_delay_and_changes_nothing_by_itself() -> None:
    world = World()
    at = world.certified()
    trouble = {"what": "The machines are late.", "effect": "Half a year.", "found_on": "2026-09-01"}
    world.posts(f"{at}/report-trouble", trouble, CLERK, "2026-09-02")
    assert world.gets(at, METI, "2026-09-02")["stage"] == "InForce"


# ---- Changes ----


def later(months: str) -> dict[str, Any]:
    told = plan()
    told["efforts"][0]["ends_on"] = months
    return told


def test_a_change_by_six_months_is_minor_and_one_day_more_is_not() -> None:
    world = World()
    at = world.certified()
    asked = {"plan": later("2028-09-30"), "changed_on": "2026-09-01"}
    nature = world.posts(f"{at}/nature-of-change", {"plan": later("2028-10-01")}, CLERK, "2026-09-01")
    assert nature["kind"] == "certification_first"
    refused = world.refused(
        f"{at}/notify-minor-change", asked | {"plan": later("2028-10-01")}, CLERK, "2026-09-02"
    )
    assert (refused["code"], refused["errors"][0]["article"]) == (
        "change_is_not_minor",
        "METI Order 3 of 2023, Art. 6(1)(ii)",
    )
    world.posts(f"{at}/notify-minor-change", asked, CLERK, "2026-09-02")
    progress = {"plan": later("2028-12-31"), "progress": "Half done."}
    assert world.refused(f"{at}/file-change", progress, CLERK, "2026-09-03")["code"] == "change_is_minor"


def test_a_change_that_is_not_minor_is_certified_first_by_the_same_criteria() -> None:
    world = World()
    at = world.certified()
    told = {"plan": later("2029-03-31"), "progress": "Half done."}
    world.posts(f"{at}/file-change", told, CLERK, "2026-09-01")
    assert world.gets(at, CLERK, "2026-09-01")["stage"] == "ChangeUnderReview"
    clock = world.gets(f"{at}/clock", METI, "2026-09-01")["deadlines"]
    assert ("METI Order 3 of 2023, Art. 5(4)", "2026-10-01") in {
        (one["article"], one["last_day"]) for one in clock
    }
    assert world.gets(at, CLERK, "2026-09-01")["plan"]["efforts"][0]["ends_on"] == "2028-03-31"
    world.assesses(at, "2026-09-10")
    world.consults(at, "change", "2026-09-10")
    world.posts(
        f"{at}/certify-change", {"number": "2026-BAT-1-2", "outline": "A year more."}, METI, "2026-09-15"
    )
    told = world.gets(at, CLERK, "2026-09-15")
    assert (told["stage"], told["plan"]["efforts"][0]["ends_on"]) == ("InForce", "2029-03-31")


def test_a_change_refused_leaves_the_plan_as_it_was() -> None:
    world = World()
    at = world.certified()
    world.posts(f"{at}/file-change", {"plan": later("2030-03-31"), "progress": "x"}, CLERK, "2026-09-01")
    unmet = {"criterion": "ii", "met": False, "evidence": "p. 2", "reasons": "Too late."}
    world.posts(f"{at}/assess", unmet, METI, "2026-09-02")
    world.posts(f"{at}/refuse-change", {"reasons": "Too late."}, METI, "2026-09-03")
    assert world.gets(at, CLERK, "2026-09-03")["plan"]["efforts"][0]["ends_on"] == "2028-03-31"


# ---- Instruction and cancellation ----


def test_a_certification_is_cancelled_only_after_a_hearing() -> None:
    world = World()
    at = world.certified()
    reasons = {"reasons": "Nothing has been built."}
    assert world.refused(f"{at}/cancel", reasons, METI, "2027-01-05")["code"] == "hearing_not_held"
    told = {"ground": "11(9)", "facts": "Nothing has been built.", "day": "2027-01-20"}
    assert world.refused(f"{at}/notify-hearing", told, METI, "2027-01-05")["code"] == "no_such_ground"
    world.posts(f"{at}/notify-hearing", told | {"ground": "11(1)"}, METI, "2027-01-05")
    held = {"attended": True, "record": "The operator explained the delay."}
    assert world.refused(f"{at}/hold-hearing", held, METI, "2027-01-19")["code"] == "hearing_lies_ahead"
    world.posts(f"{at}/hold-hearing", held, METI, "2027-01-20")
    world.posts(f"{at}/cancel", reasons, METI, "2027-02-01")
    seen = world.gets(at, CLERK, "2027-02-01")
    assert (seen["stage"], seen["cancelled"]["ground"]) == ("Cancelled", "11(1)")
    assert (
        world.refused(f"{at}/report", report(MAKER, "2027-03-31"), CLERK, "2027-05-01")["code"]
        == "plan_not_in_force"
    )


def test_a_plan_that_no_longer_meets_a_criterion_may_be_told_to_change() -> None:
    world = World()
    at = world.certified()
    told = {"criterion": "iii", "content": "Find other funds.", "reasons": "The bank has left."}
    world.posts(f"{at}/instruct-change", told, METI, "2026-10-01")
    assert world.gets(at, CLERK, "2026-10-01")["instruction"]["criterion"] == "iii"


def test_a_certified_operator_is_asked_for_reports_and_never_inspected() -> None:
    world = World()
    at = world.certified()
    asked = {
        "about": at.rpartition("/")[2],
        "organisation": MAKER,
        "questions": ["What was built?"],
        "necessity": NECESSITY,
        "due": "2026-09-30",
    }
    inquiry = f"/inquiries/{world.posts('/inquiries', asked, METI, '2026-09-01')['id']}"
    found = {"place": "the works", "identity_cards": ["1"], "findings": "x", "inspected_on": "2026-09-02"}
    refused = world.refused(f"{inquiry}/inspect", found, METI, "2026-09-02")
    assert (refused["code"], refused["article"]) == ("operator_not_inspected", "48(4)")
    world.posts(f"{inquiry}/give-information", {"answers": ["The hall."]}, CLERK, "2026-09-10")
    stranger = copy.deepcopy(asked) | {"organisation": CELLS}
    assert world.refused("/inquiries", stranger, METI, "2026-09-01")["code"] == "not_of_that_case"

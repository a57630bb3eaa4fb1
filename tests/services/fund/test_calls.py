"""Calls and proposals: open from an instant to an instant, evaluated without names, decided and told."""

from __future__ import annotations

import pytest

from services.fund.researchers import is_orcid
from tests.services.fund.doors import World, scores, world
from tests.services.fund.people import (
    JST,
    JUDGE,
    JUDGE_2,
    LAB,
    NEDO,
    OFFICE,
    ORCID,
    OTHER,
    PARTNER,
    RIVAL,
    SATO,
    WHY,
    at,
    content,
    person,
    plan,
    terms,
)

__all__ = ["world"]
CLOSING = at("2026-06-30", "12:00:00")


def test_a_call_asks_for_no_more_than_the_fund_can_still_promise(world: World) -> None:
    fund = world.fund(1_000_000_000)
    made = {"fund": fund.removeprefix("/funds/"), "terms": terms()}
    assert world.refused("/calls", made, JST, "2026-05-11").code == "beyond_the_fund"
    assert world.refused("/calls", made, NEDO, "2026-05-11").code == "no_such_case"


def test_a_call_s_instants_say_their_offset(world: World) -> None:
    fund = world.fund().removeprefix("/funds/")
    made = {"fund": fund, "terms": terms(closes_at="2026-06-30T12:00:00")}
    assert world.refused("/calls", made, JST, "2026-05-11").code == "body_not_valid"


def test_a_proposal_is_taken_until_the_closing_instant_and_not_a_millisecond_later(world: World) -> None:
    call = world.call(world.fund())
    first, second = world.draft(call), world.draft(call, RIVAL)
    body = {"content": content()}
    early = world.refused(f"{first}/submit-proposal", body, SATO, at("2026-06-01", "08:59:59"))
    assert early.code == "call_not_open_yet"
    in_time = at("2026-06-30", "11:59:59.999")
    world.posts(f"{first}/submit-proposal", body, SATO, in_time)
    receipt = world.gets(first, SATO, "2026-07-01")["receipt"]
    assert receipt["arrived_at"] == "2026-06-30T02:59:59.999000Z"
    assert len(receipt["digest"]) == 64
    rival = {"content": content(people=[person("競争 架空", OTHER, e_rad="87654321")])}
    late = world.refused(f"{second}/submit-proposal", rival, RIVAL, CLOSING)
    assert late.code == "too_late"
    assert world.gets(second, RIVAL, "2026-07-01")["stage"] == "Draft"


def test_an_outage_on_the_last_day_lets_an_official_grant_a_grace_that_is_recorded(world: World) -> None:
    call = world.call(world.fund())
    draft = world.draft(call)
    world.passes("2026-07-01")
    assert world.gets(call, JST, "2026-07-01")["stage"] == "Evaluation"
    grace = {"outage": 1, "closes_at": "2026-07-02T03:00:00Z", "reasons": WHY}
    assert world.refused(f"{call}/grant-grace", grace, JST, "2026-07-01").code == "no_such_outage"
    outage = {"what": WHY, "evidence": "監視記録"}
    before = {"since": "2026-06-29T01:00:00Z", "until": "2026-06-29T02:00:00Z"}
    world.posts(f"{call}/record-outage", {**outage, **before}, JST, "2026-07-01")
    refused = world.refused(f"{call}/grant-grace", grace, JST, "2026-07-01")
    assert refused.code == "outage_not_on_the_last_day"
    on_it = {"since": "2026-06-30T01:00:00Z", "until": "2026-06-30T04:00:00Z"}
    world.posts(f"{call}/record-outage", {**outage, **on_it}, JST, "2026-07-01")
    world.posts(f"{call}/grant-grace", {**grace, "outage": 2}, JST, "2026-07-01")
    assert world.gets(call, JST, "2026-07-01")["stage"] == "Open"
    world.posts(f"{draft}/submit-proposal", {"content": content()}, SATO, at("2026-07-02", "11:59:59"))
    world.passes("2026-07-03")
    assert world.gets(call, JST, "2026-07-03")["stage"] == "Evaluation"


def test_the_saved_draft_is_submitted_and_everything_wrong_in_it_is_said_at_once(world: World) -> None:
    call = world.call(world.fund())
    wrong = content(
        plan=plan(technology="別の技術"),
        people=[
            person("一", orcid="0000-0002-1825-0098"),
            person("二", PARTNER, effort=80, others=[funding(effort=30)]),
            person("三", "6010001000001", e_rad="11111111"),
            person("四", LAB, e_rad="11111111"),
        ],
    )
    draft = world.draft(call, document=wrong)
    refused = world.refused(f"{draft}/submit-proposal", {}, SATO, "2026-06-15")
    assert refused.code == "proposal_defective"
    assert {(one["pointer"], one["code"]) for one in refused.json["errors"]} == {
        ("#/plan/technology", "not_this_technology"),
        ("#/people", "too_many_people"),
        ("#/people/0/orcid", "orcid_wrong"),
        ("#/people/1", "no_researcher_number"),
        ("#/people/1/effort", "effort_beyond_all"),
        ("#/people/3", "same_person_twice"),
    }
    world.posts(f"{draft}/save-proposal", {"document": content()}, OFFICE, "2026-06-16")
    world.posts(f"{draft}/submit-proposal", {}, OFFICE, "2026-06-16")


def test_a_half_written_draft_is_refused_with_what_it_lacks(world: World) -> None:
    draft = world.draft(world.call(world.fund()), document={"plan": {"title": "x"}})
    refused = world.refused(f"{draft}/submit-proposal", {}, SATO, "2026-06-15")
    assert refused.code == "body_not_valid"
    assert "#/people" in {one["pointer"] for one in refused.json["errors"]}


def test_a_proposal_with_too_many_yen_is_refused(world: World) -> None:
    draft = world.draft(world.call(world.fund(), most_yen=1_000_000_000))
    refused = world.refused(f"{draft}/submit-proposal", {"content": content()}, SATO, "2026-06-15")
    assert [one["code"] for one in refused.json["errors"]] == ["too_much_money"]


@pytest.mark.parametrize(
    ("orcid", "right"),
    [(ORCID, True), ("0000-0002-1694-233X", True), ("0000-0002-1825-0096", False)],
)
def test_an_orcid_has_its_check_digit(orcid: str, right: bool) -> None:
    assert is_orcid(orcid) is right


def test_nobody_of_the_government_sees_a_draft(world: World) -> None:
    draft = world.draft(world.call(world.fund()))
    assert world.send("GET", draft, by=JST, on="2026-06-03").code == "no_such_case"
    assert world.send("GET", draft, by=RIVAL, on="2026-06-03").code == "no_such_case"


def test_a_proposal_is_taken_back_while_the_call_is_open_and_not_after(world: World) -> None:
    call = world.call(world.fund())
    case = world.submitted(call)
    world.posts(f"{case}/take-back-proposal", {}, SATO, "2026-06-20")
    assert world.gets(case, SATO, "2026-06-20")["draft"]["plan"]["title"] == plan()["title"]
    world.posts(f"{case}/submit-proposal", {}, SATO, "2026-06-21")
    assert world.refused(f"{case}/take-back-proposal", {}, SATO, CLOSING).code == "too_late"


def test_a_principal_researcher_has_one_proposal_and_no_double_funding(world: World) -> None:
    call = world.call(world.fund())
    doubled = [person("佐藤 架空", orcid=ORCID, others=[funding(same_content=True)])]
    case = world.submitted(call, people=doubled)
    other = world.submitted(call)
    screen = {"eligible": True, "reasons": WHY}
    assert world.refused(f"{case}/screen-proposal", screen, JST, "2026-06-29").code == "call_open"
    refused = world.refused(f"{case}/screen-proposal", screen, JST, "2026-07-01")
    assert refused.code == "another_proposal"
    world.posts(f"{other}/screen-proposal", {"eligible": False, "reasons": WHY}, JST, "2026-07-01")
    assert world.refused(f"{case}/screen-proposal", screen, JST, "2026-07-01").code == "double_funding"
    world.posts(f"{case}/screen-proposal", {**screen, "no_duplication": WHY}, JST, "2026-07-01")


def test_no_evaluator_judges_what_the_own_institution_takes_part_in(world: World) -> None:
    case = world.submitted(world.call(world.fund()))
    world.posts(f"{case}/screen-proposal", {"eligible": True, "reasons": WHY}, JST, "2026-07-01")
    own = {"person": "judge-9", "organisations": [OTHER, PARTNER]}
    assert world.refused(f"{case}/appoint-evaluator", own, JST, "2026-07-02").code == (
        "evaluator_of_the_proposal"
    )


def test_who_has_a_conflict_of_interest_steps_back_and_scores_nothing(world: World) -> None:
    case = world.submitted(world.call(world.fund()))
    world.posts(f"{case}/screen-proposal", {"eligible": True, "reasons": WHY}, JST, "2026-07-01")
    for judge in (JUDGE, JUDGE_2):
        appointed = {"person": judge.subject, "organisations": [OTHER]}
        world.posts(f"{case}/appoint-evaluator", appointed, JST, "2026-07-02")
    conflict = world.refused(f"{case}/score-proposal", scores(50, 50, no_conflict=False), JUDGE, "2026-07-03")
    assert conflict.code == "conflict_of_interest"
    another = {"person": JUDGE_2.subject, "reasons": WHY}
    assert world.refused(f"{case}/recuse-evaluator", another, JUDGE, "2026-07-03").code == (
        "not_your_evaluation"
    )
    world.posts(f"{case}/recuse-evaluator", {"person": JUDGE.subject, "reasons": WHY}, JUDGE, "2026-07-03")
    assert world.send("GET", case, by=JUDGE, on="2026-07-04").code == "no_such_case"
    world.posts(f"{case}/score-proposal", scores(30, 20), JUDGE_2, "2026-07-04")
    assert world.gets(case, JST, "2026-07-05")["points"] == 5000


def test_evaluation_is_blind(world: World) -> None:
    case = world.submitted(world.call(world.fund()))
    world.scored(case)
    seen = world.send("GET", case, by=JUDGE, on="2026-07-11")
    assert {"plan", "terms", "your_review"} <= seen.json.keys()
    assert not {"people", "institution", "principal", "reviews", "points", "interests"} & seen.json.keys()
    assert LAB not in seen.text
    assert "佐藤" not in seen.text
    told = world.send("GET", f"{case}/history", by=JUDGE, on="2026-07-11")
    assert told.json["acts"] == []
    author = world.gets(case, SATO, "2026-07-11")
    assert not {"reviews", "points", "your_review"} & author.keys()
    assert "ProposalScored" not in world.send("GET", f"{case}/history", by=SATO, on="2026-07-11").text


def test_scores_meet_every_criterion_and_no_more_than_its_points(world: World) -> None:
    case = world.submitted(world.call(world.fund()))
    world.posts(f"{case}/screen-proposal", {"eligible": True, "reasons": WHY}, JST, "2026-07-01")
    judge = {"person": JUDGE.subject, "organisations": [OTHER]}
    world.posts(f"{case}/appoint-evaluator", judge, JST, "2026-07-02")
    over = world.refused(f"{case}/score-proposal", scores(51, 0), JUDGE, "2026-07-03")
    assert over.code == "too_many_points"
    half = {**scores(1, 1), "scores": scores(1, 1)["scores"][:1]}
    assert world.refused(f"{case}/score-proposal", half, JUDGE, "2026-07-03").code == "criteria_not_scored"
    world.posts(f"{case}/score-proposal", scores(50, 0), JUDGE, "2026-07-03")
    again = world.refused(f"{case}/score-proposal", scores(50, 50), JUDGE, "2026-07-03")
    assert again.code == "scored_already"


def test_a_call_is_ranked_when_all_is_evaluated_and_decided_in_order_or_with_reasons(world: World) -> None:
    call = world.call(world.fund())
    first = world.submitted(call)
    second = world.submitted(call, RIVAL, people=[person("競争 架空", OTHER, e_rad="87654321")])
    world.passes("2026-07-01")
    world.scored(first, (20, 20))
    unfinished = world.refused(f"{call}/rank-proposals", {}, JST, "2026-07-20")
    assert unfinished.code == "evaluations_outstanding"
    world.posts(f"{second}/screen-proposal", {"eligible": True, "reasons": WHY}, JST, "2026-07-01")
    judge = {"person": JUDGE.subject, "organisations": [PARTNER]}
    world.posts(f"{second}/appoint-evaluator", judge, JST, "2026-07-02")
    world.posts(f"{second}/score-proposal", scores(40, 40), JUDGE, "2026-07-10")
    world.posts(f"{call}/rank-proposals", {}, JST, "2026-07-20")
    ranking = world.gets(call, JST, "2026-07-20")["ranking"]["ranking"]
    names = [f"/proposals/{one['proposal']}" for one in ranking]
    assert names == [second, first]
    assert [one["points"] for one in ranking] == [8000, 4000]
    grace = {"outage": 1, "closes_at": "2026-08-02T03:00:00Z", "reasons": WHY}
    assert world.refused(f"{call}/grant-grace", grace, JST, "2026-07-21").code == "proposals_ranked"
    chosen = {"proposal": ranking[1]["proposal"], "yen": 1_000_000_000, "reasons": WHY}
    decision = {"selected": [chosen], "reasons_for_the_others": "次点"}
    assert world.refused(f"{call}/decide-call", decision, JST, "2026-07-31").code == "passed_over"
    dear = {**decision, "selected": [{**chosen, "yen": 1_500_000_001}], "out_of_order": WHY}
    assert world.refused(f"{call}/decide-call", dear, JST, "2026-07-31").code == "more_than_proposed"
    world.posts(f"{call}/decide-call", {**decision, "out_of_order": WHY}, JST, "2026-07-31")
    assert world.gets(first, SATO, "2026-08-01")["selected"]["yen"] == 1_000_000_000
    told = world.gets(second, RIVAL, "2026-08-01")
    assert (told["stage"], told["not_selected"]["reasons"].splitlines()[0]) == ("NotSelected", "次点")


def test_the_hour_before_the_closing_loses_no_proposal_and_takes_none_twice(world: World) -> None:
    call = world.call(world.fund())
    cases = [world.draft(call) for _ in range(20)]
    for number, case in enumerate(cases):
        arrives = at("2026-06-30", f"11:{40 + number}:00")
        for _ in range(2):  # a client that heard nothing sends the same once more
            sent = world.send(
                "POST",
                f"{case}/submit-proposal",
                {"content": content()},
                by=SATO,
                on=arrives,
                key=f"send-{number}",
            )
            assert sent.status == 200, sent.text
    world.settle()
    assert len(world.happened("ProposalSubmitted")) == 20
    assert all(world.gets(case, SATO, "2026-07-01")["stage"] == "Submitted" for case in cases)


def funding(**more: object) -> dict[str, object]:
    """Other funding."""
    return {
        "program": "架空の事業",
        "title": "x",
        "yen": 1_000_000,
        "effort": 10,
        "same_content": False,
        **more,
    }

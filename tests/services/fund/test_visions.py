"""Arts. 60, 61: the guideline is decided and published; a vision narrows technologies."""

from __future__ import annotations

from tests.services.fund.doors import World, world
from tests.services.fund.people import CAO, JST, MEXT, WHY

__all__ = ["world"]
CONTENTS = {
    "direction": WHY,
    "councils": WHY,
    "designated_funds": WHY,
    "research": WHY,
    "considerations": WHY,
}


def test_a_guideline_goes_from_its_draft_over_the_knowledgeable_and_the_cabinet_to_the_public(
    world: World,
) -> None:
    draft = {"title": "改定版", "contents": CONTENTS}
    case = f"/guidelines/{world.posts('/guidelines', draft, CAO, '2026-05-01')['id']}"
    decided = {"decided_on": "2026-06-12"}
    refused = world.refused(f"{case}/record-cabinet-decision", decided, CAO, "2026-06-12")
    assert (refused.code, refused.json["article"]) == ("nobody_heard", "60(4)")
    heard = {"who": "有識者", "knowledge": "研究開発の動向", "opinion": WHY}
    world.posts(f"{case}/hear-knowledgeable", heard, CAO, "2026-05-20")
    publication = {"published_at": "https://example.go.jp/guideline"}
    early = world.refused(f"{case}/publish-guideline", publication, CAO, "2026-06-01")
    assert early.code == "guideline_not_decided"
    world.posts(f"{case}/record-cabinet-decision", decided, CAO, "2026-06-12")
    world.posts(f"{case}/publish-guideline", publication, CAO, "2026-06-15")
    before = world.gets("/guideline", None, "2026-07-01", query={"on": "2026-06-11"})
    assert before["in_force"]["since"] == "2022-09-30"
    assert world.gets("/guideline", None, "2026-07-01")["in_force"]["title"] == "改定版"
    assert world.gets("/guideline", None, "2026-07-01", query={"on": "2022-09-29"})["in_force"] is None


def test_the_visions_of_a_day_are_told_with_their_number_of_technologies_and_no_name_made_up(
    world: World,
) -> None:
    counts = {"2022-09-15": 0, "2022-09-16": 27, "2023-08-28": 50}
    for day, count in counts.items():
        read = world.gets("/research-visions", None, "2026-06-01", query={"on": day})
        assert read["technologies"] == count
        assert all(one["technologies"] == [] for one in read["standing"])
    named = {one["code"]: len(one["technologies"]) for one in read["fields"]}
    assert named == {
        "space_aviation": 1,
        "ocean": 1,
        "quantum": 0,
        "ai": 0,
        "bio": 0,
        "cross_domain_cyber": 0,
    }


def test_a_technology_is_chosen_once_strengths_trends_and_needs_were_considered_with_sources(
    world: World,
) -> None:
    begun = {"title": "架空の第三次", "ministries": ["MEXT", "METI"]}
    case = f"/visions/{world.posts('/visions', begun, CAO, '2026-05-01')['id']}"
    need = {"ministry": "METI", "need": WHY, "source": "x"}
    assert world.refused(f"{case}/post-need", need, MEXT, "2026-05-02").code == "not_your_ministry"
    for name in ("架空技術A", "架空技術B"):
        proposed = {"field": "quantum", "name": name}
        world.posts(f"{case}/propose-technology", proposed, MEXT, "2026-05-02")
    nowhere = {"field": "alchemy", "name": "x"}
    assert world.refused(f"{case}/propose-technology", nowhere, MEXT, "2026-05-02").code == "no_such_field"
    choice = {"technology": 1, "reasons": WHY}
    found = {"technology": 1, "finding": WHY, "source": "調査報告", "found_by": "think_tank"}
    for aspect in ("strengths", "trends_abroad"):
        world.posts(f"{case}/consider-technology", {**found, "aspect": aspect}, CAO, "2026-05-10")
    refused = world.refused(f"{case}/choose-technology", choice, CAO, "2026-05-11")
    assert refused.code == "not_all_considered"
    assert "needs" in refused.json["detail_en"]
    world.posts(f"{case}/consider-technology", {**found, "aspect": "needs"}, CAO, "2026-05-12")
    assert world.refused(f"{case}/choose-technology", choice, MEXT, "2026-05-12").code == "not_your_act"
    world.posts(f"{case}/choose-technology", choice, CAO, "2026-05-12")
    undecided = world.refused(f"{case}/publish-vision", {}, CAO, "2026-05-13")
    assert undecided.code == "technologies_undecided"
    world.posts(f"{case}/drop-technology", {**choice, "technology": 2}, CAO, "2026-05-13")
    world.posts(f"{case}/publish-vision", {}, CAO, "2026-06-01")
    read = world.gets("/research-visions", None, "2026-06-02")
    assert read["technologies"] == 51
    assert [one["name"] for one in read["standing"][-1]["technologies"]] == ["架空技術A"]


def test_the_money_and_the_measures_are_public_with_their_sources(world: World) -> None:
    money = world.gets("/appropriations", None, "2026-06-01")
    assert money["yen"] == 500_000_000_000
    assert money["budgets"][0]["by_ministry"] == {"MEXT": 125_000_000_000, "METI": 125_000_000_000}
    assert money["budgets"][1]["by_ministry"] == {}
    measures = world.gets("/leak-measures", None, "2026-06-01")["measures"]
    assert all(one["source"] for one in measures)
    assert world.gets("/leak-measures", None, "2026-06-01", query={"on": "2022-07-31"})["measures"] == []


def test_an_open_call_is_public(world: World) -> None:
    world.call(world.fund())
    (call,) = world.gets("/open-calls", None, "2026-05-12")["items"]
    assert (call["agency"], call["stage"]) == ("JST", "Announced")
    world.passes("2026-06-02")
    assert world.gets("/open-calls", JST, "2026-06-02")["items"][0]["stage"] == "Open"

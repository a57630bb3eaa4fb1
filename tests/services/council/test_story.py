"""A council from the grant to the published result, over HTTP: Arts. 62, 63(4), 64."""

from __future__ import annotations

import pytest

from tests.services.council.doors import aws, everything, hears, send, sweep
from tests.services.council.people import (
    AUDITING,
    CAO,
    CLERK,
    FOUNDER,
    LEADER,
    MEXT,
    MLIT,
    START_UP,
    STRANGER,
)
from tests.services.council.world import ORGANISERS, PROJECT, WHY, World

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")
CANARY = "34.5N 129.4E"
RESTRICTION = {
    "reasons": WHY,
    "scope": "Fig. 3: the resolution reached.",
    "until": "2026-09-30",
    "why_no_less": "Without the figure nobody can tell what is reached.",
}


def test_a_grant_of_the_fund_has_a_council_organised_by_both_once() -> None:
    world = World()
    world.granted()
    hears("sakimori.fund", "GrantDecided", {"project_id": PROJECT}, on="2026-06-20", case="grant-2")
    assert len(send("GET", "/councils", by=CAO, on="2026-06-21").json["items"]) == 1
    refused = world.does(CAO, "establish", on="2026-06-02")
    assert refused.code == "not_your_act"
    world.done(CAO, "name-organisers", {**ORGANISERS}, on="2026-06-02")
    assert world.does(MEXT, "establish", on="2026-06-02").code == "not_organised_jointly"
    world.done(CAO, "join-in-organising", on="2026-06-02")
    assert world.done(MEXT, "establish", on="2026-06-02")["stage"] == "Established"
    assert world.published.told("CouncilEstablished") == [{"project_id": PROJECT, "on": "2026-06-02"}]
    assert [one["kind"] for one in world.sees(LEADER, on="2026-06-02")["members"]] == [
        "research_minister",
        "principal_researcher",
        "prime_minister",
    ]


def test_who_is_invited_sees_the_invitation_and_nothing_of_the_council() -> None:
    world = World().established()
    body = {"kind": "start_up", "id": START_UP, "name": "Deep Start", "reasons": WHY}
    world.done(MEXT, "invite-member", body, on="2026-06-03")
    seen = world.sees(FOUNDER, on="2026-06-03")
    assert seen["your_invitations"][0]["number"] == 4
    assert not {"members", "decisions", "persons", "invitations"} & seen.keys()
    alone = world.does(FOUNDER, "consent-to-membership", {"member": 4}, on="2026-06-03")
    assert (alone.code, alone.json["article"]) == ("other_organiser_awaited", "63(5)")
    assert send("GET", world.path, by=STRANGER, on="2026-06-03").code == "no_such_case"


def test_a_sensitive_item_is_read_by_whom_all_have_agreed_on_and_each_reading_is_kept() -> None:
    world = World().whole()
    item = world.registered()
    assert world.reads(CLERK, item, "2026-06-06").code == "no_such_case"
    world.marked(item)
    assert world.reads(CLERK, item, "2026-06-08").code == "no_such_case"
    world.named(item, 5)
    read = world.reads(CLERK, item, "2026-06-10")
    assert read.status == 200
    assert CANARY in read.json["content"]
    assert world.reads(LEADER, item, "2026-06-10").code == "no_such_case"
    seen = send("GET", f"/items/{item}/seen", by=MLIT, on="2026-06-11", query={"on": "2026-06-10"}).json
    assert {one["person"] for one in seen["could"]} == {CLERK.subject, MLIT.subject}
    assert [one["person"] for one in seen["did"]] == [CLERK.subject]
    lines = send("GET", f"{world.path}/items", by=CLERK, on="2026-06-10").json["items"]
    assert [(one["id"], one["marking"]) for one in lines] == [(item, "named")]
    assert send("GET", f"{world.path}/items", by=LEADER, on="2026-06-10").json["items"] == []
    assert not [one for one in everything() if CANARY in str(one)]


def test_who_leaves_reads_no_more_and_stays_bound() -> None:
    world = World().whole()
    item = world.registered()
    world.marked(item)
    world.named(item, 5)
    assert world.reads(CLERK, item, "2026-06-10").status == 200
    world.done(CLERK, "leave", {"reasons": "The work is done."}, on="2026-06-11")
    assert world.reads(CLERK, item, "2026-06-11").code == "no_such_case"
    seen = world.sees(CLERK, on="2026-06-12")
    assert seen["your_duty"] == {"acknowledged_on": "2026-06-04", "on_affairs": False}
    assert seen["secrecy"]["penalty_article"] == "95(1)(i)"
    assert not {"members", "decisions"} & seen.keys()
    on = {"on": "2026-06-10"}
    assert CLERK.subject in send("GET", f"/items/{item}/seen", by=MLIT, on="2026-06-12", query=on).text


def test_one_missing_consent_blocks_and_says_whose_and_nobody_votes_twice() -> None:
    world = World().whole()
    item = world.registered(kind="research_result", reference="result-12")
    proposed = {"item": item, **RESTRICTION}
    world.done(LEADER, "propose-restriction", proposed, on="2026-06-10")
    for who in (MEXT, CAO, LEADER, MLIT):
        world.done(who, "consent", {"decision": 1}, on="2026-06-10")
    refused = world.does(MEXT, "decide", {"decision": 1}, on="2026-06-10")
    assert refused.code == "consents_missing"
    assert "company 8230001002345" in refused.json["detail"]
    assert world.does(MLIT, "consent", {"decision": 1}, on="2026-06-10").code == "already_voted"
    assert world.sees(LEADER, on="2026-06-10")["decisions"][0]["missing"] == [5]
    assert world.does(STRANGER, "consent", {"decision": 1}, on="2026-06-10").code == "no_such_case"
    world.done(CLERK, "object-to", {"decision": 1, "reasons": "Too much."}, on="2026-06-11")
    assert world.does(MEXT, "decide", {"decision": 1}, on="2026-06-11").code == "member_objects"
    assert world.published.told("HandlingDecided") == []


def test_a_restriction_has_an_end_and_ends_by_itself_unless_renewed() -> None:
    world = World().whole()
    item = world.registered(kind="research_result", reference="result-12")
    endless = {name: value for name, value in RESTRICTION.items() if name != "until"}
    refused = world.does(LEADER, "propose-restriction", {"item": item, **endless}, on="2026-06-10")
    assert [(one["pointer"], one["code"]) for one in refused.json["errors"]] == [("#/until", "missing")]
    world.agreed("propose-restriction", {"item": item, **RESTRICTION}, on="2026-06-10")
    closed = {
        "project_id": PROJECT,
        "item_id": item,
        "reference": "result-12",
        "handling": "closed",
        "until": "2026-09-30",
    }
    assert world.published.told("HandlingDecided") == [closed]
    (line,) = send("GET", f"{world.path}/restrictions", by=CLERK, on="2026-06-11").json["items"]
    assert (line["in_force"], line["until"]) == (True, "2026-09-30")
    renewal = {
        "restriction": line["id"],
        "until": "2026-10-31",
        "reasons": WHY,
        "why_no_less": "One month is enough.",
    }
    world.agreed("propose-renewal", renewal, on="2026-09-30")
    sweep("2026-10-02")
    world.published.settle()
    assert world.published.told("HandlingDecided")[1:] == [{**closed, "until": "2026-10-31"}]
    sweep("2026-11-02")
    world.published.settle()
    opened = {**closed, "handling": "open", "until": None}
    assert world.published.told("HandlingDecided")[2:] == [opened]
    late = world.does(MEXT, "propose-renewal", {**renewal, "until": "2026-12-31"}, on="2026-11-02")
    assert late.code == "restriction_over"


def test_a_result_is_published_by_decision_and_a_restriction_lifted() -> None:
    world = World().whole()
    item = world.registered(kind="research_result")
    world.agreed("propose-publication", {"item": item, "reasons": WHY}, on="2026-06-10")
    assert [one["handling"] for one in world.published.told("HandlingDecided")] == ["open"]
    world.agreed("propose-restriction", {"item": item, **RESTRICTION}, on="2026-06-11")
    (line,) = send("GET", f"{world.path}/restrictions", by=LEADER, on="2026-06-11").json["items"]
    world.agreed("propose-lifting", {"restriction": line["id"], "reasons": WHY}, on="2026-06-12")
    assert [one["handling"] for one in world.published.told("HandlingDecided")] == ["open", "closed", "open"]
    assert world.sees(LEADER, on="2026-06-12", at=f"/restrictions/{line['id']}")["stage"] == "Lifted"


def test_the_council_gives_its_view_before_a_stage_gate() -> None:
    world = World().whole()
    body = {"gate": "phase-1", "view": "continue_changed", "reasons": WHY}
    world.done(MEXT, "give-gate-view", body, on="2026-06-10")
    assert world.published.told("StageGateViewGiven") == [
        {"project_id": PROJECT, "gate": "phase-1", "view": "continue_changed"}
    ]


def test_an_auditor_reads_all_but_what_an_item_holds() -> None:
    world = World().whole()
    item = world.registered()
    read = world.reads(AUDITING, item, "2026-06-10")
    assert read.status == 200
    assert "content" not in read.json
    assert send("GET", f"/items/{item}", by=AUDITING, on="2026-06-10").json["title"]

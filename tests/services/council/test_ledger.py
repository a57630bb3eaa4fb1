"""The information ledger over HTTP: Arts. 62(4)(i), (iv), (5)."""

from __future__ import annotations

import pytest

from tests.services.council.doors import aws, everything, send, sweep
from tests.services.council.people import AUDITING, CAO, CLERK, LEADER, MEXT, MLIT, noon
from tests.services.council.world import WHY, World

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")


def listed(world: World, who=CLERK, on="2026-06-12", **query: str) -> dict:
    return send("GET", f"{world.path}/items", by=who, on=on, query=query or None).json


def test_a_list_is_of_what_the_reader_may_see_and_comes_in_pages_the_newest_first() -> None:
    world = World().whole()
    items = [world.registered(title=f"Sounding {n}", on=f"2026-06-0{n}") for n in (5, 6, 7)]
    body = {
        "items": items,
        "marking": "council",
        "scope": "All of it.",
        "until": "2026-12-31",
        "reasons": WHY,
        "why_no_less": "The council has to compare them.",
    }
    world.agreed("propose-sensitivity", body, on="2026-06-08")
    mine = world.registered(who=CLERK, title="Our own", on="2026-06-09")
    whole = listed(world)
    assert [one["id"] for one in whole["items"]] == [mine, *reversed(items)]
    assert [one["marking"] for one in whole["items"]] == ["owner", "council", "council", "council"]
    first = listed(world, limit="3")
    assert [one["id"] for one in first["items"]] == [mine, items[2], items[1]]
    rest = listed(world, limit="3", cursor=first["next"])
    assert [one["id"] for one in rest["items"]] == [items[0]]
    assert [one["id"] for one in listed(world, LEADER)["items"]] == list(reversed(items))
    assert listed(world, MEXT)["items"] == []
    wrong = send("GET", f"{world.path}/items", by=CLERK, on="2026-06-12", query={"cursor": "council-1"})
    assert wrong.code == "cursor_not_valid"


def test_what_is_guarded_asks_for_what_the_policy_asks_of_persons_until_its_period_ends() -> None:
    world = World().whole()
    item = world.registered()
    world.marked(item, "guarded", until="2026-06-20")
    world.named(item, 5)
    assert world.reads(CLERK, item, "2026-06-10").code == "no_such_case"
    for attribute, value in (("vetting", "passed"), ("foreign_access", "unmanaged")):
        attested = {"person": CLERK.subject, "attribute": attribute, "value": value, "evidence": "file 7"}
        world.done(MEXT, "attest-person", attested, on="2026-06-10")
    assert world.reads(CLERK, item, "2026-06-11").code == "no_such_case"
    managed = {**attested, "value": "declared_and_managed", "last_day": "2026-06-15"}
    world.done(MEXT, "attest-person", managed, on="2026-06-11")
    assert world.reads(CLERK, item, "2026-06-15").status == 200
    assert world.reads(CLERK, item, "2026-06-16").code == "no_such_case"
    assert world.reads(CLERK, item, "2026-06-21").json["marking"] == "council"
    sweep("2026-06-23")
    assert world.sees(MLIT, on="2026-06-23", at=f"/items/{item}")["stage"] == "Unmarked"


def test_only_members_are_named_only_by_the_owner_and_a_naming_is_revoked_at_once() -> None:
    world = World().whole()
    item = world.registered()
    world.marked(item)
    at, on = f"/items/{item}", "2026-06-09"
    body = {"members": [9], "reasons": WHY, "first_day": on}
    assert world.does(MLIT, "name-members", body, on=on, at=at).code == "no_such_member"
    assert world.does(MEXT, "name-members", {**body, "members": [5]}, on=on, at=at).code == "not_the_owner"
    world.named(item, 5, on=on)
    twice = world.does(MLIT, "name-members", {**body, "members": [5]}, on=on, at=at)
    assert twice.code == "already_named"
    assert world.reads(CLERK, item, noon("2026-06-09")).status == 200
    world.done(MLIT, "revoke-naming", {"members": [5], "reasons": WHY}, on="2026-06-10", at=at)
    assert world.reads(CLERK, item, "2026-06-10").code == "no_such_case"
    never = {"members": [4], "reasons": WHY}
    assert world.does(MLIT, "revoke-naming", never, on="2026-06-10", at=at).code == "not_named"


def test_an_item_taken_out_is_read_and_proposed_no_more_and_its_past_stays() -> None:
    world = World().whole()
    item = world.registered()
    world.marked(item, "council")
    assert world.reads(CLERK, item, "2026-06-09").status == 200
    at = f"/items/{item}"
    world.done(MLIT, "change-storage-rules", {"storage": ["Shred it."]}, on="2026-06-10", at=at)
    world.done(MLIT, "withdraw-item", {"reasons": WHY}, on="2026-06-10", at=at)
    world.published.settle()
    assert world.reads(CLERK, item, "2026-06-10").code == "no_such_case"
    assert listed(world)["items"] == []
    seen = send("GET", f"{at}/seen", by=MLIT, on="2026-06-11", query={"on": "2026-06-09"}).json
    assert CLERK.subject in {one["person"] for one in seen["could"]}
    assert [one["person"] for one in seen["did"]] == [CLERK.subject]
    body = {"item": item, "reasons": WHY}
    assert world.does(LEADER, "propose-publication", body, on="2026-06-11").code == "item_withdrawn"


def test_only_a_result_is_published_or_restricted_and_not_while_a_restriction_stands() -> None:
    world = World().whole()
    item, result = world.registered(), world.registered(kind="research_result")
    body = {"item": item, "reasons": WHY}
    assert world.does(LEADER, "propose-publication", body, on="2026-06-09").code == "not_a_result"
    restricted = {"scope": "Fig. 3", "until": "2026-09-30", "why_no_less": WHY}
    world.agreed("propose-restriction", {**body, "item": result, **restricted}, on="2026-06-09")
    refused = world.does(LEADER, "propose-publication", {**body, "item": result}, on="2026-06-10")
    assert refused.code == "restriction_stands"
    unknown = {**body, "item": "item-01KTS9VVC0Q6X6Y2B7J5G2H8RA"}
    assert world.does(LEADER, "propose-publication", unknown, on="2026-06-10").code == "no_such_item"


def test_the_title_of_an_item_is_in_nobody_s_history_but_theirs_who_keep_it() -> None:
    world = World().whole()
    item = world.registered()
    for who, status in ((MLIT, 200), (MEXT, 200), (CAO, 200), (AUDITING, 200), (CLERK, 404), (LEADER, 404)):
        reply = send("GET", f"/items/{item}/history", by=who, on="2026-06-10")
        assert reply.status == status, who.subject
        assert "sealed" not in reply.text
    audits = [one for one in everything() if one["sk"]["S"].startswith("AUDIT#")]
    assert {one["subject"]["S"] for one in audits} >= {MLIT.subject, MEXT.subject, AUDITING.subject}


def test_a_meeting_a_request_a_commission_and_a_need_over_http() -> None:
    world = World().whole()
    rules = {"reasons": WHY, "meeting_notice_days": 3}
    world.agreed("propose-rules", rules, on="2026-06-10")
    agenda = [{"subject": "62(4)(iii)", "title": "The result"}]
    call = {"council": world.council, "day": "2026-06-12", "place": "Room 1", "agenda": agenda}
    soon = send("POST", "/meetings", call, by=MEXT, on="2026-06-10")
    assert soon.code == "notice_too_short"
    meeting = world.opened(MEXT, "/meetings", {**call, "day": "2026-06-15"}, on="2026-06-10")
    assert [one["id"] for one in send("GET", "/meetings", by=CLERK, on="2026-06-10").json["items"]] == [
        meeting
    ]
    minutes = {"attended": [1, 2, 5], "minutes": [{"point": 1, "discussed": "It is to be published."}]}
    world.done(MEXT, "minute-meeting", minutes, on="2026-06-15", at=f"/meetings/{meeting}")
    assert world.sees(CLERK, on="2026-06-16", at=f"/meetings/{meeting}")["minuted"]["attended"] == [1, 2, 5]

    ask = {
        "council": world.council,
        "help": "material",
        "request": "Soundings.",
        "due": "2026-07-31",
        "member": 5,
    }
    request = world.opened(CAO, "/material-requests", ask, on="2026-06-16")
    world.done(
        CLERK, "refuse-material", {"reasons": WHY}, on="2026-06-17", at=f"/material-requests/{request}"
    )
    for wrong, code in (({"member": 9}, "no_such_member"), ({"member": None}, "one_to_be_asked")):
        refused = send("POST", "/material-requests", {**ask, **wrong}, by=CAO, on="2026-06-17")
        assert refused.code == code

    plan = {
        "organisation": "5010001000002",
        "name": "Institute",
        "corporation": True,
        "part": "part",
        "subject": "Trends.",
    }
    commission = f"/commissions/{world.opened(CAO, '/commissions', plan, on='2026-06-16')}"
    for criterion in ("i", "ii", "iii", "iv"):
        met = {"criterion": criterion, "met": True, "evidence": WHY}
        world.done(CAO, "assess-ability", met, on="2026-06-16", at=commission)
    due = {"title": "Report", "deals_with": "trends", "due": "2027-03-31"}
    contract = {
        "contract": "C-1",
        "scope": "Trends.",
        "first_day": "2026-07-01",
        "until": "2027-03-31",
        "deliverables": [due],
    }
    world.done(CAO, "entrust-research", contract, on="2026-06-17", at=commission)
    finding = {
        "title": "Japan leads",
        "deals_with": "strengths",
        "technology": "量子センシング",
        "marking": "guarded",
        "summary": "It does.",
        "to": ["council"],
        "council": world.council,
    }
    world.done(CAO, "hand-over-finding", finding, on="2026-06-18", at=commission)
    told = world.published.told("FindingHandedOver")
    assert [(one["to"], one["marking"]) for one in told] == [("council", "guarded")]
    assert world.sees(LEADER, on="2026-06-18")["findings"][0]["title"] == "Japan leads"

    need = {
        "ministry": "MEXT",
        "title": "Seeing in murky water",
        "need": "Divers cannot see.",
        "technology": "量子センシング",
        "use": "public",
        "agency": "MLIT",
    }
    posted = f"/needs/{world.opened(MLIT, '/needs', need, on='2026-06-18')}"
    world.done(MEXT, "match-seed", {"council": world.council, "why": WHY}, on="2026-06-18", at=posted)
    answer = {"seed": 1, "answer": "From 2 m on.", "can_meet": True}
    world.done(LEADER, "answer-need", answer, on="2026-06-19", at=posted)
    assert world.sees(MLIT, on="2026-06-19", at=posted)["seeds"][0]["can_meet"] is True


def test_what_anyone_may_read_needs_no_token() -> None:
    duties = send("GET", "/secrecy", by=None, on="2026-06-01").json["items"]
    assert [one["penalty_article"] for one in duties] == ["95(1)(i)", "95(1)(i)"]
    markings = send("GET", "/markings", by=None, on="2026-06-01").json["items"]
    assert {one["name"]: sorted(one["needs"]) for one in markings}["guarded"] == ["foreign_access", "vetting"]
    assert len(send("GET", "/model-rules", by=None, on="2026-06-01").json["provisions"]) == 9


def test_a_project_has_one_council_by_choice_until_that_one_is_over() -> None:
    plan = {
        "project_id": "p-9",
        "title": "Sensing",
        "technology": "量子",
        "ministry": "MEXT",
        "principal": LEADER.subject,
        "principal_name": "Prof. Kaiyo",
    }
    world = World()
    world.council = world.opened(MEXT, "/councils", plan, on="2026-06-01")
    assert send("POST", "/councils", plan, by=MEXT, on="2026-06-02").code == "council_exists"
    world.done(LEADER, "decline-council", {"reasons": "Not now."}, on="2026-06-03")
    assert send("POST", "/councils", plan, by=MEXT, on="2026-06-04").status == 201

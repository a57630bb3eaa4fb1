"""A supplier files once, sealed from operators; the ministry reads it whole; every plan hears of a change."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import permutations
from typing import Any

import msgspec
import pytest

from services.infra_review.roles import SUPPLIER
from services.platform.law.parties import Principal
from services.platform.runtime.sealed import Sealed
from services.platform.runtime.sealing import SealBroken, seal, unseal
from tests.services.infra_review.bus import aws, circle, delivered, kept, published, readings, shuffled, told
from tests.services.infra_review.conftest import CAO, COMPANY, LAWYER, METI, MLIT, a_plan, at
from tests.services.infra_review.doors import Reply, designated, get, lapses, plan_of, post

pytestmark = pytest.mark.usefixtures("circle")
__all__ = ["aws", "circle"]
MAKER = Principal("maker-1", "R-DE00000001", frozenset({SUPPLIER.name}))
OTHER_MAKER = Principal("maker-2", "R-FI00000002", frozenset({SUPPLIER.name}))
AUDITOR = Principal("auditor-1", "Board of Audit", frozenset({"auditor"}))
SECRET_OFFICER, SECRET_HOLDER = "Weberknecht", "Deep Fjord Holdings"
DAY = "2026-05-11"


def facts(papers: str = DAY, **changes: Any) -> dict[str, Any]:
    """What the maker states about itself, with its papers made ten days before a day."""
    supplier = a_plan(papers=date.fromisoformat(papers)).introduction.supplier  # type: ignore[union-attr]
    party: dict[str, Any] = msgspec.to_builtins(supplier)
    party["officers"][0]["name"] = SECRET_OFFICER
    party["holders"] = [{"name": SECRET_HOLDER, "country": "NO", "share": {"part": 24, "whole": 100}}]
    return {"party": party | changes}


def holders(percent: int) -> dict[str, Any]:
    return {"holders": [{"name": SECRET_HOLDER, "country": "NO", "share": {"part": percent, "whole": 100}}]}


def passport(on: str = DAY) -> str:
    reply = post("/passports", facts(on), by=MAKER, on=on)
    assert reply.status == 201, reply.text
    return str(reply.json["token"])


def changed(token: str, on: str, **changes: Any) -> Reply:
    reply = post(f"/passports/{token}/change", facts(on, **changes), by=MAKER, on=on)
    assert reply.status == 200, reply.text
    return reply


def citing(token: str, on: str = DAY) -> dict[str, Any]:
    plan = plan_of(on)
    plan["introduction"]["supplier"] = {"name": "Aurora Control Systems GmbH", "passport": token}
    return plan


def filed(token: str, on: str | datetime = DAY, operator: str | None = None) -> str:
    body = {"operator_id": operator or designated(), "plan": citing(token)}
    reply = post("/notifications", body, on=on)
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


def drafts(on: str = "2026-07-01") -> list[dict[str, Any]]:
    """The operator's drafts, oldest first."""
    lines = get("/drafts", by=COMPANY, on=on, query={"limit": "100"}).json["items"]
    return [get(f"/drafts/{line['id']}", by=COMPANY, on=on).json for line in reversed(lines)]


def because(draft: dict[str, Any]) -> tuple[str, int, str, str]:
    cause = draft["because"]
    return cause["plan_case"], cause["revision"], cause["consequence"], cause["article"]


# ---- The seal ----


def test_a_sealed_text_opens_only_where_it_belongs() -> None:
    sealed = seal("生年月日".encode(), case="passport-1", revision="1")
    assert unseal(sealed, case="passport-1", revision="1").decode() == "生年月日"
    with pytest.raises(SealBroken):
        unseal(sealed, case="passport-2", revision="1")
    with pytest.raises(SealBroken):
        unseal(sealed, case="passport-1", revision="2")


def test_a_sealed_text_that_was_changed_does_not_open() -> None:
    sealed = seal(b"DE", case="passport-1", revision="1")
    other = seal(b"CN", case="passport-1", revision="1")
    with pytest.raises(SealBroken):
        unseal(Sealed(sealed.key, other.box), case="passport-1", revision="1")


def test_the_same_facts_are_never_sealed_alike() -> None:
    once, twice = (seal(b"DE", case="passport-1", revision="1") for _ in range(2))
    assert once.key != twice.key
    assert once.box != twice.box


# ---- Filing ----


def test_what_is_sealed_reaches_the_table_only_sealed() -> None:
    token = passport()
    changed(token, "2026-05-12", **holders(30))
    filed(token, "2026-05-13")
    told(token)
    text = kept()
    assert "Aurora Control Systems GmbH" in text
    for secret in (SECRET_OFFICER, SECRET_HOLDER, "1970-05-01"):
        assert secret not in text


def test_a_supplier_hears_of_everything_its_facts_lack_at_once() -> None:
    lacking = facts()
    lacking["party"] |= {"holders": None, "officers": None, "governing_law": None}
    refused = post("/passports", lacking, by=MAKER, on=DAY)
    assert (refused.status, refused.code) == (422, "facts_incomplete")
    pointers = {error["pointer"] for error in refused.json["errors"]}
    assert pointers == {"#/party/holders", "#/party/officers", "#/party/governing_law"}


def test_a_passport_cannot_hide_behind_another() -> None:
    token = passport()
    refused = post("/passports", facts(passport=token), by=MAKER, on=DAY)
    assert refused.code == "passport_of_a_passport"


def test_the_supplier_reads_its_own_facts_and_that_is_recorded() -> None:
    token = passport()
    own = get(f"/passports/{token}/contents", by=MAKER, on="2026-05-12")
    assert own.json["party"]["officers"][0]["name"] == SECRET_OFFICER
    last = readings(token)[-1]
    assert (last["subject"], last["fields"]) == ("maker-1", "revision 1")
    assert [line["id"] for line in get("/passports", by=MAKER, on=DAY).json["items"]] == [token]


def test_filing_the_same_passport_again_with_the_same_key_is_answered_alike() -> None:
    first, again = (post("/passports", facts(), by=MAKER, on=DAY, key="once") for _ in range(2))
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"
    token = first.json["token"]
    change = [
        post(f"/passports/{token}/change", facts(**holders(30)), by=MAKER, on=DAY, key="twice")
        for _ in range(2)
    ]
    assert change[0].json["revision"] == change[1].json["revision"] == 2


def test_only_a_supplier_files_a_passport_and_only_its_own() -> None:
    assert post("/passports", facts(), by=COMPANY, on=DAY).code == "not_your_act"
    token = passport()
    for stranger in (OTHER_MAKER, COMPANY, METI):
        assert post(f"/passports/{token}/change", facts(), by=stranger, on=DAY).code == "no_such_case"
        assert get(f"/passports/{token}/contents", by=stranger, on=DAY).code == "no_such_case"


# ---- Who reads it ----


def test_the_reviewing_official_reads_the_plan_whole_and_the_reading_is_recorded_with_its_reason() -> None:
    token = passport()
    case = filed(token)
    path = f"/notifications/{case}/composed"
    whole = get(path, by=METI, on="2026-05-20", query={"reason": "ownership of the supplier"})
    assert whole.status == 200
    supplier = whole.json["plan"]["introduction"]["supplier"]
    assert supplier["officers"][0]["name"] == SECRET_OFFICER
    assert whole.json["revisions"] == {token: 1}
    last = readings(token)[-1]
    assert (last["subject"], last["organisation"], last["standing"]) == (
        METI.subject, "METI", "reviewing_official",
    )  # fmt: skip
    assert (last["at"], last["why"]) == ("2026-05-20T03:00:00Z", "ownership of the supplier")
    assert last["route"] == f"GET {path}"


@pytest.mark.parametrize("reason", [None, " ", "x" * 401])
def test_a_reading_without_a_reason_is_no_reading(reason: str | None) -> None:
    token = passport()
    case = filed(token)
    before = len(readings(token))
    query = {"reason": reason} if reason else None
    refused = get(f"/notifications/{case}/composed", by=METI, on=DAY, query=query)
    assert refused.code == ("query_not_valid" if reason and reason.strip() else "reading_needs_reason")
    assert len(readings(token)) == before


def test_no_route_shows_an_operator_what_its_supplier_has_sealed() -> None:
    token = passport()
    case = filed(token)
    changed(token, "2026-05-20", **holders(30))
    told(case, token)
    (draft,) = drafts()
    reason = {"reason": "curious"}
    for reader in (COMPANY, LAWYER):
        for path in (
            "/notifications", f"/notifications/{case}", f"/notifications/{case}/history",
            f"/notifications/{case}/clock", f"/notifications/{case}/deadlines.ics",
            f"/notifications/{case}/composed", "/drafts", f"/drafts/{draft['id']}",
            f"/drafts/{draft['id']}/history", "/passports", f"/passports/{token}",
            f"/passports/{token}/history", f"/passports/{token}/contents", f"/passports/{token}/clock",
            "/register", "/queue",
        ):  # fmt: skip
            answer = get(path, by=reader, on="2026-06-01", query=reason)
            for secret in (SECRET_OFFICER, SECRET_HOLDER, "1970-05-01"):
                assert secret not in answer.text, path
    assert get(f"/notifications/{case}/composed", by=COMPANY, on=DAY, query=reason).code == "not_your_reading"
    check = post(f"/drafts/{draft['id']}/check", {}, by=COMPANY, on="2026-06-01", key=None)
    assert check.status == 200
    assert SECRET_OFFICER not in check.text


def test_who_does_not_review_the_plan_does_not_read_it() -> None:
    token = passport()
    case = filed(token)
    reason = {"reason": "curious"}
    assert get(f"/notifications/{case}/composed", by=MLIT, on=DAY, query=reason).code == "no_such_case"
    assert get(f"/notifications/{case}/composed", by=MAKER, on=DAY, query=reason).code == "no_such_case"
    assert get(f"/notifications/{case}/composed", by=CAO, on=DAY, query=reason).code == "no_such_case"
    assert get(f"/notifications/{case}/composed", by=AUDITOR, on=DAY, query=reason).code == "not_your_reading"


def test_a_defect_under_the_seal_reaches_the_operator_as_one_word() -> None:
    token = passport("2026-01-10")  # its papers are older than three months when the plan is filed
    refused = post("/notifications", {"operator_id": designated(), "plan": citing(token)}, on=DAY)
    assert refused.code == "plan_incomplete"
    (error,) = refused.json["errors"]
    assert (error["pointer"], error["code"]) == (
        "#/plan/introduction/supplier/passport", "passport_incomplete",
    )  # fmt: skip
    assert "identity" not in refused.text
    assert SECRET_OFFICER not in refused.text


def test_a_token_nobody_has_filed_under_is_a_defect() -> None:
    refused = post("/notifications", {"operator_id": designated(), "plan": citing("passport-of-nobody")})
    assert [error["code"] for error in refused.json["errors"]] == ["passport_unknown"]


def test_the_event_of_a_change_carries_ids_and_no_fact() -> None:
    token = passport()
    changed(token, "2026-05-20", **holders(30))
    (event,) = map(json.loads, published(token))
    assert event["detail-type"] == "PassportChanged"
    assert event["detail"]["data"] == {"revision": 2}
    assert event["detail"]["metadata"]["classification"] == "restricted"
    assert "Aurora" not in json.dumps(event)


# ---- What a change asks of the plans ----


def test_another_law_of_establishment_asks_for_a_new_notification() -> None:
    token = passport()
    case = filed(token)
    changed(token, "2026-05-20", governing_law="CN")
    told(case, token)
    (draft,) = drafts()
    assert because(draft) == (case, 2, "renotify", "54(1)")
    assert draft["plan"]["introduction"]["supplier"]["passport"] == token


@pytest.mark.parametrize(
    ("percents", "consequences"),
    [((24, 25), ["report"]), ((25, 33, 34, 50), ["nothing", "report", "report"]), ((30, 24), ["nothing"])],
)
def test_newly_reaching_a_quarter_a_third_or_a_half_asks_for_a_report(
    percents: tuple[int, ...], consequences: list[str]
) -> None:
    token = post("/passports", facts(**holders(percents[0])), by=MAKER, on=DAY).json["token"]
    case = filed(token)
    for percent in percents[1:]:
        changed(token, "2026-05-20", **holders(percent))
    told(case, token)
    assert [
        d["because"]["consequence"] for d in sorted(drafts(), key=lambda d: d["because"]["revision"])
    ] == (consequences)


def test_a_newer_paper_asks_for_nothing_and_says_so() -> None:
    token = passport()
    case = filed(token)
    registry = facts()["party"]["registry"] | {"name": "registry-2.pdf"}
    changed(token, "2026-05-20", registry=registry)
    told(case, token)
    assert [because(draft)[1:] for draft in drafts()] == [(2, "nothing", "54")]


def test_every_live_plan_gets_one_draft_for_each_revision() -> None:
    token = passport()
    operator = designated()
    first, second = filed(token, operator=operator), filed(token, operator=operator)
    changed(token, "2026-05-20", **holders(25))
    changed(token, "2026-05-21", **holders(40))
    told(first, second, token)
    found = sorted(because(draft) for draft in drafts())
    assert found == sorted(
        (case, revision, "report", "54(4)") for case in (first, second) for revision in (2, 3)
    )


def test_the_order_of_events_does_not_matter() -> None:
    token = passport()
    case = filed(token)
    changed(token, "2026-05-20", governing_law="CN")
    changed(token, "2026-05-21", governing_law="CN", representative="Berta Weber")
    bodies = published(case, token)
    assert len(bodies) == 3
    for order in permutations(bodies):
        delivered(list(order))
    delivered(shuffled(bodies, 7))
    assert [because(draft)[1:3] for draft in drafts()] == [(2, "renotify"), (3, "report")]


def test_a_change_that_the_plan_was_filed_with_asks_for_nothing() -> None:
    token = passport("2026-05-09")
    changed(token, "2026-05-10", **holders(25))
    case = filed(token, "2026-05-11")
    told(case, token)
    assert drafts() == []


def test_a_withdrawn_plan_hears_of_nothing() -> None:
    token = passport()
    case = filed(token)
    assert post(f"/notifications/{case}/withdraw", {}, on="2026-05-12").status == 200
    changed(token, "2026-05-20", **holders(25))
    told(case, token)
    assert drafts() == []


def test_a_free_plan_is_watched_until_it_is_carried_out() -> None:
    token = passport()
    case = filed(token)
    post(f"/notifications/{case}/accept", {}, by=METI, on="2026-05-12")
    post(f"/notifications/{case}/shorten", {
        "until": "2026-05-20", "ground": "review_not_needed", "reasons": "Known.",
    }, by=METI, on="2026-05-13")  # fmt: skip
    assert lapses(case, at("2026-05-22", datetime.min.time()))["stage"] == "Freed"
    changed(token, "2026-06-01", governing_law="CN")
    introduced = date.fromisoformat(citing(token)["introduction"]["on"])
    changed(token, introduced.isoformat(), governing_law="FR")
    told(case, token)
    assert [because(draft)[2] for draft in drafts()] == ["renotify", "nothing"]


def test_a_reading_by_the_system_is_recorded_too() -> None:
    token = passport()
    case = filed(token)
    changed(token, "2026-05-20", **holders(25))
    told(case, token)
    system = [one for one in readings(token) if one["subject"] == "sakimori"]
    assert [one["fields"] for one in system] == ["revision 1", "revision 2"]
    assert all(one["why"].startswith("54:") for one in system)

"""Chapter 3 over HTTP: the story, who sees what of it, and every kind of bad input."""

from __future__ import annotations

from datetime import date, time

import pytest

from services.platform.http.problems import catalogue
from tests.services.infra_review.conftest import (
    CAO,
    COMPANY,
    LAWYER,
    METI,
    MLIT,
    POWER,
    STRANGER,
    Principal,
    at,
)
from tests.services.infra_review.doors import (
    NECESSITY,
    accepted,
    aws,
    designated,
    filed,
    get,
    items,
    lapses,
    plan_of,
    post,
    sweeps,
)

pytestmark = pytest.mark.usefixtures("aws")
__all__ = ["aws"]
AUDITOR = Principal("auditor-1", "Board of Audit", frozenset({"auditor"}))
RIVAL = Principal("clerk-9", "2010001000005", frozenset({"operator"}))
EXTEND = {"purpose": "review", "necessity": NECESSITY}
RECOMMEND = {"kind": "change_plan", "measures": "Change.", "reasons": "Likely.", "necessity": NECESSITY}


def acts(case: str, by: Principal = METI, on: str = "2026-06-30") -> list[str]:
    return [act["act"] for act in get(f"/notifications/{case}/history", by=by, on=on).json["acts"]]


def recommended(case: str, on: str) -> None:
    consult = {"about": "recommendation", "draft": "Change.", "necessity": NECESSITY}
    assert post(f"/notifications/{case}/consult", consult, by=METI, on=on).status == 200
    opinion = {"of": "内閣総理大臣", "opinion": "No objection."}
    assert post(f"/notifications/{case}/give-opinion", opinion, by=CAO, on=on).status == 200
    assert post(f"/notifications/{case}/close-consultation", {}, by=METI, on=on).status == 200
    assert post(f"/notifications/{case}/recommend", RECOMMEND, by=METI, on=on).status == 200
    receipt = {"received_on": on, "evidence": "registered mail 1234"}
    assert post(f"/notifications/{case}/record-receipt", receipt, by=METI, on=on).status == 200


# ---- The story ----


def test_a_notification_from_filing_to_freedom():
    case = filed("2026-05-11")
    shortcoming = {
        "field": "/introduction/content",
        "rule": "too_vague",
        "article": "52(2)",
        "text": "Which model?",
    }
    returned = post(
        f"/notifications/{case}/return-for-completion",
        {"shortcomings": [shortcoming]},
        by=METI,
        on="2026-05-13",
    )
    assert returned.json["stage"] == "AwaitCompletion"
    seen = get(f"/notifications/{case}", on="2026-05-14").json
    assert seen["shortcomings"] == [shortcoming]
    assert "complete" in [act["act"] for act in seen["allowed_acts"]]
    post(f"/notifications/{case}/complete", {"plan": plan_of("2026-05-15")}, on="2026-05-15")
    post(f"/notifications/{case}/accept", by=METI, on="2026-05-20")
    extended = post(
        f"/notifications/{case}/extend", EXTEND | {"until": "2026-08-31"}, by=METI, on="2026-06-10"
    )
    assert extended.json["standstill"]["extension_not_delivered"] == "2026-08-31"
    delivery = {"of": "extension", "received_on": "2026-06-10", "evidence": "handed over"}
    extended = post(f"/notifications/{case}/record-delivery", delivery, by=METI, on="2026-06-10")
    assert extended.json["standstill"]["last_day"] == "2026-08-31"
    recommended(case, "2026-06-24")
    answered = post(f"/notifications/{case}/answer", {"accepts": True}, on="2026-07-03")
    assert answered.json["stage"] == "AwaitChangedPlan"
    changed = post(
        f"/notifications/{case}/file-changed-plan", {"plan": plan_of("2026-07-21")}, on="2026-07-21"
    )
    assert (changed.json["stage"], changed.json["free_from"]) == ("Freed", "2026-07-21")
    assert [act["act"] for act in changed.json["allowed_acts"]] == ["notify_urgent_change", "report_change"]


def test_arrival_and_acceptance_are_both_shown():
    case = filed("2026-05-11")
    post(f"/notifications/{case}/accept", by=METI, on="2026-05-20")
    seen = get(f"/notifications/{case}", on="2026-05-21").json
    assert (seen["arrived_at"], seen["accepted_at"]) == ("2026-05-11T03:00:00Z", "2026-05-20T03:00:00Z")


def test_the_clock_of_the_case_names_the_article_and_the_days():
    case = accepted("2026-06-01")
    clock = get(f"/notifications/{case}/clock", on="2026-06-02").json
    standstill = clock["deadlines"][0]
    assert (standstill["article"], standstill["last_day"], standstill["free_from"]) == (
        "52(3)",
        "2026-06-30",
        "2026-07-01",
    )


def test_the_machine_frees_the_plan_at_midnight_and_not_a_second_before():
    case = accepted("2026-06-01")
    assert lapses(case, at("2026-06-30", time(23, 59, 59)))["stage"] == "Standstill"
    assert lapses(case, at("2026-07-01", time(0)))["stage"] == "Freed"
    assert lapses(case, at("2026-07-02", time(0)))["stage"] == "Freed"
    assert acts(case).count("PlanFreed") == 1


def test_a_day_without_machines_changes_no_legal_day():
    case = accepted("2026-06-01")
    assert sweeps(at("2026-07-02", time(3))) == {"batchItemFailures": []}
    assert get(f"/notifications/{case}", on="2026-07-02").json["free_from"] == "2026-07-01"


# ---- Who sees what ----


def test_a_case_is_no_case_to_who_has_no_part_in_it():
    case = accepted("2026-06-01")
    for outsider in (RIVAL, STRANGER, MLIT, CAO):
        assert get(f"/notifications/{case}", by=outsider).code == "no_such_case"
        assert post(f"/notifications/{case}/extend", EXTEND, by=outsider).code == "no_such_case"
    assert get("/notifications", by=CAO).json["items"] == []
    assert get("/notifications", by=RIVAL).json["items"] == []
    assert get("/notifications", by=MLIT).json["items"] == []


def test_the_cabinet_office_comes_in_when_it_is_consulted():
    case = accepted("2026-06-01")
    consult = {"about": "recommendation", "draft": "Change.", "necessity": NECESSITY}
    post(f"/notifications/{case}/consult", consult, by=METI, on="2026-06-02")
    assert [line["id"] for line in get("/notifications", by=CAO, on="2026-06-03").json["items"]] == [case]
    seen = get(f"/notifications/{case}", by=CAO, on="2026-06-03")
    assert [act["act"] for act in seen.json["allowed_acts"]] == ["give_opinion"]
    assert "officers" not in seen.text


def test_the_operator_never_sees_what_the_government_says_to_itself():
    case = accepted("2026-06-01")
    recommended(case, "2026-06-05")
    post(f"/notifications/{case}/extend", EXTEND, by=METI, on="2026-06-06")
    for reader in (COMPANY, LAWYER):
        for path in ("", "/history", "/clock"):
            text = get(f"/notifications/{case}{path}", by=reader, on="2026-06-07").text
            for secret in ("consult", "No objection", "Control from abroad", "penalty", "Opinion"):
                assert secret not in text, (path, secret)
    own = get(f"/notifications/{case}", on="2026-06-07").json
    assert own["recommendation"]["reasons"] == "Likely."
    official = get(f"/notifications/{case}", by=METI, on="2026-06-07").json
    assert official["consultations"][0]["opinions"][0]["opinion"] == "No objection."
    assert [p["article"] for p in official["penalty_provisions"]] == ["92(1)(ii)"]


def test_officers_are_shown_to_the_reviewing_ministry_and_the_reading_is_recorded():
    case = filed("2026-05-11")
    before = items()
    seen = get(f"/notifications/{case}", by=METI, on="2026-05-12").json
    assert seen["plan"]["introduction"]["supplier"]["officers"][0]["name"] == "Anna Weber"
    assert items() == before + 1
    assert "Anna Weber" not in get(
        f"/notifications/{case}/history", by=AUDITOR, on="2026-05-12"
    ).text.replace('"representative":"Anna Weber"', "")


def test_the_answer_kept_for_a_repeated_filing_holds_nothing_restricted():
    reply = post(
        "/notifications", {"operator_id": designated(), "plan": plan_of()}, on="2026-05-11", key="once-1"
    )
    assert reply.status == 201
    assert "officers" not in reply.text


# ---- Who may ----


def test_an_agent_files_under_a_mandate_and_not_without():
    body = {"operator_id": designated(), "plan": plan_of()}
    assert post("/notifications", body, by=LAWYER).status == 201
    refused = post("/notifications", body, by=STRANGER)
    assert (refused.status, refused.code) == (403, "not_your_act")


def test_an_official_designates_only_in_the_ministrys_own_sectors():
    decision = {
        "organisation": POWER,
        "name": POWER,
        "address": "富山",
        "business": "general_transmission_distribution",
        "criterion": "every_operator",
        "necessity": NECESSITY,
    }
    refused = post("/operators", decision, by=MLIT)
    assert (refused.status, refused.code, refused.json["article"]) == (403, "not_your_act", "50(1)")
    unknown = post("/operators", decision | {"business": "medical_care"}, by=METI)
    assert (unknown.status, unknown.code) == (422, "business_not_in_force")
    assert post("/operators", decision, by=METI).status == 201
    assert post("/operators", decision, by=METI).code == "already_designated"


# ---- Bad input ----


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"surprise": 1}, "#/surprise", "unknown"),
        ({"operator_id": 7}, "#/operator_id", "wrong_type"),
        ({"operator_id": "x" * 81}, "#/operator_id", "too_long"),
        ({"electronic_notices": "yes"}, "#/electronic_notices", "wrong_type"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_with_the_place(change, pointer, code):
    body = {"operator_id": "operator-1", "plan": plan_of(), **change}
    before = items()
    refused = post("/notifications", body)
    assert (refused.status, refused.code) == (422, "body_not_valid")
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in refused.json["errors"]]
    assert items() == before


def test_an_impossible_day_is_refused_with_its_place():
    plan = plan_of()
    plan["introduction"]["on"] = "2027-02-30"
    refused = post("/notifications", {"operator_id": "operator-1", "plan": plan})
    assert [(error["pointer"], error["code"]) for error in refused.json["errors"]] == [
        ("#/plan/introduction/on", "not_a_day")
    ]


def test_an_overlong_text_is_refused_with_its_place():
    plan = plan_of()
    plan["equipment"]["outline"] = "長" * 4001
    refused = post("/notifications", {"operator_id": "operator-1", "plan": plan})
    assert [(error["pointer"], error["code"]) for error in refused.json["errors"]] == [
        ("#/plan/equipment/outline", "too_long")
    ]


def test_missing_attachments_are_refused_together_with_the_order_that_asks_for_them():
    plan = plan_of()
    supplier = plan["introduction"]["supplier"]
    supplier["registry"] = None
    supplier["officers"][0]["identity"] = None
    operator, before = designated(), items()
    refused = post("/notifications", {"operator_id": operator, "plan": plan})
    assert (refused.status, refused.code, refused.json["article"]) == (422, "plan_incomplete", "52(2)")
    found = {error["pointer"]: error["article"] for error in refused.json["errors"]}
    assert set(found) == {
        "#/plan/introduction/supplier/registry",
        "#/plan/introduction/supplier/officers/0/identity",
    }
    assert all("9(2)" in article for article in found.values())
    assert items() == before


def test_broken_json_is_refused():
    assert post("/notifications", '{"operator_id": ').code == "broken_json"


def test_no_token_is_refused():
    refused = post("/notifications", {}, by=None)
    assert (refused.status, refused.code) == (401, "not_signed_in")


def test_a_stale_version_is_refused_with_the_current_one():
    case = accepted("2026-06-01")
    refused = post(f"/notifications/{case}/extend", EXTEND, by=METI, on="2026-06-02", If_Match='"1"')
    assert (refused.status, refused.code, refused.headers["ETag"]) == (412, "version_mismatch", '"2"')


def test_the_same_key_and_body_get_the_same_answer_and_another_body_none():
    body = {"operator_id": designated(), "plan": plan_of()}
    first = post("/notifications", body, key="the-key-1")
    before = items()
    again = post("/notifications", body, key="the-key-1", on="2026-05-12")
    assert (again.status, again.json, again.headers["Idempotency-Replayed"]) == (201, first.json, "true")
    other = post("/notifications", body | {"electronic_notices": False}, key="the-key-1")
    assert (other.status, other.code) == (409, "idempotency_key_reused")
    assert items() == before


def test_an_act_out_of_order_is_refused_with_what_is_allowed_now():
    case = filed("2026-05-11")
    refused = post(f"/notifications/{case}/extend", EXTEND, by=METI, on="2026-05-12")
    assert (refused.status, refused.code, refused.json["article"]) == (409, "not_under_review", "52(4)")
    assert [act["act"] for act in refused.json["allowed_acts"]] == ["return_for_completion", "accept"]


def test_an_act_after_the_end_is_refused_with_the_last_day_and_its_reasons():
    case = accepted("2026-06-01")
    refused = post(f"/notifications/{case}/extend", EXTEND, by=METI, on=at("2026-07-01", time(0)))
    assert (refused.status, refused.code) == (409, "standstill_over")
    assert "2026-06-30" in refused.json["detail"]
    assert refused.json["deadlines"][0]["explanation"]
    assert refused.json["allowed_acts"] == []


def test_an_unknown_designation_is_refused():
    refused = post("/notifications", {"operator_id": "operator-1", "plan": plan_of()})
    assert (refused.status, refused.code, refused.json["article"]) == (409, "not_designated", "52(1)")


def test_refusals_speak_japanese_to_who_reads_it():
    refused = post("/notifications", {"operator_id": "operator-1", "plan": plan_of()}, Accept_Language="ja")
    assert refused.json["title"] == catalogue("infra_review")["not_designated"]["title_ja"]


# ---- What is public ----


def test_the_register_shows_what_was_published_and_to_anyone():
    from services.infra_review import register
    from services.infra_review.domain.operator import operator
    from services.platform.cases.store import Cases

    case = designated("2026-05-11")
    register.keep(Cases(operator).load(case))
    assert get("/register", by=None).json["items"] == []
    notice = {"gazette": "官報 第1234号", "on": "2026-05-12"}
    assert post(f"/operators/{case}/give-public-notice", notice, by=METI, on="2026-05-12").status == 200
    register.keep(Cases(operator).load(case))
    line = {
        "operator_id": case,
        "name": POWER,
        "address": "富山県富山市1-1",
        "business": "general_transmission_distribution",
        "sector": "electricity",
        "designated_on": "2026-05-11",
        "released_on": None,
        "gazette": "官報 第1234号",
    }
    assert get("/register", by=None).json["items"] == [line]
    assert get("/register", by=None, query={"q": "富山市"}).json["items"] == [line]
    assert get("/register", by=None, query={"q": "大阪"}).json["items"] == []
    header, row = get("/register", by=None, query={"format": "csv"}).text.splitlines()
    assert header.startswith("\ufeffoperator_id,name,address")
    assert POWER in row


def test_a_register_entry_of_an_older_version_does_not_replace_a_newer_one():
    from services.infra_review import register
    from services.infra_review.domain.operator import operator
    from services.platform.cases.store import Cases

    case, cases = designated("2026-05-11"), Cases(operator)
    post(
        f"/operators/{case}/give-public-notice",
        {"gazette": "1", "on": "2026-05-12"},
        by=METI,
        on="2026-05-12",
    )
    older = cases.load(case)
    change = {"changes_on": "2026-07-01", "name": "新社名"}
    assert post(f"/operators/{case}/file-change-of-particulars", change, on="2026-06-01").status == 200
    post(
        f"/operators/{case}/give-public-notice",
        {"gazette": "2", "on": "2026-06-02"},
        by=METI,
        on="2026-06-02",
    )
    register.keep(cases.load(case))
    register.keep(older)
    assert [line.gazette for line in register.lines(date(2026, 6, 3))] == ["2"]
    assert [line.name for line in register.lines(date(2026, 6, 30))] == [POWER]
    assert [line.name for line in register.lines(date(2026, 7, 1))] == ["新社名"]


def test_the_sectors_are_public_and_dated():
    ids = [sector["id"] for sector in get("/sectors", by=None).json["items"]]
    assert "electricity" in ids
    assert "medical_care" not in ids
    before_ports = get("/sectors", by=None, on="2025-03-31").json["items"]
    assert len(before_ports) == len(ids) - 1


def test_a_late_change_of_name_shows_officials_the_provision_that_may_apply():
    case = designated()
    change = {"changes_on": "2026-10-01", "name": "新社名"}
    post(f"/operators/{case}/file-change-of-particulars", change, on="2026-09-18")
    assert (
        get(f"/operators/{case}", by=METI, on="2026-09-18").json["penalty_provisions"][0]["article"]
        == "96(vi)"
    )
    assert "penalty" not in get(f"/operators/{case}", on="2026-09-18").text


def test_the_plan_comes_back_to_its_operator_as_it_was_filed():
    case = filed("2026-05-11")
    seen = get(f"/notifications/{case}", on="2026-05-12").json["plan"]
    assert seen == {name: value for name, value in plan_of().items() if value is not None}

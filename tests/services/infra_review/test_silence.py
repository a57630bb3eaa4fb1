"""The certificate of silence: one, with the true legal day, however late, often or in which order tried."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from services.platform.time import signing
from services.statute.certificate import verify
from tests.services.infra_review.clock_doors import acts, delivers, history, told
from tests.services.infra_review.conftest import COMPANY, METI, STRANGER, noon
from tests.services.infra_review.doors import (
    NECESSITY,
    accepted,
    aws,
    designated,
    get,
    lapses,
    plan_of,
    post,
    sweeps,
)
from tests.services.infra_review.test_api_in_use import recommended as in_use_recommended
from tests.services.infra_review.test_clock_certificate import recommended

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")


def listed(case: str, kind: str = "notifications") -> list[dict[str, object]]:
    items: list[dict[str, object]] = get(f"/{kind}/{case}/certificates", on="2026-12-01").json["items"]
    return items


@pytest.mark.parametrize("late", [timedelta(), timedelta(hours=24), timedelta(days=30)])
def test_a_standstill_that_ran_out_is_certified_once_by_its_true_day(late):
    case = accepted("2026-06-01")
    lapses(case, noon("2026-07-01") + late)
    assert delivers(*history(case)) == []
    assert delivers(*history(case)) == []
    [one] = listed(case)
    assert (one["period"], one["last_day"], one["free_from"]) == (
        "infra.standstill", "2026-06-30", "2026-07-01",
    )  # fmt: skip
    reply = get(f"/notifications/{case}/certificates/1", on="2026-12-01")
    assert reply.headers["Content-Type"] == "application/jose+json"
    verdict = verify(reply.text.encode(), signing.as_pem().encode())
    assert verdict.holds, verdict.reasons
    assert verdict.document["kind"] == "silence"
    assert verdict.document["clocks"][0]["result"]["first_free_instant"] == "2026-07-01T00:00:00+09:00"


def test_answer_and_standstill_ended_while_nobody_looked_and_each_is_certified_in_any_order():
    case = accepted("2026-04-10")
    recommended(case, "2026-04-10")
    sweeps(noon("2026-07-10"))
    ends = [entry for entry in history(case) if entry.act in ("AnswerNotGiven", "PlanFreed")]
    assert [entry.act for entry in ends] == ["AnswerNotGiven", "PlanFreed"]
    for order in permutations([*ends, ends[0], ends[1]], 4):
        assert delivers(*order) == []
    found = {(one["period"], one["last_day"]) for one in listed(case)}
    assert found == {("infra.answer_to_recommendation", "2026-04-20"), ("infra.standstill", "2026-05-09")}
    assert acts(case).count("CertificateIssued") == 2


def test_an_extended_standstill_is_certified_by_its_extended_end():
    case = accepted("2026-06-01")
    necessity = {"needed_because": "More to look at.", "effect_on_business": "Small."}
    extended = {"purpose": "review", "necessity": necessity, "until": "2026-08-31"}
    assert post(f"/notifications/{case}/extend", extended, by=METI, on="2026-06-20").status == 200
    delivered = {"of": "extension", "received_on": "2026-06-22", "evidence": "handed over"}
    assert post(f"/notifications/{case}/record-delivery", delivered, by=METI, on="2026-06-22").status == 200
    sweeps(noon("2026-09-20"))
    delivers(*history(case))
    assert [(one["period"], one["last_day"]) for one in listed(case)] == [("infra.standstill", "2026-08-31")]


def test_a_grace_that_ran_out_is_certified():
    case = designated("2026-01-15")
    sweeps(noon("2026-08-01"))
    delivers(*history(case))
    [one] = listed(case, "operators")
    assert (one["period"], one["last_day"]) == ("infra.grace_after_designation", "2026-07-15")


def test_an_answer_not_given_about_equipment_in_use_is_certified():
    case = accepted("2026-06-01")
    lapses(case, noon("2026-07-01"))
    review = {"of": case, "finding": "Likely.", "necessity": NECESSITY, "circumstances": "It was bought."}
    opened = post("/post-reviews", review, by=METI, on="2026-08-03").json["id"]
    in_use_recommended(f"/post-reviews/{opened}", on="2026-08-04")
    sweeps(noon("2026-09-20"))
    delivers(*history(opened), *history(opened))
    found = [(one["period"], one["last_day"]) for one in listed(opened, "post-reviews")]
    assert found == [("infra.answer_after_introduction", "2026-08-13")]


def test_who_was_freed_by_an_act_of_its_own_gets_none():
    case = accepted("2026-06-01")
    recommended(case, "2026-06-05")
    assert post(f"/notifications/{case}/answer", {"accepts": True}, on="2026-06-08").status == 200
    plan = plan_of("2026-06-10")
    plan["introduction"]["content"] = "検査済みの方式"
    changed = {"plan": plan}
    assert post(f"/notifications/{case}/file-changed-plan", changed, on="2026-06-10").status == 200
    delivers(*history(case))
    assert "PlanFreed" in acts(case)
    assert listed(case) == []
    missing = get(f"/notifications/{case}/certificates/1", on="2026-12-01")
    assert (missing.status, missing.code) == (404, "no_such_certificate")


def test_a_key_that_cannot_sign_loses_nothing(monkeypatch):
    from services.platform.runtime.environment import environment

    case = accepted("2026-06-01")
    lapses(case, noon("2026-07-01"))
    freed = history(case)[-1]
    known = environment()
    monkeypatch.setenv("CLOCK_KEY", "arn:aws:kms:ap-northeast-1:123456789012:key/gone")
    environment.cache_clear()
    assert delivers(freed) == ["0"]
    assert listed(case) == []
    monkeypatch.setenv("CLOCK_KEY", known.clock_key)
    environment.cache_clear()
    assert delivers(freed) == []
    assert len(listed(case)) == 1


def test_a_certificate_is_for_those_who_stand_in_the_case():
    case = accepted("2026-06-01")
    lapses(case, noon("2026-07-01"))
    delivers(*history(case))
    assert get(f"/notifications/{case}/certificates/1", by=COMPANY, on="2026-07-02").status == 200
    for path in ("certificates", "certificates/1"):
        assert get(f"/notifications/{case}/{path}", by=STRANGER, on="2026-07-02").code == "no_such_case"


def test_the_certificate_names_the_act_that_ended_the_period():
    case = accepted("2026-06-01")
    lapses(case, noon("2026-07-01"))
    delivers(*history(case))
    [issued] = told(case, "CertificateIssued")
    assert history(case)[issued["ended_by"] - 1].act == "PlanFreed"

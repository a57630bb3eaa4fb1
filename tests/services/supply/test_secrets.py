"""Business secrets appear only where they may: a canary in every cost, supplier, quantity and answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.platform.http.policy import policy_of
from services.platform.law.acts import leaving
from services.platform.law.parties import AUDITOR
from services.supply.chapter import PROCEDURES
from tests.services.supply.doors import aws, everything, send
from tests.services.supply.story import (
    ASKED,
    BODY,
    CABINET,
    CLERK,
    JFTC,
    MAFF,
    MAKER,
    METI,
    MOF,
    NECESSITY,
    PARTNER,
    RIVAL,
    World,
    plan,
)

__all__ = ["aws"]
CANARY = "CANARY-9f3a"


def secret() -> dict[str, Any]:
    """A plan with a canary in everything that is a business secret."""
    told = plan()
    told["uses"][0]["what"] = CANARY
    told["sources"][0]["of"] = CANARY
    told["present_state"] = {
        "description": CANARY,
        "suppliers": [{"name": CANARY, "country": "ZZ", "item": CANARY, "share_percent": 100}],
        "yearly_quantity": CANARY,
    }
    told["organisation"] = CANARY
    return told


def lived(world: World) -> tuple[str, str, str]:
    """A plan certified, supported, reported on and in trouble, and a survey answered, all with canaries."""
    body = world.body()
    at = f"/supply-plans/{world.posts('/supply-plans', {'plan': secret()}, CLERK, '2026-06-01')['id']}"
    world.assesses(at, "2026-06-02")
    asked = {"about": "certification", "draft": "As filed.", "necessity": NECESSITY, "agencies": ["MOD"]}
    world.posts(f"{at}/consult", asked, METI, "2026-06-03")
    for of, who in (("MOD", ASKED), ("内閣総理大臣", CABINET)):
        world.posts(f"{at}/give-opinion", {"of": of, "opinion": "Fine."}, who, "2026-06-04")
    world.posts(f"{at}/close-consultation", {}, METI, "2026-06-05")
    world.posts(f"{at}/certify", {"number": "2026-BAT-1", "outline": "A second line."}, METI, "2026-06-08")
    applied = {
        "plan": at.rpartition("/")[2],
        "body": body.rpartition("/")[2],
        "operator": MAKER,
        "effort": "new_line",
        "yen": 7,
        "reasons": CANARY,
    }
    subsidy = f"/subsidies/{world.posts('/subsidies', applied, CLERK, '2026-06-09')['id']}"
    world.posts(f"{subsidy}/decide-subsidy", {"yen": 7, "conditions": CANARY}, BODY, "2026-06-10")
    trouble = {"what": CANARY, "effect": CANARY, "found_on": "2026-07-01"}
    world.posts(f"{at}/report-trouble", trouble, CLERK, "2026-07-01")
    spent = [{"effort": "new_line", "what": CANARY, "yen": 3}]
    report = {"organisation": MAKER, "year_ends_on": "2027-03-31", "progress": CANARY, "spent": spent}
    world.posts(f"{at}/report", report, CLERK, "2027-05-01")
    opened = {
        "title": "Electrolyte",
        "article": "48(1)",
        "material": "storage_batteries",
        "goods": "cells",
        "questions": ["From whom?"],
        "necessity": NECESSITY,
        "due": "2027-07-31",
    }
    survey = f"/surveys/{world.posts('/surveys', opened, METI, '2027-06-01')['id']}"
    line = json.dumps({"organisation": MAKER, "name": "Maker"})
    world.posts(f"{survey}/addressees", line, METI, "2027-06-02", content_type="application/x-ndjson")
    (questionnaire,) = world.gets("/questionnaires", CLERK, "2027-06-03")["items"]
    bought = {"item": CANARY, "supplier": CANARY, "country": "ZZ", "share_percent": 100}
    answer = {"answer": {"produces": ["cells"], "procurements": [bought], "quantities": CANARY}}
    world.posts(f"/questionnaires/{questionnaire['id']}/answer-survey", answer, CLERK, "2027-06-03")
    world.posts(f"{survey}/close-survey", {}, METI, "2027-08-01")
    world.passes("2027-10-05")
    return at, subsidy, survey


@pytest.mark.usefixtures("aws")
def test_a_secret_is_seen_by_its_owner_and_the_competent_ministry_and_leaves_to_nobody_else() -> None:
    world = World()
    at, subsidy, survey = lived(world)
    for who in (CLERK, METI):
        assert CANARY in send("GET", at, by=who, on="2027-10-06").text
    assert CANARY in send("GET", subsidy, by=BODY, on="2027-10-06").text
    read = [at, f"{at}/history", f"{at}/clock", subsidy, f"{subsidy}/history", survey, f"{survey}/dependence"]
    read += [
        "/queue",
        "/supply-plans",
        "/subsidies",
        "/questionnaires",
        "/surveys",
        "/statistics",
        "/materials",
        "/survey-figures",
    ]
    for path in read:
        for who in (ASKED, CABINET, JFTC, MOF, MAFF, RIVAL, PARTNER, None):
            reply = send("GET", path, by=who, on="2027-10-06")
            assert CANARY not in reply.text, (path, who)
    # The body knows of a plan what it was told, and of its own subsidy all.
    for path in (at, f"{at}/history"):
        assert CANARY not in send("GET", path, by=BODY, on="2027-10-06").text


@pytest.mark.usefixtures("aws")
def test_no_event_and_no_answer_kept_with_a_key_holds_a_secret() -> None:
    world = World()
    lived(world)
    assert world.published.events
    assert CANARY not in json.dumps(world.published.events, ensure_ascii=False)
    kept = [item for item in everything() if item["pk"]["S"].startswith("ONCE#")]
    assert kept
    assert not [item for item in kept if CANARY in json.dumps(item)]


@pytest.mark.parametrize("procedure", PROCEDURES, ids=[one.name for one in PROCEDURES])
def test_the_auditor_reads_every_act_and_nothing_leaves_but_what_is_no_secret(procedure: Any) -> None:
    opened = policy_of("supply").opened
    for act in procedure.acts:
        readers = set().union(*(one.by for one in opened[f"{procedure.name}/{act.__name__}"]["*"]))
        assert AUDITOR.name in readers, act.__name__
        left = leaving(act)
        assert left is not None
        assert not {"plan", "answer", "entry", "yen", "spent", "reasons", "outline"} & set(left.fields)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=[one.name for one in PROCEDURES])
def test_every_field_of_a_case_is_opened_to_somebody_and_no_other_is_named(procedure: Any) -> None:
    from services.supply.api import app

    in_lists = {"organisation", "ministries"}
    named = {path.partition(".")[0] for path in policy_of("supply").opened[procedure.name]}
    fields = set(app.exposed[procedure.name].shows.__struct_fields__)
    assert named - in_lists == fields - in_lists

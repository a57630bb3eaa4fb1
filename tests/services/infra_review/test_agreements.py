"""What stands in several places says the same: stages, events, problems, fields that somebody may see."""

from __future__ import annotations

import ast
import inspect
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from services import infra_review
from services.infra_review import contracts, views, views_in_use
from services.infra_review.domain import (
    PROCEDURES,
    change,
    cooperation,
    emergency,
    inquiry,
    notification,
    operator,
    post_review,
)
from services.infra_review.domain.review import ENDED, WAITING
from services.platform.cases.store import Case
from services.platform.http.policy import policy_of
from services.platform.http.problems import catalogue
from services.platform.law.access import ROLES
from services.platform.law.procedure import Procedure
from tests.services.infra_review.conftest import METI, Story, designated, given
from tests.services.infra_review.test_cooperation import asked as asked_for_cooperation
from tests.services.infra_review.test_inquiry import Asked
from tests.services.infra_review.test_post_review import Again, emergency_of

HERE = Path(infra_review.__file__).parent
CHARTS: dict[str, Procedure[Any]] = {
    "review.asl.json": notification,
    "change.asl.json": change,
    "designation_grace.asl.json": operator,
    "post_review.asl.json": post_review,
    "inquiry.asl.json": inquiry,
}
INSIDE = {
    "DraftOpened",
    "DraftSaved",
    "DraftFiled",
    "DraftClosed",
    "PassportFiled",
    "ReportFiled",
    "ReportNoted",
}
"""Acts nobody outside hears of: what is not filed, what was sealed, what a ministry is told each year."""


def chart(name: str) -> dict[str, Any]:
    states: dict[str, Any] = json.loads((HERE / name).read_text(encoding="utf-8"))["States"]
    return states


def stages(procedure: Procedure[Any]) -> tuple[set[str], set[str]]:
    """Every stage that the procedure's `wait` can answer, read from its source: waits, and ends."""
    names = vars(sys.modules[procedure.wait.__module__])
    waiting: set[str] = set()
    ended: set[str] = set()
    for call in ast.walk(ast.parse(inspect.getsource(procedure.wait))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Wait":
            named = {one.id for one in ast.walk(call.args[0]) if isinstance(one, ast.Name)}
            over = any(given.arg == "over" for given in call.keywords)
            found = {names[name] for name in named if isinstance(names.get(name), str)}
            (ended if over else waiting).update(found)
    return waiting, ended


def test_the_stages_of_a_procedure_are_read_whole():
    assert stages(notification) == (set(WAITING), set(ENDED))
    assert all(waiting and ended for waiting, ended in map(stages, CHARTS.values()))


def test_the_manifest_names_every_flow_chart_and_whose_it_is():
    with (HERE / "manifest.toml").open("rb") as file:
        named = tomllib.load(file)["procedures"]
    assert named == {procedure.name: chart for chart, procedure in CHARTS.items()}
    assert {file.name for file in HERE.glob("*.asl.json")} == set(CHARTS)


@pytest.mark.parametrize("name", CHARTS)
def test_a_flow_chart_has_the_stages_the_law_waits_in_and_no_others(name):
    waiting, ended = stages(CHARTS[name])
    states = chart(name)
    routed = {choice["StringEquals"]: choice["Next"] for choice in states["Stage"]["Choices"]}
    assert routed == {stage: stage for stage in waiting | ended} | {"continued": "Continued"}
    tokens = {stage for stage, state in states.items() if "waitForTaskToken" in state.get("Resource", "")}
    assert tokens == waiting
    assert all(states[stage]["Type"] == "Succeed" for stage in ended)


@pytest.mark.parametrize("name", CHARTS)
def test_every_wait_of_a_flow_chart_ends_by_law_and_asks_for_its_own_stage(name):
    for stage in stages(CHARTS[name])[0]:
        state = chart(name)[stage]
        assert state["TimeoutSecondsPath"] == "$.seconds"
        assert state["Parameters"]["Payload"]["stage"] == stage
        assert [(c["ErrorEquals"], c["Next"]) for c in state["Catch"]] == [(["States.Timeout"], "Lapse")]


@pytest.mark.parametrize("name", CHARTS)
def test_every_state_of_a_flow_chart_can_be_reached(name):
    states = chart(name)
    reached, ahead = set(), {"Begin"}
    while ahead:
        state = ahead.pop()
        reached.add(state)
        said = json.dumps(states[state])
        ahead |= {other for other in states if f'": "{other}"' in said} - reached
    assert reached == set(states)


def test_every_act_is_published_under_its_own_name_with_facts_of_its_own():
    for procedure in PROCEDURES:
        for act in procedure.acts:
            if act.__name__ in INSIDE:
                assert act.__name__ not in contracts.EVENTS
                continue
            event = contracts.EVENTS[act.__name__]
            assert {*event.__struct_fields__} <= {*act.__struct_fields__}


def test_an_event_carries_what_its_contract_lists_and_nothing_else():
    story = Story().recommended("2026-06-05")
    published = [contracts.contract(act) for act in story.acts]
    assert [type(event).__name__ for event in published] == [type(act).__name__ for act in story.acts]
    assert "Weber" not in repr(published)
    assert "Likely" not in repr(published)
    assert "No objection" not in repr(published)


def test_every_refusal_has_its_text_in_both_languages():
    listed = catalogue()["problem"]
    for code in refusals():
        assert listed[code]["title"], code
        assert listed[code]["title_ja"], code


def refusals() -> set[str]:
    """Every code the service can refuse with, read from its source."""
    found: set[str] = set()
    for file in [*HERE.glob("*.py"), *HERE.glob("domain/**/*.py")]:
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            place = {"rule": 0, "Rule": 0, "Refusal": 0, "refuse_if": 1}.get(name)
            if place is not None and isinstance(call.args[place], ast.Constant):
                found.add(str(call.args[place].value))
    return found


def test_the_list_of_refusals_is_read_whole():
    assert {"standstill_over", "plan_incomplete", "business_not_in_force", "not_consulted"} <= refusals()


def records() -> list[dict[str, Any]]:
    with (HERE / "access.toml").open("rb") as file:
        see: list[dict[str, Any]] = tomllib.load(file)["see"]
    return see


def test_every_field_of_a_view_is_opened_to_somebody_and_every_opening_is_of_a_field():
    story = Story().recommended("2026-06-05").answered("2026-06-06", accepts=False)
    pictures = {
        "notification": views.review_view(case(notification, story.state), given(METI, "2026-06-07")),
        "change": views.review_view(case(change, story.state), given(METI, "2026-06-07")),
        "operator": views.operator_view(case(operator, designated()), given(METI, "2026-06-07")),
        "emergency": views_in_use.emergency_view(case(emergency, emergency_of()), given(METI, "2026-06-07")),
        "post-review": views_in_use.post_review_view(
            case(post_review, Again().recommended().state), given(METI, "2027-02-11")
        ),
        "cooperation": views_in_use.cooperation_view(
            case(cooperation, asked_for_cooperation()), given(METI, "2026-06-07")
        ),
        "inquiry": views_in_use.inquiry_view(
            case(inquiry, Asked().opened().state), given(METI, "2026-06-07")
        ),
    }
    for procedure, picture in pictures.items():
        opened = {field.partition(".")[0] for r in records() if r["of"] == procedure for field in r["fields"]}
        assert opened == set(picture), procedure


def case(procedure: Any, state: Any) -> Case[Any]:
    return Case(f"{procedure.name}-1", procedure, state, 1, "", "2026-06-01T00:00:00Z")


def test_every_act_is_spoken_of_in_the_policy_and_the_policy_of_no_others():
    policy = policy_of("infra_review")
    acts = {f"{procedure.name}/{act.__name__}" for procedure in PROCEDURES for act in procedure.acts}
    assert policy.subjects == acts | {procedure.name for procedure in PROCEDURES}
    assert {role for record in records() for role in record["by"]} <= ROLES


def test_nothing_the_ministry_weighs_is_ever_opened_to_an_operator():
    for procedure in PROCEDURES:
        for act in procedure.acts:
            for field in msgspec.structs.fields(act):
                if field.name == "necessity":
                    allowed = [
                        r["by"]
                        for r in records()
                        if r["of"] == f"{procedure.name}/{act.__name__}" and "necessity" in r["fields"]
                    ] or [r["by"] for r in records() if r["of"] == f"{procedure.name}/{act.__name__}"]
                    assert allowed
                    assert not {"operator", "agent"} & {role for by in allowed for role in by}


def test_states_hold_only_what_can_be_stored():
    import msgspec

    story = Story().recommended("2026-06-05").answered("2026-06-06", accepts=False)
    stored = msgspec.json.encode(story.state)
    assert msgspec.json.decode(stored, type=type(story.state)) == story.state
    for act in story.acts:
        assert isinstance(act, msgspec.Struct)
        assert msgspec.json.decode(msgspec.json.encode(act), type=type(act)) == act


def test_the_manifest_publishes_and_takes_every_event():
    with (HERE / "manifest.toml").open("rb") as file:
        manifest = tomllib.load(file)
    names = sorted(contracts.EVENTS)
    assert sorted(manifest["publishes"]) == names
    own = [s for s in manifest["subscribes"] if s["source"] == "sakimori.infra_review"]
    assert sorted(own[0]["events"]) == names

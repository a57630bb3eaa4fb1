"""What every service declares holds together: stages, acts, roles, and what follows from them."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from infra.flow import BEGIN, STANDS, definition
from infra.manifest import manifests
from services.platform.law.acts import leaving
from services.platform.law.procedure import Procedure

PROCEDURES = [
    pytest.param(procedure, id=f"{manifest.name}-{procedure.name}")
    for manifest in manifests()
    for procedure in importlib.import_module(f"services.{manifest.name}.chapter").PROCEDURES
]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_stage_is_followed_only_by_declared_ones_and_each_can_be_come_to(procedure: Procedure[Any]) -> None:
    named = {stage.name for stage in procedure.stages}
    assert len(named) == len(procedure.stages)
    followed = {name for stage in procedure.stages for name in stage.then}
    assert followed <= named
    # What nothing leads to is where a case begins; some begin as none of the chapter's concern.
    assert len(named - followed) <= 2 or len(named) == 1, named - followed


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_stage_has_its_words_and_article_and_something_follows_but_for_an_end(
    procedure: Procedure[Any],
) -> None:
    assert procedure.title
    assert procedure.title_ja
    for stage in procedure.stages:
        assert stage.en
        assert stage.ja
        assert stage.article
        # Somebody may take up again what had come to an end; time and machines do not.
        assert stage.then or stage.over


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_machine_is_the_flow_chart_of_its_stages(procedure: Procedure[Any]) -> None:
    states = definition(procedure)["States"]
    for stage in procedure.stages:
        if stage.over:
            assert states[stage.name]["Type"] == "Succeed"
            continue
        wait, after = states[stage.name], states[f"After {stage.name}"]
        assert wait["TimeoutSecondsPath"] == "$.seconds"
        assert wait["Parameters"]["Payload"]["stage"] == stage.name
        assert wait["Catch"] == [
            {"ErrorEquals": ["States.Timeout"], "ResultPath": "$.timeout", "Next": f"{stage.name} ends"}
        ]
        routed = {choice["StringEquals"]: choice["Next"] for choice in after["Choices"]}
        assert routed == {name: name for name in (stage.name, *stage.then)} | {"continued": "Continued"}
        assert after["Default"] == BEGIN
    assert {choice["StringEquals"] for choice in states[STANDS]["Choices"]} == {
        *(stage.name for stage in procedure.stages),
        "continued",
    }


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_machine_tries_again_whatever_may_pass_and_not_all_at_once(procedure: Procedure[Any]) -> None:
    for state in definition(procedure)["States"].values():
        if state["Type"] == "Task":
            (retry,) = state["Retry"]
            assert (retry["ErrorEquals"], retry["JitterStrategy"]) == (["States.TaskFailed"], "FULL")


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_act_of_a_procedure_with_a_machine_reaches_the_machine(procedure: Procedure[Any]) -> None:
    if procedure.timed:
        assert not [act.__name__ for act in procedure.acts if leaving(act) is None]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_who_holds_a_power_is_a_role_of_the_chapter(procedure: Procedure[Any]) -> None:
    chapter = next(
        importlib.import_module(f"services.{manifest.name}.chapter")
        for manifest in manifests()
        if procedure in importlib.import_module(f"services.{manifest.name}.chapter").PROCEDURES
    )
    for power in procedure.powers.values():
        assert power.of_time or set(power.by) <= set(chapter.ROLES), power.name
        assert power.decide.__doc__, power.name

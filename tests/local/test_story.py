"""The story, from designation to freedom, through the public API and the machine of the template."""

from __future__ import annotations

from typing import Any

import pytest

from local.cloud import definition
from local.stories.standstill import AGENT, API, OFFICIAL
from local.template import Templates
from tests.local.conftest import Running, stages


def test_the_machines_executed_are_those_of_the_synthesised_template(
    running: Running, templates: dict[str, dict[str, Any]]
) -> None:
    stack = templates["sakimori-infra-review"]["Resources"].values()
    machines = [r["Properties"] for r in stack if r["Type"] == "AWS::StepFunctions::StateMachine"]
    assert machines
    states = running.cloud.client("stepfunctions")
    for machine in machines:
        arn = running.cloud.machines[machine["StateMachineName"]]
        executed = states.describe_state_machine(stateMachineArn=arn)
        written = machine["DefinitionString"]
        for name, value in machine.get("DefinitionSubstitutions", {}).items():
            whole = running.cloud.templates.resolve(value, "sakimori-infra-review", name)
            written = written.replace(f"${{{name}}}", whole)
        assert executed["definition"] == written


def test_every_machine_of_the_template_runs(running: Running) -> None:
    named = {machine.name for machine in running.cloud.templates.of("AWS::StepFunctions::StateMachine")}
    assert set(running.cloud.machines) == named
    assert all(
        definition(m.properties) for m in running.cloud.templates.of("AWS::StepFunctions::StateMachine")
    )


def test_the_notification_went_the_way_of_the_law(running: Running) -> None:
    assert running.legal(running.story.case) == [
        ("PlanFiled", "52(1)", "2026-04-02"),
        ("PlanReturned", "52(2)", "2026-04-06"),
        ("PlanCompleted", "52(2)", "2026-04-08"),
        ("PlanAccepted", "52(3)", "2026-04-09"),
        ("ConsultationOpened", "56(1)", "2026-04-14"),
        ("OpinionGiven", "56(1)", "2026-04-17"),
        ("OpinionGiven", "56(1)", "2026-04-17"),
        ("ConsultationClosed", "56(1)", "2026-04-17"),
        ("StandstillExtended", "52(4)", "2026-04-20"),
        ("NoticeDelivered", "52(3)-(5)", "2026-04-20"),
        ("RecommendationMade", "52(6)", "2026-04-24"),
        ("RecommendationReceived", "52(7)", "2026-04-24"),
        ("RecommendationAnswered", "52(7)", "2026-05-07"),
        ("ChangedPlanFiled", "52(8), (9)", "2026-05-20"),
        ("PlanFreed", "52(8), (9)", "2026-05-20"),
    ]


def test_its_machine_passed_the_stages_of_the_law_and_ended(running: Running) -> None:
    (execution,) = running.executions(running.story.case)
    assert execution["status"] == "SUCCEEDED"
    assert stages(execution["path"]) == [
        "AwaitAcceptance",
        "AwaitCompletion",
        "AwaitAcceptance",
        "Standstill",
        "ExtendedStandstill",
        "AwaitAnswer",
        "AwaitChangedPlan",
        "Freed",
    ]


def test_the_answer_due_in_golden_week_was_moved_to_the_first_open_day(running: Running) -> None:
    clock = running.teller.get(AGENT, f"{API}/notifications/{running.story.case}/clock")
    (answer,) = [deadline for deadline in clock["deadlines"] if deadline["article"] == "52(7)"]
    assert (answer["day_one"], answer["moved_from"], answer["last_day"]) == (
        "2026-04-24",
        "2026-05-03",
        "2026-05-07",
    )


def test_the_grace_ended_by_the_machine_on_the_day_of_the_law(running: Running) -> None:
    assert ("GraceEnded", "2026-03-30") in [
        (act["act"], act["legal_day"]) for act in running.acts(running.story.operator, "operators")
    ]


def test_the_plan_with_defects_was_refused_with_all_of_them_and_the_article(running: Running) -> None:
    assert running.refused["article"] == "52(2)"
    assert {error["pointer"] for error in running.refused["errors"]} == {
        "#/plan/introduction/on",
        "#/plan/introduction/supplier/representative",
    }
    assert running.acts(running.story.case)[0]["legal_day"] == "2026-04-02"


def test_every_event_of_the_case_reached_the_bus_once_and_no_queue_holds_anything(running: Running) -> None:
    case = running.story.case
    metadata = [event["detail"]["metadata"] for event in running.local("events")]
    published = [one["sequence"] for one in metadata if one["case_id"] == case]
    assert len(published) == len(set(published)) == max(published)
    left = [message for queue in running.local("queues") for message in queue["messages"]]
    assert not [message for message in left if case in message]


@pytest.mark.parametrize("service", ["council", "fund", "infra-review", "patent", "supply"])
def test_each_of_the_five_services_answers_without_a_token(running: Running, service: str) -> None:
    for path in ("health", "openapi.json", "docs"):
        assert running.teller.ask(None, "GET", f"/{service}/v1/{path}").status == 200, path


def test_only_whoever_stands_in_the_case_sees_it(running: Running) -> None:
    from local.identity import Person

    path = f"{API}/notifications/{running.story.case}"
    stranger = Person("clerk-9", "別の会社", ("operator",))
    assert running.teller.ask(stranger, "GET", path).status == 404
    assert running.teller.ask(OFFICIAL, "GET", path).status == 200


def test_a_queue_rule_and_function_stands_for_each_in_the_template(running: Running) -> None:
    templates: Templates = running.cloud.templates
    mappings = list(templates.of("AWS::Lambda::EventSourceMapping"))
    assert len(running.cloud.queue_mappings) + len(running.cloud.stream_mappings) == len(mappings) > 0

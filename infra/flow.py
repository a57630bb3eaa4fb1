"""A procedure's stages as a state machine (ASL): the flow chart of its chapter, with its real transitions.

A stage is a task that waits with a token until its legal end; then the lapse of that stage is recorded.
After either, the case says which stage it is in, and only those the law lets follow are taken. Where a
machine comes late and the case has gone further meanwhile, it asks where the case stands, as one that begins
does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.platform.law.procedure import CONTINUED, Procedure, Stage

BEGIN, STANDS, TAKEN_OVER, UNKNOWN = "Begin", "Where it stands", "Continued", "UnknownStage"
RETRY: list[dict[str, Any]] = [
    {
        # Whatever fails may fail for a moment: a throttled table, a deployment. A thousand cases lapse at one
        # midnight, so they come back at different times. The end of a wait is no failure.
        "ErrorEquals": ["States.TaskFailed"],
        "IntervalSeconds": 2,
        "BackoffRate": 2,
        "MaxDelaySeconds": 900,
        "MaxAttempts": 14,
        "JitterStrategy": "FULL",
    }
]


def definition(procedure: Procedure[Any]) -> dict[str, Any]:
    """The state machine of a procedure; `${Steps}` stands for the function that its tasks call."""
    states: dict[str, Any] = {
        BEGIN: _task("begin", "Ask which stage of the law the case is in.", STANDS),
        STANDS: _choice("The stage it is in; nothing is decided here.", procedure.stages, UNKNOWN),
    }
    for stage in procedure.stages:
        states.update(_of(procedure, stage))
    states[TAKEN_OVER] = {
        "Type": "Succeed",
        "Comment": "Another execution goes on: none lives a year.",
    }
    states[UNKNOWN] = {
        "Type": "Fail",
        "Error": "UnknownStage",
        "Cause": "The case is in a stage that its procedure does not declare.",
    }
    return {"Comment": f"{procedure.title} ({procedure.title_ja})", "StartAt": BEGIN, "States": states}


def _of(procedure: Procedure[Any], stage: Stage[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    said = f"{stage.en} ({stage.ja}), Art. {stage.article}"
    if stage.over:
        yield stage.name, {"Type": "Succeed", "Comment": said}
        return
    after, lapse = f"After {stage.name}", f"{stage.name} ends"
    known = {one.name: one for one in procedure.stages}
    following = [stage, *(known[name] for name in stage.then)]
    yield stage.name, _wait(stage.name, said, lapse, after)
    yield lapse, _task("lapse", "Its end by law has come: record what the passing of time brings.", after)
    yield after, _choice("What the law lets follow.", following, BEGIN)


def _task(do: str, comment: str, following: str) -> dict[str, Any]:
    return {
        "Comment": comment,
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {
            "FunctionName": "${Steps}",
            "Payload": {
                "do": do,
                "case_id.$": "$.case_id",
                "at.$": "$$.State.EnteredTime",
                "since.$": "$$.Execution.StartTime",
            },
        },
        "OutputPath": "$.Payload",
        "Retry": RETRY,
        "Next": following,
    }


def _wait(stage: str, comment: str, lapse: str, following: str) -> dict[str, Any]:
    return {
        "Comment": comment,
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {
            "FunctionName": "${Steps}",
            "Payload": {
                "do": "wait",
                "case_id.$": "$.case_id",
                "stage": stage,
                "until.$": "$.until",
                "seconds.$": "$.seconds",
                "token.$": "$$.Task.Token",
                "at.$": "$$.State.EnteredTime",
            },
        },
        "TimeoutSecondsPath": "$.seconds",
        "Retry": RETRY,
        "Catch": [{"ErrorEquals": ["States.Timeout"], "ResultPath": "$.timeout", "Next": lapse}],
        "Next": following,
    }


def _choice(comment: str, stages: Any, otherwise: str) -> dict[str, Any]:
    choices = [{"Variable": "$.stage", "StringEquals": one.name, "Next": one.name} for one in stages]
    choices.append({"Variable": "$.stage", "StringEquals": CONTINUED, "Next": TAKEN_OVER})
    return {"Comment": comment, "Type": "Choice", "Choices": choices, "Default": otherwise}

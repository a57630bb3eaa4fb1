"""State machines as the steps see them: moto keeps the executions, the tests say what became of them."""

from __future__ import annotations

import json
from typing import Any

from services.platform.runtime.clients import client
from tests.services.platform.conftest import SETTINGS, Calls

MACHINE = SETTINGS["MACHINE_LOAN"]


def make_machine() -> None:
    """A machine that exists; moto does not run it."""
    made = client("stepfunctions").create_state_machine(
        name="loan",
        definition=json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}),
        roleArn="arn:aws:iam::123456789012:role/loan",
    )
    assert made["stateMachineArn"] == MACHINE


def executions() -> dict[str, str]:
    """The executions by name, with their status."""
    listed = client("stepfunctions").list_executions(stateMachineArn=MACHINE)["executions"]
    return {execution["name"]: execution["status"] for execution in listed}


def lose(name: str) -> None:
    """An execution ends without anyone noticing."""
    arn = MACHINE.replace(":stateMachine:", ":execution:") + f":{name}"
    client("stepfunctions").stop_execution(executionArn=arn)


def completions(calls: Calls) -> list[tuple[str, dict[str, Any]]]:
    """The task tokens that were completed, and with what."""
    return [
        (asked["taskToken"], json.loads(asked["output"]))
        for name, asked in calls.made
        if name == "SendTaskSuccess"
    ]

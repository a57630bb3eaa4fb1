"""Step Functions: moto's interpreter, with the machine's time replaced by the virtual clock's.

moto really executes a state machine (JSONPath), but waits with `threading` and reads the wall clock.
Both are module attributes of its interpreter; `install` puts ours in their place, once a process. What
moto lacks is added here: a stopped execution ends at once, a task token names its machine, and tasks
call the functions of the local cloud.
"""

from __future__ import annotations

import base64
import importlib
import io
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from types import SimpleNamespace
from typing import Any, Protocol

from local.clock import Clock
from local.patches import Patches
from local.waiting import Waiting

PARSER = "moto.stepfunctions.parser"
EXEC = f"{PARSER}.asl.component.state.exec"
USES_THREADING = (
    f"{PARSER}.asl.component.program.program",
    f"{PARSER}.asl.eval.environment",
    f"{EXEC}.execute_state",
    f"{EXEC}.state_task.service.state_task_service_callback",
    f"{EXEC}.state_map.iteration.inline_iteration_component",
    f"{EXEC}.state_map.iteration.itemprocessor.map_run_record",
    f"{EXEC}.state_map.iteration.job",
    f"{EXEC}.state_parallel.branch_worker",
    f"{EXEC}.state_parallel.branches_decl",
)
USES_EVENT = (f"{PARSER}.asl.eval.callback.callback",)
USES_THREAD = (f"{EXEC}.execute_state", f"{PARSER}.backend.execution_worker")
USES_DATETIME = (
    f"{PARSER}.asl.component.state.state",
    f"{PARSER}.asl.component.state.wait.wait_function.timestamp",
    f"{PARSER}.asl.eval.event.event_manager",
    f"{PARSER}.backend.execution",
    f"{PARSER}.models",
)
USES_TIME = (
    f"{PARSER}.asl.component.common.retry.retrier_decl",
    f"{PARSER}.asl.component.state.wait.wait_function.wait_function",
    f"{EXEC}.state_task.service.state_task_service_callback",
)
USES_PATHS = (f"{PARSER}.asl.utils.json_path", f"{PARSER}.asl.component.common.path.result_path")


class Invoke(Protocol):
    """Calls a function of the local cloud for a role; returns its answer and whether it is an error."""

    def __call__(self, function: str, payload: bytes, *, role: str) -> tuple[bytes, bool]: ...  # noqa: D102


class _Lambda:
    """What a Lambda task sees of Lambda."""

    def __init__(self, invoke: Invoke, role: str) -> None:
        self._invoke = invoke
        self._role = role

    def invoke(self, FunctionName: str, Payload: bytes = b"{}", **_: Any) -> dict[str, Any]:  # noqa: N803
        """Invoke a function, in the shape of boto3's answer."""
        answer, failed = self._invoke(FunctionName, Payload, role=self._role)
        error = {"FunctionError": "Unhandled"} if failed else {}
        return {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": io.BytesIO(answer), **error}


def _datetimes(clock: Clock) -> SimpleNamespace:
    class Virtual(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.now().astimezone(tz) if tz else clock.now().replace(tzinfo=None)

    return SimpleNamespace(datetime=Virtual, timezone=timezone, timedelta=timedelta)


def _times(clock: Clock, waiting: Waiting) -> SimpleNamespace:
    return SimpleNamespace(
        time=lambda: clock.now().timestamp(),
        sleep=lambda seconds: waiting.event().wait(seconds),
        perf_counter=time.perf_counter,
    )


def _latch(waiting: Waiting) -> type:
    class CountDownLatch:
        def __init__(self, num: int) -> None:
            self._left = num
            self._done = waiting.event()

        def count_down(self) -> None:
            self._left -= 1
            if self._left <= 0:
                self._done.set()

        def wait(self) -> None:
            self._done.wait()

    return CountDownLatch


def token_for(machine: str) -> str:
    """A new task token. It names its machine, so that a role's right to complete it can be checked."""
    return f"{base64.urlsafe_b64encode(machine.encode()).decode()}.{uuid.uuid4()}"


def machine_of(token: str) -> str:
    """The machine ARN a token is of; empty for a token that is none of ours."""
    try:
        return base64.urlsafe_b64decode(token.partition(".")[0].encode()).decode()
    except ValueError:
        return ""


def install(clock: Clock, invoke: Invoke, ended: Callable[[Any], None]) -> Patches:
    """Let moto's interpreter live in `clock`'s time and call functions through `invoke`; `undo` ends that.

    `ended` is told each execution that is over.
    """
    from moto.core.config import default_user_config

    waiting = Waiting(clock)
    threads = SimpleNamespace(
        Thread=waiting.thread, Event=waiting.event, Lock=threading.Lock, RLock=threading.RLock
    )
    patches = Patches()
    patches.entry(default_user_config["stepfunctions"], "execute_state_machine", True)
    patches.modules((f"{PARSER}.asl.eval.count_down_latch",), "CountDownLatch", _latch(waiting))
    patches.modules(USES_THREADING, "threading", threads)
    patches.modules(USES_EVENT, "Event", waiting.event)
    patches.modules(USES_THREAD, "Thread", waiting.thread)
    patches.modules(USES_DATETIME, "datetime", _datetimes(clock))
    patches.modules(USES_TIME, "time", _times(clock, waiting))

    def client_for(region: str, service: str, state_credentials: Any = None) -> _Lambda:  # noqa: ARG001
        if service != "lambda":
            raise NotImplementedError(f"State machines call functions only; {service} was asked for.")
        return _Lambda(invoke, state_credentials.role_arn)

    patches.modules((f"{EXEC}.state_task.lambda_eval_utils",), "boto_client_for", client_for)
    _name_machines_in_tokens(patches)
    _stop_at_once(patches, waiting, clock.now)
    _answer_only_what_waits(patches)
    _tell_of_ends(patches, ended)
    _parse_once(patches)
    return patches


def _tell_of_ends(patches: Patches, ended: Callable[[Any], None]) -> None:
    """Say when an execution is over, as AWS does on the account's own bus; moto says nothing."""
    from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication as Communication

    terminated = Communication.terminated

    def told(self: Any) -> None:
        terminated(self)
        ended(self.execution)

    patches.set(Communication, "terminated", told)


def _parse_once(patches: Patches) -> None:
    """Keep what is parsed: moto reads the definition anew for each execution, a path for each use of it.

    A definition's states are shared by its executions: what one of them does is kept in its environment.
    """
    from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

    kept = SimpleNamespace(parse=cache(AmazonStateLanguageParser.parse))
    patches.modules((f"{PARSER}.backend.execution_worker",), "AmazonStateLanguageParser", kept)
    for module in USES_PATHS:
        patches.modules((module,), "parse", cache(importlib.import_module(module).parse))


def _name_machines_in_tokens(patches: Patches) -> None:
    from moto.stepfunctions.parser.asl.eval.states import ContextObject

    def update_task_token(self: Any) -> str:
        token = token_for(self.context_object_data["StateMachine"]["Id"])
        self.context_object_data["Task"] = {"Token": token}
        return token

    patches.set(ContextObject, "update_task_token", update_task_token)


def _stop_at_once(patches: Patches, waiting: Waiting, now: Callable[[], datetime]) -> None:
    """End a stopped execution where it waits: moto lets it sit out a task token's timeout."""
    from moto.stepfunctions.parser.backend.execution import Execution

    def stop(self: Any, stop_date: datetime, error: str | None, cause: str | None) -> None:  # noqa: ARG001
        worker = self.exec_worker
        if worker is None or self.exec_status != "RUNNING":
            return
        worker.env.set_stop(stop_date=now(), cause=cause, error=error)
        waiting.abandon(worker)
        worker._execution_communication.terminated()

    patches.set(Execution, "stop", stop)


def _answer_only_what_waits(patches: Patches) -> None:
    """Refuse an answer to a task that waits no longer, as AWS does; moto takes it and forgets it."""
    from moto.core.exceptions import AWSError
    from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackOutcomeSuccess
    from moto.stepfunctions.parser.models import StepFunctionsParserBackend

    # moto's own exceptions for these carry no code over the wire.
    class TaskTimedOut(AWSError):  # noqa: N818
        TYPE, STATUS = "TaskTimedOut", 400

    class InvalidToken(AWSError):  # noqa: N818
        TYPE, STATUS = "InvalidToken", 400

    def send_task_success(self: Any, task_token: str, outcome: str) -> None:
        # An execution that has only just begun has no environment yet.
        for execution in self._get_executions("RUNNING"):
            environment = execution.exec_worker and execution.exec_worker.env
            waits = environment and environment.callback_pool_manager.get(task_token)
            if waits and not waits._notify_event.is_set():
                waits.notify(CallbackOutcomeSuccess(callback_id=task_token, output=outcome))
                return
        if machine_of(task_token):
            raise TaskTimedOut("Task Timed Out: 'Provided task does not exist anymore'")
        raise InvalidToken("Invalid Token: 'Invalid token'")

    patches.set(StepFunctionsParserBackend, "send_task_success", send_task_success)

"""A Lambda sandbox: the process in which one function's handler runs, invocation after invocation.

Started by `local.functions` as `python -m local.worker FD`; reads a `Start` and then invocations from
the socket FD, answers each, and writes everything the handler prints to its own standard output, which
is the function's log. Every AWS call is judged by the role's synthesised policies before it is made.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from local.pipe import Pipe
from local.policies import Call, allowed_by, refusal

Handler = Callable[[Any, "Context"], Any]


class Context:
    """What a handler learns of its invocation, as Lambda's context object has it."""

    function_version = "$LATEST"
    client_context = None
    identity = None

    def __init__(self, request_id: str, arn: str, deadline: float) -> None:
        self.aws_request_id = request_id
        self.invoked_function_arn = arn
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.memory_limit_in_mb = int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"])
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self._deadline = deadline

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the invocation is ended."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


class Judge:
    """Judges each AWS call of the role this process runs as, and keeps what it judged."""

    def __init__(self, role: str, statements: list[dict[str, Any]], table_keys: Mapping[str, str]) -> None:
        self.role = role
        self.statements = statements
        self.table_keys = table_keys
        self.calls: list[Call] = []
        self.judged: dict[Call, bool] = {}

    def check(self, service: str, operation: str, given: Mapping[str, Any]) -> str | None:
        """The missing grant's name if the call is refused."""
        from local.aws_calls import calls_of, through_table

        for call in calls_of(service, operation, given):
            needed = [call, *(through_table(call, self.table_keys) if service == "dynamodb" else ())]
            for each in needed:
                self.calls.append(each)
                if each not in self.judged:
                    self.judged[each] = bool(allowed_by(self.statements, each))
                if not self.judged[each]:
                    return refusal(self.role, each)
        return None

    def install(self) -> None:
        """Stand before every call that botocore makes in this process; PynamoDB's go through it too."""
        from botocore.client import BaseClient
        from botocore.exceptions import ClientError

        base: Any = BaseClient
        made = base._make_api_call

        def judged(client: Any, operation: str, given: dict[str, Any]) -> Any:
            missing = self.check(client.meta.service_model.signing_name, operation, given)
            if missing is not None:
                answer: Any = {
                    "Error": {"Code": "AccessDeniedException", "Message": missing},
                    "ResponseMetadata": {"HTTPStatusCode": 403},
                }
                raise ClientError(answer, operation)
            return made(client, operation, given)

        base._make_api_call = judged

    def taken(self) -> list[dict[str, Any]]:
        """The calls since the last time, as JSON."""
        calls, self.calls = self.calls, []
        return [call.to_json() for call in calls]


def _failure(error: BaseException) -> dict[str, Any]:
    return {
        "errorType": type(error).__name__,
        "errorMessage": str(error),
        "stackTrace": traceback.format_tb(error.__traceback__),
    }


def _load(path: str) -> Handler:
    module, _, name = path.rpartition(".")
    handler: Handler = getattr(importlib.import_module(module), name)
    return handler


def serve(pipe: Pipe) -> None:
    """Answer invocations until the other end closes."""
    start = pipe.receive()
    judge = Judge(start["role"], start["statements"], start["table_keys"])
    judge.install()
    try:
        handler = _load(start["handler"])
    except BaseException as error:
        traceback.print_exc()
        pipe.send({"failed": True, "answer": _failure(error), "calls": judge.taken()})
        return
    pipe.send({"ready": True})
    while (invocation := pipe.receive(eof_is_end=True)) is not None:
        os.environ["_X_AMZN_TRACE_ID"] = invocation["trace"]
        deadline = time.monotonic() + invocation["seconds"]
        context = Context(invocation["request_id"], start["arn"], deadline)
        try:
            answer = {"answer": handler(invocation["event"], context), "failed": False}
        except Exception as error:
            traceback.print_exc()
            answer = {"answer": _failure(error), "failed": True}
        sys.stdout.flush()
        pipe.send({**answer, "calls": judge.taken()})


if __name__ == "__main__":
    serve(Pipe(socket.socket(fileno=int(sys.argv[1]))))

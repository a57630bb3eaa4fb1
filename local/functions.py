"""Lambda: every function of the templates, in sandboxes of its own (`local.worker`), under its own role."""

from __future__ import annotations

import json
import logging
import os
import queue
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.clock import Clock
from local.policies import Call, Ledger, refusal
from local.sandbox import ROOT, Result, Sandbox
from local.template import REGION, Resource, Templates

LOG = logging.getLogger(__name__)
SANDBOXES = 2
"""Of one function at once: enough to let two requests meet, few enough for a laptop."""


@dataclass(slots=True)
class Function:
    """One function as the template has it."""

    name: str
    arn: str
    handler: str
    seconds: int
    memory: int
    environment: dict[str, str]
    ledger: Ledger
    traced: bool = False
    idle: queue.LifoQueue[Sandbox] = field(default_factory=queue.LifoQueue)
    slots: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(SANDBOXES))

    @property
    def role(self) -> str:
        """The name of its role."""
        return self.ledger.role

    @property
    def log_group(self) -> str:
        """Where its log goes."""
        return f"/aws/lambda/{self.name}"


class Functions:
    """Invokes the functions, holding the clock while one runs, and keeps the ledger of every role."""

    def __init__(
        self,
        templates: Templates,
        ledgers: Mapping[str, Ledger],
        clock: Clock,
        *,
        endpoints: Mapping[str, str],
        logs: Path,
    ) -> None:
        """`endpoints`: environment variables that lead AWS clients to the local cloud."""
        self._clock = clock
        self._logs = logs
        self._endpoints = dict(endpoints)
        self.table_keys = table_keys(templates)
        self.bucket_keys = bucket_keys(templates)
        self._recording = threading.Lock()
        self.by_name = {r.name: _function(r, ledgers) for r in templates.of("AWS::Lambda::Function")}
        self.after: list[Callable[[Function, Result], None]] = []
        """Called after each invocation, before the clock is released."""

    def find(self, name_or_arn: str) -> Function:
        """A function by name or ARN. Raises `KeyError`."""
        return self.by_name[name_or_arn.rpartition(":function:")[2].partition(":")[0]]

    def invoke(self, name: str, event: Any) -> Result:
        """Run the handler of `name` on `event`."""
        function = self.find(name)
        with self._clock.holding(function.name), function.slots:
            sandbox = self._sandbox(function)
            result = sandbox.invoke(event)
            if sandbox.alive:
                function.idle.put(sandbox)
            with self._recording:
                for call in (*result.calls, *_for_the_function(function)):
                    if not function.ledger.record(call):
                        LOG.warning("refused: %s", refusal(function.role, call))
            if result.failed:
                said = result.answer
                LOG.warning(
                    "%s failed: %s: %s", function.name, said.get("errorType"), said.get("errorMessage")
                )
            for hook in self.after:
                hook(function, result)
        return result

    def invoke_for(self, name: str, payload: bytes, *, caller: Ledger) -> tuple[bytes, bool]:
        """Run a handler for another role, if that role may invoke it."""
        function = self.find(name)
        # As IAM does: an alias is another resource than its function.
        call = Call("lambda:InvokeFunction", name if name.startswith("arn:") else function.arn)
        with self._recording:
            allowed = caller.record(call)
        if not allowed:
            message = refusal(caller.role, call)
            return json.dumps({"errorType": "AccessDeniedException", "errorMessage": message}).encode(), True
        result = self.invoke(name, json.loads(payload))
        return result.body, result.failed

    def record(self, ledger: Ledger, calls: Iterable[Call]) -> list[str]:
        """Note calls that AWS itself makes as a role (pollers); returns the grants that are missing."""
        with self._recording:
            return [refusal(ledger.role, call) for call in calls if not ledger.record(call)]

    def warm(self, names: Iterable[str]) -> None:
        """Start a sandbox of each function now, so that the first request does not wait for imports."""
        for name in names:
            function = self.by_name[name]
            function.idle.put(self._start(function))

    def stop(self) -> None:
        """End every sandbox."""
        for function in self.by_name.values():
            while not function.idle.empty():
                function.idle.get().end()

    def _sandbox(self, function: Function) -> Sandbox:
        while not function.idle.empty():
            try:
                sandbox = function.idle.get_nowait()
            except queue.Empty:
                break
            if sandbox.alive:
                return sandbox
            sandbox.end()
        return self._start(function)

    def _start(self, function: Function) -> Sandbox:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": os.environ.get("HOME", "/"),
            "LANG": "C.UTF-8",
            "TZ": ":UTC",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": function.role,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_LOG_GROUP_NAME": function.log_group,
            "AWS_LAMBDA_LOG_STREAM_NAME": f"local/[$LATEST]{uuid.uuid4().hex}",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "_HANDLER": function.handler,
            "POWERTOOLS_TRACE_DISABLED": "1",
            **self._endpoints,
            **function.environment,
        }
        start = {
            "handler": function.handler,
            "arn": function.arn,
            "role": function.role,
            "statements": list(function.ledger.statements),
            "table_keys": self.table_keys,
        }
        return Sandbox(
            function.name, function.seconds, environment, self._logs / f"{function.name}.log", start
        )


def _for_the_function(function: Function) -> Iterable[Call]:
    """What Lambda does as the function's role around each invocation: writing its log, sending its trace."""
    from local.template import arn

    stream = arn("logs", f"log-group:{function.log_group}:log-stream:local")
    yield Call("logs:CreateLogStream", stream)
    yield Call("logs:PutLogEvents", stream)
    if function.traced:
        yield Call("xray:PutTraceSegments", "*")
        yield Call("xray:PutTelemetryRecords", "*")


def _function(resource: Resource, ledgers: Mapping[str, Ledger]) -> Function:
    given = resource.properties
    variables = given.get("Environment", {}).get("Variables", {})
    return Function(
        name=resource.name,
        arn=resource.arn,
        handler=given["Handler"],
        seconds=int(given.get("Timeout", 3)),
        memory=int(given.get("MemorySize", 128)),
        environment={key: str(value) for key, value in variables.items()},
        ledger=ledgers[given["Role"]],
        traced=given.get("TracingConfig", {}).get("Mode") == "Active",
    )


def table_keys(templates: Templates) -> dict[str, str]:
    """Tables that are encrypted with a key of the account: table ARN -> key ARN."""
    keys: dict[str, str] = {}
    for table in templates.of("AWS::DynamoDB::GlobalTable"):
        for copy in table.properties["Replicas"]:
            if copy["Region"] == REGION and "SSESpecification" in copy:
                keys[table.arn] = copy["SSESpecification"]["KMSMasterKeyId"]
    return keys


def bucket_keys(templates: Templates) -> dict[str, str]:
    """Buckets that are encrypted with a key of the account: bucket ARN -> key ARN."""
    keys: dict[str, str] = {}
    for bucket in templates.of("AWS::S3::Bucket"):
        for rule in bucket.properties.get("BucketEncryption", {}).get(
            "ServerSideEncryptionConfiguration", ()
        ):
            key = rule["ServerSideEncryptionByDefault"].get("KMSMasterKeyID")
            if key:
                keys[bucket.arn] = key
    return keys


def ledgers_of(templates: Templates) -> dict[str, Ledger]:
    """An empty ledger for every role, by ARN, with all its policies."""
    found: dict[str, Ledger] = {}
    for role in templates.of("AWS::IAM::Role"):
        statements = [
            statement
            for policy in role.properties.get("Policies", [])
            for statement in policy["PolicyDocument"]["Statement"]
        ]
        for policy in templates.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
            if policy.stack == role.stack and role.name in policy.properties.get("Roles", []):
                statements += policy.properties["PolicyDocument"]["Statement"]
        found[role.arn] = Ledger(role.name, statements)
    return found

"""The sweeper: once a day it does what time does and timers may have missed, and decides nothing else.

It visits the cases in which something is due, whatever the number of those that are open: ends of waits and
deadlines, and reminders. When the table of holidays has changed it visits all. Once a month it looks for
open cases whose machine does not run; of one that fails Step Functions tells itself (`Steps.restart`). What
one invocation has no time for, it leaves to the next, by a message to its own queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from services.platform.cases.lists import Summary
from services.platform.cases.store import Cases
from services.platform.law.values import Value
from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.runtime.observe import count, following, log, watched
from services.platform.time.outlook import outlook
from services.platform.time.steps import Steps, powers_of_time
from services.statute import holiday_table

MONTHLY = "monthly"
"""How the name of the rule ends that has machines looked for."""
RESERVE = 20_000
"""Milliseconds: what is left of an invocation when it begins nothing more."""
HOLIDAYS = ("SWEEP", "holidays")
"""The copy that says with which table of holidays all open cases were last visited."""


class Part(Value):
    """A part of a sweep as of an instant: what to do, in which procedure, after which place of its list."""

    do: Literal["due", "every", "machines", "holidays", "daily", "outlook"]
    at: str
    procedure: str = ""
    after: str | None = None


class Sweep(Value):
    """What is left of a sweep, in this order."""

    id: str
    parts: tuple[Part, ...]


class Sweeper:
    """Sweeps the cases of a service's procedures, then does what else the service does `daily`."""

    def __init__(self, steps: Steps, daily: Sequence[Callable[[datetime], object]] = ()) -> None:
        self._steps, self._daily = steps, daily
        self.handler = watched(self._handle)

    def _handle(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Sweep what each message says; report those that left something undone."""
        left = getattr(context, "get_remaining_time_in_millis", lambda: 2 * RESERVE)
        failed = []
        for record in event["Records"]:
            sweep = self._told(msgspec.json.decode(record["body"]))
            with following(sweep.id):
                if not self._swept(sweep, lambda: left() > RESERVE):
                    failed.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failed}

    def _told(self, body: dict[str, Any]) -> Sweep:
        """What a message asks for: the rest of a sweep, or all that one of the two schedules begins."""
        if "parts" in body:
            return msgspec.convert(body, Sweep)
        if any(str(rule).endswith(MONTHLY) for rule in body.get("resources", ())):
            return Sweep(
                body["id"], tuple(Part("machines", body["time"], name) for name in environment().machines)
            )
        timed = [name for name, cases in self._steps.cases.items() if powers_of_time(cases.procedure)]
        whom: Literal["due", "every"] = "due" if not timed or _holidays_kept() else "every"
        rest: tuple[Literal["holidays", "daily", "outlook"], ...] = ("daily", "outlook")
        done = rest if whom == "due" else ("holidays", *rest)
        parts = [
            *(Part(whom, body["time"], name) for name in timed),
            *(Part(one, body["time"]) for one in done),
        ]
        return Sweep(body["id"], tuple(parts))

    def _swept(self, sweep: Sweep, has_time: Callable[[], bool]) -> bool:
        """Do the parts in their order as far as there is time; False if something failed."""
        clean = True
        for place, part in enumerate(sweep.parts):
            if not has_time():
                return self._leave(replace(sweep, parts=sweep.parts[place:])) and clean
            after: str | None = None
            for visited, done in self._do(part, datetime.fromisoformat(part.at)):
                clean &= done
                after = visited or after
                if visited and not has_time():
                    rest = (replace(part, after=after), *sweep.parts[place + 1 :])
                    return self._leave(replace(sweep, parts=rest)) and clean
        return clean

    def _do(self, part: Part, at: datetime) -> Iterator[tuple[str | None, bool]]:
        """Do a part: after each case its place in the list, and whether it was done without a fault."""
        match part.do:
            case "due" | "every":
                until = at if part.do == "due" else None
                for place, line in self._steps.cases[part.procedure].swept(until, part.after):
                    yield place, self._tried(line.id, partial(self._steps.lapse, at=at))
            case "machines":
                yield from self._machines(self._steps.cases[part.procedure], part)
            case "holidays":
                yield None, self._done(_keep_holidays, at)
            case "daily":
                for work in self._daily:
                    yield None, self._done(work, at)
            case "outlook":
                yield None, self._done(self._outlook, at)
        count("SweepsDone")

    def _machines(self, cases: Cases[Any], part: Part) -> Iterator[tuple[str | None, bool]]:
        running = frozenset(_running(environment().machines[part.procedure]))
        for place, line in cases.swept(None, part.after):
            yield place, line.id in running or self._tried(line.id, self._restart)

    def _outlook(self, at: datetime) -> None:
        still: Iterable[Summary] = (line for cases in self._steps.cases.values() for _, line in cases.swept())
        for measure, value in outlook(still, at).items():
            count(measure, value)

    def _restart(self, case_id: str) -> None:
        # The list of executions may lag behind; starting one that runs under the same name changes nothing.
        case = self._steps.load(case_id)
        if not self._steps.start(case):
            self._steps.start_next(case)
        count("ExecutionsRestarted")

    @staticmethod
    def _leave(rest: Sweep) -> bool:
        body = msgspec.json.encode(rest).decode()
        client("sqs").send_message(QueueUrl=environment().sweeps, MessageBody=body)
        return True

    @staticmethod
    def _tried(case_id: str, work: Callable[[str], object]) -> bool:
        try:
            work(case_id)
        except Exception:
            # One case that cannot be swept must not keep the others from it.
            log.exception("a case could not be swept", extra={"case": case_id})
            count("SweepsFailed")
            return False
        return True

    @staticmethod
    def _done(work: Callable[[datetime], object], at: datetime) -> bool:
        try:
            work(at)
        except Exception:
            log.exception("a day's work could not be done", extra={"work": getattr(work, "__qualname__", "")})
            count("SweepsFailed")
            return False
        return True


def _holidays_kept() -> bool:
    """Whether all open cases have been visited since the table of holidays last changed."""
    from services.platform.cases import dynamo

    kept = dict(dynamo.copies(HOLIDAYS[0], consistent=True)).get(HOLIDAYS[1])
    return kept == holiday_table().version


def _keep_holidays(at: datetime) -> None:
    from services.platform.cases import dynamo

    # By the instant: a sweep that was begun earlier with an older table does not overwrite a later one's.
    dynamo.keep_copy(*HOLIDAYS, holiday_table().version, int(at.timestamp()))


def _running(machine: str) -> Iterator[str]:
    """The ids of the cases that have a running execution."""
    pages = client("stepfunctions").get_paginator("list_executions")
    for page in pages.paginate(stateMachineArn=machine, statusFilter="RUNNING"):
        for execution in page["executions"]:
            yield execution["name"].rpartition("-")[0]

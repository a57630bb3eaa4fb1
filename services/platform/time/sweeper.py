"""The sweeper: once a day it repairs what timers missed, and decides nothing that time does not decide.

Every open case is given to the clock; one whose machine does not run gets a new execution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from services.platform.cases.lists import Summary
from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.runtime.observe import count, following, log, watched
from services.platform.time.outlook import outlook
from services.platform.time.steps import Steps


class Sweeper:
    """Sweeps the cases of a service's procedures, then does what else the service does `daily`."""

    def __init__(self, steps: Steps, daily: Sequence[Callable[[datetime], object]] = ()) -> None:
        self._steps, self._daily = steps, daily
        self.handler = watched(self._handle)

    def _handle(self, event: dict[str, Any], _context: Any) -> dict[str, Any]:
        """Sweep as of the time of each scheduled event; report those that left something undone."""
        failed = []
        for record in event["Records"]:
            scheduled = msgspec.json.decode(record["body"])
            with following(scheduled["id"]):
                if not self.sweep(datetime.fromisoformat(scheduled["time"])):
                    failed.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failed}

    def sweep(self, at: datetime) -> bool:
        """Let time do in every open case what is due at `at`, and restart what is lost; False if one failed.

        What is due is a lapse, a reminder, or days to be computed again. A case in which nothing is costs a
        read, and no more.
        """
        clean = True
        standing: list[Summary] = []
        for procedure, cases in self._steps.cases.items():
            still = list(cases.open_cases())
            for line in still:
                clean &= self._tried(line.id, partial(self._steps.lapse, at=at))
            machine = environment().machines.get(procedure)
            if machine is not None and still:
                still = list(cases.open_cases())
                running = frozenset(_running(machine))
                for line in [case for case in still if case.id not in running]:
                    clean &= self._tried(line.id, self._restart)
            standing += still
        for work in self._daily:
            clean &= self._done(work, at)
        for measure, value in outlook(standing, at).items():
            count(measure, value)
        return clean

    def _restart(self, case_id: str) -> None:
        # The list of executions may lag behind; starting one that runs under the same name changes nothing.
        case = self._steps.load(case_id)
        if not self._steps.start(case):
            self._steps.start_next(case)
        count("ExecutionsRestarted")

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
            log.exception("a day's work could not be done", extra={"work": work.__qualname__})
            count("SweepsFailed")
            return False
        return True


def _running(machine: str) -> Iterator[str]:
    """The ids of the cases that have a running execution."""
    pages = client("stepfunctions").get_paginator("list_executions")
    for page in pages.paginate(stateMachineArn=machine, statusFilter="RUNNING"):
        for execution in page["executions"]:
            yield execution["name"].rpartition("-")[0]

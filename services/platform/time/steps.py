"""A procedure's stages in Step Functions: begin, wait, lapse; and the starting and waking of its machine.

The acts are the truth and a machine is only their alarm clock: each call answers with the stage the case is
in now, so that a machine that is lost, late or doubled changes nothing.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from msgspec.structs import fields

from services.platform.cases.case import Case
from services.platform.cases.case_id import procedure_of
from services.platform.cases.lists import instant
from services.platform.cases.store import Cases, LostRace
from services.platform.events.contracts import Event
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import CONTINUED, Given, Power, Procedure, Refusal
from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.runtime.observe import count, following, log, watched

S = TypeVar("S")
LONGEST_WAIT = timedelta(days=300)
OLDEST = timedelta(days=330)
"""An execution hops into the next generation rather than grow older: Step Functions ends it after a year."""
LATENESS = timedelta(minutes=1)
"""How late a timer may ring; the passing of a few seconds between two tasks is not lateness."""
SHORT_LIFE = timedelta(minutes=15)
"""A machine that fails sooner has not met a passing trouble."""
ENDED = ("aws.states", "Step Functions Execution Status Change")
"""Source and detail-type of what Step Functions says of an execution."""
LOST = ("ABORTED", "FAILED", "TIMED_OUT")
"""How an execution ends that no law has ended."""
PATIENCE = 5
"""How often a lapse is tried again when someone else's command comes first."""
_GONE = ("TaskDoesNotExist", "TaskTimedOut", "InvalidToken")


class Steps:
    """The stages of a service's procedures."""

    def __init__(self, *procedures: Procedure[Any]) -> None:
        self.cases = {procedure.name: Cases(procedure) for procedure in procedures}
        self.handler = watched(self._handle)

    def _handle(self, event: dict[str, Any], _context: Any) -> dict[str, Any] | None:
        """Answer a machine's task: `begin`, `wait` or `lapse`."""
        at = _instant(event["at"])
        with following(event["case_id"]):
            match event["do"]:
                case "begin":
                    return self.status(self.load(event["case_id"]), at, _since(event))
                case "wait":
                    waiting = (event["case_id"], event["stage"], event["until"], event["token"])
                    self.wait(*waiting, at, event.get("seconds"))
                    return None
                case "lapse":
                    return self.status(self.lapse(event["case_id"], at), at, _since(event))
                case unknown:
                    raise ValueError(f"a machine asked for {unknown!r}")

    def load(self, case_id: str) -> Case[Any]:
        """The case as of now."""
        return self._of(case_id).load(case_id)

    def status(self, case: Case[Any], at: datetime, since: datetime | None = None) -> dict[str, Any]:
        """What a machine routes on: the stage the case is in, its end by law and the seconds from `at` to it.

        An execution that began at `since` and would grow too old by waiting is continued in the next
        generation.
        """
        wait = case.wait
        left = min(wait.until - at, LONGEST_WAIT) if wait.until else LONGEST_WAIT
        seconds = max(1, math.ceil(left.total_seconds()))
        stage = wait.stage
        if since and not wait.over and at + timedelta(seconds=seconds) - since > OLDEST:
            self.start_next(case)
            stage = CONTINUED
        return {
            "case_id": case.id,
            "stage": stage,
            "until": _until(case),
            "seconds": seconds,
            "generation": case.generation,
        }

    def wait(
        self,
        case_id: str,
        stage: str,
        until: str | None,
        token: str,
        at: datetime,
        seconds: int | None = None,
    ) -> None:
        """Register a task that waits in `stage` until `until`; wake it at once when the case has moved on.

        So is a task whose timer of `seconds` rings too late, since the event that set it was itself late.
        """
        from services.platform.cases import dynamo

        waiting = dynamo.Token(case_id, stage, until, token)
        dynamo.keep_token(waiting)
        # Only now: an act recorded before this read is seen here, one after it finds the token.
        case = self.load(case_id)
        end = case.wait.until
        late = seconds is not None and end is not None and at + timedelta(seconds=seconds) > end + LATENESS
        self._wake(waiting, case, at, late=late)

    def lapse(self, case_id: str, at: datetime) -> Case[Any]:
        """Use every power of time that is not refused as of `at`; the case after that."""
        cases = self._of(case_id)
        case = cases.load(case_id)
        lost = 0
        while True:
            try:
                after = self._lapse_once(cases, case, at)
            except LostRace:
                lost += 1
                if lost == PATIENCE:
                    raise
                after = cases.load(case_id)
            if after is None:
                return case
            case = after

    def follow(self, event: Event) -> None:
        """Move an own case's machine after an act: start it, or wake what waits where it no longer is.

        A case that had come to an end may be taken up again by somebody: then its machine has ended with it,
        and the next one is started.
        """
        from services.platform.cases import dynamo

        if event.metadata.sequence == 1:
            self.start(self.load(event.case_id))
        waiting = dynamo.tokens(event.case_id)
        if waiting:
            case = self.load(event.case_id)
            for token in waiting:
                self._wake(token, case, event.metadata.occurred_at)
        elif event.metadata.sequence > 1 and procedure_of(event.case_id) in environment().machines:
            case = self.load(event.case_id)
            if not case.wait.over and not self.start(case):
                self.start_next(case)

    def restart(self, event: dict[str, Any]) -> None:
        """Start the next generation of a machine that AWS says has failed, given as EventBridge's JSON.

        One that failed soon after it was started would fail again: it waits for somebody who mends it. The
        law does not wait with it, since the sweeper lets lapse what is due.
        """
        detail = event["detail"]
        case_id, _, generation = detail["name"].rpartition("-")
        lived = timedelta(milliseconds=detail["stopDate"] - detail["startDate"])
        if procedure_of(case_id) not in self.cases or lived < SHORT_LIFE:
            log.warning("a machine failed and is not started again", extra={"execution": detail["name"]})
            return
        case = self.load(case_id)
        if not case.wait.over and case.generation == int(generation):
            self.start_next(case)
            count("ExecutionsRestarted")

    def start(self, case: Case[Any]) -> bool:
        """Start the case's machine, if there is one; False when its execution has already come to an end."""
        machine = environment().machines.get(case.procedure.name)
        if machine is None or case.wait.over:
            return True
        machines = client("stepfunctions")
        try:
            # The same name and input as an execution that runs: nothing happens.
            machines.start_execution(
                stateMachineArn=machine,
                name=f"{case.id}-{case.generation}",
                input=msgspec.json.encode({"case_id": case.id, "generation": case.generation}).decode(),
            )
        except machines.exceptions.ExecutionAlreadyExists:
            return False
        count("ExecutionsStarted")
        return True

    def start_next(self, case: Case[Any]) -> None:
        """Start the next generation of the case's machine, unless someone else has just done so."""
        from services.platform.cases import dynamo

        if dynamo.next_generation(case.id, case.generation):
            self.start(self.load(case.id))

    def _wake(self, waiting: Any, case: Case[Any], at: datetime, *, late: bool = False) -> None:
        from services.platform.cases import dynamo

        if not late and (waiting.stage, waiting.until) == (case.wait.stage, _until(case)):
            return
        machines = client("stepfunctions")
        try:
            machines.send_task_success(
                taskToken=waiting.token, output=msgspec.json.encode(self.status(case, at)).decode()
            )
        except machines.exceptions.ClientError as error:
            if error.response["Error"]["Code"] not in _GONE:
                raise
            log.info("a task was no longer waiting", extra={"case": case.id, "stage": waiting.stage})
        dynamo.drop_token(waiting)

    def _lapse_once(self, cases: Cases[S], case: Case[S], at: datetime) -> Case[S] | None:
        given = Given(at, CLOCK)
        for power in powers_of_time(case.procedure):
            try:
                done = cases.act_on(case, power.decide, power.command(), given)
            except LostRace:
                raise
            except Refusal:
                continue
            count("Lapses")
            return done.case
        return None

    def _of(self, case_id: str) -> Cases[Any]:
        cases = self.cases.get(procedure_of(case_id) or "")
        if cases is None:
            raise Refusal("no_such_case")
        return cases


def powers_of_time(procedure: Procedure[S]) -> list[Power[S]]:
    """The powers that the passing of time has in a case, in the order the law lists them.

    Their commands say nothing: what names something to be done, such as a certificate, does not lapse.
    """
    held = (power for power in procedure.powers.values() if power.of_time and not power.opens)
    return [power for power in held if not fields(power.command)]


def _until(case: Case[Any]) -> str | None:
    return instant(case.wait.until) if case.wait.until else None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _since(event: dict[str, Any]) -> datetime | None:
    return _instant(event["since"]) if event.get("since") else None

"""What is exposed of a procedure, and the one exit through which every answer about a case passes.

Nothing that the service's `access.toml` does not open to the reader's standing leaves here. What is
restricted is shown to a GET only, never kept with an idempotency key, and showing it is recorded first: no
record, no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast, get_type_hints

import msgspec

from services.platform.cases.case import Case
from services.platform.cases.history import Entry, as_today
from services.platform.cases.lists import Summary, instant
from services.platform.cases.store import Cases
from services.platform.http.policy import Policy
from services.platform.http.request import Request
from services.platform.http.shapes import AllowedAct, DoneBy, Line, ToldAct
from services.platform.law.parties import AUDITOR, By, Held, Principal, Role, standing
from services.platform.law.procedure import Given, Power, Procedure, refuse_if
from services.platform.law.values import Value
from services.platform.runtime.observe import count, log, trace

S = TypeVar("S")
View = Callable[[Case[S], Given], Value]
"""The whole picture of a case; the exit takes out what its reader may not see."""


def kebab(power: str) -> str:
    """A power's name as it stands in a path."""
    return power.replace("_", "-")


def state_of(case: Case[Any], _: Given) -> Any:
    """The whole state of a case, where a procedure has no other picture of it."""
    return case.state


class Exposed(Value, Generic[S]):
    """A procedure under a path, as its cases are shown."""

    procedure: Procedure[S]
    path: str
    view: View[S]
    policy: Policy
    cases: Cases[S]
    roles: tuple[Role, ...] = ()
    """The chapter's roles: by them it is known which list of cases a reader comes for."""

    @property
    def shows(self) -> type[Value]:
        """What the picture of a case is made of."""
        if self.view is state_of:
            return type(cast("Value", self.procedure.initial))
        return cast("type[Value]", get_type_hints(self.view)["return"])

    def powers(self) -> list[Power[S]]:
        """The powers people can use in an open case."""
        return list(self.procedure.usable())

    def reads_by(self, reader: Principal, *kinds: By) -> Role | None:
        """The first role of the chapter that `reader` carries and that is matched by one of `kinds`."""
        return next((role for role in self.roles if role.by in kinds and role.name in reader.roles), None)

    def where(self, case_id: str) -> str:
        """The path of a case."""
        return f"{self.path}/{case_id}"

    def held_in(self, case: Case[S], request: Request) -> Held:
        """The reader's standing in the case. Raises the refusal `no_such_case` when there is none."""
        held = standing(request.given.by, case.parties)
        refuse_if(not held, "no_such_case")
        return held

    def allowed_acts(self, case: Case[S], held: Held, request: Request) -> tuple[AllowedAct, ...]:
        """What the reader may do in the case now, with its article and where to do it."""
        where = request.prefix + self.where(case.id)
        return tuple(
            AllowedAct(name, self.procedure.powers[name].article, f"{where}/{kebab(name)}")
            for name in self.procedure.allowed_as(held, case.state, request.given)
        )

    def document(self, case: Case[S], held: Held, request: Request, *, restricted: bool) -> dict[str, Any]:
        """The case as its reader may see it, restricted fields only if asked for: `CaseHead` and the view."""
        view: Mapping[str, Any] = msgspec.to_builtins(self.view(case, request.given))
        shown = self.policy.shown(view, self.procedure.name, held, restricted=restricted)
        if restricted:
            self.record_reading(case.id, request, held, shown.restricted)
        wait = case.wait
        return {
            "id": case.id,
            "procedure": self.procedure.name,
            "version": case.version,
            "stage": wait.stage,
            "until": instant(wait.until) if wait.until else None,
            "opened_at": case.opened_at,
            **shown.data,
            "allowed_acts": self.allowed_acts(case, held, request),
        }

    def told(
        self, case: Case[S], held: Held, history: Sequence[Entry], request: Request
    ) -> tuple[ToldAct, ...]:
        """The history as its reader may know it: acts the policy does not open to them are left out."""
        told: list[ToldAct] = []
        restricted: list[str] = []
        for entry in (as_today(self.procedure, recorded) for recorded in history):
            of = f"{self.procedure.name}/{entry.act}"
            if not self.policy.speaks_to(held, of):
                continue
            shown = self.policy.shown(entry.data, of, held, restricted=True)
            restricted += [f"{entry.sequence}.{name}" for name in shown.restricted]
            told.append(_told(entry, shown.data, shown.whole))
        self.record_reading(case.id, request, held, restricted)
        return tuple(told)

    def readable(self, summary: Summary, request: Request) -> bool:
        """Whether a line is of this procedure and of a case in which the reader stands somewhere."""
        mine = standing(request.given.by, summary.parties)
        return bool(mine) and summary.procedure == self.procedure.name

    def line(self, summary: Summary, request: Request) -> Line:
        """One line of a list, as its reader may see it."""
        held, parties = standing(request.given.by, summary.parties), summary.parties
        facts = {"organisation": parties.organisation, "ministries": tuple(sorted(parties.ministries))}
        shown = self.policy.shown(facts, self.procedure.name, held, restricted=False)
        return Line(
            summary.id,
            summary.procedure,
            summary.version,
            summary.stage,
            summary.until,
            summary.opened_at,
            f"{request.prefix}{self.where(summary.id)}",
            **shown.data,
        )

    def record_reading(self, case_id: str, request: Request, held: Held, restricted: Sequence[str]) -> None:
        """Record who is about to be shown what and when: what is restricted, and all an auditor reads."""
        if not restricted and AUDITOR.name not in held:
            return
        from services.platform.cases import dynamo

        given = request.given
        facts = {
            "subject": given.by.subject,
            "organisation": given.by.organisation,
            "standing": " ".join(sorted(held)),
            "fields": " ".join(restricted),
            "route": f"{request.method} {request.path}",
            "at": instant(given.at),
            "correlation_id": trace().correlation_id,
        }
        dynamo.seen(case_id, f"{instant(given.at)}#{request.request_id}", **facts)
        log.info("a restricted reading", extra={"case": case_id, **facts})
        count("RestrictedReadings")


def _told(entry: Entry, data: dict[str, Any], whole: bool) -> ToldAct:
    # A hash over what is hidden would let a reader try guesses at it.
    hashes = {"hash": entry.hash, "previous": entry.previous} if whole else {}
    by = DoneBy(entry.by["organisation"], tuple(entry.by["as"]))
    return ToldAct(entry.sequence, entry.act, entry.article, entry.at, entry.legal_day, by, data, **hashes)

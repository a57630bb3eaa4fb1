"""What is exposed of a procedure, and the one exit through which every answer about a case passes.

Nothing that the service's `access.toml` does not open to the reader's standing leaves here. What is
restricted is shown to a GET only, never kept with an idempotency key, and showing it is recorded first: no
record, no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast, get_type_hints

import msgspec
from msgspec.structs import replace

from services.platform.cases import seals
from services.platform.cases.case import Case
from services.platform.cases.history import Entry, as_today
from services.platform.cases.lists import Summary, instant
from services.platform.cases.store import Cases
from services.platform.http.policy import Policy
from services.platform.http.request import Request
from services.platform.http.shapes import AllowedAct, DoneBy, Line, ToldAct
from services.platform.law.acts import Act
from services.platform.law.parties import AUDITOR, By, Held, Principal, Role, standing
from services.platform.law.procedure import Given, Power, Procedure, Refusal, refuse_if
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

    def sees_all(self, held: Held) -> bool:
        """Whether someone of that standing is shown a case as it stands, and not as it was told of it."""
        telling = self.procedure.telling
        return telling is None or telling.whole(held)

    def sees_clock(self, held: Held) -> bool:
        """Whether someone of that standing is shown a case's deadlines."""
        telling = self.procedure.telling
        return telling is None or telling.timed(held)

    def seen(self, case: Case[S], held: Held, request: Request, acts: Sequence[Act] = ()) -> Case[S]:
        """The case as its reader was told of it, with how many acts that were as its version.

        `acts` are those its state already has, and its history not yet.
        """
        telling = self.procedure.telling
        if telling is None or telling.whole(held):
            return case
        told = self.entries_told(case, held, acts)
        last = told[-1] if told else None
        return replace(
            case,
            state=telling.told(case.state, held, request.given),
            version=len(told),
            head=last.hash if isinstance(last, Entry) else "",
        )

    def entries_told(self, case: Case[S], held: Held, acts: Sequence[Act] = ()) -> list[Any]:
        """The acts of the case that its reader was told of, in the order it was."""
        telling = self.procedure.telling
        assert telling is not None
        before = case.version - len(acts)
        history: list[Any] = list(self.cases.history(case.id)[:before]) if before else []
        history += [_Acted(type(act).__name__, msgspec.to_builtins(act)) for act in acts]
        name = self.procedure.name
        told = telling.history(history, held)
        return [entry for entry in told if self.policy.speaks_to(held, f"{name}/{entry.act}")]

    def expected(self, case: Case[S], held: Held, request: Request) -> int | None:
        """The version the reader's `If-Match` names, as the store counts; 0 for a wrong one."""
        if request.expected is None or self.sees_all(held):
            return request.expected
        return case.version if request.expected == self.seen(case, held, request).version else 0

    def retold(self, refusal: Refusal, case: Case[S], held: Held, request: Request) -> Refusal:
        """A refusal that names no version but one the reader was told."""
        if "current" in refusal.facts and not self.sees_all(held):
            now = self.cases.load(case.id)
            refusal.facts["current"] = self.seen(now, held, request).version
            if "expected" in refusal.facts:
                refusal.facts["expected"] = request.expected
        return refusal

    def allowed_acts(self, case: Case[S], held: Held, request: Request) -> tuple[AllowedAct, ...]:
        """What the reader may do in the case now, as far as it was told, with its article and where."""
        telling = self.procedure.telling
        state = case.state
        if telling is not None and not telling.whole(held):
            state = telling.told(state, held, request.given)
        where = request.prefix + self.where(case.id)
        return tuple(
            AllowedAct(name, self.procedure.powers[name].article, f"{where}/{kebab(name)}")
            for name in self.procedure.allowed_as(held, state, request.given)
        )

    def document(
        self,
        case: Case[S],
        held: Held,
        request: Request,
        *,
        restricted: bool,
        acts: Sequence[Act] = (),
    ) -> dict[str, Any]:
        """The case as its reader may see it, restricted fields only if asked for: `CaseHead` and the view.

        `acts` are those about to be recorded.
        """
        seen = self.seen(case, held, request, acts)
        view: Mapping[str, Any] = msgspec.to_builtins(self.view(seen, request.given))
        shown = self.policy.shown(view, self.procedure.name, held, restricted=restricted)
        if restricted:
            self.record_reading(case.id, request, held, shown.restricted, shown.why)
        wait = seen.wait
        return {
            "id": case.id,
            "procedure": self.procedure.name,
            "version": seen.version,
            "stage": wait.stage,
            "until": instant(wait.until) if wait.until and self.sees_clock(held) else None,
            "opened_at": case.opened_at,
            **shown.data,
            "allowed_acts": self.allowed_acts(case, held, request),
        }

    def told(
        self, case: Case[S], held: Held, history: Sequence[Entry], request: Request, *, first: int = 1
    ) -> tuple[ToldAct, ...]:
        """The history as its reader may know it: acts the policy does not open to them are left out.

        Whoever is told of the case part by part has them numbered as they were told, without their hashes:
        from a hash over what is hidden it could be guessed.
        """
        told: list[ToldAct] = []
        restricted: list[str] = []
        why: list[str] = []
        whole = self.sees_all(held)
        today = (as_today(self.procedure, recorded) for recorded in history)
        for number, entry in enumerate(today, start=first):
            of = f"{self.procedure.name}/{entry.act}"
            if not self.policy.speaks_to(held, of):
                continue
            shown = self.policy.shown(entry.data, of, held, restricted=True)
            restricted += [f"{entry.sequence}.{name}" for name in shown.restricted]
            why += [one for one in shown.why if one not in why]
            as_numbered = entry if whole else replace(entry, sequence=number)
            told.append(_told(as_numbered, shown.data, shown.whole and whole))
        self.record_reading(case.id, request, held, restricted, why)
        return tuple(told)

    def readable(self, summary: Summary, request: Request) -> bool:
        """Whether a line is of this procedure and of a case in which the reader stands somewhere."""
        mine = standing(seals.reader_of(request.given.by, self.procedure), summary.parties)
        return bool(mine) and summary.procedure == self.procedure.name

    def line(self, summary: Summary, request: Request) -> Line:
        """One line of a list, as its reader may see it."""
        parties = summary.parties
        held = standing(seals.reader_of(request.given.by, self.procedure), parties)
        stage, until, version = summary.stage, summary.until, summary.version
        if not self.sees_all(held):
            seen = self.seen(self.cases.load(summary.id), held, request)
            ends = seen.wait.until if self.sees_clock(held) else None
            stage, until, version = seen.wait.stage, instant(ends) if ends else None, seen.version
        facts = {
            # A list has only the pseudonyms of a sealed case.
            "organisation": None if self.procedure.sealed else parties.organisation,
            "ministries": tuple(sorted(parties.ministries)),
        }
        shown = self.policy.shown(facts, self.procedure.name, held, restricted=False)
        return Line(
            summary.id,
            summary.procedure,
            version,
            stage,
            until,
            summary.opened_at,
            f"{request.prefix}{self.where(summary.id)}",
            **shown.data,
        )

    def record_reading(
        self,
        case_id: str,
        request: Request,
        held: Held,
        restricted: Sequence[str],
        why: Sequence[str] = (),
    ) -> None:
        """Record who is about to be shown what, when, and by which provision.

        Recorded is what is restricted, and all an auditor reads. Of a sealed case its applicant is no reader
        by name either.
        """
        if not restricted and AUDITOR.name not in held:
            return
        from services.platform.cases import dynamo

        given = request.given
        by = seals.reader_of(given.by, self.procedure)
        facts = {
            "subject": given.by.subject,
            "organisation": given.by.organisation if given.by.ministry else by.organisation,
            "standing": " ".join(sorted(held)),
            "fields": " ".join(restricted),
            "route": f"{request.method} {request.path}",
            "at": instant(given.at),
            "correlation_id": trace().correlation_id,
        }
        reason = {"why": "; ".join(why)} if why else {}
        dynamo.seen(case_id, f"{instant(given.at)}#{request.request_id}", **facts, **reason)
        log.info("a restricted reading", extra={"case": case_id, **facts})
        count("RestrictedReadings")


class _Acted(Value):
    """An act about to be recorded, as an entry of a history has it."""

    act: str
    data: dict[str, Any]


def _told(entry: Entry, data: dict[str, Any], whole: bool) -> ToldAct:
    # A hash over what is hidden would let a reader try guesses at it.
    hashes = {"hash": entry.hash, "previous": entry.previous} if whole else {}
    by = DoneBy(entry.by["organisation"], tuple(entry.by["as"]))
    return ToldAct(entry.sequence, entry.act, entry.article, entry.at, entry.legal_day, by, data, **hashes)

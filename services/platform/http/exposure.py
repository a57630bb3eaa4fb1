"""What is exposed of a procedure, and the one exit through which every answer about a case passes.

Nothing that the service's `access.toml` does not open to the reader's standing leaves here. What is
restricted is shown to a GET only, never kept with an idempotency key, and showing it is recorded first: no
record, no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from services.platform.cases.history import Entry
from services.platform.cases.lists import Summary, instant
from services.platform.cases.store import Case, Cases
from services.platform.http.policy import Policy
from services.platform.http.request import Request
from services.platform.law.parties import AUDITOR, By, Principal, Role, standing
from services.platform.law.procedure import Given, Power, Procedure
from services.platform.law.values import Value
from services.platform.runtime.observe import count, log, trace

S = TypeVar("S")
View = Callable[[Case[S], Given], Any]
"""The whole picture of a case, as a dataclass or mapping; the exit takes out what its reader may not see."""


def kebab(power: str) -> str:
    """A power's name as it stands in a path."""
    return power.replace("_", "-")


class Exposed(Value, Generic[S]):
    """A procedure under a path, as its cases are shown."""

    procedure: Procedure[S]
    path: str
    view: View[S]
    policy: Policy
    cases: Cases[S]
    roles: tuple[Role, ...] = ()
    """The chapter's roles: by them it is known which list of cases a reader comes for."""

    def powers(self) -> list[Power[S]]:
        """The powers people can use in an open case."""
        return list(self.procedure.usable())

    def reads_by(self, reader: Principal, *kinds: By) -> Role | None:
        """The first role of the chapter that `reader` carries and that is matched by one of `kinds`."""
        return next((role for role in self.roles if role.by in kinds and role.name in reader.roles), None)

    def where(self, case_id: str) -> str:
        """The path of a case."""
        return f"{self.path}/{case_id}"

    def allowed_acts(self, case: Case[S], given: Given, prefix: str) -> list[dict[str, str]]:
        """What the reader may do in the case now, with its article and where to do it."""
        return [
            {
                "act": name,
                "article": self.procedure.powers[name].article,
                "href": f"{prefix}{self.where(case.id)}/{kebab(name)}",
                "method": "POST",
            }
            for name in self.procedure.allowed(case.state, given)
        ]

    def document(self, case: Case[S], request: Request, *, restricted: bool) -> dict[str, Any]:
        """The case as its reader may see it, restricted fields only if asked for."""
        held = standing(request.given.by, case.parties)
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
            "allowed_acts": self.allowed_acts(case, request.given, request.prefix),
        }

    def told(self, case: Case[S], history: Sequence[Entry], request: Request) -> list[dict[str, Any]]:
        """The history as its reader may know it: acts the policy does not open to them are left out."""
        held = standing(request.given.by, case.parties)
        told, restricted = [], []
        for entry in history:
            of = f"{self.procedure.name}/{entry.act}"
            if not self.policy.speaks_to(held, of):
                continue
            shown = self.policy.shown(entry.data, of, held, restricted=True)
            restricted += [f"{entry.sequence}.{name}" for name in shown.restricted]
            told.append(_told(entry, shown.data, shown.whole))
        self.record_reading(case.id, request, held, restricted)
        return told

    def readable(self, summary: Summary, request: Request) -> bool:
        """Whether a line is of this procedure and of a case in which the reader stands somewhere."""
        mine = standing(request.given.by, summary.parties)
        return bool(mine) and summary.procedure == self.procedure.name

    def line(self, summary: Summary, request: Request) -> dict[str, Any]:
        """One line of a list, as its reader may see it."""
        held = standing(request.given.by, summary.parties)
        parties = summary.parties
        facts = {"organisation": parties.organisation, "ministries": sorted(parties.ministries)}
        shown = self.policy.shown(facts, self.procedure.name, held, restricted=False)
        return {
            "id": summary.id,
            "procedure": summary.procedure,
            "version": summary.version,
            "stage": summary.stage,
            "until": summary.until,
            "opened_at": summary.opened_at,
            **shown.data,
            "href": f"{request.prefix}{self.where(summary.id)}",
        }

    def record_reading(
        self, case_id: str, request: Request, held: frozenset[str], restricted: Sequence[str]
    ) -> None:
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


def _told(entry: Entry, data: dict[str, Any], whole: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sequence": entry.sequence,
        "act": entry.act,
        "article": entry.article,
        "at": entry.at,
        "legal_day": entry.legal_day,
        "by": {"organisation": entry.by["organisation"], "as": entry.by["as"]},
        "data": data,
    }
    if whole:
        # A hash over what is hidden would let a reader try guesses at it.
        told |= {"hash": entry.hash, "previous": entry.previous}
    return told

"""Certificates of the legal clock: of where a case's deadlines stand, and of a period that ended by silence.

The first is made for whoever asks. The second is made by itself, once, and kept in the case: whichever event
comes first, late or twice, the same facts give the same id, and the case takes an id once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.platform.cases.case import Case
from services.platform.cases.case_id import procedure_of
from services.platform.cases.history import act_of
from services.platform.cases.store import Cases
from services.platform.law.parties import CLOCK, THE_CLOCK
from services.platform.law.procedure import Given, Procedure, Refusal
from services.platform.law.values import Value
from services.platform.time.legal_clock import LegalDay
from services.platform.time.timekeeping import (
    CertificateIssued,
    IssueCertificate,
    issue_certificate,
    table_of,
)

if TYPE_CHECKING:
    from services.platform.cases.history import Entry
    from services.platform.events.contracts import Event
    from services.platform.time.evidence import TracedDeadline

JOSE = "application/jose+json"


def of_clock(case: Case[Any], history: Sequence[Entry], at: datetime) -> str:
    """The signed certificate of a case's deadlines as they stand at `at`."""
    from services.platform.time.evidence import claims, traced_deadlines
    from services.platform.time.signing import signed
    from services.statute.certificate import certificate

    # A command may have been recorded between the two reads: the certificate is of the version it names.
    told = traced_deadlines(case.procedure, history[: case.version])
    document = certificate(case.id, claims(told), at, holidays=table_of(case.procedure, case.state))
    return signed(document)


class Listed(Value):
    """A certificate a case has been given: of which period's end, by which act, and where it is."""

    number: int
    certificate_id: str
    period: str
    last_day: LegalDay
    free_from: LegalDay
    ended_by: int
    href: str


def listed(case: Case[Any], history: Sequence[Entry], where: str) -> tuple[Listed, ...]:
    """The certificates a case has been given, the first one first; `where` is their address."""
    return tuple(
        Listed(
            number,
            issued.certificate_id,
            issued.period,
            issued.last_day.isoformat(),
            issued.free_from.isoformat(),
            issued.ended_by,
            f"{where}/{number}",
        )
        for number, issued in enumerate(_issued(case, history), start=1)
    )


def numbered(case: Case[Any], history: Sequence[Entry], number: str) -> str:
    """A certificate of the case as it was signed. Raises the refusal `no_such_certificate`."""
    issued = _issued(case, history)
    if not (number.isdecimal() and len(number) < 7) or not 1 <= int(number) <= len(issued):
        raise Refusal("no_such_certificate", number=number, count=len(issued))
    return issued[int(number) - 1].document


class Certificates:
    """Gives the parties of a service's cases their certificates of silence."""

    def __init__(self, *procedures: Procedure[Any]) -> None:
        self._cases = {procedure.name: Cases(procedure) for procedure in procedures}

    def follow(self, event: Event) -> None:
        """Certify the period whose end by silence an own act recorded, unless that has been done."""
        cases = self._cases[procedure_of(event.case_id) or ""]
        if event.name not in {act.__name__ for act in cases.procedure.silences}:
            return
        history = cases.history(event.case_id)
        ended = history[event.metadata.sequence - 1]
        # The same act may be a person's: who filed a changed plan was not freed by silence.
        if THE_CLOCK.name in ended.by["as"]:
            for traced in _silent(cases.procedure, history[: ended.sequence]):
                self._issue(cases, cases.load(event.case_id), traced, ended)

    @staticmethod
    def _issue(cases: Cases[Any], case: Case[Any], traced: TracedDeadline, ended: Entry) -> None:
        from services.platform.time.signing import signed
        from services.statute.certificate import silence_certificate

        at = datetime.fromisoformat(ended.at)
        table = table_of(case.procedure, case.state)
        document = silence_certificate(case.id, traced.claim, at, holidays=table)
        if document["certificate_id"] in case.state.timekeeping.certificates:
            return
        command = IssueCertificate(
            document["certificate_id"],
            traced.claim.name,
            traced.deadline.last_day,
            traced.deadline.free_from,
            ended.sequence,
            signed(document),
        )
        # If something else is recorded meanwhile, perhaps this very certificate, the event comes again.
        cases.act_on(case, issue_certificate, command, Given(at, CLOCK))


def _silent(procedure: Procedure[Any], history: Sequence[Entry]) -> list[TracedDeadline]:
    from services.platform.time.evidence import traced_deadlines

    names = procedure.silences[type(act_of(procedure, history[-1]))]
    return [traced for traced in traced_deadlines(procedure, history) if traced.claim.name in names]


def _issued(case: Case[Any], history: Sequence[Entry]) -> list[CertificateIssued]:
    acts = (act_of(case.procedure, entry) for entry in history[: case.version])
    return [act for act in acts if isinstance(act, CertificateIssued)]

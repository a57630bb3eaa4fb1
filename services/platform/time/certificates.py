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
from services.platform.cases.store import Cases
from services.platform.law.parties import CLOCK, THE_CLOCK
from services.platform.law.procedure import Given, Procedure, Refusal
from services.platform.law.values import Value
from services.platform.time.legal_clock import LegalDay
from services.platform.time.timekeeping import IssueCertificate, table_of

if TYPE_CHECKING:
    from services.platform.cases.history import Entry
    from services.platform.events.contracts import Event
    from services.platform.time.evidence import Clock

JOSE = "application/jose+json"
ISSUED = "CertificateIssued"


def of_clock(case: Case[Any], history: Sequence[Entry], at: datetime) -> str:
    """The signed certificate of a case's deadlines as they stand at `at`."""
    from services.platform.time.evidence import claims, clocks
    from services.platform.time.signing import signed
    from services.statute.certificate import certificate

    # A command may have been recorded between the two reads: the certificate is of the version it names.
    told = clocks(case.procedure, history[: case.version])
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
            entry.data["certificate_id"],
            entry.data["period"],
            entry.data["last_day"],
            entry.data["free_from"],
            entry.data["ended_by"],
            f"{where}/{number}",
        )
        for number, entry in enumerate(_issued(case, history), start=1)
    )


def numbered(case: Case[Any], history: Sequence[Entry], number: str) -> str:
    """A certificate of the case as it was signed. Raises the refusal `no_such_certificate`."""
    issued = _issued(case, history)
    if not (number.isdecimal() and len(number) < 7) or not 1 <= int(number) <= len(issued):
        raise Refusal("no_such_certificate", number=number, count=len(issued))
    document: str = issued[int(number) - 1].data["document"]
    return document


class Certificates:
    """Gives the parties of a service's cases their certificates of silence."""

    def __init__(self, *procedures: Procedure[Any]) -> None:
        self._cases = {procedure.name: Cases(procedure) for procedure in procedures}

    def follow(self, event: Event) -> None:
        """Certify the period whose end by silence an own act recorded, unless that has been done."""
        cases = self._cases[procedure_of(event.case_id) or ""]
        if event.name not in cases.procedure.silences:
            return
        history = cases.history(event.case_id)
        ended = history[event.metadata.sequence - 1]
        # The same act may be a person's: who filed a changed plan was not freed by silence.
        if THE_CLOCK.name in ended.by["as"]:
            for clock in _silent(cases.procedure, history[: ended.sequence]):
                self._issue(cases, cases.load(event.case_id), clock, ended)

    @staticmethod
    def _issue(cases: Cases[Any], case: Case[Any], clock: Clock, ended: Entry) -> None:
        from services.platform.time.signing import signed
        from services.statute.certificate import silence_certificate

        at = datetime.fromisoformat(ended.at)
        table = table_of(case.procedure, case.state)
        document = silence_certificate(case.id, clock.claim, at, holidays=table)
        if document["certificate_id"] in case.state.timekeeping.certificates:
            return
        command = IssueCertificate(
            document["certificate_id"],
            clock.claim.name,
            clock.deadline.last_day,
            clock.deadline.free_from,
            ended.sequence,
            signed(document),
        )
        # If something else is recorded meanwhile, perhaps this very certificate, the event comes again.
        cases.act_on(case, cases.procedure.powers["issue_certificate"].decide, command, Given(at, CLOCK))


def _silent(procedure: Procedure[Any], history: Sequence[Entry]) -> list[Clock]:
    from services.platform.time.evidence import clocks

    names = procedure.silences[history[-1].act]
    return [clock for clock in clocks(procedure, history) if clock.claim.name in names]


def _issued(case: Case[Any], history: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in history[: case.version] if entry.act == ISSUED]

"""Passports as they are kept: sealed on the way in, and read by one function that records it first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from services.infra_review.domain.passport import Held, PassportChanged, PassportFiled, passport
from services.infra_review.domain.review import Review
from services.infra_review.plan import passport as contents
from services.infra_review.plan.model import Party, Plan, Token
from services.infra_review.plan.passport import Passport
from services.platform.cases.case import Case
from services.platform.cases.history import Entry, act_of
from services.platform.cases.lists import instant
from services.platform.cases.store import Cases
from services.platform.http.request import Request
from services.platform.law.parties import Principal
from services.platform.law.procedure import Refusal
from services.platform.law.values import Value
from services.platform.runtime.observe import count, log, trace
from services.platform.runtime.sealed import Sealed

passports: Cases[Held] = Cases(passport)
SYSTEM = Principal(subject="sakimori", organisation="sakimori")
"""Who reads when no person is shown what is read."""


class Reading(Value):
    """Who is about to read sealed facts, when, by which way in, and why."""

    by: Principal
    at: datetime
    route: str
    why: str
    id: str
    """Tells this reading from others at the same instant."""

    @classmethod
    def asked_in(cls, request: Request, why: str) -> Reading:
        """The reading that a request comes to."""
        return cls(request.given.by, request.at, f"{request.method} {request.path}", why, request.request_id)


class Revision(Value):
    """One revision of a passport, still sealed."""

    number: int
    at: datetime
    sealed: Sealed


def sealed(passport_id: str, revision: int, party: Party) -> Sealed:
    """A party's facts, sealed as that revision of that passport and no other."""
    from services.platform.runtime.sealing import seal

    return seal(msgspec.json.encode(party), case=passport_id, revision=str(revision))


def shown(passport_id: str, party: Party) -> Party:
    """What a register shows anyone of a party; all of it that is kept unsealed."""
    return contents.sealed(replace(party, passport=passport_id))


def current(case: Case[Held]) -> Revision:
    """The revision a passport stands at."""
    state = case.state
    assert state.sealed
    assert state.at
    return Revision(state.revision, state.at, state.sealed)


def revisions(history: Sequence[Entry]) -> Iterator[Revision]:
    """Every revision of a passport, from its acts."""
    for entry in history:
        match act_of(passport, entry):
            case PassportFiled() as first:
                yield Revision(1, first.at, first.sealed)
            case PassportChanged() as later:
                yield Revision(later.revision, later.at, later.sealed)


def read(passport_id: str, revision: Revision, reading: Reading) -> Passport:
    """The facts of a revision. The reading is recorded first: no record, no facts."""
    from services.platform.cases import dynamo
    from services.platform.runtime.sealing import unseal

    facts = {
        "subject": reading.by.subject,
        "organisation": reading.by.organisation,
        "standing": " ".join(sorted(reading.by.roles)),
        "fields": f"revision {revision.number}",
        "route": reading.route,
        "at": instant(reading.at),
        "why": reading.why,
        "correlation_id": trace().correlation_id,
    }
    dynamo.seen(passport_id, f"{instant(reading.at)}#{reading.id}#{revision.number}", **facts)
    log.info("sealed facts are read", extra={"case": passport_id, **facts})
    count("RestrictedReadings")
    text = unseal(revision.sealed, case=passport_id, revision=str(revision.number))
    return Passport(passport_id, msgspec.json.decode(text, type=Party), revision.number)


def cited_when_filed(case: Case[Review], reading: Reading) -> dict[Token, Passport]:
    """Every passport a case's plan cites, as it stood when that plan was last filed."""
    if not contents.tokens(case.state.plan or Plan()):
        return {}
    plans = [entry for entry in Cases(case.procedure).history(case.id) if entry.data.get("plan")]
    found = {}
    for token in sorted(contents.tokens(case.state.plan or Plan())):
        known = [one for one in revisions(passports.history(token)) if instant(one.at) <= plans[-1].at]
        if known:
            found[token] = read(token, known[-1], reading)
    return found


def cited(plan: Plan, reading: Reading) -> dict[Token, Passport]:
    """Every passport the plan cites, as it stands; a token nobody has filed under is left out."""
    found = {}
    for token in sorted(contents.tokens(plan)):
        try:
            held = passports.load(token)
        except Refusal:
            continue
        found[token] = read(token, current(held), reading)
    return found

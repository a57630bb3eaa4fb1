"""Who stands where in a case: the only place that turns a token's claims into standing.

A role in a token opens nothing by itself. It becomes *standing* only against the parties of one case: an
operator stands in its own cases, an agent in those of whoever gave the mandate (委任), an official in those
of the ministry that has jurisdiction over the business (Art. 86(2)).
"""

from __future__ import annotations

from collections.abc import Iterable

from services.platform.law.values import Value

OPERATOR = "operator"
"""A business that files for itself (特定社会基盤事業者 or one about to be designated)."""
AGENT = "agent"
"""Files for an operator under a mandate (代理人)."""
REVIEWING_OFFICIAL = "reviewing_official"
"""An official of the competent ministry (主務大臣, Art. 86(2))."""
SUPPLIER = "supplier"
"""A supplier or contractor that files its own facts for the plans of others (供給者等)."""
CABINET_OFFICE = "cabinet_office"
"""The Prime Minister's side of a consultation (Art. 56(1))."""
AUDITOR = "auditor"
"""Reads everything, changes nothing; every reading is recorded."""
THE_CLOCK = "the_clock"
"""The passing of a legal day, acting through a timer or the sweeper. No token can carry this role."""

ROLES = frozenset({OPERATOR, AGENT, REVIEWING_OFFICIAL, SUPPLIER, CABINET_OFFICE, AUDITOR})
"""The roles a token may carry."""


class Principal(Value):
    """The person or system behind a request, as its verified token describes it."""

    subject: str
    organisation: str
    roles: frozenset[str] = frozenset()
    mandates: frozenset[str] = frozenset()
    """Organisations this principal may act for."""
    ministry: str | None = None


CLOCK = Principal(subject="the-clock", organisation="sakimori", roles=frozenset({THE_CLOCK}))


class Parties(Value):
    """Whose case it is: the organisation that files, and the ministries with jurisdiction."""

    organisation: str | None = None
    ministries: frozenset[str] = frozenset()
    consulted: bool = True
    """Whether the Prime Minister's side has been asked about it; until then it is none of theirs."""


def standing(principal: Principal, parties: Parties) -> frozenset[str]:
    """The roles `principal` holds against `parties`; empty when the case is none of theirs."""
    held = {role for role in (AUDITOR, THE_CLOCK) if role in principal.roles}
    if CABINET_OFFICE in principal.roles and parties.consulted:
        held.add(CABINET_OFFICE)
    if principal.organisation and principal.organisation == parties.organisation:
        held |= {OPERATOR, SUPPLIER} & principal.roles
    if AGENT in principal.roles and parties.organisation in principal.mandates:
        held.add(AGENT)
    if REVIEWING_OFFICIAL in principal.roles and principal.ministry in parties.ministries:
        held.add(REVIEWING_OFFICIAL)
    return frozenset(held)


def words(claim: str | Iterable[str] | None) -> frozenset[str]:
    """A claim that API Gateway may hand over as a list, "a b", "a,b" or "[a b]", as a set."""
    if claim is None:
        return frozenset()
    parts = claim.strip("[]").replace(",", " ").split() if isinstance(claim, str) else claim
    return frozenset(parts)


def principal_of(claims: dict[str, str]) -> Principal:
    """The principal a verified token describes; roles the system does not know are dropped."""
    return Principal(
        subject=claims["sub"],
        organisation=claims.get("custom:organisation", ""),
        roles=words(claims.get("cognito:groups")) & ROLES,
        mandates=words(claims.get("custom:mandates")),
        ministry=claims.get("custom:ministry") or None,
    )

"""The supplier passport: a supplier or contractor files its own facts once, sealed from operators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.infra_review.plan.model import Party, Plan, Token
from services.infra_review.plan.walk import map_parties


@dataclass(frozen=True, slots=True)
class Passport:
    """What a party has filed about itself, at one revision; `party` holds its facts and papers."""

    token: Token
    party: Party
    revision: int = 1


def compose(plan: Plan, passports: Mapping[Token, Passport]) -> Plan:
    """The plan with every cited passport filled in; a token that nobody has filed under stays as it is."""

    def filled(party: Party) -> Party:
        cited = passports.get(party.passport) if party.passport is not None else None
        return party if cited is None else replace(cited.party, passport=party.passport)

    return map_parties(plan, filled)


def redact(plan: Plan) -> Plan:
    """The plan as its operator may see it: of a cited passport, only what a register shows anyone."""
    return map_parties(plan, sealed)


def sealed(party: Party) -> Party:
    """A party without what its passport seals; without a passport it is the operator's own writing."""
    if party.passport is None:
        return party
    if party.individual:
        return Party(name=party.name, individual=True, passport=party.passport)
    return Party(
        name=party.name,
        representative=party.representative,
        address=party.address,
        governing_law=party.governing_law,
        passport=party.passport,
    )

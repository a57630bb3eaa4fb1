"""When papers may be left out because nothing they show has changed (METI Order Arts. 23(3)(5), 25(1))."""

from __future__ import annotations

from services.infra_review.plan.model import Officer, Party, Plan
from services.infra_review.plan.walk import parties


def registry_excused(party: Party, before: Plan | None) -> bool:
    """Whether the plan filed until now has a party with the same registered facts."""
    return before is not None and any(_registered(one.it) == _registered(party) for one in parties(before))


def identity_excused(officer: Officer, before: Plan | None) -> bool:
    """Whether the plan filed until now has an officer of the same name, date of birth and nationality."""
    return before is not None and any(
        _person(known) == _person(officer) for one in parties(before) for known in one.it.officers or ()
    )


def _registered(party: Party) -> tuple[object, ...]:
    return party.name, party.representative, party.address, party.governing_law, party.nationality


def _person(officer: Officer) -> tuple[object, ...]:
    return officer.name, officer.born_on, officer.nationality

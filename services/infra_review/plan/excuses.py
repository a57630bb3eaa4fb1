"""When papers may be left out because nothing they show has changed (METI Order Arts. 23(3), (5), 25(1)).

The orders let papers be left out with the draft of a change (54(1), (3)), with one changed as recommended
(54(2) applying 52(8)) and with a report of a change (54(4)). They do not with a plan (52(1)), nor with a plan
changed as recommended or ordered (52(8), Order Art. 21, also where 55(3) applies it). An introduction or
outsourcing that a change newly brings is notified under 52(1), so its papers are all due. A report of other
component equipment after the introduction has no papers (Order Art. 25(1), (3)).
"""

from __future__ import annotations

from typing import Any, Literal

from services.infra_review.plan.model import Officer, Party, Plan
from services.infra_review.plan.walk import Found, parties
from services.platform.law.values import Value

Filing = Literal[
    "notification",
    "changed_plan",
    "change",
    "changed_change",
    "urgent_change",
    "report",
    "component_report",
    "emergency",
]
"""A plan (52(1)), one changed as recommended (52(8), 55(3)), a draft change (54(1)), a draft changed as
recommended (54(2), 52(8)), an urgent change (54(3)), a report of a change (54(4)), one of component equipment
alone after the introduction (Order Art. 25(2)), an emergency (52(11))."""
WITHOUT_EXCUSE: frozenset[Filing] = frozenset({"notification", "changed_plan"})


class Known(Value):
    """What the plan filed until now has proved by papers, and of which of its parts."""

    registered: frozenset[tuple[object, ...]] = frozenset()
    persons: frozenset[tuple[object, ...]] = frozenset()
    parts: frozenset[str] = frozenset()
    no_papers: bool = False
    """Nothing has to be proved."""

    @classmethod
    def of(cls, before: Plan | None, filing: Filing) -> Known:
        """What counts as known for a filing."""
        if filing == "component_report":
            return cls(no_papers=True)
        if before is None or filing in WITHOUT_EXCUSE:
            return NOTHING_KNOWN
        # What a passport seals comes with its own papers; comparing it would tell whoever guesses at it.
        told = [found.it for found in parties(before) if found.it.passport is None]
        return cls(
            frozenset(_registered(party) for party in told),
            frozenset(_person(officer) for party in told for officer in party.officers or ()),
            frozenset(name for name in ("introduction", "outsourcing") if getattr(before, name) is not None),
        )

    def registry(self, found: Found[Party]) -> bool:
        """Whether a party's registered facts are unchanged, so that no new certificate is needed."""
        return self.no_papers or (self._known_part(found) and _registered(found.it) in self.registered)

    def identity(self, found: Found[Officer]) -> bool:
        """Whether an officer's name, date of birth and nationality are unchanged."""
        return self.no_papers or (self._known_part(found) and _person(found.it) in self.persons)

    def _known_part(self, found: Found[Any]) -> bool:
        return bool(self.parts) and found.pointer.split("/", 2)[1] in self.parts


NOTHING_KNOWN = Known()


def _registered(party: Party) -> tuple[object, ...]:
    return party.name, party.representative, party.address, party.governing_law, party.nationality


def _person(officer: Officer) -> tuple[object, ...]:
    return officer.name, officer.born_on, officer.nationality

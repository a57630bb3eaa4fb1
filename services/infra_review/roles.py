"""Who stands where in the cases of Chapter 3, and as whom the parties of a case are named."""

from __future__ import annotations

from collections.abc import Iterable

from services.platform.law.parties import AUDITOR, Parties, Role
from services.platform.shared.words import CABINET_OFFICE, PRIME_MINISTER

OPERATOR = Role("operator", "organisation", "Operator of essential infrastructure", "特定社会基盤事業者")
"""A business that files for itself, designated or about to be."""
AGENT = Role("agent", "mandate", "Agent", "代理人")
"""Files for an operator under its mandate (委任)."""
REVIEWING_OFFICIAL = Role("reviewing_official", "ministry", "Reviewing official", "審査担当官")
"""An official of the competent ministry (主務大臣, Art. 86(2))."""
SUPPLIER = Role("supplier", "organisation", "Supplier or contractor", "供給者等")
"""Files its own facts, for the plans of others."""

ROLES = (OPERATOR, AGENT, REVIEWING_OFFICIAL, SUPPLIER, CABINET_OFFICE, AUDITOR)


def filed_by(
    organisation: str | None = None, ministries: Iterable[str] = (), *, consulted: bool = False
) -> Parties:
    """The parties of a case: who files and its agents, the ministries, the Prime Minister once consulted."""
    return Parties.of(
        {
            OPERATOR: organisation,
            AGENT: organisation,
            REVIEWING_OFFICIAL: ministries,
            CABINET_OFFICE: PRIME_MINISTER if consulted else None,
        }
    )

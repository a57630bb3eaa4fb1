"""The people of a council, and a story that drives any of its procedures day by day."""

from __future__ import annotations

from services.council.roles import (
    AGENCY,
    BOUND,
    CABINET_OFFICE,
    INFORMING_AGENCY,
    INVITED_AGENCY,
    INVITED_ORGANISATION,
    INVITED_RESEARCHER,
    NEEDS_AGENCY,
    NEEDS_OWNER,
    ORGANISATION,
    PARTICIPANT,
    PRIME_MINISTER,
    PRINCIPAL,
    RESEARCH_MINISTER,
    RESEARCHER,
    THINK_TANK,
    THINK_TANK_STAFF,
)
from services.platform.law.parties import AUDITOR, CLOCK, Principal
from tests.services.patent.story import Story, given, noon

__all__ = ["CLOCK", "Story", "given", "noon"]

COMPANY = "8230001002345"
START_UP = "4010001000003"
INSTITUTION = "5010001000002"
"""A think tank, by its corporate number."""
MEMBER_ROLES = {ORGANISATION.name, INVITED_ORGANISATION.name}


def person(name: str, organisation: str = "", *roles: str, ministry: str | None = None) -> Principal:
    """A person who can be on council affairs, and leave them."""
    return Principal(name, organisation, frozenset({PARTICIPANT.name, BOUND.name, *roles}), ministry=ministry)


MEXT = person("official-mext", "MEXT", RESEARCH_MINISTER.name, ministry="MEXT")
METI = person("official-meti", "METI", RESEARCH_MINISTER.name, ministry="METI")
CAO = person("official-cao", "CAO", PRIME_MINISTER.name, ministry=CABINET_OFFICE)
LEADER = person("professor-1", "", PRINCIPAL.name)
MLIT = person("official-mlit", "MLIT", AGENCY.name, INVITED_AGENCY.name, NEEDS_AGENCY.name, ministry="MLIT")
JCG = person("official-jcg", "JCG", INFORMING_AGENCY.name, ministry="JCG")
CLERK = person("clerk-1", COMPANY, *MEMBER_ROLES, NEEDS_OWNER.name)
FOUNDER = person("founder-1", START_UP, *MEMBER_ROLES)
FELLOW = person("fellow-1", "", RESEARCHER.name, INVITED_RESEARCHER.name)
ANALYST = person("analyst-1", INSTITUTION, *MEMBER_ROLES, THINK_TANK.name, THINK_TANK_STAFF.name)
STRANGER = person("stranger-1", "1180301018771", *MEMBER_ROLES)
AUDITING = Principal("auditor-1", "BOA", frozenset({AUDITOR.name}))
EVERYONE = (MEXT, CAO, LEADER, MLIT, JCG, CLERK, FOUNDER, FELLOW, ANALYST, STRANGER, CLOCK)
STATEMENT = "62-7.2025"

"""Who stands where in the cases of Arts. 62, 63(4) and 64, and as whom the parties of a case are named.

A council has members (構成員), and members have persons on council affairs (協議会の事務に従事する者):
members decide, persons read and are bound by 62(7). Who is only invited sees the invitation; who has left
sees the duty that stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from services.platform.law.parties import AUDITOR, Principal, Role

CABINET_OFFICE = "CAO"
"""内閣府, as a token names the office of an official."""

RESEARCH_MINISTER = Role(
    "research_ministry",
    "ministry",
    "R&D minister, or minister in charge of the designated fund",
    "研究開発大臣・指定基金所管大臣",
)
"""Who grants the money (62(1)) or is in charge of the fund (63(2)): organises the council and keeps it."""
PRIME_MINISTER = Role(
    "research_cabinet_office", "ministry", "Prime Minister (Cabinet Office)", "内閣総理大臣（内閣府）"
)
"""Is consulted (62(2)), organises jointly (63(4)), and conducts the research of Art. 64."""
PRINCIPAL = Role("principal_researcher", "person", "Principal researcher", "研究代表者")
"""Who is regarded as representing the research and development (62(1), 63(4))."""
AGENCY = Role("member_agency", "ministry", "National agency in a council", "構成員（国の関係行政機関の長）")
ORGANISATION = Role(
    "member_organisation", "organisation", "Organisation in a council", "構成員（法人その他の団体）"
)
"""A company, start-up, local government, research institution or think tank that is a member (62(3))."""
RESEARCHER = Role(
    "member_researcher", "person", "Researcher in a council", "構成員（研究開発等に従事する者）"
)
INVITED_AGENCY = Role(
    "invited_agency", "ministry", "Agency invited to a council", "同意を求められた行政機関の長"
)
INVITED_ORGANISATION = Role(
    "invited_organisation", "organisation", "Organisation invited to a council", "同意を求められた団体"
)
INVITED_RESEARCHER = Role(
    "invited_researcher", "person", "Researcher invited to a council", "同意を求められた研究者"
)
PARTICIPANT = Role("council_participant", "person", "Person on council affairs", "協議会の事務に従事する者")
"""Bound by 62(7). Against an item it is held by who may see it, and by nobody else."""
BOUND = Role(
    "formerly_on_council", "person", "Person formerly on council affairs", "協議会の事務に従事していた者"
)
"""Bound by 62(7) for good."""
THINK_TANK = Role(
    "think_tank",
    "organisation",
    "Specified critical technology research institution",
    "特定重要技術調査研究機関",
)
THINK_TANK_STAFF = Role(
    "think_tank_staff", "person", "Officer or staff of the think tank", "調査研究機関の役員又は職員"
)
"""Bound by 64(4)."""
INFORMING_AGENCY = Role(
    "informing_agency",
    "ministry",
    "Agency asked for information by the think tank",
    "情報の提供を求められた行政機関",
)
NEEDS_AGENCY = Role(
    "needs_agency", "ministry", "Agency that will use the result", "社会実装の担い手となる行政機関"
)
NEEDS_OWNER = Role(
    "needs_owner", "organisation", "Business that will use the result", "社会実装の担い手となる事業者"
)

ROLES = (
    RESEARCH_MINISTER,
    PRIME_MINISTER,
    PRINCIPAL,
    AGENCY,
    ORGANISATION,
    RESEARCHER,
    INVITED_AGENCY,
    INVITED_ORGANISATION,
    INVITED_RESEARCHER,
    PARTICIPANT,
    BOUND,
    THINK_TANK,
    THINK_TANK_STAFF,
    INFORMING_AGENCY,
    NEEDS_AGENCY,
    NEEDS_OWNER,
    AUDITOR,
)

MemberKind = Literal[
    "research_minister",
    "prime_minister",
    "principal_researcher",
    "agency",
    "researcher",
    "think_tank",
    "company",
    "start_up",
    "local_government",
    "research_institution",
    "other_organisation",
    "other_person",
]
"""As what somebody is a member: by 62(1), by 63(4), or added under 62(3)."""
_PERSONS: tuple[MemberKind, ...] = ("researcher", "other_person")
FOUNDERS: dict[MemberKind, Role] = {
    "research_minister": RESEARCH_MINISTER,
    "prime_minister": PRIME_MINISTER,
    "principal_researcher": PRINCIPAL,
}
"""Those of whom a council is made up from the start (62(1), 63(4))."""
ORGANISERS = (RESEARCH_MINISTER, PRIME_MINISTER)
MEMBERS = (RESEARCH_MINISTER, PRIME_MINISTER, PRINCIPAL, AGENCY, ORGANISATION, RESEARCHER)
INVITED = (INVITED_AGENCY, INVITED_ORGANISATION, INVITED_RESEARCHER)


def role_of(kind: MemberKind) -> Role:
    """The role in which a member of that kind stands in a council."""
    if kind in FOUNDERS:
        return FOUNDERS[kind]
    if kind == "agency":
        return AGENCY
    return RESEARCHER if kind in _PERSONS else ORGANISATION


def invited_role_of(kind: MemberKind) -> Role:
    """The role in which somebody of that kind stands while invited."""
    by = {"ministry": INVITED_AGENCY, "organisation": INVITED_ORGANISATION, "person": INVITED_RESEARCHER}
    return by[role_of(kind).by]


def speaks(kind: MemberKind, one: str, who: Principal, *, invited: bool = False) -> bool:
    """Whether `who` speaks for the member, or the one invited, of that kind and id."""
    role = invited_role_of(kind) if invited else role_of(kind)
    return role.matches(who, (one,))


def by_role(members: Iterable[tuple[MemberKind, str]]) -> dict[Role, list[str]]:
    """Members by the role in which they stand."""
    held: dict[Role, list[str]] = {}
    for kind, one in members:
        held.setdefault(role_of(kind), []).append(one)
    return held

"""Researchers' numbers: the ORCID iD with its check digit, the e-Rad number by its form."""

from __future__ import annotations

from typing import Annotated

from services.platform.law.parties import OrganisationId, PersonId
from services.platform.law.values import Between, Len, Matching, Value
from services.platform.shared.words import Line, Name

Orcid = Annotated[str, Matching(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")]
ERad = Annotated[str, Matching(r"[0-9]{8}")]
"""A researcher number of e-Rad (府省共通研究開発管理システム)."""
Trl = Annotated[int, Between(1, 9)]
"""A technology readiness level (技術成熟度)."""
Percent = Annotated[int, Between(0, 100)]


class OtherFunding(Value):
    """Other research money a person has or has applied for, and how much of the person's work it takes."""

    program: Name
    title: Line
    yen: Annotated[int, Between(0, 10**15)]
    effort: Percent
    same_content: bool
    """Whether it pays for the same research (不合理な重複)."""


class Member(Value):
    """Somebody who takes part in the research; the first of a proposal is its principal researcher."""

    name: Name
    organisation: OrganisationId
    effort: Percent
    orcid: Orcid | None = None
    e_rad: ERad | None = None
    others: Annotated[tuple[OtherFunding, ...], Len(0, 20)] = ()
    person: PersonId | None = None
    """The id in the user pool of who is to have a part in the project's case."""


def is_orcid(text: str) -> bool:
    """Whether the check digit of an ORCID iD is right: ISO/IEC 7064 MOD 11-2."""
    from stdnum.iso7064 import mod_11_2  # only a proposal with a number pays for it

    return bool(mod_11_2.is_valid(text.replace("-", "")))

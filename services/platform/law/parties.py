"""Who stands where in a case: the only place that turns a token's claims into standing. Pure.

A role (立場) belongs to the chapter that names it, and says by what a person is matched to a case: by the
organisation the person belongs to, by a mandate (委任) of that organisation, by the ministry, by the person,
or by the office. A role in a token opens nothing by itself: it becomes *standing* only against the parties
of one case.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Literal

from services.platform.law.values import Matching, Value, field

Held = frozenset[str]
"""The names of the roles a principal holds in one case: its standing there."""
By = Literal["organisation", "mandate", "ministry", "person", "office", "everywhere"]
"""What of a principal is looked for among a role's parties; an office only has to be asked."""
ORGANISATION = Matching(r"[0-9]{13}|R-[0-9A-Z]{8,20}")
OrganisationId = Annotated[str, ORGANISATION]
"""A corporate number (法人番号), or `R-…`: an id in the register of those that have none.

Where a body is read, its check digit is looked at too (`is_organisation`).
"""
PersonId = Annotated[str, Matching(r"[A-Za-z0-9._:-]{1,64}")]
"""A person's id in the user pool."""


class Role(Value):
    """A standing that a chapter knows, by its name in tokens and policies."""

    name: str
    by: By
    title: str = ""
    title_ja: str = ""

    def matches(self, principal: Principal, parties: Collection[str]) -> bool:
        """Whether `principal` holds this role against those that `parties` names for it."""
        if self.name not in principal.roles:
            return False
        match self.by:
            case "everywhere":
                return True
            case "office":
                return bool(parties)
            case "organisation":
                return bool(principal.organisation) and principal.organisation in parties
            case "mandate":
                return not principal.mandates.isdisjoint(parties)
            case "ministry":
                return principal.ministry is not None and principal.ministry in parties
            case "person":
                return principal.subject in parties


AUDITOR = Role("auditor", "everywhere", "Auditor", "監査担当")
"""Reads everything, changes nothing; every reading is recorded."""
THE_CLOCK = Role("the_clock", "everywhere", "The passing of a legal day", "期間の経過")
"""Acts through a timer or the sweeper. No token can carry this role."""


class Principal(Value):
    """The person or system behind a request, as its verified token describes it."""

    subject: str
    organisation: str
    roles: frozenset[str] = frozenset()
    mandates: frozenset[str] = frozenset()
    """Organisations this principal may act for."""
    ministry: str | None = None


CLOCK = Principal(subject="the-clock", organisation="sakimori", roles=frozenset({THE_CLOCK.name}))


class Parties(Value):
    """Whose case it is: for each role of the chapter the organisations, ministries or persons in it."""

    held: dict[str, tuple[By, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, held: Mapping[Role, Iterable[str | None] | str | None]) -> Parties:
        """The parties of a case, by role; what is None or empty is nobody."""
        named = {role: _ids(ids) for role, ids in held.items()}
        return cls({role.name: (role.by, ids) for role, ids in named.items() if ids})

    def by(self, *kinds: By) -> frozenset[str]:
        """Those that stand in the case in any role matched by one of `kinds`."""
        return frozenset(one for by, ids in self.held.values() if by in kinds for one in ids)

    @property
    def organisation(self) -> str | None:
        """The first organisation of the case: the one that files."""
        return next((ids[0] for by, ids in self.held.values() if by == "organisation"), None)

    @property
    def ministries(self) -> frozenset[str]:
        """The ministries with jurisdiction (Art. 86(2))."""
        return self.by("ministry")


NOBODY = Parties()


def standing(principal: Principal, parties: Parties) -> frozenset[str]:
    """The names of the roles `principal` holds against `parties`; empty when the case is none of theirs."""
    everywhere = {role.name for role in (AUDITOR, THE_CLOCK) if role.name in principal.roles}
    found = {name for name, (by, ids) in parties.held.items() if Role(name, by).matches(principal, ids)}
    return frozenset(everywhere | found)


def principal_of(claims: Mapping[str, str]) -> Principal:
    """The principal a verified token describes; a mandate that is no organisation's id is left out."""
    mandates = words(claims.get("custom:mandates"))
    return Principal(
        subject=claims["sub"],
        organisation=claims.get("custom:organisation", ""),
        roles=words(claims.get("cognito:groups")) - {THE_CLOCK.name},
        mandates=frozenset(mandate for mandate in mandates if is_organisation(mandate)),
        ministry=claims.get("custom:ministry") or None,
    )


def is_organisation(text: str) -> bool:
    """Whether a text is a corporate number with its check digit, or a registered id of those without."""
    assert ORGANISATION.pattern
    fits = re.search(ORGANISATION.pattern, text) is not None
    return fits and (text.startswith("R-") or text[0] == check_digit(text[1:]))


def check_digit(base: str) -> str:
    """The first digit of a corporate number, from the twelve after it (Order on them, Art. 2)."""
    from stdnum.jp import cn  # only a token with a number pays for it

    return str(cn.calc_check_digit(base))


def words(claim: str | Iterable[str] | None) -> frozenset[str]:
    """A claim that API Gateway may hand over as a list, "a b", "a,b" or "[a b]", as a set.

    No member of such a claim has a space or a comma in it: roles are names, mandates are numbers.
    """
    if claim is None:
        return frozenset()
    parts = claim.strip("[]").replace(",", " ").split() if isinstance(claim, str) else claim
    return frozenset(parts)


def _ids(ids: Iterable[str | None] | str | None) -> tuple[str, ...]:
    if ids is None or isinstance(ids, str):
        return (ids,) if ids else ()
    return tuple(sorted({one for one in ids if one}))

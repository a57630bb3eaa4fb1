"""How a case of a sealed procedure is kept: in boxes under a data key of its own, its parties by pseudonyms.

Of an act every field has its own box but those that leave the service; who did it has one, and so has the
state of the snapshot. The hash of an act is over the boxes: who proves a history need not read it, and no
guess at what was sealed can be tried against it. Parties are kept, and found, by pseudonyms that follow from
a key of the service's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from services.platform.cases.case import Case
from services.platform.cases.history import Entry
from services.platform.law.parties import Parties, Principal, Role
from services.platform.law.procedure import Procedure

if TYPE_CHECKING:
    from services.platform.cases.dynamo import Line
    from services.platform.runtime.sealing import Seal

SEALED = "$sealed"
"""What stands for the fields in boxes; no field of an act or a state can have that name."""
_STATE = '{"$sealed":'
_PSEUDONYMS = ("SEALS", "pseudonyms")
"""Where the key of the pseudonyms is kept, wrapped."""
_NAMED = ("organisation", "mandate", "person")
"""Parties that have pseudonyms; ministries and offices are no secret of a case."""


# ---- Acts and states in boxes ----


def new_seal(case_id: str) -> Seal:
    """A data key for a case."""
    from services.platform.runtime.sealing import Seal

    return Seal.made(case=case_id)


def closed(entry: Entry, seal: Seal, leaving: Collection[str]) -> Entry:
    """An act as it is kept: every field in a box of its own, but those that leave."""
    place = entry.sequence
    boxes = {
        name: seal.seal(msgspec.json.encode(value), f"{place}.{name}")
        for name, value in entry.data.items()
        if name not in leaving
    }
    left = {name: value for name, value in entry.data.items() if name in leaving}
    by = {SEALED: seal.seal(msgspec.json.encode(entry.by), f"{place}/by")}
    return replace(entry, by=by, data={**left, SEALED: {"key": seal.wrapped, "boxes": boxes}})


def opened(entries: Sequence[Entry], seal: Seal | None = None) -> tuple[Entry, ...]:
    """Acts as they were done; each keeps the hash over what is kept. Raises `SealBroken`."""
    found: list[Entry] = []
    for entry in entries:
        kept = entry.data.get(SEALED)
        if kept is None:
            found.append(entry)
            continue
        if seal is None or seal.wrapped != kept["key"]:
            seal = _opened(kept["key"], entry.case_id)
        place = entry.sequence
        data = {name: value for name, value in entry.data.items() if name != SEALED}
        for name, box in kept["boxes"].items():
            data[name] = msgspec.json.decode(seal.unseal(box, f"{place}.{name}"))
        by = msgspec.json.decode(seal.unseal(entry.by[SEALED], f"{place}/by"))
        found.append(replace(entry, by=by, data=data))
    return tuple(found)


def closed_state(state: bytes, seal: Seal, version: int) -> str:
    """A state as the snapshot of that version keeps it."""
    boxed = {SEALED: {"key": seal.wrapped, "box": seal.seal(state, f"state.{version}")}}
    return msgspec.json.encode(boxed).decode()


def opened_state(kept: str, case_id: str, version: int) -> tuple[str | bytes, Seal | None]:
    """The state of a snapshot, and the case's key if it has one. Raises `SealBroken`."""
    if not kept.startswith(_STATE):
        return kept, None
    boxed = msgspec.json.decode(kept)[SEALED]
    seal = _opened(boxed["key"], case_id)
    return seal.unseal(boxed["box"], f"state.{version}"), seal


def closed_lines(texts: Iterable[str], batch_id: str) -> tuple[str, ...]:
    """The lines of a file as they are kept, in order, under the file's own key."""
    seal = new_seal(batch_id)
    boxes = (seal.seal(text.encode(), f"line.{number}") for number, text in enumerate(texts, start=1))
    return tuple(msgspec.json.encode({"key": seal.wrapped, "box": box}).decode() for box in boxes)


def opened_lines(kept: Iterable[Line], batch_id: str) -> Iterator[Line]:
    """The lines of a file as they were handed in, by one call to KMS. Raises `SealBroken`."""
    seal: Seal | None = None
    for line in kept:
        boxed = msgspec.json.decode(line.text)
        if seal is None or seal.wrapped != boxed["key"]:
            seal = _opened(boxed["key"], batch_id)
        yield replace(line, text=seal.unseal(boxed["box"], f"line.{line.number}").decode())


def _opened(wrapped: str, case_id: str) -> Seal:
    from services.platform.runtime.sealing import Seal

    return Seal.opened(wrapped, case=case_id)


# ---- Parties by pseudonyms ----


def parties_of(case: Case[Any]) -> Parties:
    """A case's parties as its items and index keys name them."""
    if not case.procedure.sealed:
        return case.parties
    held = {
        name: (by, tuple(sorted(map(_pseudonym, ids))) if by in _NAMED else ids)
        for name, (by, ids) in case.parties.held.items()
    }
    return Parties(held)


def standings_in(case: Case[Any]) -> frozenset[str]:
    """Every standing somebody has in a sealed case, as its items keep them to be looked for."""
    if not case.procedure.sealed or case.version == 0:
        return frozenset()
    held = parties_of(case).held.items()
    return frozenset(_standing(name, one) for name, (_, ids) in held for one in ids)


def standings_of(reader: Principal, roles: Iterable[Role]) -> list[str]:
    """Every standing `reader` could have in some sealed case, as its items keep them."""
    found: list[str] = []
    for role in roles:
        if role.name in reader.roles:
            match role.by:
                case "organisation":
                    found += [_standing(role.name, _pseudonym(reader.organisation))]
                case "mandate":
                    found += [_standing(role.name, _pseudonym(one)) for one in sorted(reader.mandates)]
                case "person":
                    found += [_standing(role.name, _pseudonym(reader.subject))]
                case "ministry" if reader.ministry:
                    found += [_standing(role.name, reader.ministry)]
    return found


def _standing(role: str, party: str) -> str:
    return f"{role}={party}"


def name_of(party: str, procedure: Procedure[Any]) -> str:
    """An organisation or person as the items of that procedure's cases name it."""
    return _pseudonym(party) if procedure.sealed and party else party


def reader_of(principal: Principal, procedure: Procedure[Any]) -> Principal:
    """A person as the parties of that procedure's cases are kept: to be held against a list's lines."""
    if not procedure.sealed:
        return principal
    return replace(
        principal,
        subject=_pseudonym(principal.subject),
        organisation=_pseudonym(principal.organisation) if principal.organisation else "",
        mandates=frozenset(map(_pseudonym, principal.mandates)),
    )


def _pseudonym(name: str) -> str:
    return pseudonyms().pseudonym(name)


@cache
def pseudonyms() -> Seal:
    """The key from which pseudonyms follow: made once for a service, and read once by each function."""
    from services.platform.cases import dynamo
    from services.platform.runtime.sealing import Seal

    wrapped = dynamo.copy(*_PSEUDONYMS)
    if wrapped is None:
        made = Seal.made(purpose="pseudonyms")
        wrapped = dynamo.keep_first_copy(*_PSEUDONYMS, made.wrapped)
        if wrapped is None:
            return made
    return Seal.opened(wrapped, purpose="pseudonyms")

"""Changes of suppliers, contractors and re-contractors: METI Order Arts. 23(1)(iii)-(vii) and 24."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from services.infra_review.plan.articles import Cite, important, minor
from services.infra_review.plan.difference import Difference, Kind, Watch, paired
from services.infra_review.plan.model import ForeignSales, Holder, Officer, Party, Place, Ratio
from services.infra_review.plan.walk import Role, on_register

REPORT = "54(4)"


class Items(NamedTuple):
    """Where the orders speak of one role: what is important, and what is minor."""

    identity: Cite
    address: Cite
    shares: Cite
    factory_abroad: Cite | None = None
    factory_inside: Cite | None = None


ITEMS: dict[Role, Items] = {
    "supplier": Items(
        important("(iii)イ"), minor("(i)イ"), minor("(i)ロ"), important("(iii)ロ"), minor("(i)ハ")
    ),
    "component_supplier": Items(
        important("(iv)ロ"), minor("(ii)イ"), minor("(ii)ロ"), important("(iv)ハ"), minor("(ii)ハ")
    ),
    "contractor": Items(important("(vi)"), minor("(iii)イ"), minor("(iii)ロ")),
    "re_contractor": Items(important("(vii)ロ"), minor("(iv)イ"), minor("(iv)ロ")),
}


def _country(role: Role, watch: Watch) -> Kind:
    """Once outsourced, only a change of the contractor's name stays important (23(1)(vi), (vii)ロ)."""
    contractor = role in ("contractor", "re_contractor")
    return "report" if contractor and watch.outsourced else "important"


def party_differences(
    pointer: str,
    role: Role,
    before: Party | None,
    after: Party | None,
    watch: Watch,
    *,
    excused: bool = False,
) -> Iterator[Difference]:
    """Every difference of one party; `excused` when holders, officers, sales may be left out (Art. 17)."""
    old, new = before or Party(), after or Party()
    items, country = ITEMS[role], _country(role, watch)
    article = items.identity if country == "important" else REPORT
    # What one side has under a seal and the other has not is never compared: an answer would tell it.
    unsealed = before is None or after is None or before.passport == after.passport
    if not unsealed:
        kind: Kind = country if old.individual or new.individual else "report"
        where, cited = f"{pointer}/passport", article if kind == "important" else REPORT
        yield watch.differs(where, old.passport, new.passport, kind, cited, "seal_changed")
        old, new = on_register(old), on_register(new)
    if old.name != new.name:
        where = f"{pointer}/name"
        yield watch.differs(where, old.name, new.name, "important", items.identity, "party_name")
    for name in ("individual", "governing_law", "nationality"):
        was, becomes = getattr(old, name), getattr(new, name)
        if was != becomes:
            yield watch.differs(f"{pointer}/{name}", was, becomes, country, article, "party_country")
    old_at, new_at = old.address or Place(), new.address or Place()
    where = f"{pointer}/address"
    if old_at.country != new_at.country:
        # Another country weighs as another law does; another address in the same country is minor.
        yield watch.differs(
            f"{where}/country", old_at.country, new_at.country, country, article, "party_country"
        )
    elif old_at.address != new_at.address:
        yield watch.differs(
            f"{where}/address", old_at.address, new_at.address, "minor", items.address, "party_address"
        )
    if old.representative != new.representative:
        where = f"{pointer}/representative"
        yield watch.differs(where, old.representative, new.representative, "report", REPORT, "representative")
    if not unsealed:
        return
    if not (excused and (old.holders is None or new.holders is None)):
        yield from _holders(f"{pointer}/holders", old.holders or (), new.holders or (), watch, items)
    if not (excused and (old.officers is None or new.officers is None)):
        yield from _officers(f"{pointer}/officers", old.officers or (), new.officers or (), watch)
    if not (excused and (old.foreign_sales is None or new.foreign_sales is None)):
        yield from _sales(f"{pointer}/foreign_sales", old.foreign_sales, new.foreign_sales, watch)


def _holders(
    pointer: str, before: tuple[Holder, ...], after: tuple[Holder, ...], watch: Watch, items: Items
) -> Iterator[Difference]:
    """Who holds five per cent or more is reported; how much, only when a threshold is newly reached.

    Whoever is left in the list with less is none of them, and comes or goes by the share (Order Art. 11(ii)).
    """
    for old_at, old, new_at, new in paired(before, after, lambda holder: holder.name):
        held, holds = old is not None and _asked_about(old), new is not None and _asked_about(new)
        where = f"{pointer}/{old_at if new is None else new_at}"
        if held != holds:
            code = "holder_new" if holds else "holder_gone"
            yield watch.differs(where, old, new, "report", REPORT, code)
        elif held and old is not None and new is not None:
            for name in ("name", "country"):
                was, becomes = getattr(old, name), getattr(new, name)
                if was != becomes:
                    yield watch.differs(f"{where}/{name}", was, becomes, "report", REPORT, "holder")
            yield from _share(f"{where}/share", old.share, new.share, watch, items)


def _asked_about(holder: Holder) -> bool:
    """Whether it holds five per cent or more of the votes, as far as is stated."""
    return holder.share is None or holder.share.at_least(5, 100)


def _share(
    pointer: str, before: Ratio | None, after: Ratio | None, watch: Watch, items: Items
) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not after:
            yield watch.differs(pointer, before, after, "report", REPORT, "holder_share_stated")
    elif newly_reaches(before, after):
        yield watch.differs(pointer, before, after, "report", REPORT, "holder_reaches_threshold")
    elif not before.equals(after):
        yield watch.differs(pointer, before, after, "minor", items.shares, "holder_share")


def band(share: Ratio) -> int:
    """The band of Order Art. 24: 0 below 25 %, 1 below a third, 2 below 50 %, 3 from there; exact."""
    return sum(share.at_least(part, whole) for part, whole in ((1, 4), (1, 3), (1, 2)))


def newly_reaches(before: Ratio, after: Ratio) -> bool:
    """Whether the share, by growing, newly reaches 25 %, a third or 50 % (Order Art. 24(i)ロ(1)-(3))."""
    return band(after) > band(before)  # a share reaches a higher band only by growing


def _officers(
    pointer: str, before: tuple[Officer, ...], after: tuple[Officer, ...], watch: Watch
) -> Iterator[Difference]:
    for old_at, old, new_at, new in paired(before, after, lambda officer: (officer.name, officer.born_on)):
        if old is None or new is None:
            where = f"{pointer}/{old_at if new is None else new_at}"
            code = "officer_gone" if new is None else "officer_new"
            yield watch.differs(where, old, new, "report", REPORT, code)
            continue
        for name in ("name", "born_on", "nationality"):
            was, becomes = getattr(old, name), getattr(new, name)
            if was != becomes:
                yield watch.differs(f"{pointer}/{new_at}/{name}", was, becomes, "report", REPORT, "officer")


def _sales(
    pointer: str,
    before: tuple[ForeignSales, ...] | None,
    after: tuple[ForeignSales, ...] | None,
    watch: Watch,
) -> Iterator[Difference]:
    """A later year, a new government or another share is a change of the matter, and nowhere called minor."""
    if _as_facts(before) != _as_facts(after):
        yield watch.differs(pointer, before, after, "report", REPORT, "foreign_sales")


def _as_facts(sales: tuple[ForeignSales, ...] | None) -> list[tuple[str, ...]]:
    def lowest(share: Ratio | None) -> str:
        from math import gcd

        if share is None:
            return ""
        common = gcd(share.part, share.whole)
        return f"{share.part // common}/{share.whole // common}"

    return sorted(
        (str(one.year_ended_on), str(one.country), "|".join(sorted(one.governments)), lowest(one.share))
        for one in sales or ()
    )


def factory_differences(
    pointer: str,
    role: Role,
    before: tuple[Place, ...] | None,
    after: tuple[Place, ...] | None,
    watch: Watch,
) -> Iterator[Difference]:
    """Where it is made: another country is important, a move inside it minor (23(1)(iii)ロ, 24(i)ハ)."""
    items = ITEMS[role]
    assert items.factory_abroad is not None  # only what is introduced is made in a factory
    assert items.factory_inside is not None
    old, new, where = before or (), after or (), f"{pointer}/factories"
    if to_another_country(old, new):
        yield watch.differs(where, before, after, "important", items.factory_abroad, "factory_country")
    elif {(one.country, one.address) for one in old} != {(one.country, one.address) for one in new}:
        yield watch.differs(where, before, after, "minor", items.factory_inside, "factory_address")


def to_another_country(before: tuple[Place, ...], after: tuple[Place, ...]) -> bool:
    """Whether a factory has another country now, or a country is new among them or no longer is.

    Countries that stay listed tell nothing of each factory: when one country has fewer and another has more,
    a factory has gone from the one to the other.
    """
    was, becomes = Counter(one.country for one in before), Counter(one.country for one in after)
    if set(was) != set(becomes) or (was - becomes and becomes - was):
        return True
    known: dict[str, set[str | None]] = {}
    for one in before:
        known.setdefault(one.address or "", set()).add(one.country)
    return any(one.address and one.country not in known.get(one.address, {one.country}) for one in after)

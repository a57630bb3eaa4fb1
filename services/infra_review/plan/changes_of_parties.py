"""Changes of suppliers, contractors and re-contractors: METI Order Arts. 23(1)(iii)-(vii) and 24."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from services.infra_review.plan import articles
from services.infra_review.plan.difference import OUTSIDE, Difference, Kind, Progress, difference, paired
from services.infra_review.plan.model import ForeignSales, Holder, Officer, Party, Place, Ratio
from services.infra_review.plan.walk import Role

REPORT = "54(4)"


class Items(NamedTuple):
    """Where the order speaks of one role: what is important, and what is minor."""

    identity: str
    address: str
    shares: str
    factory_abroad: str = ""
    factory_inside: str = ""


ITEMS: dict[Role, Items] = {
    "supplier": Items("23(1)(iii)イ", "24(i)イ", "24(i)ロ", "23(1)(iii)ロ", "24(i)ハ"),
    "component_supplier": Items("23(1)(iv)ロ", "24(ii)イ", "24(ii)ロ", "23(1)(iv)ハ", "24(ii)ハ"),
    "contractor": Items("23(1)(vi)", "24(iii)イ", "24(iii)ロ"),
    "re_contractor": Items("23(1)(vii)ロ", "24(iv)イ", "24(iv)ロ"),
}


def _important(item: str) -> str:
    return f"54(1); {articles.ORDER} {item}"


def _minor(item: str) -> str:
    return f"54(4); {articles.ORDER} {item}"


class Weight(NamedTuple):
    """How heavy a change of a party is now: of its name, its country, anything else, or a minor matter."""

    name: Kind
    country: Kind
    other: Kind
    minor: Kind

    @classmethod
    def of(cls, role: Role, progress: Progress) -> Weight:
        """Once outsourced, only a change of the contractor's name stays important (23(1)(vi), (vii)ロ)."""
        if role in ("supplier", "component_supplier"):
            done = progress.introduced
            return cls(OUTSIDE, OUTSIDE, OUTSIDE, OUTSIDE) if done else _BEFORE
        if progress.outsourcing == "over":
            return cls(OUTSIDE, OUTSIDE, OUTSIDE, OUTSIDE)
        return cls("important", "report", "report", "minor") if progress.outsourcing == "running" else _BEFORE


_BEFORE = Weight("important", "important", "report", "minor")


def party_differences(
    pointer: str,
    role: Role,
    before: Party | None,
    after: Party | None,
    progress: Progress,
    *,
    excused: bool = False,
) -> Iterator[Difference]:
    """Every difference of one party; `excused` when holders, officers, sales may be left out (Art. 17)."""
    old, new = before or Party(), after or Party()
    weight, items = Weight.of(role, progress), ITEMS[role]
    if old.name != new.name:
        article = _important(items.identity)
        yield difference(f"{pointer}/name", old.name, new.name, weight.name, article, "party_name")
    for name in ("individual", "governing_law", "nationality"):
        was, becomes = getattr(old, name), getattr(new, name)
        if was != becomes:
            article = _important(items.identity) if weight.country == "important" else REPORT
            yield difference(f"{pointer}/{name}", was, becomes, weight.country, article, "party_country")
    yield from _address(f"{pointer}/address", old.address, new.address, weight, items)
    if old.representative != new.representative:
        yield difference(
            f"{pointer}/representative",
            old.representative,
            new.representative,
            weight.other,
            REPORT,
            "representative",
        )
    if not (excused and (old.holders is None or new.holders is None)):
        yield from _holders(f"{pointer}/holders", old.holders or (), new.holders or (), weight, items)
    if not (excused and (old.officers is None or new.officers is None)):
        yield from _officers(f"{pointer}/officers", old.officers or (), new.officers or (), weight)
    if not (excused and (old.foreign_sales is None or new.foreign_sales is None)):
        yield from _sales(f"{pointer}/foreign_sales", old.foreign_sales, new.foreign_sales, weight)


def _address(
    pointer: str, before: Place | None, after: Place | None, weight: Weight, items: Items
) -> Iterator[Difference]:
    """Another country weighs as another law does; another address in the same country is minor."""
    old, new = before or Place(), after or Place()
    if old.country != new.country:
        article = _important(items.identity) if weight.country == "important" else REPORT
        yield difference(
            f"{pointer}/country", old.country, new.country, weight.country, article, "party_country"
        )
    elif old.address != new.address:
        article = _minor(items.address)
        yield difference(
            f"{pointer}/address", old.address, new.address, weight.minor, article, "party_address"
        )


def _holders(
    pointer: str, before: tuple[Holder, ...], after: tuple[Holder, ...], weight: Weight, items: Items
) -> Iterator[Difference]:
    """Who holds five per cent or more is reported; how much, only when a threshold is newly reached."""
    for old_at, old, new_at, new in paired(before, after, lambda holder: holder.name):
        if old is None or new is None:
            where = f"{pointer}/{old_at if new is None else new_at}"
            code = "holder_gone" if new is None else "holder_new"
            yield difference(where, old, new, weight.other, REPORT, code)
            continue
        where = f"{pointer}/{new_at}"
        for name in ("name", "country"):
            was, becomes = getattr(old, name), getattr(new, name)
            if was != becomes:
                yield difference(f"{where}/{name}", was, becomes, weight.other, REPORT, "holder")
        yield from _share(f"{where}/share", old.share, new.share, weight, items)


def _share(
    pointer: str, before: Ratio | None, after: Ratio | None, weight: Weight, items: Items
) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not after:
            yield difference(pointer, before, after, weight.other, REPORT, "holder_share_stated")
    elif newly_reaches(before, after):
        yield difference(pointer, before, after, weight.other, REPORT, "holder_reaches_threshold")
    elif not before.equals(after):
        yield difference(pointer, before, after, weight.minor, _minor(items.shares), "holder_share")


def band(share: Ratio) -> int:
    """The band of Order Art. 24: 0 below 25 %, 1 below a third, 2 below 50 %, 3 from there; exact."""
    return sum(share.at_least(part, whole) for part, whole in ((1, 4), (1, 3), (1, 2)))


def newly_reaches(before: Ratio, after: Ratio) -> bool:
    """Whether the share, by growing, newly reaches 25 %, a third or 50 % (Order Art. 24(i)ロ(1)-(3))."""
    return band(after) > band(before)  # a share reaches a higher band only by growing


def _officers(
    pointer: str, before: tuple[Officer, ...], after: tuple[Officer, ...], weight: Weight
) -> Iterator[Difference]:
    for old_at, old, new_at, new in paired(before, after, lambda officer: (officer.name, officer.born_on)):
        if old is None or new is None:
            where = f"{pointer}/{old_at if new is None else new_at}"
            code = "officer_gone" if new is None else "officer_new"
            yield difference(where, old, new, weight.other, REPORT, code)
            continue
        for name in ("name", "born_on", "nationality"):
            was, becomes = getattr(old, name), getattr(new, name)
            if was != becomes:
                yield difference(f"{pointer}/{new_at}/{name}", was, becomes, weight.other, REPORT, "officer")


def _sales(
    pointer: str,
    before: tuple[ForeignSales, ...] | None,
    after: tuple[ForeignSales, ...] | None,
    weight: Weight,
) -> Iterator[Difference]:
    """A later year, a new government or another share is a change of the matter, and nowhere called minor."""
    if _as_facts(before) != _as_facts(after):
        yield difference(pointer, before, after, weight.other, REPORT, "foreign_sales")


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
    progress: Progress,
) -> Iterator[Difference]:
    """Where it is made: another country is important, a move inside it minor (23(1)(iii)ロ, 24(i)ハ)."""
    weight, items = Weight.of(role, progress), ITEMS[role]
    old, new = {(p.country, p.address) for p in before or ()}, {(p.country, p.address) for p in after or ()}
    countries = sorted(str(c) for c, _ in old), sorted(str(c) for c, _ in new)
    if set(countries[0]) != set(countries[1]):
        article = _important(items.factory_abroad)
        yield difference(f"{pointer}/factories", before, after, weight.country, article, "factory_country")
    elif old != new:
        article = _minor(items.factory_inside)
        yield difference(f"{pointer}/factories", before, after, weight.minor, article, "factory_address")

"""What a plan must say about each supplier, contractor and re-contractor (Order Arts. 11, 13-15)."""

from __future__ import annotations

from collections.abc import Iterable

from services.infra_review.plan import articles
from services.infra_review.plan.asked import Asked
from services.infra_review.plan.countries import known
from services.infra_review.plan.lookback import latest_year_end, not_among_the_latest_three
from services.infra_review.plan.model import Officer, Party, Ratio
from services.infra_review.plan.rule import HERE, Hit, Rulebook
from services.infra_review.plan.walk import Found

BOOK = Rulebook()


def _legal_person(party: Party, _: Asked) -> bool:
    return not party.individual


def _individual(party: Party, _: Asked) -> bool:
    return party.individual


@BOOK.rule("re_contractor_missing", articles.IDENTITY, over="party_places")
def re_contractor_missing(found: Found[Party | None], _: Asked) -> Iterable[Hit]:
    """Every level of re-outsourcing names who does the work; no relief excuses that (Order Art. 15(iii))."""
    return HERE if found.it is None and found.role == "re_contractor" else ()


BOOK.required("party_name_missing", articles.IDENTITY, "name", over="open_parties")
BOOK.required(
    "representative_missing",
    articles.IDENTITY,
    "representative",
    over="open_parties",
    when=_legal_person,
)
BOOK.required(
    "governing_law_missing", articles.IDENTITY, "governing_law", over="open_parties", when=_legal_person
)
BOOK.required("nationality_missing", articles.IDENTITY, "nationality", over="open_parties", when=_individual)


@BOOK.rule("party_address_missing", articles.IDENTITY, over="open_parties")
def address(found: Found[Party], _: Asked) -> Iterable[Hit]:
    """An address, with its country."""
    place = found.it.address
    if place is None:
        yield "/address", {}
    else:
        yield from ((f"/address/{name}", {}) for name in ("country", "address") if not getattr(place, name))


BOOK.required(
    "holders_missing", articles.HOLDERS, "holders", over="described", when=_legal_person, or_empty=True
)
BOOK.required("holder_name_missing", articles.HOLDERS, "name", over="holders")
BOOK.required("holder_country_missing", articles.HOLDERS, "country", over="holders")
BOOK.required("holder_share_missing", articles.HOLDERS, "share", over="holders")


@BOOK.rule("holders_over_the_whole", articles.HOLDERS, over="open_parties")
def holders_over_the_whole(found: Found[Party], _: Asked) -> Iterable[Hit]:
    """Nobody can hold more than all votes, alone or together."""
    shares = [holder.share for holder in found.it.holders or () if holder.share is not None]
    total = Ratio(0, 1)
    for share in shares:
        total = total.plus(share)
    if len(shares) > 1 and total.over(Ratio(1, 1)):
        yield "/holders", {"percent": percent(total)}


@BOOK.rule("share_over_the_whole", articles.FACTS, over="ratios")
def share_over_the_whole(found: Found[Ratio], _: Asked) -> Iterable[Hit]:
    """No share is greater than one."""
    if found.it.over(Ratio(1, 1)):
        yield "", {"percent": percent(found.it)}


BOOK.required("officers_missing", articles.OFFICERS, "officers", over="described", when=_legal_person)
BOOK.required("officer_name_missing", articles.OFFICERS, "name", over="officers")
BOOK.required("officer_birthday_missing", articles.OFFICERS, "born_on", over="officers")
BOOK.required("officer_nationality_missing", articles.OFFICERS, "nationality", over="officers")


@BOOK.rule("officer_born_in_the_future", articles.OFFICERS, over="officers")
def born_in_the_future(found: Found[Officer], asked: Asked) -> Iterable[Hit]:
    """An officer was born before the day of filing."""
    if found.it.born_on is not None and found.it.born_on >= asked.on:
        yield "/born_on", {"born": found.it.born_on}


BOOK.required("foreign_sales_unanswered", articles.SALES, "foreign_sales", over="described", or_empty=True)
BOOK.required("sales_year_missing", articles.SALES, "year_ended_on", over="foreign_sales")
BOOK.required("sales_country_missing", articles.SALES, "country", over="foreign_sales")
BOOK.required("sales_governments_missing", articles.SALES, "governments", over="foreign_sales")
BOOK.required("sales_share_missing", articles.SALES, "share", over="foreign_sales")


@BOOK.rule("sales_year_outside_look_back", articles.SALES, over="described")
def sales_year(found: Found[Party], asked: Asked) -> Iterable[Hit]:
    """Of the latest three business years ended on or before the day two months before filing."""
    sales = found.it.foreign_sales or ()
    out = set(not_among_the_latest_three({one.year_ended_on for one in sales if one.year_ended_on}, asked.on))
    for index, one in enumerate(sales):
        if one.year_ended_on in out:
            where = f"/foreign_sales/{index}/year_ended_on"
            yield where, {"ended": one.year_ended_on, "until": latest_year_end(asked.on)}


@BOOK.rule("sales_years_more_than_three", articles.SALES, over="described")
def more_than_three_years(found: Found[Party], _: Asked) -> Iterable[Hit]:
    """Three business years are asked about, so no more than three can be stated."""
    ends = {one.year_ended_on for one in found.it.foreign_sales or () if one.year_ended_on}
    if len(ends) > 3:
        yield "/foreign_sales", {"years": len(ends)}


@BOOK.rule("country_unknown", articles.FACTS, over="country_codes")
def country_unknown(found: Found[str], _: Asked) -> Iterable[Hit]:
    """Every country or region is one that exists."""
    if not known(found.it):
        yield "", {"country": found.it}


@BOOK.rule("passport_unknown", "52(2)", over="cited")
def passport_unknown(found: Found[Party], asked: Asked) -> Iterable[Hit]:
    """A passport that is cited has been filed."""
    if asked.passports is not None and found.it.passport not in asked.passports:
        yield "/passport", {}


@BOOK.rule("passport_of_another_party", "52(2)", over="cited")
def passport_of_another(found: Found[Party], asked: Asked) -> Iterable[Hit]:
    """A plan cites the passport of the party it names."""
    passport = (asked.passports or {}).get(found.it.passport or "")
    stated = found.it.name
    if passport is not None and stated is not None and stated != passport.party.name:
        yield "/passport", {"filed": passport.party.name or "", "stated": stated}


def percent(share: Ratio) -> str:
    """A share in per cent with two decimals, rounded down, for people to read."""
    hundredths = share.part * 10000 // share.whole
    return f"{hundredths // 100}.{hundredths % 100:02d}"

"""The plan for introduction or outsourcing (導入等計画書): Act Art. 52(2), METI Order 41 of 2023, Arts. 9-17.

A plan is written over weeks, so every field that a draft may lack is optional: `None` says "not yet",
an empty tuple says "answered: there is none". What a *filed* plan must have is not a matter of types but of
`services.infra_review.plan.defects`, which finds everything that is missing at once.

Units: dates are legal days in Japan; ratios are exact (`Ratio`); countries are ISO 3166-1 alpha-2 codes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from services.platform.law.values import Between, Len, Value

Name = Annotated[str, Len(1, 200)]
Text = Annotated[str, Len(1, 4000)]
CountryCode = Annotated[str, Len(2, 2)]
"""A country or region (国又は地域); `services.infra_review.plan.countries` says which codes there are."""
Sha256 = Annotated[str, Len(64, 64)]
"""SHA-256 of a document's bytes, in lower-case hexadecimal."""
Token = Annotated[str, Len(1, 64)]
"""What a supplier hands to an operator so that its plan can cite the supplier's passport."""

DocumentKind = Literal[
    "registry_certificate",
    "registry_equivalent",
    "passport_copy",
    "family_register_extract",
    "family_register_statement",
    "residence_record",
    "residence_card",
    "special_permanent_resident_certificate",
    "other_identity_paper",
    "relief_proof",
    "other",
]


class Document(Value):
    """A paper attached to a plan (添付書類, Order Art. 9(2)); it lies with what it proves."""

    kind: DocumentKind
    name: Name
    sha256: Sha256
    made_on: date | None = None
    valid_until: date | None = None
    """Last day of validity, of papers that have one (有効期間又は有効期限のあるもの)."""


class Ratio(Value):
    """An exact share: `part` of `whole`, such as votes held of all votes, or 3333 of 10000 for 33.33 %.

    Comparisons multiply across, so a third is a third and no rounding can cross a threshold of the law.
    """

    part: Annotated[int, Between(0, 10**15)]
    whole: Annotated[int, Between(1, 10**15)]
    """Bounded so that every reader of JSON keeps them whole (2**53)."""

    def at_least(self, part: int, whole: int) -> bool:
        """Whether this share is `part`/`whole` or more."""
        return self.part * whole >= part * self.whole

    def over(self, other: Ratio) -> bool:
        """Whether this share is greater than `other`."""
        return self.part * other.whole > other.part * self.whole

    def equals(self, other: Ratio) -> bool:
        """Whether both are the same share, however written (1 of 2 and 50 of 100)."""
        return self.part * other.whole == other.part * self.whole

    def plus(self, other: Ratio) -> Ratio:
        """The exact sum of two shares."""
        if self.whole == other.whole:
            return Ratio(self.part + other.part, self.whole)
        return Ratio(self.part * other.whole + other.part * self.whole, self.whole * other.whole)


class Place(Value):
    """An address (住所, 所在地) with its country; a move to another country weighs more (Order Art. 23)."""

    country: CountryCode | None = None
    address: Annotated[str, Len(1, 400)] | None = None


class Holder(Value):
    """A direct holder of five per cent or more of the votes (Order Art. 11(ii) and its parallels)."""

    name: Name | None = None
    country: CountryCode | None = None
    """Country of the governing law (設立準拠法国等), or nationality of an individual (国籍等)."""
    share: Ratio | None = None


class Officer(Value):
    """An officer (役員, Order Art. 9(2)(ii)), with the paper that proves who that is."""

    name: Name | None = None
    born_on: date | None = None
    nationality: CountryCode | None = None
    identity: Document | None = None


class ForeignSales(Value):
    """A business year with 25 % or more of sales to governments of one country (Order Art. 11(iv))."""

    year_ended_on: date | None = None
    country: CountryCode | None = None
    governments: Annotated[tuple[Name, ...], Len(0, 100)] = ()
    """Names of the foreign governments, agencies, central banks or parties (外国政府等) of that country."""
    share: Ratio | None = None


class Party(Value):
    """A supplier, component supplier, contractor or re-contractor (供給者等): each states the same facts.

    A party with a `passport` has filed its facts itself, sealed from the operator; the plan then cites the
    token and `services.infra_review.plan.passport.compose` fills in the rest for the reviewing ministry.
    """

    name: Name | None = None
    individual: bool = False
    representative: Name | None = None
    address: Place | None = None
    governing_law: CountryCode | None = None
    """Country or region of the law it was established under (設立準拠法国等); of a legal person."""
    nationality: CountryCode | None = None
    """Of an individual (国籍等)."""
    holders: Annotated[tuple[Holder, ...], Len(0, 100)] | None = None
    officers: Annotated[tuple[Officer, ...], Len(0, 300)] | None = None
    foreign_sales: Annotated[tuple[ForeignSales, ...], Len(0, 30)] | None = None
    registry: Document | None = None
    """Registry certificate or its equivalent (登記事項証明書)."""
    passport: Token | None = None


class Equipment(Value):
    """Outline of the specified critical equipment (特定重要設備の概要), Art. 52(2)(i)."""

    kind: Annotated[str, Len(1, 80)] | None = None
    """Id of a kind in the sector table, such as `supply_demand_control`."""
    name: Name | None = None
    outline: Text | None = None


class Component(Value):
    """Component equipment (構成設備), Art. 52(2)(ii)ハ, Order Arts. 12-13."""

    kind: Name | None = None
    name: Name | None = None
    function: Text | None = None
    supplier: Party | None = None
    factories: Annotated[tuple[Place, ...], Len(0, 100)] | None = None


class Introduction(Value):
    """The introduction (導入) of equipment from another operator, Art. 52(2)(ii)."""

    content: Text | None = None
    on: date | None = None
    """The day from which the equipment is to be introduced (時期)."""
    supplier: Party | None = None
    factories: Annotated[tuple[Place, ...], Len(0, 100)] | None = None
    components: Annotated[tuple[Component, ...], Len(0, 300)] | None = None


class Work(Value):
    """Maintenance or operation given to another (重要維持管理等, Order Art. 8): what, when, how long."""

    kinds: Annotated[tuple[Literal["maintenance", "operation"], ...], Len(0, 2)] = ()
    content: Text | None = None
    timing: Literal["once", "period"] = "period"
    """`once` has a time (時期), `begins_on`; `period` (期間) also has `ends_on`."""
    begins_on: date | None = None
    ends_on: date | None = None


class Relief(Value):
    """The operator's declaration that a re-outsourcing may be described in less detail (Order Art. 17)."""

    can_learn_content_and_time: bool = False
    """Art. 17(i): it has means to learn the content and the time of the re-outsourcing."""
    confirms_area_and_audit_measures: bool = False
    """Art. 17(ii): it, or who re-outsourced, has means to confirm the area control and the audits there."""
    proof: Document | None = None


class ReOutsourcing(Value):
    """One re-outsourcing (再委託) and those below it, Art. 52(2)(iii)ハ, Order Art. 15."""

    work: Work | None = None
    party: Party | None = None
    relief: Relief | None = None
    re_outsourced: Annotated[tuple[ReOutsourcing, ...], Len(0, 100)] = ()


class Outsourcing(Value):
    """Outsourcing of important maintenance or operation (重要維持管理等の委託), Art. 52(2)(iii)."""

    work: Work | None = None
    contractor: Party | None = None
    re_outsourced: Annotated[tuple[ReOutsourcing, ...], Len(0, 100)] | None = None


class Measure(Value):
    """A measure against interference from abroad (特定妨害行為を防止するための措置), Order Art. 16."""

    concerns: Literal["introduction", "outsourcing"]
    text: Text
    proof: Document | None = None


class Plan(Value):
    """A plan for introduction, for outsourcing, or for both (導入等計画書), Art. 52(2)."""

    business: Annotated[str, Len(1, 80)] | None = None
    """Id of the kind of business in the sector table (特定社会基盤事業の種類), such as `generation`."""
    equipment: Equipment | None = None
    introduction: Introduction | None = None
    outsourcing: Outsourcing | None = None
    measures: Annotated[tuple[Measure, ...], Len(0, 200)] = ()

"""The places in a plan that rules ask their questions of, found in one walk for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.infra_review.plan.asked import Asked
from services.infra_review.plan.model import (
    Component,
    Document,
    Equipment,
    ForeignSales,
    Holder,
    Introduction,
    Officer,
    Outsourcing,
    Party,
    Place,
    Plan,
    Ratio,
    Relief,
    ReOutsourcing,
    Work,
)
from services.infra_review.plan.walk import Found, Role, parties


@dataclass(slots=True)
class Places:
    """Every place in a plan by what lies there, each list in the order of the plan."""

    asked: Asked
    whole: list[Found[Plan]] = field(default_factory=list)
    equipment: list[Found[Equipment]] = field(default_factory=list)
    introduction: list[Found[Introduction]] = field(default_factory=list)
    components: list[Found[Component]] = field(default_factory=list)
    made_somewhere: list[Found[Introduction] | Found[Component]] = field(default_factory=list)
    """Everything that is made in a factory: the equipment and its components."""
    factories: list[Found[Place]] = field(default_factory=list)
    outsourcing: list[Found[Outsourcing]] = field(default_factory=list)
    work_places: list[Found[Work | None]] = field(default_factory=list)
    """Each place for a description of outsourced work that no relief excuses."""
    works: list[Found[Work]] = field(default_factory=list)
    """Each description of outsourced work that no relief excuses."""
    reliefs: list[Found[Relief]] = field(default_factory=list)
    party_places: list[Found[Party | None]] = field(default_factory=list)
    """Each place where the law wants a party."""
    cited: list[Found[Party]] = field(default_factory=list)
    """Each party that cites a passport, as the operator wrote it."""
    open_parties: list[Found[Party]] = field(default_factory=list)
    """Each party whose facts can be read here: without a passport, or with one that was handed over."""
    described: list[Found[Party]] = field(default_factory=list)
    """Each readable party whose holders, officers and sales no relief excuses (METI Order Art. 17)."""
    holders: list[Found[Holder]] = field(default_factory=list)
    """Of the parties so described; what relief excuses may be told in part."""
    officers: list[Found[Officer]] = field(default_factory=list)
    foreign_sales: list[Found[ForeignSales]] = field(default_factory=list)
    papers: list[Found[Document]] = field(default_factory=list)
    """Each attached paper."""
    country_codes: list[Found[str]] = field(default_factory=list)
    """Every country code anywhere in the plan."""
    ratios: list[Found[Ratio]] = field(default_factory=list)
    """Every share anywhere in the plan."""
    dated_papers: list[Found[Document]] = field(default_factory=list)
    """Each paper of METI Order Art. 9(2) that must be of age now; what may be left out may also be old."""
    _proofs: list[Found[Document]] = field(default_factory=list)
    _identities: list[Found[Document]] = field(default_factory=list)

    @classmethod
    def of(cls, plan: Plan, asked: Asked) -> Places:
        """The places of `plan`, composed if passports were handed over, in one walk."""
        places = cls(asked, [Found("", "plan", plan)])
        if plan.equipment is not None:
            places.equipment.append(Found("/equipment", "plan", plan.equipment))
        if plan.introduction is not None:
            places._introduction(plan.introduction)
        if plan.outsourcing is not None:
            places._outsourcing(plan.outsourcing)
        for index, measure in enumerate(plan.measures):
            if measure.proof is not None:
                places._proofs.append(Found(f"/measures/{index}/proof", "plan", measure.proof))
        places.papers += places._proofs
        places.dated_papers += places._identities
        if asked.stated is not None:
            places.cited += (found for found in parties(asked.stated) if found.it.passport is not None)
        return places

    def _introduction(self, it: Introduction) -> None:
        here = Found("/introduction", "supplier", it)
        self.introduction.append(here)
        self.made_somewhere.append(here)
        self._party("/introduction/supplier", "supplier", it.supplier)
        self._factories("/introduction", "supplier", it.factories)
        for index, one in enumerate(it.components or ()):
            pointer = f"/introduction/components/{index}"
            component = Found(pointer, "component_supplier", one)
            self.components.append(component)
            self.made_somewhere.append(component)
            self._party(f"{pointer}/supplier", "component_supplier", one.supplier)
            self._factories(pointer, "component_supplier", one.factories)

    def _factories(self, pointer: str, role: Role, factories: tuple[Place, ...] | None) -> None:
        for index, one in enumerate(factories or ()):
            here = f"{pointer}/factories/{index}"
            self.factories.append(Found(here, role, one))
            self._country(f"{here}/country", one.country)

    def _outsourcing(self, it: Outsourcing) -> None:
        self.outsourcing.append(Found("/outsourcing", "contractor", it))
        self._work("/outsourcing/work", "contractor", it.work)
        self._party("/outsourcing/contractor", "contractor", it.contractor)
        self._level("/outsourcing/re_outsourced", it.re_outsourced or ())

    def _level(self, pointer: str, level: tuple[ReOutsourcing, ...]) -> None:
        for index, one in enumerate(level):
            here = f"{pointer}/{index}"
            if one.relief is None:
                self._work(f"{here}/work", "re_contractor", one.work)
            self._party(f"{here}/party", "re_contractor", one.party, one.relief is not None)
            if one.relief is not None:
                self.reliefs.append(Found(f"{here}/relief", "re_contractor", one.relief))
                if one.relief.proof is not None:
                    self._proofs.append(Found(f"{here}/relief/proof", "plan", one.relief.proof))
            self._level(f"{here}/re_outsourced", one.re_outsourced)

    def _work(self, pointer: str, role: Role, work: Work | None) -> None:
        self.work_places.append(Found(pointer, role, work))
        if work is not None:
            self.works.append(Found(pointer, role, work))

    def _party(self, pointer: str, role: Role, party: Party | None, relieved: bool = False) -> None:
        self.party_places.append(Found(pointer, role, party, relieved))
        if party is None:
            return
        found = Found(pointer, role, party, relieved)
        passports = self.asked.passports
        readable = party.passport is None or (passports is not None and party.passport in passports)
        if readable:
            self.open_parties.append(found)
            if not relieved:
                self.described.append(found)
        if party.registry is not None:
            self.papers.append(Found(f"{pointer}/registry", "plan", party.registry))
            if readable and not self.asked.known.registry(found):
                self.dated_papers.append(Found(f"{pointer}/registry", role, party.registry))
        self._country(f"{pointer}/address/country", party.address.country if party.address else None)
        self._country(f"{pointer}/governing_law", party.governing_law)
        self._country(f"{pointer}/nationality", party.nationality)
        asked_about = readable and not relieved
        self._holders(found, asked_about)
        self._officers(found, asked_about)
        self._foreign_sales(found, asked_about)

    def _holders(self, party: Found[Party], asked_about: bool) -> None:
        for index, one in enumerate(party.it.holders or ()):
            here = f"{party.pointer}/holders/{index}"
            if asked_about:
                self.holders.append(Found(here, party.role, one))
            self._country(f"{here}/country", one.country)
            self._ratio(f"{here}/share", one.share)

    def _officers(self, party: Found[Party], asked_about: bool) -> None:
        for index, one in enumerate(party.it.officers or ()):
            here = f"{party.pointer}/officers/{index}"
            officer = Found(here, party.role, one)
            if asked_about:
                self.officers.append(officer)
            self._country(f"{here}/nationality", one.nationality)
            if one.identity is not None:
                self.papers.append(Found(f"{here}/identity", "plan", one.identity))
                if asked_about and not self.asked.known.identity(officer):
                    self._identities.append(Found(f"{here}/identity", party.role, one.identity))

    def _foreign_sales(self, party: Found[Party], asked_about: bool) -> None:
        for index, one in enumerate(party.it.foreign_sales or ()):
            here = f"{party.pointer}/foreign_sales/{index}"
            if asked_about:
                self.foreign_sales.append(Found(here, party.role, one))
            self._country(f"{here}/country", one.country)
            self._ratio(f"{here}/share", one.share)

    def _country(self, pointer: str, code: str | None) -> None:
        if code is not None:
            self.country_codes.append(Found(pointer, "plan", code))

    def _ratio(self, pointer: str, share: Ratio | None) -> None:
        if share is not None:
            self.ratios.append(Found(pointer, "plan", share))

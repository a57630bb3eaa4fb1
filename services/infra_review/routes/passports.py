"""Supplier passports over HTTP: filed by the supplier, read whole by it and by the reviewing ministry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from services.infra_review import passports
from services.infra_review.domain import passport as law
from services.infra_review.domain.passport import ChangePassport, FilePassport, Held, passport
from services.infra_review.domain.review import Review
from services.infra_review.passports import Reading
from services.infra_review.plan.defects import defects
from services.infra_review.plan.model import Introduction, Party, Plan
from services.infra_review.plan.passport import compose
from services.infra_review.roles import REVIEWING_OFFICIAL, SUPPLIER
from services.platform.cases.case import Case
from services.platform.http.answers import Answer, with_etag
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.parties import Held as Standing
from services.platform.law.procedure import Given, Procedure, refuse_if
from services.platform.law.values import Len, Value

OWN = "the supplier reads what it filed itself"
SUPPLIED = "/introduction/supplier"


class Facts(Value):
    """What a supplier or contractor states about itself: name, law, holders, officers, sales, papers."""

    party: Party


class PassportView(Value):
    """A passport without its seal broken: whose it is, its token, what a register shows."""

    organisation: str | None
    token: str
    revision: int
    filed_at: datetime | None
    party: Party | None


def view(case: Case[Held], _: Given) -> PassportView:
    """A passport as it stands."""
    state = case.state
    return PassportView(state.organisation, case.id, state.revision, state.at, state.shown)


class Contents(Value):
    """All of what a supplier has filed itself."""

    token: str
    revision: int
    party: Party


class Why(Value):
    """Why sealed facts are read; it is recorded."""

    reason: Annotated[str, Len(0, 400)] = ""


class Composed(Value):
    """A plan with the passports it cites filled in, and their revisions by token."""

    id: str
    plan: Plan
    revisions: dict[str, int]


def add(app: Edge, reviewed: Sequence[tuple[Procedure[Review], str]]) -> None:
    """Serve passports, and under each path of `reviewed` the plan with its passports composed in."""
    held = app.expose(passport, "/passports", view=view, by_hand=[law.change]).cases

    @app.post("/passports", body=Facts, uses=(passport, law.file_passport))
    def file_passport(facts: Facts, request: Request) -> Answer[Any]:
        """File one's own facts once, to be cited by the plans of others and sealed from their operators."""
        _refuse_incomplete(facts.party, request)
        here = held.new_id(request.at)
        sealed = passports.sealed(here, 1, facts.party)
        filed = FilePassport(request.given.by.organisation, passports.shown(here, facts.party), sealed)
        return app.open(request, passport, law.file_passport, filed, case_id=here)

    @app.post("/passports/<case_id>/change", body=Facts, uses=(passport, law.change))
    def change(facts: Facts, request: Request, case_id: str) -> Answer[Any]:
        """File the facts as they are from now on; every plan that cites them is told what Art. 54 asks."""
        case, standing = _own(app, request, case_id)
        _refuse_incomplete(facts.party, request)
        following = case.state.revision + 1
        sealed = passports.sealed(case_id, following, facts.party)
        changed = ChangePassport(following, passports.shown(case_id, facts.party), sealed)
        return app.act(request, case, standing, law.change, changed)

    @app.get("/passports/<case_id>/contents")
    def contents(request: Request, case_id: str) -> Answer[Contents]:
        """Read all of what one has filed oneself; the reading is recorded."""
        case, _ = _own(app, request, case_id)
        found = passports.read(case_id, passports.current(case), Reading.asked_in(request, OWN))
        return with_etag(Contents(case_id, found.revision, found.party), case.version)

    for procedure, path in reviewed:
        _compose(app, procedure, path)


def _compose(app: Edge, procedure: Procedure[Review], path: str) -> None:
    @app.get(path + "/<case_id>/composed", asks=Why)
    def composed(asked: Why, request: Request, case_id: str) -> Answer[Composed]:
        """Read the plan with its passports filled in, as its reviewing official; `?reason=` is recorded."""
        case, standing = app.case(request, procedure, case_id)
        refuse_if(REVIEWING_OFFICIAL.name not in standing, "not_your_reading", "52(2)")
        reason = asked.reason.strip()
        refuse_if(not reason, "reading_needs_reason", "52(2)")
        assert case.state.plan
        found = passports.cited(case.state.plan, Reading.asked_in(request, reason))
        revisions = {token: one.revision for token, one in found.items()}
        return with_etag(Composed(case.id, compose(case.state.plan, found), revisions), case.version)


def _own(app: Edge, request: Request, case_id: str) -> tuple[Case[Held], Standing]:
    case, standing = app.case(request, passport, case_id)
    refuse_if(SUPPLIER.name not in standing, "no_such_case")
    return case, standing


def _refuse_incomplete(party: Party, request: Request) -> None:
    """Refuse facts that lack what Art. 52(2)(ii)ロ asks of a supplier, naming every defect at once."""
    refuse_if(party.passport is not None, "passport_of_a_passport", "52(2)")
    # A plan of nothing but its supplier has many defects, of which the supplier's own are its business.
    found = defects(Plan(introduction=Introduction(supplier=party)), request.given.today)
    errors = [
        defect.as_error("/party", of=SUPPLIED) for defect in found if defect.field.startswith(f"{SUPPLIED}/")
    ]
    refuse_if(bool(errors), "facts_incomplete", "52(2)(ii)ロ", count=len(errors), errors=errors)

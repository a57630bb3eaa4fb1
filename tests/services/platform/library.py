"""The library's API: the smallest service there can be, on the loan procedure."""

from __future__ import annotations

import tomllib
from datetime import date

from services.platform.cases.case import Case
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.policy import Policy
from services.platform.http.request import Request
from services.platform.law.procedure import Given
from services.platform.law.values import Value
from tests.services.platform.loan import Ask, Borrower, Loan, loans
from tests.services.platform.loan import ask as asking
from tests.services.platform.roles import ROLES

POLICY = tomllib.loads("""
[readers]
both      = ["operator", "agent", "reviewing_official", "auditor"]
borrower  = ["operator", "agent"]
librarian = ["reviewing_official"]
inspected = ["reviewing_official", "auditor"]

[parts]
title = { to = "librarian", fields = ["organisation", "title"], why = "what is asked for" }
note  = { to = "librarian", fields = ["note"], why = "the library's own" }
birth = { to = "inspected", fields = ["borrowers.born_on"], restricted = true, why = "people" }

[case.loan]
"title, organisation, lent_on" = { to = "both", but = "note", why = "the borrower's own" }
"borrowers.name" = { to = "both", but = "birth", why = "the borrower's own" }

[acts.loan]
Asked     = { to = "borrower", but = "title", why = "the borrower's own" }
Lent      = { to = "both", fields = ["on"], but = "note", why = "both know" }
GivenBack = { to = "both", fields = [], why = "that it happened" }
""")


class LoanView(Value):
    """A loan as a whole."""

    title: str
    organisation: str | None
    borrowers: tuple[Borrower, ...]
    lent_on: date | None
    note: str
    nobody_s_business: str = "x"


def view(case: Case[Loan], given: Given) -> LoanView:
    loan = case.state
    return LoanView(loan.title, loan.organisation, loan.borrowers, loan.lent_on, loan.note)


app = Edge("library", title="Library", roles=ROLES, policy=Policy(POLICY), largest_body=4096)
app.expose(loans, "/loans", view=view)


@app.post("/loans", body=Ask, uses=(loans, asking))
def ask(command: Ask, request: Request) -> Answer:
    """Ask for a book."""
    return app.open(request, loans, asking, command)


class Days(Value):
    """Which days are asked about."""

    on: date | None = None
    since: date | None = None


class Shelf(Value):
    """What stands on a shelf on a day."""

    on: date | None


@app.get("/shelves", asks=Days)
def shelf(asked: Days, request: Request) -> Shelf:
    """Look at a shelf."""
    return Shelf(asked.on)


@app.get("/broken")
def broken(request: Request) -> Answer:
    """Fail."""
    raise ZeroDivisionError

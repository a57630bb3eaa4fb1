"""The library's API: the smallest service there can be, on the loan procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

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

BOTH = ["operator", "agent", "reviewing_official", "auditor"]
POLICY: list[dict[str, Any]] = [
    {"of": "loan", "fields": ["title", "organisation", "lent_on", "borrowers.name"], "by": BOTH},
    {"of": "loan", "fields": ["note"], "by": ["reviewing_official"]},
    {
        "of": "loan",
        "fields": ["borrowers.born_on"],
        "by": ["reviewing_official", "auditor"],
        "restricted": True,
    },
    {"of": "loan/Asked", "fields": ["*"], "by": ["operator", "agent"]},
    {"of": "loan/Asked", "fields": ["organisation", "title"], "by": ["reviewing_official"]},
    {"of": "loan/Lent", "fields": ["on"], "by": BOTH},
    {"of": "loan/Lent", "fields": ["note"], "by": ["reviewing_official"]},
    {"of": "loan/GivenBack", "fields": [], "by": BOTH},
]


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


@app.get("/broken")
def broken(request: Request) -> Answer:
    """Fail."""
    raise ZeroDivisionError

"""Filing abroad: the open check (Art. 78), prior confirmation (79) and international applications (78(4))."""

from __future__ import annotations

from typing import Any

from services.patent.domain.international_application import international_application
from services.patent.domain.international_application.powers import (
    NotifyInternationalApplication,
    notify_international_application,
)
from services.patent.domain.prior_confirmation import prior_confirmation
from services.patent.domain.prior_confirmation.powers import AskConfirmation, ask_confirmation
from services.patent.filing_abroad import Answer as Found
from services.patent.filing_abroad import Question, check, defects
from services.patent.views import international_application_view, prior_confirmation_view
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.law.procedure import Refusal


def add(app: Edge) -> None:
    """Serve `POST /foreign-filing-checks`, `/prior-confirmations` and `/international-applications`."""
    app.expose(prior_confirmation, "/prior-confirmations", view=prior_confirmation_view)
    app.expose(international_application, "/international-applications", view=international_application_view)

    @app.ask("/foreign-filing-checks", body=Question, public=True)
    def check_filing(question: Question, _: Request) -> Found:
        """Ask whether an invention may be filed abroad (Arts. 78, 79); nothing is kept or logged of it."""
        found = defects(question)
        if found:
            errors = [one.as_error() for one in found]
            raise Refusal("question_defective", "78(1)", count=len(errors), errors=errors)
        return check(question)

    @app.post("/prior-confirmations", body=AskConfirmation, uses=(prior_confirmation, ask_confirmation))
    def ask(asked: AskConfirmation, request: Request) -> Answer[Any]:
        """Ask the Commissioner whether a filing abroad is banned, before any Japanese application (79(1))."""
        return app.open(request, prior_confirmation, ask_confirmation, asked)

    @app.post(
        "/international-applications",
        body=NotifyInternationalApplication,
        uses=(international_application, notify_international_application),
    )
    def notify(notice: NotifyInternationalApplication, request: Request) -> Answer[Any]:
        """Tell the Prime Minister of an international application showing such an invention (78(4))."""
        return app.open(request, international_application, notify_international_application, notice)

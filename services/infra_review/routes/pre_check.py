"""Must I notify? The pre-check over HTTP: it reads no case, keeps nothing, and decides nothing."""

from __future__ import annotations

from services.infra_review.plan.precheck import Advice, Question, must_notify
from services.platform.http.edge import Edge
from services.platform.http.request import Request


def add(app: Edge) -> None:
    """Serve `POST /pre-check`."""

    @app.ask("/pre-check", body=Question)
    def pre_check(question: Question, _request: Request) -> Advice:
        """Ask whether a plan must be filed (Arts. 52(1), 53, Cabinet Order Art. 10); nothing is kept."""
        return must_notify(question)

"""What a case has to know of another: a change of its original, everything pending of its designation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from services.infra_review.domain.change import FollowOriginal, change, follow_original
from services.infra_review.domain.emergency import emergency
from services.infra_review.domain.notification import notification
from services.infra_review.domain.post_review import post_review
from services.infra_review.domain.releasing import EndByRelease, end_by_release
from services.infra_review.domain.review import Review
from services.platform.cases.case import Case
from services.platform.cases.store import Cases
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Given, Procedure, Refusal

changes = Cases(change)
ENDED_WITH: tuple[Procedure[Any], ...] = (notification, change, emergency, post_review)
"""Whose cases speak to a designated operator (Arts. 52 to 55)."""


def tell_change(original: Case[Review], at: datetime) -> None:
    """Tell the draft that would change a plan where that plan stands now; once however often it is told."""
    draft = original.state.amended_by
    if draft is None:
        return
    told = FollowOriginal(original.state.as_original())
    try:
        changes.act(draft, follow_original, told, Given(at, CLOCK))
    except Refusal as refusal:
        if refusal.code not in ("original_already_followed", "case_over"):
            raise


def end_pending(organisation: str, operator_id: str, released_on: date, at: datetime) -> None:
    """End every case of an operator under the designation that was released (Art. 51)."""
    for procedure in ENDED_WITH:
        cases = Cases(procedure)
        for case_id in _cases_of(cases, organisation):
            case = cases.load(case_id)
            if _under(case.state) != operator_id:
                continue
            try:
                cases.act_on(case, end_by_release, EndByRelease(operator_id, released_on), Given(at, CLOCK))
            except Refusal as refusal:
                if refusal.code != "designation_released":
                    raise


def _under(state: Any) -> str | None:
    held = getattr(state, "report", None) or getattr(state, "opened", None) or state
    return getattr(held, "operator_id", None)


def _cases_of(cases: Cases[Any], organisation: str) -> Iterator[str]:
    cursor: str | None = None
    while True:
        page = cases.of(organisation, limit=100, cursor=cursor)
        yield from (line.id for line in page.items)
        if page.next is None:
            return
        cursor = page.next

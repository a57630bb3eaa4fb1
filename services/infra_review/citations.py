"""Which plans cite a passport, and the one draft that each of its revisions brings about for each of them.

A citation is an item of its own, `PASSPORT#<passport>` / `CASE#<plan>`, so that the plans of a passport are
found by one query. It is written when the plan's event arrives, and only then are the passport's revisions
read: a revision that was recorded before is found there, one that comes after finds the citation. A draft's
id follows from plan, passport and revision, so that it is opened once, however often and in whatever order
the two events come.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec
from msgspec.structs import replace

from services.infra_review import passports
from services.infra_review.domain.draft import Because, DraftForChange, begin_for_change, draft
from services.infra_review.domain.review import Review
from services.infra_review.passports import SYSTEM, Reading, Revision
from services.infra_review.plan.difference import Progress
from services.infra_review.plan.model import Plan, Token
from services.infra_review.plan.passport import LivePlan, drafts, tokens
from services.platform.cases.case import Case
from services.platform.cases.lists import instant
from services.platform.cases.store import Cases, LostRace
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Given, Refusal
from services.platform.runtime.observe import count
from services.platform.shared import copies
from services.statute import legal_day

WHY = "54: what a changed passport asks of a plan that cites it"
drafts_kept = Cases(draft)


def keep(case: Case[Review]) -> None:
    """Note every passport that a plan cites, and tell its operator of those that have changed since."""
    for token in sorted(tokens(case.state.plan or Plan())):
        copies.keep(f"PASSPORT#{token}", f"CASE#{case.id}", {}, case.version)
        _tell(case, token)


def tell(passport_id: str, plans: Callable[[str], Case[Any]]) -> None:
    """Tell the operator of every live plan that cites a passport of the revisions it has not been told of.

    `plans` finds the case of a plan by its id.
    """
    for name in copies.names(f"PASSPORT#{passport_id}"):
        _tell(plans(name.removeprefix("CASE#")), passport_id)


def _tell(case: Case[Review], token: Token) -> None:
    plan = case.state.plan
    if plan is None or not live(case.state) or token not in tokens(plan):
        return
    known = list(passports.revisions(passports.passports.history(token)))
    since = _first_cited(case, token)
    for before, after in pairwise(known):
        # Acts are told apart by the second; within one, telling too often is the safe side.
        if since is not None and instant(after.at) >= since:
            _open(case, plan, token, before, after)


def _open(case: Case[Review], plan: Plan, token: Token, before: Revision, after: Revision) -> None:
    draft_id = drafts_kept.new_id(after.at, f"{case.id} {token} {after.number}")
    if _is_there(draft_id):
        return
    day = legal_day(after.at)
    reading = Reading(SYSTEM, after.at, "inbox PassportChanged", WHY, draft_id)
    old, new = (passports.read(token, revision, reading) for revision in (before, after))
    (found,) = drafts(old, new, [LivePlan(case.id, plan, progress(case.state, day))])
    told = DraftForChange(
        organisation=case.state.organisation or "",
        operator_id=case.state.operator_id,
        plan=plan,
        because=Because(case.id, token, after.number, found.consequence, found.article),
    )
    try:
        drafts_kept.open(begin_for_change, told, Given(after.at, CLOCK), case_id=draft_id)
    except LostRace:
        return  # another delivery of the same event was quicker
    count("DraftsForChangedPassports")


def _is_there(draft_id: str) -> bool:
    try:
        drafts_kept.load(draft_id)
    except Refusal:
        return False
    return True


def _first_cited(case: Case[Review], token: Token) -> str | None:
    """The instant at which the plan first cited the passport; what changed before was filed with it."""
    for entry in Cases(case.procedure).history(case.id):
        plan = entry.data.get("plan")
        if plan and token in tokens(msgspec.convert(plan, Plan)):
            return entry.at
    return None


def live(state: Review) -> bool:
    """Whether Art. 54 still watches over the plan: it was filed, and neither withdrawn nor given up."""
    return not state.given_up


def progress(state: Review, day: date) -> Progress:
    """How far a plan has come on a day, if it was carried out as it says once it was free to be."""
    plan, free = state.plan or Plan(), state.freed is not None
    introduction, work = plan.introduction, plan.outsourcing.work if plan.outsourcing else None
    done = Progress(introduced=bool(free and introduction and introduction.on and introduction.on <= day))
    if not free or work is None or work.begins_on is None or day < work.begins_on:
        return done
    ends = work.begins_on if work.timing == "once" else work.ends_on
    return replace(done, outsourcing="over" if ends is not None and ends < day else "running")

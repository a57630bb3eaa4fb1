"""The access policy speaks of every act and every field of the chapter, and opens no draft and no name."""

from __future__ import annotations

from typing import Any

import pytest

from services.fund.api import app
from services.fund.chapter import PROCEDURES
from services.fund.roles import AGENCY, EVALUATOR, MINISTRY, PROGRAM_OFFICE, USER_COMPANY, USER_MINISTRY
from services.platform.http.policy import policy_of
from services.platform.law.parties import AUDITOR

POLICY = policy_of("fund")
IN_LISTS = {"organisation", "ministries"}
"""What a line of a list has beside the view's fields."""
DRAFTS = {"DraftBegun", "ProposalSaved", "ProposalTakenBack", "DraftDiscarded"}
each = pytest.mark.parametrize("procedure", PROCEDURES, ids=[one.name for one in PROCEDURES])


def opened(of: str) -> dict[str, set[str]]:
    """Which fields of something are open, and to whom."""
    found: dict[str, set[str]] = {}
    for path, openings in POLICY.opened.get(of, {}).items():
        for opening in openings:
            found.setdefault(path.partition(".")[0], set()).update(opening.by)
    return found


@each
def test_every_field_of_a_view_is_opened_to_somebody_and_no_other_is_named(procedure: Any) -> None:
    shown = set(app.exposed[procedure.name].shows.__struct_fields__)
    assert shown == set(opened(procedure.name)) - (IN_LISTS - shown)


@each
def test_every_act_is_spoken_of_and_the_auditor_reads_all_but_drafts(procedure: Any) -> None:
    for act in procedure.acts:
        readers = set().union(*opened(f"{procedure.name}/{act.__name__}").values())
        assert readers, act.__name__
        assert (AUDITOR.name in readers) is (act.__name__ not in DRAFTS), act.__name__


def test_no_draft_is_open_to_the_government() -> None:
    government = {AGENCY.name, MINISTRY.name, PROGRAM_OFFICE.name, AUDITOR.name, EVALUATOR.name}
    for act in DRAFTS:
        assert not government & set().union(*opened(f"proposal/{act}").values())
    assert not government & opened("proposal")["draft"]


def test_an_evaluator_reads_the_plan_and_nothing_that_names_anyone() -> None:
    mine = {field for field, by in opened("proposal").items() if EVALUATOR.name in by}
    assert mine == {"plan", "terms", "your_review"}
    for act in next(one for one in PROCEDURES if one.name == "proposal").acts:
        assert EVALUATOR.name not in set().union(*opened(f"proposal/{act.__name__}").values())


def test_a_user_of_results_sees_no_money_and_no_people() -> None:
    for role in (USER_MINISTRY.name, USER_COMPANY.name):
        mine = {field for field, by in opened("project").items() if role in by}
        assert mine == {"title", "technology", "uses"}

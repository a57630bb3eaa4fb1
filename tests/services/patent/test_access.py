"""The access policy speaks of every act and every field of the chapter, and opens none beyond the Act."""

from __future__ import annotations

from typing import Any

import pytest

from services.patent.api import app
from services.patent.chapter import PROCEDURES
from services.patent.roles import COMMISSIONER, EXAMINER, PRIME_MINISTER
from services.platform.cases.case import Case
from services.platform.http.policy import policy_of
from services.platform.law.parties import AUDITOR
from tests.services.patent.story import AUDITING, Story, given
from tests.services.patent.test_walks import LAW, OPENINGS

POLICY = policy_of("patent")
IN_LISTS = {"organisation", "ministries"}
"""What a line of a list has beside the view's fields."""


def opened(of: str) -> dict[str, set[str]]:
    """Which fields of something are open, and to whom."""
    found: dict[str, set[str]] = {}
    for path, openings in POLICY.opened.get(of, {}).items():
        for opening in openings:
            found.setdefault(path.partition(".")[0], set()).update(opening.by)
    return found


@pytest.mark.parametrize("procedure", LAW, ids=[one.name for one in LAW])
def test_every_field_of_a_view_is_opened_to_somebody_and_no_other_is_named(procedure: Any) -> None:
    story = Story(procedure)
    who, power, command = OPENINGS[procedure.name]
    story.does(who, power, command, "2026-03-20")
    case = Case(f"{procedure.name}-x", procedure, story.state, 1, "", "")
    view = app.exposed[procedure.name].view(case, given(AUDITING, "2026-03-21"))
    assert set(view.__struct_fields__) == set(opened(procedure.name)) - IN_LISTS


@pytest.mark.parametrize("procedure", PROCEDURES, ids=[one.name for one in PROCEDURES])
def test_every_act_is_spoken_of_and_the_auditor_reads_it(procedure: Any) -> None:
    for act in procedure.acts:
        assert AUDITOR.name in opened(f"{procedure.name}/{act.__name__}")["*"], act.__name__


def test_no_working_paper_of_one_authority_is_open_to_the_other() -> None:
    patent_office = {EXAMINER.name, COMMISSIONER.name}
    for subject in POLICY.subjects:
        readers = set().union(*opened(subject).values())
        of = subject.partition("/")[0]
        if of == "first-review":
            assert PRIME_MINISTER.name not in readers
        if of in ("security-review", "designation", "compensation"):
            assert not patent_office & readers
    assert PRIME_MINISTER.name not in opened("prior-confirmation/Referred")["*"]
    assert not patent_office & opened("prior-confirmation/ReferralAnswered")["*"]

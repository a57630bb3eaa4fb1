"""The chapter as a whole: nothing restricted leaves it, and its machines are its stages."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from infra.flow import definition
from services.infra_review.roles import ROLES as ROLES_OF_CHAPTER_3
from services.patent.chapter import PROCEDURES, ROLES
from services.patent.roles import COMMISSIONER, EXAMINER, PRIME_MINISTER
from services.platform.law.acts import leaving
from services.platform.law.parties import AUDITOR, THE_CLOCK
from services.platform.law.procedure import Procedure
from services.platform.shared.bulk import BatchReceived, LinesTaken
from services.platform.time.timekeeping import TIME_ACTS

NAMES = [one.name for one in PROCEDURES]
each = pytest.mark.parametrize("procedure", PROCEDURES, ids=NAMES)


@each
def test_of_every_act_nothing_leaves_but_that_it_happened(procedure: Procedure[Any]) -> None:
    for act in procedure.acts:
        if act in (BatchReceived, LinesTaken):
            continue  # how many lines a file has tells of no application
        left = leaving(act)
        assert left is not None
        assert left.classification == "restricted"
        assert left.fields == () or act in TIME_ACTS


@each
def test_every_case_is_kept_sealed(procedure: Procedure[Any]) -> None:
    assert procedure.sealed


@each
def test_no_act_of_the_clock_tells_a_day_or_a_text_of_the_case(procedure: Procedure[Any]) -> None:
    """What leaves of timekeeping is to whom a reminder went, a certificate's id and a table's version."""
    told = {name for act in procedure.acts if act in TIME_ACTS for name in leaving(act).fields}
    assert told <= {"to", "certificate_id", "table", "before", "after"}


@each
def test_every_stage_that_may_follow_is_a_stage(procedure: Procedure[Any]) -> None:
    names = {stage.name for stage in procedure.stages}
    assert len(names) == len(procedure.stages)
    for stage in procedure.stages:
        assert set(stage.then) <= names - {stage.name}
        assert stage.over or stage.then


BEGINS = {
    "first-review": {"Review", "AwaitStart", "Outside"},
    "security-review": {"Review"},
    "designation": {"InForce"},
    "prior-confirmation": {"AwaitCommissioner"},
    "international-application": {"Judgement"},
    "compensation": {"AwaitDecision"},
    "batch": {"InWork"},
}


@each
def test_every_stage_follows_from_one_in_which_a_case_begins(procedure: Procedure[Any]) -> None:
    reached = BEGINS[procedure.name]
    following = {stage.name: set(stage.then) for stage in procedure.stages}
    while more := {name for stage in reached for name in following[stage]} - reached:
        reached = reached | more
    assert reached == following.keys()


@each
def test_what_the_clock_does_needs_nothing_said(procedure: Procedure[Any]) -> None:
    """Every power of time either has an empty command or is a reaction's, which names what was told."""
    for power in procedure.powers.values():
        if THE_CLOCK in power.by:
            assert power.by == (THE_CLOCK,)


@pytest.mark.parametrize("procedure", [one for one in PROCEDURES if one.timed], ids=lambda one: one.name)
def test_the_machine_waits_only_in_stages_and_ends_where_they_are_over(procedure: Procedure[Any]) -> None:
    states = definition(procedure)["States"]
    for stage in procedure.stages:
        assert states[stage.name]["Type"] == ("Succeed" if stage.over else "Task")


@each
def test_a_state_survives_being_kept(procedure: Procedure[Any]) -> None:
    kept = msgspec.json.encode(procedure.initial)
    assert msgspec.json.decode(kept, type=type(procedure.initial)) == procedure.initial


def test_no_role_of_another_chapter_opens_a_case_of_this_one() -> None:
    others = {role.name for role in ROLES_OF_CHAPTER_3} - {AUDITOR.name}
    assert not others & {role.name for role in ROLES}


def test_neither_authority_has_a_power_in_the_other_s_case() -> None:
    first_review, security_review, designation = PROCEDURES[:3]
    for power in first_review.powers.values():
        assert PRIME_MINISTER not in power.by
    for procedure in (security_review, designation):
        for power in procedure.powers.values():
            assert not {EXAMINER, COMMISSIONER} & set(power.by)

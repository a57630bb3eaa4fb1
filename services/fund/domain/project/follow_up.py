"""The use of the results (社会実装), civil or public, followed for years (Art. 61)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from services.fund.domain.project.acts import FollowUpEnded, UseFollowed, UseKind, UseRecorded
from services.fund.domain.project.results import ItemId, result_of
from services.fund.domain.project.rules import not_closed
from services.fund.domain.project.state import Project, project
from services.fund.domain.vision import MinistryCode
from services.fund.roles import AGENCY, MINISTRY
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, OrganisationId, is_organisation
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import AtLeast, Len, Value
from services.platform.shared.words import PassDay, Reasons


class RecordUse(Value):
    """What is used, by which company or ministry (one of the two), since when."""

    kind: UseKind
    what: Reasons
    since: date
    company: OrganisationId | None = None
    ministry: MinistryCode | None = None
    items: Annotated[tuple[ItemId, ...], Len(0, 50)] = ()


@project.act("61", by=[AGENCY, MINISTRY], when=[not_closed])
def record_use(state: Project, command: RecordUse, given: Given) -> Acts:
    """Record that a ministry or a company uses what the project came to."""
    user = command.company or command.ministry
    both = command.company is not None and command.ministry is not None
    refuse_if(user is None or both, "one_user_only")
    assert user is not None
    wrong = command.company is not None and not is_organisation(command.company)
    refuse_if(wrong, "organisation_id_wrong", organisation=user)
    refuse_if(command.since > given.today, "day_in_the_future", day=command.since, today=given.today)
    for item in command.items:
        result_of(state, item)
    number = len(state.uses) + 1
    yield UseRecorded(number, command.kind, user, command.what, command.items, command.since, given.today)


class FollowUse(Value):
    """What became of a use."""

    use: Annotated[int, AtLeast(1)]
    state: Reasons
    still_used: bool


@project.act("61", by=[AGENCY, MINISTRY], when=[not_closed])
def follow_use(state: Project, command: FollowUse, given: Given) -> Acts:
    """Record what became of a use."""
    refuse_if(command.use > len(state.uses), "no_such_use", number=command.use)
    yield UseFollowed(command.use, command.state, command.still_used, given.today)


@rule("follow_up_goes_on", "61")
def follow_up_is_over(state: Project, given: Given) -> bool:
    """The last day of the follow-up has passed, and that is not recorded."""
    until = state.follow_until
    settled = state.settlement_finished_on is not None
    return settled and until is not None and not state.follow_up_ended and given.today > until


@project.act("61", by=[THE_CLOCK], when=[follow_up_is_over])
def end_follow_up(state: Project, _: PassDay, __: Given) -> Acts:
    """Record that the years of following the use are over."""
    assert state.follow_until is not None
    yield FollowUpEnded(state.follow_until)

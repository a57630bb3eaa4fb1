"""Results: registered, handled as the council decides, published as a rule (62(4)(iii), 63(5))."""

from __future__ import annotations

from typing import Annotated

from services.fund.domain.project.acts import (
    Handling,
    HandlingHeard,
    ResultKind,
    ResultPublished,
    ResultRegistered,
)
from services.fund.domain.project.rules import not_closed
from services.fund.domain.project.state import Project, Result, project
from services.fund.roles import INSTITUTION, PRINCIPAL, RESEARCHER
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.law.values import Matching, Value
from services.platform.shared.words import Line

ItemId = Annotated[str, Matching(r"[A-Za-z0-9._:-]{1,80}")]
"""As the council knows the item."""
HANDLING = "62(4)(iii), 63(5)"


class RegisterResult(Value):
    """A result, under the id by which the council speaks of it."""

    item_id: ItemId
    kind: ResultKind
    title: Line


@project.act(HANDLING, by=[PRINCIPAL, RESEARCHER, INSTITUTION], when=[not_closed])
def register_result(state: Project, command: RegisterResult, given: Given) -> Acts:
    """Register a result: a paper, a patent, data, software or a prototype."""
    twice = any(one.registered.item_id == command.item_id for one in state.results)
    refuse_if(twice, "result_registered", item=command.item_id)
    begun = [phase.number for phase in state.phases if phase.started_on is not None]
    refuse_if(not begun, "phase_not_started", "61")
    yield ResultRegistered(command.item_id, command.kind, command.title, begun[-1], given.today)


class HearHandling(Value):
    """How the council handles an item."""

    item_id: str
    handling: Handling


@project.act(HANDLING, by=[THE_CLOCK])
def hear_handling(state: Project, command: HearHandling, given: Given) -> Acts:
    """Hear how the council handles a result."""
    found = result_of(state, command.item_id)
    refuse_if(found.handling == command.handling, "handling_heard")
    yield HandlingHeard(command.item_id, command.handling, given.today)


class PublishResult(Value):
    """Which result, and where it is published."""

    item_id: ItemId
    published_as: Line


@project.act(HANDLING, by=[PRINCIPAL, INSTITUTION], when=[not_closed])
def publish_result(state: Project, command: PublishResult, given: Given) -> Acts:
    """Publish a result that the council handles as open."""
    found = result_of(state, command.item_id)
    refuse_if(found.published_as is not None, "result_published", item=command.item_id)
    refuse_if(found.handling is None, "handling_outstanding", item=command.item_id)
    refuse_if(found.handling == "closed", "result_closed", item=command.item_id)
    yield ResultPublished(command.item_id, found.registered.kind, command.published_as, given.today)


def result_of(state: Project, item_id: str) -> Result:
    """The result of that id; refuses `no_such_result`."""
    for one in state.results:
        if one.registered.item_id == item_id:
            return one
    raise Refusal("no_such_result", HANDLING, item=item_id)

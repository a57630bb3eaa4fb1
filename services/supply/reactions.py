"""What follows in Chapter 2 from what has happened: by act, and once a day. All of it can be repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.platform.cases.store import Cases
from services.platform.events.contracts import Event
from services.platform.events.inbox import Reactions, reactions_of
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Decide, Given, Refusal
from services.platform.shared.bulk import BatchReceived, LinesTaken
from services.statute import legal_day
from services.supply import addressees, catalogue, registers, statistics_store
from services.supply.domain.policy import PolicyPublished, PolicySet, policy
from services.supply.domain.questionnaire import AnswerGiven, questionnaire
from services.supply.domain.supply_plan import supply_plan
from services.supply.domain.supply_plan.life import NoteNotice, note_notice
from services.supply.domain.supply_plan.state import (
    Body,
    ChangeCertified,
    MinorChangeNotified,
    PlanCancelled,
    PlanCertified,
    PlanEnded,
    SupplyPlan,
)
from services.supply.domain.support_body import support_body
from services.supply.domain.support_body.fund import NoteNoticeOfPlan
from services.supply.domain.support_body.fund import note_notice as tell_body
from services.supply.domain.support_body.state import (
    BodyDesignated,
    DesignationCancelled,
    SuspensionPermitted,
)
from services.supply.domain.survey import SurveyClosed
from services.supply.statistics import STEPS
from services.supply.surveys import publications

plans, bodies, policies = Cases(supply_plan), Cases(support_body), Cases(policy)
questionnaires = Cases(questionnaire)


def keep_policy(event: Event) -> None:
    """Enter a policy into the catalogue (8(5))."""
    catalogue.keep(policies.load(event.case_id))


def keep_body(event: Event) -> None:
    """Note which body is in operation for which material."""
    registers.keep_body(bodies.load(event.case_id))


def keep_plan(event: Event) -> None:
    """Note which plans are in force, and from whom their items come."""
    registers.keep_plan(plans.load(event.case_id))


def keep_answer(event: Event) -> None:
    """Put an answer beside the others of its survey."""
    registers.keep_answer(questionnaires.load(event.case_id))


def publish_survey(event: Event) -> None:
    """Keep what anyone may know of a survey as it was closed, once and for good."""
    publications.publish(event.case_id)


def take_lines(event: Event) -> None:
    """Ask the next businesses of a file."""
    addressees.work(event.case_id)


def count_step(event: Event) -> None:
    """Keep the statistics' line of a plan."""
    statistics_store.keep(event.case_id, plans.history(event.case_id))


def tell_bodies(what: Body) -> Callable[[Event], None]:
    """Tell the bodies of the material of a certification, a change or a cancellation (9(6), 10(3), 11(3))."""

    def tell(event: Event) -> None:
        case = plans.load(event.case_id)
        state = case.state
        for body in registers.bodies_of(state.filed.material):
            told = NoteNoticeOfPlan(
                case.id,
                what,
                state.number or "",
                tuple(one.name for one in state.filed.participants),
                _outline(state, what),
                legal_day(event.metadata.occurred_at),
            )
            _tell(bodies, body.case, tell_body, told, event)
            noted = NoteNotice(body.organisation, body.case, what)
            _tell(plans, case.id, note_notice, noted, event)

    return tell


def _outline(state: SupplyPlan, what: Body) -> str:
    if what == "change_certified" and state.changes:
        return state.changes[-1].outline
    return state.certified.outline if state.certified and what == "certified" else ""


HEARD = ("told_before", "body_not_in_operation")
"""Refusals of what was told before, or to a body that has ended meanwhile."""


def _tell(cases: Cases[Any], case_id: str, power: Decide, command: Any, event: Event) -> None:
    try:
        cases.act(case_id, power, command, Given(event.metadata.occurred_at, CLOCK))
    except Refusal as refusal:
        if refusal.code not in HEARD:
            raise


REACTIONS: Reactions = reactions_of(
    (PolicySet, keep_policy),
    (PolicyPublished, keep_policy),
    (BodyDesignated, keep_body),
    (SuspensionPermitted, keep_body),
    (DesignationCancelled, keep_body),
    (PlanCertified, tell_bodies("certified")),
    (ChangeCertified, tell_bodies("change_certified")),
    (PlanCancelled, tell_bodies("cancelled")),
    *(
        (act, keep_plan)
        for act in (PlanCertified, ChangeCertified, MinorChangeNotified, PlanCancelled, PlanEnded)
    ),
    ((questionnaire, AnswerGiven), keep_answer),
    (SurveyClosed, publish_survey),
    (BatchReceived, take_lines),
    (LinesTaken, take_lines),
    *(((supply_plan, act), count_step) for act in STEPS),
)
DAILY = (statistics_store.publish,)
"""What is done once a day besides the sweep, as of an instant."""

"""What happens to a plan that is changed, in its case or that of an emergency report (Arts. 54, 55(3))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from services.infra_review.domain.filing import refuse_defects
from services.infra_review.domain.review import (
    ChangeNoted,
    ChangeReported,
    PlanReplaced,
    Review,
    UrgentChangeNotified,
)
from services.infra_review.plan.changes import Changes, classify
from services.infra_review.plan.difference import NOTHING_DONE, Progress
from services.infra_review.plan.excuses import Filing as Form
from services.infra_review.plan.model import Plan
from services.infra_review.plan.passport import Passport, compose, place_shown
from services.infra_review.roles import AGENT, OPERATOR
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Powers, refuse_if, rule
from services.platform.law.values import Value, field
from services.platform.shared.completion import Shortcoming
from services.platform.shared.words import CaseId, Reasons


class Changeable(Protocol):
    """A case that holds a plan which Art. 54 watches over."""

    @property
    def plan(self) -> Plan | None:
        """The plan as it stands."""

    @property
    def stands(self) -> bool:
        """Whether it is a plan that Art. 54 speaks of."""

    @property
    def amended_by(self) -> str | None:
        """The latest case that would change, or has changed, this plan."""

    @property
    def after_emergency(self) -> bool:
        """Whether the plan goes back to an emergency report (Art. 54(5))."""

    @property
    def replaced_in(self) -> tuple[str, ...]:
        """The reviews of equipment in use whose changed plan it has taken over."""


plan_changes: Powers[Changeable] = Powers()
"""What is told of a change: Art. 54(1), (3), (4)."""
replacing: Powers[Changeable] = Powers()
"""Taking over what a review of equipment in use has changed: Arts. 55(3), 52(8)."""


@rule("plan_does_not_stand", "54(1)")
def stands(state: Changeable, _: Given) -> bool:
    """The plan has been accepted, and neither withdrawn nor stopped."""
    return state.stands


def so_far(state: Changeable, progress: Progress) -> Progress:
    """How far a plan has come; of an emergency report, 54(5) watches over the period of the work alone."""
    if not state.after_emergency:
        return progress
    return Progress(introduced=True, outsourcing="over" if progress.outsourcing == "over" else "running")


def told(changes: Changes, plan: Plan) -> list[dict[str, str]]:
    """The differences as the operator is told them: where, by which article, what the law sees in it.

    Of what a supplier has sealed it is told what the law sees, and not what has changed.
    """
    return [
        {
            "pointer": f"#/plan{place}",
            "code": one.kind,
            "article": one.article if place == one.pointer else changes.article,
            "message": one.message if place == one.pointer else "The supplier's passport has changed.",
            "message_ja": one.message_ja if place == one.pointer else "供給者等の情報に変更があります。",
        }
        for one in changes.differences
        for place in [place_shown(plan, one.pointer)]
    ]


class NoteChange(Value):
    """The case that holds the draft of the change."""

    change_id: CaseId


# Whether the filer may change the plan is decided where the draft is filed, in the same transaction.
@plan_changes.act("54(1)", by=[THE_CLOCK], when=[stands])
def note_change(_: Changeable, command: NoteChange, given: Given) -> Acts:
    """Note which case would change this plan; done in the transaction that files the draft."""
    yield ChangeNoted(command.change_id, given.today)


class NotifyUrgentChange(Value):
    """The plan after the change, the day it was made, and why it could not wait (Order Art. 23(4))."""

    plan: Plan
    changed_on: date
    circumstances: Reasons
    progress: Progress = NOTHING_DONE
    passports: Mapping[str, Passport] = field(default_factory=dict)
    """As in `ChangeFiling`; the door opens them."""
    filed_with: Mapping[str, Passport] = field(default_factory=dict)
    later: Review | None = None
    """The case that would change, or has changed, this plan, if there is one."""
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it lacks something."""


@plan_changes.act("54(3)", by=[OPERATOR, AGENT], when=[stands])
def notify_urgent_change(state: Changeable, command: NotifyUrgentChange, given: Given) -> Acts:
    """Notify, without delay, an important change that could not wait for its standstill."""
    refuse_if(
        command.changed_on > given.today,
        "day_not_yet_come",
        "54(3)",
        day=command.changed_on,
        today=given.today,
    )
    changes = _changes(state, command)
    errors = told(changes, command.plan)
    refuse_if(changes.consequence != "renotify", "change_not_important", changes.article, errors=errors)
    found = _defects(state, command, given.today, "54(3)", "urgent_change")
    places = _places(changes, command.plan)
    yield UrgentChangeNotified(
        command.plan, places, command.changed_on, command.circumstances, given.today, found
    )


class ReportChange(Value):
    """The plan after the change, and how far it had been carried out when the change was made."""

    plan: Plan
    progress: Progress = NOTHING_DONE
    passports: Mapping[str, Passport] = field(default_factory=dict)
    """As in `ChangeFiling`; the door opens them."""
    filed_with: Mapping[str, Passport] = field(default_factory=dict)
    later: Review | None = None
    """The case that would change, or has changed, this plan, if there is one."""
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it lacks something."""


@plan_changes.act("54(4)", by=[OPERATOR, AGENT], when=[stands])
def report_change(state: Changeable, command: ReportChange, given: Given) -> Acts:
    """Report, without delay, a change that is neither important nor minor (変更の報告)."""
    changes = _changes(state, command)
    errors = told(changes, command.plan)
    refuse_if(changes.consequence == "renotify", "change_is_important", "54(1)", errors=errors)
    refuse_if(changes.consequence == "nothing", "nothing_to_report", "54(4)", errors=errors)
    of_components = all(one.kind != "report" for one in changes.differences)
    form: Form = "component_report" if of_components else "report"
    found = _defects(state, command, given.today, "54(4)", form)
    yield ChangeReported(command.plan, _places(changes, command.plan), given.today, found)


def _defects(
    state: Changeable, command: ReportChange | NotifyUrgentChange, on: date, article: str, form: Form
) -> tuple[Shortcoming, ...]:
    assert state.plan is not None
    return refuse_defects(
        command.plan,
        on,
        article,
        form=form,
        before=compose(state.plan, command.filed_with),
        passports=command.passports,
        as_it_is=command.as_it_is,
    )


def _changes(state: Changeable, command: ReportChange | NotifyUrgentChange) -> Changes:
    assert state.plan is not None
    since = command.later is not None and command.later.freed is not None
    refuse_if(since, "changed_since", "54(1)", case=state.amended_by)
    before, after = compose(state.plan, command.filed_with), compose(command.plan, command.passports)
    return classify(before, after, so_far(state, command.progress))


def _places(changes: Changes, plan: Plan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place_shown(plan, one.pointer) for one in changes.differences))


class ReplacePlan(Value):
    """The plan as changed in a review of equipment in use, and that review."""

    plan: Plan
    review_id: CaseId


@replacing.act("55(3), 52(8)", by=[THE_CLOCK], when=[stands])
def replace_plan(state: Changeable, command: ReplacePlan, given: Given) -> Acts:
    """Take over the plan that a review of equipment in use changed: later changes are changes of that one."""
    taken = command.review_id in state.replaced_in
    refuse_if(taken, "plan_already_replaced", "55(3)", review=command.review_id)
    yield PlanReplaced(command.plan, command.review_id, given.today)

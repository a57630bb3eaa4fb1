"""Changes of a plan that was notified (導入等計画書の変更等): Art. 54.

An important change is notified in advance as a draft, a case of its own in which Art. 52(2)-(10) apply again,
a new standstill included (54(2)). What could not wait is notified afterwards (54(3)); other changes are
reported (54(4)); of minor ones nothing is asked. What a change is, `plan.changes` tells from the two plans.
An emergency report is changed by the same rules (54(5)), its introduction being done and its work begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.infra_review.domain.emergency import Emergency, EmergencyReported, emergency
from services.infra_review.domain.filing import not_bound, refuse_defects
from services.infra_review.domain.measures.powers import Articles
from services.infra_review.domain.notification import grant_review, notification, reviewing
from services.infra_review.domain.review import (
    ChangeNoted,
    ChangeReported,
    PlanFiled,
    PlanReplaced,
    Review,
    UrgentChangeNotified,
)
from services.infra_review.domain.vocabulary import CaseId, Reasons
from services.infra_review.plan.changes import Changes, classify
from services.infra_review.plan.difference import NOTHING_DONE, Progress
from services.infra_review.plan.model import Plan
from services.infra_review.plan.passport import Passport, compose, place_shown
from services.platform.law.access import AGENT, OPERATOR, THE_CLOCK, Parties
from services.platform.law.procedure import Acts, Given, Procedure, refuse_if, rule
from services.platform.law.values import Value, field

change = reviewing("change")


@rule("plan_does_not_stand", "54(1)")
def stands(state: Review, _: Given) -> bool:
    """The plan has been accepted, and neither withdrawn nor stopped."""
    return state.stands


def stands_in(original: Review | Emergency) -> bool:
    """Whether the case holds a plan that Art. 54 speaks of."""
    return original.stands if isinstance(original, Review) else original.report is not None


def so_far(state: Review | Emergency, progress: Progress) -> Progress:
    """How far a plan has come; of an emergency report, 54(5) watches over the period of the work alone."""
    if isinstance(state, Review) and not state.after_emergency:
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


# ---- The draft of an important change ----


class FileChange(Value):
    """The plan as it would be, which case holds the plan now, and how far that has been carried out."""

    amends: CaseId
    plan: Plan
    progress: Progress = NOTHING_DONE
    electronic_notices: bool = True


class ChangeFiling(Value):
    """The draft of a change beside the case it changes, and the case that did so before, if any."""

    filed: FileChange
    original: Review | Emergency
    later: Review | None = None
    passports: Mapping[str, Passport] = field(default_factory=dict)
    """The supplier passports the plan cites, opened for the comparison and kept nowhere."""
    filed_with: Mapping[str, Passport] = field(default_factory=dict)
    """The same of the plan until now, as they were when it was filed."""

    @property
    def parties(self) -> Parties:
        """The operator of the plan, and the ministries with jurisdiction over its business."""
        known = _known(self.original)
        return Parties(known.organisation, frozenset(known.ministries), consulted=False)


def _known(original: Review | Emergency) -> Review | EmergencyReported:
    if isinstance(original, Review):
        return original
    assert original.report is not None
    return original.report


@change.act("54(1)", by=[OPERATOR, AGENT], opens=True)
def file_change(_: Review, command: ChangeFiling, given: Given) -> Acts:
    """File the draft of an important change before making it (変更の案の届出); a new standstill follows."""
    filed, original, later = command.filed, command.original, command.later
    refuse_if(not stands_in(original), "plan_does_not_stand", "54(1)")
    bound = isinstance(original, Review) and original.measures.binding is not None
    refuse_if(bound, "bound_to_comply", "52(8)")
    in_force = original.amended_by if later is not None and later.freed else None
    refuse_if(in_force is not None, "changed_since", "54(1)", case=in_force)
    refuse_if(later is not None and not later.over, "change_under_review", "54(1)", case=original.amended_by)
    assert original.plan is not None
    before, after = compose(original.plan, command.filed_with), compose(filed.plan, command.passports)
    changes = classify(before, after, so_far(original, filed.progress))
    errors = told(changes, filed.plan)
    refuse_if(changes.consequence != "renotify", "change_not_important", changes.article, errors=errors)
    refuse_defects(
        filed.plan,
        given.today,
        "52(2)",
        form="change",
        before=original.plan,
        passports=command.passports,
    )
    known = _known(original)
    yield PlanFiled(
        organisation=known.organisation or "",
        operator_id=known.operator_id,
        business=known.business,
        sector=known.sector,
        ministries=known.ministries,
        plan=filed.plan,
        electronic_notices=filed.electronic_notices,
        arrived_at=given.at,
        arrived_on=given.today,
        amends=filed.amends,
        after_emergency=isinstance(original, Emergency) or original.after_emergency,
    )


grant_review(
    change,
    article="54(1)",
    via="54(2), ",
    by=Articles(
        recommend="54(2), 52(6)",
        answer="54(2), 52(7)",
        comply="54(2), 52(8)",
        order="54(2), 52(10)",
        consult="56(1)",
    ),
)


# ---- What happens in the case that is changed ----


class NoteChange(Value):
    """The case that holds the draft of the change."""

    change_id: CaseId


def note_change(_: Review | Emergency, command: NoteChange, given: Given) -> Acts:
    """Note which case would change this plan; done in the transaction that files the draft."""
    yield ChangeNoted(command.change_id, given.today)


class ReportChange(Value):
    """The plan after the change, and how far it had been carried out when the change was made."""

    plan: Plan
    progress: Progress = NOTHING_DONE
    passports: Mapping[str, Passport] = field(default_factory=dict)
    """As in `ChangeFiling`; the door opens them."""
    filed_with: Mapping[str, Passport] = field(default_factory=dict)


def report_change(state: Review | Emergency, command: ReportChange, given: Given) -> Acts:
    """Report, without delay, a change that is neither important nor minor (変更の報告)."""
    changes = _changes(state, command)
    errors = told(changes, command.plan)
    refuse_if(changes.consequence == "renotify", "change_is_important", "54(1)", errors=errors)
    refuse_if(changes.consequence == "nothing", "nothing_to_report", "54(4)", errors=errors)
    refuse_defects(
        command.plan, given.today, "54(4)", form="report", before=state.plan, passports=command.passports
    )
    yield ChangeReported(command.plan, _places(changes, command.plan), given.today)


class NotifyUrgentChange(Value):
    """The plan after the change, the day it was made, and why it could not wait (Order Art. 23(4))."""

    plan: Plan
    changed_on: date
    circumstances: Reasons
    progress: Progress = NOTHING_DONE
    passports: Mapping[str, Passport] = field(default_factory=dict)
    """As in `ChangeFiling`; the door opens them."""
    filed_with: Mapping[str, Passport] = field(default_factory=dict)


def notify_urgent_change(state: Review | Emergency, command: NotifyUrgentChange, given: Given) -> Acts:
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
    refuse_defects(
        command.plan, given.today, "54(3)", form="emergency", before=state.plan, passports=command.passports
    )
    places = _places(changes, command.plan)
    yield UrgentChangeNotified(command.plan, places, command.changed_on, command.circumstances, given.today)


def _changes(state: Review | Emergency, command: ReportChange | NotifyUrgentChange) -> Changes:
    assert state.plan is not None
    before, after = compose(state.plan, command.filed_with), compose(command.plan, command.passports)
    return classify(before, after, so_far(state, command.progress))


def _places(changes: Changes, plan: Plan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place_shown(plan, one.pointer) for one in changes.differences))


class ReplacePlan(Value):
    """The plan as changed in a review of equipment in use, and that review."""

    plan: Plan
    review_id: CaseId


def replace_plan(state: Review | Emergency, command: ReplacePlan, given: Given) -> Acts:
    """Take over the plan that a review of equipment in use changed: later changes are changes of that one."""
    taken = command.review_id in state.replaced_in
    refuse_if(taken, "plan_already_replaced", "55(3)", review=command.review_id)
    yield PlanReplaced(command.plan, command.review_id, given.today)


def grant_changes(procedure: Procedure[Review]) -> None:
    """Let the plans of `procedure` be changed."""
    filer, give = [OPERATOR, AGENT], procedure.act
    # Whether the filer may change the plan is decided where the draft is filed, in the same transaction.
    give("54(1)", by=[THE_CLOCK], when=[stands, not_bound])(note_change)
    give("54(3)", by=filer, when=[stands, not_bound])(notify_urgent_change)
    give("54(4)", by=filer, when=[stands, not_bound])(report_change)
    give("55(3), 52(8)", by=[THE_CLOCK], when=[stands])(replace_plan)


for procedure in (notification, change):
    grant_changes(procedure)
emergency.act("54(5), 54(1)", by=[THE_CLOCK])(note_change)
emergency.act("54(5), 54(3)", by=[OPERATOR, AGENT])(notify_urgent_change)
emergency.act("54(5), 54(4)", by=[OPERATOR, AGENT])(report_change)
emergency.act("55(3), 52(8)", by=[THE_CLOCK])(replace_plan)

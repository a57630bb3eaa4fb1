"""Changes of a plan that was notified (導入等計画書の変更等): Art. 54.

An important change is notified in advance as a draft, a case of its own in which Art. 52(2)-(10) apply again,
a new standstill included (54(2)). What could not wait is notified afterwards (54(3)); other changes are
reported (54(4)); of minor ones nothing is asked. What a change is, `plan.changes` tells from the two plans.
An emergency report is changed by the same rules (54(5)), its introduction being done and its work begun.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.infra_review.domain.emergency import Emergency, EmergencyReported
from services.infra_review.domain.filing import MAY_WITHDRAW, not_over, refuse_defects, withdraw
from services.infra_review.domain.measures.powers import consultation
from services.infra_review.domain.plan_changes import plan_changes, replacing, so_far, told
from services.infra_review.domain.releasing import ending
from services.infra_review.domain.review import (
    Original,
    OriginalFollowed,
    PlanFiled,
    Review,
    reviewing,
)
from services.infra_review.domain.reviewing import review_powers
from services.infra_review.domain.warnings import SILENT_ENDS, warned
from services.infra_review.plan.changes import classify
from services.infra_review.plan.difference import NOTHING_DONE, Progress
from services.infra_review.plan.model import Plan
from services.infra_review.plan.passport import Passport, compose
from services.infra_review.roles import AGENT, OPERATOR, filed_by
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import Value, field
from services.platform.shared.words import CaseId
from services.platform.time.timekeeping import keep_time

change = reviewing("change", "Important change of a plan", "導入等計画書の変更の案の届出")


# ---- The draft of an important change ----


class FileChange(Value):
    """The plan as it would be, which case holds the plan now, and how far that has been carried out."""

    amends: CaseId
    plan: Plan
    progress: Progress = NOTHING_DONE
    electronic_notices: bool = False
    """Its declaration (表示) that it receives notices electronically (Act 151 of 2002, Art. 7(1) proviso)."""
    as_it_is: bool = False
    """Whether it is filed though the checks have found that it lacks something."""


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
        return filed_by(known.organisation, known.ministries)


def _known(original: Review | Emergency) -> Review | EmergencyReported:
    if isinstance(original, Review):
        return original
    assert original.report is not None
    return original.report


@change.act("54(1)", by=[OPERATOR, AGENT], opens=True)
def file_change(_: Review, command: ChangeFiling, given: Given) -> Acts:
    """File the draft of an important change before making it (変更の案の届出); a new standstill follows."""
    filed, original, later = command.filed, command.original, command.later
    refuse_if(not original.stands, "plan_does_not_stand", "54(1)")
    in_force = original.amended_by if later is not None and later.freed else None
    refuse_if(in_force is not None, "changed_since", "54(1)", case=in_force)
    refuse_if(later is not None and not later.over, "change_under_review", "54(1)", case=original.amended_by)
    assert original.plan is not None
    before, after = compose(original.plan, command.filed_with), compose(filed.plan, command.passports)
    changes = classify(before, after, so_far(original, filed.progress))
    errors = told(changes, filed.plan)
    refuse_if(changes.consequence != "renotify", "change_not_important", changes.article, errors=errors)
    found = refuse_defects(
        filed.plan,
        given.today,
        "52(2)",
        form="change",
        before=before,
        passports=command.passports,
        as_it_is=filed.as_it_is,
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
        after_emergency=original.after_emergency,
        defects=found,
        # What was done in an emergency has no standstill, so its report bars nothing.
        original=original.as_original() if isinstance(original, Review) else None,
    )


# ---- A change frees nothing that its original still bars ----


class FollowOriginal(Value):
    """Where the plan stands that the draft would change."""

    original: Original


@rule("original_already_followed", "54(1)")
def of_a_plan(state: Review, _: Given) -> bool:
    """The draft would change a plan that has a standstill of its own."""
    return state.original is not None


@change.act("54(1)", by=[THE_CLOCK], when=[not_over, of_a_plan])
def follow_original(state: Review, command: FollowOriginal, given: Given) -> Acts:
    """Note where the plan stands that the draft would change; free the draft if only that plan barred it."""
    refuse_if(command.original == state.original, "original_already_followed", "54(1)")
    noted = OriginalFollowed(command.original, given.today)
    yield noted
    after = change.evolve(state, noted)
    if after.awaits is not None and not after.given_up and not command.original.bars:
        yield after.freedom(after.awaits.day, after.awaits.because)


change.act("54(1)", by=[OPERATOR, AGENT], when=MAY_WITHDRAW)(withdraw)
change.apply(review_powers, via="54(2)")
change.apply(consultation)
change.apply(plan_changes)
change.apply(replacing)
change.apply(ending)
keep_time(change, warned=warned, silences=SILENT_ENDS)

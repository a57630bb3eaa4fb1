"""Art. 54(5): an emergency report is changed as a plan is, watched over while its work is given away."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from services.infra_review.domain.change import ChangeFiling, FileChange, change
from services.infra_review.domain.emergency import Emergency, EmergencyFiling, ReportEmergency, emergency
from services.infra_review.domain.filing import Accept
from services.infra_review.domain.plan_changes import NotifyUrgentChange, ReplacePlan, ReportChange
from services.infra_review.domain.review import ChangeReported, PlanFreed, Review, UrgentChangeNotified
from services.infra_review.plan.difference import Progress
from services.infra_review.plan.model import Component, Plan
from services.platform.law.procedure import Refusal
from services.platform.shared.words import PassDay
from tests.services.infra_review.conftest import CLOCK, COMPANY, METI, STRANGER, designated, given
from tests.services.infra_review.test_change import important, reported
from tests.services.infra_review.test_grace import outsourced
from tests.services.infra_review.test_post_review import URGENT, emergency_of

DONE = date(2026, 5, 8)


def outsourcing() -> Emergency:
    """Work given to another on 8 May 2026 until 31 March 2030, because it could not wait."""
    command = EmergencyFiling(
        ReportEmergency("operator-1", outsourced(DONE, "maintenance"), DONE, URGENT), designated()
    )
    acts = emergency.decide(
        emergency.initial, emergency.powers["report_emergency"].decide, command, given(COMPANY, "2026-05-11")
    )
    return emergency.fold(acts)


def other_work(plan: Plan | None) -> Plan:
    """The plan with other work given away."""
    assert plan
    assert plan.outsourcing
    assert plan.outsourcing.work
    work = replace(plan.outsourcing.work, content="監視制御装置の保守及び更新")
    return replace(plan, outsourcing=replace(plan.outsourcing, work=work))


def drafted(original: Emergency | Review, plan: Plan, progress: Progress, amends: str) -> Review:
    command = ChangeFiling(FileChange(amends, plan, progress), original)
    return change.fold(
        change.decide(
            change.initial, change.powers["file_change"].decide, command, given(COMPANY, "2026-06-01")
        )
    )


def refused(original: Emergency, plan: Plan, progress: Progress, who=COMPANY) -> Refusal:
    command = ChangeFiling(FileChange("emergency-1", plan, progress), original)
    with pytest.raises(Refusal) as found:
        change.decide(change.initial, change.powers["file_change"].decide, command, given(who, "2026-06-01"))
    return found.value


def test_an_important_change_of_the_work_is_a_draft_with_a_standstill_of_its_own():
    original = outsourcing()
    state = drafted(original, other_work(original.plan), Progress(), "emergency-1")
    state = change.fold(
        change.decide(state, change.powers["accept"].decide, Accept(), given(METI, "2026-06-03")), state
    )
    assert state.standstill.last_day == date(2026, 7, 2)
    with pytest.raises(Refusal):
        change.decide(state, change.powers["end_standstill"].decide, PassDay(), given(CLOCK, "2026-07-02"))
    acts = change.decide(state, change.powers["end_standstill"].decide, PassDay(), given(CLOCK, "2026-07-03"))
    assert acts == (PlanFreed(date(2026, 7, 3), "standstill_over"),)


def test_the_introduction_is_done_whatever_is_said_of_its_progress():
    original = emergency_of()
    none = refused(original, important(original.plan), Progress(introduced=False))
    assert (none.code, none.article) == ("change_not_important", "54")


def test_when_the_period_of_the_work_is_over_nothing_of_it_is_changed():
    original = outsourcing()
    over = refused(original, other_work(original.plan), Progress(outsourcing="over"))
    assert (over.code, over.article) == ("change_not_important", "54")


def test_the_change_of_a_change_still_goes_back_to_the_emergency():
    original = outsourcing()
    first = drafted(original, other_work(original.plan), Progress(), "emergency-1")
    assert first.after_emergency
    introduced = replace(first, accepted_on=date(2026, 6, 3), plan=emergency_of().plan)
    with pytest.raises(Refusal) as found:
        drafted(introduced, important(introduced.plan), Progress(), "change-1")
    assert found.value.code == "change_not_important"
    announced = replace(introduced, after_emergency=False)
    assert not drafted(announced, important(introduced.plan), Progress(), "change-1").after_emergency


def test_nobody_changes_the_report_of_another():
    original = outsourcing()
    assert refused(original, other_work(original.plan), Progress(), STRANGER).code == "not_your_act"


def test_a_change_of_component_equipment_in_use_is_reported():
    original = emergency_of()
    assert original.plan
    assert original.plan.introduction
    maker = original.plan.introduction.supplier
    part = Component("software", "OS 2", "制御", maker, original.plan.introduction.factories)
    introduction = replace(original.plan.introduction, components=(part,))
    plan = replace(original.plan, introduction=introduction)
    acts = emergency.decide(
        original, emergency.powers["report_change"].decide, ReportChange(plan), given(COMPANY, "2026-06-01")
    )
    assert [type(act) for act in acts] == [ChangeReported]
    assert emergency.fold(acts, original).plan == plan
    assert emergency.fold(acts, original).report == original.report


def test_a_change_of_the_supplier_after_the_introduction_is_not_asked_for():
    original = emergency_of()
    command = ReportChange(reported(original.plan))
    with pytest.raises(Refusal) as found:
        emergency.decide(
            original, emergency.powers["report_change"].decide, command, given(COMPANY, "2026-06-01")
        )
    assert found.value.code == "nothing_to_report"


def test_a_change_of_the_work_that_could_not_wait_is_notified_afterwards():
    original = outsourcing()
    command = NotifyUrgentChange(other_work(original.plan), date(2026, 6, 1), "The line was down.")
    acts = emergency.decide(
        original, emergency.powers["notify_urgent_change"].decide, command, given(COMPANY, "2026-06-01")
    )
    assert [type(act) for act in acts] == [UrgentChangeNotified]
    tomorrow = replace(command, changed_on=date(2026, 6, 2))
    with pytest.raises(Refusal) as found:
        emergency.decide(
            original, emergency.powers["notify_urgent_change"].decide, tomorrow, given(COMPANY, "2026-06-01")
        )
    assert found.value.code == "day_not_yet_come"


def test_a_plan_changed_in_a_review_is_taken_over_once():
    original = outsourcing()
    command = ReplacePlan(other_work(original.plan), "post-review-1")
    acts = emergency.decide(
        original, emergency.powers["replace_plan"].decide, command, given(CLOCK, "2027-02-16")
    )
    after = emergency.fold(acts, original)
    assert after.plan == command.plan
    with pytest.raises(Refusal) as found:
        emergency.decide(after, emergency.powers["replace_plan"].decide, command, given(CLOCK, "2027-02-17"))
    assert (found.value.code, found.value.article) == ("plan_already_replaced", "55(3)")

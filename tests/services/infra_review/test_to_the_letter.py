"""What the text has and what it has not: each sentence with the days it was tried on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from services.infra_review import cautions, penalties
from services.infra_review.domain.change import ChangeFiling, FileChange, FollowOriginal, change
from services.infra_review.domain.filing import Accept, Complete
from services.infra_review.domain.inquiry import InspectFirst, Inspecting, inquiry
from services.infra_review.domain.measures.powers import (
    Answer,
    AssessRefusal,
    FileChangedPlan,
    FindCompliance,
    GiveOrder,
    Recommend,
    RecordReceipt,
)
from services.infra_review.domain.notification import File, Filing, notification
from services.infra_review.domain.operator import FileChangeOfParticulars, operator
from services.infra_review.domain.plan_changes import ReportChange
from services.infra_review.domain.post_review import Reopening, ReviewAgain, post_review
from services.infra_review.domain.releasing import EndByRelease
from services.infra_review.domain.review import PlanFreed, Review
from services.infra_review.domain.standstill import Extend, RecordDelivery
from services.platform.law.procedure import Refusal
from services.platform.shared.inquiry import Inspect
from services.platform.shared.words import PassDay
from tests.services.infra_review.conftest import (
    CLOCK,
    COMPANY,
    METI,
    NECESSITY,
    POWER,
    Story,
    a_plan,
    designated,
    given,
    recommended_change,
)
from tests.services.infra_review.test_change import important, reported

RECOMMEND = Recommend("change_plan", "Change it.", "Likely.", NECESSITY)


class Draft:
    """The draft of a change, driven day by day beside the plan it would change."""

    def __init__(self, original: Story, on: str) -> None:
        self.original = original
        plan = important(original.state.plan)
        command = ChangeFiling(FileChange("notification-1", plan), original.state)
        self.state = change.fold(change.decide(Review(), power("file_change"), command, given(COMPANY, on)))

    def does(self, who: Any, name: str, command: Any, on: str) -> tuple[Any, ...]:
        acts = change.decide(self.state, power(name), command, given(who, on))
        self.state = change.fold(acts, self.state)
        return acts

    def told(self, on: str) -> tuple[Any, ...]:
        """What follows from the news of its original."""
        try:
            return self.does(CLOCK, "follow_original", FollowOriginal(self.original.state.as_original()), on)
        except Refusal as refusal:
            if refusal.code not in ("original_already_followed", "case_over"):
                raise
            return ()

    def passes(self, on: str) -> tuple[Any, ...]:
        try:
            return self.does(CLOCK, "end_standstill", PassDay(), on)
        except Refusal:
            return ()

    @property
    def stage(self) -> str:
        return change.stage(self.state).name


def power(name: str) -> Any:
    return change.powers[name].decide


# ---- 54(1), (2): a change and its original ----


def test_a_change_frees_nothing_that_its_original_still_bars(story):
    story.accepted("2026-06-01").extended("2026-06-10", until=date(2026, 9, 30))
    draft = Draft(story, "2026-06-12")
    draft.does(METI, "accept", Accept(), "2026-06-12")
    [waits] = draft.passes("2026-07-12")
    assert (type(waits).__name__, draft.stage) == ("FreedomAwaitsOriginal", "AwaitOriginal")
    assert draft.passes("2026-08-01") == ()
    assert draft.told("2026-09-30") == ()
    story.passes("2026-10-01")
    assert draft.told("2026-10-01")[-1] == PlanFreed(date(2026, 10, 1), "standstill_over")
    assert draft.stage == "Freed"


def test_an_original_extended_after_the_draft_was_filed_bars_it_too(story):
    story.accepted("2026-06-01")
    draft = Draft(story, "2026-06-12")
    draft.does(METI, "accept", Accept(), "2026-06-12")
    story.extended("2026-06-20", until=date(2026, 9, 30))
    draft.told("2026-06-20")
    assert draft.state.original.barred_until == date(2026, 9, 30)
    draft.passes("2026-07-12")
    assert draft.stage == "AwaitOriginal"


def test_a_change_of_a_free_plan_is_free_by_its_own_standstill(story):
    story.accepted("2026-06-01").passes("2026-07-01")
    draft = Draft(story, "2026-07-06")
    draft.does(METI, "accept", Accept(), "2026-07-08")
    assert draft.passes("2026-08-07") == (PlanFreed(date(2026, 8, 7), "standstill_over"),)


@pytest.mark.parametrize("how", ["withdrawn", "stopped", "released"])
def test_a_change_ends_with_the_plan_it_would_change(story, how):
    story.accepted("2026-06-01")
    draft = Draft(story, "2026-06-03")
    draft.does(METI, "accept", Accept(), "2026-06-03")
    if how == "withdrawn":
        from services.infra_review.domain.filing import Withdraw

        story.does(COMPANY, "withdraw", Withdraw(), "2026-06-10")
    elif how == "stopped":
        story.recommended("2026-06-05", kind="stop").answered("2026-06-08", accepts=True)
        story.stopped("2026-06-10")
    else:
        story.does(CLOCK, "end_by_release", EndByRelease("operator-1", date(2026, 6, 10)), "2026-06-10")
    draft.told("2026-06-10")
    assert draft.state.original.ended == how
    assert draft.stage == "OriginalEnded"
    assert draft.passes("2026-07-12") == ()
    assert change.allowed(draft.state, given(METI, "2026-06-11")) == ()


def test_a_change_waits_while_an_order_or_an_accepted_recommendation_binds_its_original(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=True)
    draft = Draft(story, "2026-06-09")
    draft.does(METI, "accept", Accept(), "2026-06-09")
    draft.passes("2026-07-10")
    assert draft.stage == "AwaitOriginal"
    story.changed("2026-08-03")
    assert draft.told("2026-08-03")[-1] == PlanFreed(date(2026, 8, 3), "standstill_over")


def test_nothing_is_reported_of_a_plan_that_a_later_one_has_taken_the_place_of(story):
    story.accepted("2026-06-01").passes("2026-07-01")
    draft = Draft(story, "2026-07-06")
    draft.does(METI, "accept", Accept(), "2026-07-08")
    draft.passes("2026-08-07")
    superseded = replace(story.state, amended_by="change-1")
    command = ReportChange(reported(story.state.plan), later=draft.state)
    with pytest.raises(Refusal) as refused:
        notification.decide(
            superseded,
            notification.powers["report_change"].decide,
            command,
            given(COMPANY, "2026-08-10"),
        )
    assert (refused.value.code, refused.value.facts["case"]) == ("changed_since", "change-1")


# ---- 52(7), (8): the answer ----


def test_an_answer_inside_its_ten_days_is_lawful_though_the_standstill_is_over(story):
    story.accepted("2026-06-01").recommended("2026-06-29")
    assert story.state.answer_due.last_day == date(2026, 7, 8)
    story.passes("2026-07-01")
    assert (story.state.freed.free_from, story.stage) == (date(2026, 7, 1), "AwaitAnswer")
    [given_in_time] = story.does(COMPANY, "answer", Answer(True), "2026-07-02")
    assert (given_in_time.late, story.stage) == (False, "AwaitChangedPlan")
    story.changed("2026-07-20")
    assert story.stage == "Freed"


def test_a_late_answer_is_recorded_as_late_and_an_acceptance_binds(story):
    story.recommended("2026-06-05").passes("2026-06-16")
    [late] = story.does(COMPANY, "answer", Answer(True), "2026-06-19")
    assert (late.late, story.stage) == (True, "AwaitChangedPlan")
    assert "answered_late" in [
        one.code for one in cautions.of_review(story.state, date(2026, 6, 19), "party")
    ]


def test_a_receipt_proved_after_the_standstill_is_recorded_as_late(story):
    story.accepted("2026-06-01").recommended("2026-06-25", delivery="in_writing").passes("2026-07-01")
    assert story.stage == "AwaitAnswer"
    receipt = RecordReceipt(date(2026, 6, 29), "registered mail 1234")
    received, *_ = story.does(METI, "record_receipt", receipt, "2026-07-06")
    assert received.late
    assert story.clock("52(7)").last_day == date(2026, 7, 8)
    story.answered("2026-07-08", accepts=True)
    assert story.stage == "AwaitChangedPlan"


def test_reasons_that_come_after_a_finding_on_silence_are_assessed_anew(story):
    story.recommended("2026-06-05").assessed("2026-06-16", False).answered("2026-06-17", accepts=False)
    story.consulted("order", "2026-06-17")
    refused = story.refuses(METI, "order", GiveOrder("x", "x", NECESSITY), "2026-06-18")
    assert refused.code == "refusal_not_assessed"


# ---- 52(8): the plan with the change that was recommended ----


def refiling(plan: Any) -> FileChangedPlan:
    return FileChangedPlan(plan)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda plan: plan, "unchanged"),
        (lambda plan: replace(plan, business="transmission"), "another_business"),
        (
            lambda plan: replace(plan, equipment=replace(plan.equipment, kind="grid_stabilisation")),
            "another_equipment",
        ),
    ],
)
def test_a_plan_that_cannot_be_the_recommended_one_is_refused(story, made, why):
    from services.infra_review.domain.measures.powers import refuse_another_change

    story.recommended("2026-06-05").answered("2026-06-08", accepts=True)
    plan = made(story.state.plan)
    with pytest.raises(Refusal) as refused:
        refuse_another_change(story.state.plan, refiling(plan), date(2026, 6, 9))
    assert (refused.value.code, refused.value.article) == ("not_the_recommended_change", "52(8)")
    assert refused.value.facts["why"] == why
    if why == "unchanged":
        refused_there = story.refuses(COMPANY, "file_changed_plan", refiling(plan), "2026-06-09")
        assert refused_there.code == "not_the_recommended_change"
        assert story.stage == "AwaitChangedPlan"


def test_the_ministry_s_finding_is_recorded_and_another_change_leaves_the_operator_bound(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=True).changed("2026-06-10")
    assert story.state.measures.changed == ("/measures/1",) or story.state.measures.changed
    assert story.stage == "Freed"
    story.does(METI, "find_compliance", FindCompliance(False, "Another measure."), "2026-06-11")
    assert (story.stage, story.state.freed) == ("AwaitChangedPlan", None)
    again = recommended_change(recommended_change(a_plan(date(2026, 9, 20), date(2026, 5, 30))))
    story.does(COMPANY, "file_changed_plan", FileChangedPlan(again), "2026-06-12")
    story.does(METI, "find_compliance", FindCompliance(True, "It is the one."), "2026-06-15")
    assert story.stage == "Freed"
    refused = story.refuses(METI, "find_compliance", FindCompliance(True, "Again."), "2026-06-16")
    assert refused.code == "nothing_to_find"


# ---- 50(3), 96(vi) ----


@pytest.mark.parametrize(
    ("filed", "late"), [("2026-09-20", False), ("2026-09-21", False), ("2026-09-22", True)]
)
def test_a_change_of_name_filed_on_a_sunday_a_fortnight_before_is_in_time(filed, late):
    state = designated()
    command = FileChangeOfParticulars(date(2026, 10, 5), name="新社名")
    decide = operator.powers["file_change_of_particulars"].decide
    [filing] = operator.decide(state, decide, command, given(COMPANY, filed))
    assert filing.late is late
    held = operator.fold((filing,), state)
    assert [one.article for one in penalties.in_designation(held)] == (["96(vi)"] if late else [])


# ---- 51: release ends what is pending ----


def test_release_ends_what_is_pending_and_what_could_follow(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=True)
    story.does(CLOCK, "end_by_release", EndByRelease("operator-1", date(2026, 6, 10)), "2026-06-10")
    assert story.stage == "DesignationReleased"
    for who in (COMPANY, METI):
        assert notification.allowed(story.state, given(who, "2026-06-11")) == ()
    twice = EndByRelease("operator-1", date(2026, 6, 10))
    assert story.refuses(CLOCK, "end_by_release", twice, "2026-06-12").code == "designation_released"
    assert penalties.in_review(story.state, date(2026, 6, 12)) == ()


def test_a_released_operator_changes_nothing_and_its_equipment_is_not_reviewed_again(story):
    story.accepted("2026-06-01").passes("2026-07-01")
    story.does(CLOCK, "end_by_release", EndByRelease("operator-1", date(2026, 8, 1)), "2026-08-01")
    with pytest.raises(Refusal) as refused:
        Draft(story, "2026-08-02")
    assert refused.value.code == "plan_does_not_stand"
    decision = ReviewAgain("notification-1", "Likely.", NECESSITY, "It was bought.")
    with pytest.raises(Refusal) as refused:
        post_review.decide(
            post_review.initial,
            post_review.powers["open_review"].decide,
            Reopening(decision, story.state),
            given(METI, "2026-08-02"),
        )
    assert (refused.value.code, refused.value.article) == ("designation_released", "51")


# ---- Orders 18, 19, 22: handing over ----


def test_an_extension_not_handed_over_before_the_end_does_not_hold(story):
    story.accepted("2026-06-01")
    story.does(METI, "extend", Extend("review", NECESSITY, date(2026, 8, 31)), "2026-06-25")
    assert story.state.standstill.last_day == date(2026, 6, 30)
    assert story.passes("2026-07-01") == (PlanFreed(date(2026, 7, 1), "standstill_over"),)
    [act] = story.does(
        METI, "record_delivery", RecordDelivery("extension", date(2026, 7, 1), "x"), "2026-07-02"
    )
    assert (act.holds, story.stage) == (False, "Freed")


def test_an_extension_handed_over_in_time_holds_however_late_that_is_proved(story):
    story.accepted("2026-06-01")
    story.does(METI, "extend", Extend("review", NECESSITY, date(2026, 8, 31)), "2026-06-25")
    story.passes("2026-07-01")
    story.delivered("extension", "2026-07-03", received_on=date(2026, 6, 30))
    assert (story.stage, story.state.standstill.last_day) == ("ExtendedStandstill", date(2026, 8, 31))


def test_the_handing_over_of_a_shortening_and_of_an_order_is_recorded(story):
    story.accepted("2026-06-01").shortened("2026-06-05", until=date(2026, 6, 20))
    story.delivered("shortening", "2026-06-08")
    again = RecordDelivery("shortening", date(2026, 6, 8), "x")
    assert story.refuses(METI, "record_delivery", again, "2026-06-09").code == "already_delivered"
    other = Story().recommended("2026-06-05").assessed("2026-06-16", False).ordered("2026-06-17")
    receipt = RecordReceipt(date(2026, 6, 18), "registered mail")
    other.does(COMPANY, "record_order_delivery", receipt, "2026-06-19")
    assert other.state.measures.order.delivered_on == date(2026, 6, 18)


# ---- 54(3), (4): told while bound ----


def test_a_new_representative_is_reported_while_an_accepted_recommendation_binds(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=True)
    plan = reported(story.state.plan)
    story.does(COMPANY, "report_change", ReportChange(plan), "2026-06-10")
    assert story.stage == "AwaitChangedPlan"
    assert "96(vii)" in [one.article for one in penalties.in_review(story.state, date(2026, 6, 10))]


# ---- 58(2), 55(2) ----


def test_an_inspection_needs_no_request_before_it():
    visit = Inspect("富山県富山市1-1", ("METI-0042",), "Nothing unusual.", date(2026, 6, 5))
    decision = InspectFirst(POWER, "general_transmission_distribution", "52(6)", NECESSITY, visit)
    acts = inquiry.decide(
        inquiry.initial,
        inquiry.powers["begin_inspection"].decide,
        Inspecting(decision, ("METI",), True),
        given(METI, "2026-06-05"),
    )
    state = inquiry.fold(acts)
    assert [type(act).__name__ for act in acts] == ["InspectionBegun", "Inspected"]
    assert inquiry.stage(state).name == "Inspecting"
    assert "give_information" not in inquiry.allowed(state, given(COMPANY, "2026-06-06"))
    with pytest.raises(Refusal) as refused:
        inquiry.decide(
            inquiry.initial,
            inquiry.powers["begin_inspection"].decide,
            Inspecting(decision, ("METI",), False),
            given(METI, "2026-06-05"),
        )
    assert (refused.value.code, refused.value.article) == ("not_designated", "58(2)")


def test_what_was_done_in_an_emergency_needs_no_change_of_circumstances_though_it_was_changed_since(story):
    story.accepted("2026-06-01").passes("2026-07-01")
    decision = ReviewAgain("change-1", "Likely.", NECESSITY)
    opening = post_review.powers["open_review"].decide
    after_emergency = replace(story.state, after_emergency=True)
    acts = post_review.decide(
        post_review.initial, opening, Reopening(decision, after_emergency), given(METI, "2026-08-03")
    )
    assert post_review.fold(acts).opened.circumstances is None


# ---- Administrative Procedure Act 37; 53; papers ----


def test_a_plan_with_defects_arrives_when_it_is_filed_all_the_same(story):
    plan = a_plan(equipment=None, measures=())
    warned = story.refuses(COMPANY, "file", Filing(File("operator-1", plan), story.operator), "2026-05-11")
    assert warned.code == "plan_incomplete"
    story.filed("2026-05-11", plan=plan, as_it_is=True)
    assert {one.rule for one in story.state.defects} == {e["code"] for e in warned.facts["errors"]}
    assert story.stage == "AwaitAcceptance"
    [flag] = cautions.of_review(story.state, date(2026, 5, 12), "party")
    assert flag.code == "arrived_with_defects"


def test_a_plan_that_waits_long_for_its_acceptance_is_flagged_to_both_sides(story):
    story.filed("2026-05-11")
    assert cautions.of_review(story.state, date(2026, 5, 24), "party") == ()
    [flag] = cautions.of_review(story.state, date(2026, 5, 25), "party")
    assert (flag.code, flag.article) == ("waits_for_acceptance", "52(3)")


def test_a_completed_plan_is_asked_again_whether_it_needs_to_be_filed_at_all(story):
    story.filed("2026-05-11").returned("2026-05-12")
    held = designated("2026-05-04")
    inside = a_plan(begins=date(2026, 11, 4), papers=date(2026, 5, 1))
    refused = story.refuses(COMPANY, "complete", Complete(inside, operator=held), "2026-05-13")
    assert (refused.code, refused.article) == ("no_duty_in_grace", "53(1)")
    story.does(
        COMPANY,
        "complete",
        Complete(
            replace(inside, introduction=replace(inside.introduction, on=date(2026, 11, 5))), operator=held
        ),
        "2026-05-13",
    )


def test_the_completed_draft_of_a_change_is_measured_by_the_papers_of_its_original(story):
    story.accepted("2026-06-01").passes("2026-07-01")
    draft = Draft(story, "2026-07-06")
    from services.infra_review.domain.filing import ReturnForCompletion
    from tests.services.infra_review.conftest import Shortcoming

    missing = Shortcoming("/plan", "x", "54(1)", "x")
    draft.does(METI, "return_for_completion", ReturnForCompletion((missing,)), "2026-07-07")
    plan = draft.state.plan
    supplier = replace(plan.introduction.supplier, registry=None)
    bare = replace(plan, introduction=replace(plan.introduction, supplier=supplier))
    with pytest.raises(Refusal) as refused:
        draft.does(COMPANY, "complete", Complete(bare), "2026-07-08")
    assert {one["code"] for one in refused.value.facts["errors"]} == {"registry_missing"}
    draft.does(COMPANY, "complete", Complete(bare, before=story.state.plan), "2026-07-08")


# ---- Penalties ----


def test_what_began_before_it_was_notified_is_shown_with_its_provision(story):
    plan = a_plan(begins=date(2026, 5, 1), papers=date(2026, 4, 20))
    story.filed("2026-05-11", plan=plan, as_it_is=True)
    assert "92(1)(i)" in [one.article for one in penalties.in_review(story.state, date(2026, 5, 12))]
    flags = [one.code for one in cautions.of_review(story.state, date(2026, 5, 12), "official")]
    assert "begun_before_notified" in flags


def test_a_report_of_an_emergency_long_after_it_is_flagged():
    from services.infra_review.domain.emergency import emergency
    from tests.services.infra_review.test_post_review import report

    stale = emergency.fold(report("2026-05-08", "2026-06-08"))
    fresh = emergency.fold(report("2026-05-08", "2026-05-11"))
    assert [one.code for one in cautions.of_emergency(stale, "official")] == ["reported_long_after"]
    assert cautions.of_emergency(fresh, "official") == ()
    assert [one.article for one in penalties.in_emergency(fresh)] == ["92(1)(i)", "92(1)(v)"]


def test_an_order_about_equipment_in_use_names_its_day_and_is_flagged_after_it():
    from tests.services.infra_review.test_post_review import Again

    again = Again().recommended(on="2027-02-10")
    again.does(METI, "assess_refusal", AssessRefusal(False, "None."), "2027-02-20")
    again.consulted("order", "2027-02-20")
    order = GiveOrder("Inspect.", "Likely.", NECESSITY, comply_by=date(2027, 3, 31))
    again.does(METI, "order", order, "2027-02-22")

    def flags(on: date) -> list[str]:
        return [one.code for one in cautions.of_post_review(again.state, on, "party")]

    assert flags(date(2027, 3, 31)) == []
    assert flags(date(2027, 4, 1)) == ["order_overdue"]
    assert [one.article for one in penalties.of_measures(again.state.measures)] == ["92(1)(iv)"]

"""Art. 54: what is notified before it is changed, what afterwards, what is reported, what is neither."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from services.infra_review.domain.change import ChangeFiling, FileChange, change
from services.infra_review.domain.filing import Accept
from services.infra_review.domain.measures.powers import GiveOrder
from services.infra_review.domain.notification import notification
from services.infra_review.domain.plan_changes import NotifyUrgentChange, ReportChange
from services.infra_review.domain.review import ChangeReported, PlanFreed, Review, UrgentChangeNotified
from services.infra_review.plan.model import Place, Plan
from services.platform.law.procedure import Refusal
from services.platform.shared.words import PassDay
from tests.services.infra_review.conftest import CLOCK, COMPANY, METI, NECESSITY, STRANGER, Story, given


def freed() -> Review:
    """A plan accepted on 2026-06-01 and free since 2026-07-01."""
    story = Story().accepted("2026-06-01")
    story.passes("2026-07-01")
    return story.state


def important(plan: Plan) -> Plan:
    """The plan with another content of the introduction (Order Art. 23(1)(ii))."""
    assert plan.introduction
    return replace(plan, introduction=replace(plan.introduction, content="別の方式への更新"))


def reported(plan: Plan) -> Plan:
    """The plan with another representative of its supplier: neither important nor minor."""
    assert plan.introduction
    assert plan.introduction.supplier
    supplier = replace(plan.introduction.supplier, representative="Otto Braun")
    return replace(plan, introduction=replace(plan.introduction, supplier=supplier))


def minor(plan: Plan) -> Plan:
    """The plan with its factory moved inside the same country (Order Art. 24(i)(c))."""
    assert plan.introduction
    moved = (Place("DE", "Werk 3, Bremen"),)
    return replace(plan, introduction=replace(plan.introduction, factories=moved))


def filing(original: Review, plan: Plan, later: Review | None = None) -> ChangeFiling:
    return ChangeFiling(FileChange("notification-1", plan), original, later)


def refusal(command: ChangeFiling, who=COMPANY, on="2026-07-10") -> Refusal:
    with pytest.raises(Refusal) as refused:
        change.decide(change.initial, change.powers["file_change"].decide, command, given(who, on))
    return refused.value


def drafted(original: Review, on: str = "2026-06-20") -> Review:
    command = filing(original, important(original.plan))
    return change.fold(
        change.decide(change.initial, change.powers["file_change"].decide, command, given(COMPANY, on))
    )


def test_the_draft_of_an_important_change_brings_a_new_standstill_from_its_own_acceptance():
    state = drafted(freed(), "2026-06-22")
    state = change.fold(
        change.decide(state, change.powers["accept"].decide, Accept(), given(METI, "2026-06-24")), state
    )
    assert (state.standstill.article, state.standstill.last_day) == ("54(1), (2)", date(2026, 7, 23))
    acts = change.decide(state, change.powers["end_standstill"].decide, PassDay(), given(CLOCK, "2026-07-24"))
    assert acts == (PlanFreed(date(2026, 7, 24), "standstill_over"),)


def test_the_powers_of_the_review_apply_to_a_change_under_the_article_that_applies_them():
    assert change.powers["order"].article == "54(2), 52(10)"
    assert change.powers["extend"].article == "54(2), 52(4)"
    assert (notification.powers["accept"].article, change.powers["accept"].article) == (
        "52(3)",
        "54(2), 52(3)",
    )
    ours, theirs = (
        set(notification.powers) - {"file"},
        set(change.powers) - {"file_change", "follow_original"},
    )
    assert ours == theirs


def test_an_order_on_a_change_is_bound_to_its_own_standstill():
    state = change.fold(
        change.decide(drafted(freed()), change.powers["accept"].decide, Accept(), given(METI, "2026-06-24")),
        drafted(freed()),
    )
    with pytest.raises(Refusal) as refused:
        change.decide(
            state, change.powers["order"].decide, GiveOrder("x", "x", NECESSITY), given(METI, "2026-07-24")
        )
    assert (refused.value.code, refused.value.article) == ("power_over", "52(10) proviso")


def test_a_change_that_is_not_important_is_told_which_article_it_falls_under():
    original = freed()
    report = refusal(filing(original, reported(original.plan)))
    assert (report.code, report.article) == ("change_not_important", "54(4)")
    assert report.facts["errors"][0]["pointer"] == "#/plan/introduction/supplier/representative"
    nothing = refusal(filing(original, minor(original.plan)))
    assert (nothing.code, nothing.article) == ("change_not_important", "54")


def test_nobody_changes_the_plan_of_another():
    original = freed()
    assert refusal(filing(original, important(original.plan)), who=STRANGER).code == "not_your_act"


def test_a_plan_that_was_never_accepted_or_was_given_up_cannot_be_changed():
    story = Story().filed("2026-06-01")
    command = filing(story.state, important(story.state.plan))
    assert refusal(command, on="2026-06-02").code == "plan_does_not_stand"


def test_while_one_change_is_under_review_no_other_is_filed_and_afterwards_the_newer_plan_is_changed():
    original = replace(freed(), amended_by="change-1")
    under_review = drafted(freed())
    command = filing(original, important(original.plan), later=under_review)
    assert (refusal(command).code, refusal(command).facts["case"]) == ("change_under_review", "change-1")
    accepted = change.fold(
        change.decide(under_review, change.powers["accept"].decide, Accept(), given(METI, "2026-06-24")),
        under_review,
    )
    ended = change.fold(
        change.decide(
            accepted, change.powers["end_standstill"].decide, PassDay(), given(CLOCK, "2026-07-24")
        ),
        accepted,
    )
    since = filing(original, important(original.plan), later=ended)
    assert refusal(since, on="2026-07-25").code == "changed_since"


def report(state: Review, plan: Plan, on: str = "2026-07-10"):
    return notification.decide(
        state, notification.powers["report_change"].decide, ReportChange(plan), given(COMPANY, on)
    )


def test_another_change_is_reported_and_the_plan_is_then_the_changed_one():
    original = freed()
    acts = report(original, reported(original.plan))
    assert [type(act) for act in acts] == [ChangeReported]
    assert acts[0].places == ("/introduction/supplier/representative",)
    assert notification.fold(acts, original).plan.introduction.supplier.representative == "Otto Braun"


@pytest.mark.parametrize(("made", "code"), [(important, "change_is_important"), (minor, "nothing_to_report")])
def test_what_is_important_is_not_merely_reported_and_what_is_minor_need_not_be(made, code):
    original = freed()
    with pytest.raises(Refusal) as refused:
        report(original, made(original.plan))
    assert refused.value.code == code


def test_a_change_that_could_not_wait_is_notified_afterwards():
    original = freed()
    command = NotifyUrgentChange(important(original.plan), date(2026, 7, 9), "The line was down.")
    acts = notification.decide(
        original, notification.powers["notify_urgent_change"].decide, command, given(COMPANY, "2026-07-10")
    )
    assert [type(act) for act in acts] == [UrgentChangeNotified]
    tomorrow = replace(command, changed_on=date(2026, 7, 11))
    with pytest.raises(Refusal) as refused:
        notification.decide(
            original,
            notification.powers["notify_urgent_change"].decide,
            tomorrow,
            given(COMPANY, "2026-07-10"),
        )
    assert refused.value.code == "day_not_yet_come"

"""Arts. 52(11) and 55: what was done in an emergency, and what is reviewed again once it is in use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import pytest

from services.infra_review.domain.emergency import (
    Circumstances,
    Emergency,
    EmergencyFiling,
    ReportEmergency,
    emergency,
)
from services.infra_review.domain.measures.powers import (
    Answer,
    AssessRefusal,
    FileChangedPlan,
    GiveOrder,
    Recommend,
    RecordReceipt,
    Stop,
)
from services.infra_review.domain.measures.state import AnswerNotGiven
from services.infra_review.domain.post_review import (
    CloseReview,
    PostReview,
    Reopening,
    ReviewAgain,
    TakeMeasures,
    post_review,
)
from services.platform.law.procedure import Refusal
from services.platform.shared.consultation import CloseConsultation, Consult, GiveOpinion
from services.platform.shared.words import PRIME_MINISTER, PassDay
from tests.services.infra_review.conftest import (
    CAO,
    CLOCK,
    COMPANY,
    METI,
    MLIT,
    NECESSITY,
    Story,
    a_plan,
    at,
    designated,
    given,
    recommended_change,
)

URGENT = Circumstances("The control line failed.", "Supply would have stopped.", "No spare was left.")


def freed():
    story = Story().accepted("2026-06-01")
    story.passes("2026-07-01")
    return story.state


def report(done_on: str, on: str, operator=None) -> tuple[Any, ...]:
    plan = a_plan(begins=date.fromisoformat(done_on), papers=date(2026, 4, 20))
    filed = ReportEmergency("operator-1", plan, date.fromisoformat(done_on), URGENT)
    command = EmergencyFiling(filed, operator or designated())
    return emergency.decide(
        emergency.initial, emergency.powers["report_emergency"].decide, command, given(COMPANY, on)
    )


def emergency_of(done_on: str = "2026-05-08", on: str = "2026-05-11") -> Emergency:
    return emergency.fold(report(done_on, on))


# ---- Emergency ----


def test_what_could_not_wait_is_notified_afterwards_and_has_no_standstill():
    state = emergency_of()
    assert state.report.done_on == date(2026, 5, 8)
    assert emergency.wait(state).over
    assert emergency.deadlines(state) == ()


def test_a_report_of_tomorrow_is_no_report():
    with pytest.raises(Refusal) as refused:
        report("2026-05-12", "2026-05-11")
    assert (refused.value.code, refused.value.article) == ("day_not_yet_come", "52(11)")


def test_what_was_done_inside_the_grace_needs_no_report():
    with pytest.raises(Refusal) as refused:
        report("2026-05-08", "2026-05-11", designated("2026-05-01"))
    assert (refused.value.code, refused.value.article) == ("no_duty_in_grace", "53(1)")


# ---- Review after introduction ----


@dataclass
class Again:
    """A review after introduction, driven day by day."""

    state: PostReview = field(default_factory=PostReview)

    def does(self, who, power, command, on) -> tuple[Any, ...]:
        acts = post_review.decide(self.state, post_review.powers[power].decide, command, given(who, on))
        self.state = post_review.fold(acts, self.state)
        return acts

    def refuses(self, who, power, command, on) -> Refusal:
        with pytest.raises(Refusal) as refused:
            post_review.decide(self.state, post_review.powers[power].decide, command, given(who, on))
        return refused.value

    def opened(self, original=None, circumstances="The supplier was bought.", on="2027-02-01") -> Again:
        decision = ReviewAgain("notification-1", "It is likely now.", NECESSITY, circumstances)
        self.does(METI, "open_review", Reopening(decision, original or freed()), on)
        return self

    def consulted(self, about, on) -> Again:
        self.does(METI, "consult", Consult(about, "Inspect.", NECESSITY), on)
        self.does(CAO, "give_opinion", GiveOpinion(PRIME_MINISTER, "Agreed."), on)
        self.does(METI, "close_consultation", CloseConsultation(), on)
        return self

    def recommended(self, kind="other_measures", on="2027-02-10") -> Again:
        self.opened().consulted("recommendation", on)
        self.does(METI, "recommend", Recommend(kind, "Inspect.", "Likely.", NECESSITY), on)
        receipt = RecordReceipt(date.fromisoformat(on), "registered mail 1234")
        self.does(METI, "record_receipt", receipt, on)
        return self

    @property
    def stage(self) -> str:
        return post_review.wait(self.state).stage


@pytest.fixture
def again() -> Again:
    return Again()


def test_a_plan_is_reviewed_again_only_when_circumstances_have_changed(again):
    decision = ReviewAgain("notification-1", "It is likely now.", NECESSITY)
    refused = again.refuses(METI, "open_review", Reopening(decision, freed()), "2027-02-01")
    assert (refused.code, refused.article) == ("circumstances_needed", "55(1)")
    again.does(METI, "open_review", Reopening(decision, emergency_of()), "2027-02-01")
    assert again.stage == "AwaitRecommendation"


def test_a_plan_still_barred_is_not_reviewed_again(again):
    decision = ReviewAgain("notification-1", "Likely.", NECESSITY, "War.")
    barred = Story().accepted("2026-06-01").state
    assert (
        again.refuses(METI, "open_review", Reopening(decision, barred), "2026-06-02").code == "not_free_yet"
    )


def test_another_ministry_opens_no_review(again):
    decision = ReviewAgain("notification-1", "Likely.", NECESSITY, "War.")
    refused = again.refuses(MLIT, "open_review", Reopening(decision, freed()), "2027-02-01")
    assert refused.code == "not_your_act"


def test_a_recommendation_needs_a_consultation_here_too(again):
    again.opened()
    recommend = Recommend("other_measures", "Inspect.", "Likely.", NECESSITY)
    refused = again.refuses(METI, "recommend", recommend, "2027-02-10")
    assert (refused.code, refused.article) == ("not_consulted", "56(1)")


def test_the_answer_has_ten_days_moved_off_closed_days(again):
    again.recommended(on="2027-02-10")  # Friday 19 February
    assert again.state.answer_due.last_day == date(2027, 2, 19)
    [late] = again.does(COMPANY, "answer", Answer(True), at("2027-02-20", time(0)))
    assert late.late


def test_there_is_no_last_day_for_the_order(again):
    again.recommended(on="2027-02-10")
    assert again.does(CLOCK, "end_answer_period", PassDay(), "2027-03-01") == (
        AnswerNotGiven(date(2027, 2, 19)),
    )
    again.does(METI, "assess_refusal", AssessRefusal(False, "Nothing kept it."), "2027-03-02")
    again.consulted("order", "2029-01-15")
    again.does(METI, "order", GiveOrder("Inspect.", "Likely.", NECESSITY), "2029-01-16")
    assert again.stage == "AwaitCompliance"


def test_an_order_waits_for_the_ten_days(again):
    again.recommended(on="2027-02-10").consulted("order", "2027-02-12")
    refused = again.refuses(METI, "order", GiveOrder("x", "x", NECESSITY), "2027-02-19")
    assert refused.code == "answer_outstanding"


def test_other_measures_are_taken_without_a_changed_plan(again):
    again.recommended("other_measures").does(COMPANY, "answer", Answer(True), "2027-02-12")
    again.does(COMPANY, "take_measures", TakeMeasures("Inspected on 15 February."), "2027-02-16")
    assert again.stage == "Complied"
    assert post_review.allowed(again.state, given(COMPANY, "2027-02-17")) == ()


def test_a_change_of_the_plan_is_not_met_by_a_statement(again):
    again.recommended("change_plan").does(COMPANY, "answer", Answer(True), "2027-02-12")
    refused = again.refuses(COMPANY, "take_measures", TakeMeasures("Done."), "2027-02-16")
    assert refused.code == "measures_need_a_plan_or_a_stop"
    plan = recommended_change(a_plan(begins=date(2027, 6, 1), papers=date(2027, 2, 1)))
    again.does(COMPANY, "file_changed_plan", FileChangedPlan(plan), "2027-02-16")
    assert again.stage == "Complied"


def test_a_stop_ends_the_review(again):
    again.recommended("stop").does(COMPANY, "answer", Answer(True), "2027-02-12")
    again.does(COMPANY, "stop", Stop(), "2027-02-16")
    assert again.stage == "Complied"


def test_a_review_without_a_recommendation_is_closed_with_its_reasons(again):
    again.opened().does(METI, "close_review", CloseReview("The doubt is gone."), "2027-02-09")
    assert again.stage == "Closed"
    assert again.refuses(METI, "close_review", CloseReview("Again."), "2027-02-10").code == "not_under_review"

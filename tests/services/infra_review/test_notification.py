"""Arts. 52 and 53, sentence by sentence."""

from __future__ import annotations

from datetime import date, time

import pytest
from msgspec.structs import replace

from services.infra_review import cautions
from services.infra_review.domain.filing import Accept, Complete, Withdraw
from services.infra_review.domain.measures.powers import (
    Answer,
    AssessRefusal,
    FileChangedPlan,
    GiveOrder,
    Recommend,
    RecordReceipt,
    Stop,
)
from services.infra_review.domain.measures.state import AnswerNotGiven, RecommendationReceived
from services.infra_review.domain.notification import File, Filing, notification
from services.infra_review.domain.review import PlanFreed
from services.infra_review.domain.standstill import Extend, Shorten
from services.platform.law.parties import standing
from services.platform.shared.consultation import CloseConsultation, Consult, GiveOpinion
from services.platform.shared.words import CABINET_OFFICE, PRIME_MINISTER
from tests.services.infra_review.conftest import (
    CAO,
    COMPANY,
    LAWYER,
    METI,
    MLIT,
    NECESSITY,
    STRANGER,
    Story,
    a_plan,
    at,
    designated,
    given,
)

RECOMMEND = Recommend("change_plan", "Change it.", "Likely.", NECESSITY)
ORDER = GiveOrder("Change it.", "Likely.", NECESSITY)


# ---- Filing, arrival and acceptance ----


def test_the_whole_story_from_filing_to_freedom(story):
    story.filed("2026-05-11").returned("2026-05-13")
    assert story.stage == "AwaitCompletion"
    story.completed("2026-05-18").accepted("2026-05-20")
    assert story.clock("52(3)").last_day == date(2026, 6, 18)
    story.extended("2026-06-10", until=date(2026, 8, 31))
    assert story.stage == "ExtendedStandstill"
    story.recommended("2026-06-24")
    assert story.stage == "AwaitAnswer"
    story.answered("2026-07-03", accepts=True)
    assert story.stage == "AwaitChangedPlan"
    story.changed("2026-07-21")
    assert story.stage == "Freed"
    assert story.acts[-1] == PlanFreed(date(2026, 7, 21), "changed_plan_filed")


def test_arrival_and_acceptance_are_two_recorded_moments(story):
    story.filed("2026-05-11").accepted("2026-05-20")
    assert story.state.arrived_at == at("2026-05-11", time(12))
    assert story.state.accepted_at == at("2026-05-20", time(12))
    assert story.state.standstill.day_one == date(2026, 5, 20)


def test_the_day_of_acceptance_is_the_day_in_japan(story):
    story.filed("2026-05-29")
    story.does(METI, "accept", Accept(), at("2026-06-01", time(0, 0, 1)))
    assert story.state.standstill.last_day == date(2026, 6, 30)


def test_the_thirty_days_are_not_moved_off_the_year_end(story):
    story.accepted("2025-12-05")
    assert (story.state.standstill.last_day, story.state.standstill.free_from) == (
        date(2026, 1, 3),
        date(2026, 1, 4),
    )


def test_a_plan_with_defects_is_refused_with_all_of_them_at_once(story):
    plan = a_plan(equipment=None, measures=())
    refused = story.refuses(COMPANY, "file", Filing(File("operator-1", plan), story.operator), "2026-05-11")
    assert (refused.code, refused.article) == ("plan_incomplete", "52(2)")
    assert {"equipment_missing"} < {error["code"] for error in refused.facts["errors"]}
    assert all(error["pointer"].startswith("#/plan") for error in refused.facts["errors"])
    assert all(error["article"] and error["message_ja"] for error in refused.facts["errors"])


def test_papers_older_than_three_months_are_refused_with_the_order_that_asks_for_them(story):
    plan = a_plan(papers=date(2026, 2, 10))
    refused = story.refuses(COMPANY, "file", Filing(File("operator-1", plan), story.operator), "2026-05-11")
    assert refused.code == "plan_incomplete"
    assert all("9(2)" in error["article"] for error in refused.facts["errors"])


def test_a_returned_plan_cannot_be_accepted_until_it_is_completed(story):
    story.filed("2026-05-11").returned("2026-05-13")
    assert story.refuses(METI, "accept", Accept(), "2026-05-14").code == "returned_for_completion"
    story.completed("2026-05-15").accepted("2026-05-18")


def test_nothing_can_be_completed_that_was_not_returned(story):
    story.filed("2026-05-11")
    assert story.refuses(COMPANY, "complete", Complete(a_plan()), "2026-05-12").code == "nothing_to_complete"


def test_a_plan_is_accepted_once(story):
    story.accepted("2026-06-01")
    assert story.refuses(METI, "accept", Accept(), "2026-06-02").code == "already_accepted"


# ---- Who ----


def test_an_agent_with_a_mandate_files_for_the_operator(story):
    story.filed("2026-05-11", who=LAWYER)
    assert "withdraw" in notification.allowed(story.state, given(LAWYER, "2026-05-12"))


def test_an_agent_without_a_mandate_does_not(story):
    filing = Filing(File("operator-1", a_plan()), story.operator)
    assert story.refuses(STRANGER, "file", filing, "2026-05-11").code == "not_your_act"


def test_an_official_of_another_ministry_can_do_nothing(story):
    story.accepted("2026-06-01")
    assert notification.allowed(story.state, given(MLIT, "2026-06-02")) == ()
    refused = story.refuses(MLIT, "extend", Extend("review", NECESSITY), "2026-06-02")
    assert (refused.code, refused.article) == ("not_your_act", "52(4)")


def test_the_operator_cannot_accept_its_own_filing(story):
    story.filed("2026-05-11")
    assert story.refuses(COMPANY, "accept", Accept(), "2026-05-11").code == "not_your_act"


# ---- Under which designation ----


def test_a_released_operator_cannot_file(story):
    from services.infra_review.domain.operator import Release, operator

    released = operator.decide(
        story.operator, operator.powers["release"].decide, Release("Sold."), given(METI, "2026-05-01")
    )
    filing = Filing(File("operator-1", a_plan()), operator.fold(released, story.operator))
    assert story.refuses(COMPANY, "file", filing, "2026-05-11").code == "not_designated"


def test_a_plan_for_another_business_than_designated_is_refused(story):
    plan = a_plan(business="transmission")
    refused = story.refuses(COMPANY, "file", Filing(File("operator-1", plan), story.operator), "2026-05-11")
    assert (refused.code, refused.article) == ("another_business", "52(1)")
    assert refused.facts == {"plan": "transmission", "designated": "general_transmission_distribution"}


@pytest.mark.parametrize(
    ("begins", "code"), [(date(2026, 11, 4), "no_duty_in_grace"), (date(2026, 11, 5), None)]
)
def test_an_introduction_inside_the_six_months_needs_no_notification_one_after_them_does(story, begins, code):
    filing = Filing(File("operator-1", a_plan(begins=begins)), designated("2026-05-04"))
    if code is None:
        story.does(COMPANY, "file", filing, "2026-05-11")
        return
    refused = story.refuses(COMPANY, "file", filing, "2026-05-11")
    assert (refused.code, refused.article) == (code, "53(1)")
    assert refused.facts["last_day"] == date(2026, 11, 4)


# ---- The standstill ----


def test_silence_to_the_end_of_the_standstill_frees_the_plan(story):
    story.accepted("2026-06-01")
    assert story.passes(at("2026-06-30", time(23, 59, 59))) == ()
    assert story.passes(at("2026-07-01", time(0))) == (PlanFreed(date(2026, 7, 1), "standstill_over"),)
    assert notification.wait(story.state).over


def test_the_day_of_freedom_is_the_true_one_however_late_the_clock(story):
    story.accepted("2026-06-01")
    assert story.passes("2026-07-09") == (PlanFreed(date(2026, 7, 1), "standstill_over"),)
    assert story.passes("2026-07-10") == ()


def test_extension_then_shortening(story):
    story.accepted("2026-05-15").extended("2026-06-12")
    assert story.clock("52(4)").last_day == date(2026, 9, 14)
    story.shortened("2026-07-01", until=date(2026, 7, 10))
    assert story.state.standstill.free_from == date(2026, 7, 11)
    assert story.passes("2026-07-10") == ()
    assert story.passes("2026-07-11") == (PlanFreed(date(2026, 7, 11), "standstill_over"),)


def test_an_extension_beyond_four_months_is_refused_with_the_figures(story):
    story.accepted("2026-05-15")
    refused = story.refuses(METI, "extend", Extend("review", NECESSITY, date(2026, 9, 15)), "2026-06-12")
    assert (refused.code, refused.article) == ("beyond_four_months", "52(4)")
    assert refused.facts == {
        "accepted": date(2026, 5, 15),
        "latest": date(2026, 9, 14),
        "asked": date(2026, 9, 15),
    }
    story.extended("2026-06-13", until=date(2026, 9, 14))


def test_the_last_day_is_still_in_time_to_extend_and_the_next_is_not(story):
    story.accepted("2026-06-01")
    extend = Extend("review", NECESSITY)
    refused = story.refuses(METI, "extend", extend, at("2026-07-01", time(0)))
    assert (refused.code, refused.article) == ("standstill_over", "52(4)")
    story.does(METI, "extend", extend, at("2026-06-30", time(23, 59, 59)))


def test_an_extension_to_an_earlier_day_is_none(story):
    story.accepted("2026-06-01")
    refused = story.refuses(METI, "extend", Extend("review", NECESSITY, date(2026, 6, 30)), "2026-06-12")
    assert refused.code == "not_an_extension"


@pytest.mark.parametrize(
    ("until", "code"),
    [(date(2026, 6, 9), "day_is_past"), (date(2026, 6, 30), "not_a_shortening"), (date(2026, 6, 10), None)],
)
def test_the_standstill_can_be_shortened_to_end_today_at_the_earliest(story, until, code):
    story.accepted("2026-06-01")
    shorten = Shorten(until, "review_not_needed", "Small and ordinary.")
    if code is None:
        story.does(METI, "shorten", shorten, "2026-06-10")
        assert story.state.standstill.free_from == date(2026, 6, 11)
    else:
        assert story.refuses(METI, "shorten", shorten, "2026-06-10").code == code


def test_an_extended_standstill_is_shortened_only_on_a_finding(story):
    story.accepted("2026-06-01").extended("2026-06-12")
    plain = Shorten(date(2026, 7, 10), "not_highly_likely", "Known.")
    assert story.refuses(METI, "shorten", plain, "2026-07-01").code == "already_extended"
    unneeded = Shorten(date(2026, 7, 10), "review_not_needed", "Small.")
    assert story.refuses(METI, "shorten_extension", unneeded, "2026-07-01").code == "ground_not_open"


def test_what_was_shortened_is_extended_again_while_it_runs(story):
    story.accepted("2026-06-01").shortened("2026-06-05", until=date(2026, 6, 20))
    over = story.refuses(METI, "extend", Extend("review", NECESSITY), "2026-06-21")
    assert over.code == "standstill_over"
    story.extended("2026-06-20", until=date(2026, 7, 31))
    assert story.state.standstill.last_day == date(2026, 7, 31)
    flagged = [one.code for one in cautions.of_review(story.state, date(2026, 6, 20), "official")]
    assert "extended_after_shortening" in flagged


def test_a_shortening_does_not_end_the_power_to_recommend(story):
    story.accepted("2026-06-01").shortened("2026-06-05", until=date(2026, 6, 10)).passes("2026-06-11")
    assert story.stage == "Freed"
    flagged = [one.code for one in cautions.of_review(story.state, date(2026, 6, 20), "official")]
    assert "free_while_the_power_runs" in flagged
    story.recommended("2026-06-20").answered("2026-06-22", accepts=True)
    assert story.stage == "AwaitChangedPlan"
    story.changed("2026-06-25")
    assert story.stage == "Freed"
    late = Story().accepted("2026-06-01").shortened("2026-06-05", until=date(2026, 6, 10))
    late.consulted("recommendation", "2026-06-30")
    refused = late.refuses(METI, "recommend", RECOMMEND, "2026-07-01")
    assert (refused.code, refused.article) == ("power_over", "52(6) proviso")


# ---- Consultation ----


def test_nothing_is_recommended_without_consulting_the_prime_minister(story):
    story.accepted("2026-06-01")
    refused = story.refuses(METI, "recommend", RECOMMEND, "2026-06-10")
    assert (refused.code, refused.article) == ("not_consulted", "56(1)")


def test_a_consultation_waits_for_everyone_asked_or_says_why_not(story):
    story.accepted("2026-06-01")
    story.does(METI, "consult", Consult("recommendation", "Change.", NECESSITY, ("総務大臣",)), "2026-06-02")
    story.does(CAO, "give_opinion", GiveOpinion(PRIME_MINISTER, "Agreed."), "2026-06-03")
    refused = story.refuses(METI, "close_consultation", CloseConsultation(), "2026-06-04")
    assert (refused.code, refused.facts["agencies"]) == ("opinions_outstanding", "総務大臣")
    assert story.refuses(METI, "recommend", RECOMMEND, "2026-06-04").code == "not_consulted"
    story.does(METI, "close_consultation", CloseConsultation("It has no opinion."), "2026-06-04")
    story.does(METI, "recommend", RECOMMEND, "2026-06-04")


def test_the_cabinet_office_stands_outside_a_case_until_it_is_consulted(story):
    story.accepted("2026-06-01")
    assert standing(CAO, notification.parties(story.state)) == frozenset()
    story.does(METI, "consult", Consult("recommendation", "Change.", NECESSITY), "2026-06-02")
    assert standing(CAO, notification.parties(story.state)) == {CABINET_OFFICE.name}


def test_only_the_cabinet_office_speaks_for_the_prime_minister(story):
    story.accepted("2026-06-01")
    story.does(METI, "consult", Consult("recommendation", "Change.", NECESSITY, ("総務大臣",)), "2026-06-02")
    forged = GiveOpinion(PRIME_MINISTER, "Agreed.")
    assert story.refuses(METI, "give_opinion", forged, "2026-06-03").code == "not_your_opinion"
    stranger = GiveOpinion("防衛大臣", "No.")
    assert story.refuses(METI, "give_opinion", stranger, "2026-06-03").code == "not_consulted_agency"


def test_a_consultation_about_a_recommendation_does_not_carry_an_order(story):
    story.recommended("2026-06-04").answered("2026-06-05", accepts=False).assessed("2026-06-08", False)
    refused = story.refuses(METI, "order", ORDER, "2026-06-09")
    assert (refused.code, refused.facts["measure"]) == ("not_consulted", "order")
    story.ordered("2026-06-09")


# ---- Recommendation and answer ----


def test_a_recommendation_on_the_last_day_is_in_time_and_one_second_later_is_not(story):
    story.accepted("2026-06-01").consulted("recommendation", "2026-06-29")
    refused = story.refuses(METI, "recommend", RECOMMEND, at("2026-07-01", time(0)))
    assert (refused.code, refused.article) == ("power_over", "52(6) proviso")
    assert refused.facts["last_day"] == date(2026, 6, 30)
    story.does(METI, "recommend", RECOMMEND, at("2026-06-30", time(23, 59, 59)))


def test_the_answer_due_in_golden_week_moves_to_the_first_open_day(story):
    story.recommended(on="2026-04-24")
    assert story.clock("52(7)").last_day == date(2026, 5, 7)
    assert story.clock("52(7)").moved_from == date(2026, 5, 3)


def test_the_answer_can_be_given_on_the_last_moved_day_and_not_after(story):
    story.recommended(on="2026-04-24")
    before = story.state
    [in_time] = story.does(COMPANY, "answer", Answer(True), at("2026-05-07", time(23, 59, 59)))
    assert (in_time.late, story.stage) == (False, "AwaitChangedPlan")
    story.state = before
    [late] = story.does(COMPANY, "answer", Answer(True), at("2026-05-08", time(0)))
    assert (late.late, story.stage) == (True, "AwaitChangedPlan")


def test_the_ten_days_of_a_letter_count_from_its_receipt(story):
    story.recommended("2026-06-05", delivery="in_writing")
    assert story.refuses(COMPANY, "answer", Answer(True), "2026-06-06").code == "not_received"
    story.received("2026-06-12", received_on=date(2026, 6, 10))
    assert story.clock("52(7)").last_day == date(2026, 6, 19)


@pytest.mark.parametrize("day", [date(2026, 6, 4), date(2026, 6, 13)])
def test_a_letter_is_not_received_before_it_is_sent_nor_in_the_future(story, day):
    story.recommended("2026-06-05", delivery="in_writing")
    receipt = RecordReceipt(day, "mail")
    assert story.refuses(METI, "record_receipt", receipt, "2026-06-12").code == "day_out_of_range"


def test_an_operator_that_takes_no_electronic_notices_gets_a_letter(story):
    story.filed("2026-06-01", electronic_notices=False).accepted("2026-06-01")
    story.consulted("recommendation", "2026-06-05")
    electronic = replace(RECOMMEND, delivery="electronic")
    refused = story.refuses(METI, "recommend", electronic, "2026-06-05")
    assert (refused.code, refused.article) == ("no_electronic_notices", "Act 151 of 2002, Art. 7(1)")
    story.does(METI, "recommend", RECOMMEND, "2026-06-05")
    assert not File("operator-1", a_plan()).electronic_notices


def test_a_refusal_gives_its_reasons(story):
    story.recommended("2026-06-05")
    assert story.refuses(COMPANY, "answer", Answer(False), "2026-06-06").code == "refusal_needs_reasons"


def test_who_accepted_is_free_at_once_on_the_changed_plan_and_not_before(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=True)
    assert story.passes("2026-12-01") == ()
    assert story.stage == "AwaitChangedPlan"
    story.changed("2026-12-02")
    assert story.acts[-1] == PlanFreed(date(2026, 12, 2), "changed_plan_filed")


def test_a_recommendation_to_stop_leaves_no_room_for_a_changed_plan(story):
    story.recommended("2026-06-05", kind="stop").answered("2026-06-08", accepts=True)
    refused = story.refuses(COMPANY, "file_changed_plan", FileChangedPlan(a_plan()), "2026-06-09")
    assert refused.code == "stop_is_what_binds"
    story.stopped("2026-06-09")
    assert story.stage == "Stopped"


def test_a_justified_refusal_ends_the_recommendation_and_another_needs_its_own_consultation(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=False).assessed("2026-06-09", True)
    assert story.stage == "Standstill"
    assert story.refuses(METI, "recommend", RECOMMEND, "2026-06-10").code == "not_consulted"
    story.recommended("2026-06-10")


# ---- Order ----


def test_an_order_is_refused_while_the_answer_is_due(story):
    story.recommended("2026-06-05").consulted("order", "2026-06-08")
    refused = story.refuses(METI, "order", ORDER, at("2026-06-15", time(23, 59, 59)))
    assert (refused.code, refused.facts["last_day"]) == ("answer_outstanding", date(2026, 6, 15))


def test_silence_for_ten_days_opens_the_way_to_an_order_with_or_without_a_timer(story):
    story.recommended("2026-06-05").consulted("order", "2026-06-08")
    early = story.refuses(METI, "assess_refusal", AssessRefusal(False, "None."), "2026-06-15")
    assert early.code == "nothing_refused"
    unfounded = story.refuses(METI, "order", ORDER, at("2026-06-16", time(0)))
    assert (unfounded.code, unfounded.article) == ("refusal_not_assessed", "52(10)")
    story.assessed("2026-06-16", False)
    story.does(METI, "order", ORDER, at("2026-06-16", time(0)))
    assert story.stage == "AwaitCompliance"


def test_a_justified_silence_ends_the_recommendation(story):
    story.recommended("2026-06-05").assessed("2026-06-16", True)
    assert story.stage == "Standstill"


def test_the_clock_records_the_silence_by_its_true_last_day(story):
    story.recommended("2026-06-05")
    assert story.passes("2026-06-20") == (AnswerNotGiven(date(2026, 6, 15)),)
    assert story.stage == "AwaitOrder"


def test_an_order_one_second_after_the_end_is_refused_with_the_article(story):
    story.accepted("2026-06-01").recommended("2026-06-15").consulted("order", "2026-06-20")
    refused = story.refuses(METI, "order", ORDER, at("2026-07-01", time(0)))
    assert (refused.code, refused.article) == ("power_over", "52(10) proviso")
    assert refused.see[0].last_day == date(2026, 6, 30)
    story.assessed("2026-06-25", False)
    story.does(METI, "order", ORDER, at("2026-06-30", time(23, 59, 59)))


def test_a_recommendation_too_late_for_its_answer_leaves_no_room_for_an_order(story):
    story.accepted("2026-06-01").recommended("2026-06-25").consulted("order", "2026-06-26")
    assert story.refuses(METI, "order", ORDER, "2026-06-30").code == "answer_outstanding"
    assert story.passes("2026-07-04") == (PlanFreed(date(2026, 7, 1), "standstill_over"),)


def test_a_refusal_must_be_assessed_before_an_order(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=False).consulted("order", "2026-06-08")
    assert story.refuses(METI, "order", ORDER, "2026-06-09").code == "refusal_not_assessed"
    assert "assess_refusal" in notification.allowed(story.state, given(METI, "2026-06-09"))


def test_what_was_accepted_is_not_ordered(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=True)
    assert story.refuses(METI, "order", ORDER, "2026-06-20").code == "recommendation_accepted"


def test_an_order_outlives_the_standstill_and_compliance_frees(story):
    story.recommended("2026-06-05").passes("2026-06-16")
    story.assessed("2026-06-17", False).ordered("2026-06-17")
    assert story.passes("2026-09-01") == ()
    story.changed("2026-09-02")
    assert story.acts[-1] == PlanFreed(date(2026, 9, 2), "changed_plan_filed")


def test_who_was_ordered_and_complies_early_waits_for_the_end_of_the_standstill(story):
    story.recommended("2026-06-05").passes("2026-06-16")
    story.assessed("2026-06-17", False).ordered("2026-06-17").changed("2026-06-22")
    assert story.stage == "Standstill"
    end = story.state.standstill
    assert story.passes(end.last_day) == ()
    assert story.passes(end.free_from) == (PlanFreed(end.free_from, "standstill_over"),)


def test_an_ordered_stop_ends_the_case(story):
    story.recommended("2026-06-05", kind="stop").passes("2026-06-16")
    story.assessed("2026-06-17", False).ordered("2026-06-17").stopped("2026-06-18")
    assert story.stage == "Stopped"


def test_nobody_stops_what_nobody_told_them_to(story):
    story.accepted("2026-06-01")
    assert story.refuses(COMPANY, "stop", Stop(), "2026-06-02").code == "nothing_to_comply_with"


def test_a_plan_can_be_withdrawn_until_something_binds(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=True)
    assert story.refuses(COMPANY, "withdraw", Withdraw(), "2026-06-09").code == "bound_to_comply"


def test_a_withdrawn_plan_is_over(story):
    story.filed("2026-06-01").does(COMPANY, "withdraw", Withdraw(), "2026-06-02")
    assert story.stage == "Withdrawn"
    assert notification.allowed(story.state, given(METI, "2026-06-03")) == ()


def test_acts_after_the_end_are_refused_though_no_timer_ever_ran(story):
    story.recommended("2026-06-05").answered("2026-06-08", accepts=False)
    after = at(story.state.standstill.free_from, time(0))
    assert notification.allowed(story.state, given(METI, after)) == ()
    refused = story.refuses(METI, "assess_refusal", AssessRefusal(False, "No."), after)
    assert (refused.code, refused.article) == ("power_over", "52(10) proviso")


def test_an_electronic_recommendation_is_received_when_it_is_on_the_operator_s_own_file(story):
    story.accepted("2026-06-01").consulted("recommendation", "2026-06-05")
    story.does(METI, "recommend", replace(RECOMMEND, delivery="electronic"), "2026-06-05")
    assert RecommendationReceived not in map(type, story.acts)
    story.does(COMPANY, "record_receipt", RecordReceipt(date(2026, 6, 6), "recorded 09:12"), "2026-06-08")
    assert story.clock("52(7)").last_day == date(2026, 6, 15)

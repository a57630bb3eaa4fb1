"""Arts. 67-71: from the papers' arrival to a designation, to none, or to the end of the review."""

from __future__ import annotations

from datetime import date, time

import pytest
from msgspec.structs import replace

from services.patent.domain.charges import CallForDismissal, DropCharge, Explain, NotifyReasons
from services.patent.domain.hearing import AskOpinion, GiveOpinion
from services.patent.domain.investigation.powers import AskForMaterial
from services.patent.domain.notices import RecordReceipt
from services.patent.domain.security_review import security_review
from services.patent.domain.security_review.powers import (
    AskCorrection,
    Begin,
    DecideNoDesignation,
    Designate,
    EndReview,
    FilePaper,
    FindAbuse,
    FindPublication,
    NoteEnd,
    NoteReceipt,
    NoteSuccession,
    NotifyPossibleDesignation,
)
from services.patent.domain.security_review.state import CorrectionOverdue, DesignationDecided, PaperOverdue
from services.patent.domain.vocabulary import Invention
from services.platform.time.timekeeping import ReminderSent
from tests.services.patent.story import (
    BENRISHI,
    CAO,
    CLOCK,
    INVENTOR,
    JPO,
    MAKER,
    REQUEST,
    SHARED,
    SHARER,
    STEERING,
    SWARM,
    WEIGHING,
    Story,
    at,
)

WHY = "x"
FIRST = "first-review-01KGE8MY00AAAAAAAAAAAAAAAA"
PAPER = FilePaper("A locked room.", (SHARED,))
NOTIFIED = "2026-04-23"
DUE = date(2026, 5, 7)
"""Fourteen days from 2026-04-23, its day left out; the first open day after Golden Week."""
UNTIL = date(2027, 5, 31)
"""One year from 2026-06-01, that day included."""


@pytest.fixture
def case() -> Story:
    return Story(security_review)


def begun(case: Story, on: str = "2026-03-20", *, own: bool = False, electronic: bool = True) -> Story:
    case.does(CLOCK, "begin", Begin(FIRST, SWARM, REQUEST if own else None, (MAKER,), electronic, ()), on)
    return case


def notified(case: Story, on: str = NOTIFIED, **changes) -> Story:
    begun(case, **changes)
    case.does(CAO, "notify_possible_designation", NotifyPossibleDesignation(STEERING), on)
    return case


def kept(case: Story, **changes) -> Story:
    notified(case, **changes).does(INVENTOR, "file_paper", PAPER, "2026-05-01")
    return case


def heard(case: Story, asked: str = "2026-05-08", due: date = date(2026, 5, 22)) -> Story:
    case.does(CAO, "ask_opinion", AskOpinion("The risk and the effect.", due), asked)
    case.does(INVENTOR, "give_opinion", GiveOpinion("It would cost us the market."), "2026-05-20")
    return case


LANDING = Invention("Landing a swarm on a moving deck.", "[0050]")
DESIGNATE = Designate(STEERING, UNTIL, WEIGHING)


class TestTheNoticeAndThePaper:
    def test_fourteen_days_leave_the_day_of_receipt_out_and_move_off_closed_days(self, case) -> None:
        due = notified(case).state.paper_due
        assert (due.day_one, due.last_day) == (date(2026, 4, 24), DUE)
        assert (case.stage, security_review.wait(case.state).until) == (
            "AwaitPaper",
            at("2026-05-08", time(0)),
        )

    def test_on_paper_they_count_from_the_day_it_arrived(self, case) -> None:
        notified(case, electronic=False)
        assert (case.stage, case.state.paper_due) == ("AwaitReceipt", None)
        assert case.allows(INVENTOR, "2026-04-24") == ()
        receipt = RecordReceipt("possible_designation", date(2026, 5, 8), "registered mail")
        case.does(CAO, "record_receipt", receipt, "2026-05-11")
        assert case.state.paper_due.last_day == date(2026, 5, 22)

    def test_with_the_paper_the_operators_are_named(self, case) -> None:
        kept(case)
        assert (case.stage, case.state.notified[0].paper.operators) == ("Judgement", (SHARED,))
        assert case.refuses(INVENTOR, "file_paper", PAPER, "2026-05-02").code == "paper_already_filed"

    def test_silence_is_recorded_by_its_last_day_and_a_late_paper_is_still_taken(self, case) -> None:
        """69(1) lets the Prime Minister end the review; it does not end by itself."""
        notified(case).lapses("2026-05-20")
        assert case.happened(PaperOverdue) == [PaperOverdue(DUE)]
        assert case.stage == "Overdue"
        case.does(BENRISHI, "file_paper", PAPER, "2026-05-21")
        assert (case.stage, case.state.notified[0].late) == ("Judgement", True)
        assert "paper_not_filed" in case.state.grounds

    def test_a_correction_has_the_time_the_prime_minister_sets(self, case) -> None:
        kept(case)
        past = AskCorrection("(ii)", date(2026, 5, 7))
        assert case.refuses(CAO, "ask_correction", past, "2026-05-08").code == "day_is_past"
        case.does(CAO, "ask_correction", AskCorrection("(ii)", date(2026, 5, 17)), "2026-05-08")
        assert case.stage == "AwaitCorrection"
        assert security_review.wait(case.state).until == at("2026-05-18", time(0))
        corrected = replace(PAPER, operators=())
        case.does(INVENTOR, "correct_paper", corrected, "2026-05-17")
        assert (case.stage, case.state.notified[0].paper.operators) == ("Judgement", ())

    def test_a_correction_not_made_is_recorded_and_may_end_the_review(self, case) -> None:
        kept(case).does(CAO, "ask_correction", AskCorrection("(ii)", date(2026, 5, 17)), "2026-05-08")
        case.lapses("2026-06-01")
        assert case.happened(CorrectionOverdue) == [CorrectionOverdue(date(2026, 5, 17))]
        assert (case.stage, "correction_not_made" in case.state.grounds) == ("Overdue", True)

    def test_a_correction_on_paper_is_overdue_only_once_its_notice_arrived_in_time(self, case) -> None:
        """67(11), 69(1): 定められた期間内に補正を行わなかったとき."""
        notified(case, electronic=False)
        came = RecordReceipt("possible_designation", date(2026, 4, 24), WHY)
        case.does(CAO, "record_receipt", came, "2026-04-27")
        case.does(INVENTOR, "file_paper", PAPER, "2026-05-01")
        ask = AskCorrection("(ii)", date(2026, 5, 17))
        case.does(CAO, "ask_correction", ask, "2026-05-08")
        case.lapses("2026-06-01")
        assert case.happened(CorrectionOverdue) == []
        late = RecordReceipt("correction_asked", date(2026, 5, 18), WHY)
        case.does(CAO, "record_receipt", late, "2026-06-01")
        case.lapses("2026-06-02")
        assert (case.happened(CorrectionOverdue), case.stage) == ([], "AwaitCorrection")
        case.does(CAO, "ask_correction", AskCorrection("(ii)", date(2026, 6, 17)), "2026-06-02")
        case.does(CAO, "record_receipt", replace(late, received_on=date(2026, 6, 3)), "2026-06-04")
        case.lapses("2026-06-18")
        assert case.happened(CorrectionOverdue) == [CorrectionOverdue(date(2026, 6, 17))]

    def test_every_request_to_the_applicant_is_notified(self, case) -> None:
        """67(2), (11); Cabinet Office Order 78 of 2023, Art. 3."""
        asked = AskForMaterial("designation", "Test reports.", date(2026, 5, 10))
        kept(case).does(CAO, "ask_for_material", asked, "2026-05-01")
        case.does(CAO, "ask_for_material", replace(asked, of="a university"), "2026-05-01")
        case.does(CAO, "ask_correction", AskCorrection("(ii)", date(2026, 5, 17)), "2026-05-08")
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2026, 5, 22)), "2026-05-08")
        told = [one.kind for one in case.state.notices]
        assert told == ["possible_designation", "material_asked", "correction_asked", "opinion_asked"]

    def test_another_invention_is_notified_with_a_paper_and_time_of_its_own(self, case) -> None:
        """67(9) is of each invention that may be designated, as often as that comes up."""
        kept(case)
        again = NotifyPossibleDesignation(STEERING)
        assert (
            case.refuses(CAO, "notify_possible_designation", again, "2026-05-11").code == "already_notified"
        )
        case.does(CAO, "notify_possible_designation", NotifyPossibleDesignation(LANDING), "2026-05-11")
        assert (case.stage, case.state.paper_due.last_day) == ("AwaitPaper", date(2026, 5, 25))
        heard(case)
        other = replace(DESIGNATE, invention=LANDING, until=date(2027, 5, 24))
        assert case.refuses(CAO, "designate", other, "2026-05-25").code == "paper_time_runs"
        case.does(INVENTOR, "file_paper", replace(PAPER, operators=()), "2026-05-25")
        case.does(CAO, "designate", other, "2026-05-25")
        assert case.happened(DesignationDecided)[0].operators == ()

    def test_the_applicant_is_reminded_of_its_paper_and_the_officials_of_the_ten_months(self, case) -> None:
        notified(case)
        for day in ("2026-04-28", "2026-05-07", "2026-11-17", "2026-12-02"):
            case.lapses(day)
        told = {(one.to, one.period) for one in case.happened(ReminderSent)}
        assert told == {("party", "patent.paper_on_keeping"), ("official", "patent.foreign_filing_ban")}


class TestDesignation:
    def test_the_term_is_set_with_its_day_counted_and_the_factors_weighed(self, case) -> None:
        (act,) = heard(kept(case)).does(CAO, "designate", DESIGNATE, "2026-06-01")
        assert isinstance(act, DesignationDecided)
        assert (act.on, act.until, act.weighing) == (date(2026, 6, 1), UNTIL, WEIGHING)
        assert act.operators == (SHARED,)
        assert case.stage == "Designated"

    @pytest.mark.parametrize("until", [date(2027, 6, 1), date(2026, 5, 31)])
    def test_no_term_is_longer_than_a_year_or_over_before_it_begins(self, case, until) -> None:
        refused = heard(kept(case)).refuses(CAO, "designate", replace(DESIGNATE, until=until), "2026-06-01")
        assert (refused.code, refused.article) == ("beyond_one_year", "70(2)")
        assert refused.facts["longest"] == UNTIL

    def test_nothing_is_designated_that_was_not_notified(self, case) -> None:
        begun(case)
        heard(case)
        assert case.refuses(CAO, "designate", DESIGNATE, "2026-06-01").code == "not_notified"

    def test_no_other_invention_is_designated_than_one_notified(self, case) -> None:
        heard(kept(case))
        refused = case.refuses(CAO, "designate", replace(DESIGNATE, invention=LANDING), "2026-06-01")
        assert (refused.code, refused.article) == ("invention_not_notified", "67(9)")

    def test_a_correction_that_is_awaited_bars_nothing(self, case) -> None:
        heard(kept(case)).does(CAO, "ask_correction", AskCorrection(WHY, date(2026, 6, 30)), "2026-05-22")
        case.does(CAO, "designate", DESIGNATE, "2026-06-01")

    def test_who_was_not_reached_by_the_question_was_not_heard(self, case) -> None:
        """Order 78 of 2023, Art. 3: silence is no answer to what has not arrived."""
        notified(case, electronic=False)
        came = RecordReceipt("possible_designation", date(2026, 4, 24), WHY)
        case.does(CAO, "record_receipt", came, "2026-04-27")
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2026, 5, 22)), "2026-05-08")
        assert case.refuses(CAO, "designate", DESIGNATE, "2026-06-01").code == "applicant_not_heard"
        came = RecordReceipt("opinion_asked", date(2026, 5, 11), WHY)
        case.does(CAO, "record_receipt", came, "2026-06-01")
        case.does(CAO, "designate", DESIGNATE, "2026-06-01")

    def test_while_the_fourteen_days_run_the_applicant_can_still_withdraw(self, case) -> None:
        notified(case)
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2026, 4, 30)), NOTIFIED)
        assert case.refuses(CAO, "designate", DESIGNATE, "2026-05-07").code == "paper_time_runs"
        case.does(CLOCK, "note_end", NoteEnd("withdrawn", date(2026, 5, 7)), "2026-05-07")
        assert case.stage == "ApplicationOver"
        assert case.refuses(CAO, "designate", DESIGNATE, "2026-05-08").code == "review_over"

    def test_without_the_paper_a_designation_can_follow_its_time(self, case) -> None:
        notified(case)
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2026, 4, 30)), NOTIFIED)
        case.does(CAO, "designate", replace(DESIGNATE, until=date(2027, 5, 7)), "2026-05-08")
        assert case.happened(DesignationDecided)[0].operators == ()

    def test_the_applicant_is_heard_before(self, case) -> None:
        refused = kept(case).refuses(CAO, "designate", DESIGNATE, "2026-06-01")
        assert refused.code == "applicant_not_heard"
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2026, 6, 1)), "2026-05-20")
        assert case.refuses(CAO, "designate", DESIGNATE, "2026-06-01").code == "applicant_not_heard"
        late = replace(DESIGNATE, until=date(2027, 6, 1))
        case.does(CAO, "designate", late, "2026-06-02")  # who says nothing in time has been heard

    def test_nobody_but_the_prime_minister_designates(self, case) -> None:
        heard(kept(case))
        for who in (JPO, INVENTOR, BENRISHI):
            assert case.refuses(who, "designate", DESIGNATE, "2026-06-01").code == "not_your_act"


class TestNoDesignation:
    def test_it_can_be_plain_from_the_start(self, case) -> None:
        begun(case).does(CAO, "decide_no_designation", DecideNoDesignation(WHY), "2026-03-23")
        assert case.stage == "NotDesignated"
        assert [told.kind for told in case.state.notices] == ["not_designated"]

    def test_who_was_asked_for_material_is_heard_also_for_that(self, case) -> None:
        """Cabinet Office Order 78 of 2023, Art. 3, proviso."""
        begun(case)
        asked = AskForMaterial("designation", "Test reports.", date(2026, 4, 10))
        case.does(CAO, "ask_for_material", asked, "2026-03-23")
        refused = case.refuses(CAO, "decide_no_designation", DecideNoDesignation(WHY), "2026-04-13")
        assert refused.code == "applicant_was_asked"
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2026, 4, 12)), "2026-04-01")
        case.does(CAO, "decide_no_designation", DecideNoDesignation(WHY), "2026-04-13")

    def test_publishing_is_banned_from_the_notice_until_this_one(self, case) -> None:
        assert not begun(case).state.publishing_banned
        case.does(CAO, "notify_possible_designation", NotifyPossibleDesignation(STEERING), NOTIFIED)
        assert case.state.publishing_banned
        case.does(CAO, "decide_no_designation", DecideNoDesignation(WHY), "2026-05-08")
        assert not case.state.publishing_banned

    def test_the_ban_ends_when_the_answer_is_received_and_not_when_it_is_decided(self, case) -> None:
        """68: 第七十条第一項又は第七十一条の規定による通知を受けるまでの間."""
        heard(kept(case)).does(CAO, "designate", DESIGNATE, "2026-06-01")
        assert case.state.publishing_banned
        case.does(CLOCK, "note_receipt", NoteReceipt(date(2026, 6, 4)), "2026-06-05")
        assert not case.state.publishing_banned


class TestTheEndOfTheReview:
    REASONS = NotifyReasons("paper_not_filed", WHY, date(2026, 6, 12))

    def charged(self, case: Story) -> Story:
        notified(case).lapses("2026-05-08")
        case.does(CAO, "notify_reasons", self.REASONS, "2026-05-29")
        return case

    def test_reasons_come_first_and_time_to_explain(self, case) -> None:
        self.charged(case)
        assert case.stage == "AwaitExplanation"
        refused = case.refuses(CAO, "end_review", EndReview(WHY), "2026-06-12")
        assert (refused.code, refused.facts["due"]) == ("explanation_awaited", date(2026, 6, 12))
        case.does(INVENTOR, "explain", Explain("The post was late."), "2026-06-10")
        case.does(CAO, "end_review", EndReview(WHY), "2026-06-11")
        assert case.stage == "ReviewEnded"

    def test_silence_lets_the_review_end_too(self, case) -> None:
        self.charged(case).lapses("2026-06-13")
        assert case.state.charge.silent
        case.does(CAO, "end_review", EndReview(WHY), "2026-06-15")
        case.does(CLOCK, "note_end", NoteEnd("dismissed", date(2026, 6, 20)), "2026-06-20")
        assert case.stage == "Dismissed"

    def test_it_may_also_go_on(self, case) -> None:
        self.charged(case).does(INVENTOR, "explain", Explain(WHY), "2026-06-10")
        case.does(CAO, "drop_charge", DropCharge(WHY), "2026-06-11")
        assert case.stage == "Overdue"

    @pytest.mark.parametrize("found", [DESIGNATE, DecideNoDesignation(WHY)])
    def test_it_may_lead_to_something_while_reasons_stand_and_then_does_not_end(self, case, found) -> None:
        """69(1) says the review may be ended, and bars neither 70(1) nor 71."""
        heard(self.charged(case))
        power = "designate" if found is DESIGNATE else "decide_no_designation"
        case.does(CAO, power, found, "2026-06-01")
        assert case.state.charge is None
        assert case.refuses(CAO, "end_review", EndReview(WHY), "2026-06-15").code == "review_over"

    def test_silence_to_reasons_that_never_arrived_ends_nothing(self, case) -> None:
        """69(2): 理由を通知し、相当の期間を指定して."""
        notified(case, electronic=False)
        came = RecordReceipt("possible_designation", date(2026, 4, 24), WHY)
        case.does(CAO, "record_receipt", came, "2026-04-27")
        case.lapses("2026-05-29")
        case.does(CAO, "notify_reasons", self.REASONS, "2026-05-29")
        case.lapses("2026-06-20")
        assert (case.stage, case.state.charge.silent) == ("AwaitExplanation", False)
        assert case.refuses(CAO, "end_review", EndReview(WHY), "2026-06-20").code == "notice_not_received"
        late = RecordReceipt("reasons", date(2026, 6, 13), WHY)
        case.does(CAO, "record_receipt", late, "2026-06-20")
        assert case.refuses(CAO, "end_review", EndReview(WHY), "2026-06-20").code == "notice_not_received"
        case.does(CAO, "drop_charge", DropCharge(WHY), "2026-06-20")
        case.does(CAO, "notify_reasons", replace(self.REASONS, explain_by=date(2026, 7, 10)), "2026-06-22")
        case.does(CAO, "record_receipt", replace(late, received_on=date(2026, 6, 23)), "2026-06-24")
        case.lapses("2026-07-11")
        case.does(CAO, "end_review", EndReview(WHY), "2026-07-13")
        assert case.stage == "ReviewEnded"

    def test_a_paper_in_time_is_no_ground(self, case) -> None:
        kept(case)
        refused = case.refuses(CAO, "notify_reasons", self.REASONS, "2026-05-29")
        assert (refused.code, refused.article) == ("charge_without_ground", "69(2)")

    def test_publishing_against_art_68_is_a_ground_once_found(self, case) -> None:
        early = begun(case).refuses(CAO, "find_publication", FindPublication(WHY), "2026-04-01")
        assert early.code == "publishing_not_banned"
        case.does(CAO, "notify_possible_designation", NotifyPossibleDesignation(STEERING), NOTIFIED)
        case.does(CAO, "find_publication", FindPublication("A talk."), "2026-04-30")
        assert "published" in case.state.grounds

    def test_only_an_own_request_can_be_an_abuse(self, case) -> None:
        assert begun(case).refuses(CAO, "find_abuse", FindAbuse(WHY), "2026-04-01").code == "no_own_request"
        own = begun(Story(security_review), own=True)
        own.does(CAO, "find_abuse", FindAbuse(WHY), "2026-04-01")
        assert "abusive_request" in own.state.grounds

    def test_a_filing_abroad_calls_for_a_dismissal_and_ends_no_review(self, case) -> None:
        """78(5), (6): who got the notice of sending filed abroad."""
        begun(case)
        case.does(CAO, "notify_reasons", NotifyReasons("filed_abroad", WHY, date(2026, 4, 20)), "2026-04-06")
        case.does(INVENTOR, "explain", Explain(WHY), "2026-04-10")
        assert case.refuses(CAO, "end_review", EndReview(WHY), "2026-04-13").code == (
            "dismissal_is_to_be_called_for"
        )
        case.does(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-04-13")
        assert case.state.called_for_on == date(2026, 4, 13)
        assert case.state.grounds == ()

    def test_a_charge_of_filing_abroad_bars_no_designation_and_outlasts_it(self, case) -> None:
        """78(5) knows no end of the review; 78(7) waits for the end of the designation."""
        heard(kept(case))
        charge = NotifyReasons("filed_abroad", WHY, date(2026, 6, 20))
        case.does(CAO, "notify_reasons", charge, "2026-05-29")
        case.does(CAO, "designate", DESIGNATE, "2026-06-01")
        assert case.stage == "AwaitExplanation"
        case.lapses("2026-06-21")
        assert case.stage == "Designated"
        case.does(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-06-22")

    def test_on_the_grounds_of_69_no_dismissal_is_called_for(self, case) -> None:
        self.charged(case).does(INVENTOR, "explain", Explain(WHY), "2026-06-10")
        refused = case.refuses(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-06-11")
        assert refused.code == "review_is_to_be_ended"


def test_the_successor_takes_the_applicant_s_place(case) -> None:
    notified(case).does(CLOCK, "note_succession", NoteSuccession((SHARER,)), "2026-04-27")
    assert case.refuses(INVENTOR, "file_paper", PAPER, "2026-04-28").code == "not_your_act"
    again = case.refuses(CLOCK, "note_succession", NoteSuccession((SHARER,)), "2026-04-28")
    assert again.code == "already_heard"


def test_the_review_itself_has_no_end_by_law(case) -> None:
    begun(case).lapses("2031-01-06")
    assert (case.stage, security_review.wait(case.state).until) == ("Review", None)

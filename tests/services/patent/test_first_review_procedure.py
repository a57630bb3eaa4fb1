"""Art. 66: sent or not within three months, and what the Patent Office does afterwards."""

from __future__ import annotations

from datetime import date, time

import pytest
from msgspec.structs import replace

from services.patent.applications import Finding, Origin
from services.patent.domain.first_review import first_review
from services.patent.domain.first_review.powers import (
    AskForExplanation,
    AskNotSentNotice,
    AssignSymbols,
    Dismiss,
    FindFact,
    ForetellDismissal,
    GiveExplanation,
    HearWord,
    JudgeNotToSend,
    NoteReceiptByApplicant,
    NotifyNotSent,
    RecordEnd,
    RecordService,
    RecordStartingPaper,
    RecordSuccession,
    Send,
    TakeIn,
)
from services.patent.domain.first_review.state import PapersSent, ThreeMonthsPassed, ToldDesignation
from services.patent.domain.notices import NoticeIssued, NoticeReceived, RecordReceipt, received_on
from services.patent.domain.vocabulary import PassDay
from services.platform.law.parties import Principal
from services.platform.time.timekeeping import ReminderSent
from tests.services.patent.story import (
    AGENT,
    BENRISHI,
    CAO,
    CLOCK,
    INVENTOR,
    JPO,
    JPO_EXAMINER,
    MAKER,
    REQUEST,
    SHARER,
    STEERING,
    SWARM,
    TEAPOT,
    UNMANDATED,
    Story,
    at,
)

WHY = "x"
TOLD = ToldDesignation(STEERING, date(2027, 5, 31), ())
LAST = "2026-05-02"
"""Three months from the filing on 2026-02-02, its day left out: a Saturday in Golden Week."""


@pytest.fixture
def case() -> Story:
    return Story(first_review)


def taken_in(case: Story, application=SWARM, on: str = "2026-02-10", **changes) -> Story:
    case.does(JPO_EXAMINER, "take_in", TakeIn(application, (MAKER,), **changes), on)
    return case


def sent(case: Story, **changes) -> Story:
    taken_in(case, **changes).does(JPO, "send", Send(WHY), "2026-03-20")
    return case


def heard(case: Story, *words: tuple[str, str]) -> Story:
    """The Prime Minister's words, and the applicant's receipt of the same notices on the same days."""
    for word, on in words:
        day = date.fromisoformat(on)
        case.does(CLOCK, "hear_word", HearWord(word, day, TOLD if word == "designated" else None), on)
        if word in ("designated", "designation_ended"):
            case.does(CLOCK, "note_receipt_by_applicant", NoteReceiptByApplicant(word, day), on)
    return case


class TestSendingWithinThreeMonths:
    def test_the_papers_are_sent_and_the_applicant_is_told_the_same_day(self, case) -> None:
        acts = taken_in(case).does(JPO, "send", Send(WHY), "2026-03-20")
        assert [type(act) for act in acts] == [PapersSent, NoticeIssued, NoticeReceived]
        assert (acts[0].ground, acts[0].items) == ("item_met", (19,))
        assert (acts[1].kind, acts[1].on) == ("sent", date(2026, 3, 20))
        assert case.stage == "Sent"

    @pytest.mark.parametrize(("moment", "sent"), [(time(23, 59, 59), True), (time(0), False)])
    def test_the_last_day_is_one_of_the_three_months_and_no_holiday_moves_it(
        self, case, moment, sent
    ) -> None:
        taken_in(case)
        assert case.state.sending.last_day == date.fromisoformat(LAST)
        if sent:
            case.does(JPO, "send", Send(WHY), at(LAST, moment))
        else:
            refused = case.refuses(JPO, "send", Send(WHY), at("2026-05-03", moment))
            assert (refused.code, refused.article) == ("sending_time_over", "66(1)")

    def test_silence_ends_the_review_by_its_last_day_however_late_that_is_noticed(self, case) -> None:
        taken_in(case)
        assert case.refuses(CLOCK, "end_three_months", PassDay(), LAST).code == "three_months_run"
        case.lapses("2026-05-20")
        assert case.happened(ThreeMonthsPassed) == [ThreeMonthsPassed(date(2026, 5, 2))]
        assert case.stage == "UnsentInTime"
        assert not case.state.held

    def test_the_officials_are_reminded_on_open_days_before_the_end(self, case) -> None:
        taken_in(case)
        for day in ("2026-04-16", "2026-04-27", "2026-05-01"):
            case.lapses(day)
        told = case.happened(ReminderSent)
        assert [(one.to, one.open_days_left) for one in told] == [
            ("official", 10),
            ("official", 3),
            ("official", 0),
        ]

    def test_an_examiner_finds_but_does_not_decide(self, case) -> None:
        taken_in(case)
        assert case.refuses(JPO_EXAMINER, "send", Send(WHY), "2026-03-20").code == "not_your_act"
        judged = JudgeNotToSend("clearly_not_needed", WHY)
        assert case.refuses(JPO_EXAMINER, "judge_not_to_send", judged, "2026-03-20").code == "not_your_act"

    @pytest.mark.parametrize("who", [CAO, INVENTOR, UNMANDATED])
    def test_nobody_but_the_patent_office_sends(self, case, who: Principal) -> None:
        assert taken_in(case).refuses(who, "send", Send(WHY), "2026-03-20").code == "not_your_act"

    def test_what_is_of_no_kind_is_not_sent(self, case) -> None:
        taken_in(case, TEAPOT)
        assert case.refuses(JPO, "send", Send(WHY), "2026-03-20").code == "not_of_the_kind"

    def test_what_is_of_the_kind_stays_only_where_the_review_is_clearly_not_needed(self, case) -> None:
        taken_in(case)
        unfounded = JudgeNotToSend("does_not_fall_under", WHY)
        assert case.refuses(JPO, "judge_not_to_send", unfounded, "2026-03-20").code == "of_the_kind"
        case.does(JPO, "judge_not_to_send", JudgeNotToSend("clearly_not_needed", WHY), "2026-03-20")
        assert case.stage == "NotSent"

    def test_the_own_request_sends_whatever_the_symbols(self, case) -> None:
        own = replace(TEAPOT, requested_on=TEAPOT.filed_on)
        acts = taken_in(case, own, own_request=REQUEST).does(JPO, "send", Send(WHY), "2026-03-20")
        assert acts[0].ground == "own_request"

    def test_the_own_request_comes_with_its_form(self, case) -> None:
        """Order 5 of 2023, Art. 2(1)."""
        own = replace(TEAPOT, requested_on=TEAPOT.filed_on)
        for application, request in ((own, None), (TEAPOT, REQUEST)):
            handed = TakeIn(application, (MAKER,), own_request=request)
            refused = case.refuses(JPO_EXAMINER, "take_in", handed, "2026-02-10")
            assert (refused.code, refused.article) == ("request_and_form_differ", "66(2)")

    def test_an_open_requirement_is_found_with_evidence_before_anything_is_decided(self, case) -> None:
        rocket = replace(SWARM, symbols=("F02K 7/14",))
        taken_in(case, rocket)
        refused = case.refuses(JPO, "send", Send(WHY), "2026-03-20")
        assert refused.code == "facts_not_found"
        assert "defence_or_military_use" in refused.facts["open"]
        not_sent = JudgeNotToSend("does_not_fall_under", WHY)
        assert case.refuses(JPO, "judge_not_to_send", not_sent, "2026-03-20").code == "facts_not_found"
        fact = FindFact("defence_or_military_use", Finding("yes", "claim 3"))
        case.does(JPO_EXAMINER, "find_fact", fact, "2026-03-01")
        acts = case.does(JPO, "send", Send(WHY), "2026-03-20")
        assert (acts[0].ground, acts[0].items) == ("item_met", (23,))

    def test_an_application_not_classified_yet_is_classified_first(self, case) -> None:
        taken_in(case, replace(SWARM, symbols=()))
        bad = case.refuses(JPO_EXAMINER, "assign_symbols", AssignSymbols(("G99Z 1/00",)), "2026-02-20")
        assert bad.code == "application_defective"
        assert "G99Z" not in str(bad.facts)
        case.does(JPO_EXAMINER, "assign_symbols", AssignSymbols(SWARM.symbols), "2026-02-20")
        assert case.does(JPO, "send", Send(WHY), "2026-03-20")[0].items == (19,)

    def test_what_it_is_asked_for_is_notified(self, case) -> None:
        """66(6)."""
        taken_in(case, electronic_notices=False)
        asked = AskForExplanation("Which use?", date(2026, 3, 10))
        acts = case.does(JPO, "ask_for_explanation", asked, "2026-03-01")
        assert [(one.kind, one.delivery) for one in acts[1:]] == [("explanation_asked", "in_writing")]

    def test_the_applicant_gives_what_it_is_asked_for(self, case) -> None:
        taken_in(case)
        early = case.refuses(INVENTOR, "give_explanation", GiveExplanation(WHY), "2026-03-01")
        assert early.code == "nothing_outstanding"
        asked = AskForExplanation("Which use?", date(2026, 3, 10))
        assert case.refuses(JPO_EXAMINER, "ask_for_explanation", asked, "2026-03-01").code == "not_your_act"
        case.does(JPO, "ask_for_explanation", asked, "2026-03-01")
        case.does(BENRISHI, "give_explanation", GiveExplanation(WHY), "2026-03-09")
        assert case.refuses(UNMANDATED, "give_explanation", GiveExplanation(WHY), "2026-03-09").code == (
            "not_your_act"
        )
        past = AskForExplanation("And?", date(2026, 3, 1))
        assert case.refuses(JPO, "ask_for_explanation", past, "2026-03-09").code == "day_is_past"


class TestWhereTheThreeMonthsStart:
    def test_a_foreign_language_filing_waits_for_its_translation(self, case) -> None:
        foreign = replace(SWARM, origins=(Origin("translation"),))
        taken_in(case, foreign)
        assert (case.stage, case.state.sending) == ("AwaitStart", None)
        case.lapses("2027-01-01")
        assert case.stage == "AwaitStart"
        paper = RecordStartingPaper("translation", date(2027, 1, 15))
        case.does(JPO_EXAMINER, "record_starting_paper", paper, "2027-01-20")
        assert case.stage == "Review"
        assert case.state.sending.last_day == date(2027, 4, 15)

    @pytest.mark.parametrize("day", ["2026-02-01", "2027-01-21"])
    def test_the_paper_comes_neither_before_the_filing_nor_after_today(self, case, day) -> None:
        taken_in(case, replace(SWARM, origins=(Origin("translation"),)))
        paper = RecordStartingPaper("translation", date.fromisoformat(day))
        refused = case.refuses(JPO_EXAMINER, "record_starting_paper", paper, "2027-01-20")
        assert refused.code == "day_not_between"

    def test_it_comes_also_after_the_papers_were_sent_or_judged(self, case) -> None:
        """78(3): the ten months run from the translation, whatever was decided before."""
        taken_in(case, replace(SWARM, origins=(Origin("translation"),)))
        case.does(JPO, "send", Send(WHY), "2026-03-20")
        paper = RecordStartingPaper("translation", date(2027, 1, 15))
        case.does(JPO_EXAMINER, "record_starting_paper", paper, "2027-01-20")
        assert case.state.application.route("translation").on == date(2027, 1, 15)

    def test_a_division_has_its_day_already(self, case) -> None:
        divided = replace(
            SWARM, received_on=date(2026, 6, 1), origins=(Origin("division", date(2026, 6, 1)),)
        )
        taken_in(case, divided, on="2026-06-05")
        assert case.state.sending.last_day == date(2026, 9, 1)
        again = RecordStartingPaper("division", date(2026, 6, 2))
        refused = case.refuses(JPO, "record_starting_paper", again, "2026-06-05")
        assert refused.code == "paper_not_awaited"

    @pytest.mark.parametrize(
        "application",
        [
            replace(SWARM, origins=(Origin("pct_national_phase", date(2026, 3, 1)),)),
            replace(SWARM, kind="utility_model"),
            replace(SWARM, filed_on=date(2024, 4, 30)),
        ],
    )
    def test_what_art_66_does_not_reach_is_recorded_as_outside(self, case, application) -> None:
        taken_in(case, application, on="2026-03-05")
        assert case.stage == "Outside"
        assert not case.state.held
        assert case.refuses(JPO, "send", Send(WHY), "2026-03-06").code == "outside_the_chapter"
        assert case.refuses(INVENTOR, "ask_not_sent_notice", AskNotSentNotice(), "2026-03-06").code == (
            "outside_the_chapter"
        )


class TestTheNoticeOfNotSending:
    @pytest.mark.parametrize(("on", "in_time"), [("2026-05-07", True), ("2026-05-08", False)])
    def test_it_is_asked_for_within_three_months_moved_off_closed_days(self, case, on, in_time) -> None:
        """2 May 2026 is a Saturday, and the first open day after it the 7th."""
        taken_in(case)
        if in_time:
            case.does(INVENTOR, "ask_not_sent_notice", AskNotSentNotice(), on)
        else:
            refused = case.refuses(INVENTOR, "ask_not_sent_notice", AskNotSentNotice(), on)
            assert refused.code == "too_late_to_ask"
            assert refused.facts["last_day"] == date(2026, 5, 7)

    def test_it_needs_the_request_and_the_judgement_and_is_given_once(self, case) -> None:
        taken_in(case, TEAPOT)
        assert case.refuses(JPO, "notify_not_sent", NotifyNotSent(), "2026-03-01").code == "not_judged"
        case.does(JPO, "judge_not_to_send", JudgeNotToSend("does_not_fall_under", WHY), "2026-03-02")
        assert case.refuses(JPO, "notify_not_sent", NotifyNotSent(), "2026-03-02").code == "notice_not_asked"
        case.does(BENRISHI, "ask_not_sent_notice", AskNotSentNotice(), "2026-03-03")
        case.does(JPO, "notify_not_sent", NotifyNotSent(), "2026-03-04")
        assert received_on(case.state.notices, "not_sent") == date(2026, 3, 4)
        assert case.refuses(JPO, "notify_not_sent", NotifyNotSent(), "2026-03-05").code == "already_told"

    def test_what_was_sent_earns_no_such_notice(self, case) -> None:
        sent(case).does(INVENTOR, "ask_not_sent_notice", AskNotSentNotice(), "2026-03-21")
        assert case.refuses(JPO, "notify_not_sent", NotifyNotSent(), "2026-03-22").code == "not_judged"

    def test_on_paper_it_is_received_when_it_arrives(self, case) -> None:
        taken_in(case, TEAPOT, electronic_notices=False)
        case.does(JPO, "judge_not_to_send", JudgeNotToSend("does_not_fall_under", WHY), "2026-03-02")
        case.does(INVENTOR, "ask_not_sent_notice", AskNotSentNotice(), "2026-03-02")
        case.does(JPO, "notify_not_sent", NotifyNotSent(), "2026-03-04")
        assert received_on(case.state.notices, "not_sent") is None
        early = RecordReceipt("not_sent", date(2026, 3, 3), "registered mail")
        assert case.refuses(INVENTOR, "record_receipt", early, "2026-03-09").code == "day_out_of_range"
        case.does(INVENTOR, "record_receipt", replace(early, received_on=date(2026, 3, 7)), "2026-03-09")
        assert received_on(case.state.notices, "not_sent") == date(2026, 3, 7)
        assert case.refuses(JPO, "record_receipt", early, "2026-03-09").code == "no_notice_outstanding"


class TestTheHold:
    def test_it_begins_with_the_filing_and_ends_with_the_judgement(self, case) -> None:
        assert taken_in(case, TEAPOT).state.held
        case.does(JPO, "judge_not_to_send", JudgeNotToSend("does_not_fall_under", WHY), "2026-03-02")
        assert not case.state.held

    @pytest.mark.parametrize(
        ("words", "held"),
        [
            ([], True),
            ([("designated", "2026-06-01")], True),
            ([("designated", "2026-06-01"), ("extended", "2027-05-01")], True),
            ([("not_designated", "2026-06-01")], False),
            ([("designated", "2026-06-01"), ("designation_ended", "2027-06-01")], False),
        ],
    )
    def test_of_what_was_sent_it_lasts_until_the_notice_of_71_or_77(self, case, words, held) -> None:
        """The three months free nothing that was sent in them."""
        heard(sent(case), *words)
        case.lapses("2026-08-01")
        assert case.state.held is held

    def test_a_word_is_taken_once(self, case) -> None:
        heard(sent(case), ("designated", "2026-06-01"))
        again = HearWord("designated", date(2026, 6, 1))
        assert case.refuses(CLOCK, "hear_word", again, "2026-06-02").code == "already_heard"

    def test_nobody_but_the_prime_minister_s_case_tells_it(self, case) -> None:
        word = HearWord("designated", date(2026, 6, 1))
        sent(case)
        for who in (CAO, JPO, INVENTOR):
            assert case.refuses(who, "hear_word", word, "2026-06-01").code == ("not_your_act")


class TestTheApplicationUnderADesignation:
    @pytest.mark.parametrize(
        ("how", "article"), [("abandoned", "72(1)"), ("withdrawn", "72(1)"), ("converted", "72(2)")]
    )
    def test_it_cannot_be_given_up_or_converted(self, case, how, article) -> None:
        heard(sent(case), ("designated", "2026-06-01"))
        refused = case.refuses(JPO, "record_end", RecordEnd(how, date(2026, 7, 1)), "2026-07-01")
        assert (refused.code, refused.article) == ("bound_by_designation", article)
        heard(case, ("designation_ended", "2027-06-01"))
        case.does(JPO, "record_end", RecordEnd(how, date(2027, 7, 1)), "2027-07-01")
        assert case.stage == "Ended"

    def test_what_was_withdrawn_before_the_applicant_received_the_notice_stands(self, case) -> None:
        """72(1) binds who received the notice of 70(1) (70(5)), not from the word to the Commissioner on."""
        sent(case).does(CLOCK, "hear_word", HearWord("designated", date(2026, 6, 1), TOLD), "2026-06-01")
        received = NoteReceiptByApplicant("designated", date(2026, 6, 4))
        case.does(CLOCK, "note_receipt_by_applicant", received, "2026-06-05")
        on_the_day = RecordEnd("withdrawn", date(2026, 6, 4))
        assert case.refuses(JPO, "record_end", on_the_day, "2026-06-08").code == "bound_by_designation"
        for stands in (RecordEnd("withdrawn", date(2026, 6, 3)), replace(on_the_day, before_the_notice=True)):
            other = Story(first_review)
            other.state = case.state
            other.does(JPO, "record_end", stands, "2026-06-08")
            assert other.stage == "Ended"

    def test_the_commissioner_is_told_what_the_notice_of_a_designation_says(self, case) -> None:
        """Cabinet Office Order 78 of 2023, Art. 7(i)-(iii): 82(5) cannot be kept without it."""
        heard(sent(case), ("designated", "2026-06-01"))
        assert case.state.designation == TOLD

    def test_what_is_told_to_the_prime_minister_is_what_happens_before_the_notices(self, case) -> None:
        """66(8), (9): from the sending to the notice of 70(1) or 71; a succession to that of 71 or 77(2)."""
        assert not taken_in(case).state.awaits_the_prime_minister(date(2026, 3, 1))
        case.does(JPO, "send", Send(WHY), "2026-03-20")
        assert not case.state.awaits_the_prime_minister(date(2026, 3, 19))
        heard(case, ("designated", "2026-06-01"))
        told = [case.state.awaits_the_prime_minister(date(2026, *day)) for day in ((5, 31), (6, 1), (6, 2))]
        assert told == [True, True, False]
        assert case.state.succession_is_told
        heard(case, ("designation_ended", "2027-06-01"))
        assert not case.state.succession_is_told

    def test_a_dismissal_is_foretold_before_the_day_it_bears(self, case) -> None:
        """66(9): あらかじめ."""
        sent(case).does(JPO, "foretell_dismissal", ForetellDismissal(WHY), "2026-04-20")
        early = RecordEnd("dismissed", date(2026, 4, 19))
        assert case.refuses(JPO, "record_end", early, "2026-05-01").code == "prime_minister_not_told"

    def test_until_the_designation_it_can_be_withdrawn(self, case) -> None:
        sent(case).does(JPO, "record_end", RecordEnd("withdrawn", date(2026, 5, 1)), "2026-05-01")
        assert case.stage == "Ended"

    def test_a_dismissal_under_review_is_told_to_the_prime_minister_first(self, case) -> None:
        ended = RecordEnd("dismissed", date(2026, 5, 1))
        assert sent(case).refuses(JPO, "record_end", ended, "2026-05-01").code == "prime_minister_not_told"
        case.does(JPO, "foretell_dismissal", ForetellDismissal(WHY), "2026-04-20")
        case.does(JPO, "record_end", ended, "2026-05-01")
        assert case.stage == "Ended"

    def test_a_succession_changes_who_the_applicants_are(self, case) -> None:
        sent(case).does(JPO, "record_succession", RecordSuccession((SHARER,)), "2026-05-01")
        assert case.state.applicants == (SHARER,)
        assert "ask_not_sent_notice" not in case.allows(INVENTOR, "2026-05-01")


class TestDismissal:
    def test_once_the_review_was_ended_the_application_is_dismissed(self, case) -> None:
        assert sent(case).refuses(JPO, "dismiss", Dismiss(WHY), "2026-06-01").code == (
            "no_ground_for_dismissal"
        )
        heard(case, ("review_ended", "2026-06-01"))
        (act,) = case.does(JPO, "dismiss", Dismiss(WHY, ("弁理士 甲",)), "2026-06-02")
        assert (act.under, act.number, act.applicants) == ("69(4)", SWARM.number, (MAKER,))
        assert case.state.priority_claim_falls  # 82(1)
        assert case.stage == "Ended"

    @pytest.mark.parametrize(
        ("word", "under"), [("dismissal_73", "73(8)"), ("dismissal_74", "74(3)"), ("dismissal_78", "78(7)")]
    )
    def test_under_a_designation_it_waits_for_the_notice_of_its_end(self, case, word, under) -> None:
        heard(sent(case), ("designated", "2026-06-01"), (word, "2026-08-01"))
        refused = case.refuses(JPO, "dismiss", Dismiss(WHY), "2026-08-02")
        assert (refused.code, refused.article) == ("dismissal_waits", "73(8)")
        heard(case, ("designation_ended", "2027-06-01"))
        assert case.does(JPO, "dismiss", Dismiss(WHY), "2027-06-02")[0].under == under

    def test_for_a_filing_abroad_without_a_designation_it_waits_for_nothing(self, case) -> None:
        heard(sent(case), ("dismissal_78", "2026-08-01"))
        assert case.does(JPO, "dismiss", Dismiss(WHY), "2026-08-02")[0].under == "78(7)"

    def test_the_certified_copy_is_served_and_once(self, case) -> None:
        heard(sent(case), ("review_ended", "2026-06-01")).does(JPO, "dismiss", Dismiss(WHY), "2026-06-02")
        served = RecordService(date(2026, 6, 5), "delivery certificate 12")
        early = replace(served, on=date(2026, 6, 1))
        assert case.refuses(JPO, "record_service", early, "2026-06-06").code == "day_not_between"
        case.does(JPO, "record_service", served, "2026-06-06")
        assert case.state.served_on == date(2026, 6, 5)
        assert case.refuses(JPO, "record_service", served, "2026-06-07").code == "nothing_to_serve"


class TestIntake:
    def test_everything_wrong_is_said_at_once_and_nothing_it_holds_is_repeated(self, case) -> None:
        bad = replace(SWARM, filed_on=date(2030, 1, 1), symbols=("G99Z 1/00", "F41H"))
        refused = case.refuses(JPO_EXAMINER, "take_in", TakeIn(bad, (MAKER,)), "2026-02-10")
        assert (refused.code, refused.facts["count"]) == ("application_defective", 3)
        assert [error["pointer"] for error in refused.facts["errors"]] == [
            "#/application/filed_on",
            "#/application/symbols/0",
            "#/application/symbols/1",
        ]
        assert "G99Z" not in str(refused.facts)

    def test_joint_applicants_all_stand_in_the_case(self, case) -> None:
        case.does(JPO_EXAMINER, "take_in", TakeIn(TEAPOT, (MAKER, SHARER)), "2026-02-10")
        other = Principal("clerk-9", SHARER, INVENTOR.roles)
        for who in (INVENTOR, other, BENRISHI):
            assert "ask_not_sent_notice" in case.allows(who, "2026-02-11")
        assert AGENT.name in BENRISHI.roles

    def test_an_organisation_without_a_number_is_none(self, case) -> None:
        nobody = TakeIn(SWARM, ("1234567890123",))
        refused = case.refuses(JPO_EXAMINER, "take_in", nobody, "2026-02-10")
        assert refused.code == "organisation_id_wrong"

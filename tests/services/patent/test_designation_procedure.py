"""Arts. 70, 72-77, 83, 84: a designation in force, renewed, worked under permission, supervised, and over."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace

from services.patent.domain.charges import CallForDismissal, Explain, NotifyReasons
from services.patent.domain.designation import designation
from services.patent.domain.designation.powers import (
    Begin,
    Extend,
    JudgeNotToContinue,
    NoteSuccessors,
    Release,
)
from services.patent.domain.designation.sharing import (
    ApplyForSharing,
    ApproveSharing,
    ConfirmRules,
    NotifyChangeOfSharing,
    NotifyEndOfSharing,
    NotifyReturnOfSharing,
    RefuseSharing,
    ReportLeak,
    ShowMeasure,
)
from services.patent.domain.designation.sharing_acts import (
    APPLICANT_ITSELF,
    LeakReported,
    LeakReportedToApplicant,
    measures,
)
from services.patent.domain.designation.state import DesignationExpired
from services.patent.domain.designation.supervision import (
    AnswerRecommendation,
    AskReport,
    AssessJustification,
    ExplainAgainstOrder,
    FindMeasuresNotTaken,
    ForetellOrder,
    GiveReport,
    Inspect,
    OrderAtOnce,
    OrderMeasures,
    Recommend,
    RecordLetter,
    TakeLettersHere,
)
from services.patent.domain.designation.working import (
    ApplyForPermission,
    GrantPermission,
    RefusePermission,
)
from services.patent.domain.hearing import AskOpinion, GiveOpinion
from services.patent.domain.investigation.powers import (
    AcceptSecrecy,
    AskAgency,
    AskForMaterial,
    ChooseExpert,
    Consult,
    Disclose,
    ExplainSecrecy,
)
from services.patent.domain.notices import RecordReceipt, received_on
from services.patent.domain.vocabulary import Paper
from services.platform.law.parties import Principal
from services.platform.time.timekeeping import ReminderSent
from tests.services.patent.story import (
    BENRISHI,
    CAO,
    CLOCK,
    INVENTOR,
    JPO,
    MAKER,
    PARTNER,
    PROFESSOR,
    SHARED,
    SHARER,
    STEERING,
    SWARM,
    Story,
    at,
)

WHY = "x"
BEGIN = Begin(
    "security-review-01KGE8MY00AAAAAAAAAAAAAAAA",
    "first-review-01KGE8MY00AAAAAAAAAAAAAAAA",
    SWARM.number,
    SWARM.filed_on,
    (MAKER,),
    True,
    STEERING,
    date(2027, 5, 31),
    (SHARED,),
)
MADE = "2026-06-01"
LAST = date(2027, 5, 31)
ANOTHER = replace(SHARED, organisation="7000012050002", name="Another")


@pytest.fixture
def case() -> Story:
    begun = Story(designation)
    begun.does(CLOCK, "begin", BEGIN, MADE)
    return begun


def renewed(case: Story, until: date, on: date) -> Story:
    case.does(CAO, "ask_opinion", AskOpinion(WHY, on - timedelta(days=10)), on - timedelta(days=30))
    case.does(INVENTOR, "give_opinion", GiveOpinion(WHY), on - timedelta(days=15))
    case.does(CAO, "extend", Extend(until, WHY), on)
    return case


class TestTheTerm:
    def test_it_is_notified_on_the_day_it_is_made_and_runs_a_year_with_it(self, case) -> None:
        assert received_on(case.state.notices, "designated") == date(2026, 6, 1)
        assert (case.stage, designation.wait(case.state).until) == ("InForce", at("2027-06-01", time(0)))
        assert case.state.runs_until.day_one == date(2026, 6, 1)

    def test_renewed_three_times_it_lasts_four_years_and_then_ends_by_itself(self, case) -> None:
        for year in (2027, 2028, 2029):
            assert case.state.term.last_day == date(year, 5, 31)
            renewed(case, date(year + 1, 5, 31), date(year, 5, 14))
        told = [one.kind for one in case.state.notices]
        assert told == ["designated", *3 * ["opinion_asked", "extended"]]
        assert case.state.in_force(date(2030, 5, 31))
        case.lapses(at("2030-05-31", time(23, 59, 59)))
        assert case.stage == "InForce"
        case.lapses(at("2030-06-01", time(0)))
        assert case.happened(DesignationExpired) == [DesignationExpired(date(2030, 5, 31), False)]
        assert case.stage == "Expired"
        assert received_on(case.state.notices, "designation_ended") == date(2030, 6, 1)

    @pytest.mark.parametrize("until", [date(2028, 6, 1), LAST])
    def test_an_extension_adds_something_and_a_year_at_most(self, case, until) -> None:
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2027, 5, 1)), "2027-04-01")
        refused = case.refuses(CAO, "extend", Extend(until, WHY), "2027-05-31")
        assert (refused.code, refused.facts["longest"]) == ("beyond_one_year", date(2028, 5, 31))

    def test_it_is_decided_by_the_last_day(self, case) -> None:
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2027, 5, 1)), "2027-04-01")
        late = case.refuses(CAO, "extend", Extend(date(2028, 5, 31), WHY), "2027-06-01")
        assert (late.code, late.facts["last_day"]) == ("designation_over", LAST)
        case.does(CAO, "extend", Extend(date(2028, 5, 31), WHY), at("2027-05-31", time(23, 59)))

    def test_the_applicant_is_heard_before_each_extension_anew(self, case) -> None:
        extend = Extend(date(2028, 5, 31), WHY)
        assert case.refuses(CAO, "extend", extend, "2027-05-14").code == "applicant_not_heard"
        renewed(case, date(2028, 5, 31), date(2027, 5, 14))
        second = Extend(date(2029, 5, 31), WHY)
        assert case.refuses(CAO, "extend", second, "2028-05-14").code == "applicant_not_heard"

    def test_the_judgement_not_to_go_on_is_the_duty_done(self, case) -> None:
        case.does(CAO, "judge_not_to_continue", JudgeNotToContinue(WHY), "2027-05-14")
        assert case.stage == "InForce"
        case.lapses("2027-06-02")
        assert case.happened(DesignationExpired) == [DesignationExpired(LAST, True)]

    def test_the_officials_are_reminded_of_it_until_they_have_judged(self, case) -> None:
        case.lapses("2027-05-17")
        assert [one.to for one in case.happened(ReminderSent)] == ["official"]
        case.does(CAO, "judge_not_to_continue", JudgeNotToContinue(WHY), "2027-05-18")
        case.lapses("2027-05-31")
        assert len(case.happened(ReminderSent)) == 1

    def test_released_it_is_over_at_once_and_everyone_is_told(self, case) -> None:
        case.does(CAO, "release", Release(WHY), "2026-12-01")
        assert (case.stage, case.state.in_force(date(2026, 12, 2))) == ("Released", False)
        assert received_on(case.state.notices, "designation_ended") == date(2026, 12, 1)
        assert case.refuses(CAO, "release", Release(WHY), "2026-12-02").code == "designation_over"
        case.lapses("2027-06-02")
        assert not case.happened(DesignationExpired)

    def test_whether_to_go_on_or_release_may_be_found_out_and_consulted(self, case) -> None:
        """70(4) and 77(3) apply 67(2)-(8); 73(5) leaves the consultation out."""
        case.does(CAO, "consult", Consult("continuation", "MOD", WHY), "2027-01-05")
        case.does(CAO, "consult", Consult("release", "MOD", WHY), "2027-01-05")
        refused = case.refuses(CAO, "consult", Consult("permission", "MOD", WHY), "2027-01-05")
        assert (refused.code, refused.article) == ("no_consultation_on_this", "73(5)")
        case.does(CAO, "ask_for_material", AskForMaterial("permission", WHY, date(2027, 1, 9)), "2027-01-05")
        assert designation.powers["consult"].article == "70(4), 77(3), 67(6)"


def test_an_expert_is_asked_again_for_each_judgement(case) -> None:
    """70(4) applies 67(4) and (5) to every judgement whether to go on; each consent is for its disclosure."""
    choose = ChooseExpert("professor-1", "continuation", WHY, WHY)
    for year in (2027, 2028):
        on = f"{year}-04-01"
        case.does(CAO, "ask_agency", AskAgency("continuation", "MOD", WHY), on)
        case.does(CAO, "choose_expert", choose, on)
        assert case.refuses(CAO, "choose_expert", choose, on).code == "expert_already_chosen"
        disclose = Disclose("professor-1", WHY)
        assert case.refuses(CAO, "disclose", disclose, on).code == "consent_comes_first"
        case.does(CAO, "explain_secrecy", ExplainSecrecy("professor-1"), on)
        case.does(PROFESSOR, "accept_secrecy", AcceptSecrecy(), on)
        case.does(CAO, "disclose", disclose, on)
        renewed(case, date(year + 1, 5, 31), date(year, 5, 14))
    assert [one.disclosed_on.year for one in case.state.investigation.experts] == [2027, 2028]


class TestOnPaper:
    """70(1), (5): who received the notice is the designated applicant, and nobody is before."""

    @pytest.fixture
    def case(self) -> Story:
        begun = Story(designation)
        begun.does(CLOCK, "begin", replace(BEGIN, electronic_notices=False), MADE)
        return begun

    def test_nobody_is_bound_or_stands_in_it_before_the_notice_arrives(self, case) -> None:
        assert case.allows(INVENTOR, "2026-06-02") == case.allows(PARTNER, "2026-06-02") == ()
        case.does(CAO, "record_receipt", RecordReceipt("designated", date(2026, 6, 4), WHY), "2026-06-05")
        assert "apply_for_permission" in case.allows(INVENTOR, "2026-06-05")
        assert "show_measure" in case.allows(PARTNER, "2026-06-05")

    def test_an_opinion_asked_for_before_an_extension_has_to_arrive(self, case) -> None:
        """Order 78 of 2023, Art. 8."""
        case.does(CAO, "ask_opinion", AskOpinion(WHY, date(2027, 5, 1)), "2027-04-01")
        extend = Extend(date(2028, 5, 31), WHY)
        assert case.refuses(CAO, "extend", extend, "2027-05-14").code == "applicant_not_heard"

    def test_silence_to_reasons_that_never_arrived_calls_for_no_dismissal(self, case) -> None:
        """73(7)."""
        case.does(CAO, "notify_reasons", NotifyReasons("worked", WHY, date(2026, 9, 30)), "2026-09-01")
        refused = case.refuses(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-10-05")
        assert refused.code == "notice_not_received"


class TestWorking:
    APPLY = ApplyForPermission("Ten prototypes.", "Aurora Flight Works", WHY, "A fenced site.")

    def test_permission_is_applied_for_and_granted_with_conditions(self, case) -> None:
        case.does(BENRISHI, "apply_for_permission", self.APPLY, "2026-07-01")
        granted = GrantPermission(1, "nobody_else_learns", ("Only by day.",))
        case.does(CAO, "grant_permission", granted, "2026-07-20")
        (permission,) = case.state.permissions
        assert (permission.granted_on, permission.conditions) == (date(2026, 7, 20), ("Only by day.",))
        refused = case.refuses(CAO, "refuse_permission", RefusePermission(1, WHY), "2026-07-21")
        assert (refused.code, refused.facts) == ("no_such_application", {"number": 1})

    def test_it_may_be_refused(self, case) -> None:
        case.does(INVENTOR, "apply_for_permission", self.APPLY, "2026-07-01")
        case.does(CAO, "refuse_permission", RefusePermission(1, WHY), "2026-07-20")
        assert case.state.permissions[0].refused_on == date(2026, 7, 20)

    def test_only_the_designated_applicant_applies(self, case) -> None:
        assert case.refuses(PARTNER, "apply_for_permission", self.APPLY, "2026-07-01").code == "not_your_act"

    @pytest.mark.parametrize(
        ("ground", "measure"),
        [
            ("worked", "73(6)"),
            ("worked_by_another", "73(6)"),
            ("disclosed", "74(2)"),
            ("disclosed_by_another", "74(2)"),
            ("filed_abroad", "78(5)"),
        ],
    )
    def test_a_breach_calls_for_a_dismissal_after_an_explanation(self, case, ground, measure) -> None:
        case.does(CAO, "notify_reasons", NotifyReasons(ground, WHY, date(2026, 9, 30)), "2026-09-01")
        early = case.refuses(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-09-30")
        assert early.code == "explanation_awaited"
        case.does(INVENTOR, "explain", Explain(WHY), "2026-09-20")
        case.does(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-09-21")
        assert case.state.called_for == (measure,)
        assert ground not in case.state.grounds
        assert case.stage == "InForce"

    def test_the_grounds_of_69_are_none_of_a_designation(self, case) -> None:
        charge = NotifyReasons("published", WHY, date(2026, 9, 30))
        assert case.refuses(CAO, "notify_reasons", charge, "2026-09-01").code == "charge_without_ground"


class TestSharing:
    def test_an_operator_named_in_the_paper_needs_no_approval(self, case) -> None:
        assert case.state.sharing.now == (SHARER,)
        apply = ApplyForSharing(SHARED, WHY, WHY)
        assert case.refuses(INVENTOR, "apply_for_sharing", apply, "2026-07-01").code == "already_sharing"

    def test_another_one_handles_nothing_before_it_is_approved(self, case) -> None:
        """76(1)."""
        other = Principal("clerk-3", ANOTHER.organisation, PARTNER.roles)
        case.does(INVENTOR, "apply_for_sharing", ApplyForSharing(ANOTHER, WHY, WHY), "2026-07-01")
        assert "show_measure" not in case.allows(other, "2026-07-02")
        case.does(CAO, "approve_sharing", ApproveSharing(ANOTHER.organisation), "2026-07-10")
        assert "show_measure" in case.allows(other, "2026-07-11")

    def test_one_that_is_not_approved_stays_outside(self, case) -> None:
        case.does(INVENTOR, "apply_for_sharing", ApplyForSharing(ANOTHER, WHY, WHY), "2026-07-01")
        case.does(CAO, "refuse_sharing", RefuseSharing(ANOTHER.organisation, WHY), "2026-07-10")
        assert case.state.sharing.now == (SHARER,)
        again = case.refuses(CAO, "approve_sharing", ApproveSharing(ANOTHER.organisation), "2026-07-11")
        assert again.code == "sharing_not_applied_for"

    def test_other_changes_and_the_end_are_notified(self, case) -> None:
        """76(2)."""
        moved = replace(SHARED, address="東京都港区2-2")
        change = NotifyChangeOfSharing(moved, WHY, date(2026, 8, 1))
        early = case.refuses(INVENTOR, "notify_change_of_sharing", change, "2026-07-31")
        assert early.code == "day_in_the_future"
        case.does(INVENTOR, "notify_change_of_sharing", change, "2026-08-03")
        assert case.state.sharing.operators[0].operator == moved
        ended = NotifyEndOfSharing(SHARER, date(2026, 9, 1))
        case.does(INVENTOR, "notify_end_of_sharing", ended, "2026-09-02")
        assert case.state.sharing.now == ()
        assert case.refuses(INVENTOR, "notify_end_of_sharing", ended, "2026-09-02").code == "not_sharing"
        leak = ReportLeak(WHY, date(2026, 9, 3))
        assert case.refuses(PARTNER, "report_leak", leak, "2026-09-03").code == "not_sharing"

    def test_each_shows_the_measures_the_order_asks_of_it(self, case) -> None:
        assert len(measures()) == 21
        assert "10(i)ヘ" not in case.state.sharing.missing(APPLICANT_ITSELF)
        assert "10(i)ヘ" in case.state.sharing.missing(SHARER)
        wrong = ShowMeasure("10(i)ヘ", WHY)
        assert case.refuses(INVENTOR, "show_measure", wrong, "2026-07-01").code == "no_such_measure"
        for one in measures():
            if "applicant" in one.by:
                case.does(BENRISHI, "show_measure", ShowMeasure(one.item, WHY), "2026-07-01")
        assert case.state.sharing.missing(APPLICANT_ITSELF) == ()
        case.does(INVENTOR, "confirm_rules", ConfirmRules(SHARER, WHY), "2026-07-01")
        assert len(case.state.sharing.missing(SHARER)) == 20
        (confirmed,) = case.state.sharing.shown_by(SHARER)
        assert (confirmed.item, confirmed.how, confirmed.on) == ("10(i)ヘ", WHY, date(2026, 7, 1))

    def test_the_checklist_has_its_evidence(self, case) -> None:
        """75(1): how each measure is taken, and the papers that show it."""
        lock = Paper("photograph of the lock", "a" * 64)
        case.does(PARTNER, "show_measure", ShowMeasure("10(iii)イ", "A locked room.", (lock,)), "2026-07-02")
        (shown,) = case.state.sharing.shown_by(SHARER)
        assert (shown.how, shown.papers) == ("A locked room.", (lock,))

    def test_a_leak_goes_from_the_operator_to_the_applicant_and_from_there_on(self, case) -> None:
        """Order Art. 10(i)チ."""
        leak = ReportLeak("A laptop is missing.", date(2026, 9, 3))
        (first,) = case.does(PARTNER, "report_leak", leak, "2026-09-03")
        (then,) = case.does(INVENTOR, "report_leak", leak, "2026-09-03")
        assert isinstance(first, LeakReportedToApplicant)
        assert isinstance(then, LeakReported)
        assert (first.by, then.by, then.to) == (SHARER, APPLICANT_ITSELF, "prime_minister")
        assert len(case.state.sharing.leaks) == len(case.state.sharing.leaks_of_operators) == 1

    def test_an_operator_named_in_the_paper_comes_back_by_a_notification(self, case) -> None:
        """76(1): 記載した事業者以外の事業者に新たに."""
        back = NotifyReturnOfSharing(SHARED, date(2026, 10, 1))
        assert (
            case.refuses(INVENTOR, "notify_return_of_sharing", back, "2026-10-01").code == "already_sharing"
        )
        case.does(
            INVENTOR, "notify_end_of_sharing", NotifyEndOfSharing(SHARER, date(2026, 9, 1)), "2026-09-02"
        )
        apply = ApplyForSharing(SHARED, WHY, WHY)
        assert case.refuses(INVENTOR, "apply_for_sharing", apply, "2026-09-30").code == "approval_not_needed"
        case.does(INVENTOR, "notify_return_of_sharing", back, "2026-10-01")
        assert case.state.sharing.now == (SHARER,)
        stranger = replace(back, operator=ANOTHER)
        refused = case.refuses(INVENTOR, "notify_return_of_sharing", stranger, "2026-10-01")
        assert (refused.code, refused.article) == ("approval_needed", "76(1)")


class TestSupervision:
    RECOMMEND = Recommend(("10(iii)イ",), WHY, WHY, date(2026, 10, 15), SHARER)
    ARRIVED = RecordLetter("recommended", date(2026, 10, 2), WHY, SHARER)

    def recommended(self, case: Story) -> Story:
        case.does(CAO, "recommend", self.RECOMMEND, "2026-10-01")
        case.does(CAO, "record_letter", self.ARRIVED, "2026-10-02")
        return case

    def heard(self, case: Story, under: str = "83(2)", **more) -> Story:
        """The operator was foretold the order and explained itself."""
        foretold = ForetellOrder(under, WHY, date(2026, 10, 30), organisation=SHARER, **more)
        case.does(CAO, "foretell_order", foretold, "2026-10-16")
        case.does(PARTNER, "explain_against_order", ExplainAgainstOrder(under, WHY), "2026-10-20")
        return case

    def test_an_order_follows_a_recommendation_not_followed_without_a_reason(self, case) -> None:
        order = OrderMeasures(WHY, SHARER)
        assert case.refuses(CAO, "order_measures", order, "2026-10-01").code == "recommendation_not_unheeded"
        self.recommended(case)
        assert case.refuses(CAO, "order_measures", order, "2026-10-15").code == "recommendation_not_unheeded"
        act = self.heard(case).does(CAO, "order_measures", order, "2026-10-21")[0]
        assert (act.to, act.under, act.items) == (SHARER, "83(2)", ("10(iii)イ",))

    def test_a_recommendation_that_has_not_arrived_is_not_unheeded(self, case) -> None:
        """83(2): 勧告を受けた者が."""
        case.does(CAO, "recommend", self.RECOMMEND, "2026-10-01")
        refused = case.refuses(CAO, "order_measures", OrderMeasures(WHY, SHARER), "2026-10-16")
        assert refused.code == "recommendation_not_unheeded"

    def test_before_an_order_its_addressee_is_given_a_chance_to_explain_itself(self, case) -> None:
        """Administrative Procedure Act 13(1)(ii), 30; Art. 88 of the Act takes 83 out of nothing."""
        self.recommended(case)
        order = OrderMeasures(WHY, SHARER)
        refused = case.refuses(CAO, "order_measures", order, "2026-10-16")
        assert (refused.code, refused.article[:5]) == ("addressee_not_heard", "83(2)")
        foretold = ForetellOrder("83(2)", WHY, date(2026, 10, 30), organisation=SHARER)
        case.does(CAO, "foretell_order", foretold, "2026-10-16")
        # Silence counts once the word of it has arrived.
        assert case.refuses(CAO, "order_measures", order, "2026-11-02").code == "addressee_not_heard"
        came = RecordLetter("order_foretold", date(2026, 10, 17), WHY, SHARER)
        case.does(CAO, "record_letter", came, "2026-11-02")
        case.does(CAO, "order_measures", order, "2026-11-02")

    def test_urgency_in_the_public_interest_leaves_no_time_for_that(self, case) -> None:
        """Administrative Procedure Act 13(2)(i)."""
        self.recommended(case)
        at_once = OrderAtOnce(("10(iv)ロ",), WHY, SHARER)
        assert case.refuses(CAO, "order_at_once", at_once, "2026-10-03").code == "addressee_not_heard"
        acts = case.does(CAO, "order_at_once", replace(at_once, urgency="It is being copied."), "2026-10-03")
        assert acts[0].urgency == "It is being copied."

    def test_what_the_addressee_says_of_itself_bars_no_order(self, case) -> None:
        """83(2): 勧告に係る措置をとらなかったとき is for the Prime Minister to find."""
        self.recommended(case)
        followed = AnswerRecommendation(True, "Done.")
        case.does(PARTNER, "answer_recommendation", followed, "2026-10-10")
        found = FindMeasuresNotTaken("The room stands open.", SHARER)
        case.does(CAO, "find_measures_not_taken", found, "2026-10-16")
        self.heard(case).does(CAO, "order_measures", OrderMeasures(WHY, SHARER), "2026-10-21")

    def test_each_addressee_learns_what_is_addressed_to_it_and_nobody_else(self, case) -> None:
        self.recommended(case)
        mine = case.state.supervision.addressed_to(SHARER)
        assert (mine.recommendations[0].reasons, mine.recommendations[0].breach) == (WHY, WHY)
        assert case.state.supervision.addressed_to(APPLICANT_ITSELF).recommendations == ()

    def test_an_operator_that_takes_letters_here_has_them_at_once(self, case) -> None:
        """Act No. 151 of 2002, Art. 7(1): who says that it receives notices so."""
        case.does(PARTNER, "take_letters_here", TakeLettersHere(), "2026-09-01")
        again = case.refuses(PARTNER, "take_letters_here", TakeLettersHere(), "2026-09-02")
        assert again.code == "letters_taken_already"
        case.does(CAO, "recommend", self.RECOMMEND, "2026-10-01")
        assert case.state.supervision.recommendations[0].received_on == date(2026, 10, 1)
        assert case.refuses(CAO, "record_letter", self.ARRIVED, "2026-10-02").code == "no_notice_outstanding"

    @pytest.mark.parametrize(("justified", "ordered"), [(True, False), (False, True)])
    def test_reasons_that_were_given_are_judged_first(self, case, justified, ordered) -> None:
        self.heard(self.recommended(case))
        case.does(PARTNER, "answer_recommendation", AnswerRecommendation(False, WHY), "2026-10-10")
        order = OrderMeasures(WHY, SHARER)
        assert case.refuses(CAO, "order_measures", order, "2026-10-20").code == "recommendation_not_unheeded"
        case.does(CAO, "assess_justification", AssessJustification(justified, WHY, SHARER), "2026-10-21")
        if ordered:
            case.does(CAO, "order_measures", order, "2026-10-22")
        else:
            case.refuses(CAO, "order_measures", order, "2026-10-22")

    def test_what_was_followed_is_not_ordered(self, case) -> None:
        case.does(CAO, "recommend", replace(self.RECOMMEND, organisation=None), "2026-10-01")
        answer = AnswerRecommendation(True, WHY)
        assert case.refuses(PARTNER, "answer_recommendation", answer, "2026-10-02").code == (
            "no_measures_recommended"
        )
        case.does(INVENTOR, "answer_recommendation", answer, "2026-10-02")
        refused = case.refuses(CAO, "order_measures", OrderMeasures(WHY), "2026-11-01")
        assert refused.code == "recommendation_not_unheeded"

    def test_an_imminent_leak_is_met_by_an_order_at_once(self, case) -> None:
        """83(3)."""
        now = OrderAtOnce(("10(iv)ロ",), WHY, urgency=WHY)
        act = case.does(CAO, "order_at_once", now, "2026-10-01")[0]
        assert (act.to, act.under) == (APPLICANT_ITSELF, "83(3)")
        unknown = OrderAtOnce(("10(v)イ",), WHY)
        assert case.refuses(CAO, "order_at_once", unknown, "2026-10-01").code == "no_such_measure"

    def test_a_report_is_given_by_whoever_was_asked_and_a_late_one_taken(self, case) -> None:
        case.does(CAO, "ask_report", AskReport(WHY, date(2026, 10, 10), SHARER), "2026-10-01")
        assert case.refuses(INVENTOR, "give_report", GiveReport(WHY), "2026-10-05").code == "no_report_asked"
        assert case.state.supervision.reports[0].what == WHY
        asked = RecordLetter("report_asked", date(2026, 10, 2), WHY, SHARER)
        case.does(CAO, "record_letter", asked, "2026-10-05")
        (act,) = case.does(PARTNER, "give_report", GiveReport(WHY), "2026-10-11")
        assert act.late

    def test_an_inspection_names_the_identity_cards_that_were_carried(self, case) -> None:
        visit = Inspect("富山県富山市1-1", ("CAO-0042",), WHY, date(2026, 10, 5), SHARER)
        early = replace(visit, inspected_on=date(2026, 5, 31))
        assert case.refuses(CAO, "inspect", early, "2026-10-06").code == "day_not_between"
        case.does(CAO, "inspect", visit, "2026-10-06")
        assert case.state.supervision.inspected_on == (date(2026, 10, 5),)


def test_the_successor_is_the_designated_applicant(case) -> None:
    case.does(CLOCK, "note_successors", NoteSuccessors((ANOTHER.organisation,)), "2026-08-01")
    assert "apply_for_permission" not in case.allows(INVENTOR, "2026-08-02")


def test_the_patent_office_sees_nothing_of_it(case) -> None:
    assert case.allows(JPO, "2026-08-02") == ()

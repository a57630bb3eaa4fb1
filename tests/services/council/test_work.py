"""Meetings, requests for material, entrusted research, needs: Arts. 62(4), (6), (8), 64."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from services.council.domain.commission import (
    AcceptDeliverable,
    AskInformation,
    AssessAbility,
    BindStaff,
    DeclineInformation,
    Deliverable,
    DropCommission,
    EntrustResearch,
    ExtendCommission,
    FindingHandedOver,
    HandInDeliverable,
    HandOverFinding,
    PlanCommission,
    ProvideInformation,
    ReturnDeliverable,
    commission,
)
from services.council.domain.material import (
    Asked,
    MaterialProvided,
    ProvideMaterial,
    RefuseMaterial,
    Requesting,
    RequestMaterial,
    material_request,
)
from services.council.domain.meeting import (
    Called,
    Calling,
    CallMeeting,
    CancelMeeting,
    Minuted,
    MinuteMeeting,
    Point,
    meeting,
)
from services.council.domain.need import (
    AnswerNeed,
    CloseNeed,
    Matching,
    MatchSeed,
    PlanMeasure,
    PostNeed,
    ReportMeasure,
    need,
)
from services.platform.law.parties import standing
from tests.services.council.people import (
    ANALYST,
    CAO,
    CLERK,
    COMPANY,
    FELLOW,
    INSTITUTION,
    JCG,
    LEADER,
    MEXT,
    MLIT,
    STRANGER,
    Story,
)

WHY = "It is needed."
MEMBERS = (
    Called(1, "research_minister", "MEXT"),
    Called(2, "principal_researcher", LEADER.subject),
    Called(3, "company", COMPANY),
)
AGENDA = (
    Point("62(4)(i)", "What the coast guard measured"),
    Point("62(4)(iii)", "How the result is handled"),
)
CALL = Calling(CallMeeting("council-1", date(2026, 7, 1), "Room 1", AGENDA), MEMBERS, 7)


class TestMeetings:
    def called(self) -> Story:
        case = Story(meeting)
        case.does(MEXT, "call_meeting", CALL, "2026-06-24")
        return case

    def test_the_council_s_own_rules_say_how_long_before(self) -> None:
        refused = Story(meeting).refuses(MEXT, "call_meeting", CALL, "2026-06-25")
        assert (refused.code, refused.article) == ("notice_too_short", "62(8)")
        assert refused.facts["earliest"] == date(2026, 7, 2)
        without = replace(CALL, notice_days=0)
        Story(meeting).does(MEXT, "call_meeting", without, "2026-07-01")

    def test_each_point_of_the_agenda_is_minuted(self) -> None:
        case = self.called()
        both = (Minuted(1, "Said.", "Sent by July."), Minuted(2, "Agreed."))
        early = case.refuses(MEXT, "minute_meeting", MinuteMeeting((1, 2), both), "2026-06-30")
        assert early.code == "meeting_not_held"
        for minutes in (both[:1], (*both, Minuted(3, "More."))):
            refused = case.refuses(MEXT, "minute_meeting", MinuteMeeting((1,), minutes), "2026-07-01")
            assert refused.code == "agenda_not_minuted"
        stranger = case.refuses(MEXT, "minute_meeting", MinuteMeeting((9,), both), "2026-07-01")
        assert stranger.code == "not_called_to_meeting"
        case.does(MEXT, "minute_meeting", MinuteMeeting((1, 2), both), "2026-07-01")
        assert case.stage == "Minuted"
        assert case.refuses(MEXT, "cancel_meeting", CancelMeeting(WHY), "2026-07-01").code == "meeting_over"

    def test_members_find_the_meeting_and_strangers_do_not(self) -> None:
        parties = meeting.parties(self.called().state)
        assert standing(CLERK, parties) == {"member_organisation"}
        assert standing(STRANGER, parties) == frozenset()


ASK = RequestMaterial("council-1", "material", "The soundings of 2025.", date(2026, 7, 31), member=3)
OF_A_MEMBER = Requesting(ASK, Asked("company", COMPANY, "C", 3), "MEXT", fund=False)
OF_A_THINK_TANK = Requesting(
    replace(ASK, member=None, commission="commission-1"),
    Asked("think_tank", INSTITUTION, "I"),
    "MEXT",
    fund=True,
)


class TestRequests:
    def asked(self, asking: Requesting = OF_A_MEMBER) -> Story:
        case = Story(material_request)
        case.does(MEXT, "request_material", asking, "2026-07-01")
        return case

    def test_a_late_answer_is_taken_and_recorded_as_late(self) -> None:
        case = self.asked()
        case.lapses("2026-07-31")
        assert case.stage == "AwaitAnswer"
        case.lapses("2026-08-01")
        assert case.stage == "AwaitLateAnswer"
        case.does(CLERK, "provide_material", ProvideMaterial("Here."), "2026-08-02")
        assert case.happened(MaterialProvided)[0].late
        refused = case.refuses(CLERK, "refuse_material", RefuseMaterial(WHY), "2026-08-02")
        assert refused.code == "request_answered"

    def test_who_cannot_comply_says_why(self) -> None:
        case = self.asked()
        case.does(CLERK, "refuse_material", RefuseMaterial("It belongs to a customer."), "2026-07-02")
        assert case.stage == "Refused"

    def test_the_answer_is_given_by_whoever_was_asked(self) -> None:
        refused = self.asked().refuses(MEXT, "provide_material", ProvideMaterial("Here."), "2026-07-02")
        assert (refused.code, refused.article) == ("not_asked_of_you", "62(6)")

    def test_a_think_tank_that_is_no_member_can_be_asked(self) -> None:
        case = self.asked(OF_A_THINK_TANK)
        case.does(ANALYST, "provide_material", ProvideMaterial("Here."), "2026-07-02")
        assert case.stage == "Provided"

    def test_a_day_in_the_past_is_refused(self) -> None:
        refused = Story(material_request).refuses(MEXT, "request_material", OF_A_MEMBER, "2026-08-01")
        assert refused.code == "day_set_lies_behind"


PLAN = PlanCommission(INSTITUTION, "Institute", True, "part", "Strengths and trends in sensing.")
DELIVERABLES = (Deliverable("Report on trends", "trends", date(2027, 3, 31)),)
CONTRACT = EntrustResearch("C-1", "Trends.", date(2026, 7, 1), date(2029, 3, 31), DELIVERABLES)
FINDING = HandOverFinding(
    "Japan leads", "strengths", "量子センシング", "named", "It does.", ("fund", "council")
)


class TestEntrustedResearch:
    def assessed(self) -> Story:
        case = Story(commission)
        case.does(CAO, "plan_commission", PLAN, "2026-06-01")
        for criterion in ("i", "ii", "iii", "iv"):
            case.does(CAO, "assess_ability", AssessAbility(criterion, True, WHY), "2026-06-02")
        return case

    def entrusted(self) -> Story:
        case = self.assessed()
        case.does(CAO, "entrust_research", CONTRACT, "2026-06-30")
        return case

    def test_only_to_a_corporation(self) -> None:
        nobody = replace(PLAN, corporation=False)
        assert Story(commission).refuses(CAO, "plan_commission", nobody, "2026-06-01").code == (
            "not_a_corporation"
        )

    @pytest.mark.parametrize("criterion", ["i", "ii", "iii", "iv"])
    def test_only_to_one_that_meets_each_of_the_four_criteria(self, criterion) -> None:
        case = self.assessed()
        case.does(CAO, "assess_ability", AssessAbility(criterion, False, WHY), "2026-06-03")
        assert case.stage == "Assessment"
        refused = case.refuses(CAO, "entrust_research", CONTRACT, "2026-06-30")
        assert (refused.code, refused.facts["criteria"]) == ("criteria_not_met", f"64(2)({criterion})")
        case.does(CAO, "drop_commission", DropCommission(WHY), "2026-07-01")
        assert case.stage == "Dropped"

    def test_a_deliverable_is_due_within_the_contract(self) -> None:
        outside = replace(CONTRACT, deliverables=(replace(DELIVERABLES[0], due=date(2030, 1, 1)),))
        refused = self.assessed().refuses(CAO, "entrust_research", outside, "2026-06-30")
        assert refused.code == "due_outside_contract"
        backwards = replace(CONTRACT, first_day=date(2029, 4, 1))
        refused = self.assessed().refuses(CAO, "entrust_research", backwards, "2026-06-30")
        assert refused.code == "last_day_before_first"

    def test_it_ends_with_its_contract_and_is_extended_before(self) -> None:
        case = self.entrusted()
        short = ExtendCommission(date(2029, 3, 31), WHY)
        assert case.refuses(CAO, "extend_commission", short, "2029-03-01").code == "not_later_than_before"
        case.does(CAO, "extend_commission", ExtendCommission(date(2030, 3, 31), WHY), "2029-03-31")
        case.lapses("2030-03-31")
        assert case.stage == "UnderContract"
        case.lapses("2030-04-01")
        assert case.stage == "Ended"
        late = ExtendCommission(date(2031, 3, 31), WHY)
        assert case.refuses(CAO, "extend_commission", late, "2030-04-01").code == "commission_over"

    def test_an_agency_gives_information_to_persons_bound_by_secrecy(self) -> None:
        case = self.entrusted()
        case.does(ANALYST, "ask_information", AskInformation("JCG", "Soundings."), "2026-07-02")
        given = ProvideInformation(1, "87 m", "named", (ANALYST.subject,))
        refused = case.refuses(JCG, "provide_information", given, "2026-07-03")
        assert (refused.code, refused.article) == ("secrecy_not_acknowledged", "64(4)")
        wrong = BindStaff(ANALYST.subject, "Analyst", "62-7.2025", "Read.")
        assert case.refuses(ANALYST, "bind_staff", wrong, "2026-07-03").code == "another_statement_stands"
        case.does(ANALYST, "bind_staff", replace(wrong, statement="64-4.2025"), "2026-07-03")
        case.does(JCG, "provide_information", given, "2026-07-03")
        assert case.refuses(JCG, "provide_information", given, "2026-07-04").code == "request_answered"

    def test_an_agency_may_also_not_give_it(self) -> None:
        case = self.entrusted()
        case.does(ANALYST, "ask_information", AskInformation("JCG", "Soundings."), "2026-07-02")
        unasked = DeclineInformation(2, WHY)
        assert case.refuses(JCG, "decline_information", unasked, "2026-07-03").code == (
            "no_such_information_request"
        )
        case.does(JCG, "decline_information", DeclineInformation(1, WHY), "2026-07-03")
        assert case.state.requests[0].answered

    def test_deliverables_are_handed_in_returned_and_accepted(self) -> None:
        case = self.entrusted()
        early = case.refuses(CAO, "accept_deliverable", AcceptDeliverable(1), "2027-03-01")
        assert early.code == "deliverable_not_handed_in"
        case.does(ANALYST, "hand_in_deliverable", HandInDeliverable(1, "Trends."), "2027-03-01")
        again = case.refuses(ANALYST, "hand_in_deliverable", HandInDeliverable(1, "T."), "2027-03-01")
        assert again.code == "deliverable_handed_in"
        case.does(CAO, "return_deliverable", ReturnDeliverable(1, "No sources."), "2027-03-10")
        case.does(ANALYST, "hand_in_deliverable", HandInDeliverable(1, "Trends, sourced."), "2027-04-01")
        case.does(CAO, "accept_deliverable", AcceptDeliverable(1), "2027-04-02")
        assert case.refuses(CAO, "return_deliverable", ReturnDeliverable(1, WHY), "2027-04-03").code == (
            "deliverable_accepted"
        )
        assert case.refuses(CAO, "accept_deliverable", AcceptDeliverable(7), "2027-04-03").code == (
            "no_such_deliverable"
        )

    def test_a_finding_goes_where_its_marking_allows_and_each_recipient_hears(self) -> None:
        case = self.entrusted()
        everywhere = replace(FINDING, to=("fund", "infra_review"))
        refused = case.refuses(CAO, "hand_over_finding", everywhere, "2027-04-02")
        assert (refused.code, refused.facts["recipients"]) == (
            "marking_forbids_handing_over",
            "infra_review",
        )
        case.does(CAO, "hand_over_finding", FINDING, "2027-04-02")
        assert [one.to for one in case.happened(FindingHandedOver)] == ["fund", "council"]
        assert case.state.findings[0].to == ("fund", "council")
        unknown = replace(FINDING, marking="cosmic")
        assert case.refuses(CAO, "hand_over_finding", unknown, "2027-04-02").code == "no_such_marking"


POST = PostNeed(
    "MEXT", "Seeing in murky water", "Divers cannot see.", "量子センシング", "public", agency="MLIT"
)
MATCH = Matching(MatchSeed("council-1", WHY), "p-1", LEADER.subject)


class TestNeeds:
    def matched(self) -> Story:
        case = Story(need)
        case.does(MLIT, "post_need", POST, "2026-06-01")
        case.does(MEXT, "match_seed", MATCH, "2026-06-02")
        return case

    def test_a_need_has_one_owner(self) -> None:
        both = replace(POST, organisation=COMPANY)
        assert Story(need).refuses(MLIT, "post_need", both, "2026-06-01").code == "one_owner_of_a_need"
        nobody = replace(POST, agency=None)
        assert Story(need).refuses(MLIT, "post_need", nobody, "2026-06-01").code == "not_your_act"

    def test_the_researcher_of_the_seed_answers_and_nobody_else(self) -> None:
        case = self.matched()
        assert case.stage == "Matched"
        assert case.refuses(FELLOW, "answer_need", AnswerNeed(1, "Yes.", True), "2026-06-03").code == (
            "not_your_act"
        )
        assert case.refuses(LEADER, "answer_need", AnswerNeed(2, "Yes.", True), "2026-06-03").code == (
            "no_such_seed"
        )
        case.does(LEADER, "answer_need", AnswerNeed(1, "From 2 m on.", True), "2026-06-03")
        assert case.stage == "Answered"
        assert case.refuses(MEXT, "match_seed", MATCH, "2026-06-03").code == "seed_already_matched"

    def test_an_answer_is_followed_until_its_measures_are_done(self) -> None:
        case = self.matched()
        case.does(LEADER, "answer_need", AnswerNeed(1, "From 2 m on.", True), "2026-06-03")
        planned = PlanMeasure("procurement", "MLIT", "Two sensors.", date(2027, 3, 31))
        case.does(MLIT, "plan_measure", planned, "2026-06-04")
        assert case.stage == "Followed"
        open_ = case.refuses(MLIT, "close_need", CloseNeed(True, WHY), "2026-06-05")
        assert open_.code == "follow_ups_under_way"
        case.does(MLIT, "report_measure", ReportMeasure(1, "Bought.", done=True), "2027-03-01")
        assert case.refuses(MLIT, "report_measure", ReportMeasure(1, "X"), "2027-03-01").code == (
            "follow_up_done"
        )
        assert case.refuses(MLIT, "report_measure", ReportMeasure(2, "X"), "2027-03-01").code == (
            "no_such_follow_up"
        )
        case.does(MLIT, "close_need", CloseNeed(True, WHY), "2027-03-02")
        assert case.stage == "Closed"
        assert case.refuses(MEXT, "plan_measure", planned, "2027-03-03").code == "need_closed"

"""How a council comes to be and who is in it: Arts. 62(1)-(3), (7), 63(4), (5)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from services.council.domain.council import council
from services.council.domain.council.deciding import (
    Consent,
    Decide,
    DropProposal,
    GiveGateView,
    Object,
    ProposeDissolution,
    ProposePublication,
    ProposeRestriction,
    ProposeRules,
    ProposeSensitivity,
    ProvisionReplaced,
)
from services.council.domain.council.establishment import (
    AnswerConsultation,
    BeginFundCouncil,
    ConsentToCouncil,
    ConsultPrimeMinister,
    DeclineCouncil,
    Establish,
    JoinInOrganising,
    NameOrganisers,
    PlanCouncil,
)
from services.council.domain.council.members import (
    AcknowledgeSecrecy,
    AssignPerson,
    AttestPerson,
    ConsentToMembership,
    DeclineMembership,
    InviteMember,
    JoinInvitation,
    Leave,
    NameSuccessor,
    WithdrawPerson,
)
from services.council.domain.vocabulary import statement_of
from services.platform.law.parties import standing
from tests.services.council.people import (
    CAO,
    CLERK,
    CLOCK,
    COMPANY,
    FELLOW,
    FOUNDER,
    LEADER,
    METI,
    MEXT,
    MLIT,
    START_UP,
    STATEMENT,
    STRANGER,
    Story,
)

PLAN = PlanCouncil(
    "p-1", "Sensing", "量子センシング", "MEXT", LEADER.subject, "Prof. Kaiyo", date(2026, 6, 30)
)
WHY = "It is needed."
DAY = "2026-06-10"


@pytest.fixture
def case() -> Story:
    return Story(council)


def planned(case: Story) -> Story:
    case.does(MEXT, "plan_council", PLAN, "2026-06-01")
    return case


def established(case: Story) -> Story:
    planned(case).does(MEXT, "consult_prime_minister", ConsultPrimeMinister(WHY), "2026-06-02")
    case.does(CAO, "answer_consultation", AnswerConsultation("No objection."), "2026-06-03")
    case.does(LEADER, "consent_to_council", ConsentToCouncil(), "2026-06-04")
    case.does(MEXT, "establish", Establish(), "2026-06-05")
    return case


def of_the_fund(case: Story) -> Story:
    case.does(CLOCK, "begin_fund_council", BeginFundCouncil("p-1", "grant-1", "Sensing"), "2026-06-01")
    named = NameOrganisers("Sensing", "量子", "MEXT", LEADER.subject, "Prof. Kaiyo")
    case.does(CAO, "name_organisers", named, "2026-06-01")
    case.does(CAO, "join_in_organising", JoinInOrganising(), "2026-06-01")
    case.does(MEXT, "establish", Establish(), "2026-06-02")
    return case


def joined(case: Story, who=CLERK, kind="company", one=COMPANY) -> Story:
    case.does(MEXT, "invite_member", InviteMember(kind, one, one, WHY), "2026-06-06")
    number = len(case.state.members)
    if case.state.basis == "63(4)":
        case.does(CAO, "join_invitation", JoinInvitation(number), "2026-06-06")
    case.does(who, "consent_to_membership", ConsentToMembership(number), "2026-06-07")
    return case


class TestByChoice:
    def test_it_needs_the_consent_of_the_principal_researcher(self, case) -> None:
        planned(case).does(MEXT, "consult_prime_minister", ConsultPrimeMinister(WHY), "2026-06-02")
        case.does(CAO, "answer_consultation", AnswerConsultation(WHY), "2026-06-03")
        refused = case.refuses(MEXT, "establish", Establish(), "2026-06-05")
        assert (refused.code, refused.article) == ("principal_has_not_consented", "62(1)")

    def test_the_prime_minister_is_consulted_in_advance(self, case) -> None:
        planned(case).does(LEADER, "consent_to_council", ConsentToCouncil(), "2026-06-04")
        refused = case.refuses(MEXT, "establish", Establish(), "2026-06-05")
        assert (refused.code, refused.article) == ("prime_minister_not_consulted", "62(2)")
        assert case.refuses(CAO, "answer_consultation", AnswerConsultation(WHY), "2026-06-05").code == (
            "not_your_act"
        )
        case.does(MEXT, "consult_prime_minister", ConsultPrimeMinister(WHY), "2026-06-05")
        again = case.refuses(MEXT, "consult_prime_minister", ConsultPrimeMinister(WHY), "2026-06-06")
        assert again.code == "prime_minister_was_consulted"
        assert case.refuses(MEXT, "establish", Establish(), "2026-06-06").code == (
            "prime_minister_not_consulted"
        )

    def test_it_is_made_up_of_the_researcher_and_the_minister(self, case) -> None:
        assert [one.kind for one in established(case).state.current] == [
            "research_minister",
            "principal_researcher",
        ]
        assert case.stage == "Established"

    def test_whoever_declines_has_prevented_it(self, case) -> None:
        planned(case).does(LEADER, "decline_council", DeclineCouncil(), "2026-06-04")
        assert case.stage == "NoConsent"
        assert case.refuses(MEXT, "establish", Establish(), "2026-06-05").code == "council_stands"

    def test_no_answer_by_the_day_asked_for_is_no_consent_and_no_refusal(self, case) -> None:
        planned(case).lapses("2026-06-30")
        assert case.stage == "AwaitConsent"
        case.lapses("2026-07-01")
        assert case.stage == "ConsentOverdue"
        case.does(LEADER, "consent_to_council", ConsentToCouncil(), "2026-07-02")
        assert case.stage == "Preparation"

    def test_another_minister_s_council_is_none_of_its_business(self, case) -> None:
        refused = case.refuses(METI, "plan_council", PLAN, "2026-06-01")
        assert refused.code == "not_your_act"

    def test_a_day_for_the_answer_lies_ahead(self, case) -> None:
        assert case.refuses(MEXT, "plan_council", PLAN, "2026-07-01").code == "day_set_lies_behind"


class TestOfTheFund:
    def test_it_needs_no_consultation_and_no_consent_but_both_organisers(self, case) -> None:
        """63(5) does not apply 62(2), and 63(4) does not repeat the consent of 62(1)."""
        of_the_fund(case)
        assert {one.kind for one in case.state.current} == {
            "research_minister",
            "principal_researcher",
            "prime_minister",
        }
        early = Story(council)
        begun = BeginFundCouncil("p-1", "grant-1", "Sensing")
        early.does(CLOCK, "begin_fund_council", begun, "2026-06-01")
        assert early.refuses(CAO, "consult_prime_minister", ConsultPrimeMinister(WHY), DAY).code == (
            "not_your_act"
        )
        assert early.stage == "Preparation"

    def test_nobody_declines_it(self, case) -> None:
        case.does(CLOCK, "begin_fund_council", BeginFundCouncil("p", "g", "t", "MEXT", "professor-1"), DAY)
        refused = case.refuses(LEADER, "decline_council", DeclineCouncil(), DAY)
        assert (refused.code, refused.article) == ("not_by_choice", "62(1)")

    def test_who_makes_it_up_is_said_first(self, case) -> None:
        case.does(CLOCK, "begin_fund_council", BeginFundCouncil("p", "g", "t", "MEXT", "professor-1"), DAY)
        assert case.refuses(MEXT, "establish", Establish(), DAY).code == "organisers_not_named"

    def test_both_organisers_find_a_member_necessary(self, case) -> None:
        of_the_fund(case).does(MEXT, "invite_member", InviteMember("company", COMPANY, "C", WHY), DAY)
        refused = case.refuses(CLERK, "consent_to_membership", ConsentToMembership(4), DAY)
        assert (refused.code, refused.article) == ("other_organiser_awaited", "63(5)")
        assert case.refuses(MEXT, "join_invitation", JoinInvitation(4), DAY).code == "invitation_is_yours"
        case.does(CAO, "join_invitation", JoinInvitation(4), DAY)
        case.does(CLERK, "consent_to_membership", ConsentToMembership(4), DAY)
        assert case.state.current[-1].id == COMPANY


class TestMembers:
    def test_they_are_added_with_their_own_consent(self, case) -> None:
        established(case).does(MEXT, "invite_member", InviteMember("company", COMPANY, "C", WHY), DAY)
        for who in (STRANGER, FOUNDER, MEXT, LEADER):
            refused = case.refuses(who, "consent_to_membership", ConsentToMembership(3), DAY)
            assert refused.code == "not_your_act"
        case.does(CLERK, "decline_membership", DeclineMembership(3), DAY)
        assert not case.state.member(3).current
        assert case.refuses(CLERK, "consent_to_membership", ConsentToMembership(3), DAY).code == (
            "not_your_act"
        )

    def test_of_two_invited_neither_answers_for_the_other(self, case) -> None:
        established(case).does(MEXT, "invite_member", InviteMember("company", COMPANY, "C", WHY), DAY)
        case.does(MEXT, "invite_member", InviteMember("start_up", START_UP, "S", WHY), DAY)
        refused = case.refuses(FOUNDER, "consent_to_membership", ConsentToMembership(3), DAY)
        assert refused.code == "no_such_invitation"

    def test_nobody_is_a_member_twice(self, case) -> None:
        joined(established(case))
        again = case.refuses(MEXT, "invite_member", InviteMember("start_up", COMPANY, "C", WHY), DAY)
        assert again.code == "already_a_member"

    @pytest.mark.parametrize(
        ("kind", "one", "code"),
        [
            ("company", "1234567890123", "organisation_id_wrong"),
            ("agency", "mlit", "agency_id_wrong"),
            ("prime_minister", "CAO", "makes_up_the_council"),
            ("principal_researcher", "professor-2", "makes_up_the_council"),
        ],
    )
    def test_a_member_is_told_apart_by_the_id_of_its_kind(self, case, kind, one, code) -> None:
        refused = established(case).refuses(MEXT, "invite_member", InviteMember(kind, one, "X", WHY), DAY)
        assert refused.code == code

    def test_who_makes_up_the_council_does_not_leave_it(self, case) -> None:
        joined(established(case)).does(CLERK, "leave", Leave(WHY), DAY)
        assert case.refuses(LEADER, "leave", Leave(WHY), DAY).code == "makes_up_the_council"
        assert case.refuses(CLERK, "leave", Leave(WHY), DAY).code == "not_your_act"

    def test_a_researcher_who_joins_is_on_its_affairs(self, case) -> None:
        joined(established(case), FELLOW, "researcher", FELLOW.subject)
        assert FELLOW.subject in case.state.persons()

    def test_another_researcher_takes_the_place_of_who_represents_the_research(self, case) -> None:
        successor = NameSuccessor(FELLOW.subject, "Dr. Umi", WHY)
        established(case).does(MEXT, "name_successor", successor, DAY)
        assert case.state.principal == LEADER.subject
        case.does(FELLOW, "consent_to_membership", ConsentToMembership(3), DAY)
        assert case.state.principal == FELLOW.subject
        assert [one.id for one in case.state.current] == ["MEXT", FELLOW.subject]
        assert case.state.bound() == (LEADER.subject,)
        again = case.refuses(MEXT, "name_successor", successor, DAY)
        assert again.code == "already_a_member"


class TestSecrecy:
    def test_the_duty_is_acknowledged_as_it_stands_with_its_penalty(self, case) -> None:
        old = AcknowledgeSecrecy("62-7.2022", "Read.")
        refused = established(case).refuses(LEADER, "acknowledge_secrecy", old, DAY)
        assert (refused.code, refused.facts["statement"]) == ("another_statement_stands", STATEMENT)
        case.does(LEADER, "acknowledge_secrecy", AcknowledgeSecrecy(STATEMENT, "Read."), DAY)
        again = case.refuses(LEADER, "acknowledge_secrecy", AcknowledgeSecrecy(STATEMENT, "Read."), DAY)
        assert again.code == "already_acknowledged"

    @pytest.mark.parametrize(("on", "word"), [(date(2025, 5, 31), "懲役"), (date(2025, 6, 1), "拘禁刑")])
    def test_the_penalty_has_the_word_of_its_time(self, on, word) -> None:
        assert word in statement_of("council", on).penalty_ja
        assert word in statement_of("think_tank", on).penalty_ja

    def test_it_survives_leaving_and_being_withdrawn(self, case) -> None:
        joined(established(case)).does(CLERK, "assign_person", AssignPerson("clerk-1", "Clerk"), DAY)
        case.does(CLERK, "withdraw_person", WithdrawPerson("clerk-1"), "2026-06-11")
        assert case.state.bound() == ("clerk-1",)
        assert standing(CLERK, council.parties(case.state)) >= {"formerly_on_council"}
        case.does(CLERK, "leave", Leave(WHY), "2026-06-12")
        assert standing(CLERK, council.parties(case.state)) == {"formerly_on_council"}

    def test_only_what_the_policy_knows_is_attested_of_a_person(self, case) -> None:
        established(case)
        for attribute, value, code in (
            ("nationality", "JP", "no_such_attribute"),
            ("vetting", "perhaps", "no_such_value"),
        ):
            command = AttestPerson(LEADER.subject, attribute, value, "file 7")
            assert case.refuses(MEXT, "attest_person", command, DAY).code == code
        stranger = AttestPerson("nobody", "vetting", "passed", "file 7")
        assert case.refuses(MEXT, "attest_person", stranger, DAY).code == "not_assigned"


SENSITIVE = ProposeSensitivity(("item-1",), "named", "All of it.", date(2026, 12, 31), WHY, WHY)


class TestDecisions:
    def test_a_member_that_joins_meanwhile_consents_too(self, case) -> None:
        established(case).does(LEADER, "propose_sensitivity", SENSITIVE, "2026-06-06")
        for who in (MEXT, LEADER):
            case.does(who, "consent", Consent(1), "2026-06-06")
        joined(case)
        refused = case.refuses(MEXT, "decide", Decide(1), DAY)
        assert (refused.code, refused.facts["members"]) == ("consents_missing", COMPANY)
        case.does(CLERK, "consent", Consent(1), DAY)
        case.does(MEXT, "decide", Decide(1), DAY)
        assert case.state.decisions == ()

    def test_who_leaves_blocks_no_more(self, case) -> None:
        joined(established(case)).does(LEADER, "propose_sensitivity", SENSITIVE, DAY)
        for who in (MEXT, LEADER):
            case.does(who, "consent", Consent(1), DAY)
        case.does(CLERK, "object_to", Object(1, WHY), DAY)
        assert case.refuses(MEXT, "decide", Decide(1), DAY).code == "member_objects"
        case.does(CLERK, "leave", Leave(WHY), DAY)
        case.does(MEXT, "decide", Decide(1), DAY)

    def test_each_votes_once(self, case) -> None:
        established(case).does(LEADER, "propose_sensitivity", SENSITIVE, DAY)
        case.does(LEADER, "consent", Consent(1), DAY)
        assert case.refuses(LEADER, "consent", Consent(1), DAY).code == "already_voted"
        assert case.refuses(LEADER, "object_to", Object(1, WHY), DAY).code == "already_voted"
        assert case.refuses(MEXT, "consent", Consent(2), DAY).code == "no_such_decision"

    def test_what_is_proposed_to_end_in_the_past_is_refused_then_and_later(self, case) -> None:
        past = ProposeRestriction("item-1", WHY, WHY, date(2026, 6, 9), WHY)
        assert established(case).refuses(LEADER, "propose_restriction", past, DAY).code == (
            "day_set_lies_behind"
        )
        case.does(LEADER, "propose_sensitivity", SENSITIVE, DAY)
        for who in (MEXT, LEADER):
            case.does(who, "consent", Consent(1), DAY)
        assert case.refuses(MEXT, "decide", Decide(1), "2027-01-01").code == "day_set_lies_behind"

    def test_a_marking_nobody_knows_is_refused(self, case) -> None:
        unknown = ProposeSensitivity(("item-1",), "cosmic", "All.", date(2026, 12, 31), WHY, WHY)
        refused = established(case).refuses(LEADER, "propose_sensitivity", unknown, DAY)
        assert refused.code == "no_such_marking"

    def test_a_proposal_is_dropped_by_who_made_it_or_an_organiser(self, case) -> None:
        joined(established(case)).does(LEADER, "propose_publication", ProposePublication("i", WHY), DAY)
        assert case.refuses(CLERK, "drop_proposal", DropProposal(1, WHY), DAY).code == "not_your_proposal"
        case.does(LEADER, "drop_proposal", DropProposal(1, WHY), DAY)
        assert case.refuses(MEXT, "decide", Decide(1), DAY).code == "no_such_decision"

    def test_rules_come_from_a_model_and_cannot_depart_from_the_act(self, case) -> None:
        against = ProposeRules(WHY, replaced=(ProvisionReplaced(8, "Secrecy", "There is none."),))
        refused = established(case).refuses(LEADER, "propose_rules", against, DAY)
        assert refused.code == "provision_restates_the_act"
        own = ProposeRules(WHY, 14, (ProvisionReplaced(9, "Leaving", "With a month's notice."),))
        case.does(LEADER, "propose_rules", own, DAY)
        for who in (MEXT, LEADER):
            case.does(who, "consent", Consent(1), DAY)
        case.does(MEXT, "decide", Decide(1), DAY)
        assert case.state.rules.meeting_notice_days == 14
        assert [one.number for one in case.state.rules.provisions] == list(range(1, 10))

    def test_all_decide_that_the_council_has_done_its_work(self, case) -> None:
        established(case).does(LEADER, "propose_dissolution", ProposeDissolution(WHY), DAY)
        for who in (MEXT, LEADER):
            case.does(who, "consent", Consent(1), DAY)
        case.does(MEXT, "decide", Decide(1), DAY)
        assert case.stage == "Dissolved"
        assert case.refuses(MEXT, "give_gate_view", GiveGateView("1", "stop", WHY), DAY).code == "no_council"
        assert case.state.bound() == (LEADER.subject,)

    def test_two_proposals_cannot_decide_the_same_both_ways(self, case) -> None:
        established(case).does(LEADER, "propose_publication", ProposePublication("i", WHY), DAY)
        other_way = ProposeRestriction("i", WHY, WHY, date(2026, 7, 1), WHY)
        refused = case.refuses(MEXT, "propose_restriction", other_way, DAY)
        assert (refused.code, refused.facts["decision"]) == ("proposal_open", 1)
        case.does(MEXT, "propose_restriction", replace(other_way, item="j"), DAY)

    def test_a_ministry_that_is_a_member_votes_as_one(self, case) -> None:
        joined(established(case), MLIT, "agency", "MLIT").does(
            MLIT, "propose_publication", ProposePublication("i", WHY), DAY
        )
        case.does(MLIT, "consent", Consent(1), DAY)
        assert case.refuses(STRANGER, "consent", Consent(1), DAY).code == "not_your_act"

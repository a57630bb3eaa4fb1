"""Art. 67(2)-(8): who may be asked, in which order, and who is shown the invention under which secrecy."""

from __future__ import annotations

from datetime import date

import pytest

from services.patent.domain.investigation.powers import (
    AcceptSecrecy,
    AnswerConsultation,
    AskAgency,
    AskForMaterial,
    ChooseExpert,
    Consult,
    Disclose,
    ExplainSecrecy,
    GiveMaterial,
    HelpAsExpert,
)
from services.patent.domain.security_review import security_review
from services.patent.domain.security_review.powers import Begin, DecideNoDesignation
from services.patent.roles import ASKED_AGENCY, EXPERT, INVITED_EXPERT
from services.platform.law.parties import standing
from tests.services.patent.story import (
    ASSISTANT,
    BENRISHI,
    CAO,
    CLOCK,
    INVENTOR,
    JPO,
    MAKER,
    METI,
    MOD,
    PROFESSOR,
    SWARM,
    Story,
)

WHY = "x"
DAY = "2026-04-01"
BEGIN = Begin("first-review-01KGE8MY00AAAAAAAAAAAAAAAA", SWARM, None, (MAKER,), True, ())
CHOOSE = ChooseExpert("professor-1", "designation", WHY, WHY)


@pytest.fixture
def case() -> Story:
    begun = Story(security_review)
    begun.does(CLOCK, "begin", BEGIN, "2026-03-20")
    return begun


def stands(case: Story, who) -> frozenset[str]:
    return standing(who, security_review.parties(case.state))


class TestTheApplicantAndOthers:
    def test_who_is_asked_answers_its_own_request_once(self, case) -> None:
        case.does(CAO, "ask_for_material", AskForMaterial("designation", WHY, date(2026, 4, 10)), DAY)
        case.does(BENRISHI, "give_material", GiveMaterial(1, "Reports."), "2026-04-12")
        assert case.state.investigation.requests[0].answered_on == date(2026, 4, 12)
        again = case.refuses(INVENTOR, "give_material", GiveMaterial(1, "More."), "2026-04-13")
        assert (again.code, again.facts) == ("no_open_request", {"number": 1})

    def test_what_another_person_gave_the_cabinet_office_enters(self, case) -> None:
        asked = AskForMaterial("designation", WHY, date(2026, 4, 10), of="A former employee")
        case.does(CAO, "ask_for_material", asked, DAY)
        assert case.refuses(INVENTOR, "give_material", GiveMaterial(1, WHY), DAY).code == "no_open_request"
        case.does(CAO, "give_material", GiveMaterial(1, WHY), DAY)

    def test_nothing_is_asked_about_what_is_not_to_be_decided(self, case) -> None:
        other = AskForMaterial("release", WHY, date(2026, 4, 10))
        assert case.refuses(CAO, "ask_for_material", other, DAY).code == "subject_not_open"
        case.does(CAO, "decide_no_designation", DecideNoDesignation(WHY), DAY)
        asked = AskForMaterial("designation", WHY, date(2026, 4, 10))
        assert case.refuses(CAO, "ask_for_material", asked, DAY).code == "nothing_to_find_out"


class TestAgencies:
    def test_an_agency_stands_in_the_case_once_it_is_asked(self, case) -> None:
        assert not stands(case, MOD)
        case.does(CAO, "ask_agency", AskAgency("designation", "MOD", WHY), DAY)
        assert stands(case, MOD) == {ASKED_AGENCY.name}
        assert not stands(case, METI)
        assert case.refuses(METI, "give_material", GiveMaterial(1, WHY), DAY).code == "not_your_act"
        case.does(MOD, "give_material", GiveMaterial(1, WHY), DAY)

    def test_each_agency_answers_for_itself(self, case) -> None:
        for agency in ("MOD", "METI"):
            case.does(CAO, "ask_agency", AskAgency("designation", agency, WHY), DAY)
            case.does(CAO, "consult", Consult("designation", agency, WHY), DAY)
        assert case.refuses(METI, "give_material", GiveMaterial(1, WHY), DAY).code == "no_open_request"
        assert case.refuses(METI, "answer_consultation", AnswerConsultation(1, WHY), DAY).code == (
            "no_open_request"
        )
        case.does(METI, "answer_consultation", AnswerConsultation(2, WHY), DAY)
        case.does(MOD, "answer_consultation", AnswerConsultation(1, WHY), DAY)

    def test_the_patent_office_has_no_standing_in_the_review(self, case) -> None:
        assert not stands(case, JPO)


class TestExperts:
    def test_agencies_come_first(self, case) -> None:
        refused = case.refuses(CAO, "choose_expert", CHOOSE, DAY)
        assert (refused.code, refused.article) == ("agencies_come_first", "67(4)")
        case.does(CAO, "ask_agency", AskAgency("designation", "MOD", WHY), DAY)
        case.does(CAO, "choose_expert", CHOOSE, DAY)
        assert case.refuses(CAO, "choose_expert", CHOOSE, DAY).code == "expert_already_chosen"

    def test_a_consulted_agency_chooses_its_own_and_nobody_elses(self, case) -> None:
        """67(7)."""
        case.does(CAO, "ask_agency", AskAgency("designation", "METI", WHY), DAY)
        assert case.refuses(METI, "choose_expert", CHOOSE, DAY).code == "agencies_come_first"
        case.does(CAO, "consult", Consult("designation", "METI", WHY), DAY)
        case.does(METI, "choose_expert", CHOOSE, DAY)
        assert case.refuses(CAO, "explain_secrecy", ExplainSecrecy("professor-1"), DAY).code == (
            "not_the_expert"
        )
        case.does(METI, "explain_secrecy", ExplainSecrecy("professor-1"), DAY)

    def chosen(self, case: Story) -> Story:
        case.does(CAO, "ask_agency", AskAgency("designation", "MOD", WHY), DAY)
        case.does(CAO, "choose_expert", CHOOSE, DAY)
        return case

    def test_nothing_is_disclosed_before_explanation_and_consent_of_everyone(self, case) -> None:
        """67(5): the expert and every assistant, each for itself."""
        disclose = Disclose("professor-1", "Claims 1-4.")
        self.chosen(case)
        assert case.refuses(CAO, "disclose", disclose, DAY).code == "consent_comes_first"
        assert case.refuses(PROFESSOR, "accept_secrecy", AcceptSecrecy(), DAY).code == (
            "secrecy_not_explained"
        )
        case.does(CAO, "explain_secrecy", ExplainSecrecy("professor-1", ("assistant-1",)), DAY)
        case.does(PROFESSOR, "accept_secrecy", AcceptSecrecy(), DAY)
        assert case.refuses(CAO, "disclose", disclose, DAY).code == "consent_comes_first"
        case.does(ASSISTANT, "accept_secrecy", AcceptSecrecy(), DAY)
        assert stands(case, PROFESSOR) == {INVITED_EXPERT.name}
        case.does(CAO, "disclose", disclose, DAY)
        assert stands(case, PROFESSOR) == stands(case, ASSISTANT) == {EXPERT.name}
        case.does(PROFESSOR, "help_as_expert", HelpAsExpert("It works."), DAY)
        assert case.refuses(ASSISTANT, "help_as_expert", HelpAsExpert(WHY), DAY).code == "not_the_expert"

    def test_consent_is_given_once_and_the_disclosure_made_once(self, case) -> None:
        self.chosen(case).does(CAO, "explain_secrecy", ExplainSecrecy("professor-1"), DAY)
        again = case.refuses(CAO, "explain_secrecy", ExplainSecrecy("professor-1"), DAY)
        assert again.code == "secrecy_already_explained"
        case.does(PROFESSOR, "accept_secrecy", AcceptSecrecy(), DAY)
        assert case.refuses(PROFESSOR, "accept_secrecy", AcceptSecrecy(), DAY).code == (
            "secrecy_already_accepted"
        )
        case.does(CAO, "disclose", Disclose("professor-1", WHY), DAY)
        assert case.refuses(CAO, "disclose", Disclose("professor-1", WHY), DAY).code == "already_disclosed"

    def test_an_expert_may_help_without_being_shown_anything(self, case) -> None:
        """67(4) needs no disclosure; 67(5) is for where one is necessary."""
        self.chosen(case).does(PROFESSOR, "help_as_expert", HelpAsExpert("The field in general."), DAY)

    def test_an_assistant_is_no_expert_of_another(self, case) -> None:
        self.chosen(case)
        twice = ExplainSecrecy("professor-1", ("professor-1",))
        assert case.refuses(CAO, "explain_secrecy", twice, DAY).code == "expert_already_chosen"

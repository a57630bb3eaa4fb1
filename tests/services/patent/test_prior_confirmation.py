"""Art. 79: whether a filing abroad is banned, asked before there is any Japanese application."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from services.patent.domain.prior_confirmation import prior_confirmation
from services.patent.domain.prior_confirmation.powers import (
    AnswerNotOfTheKind,
    AnswerReferral,
    AskConfirmation,
    PassOn,
    Refer,
)
from services.patent.roles import ENQUIRER, PRIME_MINISTER
from services.platform.law.parties import Role, standing
from tests.services.patent.story import (
    BENRISHI,
    CAO,
    INVENTOR,
    JPO,
    JPO_EXAMINER,
    MAKER,
    UNMANDATED,
    Story,
    given,
)

WHY = "x"
ASK = AskConfirmation(
    MAKER, "Maker", "富山県富山市1-1", "A valve", "A valve that opens.", False, 25_000, symbols=("F16K 1/00",)
)


@pytest.fixture
def case() -> Story:
    return Story(prior_confirmation)


def asked(case: Story) -> Story:
    case.does(BENRISHI, "ask_confirmation", ASK, "2026-04-01")
    return case


def test_it_costs_25000_yen_by_revenue_stamp(case) -> None:
    refused = case.refuses(INVENTOR, "ask_confirmation", replace(ASK, fee_yen=20_000), "2026-04-01")
    assert (refused.code, refused.facts) == ("fee_not_paid", {"fee": 25_000, "paid": 20_000})


def test_it_is_for_inventions_that_no_japanese_application_shows(case) -> None:
    with_one = replace(ASK, applied_in_japan=True)
    refused = case.refuses(INVENTOR, "ask_confirmation", with_one, "2026-04-01")
    assert (refused.code, refused.article) == ("applied_in_japan", "79(1)")


def test_a_symbol_that_is_none_is_named_by_its_place_alone(case) -> None:
    wrong = replace(ASK, symbols=("F16K 1/00", "G99Z 1/00"))
    refused = case.refuses(INVENTOR, "ask_confirmation", wrong, "2026-04-01")
    assert (refused.code, refused.facts) == ("no_such_symbol", {"place": 1})


def test_what_is_not_of_the_kind_the_commissioner_answers_alone(case) -> None:
    asked(case).does(JPO, "answer_not_of_the_kind", AnswerNotOfTheKind(WHY), "2026-04-06")
    assert case.stage == "AnsweredNotOfTheKind"
    assert case.refuses(JPO, "refer", Refer(WHY), "2026-04-07").code == "confirmation_over"


@pytest.mark.parametrize("answer", ["harmless", "not_clear"])
def test_what_is_of_the_kind_the_prime_minister_answers_through_the_commissioner(case, answer) -> None:
    asked(case).does(JPO, "refer", Refer(WHY), "2026-04-06")
    assert case.refuses(JPO, "answer_not_of_the_kind", AnswerNotOfTheKind(WHY), "2026-04-07").code == (
        "already_referred"
    )
    assert case.refuses(JPO, "pass_on", PassOn(), "2026-04-07").code == "referral_not_answered"
    case.does(CAO, "answer_referral", AnswerReferral(answer, WHY), "2026-04-20")
    assert case.refuses(CAO, "answer_referral", AnswerReferral(answer, WHY), "2026-04-20").code == (
        "referral_answered"
    )
    assert case.stage == "AwaitPassingOn"
    case.does(JPO, "pass_on", PassOn(), "2026-04-21")
    assert (case.stage, case.state.answer, case.state.passed_on) == ("Answered", answer, date(2026, 4, 21))


def test_the_prime_minister_stands_in_it_only_once_asked(case) -> None:
    asked(case)
    assert not standing(CAO, prior_confirmation.parties(case.state))
    case.does(JPO, "refer", Refer(WHY), "2026-04-06")
    assert standing(CAO, prior_confirmation.parties(case.state))


@pytest.mark.parametrize("who", [CAO, JPO_EXAMINER, INVENTOR, UNMANDATED])
def test_nobody_but_the_commissioner_answers(case, who) -> None:
    refused = asked(case).refuses(who, "answer_not_of_the_kind", AnswerNotOfTheKind(WHY), "2026-04-06")
    assert refused.code == "not_your_act"


def test_what_passes_between_the_authorities_the_enquirer_hears_with_the_answer(case) -> None:
    """79(3), (4): the Commissioner asks the Prime Minister, and answers the enquirer."""
    asked(case).does(JPO, "refer", Refer(WHY), "2026-04-06")
    case.does(CAO, "answer_referral", AnswerReferral("harmless", WHY), "2026-04-20")
    telling = prior_confirmation.telling

    def stage(role: Role) -> str:
        told = telling.told(case.state, frozenset({role.name}), given(INVENTOR, "2026-04-21"))
        return prior_confirmation.stage(told).name

    assert (stage(ENQUIRER), stage(PRIME_MINISTER)) == ("AwaitCommissioner", "AwaitPassingOn")
    case.does(JPO, "pass_on", PassOn(), "2026-04-21")
    assert (stage(ENQUIRER), stage(PRIME_MINISTER)) == ("Answered", "AwaitPassingOn")


def test_no_step_has_a_day_so_there_is_no_machine() -> None:
    """遅滞なく in 79(2)-(4): nothing is deemed answered."""
    assert not prior_confirmation.timed

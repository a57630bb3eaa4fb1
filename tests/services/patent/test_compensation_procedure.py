"""Art. 80: the loss normally arising from a designation is claimed, decided, and more can be sued for."""

from __future__ import annotations

from datetime import date, time

import pytest
from msgspec.structs import replace

from services.patent.compensation import Claim, Loss
from services.patent.domain.compensation import compensation
from services.patent.domain.compensation.powers import (
    Claiming,
    DecideAmount,
    MakeClaim,
    NoteDesignationOver,
)
from services.patent.domain.compensation.state import SuitTimePassed
from services.patent.domain.investigation.powers import (
    AskAgency,
    AskForMaterial,
    ChooseExpert,
    Disclose,
    GiveMaterial,
)
from services.patent.domain.notices import RecordReceipt
from tests.services.patent.story import BENRISHI, CAO, CLOCK, INVENTOR, JPO, MAKER, PARTNER, SHARER, Story, at

WHY = "x"
CLAIM = Claim(
    3_000_000,
    (
        Loss("No licence to a maker abroad", "designation", 2_000_000, ("an offer",)),
        Loss("A site had to be fenced", "permission_conditional", 1_000_000, ("an invoice",)),
    ),
    WHY,
)
MADE = MakeClaim(MAKER, "designation-01KGE8MY00AAAAAAAAAAAAAAAA", CLAIM)
CLAIMING = Claiming(MADE, date(2026, 6, 1), None)


@pytest.fixture
def case() -> Story:
    return Story(compensation)


def claimed(case: Story, claiming: Claiming = CLAIMING) -> Story:
    case.does(INVENTOR, "claim", claiming, "2026-12-01")
    return case


def test_every_defect_of_a_claim_is_said_at_once(case) -> None:
    bad = replace(CLAIM, total_yen=1, reasons="")
    refused = case.refuses(INVENTOR, "claim", replace(CLAIMING, made=replace(MADE, claim=bad)), "2026-12-01")
    assert (refused.code, refused.facts["count"]) == ("claim_incomplete", 2)


def test_whoever_suffered_the_loss_claims_for_itself(case) -> None:
    """80(1) speaks of who suffered a loss, a sharing operator too."""
    case.does(PARTNER, "claim", replace(CLAIMING, made=replace(MADE, claimant=SHARER)), "2026-12-01")
    assert Story(compensation).refuses(PARTNER, "claim", CLAIMING, "2026-12-01").code == "not_your_act"


def test_each_loss_is_decided_and_the_amount_is_their_sum(case) -> None:
    claimed(case)
    short = case.refuses(CAO, "decide_amount", DecideAmount((2_000_000,), WHY), "2027-02-01")
    assert (short.code, short.facts) == ("losses_not_all_decided", {"given": 1, "wanted": 2})
    case.does(CAO, "decide_amount", DecideAmount((1_500_000, 0), WHY), "2027-02-01")
    assert (case.stage, case.state.amount) == ("SuitOpen", 1_500_000)
    again = case.refuses(CAO, "decide_amount", DecideAmount((0, 0), WHY), "2027-02-02")
    assert again.code == "amount_decided"


def test_more_can_be_sued_for_within_six_months_of_receipt(case) -> None:
    claimed(case, replace(CLAIMING, made=replace(MADE, electronic_notices=False)))
    case.does(CAO, "decide_amount", DecideAmount((0, 0), WHY), "2027-02-01")
    assert (case.stage, case.state.suit) == ("AwaitReceipt", None)
    case.does(
        CAO, "record_receipt", RecordReceipt("amount", date(2027, 2, 3), "registered mail"), "2027-02-05"
    )
    assert case.state.suit.last_day == date(2027, 8, 3)
    assert compensation.wait(case.state).until == at("2027-08-04", time(0))
    case.lapses("2027-08-03")
    assert case.stage == "SuitOpen"
    case.lapses("2027-08-20")
    assert case.happened(SuitTimePassed) == [SuitTimePassed(date(2027, 8, 3))]
    assert case.stage == "SuitTimePassed"


def test_the_claimant_and_agencies_are_asked_and_nobody_is_consulted(case) -> None:
    """80(4) applies 67(2)-(5)."""
    claimed(case).does(CAO, "ask_for_material", AskForMaterial("amount", WHY, date(2027, 1, 9)), "2026-12-02")
    case.does(BENRISHI, "give_material", GiveMaterial(1, WHY), "2026-12-09")
    assert "consult" not in compensation.powers
    assert compensation.powers["ask_agency"].article == "80(4), 67(3)"


@pytest.mark.parametrize(("ended_on", "needed"), [(None, True), (date(2026, 11, 1), False)])
def test_consent_to_secrecy_is_needed_only_while_the_designation_stands(case, ended_on, needed) -> None:
    """80(4), in the parenthesis: 67(5), second sentence, within the term."""
    claimed(case, replace(CLAIMING, designated_until=ended_on))
    case.does(CAO, "ask_agency", AskAgency("amount", "METI", WHY), "2026-12-02")
    case.does(CAO, "choose_expert", ChooseExpert("professor-1", "amount", WHY, WHY), "2026-12-02")
    disclose = Disclose("professor-1", WHY)
    if needed:
        assert case.refuses(CAO, "disclose", disclose, "2026-12-03").code == "consent_comes_first"
    else:
        case.does(CAO, "disclose", disclose, "2026-12-03")


def test_consent_is_asked_for_no_longer_once_the_designation_ends_after_the_claim(case) -> None:
    """80(4): 保全指定の期間内にあっては, at the time it is applied."""
    claimed(case).does(CAO, "ask_agency", AskAgency("amount", "METI", WHY), "2026-12-02")
    case.does(CAO, "choose_expert", ChooseExpert("professor-1", "amount", WHY, WHY), "2026-12-02")
    disclose = Disclose("professor-1", WHY)
    assert case.refuses(CAO, "disclose", disclose, "2026-12-03").code == "consent_comes_first"
    over = NoteDesignationOver(date(2026, 12, 4))
    case.does(CLOCK, "note_designation_over", over, "2026-12-04")
    assert case.refuses(CLOCK, "note_designation_over", over, "2026-12-05").code == "already_heard"
    case.does(CAO, "disclose", disclose, "2026-12-05")


def test_the_patent_office_has_no_part_in_it(case) -> None:
    assert claimed(case).allows(JPO, "2026-12-02") == ()

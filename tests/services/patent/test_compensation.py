"""Compensation (Art. 80): what a claim must say, and six months to sue for more."""

from datetime import date

from services.patent.compensation import Claim, Loss, defects, suit_for_more

LOSS = Loss("a contract that could not be kept", "permission_refused", 1_000_000, ("Exhibit 1",))


def test_a_claim_with_breakdown_reasons_and_evidence_has_no_defect() -> None:
    assert defects(Claim(1_000_000, (LOSS,), "Permission was refused.")) == ()


def test_everything_a_claim_lacks_is_said_at_once() -> None:
    claim = Claim(2_000_000, (LOSS, Loss("a delay", "designation", 1)), " ")
    assert [(found.field, found.code) for found in defects(claim)] == [
        ("/total_yen", "total_is_not_the_sum"),
        ("/breakdown/1/evidence", "evidence_missing"),
        ("/reasons", "reasons_missing"),
    ]
    assert [found.code for found in defects(Claim(1, (), "r"))] == ["breakdown_missing"]


def test_a_higher_amount_can_be_sued_for_within_six_months_of_the_notice() -> None:
    limit = suit_for_more(date(2026, 8, 31))
    assert (limit.moved_from, limit.last_day) == (date(2027, 2, 28), date(2027, 3, 1))

"""The sectors of Art. 50(1) as dated data."""

from datetime import date

import pytest

from services.infra_review.plan.countries import codes, known
from services.infra_review.sectors import (
    Sector,
    Threshold,
    UnknownSectorError,
    business_in_force,
    sector,
    sector_of,
    sectors,
)

TODAY = date(2026, 5, 7)
FIRST = date(2023, 11, 1)


def number(one: Sector) -> int:
    return int("".join(c for c in one.item if c.isdigit()))


def test_fifteen_items_are_in_force_and_finance_is_split_by_order() -> None:
    now = sectors(TODAY)
    assert [number(one) for one in now] == sorted(number(one) for one in now)
    assert {number(one) for one in now} == set(range(1, 16))
    assert len([one for one in now if number(one) == 14]) == 14
    assert len(now) == 28


def test_nothing_was_designated_before_the_chapter_was_in_force() -> None:
    assert sectors(date(2023, 10, 31)) == ()
    assert len(sectors(FIRST)) == 27


@pytest.mark.parametrize(
    ("sector_id", "before", "since"),
    [
        ("ocean_freight", "7", "7"),
        ("air_transport", "8", "9"),
        ("airports", "9", "10"),
        ("telecommunications", "10", "11"),
        ("broadcasting", "11", "12"),
        ("postal_service", "12", "13"),
        ("finance_banking", "13イ", "14イ"),
        ("finance_claim_recording", "13チ", "14チ"),
        ("credit_cards", "14", "15"),
    ],
)
def test_items_moved_down_by_one_when_port_transport_came(sector_id: str, before: str, since: str) -> None:
    assert sector(sector_id, date(2025, 3, 31)).item == before
    assert sector(sector_id, date(2025, 4, 1)).item == since


def test_port_transport_is_covered_since_april_2025() -> None:
    with pytest.raises(UnknownSectorError) as refused:
        sector("port_transport", date(2025, 3, 31))
    assert refused.value.code == "sector_not_in_force"
    assert sector("port_transport", date(2025, 4, 1)).item == "8"


def test_water_moved_from_one_ministry_to_another() -> None:
    assert sector("water", date(2024, 3, 31)).ministries == ("MHLW",)
    assert sector("water", date(2024, 4, 1)).ministries == ("MLIT",)


@pytest.mark.parametrize(
    ("sector_id", "ministries"),
    [
        ("electricity", ("METI",)),
        ("telecommunications", ("MIC",)),
        ("finance_banking", ("FSA",)),
        ("finance_labour_bank", ("FSA", "MHLW")),
        ("finance_norinchukin", ("FSA", "MAFF")),
        ("finance_savings_insurance", ("FSA", "MOF", "MAFF")),
        ("finance_book_entry", ("FSA", "MOJ", "MOF")),
        ("finance_claim_recording", ("FSA", "MOJ")),
    ],
)
def test_jurisdiction_may_be_joint(sector_id: str, ministries: tuple[str, ...]) -> None:
    assert sector(sector_id, TODAY).ministries == ministries


def test_medical_care_is_enacted_and_not_in_force() -> None:
    with pytest.raises(UnknownSectorError) as refused:
        sector("medical_care", date(2027, 12, 16))
    assert refused.value.code == "sector_not_in_force"
    assert refused.value.article == "50(1)"
    assert "Act No. 38 of 2026" in str(refused.value)
    assert "medical_care" not in {one.id for one in sectors(date(2030, 1, 1))}


def test_an_unknown_sector_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownSectorError, match="electricity, gas, oil") as refused:
        sector("space", TODAY)
    assert refused.value.code == "sector_unknown"


def test_criteria_carry_their_figures() -> None:
    generation = business_in_force("generation", TODAY)
    assert generation is not None
    (plant,) = generation.criteria
    assert plant.thresholds == (Threshold("output of one plant", 500_000, "kW"),)
    cards = business_in_force("comprehensive_credit_purchase", TODAY)
    assert cards is not None
    assert [one.at_least for one in cards.criteria[0].thresholds] == [10_000_000, 4_000_000_000_000]
    water = business_in_force("water_supply", TODAY)
    assert water is not None
    assert water.criteria[0].thresholds[0].strictly  # more than a million, not a million or more


def test_every_sector_says_who_by_what_and_where_it_is_written() -> None:
    for day in (FIRST, date(2024, 4, 1), TODAY):
        for one in sectors(day):
            assert one.ministries
            assert one.order.startswith("https://laws.e-gov.go.jp/law/") or one.ministries == ("MHLW",)
            for business in one.businesses:
                assert business.criteria, business.id
                assert business.equipment, business.id
                assert business.en
                assert business.ja
                assert len({kind.id for kind in business.equipment}) == len(business.equipment)


def test_kinds_of_business_are_named_once() -> None:
    names = [business.id for one in sectors(TODAY) for business in one.businesses]
    assert len(names) == len(set(names))
    owner = sector_of("gas_manufacture", TODAY)
    assert owner is not None
    assert owner.id == "gas"
    assert sector_of("nothing", TODAY) is None


def test_metis_equipment_lists_its_components() -> None:
    for sector_id in ("electricity", "gas", "oil", "credit_cards"):
        one = sector(sector_id, TODAY)
        assert one.confidence == "read in full"
        assert all(kind.components and kind.item for kind in one.equipment)
        assert all(criterion.ja for business in one.businesses for criterion in business.criteria)


def test_countries_are_those_of_iso_and_two_more() -> None:
    assert len(codes()) == 249 + 2
    assert all(len(code) == 2 and code.isupper() for code in codes())
    assert known("TW")
    assert known("XK")
    assert not known("SU")

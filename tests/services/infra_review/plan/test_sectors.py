"""The sectors of Art. 50(1) as dated data, by the eleven ministries' orders and their amendments."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from services.infra_review import orders
from services.infra_review.plan.countries import codes, known
from services.infra_review.sectors import (
    EquipmentKind,
    Sector,
    Threshold,
    UnknownSectorError,
    business_in_force,
    ministry_of,
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


@pytest.mark.parametrize("on", [FIRST, date(2023, 11, 17), date(2024, 4, 1), date(2025, 6, 13), TODAY])
def test_every_sector_says_who_by_what_and_where_it_is_written(on: date) -> None:
    for one in sectors(on):
        assert one.ministries
        assert one.order.startswith("https://")
        assert one.confidence == ("read in part" if one.ministry == "MHLW" else "read in full")
        for business in one.businesses:
            assert business.criteria, business.id
            assert business.equipment, business.id
            assert business.en
            assert business.ja
            assert len({kind.id for kind in business.equipment}) == len(business.equipment)
            for record in (*business.criteria, *business.equipment):
                assert record.effective_from <= on <= (record.effective_to or on)
                if one.ministry != "MHLW":
                    assert record.ja
                    assert record.item.startswith("1" if isinstance(record, EquipmentKind) else "2")


def test_component_equipment_is_listed_in_each_order_since_its_articles_on_plans_came() -> None:
    for one in sectors(date(2023, 11, 16)):
        assert not any(kind.components for kind in one.equipment)
        assert one.important_work == ()
    for one in sectors(TODAY):
        article = "13" if one.ministry == "MIC" else "12"
        for kind in one.equipment:
            assert kind.components, kind.id
            assert all(component.item.startswith(article) for component in kind.components)


def test_maintenance_and_operation_are_important_by_each_order_and_never_newly_so() -> None:
    for one in sectors(TODAY):
        article = "9" if one.ministry == "MIC" else "8"
        assert [work.item for work in one.important_work] == [f"{article}(i)", f"{article}(ii)"]
        assert [work.ja for work in one.important_work] == ["維持管理", "操作"]
        assert all(kind.work_listed_from(["maintenance", "operation"]) is None for kind in one.equipment)


# Amendments: MLIT's of 2024-04-01, 2025-04-01 and 2025-06-13, METI's of 2023-11-17.

BEFORE, SINCE = date(2025, 6, 12), date(2025, 6, 13)


def equipment(sector_id: str, on: date) -> dict[str, EquipmentKind]:
    return {kind.id: kind for kind in sector(sector_id, on).equipment}


def test_until_june_2025_a_freight_system_had_to_have_all_four_functions() -> None:
    (system,) = equipment("road_freight", BEFORE).values()
    assert system.id == "transport_management"
    assert [one.item for one in system.functions] == ["1(iii)イ", "1(iii)ロ", "1(iii)ハ", "1(iii)ニ"]
    assert system.ja.startswith("次に掲げる機能の全て")
    assert system.components[0].ja == "現在地等の情報の作成の用に供するサーバー"


def test_since_june_2025_either_of_two_functions_is_enough_and_newly_so() -> None:
    now = equipment("road_freight", SINCE)
    assert now["dispatch_planning"].listed_from == SINCE
    assert now["cargo_tracking"].listed_from == SINCE
    # What had all the functions was specified critical equipment before, and is no newcomer.
    assert now["transport_management"].listed_from is None
    assert {kind.components[0].ja for kind in now.values()} == {
        "配車計画等又は貨物運送情報の作成の用に供するサーバー"
    }


def test_the_criterion_of_road_freight_was_shares_and_is_five_thousand_vehicles() -> None:
    (before,) = sector("road_freight", BEFORE).businesses[0].criteria
    assert [(one.at_least, one.unit) for one in before.thresholds[:3]] == [(5, "%")] * 3
    assert (before.item, before.effective_to) == ("2(iii)", BEFORE)
    (after,) = sector("road_freight", SINCE).businesses[0].criteria
    assert after.thresholds == (Threshold("vehicles", 5_000, "vehicles"),)
    assert after.effective_from == SINCE


@pytest.mark.parametrize(
    ("sector_id", "items"),
    [
        ("railway", ("1(i)", "1(ii)", "1(ii)")),
        ("ocean_freight", ("1(iii)", "1(iv)", "1(iv)")),
        ("air_transport", ("1(iv)", "1(v)", "1(vi)")),
        ("airports", ("1(v)", "1(vi)", "1(vii)")),
    ],
)
def test_items_of_mlits_order_moved_down_when_water_and_port_transport_came(
    sector_id: str, items: tuple[str, ...]
) -> None:
    days = (date(2024, 3, 31), date(2024, 4, 1), date(2025, 4, 1))
    assert tuple(sector(sector_id, day).equipment[0].item for day in days) == items


def test_airports_were_narrowed_to_specified_airports() -> None:
    before = equipment("airports", date(2025, 3, 31))["aerodrome_light_control"]
    after = equipment("airports", date(2025, 4, 1))["aerodrome_light_control"]
    assert "特定空港" not in before.ja
    assert after.ja.startswith("特定空港において使用される")
    assert after.listed_from is None


def test_the_words_of_gas_manufacture_changed_and_nothing_became_new_by_it() -> None:
    before = equipment("gas", date(2023, 11, 16))["lng_control"]
    after = equipment("gas", date(2023, 11, 17))["lng_control"]
    assert before.ja.startswith("液化ガスの受入れ、貯蔵及び払出しに係る設備")
    assert after.ja.startswith("液化ガスの受入れ及び貯蔵並びにガスの払出しに係る設備")
    assert after.listed_from is None


# Criteria read against the text.


def criteria(business_id: str) -> dict[str, tuple[Threshold, ...]]:
    found = business_in_force(business_id, TODAY)
    assert found is not None
    return {one.id: one.thresholds for one in found.criteria}


def test_type_1_securities_count_the_average_of_three_years() -> None:
    for figures in criteria("type_1_financial_instruments").values():
        assert [one.measure.endswith("the last three business years, average") for one in figures] == [True]


def test_non_life_insurers_are_measured_by_claims_and_not_by_premiums() -> None:
    assert criteria("insurance")["non_life_claims"][0].measure.startswith("direct net non-life claims")


@pytest.mark.parametrize(
    ("percent", "met"), [("1", True), ("0.5", True), ("0.4999999", False), ("0.996", True), ("0", False)]
)
def test_a_share_of_petroleum_gas_is_rounded_to_hundredths_before_it_is_compared(
    percent: str, met: bool
) -> None:
    (share,) = criteria("petroleum_gas_import")["share_of_imports"]
    assert share.met_by(Fraction(percent)) is met


def test_other_shares_are_not_rounded() -> None:
    volume = criteria("ocean_cargo")["share"][0]
    assert not volume.met_by(Fraction("9.9999"))
    assert volume.met_by(Fraction(10))
    population = criteria("water_supply")["population"][0]
    assert not population.met_by(Fraction(1_000_000))
    assert population.met_by(Fraction(1_000_001))


def test_either_share_of_flights_is_enough_for_either_business() -> None:
    assert list(criteria("international_air_transport")) == list(criteria("domestic_scheduled_air_transport"))


def test_facilities_of_telecommunications_are_listed_for_who_meets_their_criterion() -> None:
    found = business_in_force("telecommunications_business", TODAY)
    assert found is not None
    assert {kind.criterion for kind in found.equipment} == {one.id for one in found.criteria}


# The orders.


def test_eleven_orders_and_each_cites_its_own_article() -> None:
    assert len(orders.orders()) == 11
    assert orders.article_of("METI", "supplier", "(ii)") == "METI Order 41 of 2023, Art. 11(ii)"
    assert orders.article_of("MIC", "supplier", "(ii)") == "MIC Order 64 of 2023, Art. 12(ii)"
    assert orders.article_of("FSA+MOJ", "relief") == "Cabinet Office/MOJ Order 2 of 2023, Art. 17"


def test_what_was_not_found_is_not_cited() -> None:
    assert orders.article_of("MHLW", "supplier", "(ii)") == ""
    assert orders.article_of("MOE", "supplier") == ""


def test_mics_articles_are_metis_and_one_more_from_the_eighth_on() -> None:
    metis, mics = orders.orders()["METI"].articles, orders.orders()["MIC"].articles
    assert mics == {subject: n + 1 if n >= 7 else n for subject, n in metis.items()}


def test_the_order_of_a_business_is_that_of_its_ministry_on_the_day() -> None:
    assert ministry_of("water_supply", date(2024, 3, 31)) == "MHLW"
    assert ministry_of("water_supply", date(2024, 4, 1)) == "MLIT"
    assert ministry_of("water_supply") == "MLIT"
    assert ministry_of("claim_recording") == "FSA+MOJ"
    assert ministry_of("nothing") == ministry_of(None) == ""


def test_every_day_has_one_version_of_each_record() -> None:
    day = FIRST
    while day <= date(2025, 7, 1):
        for one in sectors(day):
            for business in one.businesses:
                assert len({record.id for record in business.criteria}) == len(business.criteria)
                assert len({record.id for record in business.equipment}) == len(business.equipment)
        day += timedelta(days=13)


def test_kinds_of_business_are_named_once() -> None:
    names = [business.id for one in sectors(TODAY) for business in one.businesses]
    assert len(names) == len(set(names))
    owner = sector_of("gas_manufacture", TODAY)
    assert owner is not None
    assert owner.id == "gas"
    assert sector_of("nothing", TODAY) is None


def test_countries_are_those_of_iso_and_two_more() -> None:
    assert len(codes()) == 249 + 2
    assert all(len(code) == 2 and code.isupper() for code in codes())
    assert known("TW")
    assert known("XK")
    assert not known("SU")

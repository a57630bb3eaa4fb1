"""What the amendments of the Act and of the orders changed, between any two days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.infra_review.plan.amended import Alteration, amended

DAYS = st.dates(date(2023, 10, 1), date(2026, 12, 31))


def steps(before: date, after: date) -> list[tuple[str, str, str]]:
    return [(one.what, one.how, one.path) for one in amended(before, after).alterations]


def test_nothing_changes_overnight_without_an_amendment() -> None:
    quiet = amended(date(2025, 6, 13), date(2026, 5, 31))
    assert quiet.alterations == ()
    assert quiet.amendments == ()


def test_the_amendment_of_june_2025_concerned_road_freight_alone() -> None:
    found = amended(date(2025, 6, 12), date(2025, 6, 13))
    business = "road_freight/general_motor_truck"
    assert [(one.what, one.how, one.path) for one in found.alterations] == [
        ("criterion", "went", f"{business}/shares_and_offices"),
        ("criterion", "came", f"{business}/vehicles"),
        ("equipment", "reworded", f"{business}/transport_management"),
        ("component", "went", f"{business}/transport_management/position_server"),
        ("component", "went", f"{business}/transport_management/position_program"),
        ("component", "came", f"{business}/transport_management/dispatch_server"),
        ("component", "came", f"{business}/transport_management/dispatch_program"),
        ("equipment", "came", f"{business}/dispatch_planning"),
        ("equipment", "came", f"{business}/cargo_tracking"),
    ]
    assert found.of("road_freight") == found.alterations
    assert found.of("water") == ()
    assert [(one.law, one.on) for one in found.amendments] == [("MLIT Order 62 of 2023", date(2025, 6, 13))]


def test_port_transport_came_and_the_items_after_it_moved() -> None:
    found = amended(date(2025, 3, 31), date(2025, 4, 1))
    assert found.of("port_transport") == (Alteration("sector", "came", "port_transport", "", "港湾運送"),)
    assert ("sector", "renumbered", "credit_cards") in steps(date(2025, 3, 31), date(2025, 4, 1))
    assert Alteration("sector", "renumbered", "postal_service", "12", "13") in found.alterations
    assert [one.how for one in found.of("airports", "airport_management")] == [
        "renumbered",  # of the criterion, and its words
        "reworded",
        "renumbered",  # of the equipment, and its words
        "reworded",
    ]
    assert [one.law for one in found.amendments] == [
        "Act 43 of 2022",
        "Cabinet Order 394 of 2022",
        "METI Order 41 of 2023",
        "MLIT Order 62 of 2023",
    ]


def test_water_went_to_another_ministry() -> None:
    (moved, *_) = amended(date(2024, 3, 31), date(2024, 4, 1)).of("water")
    assert moved == Alteration("sector", "other_ministry", "water", "MHLW", "MLIT")


def test_the_articles_on_plans_came_with_component_equipment_and_important_work() -> None:
    found = amended(date(2023, 11, 16), date(2023, 11, 17))
    assert Alteration("important_work", "came", "gas/maintenance") in found.alterations
    assert ("equipment", "reworded", "gas/gas_manufacture/lng_control") in steps(
        date(2023, 11, 16), date(2023, 11, 17)
    )
    assert len(found.amendments) == 2 + 10  # MHLW's order was not found whole


def test_what_moved_nothing_but_a_citation_is_told_and_alters_nothing() -> None:
    found = amended(date(2026, 5, 31), date(2026, 6, 1))
    assert found.alterations == ()
    assert "Cabinet Office Order 61 of 2023" in {one.law for one in found.amendments}
    assert all(one.en and one.ja for one in found.amendments)


def test_before_the_chapter_was_in_force_there_was_nothing() -> None:
    assert {how for _, how, _ in steps(date(2023, 10, 31), date(2023, 11, 1))} == {"came"}
    assert {what for what, _, _ in steps(date(2023, 10, 31), date(2023, 11, 1))} == {"sector"}


@given(DAYS, DAYS)
def test_an_amendment_undone_is_the_same_seen_from_the_other_side(one: date, two: date) -> None:
    there, back = amended(one, two).alterations, amended(two, one).alterations
    assert len(there) == len(back)
    assert {(a.path, a.before, a.after) for a in there} == {(a.path, a.after, a.before) for a in back}
    assert (there == ()) or one != two


@given(DAYS)
def test_every_alteration_happens_on_some_day(day: date) -> None:
    before = day - timedelta(days=1)
    if amended(before, day).alterations:
        assert day in {
            date(2023, 11, 1),
            date(2023, 11, 17),
            date(2024, 4, 1),
            date(2025, 4, 1),
            date(2025, 6, 13),
        }

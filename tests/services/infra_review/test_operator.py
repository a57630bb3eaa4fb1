"""Arts. 50, 51 and 53(1): designation, public notice, change of particulars, release, six months of grace."""

from __future__ import annotations

from datetime import date, time

import pytest

from services.infra_review.domain.operator import (
    Designate,
    Designation,
    FileChangeOfParticulars,
    GivePublicNotice,
    GraceEnded,
    Release,
    operator,
)
from services.infra_review.sectors import sector
from services.platform.law.procedure import Refusal
from services.platform.shared.words import PassDay
from tests.services.infra_review.conftest import (
    CLOCK,
    COMPANY,
    METI,
    MLIT,
    NECESSITY,
    POWER,
    at,
    designated,
    given,
)

ELECTRICITY = sector("electricity", date(2026, 5, 11))


def does(state, who, power, command, on):
    return operator.fold(
        operator.decide(state, operator.powers[power].decide, command, given(who, on)), state
    )


def refusal(state, who, power, command, on):
    with pytest.raises(Refusal) as refused:
        operator.decide(state, operator.powers[power].decide, command, given(who, on))
    return refused.value


def test_a_designation_records_who_for_what_by_which_criterion_and_why():
    record = designated("2026-05-11").designation
    assert (record.organisation, record.business, record.on) == (
        POWER,
        "general_transmission_distribution",
        date(2026, 5, 11),
    )
    assert (record.criterion, record.necessity) == ("every_operator", NECESSITY)


def test_only_the_ministry_with_jurisdiction_designates():
    decision = Designate(POWER, POWER, "富山", "transmission", "every_operator", NECESSITY)
    command = Designation(decision, ELECTRICITY)
    assert refusal(operator.initial, MLIT, "designate", command, "2026-05-11").code == "not_your_act"


def test_one_business_is_designated_once_and_another_again():
    held = designated("2026-05-11")
    again = Designate(POWER, POWER, "富山", "general_transmission_distribution", "every_operator", NECESSITY)
    command = Designation(again, ELECTRICITY, held=(held,))
    assert refusal(operator.initial, METI, "designate", command, "2026-06-01").code == "already_designated"
    other = Designate(POWER, POWER, "富山", "transmission", "every_operator", NECESSITY)
    assert operator.decide(
        operator.initial,
        operator.powers["designate"].decide,
        Designation(other, ELECTRICITY, held=(held,)),
        given(METI, "2026-06-01"),
    )


def test_a_designation_rests_on_a_criterion_of_the_order():
    decision = Designate(POWER, POWER, "富山", "transmission", "because_we_say_so", NECESSITY)
    refused = refusal(operator.initial, METI, "designate", Designation(decision, ELECTRICITY), "2026-05-11")
    assert (refused.code, refused.facts["known"]) == ("criterion_unknown", "every_operator")


def test_the_duty_of_the_first_operators_began_on_17_may_2024():
    state = designated("2023-11-16")
    assert state.grace.last_day == date(2024, 5, 16)
    early = refusal(state, CLOCK, "end_grace", PassDay(), at("2024-05-16", time(23, 59, 59)))
    assert early.code == "grace_runs"
    acts = operator.decide(
        state, operator.powers["end_grace"].decide, PassDay(), given(CLOCK, at("2024-05-17", time(0)))
    )
    assert acts == (GraceEnded(date(2024, 5, 17)),)
    state = operator.fold(acts, state)
    assert operator.wait(state).stage == "AwaitPublicNotice"
    state = does(
        state, METI, "give_public_notice", GivePublicNotice("官報", date(2023, 11, 16)), "2024-05-17"
    )
    assert operator.wait(state).stage == "Designated"


@pytest.mark.parametrize(("filed", "late"), [("2026-09-17", False), ("2026-09-18", True)])
def test_a_change_of_name_is_filed_two_weeks_before_and_a_late_one_is_recorded_as_late(filed, late):
    state = designated()
    change = FileChangeOfParticulars(date(2026, 10, 1), name="新北陸グリッド株式会社")
    state = does(state, COMPANY, "file_change_of_particulars", change, filed)
    assert [change.late for change in state.changes] == [late]
    assert state.name_on(date(2026, 9, 30)) == POWER
    assert state.name_on(date(2026, 10, 1)) == "新北陸グリッド株式会社"
    assert state.address_on(date(2026, 10, 1)) == "富山県富山市1-1"


def test_a_change_filed_out_of_order_still_gives_the_name_of_the_day():
    state = designated()
    later = FileChangeOfParticulars(date(2026, 12, 1), name="C")
    sooner = FileChangeOfParticulars(date(2026, 11, 1), name="B")
    for change in (later, sooner):
        state = does(state, COMPANY, "file_change_of_particulars", change, "2026-10-01")
    assert [state.name_on(date(2026, month, 1)) for month in (10, 11, 12)] == [POWER, "B", "C"]


def test_a_change_of_nothing_is_refused():
    change = FileChangeOfParticulars(date(2026, 10, 1))
    refused = refusal(designated(), COMPANY, "file_change_of_particulars", change, "2026-09-01")
    assert (refused.code, refused.article) == ("nothing_changes", "50(3)")


def test_designation_change_and_release_are_each_published():
    state = designated("2026-05-11")
    notice = GivePublicNotice("官報 第1号", date(2026, 5, 12))
    state = does(state, METI, "give_public_notice", notice, "2026-05-12")
    assert refusal(state, METI, "give_public_notice", notice, "2026-05-13").code == "nothing_to_publish"
    change = FileChangeOfParticulars(date(2026, 10, 1), address="高岡市")
    state = does(state, COMPANY, "file_change_of_particulars", change, "2026-09-01")
    assert "give_public_notice" in operator.allowed(state, given(METI, "2026-09-02"))


def test_a_notice_of_tomorrow_is_not_one():
    notice = GivePublicNotice("官報", date(2026, 5, 13))
    refused = refusal(designated("2026-05-11"), METI, "give_public_notice", notice, "2026-05-12")
    assert refused.code == "day_not_yet_come"


def test_a_released_designation_is_in_force_no_longer():
    state = does(designated(), METI, "release", Release("Below the criterion."), "2026-06-01")
    assert (state.in_force(date(2026, 5, 31)), state.in_force(date(2026, 6, 1))) == (True, False)
    change = FileChangeOfParticulars(date(2026, 10, 1), name="X")
    refused = refusal(state, COMPANY, "file_change_of_particulars", change, "2026-07-01")
    assert (refused.code, refused.article) == ("designation_released", "51")

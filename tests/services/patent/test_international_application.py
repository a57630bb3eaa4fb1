"""Art. 78(4)-(7): an international application deemed a patent application that shows such an invention."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from services.patent.domain.charges import CallForDismissal, DropCharge, Explain, NotifyReasons
from services.patent.domain.international_application import international_application
from services.patent.domain.international_application.powers import (
    DismissInternational,
    FindNoBreach,
    NotifyInternationalApplication,
    RecordService,
)
from services.patent.roles import COMMISSIONER, PRIME_MINISTER
from tests.services.patent.story import CAO, INVENTOR, JPO, JPO_EXAMINER, MAKER, Story, given

WHY = "x"
NOTICE = NotifyInternationalApplication("PCT/JP2026/012345", date(2026, 4, 1), (MAKER,), WHY)


@pytest.fixture
def case() -> Story:
    return Story(international_application)


def told(case: Story) -> Story:
    case.does(JPO, "notify_international_application", NOTICE, "2026-04-10")
    return case


def test_the_commissioner_tells_the_prime_minister(case) -> None:
    refused = case.refuses(JPO_EXAMINER, "notify_international_application", NOTICE, "2026-04-10")
    assert refused.code == "not_your_act"
    future = replace(NOTICE, received_on=date(2026, 4, 11))
    assert case.refuses(JPO, "notify_international_application", future, "2026-04-10").code == (
        "day_in_the_future"
    )
    assert told(case).stage == "Judgement"


def test_where_there_is_no_breach_nothing_follows(case) -> None:
    told(case).does(CAO, "find_no_breach", FindNoBreach(WHY), "2026-04-20")
    assert case.stage == "NoBreach"
    reasons = NotifyReasons("filed_abroad", WHY, date(2026, 5, 20))
    assert case.refuses(CAO, "notify_reasons", reasons, "2026-04-21").code == "already_judged"


def test_a_breach_leads_to_a_dismissal_after_an_explanation(case) -> None:
    early = told(case).refuses(JPO, "dismiss_international", DismissInternational(WHY), "2026-04-20")
    assert early.code == "no_ground_for_dismissal"
    case.does(CAO, "notify_reasons", NotifyReasons("filed_abroad", WHY, date(2026, 5, 20)), "2026-04-20")
    assert case.stage == "AwaitExplanation"
    assert case.refuses(CAO, "find_no_breach", FindNoBreach(WHY), "2026-04-21").code == "charge_stands"
    case.lapses("2026-05-21")
    case.does(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-05-22")
    assert case.stage == "AwaitDismissal"
    (act,) = case.does(JPO, "dismiss_international", DismissInternational(WHY, ("弁理士 甲",)), "2026-05-25")
    assert case.stage == "Dismissed"
    # Order 5 of 2023, Art. 4(i), (ii).
    assert (act.number, act.applicants, act.agents) == (NOTICE.number, (MAKER,), ("弁理士 甲",))


def test_the_dismissal_is_served(case) -> None:
    """85(1); Order 5 of 2023, Art. 6 names the dismissals of 78(7) without a difference."""
    served = RecordService(date(2026, 5, 28), "delivery certificate 12")
    assert told(case).refuses(JPO, "record_service", served, "2026-05-28").code == "nothing_to_serve"
    case.does(CAO, "notify_reasons", NotifyReasons("filed_abroad", WHY, date(2026, 5, 20)), "2026-04-20")
    case.lapses("2026-05-21")
    case.does(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-05-22")
    case.does(JPO, "dismiss_international", DismissInternational(WHY), "2026-05-25")
    early = replace(served, on=date(2026, 5, 24))
    assert case.refuses(JPO, "record_service", early, "2026-05-28").code == "day_not_between"
    case.does(JPO, "record_service", served, "2026-05-28")
    assert case.state.served_on == date(2026, 5, 28)


def test_on_paper_silence_counts_only_after_the_reasons_arrived(case) -> None:
    """78(6) with 73(7); until then the applicant does not stand in the case either."""
    case.does(
        JPO, "notify_international_application", replace(NOTICE, electronic_notices=False), "2026-04-10"
    )
    case.does(CAO, "notify_reasons", NotifyReasons("filed_abroad", WHY, date(2026, 5, 20)), "2026-04-20")
    assert case.allows(INVENTOR, "2026-04-21") == ()
    refused = case.refuses(CAO, "call_for_dismissal", CallForDismissal(WHY), "2026-05-22")
    assert refused.code == "notice_not_received"


def test_the_commissioner_sees_nothing_of_what_is_weighed(case) -> None:
    """78(5) tells the Commissioner that a dismissal is fit, and of nothing before it."""
    told(case).does(
        CAO, "notify_reasons", NotifyReasons("filed_abroad", WHY, date(2026, 5, 20)), "2026-04-20"
    )
    telling = international_application.telling
    for who, stage in ((COMMISSIONER, "Judgement"), (PRIME_MINISTER, "AwaitExplanation")):
        held = frozenset({who.name})
        state = (
            case.state if telling.whole(held) else telling.told(case.state, held, given(JPO, "2026-04-21"))
        )
        assert international_application.stage(state).name == stage


def test_who_explains_itself_well_keeps_its_application(case) -> None:
    reasons = NotifyReasons("filed_abroad", WHY, date(2026, 5, 20))
    told(case).does(CAO, "notify_reasons", reasons, "2026-04-20")
    case.does(INVENTOR, "explain", Explain("It was published in 2019."), "2026-05-01")
    case.does(CAO, "drop_charge", DropCharge(WHY), "2026-05-08")
    case.does(CAO, "find_no_breach", FindNoBreach(WHY), "2026-05-08")
    assert case.stage == "NoBreach"


def test_other_grounds_are_none_here(case) -> None:
    charge = NotifyReasons("worked", WHY, date(2026, 5, 20))
    assert told(case).refuses(CAO, "notify_reasons", charge, "2026-04-20").code == "charge_without_ground"

"""Art. 58: reports, material and inspections, as far as a purpose of the chapter needs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

import pytest
from msgspec.structs import replace

from services.infra_review.domain.inquiry import Asking, RequestInformation, inquiry
from services.platform.law.procedure import Refusal
from services.platform.shared.inquiry import (
    CloseInquiry,
    GiveInformation,
    InformationOverdue,
    Inquiry,
    Inspect,
)
from services.platform.shared.words import PassDay
from tests.services.infra_review.conftest import CLOCK, COMPANY, METI, MLIT, NECESSITY, POWER, at, given

REQUEST = RequestInformation(
    POWER, "general_transmission_distribution", "52(6)", ("Who maintains it?",), NECESSITY, date(2026, 6, 12)
)
VISIT = Inspect("富山県富山市1-1", ("METI-0042",), "Nothing unusual.", date(2026, 6, 5))


@dataclass
class Asked:
    state: Inquiry = field(default_factory=Inquiry)

    def does(self, who, power, command, on):
        acts = inquiry.decide(self.state, inquiry.powers[power].decide, command, given(who, on))
        self.state = inquiry.fold(acts, self.state)
        return acts

    def refuses(self, who, power, command, on) -> Refusal:
        with pytest.raises(Refusal) as refused:
            inquiry.decide(self.state, inquiry.powers[power].decide, command, given(who, on))
        return refused.value

    def opened(self, **changes) -> Asked:
        self.does(
            METI, "request_information", Asking(replace(REQUEST, **changes), ("METI",), True), "2026-06-01"
        )
        return self

    @property
    def wait(self):
        return inquiry.wait(self.state)


@pytest.fixture
def asked() -> Asked:
    return Asked()


def test_the_ministry_sets_the_day_and_it_counts_whole(asked):
    asked.opened()
    assert (asked.wait.stage, asked.wait.until) == ("AwaitReport", at("2026-06-13", time(0)))
    early = asked.refuses(CLOCK, "end_report_period", PassDay(), at("2026-06-12", time(23, 59, 59)))
    assert early.code == "report_not_overdue"
    assert asked.does(CLOCK, "end_report_period", PassDay(), "2026-06-20") == (
        InformationOverdue(date(2026, 6, 12)),
    )
    assert asked.wait.stage == "AwaitLateReport"


@pytest.mark.parametrize(("on", "late"), [("2026-06-12", False), ("2026-06-13", True)])
def test_a_late_report_is_taken_and_recorded_as_late(asked, on, late):
    asked.opened().does(COMPANY, "give_information", GiveInformation(("A contractor.",)), on)
    assert [report.late for report in asked.state.given] == [late]
    assert asked.wait.stage == "AwaitClosing"


def test_every_question_is_answered(asked):
    refused = asked.opened().refuses(COMPANY, "give_information", GiveInformation(("a", "b")), "2026-06-10")
    assert (refused.code, refused.facts) == ("answers_missing", {"given": 2, "wanted": 1})


def test_who_is_not_designated_is_asked_only_for_a_designation(asked):
    undesignated = Asking(REQUEST, ("METI",), False)
    refused = asked.refuses(METI, "request_information", undesignated, "2026-06-01")
    assert (refused.code, refused.article) == ("not_designated", "58(2)")
    asked.does(
        METI,
        "request_information",
        replace(undesignated, request=replace(REQUEST, purpose="50(1)")),
        "2026-06-01",
    )
    assert asked.refuses(METI, "inspect", VISIT, "2026-06-05").code == "inspection_not_open"


def test_an_inspection_names_the_identity_cards_that_were_carried(asked):
    asked.opened().does(METI, "inspect", VISIT, "2026-06-05")
    assert asked.state.inspections[0].identity_cards == ("METI-0042",)
    assert asked.refuses(METI, "inspect", VISIT, "2026-06-04").code == "inspection_to_come"


def test_another_ministry_neither_asks_nor_inspects(asked):
    assert (
        asked.refuses(MLIT, "request_information", Asking(REQUEST, ("METI",), True), "2026-06-01").code
        == "not_your_act"
    )
    assert asked.opened().refuses(MLIT, "inspect", VISIT, "2026-06-05").code == "not_your_act"


def test_a_report_is_not_asked_for_by_a_day_that_is_past(asked):
    late = Asking(replace(REQUEST, due=date(2026, 5, 31)), ("METI",), True)
    assert asked.refuses(METI, "request_information", late, "2026-06-01").code == "day_is_past"


def test_a_closed_inquiry_asks_for_nothing_more(asked):
    asked.opened().does(METI, "close_inquiry", CloseInquiry(), "2026-06-10")
    assert asked.wait.over
    refused = asked.refuses(COMPANY, "give_information", GiveInformation(("x",)), "2026-06-11")
    assert refused.code == "inquiry_closed"

"""Must I notify? Arts. 52(1) and 53, Cabinet Order Art. 10, METI Order Arts. 7 and 10."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from services.infra_review.plan.control import Group, Holding, subsidiary
from services.infra_review.plan.model import Ratio
from services.infra_review.plan.precheck import Emergency, Question, must_notify
from services.infra_review.plan.tables import read
from services.statute import period
from tests.services.infra_review.plan.plans import percent

DESIGNATED = date(2023, 11, 16)
INTRODUCTION = Question(
    act="introduction",
    business="general_transmission_distribution",
    planned_on=date(2026, 10, 1),
    designated_on=DESIGNATED,
    equipment_kind="supply_demand_control",
    from_another_operator=True,
    others_equipment_built_in=False,
)
OUTSOURCING = replace(INTRODUCTION, act="outsourcing", others_equipment_built_in=None)
URGENT = Emergency(True, True, True, True)
FACTORS = ("board_majority", "control_contract", "funding_majority", "other_control")
NO_FACTORS: dict[str, Any] = dict.fromkeys(FACTORS, False)


def asked(question: Question, **changes: Any) -> tuple[str, list[str]]:
    answer = must_notify(replace(question, **changes))
    return answer.notify, [reason.code for reason in answer.reasons]


def holding(votes: str | None, holder: str = "operator", held: str = "supplier", **more: Any) -> Holding:
    stated = None if votes is None else percent(votes)
    return Holding(holder, held, stated, **{**NO_FACTORS, **more})


def test_equipment_from_another_operator_is_notified() -> None:
    assert asked(INTRODUCTION) == ("yes", ["duty", "subsidiary_no"])


def test_a_question_may_be_asked_in_json() -> None:
    question = msgspec.json.decode(
        """{"act": "introduction", "business": "generation", "planned_on": "2026-10-01",
            "designated_on": "2023-11-16", "equipment_kind": "output_control", "from_another_operator": true,
            "group": {"holdings": [{"holder": "operator", "held": "supplier",
                                    "votes": {"part": 45, "whole": 100}}]}}""",
        type=Question,
    )
    answer = must_notify(question)
    assert answer.notify == "undetermined"
    assert [one.code for one in answer.reasons] == ["subsidiary_undetermined", "built_in_open"]


def test_a_business_the_act_does_not_cover_notifies_nothing() -> None:
    assert asked(INTRODUCTION, business="medical_care")[1] == ["business_not_covered"]
    port = {"business": "general_port_transport", "equipment_kind": "terminal_operating_system"}
    assert asked(INTRODUCTION, planned_on=date(2025, 3, 31), **port)[1] == ["business_not_covered"]
    # MLIT's order was amended for it on that day, so it is newly listed too (53(2)).
    assert asked(INTRODUCTION, planned_on=date(2025, 4, 1), **port) == ("no", ["grace_equipment"])
    assert asked(INTRODUCTION, planned_on=date(2025, 10, 2), **port)[0] == "yes"


def test_only_designated_operators_notify_and_only_since_then() -> None:
    assert asked(INTRODUCTION, designated_on=None) == ("no", ["not_designated"])
    later = date(2026, 10, 2)
    assert asked(INTRODUCTION, designated_on=later) == ("no", ["before_designation"])


def test_equipment_the_order_does_not_list_is_not_notified() -> None:
    assert asked(INTRODUCTION, equipment_kind="none_of_these") == ("no", ["equipment_not_listed"])


def test_what_is_not_known_leaves_it_open() -> None:
    assert asked(INTRODUCTION, equipment_kind=None)[0] == "undetermined"
    assert asked(INTRODUCTION, from_another_operator=None)[0] == "undetermined"
    assert asked(INTRODUCTION, from_another_operator=False) == ("no", ["own_work"])


@pytest.mark.parametrize(
    ("planned", "notify"),
    [
        (date(2023, 11, 16), "no"),
        (date(2024, 5, 16), "no"),
        (date(2024, 5, 17), "yes"),  # the day the Government began operation
    ],
)
@pytest.mark.parametrize("question", [INTRODUCTION, OUTSOURCING])
def test_for_six_months_from_designation_nothing_is_notified(
    question: Question, planned: date, notify: str
) -> None:
    answer = must_notify(replace(question, planned_on=planned))
    assert answer.notify == notify
    if notify == "no":
        assert answer.reasons[0].code == "grace_designation"
        assert "2024-05-17" in answer.reasons[0].message


@pytest.mark.parametrize(("planned", "notify"), [(date(2026, 9, 30), "no"), (date(2026, 10, 1), "yes")])
def test_newly_listed_equipment_has_six_months(planned: date, notify: str) -> None:
    listed = date(2026, 4, 1)
    assert asked(INTRODUCTION, planned_on=planned, equipment_listed_on=listed)[0] == notify
    assert asked(OUTSOURCING, planned_on=planned, work_listed_on=listed)[0] == notify
    # A change of what counts as maintenance says nothing about introductions (53(3)).
    assert asked(INTRODUCTION, planned_on=planned, work_listed_on=listed)[0] == "yes"


@pytest.mark.parametrize(
    ("supplier", "notify"),
    [
        ("national_agency", "no"),
        ("local_government", "no"),
        ("independent_administrative_agency", "no"),
        ("local_independent_administrative_agency", "no"),
        ("public_university_corporation", "yes"),
        ("other", "yes"),
    ],
)
def test_some_suppliers_are_exempt_but_never_in_outsourcing(supplier: str, notify: str) -> None:
    assert asked(INTRODUCTION, supplier=supplier)[0] == notify
    assert asked(INTRODUCTION, supplier=supplier, others_equipment_built_in=True)[0] == "yes"
    assert asked(OUTSOURCING, supplier=supplier)[0] == "yes"
    unknown = asked(INTRODUCTION, supplier=supplier, others_equipment_built_in=None)[0]
    assert unknown == ("undetermined" if notify == "no" else "yes")


def test_a_subsidiary_is_exempt_unless_equipment_of_others_is_built_in() -> None:
    group = Group((holding("50.01"),))
    assert asked(INTRODUCTION, group=group) == ("no", ["subsidiary_yes"])
    assert asked(INTRODUCTION, group=group, others_equipment_built_in=True)[0] == "yes"
    assert asked(OUTSOURCING, group=group)[0] == "yes"


# Who is a subsidiary: METI Order Art. 7.


@pytest.mark.parametrize(
    ("votes", "factor", "verdict"),
    [
        ("50.01", False, "yes"),
        ("50.00", False, "no"),
        ("50.00", True, "yes"),
        ("40.00", True, "yes"),
        ("40.00", None, "undetermined"),
        ("40.00", False, "no"),
        ("39.99", True, "no"),
        (None, True, "undetermined"),
        ("0", True, "no"),
    ],
)
@pytest.mark.parametrize("name", FACTORS)
def test_majority_or_forty_per_cent_with_a_control_factor(
    name: str, votes: str | None, factor: bool | None, verdict: str
) -> None:
    assert subsidiary(Group((holding(votes, **{name: factor}),))) == verdict


@pytest.mark.parametrize(
    ("own", "concerted", "factor", "verdict"),
    [
        ("40.00", "10.01", False, "yes"),  # (ii)イ
        ("40.00", "10.00", False, "no"),
        ("39.99", "10.02", False, "no"),
        ("39.99", "10.02", True, "yes"),  # (iii)
        ("0", "50.01", True, "yes"),  # (iii), holding nothing itself
        ("0", "50.01", False, "no"),
        ("0", "50.00", True, "no"),
        ("30.00", None, True, "undetermined"),
    ],
)
def test_votes_held_in_concert(own: str, concerted: str | None, factor: bool, verdict: str) -> None:
    together = None if concerted is None else percent(concerted)
    one = holding(own, concerted=together, control_contract=factor)
    assert subsidiary(Group((one,))) == verdict


def test_subsidiaries_of_subsidiaries_are_subsidiaries() -> None:
    chain = (holding("60", held="a"), holding("45", "a", "b", board_majority=True), holding("51", "b"))
    assert subsidiary(Group(chain)) == "yes"
    assert subsidiary(Group((*chain[:1], holding("45", "a", "b"), *chain[2:]))) == "no"
    open_link = holding("45", "a", "b", board_majority=None)
    assert subsidiary(Group((chain[0], open_link, chain[2]))) == "undetermined"


def test_what_parent_and_subsidiaries_hold_counts_together() -> None:
    group = Group((holding("100", held="a"), holding("26"), holding("25", "a")))
    assert subsidiary(group) == "yes"
    assert subsidiary(Group(group.holdings[1:])) == "no"


def test_circles_of_holdings_come_to_an_end() -> None:
    circle = Group((holding("60", "a", "b"), holding("60", "b", "a"), holding("60", "a")))
    assert subsidiary(circle) == "no"
    assert subsidiary(Group((*circle.holdings, holding("51", held="b")))) == "yes"


def test_insolvency_and_clear_lack_of_control_end_it() -> None:
    assert subsidiary(Group((holding("60"),), insolvent=("supplier",))) == "no"
    assert subsidiary(Group((holding("60", clearly_without_control=True),))) == "no"
    assert subsidiary(Group((holding("60", clearly_without_control=None),))) == "undetermined"
    chain = (holding("60", held="a"), holding("60", "a"))
    assert subsidiary(Group(chain, insolvent=("a",))) == "no"


# Emergency: METI Order Art. 10(1).


@pytest.mark.parametrize("question", [INTRODUCTION, OUTSOURCING])
def test_an_emergency_is_reported_afterwards(question: Question) -> None:
    answer = must_notify(replace(question, emergency=URGENT))
    assert (answer.notify, answer.afterwards) == ("no", "emergency_report")
    assert answer.reasons[-1].article == "52(1), 52(11); METI Order 41 of 2023, Art. 10"


@pytest.mark.parametrize("condition", Emergency.__struct_fields__)
def test_an_emergency_needs_all_four_conditions(condition: str) -> None:
    assert asked(INTRODUCTION, emergency=replace(URGENT, **{condition: False}))[0] == "yes"
    assert asked(INTRODUCTION, emergency=replace(URGENT, **{condition: None}))[0] == "undetermined"


# What holds whatever is asked.

MAYBE = st.none() | st.booleans()
VOTES = st.builds(Ratio, st.integers(0, 100), st.just(100))
HOLDINGS = st.lists(
    st.builds(
        Holding,
        holder=st.sampled_from(["operator", "a", "b"]),
        held=st.sampled_from(["a", "b", "supplier"]),
        votes=st.none() | VOTES,
        concerted=st.none() | VOTES,
        board_majority=MAYBE,
        control_contract=MAYBE,
        funding_majority=MAYBE,
        other_control=MAYBE,
        clearly_without_control=MAYBE,
    ),
    max_size=5,
).map(tuple)
ORDER = ["no", "undetermined", "yes"]


@given(HOLDINGS, st.data())
@settings(max_examples=300, deadline=None)
def test_more_votes_never_make_less_control(holdings: tuple[Holding, ...], data: st.DataObject) -> None:
    before = ORDER.index(subsidiary(Group(holdings)))
    known = [index for index, one in enumerate(holdings) if one.votes is not None]
    if not known:
        return
    index = data.draw(st.sampled_from(known))
    votes = holdings[index].votes
    assert votes is not None
    more = Ratio(data.draw(st.integers(votes.part, 100)), 100)
    raised = (*holdings[:index], replace(holdings[index], votes=more), *holdings[index + 1 :])
    assert ORDER.index(subsidiary(Group(raised))) >= before


@given(HOLDINGS, st.data())
@settings(max_examples=300, deadline=None)
def test_what_becomes_known_never_contradicts_a_certain_answer(
    holdings: tuple[Holding, ...], data: st.DataObject
) -> None:
    before = subsidiary(Group(holdings))

    def told(one: Holding) -> Holding:
        known: dict[str, Any] = {
            name: data.draw(st.booleans())
            for name in (*FACTORS, "clearly_without_control")
            if getattr(one, name) is None
        }
        known |= {name: data.draw(VOTES) for name in ("votes", "concerted") if getattr(one, name) is None}
        return replace(one, **known)

    after = subsidiary(Group(tuple(told(one) for one in holdings)))
    assert after != "undetermined"
    assert before in (after, "undetermined")


QUESTIONS = st.builds(
    Question,
    act=st.sampled_from(["introduction", "outsourcing"]),
    business=st.sampled_from(["general_transmission_distribution", "general_port_transport", "medical_care"]),
    planned_on=st.dates(date(2023, 11, 1), date(2030, 1, 1)),
    designated_on=st.none() | st.dates(date(2023, 11, 1), date(2030, 1, 1)),
    equipment_kind=st.none() | st.sampled_from(["supply_demand_control", "terminal_operating_system", "x"]),
    from_another_operator=MAYBE,
    supplier=st.sampled_from(["other", "national_agency", "public_university_corporation"]),
    group=st.builds(Group, HOLDINGS),
    others_equipment_built_in=MAYBE,
    equipment_listed_on=st.none() | st.dates(date(2023, 11, 1), date(2030, 1, 1)),
    work_listed_on=st.none() | st.dates(date(2023, 11, 1), date(2030, 1, 1)),
    emergency=st.none() | st.builds(Emergency, MAYBE, MAYBE, MAYBE, MAYBE),
)


@given(QUESTIONS)
@settings(max_examples=400, deadline=None)
def test_every_answer_has_a_reason_with_its_article_in_both_languages(question: Question) -> None:
    answer = must_notify(question)
    assert answer.reasons
    assert all(r.article and r.message and r.message_ja for r in answer.reasons)
    assert (answer.afterwards is not None) <= (answer.notify == "no")


@given(QUESTIONS, st.integers(184, 1000))
@settings(max_examples=300, deadline=None)
def test_outsourcing_out_of_grace_and_emergency_is_always_notified(question: Question, after: int) -> None:
    designated = date(2025, 4, 1)
    sure = replace(
        question,
        act="outsourcing",
        business="general_transmission_distribution",
        equipment_kind="supply_demand_control",
        designated_on=designated,
        planned_on=designated + timedelta(days=after),
        from_another_operator=True,
        equipment_listed_on=None,
        work_listed_on=None,
        emergency=None,
    )
    assert must_notify(sure).notify == "yes"


@given(QUESTIONS)
@settings(max_examples=300, deadline=None)
def test_built_in_equipment_of_others_never_takes_the_duty_away(question: Question) -> None:
    order = {"no": 0, "undetermined": 1, "yes": 2}
    without = must_notify(replace(question, others_equipment_built_in=False)).notify
    with_it = must_notify(replace(question, others_equipment_built_in=True)).notify
    assert order[with_it] >= order[without]


def test_every_reason_has_its_use() -> None:
    from services.infra_review.plan import grace, precheck

    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in (grace, precheck))
    unused = {code for code in read("precheck") if f'"{code}"' not in source}
    assert unused == {"subsidiary_yes", "subsidiary_no", "subsidiary_undetermined"}


@pytest.mark.parametrize(
    ("business", "kind", "control", "urgency"),
    [
        (
            "generation",
            "output_control",
            "METI Order 41 of 2023, Art. 7",
            "METI Order 41 of 2023, Art. 10(1)",
        ),
        (
            "postal_business",
            "delivery_information",
            "MIC Order 64 of 2023, Art. 8",
            "MIC Order 64 of 2023, Art. 11(1)",
        ),
    ],
)
def test_the_reasons_cite_the_order_of_the_ministry(
    business: str, kind: str, control: str, urgency: str
) -> None:
    late = Emergency(True, True, False, True)
    asks = replace(INTRODUCTION, business=business, equipment_kind=kind, emergency=late)
    articles = {reason.code: reason.article for reason in must_notify(asks).reasons}
    assert articles["subsidiary_no"] == f"CO 10(1)(i), (2), (3); {control}"
    assert articles["no_emergency"] == f"52(1); {urgency}"


# Equipment newly listed by MLIT on 2025-06-13 (53(2)): the six months are computed from the table.

FREIGHT = replace(INTRODUCTION, business="general_motor_truck", equipment_kind="cargo_tracking")
LAST = period("infra.grace_new_equipment").starting(date(2025, 6, 13)).last_day


@pytest.mark.parametrize("kind", ["dispatch_planning", "cargo_tracking"])
def test_a_freight_system_with_one_function_is_free_for_six_months_from_the_amendment(kind: str) -> None:
    assert asked(FREIGHT, equipment_kind=kind, planned_on=date(2025, 6, 12)) == (
        "no",
        ["equipment_not_listed"],
    )
    for act in (FREIGHT, replace(FREIGHT, act="outsourcing", others_equipment_built_in=None)):
        for day in (date(2025, 6, 13), LAST):
            assert asked(act, equipment_kind=kind, planned_on=day) == ("no", ["grace_equipment"])
        assert asked(act, equipment_kind=kind, planned_on=LAST + timedelta(days=1))[0] == "yes"


def test_a_freight_system_with_all_functions_was_covered_before_and_has_no_new_grace() -> None:
    for day in (date(2025, 6, 12), date(2025, 6, 13)):
        assert asked(FREIGHT, equipment_kind="transport_management", planned_on=day)[0] == "yes"


def test_an_operator_designated_after_the_amendment_has_the_grace_of_its_designation() -> None:
    later = replace(FREIGHT, designated_on=date(2025, 10, 1), planned_on=date(2026, 3, 31))
    assert asked(later) == ("no", ["grace_designation"])
    assert asked(later, planned_on=date(2026, 4, 2))[0] == "yes"

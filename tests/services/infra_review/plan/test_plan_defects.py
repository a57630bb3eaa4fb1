"""What a plan must say (Art. 52(2), METI Order Arts. 9-17), and that everything wrong is said at once."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import ValidationError
from msgspec.structs import replace

from services.infra_review.plan.asked import Asked
from services.infra_review.plan.defects import RULES, defects
from services.infra_review.plan.model import (
    ForeignSales,
    Holder,
    Introduction,
    Officer,
    Party,
    Plan,
    Ratio,
    ReOutsourcing,
    Work,
)
from services.infra_review.plan.passport import Passport
from services.infra_review.plan.places import Places
from services.infra_review.plan.rule import Where
from services.infra_review.plan.tables import read
from services.infra_review.plan.walk import attachments, parties, party_slots, works
from services.platform.http.bodies import command_from
from services.platform.law.procedure import Refusal
from tests.services.infra_review.plan.plans import (
    ANY_PLAN,
    CONTRACTOR,
    EXAMPLE,
    EXAMPLE_FILE,
    FILED_ON,
    RE_CONTRACTOR,
    RELIEVED,
    SUPPLIER,
    at,
    percent,
    put,
    without,
)


def found(plan: Plan, on: date = FILED_ON, **how: Any) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in defects(plan, on, **how)]


def test_the_example_plan_has_no_defects_on_the_day_it_is_filed() -> None:
    assert defects(EXAMPLE, FILED_ON) == ()


def test_the_example_reads_the_same_at_the_door_and_from_the_store() -> None:
    assert msgspec.json.decode(EXAMPLE_FILE.read_bytes(), type=Plan) == EXAMPLE
    assert msgspec.json.decode(msgspec.json.encode(EXAMPLE), type=Plan) == EXAMPLE


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/equipment/name", "x" * 201),
        (f"{SUPPLIER}/holders/0/share/part", -1),
        (f"{SUPPLIER}/holders/0/share/whole", 0),
        (f"{SUPPLIER}/registry/kind", "letter"),
        (f"{SUPPLIER}/address/country", "JPN"),
        (f"{SUPPLIER}/holders/0/share/whole", 10**15 + 1),
        (f"{SUPPLIER}/officers", [{}] * 301),
        ("/introduction/on", "2026-02-30"),
    ],
)
def test_what_no_plan_can_say_does_not_get_past_the_door(pointer: str, value: object) -> None:
    body = msgspec.to_builtins(EXAMPLE)
    *path, last = pointer.split("/")[1:]
    inside = body
    for step in path:
        inside = inside[int(step)] if isinstance(inside, list | tuple) else inside[step]
    inside[last] = value
    with pytest.raises(ValidationError):
        msgspec.convert(body, Plan)


def stated_facts(it: Any, pointer: str = "") -> Iterator[str]:
    """The pointer of everything the example states, lists and their members included."""
    if isinstance(it, tuple):
        if pointer and it:
            yield pointer
        for index, one in enumerate(it):
            yield from stated_facts(one, f"{pointer}/{index}")
    elif isinstance(it, Ratio):
        yield pointer
    elif isinstance(it, msgspec.Struct):
        if pointer and not pointer.rsplit("/", 1)[-1].isdigit():
            yield pointer
        for name in it.__struct_fields__:
            yield from stated_facts(getattr(it, name), f"{pointer}/{name}")
    elif it is not None and it is not False and not pointer.rsplit("/", 1)[-1].isdigit():
        yield pointer


CONDITIONS = ("can_learn_content_and_time", "confirms_area_and_audit_measures")


def may_be_left_out(pointer: str) -> bool:
    paper = "/identity/" in pointer or "/registry/" in pointer or "/proof/" in pointer
    return (
        paper
        or pointer.startswith("/measures/")
        or pointer in ("/introduction", "/outsourcing")  # one of them is enough
        # Without its relief a re-outsourcing owes its particulars, which is tested by itself.
        or pointer.endswith(("/timing", "/proof/made_on", "/re_outsourced", "/relief", *CONDITIONS))
    )


@pytest.mark.parametrize("pointer", [p for p in stated_facts(EXAMPLE) if not may_be_left_out(p)])
def test_nothing_the_example_states_can_be_left_out(pointer: str) -> None:
    left_out = without(EXAMPLE, pointer)
    assert any(f"{pointer}/".startswith(f"{field}/") for field, _ in found(left_out))


def test_a_plan_for_neither_introduction_nor_outsourcing_is_no_plan() -> None:
    empty = found(Plan())
    assert ("", "neither_introduction_nor_outsourcing") in empty
    assert ("/business", "business_missing") in empty
    assert ("/equipment", "equipment_missing") in empty


def test_a_plan_may_be_for_an_introduction_or_for_an_outsourcing_alone() -> None:
    assert found(replace(EXAMPLE, outsourcing=None)) == []
    assert found(replace(EXAMPLE, introduction=None)) == []


def test_all_that_is_wrong_is_said_at_once_each_with_its_article() -> None:
    spoiled = without(EXAMPLE, f"{SUPPLIER}/holders")
    spoiled = without(spoiled, f"{CONTRACTOR}/officers")
    spoiled = without(spoiled, "/introduction/components/1/function")
    spoiled = without(spoiled, f"{RE_CONTRACTOR}/foreign_sales")
    assert {(d.field, d.code, d.article) for d in defects(spoiled, FILED_ON)} == {
        (
            "/introduction/components/1/function",
            "component_function_missing",
            "52(2)(ii)ハ; METI Order 41 of 2023, Art. 13(i)",
        ),
        (f"{SUPPLIER}/holders", "holders_missing", "52(2)(ii)ロ; METI Order 41 of 2023, Art. 11(ii)"),
        (f"{CONTRACTOR}/officers", "officers_missing", "52(2)(iii)ロ; METI Order 41 of 2023, Art. 14(iii)"),
        (
            f"{RE_CONTRACTOR}/foreign_sales",
            "foreign_sales_unanswered",
            "52(2)(iii)ハ; METI Order 41 of 2023, Art. 15(vi)",
        ),
    }


def test_to_say_that_there_are_no_large_holders_is_an_answer() -> None:
    assert found(put(EXAMPLE, f"{SUPPLIER}/holders", ())) == []


def test_blanks_are_no_answer() -> None:
    assert found(put(EXAMPLE, "/equipment/outline", "  ")) == [
        ("/equipment/outline", "equipment_outline_missing")
    ]


def test_an_individual_states_a_nationality_but_no_holders_and_no_officers() -> None:
    person = Party(
        name="水野 遥",
        individual=True,
        address=at(EXAMPLE, f"{CONTRACTOR}/address"),
        foreign_sales=(),
        registry=at(EXAMPLE, f"{CONTRACTOR}/registry"),
    )
    assert found(put(EXAMPLE, CONTRACTOR, person)) == [(f"{CONTRACTOR}/nationality", "nationality_missing")]
    assert found(put(EXAMPLE, CONTRACTOR, replace(person, nationality="JP"))) == []


def test_holders_cannot_hold_more_than_the_whole() -> None:
    exactly = put(EXAMPLE, f"{SUPPLIER}/holders/0/share", percent("80.9933"))
    assert found(put(exactly, f"{SUPPLIER}/holders/2/share", percent("6.6667"))) == []
    above = put(exactly, f"{SUPPLIER}/holders/2/share", percent("6.6668"))
    assert found(above) == [(f"{SUPPLIER}/holders", "holders_over_the_whole")]
    alone = put(EXAMPLE, f"{CONTRACTOR}/holders/0/share", Ratio(101, 100))
    assert found(alone) == [(f"{CONTRACTOR}/holders/0/share", "share_over_the_whole")]


def test_thirds_that_make_a_whole_are_not_more_than_it() -> None:
    thirds = tuple(
        replace(at(EXAMPLE, f"{SUPPLIER}/holders/0"), name=name, share=Ratio(1, 3)) for name in "abc"
    )
    assert found(put(EXAMPLE, f"{SUPPLIER}/holders", thirds)) == []


def test_two_holders_may_share_a_name_and_a_country_as_two_officers_may_share_a_birthday() -> None:
    for what in ("holders", "officers"):
        two = at(EXAMPLE, f"{CONTRACTOR}/{what}")[:1] * 2
        for index in range(2 if what == "holders" else 0):
            two = put(two, f"/{index}/share", Ratio(1, 3))
        assert found(put(EXAMPLE, f"{CONTRACTOR}/{what}", two)) == []


def test_an_officer_was_born_before_the_day_of_filing() -> None:
    newborn = put(EXAMPLE, f"{SUPPLIER}/officers/0/born_on", FILED_ON)
    assert found(newborn) == [(f"{SUPPLIER}/officers/0/born_on", "officer_born_in_the_future")]


@pytest.mark.parametrize("code", ["ZZ", "jp", "EU"])
def test_a_country_exists(code: str) -> None:
    assert found(put(EXAMPLE, f"{SUPPLIER}/holders/1/country", code)) == [
        (f"{SUPPLIER}/holders/1/country", "country_unknown")
    ]


def test_a_stateless_officer_can_be_stated() -> None:
    assert found(put(EXAMPLE, f"{RE_CONTRACTOR}/officers/0/nationality", "XX")) == []


YEAR_ENDED = f"{RE_CONTRACTOR}/foreign_sales/0/year_ended_on"


@pytest.mark.parametrize(
    ("ended", "counts"),
    [
        (date(2026, 3, 8), False),
        (date(2026, 3, 7), True),  # two months before 7 May
        (date(2023, 3, 8), True),
        (date(2023, 3, 7), False),  # the third year after it has ended too
    ],
)
def test_business_years_are_the_latest_three_ended_two_months_before_filing(
    ended: date, counts: bool
) -> None:
    expected = [] if counts else [(YEAR_ENDED, "sales_year_outside_look_back")]
    assert found(put(EXAMPLE, YEAR_ENDED, ended)) == expected


@pytest.mark.parametrize(
    ("filed", "ended", "counts"),
    [
        # The year of 2028 closes on 29 February, a day too late: that of 2025 is still among the three.
        (date(2028, 4, 28), date(2025, 2, 28), True),
        (date(2028, 4, 28), date(2024, 2, 29), False),
        (date(2028, 4, 29), date(2025, 2, 28), False),
    ],
)
def test_three_business_years_are_counted_by_years_and_not_by_months(
    filed: date, ended: date, counts: bool
) -> None:
    codes = [code for field, code in found(put(EXAMPLE, YEAR_ENDED, ended), filed) if field == YEAR_ENDED]
    assert codes == ([] if counts else ["sales_year_outside_look_back"])


def test_after_a_change_of_the_closing_day_an_early_year_may_be_among_the_three() -> None:
    sale = at(EXAMPLE, f"{RE_CONTRACTOR}/foreign_sales/0")
    ends = (date(2025, 12, 31), date(2024, 12, 31), date(2022, 12, 30))
    sales = tuple(replace(sale, year_ended_on=end) for end in ends)
    assert found(put(EXAMPLE, f"{RE_CONTRACTOR}/foreign_sales", sales)) == []
    too_late = (*sales[:2], replace(sale, year_ended_on=date(2026, 3, 31)))
    late = [(f"{RE_CONTRACTOR}/foreign_sales/2/year_ended_on", "sales_year_outside_look_back")]
    assert found(put(EXAMPLE, f"{RE_CONTRACTOR}/foreign_sales", too_late)) == late


def test_no_more_than_three_business_years_are_stated() -> None:
    sale = at(EXAMPLE, f"{RE_CONTRACTOR}/foreign_sales/0")
    ends = (date(2025, 12, 31), date(2025, 3, 31), date(2024, 3, 31), date(2023, 3, 31))
    sales = tuple(replace(sale, year_ended_on=end) for end in ends)
    pointer = f"{RE_CONTRACTOR}/foreign_sales"
    assert found(put(EXAMPLE, pointer, sales)) == [(pointer, "sales_years_more_than_three")]
    assert found(put(EXAMPLE, pointer, (sale, replace(sale, country="US"), *sales[1:3]))) == []


@pytest.mark.parametrize(("planned", "late"), [(FILED_ON, True), (FILED_ON + timedelta(days=1), False)])
def test_a_plan_is_filed_in_advance(planned: date, late: bool) -> None:
    plan = put(EXAMPLE, "/introduction/on", planned)
    assert found(plan) == ([("/introduction/on", "introduction_in_the_past")] if late else [])
    assert found(plan, filing="emergency") == []


def test_a_running_outsourcing_may_be_changed_but_not_newly_filed() -> None:
    running = put(EXAMPLE, "/outsourcing/work/begins_on", date(2026, 4, 1))
    assert found(running) == [("/outsourcing/work/begins_on", "outsourcing_in_the_past")]
    assert found(running, filing="change", before=running) == []
    assert found(running, filing="emergency") == []
    earlier = put(running, "/outsourcing/work/begins_on", date(2026, 3, 1))
    late = [("/outsourcing/work/begins_on", "outsourcing_in_the_past")]
    assert found(earlier, filing="change", before=running) == late


@pytest.mark.parametrize("filing", ["change", "changed_plan", "report"])
def test_a_plan_that_has_been_carried_out_in_part_can_still_be_changed(filing: str) -> None:
    introduced = put(EXAMPLE, "/introduction/on", date(2026, 4, 1))
    changed = put(introduced, f"{CONTRACTOR}/address/address", "東京都港区")
    assert found(changed, filing=filing, before=introduced) == []


def test_a_period_has_an_end_and_a_single_time_has_none() -> None:
    endless = without(EXAMPLE, "/outsourcing/work/ends_on")
    assert found(endless) == [("/outsourcing/work/ends_on", "work_period_missing")]
    assert found(put(endless, "/outsourcing/work/timing", "once")) == []


def test_a_period_does_not_end_before_it_begins() -> None:
    pointer = "/outsourcing/re_outsourced/0/work/ends_on"
    assert (pointer, "work_period_reversed") in found(put(EXAMPLE, pointer, date(2026, 9, 30)))


@pytest.mark.parametrize(
    ("pointer", "day"), [("begins_on", date(2026, 9, 30)), ("ends_on", date(2031, 10, 1))]
)
def test_no_order_says_that_work_is_re_outsourced_within_the_period_of_the_outsourcing(
    pointer: str, day: date
) -> None:
    assert found(put(EXAMPLE, f"/outsourcing/re_outsourced/0/work/{pointer}", day)) == []


@pytest.mark.parametrize("condition", CONDITIONS)
def test_relief_needs_both_conditions(condition: str) -> None:
    pointer = f"{RELIEVED}/relief/{condition}"
    assert found(put(EXAMPLE, pointer, False)) == [(pointer, "relief_conditions_not_declared")]


def test_relief_needs_a_proof_of_the_right_kind() -> None:
    pointer = f"{RELIEVED}/relief/proof"
    assert found(without(EXAMPLE, pointer)) == [(pointer, "relief_proof_missing")]
    assert found(put(EXAMPLE, f"{pointer}/kind", "other")) == [
        (f"{pointer}/kind", "relief_proof_of_another_kind")
    ]


def test_relief_excuses_content_holders_officers_and_sales_but_not_who_it_is() -> None:
    without_relief = without(EXAMPLE, f"{RELIEVED}/relief")
    assert {code for _, code in found(without_relief)} == {
        "work_missing",
        "holders_missing",
        "officers_missing",
        "foreign_sales_unanswered",
    }
    assert found(without(EXAMPLE, f"{RELIEVED}/party")) == [(f"{RELIEVED}/party", "re_contractor_missing")]


def test_what_relief_excuses_may_be_told_in_part() -> None:
    told = put(EXAMPLE, f"{RELIEVED}/party/officers", (Officer(name="水野 遥"),))
    told = put(told, f"{RELIEVED}/party/holders", (Holder(name="海星信託株式会社"),))
    told = put(told, f"{RELIEVED}/party/foreign_sales", (ForeignSales(date(2020, 3, 31)),))
    told = put(told, f"{RELIEVED}/work", Work(content="障害対応"))
    assert found(told) == []
    codes = {code for _, code in found(without(told, f"{RELIEVED}/relief"))}
    assert codes >= {"officer_birthday_missing", "holder_share_missing", "sales_year_outside_look_back"}


def test_the_eleventh_level_of_re_outsourcing_is_checked_like_the_first() -> None:
    level = replace(at(EXAMPLE, "/outsourcing/re_outsourced/0"), re_outsourced=())
    nested = put(level, "/party/representative", None)
    for _ in range(10):
        nested = replace(level, re_outsourced=(nested,))
    deep = put(EXAMPLE, "/outsourcing/re_outsourced", (nested,))
    pointer = "/outsourcing/re_outsourced/0" + "/re_outsourced/0" * 10 + "/party/representative"
    assert found(deep) == [(pointer, "representative_missing")]


def test_what_the_door_lets_in_however_deep_can_be_checked() -> None:
    levels = 45
    body = '{"outsourcing":{"re_outsourced":[' + '{"re_outsourced":[' * levels + "{}" + "]}" * levels + "]}}"
    deep = command_from(body.encode(), Plan)
    assert sum(code == "re_contractor_missing" for _, code in found(deep)) == levels + 1
    for more in (levels, 2000, 100_000):
        deeper = body.replace("{}", '{"re_outsourced":[' * more + "{}" + "]}" * more)
        with pytest.raises(Refusal, match="broken_json"):
            command_from(deeper.encode(), Plan)


def test_measures_are_stated_for_what_is_planned() -> None:
    only_outsourcing = tuple(m for m in EXAMPLE.measures if m.concerns == "outsourcing")
    plan = replace(EXAMPLE, measures=only_outsourcing)
    assert found(plan) == [("/measures", "introduction_measures_missing")]
    assert found(replace(plan, introduction=None)) == []


def test_the_business_is_one_the_act_covers_that_day() -> None:
    port = replace(EXAMPLE, business="general_port_transport")
    port = put(port, "/equipment/kind", "terminal_operating_system")
    assert found(port) == []
    assert ("/business", "business_unknown") in found(port, date(2025, 3, 31))
    assert ("/business", "business_unknown") not in found(port, date(2025, 4, 1))


def test_the_equipment_is_of_a_kind_the_order_lists() -> None:
    other = put(EXAMPLE, "/equipment/kind", "distillation_control")
    (defect,) = defects(other, FILED_ON)
    assert (defect.field, defect.code) == ("/equipment/kind", "equipment_kind_unknown")
    assert "supply_demand_control, grid_control" in defect.message


FREIGHT = replace(EXAMPLE, business="general_motor_truck")


def test_road_freight_may_name_what_the_order_lists_on_the_day_of_filing() -> None:
    whole = put(FREIGHT, "/equipment/kind", "transport_management")
    part = put(FREIGHT, "/equipment/kind", "dispatch_planning")
    unknown = ("/equipment/kind", "equipment_kind_unknown")
    for day, listed in ((date(2025, 6, 12), False), (date(2025, 6, 13), True)):
        assert unknown not in found(whole, day)
        assert (unknown not in found(part, day)) is listed


def test_a_change_may_keep_the_kind_that_was_listed_when_the_plan_was_filed() -> None:
    filed = put(EXAMPLE, "/equipment/kind", "listed_once")
    changed = put(filed, f"{CONTRACTOR}/address/address", "東京都港区")
    unknown = ("/equipment/kind", "equipment_kind_unknown")
    assert unknown in found(filed)
    assert unknown not in found(changed, filing="change", before=filed)
    other = put(changed, "/equipment/kind", "listed_never")
    assert unknown in found(other, filing="change", before=filed)


@pytest.mark.parametrize(
    ("business", "order"),
    [
        ("general_transmission_distribution", "METI Order 41 of 2023, Art. 14(iii)"),
        ("postal_business", "MIC Order 64 of 2023, Art. 15(iii)"),
        ("general_motor_truck", "MLIT Order 62 of 2023, Art. 14(iii)"),
        ("banking", "Cabinet Office Order 61 of 2023, Art. 14(iii)"),
        ("norinchukin", "Cabinet Office/MAFF Order 4 of 2023, Art. 14(iii)"),
    ],
)
def test_a_defect_cites_the_order_of_the_plans_own_ministry(business: str, order: str) -> None:
    plan = without(replace(EXAMPLE, business=business), f"{CONTRACTOR}/officers")
    (article,) = [one.article for one in defects(plan, FILED_ON) if one.code == "officers_missing"]
    assert article == f"52(2)(iii)ロ; {order}"


def test_without_a_known_business_the_act_alone_is_cited() -> None:
    plan = without(without(EXAMPLE, "/business"), f"{CONTRACTOR}/officers")
    assert [one.article for one in defects(plan, FILED_ON) if one.code == "officers_missing"] == [
        "52(2)(iii)ロ"
    ]


def test_an_unknown_passport_and_one_of_somebody_else_are_told_apart() -> None:
    cites = put(EXAMPLE, SUPPLIER, Party(name="みさき制御システム株式会社", passport="sp-1"))
    assert found(cites, passports={}) == [(f"{SUPPLIER}/passport", "passport_unknown")]
    whole = {"sp-1": Passport("sp-1", at(EXAMPLE, SUPPLIER))}
    assert found(cites, passports=whole) == []
    somebody = {"sp-1": Passport("sp-1", at(EXAMPLE, CONTRACTOR))}
    assert found(cites, passports=somebody) == [(f"{SUPPLIER}/passport", "passport_of_another_party")]


def test_without_passports_what_they_seal_is_left_to_their_owners() -> None:
    assert found(put(EXAMPLE, SUPPLIER, Party(passport="sp-1"))) == []


def test_every_rule_has_its_words_and_every_word_its_rule() -> None:
    codes = {rule.code for rule in RULES}
    assert len(codes) == len(RULES)
    assert set(read("defects")) == codes | {"passport_incomplete"}


def test_every_place_a_rule_asks_about_is_found_by_the_walk() -> None:
    assert {rule.over for rule in RULES} <= set(get_args(Where)) <= set(Places.__slots__)


def leaves(it: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every stated value of a plan, field by field."""
    if isinstance(it, tuple):
        for index, one in enumerate(it):
            yield from leaves(one, f"{pointer}/{index}")
    elif isinstance(it, msgspec.Struct) and not isinstance(it, Ratio):
        for name in it.__struct_fields__:
            yield from leaves(getattr(it, name), f"{pointer}/{name}")
    elif it is not None:
        yield pointer, it


@given(ANY_PLAN, st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_one_walk_finds_what_a_walk_for_each_rule_finds(plan: Plan, handed_over: bool) -> None:
    passports = {p.it.passport or "": Passport("", p.it) for p in parties(plan)} if handed_over else None
    places = Places.of(plan, Asked(FILED_ON, passports=passports, stated=plan))
    stated = list(leaves(plan))
    countries = [
        (p, v) for p, v in stated if p.rpartition("/")[2] in {"country", "governing_law", "nationality"}
    ]
    assert [(one.pointer, one.it) for one in places.country_codes] == countries
    assert [(one.pointer, one.it) for one in places.ratios] == [x for x in stated if isinstance(x[1], Ratio)]
    assert places.party_places == list(party_slots(plan))
    readable = [one for one in parties(plan) if one.it.passport is None or handed_over]
    assert places.open_parties == readable
    assert places.described == [one for one in readable if not one.relieved]
    assert places.cited == [one for one in parties(plan) if one.it.passport is not None]
    assert places.work_places == [one for one in works(plan) if not one.relieved]
    assert [(one.pointer, one.it) for one in places.papers] == [
        (one.pointer, one.document) for one in attachments(plan)
    ]
    for name in ("holders", "officers", "foreign_sales"):
        members = [
            (f"{party.pointer}/{name}/{index}", party.role, one)
            for party in readable
            if not party.relieved
            for index, one in enumerate(getattr(party.it, name) or ())
        ]
        assert [(one.pointer, one.role, one.it) for one in getattr(places, name)] == members
    for one in (*places.factories, *places.components, *places.reliefs, *places.dated_papers):
        assert at(plan, one.pointer) == one.it


@given(ANY_PLAN, st.dates(date(2023, 11, 17), date(2035, 12, 31)))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_draft_can_be_checked_and_every_pointer_leads_somewhere(plan: Plan, on: date) -> None:
    for one in defects(plan, on):
        above = one.field.rpartition("/")[0] if one.field else ""
        at(plan, above)
        assert one.message
        assert one.message_ja
        assert one.article


@given(ANY_PLAN)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_draft_is_never_lost_however_little_it_says(plan: Plan) -> None:
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


def test_a_draft_may_be_as_empty_as_it_likes() -> None:
    assert msgspec.json.decode(b'{"introduction": {}}', type=Plan) == Plan(introduction=Introduction())
    assert msgspec.json.decode(b"{}", type=ReOutsourcing) == ReOutsourcing()

"""What a change of a filed plan leads to (Act Art. 54, METI Order Arts. 23-25)."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from services.infra_review.plan.changes import Changes, classify
from services.infra_review.plan.changes_of_parties import band, newly_reaches
from services.infra_review.plan.difference import Progress
from services.infra_review.plan.model import (
    Component,
    ForeignSales,
    Holder,
    Measure,
    Officer,
    Place,
    Plan,
    Ratio,
    Relief,
)
from services.infra_review.plan.tables import read
from tests.services.infra_review.plan.plans import (
    ANY_PLAN,
    CONTRACTOR,
    EXAMPLE,
    RE_CONTRACTOR,
    RELIEVED,
    SUPPLIER,
    at,
    percent,
    put,
    without,
)

INTRODUCED = Progress(introduced=True, outsourcing="running")
RUNNING = Progress(introduced=False, outsourcing="running")
OVER = Progress(introduced=True, outsourcing="over")
COMPONENT_SUPPLIER = "/introduction/components/0/supplier"
WORK = "/outsourcing/work"
BELOW = "/outsourcing/re_outsourced/0"


def changed(pointer: str, value: Any, progress: Progress = Progress(), filed: Plan = EXAMPLE) -> Changes:  # noqa: B008
    return classify(filed, put(filed, pointer, value), progress)


def kinds(changes: Changes) -> list[tuple[str, str]]:
    return [(one.kind, one.article) for one in changes.differences]


def important(item: str) -> list[tuple[str, str]]:
    return [("important", f"54(1); METI Order 41 of 2023, Art. {item}")]


def minor(item: str) -> list[tuple[str, str]]:
    return [("minor", f"54(4); METI Order 41 of 2023, Art. {item}")]


REPORT = [("report", "54(4)")]
OUTSIDE = [("outside", "54")]


def test_the_same_plan_asks_nothing() -> None:
    same = classify(EXAMPLE, EXAMPLE)
    assert same.differences == ()
    assert same.consequence == "nothing"


@pytest.mark.parametrize(
    ("pointer", "value", "item"),
    [
        ("/equipment/outline", "三系統からなる装置", "23(1)(i)"),
        ("/equipment/kind", "grid_control", "23(1)(i)"),
        ("/introduction/content", "サーバーのみを導入する。", "23(1)(ii)"),
        (f"{SUPPLIER}/name", "別の株式会社", "23(1)(iii)イ"),
        (f"{SUPPLIER}/governing_law", "US", "23(1)(iii)イ"),
        (f"{SUPPLIER}/address", Place("US", "1 Lake Street"), "23(1)(iii)イ"),
        ("/introduction/factories", (Place("VN", "Hai Phong"),), "23(1)(iii)ロ"),
        ("/introduction/components/0/function", "監視のみ", "23(1)(iv)イ"),
        ("/introduction/components/0/name", "EW-4200", "23(1)(iv)イ"),
        ("/introduction/components/0/kind", "server", "23(1)(iv)イ"),
        (f"{COMPONENT_SUPPLIER}/name", "Elmwerk SE", "23(1)(iv)ロ"),
        ("/introduction/components/0/factories/0/country", "PL", "23(1)(iv)ハ"),
        (f"{WORK}/content", "障害対応のみ", "23(1)(v)"),
        (f"{WORK}/ends_on", date(2031, 10, 1), "23(1)(v)"),
        (f"{CONTRACTOR}/name", "別の保守株式会社", "23(1)(vi)"),
        (f"{CONTRACTOR}/governing_law", "SG", "23(1)(vi)"),
        (f"{BELOW}/work/content", "遠隔からの更新を含む。", "23(1)(vii)イ"),
        (f"{BELOW}/work/ends_on", date(2029, 10, 1), "23(1)(vii)イ"),
        (f"{RE_CONTRACTOR}/name", "Another Network Pte. Ltd.", "23(1)(vii)ロ"),
        (f"{RE_CONTRACTOR}/address/country", "MY", "23(1)(vii)ロ"),
    ],
)
def test_important_changes_are_notified_again_with_a_new_standstill(
    pointer: str, value: Any, item: str
) -> None:
    result = changed(pointer, value)
    assert kinds(result) == important(item)
    assert (result.consequence, result.article) == ("renotify", "54(1)")


def test_changed_measures_are_important() -> None:
    fewer = replace(EXAMPLE, measures=EXAMPLE.measures[1:])
    assert kinds(classify(EXAMPLE, fewer)) == important("23(1)(viii)")
    more = replace(EXAMPLE, measures=(*EXAMPLE.measures, Measure("outsourcing", "監査を行う。")))
    assert kinds(classify(EXAMPLE, more)) == important("23(1)(viii)")
    other_order = replace(EXAMPLE, measures=EXAMPLE.measures[::-1])
    assert classify(EXAMPLE, other_order).differences == ()


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/introduction/on", date(2026, 11, 1)),
        (f"{SUPPLIER}/representative", "森川 健吾"),
        (f"{SUPPLIER}/officers/0/nationality", "US"),
        (f"{SUPPLIER}/holders/0/country", "SG"),
        (f"{SUPPLIER}/foreign_sales", (ForeignSales(date(2026, 3, 31), "US", ("State",), Ratio(1, 4)),)),
        (f"{COMPONENT_SUPPLIER}/representative", "Marit Solberg"),
        (f"{CONTRACTOR}/representative", "相沢 理沙"),
        (f"{RE_CONTRACTOR}/foreign_sales/0/share", percent("31.21")),
    ],
)
def test_what_is_neither_important_nor_minor_is_reported(pointer: str, value: Any) -> None:
    result = changed(pointer, value)
    assert kinds(result) == REPORT
    assert result.consequence == "report"


@pytest.mark.parametrize(
    ("pointer", "value", "item"),
    [
        (f"{SUPPLIER}/address/address", "東京都港区", "24(i)イ"),
        ("/introduction/factories/0/address", "兵庫県神戸市", "24(i)ハ"),
        (f"{COMPONENT_SUPPLIER}/address/address", "Hamburg", "24(ii)イ"),
        ("/introduction/components/0/factories/0/address", "Hamburg", "24(ii)ハ"),
        (f"{CONTRACTOR}/address/address", "東京都港区", "24(iii)イ"),
        (f"{RE_CONTRACTOR}/address/address", "Jurong", "24(iv)イ"),
        (f"{SUPPLIER}/holders/0/share", percent("62.49"), "24(i)ロ"),
        (f"{COMPONENT_SUPPLIER}/holders/0/share", percent("80"), "24(ii)ロ"),
        (f"{CONTRACTOR}/holders/0/share", percent("99"), "24(iii)ロ"),
        (f"{RE_CONTRACTOR}/holders/1/share", percent("9"), "24(iv)ロ"),
    ],
)
def test_minor_changes_lead_to_nothing(pointer: str, value: Any, item: str) -> None:
    result = changed(pointer, value)
    assert kinds(result) == minor(item)
    assert (result.consequence, result.article) == ("nothing", "54")


def test_a_second_factory_abroad_is_important_and_one_more_at_home_is_not() -> None:
    home = at(EXAMPLE, "/introduction/factories")
    abroad = changed("/introduction/factories", (*home, Place("VN", "Hai Phong")))
    assert kinds(abroad) == important("23(1)(iii)ロ")
    at_home = changed("/introduction/factories", (*home, Place("JP", "兵庫県神戸市")))
    assert kinds(at_home) == minor("24(i)ハ")


JP, JP_TOO, CN = Place("JP", "長野県"), Place("JP", "兵庫県"), Place("CN", "大連")


@pytest.mark.parametrize(
    ("before", "after", "important_change"),
    [
        ((JP, JP_TOO, CN), (JP, Place("CN", "蘇州"), CN), True),  # both countries were listed already
        ((JP, JP_TOO, CN), (JP, CN, CN), True),
        (
            (JP, CN),
            (Place("CN", "長野県"), Place("JP", "大連")),
            True,
        ),  # each factory has the other's country
        ((JP, JP_TOO, CN), (JP, CN), False),
        ((JP, CN), (JP, JP_TOO, CN), False),
        ((JP, CN), (JP_TOO, CN), False),
        ((JP, JP_TOO), (JP,), False),
        ((JP, CN), (CN,), True),
        ((CN, JP), (JP, CN), None),
    ],
)
def test_a_factory_that_goes_to_another_country_is_important_though_both_are_listed(
    before: tuple[Place, ...], after: tuple[Place, ...], important_change: bool | None
) -> None:
    for made, items in (
        ("/introduction", ("(iii)ロ", "(i)ハ")),
        ("/introduction/components/0", ("(iv)ハ", "(ii)ハ")),
    ):
        filed = put(EXAMPLE, f"{made}/factories", before)
        found = kinds(changed(f"{made}/factories", after, filed=filed))
        if important_change is None:
            assert found == []
        else:
            assert found == (important(f"23(1){items[0]}") if important_change else minor(f"24{items[1]}"))


@pytest.mark.parametrize("party", [SUPPLIER, COMPONENT_SUPPLIER, CONTRACTOR, RE_CONTRACTOR])
@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("6", "4", "holder_gone"),
        ("4", "6", "holder_new"),
        ("5", "4.99", "holder_gone"),
        ("4.99", "5", "holder_new"),
        ("4", "26", "holder_new"),
        ("26", "4", "holder_gone"),
    ],
)
def test_a_holder_left_in_the_list_comes_and_goes_at_five_per_cent(
    party: str, before: str, after: str, code: str
) -> None:
    pointer = f"{party}/holders/0/share"
    result = changed(pointer, percent(after), filed=put(EXAMPLE, pointer, percent(before)))
    assert [(one.kind, one.article, one.code) for one in result.differences] == [("report", "54(4)", code)]


def test_who_holds_less_than_five_per_cent_is_no_matter_of_the_plan() -> None:
    filed = put(EXAMPLE, f"{SUPPLIER}/holders/0/share", percent("4"))
    assert changed(f"{SUPPLIER}/holders/0/share", percent("3"), filed=filed).differences == ()
    assert changed(f"{SUPPLIER}/holders/0/country", "SG", filed=filed).differences == ()


THRESHOLDS = [
    ("24.99", "25.00", True),
    ("24.98", "24.99", False),
    ("25.00", "25.01", False),
    ("24.99", "33.33", True),
    ("33.33", "33.34", True),
    ("33.32", "33.33", False),
    ("33.34", "33.35", False),
    ("33.34", "49.99", False),
    ("49.99", "50.00", True),
    ("50.00", "50.01", False),
    ("50.00", "100.00", False),
    ("5.00", "24.99", False),
    ("5.00", "60.00", True),
    # by decrease nobody newly reaches anything
    ("25.00", "24.99", False),
    ("33.34", "33.33", False),
    ("50.00", "49.99", False),
    ("60.00", "40.00", False),
]


@pytest.mark.parametrize(("before", "after", "reported"), THRESHOLDS)
@pytest.mark.parametrize("party", [SUPPLIER, COMPONENT_SUPPLIER, CONTRACTOR, RE_CONTRACTOR])
def test_a_share_is_reported_when_by_growing_it_newly_reaches_a_threshold(
    party: str, before: str, after: str, reported: bool
) -> None:
    pointer = f"{party}/holders/0/share"
    filed = put(EXAMPLE, pointer, percent(before))
    result = changed(pointer, percent(after), filed=filed)
    assert result.consequence == ("report" if reported else "nothing")
    assert [one.kind for one in result.differences] == ["report" if reported else "minor"]


def test_a_third_is_exact() -> None:
    below, third = Ratio(333_333_333, 1_000_000_000), Ratio(1_000_000_007, 3_000_000_021)
    assert not newly_reaches(Ratio(30, 100), below)
    assert newly_reaches(below, third)
    assert not newly_reaches(third, Ratio(1, 3))


def test_the_same_share_written_otherwise_is_no_change() -> None:
    filed = put(EXAMPLE, f"{SUPPLIER}/holders/0/share", Ratio(1, 3))
    assert changed(f"{SUPPLIER}/holders/0/share", Ratio(1000, 3000), filed=filed).differences == ()


SHARES = st.builds(lambda part, more: Ratio(part, part + more), st.integers(0, 10**6), st.integers(1, 10**6))


@given(SHARES, SHARES)
def test_thresholds_agree_with_fractions(before: Ratio, after: Ratio) -> None:
    was, becomes = Fraction(before.part, before.whole), Fraction(after.part, after.whole)
    edges = (Fraction(1, 4), Fraction(1, 3), Fraction(1, 2))
    assert newly_reaches(before, after) == any(was < edge <= becomes for edge in edges)
    assert band(after) == sum(edge <= becomes for edge in edges)
    assert before.over(after) == (was > becomes)
    assert before.equals(after) == (was == becomes)
    both = before.plus(after)
    assert Fraction(both.part, both.whole) == was + becomes


def test_a_new_holder_and_one_that_is_gone_are_reported() -> None:
    holders = at(EXAMPLE, f"{SUPPLIER}/holders")
    joined = changed(f"{SUPPLIER}/holders", (*holders, Holder("海星信託株式会社", "JP", percent("5.00"))))
    assert [(one.kind, one.code) for one in joined.differences] == [("report", "holder_new")]
    left = changed(f"{SUPPLIER}/holders", holders[1:])
    assert [(one.pointer, one.code) for one in left.differences] == [(f"{SUPPLIER}/holders/0", "holder_gone")]
    assert changed(f"{SUPPLIER}/holders", holders[::-1]).differences == ()


def test_a_new_officer_and_one_who_left_are_reported() -> None:
    officers = at(EXAMPLE, f"{CONTRACTOR}/officers")
    appointed = changed(f"{CONTRACTOR}/officers", (*officers, Officer("小島 早苗", date(1980, 1, 1), "JP")))
    assert [one.code for one in appointed.differences] == ["officer_new"]
    left = changed(f"{CONTRACTOR}/officers", officers[:1])
    assert [(one.kind, one.code) for one in left.differences] == [("report", "officer_gone")]


def test_newer_papers_are_no_change() -> None:
    newer = put(EXAMPLE, f"{SUPPLIER}/registry/made_on", date(2026, 5, 1))
    newer = put(newer, f"{SUPPLIER}/officers/0/identity/sha256", "0" * 64)
    assert classify(EXAMPLE, newer).differences == ()


# Periods: only a shortening is not important (23(1)(v), (vii)イ).


@pytest.mark.parametrize(
    ("begins", "ends", "kind"),
    [
        (date(2026, 10, 1), date(2031, 9, 29), "report"),
        (date(2026, 10, 2), date(2031, 9, 30), "report"),
        (date(2026, 10, 2), date(2031, 9, 29), "report"),
        (date(2026, 9, 30), date(2031, 9, 30), "important"),
        (date(2026, 10, 2), date(2031, 10, 1), "important"),  # moved, and not shorter
        (date(2026, 9, 30), date(2030, 9, 30), "important"),  # shorter, but it begins before the old one
    ],
)
@pytest.mark.parametrize("progress", [Progress(), RUNNING])
def test_only_a_period_inside_the_old_one_is_shortened(
    begins: date, ends: date, kind: str, progress: Progress
) -> None:
    new = put(put(EXAMPLE, f"{WORK}/begins_on", begins), f"{WORK}/ends_on", ends)
    found = classify(EXAMPLE, new, progress)
    assert {one.kind for one in found.differences} == {kind}


def test_a_re_outsourcing_may_be_shortened_too() -> None:
    assert kinds(changed(f"{BELOW}/work/ends_on", date(2028, 9, 30))) == REPORT


def test_another_single_time_is_important() -> None:
    once = put(without(EXAMPLE, f"{WORK}/ends_on"), f"{WORK}/timing", "once")
    later = changed(f"{WORK}/begins_on", date(2026, 10, 2), filed=once)
    assert kinds(later) == important("23(1)(v)")


def test_one_re_outsourcing_more_or_less_is_important_at_every_level() -> None:
    below = at(EXAMPLE, RELIEVED)
    deeper = changed(f"{RELIEVED}/re_outsourced", (replace(below, relief=None),))
    assert [(one.pointer, one.kind, one.code) for one in deeper.differences] == [
        (f"{RELIEVED}/re_outsourced/0", "important", "re_outsourcing_added")
    ]
    gone = classify(EXAMPLE, without(EXAMPLE, BELOW))
    assert kinds(gone) == important("23(1)(vii)イ")
    assert gone.differences[0].code == "re_outsourcing_dropped"


def test_claiming_relief_for_what_was_stated_is_reported_not_re_notified() -> None:
    claimed = put(EXAMPLE, f"{BELOW}/relief", Relief(True, True))
    for left_out in ("work", "party/holders", "party/officers", "party/foreign_sales"):
        claimed = without(claimed, f"{BELOW}/{left_out}")
    result = classify(EXAMPLE, claimed)
    assert [(one.pointer, one.kind) for one in result.differences] == [(f"{BELOW}/relief", "report")]


def test_work_rewritten_while_relief_is_newly_claimed_is_important() -> None:
    claimed = put(EXAMPLE, f"{BELOW}/relief", Relief(True, True))
    result = classify(EXAMPLE, put(claimed, f"{BELOW}/work/content", "遠隔操作を含む。"))
    assert [(one.pointer, one.kind) for one in result.differences] == [
        (f"{BELOW}/relief", "report"),
        (f"{BELOW}/work/content", "important"),
    ]
    assert result.consequence == "renotify"


def test_work_told_again_when_relief_is_given_up_is_no_change_of_the_work() -> None:
    hidden = without(put(EXAMPLE, f"{BELOW}/relief", Relief(True, True)), f"{BELOW}/work")
    assert [one.kind for one in classify(hidden, EXAMPLE).differences] == ["report"]
    stated = put(EXAMPLE, f"{BELOW}/relief", Relief(True, True))
    rewritten = put(EXAMPLE, f"{BELOW}/work/content", "他")
    assert classify(stated, rewritten).consequence == "renotify"


# Each ministry's order has its own numbers.


@pytest.mark.parametrize(
    ("business", "cited", "little"),
    [
        ("generation", "METI Order 41 of 2023, Art. 23(1)(iii)イ", "METI Order 41 of 2023, Art. 24(i)イ"),
        ("postal_business", "MIC Order 64 of 2023, Art. 24(1)(iii)イ", "MIC Order 64 of 2023, Art. 25(i)イ"),
        (
            "deposit_insurance",
            "Cabinet Office/MOF Order 6 of 2023, Art. 23(1)(iii)イ",
            "Cabinet Office/MOF Order 6 of 2023, Art. 24(i)イ",
        ),
    ],
)
def test_a_difference_cites_the_order_of_the_plans_own_ministry(
    business: str, cited: str, little: str
) -> None:
    filed = replace(EXAMPLE, business=business)
    assert kinds(changed(f"{SUPPLIER}/name", "他", filed=filed)) == [("important", f"54(1); {cited}")]
    moved = changed(f"{SUPPLIER}/address/address", "東京都港区", filed=filed)
    assert kinds(moved) == [("minor", f"54(4); {little}")]


def test_where_the_order_of_the_day_was_not_found_the_act_alone_is_cited() -> None:
    filed = replace(EXAMPLE, business="water_supply")
    new = put(filed, f"{SUPPLIER}/name", "他")
    assert kinds(classify(filed, new, on=date(2024, 3, 31))) == [("important", "54(1)")]
    assert "MLIT Order 62 of 2023" in kinds(classify(filed, new, on=date(2024, 4, 1)))[0][1]


# Before and after the introduction and the outsourcing.


INTRODUCTION_ONLY = replace(EXAMPLE, outsourcing=None)
OUTSOURCING_OVER = Progress(introduced=False, outsourcing="over")


@pytest.mark.parametrize(
    "pointer", ["/introduction/content", f"{SUPPLIER}/name", f"{COMPONENT_SUPPLIER}/name"]
)
def test_after_the_introduction_its_matters_are_past_unless_the_plans_outsourcing_runs(pointer: str) -> None:
    assert kinds(changed(pointer, "他", INTRODUCED, INTRODUCTION_ONLY)) == OUTSIDE
    assert kinds(changed(pointer, "他", OVER)) == OUTSIDE
    # 導入を行う前又は…行わせる期間の終了前: either keeps all of the plan under 54(1).
    assert changed(pointer, "他", INTRODUCED).consequence == "renotify"


@pytest.mark.parametrize("pointer", [f"{WORK}/content", f"{CONTRACTOR}/name", f"{BELOW}/work/content"])
def test_after_the_period_its_matters_are_past_unless_the_introduction_is_still_to_come(pointer: str) -> None:
    assert kinds(changed(pointer, "他", OVER)) == OUTSIDE
    assert changed(pointer, "他", OUTSOURCING_OVER).consequence == "renotify"
    assert kinds(changed(f"{CONTRACTOR}/governing_law", "KR", OUTSOURCING_OVER)) == REPORT


def test_while_the_outsourcing_runs_other_component_equipment_is_notified_and_then_reported() -> None:
    field = "/introduction/components/0/function"
    assert changed(field, "他", INTRODUCED).consequence == "renotify"
    for progress, filed in ((OVER, EXAMPLE), (INTRODUCED, INTRODUCTION_ONLY)):
        assert [one.kind for one in changed(field, "他", progress, filed).differences] == ["component_report"]


@pytest.mark.parametrize("field", ["kind", "name", "function"])
def test_after_the_introduction_component_equipment_is_still_reported(field: str) -> None:
    result = changed(f"/introduction/components/1/{field}", "他", OVER)
    assert kinds(result) == [("component_report", "54(4); METI Order 41 of 2023, Art. 25(2)")]
    assert result.consequence == "report"


def test_component_equipment_added_or_left_out_is_a_change_of_component_equipment() -> None:
    components = at(EXAMPLE, "/introduction/components")
    one_more = (*components, Component("router", "R-1", "伝送"))
    assert kinds(changed("/introduction/components", one_more)) == important("23(1)(iv)イ")
    assert changed("/introduction/components", one_more, OVER).differences[0].kind == "component_report"
    (dropped,) = changed("/introduction/components", components[1:]).differences
    assert (dropped.pointer, dropped.code) == ("/introduction/components/0", "component_dropped")


@pytest.mark.parametrize("party", [CONTRACTOR, RE_CONTRACTOR])
def test_once_outsourced_only_the_name_of_the_contractor_stays_important(party: str) -> None:
    assert changed(f"{party}/name", "他", RUNNING).consequence == "renotify"
    assert kinds(changed(f"{party}/governing_law", "KR", RUNNING)) == REPORT
    assert kinds(changed(f"{party}/address/country", "KR", RUNNING)) == REPORT
    assert changed(f"{party}/address/address", "他", RUNNING).consequence == "nothing"


def test_an_individual_contractor_keeps_the_name_important_and_the_nationality_reported() -> None:
    person = replace(at(EXAMPLE, CONTRACTOR), individual=True, nationality="JP", governing_law=None)
    filed = put(EXAMPLE, CONTRACTOR, person)
    assert kinds(changed(f"{CONTRACTOR}/nationality", "KR", filed=filed)) == important("23(1)(vi)")
    assert kinds(changed(f"{CONTRACTOR}/nationality", "KR", RUNNING, filed)) == REPORT
    assert kinds(changed(f"{CONTRACTOR}/name", "他", RUNNING, filed)) == important("23(1)(vi)")


@pytest.mark.parametrize(
    "pointer", [f"{WORK}/content", f"{CONTRACTOR}/name", f"{BELOW}/work/content", f"{RE_CONTRACTOR}/name"]
)
def test_after_the_period_nothing_is_asked(pointer: str) -> None:
    assert kinds(changed(pointer, "他", OVER)) == OUTSIDE


def test_the_outline_stays_important_while_the_outsourcing_runs() -> None:
    assert changed("/equipment/outline", "他", INTRODUCED).consequence == "renotify"
    assert changed("/equipment/outline", "他", OVER).consequence == "nothing"
    only_introduction = replace(EXAMPLE, outsourcing=None)
    assert changed("/equipment/outline", "他", INTRODUCED, only_introduction).consequence == "nothing"


@pytest.mark.parametrize("kept", ["introduction", "outsourcing"])
def test_measures_stay_important_as_long_as_the_plan_does(kept: str) -> None:
    fewer = replace(EXAMPLE, measures=tuple(m for m in EXAMPLE.measures if m.concerns == kept))
    assert classify(EXAMPLE, fewer, INTRODUCED).consequence == "renotify"
    assert classify(EXAMPLE, fewer, OVER).consequence == "nothing"


def test_what_no_plan_has_announced_is_notified_and_what_is_given_up_is_reported() -> None:
    alone = replace(EXAMPLE, outsourcing=None)
    added = classify(alone, EXAMPLE)
    assert (added.consequence, added.differences[0].article) == ("renotify", "52(1)")
    dropped = classify(EXAMPLE, replace(EXAMPLE, introduction=None))
    assert dropped.consequence == "report"
    assert dropped.differences[0].code == "introduction_dropped"


def test_the_weightiest_difference_decides() -> None:
    new = put(EXAMPLE, f"{SUPPLIER}/address/address", "東京都港区")
    assert classify(EXAMPLE, new).consequence == "nothing"
    new = put(new, f"{SUPPLIER}/representative", "森川 健吾")
    assert classify(EXAMPLE, new).consequence == "report"
    new = put(new, f"{CONTRACTOR}/name", "別の保守株式会社")
    result = classify(EXAMPLE, new)
    assert result.consequence == "renotify"
    assert sorted(one.kind for one in result.differences) == ["important", "minor", "report"]


def test_every_word_about_a_change_has_its_use() -> None:
    import services.infra_review.plan.changes as one
    import services.infra_review.plan.changes_of_parties as two

    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in (one, two))
    used = {code for code in read("changes") if f'"{code}"' in source}
    assert set(read("changes")) - used == {"outside", "measures_introduction", "measures_outsourcing"}


@given(ANY_PLAN, st.sampled_from([Progress(), RUNNING, INTRODUCED, OVER]))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_plan_differs_from_itself(plan: Plan, progress: Progress) -> None:
    assert classify(plan, plan, progress).differences == ()


@given(ANY_PLAN, ANY_PLAN)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_two_plans_can_be_compared_and_progress_never_adds_weight(one: Plan, two: Plan) -> None:
    weight = ["nothing", "report", "renotify"]
    heaviest = len(weight)
    for progress in (Progress(), RUNNING, INTRODUCED, OVER):
        result = classify(one, two, progress)
        assert all(difference.message and difference.message_ja for difference in result.differences)
        if (one.introduction is None) == (two.introduction is None) and (one.outsourcing is None) == (
            two.outsourcing is None
        ):
            assert weight.index(result.consequence) <= heaviest
            heaviest = weight.index(result.consequence)

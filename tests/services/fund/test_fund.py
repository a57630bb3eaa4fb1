"""Art. 63: the fund is designated with consultation, subsidised, kept in books, reported."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from services.fund.domain.fund import fund as procedure
from services.fund.domain.fund.state import CHART, Fund, fiscal_year, last_day_of, report_due
from services.platform.law.parties import CLOCK
from services.platform.law.procedure import Given, Refusal
from services.platform.shared.ledger import is_balanced, reconciled
from tests.services.fund.doors import World, world
from tests.services.fund.people import CAO, JST, LAB, MEXT, NEDO, OFFICE, WHY, noon

__all__ = ["world"]
BUDGET = 125_000_000_000


def test_a_fund_is_designated_only_after_the_ministers_were_consulted(world: World) -> None:
    made = {"name": "架空の基金", "agency": "JST", "purpose": WHY}
    case = f"/funds/{world.posts('/funds', made, CAO, '2026-04-01')['id']}"
    early = world.refused(f"{case}/designate", {"reasons": WHY}, CAO, "2026-04-01")
    assert (early.code, early.json["article"]) == ("ministers_not_consulted", "63(2)")
    world.posts(f"{case}/consult-ministers", {"draft": WHY}, CAO, "2026-04-02")
    waiting = world.refused(f"{case}/designate", {"reasons": WHY}, CAO, "2026-04-03")
    assert waiting.code == "answers_outstanding"
    assert "財務大臣, 文部科学大臣" in waiting.json["detail_en"]
    answer = {"of": "文部科学大臣", "opinion": WHY}
    assert world.refused(f"{case}/enter-answer", answer, CAO, "2026-04-03").code == "not_your_answer"


def test_an_agency_that_holds_no_fund_of_the_program_is_refused(world: World) -> None:
    made = {"name": "x", "agency": "JSPS", "purpose": WHY}
    assert world.refused("/funds", made, CAO, "2026-04-01").code == "no_such_agency"


def test_no_subsidy_goes_beyond_the_budget_of_its_ministry(world: World) -> None:
    case = world.fund(BUDGET - 1)
    more = {"budget": "FY2021-S", "yen": 2}
    assert world.refused(f"{case}/subsidise", more, MEXT, "2026-04-08").code == "beyond_the_budget"
    world.posts(f"{case}/subsidise", {"budget": "FY2021-S", "yen": 1}, MEXT, "2026-04-08")
    assert world.gets(case, JST, "2026-04-08")["holds"]["deposits"] == BUDGET


def test_a_share_that_no_source_states_has_to_be_stated(world: World) -> None:
    case = world.fund()
    unsaid = {"budget": "FY2022-S2", "yen": 1_000}
    assert world.refused(f"{case}/subsidise", unsaid, MEXT, "2026-04-08").code == "share_not_stated"
    world.posts(f"{case}/subsidise", {**unsaid, "share_stated_in": "予算書"}, MEXT, "2026-04-08")


def test_another_agency_does_not_see_the_books(world: World) -> None:
    case = world.fund()
    assert world.send("GET", case, by=NEDO, on="2026-04-08").code == "no_such_case"
    assert world.send("GET", case, by=OFFICE, on="2026-04-08").code == "no_such_case"
    assert LAB


def test_a_year_is_closed_by_itself_and_what_is_there_is_carried_over(world: World) -> None:
    case = world.fund()
    world.passes("2027-03-31")
    assert world.gets(case, JST, "2027-03-31")["closed"] == []
    world.passes("2027-04-02")
    read = world.gets(case, JST, "2027-04-02")
    (closed,) = read["closed"]
    assert (closed["year"], closed["last_day"]) == (2026, "2027-03-31")
    assert closed["carried"]["deposits"] == closed["carried"]["unallocated"] == BUDGET
    assert (read["stage"], read["open_year"]) == ("ReportDue", 2027)


def test_the_fund_is_reported_within_six_months_and_a_late_report_is_taken_as_late(world: World) -> None:
    case = world.fund()
    world.passes("2027-04-02")
    world.passes("2027-09-30")
    assert world.gets(case, JST, "2027-09-30")["stage"] == "ReportDue"
    world.passes("2027-10-01")
    read = world.gets(case, JST, "2027-10-01")
    assert (read["stage"], read["overdue"]) == ("ReportLate", [2026])
    report = {"year": 2026, "report": "令和8年度基金報告書"}
    world.posts(f"{case}/report-fund", report, JST, "2027-10-05")
    assert world.gets(case, JST, "2027-10-05")["stage"] == "InOperation"
    told = world.gets(f"{case}/history", JST, "2027-10-05")["acts"]
    assert next(act for act in told if act["act"] == "FundReported")["data"]["late"] is True
    assert world.refused(f"{case}/report-fund", report, JST, "2027-10-06").code == "year_reported"


def test_six_months_from_the_end_of_a_fiscal_year_are_its_thirtieth_of_september() -> None:
    assert fiscal_year(last_day_of(2026)) == 2026
    assert report_due(2026).last_day.isoformat() == "2027-09-30"


MOVES = some.tuples(
    some.sampled_from(["commit", "pay", "take_back", "release"]),
    some.sampled_from(["project-A", "project-B"]),
    some.integers(1, 200),
)


@settings(max_examples=60, deadline=None)
@given(some.lists(MOVES, max_size=40))
def test_whatever_is_posted_the_books_balance_and_nothing_stands_below_nothing(moves: list) -> None:
    from services.fund.domain.fund import powers
    from services.fund.domain.fund.powers import Commit, Move

    state = Fund()
    entries = []

    def does(power: object, command: object, who: object) -> None:
        nonlocal state
        acts = procedure.decide(state, power, command, Given(noon("2026-05-01"), who))  # type: ignore[arg-type]
        entries.extend(act.entry for act in acts if hasattr(act, "entry"))
        state = procedure.fold(acts, state)

    does(powers.propose_designation, powers.ProposeDesignation("x", "JST", WHY), CAO)
    does(powers.consult_ministers, powers.ConsultMinisters(WHY), CAO)
    does(powers.enter_answer, powers.EnterAnswer("財務大臣", WHY), CAO)
    does(powers.enter_answer, powers.EnterAnswer("文部科学大臣", WHY), MEXT)
    does(powers.designate, powers.Designate(WHY), CAO)
    does(powers.subsidise, powers.Subsidise("FY2021-S", 500), MEXT)
    for name, project, yen in moves:
        until = last_day_of(2027)
        command = Commit(project, yen, until) if name == "commit" else Move(project, yen)
        refused = ""
        try:
            does(getattr(powers, name), command, CLOCK)
        except Refusal as refusal:
            refused = refusal.code
        assert refused in ("", "beyond_balance")
        assert all(yen > 0 for yen in state.balances.values())
        assert is_balanced(CHART, state.balances)
        held = state.standing()
        assert held.deposits + held.expenses == held.unallocated + held.committed + held.applied
        assert held.expenses == held.applied
    assert reconciled(CHART, entries, state.balances) == {}

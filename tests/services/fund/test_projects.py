"""Projects: every yen in the fund's books, phases and gates, results and their use, to the last day."""

from __future__ import annotations

from tests.services.fund.doors import World, world
from tests.services.fund.people import (
    CAO,
    JST,
    JUDGE,
    LAB,
    MEXT,
    NEDO,
    OFFICE,
    OTHER,
    PARTNER,
    SATO,
    SUZUKI,
    TECHNOLOGY,
    WHY,
    person,
)

__all__ = ["world"]
FIRST, ALL = 600_000_000, 1_500_000_000
JUDGED = {"person": JUDGE.subject, "organisations": [OTHER]}


def paid(world: World, case: str, yen: int, on: str = "2027-12-20") -> None:
    """So much reported, inspected and paid for the first phase."""
    world.posts(f"{case}/report-work", {"phase": 1, "yen": yen, "report": "報告書"}, OFFICE, on)
    world.posts(f"{case}/inspect-work", {"phase": 1, "accepted_yen": yen, "findings": WHY}, JST, on)
    world.posts(f"{case}/pay-phase", {"phase": 1, "yen": yen}, JST, on)


def at_gate(world: World, fund: str) -> str:
    """A project whose first phase has ended and was evaluated."""
    case = world.running(fund)
    world.posts(f"{case}/appoint-gate-evaluator", JUDGED, JST, "2028-01-11")
    world.passes("2028-04-01")
    assert world.gets(case, JST, "2028-04-01")["stage"] == "AtGate"
    world.posts(f"{case}/evaluate-gate", {"recommendation": "continue", "reasons": WHY}, JUDGE, "2028-04-03")
    return case


def test_a_project_is_opened_once_and_its_money_promised_in_the_same_moment(world: World) -> None:
    fund = world.fund()
    case = world.project(fund)
    read = world.gets(case, OFFICE, "2026-09-02")
    assert (read["stage"], read["committed"], read["left"]) == ("Preparation", ALL, ALL)
    held = world.gets(fund, JST, "2026-09-02")["holds"]
    assert (held["committed"], held["unallocated"]) == (ALL, 125_000_000_000 - ALL)
    (granted,) = world.happened("GrantDecided")
    assert granted["project_id"] == case.removeprefix("/projects/")
    assert (granted["principal"], granted["agency"], granted["ministry"]) == ("sato", "JST", "MEXT")
    assert granted["members"] == [LAB, PARTNER]
    assert "people" not in granted
    again = world.refused("/projects", {"proposal": read["proposal"]}, JST, "2026-09-02")
    assert again.code == "project_opened"


def test_a_phase_starts_only_with_its_own_measures_against_leaks(world: World) -> None:
    case = world.project(world.fund())
    assert world.refused(f"{case}/start-phase", {}, JST, "2026-10-01").code == "measures_not_set"
    made_up = {"measures": [{"code": "moat", "reasons": WHY}]}
    assert (
        world.refused(f"{case}/set-leak-measures", made_up, JST, "2026-09-15").code
        == "measure_not_in_catalogue"
    )
    measures = {"measures": [{"code": "facilities", "reasons": WHY}]}
    world.posts(f"{case}/set-leak-measures", measures, JST, "2026-09-15")
    assert world.refused(f"{case}/start-phase", {}, JST, "2026-09-16").code == "phase_not_now"
    world.posts(f"{case}/start-phase", {}, JST, "2026-10-01")


def test_nothing_is_paid_but_what_an_inspection_accepted_and_nothing_half(world: World) -> None:
    fund = world.fund()
    case = world.running(fund)
    pay = {"phase": 1, "yen": 1}
    assert world.refused(f"{case}/pay-phase", pay, JST, "2027-03-01").code == "not_inspected"
    inspect = {"phase": 1, "accepted_yen": 1, "findings": WHY}
    assert world.refused(f"{case}/inspect-work", inspect, JST, "2027-03-01").code == "nothing_reported"
    report = {"phase": 1, "yen": FIRST + 1, "report": "報告書"}
    world.posts(f"{case}/report-work", report, OFFICE, "2027-03-01")
    over = {**inspect, "accepted_yen": FIRST + 1}
    assert world.refused(f"{case}/inspect-work", over, JST, "2027-03-01").code == "beyond_the_phase"
    world.posts(f"{case}/inspect-work", {**inspect, "accepted_yen": 100}, JST, "2027-03-01")
    world.posts(f"{case}/pay-phase", {"phase": 1, "yen": 60}, JST, "2027-03-02")
    assert world.refused(f"{case}/pay-phase", {"phase": 1, "yen": 41}, JST, "2027-03-02").code == (
        "not_inspected"
    )
    held = world.gets(fund, JST, "2027-03-02")["holds"]
    assert (held["expenses"], held["applied"], held["committed"]) == (60, 60, ALL - 60)
    assert held["deposits"] == 125_000_000_000 - 60


def test_a_commitment_runs_over_the_ends_of_fiscal_years(world: World) -> None:
    fund = world.fund()
    case = world.running(fund)
    world.posts(f"{case}/report-work", {"phase": 1, "yen": 10, "report": "x"}, OFFICE, "2027-04-01")
    inspect = {"phase": 1, "accepted_yen": 10, "findings": WHY}
    world.posts(f"{case}/inspect-work", inspect, JST, "2027-04-01")
    # The first entry of the new year closes the old one, should it come before the clock.
    world.posts(f"{case}/pay-phase", {"phase": 1, "yen": 10}, JST, "2027-04-01")
    read = world.gets(fund, JST, "2027-04-01")
    assert read["closed"][0]["carried"]["committed"] == ALL
    assert read["closed"][0]["carried"]["expenses"] == 0
    assert (read["holds"]["committed"], read["open_year"]) == (ALL - 10, 2027)


def test_no_gate_is_skipped(world: World) -> None:
    case = world.running(world.fund())
    decision = {"decision": "continue", "reasons": WHY}
    assert world.refused(f"{case}/decide-gate", decision, JST, "2027-06-01").code == "not_at_a_gate"
    world.passes("2028-04-01")
    assert world.refused(f"{case}/decide-gate", decision, JST, "2028-04-02").code == "gate_not_evaluated"
    assert world.refused(f"{case}/start-phase", {}, JST, "2028-04-02").code == "phase_started"


def test_a_phase_that_cannot_start_comes_before_its_gate_with_reasons(world: World) -> None:
    case = world.project(world.fund())
    world.posts(f"{case}/bring-to-gate", {"reasons": WHY}, JST, "2028-05-01")
    assert world.gets(case, JST, "2028-05-01")["stage"] == "AtGate"
    again = world.refused(f"{case}/bring-to-gate", {"reasons": WHY}, JST, "2028-05-01")
    assert again.code == "at_a_gate"
    world.posts(f"{case}/appoint-gate-evaluator", JUDGED, JST, "2028-05-02")
    world.posts(f"{case}/evaluate-gate", {"recommendation": "stop", "reasons": WHY}, JUDGE, "2028-05-03")
    stop = {"decision": "stop", "reasons": WHY, "without_view": WHY}
    world.posts(f"{case}/decide-gate", stop, JST, "2028-05-04")
    world.posts(f"{case}/finish-settlement", {}, JST, "2028-05-05")
    assert world.gets(case, JST, "2028-05-05")["stage"] == "Closed"


def test_the_council_is_heard_at_a_gate_or_it_is_said_why_not(world: World) -> None:
    case = at_gate(world, world.fund())
    decision = {"decision": "continue", "reasons": WHY}
    assert world.refused(f"{case}/decide-gate", decision, JST, "2028-04-05").code == "view_outstanding"
    project_id = case.removeprefix("/projects/")
    view = {"project_id": project_id, "gate": "1", "view": "continue"}
    world.hears("StageGateViewGiven", view, "2028-04-06")
    world.hears("StageGateViewGiven", view, "2028-04-06")
    world.posts(f"{case}/decide-gate", decision, JST, "2028-04-07")
    world.hears("StageGateViewGiven", {**view, "view": "stop"}, "2028-04-08")
    read = world.gets(case, OFFICE, "2028-04-08")
    assert (read["stage"], read["phases"][0]["gate"]["view"]["view"]) == ("Preparation", "continue")
    assert "evaluations" not in read["phases"][0]["gate"]
    assert world.refused(f"{case}/start-phase", {}, JST, "2028-04-08").code == "measures_not_set"


def test_a_gate_changes_the_team_and_the_money_and_the_books_follow(world: World) -> None:
    fund = world.fund()
    case = at_gate(world, fund)
    same = {"decision": "change", "reasons": WHY, "without_view": WHY}
    assert world.refused(f"{case}/decide-gate", same, JST, "2028-04-05").code == "change_not_said"
    judges_own = {**same, "people": [person("新任", OTHER, e_rad="22222222")]}
    assert world.refused(f"{case}/decide-gate", judges_own, JST, "2028-04-05").code == (
        "evaluator_of_the_proposal"
    )
    phase = {
        "title": "実証（見直し）",
        "begins": "2028-05-01",
        "ends": "2030-03-31",
        "yen": 1_000_000_000,
        "trl_aim": 6,
    }
    team = [person("佐藤 架空", LAB, e_rad="33333333"), person("新任", PARTNER, e_rad="22222222")]
    world.posts(f"{case}/decide-gate", {**same, "phases": [phase], "people": team}, JST, "2028-04-05")
    read = world.gets(case, JST, "2028-04-06")
    assert (read["committed"], read["phases"][1]["plan"]["title"]) == (1_600_000_000, "実証（見直し）")
    assert world.gets(fund, JST, "2028-04-06")["holds"]["committed"] == 1_600_000_000


def test_a_change_the_fund_cannot_pay_for_changes_nothing(world: World) -> None:
    fund = world.fund(5_000_000_000)
    case = at_gate(world, fund)
    phase = {
        "title": "x",
        "begins": "2028-05-01",
        "ends": "2030-03-31",
        "yen": 9_000_000_000,
        "trl_aim": 6,
    }
    dear = {"decision": "change", "reasons": WHY, "without_view": WHY, "phases": [phase]}
    assert world.refused(f"{case}/decide-gate", dear, JST, "2028-04-05").code == "beyond_balance"
    assert world.gets(case, JST, "2028-04-05")["stage"] == "AtGate"


def test_a_stop_releases_the_rest_and_what_was_paid_too_much_comes_back(world: World) -> None:
    fund = world.fund()
    case = world.running(fund)
    paid(world, case, 400_000_000)
    world.posts(f"{case}/appoint-gate-evaluator", JUDGED, JST, "2028-01-11")
    world.passes("2028-04-01")
    world.posts(f"{case}/evaluate-gate", {"recommendation": "stop", "reasons": WHY}, JUDGE, "2028-04-03")
    stop = {"decision": "stop", "reasons": WHY, "without_view": WHY}
    world.posts(f"{case}/decide-gate", stop, JST, "2028-04-05")
    read = world.gets(case, OFFICE, "2028-04-06")
    assert (read["stage"], read["committed"], read["left"]) == ("Settlement", FIRST, 200_000_000)
    assert world.refused(f"{case}/finish-settlement", {}, JST, "2028-04-10").code == "phases_unsettled"
    settled = {"phase": 1, "spent_yen": 390_000_000, "reasons": WHY}
    world.posts(f"{case}/settle-phase", settled, JST, "2028-04-10")
    assert world.refused(f"{case}/finish-settlement", {}, JST, "2028-04-10").code == "return_outstanding"
    too_much = {"phase": 1, "yen": 10_000_001}
    assert world.refused(f"{case}/return-payment", too_much, JST, "2028-04-11").code == "beyond_the_return"
    world.posts(f"{case}/return-payment", {"phase": 1, "yen": 10_000_000}, JST, "2028-04-11")
    world.posts(f"{case}/finish-settlement", {}, JST, "2028-04-12")
    assert world.gets(case, OFFICE, "2028-04-12")["stage"] == "Closed"
    books = world.gets(fund, JST, "2028-04-12")
    assert books["holds"]["committed"] == 0
    assert books["holds"]["expenses"] == books["holds"]["applied"] == 390_000_000
    assert books["holds"]["unallocated"] == books["holds"]["deposits"] == 125_000_000_000 - 390_000_000


def test_a_result_is_published_as_the_council_handles_it(world: World) -> None:
    case = world.running(world.fund())
    project_id = case.removeprefix("/projects/")
    for item, who in (("paper-1", SATO), ("data-1", SUZUKI)):
        result = {"item_id": item, "kind": "paper", "title": "架空の論文"}
        world.posts(f"{case}/register-result", result, who, "2027-06-01")
    publish = {"item_id": "paper-1", "published_as": "doi:10.0000/fiction"}
    refused = world.refused(f"{case}/publish-result", publish, SATO, "2027-06-02")
    assert refused.code == "handling_outstanding"
    decided = {"project_id": project_id, "item_id": "item-9", "reference": "paper-1", "handling": "open"}
    world.hears("HandlingDecided", decided, "2027-06-03")
    closed = {"project_id": project_id, "item_id": "data-1", "handling": "closed", "reference": None}
    world.hears("HandlingDecided", closed, "2027-06-03")
    world.hears("HandlingDecided", {**closed, "project_id": "another-r-and-d"}, "2027-06-03")
    world.posts(f"{case}/publish-result", publish, SATO, "2027-06-04")
    other = {"item_id": "data-1", "published_as": "x"}
    assert world.refused(f"{case}/publish-result", other, SATO, "2027-06-04").code == "result_closed"
    assert world.happened("ResultPublished")[0]["published_as"] == "doi:10.0000/fiction"


def test_the_use_of_results_is_followed_for_years_after_the_end(world: World) -> None:
    case = at_gate(world, world.fund())
    graduate = {
        "decision": "graduate",
        "reasons": WHY,
        "without_view": WHY,
        "follow_until": "2033-03-31",
    }
    world.posts(f"{case}/decide-gate", graduate, JST, "2028-04-05")
    settled = {"phase": 1, "spent_yen": 0, "reasons": WHY}
    world.posts(f"{case}/settle-phase", settled, JST, "2028-04-10")
    world.posts(f"{case}/finish-settlement", {}, JST, "2028-04-10")
    use = {"kind": "public", "what": "巡視", "since": "2029-01-01", "ministry": "MLIT"}
    both = {**use, "company": LAB}
    assert world.refused(f"{case}/record-use", both, JST, "2029-02-01").code == "one_user_only"
    world.posts(f"{case}/record-use", use, JST, "2029-02-01")
    follow = {"use": 1, "state": WHY, "still_used": True}
    world.posts(f"{case}/follow-use", follow, MEXT, "2031-02-03")
    world.passes("2033-03-31")
    assert world.gets(case, JST, "2033-03-31")["stage"] == "FollowUp"
    world.passes("2033-04-01")
    assert world.gets(case, JST, "2033-04-01")["stage"] == "Closed"
    assert world.refused(f"{case}/follow-use", follow, MEXT, "2033-04-02").code == "project_closed"


def test_an_agency_sees_its_portfolio_with_what_is_late_and_nobody_another_s(world: World) -> None:
    case = world.running(world.fund())
    paid(world, case, 1_000)
    read = world.gets("/portfolio", JST, "2027-12-21", query={"agency": "JST"})
    total = {"name": "total", "projects": 1, "committed": ALL, "paid": 1_000, "left": ALL - 1_000}
    assert read["total"] == total
    assert read["by_technology"] == [{**total, "name": TECHNOLOGY}]
    assert (read["by_phase"][0]["name"], read["by_trl"][0]["name"]) == ("1", "3")
    (late,) = read["late"]
    assert (late["milestone"], late["due"], late["days"]) == ("試作機", "2027-09-30", 82)
    reached = {"milestone": 1, "reached_on": "2027-12-21", "evidence": "写真"}
    world.posts(f"{case}/reach-milestone", reached, SATO, "2027-12-22")
    assert world.gets("/portfolio", CAO, "2027-12-22", query={"agency": "JST"})["late"] == []
    for who in (NEDO, OFFICE):
        other = world.send("GET", "/portfolio", by=who, on="2027-12-22", query={"agency": "JST"})
        assert other.code == "not_for_you"


def test_a_project_s_phases_and_gates_are_a_picture(world: World) -> None:
    case = at_gate(world, world.fund())
    drawn = world.send("GET", f"{case}/picture", by=OFFICE, on="2028-04-04").text
    assert drawn.startswith("flowchart LR\n")
    assert "P1 --> G1" in drawn
    assert "class G1 now" in drawn
    assert "G1 --> P2" in drawn

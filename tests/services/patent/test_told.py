"""What a case shows beside its fields: nobody reads in a stage, a version or a clock what it was not told."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.services.patent.doors import aws, everything, send
from tests.services.patent.story import (
    AUDITING,
    BENRISHI,
    CAO,
    INVENTOR,
    JPO,
    JPO_EXAMINER,
    MAKER,
    METI,
    MOD,
    PARTNER,
    PROFESSOR,
    SHARER,
)
from tests.services.patent.world import CANARY, INVENTION, TAKEN, WEIGHING, World, designated

__all__ = ["aws"]
ON_PAPER = {**TAKEN, "electronic_notices": False}


@pytest.fixture
def world(aws: None) -> World:
    return World()


def read(path: str, who: Any, on: str) -> Any:
    return send("GET", path, by=who, on=on)


def head(path: str, who: Any, on: str) -> tuple[Any, ...]:
    """Everything that is said of a case beside its fields."""
    case, clock = read(path, who, on), read(f"{path}/clock", who, on).json
    (line,) = read(path.rsplit("/", 1)[0], who, on).json["items"]
    history = read(f"{path}/history", who, on).json
    feed = "".join(f"{one['period']} {one['last_day']} " for one in clock["deadlines"])
    assert {clock["stage"], line["stage"]} == {case.json["stage"]}
    assert {clock["version"], line["version"], history["version"]} == {case.json["version"]}
    assert case.headers["ETag"] == f'"{case.json["version"]}"'
    assert line["until"] == clock["until"] == case.json["until"]
    return case.json["stage"], case.json["until"], case.json["version"], len(history["acts"]), feed


def test_an_applicant_is_not_told_of_the_judgement_not_to_send_before_the_notice(world) -> None:
    """66(10) tells it to who asked, by a notice; 66(7) tells it to nobody else."""
    case = world.posts("/first-reviews", TAKEN, JPO_EXAMINER, "2026-02-10")["id"]
    path = f"/first-reviews/{case}"
    before = head(path, INVENTOR, "2026-03-01")
    judged = {"ground": "clearly_not_needed", "reasons": CANARY}
    world.posts(f"{path}/judge-not-to-send", judged, JPO, "2026-03-02")
    assert head(path, INVENTOR, "2026-03-03") == before
    for who in (JPO, AUDITING):
        assert read(path, who, "2026-03-03").json["stage"] == "NotSent"
    # When the three months are over, it looks as if they had passed without a judgement.
    assert head(path, INVENTOR, "2026-05-03")[0] == "UnsentInTime"
    world.posts(f"{path}/ask-not-sent-notice", {}, BENRISHI, "2026-03-04")
    world.posts(f"{path}/notify-not-sent", {}, JPO, "2026-03-05")
    assert head(path, INVENTOR, "2026-03-06")[0] == "NotSent"


def test_what_the_office_finds_moves_no_version_an_applicant_sees(world) -> None:
    case = world.posts("/first-reviews", TAKEN, JPO_EXAMINER, "2026-02-10")["id"]
    path = f"/first-reviews/{case}"
    before = head(path, INVENTOR, "2026-03-01")
    fact = {"fact": "defence_or_military_use", "finding": {"answer": "yes", "evidence": CANARY}}
    found = world.posts(f"{path}/find-fact", fact, JPO_EXAMINER, "2026-03-01")
    assert found["version"] == before[2] + 1
    assert head(path, INVENTOR, "2026-03-02") == before


def test_who_sends_back_the_version_it_was_told_is_understood(world) -> None:
    case = world.posts("/first-reviews", TAKEN, JPO_EXAMINER, "2026-02-10")["id"]
    path = f"/first-reviews/{case}"
    fact = {"fact": "defence_or_military_use", "finding": {"answer": "yes", "evidence": CANARY}}
    world.posts(f"{path}/find-fact", fact, JPO_EXAMINER, "2026-03-01")
    etag = read(path, INVENTOR, "2026-03-02").headers["ETag"]
    ask = f"{path}/ask-not-sent-notice"
    stale = send("POST", ask, {}, by=INVENTOR, on="2026-03-02", If_Match='"3"')
    assert (stale.status, stale.code, stale.json["version"]) == (412, "version_mismatch", 2)
    done = send("POST", ask, {}, by=INVENTOR, on="2026-03-02", If_Match=etag)
    assert (done.status, done.json["version"], done.headers["ETag"]) == (200, 3, '"3"')
    assert read(path, INVENTOR, "2026-03-02").json["version"] == 3


def sent_on_paper(world: World) -> tuple[str, str]:
    first = world.posts("/first-reviews", ON_PAPER, JPO_EXAMINER, "2026-02-10")["id"]
    world.posts(f"/first-reviews/{first}/send", {"reasons": CANARY}, JPO, "2026-03-20")
    return f"/first-reviews/{first}", f"/security-reviews/{world.one('/security-reviews', CAO, '2026-03-20')}"


def receives(world: World, path: str, kind: str, on: str) -> None:
    receipt = {"kind": kind, "received_on": on, "evidence": "registered mail"}
    world.posts(f"{path}/record-receipt", receipt, CAO, on)


def test_a_letter_tells_nothing_before_it_arrives(world) -> None:
    """67(9), 69(2): on paper, the notice is what arrives."""
    _, path = sent_on_paper(world)
    world.posts(f"{path}/notify-possible-designation", {"invention": INVENTION}, CAO, "2026-04-23")
    assert read(path, INVENTOR, "2026-04-24").status == 404
    receives(world, path, "possible_designation", "2026-04-27")
    stage, until, version, acts, feed = head(path, INVENTOR, "2026-04-28")
    assert (stage, until, acts) == ("AwaitPaper", "2026-05-11T15:00:00Z", version)
    assert "patent.paper_on_keeping 2026-05-11" in feed
    world.posts(f"{path}/ask-opinion", {"about": CANARY, "due": "2026-05-29"}, CAO, "2026-05-07")
    asked = read(path, INVENTOR, "2026-05-07").json
    assert asked["hearing"] is None
    assert head(path, INVENTOR, "2026-05-08")[:4] == (stage, until, version, acts)
    receives(world, path, "opinion_asked", "2026-05-11")
    assert read(path, INVENTOR, "2026-05-11").json["hearing"]["due"] == "2026-05-29"
    told = read(f"{path}/history", INVENTOR, "2026-05-11").json["acts"]
    assert [one["sequence"] for one in told] == list(range(1, len(told) + 1))
    assert [one["act"] for one in told[-3:]] == ["OpinionAsked", "NoticeIssued", "NoticeReceived"]


def held_on_paper(world: World) -> tuple[str, str, str]:
    """The cases of a designation whose notice is on its way."""
    first, path = sent_on_paper(world)
    world.posts(f"{path}/notify-possible-designation", {"invention": INVENTION}, CAO, "2026-04-23")
    receives(world, path, "possible_designation", "2026-04-24")
    world.posts(f"{path}/ask-opinion", {"about": CANARY, "due": "2026-05-22"}, CAO, "2026-05-08")
    receives(world, path, "opinion_asked", "2026-05-11")
    made = {"invention": INVENTION, "until": "2027-05-31", "weighing": WEIGHING}
    world.posts(f"{path}/designate", made, CAO, "2026-06-01")
    return first, path, f"/designations/{world.one('/designations', CAO, '2026-06-01')}"


def test_a_designation_is_told_to_the_applicant_by_its_notice(world) -> None:
    """68, 70(1), (5): until then publishing is banned, and nobody is bound by 73 to 76."""
    _, review, held = held_on_paper(world)
    shown = read(review, INVENTOR, "2026-06-02").json
    assert (shown["stage"], shown["publishing_banned"]) == ("AwaitPaper", True)
    assert not shown.get("designated")
    assert read(held, INVENTOR, "2026-06-02").status == 404
    assert read("/designations", INVENTOR, "2026-06-02").json["items"] == []
    receives(world, held, "designated", "2026-06-04")
    shown = read(review, INVENTOR, "2026-06-05").json
    assert (shown["stage"], shown["publishing_banned"]) == ("Designated", False)
    effects = read(held, INVENTOR, "2026-06-05").json["effects"]
    since = {one["effect"]["name"]: one["since"] for one in effects}
    assert (since["no_working"], since["no_withdrawal"], since["hold"]) == (
        "2026-06-04",
        "2026-06-04",
        "2026-06-01",
    )


def test_the_commissioner_knows_what_the_notice_says_and_from_when_the_applicant_is_bound(world) -> None:
    """Order 78 of 2023, Art. 7; 72(1): a withdrawal of before the receipt is recorded after the word."""
    path, review, held = held_on_paper(world)
    told = read(path, JPO, "2026-06-02").json
    assert told["designation"]["until"] == "2027-05-31"
    assert told["designation"]["invention"]["places"] == INVENTION["places"]
    assert "designation" not in read(path, INVENTOR, "2026-06-02").json
    receives(world, held, "designated", "2026-06-04")
    late = {"how": "withdrawn", "on": "2026-06-04"}
    assert send("POST", f"{path}/record-end", late, by=JPO, on="2026-06-08").code == "bound_by_designation"
    world.posts(f"{path}/record-end", {"how": "withdrawn", "on": "2026-06-03"}, JPO, "2026-06-08")
    # 66(8), first sentence, ended with the notice of 70(1): the Prime Minister is not told of this one.
    assert read(review, CAO, "2026-06-08").json["gone"] is None


def test_a_translation_that_comes_after_the_sending_sets_the_ten_months_going_in_the_review_too(
    world,
) -> None:
    """78(3)."""
    foreign = {**TAKEN["application"], "origins": [{"route": "translation"}]}
    first = world.posts("/first-reviews", {**TAKEN, "application": foreign}, JPO_EXAMINER, "2026-02-10")["id"]
    world.posts(f"/first-reviews/{first}/send", {"reasons": CANARY}, JPO, "2026-03-20")
    review = f"/security-reviews/{world.one('/security-reviews', CAO, '2026-03-20')}"
    assert read(review, CAO, "2026-03-21").json["ten_months_end"] is None
    paper = {"route": "translation", "on": "2026-05-01"}
    world.posts(f"/first-reviews/{first}/record-starting-paper", paper, JPO_EXAMINER, "2026-05-07")
    assert read(review, CAO, "2026-05-08").json["ten_months_end"] == "2027-03-01"


def test_agencies_and_experts_see_no_decision_and_no_clock(world) -> None:
    _, review, held = designated(world)
    path = f"/security-reviews/{review}"
    for who in (MOD, PROFESSOR):
        case = read(path, who, "2026-06-02").json
        assert (case["stage"], case["until"]) != ("Designated", None)
        assert read(f"{path}/clock", who, "2026-06-02").json["deadlines"] == []
        assert "VEVENT" not in read(f"{path}/deadlines.ics", who, "2026-06-02").text
    assert read(f"/designations/{held}", METI, "2026-06-02").status == 404


def test_no_queue_is_sorted_by_a_day_its_reader_is_not_told(world) -> None:
    """The order of a list, and the cursor in it, would tell when a period ends."""
    path = sent_on_paper(world)[1]
    ask = {"subject": "designation", "agency": "MOD", "what": CANARY}
    world.posts(f"{path}/ask-agency", ask, CAO, "2026-03-23")
    places = {
        item["queue_pk"]["S"]: item["queue_sk"]["S"]
        for item in everything()
        if "queue_pk" in item and path.rsplit("/", 1)[1] in item["queue_sk"]["S"]
    }
    assert places["QUEUE#CAO"].startswith("2026-12-02")
    assert places["QUEUE#MOD"].startswith("9999#")


def test_whoever_bears_a_loss_claims_without_standing_and_learns_nothing(world) -> None:
    """80(1): 保全指定を受けたことにより損失を受けた者."""
    _, _, held = designated(world)
    losses = [{"what": CANARY, "ground": "designation", "yen": 1_000_000, "evidence": [CANARY]}]
    claim = {"claimant": SHARER, "claim": {"total_yen": 1_000_000, "breakdown": losses, "reasons": CANARY}}
    known = {**claim, "designation": TAKEN["application"]["number"]}
    unknown = {**claim, "designation": "2026-999999"}
    stranger = msgspec.structs.replace(PARTNER, subject="clerk-9")
    cases = [
        world.posts("/compensation-claims", one, stranger, "2026-07-01")["id"] for one in (known, unknown)
    ]
    mine = [read(f"/compensation-claims/{one}", stranger, "2026-07-02").json for one in cases]
    assert mine[0].keys() == mine[1].keys()
    assert not {"of_designation", "designation_over_on"} & mine[0].keys()
    found = [read(f"/compensation-claims/{one}", CAO, "2026-07-02").json["of_designation"] for one in cases]
    assert found == [held, None]
    world.posts(f"/designations/{held}/release", {"reasons": CANARY}, CAO, "2026-09-01")
    over = [
        read(f"/compensation-claims/{one}", CAO, "2026-09-02").json["designation_over_on"] for one in cases
    ]
    assert over == ["2026-09-01", None]


def test_an_operator_reads_the_order_to_it_and_what_it_must_report_and_the_applicant_does_not(world) -> None:
    """83(3), 84(1): 当該者に対し."""
    _, _, held = designated(world)
    path = f"/designations/{held}"
    order = {"items": ["10(iv)ロ"], "imminence": CANARY, "organisation": SHARER, "urgency": CANARY}
    world.posts(f"{path}/order-at-once", order, CAO, "2026-07-01")
    report = {"what": CANARY, "due": "2026-07-20", "organisation": SHARER}
    world.posts(f"{path}/ask-report", report, CAO, "2026-07-01")
    at_once = read(path, PARTNER, "2026-07-02").json["orders_to_you"]
    assert [(one["reasons"], one["received_on"]) for one in at_once] == [(CANARY, None)]
    for letter in ("ordered", "report_asked"):
        came = {"letter": letter, "received_on": "2026-07-03", "evidence": "x", "organisation": SHARER}
        world.posts(f"{path}/record-letter", came, CAO, "2026-07-03")
    mine = read(path, PARTNER, "2026-07-04").json
    assert (mine["orders_to_you"][0]["reasons"], mine["reports_asked_of_you"][0]["what"]) == (CANARY, CANARY)
    applicant = read(path, INVENTOR, "2026-07-04").json
    assert (applicant["orders_to_you"], applicant["reports_asked_of_you"]) == ([], [])
    assert "supervision" not in applicant
    history = read(f"{path}/history", INVENTOR, "2026-07-04").text
    assert "MeasuresOrdered" not in history
    assert "ReportAsked" not in history


def test_a_leak_that_an_operator_reports_is_the_applicant_s_to_know(world) -> None:
    """Order 78 of 2023, Art. 10(i)チ: the operator to the applicant, the applicant to the Prime Minister."""
    _, _, held = designated(world)
    path = f"/designations/{held}"
    leak = {"what": CANARY, "found_on": "2026-07-01"}
    world.posts(f"{path}/report-leak", leak, PARTNER, "2026-07-01")
    assert "LeakReportedToApplicant" in read(f"{path}/history", INVENTOR, "2026-07-02").text
    assert "LeakReportedToApplicant" not in read(f"{path}/history", CAO, "2026-07-02").text
    assert "leaks_of_operators" not in read(path, CAO, "2026-07-02").json["sharing"]
    assert len(read(path, INVENTOR, "2026-07-02").json["sharing"]["leaks_of_operators"]) == 1


def test_a_utility_model_that_shows_a_designated_invention_is_not_registered(world) -> None:
    """82(5), until the designation is released or has expired; nobody but the Commissioner reads of it."""
    _, _, held = designated(world)
    model = {**TAKEN["application"], "number": "2026-000800", "kind": "utility_model"}
    taken = {**TAKEN, "application": model, "applicants": [SHARER]}
    case = world.posts("/first-reviews", taken, JPO_EXAMINER, "2026-06-10")["id"]
    path = f"/first-reviews/{case}"
    wrong = {"number": "2026-000800", "places": CANARY}
    refused = send("POST", f"{path}/bar-registration", wrong, by=JPO, on="2026-06-11")
    assert (refused.status, refused.code, refused.json["article"]) == (409, "not_designated_now", "82(5)")
    shows = {"number": TAKEN["application"]["number"], "places": CANARY}
    world.posts(f"{path}/bar-registration", shows, JPO, "2026-06-11")
    assert read(path, JPO, "2026-06-12").json["registration_barred"] is True
    owner = msgspec.structs.replace(INVENTOR, organisation=SHARER)
    for below in ("", "/history"):
        text = read(path + below, owner, "2026-06-12").text
        assert TAKEN["application"]["number"] not in text
        assert "arred" not in text
    world.posts(f"/designations/{held}/release", {"reasons": CANARY}, CAO, "2026-09-01")
    assert read(path, JPO, "2026-09-01").json["registration_barred"] is False


def test_a_change_of_the_tables_is_screened_and_does_nothing(world) -> None:
    """66(11): what is newly covered while pending is not reached."""
    old = {"number": "2024-000900", "filed_on": "2024-12-20", "symbols": ["H10F 30/22"]}
    facts = {
        name: {"answer": "yes", "evidence": "x"}
        for name in ("quantum_dot_or_superlattice", "defence_or_military_use")
    }
    taken = {"application": {**old, "facts": facts}, "applicants": [MAKER]}
    case = world.posts("/first-reviews", taken, JPO_EXAMINER, "2024-12-25")["id"]
    before = [item for item in everything() if item["sk"]["S"].startswith("ACT#")]
    found = send("GET", "/table-changes", by=JPO, on="2025-01-06", query={"since": "2025-01-01"})
    assert found.status == 200, found.text
    (one,) = found.json["items"]
    assert (one["case_id"], one["article"]) == (case, "66(11)")
    assert one["follows"] in ("examine", "not_reached")
    after = [item for item in everything() if item["sk"]["S"].startswith("ACT#")]
    assert after == before
    none = send("GET", "/table-changes", by=JPO, on="2025-01-06", query={"since": "2025-02-01"})
    assert (none.status, none.code) == (404, "no_such_tables")
    for who in (INVENTOR, CAO):
        other = send("GET", "/table-changes", by=who, on="2025-01-06", query={"since": "2025-01-01"})
        assert other.status == 403 or other.json["items"] == []


def test_a_later_applicant_is_told_what_it_lacks_for_the_licence(world) -> None:
    """81(1), (2)."""
    later = {
        "designated": True,
        "other_was_designated": True,
        "began_or_prepared_on": "2026-05-01",
        "other_published_on": "2027-09-01",
        "refused_under_29_2": True,
        "knew": False,
    }
    full = send("POST", "/later-applicant-licences", later, by=INVENTOR, on="2027-10-01", key=None)
    assert (full.json["has_licence"], full.json["lacking"]) == (True, [])
    lacks = {**later, "knew": True, "began_or_prepared_on": "2027-09-01"}
    told = send("POST", "/later-applicant-licences", lacks, by=INVENTOR, on="2027-10-01", key=None).json
    assert [one["code"] for one in told["lacking"]] == ["worked_before_publication", "did_not_know"]

"""A holiday law that changes while cases are open, and questions about records of law that might."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.statute import Words, data_files, holiday_table
from services.statute.certificate import verify
from tests.services.infra_review.clock_doors import acts, history, told
from tests.services.infra_review.conftest import COMPANY, METI, MLIT, noon
from tests.services.infra_review.doors import accepted, aws, get, post, send, sweeps
from tests.services.infra_review.test_clock_certificate import JOSE, key, recommended

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")
OLD, NEW = holiday_table().version, "2026-06-20"


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the law's data, into which a test may enact."""
    data = tmp_path / "data"
    shutil.copytree(data_files._FOLDER, data)
    monkeypatch.setattr(data_files, "_FOLDER", str(data))
    holiday_table.cache_clear()
    yield data
    holiday_table.cache_clear()


def enact(law: Path) -> None:
    """A new table: Monday 2026-07-06 becomes a holiday."""
    amended = holiday_table().amended(NEW, added={date(2026, 7, 6): Words("New Day", "新たな日")})
    (law / "holidays" / f"{NEW}.csv").write_text(amended.canonical(), encoding="utf-8")
    holiday_table.cache_clear()
    assert holiday_table().version == NEW


def due(case: str, on: str) -> str:
    deadlines = get(f"/notifications/{case}/clock", on=on).json["deadlines"]
    [answer] = [d for d in deadlines if d["period"] == "infra.answer_to_recommendation"]
    return str(answer["last_day"])


def open_case() -> str:
    """Its answer is due on Monday the 6th: the ten days end on Saturday the 4th."""
    case = accepted("2026-06-22")
    recommended(case, "2026-06-25")
    assert due(case, "2026-06-25") == "2026-07-06"
    return case


def test_the_table_a_deadline_was_computed_with_is_recorded_with_the_act_that_set_it_going(law):
    case = open_case()
    assert [entry.act for entry in history(case)][-3:] == [
        "RecommendationMade", "RecommendationReceived", "HolidaysApplied",
    ]  # fmt: skip
    assert told(case, "HolidaysApplied") == [{"table": OLD, "sha256": holiday_table().sha256}]


def test_a_case_that_no_holiday_can_move_records_no_table(law):
    case = accepted("2026-06-22")
    enact(law)
    sweeps(noon("2026-06-26"))
    assert not {"HolidaysApplied", "DeadlineRecomputed"} & set(acts(case))


def test_an_open_case_is_recomputed_once_for_each_table(law):
    case, before = open_case(), holiday_table().sha256
    enact(law)
    for _ in range(3):
        sweeps(noon("2026-06-26"))
    [recomputed] = told(case, "DeadlineRecomputed")
    assert (recomputed["before"], recomputed["before_sha256"]) == (OLD, before)
    assert (recomputed["after"], recomputed["after_sha256"]) == (NEW, holiday_table().sha256)
    assert recomputed["deadlines"] == [
        {
            "period": "infra.answer_to_recommendation",
            "trigger_day": "2026-06-25",
            "before": "2026-07-06",
            "after": "2026-07-07",
        }
    ]
    assert due(case, "2026-06-27") == "2026-07-07"


def test_a_case_that_is_over_is_never_touched(law):
    case = open_case()
    assert post(f"/notifications/{case}/withdraw", {}, on="2026-06-26").status == 200
    before = acts(case)
    enact(law)
    sweeps(noon("2026-06-27"))
    assert acts(case) == before
    assert due(case, "2026-06-27") == "2026-07-06"
    reply = get(f"/notifications/{case}/clock", on="2026-06-27", Accept=JOSE)
    verdict = verify(reply.text.encode(), key())
    assert verdict.holds, verdict.reasons
    [answer] = [c for c in verdict.document["clocks"] if c["period"] == "infra.answer_to_recommendation"]
    assert answer["ended_on"] == "2026-06-26"
    assert answer["result"]["holiday_table"]["version"] == OLD


def test_officials_ask_what_a_record_would_change_for_their_open_cases(law):
    case = accepted("2026-06-22")
    longer = {
        "record": "infra.standstill",
        "effective_from": "2026-07-01",
        "length": {"number": 45, "unit": "day"},
    }
    asked = send("POST", "/amendments", longer, by=METI, on="2026-06-26", key=None)
    assert asked.status == 200, asked.text
    assert asked.json == {"items": [], "cases_looked_at": 2, "next": None}
    pending = longer | {"transition": "pending cases too"}
    [item] = send("POST", "/amendments", pending, by=METI, on="2026-06-26", key=None).json["items"]
    assert (item["case_id"], item["days_later"]) == (case, 15)
    assert (item["before"]["last_day"], item["after"]["last_day"]) == ("2026-07-21", "2026-08-05")


def test_the_question_is_not_for_others_nor_about_what_is_no_record(law):
    accepted("2026-06-22")
    asked = {"record": "infra.standstill", "effective_from": "2026-07-01", "moves": "next open day"}
    assert send("POST", "/amendments", asked, by=COMPANY, key=None).code == "not_for_you"
    elsewhere = send("POST", "/amendments", asked, by=MLIT, on="2026-06-26", key=None)
    assert elsewhere.json["items"] == []
    unknown = send("POST", "/amendments", asked | {"record": "infra.lunch"}, by=METI, key=None)
    assert (unknown.status, unknown.code) == (422, "unknown_period")

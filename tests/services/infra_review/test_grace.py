"""Art. 53: the six months in which Art. 52(1) does not apply, to an operator, to equipment, to work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from services.infra_review import sectors
from services.infra_review.domain.notification import File, Filing
from services.infra_review.plan.model import Outsourcing, Plan, Work
from services.infra_review.plan.precheck import Question, must_notify
from services.platform.law.procedure import Refusal
from tests.services.infra_review.conftest import COMPANY, Story, a_plan, designated
from tests.services.infra_review.test_post_review import report

LISTED = 'id = "grid_control"\nitem = "1(i)ロ"\n'
"""Where METI's table lists the equipment of the story's business."""


def amended(folder: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """The sectors' tables after a change of the order that `line` records."""
    for table in sectors._DATA.glob("sectors*.toml"):
        text = table.read_text(encoding="utf-8")
        (folder / table.name).write_text(text.replace(LISTED, LISTED + line), encoding="utf-8")
    assert line in (folder / "sectors_meti.toml").read_text(encoding="utf-8")
    monkeypatch.setattr(sectors, "_DATA", folder)
    forget()


def forget() -> None:
    sectors._table.cache_clear()
    sectors._sector.cache_clear()


@pytest.fixture
def new_equipment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The equipment became specified critical equipment on 1 April 2026: free until 1 October (53(2))."""
    amended(tmp_path, monkeypatch, "listed_from = 2026-04-01\n")
    yield
    monkeypatch.undo()
    forget()


@pytest.fixture
def new_maintenance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Its maintenance became important on 1 April 2026, its operation always was (53(3))."""
    amended(tmp_path, monkeypatch, "maintenance_listed_from = 2026-04-01\n")
    yield
    monkeypatch.undo()
    forget()


def outsourced(begins: date, *kinds: Any) -> Plan:
    """The story's plan with its work given to another from `begins`, and no introduction."""
    plan = a_plan(papers=date(2026, 4, 1))
    assert plan.introduction
    work = Work(kinds, "監視制御装置の保守", "period", begins, date(2030, 3, 31))
    measures = tuple(replace(one, concerns="outsourcing") for one in plan.measures)
    given_away = Outsourcing(contractor=plan.introduction.supplier, work=work, re_outsourced=())
    return replace(plan, introduction=None, outsourcing=given_away, measures=measures)


def refused(plan: Plan) -> Refusal:
    command = Filing(File("operator-1", plan), designated())
    return Story().refuses(COMPANY, "file", command, "2026-05-01")


def asked(act: Any, on: date, **more: Any) -> tuple[str, list[str]]:
    question = Question(
        act=act,
        business="general_transmission_distribution",
        planned_on=on,
        designated_on=date(2024, 1, 15),
        equipment_kind="grid_control",
        from_another_operator=True,
        others_equipment_built_in=False,
        **more,
    )
    answer = must_notify(question)
    return answer.notify, [reason.article for reason in answer.reasons]


@pytest.mark.usefixtures("new_equipment")
def test_equipment_newly_covered_is_free_for_six_months_and_from_the_next_day_needs_a_plan() -> None:
    first = refused(a_plan(begins=date(2026, 9, 30)))
    assert (first.code, first.article, first.facts["last_day"]) == (
        "no_duty_in_grace",
        "53(2)",
        date(2026, 9, 30),
    )
    Story().filed("2026-05-01", plan=a_plan(begins=date(2026, 10, 1)))


@pytest.mark.usefixtures("new_equipment")
def test_work_on_equipment_newly_covered_is_free_with_it() -> None:
    assert refused(outsourced(date(2026, 9, 30), "operation")).article == "53(2)"
    Story().filed("2026-05-01", plan=outsourced(date(2026, 10, 1), "operation"))


@pytest.mark.usefixtures("new_equipment")
def test_equipment_is_none_of_the_orders_before_the_day_it_is_listed() -> None:
    kinds = [sectors.sector("electricity", day).equipment for day in (date(2026, 3, 31), date(2026, 4, 1))]
    before, after = (sum(kind.item == "1(i)ロ" for kind in found) for found in kinds)
    assert (before, after) == (0, 1)
    assert asked("introduction", date(2026, 3, 31)) == ("no", ["50(1); METI Order 41 of 2023, Art. 1"])


@pytest.mark.usefixtures("new_maintenance")
def test_work_newly_important_is_free_for_six_months_and_other_work_is_not() -> None:
    assert refused(outsourced(date(2026, 9, 30), "maintenance")).article == "53(3)"
    Story().filed("2026-05-01", plan=outsourced(date(2026, 10, 1), "maintenance"))
    Story().filed("2026-05-01", plan=outsourced(date(2026, 9, 30), "operation"))
    Story().filed("2026-05-01", plan=outsourced(date(2026, 9, 30), "maintenance", "operation"))


@pytest.mark.usefixtures("new_maintenance")
def test_an_introduction_has_no_grace_of_work() -> None:
    Story().filed("2026-05-01", plan=a_plan(begins=date(2026, 9, 30)))


@pytest.mark.usefixtures("new_equipment")
def test_what_was_done_in_the_grace_of_equipment_needs_no_emergency_report() -> None:
    with pytest.raises(Refusal) as free:
        report("2026-05-08", "2026-05-11")
    assert (free.value.code, free.value.article) == ("no_duty_in_grace", "53(2)")


@pytest.mark.usefixtures("new_equipment")
def test_the_pre_check_knows_the_day_of_the_table() -> None:
    assert asked("introduction", date(2026, 9, 30)) == ("no", ["53(2)"])
    assert asked("introduction", date(2026, 10, 1))[0] == "yes"


@pytest.mark.usefixtures("new_maintenance")
def test_the_pre_check_knows_the_day_of_the_work_it_is_told() -> None:
    assert asked("outsourcing", date(2026, 9, 30), work=("maintenance",)) == ("no", ["53(3)"])
    assert asked("outsourcing", date(2026, 10, 1), work=("maintenance",))[0] == "yes"
    assert asked("outsourcing", date(2026, 9, 30), work=("maintenance", "operation"))[0] == "yes"


def test_what_was_listed_from_the_first_has_the_grace_of_the_designation_alone() -> None:
    assert all(kind.listed_from is None for kind in sectors.sector("electricity", date(2026, 4, 1)).equipment)
    Story().filed("2026-05-01", plan=a_plan(begins=date(2026, 10, 1)))

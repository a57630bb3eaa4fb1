"""Acts live for decades: everything that was ever recorded is read, folded and proved today."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from documents import records
from documents.services import procedures, services
from services.platform.cases.history import Entry, refold, verify_chain
from services.platform.events.contracts import read

HISTORIES = sorted(Path(__file__).parent.glob("*/histories/*.json"))


@pytest.mark.parametrize("service", services())
def test_every_form_of_every_act_is_on_record(service: str) -> None:
    assert list(records.missing(service, procedures(service))) == []


@pytest.mark.parametrize("service", services())
def test_every_act_that_was_ever_recorded_is_read(service: str) -> None:
    assert list(records.unreadable(service, procedures(service))) == []


@pytest.mark.parametrize("service", services())
def test_every_event_that_ever_left_is_read(service: str) -> None:
    for record in records.kept(service):
        if record.event is not None:
            assert read(record.event).name == record.event["detail-type"]


def test_a_field_that_comes_within_a_version_is_put_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    (draft,) = (one for one in procedures("infra_review") if one.name == "draft")
    assert list(records.missing("infra_review", (draft,))) == []
    fewer = tuple(
        msgspec.structs.replace(one, data={name: one.data[name] for name in one.data if name != "because"})
        for one in records.kept("infra_review")
    )
    monkeypatch.setattr(records, "kept", lambda _: fewer)
    missing = list(records.missing("infra_review", (draft,)))
    assert [(record.act, record.schema) for record in missing] == [("DraftOpened", 2)]


def test_an_example_s_event_is_named_as_the_publisher_names_it_and_cites_its_own_chapter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(records, "kept", lambda _: ())
    for record in records.missing("patent", procedures("patent")):
        if record.event is not None:
            told = record.event["detail"]["metadata"]
            assert told["event_id"] == f"{told['case_id']}:{told['sequence']}"
            assert told["article"][:2] in {"65", "66", "67", "70", "73", "74", "77", "78", "79", "80"}


def test_a_record_that_no_act_of_today_can_read_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = records.Record("draft", "DraftClosed", 1, {"closed": "2026-06-01"})
    monkeypatch.setattr(records, "kept", lambda _: (broken,))
    assert len(list(records.unreadable("infra_review", procedures("infra_review")))) == 1


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: f"{file.parent.parent.name}/{file.stem}")
def test_an_old_history_leads_to_where_it_led_when_it_was_kept(file: Path) -> None:
    told = json.loads(file.read_text(encoding="utf-8"))
    service = file.parent.parent.name
    procedure = next(one for one in procedures(service) if one.name == told["procedure"])
    history = [msgspec.convert(entry, Entry) for entry in told["entries"]]
    assert verify_chain(history, told["head"]) == told["head"]
    state = refold(procedure, history)
    wait = procedure.wait(state)
    deadlines = [[deadline.period, deadline.last_day.isoformat()] for deadline in procedure.deadlines(state)]
    assert (wait.stage, deadlines) == (told["stage"], told["deadlines"])


def test_there_are_old_histories() -> None:
    assert len(HISTORIES) >= 4

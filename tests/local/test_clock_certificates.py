"""What the clock certifies, downloaded from the local cloud and checked with the command line, offline."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from local.cli import main
from local.stories.standstill import AGENT, API
from services.statute import data_files, holiday_table
from tests.local.conftest import Running

JOSE = "application/jose+json"
THIRTY = timedelta(days=29)


@pytest.fixture
def files(tmp_path: Path, running: Running) -> Path:
    """A folder with the platform's public key, as anybody downloads it."""
    (tmp_path / "key.pem").write_bytes(running.download("/clock-key", person=None))
    return tmp_path


@pytest.fixture
def untroubled(running: Running) -> Iterator[Running]:
    yield running
    running.local("faults", {})


def verify(folder: Path, file: bytes) -> tuple[int, str]:
    """What `sakimori clock verify` says, and its exit code."""
    (folder / "clock.jws.json").write_bytes(file)
    said = CliRunner().invoke(
        main, ["clock", "verify", str(folder / "clock.jws.json"), "--key", str(folder / "key.pem")]
    )
    return said.exit_code, said.output


def silent(running: Running, case: str, files: Path) -> list[tuple[str, str]]:
    """The period and the last day of each certificate of silence, each verified."""
    listed = running.teller.get(AGENT, f"{API}/notifications/{case}/certificates")["items"]
    for one in listed:
        file = running.download(f"/notifications/{case}/certificates/{one['number']}", person=AGENT)
        assert verify(files, file)[0] == 0
    return [(one["period"], one["last_day"]) for one in listed]


def test_the_story_s_certificate_holds_and_says_why_the_answer_moved(running: Running, files: Path) -> None:
    file = running.download(f"/notifications/{running.story.case}/clock", person=AGENT, accept=JOSE)
    code, said = verify(files, file)
    assert code == 0, said
    assert "last day 2026-05-07" in said
    assert "The certificate holds." in said


def test_one_altered_byte_is_refused_with_a_reason(running: Running, files: Path) -> None:
    file = running.download(f"/notifications/{running.story.case}/clock", person=AGENT, accept=JOSE)
    outer = json.loads(file)
    for part in ("payload", "signature"):
        text = outer[part]
        other = "A" if text[40] != "A" else "B"
        altered = file.replace(text.encode(), f"{text[:40]}{other}{text[41:]}".encode())
        code, said = verify(files, altered)
        assert (code, "does not hold" in said) == (1, True)
        assert len(said.splitlines()) > 1


def test_one_altered_holiday_is_refused_with_a_reason(
    running: Running, files: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = running.download(f"/notifications/{running.story.case}/clock", person=AGENT, accept=JOSE)
    assert verify(files, file)[0] == 0
    other = holiday_table().amended(holiday_table().version, removed=[date(2026, 5, 6)])
    text = other.canonical()
    assert next(csv.reader(io.StringIO(text.splitlines()[3])))
    read = data_files.read_text
    law = tmp_path / "law"
    (law / "holidays").mkdir(parents=True)
    (law / "holidays" / f"{other.version}.csv").write_text(text, encoding="utf-8")
    for folder in Path(data_files._FOLDER).iterdir():
        if folder.name != "holidays":
            (law / folder.name).symlink_to(folder)
    monkeypatch.setattr(data_files, "_FOLDER", str(law))
    holiday_table.cache_clear()
    try:
        assert read("holidays", f"{other.version}.csv") == text
        code, said = verify(files, file)
    finally:
        holiday_table.cache_clear()
    assert code == 1
    assert "2026-05-07" in said


@pytest.mark.slow
@pytest.mark.parametrize("off", [timedelta(hours=24), timedelta(days=30)])
def test_the_scheduler_was_off_and_one_certificate_has_the_true_day(
    untroubled: Running, tomorrow: date, files: Path, off: timedelta
) -> None:
    running, last = untroubled, tomorrow + THIRTY
    case = running.accepted()
    running.at(last, "12:00")
    # Timers gone, queues still: neither machine nor sweeper nor inbox hears of the end.
    for execution in running.executions(case):
        running.cloud.client("stepfunctions").stop_execution(executionArn=execution["execution"])
    running.local("faults", {"hold": True})
    running.at(last + off, "23:30")
    assert running.view(case)["stage"] == "Standstill"
    running.local("faults", {"duplicate": True, "reorder": True, "seed": 7})
    running.cloud.deliver()
    running.teller.settle()
    running.at(last + off + timedelta(days=2))
    assert silent(running, case, files) == [("infra.standstill", last.isoformat())]
    assert running.view(case)["free_from"] == (last + timedelta(days=1)).isoformat()


@pytest.mark.slow
def test_every_reminder_is_sent_once_though_everything_is_doubled_and_shuffled(
    untroubled: Running, tomorrow: date
) -> None:
    running = untroubled
    running.local("faults", {"duplicate": True, "reorder": True, "seed": 3})
    case = running.accepted()
    running.at(tomorrow + THIRTY + timedelta(days=2))
    keys = [act["data"]["key"] for act in running.acts(case) if act["act"] == "ReminderSent"]
    assert len(keys) == len(set(keys)) >= 3
    assert {key.rpartition("/")[2] for key in keys} == {"official"}

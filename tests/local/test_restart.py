"""Killed and started again: the tables are there, the procedures start again, and nothing legal changes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.stories.standstill import API, OFFICIAL, Story
from local.stories.teller import Teller
from tests.local.conftest import NOTED

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(state: Path, *options: str) -> Iterator[tuple[Teller, subprocess.Popen[str]]]:
    command = [
        sys.executable,
        "-c",
        "from local.cli import main; main()",
        "run",
        "--story",
        "none",
        "--port",
        "0",
    ]
    began = time.monotonic()
    process = subprocess.Popen(
        [*command, "--state", str(state), *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        served = next((m for line in process.stdout if (m := re.search(r"serves at (\S+)", line))), None)
        assert served, "it never served"
        assert time.monotonic() - began < 60
        yield Teller(served[1]), process
    finally:
        process.terminate()
        process.wait(30)
        process.communicate()


@pytest.mark.slow
def test_after_a_kill_the_procedures_go_on_and_the_legal_result_is_the_same(tmp_path: Path) -> None:
    with running(tmp_path / "state", "--at", "2026-03-30T09:00:00+09:00") as (teller, process):
        story = Story(teller)
        story.designate(notice=False)
        teller.move("2026-04-02 10:00")
        # What is introduced after the grace may be filed in it.
        story.file()
        teller.move("2026-04-09 09:30")
        story.act(OFFICIAL, "accept")
        # No settling: events are on their way when the process is killed.
        token = teller.token(OFFICIAL)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    with running(tmp_path / "state") as (teller, _):
        assert teller._send("GET", "/_local/clock").body["now"].startswith("2026-04-09T09:30")
        # A token signed before the kill is still good.
        teller._tokens[OFFICIAL] = token
        story.teller = teller
        assert story.view()["stage"] == "Standstill"
        executions = [
            e for e in teller._send("GET", "/_local/executions").body if e["name"].startswith(story.case)
        ]
        assert [(e["status"], e["state"]) for e in executions] == [("RUNNING", "Standstill")]
        teller.move("2026-05-09 00:00")
        view = story.view()
        assert (view["stage"], view["free_from"]) == ("Freed", "2026-05-09")
        history = teller.get(OFFICIAL, f"{API}/notifications/{story.case}/history")
        acts = history["acts"] if isinstance(history, dict) else history
        assert [(act["act"], act["legal_day"]) for act in acts if act["act"] not in NOTED] == [
            ("PlanFiled", "2026-04-02"),
            ("PlanAccepted", "2026-04-09"),
            ("PlanFreed", "2026-05-09"),
        ]


@pytest.mark.slow
def test_two_clouds_cannot_use_one_directory(tmp_path: Path) -> None:
    with running(tmp_path / "state"):
        command = [sys.executable, "-c", "from local.cli import main; main()", "run", "--story", "none"]
        second = subprocess.run(
            [*command, "--port", "0", "--state", str(tmp_path / "state")],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 1
    assert "Another local cloud runs on" in second.stderr

"""Chapter 5 on the local cloud, over four virtual years: what it does, and what nowhere of it can be read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from local.identity import Person
from local.policies import like
from local.stories import patent
from local.stories.patent import (
    API,
    AUDITOR,
    BENRISHI,
    CONDITION,
    EVERYONE,
    EXAMINER,
    INVENTION,
    INVENTOR,
    MAKER,
    MANAGEMENT,
    MANAGER,
    MOD,
    PROFESSOR,
    RESTRICTED,
    REVIEWER,
    SENDING_REASONS,
    SHARER,
    STRANGER,
    SYMBOLS,
)
from local.stories.teller import Answer, Teller
from tests.local.conftest import stages
from tests.services.patent.test_prior_confirmation import ASK

pytestmark = pytest.mark.proof
ROOT = Path(__file__).resolve().parents[2]


class Listener(Teller):
    """A teller that remembers what every POST was answered."""

    heard: list[str]

    def ask(self, person: Person | None, method: str, path: str, body: Any = None, **how: Any) -> Answer:
        answer = super().ask(person, method, path, body, **how)
        if method == "POST":
            self.heard.append(json.dumps([answer.headers, answer.body], ensure_ascii=False))
        return answer


@dataclass
class Played:
    """The story when it is over, in a cloud that still stands."""

    story: patent.Story
    teller: Listener
    directory: Path
    teapot: str = ""
    read: dict[Person, str] = field(default_factory=dict)

    def local(self, name: str) -> Any:
        return self.teller._send("GET", f"/_local/{name}").body

    def executions(self, case: str) -> list[dict[str, Any]]:
        found = [one for one in self.local("executions") if one["name"].startswith(case)]
        return sorted(found, key=lambda one: one["name"])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    directory = tmp_path_factory.mktemp("patent") / "state"
    command = [sys.executable, "-c", "from local.cli import main; main()", "run", "--story", "none"]
    options = ["--port", "0", "--state", str(directory), "--at", patent.BEGINS.isoformat()]
    process = subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        served = next((m for line in process.stdout if (m := re.search(r"serves at (\S+)", line))), None)
        assert served, "it never served"
        teller = Listener(served[1])
        teller.heard = []
        told = Played(patent.Story(teller), teller, directory)
        for _, step in told.story.steps():
            step()
            teller.settle()
        also(told)
        told.read = {person: everything(told, person) for person in EVERYONE}
        yield told
    finally:
        process.terminate()
        process.communicate(timeout=60)


def also(played: Played) -> None:
    """What the story leaves out: a file, a prior confirmation, a lost machine, the sweep that finds it."""
    teller = played.teller
    teller.post(INVENTOR, f"{API}/prior-confirmations", msgspec.to_builtins(ASK))
    application = {"number": "2030-000001", "filed_on": "2030-09-02", "symbols": ["A47G 19/14"]}
    line = json.dumps({"application": application, "applicants": [MAKER]}) + "\n"
    sent = {
        "Authorization": f"Bearer {teller.token(EXAMINER)}",
        "Idempotency-Key": "a-file",
        "Content-Type": "application/x-ndjson",
    }
    answer = teller._http.request(
        "POST", f"{teller.url}{API}/first-reviews/bulk", body=line.encode(), headers=sent
    )
    assert answer.status == 201, answer.data
    teller.settle()
    for path in ("statistics", "clock-key", "readings"):
        assert teller.ask(None, "GET", f"{API}/{path}").status == 200
    teller.settle()


def everything(played: Played, person: Person) -> str:
    """All that a person is answered who asks for all there is, as one text."""
    said: list[Any] = []

    def read(path: str) -> None:
        answer = played.teller.ask(person, "GET", f"{API}{path}")
        said.append([answer.headers, answer.body])

    for kind in patent.READERS:
        read(f"/{kind}")
    for path in ("/queue", "/deadlines.ics", "/statistics", "/prior-confirmations"):
        read(path)
    cases = [*played.story.cases.items(), ("first-reviews", played.story.teapot)]
    for kind, case in cases:
        for below in ("", "/history", "/clock", "/deadlines.ics", "/certificates"):
            read(f"/{kind}/{case}{below}")
    return json.dumps(said, ensure_ascii=False)


# ---- Four years ----


def test_the_designation_was_renewed_three_times_and_its_machine_hopped(played: Played) -> None:
    case = played.story.cases["designations"]
    executions = played.executions(case)
    assert len(executions) >= 4
    assert [one["status"] for one in executions] == ["SUCCEEDED"] * len(executions)
    for number, one in enumerate(executions, start=1):
        assert one["name"] == f"{case}-{number}"
        wanted = "Released" if number == len(executions) else "Continued"
        assert stages(one["path"])[-1] == wanted
    acts = played.teller.get(REVIEWER, f"{API}/designations/{case}/history")["acts"]
    extended = [act["legal_day"] for act in acts if act["act"] == "TermExtended"]
    assert extended == ["2027-05-13", "2028-05-13", "2029-05-13"]
    assert "DesignationExpired" not in json.dumps(acts)


def test_each_case_went_the_way_of_the_law(played: Played) -> None:
    story = played.story
    ends = {
        kind: played.teller.get(patent.READERS[kind], f"{API}/{kind}/{case}")["stage"]
        for kind, case in story.cases.items()
    }
    assert ends == {
        "first-reviews": "Sent",
        "security-reviews": "Designated",
        "designations": "Released",
        "compensation-claims": "SuitTimePassed",
    }
    teapot = played.teller.get(MANAGER, f"{API}/first-reviews/{story.teapot}")
    assert (teapot["stage"], teapot["held"]) == ("UnsentInTime", False)


# ---- What is restricted is nowhere but where the Act says ----

OWN = {*INVENTION.values(), MANAGEMENT, CONDITION, *SYMBOLS, MAKER}
MAY_READ: dict[Person, set[str]] = {
    EXAMINER: {*SYMBOLS, MAKER, SENDING_REASONS},
    MANAGER: {*SYMBOLS, MAKER, SENDING_REASONS},
    REVIEWER: {*RESTRICTED} - {SENDING_REASONS},
    INVENTOR: OWN,
    BENRISHI: OWN,
    MOD: {*INVENTION.values(), *SYMBOLS},
    PROFESSOR: {INVENTION["content"]},
    SHARER: set(),
    STRANGER: set(),
    AUDITOR: set(RESTRICTED),
}
"""66, 67(1), (3)-(6), (9), 70(1), 73, 80: what the Act passes to whom."""


@pytest.mark.parametrize("person", EVERYONE, ids=lambda person: person.subject)
def test_each_reader_is_shown_what_the_act_passes_on_and_nothing_more(played: Played, person: Person) -> None:
    assert {text for text in RESTRICTED if text in played.read[person]} == MAY_READ[person]


def test_no_answer_to_a_post_repeats_anything_restricted(played: Played) -> None:
    assert len(played.teller.heard) > 25
    for said in played.teller.heard:
        assert not [text for text in RESTRICTED if text in said]


def test_no_file_of_the_cloud_holds_anything_restricted(played: Played) -> None:
    """The engine's own database, every function's log, all that is kept between restarts: byte by byte."""
    files = [file for file in played.directory.rglob("*") if file.is_file()]
    assert {"tables.db", "sakimori-patent-api.log"} <= {file.name for file in files}
    for file in files:
        held = file.read_bytes()
        for text in RESTRICTED:
            written = (text, json.dumps(text)[1:-1], json.dumps(json.dumps(text)[1:-1])[1:-1])
            for form in written:
                assert form.encode() not in held, f"{text} in {file.name}"


@pytest.mark.parametrize("kept", ["events", "histories", "executions", "queues", "access"])
def test_no_event_machine_or_queue_holds_anything_restricted(played: Played, kept: str) -> None:
    held = json.dumps(played.local(kept), ensure_ascii=False)
    assert played.story.cases["designations"] in held or kept in ("queues", "access")
    for text in RESTRICTED:
        assert text not in held
        assert json.dumps(text)[1:-1] not in held


def test_the_input_of_a_machine_is_a_case_and_a_generation(played: Played) -> None:
    case = played.story.cases["designations"]
    described = json.loads(played.local("histories")[f"{case}-1"])[0]
    assert json.loads(described["input"]) == {"case_id": case, "generation": 1}


# ---- Every role ----

NOT_PLAYED = {
    "*-international-application*": "No application abroad is charged in this story.",
    "*-steps: states:*": "What a late machine needs, or one that waits for a year: as any chapter's.",
    "*-steps: dynamodb:DeleteItem*": "The same.",
    "*-steps: dynamodb:Query*": "A state kept by another fold is made anew from the acts; there is none.",
    "*-sweeper: states:StartExecution*": "No machine is lost in this story.",
    "*-sweeper: dynamodb:DeleteItem*": "A lapse that takes somebody out of a case; none does here.",
    "*-publisher: s3:*": "Every act can be published: nothing is set apart.",
    "*-publisher: kms:GenerateDataKey*s3*": "The same.",
    "*logs:*": "There is no log delivery here.",
    "*xray:Put*": "Step Functions sends a machine's traces itself.",
    "*kms:Sign*": "No period of the chapter ends in a silence that is certified.",
    "*-api: s3:*": "Papers are sent and read in Chapter 3's year.",
    "*-api: kms:*s3.*": "The same.",
    "*-scanner: *": "A stand-in scans here.",
    "*-sweeper: sqs:SendMessage*": "No sweep needs more time than one invocation has.",
    "*-rollout: *": "Nothing is deployed by degrees here.",
    "*-backup: *": "Nothing is backed up here.",
    "*-logs: *": "There is no log delivery here.",
}
"""Grants this story does not use, and why."""


def test_no_role_of_the_chapter_is_refused_and_none_may_what_it_never_does(played: Played) -> None:
    report = [one for one in played.local("access") if one["role"].startswith("sakimori-patent-")]
    refused = [sentence for one in report for sentence in one["refused"]]
    assert not refused, "\n".join(refused)
    unexplained = [
        f"{one['role']}: {grant}"
        for one in report
        for grant in one["never_used"]
        if not any(like(pattern, f"{one['role']}: {grant}") for pattern in NOT_PLAYED)
    ]
    assert unexplained == [], "\n".join(unexplained)

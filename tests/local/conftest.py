"""One local cloud for the whole session, in which the story has been told; all of it in virtual time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import urllib3

from infra import synth
from infra.flow import BEGIN, STANDS
from local.aws_endpoint import Server
from local.cloud import Cloud
from local.front import Front
from local.instants import TOKYO
from local.state import State
from local.stories import standstill
from local.stories.standstill import AGENT, API, NECESSITY, OFFICIAL, Story
from local.stories.teller import Teller
from services.platform.law.parties import check_digit
from services.platform.time.timekeeping import TIME_ACTS

NOTED = frozenset(act.__name__ for act in TIME_ACTS)


@dataclass
class Running:
    """A running cloud, how it is spoken to, and the story told in it."""

    cloud: Cloud
    teller: Teller
    story: Story
    refused: Any = None
    """The answer to the filing with defects."""
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def today(self) -> date:
        """The legal day."""
        return self.cloud.clock.now().astimezone(TOKYO).date()

    def at(self, day: date, time: str = "10:00") -> None:
        """Move the clock to a time of a day in Japan."""
        self.teller.move(f"{day.isoformat()} {time}")

    def filed(self) -> str:
        """A new notification, filed now."""
        filing = {"operator_id": self.story.operator, "plan": standstill.plan(self.today)}
        case: str = self.teller.post(AGENT, f"{API}/notifications", filing)["id"]
        return case

    def accepted(self) -> str:
        """A new notification, accepted now."""
        case = self.filed()
        self.act(case, "accept")
        return case

    def act(self, case: str, power: str, body: Any = None, person: Any = OFFICIAL) -> Any:
        """One power of the law."""
        return self.teller.post(person, f"{API}/notifications/{case}/{power}", body)

    def view(self, case: str) -> Any:
        """The notification as the ministry sees it."""
        return self.teller.get(OFFICIAL, f"{API}/notifications/{case}")

    def acts(self, case: str, kind: str = "notifications") -> list[dict[str, Any]]:
        """What has happened in a case."""
        history = self.teller.get(OFFICIAL, f"{API}/{kind}/{case}/history")
        acts: list[dict[str, Any]] = history["acts"] if isinstance(history, dict) else history
        return acts

    def legal(self, case: str) -> list[tuple[str, str, str]]:
        """The legal result: each act with its article and legal day, but for what the clock notes itself."""
        acts = [act for act in self.acts(case) if act["act"] not in NOTED]
        return [(act["act"], act["article"], act["legal_day"]) for act in acts]

    def download(self, path: str, *, person: Any = OFFICIAL, accept: str = "*/*") -> bytes:
        """A document as it comes over the wire, byte for byte."""
        headers = {"Accept": accept}
        if person is not None:
            headers["Authorization"] = f"Bearer {self.teller.token(person)}"
        answer = urllib3.request("GET", f"{self.teller.url}{API}{path}", headers=headers)
        assert answer.status == 200, answer.data
        return answer.data

    def executions(self, case: str) -> list[dict[str, Any]]:
        """The executions of a case, oldest generation first."""
        found = self.teller._send("GET", "/_local/executions").body
        return sorted((e for e in found if e["name"].startswith(case)), key=lambda e: e["name"])

    def local(self, name: str, body: Any = None) -> Any:
        """A document of `/_local`, or the answer to a POST."""
        return self.teller._send("GET" if body is None else "POST", f"/_local/{name}", body).body

    def recommend(self, case: str) -> None:
        """Consultation and recommendation, within one day."""
        consult = {"about": "recommendation", "draft": "計画の変更を勧告する。", "necessity": NECESSITY}
        self.act(case, "consult", consult)
        opinion = {"of": standstill.PRIME_MINISTER, "opinion": "異存ない。"}
        self.act(case, "give-opinion", opinion, standstill.CABINET)
        self.act(case, "close-consultation")
        measures = {"kind": "change_plan", "measures": "変更すること。", "reasons": "おそれが大きい。"}
        self.act(case, "recommend", {**measures, "necessity": NECESSITY})
        self.act(case, "record-receipt", standstill.received(self.today.isoformat()))


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    directory: Path = tmp_path_factory.mktemp("local")
    cloud = Cloud(
        synth.synthesised(),
        State(directory / "state"),
        start_at=standstill.BEGINS,
        logs=directory / "logs",
    ).start()
    server = Server(Front(cloud))
    server.start()
    teller = Teller(server.url)
    running = Running(cloud, teller, Story(teller))
    try:
        for _, step in running.story.steps():
            said = step()
            running.refused = said or running.refused
            teller.settle()
        yield running
    finally:
        server.stop()
        cloud.stop()


@pytest.fixture
def tomorrow(running: Running) -> date:
    """A new day, ten in the morning: what one test does is not the day of what another did."""
    day = running.today + timedelta(days=1)
    running.at(day)
    return day


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that let a year pass come last: the others file plans whose papers are of this year."""
    items.sort(key=lambda item: "year" in getattr(item, "fixturenames", ()))


def corporate_number(number: int) -> str:
    """A corporate number (法人番号) with its check digit, another one for each `number`."""
    base = f"{700_000_000_000 + number}"
    return check_digit(base) + base


def stages(path: list[str]) -> list[str]:
    """Of the states a machine has been in, those that are stages of the law."""
    between = {BEGIN, STANDS}
    return [s for s in path if s not in between and not s.startswith("After ") and not s.endswith(" ends")]

"""The publisher: what was recorded reaches the bus, and only what a contract lets out."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from services.platform.cases.store import Cases
from services.platform.events import publisher
from services.platform.events.contracts import read
from services.platform.events.publisher import Publisher
from services.platform.law.acts import Leaving, leaves, leaving
from services.platform.runtime import clients
from tests.services.platform.conftest import LIBRARIAN, READER, by, table_name
from tests.services.platform.loan import Ask, Borrower, GiveBack, GivenBack, Lend, Lent, loans, power

pytestmark = pytest.mark.usefixtures("aws")


class BookLent(msgspec.Struct, frozen=True):
    on: date


class Bus:
    """A bus that refuses what it is told to, as EventBridge does when it is throttled."""

    def __init__(self, refuses: set[str] = frozenset(), fails: bool = False) -> None:  # type: ignore[assignment]
        self.calls: list[list[dict[str, Any]]] = []
        self._refuses, self._fails = refuses, fails

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - AWS's name
        if self._fails:
            raise ConnectionError
        self.calls.append(Entries)
        results = [self._result(entry) for entry in Entries]
        return {"FailedEntryCount": sum("ErrorCode" in result for result in results), "Entries": results}

    def _result(self, entry: dict[str, Any]) -> dict[str, str]:
        refused = any(part in entry["Detail"] for part in self._refuses)
        return {"ErrorCode": "ThrottlingException"} if refused else {"EventId": "1"}


def bus(monkeypatch: pytest.MonkeyPatch, **manner: Any) -> Bus:
    made = Bus(**manner)
    monkeypatch.setattr(publisher, "client", lambda _service: made)
    return made


def stream() -> list[dict[str, Any]]:
    """The table's items as its stream hands them to a Lambda: acts, snapshots and keys alike."""
    items = clients.client("dynamodb").scan(TableName=table_name())["Items"]
    return [
        {
            "eventID": str(number),
            "eventName": "INSERT",
            "dynamodb": {"SequenceNumber": f"{number:021d}", "NewImage": item},
        }
        for number, item in enumerate(items)
    ]


def record_of(records: list[dict[str, Any]], act: str) -> str:
    """The sequence number of the record of an act."""
    found: str = next(
        record["dynamodb"]["SequenceNumber"]
        for record in records
        if record["dynamodb"]["NewImage"].get("act") == {"S": act}
    )
    return found


def asked_and_lent(times: int = 1) -> None:
    cases = Cases(loans)
    for _ in range(times):
        done = cases.open(power("ask"), Ask("6010001000001", "Secret title", (Borrower("Sun"),)), by(READER))
        assert done.case
        cases.act(done.case.id, power("lend"), Lend(), by(LIBRARIAN))
        cases.act(done.case.id, power("give_back"), GiveBack(), by(READER))


publishing = Publisher(loans)


def test_every_act_with_a_contract_becomes_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    made = bus(monkeypatch)
    asked_and_lent()
    assert publishing.handler({"Records": stream()}, None) == {"batchItemFailures": []}
    asked, lent = made.calls[0]
    assert (asked["Source"], asked["DetailType"], asked["EventBusName"]) == (
        "sakimori.library",
        "Asked",
        "sakimori",
    )
    received = read(envelope(lent), BookLent)
    assert received.data == BookLent(date(2026, 6, 1))
    assert (received.metadata.sequence, received.metadata.article, received.metadata.schema_version) == (
        2,
        "2",
        2,
    )
    assert received.id == f"{received.case_id}:2"


def test_what_no_contract_names_does_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    made = bus(monkeypatch)
    asked_and_lent()
    publishing.handler({"Records": stream()}, None)
    assert "Secret title" not in str(made.calls)
    assert "Sun" not in str(made.calls)


def test_events_leave_in_tens(monkeypatch: pytest.MonkeyPatch) -> None:
    made = bus(monkeypatch)
    asked_and_lent(times=6)
    publishing.handler({"Records": stream()}, None)
    assert [len(ten) for ten in made.calls] == [10, 2]


def test_only_what_the_bus_refused_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    bus(monkeypatch, refuses={'"on"'})
    asked_and_lent()
    records = stream()
    answer = publishing.handler({"Records": records}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": record_of(records, "Lent")}]}


def test_nothing_is_lost_when_the_bus_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    bus(monkeypatch, fails=True)
    asked_and_lent()
    assert len(publishing.handler({"Records": stream()}, None)["batchItemFailures"]) == 2


def test_an_act_that_cannot_be_published_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    made = bus(monkeypatch)
    asked_and_lent()

    records = stream()
    image = next(r for r in records if r["dynamodb"]["NewImage"].get("act") == {"S": "Asked"})
    image["dynamodb"]["NewImage"]["act"] = {"S": "Forgotten"}
    answer = publishing.handler({"Records": records}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": record_of(records, "Forgotten")}]}
    assert [entry["DetailType"] for entry in made.calls[0]] == ["Lent"]


def test_an_act_without_a_class_stays_inside() -> None:
    assert leaving(GivenBack) is None
    assert leaving(Lent) == Leaving("public", ("on",))


def test_a_field_that_an_act_does_not_have_cannot_leave() -> None:
    with pytest.raises(TypeError, match="no field colour"):
        leaves("public", "colour")(Lent)


def envelope(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as a rule's target receives it."""
    import json

    return {
        "source": entry["Source"],
        "detail-type": entry["DetailType"],
        "time": entry["Time"],
        "detail": json.loads(entry["Detail"]),
    }

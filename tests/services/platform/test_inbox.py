"""The inbox: every message stands alone, and an event has its effect once."""

from __future__ import annotations

import itertools
import json
from datetime import date
from typing import Any

import msgspec
import pytest

from services.platform.cases.store import Cases
from services.platform.events.contracts import Event, Heard
from services.platform.events.inbox import Inbox, once_for, reactions_of
from services.platform.law.procedure import Refusal
from services.platform.runtime.observe import trace
from tests.services.platform.conftest import LIBRARIAN, READER, by
from tests.services.platform.loan import Ask, Borrower, GiveBack, Lend, Renew, loans, power

pytestmark = pytest.mark.usefixtures("aws")
cases = Cases(loans)


class OrderPlaced(msgspec.Struct, frozen=True):
    loan: str
    from_day: date | None = None


def message(name: str, data: dict[str, Any], *, event_id: str = "shop-1:1", at: str = "m1") -> dict[str, Any]:
    """A message as SQS hands it over, with the event a rule put into it."""
    case_id, _, sequence = event_id.partition(":")
    metadata = {
        "event_id": event_id,
        "case_id": case_id,
        "sequence": int(sequence),
        "occurred_at": "2026-06-01T03:00:00Z",
        "article": "1",
        "classification": "internal",
        "schema_version": 1,
        "correlation_id": "c-1",
        "causation_id": "r-1",
    }
    detail = {"metadata": metadata, "data": data}
    body = {"source": "sakimori.shop", "detail-type": name, "detail": detail}
    return {"messageId": at, "body": json.dumps(body)}


def take(*messages: dict[str, Any]) -> list[str]:
    """The ids of the messages that failed."""
    answer = inbox.handler({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def lend(event: Event) -> None:
    cases.act(event.data.loan, power("lend"), Lend(event.id), by(LIBRARIAN), once=once_for(event))


def renew(event: Event) -> None:
    assert event.data.from_day
    cases.act(
        event.data.loan, power("renew"), Renew(event.data.from_day), by(LIBRARIAN), once=once_for(event)
    )


def back(event: Event) -> None:
    cases.act(event.data.loan, power("give_back"), GiveBack(), by(READER), once=once_for(event))


inbox = Inbox(
    "library",
    reactions_of(
        (Heard("shop", "BookPaid", OrderPlaced), lend),
        (Heard("shop", "BookExtended", OrderPlaced), renew),
        (Heard("shop", "BookReceived", OrderPlaced), back),
    ),
)


@pytest.fixture
def loan(aws: None) -> str:
    done = cases.open(power("ask"), Ask("6010001000001", "Book", (Borrower("Sun"),)), by(READER))
    assert done.case
    return done.case.id


def acts(loan: str) -> list[str]:
    return [entry.act for entry in cases.history(loan)]


@pytest.mark.parametrize("repeats", [1, 2, 5])
def test_an_event_delivered_often_has_its_effect_once(loan: str, repeats: int) -> None:
    for number in range(repeats):
        assert take(message("BookPaid", {"loan": loan}, at=f"m{number}")) == []
    assert acts(loan) == ["Asked", "Lent"]


def test_the_same_event_twice_in_one_batch_has_its_effect_once(loan: str) -> None:
    paid = message("BookPaid", {"loan": loan})
    assert take(paid, {**paid, "messageId": "m2"}) == []
    assert acts(loan) == ["Asked", "Lent"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_events_in_any_order_come_to_the_same_once_they_are_redelivered(
    loan: str, order: tuple[int, ...]
) -> None:
    sent = [
        message("BookPaid", {"loan": loan}, event_id="shop-1:1", at="m0"),
        message("BookExtended", {"loan": loan, "from_day": "2026-06-05"}, event_id="shop-1:2", at="m1"),
        message("BookReceived", {"loan": loan}, event_id="shop-1:3", at="m2"),
    ]
    waiting = [sent[place] for place in order]
    for _ in range(3):
        failed = take(*waiting)
        waiting = [record for record in waiting if record["messageId"] in failed]
    case = cases.load(loan)
    assert case.state.given_back_on == date(2026, 6, 1)
    assert acts(loan)[:2] == ["Asked", "Lent"]
    assert len(acts(loan)) == len(set(acts(loan)))


def test_only_what_failed_comes_again(loan: str) -> None:
    failed = take(
        message("BookReceived", {"loan": loan}, event_id="shop-1:9", at="too early"),
        message("BookPaid", {"loan": loan}, at="good"),
        {"messageId": "poison", "body": "{"},
        message("BookBurnt", {}, at="unknown"),
        message("BookPaid", {"loan": 7}, event_id="shop-1:8", at="wrong type"),
    )
    assert failed == ["too early", "poison", "unknown", "wrong type"]
    assert acts(loan) == ["Asked", "Lent"]


def test_fields_a_consumer_does_not_know_are_ignored(loan: str) -> None:
    assert take(message("BookPaid", {"loan": loan, "price": 12})) == []


def test_two_that_hear_of_the_same_event_each_read_their_own_fields_of_it() -> None:
    class Who(msgspec.Struct):
        who: str

    class What(msgspec.Struct):
        what: int

    heard: list[object] = []
    inbox = Inbox(
        "library",
        {
            Heard("press", "Printed", Who): [lambda event: heard.append(event.data)],
            Heard("press", "Printed", What): [lambda event: heard.append(event.data)],
        },
    )
    metadata = {
        "event_id": "e:1", "case_id": "print-1", "sequence": 1, "occurred_at": "2026-06-01T03:00:00Z",
        "article": "1", "classification": "public", "schema_version": 1,
    }  # fmt: skip
    detail = {"metadata": metadata, "data": {"who": "Sun", "what": 13}}
    inbox.take({"source": "sakimori.press", "detail-type": "Printed", "detail": detail})
    assert heard == [Who("Sun"), What(13)]


def test_what_an_event_caused_names_it(loan: str) -> None:
    take(message("BookPaid", {"loan": loan}))
    lent = cases.history(loan)[-1]
    assert (lent.correlation_id, lent.causation_id) == ("c-1", "shop-1:1")
    assert trace().correlation_id == ""


def test_an_effect_that_the_law_refuses_is_not_remembered_as_done(loan: str) -> None:
    early = message("BookReceived", {"loan": loan}, event_id="shop-1:2")
    assert take(early) == ["m1"]
    take(message("BookPaid", {"loan": loan}))
    assert take(early) == []
    assert acts(loan) == ["Asked", "Lent", "GivenBack"]


def test_every_subscription_can_be_compared_with_the_rules() -> None:
    assert inbox.takes == {
        ("sakimori.shop", "BookPaid"),
        ("sakimori.shop", "BookExtended"),
        ("sakimori.shop", "BookReceived"),
    }


def test_a_refusal_reaches_the_dead_letters_by_its_code(loan: str, caplog: pytest.LogCaptureFixture) -> None:
    take(message("BookReceived", {"loan": loan}))
    (record,) = [record for record in caplog.records if record.message == "an event was not taken"]
    assert record.exc_info
    assert isinstance(record.exc_info[1], Refusal)
    assert record.exc_info[1].code == "not_lent"

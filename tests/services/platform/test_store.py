"""The case store: a command happens whole, once, or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from pynamodb.exceptions import TransactWriteError

from services.platform.cases import dynamo
from services.platform.cases.case import Case, Once
from services.platform.cases.history import BrokenChain, refold, verify_chain
from services.platform.cases.lists import instant
from services.platform.cases.store import Cases, LostRace
from services.platform.law.procedure import Refusal
from tests.services.platform.conftest import (
    LIBRARIAN,
    NOON,
    READER,
    SECOND_LIBRARIAN,
    STRANGER,
    Calls,
    by,
    table_name,
    the_clock,
)
from tests.services.platform.loan import Ask, Borrower, GiveBack, Lapse, Lend, Loan, Renew, loans, power

pytestmark = pytest.mark.usefixtures("aws")
ASK = Ask("6010001000001", "The Art of War", (Borrower("Sun", date(2000, 2, 29)),))
WEEK = timedelta(days=7)


@pytest.fixture
def cases(aws: None) -> Cases[Loan]:
    return Cases(loans)


@pytest.fixture
def asked(cases: Cases[Loan]) -> str:
    return opened(cases).id


def opened(cases: Cases[Loan], ask: Ask = ASK, at: datetime = NOON, once: Once | None = None) -> Case[Loan]:
    done = cases.open(power("ask"), ask, by(READER, at=at), once=once)
    assert done.case
    return done.case


def whole_table() -> list[dict[str, Any]]:
    from services.platform.runtime.clients import client

    items: list[dict[str, Any]] = client("dynamodb").scan(TableName=table_name())["Items"]
    return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def refused(code: str) -> Any:
    return pytest.raises(Refusal, match=f"^{code}$")


def test_what_was_recorded_is_what_is_read(cases: Cases[Loan], asked: str) -> None:
    cases.act(asked, power("lend"), Lend("mind the cover"), by(LIBRARIAN, WEEK))
    case = cases.load(asked)
    assert case.state == Loan(
        "6010001000001",
        "The Art of War",
        (Borrower("Sun", date(2000, 2, 29)),),
        frozenset({"METI"}),
        date(2026, 6, 8),
        "mind the cover",
    )
    assert (case.version, case.wait.stage) == (2, "Lent")


def test_a_command_is_one_read_and_one_transaction(cases: Cases[Loan], asked: str, calls: Calls) -> None:
    cases.act(asked, power("lend"), Lend(), by(LIBRARIAN), once=Once("api/official-1", "k1", "d"))
    assert calls.names == ["GetItem", "TransactWriteItems"]
    assert calls.made[0][1]["ConsistentRead"] is True


def test_opening_a_case_is_one_transaction(cases: Cases[Loan], calls: Calls) -> None:
    opened(cases)
    assert calls.names == ["TransactWriteItems"]


def test_the_history_says_who_did_what_when_by_which_article(cases: Cases[Loan], asked: str) -> None:
    cases.act(asked, power("lend"), Lend("x"), by(LIBRARIAN, WEEK))
    first, second = cases.history(asked)
    assert (first.act, first.article, first.power, first.legal_day) == ("Asked", "1", "ask", "2026-06-01")
    assert second.by == {"subject": "official-1", "organisation": "METI", "as": ["reviewing_official"]}
    assert second.data == {"on": "2026-06-08", "note": "x"}
    assert second.previous == first.hash


def test_the_fold_of_the_acts_is_the_snapshot(cases: Cases[Loan], asked: str) -> None:
    cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))
    cases.act(asked, power("renew"), Renew(date(2026, 6, 20)), by(LIBRARIAN))
    cases.act(asked, power("give_back"), GiveBack(), by(READER, WEEK))
    case = cases.load(asked)
    assert refold(loans, cases.history(asked)) == case.state
    assert cases.verify(asked) == case.head


def test_of_two_commands_at_once_one_wins_and_the_other_learns_the_version(
    cases: Cases[Loan], asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = cases.load(asked)
    cases.act(asked, power("lend"), Lend("first"), by(LIBRARIAN))
    monkeypatch.setattr(cases, "load", lambda _id: stale)
    with pytest.raises(LostRace) as lost:
        cases.act(asked, power("lend"), Lend("second"), by(SECOND_LIBRARIAN))
    assert (lost.value.code, lost.value.facts) == ("version_conflict", {"case_id": asked, "current": 2})
    monkeypatch.undo()
    assert cases.load(asked).state.note == "first"
    assert len(cases.history(asked)) == 2


def test_an_opening_that_loses_beside_another_case_names_that_case(
    cases: Cases[Loan], asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = cases.load(asked)
    cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))
    beside = [cases.beside(stale, power("lend"), Lend(), by(SECOND_LIBRARIAN))]
    with pytest.raises(LostRace) as lost:
        cases.open(power("ask"), ASK, by(READER), beside=beside)
    assert lost.value.facts == {"case_id": asked, "current": 2}


@pytest.mark.parametrize(
    ("reason", "raised"), [("TransactionConflict", LostRace), ("ThrottlingError", TransactWriteError)]
)
def test_a_clash_inside_dynamodb_is_a_lost_race_and_any_other_failure_is_not(
    cases: Cases[Loan], asked: str, monkeypatch: pytest.MonkeyPatch, reason: str, raised: type[Exception]
) -> None:
    real = BaseClient._make_api_call

    def clashing(self: Any, operation: str, arguments: Any) -> Any:
        if operation != "TransactWriteItems":
            return real(self, operation, arguments)
        error = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": [{"Code": reason}]}
        raise ClientError(error, operation)

    monkeypatch.setattr(BaseClient, "_make_api_call", clashing)
    with pytest.raises(raised):
        cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))


def test_a_stale_version_is_refused_with_the_current_one(cases: Cases[Loan], asked: str) -> None:
    cases.act(asked, power("lend"), Lend(), by(LIBRARIAN), expected=1)
    with refused("version_mismatch") as stale:
        cases.act(asked, power("renew"), Renew(date(2026, 6, 20)), by(LIBRARIAN), expected=1)
    assert stale.value.facts == {"expected": 1, "current": 2}


def test_the_same_key_and_body_get_the_same_answer(cases: Cases[Loan], asked: str) -> None:
    once = Once("api/official-1", "k1", "digest")
    first = cases.act(
        asked, power("lend"), Lend(), by(LIBRARIAN), once=once, render=lambda c, _: {"v": c.version}
    )
    later = by(LIBRARIAN, WEEK)
    again = cases.act(asked, power("lend"), Lend(), later, once=once, render=lambda *_: {"v": 99})
    assert first.answer == again.answer == {"v": 2}
    assert (first.replayed, again.replayed) == (False, True)
    assert cases.load(asked).version == 2


def test_a_repeated_opening_opens_nothing(cases: Cases[Loan]) -> None:
    once = Once("api/reader-1", "k1", "digest")
    first = cases.open(power("ask"), ASK, by(READER), once=once, render=lambda case, _: case.id)
    before = whole_table()
    again = cases.open(power("ask"), ASK, by(READER, WEEK), once=once, render=lambda case, _: case.id)
    assert first.answer == again.answer
    assert whole_table() == before


def test_the_same_key_with_another_body_is_refused(cases: Cases[Loan], asked: str) -> None:
    cases.act(asked, power("lend"), Lend(), by(LIBRARIAN), once=Once("api/official-1", "k1", "one"))
    before = whole_table()
    with refused("idempotency_key_reused"):
        cases.act(
            asked,
            power("renew"),
            Renew(date(2026, 7, 1)),
            by(LIBRARIAN),
            once=Once("api/official-1", "k1", "two"),
        )
    assert whole_table() == before


def test_the_same_key_of_someone_else_is_another_key(cases: Cases[Loan]) -> None:
    opened(cases, once=Once("api/reader-1", "k1", "one"))
    opened(cases, once=Once("api/reader-2", "k1", "two"))
    assert len(cases.of("6010001000001").items) == 2


@pytest.mark.parametrize(
    ("power", "command", "who", "code"),
    [
        ("give_back", GiveBack(), READER, "not_lent"),
        ("lend", Lend(), STRANGER, "not_your_act"),
        ("ask", ASK, READER, "already_open"),
    ],
)
def test_a_refusal_leaves_nothing_behind(
    cases: Cases[Loan], asked: str, power: str, command: Any, who: Any, code: str
) -> None:
    before = whole_table()
    with refused(code):
        cases.act(asked, loans.powers[power].decide, command, by(who), once=Once("api", "k", "d"))
    assert whole_table() == before


def test_an_opening_that_is_refused_leaves_nothing_behind(cases: Cases[Loan]) -> None:
    with refused("not_lendable"):
        cases.open(
            power("ask"), Ask("6010001000001", "Unlendable", ()), by(READER), once=Once("api", "k", "d")
        )
    assert whole_table() == []


def test_a_case_too_large_to_keep_is_refused_whole(cases: Cases[Loan]) -> None:
    with refused("case_too_large"):
        cases.open(power("ask"), Ask("6010001000001", "x" * 380_001, ()), by(READER))
    assert whole_table() == []


@pytest.mark.parametrize(
    "case_id", ["loan-01KT0000000000000000000000", "other-01KT0000000000000000000000", "loan", ""]
)
def test_a_case_that_is_not_there_is_refused(cases: Cases[Loan], case_id: str) -> None:
    with refused("no_such_case"):
        cases.load(case_id)


class TestTampering:
    def test_a_changed_act_shows(self, cases: Cases[Loan], asked: str) -> None:
        cases.act(asked, power("lend"), Lend("true"), by(LIBRARIAN))
        change(asked, 2, "data", '{"on":"2026-06-01","note":"false"}')
        with pytest.raises(BrokenChain, match="act 2: was changed"):
            cases.verify(asked)

    def test_a_removed_act_shows(self, cases: Cases[Loan], asked: str) -> None:
        cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))
        cases.act(asked, power("renew"), Renew(date(2026, 6, 9)), by(LIBRARIAN))
        history = cases.history(asked)
        with pytest.raises(BrokenChain, match="act 2: missing"):
            verify_chain((history[0], history[2]))

    def test_an_act_cut_off_the_end_shows(self, cases: Cases[Loan], asked: str) -> None:
        cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))
        with pytest.raises(BrokenChain, match="another last hash"):
            verify_chain(cases.history(asked)[:1], cases.load(asked).head)

    def test_an_act_resealed_after_a_change_shows_in_the_next(self, cases: Cases[Loan], asked: str) -> None:
        from msgspec.structs import replace

        cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))
        first, second = cases.history(asked)
        forged = replace(first, legal_day="2026-05-31").sealed()
        with pytest.raises(BrokenChain, match="act 2: does not name the hash"):
            verify_chain((forged, second))

    def test_an_act_moved_from_another_case_shows(self, cases: Cases[Loan], asked: str) -> None:
        from msgspec.structs import replace

        other = opened(cases, at=NOON + WEEK).id
        with pytest.raises(BrokenChain, match="act 1: was changed"):
            verify_chain([replace(entry, case_id=asked) for entry in cases.history(other)])

    def test_a_changed_snapshot_shows(self, cases: Cases[Loan], asked: str) -> None:
        from services.platform.cases.dynamo import CaseItem, key

        item = CaseItem.get(key(asked), "CASE")
        item.update([CaseItem.state.set(item.state.replace("Art of War", "Art of Peace"))])
        with pytest.raises(BrokenChain, match="does not lead to the state"):
            cases.verify(asked)


def change(case_id: str, sequence: int, attribute: str, value: str) -> None:
    from services.platform.cases.dynamo import ActItem, key

    item = ActItem.get(key(case_id), f"ACT#{sequence:06d}")
    item.update([getattr(ActItem, attribute).set(value)])


class TestLists:
    def test_the_queue_is_sorted_by_the_next_legal_instant(self, cases: Cases[Loan]) -> None:
        never, later, sooner = (opened(cases, at=NOON + timedelta(minutes=n)).id for n in range(3))
        cases.act(later, power("lend"), Lend(), by(LIBRARIAN, WEEK))
        cases.act(sooner, power("lend"), Lend(), by(LIBRARIAN))
        assert [line.id for line in cases.queue("METI").items] == [sooner, later, never]

    def test_a_page_is_followed_to_the_end(self, cases: Cases[Loan]) -> None:
        ids = [opened(cases, at=NOON + timedelta(minutes=n)).id for n in range(5)]
        found, cursor = [], None
        while True:
            page = cases.of("6010001000001", limit=2, cursor=cursor)
            found += [line.id for line in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert found == ids[::-1]

    def test_a_cursor_cannot_reach_into_another_list(self, cases: Cases[Loan]) -> None:
        opened(cases, Ask("5010001000002", "Theirs", ()), at=NOON) if False else None
        for n in range(3):
            opened(cases, at=NOON + timedelta(minutes=n))
        cursor = cases.of("6010001000001", limit=1).next
        assert cases.of("5010001000002", limit=9, cursor=cursor).items == ()

    @pytest.mark.parametrize("cursor", ["x", "%%", "", "bm90IGEgcGxhY2U", "é"])
    def test_a_made_up_cursor_is_refused(self, cases: Cases[Loan], cursor: str) -> None:
        with refused("cursor_not_valid"):
            cases.of("6010001000001", cursor=cursor or " ")

    def test_a_case_that_is_over_leaves_queue_and_sweeper_but_stays_its_party_s(
        self, cases: Cases[Loan], asked: str
    ) -> None:
        cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))
        cases.act(asked, power("give_back"), GiveBack(), by(READER))
        assert cases.queue("METI").items == ()
        assert list(cases.swept()) == []
        assert [line.stage for line in cases.of("6010001000001").items] == ["Returned"]

    def test_only_what_is_due_is_due(self, cases: Cases[Loan]) -> None:
        due, running, without_end = (opened(cases, at=NOON + timedelta(minutes=n)).id for n in range(3))
        cases.act(due, power("lend"), Lend(), by(LIBRARIAN))
        cases.act(running, power("lend"), Lend(), by(LIBRARIAN, WEEK))
        end = cases.load(due).wait.until
        assert end is not None
        assert [line.id for _, line in cases.swept(end)] == [due]
        assert list(cases.swept(end - timedelta(seconds=1))) == []
        assert {line.id for _, line in cases.swept()} == {due, running, without_end}

    def test_a_case_of_two_ministries_stands_in_both_queues(self, cases: Cases[Loan]) -> None:
        shared = opened(cases, Ask("6010001000001", "Shared", (Borrower("A"),), ministry="METI MLIT")).id
        cases.act(shared, power("lend"), Lend(), by(LIBRARIAN))
        for ministry in ("METI", "MLIT"):
            assert [(line.id, line.stage) for line in cases.queue(ministry).items] == [(shared, "Lent")]
        assert (
            cases.queue("MLIT", limit=1).next is None
            or not cases.queue("MLIT", limit=1, cursor=cases.queue("MLIT", limit=1).next).items
        )
        cases.act(shared, power("give_back"), GiveBack(), by(READER))
        assert cases.queue("METI").items == cases.queue("MLIT").items == ()

    @pytest.mark.usefixtures("asked")
    def test_every_list_is_a_query_of_an_index(self, cases: Cases[Loan], calls: Calls) -> None:
        calls.clear()
        cases.queue("METI")
        cases.of("6010001000001")
        cases.open_page()
        list(cases.swept())
        list(cases.swept(NOON))
        assert set(calls.names) == {"Query"}
        assert [asked["IndexName"] for _, asked in calls.made] == ["queue", "party", "open", "open", "open"]


def test_the_clock_s_act_carries_the_true_legal_day_however_late_it_comes(
    cases: Cases[Loan], asked: str
) -> None:
    cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))
    late = NOON + timedelta(days=45)
    cases.act(asked, power("fall_due"), Lapse(), the_clock(late))
    assert cases.load(asked).state.overdue_since == date(2026, 7, 1)
    assert cases.history(asked)[-1].at == instant(late)


def test_the_generation_is_counted_once(cases: Cases[Loan], asked: str) -> None:
    assert dynamo.next_generation(asked, 1) is True
    assert dynamo.next_generation(asked, 1) is False
    cases.act(asked, power("lend"), Lend(), by(LIBRARIAN))
    assert cases.load(asked).generation == 2

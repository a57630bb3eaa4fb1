"""The ledger: every entry balances, nothing falls below nothing, and the books prove the balances."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.platform.law.procedure import Refusal
from services.platform.shared.ledger import (
    Chart,
    JournalEntry,
    Posting,
    is_balanced,
    post,
    reconciled,
    total,
    transfer,
)

CHART = Chart({"cash": "debit", "paid": "debit", "appropriation": "credit", "payable": "credit"})
DAY = date(2026, 6, 1)
ACCOUNTS = ["cash", "paid:jst:a", "paid:jst:b", "appropriation:mext", "appropriation:meti", "payable:jst:a"]

transfers = st.builds(
    transfer, st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), st.integers(1, 1000), st.just(DAY)
)
halves = st.lists(
    st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(["debit", "credit"]), st.integers(1, 300)),
    min_size=2,
    max_size=6,
)


def posted(entries: list[JournalEntry]) -> tuple[dict[str, int], list[JournalEntry]]:
    """The balances after the entries that are taken, and those entries."""
    balances: dict[str, int] = {}
    taken = []
    for entry in entries:
        try:
            balances = post(CHART, balances, entry)
        except Refusal:
            continue
        taken.append(entry)
    return balances, taken


@given(st.lists(transfers, max_size=60))
def test_whatever_is_posted_the_books_balance_and_nothing_is_below_nothing(
    entries: list[JournalEntry],
) -> None:
    balances, taken = posted(entries)
    assert is_balanced(CHART, balances)
    assert all(yen > 0 for yen in balances.values())
    assert reconciled(CHART, taken, balances) == {}


@given(halves)
def test_an_entry_of_any_lines_is_taken_only_if_its_sides_are_equal(
    lines: list[tuple[str, str, int]],
) -> None:
    entry = JournalEntry(tuple(Posting(account, side, yen) for account, side, yen in lines), DAY)  # type: ignore[arg-type]
    before = dict.fromkeys(ACCOUNTS, 10_000)
    difference = sum(one.yen if one.side == "debit" else -one.yen for one in entry.postings)
    if difference:
        with pytest.raises(Refusal, match="entry_does_not_balance"):
            post(CHART, before, entry)
    else:
        assert is_balanced(CHART, post(CHART, before, entry)) == is_balanced(CHART, before)


@given(st.lists(transfers, min_size=1, max_size=30), st.data())
def test_a_balance_that_was_changed_is_found(entries: list[JournalEntry], data: st.DataObject) -> None:
    balances, taken = posted(entries)
    account = data.draw(st.sampled_from(ACCOUNTS))
    wrong = {**balances, account: balances.get(account, 0) + data.draw(st.integers(1, 9))}
    assert list(reconciled(CHART, taken, wrong)) == [account]


def test_more_than_stands_on_an_account_cannot_be_drawn() -> None:
    balances = post(CHART, {}, transfer("cash", "appropriation:mext", 125, DAY))
    with pytest.raises(Refusal, match="beyond_balance") as refused:
        post(CHART, balances, transfer("paid:jst:a", "cash", 126, DAY))
    assert refused.value.facts == {"account": "cash", "balance": 125, "drawn": 126}
    assert balances == {"cash": 125, "appropriation:mext": 125}


def test_an_account_that_is_in_no_chart_is_refused() -> None:
    with pytest.raises(Refusal, match="no_such_account"):
        post(CHART, {}, transfer("cash", "gift", 1, DAY))


def test_what_stands_below_a_title_is_added_up_and_nothing_else() -> None:
    balances = {"paid:jst:a": 3, "paid:jst:ab": 4, "paid:nedo:a": 5, "paid": 1, "payable:jst:a": 13}
    assert (total(balances, "paid"), total(balances, "paid:jst"), total(balances, "paid:jst:a")) == (13, 7, 3)

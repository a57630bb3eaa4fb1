"""A double-entry ledger (複式簿記) in integer yen. Pure.

Every movement of money is an entry (仕訳) whose debits equal its credits; no account ever stands on the
side it does not belong to, so nothing is paid that is not there. A chapter draws up its own `Chart`
(勘定科目); an account is a title of it with any number of parts below (`payable:jst:<project>`), so that
ministries, agencies and projects stand apart. The acts that hold the entries are the books; balances are
folded from them.

No kept library fits: the ones there are read files, keep their own database, or count in floats or decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

from services.platform.law.procedure import Refusal, refuse_if
from services.platform.law.values import Between, Len, Matching, Value

MOST_YEN = 10**15
"""A thousand trillion yen: more than any budget, and still exact wherever JSON is read."""

Yen = Annotated[int, Between(1, MOST_YEN)]
Side = Literal["debit", "credit"]
SIDES: tuple[Side, Side] = ("debit", "credit")
AccountName = Annotated[str, Matching(r"[a-z_]+(:[\w-]{1,80}){0,6}")]
Balances = Mapping[str, int]
"""What stands on each account, in yen, on the side the account belongs to; never negative, never zero."""


class Posting(Value):
    """One line of an entry: an amount on one side of one account."""

    account: AccountName
    side: Side
    yen: Yen


class JournalEntry(Value):
    """A movement of money (仕訳): its postings, and the legal day it counts for."""

    postings: Annotated[tuple[Posting, ...], Len(2, 100)]
    on: date


class Chart(Value):
    """The titles of a chapter's accounts (勘定科目), each with the side its balance stands on."""

    titles: Mapping[str, Side]

    def side_of(self, account: str) -> Side:
        """The side an account's balance stands on; refuses `no_such_account`."""
        title = account.partition(":")[0]
        if title not in self.titles:
            raise Refusal("no_such_account", account=account)
        return self.titles[title]


def transfer(debit: str, credit: str, yen: int, on: date) -> JournalEntry:
    """The plainest entry: `yen` to the debit of one account and to the credit of another."""
    return JournalEntry((Posting(debit, "debit", yen), Posting(credit, "credit", yen)), on)


def post(chart: Chart, balances: Balances, entry: JournalEntry) -> dict[str, int]:
    """The balances after an entry.

    Refuses `entry_does_not_balance`, `no_such_account`, and `beyond_balance` where an account would be drawn
    below nothing; then nothing of the entry counts.
    """
    debited, credited = (sum(one.yen for one in entry.postings if one.side == side) for side in SIDES)
    refuse_if(debited != credited, "entry_does_not_balance", debited=debited, credited=credited)
    after = dict(balances)
    for account in dict.fromkeys(one.account for one in entry.postings):
        side = chart.side_of(account)
        change = sum(
            one.yen if one.side == side else -one.yen for one in entry.postings if one.account == account
        )
        standing = after.pop(account, 0)
        refuse_if(standing + change < 0, "beyond_balance", account=account, balance=standing, drawn=-change)
        if standing + change:
            after[account] = standing + change
    return after


def total(balances: Balances, account: str) -> int:
    """What stands on an account and everything below it, in yen."""
    below = f"{account}:"
    return sum(yen for name, yen in balances.items() if name == account or name.startswith(below))


def is_balanced(chart: Chart, balances: Balances) -> bool:
    """Whether all that stands on debit equals all that stands on credit."""
    return not sum(yen if chart.side_of(name) == "debit" else -yen for name, yen in balances.items())


def reconciled(
    chart: Chart, entries: Iterable[JournalEntry], balances: Balances
) -> dict[str, tuple[int, int]]:
    """Where the books and `balances` differ: by account, the sum of its entries and what is said to stand.

    The sums are taken without `post`, so that a fault in it is found.
    """
    booked: dict[str, int] = {}
    for entry in entries:
        for one in entry.postings:
            amount = one.yen if one.side == chart.side_of(one.account) else -one.yen
            booked[one.account] = booked.get(one.account, 0) + amount
    return {
        account: (booked.get(account, 0), balances.get(account, 0))
        for account in sorted({*booked, *balances})
        if booked.get(account, 0) != balances.get(account, 0)
    }

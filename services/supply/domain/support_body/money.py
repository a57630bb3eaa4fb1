"""The accounts of a support body's fund (安定供給確保支援法人基金): Arts. 34, 36, 38, 43.

What is in the fund is either free or promised to somebody, so that nothing is promised that is not there, and
nothing is paid that was not promised.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from services.platform.shared.ledger import Chart, JournalEntry, transfer

CASH, FREE, PROMISED, INVESTED = "cash", "fund_free", "fund_promised", "invested"
CHART = Chart({CASH: "debit", INVESTED: "debit", FREE: "credit", PROMISED: "credit"})
"""Its titles (勘定科目)."""
Investment = Literal["bonds", "deposit", "principal_guaranteed_trust"]
"""34(4): national bonds and named securities; deposits; trusts that guarantee the sum."""
Movement = Literal[
    "granted",
    "income",
    "promised",
    "released",
    "paid",
    "returned",
    "invested",
    "realised",
    "paid_to_treasury",
]


def entry(movement: Movement, yen: int, on: date, of: str = "") -> JournalEntry:
    """The entry of a movement; `of` is the subsidy it belongs to, or the kind of investment."""
    debit, credit = {
        "granted": (CASH, FREE),
        "income": (CASH, FREE),
        "promised": (FREE, f"{PROMISED}:{of}"),
        "released": (f"{PROMISED}:{of}", FREE),
        "paid": (f"{PROMISED}:{of}", CASH),
        "returned": (CASH, FREE),
        "invested": (f"{INVESTED}:{of}", CASH),
        "realised": (CASH, f"{INVESTED}:{of}"),
        "paid_to_treasury": (FREE, CASH),
    }[movement]
    return transfer(debit, credit, yen, on)
